/* SPDX-License-Identifier: MIT */
/*
 * The reader: finds where records begin, has each scanned where it lies in the window, and
 * hands it on. When the window ends inside a record, all before the record is let go, more is
 * read behind it, and it is scanned again from its start; the window doubles, so that this
 * stays linear.
 */
#include "format/json/bytes.h"
#include "format/json/json.h"
#include "format/text.h"

enum {
    PATIENCE = 64 * 1024
}; /* a record longer than this waits for as much again, not for a pipe's next gulp */

typedef struct json_reader {
    const ta_reading *reading;
    ta_source *source;
    ta_record *record;
    ta_stage *next;
    ta_json_scan scan;
    size_t at; /* where in the window the reading stands */
    bool list; /* inside the file's list, which opened at: */
    ta_place opened;
    bool spoilt; /* findings were emitted: some records are missing */
    bool broken; /* the source gives no more, or the stages take no more */
    uint64_t records;
} json_reader;

static const char *json_here(const json_reader *reader) {
    return reader->source->window.data + reader->at;
}

static uint64_t json_here_offset(const json_reader *reader) {
    return reader->source->window.offset + reader->at;
}

/*
 * Reads on, and lets go what lies before reader->at. TA_OK: the window has more, or the source
 * has ended; else findings were emitted.
 */
static ta_status refill_json(json_reader *reader) {
    ta_source *source = reader->source;
    size_t held = source->window.len - reader->at, drop = reader->at;
    size_t want = held > PATIENCE ? held * 2 : held + 1;
    ta_status status;
    unsigned byte;
    reader->at = 0;
    do {
        status = ta_source_more(source, drop);
        drop = 0;
    } while (status == TA_OK && source->window.len < want);
    reader->record->raw = source->window.data;
    if (status == TA_OK || status == TA_STOP)
        return TA_OK;
    if (status == TA_ERR_INPUT && ta_source_is_full(source, &byte))
        return source->window.len > held ? TA_OK : ta_json_report_size(reader->reading);
    reader->broken = true;
    return ta_text_report_more(reader->reading, status, reader->record->number);
}

/* Passes over blanks between records. *c is the byte that follows, -1 at the end of the input.
 */
static ta_status peek_json(json_reader *reader, int *c) {
    const ta_source *source = reader->source;
    ta_status status = TA_OK;
    *c = -1;
    do {
        const char *p = ta_json_blanks(json_here(reader), '\n');
        size_t at = (size_t)(p - source->window.data);
        reader->at = at < source->window.len ? at : source->window.len;
        if (reader->at < source->window.len) {
            *c = (unsigned char)*p;
            return TA_OK;
        }
        if (source->ended)
            return TA_OK;
        status = refill_json(reader);
    } while (status == TA_OK);
    return status;
}

/* Complains about a failure at the place where the reading stands, between records. */
static ta_status refuse_json(json_reader *reader, ta_json_fail fail) {
    ta_json_scan *scan = &reader->scan;
    const ta_window *window = &reader->source->window;
    reader->record->raw = scan->at = json_here(reader);
    scan->end = window->data + window->len;
    scan->open = TA_JSON_NONE;
    scan->fail = fail;
    return ta_json_complain(reader->reading, scan, reader->list ? &reader->opened : NULL);
}

/* In JSONL: whether the value is followed by the end of its line. */
static bool ends_json_line(ta_json_scan *scan) {
    const char *p = scan->at;
    if (*p != '\n')
        p = ta_json_blanks(p, ' ');
    if (*p == '\n' || (p >= scan->end && scan->ended))
        return true;
    ta_json_stop(scan, p, p, TA_JSON_LINE);
    return false;
}

/* Scans the record that begins here, with as much of the file as that takes. */
static ta_status scan_json_record(json_reader *reader) {
    ta_json_scan *scan = &reader->scan;
    const ta_window *window = &reader->source->window;
    for (;;) {
        ta_record_begin(reader->record, json_here(reader));
        scan->end = window->data + window->len;
        scan->ended = reader->source->ended;
        if (ta_json_scan_value(scan) && (!scan->lines || ends_json_line(scan)))
            return TA_OK;
        if (scan->fail != TA_JSON_MORE)
            return ta_json_complain(reader->reading, scan,
                                    reader->list ? &reader->opened : NULL);
        ta_status status = refill_json(reader);
        if (status != TA_OK)
            return status;
    }
}

/* What a whole record may still have against it. */
static ta_status vet_json_record(json_reader *reader) {
    ta_source *source = reader->source;
    if (TA_UNLIKELY(source->bad < json_here_offset(reader))) {
        ta_text_report_bad(reader->reading, reader->record->number);
        ta_source_recheck(source, json_here_offset(reader));
        return TA_ERR_INPUT;
    }
    if (TA_UNLIKELY(reader->scan.twins)) {
        ta_json_report_twins(reader->reading);
        return TA_ERR_INPUT;
    }
    return TA_OK;
}

/*
 * Reads one record and hands it on. TA_ERR_INPUT: its form is broken and where it ends is not
 * known. A record that is refused though its end is known is left out, and TA_OK. TA_STOP: no
 * more are wanted.
 */
