/* SPDX-License-Identifier: MIT */
/*
 * Events become nodes. Open lists and maps lie on a stack of our own: no recursion. A node's
 * place counts from the record's first byte, wherever the window has moved meanwhile; all
 * texts lie in the record's arena.
 */
#include <stdio.h>
#include <stdlib.h>

#include "format/text.h"
#include "format/yaml/build.h"

static const char core_tag[] = "tag:yaml.org,2002:";

static ta_yaml_level *top_level(const ta_yaml_build *b) {
    return b->depth ? &b->levels[b->depth - 1] : NULL;
}

ta_status ta_yaml_no_room(ta_yaml_build *b) {
    if (!b->record->full)
        return TA_ERR_NOMEM;
    ta_text_report_size(b->reading, b->start, b->record->number,
                        "; --records PATH streams a list inside it");
    return TA_ERR_INPUT;
}

ta_status ta_yaml_too_deep(ta_yaml_build *b, uint64_t offset) {
    char expected[16];
    snprintf(expected, sizeof expected, "%u", b->depth_max);
    ta_find_in(b->reading->finder, &b->reading->source->window, (ta_span){offset, offset + 1},
               b->record->number,
               &(ta_finding){.code = TA_F_RECORD_DEPTH, .expected = expected});
    return TA_ERR_INPUT;
}

bool ta_yaml_build_settle(ta_yaml_build *b) {
    ta_record *record = b->record;
    const ta_window *window = &b->reading->source->window;
    for (uint32_t i = 0; i < b->depth; i++)
        record->nodes[b->levels[i].node].size = record->count - b->levels[i].node;
    bool whole = b->start >= window->offset;
    record->raw = window->data + (whole ? b->start - window->offset : 0);
    record->raw_len = whole ? (uint32_t)(b->end - b->start) : 0;
    return whole;
}

void ta_yaml_build_say(ta_yaml_build *b, ta_code code, const char *name, ta_span span,
                       uint32_t node) {
    if (ta_yaml_said_again(b->said, code, name))
        return;
    ta_record *record = b->record;
    ta_buf path = {0};
    ta_yaml_build_settle(b);
    if (node < record->count)
        ta_path_print(record, &record->nodes[node], &path);
    ta_yaml_say(b->said,
                &(ta_finding){.code = code,
                              .name = name,
                              .path = ta_buf_text(&path),
                              .record_no = record->number,
                              .place = ta_place_in(&b->reading->source->window, span)});
    b->said->failed |= path.failed;
    ta_buf_fini(&path);
}

/* A core tag's own name ("int"); "" for the tag `!`; NULL: another tag. */
static const char *core_name(const char *tag) {
    size_t len = sizeof core_tag - 1;
    if (!strcmp(tag, "!"))
        return "";
    return strncmp(tag, core_tag, len) ? NULL : tag + len;
}

void ta_yaml_note_tag(ta_yaml_build *b, const ta_yaml_event *event, uint32_t node) {
    static const char *const scalars[] = {"str", "int", "float", "bool", "null"};
    if (!event->tag)
        return;
    const char *name = core_name(event->tag);
    bool known = name && !*name;
    if (name && event->kind == TA_YAML_SCALAR)
        for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
            known |= !strcmp(name, scalars[i]);
    else if (name)
        known |= !strcmp(name, event->kind == TA_YAML_MAP ? "map" : "seq");
    if (!known)
        ta_yaml_build_say(b, TA_F_YAML_TAG, event->tag, (ta_span){event->start, event->end},
                          node);
}

ta_node *ta_yaml_push(ta_yaml_build *b, ta_kind kind, const ta_yaml_event *event) {
    ta_node *node = ta_record_push(b->record, kind);
    if (!node)
        return NULL;
    ta_yaml_level *level = top_level(b);
    node->depth = (uint16_t)b->depth;
    /* An absent value may stand before what has begun, behind the tag of its map. */
    uint64_t start = event->start > b->start ? event->start : b->start;
    node->src = (uint32_t)(start - b->start);
    node->src_len = event->end > start ? (uint32_t)(event->end - start) : 0;
    uint8_t flow = ta_yaml_is_flow(b->events) ? TA_YAML_FLOW : 0;
    node->flags = TA_NODE_KEYLESS | flow;
    if (!level)
        return node;
    b->record->nodes[level->node].count++;
    if (!level->key)
        return node;
    node->key = level->key;
    node->flags = flow | (level->merge ? TA_YAML_MERGE : 0);
    level->key = 0;
    level->merge = false;
    return node;
}

