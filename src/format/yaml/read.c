/* SPDX-License-Identifier: MIT */
/*
 * The reader: what of a stream is a record. One document: its list's items, or itself. Several:
 * each of them. That a list is not alone is seen before it is read if the second document
 * begins within the window; beyond it, its items have been handed on, and the second document
 * is refused.
 */
#include "format/text.h"
#include "format/yaml/yaml.h"

static ta_status begin_yaml(ta_yaml_reader *reader, ta_form form) {
    reader->reading->head->form = form;
    return ta_stage_begin(reader->next, reader->reading->head);
}

/* Builds a record; it is spoilt if its build says so. */
static ta_status build_yaml_record(ta_yaml_reader *reader, ta_yaml_event *event) {
    ta_record *record = reader->reading->record;
    if (!reader->reading->options->records) /* else keys are held outside the record */
        ta_keys_trim(record->keys);
    record->number++;
    ta_yaml_keep(reader->events, event->start);
    return ta_yaml_build_value(&reader->build, event);
}

/* Hands on what was built, unless findings were emitted about it. */
static ta_status push_yaml_record(ta_yaml_reader *reader) {
    ta_yaml_build *build = &reader->build;
    ta_yaml_build_settle(build);
    ta_yaml_keep(reader->events, UINT64_MAX);
    const ta_left *left = &reader->reading->left;
    if (build->spoilt) {
        reader->spoilt = true;
        if (left->tell)
            left->tell(left->to, build->start, build->end);
        return TA_OK;
    }
    ta_status status = ta_stage_put(reader->next, build->record);
    if (status != TA_OK)
        return status;
    reader->records++;
    uint64_t limit = reader->reading->options->limit;
    return limit && reader->records >= limit ? TA_STOP : TA_OK;
}

ta_status ta_yaml_read_record(ta_yaml_reader *reader, ta_yaml_event *event) {
    ta_status status = build_yaml_record(reader, event);
    return status == TA_OK ? push_yaml_record(reader) : status;
}

ta_status ta_yaml_read_items(ta_yaml_reader *reader, ta_yaml_event *event) {
    for (;;) {
        ta_status status = ta_yaml_next(reader->events, event);
        if (status != TA_OK || event->kind == TA_YAML_LIST_END)
            return status;
        status = ta_yaml_read_record(reader, event);
        if (status != TA_OK)
            return status;
    }
}

/* Whether a line of the window, from an offset on, begins a further document. */
static bool sees_document(const ta_window *window, uint64_t from) {
    const char *end = window->data + window->len;
    const char *at = window->data + (from - window->offset);
    for (; at < end; at++) {
        at += ta_yaml_line_len(at, (size_t)(end - at));
        /* NULs follow the window. */
        if (at < end && !memcmp(at + 1, "---", 3) && strchr(" \t\r\n", at[4]))
            return true;
    }
    return false;
}

/* Nothing may follow a list that was handed on item by item. */
static ta_status read_yaml_rest(ta_yaml_reader *reader) {
    ta_yaml_event event;
    ta_status status = ta_yaml_next(reader->events, &event); /* the document's end */
    if (status == TA_OK)
        status = ta_yaml_next(reader->events, &event);
    if (status != TA_OK || event.kind == TA_YAML_END)
        return status;
    ta_find_in(reader->reading->finder, &reader->reading->source->window,
               (ta_span){event.start, event.end}, 0,
               &(ta_finding){.code = TA_F_YAML_DOCUMENTS});
    return TA_ERR_INPUT;
}

/* Behind a record, where the next one can be told from its first line. */
static bool is_leap_due(const ta_yaml_reader *reader, uint64_t *at) {
    const ta_leap *leap = reader->reading->leap;
    const ta_window *window = &reader->reading->source->window;
    if (!leap || leap->in_chunk || window->offset + window->len < leap->due)
        return false;
    *at = ta_yaml_next_item(reader->events);
    return *at >= leap->due && *at && reader->records;
}

/* Whether a chunk has more than records to be taken over: what is gathered to the end of the
 * file, what later records may refer to, or `...`, with which the list ends. */
static bool has_more(const ta_yaml_reader *reader) {
    return ta_yaml_comments_of(reader->events)->count || reader->said.count ||
           ta_yaml_names(reader->events) || !ta_yaml_is_open_ended(reader->events);
}

/* The first events of a list that goes on where the window begins. */
static ta_status resume_yaml(ta_yaml_reader *reader, ta_yaml_event *event) {
    if (!ta_yaml_restart(reader->events))
        return TA_ERR_NOMEM;
    ta_status status = ta_yaml_next(reader->events, event);
    if (status == TA_OK)
        status = ta_yaml_next(reader->events, event);
    return status;
}

/* Goes on where the leap leads. */
static ta_status leap_yaml(ta_yaml_reader *reader, ta_yaml_event *event, uint64_t at) {
    ta_leap *leap = reader->reading->leap;
    bool lost = leap->in_chunk && has_more(reader);
    ta_reach reach = {.at = lost ? 0 : (size_t)(at - reader->reading->source->window.offset),
                      .records = reader->records,
                      .numbers = reader->reading->record->number,
                      .spoilt = reader->spoilt};
    ta_status status = leap->leap(leap, reader->reading, &reach);
    reader->records = reach.records;
    reader->reading->record->number = reach.numbers;
    reader->spoilt = reach.spoilt;
    if (status != TA_OK)
        return status;
    if (leap->in_chunk) {
        ta_yaml_said_clear(&reader->said);
        ta_yaml_recount(reader->events);
    }
    return reach.at ? TA_OK : resume_yaml(reader, event); /* it led nowhere else */
}

