/* SPDX-License-Identifier: MIT */
#include "record/stage.h"

void ta_stage_drop(ta_stage *stage) {
    while (stage) {
        ta_stage *next = stage->next;
        stage->ops->drop(stage);
        stage = next;
    }
}

ta_status ta_absorb_nothing(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    (void)stage;
    (void)other;
    (void)by;
    return TA_OK;
}
