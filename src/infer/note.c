/* SPDX-License-Identifier: MIT */
/* The walk over a record: each value is noted at its place. */
#include "infer/note.h"

#include "base/hash.h"

static void note_members(ta_infer *infer, ta_spot *spot, const ta_record *record,
                         const ta_node *node) {
    ta_spot *after = NULL;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        const ta_key *key = &record->keys->items[c->key];
        ta_spot *member = ta_spot_member(infer, spot, after, key, c->key);
        if (!member)
            return;
        ta_note_value(infer, member, record, c);
        after = spot->others ? NULL : member;
    }
}

static void note_items(ta_infer *infer, ta_spot *spot, const ta_record *record,
                       const ta_node *node) {
    if (!spot->arrays++ || node->count < spot->items_min)
        spot->items_min = node->count;
    if (node->count > spot->items_max)
        spot->items_max = node->count;
    if (spot->depth >= TA_SPOT_DEPTH_MAX)
        return;
    if (!spot->items)
        spot->items = ta_spot_new(infer, spot->depth + 1);
    for (const ta_node *c = ta_node_first(node); spot->items && c < ta_node_end(node);
         c = ta_node_next(c))
        ta_note_value(infer, spot->items, record, c);
}

/* What was typed in a cell of CSV is a cell all the same: its column decides. */
static bool is_typed_cell(const ta_infer *infer, const ta_node *node) {
    return infer->csv &&
           (node->kind == TA_NUMBER || node->kind == TA_TRUE || node->kind == TA_FALSE);
}

/* The text of a cell, as it was before it was typed. */
static ta_text written_cell(const ta_record *record, const ta_node *node) {
    if (node->kind == TA_TRUE)
        return (ta_text){"true", 4};
    if (node->kind == TA_FALSE)
        return (ta_text){"false", 5};
    if (node->kind != TA_NUMBER || !(node->flags & TA_NODE_ARENA))
        return ta_node_text(record, node);
    bool quoted = node->flags & TA_NODE_QUOTED;
    return (ta_text){record->raw + node->src + quoted, node->src_len - 2 * (size_t)quoted};
}

/* The reader knows the column's decimal sign, and leaves what may be two numbers as text. */
static void note_cell(ta_infer *infer, ta_spot *spot, const ta_record *record,
                      const ta_node *node) {
    ta_noted noted = {.text = written_cell(record, node),
                      .quoted = node->flags & TA_NODE_QUOTED};
    bool bare = !noted.quoted && noted.text.len;
    char copy[TA_NOTE_NUMBER_MAX];
    if (node->kind == TA_NUMBER)
        noted.number = ta_node_text(record, node);
    else if (node->kind == TA_TEXT && !(bare && infer->options->typed))
        noted.number = ta_note_number_of(infer, noted.text, copy);
    infer->bare |= bare;
    if (!spot->unlisted)
        ta_note_cell(infer, spot, noted.text);
    ta_note_text(infer, spot, &noted);
}

/* A text of XML may stand for a number. */
static void note_plain_text(ta_infer *infer, ta_spot *spot, ta_text text) {
    char copy[TA_NOTE_NUMBER_MAX];
    ta_noted noted = {.text = text};
    if (infer->soft)
        noted.number = ta_note_number_of(infer, text, copy);
    ta_note_text(infer, spot, &noted);
}

static void note_scalar(ta_infer *infer, ta_spot *spot, const ta_record *record,
                        const ta_node *node) {
    if (is_typed_cell(infer, node) || (infer->csv && node->kind == TA_TEXT)) {
        note_cell(infer, spot, record, node);
    } else if (node->kind == TA_TEXT) {
        note_plain_text(infer, spot, ta_node_text(record, node));
    } else if (node->kind == TA_NUMBER) {
        ta_text number = ta_node_text(record, node);
        spot->numbers++;
        spot->integers += ta_note_whole(number);
        ta_note_number(infer, spot, number);
        if (infer->options->widens && !spot->many)
            ta_note_distinct(infer, spot, number, true);
        if (spot->seen)
            ta_note_seen(infer, spot, ta_hash(number.data, number.len));
    } else {
        spot->booleans++;
    }
}

/* Empty cells of CSV are values that are not there, and objects of nothing else too; in a list
 * they keep their place. */
static bool is_absent(const ta_infer *infer, const ta_node *node) {
    if (!infer->csv || node->flags & TA_NODE_KEYLESS)
        return false;
    for (uint32_t i = 0; i < node->size; i++)
        if (node[i].kind != TA_NULL && node[i].kind < TA_ARRAY)
            return false;
    return true;
}

/* Recursive in the depth of the record, which is bounded. */
void ta_note_value(ta_infer *infer, ta_spot *spot, const ta_record *record,
                   const ta_node *node) {
    if (is_absent(infer, node)) {
        spot->hollow |= node->kind >= TA_ARRAY;
        return;
    }
    spot->count++;
    if (node->kind == TA_NULL) {
        spot->nulls++;
    } else if (node->kind == TA_OBJECT) {
        spot->objects++;
        if (spot->depth < TA_SPOT_DEPTH_MAX)
            note_members(infer, spot, record, node);
    } else if (node->kind == TA_ARRAY) {
        note_items(infer, spot, record, node);
    } else {
        note_scalar(infer, spot, record, node);
    }
}
