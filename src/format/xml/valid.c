/* SPDX-License-Identifier: MIT */
/*
 * libxml2's validator beside its parser. It keeps what the open elements need, so memory stays
 * flat but for xs:unique and xs:key, whose keys it remembers. It knows lines at best: the tag
 * of each open element is kept here, found in the window backwards from where the parser
 * stands.
 */
#include "format/xml/valid.h"

#include <stdlib.h>

#include "format/xml/scan.h"

typedef struct ta_xml_stand {
    uint64_t at; /* of the tag's '<' in the file */
    ta_where where;
    size_t path_len; /* of valid->path, outside of it */
} stand;

/* The tag as it stands in the window. False: the window has moved on. */
static bool find_stand(const ta_xml_valid *valid, const stand *element, ta_xml_token *tag) {
    const ta_window *window = &valid->reading->source->window;
    if (element->at < window->offset)
        return false;
    ta_xml_scan(window->data + (element->at - window->offset), window->data + window->len, tag);
    return tag->kind == TA_XML_OPEN;
}

/* A tag's attribute by its name without a prefix. */
static bool find_attribute(const ta_xml_token *tag, const ta_buf *name, ta_xml_attribute *out) {
    const char *at = tag->name + tag->name_len;
    bool broken = false;
    while (ta_xml_next_attribute(tag, &at, out, &broken)) {
        const char *end = out->name + out->name_len;
        bool fits =
            out->name_len >= name->len && !memcmp(end - name->len, name->data, name->len);
        if (fits && (out->name_len == name->len || end[-1 - (ptrdiff_t)name->len] == ':'))
            return true;
    }
    return false;
}

/* What a verdict speaks of: an attribute, a value, else the start tag. */
static ta_span find_span(const ta_xml_valid *valid, const stand *element,
                         const ta_xml_token *tag, const ta_xml_verdict *verdict) {
    const ta_window *window = &valid->reading->source->window;
    const char *from = tag->at, *to = tag->name + tag->name_len;
    ta_xml_attribute attribute;
    bool value = verdict->code == TA_F_XSD_VALUE;
    if (verdict->attribute.len && find_attribute(tag, &verdict->attribute, &attribute)) {
        from = value ? attribute.value : attribute.name;
        to = from + (value ? attribute.value_len : attribute.name_len);
    } else if (value && !verdict->attribute.len) {
        const char *end = window->data + window->len;
        from = tag->end;
        to = memchr(from, '<', (size_t)(end - from));
        to = to ? to : from;
    }
    uint64_t shift = element->at - (uint64_t)(tag->at - window->data);
    return (ta_span){shift + (uint64_t)(from - window->data),
                     shift + (uint64_t)(to - window->data)};
}

static void tell_verdict(ta_xml_valid *valid, ta_xml_verdict *verdict) {
    ta_source *source = valid->reading->source;
    const stand *element = valid->depth ? &valid->open[valid->depth - 1] : NULL;
    ta_finding f = {.code = verdict->code,
                    .name = ta_buf_text(&verdict->element),
                    .found = ta_buf_text(&verdict->words)};
    ta_xml_token tag;
    f.path = ta_buf_text(&valid->path);
    if (element && find_stand(valid, element, &tag)) {
        ta_find_in(valid->reading->finder, &source->window,
                   find_span(valid, element, &tag, verdict), 0, &f);
        return;
    }
    f.place.file = source->window.file;
    if (element)
        f.place.from = f.place.to = element->where;
    ta_find(valid->reading->finder, &f);
}

static void take_verdict(void *to, xmlErrorPtr error) {
    ta_xml_valid *valid = to;
    ta_xml_verdict verdict = {.code = TA_F_XSD_ELEMENT};
    valid->failed |= error->code == XML_ERR_NO_MEMORY || ta_libxml_lacks_memory();
    if (valid->failed)
        return;
    bool said = ta_xml_verdict_read(&verdict, error->message);
    valid->failed |= verdict.words.failed || verdict.element.failed || verdict.attribute.failed;
    if (said && !valid->failed && !(verdict.list && valid->told_item))
        tell_verdict(valid, &verdict);
    valid->told_item |= said && verdict.item;
    ta_xml_verdict_fini(&verdict);
}

void ta_xml_valid_enter(ta_xml_valid *valid, uint64_t at) {
    ta_window *window = &valid->reading->source->window;
    const char *end = window->data + (valid->start + at - window->offset);
    const char *p = memrchr(window->data, '<', (size_t)(end - window->data));
    valid->told_item = false;
    if (!p || !ta_array_grow(&valid->open, &valid->open_cap, valid->depth + 1, sizeof(stand))) {
        valid->failed = true;
        return;
    }
    stand *element = &valid->open[valid->depth++];
    element->at = window->offset + (uint64_t)(p - window->data);
    element->where = ta_window_where(window, element->at);
    element->path_len = valid->path.len;
    ta_buf_puts(&valid->path, valid->path.len ? "." : "");
    for (p++; p < end && !ta_xml_is_blank(*p) && *p != '/' && *p != '>'; p++)
        ta_buf_put(&valid->path, p, 1);
    valid->failed |= valid->path.failed;
}

void ta_xml_valid_leave(ta_xml_valid *valid) {
    if (valid->depth)
        valid->path.len = valid->open[--valid->depth].path_len;
    valid->told_item = false;
}

static void plug_in(void *to) {
    ta_xml_valid *valid = to;
    valid->context = xmlSchemaNewValidCtxt(valid->xsd->schema);
    if (!valid->context)
        return;
    xmlSchemaSetValidStructuredErrors(valid->context, take_verdict, valid);
    valid->plug = xmlSchemaSAXPlug(valid->context, &valid->sax, &valid->data);
}

ta_xml_valid *ta_xml_valid_new(const ta_xsd *xsd, const ta_reading *reading) {
    ta_xml_valid *valid = calloc(1, sizeof *valid);
    if (!valid)
        return NULL;
    valid->reading = reading;
    valid->xsd = xsd;
    if (ta_libxml_begin() && ta_libxml_run(&valid->blocks, plug_in, valid) && valid->plug &&
        !ta_libxml_lacks_memory())
        return valid;
    ta_xml_valid_drop(valid);
    return NULL;
}

void ta_xml_valid_drop(ta_xml_valid *valid) {
    if (!valid)
        return;
    bool lost = valid->blocks.lost;
    if (valid->plug && !lost)
        xmlSchemaSAXUnplug(valid->plug);
    if (valid->context && !lost)
        xmlSchemaFreeValidCtxt(valid->context);
    xmlResetLastError(); /* it would stay until the thread ends */
    ta_libxml_let_go(&valid->blocks);
    free(valid->open);
    ta_buf_fini(&valid->path);
    free(valid);
}
