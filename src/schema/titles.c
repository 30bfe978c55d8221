/* SPDX-License-Identifier: MIT */
/*
 * Walks a shape down its objects. A schema that contains itself is walked once on each way, and
 * what is beyond the bounds has no names but its paths.
 */
#include "schema/titles.h"

#include <stdlib.h>

#include "record/path.h"

enum { TITLES_DEPTH_MAX = 12, TITLES_MAX = 10000 };

typedef struct title_walk {
    ta_titles *titles;
    char separator;
    ta_buf path, text; /* of the place under way */
    const ta_shape *above[TITLES_DEPTH_MAX];
    unsigned depth;
    bool titled, nomem; /* some step of `text` is a title */
} title_walk;

static bool has_members(const ta_shape *shape) {
    return shape && shape->types & TA_TYPE_OBJECT && shape->member_count;
}

static void add_title(title_walk *walk, ta_title_kind kind, const char *text, size_t len) {
    ta_titles *t = walk->titles;
    const char *path = ta_arena_copy(&t->arena, ta_buf_text(&walk->path), walk->path.len);
    const char *copy = ta_arena_copy(&t->arena, text, len);
    walk->nomem |= !path || !copy || walk->path.failed || walk->text.failed ||
                   !ta_array_grow(&t->rows, &t->cap, t->count + 1, sizeof *t->rows);
    if (!walk->nomem)
        t->rows[t->count++] = (ta_title){{copy, len}, {path, walk->path.len}, kind};
}

static bool is_above(const title_walk *walk, const ta_shape *shape) {
    for (unsigned i = 0; i < walk->depth; i++)
        if (walk->above[i] == shape)
            return true;
    return false;
}

static void walk_titles(title_walk *walk, const ta_shape *shape);

static void walk_member(title_walk *walk, const ta_shape_member *member) {
    const ta_shape *shape = member->shape;
    bool titled = walk->titled;
    const char *title = shape ? shape->title : NULL;
    if (walk->depth > 1) {
        ta_buf_put(&walk->path, &walk->separator, 1);
        ta_buf_puts(&walk->text, TA_TITLES_JOINT);
    }
    ta_path_put_step(&walk->path, member->name, member->name_len, walk->separator);
    ta_buf_puts(&walk->text, title ? title : member->name);
    walk->titled |= title != NULL;
    add_title(walk, TA_TITLE_PATH, ta_buf_text(&walk->path), walk->path.len);
    for (uint32_t i = 0; shape && i < shape->header_count; i++)
        add_title(walk, TA_TITLE_HEAD, shape->headers[i], strlen(shape->headers[i]));
    if (walk->titled)
        add_title(walk, TA_TITLE_TITLE, ta_buf_text(&walk->text), walk->text.len);
    if (has_members(shape) && walk->depth < TITLES_DEPTH_MAX && !is_above(walk, shape))
        walk_titles(walk, shape);
    walk->titled = titled;
}

/* Recursion is bounded by TITLES_DEPTH_MAX. */
static void walk_titles(title_walk *walk, const ta_shape *shape) {
    size_t path = walk->path.len, text = walk->text.len;
    walk->above[walk->depth++] = shape;
    for (uint32_t i = 0; i < shape->member_count && !walk->nomem; i++) {
        if (walk->titles->count < TITLES_MAX)
            walk_member(walk, &shape->members[i]);
        walk->path.len = path;
        walk->text.len = text;
    }
    walk->depth--;
}

static int compare_texts(ta_text a, ta_text b) {
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_titles(const void *a, const void *b) {
    const ta_title *x = *(const ta_title *const *)a, *y = *(const ta_title *const *)b;
    int order = compare_texts(x->text, y->text);
    return order ? order : compare_texts(x->path, y->path);
}

bool ta_titles_list(ta_titles *titles, const ta_shape *shape, char separator) {
    title_walk walk = {.titles = titles, .separator = separator};
    if (has_members(shape))
        walk_titles(&walk, shape);
    titles->sorted = calloc(titles->count + 1, sizeof *titles->sorted);
    bool ok = !walk.nomem && titles->sorted;
    for (size_t i = 0; ok && i < titles->count; i++)
        titles->sorted[i] = &titles->rows[i];
    if (ok)
        qsort(titles->sorted, titles->count, sizeof *titles->sorted, compare_titles);
    ta_buf_fini(&walk.path);
    ta_buf_fini(&walk.text);
    return ok;
}

void ta_titles_fini(ta_titles *titles) {
    free(titles->rows);
    free(titles->sorted);
    ta_arena_fini(&titles->arena);
}

const ta_title *ta_titles_find(const ta_titles *titles, ta_text text) {
    size_t from = 0, to = titles->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_texts(titles->sorted[middle]->text, text) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    const ta_title *first = from < titles->count ? titles->sorted[from] : NULL;
    if (!first || compare_texts(first->text, text))
        return NULL;
    for (size_t i = from + 1; i < titles->count; i++) {
        const ta_title *next = titles->sorted[i];
        if (compare_texts(next->text, text))
            break;
        if (compare_texts(next->path, first->path))
            return NULL;
    }
    return first;
}

static bool has_title(const ta_shape *shape, unsigned depth, unsigned *budget) {
    for (uint32_t i = 0; i < shape->member_count && *budget; i++) {
        const ta_shape *inner = shape->members[i].shape;
        --*budget;
        if (inner && (inner->header_count || inner->title))
            return true;
        if (has_members(inner) && depth < TITLES_DEPTH_MAX &&
            has_title(inner, depth + 1, budget))
            return true;
    }
    return false;
}

bool ta_titles_any(const ta_shape *shape) {
    unsigned budget = TITLES_MAX;
    return shape && ((shape->closed && shape->member_count) || has_title(shape, 1, &budget));
}
