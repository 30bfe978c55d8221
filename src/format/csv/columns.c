/* SPDX-License-Identifier: MIT */
/*
 * Which columns a CSV file gets: those that --columns names (a path, or all below it), else all
 * that a closed schema describes, else all that a survey of the records has seen.
 */
#include <stdlib.h>

#include "base/fold.h"
#include "format/csv/read.h"
#include "format/csv/write.h"
#include "record/path.h"
#include "schema/titles.h"

enum {
    SHAPE_PLACES_MAX =
        10000, /* a schema that describes more (or itself) is asked for by survey */
    SHAPE_DEPTH_MAX = 64
};

#define CONTAINERS (TA_TYPE_ARRAY | TA_TYPE_OBJECT)

static bool settles_place(const ta_shape *shape, unsigned depth, unsigned *budget) {
    if (!shape || depth > SHAPE_DEPTH_MAX || !*budget)
        return false;
    --*budget;
    if (!(shape->types & CONTAINERS))
        return true;
    if (shape->types & TA_TYPE_ARRAY)
        return ta_csv_is_list_cell(shape) && !(shape->types & TA_TYPE_OBJECT);
    if (!shape->closed || (depth && shape->types & ~(TA_TYPE_OBJECT | TA_TYPE_NULL)))
        return false;
    for (uint32_t i = 0; i < shape->member_count; i++)
        if (!settles_place(shape->members[i].shape, depth + 1, budget))
            return false;
    return true;
}

bool ta_csv_shape_settles(const ta_shape *shape) {
    unsigned budget = SHAPE_PLACES_MAX;
    return shape && shape->types & TA_TYPE_OBJECT && settles_place(shape, 0, &budget);
}

/*
 * Adds the branches of what a shape describes: all of a settled one; of another its own members
 * with one cell, so that at least an empty list has a head.
 */
static bool grow_shape(ta_csv_tree *tree, uint32_t at, const ta_shape *shape, bool settled) {
    for (uint32_t i = 0; i < shape->member_count; i++) {
        const ta_shape_member *member = &shape->members[i];
        unsigned types = member->shape ? member->shape->types : 0;
        if (!settled && (!types || (types & CONTAINERS && !ta_csv_is_list_cell(member->shape))))
            continue;
        uint32_t child = ta_csv_tree_member(tree, at, member->name, member->name_len);
        if (!child)
            return false;
        if (types & TA_TYPE_OBJECT && !grow_shape(tree, child, member->shape, settled))
            return false;
    }
    return true;
}

/* A name that no head can hold: empty, or with U+0000. */
static bool is_unnameable(const ta_csv_branch *branch) {
    return !(branch->step & TA_CSV_ITEM) &&
           (!branch->len || memchr(branch->name, 0, branch->len));
}

/* A member named like an item that stands beside it: both would have one head. */
static bool is_shadowed(const ta_csv_tree *tree, uint32_t at) {
    const ta_csv_branch *branch = &tree->items[at];
    uint32_t index;
    return !(branch->step & TA_CSV_ITEM) &&
           ta_csv_index_of(branch->name, branch->len, &index) &&
           ta_csv_tree_find(tree, branch->parent, TA_CSV_ITEM | index);
}

static bool has_no_head(const ta_csv_tree *tree, uint32_t at) {
    for (; at; at = tree->items[at].parent)
        if (is_unnameable(&tree->items[at]) || is_shadowed(tree, at))
            return true;
    return false;
}

/* What a value at the place reads back as. */
static void describe_column(const ta_csv_writer *w, ta_csv_column *column) {
    const ta_csv_branch *branch = &w->tree->items[column->branch];
    const ta_shape *shape = branch->shape;
    column->described = shape != NULL;
    column->types = shape ? shape->types : TA_TYPE_ANY;
    column->nullable = column->types & TA_TYPE_NULL;
    bool is_list = shape && ta_csv_is_list_cell(shape);
    const ta_shape *value = is_list ? shape->items : shape;
    if (is_list) {
        column->separator = shape->separator;
        column->types = ta_shape_types(value);
    }
    column->decimal = value && value->decimal ? value->decimal : is_list ? '.' : w->decimal;
    const unsigned others = TA_TYPE_NUMBER | TA_TYPE_BOOLEAN;
    column->quote_typed = column->types & TA_TYPE_STRING && column->types & others;
    column->is_item = branch->step & TA_CSV_ITEM;
    for (uint32_t at = branch->parent; at && at != TA_CSV_NONE; at = w->tree->items[at].parent)
        column->in_list |= (w->tree->items[at].step & TA_CSV_ITEM) != 0;
}

