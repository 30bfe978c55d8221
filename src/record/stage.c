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

bool ta_head_is_list_value(const ta_head *head) {
    return head->form == TA_FORM_LIST && !head->inside && head->format &&
           (!strcmp(head->format, "json") || !strcmp(head->format, "yaml"));
}
