/* SPDX-License-Identifier: MIT */
/* What people are told when a file is not XML, or not XML that has a form as data. */
#include "format/text.h"
#include "format/xml/build.h"

enum { TWINS_MAX = 100 }; /* duplicate keys reported of one record */

static void emit(const ta_xml_input *in, ta_span span, ta_finding *finding) {
    const ta_window *window = &in->source->window;
    uint64_t end = window->offset + window->len;
    if (span.end > end)
        span.end = span.start > end ? span.start : end;
    ta_find_in(in->reading->finder, &in->source->window, span, in->reading->record->number,
               finding);
}

/* The '<' of the tag in which an offset lies. */
static const char *tag_before(const ta_window *window, uint64_t at) {
    size_t len = at > window->offset ? (size_t)(at - window->offset) : 0;
    if (len > window->len)
        len = window->len;
    return memrchr(window->data, '<', len);
}

/* The name in a tag: first as a prefix, else as the name of its last attribute that has it. */
static const char *find_in_tag(const char *tag, const char *end, const ta_buf *name) {
    const char *last = NULL;
    for (const char *p = tag + 1; p < end; p++) {
        bool begins = p == tag + 1 || p[-1] == ':' || ta_xml_is_blank(p[-1]);
        if (!begins || (size_t)(end - p) <= name->len || memcmp(p, name->data, name->len) != 0)
            continue;
        if (p[name->len] == ':')
            return p;
        if (p[name->len] == '=')
            last = p;
    }
    return last;
}

static void report_fault(const ta_xml_input *in, const ta_xml_fault *fault) {
    const ta_window *window = &in->source->window;
    uint64_t at = in->start + fault->at, all = window->offset + window->len;
    bool in_tag = fault->kind == TA_XML_FAULT_NAMESPACE || fault->kind == TA_XML_FAULT_SIZE;
    const char *tag = in_tag ? tag_before(window, at) : NULL;
    if (tag) {
        const char *end = window->data + (at - window->offset);
        const char *name = fault->name.len ? find_in_tag(tag, end, &fault->name) : NULL;
        at = ta_xml_offset(in, name ? name : tag);
    } else if (at > window->offset && at <= all &&
               window->data[at - 1 - window->offset] == '&') {
        at--;
    }
    ta_buf words = fault->words;
    ta_finding f = {.code = TA_F_XML_SYNTAX, .found = ta_buf_text(&words)};
    if (fault->kind == TA_XML_FAULT_NAMESPACE)
        f.code = TA_F_XML_NAMESPACE;
    else if (fault->kind == TA_XML_FAULT_DOCTYPE)
        f.code = TA_F_XML_DOCTYPE;
    else if (fault->kind == TA_XML_FAULT_SIZE)
        f.code = TA_F_XML_LIMIT;
    emit(in, (ta_span){at, at + 1}, &f);
}

/* Has libxml2 read on until it finds a fault, or the file ends. */
static ta_status look_for_fault(ta_xml_input *in) {
    const ta_source *source = in->source;
    ta_status status = TA_OK;
    in->keep = UINT64_MAX;
    while (status == TA_OK && !ta_xml_check_fault(in->check)) {
        uint64_t end = source->window.offset + source->window.len;
        status = ta_xml_input_vouch(in, source->bad < end ? source->bad : end);
        if (status != TA_OK || source->bad < end)
            break;
        in->at = in->start + ta_xml_check_done(in->check);
        status = source->ended ? TA_STOP : ta_xml_input_more(in);
    }
    if (status == TA_STOP)
        status = ta_xml_input_vouch_all(in);
    return status;
}

/* Whether libxml2 has a fault before the problem. At the end of the file it is told so first.
 */
static ta_status vouch_for_problem(ta_xml_input *in) {
    const ta_window *window = &in->source->window;
    bool last = in->source->ended && in->problem->at >= window->offset + window->len;
    return last ? ta_xml_input_vouch_all(in) : ta_xml_input_vouch(in, in->problem->at);
}

static void report_problem(ta_xml_input *in) {
    ta_xml_problem *problem = in->problem;
    ta_related related = {.label = problem->label};
    ta_finding f = {.code = problem->code,
                    .found = ta_buf_text(&problem->found),
                    .expected = ta_buf_text(&problem->expected)};
    if (problem->related != UINT64_MAX && problem->related >= in->source->window.offset) {
        related.place =
            ta_place_in(&in->source->window, (ta_span){problem->related, problem->related + 1});
        f.related = &related;
        f.related_count = 1;
    }
    emit(in, (ta_span){problem->at, problem->end}, &f);
}

ta_status ta_xml_complain(ta_xml_input *in) {
    ta_xml_problem *problem = in->problem;
    if (in->reported)
        return TA_ERR_INPUT;
    if (problem->memory && !in->reading->record->full)
        return TA_ERR_NOMEM;
    if (problem->memory) {
        ta_text_report_size(in->reading, in->keep == UINT64_MAX ? in->at : in->keep,
                            in->reading->record->number,
                            ": --records PATH streams the elements at a path");
        return TA_ERR_INPUT;
    }
    ta_status status = TA_OK;
    bool unknown = problem->set && problem->code == TA_CODE_COUNT;
    if (unknown)
        status = look_for_fault(in);
    else if (problem->set)
        status = vouch_for_problem(in);
    const ta_xml_fault *fault = ta_xml_check_fault(in->check);
    if (status == TA_ERR_NOMEM || (fault && fault->kind == TA_XML_FAULT_MEMORY))
        return TA_ERR_NOMEM;
    if (in->reported)
        return TA_ERR_INPUT;
    /* Where the file ends too early, our own words are the better ones. */
    bool first =
        fault && in->start + fault->at < problem->at && fault->kind != TA_XML_FAULT_END;
    if (fault && (unknown || !problem->set || first)) {
        report_fault(in, fault);
        return TA_ERR_INPUT;
    }
    if (unknown) {
        problem->code = TA_F_XML_SYNTAX;
        ta_buf_puts(&problem->found, "this is not XML");
    }
    report_problem(in);
    return TA_ERR_INPUT;
}

void ta_xml_report_twins(const ta_reading *reading) {
    ta_record *record = reading->record;
    uint32_t first, told = 0;
    for (uint32_t i = 0; i < record->count && told < TWINS_MAX; i++) {
        const ta_node *object = &record->nodes[i];
        uint32_t second =
            object->kind == TA_OBJECT ? ta_record_twin(record, object, &first) : 0;
        if (!second)
            continue;
        const ta_node *node = &record->nodes[second];
        ta_related related = {ta_place_of(record, &record->nodes[first], TA_PART_KEY),
                              "the first one"};
        const ta_key *key = &record->keys->items[node->key];
        ta_buf name = {0};
        ta_buf_put(&name, key->text, key->len);
        ta_find_at(reading->finder, record, node, TA_PART_KEY,
                   &(ta_finding){.code = TA_F_RECORD_DUPLICATE,
                                 .name = ta_buf_text(&name),
                                 .related = &related,
                                 .related_count = 1});
        ta_buf_fini(&name);
        told++;
    }
}
