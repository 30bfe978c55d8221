/* SPDX-License-Identifier: MIT */
/*
 * Code lists: files with the columns code, name and aliases (the last two may be missing;
 * aliases are separated by `;`). Membership is exact; names and aliases only lead to
 * suggestions.
 */
#ifndef TA_CODES_CODES_H
#define TA_CODES_CODES_H

#include "record/loader.h"

typedef struct ta_code_list ta_code_list;

/* Reads a list; the name is as loader->load takes it. TA_ERR_USAGE: a finding says what is
 * wrong with it. Drop *out with ta_code_list_drop. */
TA_MUST_CHECK ta_status ta_code_list_load(const ta_loader *loader, const char *name,
                                          ta_code_list **out);
void ta_code_list_drop(ta_code_list *codes);

bool ta_code_list_has(const ta_code_list *codes, const char *text, size_t len);

/*
 * The code that was meant by a text that is none: by its case, by a name or an alias, by
 * several equal parts ("FI;FI"), or by one wrong letter in more than three, where all that is
 * so near means the same. NULL: no suggestion; ta_buf_lost: no memory to find one. Lives as
 * long as the list.
 */
const char *ta_code_list_nearest(const ta_code_list *codes, const char *text, size_t len);

#endif
