/* SPDX-License-Identifier: MIT */
/*
 * The reader: finds where records begin, has each scanned where it lies in the window, and
 * hands it on. When the window ends inside a record, all before the record is let go, more is
 * read behind it, and it is scanned again from its start; the window doubles, so that this
 * stays linear.
 */
#include "format/json/read.h"
#include "format/json/bytes.h"
#include "format/text.h"

enum {
    PATIENCE = 64 * 1024
}; /* a record longer than this waits for as much again, not for a pipe's next gulp */

static ta_status report_json_size(const ta_json_reader *reader) {
    if (reader->holds)
        return ta_json_report_around(reader);
    return ta_json_report_size(reader->reading);
}

/*
 * Reads on, and lets go what lies before reader->at, or before what is held. TA_OK: the window
 * has more, or the source has ended; else findings were emitted.
 */
static ta_status refill_json(ta_json_reader *reader) {
    ta_source *source = reader->source;
    size_t drop = reader->holds ? reader->hold : reader->at;
    size_t held = source->window.len - drop;
    size_t want = held > PATIENCE ? held * 2 : held + 1;
    ta_status status;
    unsigned byte;
    reader->at -= drop;
    reader->hold = 0;
    do {
        status = ta_source_more(source, drop);
        drop = 0;
    } while (status == TA_OK && source->window.len < want);
    reader->record->raw = source->window.data + reader->at;
    if (status == TA_OK || status == TA_STOP)
        return TA_OK;
    if (status == TA_ERR_INPUT && ta_source_is_full(source, &byte))
        return source->window.len > held ? TA_OK : report_json_size(reader);
    reader->broken = true;
    return ta_text_report_more(reader->reading, status, reader->record->number);
}

