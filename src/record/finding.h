/* SPDX-License-Identifier: MIT */
/* Findings: what is said about the data, to people. Readers, stages, writers emit them. */
#ifndef TA_RECORD_FINDING_H
#define TA_RECORD_FINDING_H

#include "base/finding.h"
#include "record/record.h"

typedef struct ta_span {
    uint64_t start, end; /* byte offsets in the decoded file */
} ta_span;

typedef struct ta_place {
    const char *file;
    ta_span span;
    ta_where from, to; /* line 0: no place but the file */
    const char *line;  /* the line's text, for the caret; NULL: not at hand */
    size_t line_len;
    uint64_t line_skip;      /* columns cut from the line's front */
    const ta_record *record; /* that the place lies in, for ta_screen_line; NULL: none */
    const struct ta_hidden
        *hidden; /* what that gave, where the record is gone; NULL: nothing */
    size_t hidden_count;
} ta_place;

typedef struct ta_related {
    ta_place place;
    const char *label; /* "the first one", "the total" */
} ta_related;

/* All pointers are borrowed for the time of the call: a receiver that keeps a finding copies
 * it. */
typedef struct ta_finding {
    ta_code code;
    ta_level level;      /* filled in by ta_find */
    int level_wish;      /* a rule's own severity: 1 + ta_level; 0: the code's */
    const char *rule_id; /* of an x-rules rule; NULL */
    ta_place place;
    const char *path;    /* "partners.2.country"; NULL: not in a record */
    const char *pointer; /* the same as a JSON Pointer */
    uint64_t record_no;  /* from 1; 0: none */
    const char *record_key;
    uint64_t row;       /* CSV: the row as a spreadsheet numbers it; 0: none */
    const char *column; /* CSV: the column's head; NULL */
    const char *name, *expected, *found, *replacement; /* for the message; NULL: none */
    const struct ta_respelling *fix; /* what the value is to be, where that is certain; NULL */
    const char *fixed;   /* how that is written in its place; NULL: ta_find_at finds out */
    const char *message; /* instead of the code's words; NULL: those */
    const char *detail;  /* more words behind the message; NULL */
    uint64_t count;      /* how often, for losses; 0: not counted */
    bool personal;       /* a value that it speaks of is kept back (record/screen.h) */
    uint64_t kin; /* the same in findings of one code, rule and place, but for numbers of items
                     where no column is known; 0: not worked out */
    const ta_related *related;
    size_t related_count;
} ta_finding;

/* Receives findings; one per worker. put must be set. */
typedef struct ta_finder {
    void (*put)(void *to, const ta_finding *finding);
    void *to;
    uint64_t errors, warnings, notes; /* by the level that the finding's code has now */
    /* Whether an error or a warning was known before, and is only counted; NULL: none is. */
    bool (*knows)(void *to, const ta_finding *finding);
    void *knows_to;
    uint64_t known;
    /* Whether enough is known of findings of this kin: then one more has been counted, and is
     * not put. NULL: all are put. */
    bool (*echoes)(void *to, uint64_t kin);
    bool lineless;  /* nobody shows the lines of places: they are left out */
    bool no_memory; /* memory ran out for the words of a finding (ta_buf_lost) */
    ta_level levels[TA_CODE_COUNT]; /* ta_finder_init takes them from the table, options change
                                       them */
} ta_finder;

void ta_finder_init(ta_finder *finder, void (*put)(void *to, const ta_finding *finding),
                    void *to);

/* A finder whose findings go on to another, changed by `put` on their way. */
ta_finder ta_finder_relay(const ta_finder *outer,
                          void (*put)(void *to, const ta_finding *finding), void *to);

/* Counts so many findings of a level. */
void ta_finder_count(ta_finder *finder, ta_level level, uint64_t count);

/* Emits with place and path as they stand in the finding (level is filled in here). */
void ta_find(ta_finder *finder, const ta_finding *finding);

/* Which part of a node a finding points at. */
typedef enum ta_part { TA_PART_VALUE, TA_PART_KEY } ta_part;

/* Emits at a node: fills in place, path, pointer, record number, row and column. */
void ta_find_at(ta_finder *finder, const ta_record *record, const ta_node *node, ta_part part,
                const ta_finding *finding);

/*
 * Whether nothing more is to be said of such findings at this node than that there is one more:
 * then it has been counted, and its words need not be found. Only the code, level_wish, rule_id
 * and column of the finding are looked at.
 */
bool ta_find_is_echo(ta_finder *finder, const ta_record *record, const ta_node *node,
                     const ta_finding *finding);

/* Emits at a span of the window. Record number 0: outside of records. */
void ta_find_in(ta_finder *finder, ta_window *window, ta_span span, uint64_t record_no,
                const ta_finding *finding);

/* The place of a node, as ta_find_at has it, for related places. */
ta_place ta_place_of(const ta_record *record, const ta_node *node, ta_part part);
/* The same, no more than where it begins: cheaper. */
ta_where ta_where_of(const ta_record *record, const ta_node *node);
/* The place of a span of the window; to keep: without its line, which leaves with the window.
 */
ta_place ta_place_keep(ta_window *window, ta_span span);
ta_place ta_place_in(ta_window *window, ta_span span);

/* The message of a finding, from its row's words, appended to out. */
void ta_finding_message(const ta_finding *finding, ta_buf *out);

#endif
