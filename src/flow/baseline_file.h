/* SPDX-License-Identifier: MIT */
/* What a baseline holds, and its file: JSON Lines, sorted. For flow/baseline.c and
 * flow/baseline_file.c alone. */
#ifndef TA_FLOW_BASELINE_FILE_H
#define TA_FLOW_BASELINE_FILE_H

#include "flow/baseline.h"

typedef struct ta_baseline_entry {
    const char *key;  /* the line's text up to its count */
    const char *file; /* as it is called from the baseline's folder */
    uint64_t allowed, seen;
    bool checked; /* its input was */
    ta_where at;  /* its line */
} ta_baseline_entry;

struct ta_baseline {
    const char *file;
    bool update, failed; /* failed: no memory */
    ta_buf folder;       /* of the file, with its slash */
    ta_baseline_entry *entries;
    size_t count, cap;
    uint32_t *slots; /* by key: entry + 1; 0: free */
    size_t slot_count;
    const char *last_input;
    ta_buf name; /* of the last input, from the folder */
    ta_arena arena;
};

/* What a finding goes by. */
typedef struct ta_baseline_words {
    const char *file;
    const char *record; /* its key; NULL: its number, in digits */
    const char *number;
    const char *code;
    const char *path, *rule; /* NULL or "": none */
} ta_baseline_words;

/* Appends {"file": "a.csv", "record": "M-1", "code": "type", "path": "sme" */
void ta_baseline_put_key(ta_buf *out, const ta_baseline_words *words);

/* The entry of a key; add: made if there is none. NULL: there is none, or no memory. */
ta_baseline_entry *ta_baseline_entry_of(ta_baseline *baseline, const char *key,
                                        const char *file, bool add);

#endif