/* The items of the list, and of what else leaps lead to. A chunk is a document of its own. */
static ta_status read_yaml_items(ta_yaml_reader *reader, ta_yaml_event *event) {
    const ta_leap *leap = reader->reading->leap;
    ta_status status = TA_OK;
    uint64_t at;
    while (status == TA_OK) {
        status = ta_yaml_next(reader->events, event);
        if (status != TA_OK || (event->kind == TA_YAML_LIST_END && !(leap && leap->in_chunk)))
            return status;
        if (event->kind == TA_YAML_LIST_END) {
            status = read_yaml_rest(reader);
            at = leap->due;
        } else {
            status = ta_yaml_read_record(reader, event);
            if (status == TA_OK && !is_leap_due(reader, &at))
                continue;
        }
        if (status == TA_OK)
            status = leap_yaml(reader, event, at);
    }
    return status;
}

/* The items of a list with an anchor cannot be repeated inside it. */
static ta_status read_yaml_list(ta_yaml_reader *reader, ta_yaml_event *event) {
    uint32_t name;
    if (event->anchor && !ta_yaml_anchor_open(&reader->anchors, event->anchor, &name))
        return TA_ERR_NOMEM;
    ta_yaml_note_tag(&reader->build, event, UINT32_MAX);
    reader->reading->head->place = ta_place_keep(&reader->reading->source->window,
                                                 (ta_span){event->start, event->start + 1});
    ta_status status = begin_yaml(reader, TA_FORM_LIST);
    if (status == TA_OK)
        status = read_yaml_items(reader, event);
    return status == TA_OK ? read_yaml_rest(reader) : status;
}

/* One document more of several; *event is behind it the next one's begin, or the end. */
static ta_status read_yaml_next(ta_yaml_reader *reader, ta_yaml_event *event, bool several) {
    ta_yaml_anchors_reset(&reader->anchors);
    ta_status status = build_yaml_record(reader, event);
    if (status == TA_OK)
        status = ta_yaml_next(reader->events, event);
    if (status != TA_OK)
        return status;
    if (several)
        status = push_yaml_record(reader);
    return status == TA_OK ? ta_yaml_next(reader->events, event) : status;
}

/* Documents that are records; how many there are decides what is made of the first. */
static ta_status read_yaml_documents(ta_yaml_reader *reader, ta_yaml_event *event,
                                     bool several) {
    ta_status status = TA_OK;
    if (several)
        status = begin_yaml(reader, TA_FORM_LIST);
    if (status == TA_OK)
        status = read_yaml_next(reader, event, several);
    if (status == TA_OK && !several) {
        status =
            begin_yaml(reader, event->kind == TA_YAML_END ? TA_FORM_DOCUMENT : TA_FORM_LIST);
        if (status == TA_OK)
            status = push_yaml_record(reader);
    }
    while (status == TA_OK && event->kind == TA_YAML_DOCUMENT) {
        status = ta_yaml_next(reader->events, event);
        if (status == TA_OK)
            status = read_yaml_next(reader, event, true);
    }
    return status;
}

static ta_status read_yaml_stream(ta_yaml_reader *reader) {
    ta_yaml_event event;
    ta_status status = ta_yaml_next(reader->events, &event);
    if (status != TA_OK)
        return status;
    if (event.kind == TA_YAML_END)
        return begin_yaml(reader, TA_FORM_LIST); /* no document: no record */
    status = ta_yaml_next(reader->events, &event);
    if (status != TA_OK)
        return status;
    if (reader->reading->options->records) {
        status = begin_yaml(reader, TA_FORM_LIST);
        if (status == TA_OK)
            status = ta_yaml_read_around(reader, &event);
        return status == TA_OK ? read_yaml_rest(reader) : status;
    }
    if (event.kind != TA_YAML_LIST)
        return read_yaml_documents(reader, &event, false);
    if (sees_document(&reader->reading->source->window, event.start))
        return read_yaml_documents(reader, &event, true);
    return read_yaml_list(reader, &event);
}

/* What was passed over is a loss only where what is read is written again. */
static void note_comments(const ta_yaml_reader *reader) {
    const ta_yaml_comments *comments = ta_yaml_comments_of(reader->events);
    if (reader->reading->options->converts && comments->count)
        ta_find(reader->reading->finder, &(ta_finding){.code = TA_F_LOSS_COMMENT,
                                                       .place = comments->first,
                                                       .count = comments->count});
}

ta_status ta_yaml_read(const ta_reading *reading, ta_stage *next, uint64_t *records) {
    ta_yaml_reader reader = {.reading = reading, .next = next};
    uint32_t depth_max = reading->options->depth_max;
    *records = 0;
    reader.events = ta_yaml_events_new(reading);
    if (!reader.events)
        return TA_ERR_NOMEM;
    reader.build = (ta_yaml_build){
        .reading = reading,
        .events = reader.events,
        .anchors = &reader.anchors,
        .said = &reader.said,
        .record = reading->record,
        .shape = reading->shape,
        .depth_max = depth_max && depth_max < UINT16_MAX ? depth_max : TA_DEPTH_MAX};
    reading->record->number = 0;
    reading->head->reader = &reader.anchors;
    ta_status status = read_yaml_stream(&reader);
    ta_yaml_said_emit(&reader.said, reading->finder);
    note_comments(&reader);
    *records = reader.records;
    ta_yaml_build_fini(&reader.build);
    reading->head->reader = NULL;
    ta_yaml_anchors_fini(&reader.anchors);
    ta_yaml_events_drop(reader.events);
    if (reader.said.failed)
        return TA_ERR_NOMEM;
    if (status == TA_OK || status == TA_STOP)
        status = ta_text_end(reading, reader.spoilt);
    return status;
}
