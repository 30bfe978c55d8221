/* SPDX-License-Identifier: MIT */
/*
 * --out-titles: the schema's titles as heads, each only where it would be read back as the
 * column that it stands over. Columns of items keep their paths.
 */
#include <stdlib.h>

#include "format/csv/write.h"
#include "schema/titles.h"

typedef struct title_plan {
    ta_csv_writer *w;
    ta_titles titles;
    bool *taken; /* by row of titles: what another column is called by its path */
    ta_buf path, text;
} title_plan;

static const ta_title *find_title(const title_plan *plan, ta_buf *text) {
    return ta_titles_find(&plan->titles, (ta_text){ta_buf_text(text), text->len});
}

static void put_column_path(title_plan *plan, uint32_t column) {
    plan->path.len = 0;
    ta_csv_tree_path(plan->w->tree, plan->w->columns[column].branch, plan->w->separator, true,
                     &plan->path);
}

static bool leads_there(const title_plan *plan, const ta_title *title) {
    return title && title->path.len == plan->path.len &&
           !memcmp(title->path.data, plan->path.data, plan->path.len);
}

/* The titles on the way to a column, into plan->text; false: it has none, or is an item's. */
static bool put_column_title(title_plan *plan, uint32_t column) {
    const ta_csv_tree *tree = plan->w->tree;
    uint32_t branch = plan->w->columns[column].branch, depth = tree->items[branch].depth;
    bool titled = false;
    plan->text.len = 0;
    for (uint32_t level = 1; level <= depth; level++) {
        uint32_t at = branch;
        while (tree->items[at].depth > level)
            at = tree->items[at].parent;
        const ta_csv_branch *b = &tree->items[at];
        if (b->step & TA_CSV_ITEM)
            return false;
        const char *title = b->shape ? b->shape->title : NULL;
        ta_buf_puts(&plan->text, level > 1 ? TA_TITLES_JOINT : "");
        ta_buf_put(&plan->text, title ? title : b->name, title ? strlen(title) : b->len);
        titled |= title != NULL;
    }
    return titled;
}

static void tell_title(title_plan *plan) {
    ta_find(plan->w->to.finder, &(ta_finding){.code = TA_F_CSV_TITLE,
                                              .place = {.file = plan->w->file},
                                              .name = ta_buf_text(&plan->text),
                                              .found = ta_buf_text(&plan->path)});
}

static void choose_title(title_plan *plan, uint32_t column) {
    ta_csv_column *c = &plan->w->columns[column];
    put_column_path(plan, column);
    if (!put_column_title(plan, column))
        return;
    const ta_title *title = find_title(plan, &plan->text);
    if (!leads_there(plan, title) || plan->taken[title - plan->titles.rows]) {
        tell_title(plan);
        return;
    }
    c->title = ta_arena_copy(&plan->w->titles, plan->text.data, plan->text.len);
    c->title_len = (uint32_t)plan->text.len;
    plan->w->failed |= !c->title;
}

bool ta_csv_choose_titles(ta_csv_writer *w) {
    title_plan plan = {.w = w};
    bool ok = ta_titles_list(&plan.titles, w->to.shape, w->separator);
    plan.taken = calloc(plan.titles.count + 1, sizeof *plan.taken);
    ok = ok && plan.taken;
    for (uint32_t i = 0; i < w->column_count && ok; i++) {
        put_column_path(&plan, i);
        const ta_title *same = find_title(&plan, &plan.path);
        if (same && !leads_there(&plan, same))
            plan.taken[same - plan.titles.rows] = true;
    }
    for (uint32_t i = 0; i < w->column_count && ok; i++)
        choose_title(&plan, i);
    ok = ok && !plan.path.failed && !plan.text.failed && !w->failed;
    ta_titles_fini(&plan.titles);
    ta_buf_fini(&plan.path);
    ta_buf_fini(&plan.text);
    free(plan.taken);
    return ok;
}
