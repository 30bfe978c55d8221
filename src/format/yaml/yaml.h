/* SPDX-License-Identifier: MIT */
/*
 * The YAML reader's parts: events (events.c, words.c, breaks.c) become a record (build.c,
 * alias.c), scalars get their type (scalar.c), anchored values are kept (anchors.c), what is
 * said once with a count is kept to the end (said.c), read.c finds the records, records.c those
 * of --records. The writer stands apart (write.c, style.c), and so do locate.c, respell.c and
 * home.c, which look at records.
 */
#ifndef TA_FORMAT_YAML_YAML_H
#define TA_FORMAT_YAML_YAML_H

#include "format/yaml/build.h"

/* What the reading of one file needs. */
typedef struct ta_yaml_reader {
    const ta_reading *reading;
    ta_yaml_events *events;
    ta_yaml_anchors anchors;
    ta_yaml_said said;
    ta_yaml_build build; /* of the records */
    ta_stage *next;
    uint64_t records;
    bool spoilt; /* a record was left out */
} ta_yaml_reader;

/* Builds a record from its first event and hands it on. TA_STOP: no more are wanted. */
TA_MUST_CHECK ta_status ta_yaml_read_record(ta_yaml_reader *reader, ta_yaml_event *event);
/* The items of a list, up to its end, which *event then is. */
TA_MUST_CHECK ta_status ta_yaml_read_items(ta_yaml_reader *reader, ta_yaml_event *event);
/* --records: the document whose first event this is. */
TA_MUST_CHECK ta_status ta_yaml_read_around(ta_yaml_reader *reader, ta_yaml_event *event);

extern const ta_format ta_format_yaml;

/* Its members. */
ta_status ta_yaml_read(const ta_reading *reading, ta_stage *next, uint64_t *records);
ta_stage *ta_yaml_writer_new(const ta_writing *writing);
void ta_yaml_locate(const ta_record *record, const ta_node *node, ta_located *out);
ta_respell_fn ta_yaml_respell;
ta_home_fn ta_yaml_home;

#endif
