/* SPDX-License-Identifier: MIT */
/* The reader's state, between read.c (the file, documents, records) and spine.c (around
 * records). */
#ifndef TA_FORMAT_XML_READER_H
#define TA_FORMAT_XML_READER_H

#include "format/xml/around.h"

/* An element around the records: on the way of --records, or the list's root. */
typedef struct ta_xml_spine {
    char *name;       /* as written */
    uint32_t matched; /* steps of the path, this one included */
    bool list;        /* its children are records */
    bool counted;     /* the envelope has an object for it */
} ta_xml_spine;

typedef struct ta_xml_reader {
    const ta_reading *reading;
    ta_stage *next;
    ta_record *record;
    ta_xml_input in;
    ta_xml_build build;
    ta_xml_problem problem;
    ta_xml_around around;
    ta_xml_spine *spine;
    size_t depth, spine_cap;
    uint64_t records;
    bool begun, spoilt, found;
    uint32_t reached;   /* steps of --records that were met */
    ta_buf top;         /* the root's name, with --records */
    ta_buf root, item;  /* names for the head */
    char *item_written; /* of the list's first element */
    uint64_t remarks;   /* comments and instructions */
    ta_place remark;
} ta_xml_reader;

ta_span ta_xml_token_span(const ta_xml_reader *r, const ta_xml_token *token);
/* Each sets a problem and gives TA_ERR_INPUT. At the token, for libxml2 to name; with words; at
 * the first character of a text that is no blank; at the end of the file, where `name` is open.
 */
ta_status ta_xml_refuse_token(ta_xml_reader *r);
ta_status ta_xml_refuse_here(ta_xml_reader *r, const char *why);
ta_status ta_xml_refuse_ink(ta_xml_reader *r, const ta_xml_token *token, const char *why);
ta_status ta_xml_refuse_end(ta_xml_reader *r, const char *name, size_t len, uint64_t opened);

/* Counts a comment or an instruction. */
void ta_xml_count_remark(ta_xml_reader *r, const ta_xml_token *token);

/* Starts a record at a start tag, which must stay in the window. */
void ta_xml_begin_record(ta_xml_reader *r, const ta_xml_token *token);
/* Builds the element of a start tag; `around`: inside an object that has it as its one key. */
TA_MUST_CHECK ta_status ta_xml_build_element(ta_xml_reader *r, ta_xml_token *token,
                                             bool around);
/* One record of a list, from its start tag on, handed on. TA_STOP: no more are wanted. */
TA_MUST_CHECK ta_status ta_xml_read_item(ta_xml_reader *r, ta_xml_token *token);

/* What a start tag says, without taking anything from it. */
TA_MUST_CHECK ta_status ta_xml_peek_tag(ta_xml_reader *r, const ta_xml_token *token,
                                        ta_xml_tag *tag);
/* Goes down into an element of the path, or (list) the element whose children are records. */
TA_MUST_CHECK ta_status ta_xml_enter(ta_xml_reader *r, const ta_xml_token *token,
                                     uint32_t matched, bool list);
/* A start tag between records. */
TA_MUST_CHECK ta_status ta_xml_read_start(ta_xml_reader *r, ta_xml_token *token);
/* Reads until the element that was entered first is closed. */
TA_MUST_CHECK ta_status ta_xml_read_spine(ta_xml_reader *r);

#endif
