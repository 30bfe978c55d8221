/* SPDX-License-Identifier: MIT */
/* Walks each record beside its shape, and puts a cell of the list in the place of each code. */
#include "flow/view.h"

#include <stdlib.h>

#include "codes/codes.h"

typedef struct view_stage {
    ta_stage stage;
    const ta_views *views;
    ta_finder *finder;
    ta_record *record;
    bool nomem;
} view_stage;

static ta_status refuse_view(ta_library *library, const ta_code_view *wish, const char *why) {
    ta_find(library->loader.finder, &(ta_finding){.code = TA_F_CODES_VIEW,
                                                  .name = wish->list,
                                                  .found = wish->column,
                                                  .expected = why});
    return TA_ERR_USAGE;
}

static ta_status load_view(ta_view *view, ta_library *library) {
    const ta_code_view *wish = view->wish;
    ta_buf file = {0};
    bool known =
        ta_code_list_file(&library->loader, (ta_text){wish->list, strlen(wish->list)}, &file);
    view->file = file.failed ? NULL : strdup(ta_buf_text(&file));
    ta_buf_fini(&file);
    if (!view->file)
        return TA_ERR_NOMEM;
    if (!known)
        return refuse_view(library, wish, "there is no such list");
    ta_status status = ta_code_list_load(&library->loader, view->file, &view->list);
    if (status != TA_OK)
        return status;
    view->column = ta_code_list_column(view->list, wish->column);
    return view->column == SIZE_MAX ? refuse_view(library, wish, "the list has no such column")
                                    : TA_OK;
}

ta_status ta_views_load(ta_views *views, const ta_job *job, const ta_shape *shape,
                        ta_library *library) {
    ta_status status = TA_OK;
    if (!job->code_view_count)
        return TA_OK;
    if (!shape)
        return refuse_view(library, job->code_views,
                           "a schema says where codes stand: name it with --schema");
    views->items = calloc(job->code_view_count, sizeof *views->items);
    if (!views->items)
        return TA_ERR_NOMEM;
    views->shape = shape;
    while (views->count < job->code_view_count && status == TA_OK) {
        ta_view *view = &views->items[views->count];
        view->wish = &job->code_views[views->count++];
        status = load_view(view, library);
    }
    ta_keys_pin(library->loader.keys);
    return status;
}

void ta_views_fini(ta_views *views) {
    for (size_t i = 0; i < views->count; i++) {
        ta_code_list_drop(views->items[i].list);
        free(views->items[i].file);
    }
    free(views->items);
}

static const ta_view *find_view(const ta_views *views, const ta_shape *shape) {
    for (size_t i = 0; i < views->count; i++)
        if (!strcmp(views->items[i].file, shape->codes))
            return &views->items[i];
    return NULL;
}

static void rewrite_code(view_stage *stage, const ta_view *view, ta_node *node) {
    ta_text text = ta_node_text(stage->record, node);
    const ta_code_item *item = ta_code_list_item(view->list, text.data, text.len);
    const char *cell = item ? ta_code_item_cell(item, view->column) : "";
    if (*cell) {
        stage->nomem |= !ta_node_set_text(stage->record, node, cell, strlen(cell));
        return;
    }
    ta_buf found = {0};
    ta_buf_put(&found, text.data, text.len);
    ta_find_at(stage->finder, stage->record, node, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_CODE_UNMAPPED,
                             .name = view->wish->list,
                             .expected = view->wish->column,
                             .found = ta_buf_text(&found)});
    stage->nomem |= found.failed;
    ta_buf_fini(&found);
}

static void rewrite_node(view_stage *stage, const ta_shape *shape, ta_node *node) {
    const ta_view *view =
        shape->codes && node->kind == TA_TEXT ? find_view(stage->views, shape) : NULL;
    if (view)
        rewrite_code(stage, view, node);
    if (node->kind < TA_ARRAY)
        return;
    const ta_node *end = ta_node_end(node);
    for (ta_node *child = node + 1; child < end; child += child->size) {
        const ta_shape *below =
            node->kind == TA_ARRAY ? shape->items : ta_shape_member_of(shape, child->key);
        if (below)
            rewrite_node(stage, below, child);
    }
}

static ta_status view_begin(ta_stage *stage, const ta_head *head) {
    return ta_stage_begin(stage->next, head);
}

static ta_status view_put(ta_stage *stage, ta_record *record) {
    view_stage *view = (view_stage *)stage;
    view->record = record;
    rewrite_node(view, view->views->shape, record->nodes);
    return view->nomem ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

static ta_status view_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void view_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops view_ops = {"view",   TA_SCOPE_RECORD, view_begin,
                                      view_put, view_end,        view_drop};

ta_status ta_views_build(const ta_views *views, ta_finder *finder, ta_stage **chain) {
    if (!views->count)
        return TA_OK;
    view_stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        return TA_ERR_NOMEM;
    *stage = (view_stage){{&view_ops, *chain}, views, finder, NULL, false};
    *chain = &stage->stage;
    return TA_OK;
}