ta_status ta_json_peek(ta_json_reader *reader, int *c) {
    const ta_source *source = reader->source;
    ta_status status = TA_OK;
    *c = -1;
    do {
        const char *p = ta_json_blanks(ta_json_here(reader), '\n');
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

ta_status ta_json_refuse(ta_json_reader *reader, ta_json_fail fail) {
    ta_json_scan *scan = &reader->scan;
    const ta_window *window = &reader->source->window;
    reader->record->raw = scan->at = ta_json_here(reader);
    scan->end = window->data + window->len;
    scan->open = TA_JSON_NONE;
    scan->fail = fail;
    return ta_json_complain(reader->reading, scan, reader->opened);
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
static ta_status scan_json_record(ta_json_reader *reader) {
    ta_json_scan *scan = &reader->scan;
    const ta_window *window = &reader->source->window;
    for (;;) {
        ta_record_begin(reader->record, ta_json_here(reader));
        scan->end = window->data + window->len;
        scan->ended = reader->source->ended;
        if (ta_json_scan_value(scan) && (!scan->lines || ends_json_line(scan)))
            return TA_OK;
        if (scan->fail == TA_JSON_MEMORY && reader->record->full)
            return report_json_size(reader);
        if (scan->fail != TA_JSON_MORE)
            return ta_json_complain(reader->reading, scan, reader->opened);
        ta_status status = refill_json(reader);
        if (status != TA_OK)
            return status;
    }
}

/* Scans the value that begins here and goes behind it. Bytes in it that are no text make the
 * file spoilt; *good: there are none. */
static inline ta_status take_json_value(ta_json_reader *reader, bool *good) {
    ta_source *source = reader->source;
    ta_status status = scan_json_record(reader);
    if (status != TA_OK)
        return status;
    reader->record->raw_len = (uint32_t)(reader->scan.at - reader->record->raw);
    reader->at += reader->record->raw_len;
    *good = TA_LIKELY(source->bad >= ta_json_here_offset(reader));
    if (!*good) {
        ta_text_report_bad(reader->reading, reader->record->number);
        ta_source_recheck(source, ta_json_here_offset(reader));
        reader->spoilt = true;
    }
    return TA_OK;
}

ta_status ta_json_pass(ta_json_reader *reader) {
    bool good;
    return take_json_value(reader, &good);
}

/* The record that was read just now is left out. */
static void leave_json_record(ta_json_reader *reader) {
    const ta_reading *reading = reader->reading;
    uint64_t end = ta_json_here_offset(reader);
    reader->spoilt = true;
    if (reading->left.tell)
        reading->left.tell(reading->left.to, end - reader->record->raw_len, end);
}

/*
 * Reads one record and hands it on. TA_ERR_INPUT: its form is broken and where it ends is not
 * known. A record that is refused though its end is known is left out, and TA_OK. TA_STOP: no
 * more are wanted.
 */
static ta_status read_json_record(ta_json_reader *reader) {
    ta_record *record = reader->record;
    bool good;
    ta_keys_trim(record->keys);
    record->number++;
    ta_status status = take_json_value(reader, &good);
    if (status != TA_OK)
        return status;
    if (TA_UNLIKELY(good && reader->scan.twins)) {
        ta_json_report_twins(reader->reading);
        good = false;
    }
    if (TA_UNLIKELY(!good)) {
        leave_json_record(reader);
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

ta_status ta_json_begin(ta_json_reader *reader, ta_form form) {
    ta_head *head = reader->reading->head;
    uint64_t at = ta_json_here_offset(reader);
    head->form = form;
    if (!reader->reading->options->lines)
        head->place = ta_place_keep(&reader->source->window, (ta_span){at, at + 1});
    return ta_stage_begin(reader->next, head);
}

/* Between the items of a list: TA_OK at the next item, TA_STOP behind the closing bracket. */
static ta_status read_json_separator(ta_json_reader *reader, bool first) {
    int c;
    ta_status status = ta_json_peek(reader, &c);
    if (status != TA_OK)
        return status;
    if (c == ']') {
        reader->at++;
        return TA_STOP;
    }
    if (first && c >= 0)
        return TA_OK;
    if (c != ',')
        return ta_json_refuse(reader, TA_JSON_AFTER);
    reader->at++;
    status = ta_json_peek(reader, &c);
    return status == TA_OK && c < 0 ? ta_json_refuse(reader, TA_JSON_VALUE) : status;
}

void ta_json_open(ta_json_reader *reader, ta_json_opened *opened, const char *words) {
    uint64_t at = ta_json_here_offset(reader);
    opened->place = ta_place_keep(&reader->source->window, (ta_span){at, at + 1});
    opened->words = words;
    opened->closer = *ta_json_here(reader) == '{' ? '}' : ']';
    reader->opened = opened;
    reader->at++;
}

/* An item of the list. Behind --limit, only what stands around the list may still be wanted. */
static ta_status read_json_item(ta_json_reader *reader) {
    if (reader->passes)
        return ta_json_pass(reader);
    ta_status status = read_json_record(reader);
    reader->passes = status == TA_STOP && !reader->broken && reader->reading->envelope;
    return reader->passes ? TA_OK : status;
}

/* Between two records. */
static inline bool is_leap_due(const ta_json_reader *reader) {
    const ta_leap *leap = reader->reading->leap;
    return leap && ta_json_here_offset(reader) >= leap->due && reader->records;
}

/* Goes on where the leap leads. */
static ta_status leap_json(ta_json_reader *reader) {
    ta_leap *leap = reader->reading->leap;
    ta_reach reach = {.at = reader->at,
                      .records = reader->records,
                      .numbers = reader->record->number,
                      .spoilt = reader->spoilt};
    ta_status status = leap->leap(leap, reader->reading, &reach);
    reader->at = reach.at;
    reader->records = reach.records;
    reader->record->number = reach.numbers;
    reader->spoilt = reach.spoilt;
    reader->broken |= status != TA_OK;
    return status;
}

ta_status ta_json_read_list(ta_json_reader *reader) {
    const ta_json_opened *outer = reader->opened;
    ta_json_opened list;
    ta_json_open(reader, &list, "the list");
    ta_status status = TA_OK;
    bool ended = false;
    for (bool first = true; status == TA_OK && !ended; first = false) {
        reader->scan.comma = !first;
        status = read_json_separator(reader, first);
        ended = status == TA_STOP;
        if (status == TA_OK)
            status = read_json_item(reader);
        if (status == TA_OK && is_leap_due(reader))
            status = leap_json(reader);
    }
    reader->opened = outer;
    return ended ? TA_OK : status;
}

/* Behind the value there are only blanks. */
static ta_status read_json_rest(ta_json_reader *reader) {
    int c;
    ta_source *source = reader->source;
    ta_status status = ta_json_peek(reader, &c);
    if (status != TA_OK || c < 0)
        return status;
    uint64_t at = ta_json_here_offset(reader);
    if (source->bad <= at)
        ta_text_report_bad(reader->reading, 0);
    else
        ta_find_in(reader->reading->finder, &source->window, (ta_span){at, at + 1}, 0,
                   &(ta_finding){.code = TA_F_JSON_TRAILING});
    return TA_ERR_INPUT;
}

static ta_status read_json_value(ta_json_reader *reader) {
    int c;
    ta_status status = ta_json_peek(reader, &c);
    if (status != TA_OK)
        return status;
    if (c < 0)
        return ta_json_refuse(reader, TA_JSON_VALUE);
    if (reader->reading->options->records)
        status = ta_json_read_around(reader);
    else
        status = ta_json_begin(reader, c == '[' ? TA_FORM_LIST : TA_FORM_DOCUMENT);
    if (status == TA_OK && !reader->reading->options->records)
        status = c == '[' ? ta_json_read_list(reader) : read_json_record(reader);
    return status == TA_OK ? read_json_rest(reader) : status;
}

/* Goes to the next line, in bounded memory, and takes up the search for bad bytes there. */
static ta_status skip_json_line(ta_json_reader *reader) {
    const ta_window *window = &reader->source->window;
    for (;;) {
        const char *from = ta_json_here(reader);
        const char *feed = memchr(from, '\n', window->len - reader->at);
        reader->at = feed ? (size_t)(feed + 1 - window->data) : window->len;
        if (feed || reader->source->ended)
            break;
        ta_status status = refill_json(reader);
        if (status != TA_OK)
            return status;
    }
    if (reader->source->bad < ta_json_here_offset(reader))
        ta_source_recheck(reader->source, ta_json_here_offset(reader));
    return TA_OK;
}

/* A line that is broken goes, whole. */
static ta_status leave_json_line(ta_json_reader *reader, uint64_t start) {
    const ta_reading *reading = reader->reading;
    ta_status status = skip_json_line(reader);
    reader->spoilt = true;
    if (status == TA_OK && reading->left.tell) {
        const char *end = ta_json_here(reader);
        size_t feed = reader->at && end[-1] == '\n',
               back = feed && reader->at > 1 && end[-2] == '\r';
        reading->left.tell(reading->left.to, start, ta_json_here_offset(reader) - feed - back);
    }
    return status;
}

static ta_status peek_json_line(ta_json_reader *reader, int *c) {
    ta_status status = ta_json_peek(reader, c);
    if (status != TA_OK || !is_leap_due(reader))
        return status;
    status = leap_json(reader);
    return status == TA_OK ? ta_json_peek(reader, c) : status;
}

static ta_status read_json_lines(ta_json_reader *reader) {
    int c = 0;
    ta_status status = ta_json_begin(reader, TA_FORM_LIST);
    while (status == TA_OK) {
        status = peek_json_line(reader, &c);
        if (status != TA_OK || c < 0)
            return status;
        uint64_t start = ta_json_here_offset(reader);
        status = read_json_record(reader);
        if (status == TA_ERR_INPUT && !reader->broken)
            status = leave_json_line(reader, start);
    }
    return status;
}

ta_status ta_json_read(const ta_reading *reading, ta_stage *next, uint64_t *records) {
    const ta_read_options *options = reading->options;
    ta_json_reader reader = {
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
        status = ta_text_end(reading, reader.spoilt);
    return status;
}
