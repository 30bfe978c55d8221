/* SPDX-License-Identifier: MIT */
/*
 * Aliases become copies of what they stand for; merge keys (`<<`, YAML 1.1 that people still
 * write) become members. A copy's place is its alias, for all its nodes: by that its keys are
 * known to have no place of their own.
 */
#include "format/yaml/build.h"

enum { TWINS_MAX = 100 }; /* duplicate keys reported of one map */

static void refuse_alias(const ta_yaml_build *b, const ta_yaml_event *event, const char *why) {
    ta_find_in(b->reading->finder, &b->reading->source->window,
               (ta_span){event->start, event->end}, b->record->number,
               &(ta_finding){.code = TA_F_YAML_ALIAS, .name = event->text, .found = why});
}

ta_status ta_yaml_alias_key(const ta_yaml_build *b, const ta_yaml_event *event, ta_text *out) {
    static const char *const words[] = {"null", "false", "true"};
    const char *why;
    const ta_node *node = ta_yaml_anchor_find(b->anchors, event->text, event->len, &why);
    if (!node) {
        refuse_alias(b, event, why);
        return TA_ERR_INPUT;
    }
    if (node->kind >= TA_ARRAY)
        return ta_yaml_refuse_key(b, event, ta_kind_text((ta_kind)node->kind));
    *out = node->kind <= TA_TRUE ? (ta_text){words[node->kind], strlen(words[node->kind])}
                                 : ta_node_text(&b->anchors->store, node);
    return TA_OK;
}

/* One node of the value; `root` has the place of the alias in map or list. False: no room. */
static bool copy_node(ta_yaml_build *b, const ta_node *from, const ta_yaml_event *event,
                      bool root) {
    ta_record *record = b->record, *store = &b->anchors->store;
    ta_node *node = root ? ta_yaml_push(b, (ta_kind)from->kind, event)
                         : ta_record_push(record, (ta_kind)from->kind);
    if (!node)
        return false;
    if (!root) {
        node->src = (uint32_t)(event->start - b->start);
        node->src_len = (uint32_t)(event->end - event->start);
        node->flags = from->flags & TA_NODE_KEYLESS;
        if (!node->flags) {
            const ta_key *key = &b->anchors->names.items[from->key];
            node->key = ta_keys_get(record->keys, key->text, key->len);
            if (!node->key)
                return false;
        }
    }
    node->depth = (uint16_t)(b->depth + from->depth);
    node->size = from->size;
    node->count = from->count;
    node->flags |= (uint8_t)((from->flags & TA_NODE_QUOTED) | TA_YAML_COPY);
    if (from->kind != TA_NUMBER && from->kind != TA_TEXT)
        return true;
    ta_text text = ta_node_text(store, from);
    return ta_node_set_text(record, node, text.data, text.len);
}

ta_status ta_yaml_copy_alias(ta_yaml_build *b, const ta_yaml_event *event) {
    const char *why;
    const ta_node *value = ta_yaml_anchor_find(b->anchors, event->text, event->len, &why);
    if (!value) {
        refuse_alias(b, event, why);
        b->spoilt = true;
        return ta_yaml_push(b, TA_NULL, event) ? TA_OK : ta_yaml_no_room(b);
    }
    for (const ta_node *from = value; from < ta_node_end(value); from++) {
        b->copied_bytes += sizeof *from + from->text_len;
        if (b->copied_bytes > TA_YAML_ALIAS_MAX) {
            refuse_alias(b, event, "unfolds, with those before it, to more than 16 MiB");
            return TA_ERR_INPUT;
        }
        if (from->kind >= TA_ARRAY && b->depth + from->depth >= b->depth_max)
            return ta_yaml_too_deep(b, event->start);
        if (!copy_node(b, from, event, from == value))
            return ta_yaml_no_room(b);
    }
    return TA_OK;
}

static void report_yaml_twin(ta_yaml_build *b, uint32_t first, uint32_t second) {
    ta_record *record = b->record;
    const ta_key *key = &record->keys->items[record->nodes[second].key];
    ta_buf name = {0};
    ta_buf_printf(&name, "\"%.*s\"", (int)key->len, key->text);
    b->said->failed |= name.failed;
    ta_finding finding = {.code = TA_F_RECORD_DUPLICATE, .name = ta_buf_text(&name)};
    if (ta_yaml_build_settle(b)) {
        ta_related related = {ta_place_of(record, &record->nodes[first], TA_PART_KEY),
                              "the first one"};
        finding.related = &related;
        finding.related_count = 1;
        ta_find_at(b->reading->finder, record, &record->nodes[second], TA_PART_KEY, &finding);
    } else {
        ta_find_in(b->reading->finder, &b->reading->source->window, (ta_span){b->end, b->end},
                   record->number, &finding);
    }
    ta_buf_fini(&name);
}

