/* SPDX-License-Identifier: MIT */
/*
 * What a format is: one row in formats.def and one of these structs, with functions that read,
 * write and locate. A format knows nothing of the others, nor of schemas beyond `ta_shape`.
 */
#ifndef TA_FORMAT_FORMAT_H
#define TA_FORMAT_FORMAT_H

#include "base/sink.h"
#include "format/dialect.h"
#include "format/leap.h"
#include "record/path.h"
#include "record/stage.h"
#include "schema/shape.h"

/* What reading needs; borrowed for the whole of the reading. */
typedef struct ta_read_options {
    ta_dialect dialect;
    char path_separator; /* '.' by default: between the steps of a CSV head */
    ta_heads heads;      /* CSV */
    bool infer;          /* CSV without a schema: nest and type */
    bool nest;    /* CSV without a schema: nest where all heads are clear, read numbers only */
    bool recover; /* CSV: read rows that are not RFC 4180 through libcsv */
    bool lines;   /* JSON: one value a line (JSONL) */
    uint64_t limit;         /* records to read at most; 0: all */
    uint32_t depth_max;     /* TA_DEPTH_MAX by default */
    const ta_path *records; /* --records: the list that is streamed, keys not interned; NULL */
    const struct ta_xsd *xsd; /* XML: the XML Schema that the file is held against; NULL */
    bool allow_doctype;       /* XML: internal entities within a budget, nothing loaded */
    bool converts; /* what is read is written again: comments that are left out are a loss */
} ta_read_options;

typedef struct ta_reading {
    ta_source *source;
    ta_record *record; /* reused for each record; head and window are set by the flow */
    ta_head *head;     /* file and format are set; the reader fills in the rest before begin */
    ta_finder *finder;
    const ta_shape *shape; /* of a list's record, or of the one value; NULL: none */
    const ta_read_options *options;
    bool *left_out;     /* set where TA_ERR_INPUT means records left out alone */
    ta_stage *envelope; /* with --records: takes what stands around the list, as one document in
                           which the list is empty (begin, put, no end); NULL: only said */
    ta_left left;       /* told of records that are left out */
    ta_leap *leap;      /* NULL: none */
} ta_reading;

typedef struct ta_write_options {
    ta_dialect dialect;
    char path_separator;
    bool mapped;    /* CSV: the heads are somebody's own names, written word for word */
    bool titles;    /* CSV: the heads are the schema's titles, where they can be read back */
    bool pretty;    /* JSON: indented */
    bool lines;     /* JSON: one value a line */
    bool canonical; /* JSON: records come in canonical form; no line breaks */
    const char *const *columns; /* CSV: paths, in order; NULL: from the shape or the survey */
    uint32_t column_count;
    const char *out_root, *out_item; /* XML */
    bool plain;                      /* XML: no hints, the loss is counted */
    const char *encoding;            /* XML: that the bytes are put in later; NULL: UTF-8 */
} ta_write_options;

typedef struct ta_survey ta_survey; /* what a first pass found; each format has its own */
typedef struct ta_writing {
    ta_sink *sink;
    ta_finder *finder;     /* for loss-... */
    ta_keys *keys;         /* of the records to come */
    const ta_shape *shape; /* of one record; NULL: none */
    const ta_write_options *options;
    const ta_survey *survey; /* from the first pass, where needs_survey said so; NULL */
} ta_writing;

enum { TA_ENCODING_BYTES = 64 }; /* of an encoding's name */

typedef struct ta_format {
    const char *name;     /* "csv", as --from and --to take it */
    const char *summary;  /* one line for `transalp formats` */
    const char *suffixes; /* "csv txt": without dots, separated by blanks */
    bool list_only;       /* a file is always a list of records: --records has no use for it */
    /* How sure the first bytes (at most 64 KiB; `whole`: all there is) are this format: 0 to
     * 100. */
    int (*sniff)(const char *data, size_t len, bool whole);
    /* The encoding that the first bytes declare, in out (64 bytes); false: none, or UTF-8.
     * NULL: the format declares none. */
    bool (*declares)(const char *data, size_t len, char out[TA_ENCODING_BYTES]);
    /* Reads to the end, pushes each record into next, and calls begin before the first (an
     * empty list: before end). Calls neither end nor drop. TA_ERR_INPUT: findings were emitted;
     * what was good was pushed. *records counts what was pushed. */
    ta_status (*read)(const ta_reading *reading, ta_stage *next, uint64_t *records);
    const struct ta_cursor_ops *cursor; /* reading step by step; NULL: not offered */
    /* Whether writing these options needs a first pass over all records. NULL: never. */
    bool (*needs_survey)(const ta_writing *writing);
    /* A stage that only looks; *out is its result, valid until the stage is dropped. */
    ta_stage *(*survey_new)(const ta_writing *writing, const ta_survey **out);
    /* The last stage. NULL: no memory. */
    ta_stage *(*writer_new)(const ta_writing *writing);
    ta_locate_fn *locate;
    ta_respell_fn *respell;
    ta_home_fn *home; /* NULL: each value stands in one place */
    /* The last place in the window's first bytes to which a leap seems to lead as well as to
     * their start; 0: none. Who reads up to it sees. NULL: one reader. */
    size_t (*split)(const ta_reading *reading, size_t len);
    ta_read_options read_defaults; /* what this format's name implies (jsonl: lines) */
    ta_write_options write_defaults;
} ta_format;

#define TA_FORMAT(name) extern const ta_format ta_format_##name;
#include "format/formats.def"
#undef TA_FORMAT

/* All formats in the order of formats.def; ends in NULL. */
extern const ta_format *const ta_formats[];

/* By name; NULL if there is none. */
const ta_format *ta_format_find(const char *name);
/* By a file name's suffix, that of a compression left out (.gz, .zst); NULL: there is none. */
const ta_format *ta_format_of_name(const char *file);
/* By content: the surest of all; NULL if none is sure. */
const ta_format *ta_format_sniff(const char *data, size_t len, bool whole);

#endif
