/* SPDX-License-Identifier: MIT */
/* The stage that looks, and the schema's frame. */
#include "infer/infer.h"

#include <stdlib.h>

#include "base/hash.h"
#include "infer/note.h"
#include "infer/widen.h"

typedef struct infer_stage {
    ta_stage stage;
    ta_infer *infer;
    const char **columns; /* of CSV, in the arena */
    uint32_t column_count;
} infer_stage;

ta_infer *ta_infer_new(const ta_infer_options *options) {
    ta_infer *infer = calloc(1, sizeof *infer);
    if (!infer)
        return NULL;
    infer->options = options;
    infer->root = ta_spot_new(infer, 0);
    if (infer->root)
        return infer;
    ta_infer_drop(infer);
    return NULL;
}

void ta_infer_drop(ta_infer *infer) {
    if (!infer)
        return;
    ta_arena_fini(&infer->arena);
    free(infer);
}

static bool is_format(const ta_head *head, const char *name) {
    return !strcmp(head->format, name);
}

/* The names of an XML list, unless they are what our writer takes without a schema. */
static void take_list_names(ta_infer *infer, const ta_head *head) {
    if (head->inside || head->form != TA_FORM_LIST || !head->root || !head->item ||
        !strcmp(head->item, "record") || infer->item_name)
        return;
    infer->list_name = ta_arena_copy(&infer->arena, head->root, strlen(head->root));
    infer->item_name = ta_arena_copy(&infer->arena, head->item, strlen(head->item));
    infer->no_memory |= !infer->list_name || !infer->item_name;
}

/* The heads are gone when the reading ends. */
static void keep_columns(infer_stage *s, const ta_head *head) {
    ta_arena *arena = &s->infer->arena;
    s->columns = ta_arena_alloc(arena, (head->column_count + 1) * sizeof *s->columns);
    s->infer->no_memory |= !s->columns;
    for (uint32_t i = 0; s->columns && i < head->column_count; i++) {
        s->columns[i] = ta_arena_copy(arena, head->columns[i], strlen(head->columns[i]));
        s->infer->no_memory |= !s->columns[i];
    }
    s->column_count = s->infer->no_memory ? 0 : head->column_count;
}

static ta_status infer_begin(ta_stage *stage, const ta_head *head) {
    ta_infer *infer = ((infer_stage *)stage)->infer;
    bool xml = is_format(head, "xml");
    infer->csv = is_format(head, "csv") || is_format(head, "tsv");
    infer->soft = infer->csv || xml;
    infer->xml |= xml;
    infer->lists += head->form == TA_FORM_LIST;
    infer->documents += head->form == TA_FORM_DOCUMENT;
    if (head->columns)
        keep_columns((infer_stage *)stage, head);
    if (xml)
        take_list_names(infer, head);
    return infer->no_memory ? TA_ERR_NOMEM : ta_stage_begin(stage->next, head);
}

static ta_status infer_put(ta_stage *stage, ta_record *record) {
    ta_infer *infer = ((infer_stage *)stage)->infer;
    infer->keys = record->keys;
    infer->records++;
    ta_note_value(infer, infer->root, record, record->nodes);
    return infer->no_memory ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

/* Heads without rows are columns of text. */
static void take_columns(const infer_stage *s) {
    ta_infer *infer = s->infer;
    ta_keys none = {0};
    ta_spot *after = NULL;
    infer->keys = &none;
    if (!infer->root->count)
        infer->root->count = infer->root->objects = 1;
    for (uint32_t i = 0; i < s->column_count && !infer->root->others; i++) {
        ta_key key = {.text = s->columns[i], .len = (uint32_t)strlen(s->columns[i])};
        key.hash = ta_hash(key.text, key.len);
        after = ta_spot_member(infer, infer->root, after, &key, TA_KEY_NONE);
    }
    infer->keys = NULL;
}

static ta_status infer_end(ta_stage *stage, const ta_tail *tail) {
    infer_stage *s = (infer_stage *)stage;
    if (s->column_count && !tail->records)
        take_columns(s);
    s->column_count = 0;
    return s->infer->no_memory ? TA_ERR_NOMEM : ta_stage_end(stage->next, tail);
}

static void infer_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops infer_ops = {"infer",   TA_SCOPE_ORDERED, infer_begin,
                                       infer_put, infer_end,        infer_drop};

ta_stage *ta_infer_stage(ta_infer *infer, ta_stage *next) {
    infer_stage *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    *s = (infer_stage){.stage = {&infer_ops, next}, .infer = infer};
    return &s->stage;
}

/* A schema of a list speaks of its items, unless some of them are lists. */
static bool describes_list(const ta_infer *infer) {
    return infer->lists && !infer->documents && infer->root->arrays;
}

static void write_new(ta_schema_sketch *to, ta_spot *record) {
    ta_infer *infer = to->infer;
    bool list = describes_list(infer);
    ta_sketch_open(&to->sketch, NULL, TA_OBJECT);
    ta_sketch_puts(&to->sketch, "$schema", "https://json-schema.org/draft/2020-12/schema");
    if (infer->options->title)
        ta_sketch_puts(&to->sketch, "title", infer->options->title);
    if (list)
        ta_write_types(&to->sketch, TA_TYPE_ARRAY, false);
    if (list)
        ta_write_spot(to, (ta_text){"items", 5}, record);
    else
        ta_write_words(to, record);
    ta_sketch_close(&to->sketch);
}

ta_status ta_infer_write(ta_infer *infer, const ta_document *old, ta_keys *keys,
                         ta_stage *writer) {
    ta_schema_sketch *to = calloc(1, sizeof *to);
    if (!to)
        return TA_ERR_NOMEM;
    to->infer = infer;
    to->old = old ? &old->record : NULL;
    ta_record_begin(&to->sketch.record, "");
    to->sketch.record.keys = keys;
    ta_spot *record = infer->root;
    if (infer->xml && !old)
        record = ta_spot_settle_xml(infer, record);
    if (infer->item_name) {
        record->xml_name = infer->item_name;
        record->xml_list = infer->list_name;
    }
    if (old)
        ta_widen_schema(to, old->record.nodes, record);
    else
        write_new(to, record);
    bool failed = to->sketch.failed || infer->no_memory;
    ta_status status = failed ? TA_ERR_NOMEM : ta_sketch_hand_over(&to->sketch, writer);
    ta_record_fini(&to->sketch.record);
    free(to);
    return status;
}