void ta_yaml_report_twins(ta_yaml_build *b, uint32_t map) {
    ta_keys *keys = b->record->keys;
    const ta_node *object = &b->record->nodes[map], *end = ta_node_end(object);
    uint64_t serial = ++keys->serial;
    int rest = TWINS_MAX;
    for (const ta_node *c = ta_node_first(object); rest && c < end; c = ta_node_next(c)) {
        ta_key *key = &keys->items[c->key];
        if (c->flags & TA_YAML_MERGE)
            continue;
        if (key->stamp == serial) {
            report_yaml_twin(b, key->stamp_node, ta_node_index(b->record, c));
            b->spoilt = true;
            rest--;
        } else {
            key->stamp = serial;
            key->stamp_node = ta_node_index(b->record, c);
        }
    }
}

/* Moves the members of an object down to `to`, out of what was around it, `lift` levels up;
 * those whose key is there already are left out. Returns behind them. */
static uint32_t lift_members(ta_record *record, uint32_t object, uint32_t to, int lift,
                             uint32_t *count) {
    ta_node *nodes = record->nodes;
    uint64_t serial = record->keys->serial;
    uint32_t end = object + nodes[object].size;
    for (uint32_t at = object + 1, size; at < end; at += size) {
        ta_key *key = &record->keys->items[nodes[at].key];
        size = nodes[at].size;
        if (key->stamp == serial)
            continue;
        key->stamp = serial;
        memmove(&nodes[to], &nodes[at], size * sizeof *nodes);
        for (uint32_t i = 0; i < size; i++)
            nodes[to + i].depth = (uint16_t)(nodes[to + i].depth - lift);
        to += size;
        ++*count;
    }
    return to;
}

/* Whether a value may stand under `<<`. */
static bool can_merge(const ta_node *value) {
    if (value->kind != TA_ARRAY)
        return value->kind == TA_OBJECT;
    for (const ta_node *c = ta_node_first(value); c < ta_node_end(value); c = ta_node_next(c))
        if (c->kind != TA_OBJECT)
            return false;
    return true;
}

/* Notes the explicit keys, and refuses what cannot be merged: it stays under `<<`. Whether
 * something is to be merged. */
static bool stamp_members(ta_yaml_build *b, uint32_t map) {
    ta_record *record = b->record;
    ta_node *nodes = record->nodes;
    uint32_t end = map + nodes[map].size;
    uint64_t serial = ++record->keys->serial;
    bool merges = false;
    for (uint32_t at = map + 1; at < end; at += nodes[at].size) {
        ta_node *node = &nodes[at];
        if (node->flags & TA_YAML_MERGE && !can_merge(node)) {
            node->flags &= (uint8_t)~TA_YAML_MERGE;
            uint64_t place = b->start + node->src;
            ta_find_in(b->reading->finder, &b->reading->source->window,
                       (ta_span){place, place + node->src_len}, record->number,
                       &(ta_finding){.code = TA_F_YAML_MERGE_VALUE,
                                     .found = ta_kind_text((ta_kind)node->kind)});
            b->spoilt = true;
        }
        if (node->flags & TA_YAML_MERGE)
            merges = true;
        else
            record->keys->items[node->key].stamp = serial;
    }
    return merges;
}

void ta_yaml_merge(ta_yaml_build *b, uint32_t map) {
    ta_record *record = b->record;
    ta_node *nodes = record->nodes;
    uint64_t place = b->start + nodes[map].src;
    if (!stamp_members(b, map))
        return;
    ta_yaml_build_say(b, TA_F_YAML_MERGE, "<<", (ta_span){place, place}, map);
    uint32_t to = map + 1, end = map + nodes[map].size, count = 0;
    for (uint32_t at = map + 1, size; at < end; at += size) {
        size = nodes[at].size;
        if (!(nodes[at].flags & TA_YAML_MERGE)) {
            memmove(&nodes[to], &nodes[at], size * sizeof *nodes);
            to += size;
            count++;
        } else if (nodes[at].kind == TA_OBJECT) {
            to = lift_members(record, at, to, 1, &count);
        } else {
            for (uint32_t item = at + 1, next; item < at + size; item = next) {
                next = item + nodes[item].size;
                to = lift_members(record, item, to, 2, &count);
            }
        }
    }
    record->count = to;
    nodes[map].count = count;
    nodes[map].size = to - map;
}
