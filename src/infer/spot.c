/* SPDX-License-Identifier: MIT */
/* The tree of places: members are found again by the order in which they came last time. */
#include "infer/spot.h"

#include "infer/names.h"
#include "infer/note.h"

ta_spot *ta_spot_new(ta_infer *infer, uint32_t depth) {
    ta_spot *spot = ta_arena_alloc(&infer->arena, sizeof *spot);
    if (!spot) {
        infer->no_memory = true;
        return NULL;
    }
    spot->depth = depth;
    spot->texts.formats = spot->texts.codes = UINT32_MAX;
    infer->spots++;
    return spot;
}

void ta_spot_append(ta_spot *object, ta_spot *after, ta_spot *member) {
    ta_spot **link = after ? &after->next : object->last ? &object->last->next : &object->first;
    member->next = *link;
    *link = member;
    if (!member->next)
        object->last = member;
    object->member_count++;
}

ta_spot *ta_spot_named(const ta_spot *object, const char *name, size_t len) {
    for (ta_spot *m = object->first; m; m = m->next)
        if (m->len == len && !memcmp(m->name, name, len))
            return m;
    return NULL;
}

static ta_spot *find_by_key(const ta_spot *object, const ta_key *key) {
    for (ta_spot *m = object->first; m; m = m->next)
        if (m->hash == key->hash && m->len == key->len && !memcmp(m->name, key->text, key->len))
            return m;
    return NULL;
}

static ta_spot *add_member(ta_infer *infer, ta_spot *object, ta_spot *after,
                           const ta_key *key) {
    ta_spot *spot = ta_spot_new(infer, object->depth + 1);
    char *name = spot ? ta_arena_copy(&infer->arena, key->text, key->len) : NULL;
    infer->no_memory |= !name;
    if (!name)
        return NULL;
    spot->name = name;
    spot->len = key->len;
    spot->hash = key->hash;
    infer->no_memory |= !ta_name_says(spot->name, spot->len, &spot->says);
    ta_spot_append(object, after, spot);
    ta_note_watch(infer, spot);
    return spot;
}

/* Whether a member is the one that is looked for, by its index or its text. */
static inline bool is_member(const ta_spot *spot, const ta_key *key, uint32_t index,
                             uint32_t generation) {
    if (spot->generation == generation && spot->key)
        return spot->key == index;
    return spot->hash == key->hash && spot->len == key->len &&
           !memcmp(spot->name, key->text, key->len);
}

ta_spot *ta_spot_member(ta_infer *infer, ta_spot *object, ta_spot *after, const ta_key *key,
                        uint32_t index) {
    uint32_t generation = infer->keys->generation;
    if (object->others)
        return object->others;
    ta_spot *spot = after ? after->next : object->first;
    if (!spot || !is_member(spot, key, index, generation))
        spot = find_by_key(object, key);
    bool full = object->member_count >= TA_SPOT_MEMBERS_MAX || infer->spots >= TA_SPOTS_MAX;
    if (!spot && full) {
        ta_spot_make_map(infer, object);
        return object->others;
    }
    if (!spot)
        spot = add_member(infer, object, after, key);
    if (spot) {
        spot->key = index;
        spot->generation = generation;
    }
    return spot;
}

void ta_spot_make_map(ta_infer *infer, ta_spot *object) {
    ta_spot *others = ta_spot_new(infer, object->depth + 1);
    if (!others)
        return;
    for (ta_spot *m = object->first, *next; m; m = next) {
        next = m->next;
        ta_spot_merge(infer, others, m);
    }
    object->first = object->last = NULL;
    object->member_count = 0;
    object->others = others;
}

static void merge_texts(ta_spot_texts *to, const ta_spot_texts *from) {
    if (!from->count)
        return;
    if (!to->count || from->len_min < to->len_min)
        to->len_min = from->len_min;
    if (from->len_max > to->len_max)
        to->len_max = from->len_max;
    to->count += from->count;
    to->empty += from->empty;
    to->soft += from->soft;
    to->soft_empty += from->soft_empty;
    to->numeric += from->numeric;
    to->whole += from->whole;
    to->words += from->words;
    to->quoted += from->quoted;
    to->digits += from->digits;
    to->dialled += from->dialled;
    to->mailed += from->mailed;
    to->formats &= from->formats;
    to->codes &= from->codes;
}

static void merge_values(ta_infer *infer, ta_spot *to, const ta_spot *from) {
    to->many |= from->many;
    for (uint32_t i = 0; i < from->value_count && !to->many; i++)
        ta_note_distinct(infer, to, (ta_text){from->values[i].text, from->values[i].len},
                         from->values[i].number);
}

static void merge_counts(ta_spot *to, const ta_spot *from) {
    if (from->arrays && (!to->arrays || from->items_min < to->items_min))
        to->items_min = from->items_min;
    if (from->items_max > to->items_max)
        to->items_max = from->items_max;
    if (from->decimals > to->decimals)
        to->decimals = from->decimals;
    to->exponents |= from->exponents;
    to->vast |= from->vast;
    to->count += from->count;
    to->nulls += from->nulls;
    to->booleans += from->booleans;
    to->numbers += from->numbers;
    to->integers += from->integers;
    to->objects += from->objects;
    to->arrays += from->arrays;
    to->listed += from->listed;
    to->unlisted = true; /* cells are lists by column */
    to->repeats = true;
}

static void merge_spot_members(ta_infer *infer, ta_spot *to, ta_spot *from) {
    if (from->others && !to->others)
        ta_spot_make_map(infer, to);
    if (to->others && from->others)
        ta_spot_merge(infer, to->others, from->others);
    for (ta_spot *m = from->first, *next; m && !infer->no_memory; m = next) {
        next = m->next;
        ta_spot *same = to->others ? to->others : ta_spot_named(to, m->name, m->len);
        if (same) {
            ta_spot_merge(infer, same, m);
        } else {
            m->next = NULL;
            ta_spot_append(to, NULL, m);
        }
        if (!to->others && to->member_count > TA_SPOT_MEMBERS_MAX)
            ta_spot_make_map(infer, to);
    }
}

/* Recursive in the depth of the tree, which is bounded by TA_SPOT_DEPTH_MAX. */
void ta_spot_merge(ta_infer *infer, ta_spot *to, ta_spot *from) {
    merge_texts(&to->texts, &from->texts);
    merge_counts(to, from);
    ta_note_bound(infer, to, from->min);
    ta_note_bound(infer, to, from->max);
    merge_values(infer, to, from);
    merge_spot_members(infer, to, from);
    if (!to->items)
        to->items = from->items;
    else if (from->items)
        ta_spot_merge(infer, to->items, from->items);
}