/* What the schema says of the value to come. */
static const ta_shape *next_shape(const ta_yaml_build *b) {
    const ta_yaml_level *level = top_level(b);
    if (!level)
        return b->shape;
    if (!level->shape)
        return NULL;
    return level->key ? ta_shape_member_of(level->shape, level->key) : level->shape->items;
}

/* A plain number or boolean is text, as written, where the schema wants text and not that. */
static void fit_shape(const ta_shape *shape, const ta_yaml_event *event,
                      ta_yaml_scalar *scalar) {
    if (!shape || !(shape->types & TA_TYPE_STRING))
        return;
    bool number = scalar->kind == TA_NUMBER;
    bool boolean = scalar->kind == TA_TRUE || scalar->kind == TA_FALSE;
    int own = number ? TA_TYPE_NUMBER : TA_TYPE_BOOLEAN;
    if (!(shape->types & TA_TYPE_NUMBER))
        scalar->formless = false;
    if ((number || boolean) && !(shape->types & own))
        *scalar = (ta_yaml_scalar){.kind = TA_TEXT, .text = event->text, .len = event->len};
}

/* Whether a scalar is what its tag says; `name`: the core tag's own. */
static bool fits_tag(const ta_yaml_scalar *scalar, const char *name) {
    if (!strcmp(name, "null"))
        return scalar->kind == TA_NULL;
    if (!strcmp(name, "bool"))
        return scalar->kind == TA_TRUE || scalar->kind == TA_FALSE;
    if (!strcmp(name, "float"))
        return scalar->kind == TA_NUMBER || scalar->formless;
    return scalar->kind == TA_NUMBER && !memchr(scalar->text, '.', scalar->len) &&
           !memchr(scalar->text, 'e', scalar->len) && !memchr(scalar->text, 'E', scalar->len);
}

static void refuse_tag(ta_yaml_build *b, const ta_yaml_event *event, const char *name) {
    ta_buf found = {0};
    ta_buf_printf(&found, "%.*s", event->len < 40 ? (int)event->len : 40, event->text);
    ta_find_in(
        b->reading->finder, &b->reading->source->window, (ta_span){event->start, event->end},
        b->record->number,
        &(ta_finding){.code = TA_F_YAML_TAG_VALUE, .name = name, .found = ta_buf_text(&found)});
    ta_buf_fini(&found);
    b->spoilt = true;
}

/* The type that a tag gives. False: no memory. */
static bool type_tagged(ta_yaml_build *b, const ta_yaml_event *event, ta_yaml_scalar *scalar) {
    const char *name = core_name(event->tag);
    bool typed = name && (!strcmp(name, "null") || !strcmp(name, "bool") ||
                          !strcmp(name, "int") || !strcmp(name, "float"));
    if (!typed)
        return true;
    if (!ta_yaml_resolve(event->text, event->len, true, &b->scratch, scalar))
        return false;
    if (!fits_tag(scalar, name))
        refuse_tag(b, event, name);
    return true;
}

/* False: no memory. */
static bool type_scalar(ta_yaml_build *b, const ta_yaml_event *event, const ta_shape *shape,
                        ta_yaml_scalar *scalar) {
    *scalar = (ta_yaml_scalar){.kind = TA_TEXT, .text = event->text, .len = event->len};
    if (event->tag)
        return type_tagged(b, event, scalar);
    if (!event->plain)
        return true;
    if (!ta_yaml_resolve(event->text, event->len, false, &b->scratch, scalar))
        return false;
    fit_shape(shape, event, scalar);
    return true;
}