static ta_status read_json_record(json_reader *reader) {
    ta_record *record = reader->record;
    ta_keys_trim(record->keys);
    record->number++;
    ta_status status = scan_json_record(reader);
    if (status != TA_OK)
        return status;
    record->raw_len = (uint32_t)(reader->scan.at - record->raw);
    reader->at += record->raw_len;
    if (vet_json_record(reader) != TA_OK) {
        reader->spoilt = true;
        return TA_OK;
    }
    status = ta_stage_put(reader->next, record);
    if (status != TA_OK) {
        reader->broken = true;
        return status;
    }
    reader->records++;
    uint64_t limit = reader->reading->options->limit;
    return limit && reader->records >= limit ? TA_STOP : TA_OK;
}

static ta_status begin_json(json_reader *reader, ta_form form) {
    reader->reading->head->form = form;
    return ta_stage_begin(reader->next, reader->reading->head);
}

/* Between the items of a list: TA_OK at the next item, TA_STOP behind the closing bracket. */
static ta_status read_json_separator(json_reader *reader, bool first) {
    int c;
    ta_status status = peek_json(reader, &c);
    if (status != TA_OK)
        return status;
    if (c == ']') {
        reader->at++;
        return TA_STOP;
    }
    if (first && c >= 0)
        return TA_OK;
    if (c != ',')
        return refuse_json(reader, TA_JSON_AFTER);
    reader->at++;
    status = peek_json(reader, &c);
    return status == TA_OK && c < 0 ? refuse_json(reader, TA_JSON_VALUE) : status;
}

/* *ended: the closing bracket was reached. */
static ta_status read_json_list(json_reader *reader, bool *ended) {
    uint64_t at = json_here_offset(reader);
    reader->list = true;
    reader->opened = ta_place_in(&reader->source->window, (ta_span){at, at + 1});
    reader->opened.line = NULL; /* it leaves with the window */
    reader->opened.line_len = 0;
    reader->at++;
    ta_status status = begin_json(reader, TA_FORM_LIST);
    for (bool first = true; status == TA_OK; first = false) {
        reader->scan.comma = !first;
        status = read_json_separator(reader, first);
        *ended = status == TA_STOP;
        if (status == TA_OK)
            status = read_json_record(reader);
    }
    return status;
}

/* Behind the value there are only blanks. */
static ta_status read_json_rest(json_reader *reader) {
    int c;
    ta_source *source = reader->source;
    ta_status status = peek_json(reader, &c);
    if (status != TA_OK || c < 0)
        return status;
    uint64_t at = json_here_offset(reader);
    if (source->bad <= at)
        ta_text_report_bad(reader->reading, 0);
    else
        ta_find_in(reader->reading->finder, &source->window, (ta_span){at, at + 1}, 0,
                   &(ta_finding){.code = TA_F_JSON_TRAILING});
    return TA_ERR_INPUT;
}

static ta_status read_json_value(json_reader *reader) {
    int c;
    bool ended = false;
    ta_status status = peek_json(reader, &c);
    if (status != TA_OK)
        return status;
    if (c < 0)
        return refuse_json(reader, TA_JSON_VALUE);
    if (c == '[') {
        status = read_json_list(reader, &ended);
    } else {
        status = begin_json(reader, TA_FORM_DOCUMENT);
        if (status == TA_OK)
            status = read_json_record(reader);
        ended = status == TA_OK;
    }
    return ended ? read_json_rest(reader) : status;
}

/* Goes to the next line, in bounded memory, and takes up the search for bad bytes there. */
static ta_status skip_json_line(json_reader *reader) {
    const ta_window *window = &reader->source->window;
    for (;;) {
        const char *from = json_here(reader);
        const char *feed = memchr(from, '\n', window->len - reader->at);
        reader->at = feed ? (size_t)(feed + 1 - window->data) : window->len;
        if (feed || reader->source->ended)
            break;
        ta_status status = refill_json(reader);
        if (status != TA_OK)
            return status;
    }
    if (reader->source->bad < json_here_offset(reader))
        ta_source_recheck(reader->source, json_here_offset(reader));
    return TA_OK;
}

static ta_status read_json_lines(json_reader *reader) {
    int c = 0;
    ta_status status = begin_json(reader, TA_FORM_LIST);
    while (status == TA_OK) {
        status = peek_json(reader, &c);
        if (status != TA_OK || c < 0)
            return status;
        status = read_json_record(reader);
        if (status == TA_ERR_INPUT && !reader->broken) {
            reader->spoilt = true;
            status = skip_json_line(reader);
        }
    }
    return status;
}

ta_status ta_json_read(const ta_reading *reading, ta_stage *next, uint64_t *records) {
    const ta_read_options *options = reading->options;
    json_reader reader = {
        .reading = reading,
        .source = reading->source,
        .record = reading->record,
        .next = next,
        .scan = {.record = reading->record,
                 .keys = reading->record->keys,
                 .depth_max = options->depth_max ? options->depth_max : TA_DEPTH_MAX,
                 .lines = options->lines},
    };
    if (reader.scan.depth_max >= UINT16_MAX)
        reader.scan.depth_max = UINT16_MAX - 1;
    reading->record->number = 0;
    ta_status status = options->lines ? read_json_lines(&reader) : read_json_value(&reader);
    *records = reader.records;
    if (status == TA_OK || status == TA_STOP)
        status = reader.spoilt ? TA_ERR_INPUT : TA_OK;
    return status;
}