static bool add_column(ta_csv_writer *w, uint32_t branch) {
    ta_csv_branch *b = &w->tree->items[branch];
    if (b->column != TA_CSV_NONE || has_no_head(w->tree, branch))
        return true;
    if (!ta_array_grow(&w->columns, &w->column_cap, w->column_count + 1, sizeof *w->columns))
        return false;
    b->column = w->column_count++;
    w->nested |= b->depth > 1;
    w->columns[b->column] = (ta_csv_column){.branch = branch};
    for (uint32_t at = branch; at != TA_CSV_NONE; at = w->tree->items[at].parent)
        w->tree->items[at].wanted = true;
    describe_column(w, &w->columns[b->column]);
    return true;
}

/* A place has a column where a scalar has been seen, or nothing below it. */
static bool is_column(const ta_csv_branch *branch) {
    const unsigned scalars = 1u << TA_FALSE | 1u << TA_TRUE | 1u << TA_NUMBER | 1u << TA_TEXT;
    return !branch->first || branch->kinds & scalars || ta_csv_is_list_cell(branch->shape);
}

static bool add_columns_below(ta_csv_writer *w, uint32_t top) {
    uint32_t at = top;
    do {
        if (at && is_column(&w->tree->items[at]) && !add_column(w, at))
            return false;
        at = ta_csv_tree_walk(w->tree, at, top);
    } while (at);
    return true;
}

static bool add_wanted_steps(ta_csv_writer *w, uint32_t at, const ta_path *path,
                             uint32_t step) {
    if (step == path->count)
        return add_columns_below(w, at);
    const ta_step *s = &path->steps[step];
    if (s->kind == TA_STEP_ALL) {
        for (uint32_t c = w->tree->items[at].first; c; c = w->tree->items[c].next)
            if (!add_wanted_steps(w, c, path, step + 1))
                return false;
        return true;
    }
    uint32_t child = 0;
    if (s->kind == TA_STEP_INDEX)
        child = ta_csv_tree_find(w->tree, at, TA_CSV_ITEM | s->index);
    if (!child && s->kind == TA_STEP_INDEX && !w->to.survey)
        child = ta_csv_tree_add(w->tree, at, 0, TA_CSV_ITEM | s->index);
    if (!child)
        child = ta_csv_tree_member(w->tree, at, s->text, s->len);
    return child && add_wanted_steps(w, child, path, step + 1);
}

/* One word of --columns: a path, or the name of a member that is none or looks like one. */
static bool add_wanted(ta_csv_writer *w, ta_arena *arena, const char *wanted) {
    size_t len = strlen(wanted), bad = 0;
    uint32_t key = ta_keys_find(w->tree->keys, wanted, len);
    uint32_t literal = key ? ta_csv_tree_find(w->tree, 0, key) : 0;
    ta_path path;
    if (literal)
        return add_columns_below(w, literal);
    if (ta_path_parse(arena, NULL, (ta_text){wanted, len}, w->separator, &path, &bad) &&
        !path.relative)
        return add_wanted_steps(w, 0, &path, 0);
    if (bad == SIZE_MAX && !path.relative)
        return false;
    literal = ta_csv_tree_member(w->tree, 0, wanted, len);
    return literal && add_column(w, literal);
}

static bool add_all_wanted(ta_csv_writer *w) {
    ta_arena arena = {0};
    bool ok = true;
    for (uint32_t i = 0; i < w->to.options->column_count && ok; i++)
        ok = add_wanted(w, &arena, w->to.options->columns[i]);
    ta_arena_fini(&arena);
    return ok;
}

static ta_text fold_column(ta_arena *arena, ta_buf *folded, ta_text text) {
    folded->len = 0;
    ta_fold_text(text.data, text.len, folded);
    const char *copy =
        folded->failed ? NULL : ta_arena_copy(arena, ta_buf_text(folded), folded->len);
    return (ta_text){copy, folded->len};
}

/* The names of columns under the root that are no properties', folded; data NULL at the end.
 * NULL: no memory. */