static bool set_scalar(ta_yaml_build *b, ta_node *node, const ta_yaml_scalar *scalar,
                       bool plain) {
    if (scalar->kind != TA_NUMBER && scalar->kind != TA_TEXT)
        return true;
    if (scalar->kind == TA_TEXT && !plain)
        node->flags |= TA_NODE_QUOTED;
    return ta_node_set_text(b->record, node, scalar->text, scalar->len);
}

/* Keeps a value that has an anchor. */
static ta_status keep_anchored(ta_yaml_build *b, uint32_t name, uint32_t node) {
    const ta_yaml_anchored value = {b->record, &b->record->nodes[node], b->start};
    return name && !ta_yaml_anchor_close(b->anchors, name, &value) ? TA_ERR_NOMEM : TA_OK;
}

static ta_status take_yaml_scalar(ta_yaml_build *b, const ta_yaml_event *event) {
    ta_yaml_scalar scalar;
    uint32_t name = 0;
    if (event->anchor && !ta_yaml_anchor_open(b->anchors, event->anchor, &name))
        return TA_ERR_NOMEM;
    if (!type_scalar(b, event, next_shape(b), &scalar))
        return TA_ERR_NOMEM;
    ta_node *node = ta_yaml_push(b, scalar.kind, event);
    if (!node || !set_scalar(b, node, &scalar, event->plain && !event->tag))
        return ta_yaml_no_room(b);
    uint32_t index = ta_node_index(b->record, node);
    if (scalar.formless)
        ta_yaml_build_say(b, TA_F_LOSS_NUMBER, event->len > 40 ? "a long number" : event->text,
                          (ta_span){event->start, event->end}, index);
    ta_yaml_note_tag(b, event, index);
    return keep_anchored(b, name, index);
}

/* A key that has an anchor: for a moment it is a node. */
static ta_status anchor_key(ta_yaml_build *b, const ta_yaml_event *event) {
    ta_record *record = b->record;
    uint32_t count = record->count, name;
    size_t arena = record->arena.len;
    ta_yaml_scalar scalar;
    if (!ta_yaml_anchor_open(b->anchors, event->anchor, &name) ||
        !type_scalar(b, event, NULL, &scalar))
        return TA_ERR_NOMEM;
    ta_node *node = ta_record_push(record, scalar.kind);
    if (!node || !set_scalar(b, node, &scalar, event->plain && !event->tag))
        return ta_yaml_no_room(b);
    node->flags |= TA_NODE_KEYLESS;
    ta_status status = keep_anchored(b, name, count);
    record->count = count;
    record->arena.len = arena;
    return status;
}

ta_status ta_yaml_refuse_key(const ta_yaml_build *b, const ta_yaml_event *event,
                             const char *found) {
    ta_find_in(b->reading->finder, &b->reading->source->window,
               (ta_span){event->start, event->end}, b->record->number,
               &(ta_finding){.code = TA_F_YAML_KEY, .found = found});
    return TA_ERR_INPUT;
}

/* A key's index, mostly the one that followed the key before it last time; 0: no memory. */
static uint32_t intern_yaml_key(ta_yaml_build *b, ta_text text) {
    ta_keys *keys = b->record->keys;
    uint32_t index = keys->items[b->last_key].after;
    const ta_key *guess = &keys->items[index];
    if (!index || guess->len != text.len || memcmp(guess->text, text.data, text.len) != 0) {
        index = ta_keys_get(keys, text.data, text.len);
        keys->items[b->last_key].after = index;
    }
    b->last_key = index;
    return index;
}

