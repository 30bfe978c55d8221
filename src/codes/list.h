/* SPDX-License-Identifier: MIT */
/* What a code list is made of. Private to src/codes. */
#ifndef TA_CODES_LIST_H
#define TA_CODES_LIST_H

#include "codes/words.h"

struct ta_code_list {
    ta_code_item *items;
    size_t count;
    const char **heads;  /* by column */
    uint32_t *head_keys; /* while it is read: by column */
    size_t head_count, head_cap, key_cap;
    ta_words codes;  /* as they stand */
    ta_words *words; /* folded; empty until ta_code_list_find needs them */
    ta_arena arena;
};

/* Whether a text is the code, a name or an alias of a row. *lost: no memory to tell. */
bool ta_code_list_row_has(const ta_code_list *list, const ta_code_item *item, ta_text text,
                          bool *lost);

/* The row that all parts of a text mean, if it has several: TA_MATCH_PARTS, else TA_MATCH_NONE
 * or TA_MATCH_LOST. */
ta_code_found ta_code_list_find_parts(const ta_code_list *list, ta_text text);

#endif