static ta_text *list_other_names(const ta_csv_writer *w, ta_arena *arena, ta_buf *folded) {
    const ta_csv_tree *tree = w->tree;
    size_t count = 0;
    ta_text *names = ta_arena_alloc(arena, (w->column_count + (size_t)1) * sizeof *names);
    for (uint32_t c = tree->items[0].first; c && names; c = tree->items[c].next) {
        ta_text name = {tree->items[c].name, tree->items[c].len};
        if (tree->items[c].column == TA_CSV_NONE || ta_csv_is_member(w->to.shape, name))
            continue;
        names[count] = fold_column(arena, folded, name);
        if (!names[count++].data)
            return NULL;
    }
    if (names)
        names[count] = (ta_text){NULL, 0};
    return names;
}

static bool is_one_of(const ta_text *names, ta_text name) {
    for (; names->data; names++)
        if (names->len == name.len && !memcmp(names->data, name.data, name.len))
            return true;
    return false;
}

/* The path of a title's property, or of the first one in it where it is an object. */
static const char *leaf_path(const ta_titles *titles, size_t row, char separator) {
    ta_text leaf = titles->rows[row].path;
    for (size_t i = row + 1; i < titles->count; i++) {
        ta_text path = titles->rows[i].path;
        if (titles->rows[i].kind != TA_TITLE_PATH)
            continue;
        if (path.len <= leaf.len || memcmp(path.data, leaf.data, leaf.len) != 0 ||
            path.data[leaf.len] != separator)
            break;
        leaf = path;
    }
    return leaf.data;
}

/* A column under a name that reading would take for a property's head or title stays what it
 * is if the property has a column too. */
static bool add_namesakes(ta_csv_writer *w, ta_arena *arena) {
    ta_titles titles = {0};
    ta_buf folded = {0};
    const ta_text *names = list_other_names(w, arena, &folded);
    bool ok = names && (!names->data || ta_titles_list(&titles, w->to.shape, w->separator));
    for (size_t i = 0; i < titles.count && ok; i++) {
        const ta_title *row = &titles.rows[i];
        if (row->kind == TA_TITLE_PATH)
            continue;
        ta_text name = fold_column(arena, &folded, row->text);
        ok = name.data && (!is_one_of(names, name) ||
                           add_wanted(w, arena, leaf_path(&titles, i, w->separator)));
    }
    ta_titles_fini(&titles);
    ta_buf_fini(&folded);
    return ok;
}

static bool keep_other_names(ta_csv_writer *w) {
    ta_arena arena = {0};
    bool asked = w->to.shape && !w->to.options->mapped && ta_titles_any(w->to.shape);
    bool ok = !asked || add_namesakes(w, &arena);
    ta_arena_fini(&arena);
    return ok;
}

/* A tree of the writer's own, or the survey's, without the marks of another writer. */
static bool take_tree(ta_csv_writer *w) {
    w->tree = w->to.survey ? w->to.survey->tree : &w->own;
    if (!w->to.survey && !ta_csv_tree_init(&w->own, w->to.shape, w->to.keys))
        return false;
    if (!ta_csv_tree_bind(w->tree, w->to.keys))
        return false;
    for (uint32_t i = 0; i < w->tree->count; i++) {
        ta_csv_branch *branch = &w->tree->items[i];
        branch->column = TA_CSV_NONE;
        branch->losses = 0;
        branch->stamp = 0;
        branch->wanted = false;
    }
    return true;
}

/* What the heads of a place make of it when they are read. */
static bool reads_as_list(const ta_csv_tree *tree, uint32_t at) {
    const ta_shape *shape = tree->items[at].shape;
    unsigned types = shape ? shape->types & CONTAINERS : 0;
    bool numbered, gapless = ta_csv_tree_numbers(tree, at, true, &numbered);
    return types == TA_TYPE_ARRAY || (types != TA_TYPE_OBJECT && gapless);
}

bool ta_csv_choose_columns(ta_csv_writer *w) {
    const ta_shape *shape = w->to.shape;
    if (!take_tree(w))
        return false;
    if (shape && w->tree->count == 1 &&
        !grow_shape(w->tree, 0, shape, ta_csv_shape_settles(shape)))
        return false;
    if (!ta_csv_tree_sort(w->tree))
        return false;
    bool wanted = w->to.options->columns != NULL;
    if (wanted ? !add_all_wanted(w) : !add_columns_below(w, 0) || !keep_other_names(w))
        return false;
    for (uint32_t i = 1; i < w->tree->count; i++)
        w->tree->items[i].is_list = reads_as_list(w->tree, i);
    w->cells = calloc(w->column_count + 1, sizeof *w->cells);
    return w->cells != NULL;
}
