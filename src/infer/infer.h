/* SPDX-License-Identifier: MIT */
/*
 * A schema from data: a stage looks at every record, and what it saw becomes a JSON Schema
 * (2020-12) that all of it fits. Memory grows with the number of places, never with that of
 * the records.
 */
#ifndef TA_INFER_INFER_H
#define TA_INFER_INFER_H

#include "codes/codes.h"
#include "record/stage.h"
#include "schema/shape.h"

enum {
    TA_INFER_FORMATS_MAX = 32, /* a bit each */
    TA_INFER_LISTS_MAX = 8,
    TA_INFER_ENUM_MAX = 12,  /* values that an enum has at most, unless asked otherwise */
    TA_INFER_VALUES_MAX = 64 /* distinct values kept per place: what may be asked for */
};

/* A format of texts, which this room knows by name and test only. */
typedef struct ta_infer_format {
    const char *name;
    bool (*holds)(ta_text text);
    bool follows; /* what has the format before it has this one too */
} ta_infer_format;

typedef struct ta_infer_list {
    const char *name; /* as x-codes has it */
    const ta_code_list *codes;
} ta_infer_list;

/* Borrowed for the life of the inference. */
typedef struct ta_infer_options {
    const char *title; /* NULL: none */
    bool no_enums;
    bool ranges; /* least and greatest numbers, lengths */
    bool widens; /* a schema is to be widened: its bounds need the data's */
    unsigned enum_max;
    bool typed;     /* bare cells of CSV that are numbers come as numbers */
    char decimal;   /* of those of CSV that do not: ',' or '.' */
    char separator; /* between the steps of the heads of CSV */
    ta_infer_format formats[TA_INFER_FORMATS_MAX]; /* the first that fits is taken */
    unsigned format_count;
    ta_infer_list lists[TA_INFER_LISTS_MAX];
    unsigned list_count;
} ta_infer_options;

typedef struct ta_infer ta_infer;

/* NULL: no memory. Drop with ta_infer_drop, after the stages. */
ta_infer *ta_infer_new(const ta_infer_options *options);
void ta_infer_drop(ta_infer *infer);

/* A stage that looks, and passes on. Several inputs may go through it. NULL: no memory (next is
 * not dropped). */
ta_stage *ta_infer_stage(ta_infer *infer, ta_stage *next);

/*
 * Hands the schema as one document to a writer (begin, put, end), its keys in the table.
 * `old`: a schema that is widened so that the data fits; NULL: a new one is made. Call once:
 * what was seen is rearranged on the way.
 */
TA_MUST_CHECK ta_status ta_infer_write(ta_infer *infer, const ta_document *old, ta_keys *keys,
                                       ta_stage *writer);

/* Hands over the draft of a mapping instead: a head of the data each, and the property of the
 * shape that it may mean. */
TA_MUST_CHECK ta_status ta_infer_write_map(ta_infer *infer, const ta_shape *shape,
                                           ta_keys *keys, ta_stage *writer);

#endif
