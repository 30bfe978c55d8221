/* SPDX-License-Identifier: MIT */
/*
 * Paths, one notation everywhere: steps joined by dots, indices from 0, `*` for all, `\.` for a
 * dot in a key, `\\` for a backslash: partners.*.country. A leading dot means the item of a
 * rule's `each` or `by`.
 */
#ifndef TA_RECORD_PATH_H
#define TA_RECORD_PATH_H

#include "record/record.h"

typedef enum ta_step_kind { TA_STEP_KEY, TA_STEP_INDEX, TA_STEP_ALL } ta_step_kind;

typedef struct ta_step {
    ta_step_kind kind;
    uint32_t index; /* TA_STEP_INDEX; for a key of digits also set, since objects may have such
                       keys */
    const char *text; /* the step unescaped, NUL-terminated */
    uint32_t len;
    uint32_t key; /* interned, where ta_path_parse was given keys */
} ta_step;

typedef struct ta_path {
    const ta_step *steps;
    uint32_t count;
    bool relative; /* began with a dot */
} ta_path;

/*
 * Parses a text into the arena; keys may be NULL, else each name is interned. separator
 * is '.' unless --path-sep says otherwise. False: no memory, or a step that is empty (*bad gets
 * its offset, SIZE_MAX without memory).
 */
TA_MUST_CHECK bool ta_path_parse(ta_arena *arena, ta_keys *keys, ta_text text, char separator,
                                 ta_path *out, size_t *bad);

/* Calls fn for every node that the path leads to from `from`, in document order; stops when it
 * returns false. Returns how many places where a named step was missing were met (see missing
 * operands). */
typedef bool ta_path_fn(void *to, const ta_node *node);
uint64_t ta_path_each(const ta_record *record, const ta_node *from, const ta_path *path,
                      ta_path_fn *fn, void *to);

/* The child of `at` whose subtree has the node, and the index of a list's; looked for from
 * where the last search ended (record->memo). */
const ta_node *ta_path_child(const ta_record *record, const ta_node *at, const ta_node *node,
                             uint32_t *index);

/* Appends the path of a node from the record's root ("" for the root itself). */
void ta_path_print(const ta_record *record, const ta_node *node, ta_buf *out);
/* The same as a JSON Pointer (RFC 6901). */
void ta_path_print_pointer(const ta_record *record, const ta_node *node, ta_buf *out);
/* Appends one step, escaped. */
void ta_path_put_step(ta_buf *out, const char *text, size_t len, char separator);

#endif
