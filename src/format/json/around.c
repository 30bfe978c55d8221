/* SPDX-License-Identifier: MIT */
/*
 * --records: walks down the document to the lists on the path, whose items are streamed. The
 * bytes around them are gathered as they were written, piece by piece, each from the end of a
 * list (or the file's start) to the next list's bracket; put together they are a document in
 * which the lists are empty, and in the end they are scanned as one. Until then the window
 * holds the piece that is under way, so that its limit is theirs too.
 */
#include "format/around.h"

#include <stdlib.h>

#include "format/json/read.h"
#include "format/text.h"

/* A list or object on the way down. */
typedef struct json_level {
    ta_json_opened opened;
    uint32_t next; /* index of the child to come */
    bool matched;  /* the path's key was there: its twin is no way down */
    ta_buf key;    /* of the child under way */
} json_level;

typedef struct json_piece {
    size_t text;     /* where it begins in the text, */
    uint64_t offset; /* in the file, */
    ta_where at;     /* line and column */
} json_piece;

typedef struct ta_json_around {
    ta_json_reader *reader;
    const ta_path *path;
    json_level *levels; /* one per step */
    uint32_t depth;     /* how many are open */
    ta_buf text;
    json_piece *pieces;
    size_t piece_count, piece_cap;
    uint64_t lists;  /* streamed so far */
    uint64_t number; /* of the last record */
    ta_memo *memo;   /* the records' own */
    bool spoilt;
} json_around;

/* Appends what is held, up to the offset `end` of the window, to the text. */
static ta_status keep_json_piece(json_around *a, size_t end) {
    ta_json_reader *reader = a->reader;
    ta_window *window = &reader->source->window;
    size_t len = end - reader->hold, pieces = a->piece_count * sizeof *a->pieces;
    if (a->text.len + len + pieces > reader->source->window_max + TA_SOURCE_SLACK)
        return ta_json_report_around(reader);
    if (!ta_array_grow(&a->pieces, &a->piece_cap, a->piece_count + 1, sizeof *a->pieces))
        return TA_ERR_NOMEM;
    uint64_t offset = window->offset + reader->hold;
    a->pieces[a->piece_count++] =
        (json_piece){a->text.len, offset, ta_window_where(window, offset)};
    ta_buf_put(&a->text, window->data + reader->hold, len);
    return a->text.failed ? TA_ERR_NOMEM : TA_OK;
}

/* Findings around the list have no record's number, and paths of their own. */
static void leave_json_records(json_around *a) {
    a->number = a->reader->record->number;
    a->reader->record->number = 0;
    a->reader->record->memo = NULL;
}

static void enter_json_records(json_around *a) {
    a->reader->record->number = a->number;
    a->reader->record->memo = a->memo;
}

static ta_status stream_json_list(json_around *a) {
    ta_json_reader *reader = a->reader;
    ta_status status = keep_json_piece(a, reader->at + 1);
    if (status == TA_OK && !a->lists++)
        status = ta_json_begin(reader, TA_FORM_LIST);
    if (status != TA_OK)
        return status;
    reader->holds = false;
    enter_json_records(a);
    status = ta_json_read_list(reader);
    leave_json_records(a);
    reader->holds = status == TA_OK;
    reader->hold = reader->holds ? reader->at - 1 : 0;
    return status;
}

/* A value, or a key, that stays where it is. */
static ta_status pass_json_around(json_around *a) {
    ta_json_reader *reader = a->reader;
    uint32_t depth_max = reader->scan.depth_max;
    bool spoilt = reader->spoilt;
    reader->spoilt = false;
    reader->scan.above = a->depth;
    reader->scan.depth_max -= a->depth;
    ta_status status = ta_json_pass(reader);
    reader->scan.depth_max = depth_max;
    reader->scan.above = 0;
    a->spoilt |= reader->spoilt;
    reader->spoilt |= spoilt;
    return status;
}

static ta_status enter_json_level(json_around *a, char bracket) {
    ta_json_reader *reader = a->reader;
    if (a->depth >= reader->scan.depth_max)
        return ta_json_refuse(reader, TA_JSON_DEPTH);
    json_level *level = &a->levels[a->depth++];
    level->next = 0;
    level->matched = false;
    level->key.len = 0;
    ta_json_open(reader, &level->opened, bracket == '{' ? "an object" : "a list");
    return TA_OK;
}

