/* SPDX-License-Identifier: MIT */
/*
 * The plan of a row: heads become a tree of places, the tree becomes steps in document order,
 * so that each row gives its nodes in one pass even where the columns of an object are not
 * adjacent. With a schema or --infer heads are paths; a head that is a member's name, or no
 * path, is taken word for word.
 */
#include <stdlib.h>

#include "format/csv/read.h"

/* Whether heads are nested only if they all can be; what is wrong with one is not said then. */
static bool tries_paths(const ta_csv_reader *r) {
    return r->in->options->nest && !r->in->shape && !r->in->options->infer && !r->worded;
}

static bool reads_paths(const ta_csv_reader *r) {
    return r->in->shape || r->in->options->infer || tries_paths(r);
}

static void report_head_path(const ta_csv_reader *r, uint32_t column, const char *found,
                             uint32_t other) {
    if (tries_paths(r))
        return;
    ta_related related = {.label = "the other one"};
    ta_finding f = {.code = TA_F_CSV_HEAD_PATH, .name = r->names[column], .found = found};
    if (other != TA_CSV_NONE && !r->in->options->dialect.no_header) {
        related.place = ta_csv_place(r, other);
        f.related = &related;
        f.related_count = 1;
    }
    const ta_csv_cell *cell = &r->scan.cells[column];
    f.column = r->names[column];
    ta_csv_report(r, r->at + cell->start, cell->len, &f);
}

static uint32_t first_column(const ta_csv_tree *tree, uint32_t branch) {
    while (tree->items[branch].column == TA_CSV_NONE && tree->items[branch].first)
        branch = tree->items[branch].first;
    return tree->items[branch].column;
}

bool ta_csv_is_member(const ta_shape *shape, ta_text head) {
    for (uint32_t i = 0; shape && i < shape->member_count; i++)
        if (shape->members[i].name_len == head.len &&
            !memcmp(shape->members[i].name, head.data, head.len))
            return true;
    return false;
}

/* "1. Name" is a head as people write it, and no path. */
static bool has_blank_step(const ta_path *path) {
    for (uint32_t i = 0; i < path->count; i++) {
        const ta_step *step = &path->steps[i];
        if (!step->len || *step->text == ' ' || step->text[step->len - 1] == ' ')
            return true;
    }
    return false;
}

/* The branch of a head, with all on the way. *clash: a column that ends on the way. */
static ta_status grow_head(ta_csv_reader *r, uint32_t column, uint32_t *out, uint32_t *clash) {
    const ta_read_options *options = r->in->options;
    const char *name = r->heads[column].data;
    uint32_t len = (uint32_t)r->heads[column].len;
    ta_path path = {0};
    size_t bad = 0;
    char separator = options->path_separator ? options->path_separator : '.';
    bool paths = reads_paths(r) && !ta_csv_is_member(r->in->shape, r->heads[column]);
    bool parsed =
        paths && ta_path_parse(&r->arena, NULL, (ta_text){name, len}, separator, &path, &bad);
    if (paths && !parsed && bad == SIZE_MAX)
        return TA_ERR_NOMEM;
    bool split = parsed && !path.relative && !(tries_paths(r) && has_blank_step(&path));
    uint32_t steps = split ? path.count : 1;
    uint32_t at = 0;
    *clash = TA_CSV_NONE;
    for (uint32_t i = 0; i < steps && i <= TA_DEPTH_MAX; i++) {
        at = ta_csv_tree_member(&r->tree, at, split ? path.steps[i].text : name,
                                split ? path.steps[i].len : len);
        if (!at)
            return TA_ERR_NOMEM;
        if (i + 1 < steps && r->tree.items[at].column != TA_CSV_NONE)
            *clash = r->tree.items[at].column;
    }
    *out = at;
    return TA_OK;
}