static ta_status take_yaml_key(ta_yaml_build *b, const ta_yaml_event *event) {
    ta_text text = {event->text, event->len};
    ta_status status = TA_OK;
    if (event->kind == TA_YAML_ALIAS)
        status = ta_yaml_alias_key(b, event, &text);
    else if (event->kind != TA_YAML_SCALAR)
        status = ta_yaml_refuse_key(b, event, event->kind == TA_YAML_LIST ? "list" : "object");
    else if (event->anchor)
        status = anchor_key(b, event);
    if (status != TA_OK)
        return status;
    uint32_t key = intern_yaml_key(b, text);
    if (!key)
        return TA_ERR_NOMEM;
    ta_yaml_level *level = top_level(b);
    if (event->kind == TA_YAML_SCALAR)
        ta_yaml_note_tag(b, event, level->node);
    level->merge = event->plain && !event->tag && text.len == 2 && !memcmp(text.data, "<<", 2);
    level->merges |= level->merge;
    level->may_have_twins |= !level->merge && key <= level->key_max;
    if (key > level->key_max)
        level->key_max = key;
    level->key = key;
    return TA_OK;
}

static ta_status open_yaml_level(ta_yaml_build *b, const ta_yaml_event *event) {
    if (b->depth >= b->depth_max)
        return ta_yaml_too_deep(b, event->start);
    if (!ta_array_grow(&b->levels, &b->level_cap, (size_t)b->depth + 1, sizeof *b->levels))
        return TA_ERR_NOMEM;
    ta_yaml_level level = {.shape = next_shape(b)};
    if (event->anchor && !ta_yaml_anchor_open(b->anchors, event->anchor, &level.anchor))
        return TA_ERR_NOMEM;
    ta_node *node = ta_yaml_push(b, event->kind == TA_YAML_LIST ? TA_ARRAY : TA_OBJECT, event);
    if (!node)
        return ta_yaml_no_room(b);
    level.node = ta_node_index(b->record, node);
    ta_yaml_note_tag(b, event, level.node);
    b->levels[b->depth++] = level;
    return TA_OK;
}

static ta_status close_yaml_level(ta_yaml_build *b) {
    ta_yaml_level level = b->levels[b->depth - 1];
    ta_record *record = b->record;
    ta_node *node = &record->nodes[level.node];
    node->size = record->count - level.node;
    if (b->end <= b->start + node->src) /* only its own mark: `-` */
        b->end = b->start + node->src + 1;
    node->src_len = (uint32_t)(b->end - b->start) - node->src;
    if (level.may_have_twins)
        ta_yaml_report_twins(b, level.node);
    if (level.merges)
        ta_yaml_merge(b, level.node);
    b->depth--;
    return keep_anchored(b, level.anchor, level.node);
}

ta_status ta_yaml_build_take(ta_yaml_build *b, const ta_yaml_event *event) {
    const ta_yaml_level *level = top_level(b);
    bool ends = event->kind == TA_YAML_MAP_END || event->kind == TA_YAML_LIST_END;
    /* What has no characters of its own (an absent value, the end of a block) ends nothing. */
    bool opens = event->kind == TA_YAML_MAP || event->kind == TA_YAML_LIST;
    if (event->end > event->start && event->end > b->end && !opens)
        b->end = event->end;
    if (ends)
        return close_yaml_level(b);
    if (level && !level->key && b->record->nodes[level->node].kind == TA_OBJECT)
        return take_yaml_key(b, event);
    if (event->kind == TA_YAML_SCALAR)
        return take_yaml_scalar(b, event);
    return opens ? open_yaml_level(b, event) : ta_yaml_copy_alias(b, event);
}

void ta_yaml_build_begin(ta_yaml_build *b, const ta_yaml_event *event) {
    const ta_window *window = &b->reading->source->window;
    ta_record_begin(b->record, window->data + (event->start - window->offset));
    b->start = b->end = event->start;
    b->depth = 0;
    b->last_key = TA_KEY_NONE;
    b->copied_bytes = 0;
    b->spoilt = false;
}

ta_status ta_yaml_build_value(ta_yaml_build *b, ta_yaml_event *event) {
    ta_yaml_build_begin(b, event);
    for (;;) {
        ta_status status = ta_yaml_build_take(b, event);
        if (status != TA_OK || !b->depth)
            return status;
        status = ta_yaml_next(b->events, event);
        if (status != TA_OK)
            return status;
    }
}

void ta_yaml_build_fini(ta_yaml_build *b) {
    free(b->levels);
    ta_buf_fini(&b->scratch);
}