/* The value that stands here: a list to be streamed, a level of the path, or what is passed. */
static ta_status take_json_child(json_around *a, bool leads) {
    char c = *ta_json_here(a->reader);
    bool last = a->depth == a->path->count;
    if (leads && last && c == '[')
        return stream_json_list(a);
    bool way = c == '{' || (c == '[' && !last && a->path->steps[a->depth].kind != TA_STEP_KEY);
    if (leads && !last && way)
        return enter_json_level(a, c);
    return pass_json_around(a);
}

static bool is_json_step(const json_level *level, const ta_step *step) {
    if (step->kind == TA_STEP_ALL)
        return true;
    if (level->opened.closer == ']')
        return step->kind == TA_STEP_INDEX && step->index == level->next;
    return !level->matched && level->key.len == step->len &&
           (!step->len || !memcmp(level->key.data, step->text, step->len));
}

/* The key that stands here (c: its first byte) with its colon, as far as its value. */
static ta_status take_json_key(json_around *a, json_level *level, int c) {
    ta_json_reader *reader = a->reader;
    if (c != '"')
        return ta_json_refuse(reader, TA_JSON_KEY);
    ta_status status = pass_json_around(a);
    if (status != TA_OK)
        return status;
    ta_text key = ta_node_text(reader->record, reader->record->nodes);
    level->key.len = 0;
    ta_buf_put(&level->key, key.data, key.len);
    if (level->key.failed)
        return TA_ERR_NOMEM;
    status = ta_json_peek(reader, &c);
    if (status == TA_OK && c != ':')
        status = ta_json_refuse(reader, TA_JSON_COLON);
    if (status != TA_OK)
        return status;
    reader->at++;
    reader->scan.comma = false;
    return ta_json_peek(reader, &c);
}

/* Goes to the innermost level's next value; *leads: the path leads there. TA_STOP: behind its
 * closing bracket. */
static ta_status next_json_child(json_around *a, bool *leads) {
    ta_json_reader *reader = a->reader;
    json_level *level = &a->levels[a->depth - 1];
    const ta_step *step = &a->path->steps[a->depth - 1];
    int c;
    ta_status status = ta_json_peek(reader, &c);
    if (status == TA_OK && c == level->opened.closer) {
        reader->at++;
        return TA_STOP;
    }
    reader->scan.comma = level->next > 0;
    if (status == TA_OK && level->next > 0) {
        if (c != ',')
            return ta_json_refuse(reader, TA_JSON_AFTER);
        reader->at++;
        status = ta_json_peek(reader, &c);
    }
    if (status == TA_OK && level->opened.closer == '}')
        status = take_json_key(a, level, c);
    *leads = is_json_step(level, step);
    level->matched |= *leads;
    level->next++;
    return status;
}

/* From the document's first byte to behind its last. TA_STOP: no more are wanted. */
static ta_status walk_json(json_around *a) {
    ta_json_reader *reader = a->reader;
    bool leads = true;
    for (;;) {
        ta_status status = take_json_child(a, leads);
        if (status != TA_OK)
            return status;
        while (a->depth && (status = next_json_child(a, &leads)) == TA_STOP) {
            a->depth--;
            reader->opened = a->depth ? &a->levels[a->depth - 1].opened : NULL;
        }
        if (!a->depth || status != TA_OK)
            return a->depth ? status : TA_OK;
    }
}

/* From a place in the text to the place in the file. */
static ta_place map_json_place(const json_around *a, const ta_place *place) {
    if (!place->from.line)
        return *place;
    size_t i = a->piece_count - 1;
    while (i && a->pieces[i].text > place->span.start)
        i--;
    const json_piece *piece = &a->pieces[i];
    size_t end = i + 1 < a->piece_count ? a->pieces[i + 1].text : a->text.len;
    ta_window window = {.file = place->file,
                        .data = a->text.data + piece->text,
                        .len = end - piece->text,
                        .offset = piece->offset,
                        .at = piece->at,
                        .memo_offset = piece->offset,
                        .memo = piece->at};
    uint64_t shift = piece->offset - piece->text;
    return ta_place_in(&window, (ta_span){place->span.start + shift, place->span.end + shift});
}

static void map_json_finding(void *to, const ta_finding *finding) {
    const json_around *a = to;
    ta_finding mapped = *finding;
    ta_related related;
    mapped.place = map_json_place(a, &finding->place);
    if (finding->related_count) {
        related = finding->related[0];
        related.place = map_json_place(a, &related.place);
        mapped.related = &related;
        mapped.related_count = 1;
    }
    ta_find(a->reader->reading->finder, &mapped);
}