static ta_status place_head(ta_csv_reader *r, uint32_t column, bool *flawed) {
    uint32_t at, clash;
    ta_status status = grow_head(r, column, &at, &clash);
    if (status != TA_OK)
        return status;
    uint32_t depth_max = r->in->options->depth_max;
    const ta_csv_branch *branch = &r->tree.items[at];
    const char *found = NULL;
    if (branch->depth > (depth_max && depth_max < TA_DEPTH_MAX ? depth_max : TA_DEPTH_MAX)) {
        found = "it is nested too deep";
    } else if (clash != TA_CSV_NONE) {
        found = "another column holds a value where it needs a list or object";
    } else if (branch->column != TA_CSV_NONE) {
        found = "another column leads to the same place";
        clash = branch->column;
    } else if (branch->first) {
        found = "other columns make a list or object of its place";
        clash = first_column(&r->tree, branch->first);
    }
    *flawed |= found != NULL;
    if (found)
        report_head_path(r, column, found, clash);
    else
        r->tree.items[at].column = column;
    return TA_OK;
}

/* A list where the shape says so; else where the children are numbered from 0 without gaps. */
static bool settle_list(ta_csv_reader *r, uint32_t at) {
    ta_csv_branch *branch = &r->tree.items[at];
    unsigned types =
        branch->shape ? branch->shape->types & (TA_TYPE_ARRAY | TA_TYPE_OBJECT) : 0;
    bool numbered;
    bool gapless = ta_csv_tree_numbers(&r->tree, at, false, &numbered);
    branch->is_list = at && reads_paths(r) &&
                      (types == TA_TYPE_ARRAY || (types != TA_TYPE_OBJECT && gapless));
    if (!branch->is_list)
        return true;
    if (!gapless) {
        report_head_path(r, first_column(&r->tree, at),
                         numbered ? "the list's items are not numbered from 0 without gaps"
                                  : "a list has numbered items only, from 0",
                         TA_CSV_NONE);
        return false;
    }
    for (uint32_t c = branch->first; c; c = r->tree.items[c].next)
        ta_csv_index_of(r->tree.items[c].name, r->tree.items[c].len, &r->tree.items[c].rank);
    return true;
}

/* The types of a place; without a schema, or where it says nothing: text, or null. What is read
 * for a schema has numbers, whose columns find out their signs. */
static uint8_t leaf_types(const ta_csv_reader *r, const ta_shape *shape) {
    if (!r->in->shape && r->in->options->infer)
        return TA_TYPE_ANY;
    if (!r->in->shape && r->in->options->nest)
        return TA_TYPE_STRING | TA_TYPE_NUMBER | TA_TYPE_NULL;
    return shape ? shape->types : TA_TYPE_STRING | TA_TYPE_NULL;
}

static ta_csv_step make_step(const ta_csv_reader *r, uint32_t at) {
    const ta_csv_branch *branch = &r->tree.items[at];
    const ta_shape *shape = branch->shape;
    ta_csv_step step = {.branch = at, .column = first_column(&r->tree, at)};
    step.node.depth = (uint16_t)branch->depth;
    step.node.size = 1;
    if (!at || r->tree.items[branch->parent].is_list)
        step.node.flags = TA_NODE_KEYLESS;
    step.is_leaf = branch->column != TA_CSV_NONE;
    step.node.kind = TA_TEXT;
    if (!step.is_leaf)
        step.node.kind = branch->is_list ? TA_ARRAY : TA_OBJECT;
    step.types = leaf_types(r, shape);
    const ta_dialect *dialect = &r->in->options->dialect;
    /* An item holds its place in the list. */
    bool null = step.types & TA_TYPE_NULL && !dialect->omits_empty;
    step.is_absent = !null && !(step.node.flags & TA_NODE_KEYLESS);
    const ta_shape *value = step.is_leaf && shape && shape->separator ? shape->items : shape;
    step.signs.decimal = value && value->decimal ? value->decimal : dialect->decimal;
    step.signs.group = value && value->group ? value->group : dialect->group;
    if (dialect->as_written)
        step.signs = (ta_csv_signs){.decimal = dialect->decimal ? dialect->decimal : '.'};
    else if (step.signs.decimal && !step.signs.group)
        step.signs.group = step.signs.decimal == ',' ? '.' : ',';
    step.signs.dressed = value && value->dressed && !dialect->as_written;
    /* Cells that mean no value are looked for in the slower way. */
    step.is_bare = !dialect->null_count && !dialect->unguard;
    step.is_text = !(step.types & (TA_TYPE_NUMBER | TA_TYPE_BOOLEAN));
    if (step.is_leaf && shape && shape->separator && *shape->separator) {
        step.separator = shape->separator;
        step.types = ta_shape_types(shape->items);
    }
    return step;
}

