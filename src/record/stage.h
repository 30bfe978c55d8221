/* SPDX-License-Identifier: MIT */
/*
 * Stages: what records pass through after a reader; the writer is the last. begin once, put per
 * record, end once (also after a failed put, with the tail's status), drop always.
 */
#ifndef TA_RECORD_STAGE_H
#define TA_RECORD_STAGE_H

#include "record/absorb.h"

/* A list is written as one, and a document as a document, whatever the format. */
typedef enum ta_form { TA_FORM_LIST, TA_FORM_DOCUMENT } ta_form;

/* Where a node was written: its own span and its key's (equal to the value's where there is no
 * key). */
typedef struct ta_located {
    ta_span value, key;
    uint64_t row;       /* CSV; 0 */
    const char *column; /* CSV: head of the column; NULL */
    ta_window *window;  /* that the spans lie in; NULL: the record's */
} ta_located;

/* Works out a node's spans by scanning the record's raw bytes again. */
typedef void ta_locate_fn(const ta_record *record, const ta_node *node, ta_located *out);

/* A scalar that is to stand in a node's place. */
typedef struct ta_respelling {
    ta_kind kind;
    ta_text text;  /* number, text; else empty. 15 bytes behind it can be read */
    uint8_t types; /* that the place allows (TA_TYPE_*), as readers take them */
} ta_respelling;

/* Appends the bytes that say the new scalar in place of the node's span, in the style of what
 * stands there. Looks at the raw bytes only, not at the node's text. NULL: done; else why it
 * cannot be said there, in words. */
typedef const char *ta_respell_fn(const ta_record *record, const ta_node *node,
                                  const ta_respelling *wish, ta_buf *out);

/* Where a value begins that may stand in several places (YAML: at its anchor). UINT64_MAX: it
 * stands in one, or nobody knows. */
typedef uint64_t ta_home_fn(const ta_record *record, const ta_node *node);

/* What is known of a file before its first record. All is borrowed and lives until end. */
typedef struct ta_head {
    const char *file;
    const char *format; /* the format's name */
    ta_form form;
    bool inside;             /* the list stands inside a document (--records) */
    ta_place place;          /* where the list begins: its bracket, the file's first byte */
    const char *root, *item; /* names of list and item, where the input has such; NULL */
    ta_locate_fn *locate;
    ta_respell_fn *respell;
    ta_home_fn *home;   /* NULL: each value stands in one place */
    const void *reader; /* what these need to know of the reading (CSV: delimiter, columns) */
    const char *const *columns; /* CSV: the heads in order; NULL */
    uint32_t column_count;
    bool mute_quotes; /* CSV: all cells are quoted, for no reason */
} ta_head;

bool ta_head_is_list_value(const ta_head *head); /* not rows, lines or what --records names */

/* Other names for the heads of a CSV file: puts what they stand for in their place. */
typedef struct ta_heads {
    void (*rename)(void *to, ta_text *heads, uint32_t count); /* NULL: each stands for itself */
    void *to;
} ta_heads;

/* Hears of a record that is left out: where it begins and ends in the decoded file, without the
 * end of its line. */
typedef struct ta_left {
    void (*tell)(void *to, uint64_t start, uint64_t end); /* NULL: nobody asks */
    void *to;
} ta_left;

typedef struct ta_tail {
    ta_status status; /* TA_OK: all was read */
    bool cut;         /* but for what --limit left out */
    uint64_t records;
} ta_tail;

typedef struct ta_stage ta_stage;

typedef struct ta_stage_ops {
    const char *name;
    ta_absorb_fn *absorb; /* or TA_SCOPE_RECORD, TA_SCOPE_ORDERED */
    ta_status (*begin)(ta_stage *stage, const ta_head *head);
    /* TA_STOP: no more records are wanted. */
    ta_status (*put)(ta_stage *stage, ta_record *record);
    ta_status (*end)(ta_stage *stage, const ta_tail *tail);
    void (*drop)(ta_stage *stage);
} ta_stage_ops;

/* The first member of every stage. Each stage passes on to `next` what it wants to pass on. */
struct ta_stage {
    const ta_stage_ops *ops;
    ta_stage *next; /* NULL: the last */
};

static inline ta_status ta_stage_begin(ta_stage *stage, const ta_head *head) {
    return stage ? stage->ops->begin(stage, head) : TA_OK;
}
static inline ta_status ta_stage_put(ta_stage *stage, ta_record *record) {
    return stage ? stage->ops->put(stage, record) : TA_OK;
}
static inline ta_status ta_stage_end(ta_stage *stage, const ta_tail *tail) {
    return stage ? stage->ops->end(stage, tail) : TA_OK;
}
/* Puts a stage, as its constructor gave it, before the chain. NULL: TA_ERR_NOMEM. */
static inline ta_status ta_stage_prepend(ta_stage *stage, ta_stage **chain) {
    if (!stage)
        return TA_ERR_NOMEM;
    stage->next = *chain;
    *chain = stage;
    return TA_OK;
}
/* Drops the stage and all after it. NULL is allowed. */
void ta_stage_drop(ta_stage *stage);

#endif