/* What the whole has against it, or what becomes of it. */
static ta_status judge_json_around(json_around *a, const ta_json_scan *scan) {
    const ta_reading *outer = a->reader->reading;
    ta_finder finder = ta_finder_relay(outer->finder, map_json_finding, a);
    ta_reading reading = *outer;
    reading.record = scan->record;
    reading.finder = &finder;
    ta_status status = TA_ERR_INPUT;
    if (scan->twins)
        ta_json_report_twins(&reading);
    else if (a->lists)
        status = ta_around_give(&reading, scan->record, a->lists);
    else
        status = ta_around_refuse(&reading, scan->record);
    return status;
}

/* Scans what was gathered as one document. */
static ta_status finish_json_around(json_around *a) {
    const ta_reading *reading = a->reader->reading;
    if (!ta_buf_reserve(&a->text, TA_SOURCE_SLACK))
        return TA_ERR_NOMEM;
    memset(a->text.data + a->text.len, 0, TA_SOURCE_SLACK);
    ta_window window = {.file = reading->head->file,
                        .data = a->text.data,
                        .len = a->text.len,
                        .at = {1, 1},
                        .memo = {1, 1}};
    ta_record record = {.keys = reading->record->keys,
                        .window = &window,
                        .head = reading->head,
                        .raw = a->text.data,
                        .raw_len = (uint32_t)a->text.len,
                        .memory_max = reading->record->memory_max};
    ta_json_scan scan = {.record = &record,
                         .keys = record.keys,
                         .end = a->text.data + a->text.len,
                         .depth_max = a->reader->scan.depth_max,
                         .ended = true};
    ta_keys_trim(record.keys);
    ta_status status = TA_OK;
    bool scanned = ta_json_scan_value(&scan);
    reading->record->full = record.full;
    if (scanned)
        status = judge_json_around(a, &scan);
    else
        status = record.full ? ta_json_report_around(a->reader) : TA_ERR_NOMEM;
    ta_record_fini(&record);
    return status;
}

static void drop_json_around(json_around *a) {
    for (uint32_t i = 0; a->levels && i < a->path->count; i++)
        ta_buf_fini(&a->levels[i].key);
    free(a->levels);
    free(a->pieces);
    ta_buf_fini(&a->text);
}

ta_status ta_json_read_around(ta_json_reader *reader) {
    const ta_path *path = reader->reading->options->records;
    json_around a = {.reader = reader, .path = path, .memo = reader->record->memo};
    a.levels = calloc(path->count, sizeof *a.levels);
    if (!a.levels)
        return TA_ERR_NOMEM;
    reader->around = &a;
    reader->hold = reader->at;
    reader->holds = true;
    leave_json_records(&a);
    ta_status status = walk_json(&a);
    if (status == TA_OK)
        status = keep_json_piece(&a, reader->at);
    if (status == TA_OK && !a.spoilt)
        status = finish_json_around(&a);
    enter_json_records(&a);
    reader->holds = false;
    reader->around = NULL;
    drop_json_around(&a);
    return status;
}

/* The path of the value under way. */
static void put_json_here(const json_around *a, ta_buf *out) {
    for (uint32_t i = 0; i < a->depth; i++) {
        const json_level *level = &a->levels[i];
        ta_buf_puts(out, i ? "." : "");
        if (level->opened.closer == '}')
            ta_path_put_step(out, level->key.data, level->key.len, '.');
        else
            ta_buf_printf(out, "%u", level->next - 1);
    }
}

/* The list under way that takes the room. False: it is none. */
static bool put_json_remedy(const ta_json_reader *reader, ta_buf *out) {
    const ta_record *record = reader->record;
    uint32_t depth = reader->around->depth;
    bool under_way = reader->scan.fail == TA_JSON_MORE || reader->scan.fail == TA_JSON_MEMORY;
    if (!under_way || !record->count || !depth)
        return false;
    ta_buf_puts(out, "; --records ");
    put_json_here(reader->around, out);
    if (record->nodes->kind == TA_ARRAY)
        return true;
    ta_buf_puts(out, ".");
    return ta_json_put_streamable(record, out);
}

ta_status ta_json_report_around(const ta_json_reader *reader) {
    ta_buf remedy = {0};
    bool list = put_json_remedy(reader, &remedy);
    remedy.len = list ? remedy.len : 0;
    ta_buf_puts(&remedy, list ? " would stream it"
                              : ": what stands around the list of --records is held whole");
    ta_text_report_size(reader->reading, ta_json_here_offset(reader), 0, ta_buf_text(&remedy));
    ta_buf_fini(&remedy);
    return TA_ERR_INPUT;
}
