/* SPDX-License-Identifier: MIT */
/* The stage that sorts what is converted: copies of all records, handed on at the end. */
#include <stdlib.h>

#include "compare/kept.h"
#include "flow/sorter.h"

typedef struct sort_stage {
    ta_stage stage;
    ta_sorter *sorter;
    ta_head head; /* that of the file, without what only its reader can do */
    ta_kept **kept;
    size_t count, cap;
    ta_record play; /* the copy at hand, with room to grow */
} sort_stage;

/* Names of keys must outlive the records that are read after them; the head does not outlive
 * the reading. */
static ta_status sort_begin(ta_stage *stage, const ta_head *head) {
    sort_stage *sort = (sort_stage *)stage;
    sort->head = (ta_head){.file = head->file,
                           .format = head->format,
                           .form = head->form,
                           .inside = head->inside,
                           .column_count = head->column_count,
                           .place = {.file = head->file}};
    sort->sorter->file = head->file;
    sort->sorter->reader->keys.keep = true;
    return ta_stage_begin(stage->next, head);
}

static ta_status sort_put(ta_stage *stage, ta_record *record) {
    sort_stage *sort = (sort_stage *)stage;
    ta_status status = ta_sorter_add(sort->sorter, record);
    if (status != TA_OK)
        return status;
    if (!ta_array_grow(&sort->kept, &sort->cap, sort->count + 1, sizeof *sort->kept))
        return TA_ERR_NOMEM;
    ta_kept *kept = ta_kept_new(record, sort->count);
    if (!kept)
        return TA_ERR_NOMEM;
    sort->kept[sort->count++] = kept;
    return ta_sorter_hold(sort->sorter, kept->size_bytes + sizeof kept);
}

/* Hands a copy on. Stages behind may change it. */
static ta_status play_record(sort_stage *sort, ta_kept *kept) {
    ta_record *play = &sort->play, *from = &kept->record;
    ta_record_begin(play, from->raw);
    play->memory_max = from->memory_max;
    if (!ta_record_grow(play, from->count))
        return TA_ERR_NOMEM;
    memcpy(play->nodes, from->nodes, from->count * sizeof *play->nodes);
    play->count = from->count;
    ta_buf_put(&play->arena, from->arena.len ? from->arena.data : "", from->arena.len);
    play->raw_len = from->raw_len;
    play->window = &kept->window;
    play->keys = from->keys;
    play->head = &sort->head;
    play->number = from->number;
    return play->arena.failed ? TA_ERR_NOMEM : ta_stage_put(sort->stage.next, play);
}

static void drop_kept(sort_stage *sort) {
    for (size_t i = 0; i < sort->count; i++)
        free(sort->kept[i]);
    sort->count = 0;
}

static ta_status sort_end(ta_stage *stage, const ta_tail *tail) {
    sort_stage *sort = (sort_stage *)stage;
    ta_sorter *sorter = sort->sorter;
    ta_status status = TA_OK;
    bool whole = sorter->count == sort->count && tail->status < TA_ERR_USAGE;
    if (whole)
        ta_sorter_tell(sorter, ta_sorter_sort(sorter));
    for (size_t i = 0; whole && i < sort->count && status == TA_OK; i++)
        status = play_record(sort, sort->kept[sorter->items[i].index]);
    drop_kept(sort);
    sorter->count = sorter->held_bytes = 0;
    ta_arena_fini(&sorter->arena);
    sorter->reader->keys.keep = false;
    ta_status ended = ta_stage_end(stage->next, tail);
    return status > ended ? status : ended;
}

static void sort_drop(ta_stage *stage) {
    sort_stage *sort = (sort_stage *)stage;
    drop_kept(sort);
    free(sort->kept);
    ta_record_fini(&sort->play);
    free(sort);
}

ta_stage *ta_sort_new(ta_sorter *sorter, ta_stage *next) {
    static const ta_stage_ops ops = {"sort",   TA_SCOPE_ORDERED, sort_begin,
                                     sort_put, sort_end,         sort_drop};
    sort_stage *sort = calloc(1, sizeof *sort);
    if (!sort)
        return NULL;
    sort->stage = (ta_stage){&ops, next};
    sort->sorter = sorter;
    return &sort->stage;
}
