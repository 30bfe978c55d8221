/* SPDX-License-Identifier: MIT */
/*
 * What stands around a list: with an envelope it is gathered into a document of its own, whose
 * texts are copied, since the window moves on; without, only the keys are noted.
 */
#include <stdlib.h>

#include "format/xml/around.h"

enum { NAMES_MAX = 10 }; /* keys that the finding names */

static void note_name(ta_xml_around *a, uint32_t key) {
    const ta_key *k = &a->reading->record->keys->items[key];
    const char *names = ta_buf_text(&a->names), *at = names;
    while ((at = strstr(at, k->text[0] ? ", " : "")) && a->name_count) {
        at += 2;
        size_t len = strcspn(at, ",");
        if (len == k->len && !memcmp(at, k->text, len))
            return;
    }
    a->name_count++;
    if (a->name_count > NAMES_MAX + 1)
        return;
    ta_buf_puts(&a->names, ", ");
    if (a->name_count > NAMES_MAX)
        ta_buf_puts(&a->names, "and more");
    else
        ta_buf_put(&a->names, k->text, k->len);
}

/* A node at the end, a member of the innermost open object. NULL: no memory. */
static ta_node *push_around(ta_xml_around *a, ta_kind kind, uint32_t key) {
    ta_node *node = a->failed ? NULL : ta_record_push(&a->record, kind);
    if (!node) {
        a->failed = true;
        return NULL;
    }
    node->key = key;
    node->flags = key ? 0 : TA_NODE_KEYLESS;
    node->depth = (uint16_t)a->depth;
    if (a->depth)
        a->record.nodes[a->open[a->depth - 1]].count++;
    return node;
}

static bool is_wanted(const ta_xml_around *a) {
    return a->reading->envelope;
}

/* The document is an object around its root element. */
static void begin_around(ta_xml_around *a) {
    const ta_record *record = a->reading->record;
    a->record.keys = record->keys;
    a->record.window = record->window;
    a->record.keys->keep = true;
    ta_xml_around_open(a, TA_KEY_NONE);
}

void ta_xml_around_open(ta_xml_around *a, uint32_t key) {
    if (!is_wanted(a))
        return;
    if (!a->record.count && key)
        begin_around(a);
    if (!ta_array_grow(&a->open, &a->open_cap, a->depth + 1, sizeof *a->open) ||
        !push_around(a, TA_OBJECT, key)) {
        a->failed = true;
        return;
    }
    a->open[a->depth++] = a->record.count - 1;
}

void ta_xml_around_close(ta_xml_around *a) {
    if (!a->depth)
        return;
    uint32_t index = a->open[--a->depth];
    a->record.nodes[index].size = a->record.count - index;
}

/* Copies nodes [from, to) of the reading's record; `lift` is added to their depth. */
static void copy_nodes(ta_xml_around *a, uint32_t from, uint32_t to, int lift) {
    const ta_record *record = a->reading->record;
    for (uint32_t i = from; i < to && !a->failed; i++) {
        ta_node *node = ta_record_push(&a->record, TA_NULL);
        if (!node) {
            a->failed = true;
            return;
        }
        ta_text text = ta_node_text(record, &record->nodes[i]);
        *node = record->nodes[i];
        node->depth = (uint16_t)(node->depth + lift);
        node->src = node->src_len = 0;
        node->flags &= (uint8_t) ~(TA_XML_NODE_HINTED | TA_XML_NODE_KEYED);
        uint8_t plain = node->flags & TA_NODE_PLAIN;
        if (node->kind != TA_TEXT && node->kind != TA_NUMBER)
            continue;
        if (!ta_node_set_text(&a->record, node, text.data, text.len))
            a->failed = true;
        node->flags |= plain;
    }
}

void ta_xml_around_take(ta_xml_around *a, uint32_t key) {
    ta_record *record = a->reading->record;
    ta_node *root = record->nodes;
    if (key)
        note_name(a, key);
    else
        for (const ta_node *c = root + 1; c < root + record->count; c++)
            note_name(a, c->key);
    if (!is_wanted(a) || !a->depth)
        return;
    a->record.nodes[a->open[a->depth - 1]].count += key ? 1 : record->count - 1;
    root->key = key;
    root->flags &= (uint8_t)~TA_NODE_KEYLESS;
    copy_nodes(a, key ? 0 : 1, record->count, (int)a->depth - !key);
}

void ta_xml_around_place(ta_xml_around *a, uint32_t key) {
    if (!is_wanted(a) || !a->depth)
        return;
    uint32_t parent = a->open[a->depth - 1];
    for (uint32_t i = parent + 1; i < a->record.count; i += a->record.nodes[i].size)
        if (a->record.nodes[i].key == key)
            return;
    push_around(a, TA_ARRAY, key);
}

/* The envelope's second step, as for any record: names that repeat become lists. */
static ta_status give_envelope(ta_xml_around *a) {
    ta_xml_build *b = a->build;
    ta_record *record = b->record;
    while (a->depth)
        ta_xml_around_close(a);
    a->head = *a->reading->head;
    a->head.form = TA_FORM_DOCUMENT;
    a->head.locate = NULL;
    a->head.respell = NULL;
    a->record.head = &a->head;
    a->record.raw = record->window->data;
    a->record.number = 1;
    b->record = &a->record;
    b->twins = true;
    bool shaped = ta_xml_build_shape(b, NULL);
    b->record = record;
    if (!shaped)
        return TA_ERR_NOMEM;
    ta_status status = ta_stage_begin(a->reading->envelope, &a->head);
    return status == TA_OK ? ta_stage_put(a->reading->envelope, &a->record) : status;
}

ta_status ta_xml_around_finish(ta_xml_around *a, bool good) {
    ta_status status = a->failed ? TA_ERR_NOMEM : TA_OK;
    if (status == TA_OK && good && is_wanted(a) && a->record.count)
        status = give_envelope(a);
    else if (status == TA_OK && good && a->name_count)
        ta_find(a->reading->finder,
                &(ta_finding){.code = TA_F_LOSS_ENVELOPE,
                              .place = {.file = a->reading->source->window.file},
                              .name = ta_buf_text(&a->names) + 2});
    if (a->record.count)
        a->record.keys->keep = false;
    ta_record_fini(&a->record);
    ta_buf_fini(&a->names);
    free(a->open);
    return status;
}
