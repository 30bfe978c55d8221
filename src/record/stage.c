/* SPDX-License-Identifier: MIT */
#include "record/stage.h"

void ta_stage_drop(ta_stage *stage) {
    while (stage) {
        ta_stage *next = stage->next;
        stage->ops->drop(stage);
        stage = next;
    }
}
