/* SPDX-License-Identifier: MIT */
/*
 * By order: what is the same at both ends is taken off; what stands once on each side is an
 * anchor, and of the anchors the longest run in the same order counts (patience sorting); the
 * gaps between are aligned in the same way. Time n log n, and 16 bytes a record while it runs.
 */
#include "compare/align.h"

#include <stdlib.h>

enum { DEPTH_MAX = 16 }; /* gaps within gaps; deeper ones are matched item by item */

/* A hash and whose it is. */
typedef struct mark {
    uint64_t hash;
    size_t index;
} mark;

/* Two stretches that are to be aligned. */
typedef struct stretch {
    ta_entry *a, *b;
    size_t a_from, a_to, b_from, b_to;
} stretch;

typedef struct anchor {
    size_t a, b;
    size_t before; /* of the run that ends here: the anchor before it; TA_NO_PARTNER */
} anchor;

static int compare_marks(const void *x, const void *y) {
    const mark *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static int compare_anchors(const void *x, const void *y) {
    const anchor *a = x, *b = y;
    return (a->a > b->a) - (a->a < b->a);
}

/* The hashes of entries [from, to) in order. NULL: no memory. */
static mark *sort_marks(const ta_entry *entries, size_t from, size_t to, bool by_key) {
    mark *marks = malloc((to - from + 1) * sizeof *marks);
    if (!marks)
        return NULL;
    for (size_t i = from; i < to; i++)
        marks[i - from] = (mark){by_key ? entries[i].key : entries[i].value, i};
    qsort(marks, to - from, sizeof *marks, compare_marks);
    return marks;
}

static void pair_entries(ta_entry *a, size_t i, ta_entry *b, size_t j) {
    a[i].partner = j;
    b[j].partner = i;
}

/* How many marks from here on have one hash. */
static size_t count_same(const mark *marks, size_t count) {
    size_t same = 1;
    while (same < count && marks[same].hash == marks->hash)
        same++;
    return same;
}

static void note_twins(ta_entry *entries, const mark *marks, size_t count) {
    for (size_t i = 1; i < count; i++)
        entries[marks[i].index].twin =
            marks[i].hash == marks[i - 1].hash && !entries[marks[i].index].lacks;
}

static void clear_partners(ta_entry *entries, size_t count) {
    for (size_t i = 0; i < count; i++)
        entries[i].partner = TA_NO_PARTNER;
}

bool ta_align_keys(ta_entry *a, size_t a_count, ta_entry *b, size_t b_count) {
    mark *x = sort_marks(a, 0, a_count, true), *y = sort_marks(b, 0, b_count, true);
    bool ok = x && y;
    clear_partners(a, a_count);
    clear_partners(b, b_count);
    for (size_t i = 0, j = 0; ok && i < a_count && j < b_count;) {
        if (x[i].hash == y[j].hash)
            pair_entries(a, x[i++].index, b, y[j++].index);
        else if (x[i].hash < y[j].hash)
            i++;
        else
            j++;
    }
    if (ok) {
        note_twins(a, x, a_count);
        note_twins(b, y, b_count);
    }
    free(x);
    free(y);
    return ok;
}

/* Takes off what is the same at the front and at the end. */
static void trim_stretch(stretch *s) {
    while (s->a_from < s->a_to && s->b_from < s->b_to &&
           s->a[s->a_from].value == s->b[s->b_from].value)
        pair_entries(s->a, s->a_from++, s->b, s->b_from++);
    while (s->a_from < s->a_to && s->b_from < s->b_to &&
           s->a[s->a_to - 1].value == s->b[s->b_to - 1].value)
        pair_entries(s->a, --s->a_to, s->b, --s->b_to);
}

static void pair_in_turn(const stretch *s) {
    for (size_t i = s->a_from, j = s->b_from; i < s->a_to && j < s->b_to; i++, j++)
        pair_entries(s->a, i, s->b, j);
}

/* What stands once on each side, in a's order. Returns how many; *out is the caller's, NULL
 * without memory. */
static size_t find_anchors(const stretch *s, anchor **out) {
    size_t n = s->a_to - s->a_from, m = s->b_to - s->b_from, count = 0;
    mark *x = sort_marks(s->a, s->a_from, s->a_to, false);
    mark *y = sort_marks(s->b, s->b_from, s->b_to, false);
    anchor *anchors = malloc(((n < m ? n : m) + 1) * sizeof *anchors);
    for (size_t i = 0, j = 0; x && y && anchors && i < n && j < m;) {
        size_t same_x = count_same(x + i, n - i), same_y = count_same(y + j, m - j);
        if (x[i].hash == y[j].hash && same_x == 1 && same_y == 1)
            anchors[count++] = (anchor){x[i].index, y[j].index, TA_NO_PARTNER};
        uint64_t hash_x = x[i].hash, hash_y = y[j].hash;
        i += hash_x <= hash_y ? same_x : 0;
        j += hash_y <= hash_x ? same_y : 0;
    }
    if (!x || !y) {
        free(anchors);
        anchors = NULL;
    }
    free(x);
    free(y);
    if (anchors)
        qsort(anchors, count, sizeof *anchors, compare_anchors);
    *out = anchors;
    return count;
}

/* Pairs the longest run of anchors that is in order on both sides. False: no memory. */
static bool pair_longest_run(const stretch *s, anchor *anchors, size_t count) {
    size_t *ends = malloc((count + 1) * sizeof *ends); /* by length: the run that ends first */
    size_t longest = 0;
    if (!ends)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = longest;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (anchors[ends[middle]].b < anchors[i].b)
                low = middle + 1;
            else
                high = middle;
        }
        anchors[i].before = low ? ends[low - 1] : TA_NO_PARTNER;
        ends[low] = i;
        longest += low == longest;
    }
    for (size_t at = longest ? ends[longest - 1] : TA_NO_PARTNER; at != TA_NO_PARTNER;
         at = anchors[at].before)
        pair_entries(s->a, anchors[at].a, s->b, anchors[at].b);
    free(ends);
    return true;
}

static bool align_stretch(stretch s, int depth);

/* Aligns the gaps between partners; recursion is bounded by DEPTH_MAX. */
static bool align_gaps(const stretch *s, int depth) {
    size_t a_from = s->a_from, b_from = s->b_from;
    for (size_t i = s->a_from; i <= s->a_to; i++) {
        bool last = i == s->a_to;
        if (!last && s->a[i].partner == TA_NO_PARTNER)
            continue;
        size_t j = last ? s->b_to : s->a[i].partner;
        stretch gap = {s->a, s->b, a_from, i, b_from, j};
        a_from = i + 1;
        b_from = j + 1;
        if (!align_stretch(gap, depth + 1))
            return false;
    }
    return true;
}

static bool align_stretch(stretch s, int depth) {
    trim_stretch(&s);
    if (s.a_from == s.a_to || s.b_from == s.b_to)
        return true;
    anchor *anchors = NULL;
    size_t count = depth < DEPTH_MAX ? find_anchors(&s, &anchors) : 0;
    bool ok = depth == DEPTH_MAX || anchors;
    if (ok && !count)
        pair_in_turn(&s);
    else if (ok)
        ok = pair_longest_run(&s, anchors, count);
    free(anchors);
    return ok && (!count || align_gaps(&s, depth));
}

bool ta_align_order(ta_entry *a, size_t a_count, ta_entry *b, size_t b_count) {
    clear_partners(a, a_count);
    clear_partners(b, b_count);
    return align_stretch((stretch){a, b, 0, a_count, 0, b_count}, 0);
}
