/* SPDX-License-Identifier: MIT */
/*
 * Members are matched by name, items by their order (compare/align.h): an item that was put in
 * or taken out is one difference, not one for each that follows.
 */
#include "compare/values.h"

#include <stdlib.h>

#include "compare/align.h"
#include "record/hash.h"
#include "record/path.h"
#include "schema/words.h"

typedef struct walk {
    ta_values *values;
    const ta_record *old, *new;
    uint64_t count;
} walk;

/* The words that were put into a buffer; NULL: none. */
static const char *words_of(ta_buf *words) {
    return words->len || words->failed ? ta_buf_text(words) : NULL;
}

static ta_finding make_finding(walk *w, ta_code code) {
    ta_values *v = w->values;
    w->count++;
    return (ta_finding){.code = code,
                        .name = v->name,
                        .expected = words_of(&v->expected),
                        .found = words_of(&v->found)};
}

static void reset_words(ta_values *v) {
    v->expected.len = v->found.len = v->path.len = v->pointer.len = 0;
}

static bool is_same_kind(const ta_node *x, const ta_node *y) {
    bool booleans = (x->kind == TA_TRUE || x->kind == TA_FALSE) &&
                    (y->kind == TA_TRUE || y->kind == TA_FALSE);
    return x->kind == y->kind || booleans;
}

static void tell_changed(walk *w, const ta_node *x, const ta_node *y) {
    ta_values *v = w->values;
    bool same = is_same_kind(x, y);
    reset_words(v);
    (same ? ta_say_value : ta_say_found)(w->old, x, &v->expected);
    (same ? ta_say_value : ta_say_found)(w->new, y, &v->found);
    ta_related old = {ta_place_of(w->old, x, TA_PART_VALUE), "it was here"};
    ta_finding finding = make_finding(w, same ? TA_F_DIFF_VALUE : TA_F_DIFF_TYPE);
    finding.related = &old;
    finding.related_count = 1;
    ta_find_at(v->finder, w->new, y, TA_PART_VALUE, &finding);
}

static void tell_added(walk *w, const ta_node *y) {
    reset_words(w->values);
    ta_say_value(w->new, y, &w->values->found);
    ta_finding finding = make_finding(w, TA_F_DIFF_ADDED);
    ta_find_at(w->values->finder, w->new, y, TA_PART_VALUE, &finding);
}

/* Of `parent`, the new edition of what x stood in; the path is x's own. */
static void tell_removed(walk *w, const ta_node *parent, const ta_node *x) {
    ta_values *v = w->values;
    reset_words(v);
    ta_say_value(w->old, x, &v->expected);
    ta_path_print(w->old, x, &v->path);
    ta_path_print_pointer(w->old, x, &v->pointer);
    ta_related old = {ta_place_of(w->old, x, TA_PART_VALUE), "it was here"};
    ta_finding finding = make_finding(w, TA_F_DIFF_REMOVED);
    finding.place = ta_place_of(w->new, parent, TA_PART_VALUE);
    finding.place.record = w->new;
    finding.path = ta_buf_text(&v->path);
    finding.pointer = ta_buf_text(&v->pointer);
    finding.record_no = w->new->number;
    finding.related = &old;
    finding.related_count = 1;
    ta_find(v->finder, &finding);
}

/* What CSV without types makes of a value: text, or null for an empty one. */
static ta_text lexeme_of(const ta_record *record, const ta_node *node) {
    if (node->kind == TA_TRUE)
        return (ta_text){"true", 4};
    if (node->kind == TA_FALSE)
        return (ta_text){"false", 5};
    return node->kind == TA_NULL ? (ta_text){"", 0} : ta_node_text(record, node);
}