/* Steps in document order; `end` of each is known when its subtree has been left. */
static ta_status lay_steps(ta_csv_reader *r) {
    const ta_csv_tree *tree = &r->tree;
    r->steps = calloc(tree->count, sizeof *r->steps);
    uint32_t *step_of = malloc(tree->count * sizeof *step_of), deepest = 0;
    r->leaves = ta_arena_alloc(&r->arena, (r->columns + (size_t)1) * sizeof *r->leaves);
    bool ok = r->steps && step_of && r->leaves;
    r->flat = true;
    for (uint32_t at = 0; ok;) {
        uint32_t step = r->step_count++;
        step_of[at] = step;
        r->steps[step] = make_step(r, at);
        if (r->steps[step].is_leaf)
            r->leaves[r->steps[step].column] = step;
        r->flat &= !at || (r->steps[step].is_leaf && !r->steps[step].separator);
        if (tree->items[at].depth > deepest)
            deepest = tree->items[at].depth;
        at = ta_csv_tree_walk(tree, at, 0);
        if (!at)
            break;
    }
    for (uint32_t i = r->step_count; ok && i-- > 0;) {
        const ta_csv_branch *branch = &tree->items[r->steps[i].branch];
        r->steps[i].end = branch->last ? r->steps[step_of[branch->last]].end : i + 1;
    }
    free(step_of);
    if (ok)
        r->frames = calloc(deepest + 1, sizeof *r->frames);
    return ok && r->frames ? TA_OK : TA_ERR_NOMEM;
}

bool ta_csv_plan_keys(ta_csv_reader *r) {
    if (!ta_csv_tree_bind(&r->tree, r->record->keys))
        return false;
    for (uint32_t i = 0; i < r->step_count; i++)
        if (!(r->steps[i].node.flags & TA_NODE_KEYLESS))
            r->steps[i].node.key = (uint32_t)r->tree.items[r->steps[i].branch].step;
    return true;
}

/* The tree of the heads. TA_ERR_INPUT: they are none. */
static ta_status plan_tree(ta_csv_reader *r) {
    bool flawed = false;
    if (!ta_csv_tree_init(&r->tree, r->in->shape, r->record->keys))
        return TA_ERR_NOMEM;
    for (uint32_t i = 0; i < r->columns; i++) {
        ta_status status = place_head(r, i, &flawed);
        if (status != TA_OK)
            return status;
    }
    for (uint32_t i = 0; i < r->tree.count && !flawed; i++)
        if (r->tree.items[i].first)
            flawed |= !settle_list(r, i);
    return flawed ? TA_ERR_INPUT : TA_OK;
}

ta_status ta_csv_plan(ta_csv_reader *r) {
    ta_status status = plan_tree(r);
    if (status == TA_ERR_INPUT && tries_paths(r)) {
        r->worded = true;
        ta_csv_tree_fini(&r->tree);
        status = plan_tree(r);
    }
    if (status != TA_OK)
        return status;
    if (!ta_csv_tree_sort(&r->tree))
        return TA_ERR_NOMEM;
    status = lay_steps(r);
    return status == TA_OK && !ta_csv_plan_keys(r) ? TA_ERR_NOMEM : status;
}
