/* SPDX-License-Identifier: MIT */
/*
 * The writer: the file's frame and its root. A list is an element around records; a document is
 * the element that its one key names, or else <ta:document>.
 */
#include <stdlib.h>

#include "format/xml/write.h"

static void put(ta_xml_writer *w, const char *word) {
    ta_sink_put(w->sink, word, strlen(word));
}

/* Whether some value of a record may need a hint, so that the root had better bind the prefix.
 */
static bool may_need_hints(ta_xml_writer *w) {
    for (uint32_t i = 0; i < w->record->count; i++) {
        const ta_node *node = &w->record->nodes[i];
        bool list = node->kind == TA_ARRAY;
        if (node->kind < TA_TEXT || (node->kind > TA_TEXT && !node->count))
            return true;
        if (list && (node->count == 1 || node->flags & TA_NODE_KEYLESS))
            return true;
        if (node->kind == TA_TEXT && ta_xml_is_odd(ta_node_text(w->record, node)))
            return true;
        if (node->key && ta_xml_spell(w, node->key)->keyed)
            return true;
    }
    return false;
}

/* Whether a document's one key can name the root: an XML name, with its prefix bound. */
static bool names_root(ta_xml_writer *w, const ta_node *root) {
    if (root->kind != TA_OBJECT || root->count != 1 || root[1].kind == TA_ARRAY)
        return false;
    const ta_key *key = &w->record->keys->items[root[1].key];
    const char *colon = memchr(key->text, ':', key->len);
    if (key->len > TA_XML_NAME_MAX || ta_xml_name_is_escaped(key->text, key->len))
        return false;
    if (!colon)
        return ta_xml_name_is(key->text, key->len);
    ta_text uri;
    size_t prefix = (size_t)(colon - key->text);
    bool bound = root[1].kind == TA_OBJECT && ta_xml_lead(w, root + 1, NULL) &&
                 ta_xml_is_bound(w, key->text, prefix, &uri);
    w->bound_count = 0;
    return bound && ta_xml_name_is(key->text, prefix) &&
           ta_xml_name_is(colon + 1, key->len - prefix - 1);
}

/* Whether a root of this name would be read as that of a list. */
static bool is_list_name(ta_xml_writer *w, const char *name, size_t len) {
    ta_buf list = {0};
    const char *text = ta_xml_list_name(w->shape, &list);
    bool same = text && strlen(text) == len && !memcmp(text, name, len);
    w->failed |= list.failed;
    ta_buf_fini(&list);
    return same;
}

static void write_document(ta_xml_writer *w) {
    const ta_node *root = w->record->nodes;
    const ta_shape *shape = w->shape;
    bool hints = !w->options.plain && may_need_hints(w);
    if (shape && shape->xml_name) {
        const char *name = shape->xml_name;
        ta_xml_write_element(w, root, (ta_xml_tag_name){.fixed = name, .given = true}, shape,
                             is_list_name(w, name, strlen(name)));
    } else if (names_root(w, root)) {
        const ta_node *only = root + 1;
        const ta_key *key = &w->record->keys->items[only->key];
        const ta_shape *place = ta_shape_member_of(shape, only->key);
        ta_xml_tag_name name = {
            .fixed = ta_xml_schema_name(place), .key = only->key, .given = true};
        name.keyed = ta_xml_is_mistaken(&w->twins, key, only->key, shape, false);
        w->binds = hints && !shape;
        bool bare = ta_xml_is_list_only(place) || is_list_name(w, key->text, key->len);
        ta_xml_write_element(w, only, name, place, bare);
    } else {
        if (w->options.plain)
            ta_xml_count_loss(w, root);
        w->binds = !w->options.plain;
        ta_xml_write_element(
            w, root, (ta_xml_tag_name){.fixed = w->options.plain ? "document" : "ta:document"},
            shape, false);
    }
    ta_xml_write_rest(w);
}

static ta_status write_xml_put(ta_stage *stage, ta_record *record) {
    ta_xml_writer *w = (ta_xml_writer *)stage;
    if (!ta_xml_grow_spellings(w))
        return TA_ERR_NOMEM;
    w->record = record;
    w->depth = 0;
    w->bound_count = 0;
    w->indent = w->form == TA_FORM_LIST;
    if (w->form == TA_FORM_LIST) {
        const char *item = ta_buf_text(&w->item);
        ta_xml_write_element(w, record->nodes, (ta_xml_tag_name){.fixed = item}, w->shape,
                             false);
        ta_xml_write_rest(w);
    } else {
        write_document(w);
    }
    if (w->failed)
        return TA_ERR_NOMEM;
    return w->sink->status;
}

