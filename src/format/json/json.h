/* SPDX-License-Identifier: MIT */
/*
 * The JSON reader's parts: the scanner makes one record of one value (scan.c, unescape.c), the
 * reader feeds it (read.c; around.c for --records), and complain.c says what was wrong.
 */
#ifndef TA_FORMAT_JSON_JSON_H
#define TA_FORMAT_JSON_JSON_H

#include "format/format.h"

#define TA_JSON_NONE UINT32_MAX /* no container is open */

/* Why a scan stopped short. */
typedef enum ta_json_fail {
    TA_JSON_DONE,
    TA_JSON_MORE,     /* the window ended inside the value */
    TA_JSON_MEMORY,   /* no room for a node or text: record->full tells why, and the reader says
                         it */
    TA_JSON_DEPTH,    /* at: the bracket that is one too many */
    TA_JSON_VALUE,    /* at: where a value should begin */
    TA_JSON_NUMBER,   /* at: what begins like a number */
    TA_JSON_KEY,      /* at: where a key should begin */
    TA_JSON_COLON,    /* at: where the colon should stand */
    TA_JSON_AFTER,    /* at: where a comma or the closing bracket should stand */
    TA_JSON_LINE,     /* at: where the line should end */
    TA_JSON_CONTROL,  /* at: a bare control character in a string, or the end of the file */
    TA_JSON_ESCAPE,   /* at: the backslash */
    TA_JSON_SURROGATE /* at: the backslash */
} ta_json_fail;

typedef struct ta_json_scan {
    ta_record *record; /* begun: its raw is where the value begins */
    ta_keys *keys;
    const char *end;    /* of the window; NULs follow */
    const char *at;     /* behind the value; after a failure, its place */
    const char *string; /* the quote of the last string that was not plain */
    uint32_t open;      /* node of the innermost open container, TA_JSON_NONE */
    uint32_t key;       /* the key read last, from which the next is predicted */
    uint32_t depth, depth_max;
    uint32_t above; /* levels around the value that depth_max does not count */
    ta_json_fail fail;
    bool lines; /* a line feed ends the value */
    bool ended; /* nothing comes after the window */
    bool comma; /* one stands before the value: an item of the file's list, not the first */
    bool twins; /* some object has a key twice */
} ta_json_scan;

/* Scans the value that begins at record->raw. False: `fail` and `at` say why. */
bool ta_json_scan_value(ta_json_scan *scan);

/* Notes a failure at `at` that was seen at `seen`: near the window's end it may be for want of
 * bytes. NULL. */
const char *ta_json_stop(ta_json_scan *scan, const char *at, const char *seen,
                         ta_json_fail fail);

/* Appends a string with escapes to the record's arena; `quote` opens it. Returns behind it,
 * NULL: failed. */
const char *ta_json_unescape(ta_json_scan *scan, const char *quote);

/* A bracket that is open around the value that is scanned. */
typedef struct ta_json_opened {
    ta_place place;
    const char *words; /* "the list" */
    char closer;
} ta_json_opened;

/*
 * Says what made a scan fail; `opened` NULL: nothing is open around it. Bytes that are no text
 * come first. TA_ERR_INPUT, or TA_ERR_NOMEM if that was it.
 */
TA_MUST_CHECK ta_status ta_json_complain(const ta_reading *reading, const ta_json_scan *scan,
                                         const ta_json_opened *opened);

/* Reports each key that stands twice in its object. */
void ta_json_report_twins(const ta_reading *reading);

/* Appends the path of the list in a record that --records could stream: the one under way, else
 * the first of the root's members. False: there is none. */
bool ta_json_put_streamable(const ta_record *record, ta_buf *out);

/* Reports a record that is too large, and what would stream it. TA_ERR_INPUT. */
TA_MUST_CHECK ta_status ta_json_report_size(const ta_reading *reading);

/* The members of ta_format, shared by json and jsonl. */
ta_status ta_json_read(const ta_reading *reading, ta_stage *next, uint64_t *records);
ta_stage *ta_json_writer_new(const ta_writing *writing);
ta_respell_fn ta_json_respell;

#endif