/* Whether two values are written alike, and the one from CSV tells no more. */
static bool is_untyped_pair(const walk *w, const ta_node *x, const ta_node *y) {
    const ta_node *cell = w->values->untyped == TA_UNTYPED_OLD ? x : y;
    if (!w->values->untyped || x->kind == y->kind || x->kind > TA_TEXT || y->kind > TA_TEXT ||
        (cell->kind != TA_TEXT && cell->kind != TA_NULL))
        return false;
    ta_text a = lexeme_of(w->old, x), b = lexeme_of(w->new, y);
    return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

/* A value that has no counterpart: an empty cell may say no more than that. */
static bool is_empty_cell(const walk *w, const ta_node *node, ta_untyped side) {
    return w->values->untyped == side && node->kind == TA_NULL;
}

/* At y, a value of the new edition. */
static void count_untyped(walk *w, const ta_node *y) {
    ta_values *v = w->values;
    w->count++;
    if (!v->untyped_count++) {
        v->untyped_first = ta_place_of(w->new, y, TA_PART_VALUE);
        v->untyped_first.line = NULL;
        ta_path_print(w->new, y, &v->untyped_path);
    }
}

static void compare_nodes(walk *w, const ta_node *x, const ta_node *y);

/* Stamps the keys of an object's members, so that each is found in one step. */
static uint64_t stamp_members(const ta_record *record, const ta_node *object) {
    ta_keys *keys = record->keys;
    uint64_t serial = ++keys->serial;
    for (const ta_node *m = ta_node_first(object); m < ta_node_end(object);
         m = ta_node_next(m)) {
        keys->items[m->key].stamp = serial;
        keys->items[m->key].stamp_node = ta_node_index(record, m);
    }
    return serial;
}

/* For each member of y that of x of the same name, NULL where there is none; stamps hold only
 * until values within are compared. NULL: no memory. */
static const ta_node **find_members(const walk *w, const ta_node *x, const ta_node *y) {
    const ta_node **old = calloc(y->count + (size_t)1, sizeof *old);
    uint64_t serial = stamp_members(w->old, x);
    size_t i = 0;
    for (const ta_node *m = ta_node_first(y); old && m < ta_node_end(y); m = ta_node_next(m)) {
        const ta_key *key = &w->new->keys->items[m->key];
        old[i++] = key->stamp == serial ? &w->old->nodes[key->stamp_node] : NULL;
    }
    return old;
}

static void meet_added(walk *w, const ta_node *y) {
    if (is_empty_cell(w, y, TA_UNTYPED_NEW))
        count_untyped(w, y);
    else
        tell_added(w, y);
}

static void meet_removed(walk *w, const ta_node *parent, const ta_node *x) {
    if (is_empty_cell(w, x, TA_UNTYPED_OLD))
        count_untyped(w, parent);
    else
        tell_removed(w, parent, x);
}

static void tell_missing(walk *w, const ta_node *x, const ta_node *y) {
    uint64_t serial = stamp_members(w->new, y);
    for (const ta_node *m = ta_node_first(x); m < ta_node_end(x); m = ta_node_next(m))
        if (w->old->keys->items[m->key].stamp != serial)
            meet_removed(w, y, m);
}

static void compare_members(walk *w, const ta_node *x, const ta_node *y) {
    const ta_node **old = find_members(w, x, y), **at = old;
    uint32_t met = 0;
    w->values->failed |= !old;
    for (const ta_node *m = ta_node_first(y); old && m < ta_node_end(y);
         m = ta_node_next(m), at++) {
        met += *at != NULL;
        if (*at)
            compare_nodes(w, *at, m);
        else
            meet_added(w, m);
    }
    if (old && met < x->count)
        tell_missing(w, x, y);
    free(old);
}

/* The items' hashes, and where they are. NULL: no memory. */
static ta_entry *enter_items(const ta_record *record, const ta_node *list,
                             const ta_node **nodes) {
    ta_entry *entries = malloc((list->count + (size_t)1) * sizeof *entries);
    size_t i = 0;
    for (const ta_node *c = ta_node_first(list); entries && c < ta_node_end(list);
         c = ta_node_next(c), i++) {
        entries[i] = (ta_entry){.value = ta_value_hash(record, c)};
        nodes[i] = c;
    }
    return entries;
}

/* `old` is used up. */
static void compare_aligned(walk *w, const ta_node *x, const ta_node *y,
                            const ta_entry *entries, const ta_node **old) {
    const ta_entry *b = entries;
    for (const ta_node *c = ta_node_first(y); c < ta_node_end(y); c = ta_node_next(c), b++) {
        const ta_node *partner = b->partner == TA_NO_PARTNER ? NULL : old[b->partner];
        if (partner)
            old[b->partner] = NULL;
        if (partner)
            compare_nodes(w, partner, c);
        else
            meet_added(w, c);
    }
    for (size_t i = 0; i < x->count; i++)
        if (old[i])
            meet_removed(w, y, old[i]);
}

static void compare_items(walk *w, const ta_node *x, const ta_node *y) {
    if (x->count == 1 && y->count == 1) {
        compare_nodes(w, ta_node_first(x), ta_node_first(y));
        return;
    }
    const ta_node **old = calloc(x->count + (size_t)1, sizeof *old);
    const ta_node **new = calloc(y->count + (size_t)1, sizeof *new);
    ta_entry *a = old ? enter_items(w->old, x, old) : NULL;
    ta_entry *b = new ? enter_items(w->new, y, new) : NULL;
    if (a && b && ta_align_order(a, x->count, b, y->count))
        compare_aligned(w, x, y, b, old);
    else
        w->values->failed = true;
    free(a);
    free(b);
    free(old);
    free(new);
}

/* Recursion is bounded by the readers' depth limit. */
static void compare_nodes(walk *w, const ta_node *x, const ta_node *y) {
    if (x->kind == TA_OBJECT && y->kind == TA_OBJECT)
        compare_members(w, x, y);
    else if (x->kind == TA_ARRAY && y->kind == TA_ARRAY)
        compare_items(w, x, y);
    else if (is_untyped_pair(w, x, y))
        count_untyped(w, y);
    else if (!ta_node_equal(w->old, x, w->new, y))
        tell_changed(w, x, y);
}

uint64_t ta_values_compare(ta_values *values, const ta_record *old, const ta_record *new) {
    walk w = {values, old, new, 0};
    compare_nodes(&w, old->nodes, new->nodes);
    values->failed |= values->expected.failed || values->found.failed || values->path.failed;
    return w.count;
}

void ta_values_fini(ta_values *values) {
    ta_buf *const words[] = {&values->expected, &values->found, &values->path, &values->pointer,
                             &values->untyped_path};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ta_buf_fini(words[i]);
}