/* A name without its prefix, which is not bound out here, made fit for XML. */
static void set_name(ta_buf *to, const char *name) {
    const char *colon = strrchr(name, ':');
    name = colon ? colon + 1 : name;
    to->len = 0;
    ta_xml_name_escape(name, strlen(name), to);
    if (!to->len)
        ta_buf_puts(to, "_");
}

/* The first of the names that is there. */
static const char *choose_name(const char *option, const char *schema, const char *head,
                               const char *other) {
    if (option)
        return option;
    if (schema)
        return schema;
    return head ? head : other;
}

static void begin_list(ta_xml_writer *w, const ta_head *head) {
    ta_buf name = {0};
    const char *list = ta_xml_list_name(w->shape, &name);
    const char *item = w->shape ? w->shape->xml_name : NULL;
    set_name(&w->root, choose_name(w->options.out_root, list, head->root, "records"));
    set_name(&w->item, choose_name(w->options.out_item, item, head->item, "record"));
    const char *root = ta_buf_text(&w->root);
    bool known = list && !strcmp(root, list);
    put(w, "\n<");
    put(w, root);
    if (!known && !w->options.plain) {
        put(w, " ta:type=\"array\" xmlns:ta=\"" TA_XML_NS "\"");
        w->declared = true;
    } else if (!known) {
        ta_find(w->finder, &(ta_finding){.code = TA_F_LOSS_HINT,
                                         .place = {.file = head->file},
                                         .name = root,
                                         .count = 1});
    }
    ta_sink_putc(w->sink, '>');
    w->failed |= name.failed || w->root.failed || w->item.failed;
    ta_buf_fini(&name);
}

static ta_status write_xml_begin(ta_stage *stage, const ta_head *head) {
    ta_xml_writer *w = (ta_xml_writer *)stage;
    w->begun = true;
    w->form = head->form;
    const char *encoding = w->options.encoding;
    put(w, "<?xml version=\"1.0\" encoding=\"");
    put(w, encoding ? encoding : "UTF-8");
    put(w, "\"?>");
    if (w->form == TA_FORM_LIST)
        begin_list(w, head);
    return w->failed ? TA_ERR_NOMEM : TA_OK;
}

static ta_status write_xml_end(ta_stage *stage, const ta_tail *tail) {
    ta_xml_writer *w = (ta_xml_writer *)stage;
    (void)tail;
    if (w->begun && w->form == TA_FORM_LIST) {
        put(w, "\n</");
        put(w, ta_buf_text(&w->root));
        ta_sink_putc(w->sink, '>');
    }
    if (w->begun)
        ta_sink_putc(w->sink, '\n');
    ta_xml_tally_emit(&w->losses, w->finder, TA_F_LOSS_HINT);
    return w->sink->status;
}

static ta_status write_xml_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    ta_xml_writer *w = (ta_xml_writer *)stage, *o = (ta_xml_writer *)other;
    if (stage)
        return ta_xml_tally_absorb(&w->losses, &o->losses, by);
    ta_xml_tally_fini(&o->losses);
    return TA_OK;
}

static void write_xml_drop(ta_stage *stage) {
    ta_xml_writer *w = (ta_xml_writer *)stage;
    ta_xml_tally_fini(&w->losses);
    free(w->spellings);
    ta_xml_twins_fini(&w->twins);
    free(w->frames);
    free(w->bound);
    ta_buf_fini(&w->root);
    ta_buf_fini(&w->item);
    ta_buf_fini(&w->spelled);
    ta_buf_fini(&w->scratch);
    ta_buf_fini(&w->path);
    free(w);
}

ta_stage *ta_xml_writer_new(const ta_writing *writing) {
    static const ta_stage_ops ops = {"write xml",   write_xml_absorb, write_xml_begin,
                                     write_xml_put, write_xml_end,    write_xml_drop};
    ta_xml_writer *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->stage.ops = &ops;
    w->sink = writing->sink;
    w->finder = writing->finder;
    w->keys = writing->keys;
    w->shape = writing->shape;
    w->options = *writing->options;
    return &w->stage;
}
