/* SPDX-License-Identifier: MIT */
/* The reading of one file: what read.c and around.c share. */
#ifndef TA_FORMAT_JSON_READ_H
#define TA_FORMAT_JSON_READ_H

#include "format/json/json.h"

struct ta_json_around;

typedef struct ta_json_reader {
    struct ta_json_around *around; /* --records; NULL: none */
    const ta_reading *reading;
    ta_source *source;
    ta_record *record;
    ta_stage *next;
    ta_json_scan scan;
    size_t at;                    /* where in the window the reading stands */
    size_t hold;                  /* from here on the window is kept, */
    bool holds;                   /* if so; else from `at` on */
    const ta_json_opened *opened; /* the bracket around what is read; NULL: none */
    bool spoilt;                  /* findings were emitted: some records are missing */
    bool broken;                  /* the source gives no more, or the stages take no more */
    bool passes; /* --limit was reached, and what stands around the list is wanted */
    uint64_t records;
} ta_json_reader;

static inline const char *ta_json_here(const ta_json_reader *reader) {
    return reader->source->window.data + reader->at;
}

static inline uint64_t ta_json_here_offset(const ta_json_reader *reader) {
    return reader->source->window.offset + reader->at;
}

/* Passes over blanks between values. *c is the byte that follows, -1 at the input's end. */
TA_MUST_CHECK ta_status ta_json_peek(ta_json_reader *reader, int *c);
/* Complains about a failure at the place where the reading stands, between values. */
TA_MUST_CHECK ta_status ta_json_refuse(ta_json_reader *reader, ta_json_fail fail);
/* Scans the value that begins here into the reader's record and goes behind it, whatever its
 * keys. */
TA_MUST_CHECK ta_status ta_json_pass(ta_json_reader *reader);
TA_MUST_CHECK ta_status ta_json_begin(ta_json_reader *reader, ta_form form);
/* Notes the bracket that stands here, and goes behind it. */
void ta_json_open(ta_json_reader *reader, ta_json_opened *opened, const char *words);
/* Reads the list that begins here, item by item, and goes behind it. TA_STOP: no more are
 * wanted. */
TA_MUST_CHECK ta_status ta_json_read_list(ta_json_reader *reader);

/* --records: the document that begins here. */
TA_MUST_CHECK ta_status ta_json_read_around(ta_json_reader *reader);
/* Reports that what stands around the list is too large, and what would stream it.
 * TA_ERR_INPUT.
 */
TA_MUST_CHECK ta_status ta_json_report_around(const ta_json_reader *reader);

#endif
