/* SPDX-License-Identifier: MIT */
#include "flow/join.h"

#include <stdlib.h>

typedef struct join {
    ta_stage stage;
    size_t inputs;
    const ta_sink *sink;
    bool begun;
    uint64_t records;
} join;

static ta_status join_begin(ta_stage *stage, const ta_head *head) {
    join *j = (join *)stage;
    if (j->begun)
        return TA_OK;
    j->begun = true;
    ta_head first = *head;
    if (j->inputs > 1)
        first.form = TA_FORM_LIST;
    return ta_stage_begin(stage->next, &first);
}

static ta_status join_put(ta_stage *stage, ta_record *record) {
    join *j = (join *)stage;
    j->records++;
    ta_status status = ta_stage_put(stage->next, record);
    return status == TA_OK ? j->sink->status : status;
}

static ta_status join_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    (void)tail;
    return TA_OK;
}

static ta_status join_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    join *j = (join *)stage, *o = (join *)other;
    if (stage && !by)
        return TA_OK;
    if (stage)
        j->records += o->records;
    o->records = 0;
    return TA_OK;
}

static void join_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops join_ops = {"join",   join_absorb, join_begin,
                                      join_put, join_end,    join_drop};

ta_stage *ta_join_new(ta_stage *next, size_t inputs, const ta_sink *sink) {
    join *j = calloc(1, sizeof *j);
    if (!j) {
        ta_stage_drop(next);
        return NULL;
    }
    *j = (join){.stage = {&join_ops, next}, .inputs = inputs, .sink = sink};
    return &j->stage;
}

ta_status ta_join_finish(ta_stage *stage, ta_status status) {
    join *j = (join *)stage;
    if (!j->begun)
        return TA_OK;
    ta_tail tail = {.status = status, .records = j->records};
    return ta_stage_end(stage->next, &tail);
}
