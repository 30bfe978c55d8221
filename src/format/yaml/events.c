/* SPDX-License-Identifier: MIT */
/*
 * The only room of libyaml (0.2.5). What is hidden here: it takes bytes through a handler and
 * copies them; its marks count characters, which become bytes by counting along; it loses
 * track of a last line without an end, which is supplied. It drops comments and lets pass what
 * changes values: marks.c. It takes for line breaks what YAML 1.1 did: breaks.c. Its loader is
 * never used, since that follows aliases without limit: alias.c.
 */
#include "format/yaml/marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

#include "base/utf8.h"
#include "format/text.h"

/* Why libyaml was given no more. */
typedef enum feed_stop {
    FEED_GOES_ON,
    FEED_BAD_BYTE,
    FEED_NO_MORE,
    FEED_DISGUISE,
    FEED_DIRECTIVES
} feed_stop;

enum {
    DIRECTIVES_MAX = 1000, /* lines of % before a document: libyaml takes their square */
    LINE_KEPT = 1000       /* bytes of a line that stay before what is read */
};

struct ta_yaml_events {
    ta_yaml_marks marks;
    ta_source *source;
    yaml_parser_t parser;
    yaml_event_t event; /* the last one, whose texts are lent */
    bool held;
    uint64_t keep;
    size_t memo_index; /* a mark, and its offset */
    uint64_t memo_offset;
    feed_stop stop;
    ta_status stop_status;
    bool newline_given, disguised;
    bool in_document;
    size_t directives; /* before this document, as far as they were fed */
};

/* A byte order mark is passed over by the source with its first bytes. */
static void begin_at_window(ta_yaml_events *e) {
    e->marks.base = e->marks.fed = e->marks.last_end = e->memo_offset =
        e->source->window.offset;
}

/* Whether what is still to be fed is nothing, or the beginning of a pair of surrogates. */
static bool wants_more(const ta_yaml_events *e) {
    size_t rest = (size_t)(ta_yaml_window_end(&e->marks) - e->marks.fed);
    return !rest || (!e->source->ended &&
                     !ta_yaml_whole_pairs(ta_yaml_at(&e->marks, e->marks.fed), rest));
}

/* How much of the window may go: its bytes up to the line of the last event, which excerpts
 * show. */
static size_t passed_bytes(const ta_yaml_events *e) {
    const ta_window *window = &e->source->window;
    uint64_t drop = e->marks.last_end > e->marks.base ? e->marks.last_end - 1 : e->marks.base;
    if (drop > e->keep)
        drop = e->keep;
    size_t len = (size_t)(drop - window->offset), back = len < LINE_KEPT ? len : LINE_KEPT;
    const char *feed = memrchr(window->data + len - back, '\n', back);
    return feed ? (size_t)(feed + 1 - window->data) : len;
}

/* Makes the window longer than what was fed. False: it has ended or failed. */
static bool lengthen_window(ta_yaml_events *e) {
    const ta_window *window = &e->source->window;
    const ta_leap *leap = e->marks.reading->leap;
    while (wants_more(e)) {
        if (e->source->ended || (leap && leap->in_chunk))
            return false;
        ta_status status = ta_source_more(e->source, passed_bytes(e));
        if (status != TA_OK && status != TA_STOP) {
            e->stop = FEED_NO_MORE;
            e->stop_status = status;
            return false;
        }
        if (e->marks.fed < window->offset)
            begin_at_window(e);
    }
    return true;
}

/* A last line without an end gets one. */
static size_t feed_newline(ta_yaml_events *e, unsigned char *room) {
    const ta_window *window = &e->source->window;
    char last = window->len ? window->data[window->len - 1] : '\n';
    if (e->newline_given || last == '\n' || last == '\r')
        return 0;
    e->newline_given = true;
    *room = '\n';
    return 1;
}

/* Whether there are not too many directives with those in the bytes to be fed. */
static bool few_directives(ta_yaml_events *e, const char *from, size_t len) {
    const char *end = from + len;
    for (const char *p = from; (p = memchr(p, '%', (size_t)(end - p))); p++)
        e->directives += p == from || p[-1] == '\n' || p[-1] == '\r';
    return e->directives <= DIRECTIVES_MAX;
}

/* libyaml's read handler: 1 for success, *got = 0 at the end. */
static int feed_yaml(void *to, unsigned char *room, size_t size, size_t *got) {
    ta_yaml_events *e = to;
    *got = 0;
    if (!lengthen_window(e)) {
        *got = e->stop == FEED_GOES_ON ? feed_newline(e, room) : 0;
        return e->stop == FEED_GOES_ON;
    }
    uint64_t end = e->source->bad < ta_yaml_window_end(&e->marks)
                       ? e->source->bad
                       : ta_yaml_window_end(&e->marks);
    const char *from = ta_yaml_at(&e->marks, e->marks.fed);
    size_t len = (size_t)(end - e->marks.fed);
    if (!len) {
        e->stop = FEED_BAD_BYTE;
        return 0;
    }
    if (len > size)
        len = size - ta_utf8_tail(from, size);
    size_t whole = ta_yaml_whole_pairs(from, len);
    len = whole ? whole : len;
    if (!e->in_document && !few_directives(e, from, len)) {
        e->stop = FEED_DIRECTIVES;
        return 0;
    }
    size_t clean = ta_yaml_find_hidden(from, len);
    memcpy(room, from, clean);
    e->marks.fed += clean;
    *got = clean;
    if (clean == len)
        return 1;
    size_t taken;
    e->disguised = true;
    *got +=
        ta_yaml_disguise(from + clean, len - clean, (char *)room + clean, size - clean, &taken);
    *got -= ta_utf8_tail((const char *)room, *got);
    e->marks.fed += taken - ta_utf8_tail(from, clean + taken);
    if (!*got)
        e->stop = FEED_DISGUISE;
    return *got != 0;
}

/* The offset of a mark. Marks beyond what was given stand at its end. */
static uint64_t mark_offset(ta_yaml_events *e, size_t index) {
    const char *data = ta_yaml_at(&e->marks, e->source->window.offset);
    const char *at = ta_yaml_at(&e->marks, e->memo_offset),
               *end = ta_yaml_at(&e->marks, e->marks.fed);
    size_t here = e->memo_index;
    while (here > index && at > data) {
        at--;
        here -= ((unsigned char)*at & 0xC0) != 0x80;
    }
    while (here < index && at < end) {
        uint64_t eight; /* up to eight characters at once, if all are single bytes */
        memcpy(&eight, at, sizeof eight);
        size_t want = index - here < 8 ? index - here : 8;
        if (end - at >= 8 && !(eight & 0x8080808080808080)) {
            at += want;
            here += want;
            continue;
        }
        do {
            at++;
        } while (at < end && ((unsigned char)*at & 0xC0) == 0x80);
        here++;
    }
    e->memo_index = here;
    e->memo_offset = e->source->window.offset + (uint64_t)(at - data);
    return e->memo_offset;
}

/* Why the feeding stopped. */
static ta_status explain_stop(ta_yaml_events *e) {
    uint64_t number = e->marks.reading->record->number;
    unsigned byte;
    if (e->stop == FEED_BAD_BYTE) {
        ta_text_report_bad(e->marks.reading, number);
        return TA_ERR_INPUT;
    }
    if (e->stop == FEED_DIRECTIVES)
        return ta_yaml_refuse(&e->marks, ta_yaml_char_span(&e->marks, e->marks.fed),
                              "more than 1000 directives before a document");
    if (e->stop == FEED_DISGUISE)
        return ta_yaml_refuse(
            &e->marks, ta_yaml_char_span(&e->marks, e->marks.fed),
            "a noncharacter (U+FDD0 to U+FDD3): write it as an escape in double "
            "quotes");
    if (e->stop_status == TA_ERR_INPUT && ta_source_is_full(e->source, &byte)) {
        uint64_t start = e->keep == UINT64_MAX ? e->source->window.offset : e->keep;
        ta_text_report_size(e->marks.reading, start, number, "; --records PATH streams a list");
        return TA_ERR_INPUT;
    }
    return ta_text_report_more(e->marks.reading, e->stop_status, number);
}

static ta_status explain_control(ta_yaml_events *e) {
    char words[96];
    uint64_t offset = e->marks.base + e->parser.problem_offset;
    uint64_t start = e->source->window.offset;
    /* Disguises may be longer than what they hide: then the character is searched. */
    if (e->disguised)
        for (offset = start; offset < e->marks.fed;
             offset = ta_yaml_char_span(&e->marks, offset).end) {
            int size;
            const char *at = ta_yaml_at(&e->marks, offset);
            if (ta_utf8_decode(at, (size_t)(e->marks.fed - offset), &size) ==
                (uint32_t)e->parser.problem_value)
                break;
        }
    snprintf(
        words, sizeof words,
        "the character U+%04X cannot stand in YAML: write it as an escape in double quotes",
        (unsigned)e->parser.problem_value);
    return ta_yaml_refuse(&e->marks,
                          ta_yaml_char_span(&e->marks, offset < start ? start : offset), words);
}

static ta_status explain_token(ta_yaml_events *e, uint64_t offset) {
    char words[64];
    ta_span span = ta_yaml_char_span(&e->marks, offset);
    const char *at = ta_yaml_at(&e->marks, span.start);
    if (*at == '\t' && span.end > span.start)
        return ta_yaml_refuse(&e->marks, span, "a tab: YAML is indented with blanks only");
    snprintf(words, sizeof words, "text cannot begin with %.*s: quote it",
             (int)(span.end - span.start), at);
    return ta_yaml_refuse(&e->marks, span, words);
}

static ta_status explain_failure(ta_yaml_events *e) {
    const yaml_parser_t *parser = &e->parser;
    /* For want of memory it sometimes fails without a word. */
    if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR)
        return TA_ERR_NOMEM;
    if (e->stop != FEED_GOES_ON)
        return explain_stop(e);
    if (parser->error == YAML_READER_ERROR)
        return explain_control(e);
    const char *problem = parser->problem;
    uint64_t offset = mark_offset(e, parser->problem_mark.index);
    if (!strcmp(problem, "found character that cannot start any token"))
        return explain_token(e, offset);
    bool at_context;
    const char *words = ta_yaml_words(problem, &at_context);
    uint64_t context = mark_offset(e, parser->context_mark.index);
    if (at_context && e->memo_index == parser->context_mark.index)
        offset = context; /* else it has left the window */
    return ta_yaml_refuse(&e->marks, ta_yaml_char_span(&e->marks, offset), words);
}

/* A block text ends behind its last line that is not empty. */
static void trim_block(const ta_yaml_events *e, ta_yaml_event *out) {
    while (out->end > out->start + 1 && strchr(" \t\r\n", *ta_yaml_at(&e->marks, out->end - 1)))
        out->end--;
}

static void take_scalar(ta_yaml_events *e, ta_yaml_event *out) {
    yaml_scalar_style_t style = e->event.data.scalar.style;
    char *text = (char *)e->event.data.scalar.value;
    out->kind = TA_YAML_SCALAR;
    out->plain = style == YAML_PLAIN_SCALAR_STYLE;
    out->text = text;
    out->len = e->event.data.scalar.length;
    out->anchor = (const char *)e->event.data.scalar.anchor;
    out->tag = (const char *)e->event.data.scalar.tag;
}

/* Puts right the breaks of 1.1 and the pairs of surrogates in a scalar. False: it has escapes
 * for the disguises too, so that one cannot be told from the other, and was refused. */
static bool reveal_scalar(ta_yaml_events *e, ta_yaml_event *out) {
    size_t hidden = 0, count;
    uint64_t at = out->start;
    for (;; hidden++, at++) {
        at += ta_yaml_find_hidden(ta_yaml_at(&e->marks, at), (size_t)(out->end - at));
        if (at >= out->end)
            break;
    }
    if (!hidden)
        return true;
    ta_text written = {ta_yaml_at(&e->marks, out->start), (size_t)(out->end - out->start)};
    bool quoted = e->event.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    out->len =
        ta_yaml_reveal((char *)e->event.data.scalar.value, out->len, written, quoted, &count);
    if (count == hidden)
        return true;
    ta_yaml_refuse(
        &e->marks, (ta_span){out->start, out->end},
        "escapes for U+FDD0 to U+FDD3 beside a raw U+0085, U+2028 or U+2029, or a pair of "
        "surrogates: write these as \\x85, \\u2028, \\u2029, or the character itself");
    return false;
}

/* libyaml's event as ours; false: one that says nothing. */
static bool take_event(ta_yaml_events *e, ta_yaml_event *out) {
    switch (e->event.type) {
    case YAML_DOCUMENT_START_EVENT:
        e->in_document = true;
        out->kind = TA_YAML_DOCUMENT;
        return true;
    case YAML_DOCUMENT_END_EVENT:
        e->in_document = false;
        e->directives = 0;
        out->kind = TA_YAML_DOCUMENT_END;
        return true;
    case YAML_ALIAS_EVENT:
        out->kind = TA_YAML_ALIAS;
        out->text = (const char *)e->event.data.alias.anchor;
        out->len = strlen(out->text);
        return true;
    case YAML_SCALAR_EVENT:
        take_scalar(e, out);
        return true;
    case YAML_SEQUENCE_START_EVENT:
        out->kind = TA_YAML_LIST;
        out->anchor = (const char *)e->event.data.sequence_start.anchor;
        out->tag = (const char *)e->event.data.sequence_start.tag;
        return true;
    case YAML_MAPPING_START_EVENT:
        out->kind = TA_YAML_MAP;
        out->anchor = (const char *)e->event.data.mapping_start.anchor;
        out->tag = (const char *)e->event.data.mapping_start.tag;
        return true;
    case YAML_SEQUENCE_END_EVENT:
        out->kind = TA_YAML_LIST_END;
        return true;
    case YAML_MAPPING_END_EVENT:
        out->kind = TA_YAML_MAP_END;
        return true;
    case YAML_STREAM_END_EVENT:
        out->kind = TA_YAML_END;
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
        break;
    }
    return false;
}

ta_status ta_yaml_next(ta_yaml_events *e, ta_yaml_event *out) {
    do {
        if (e->held)
            yaml_event_delete(&e->event);
        e->held = false;
        memset(out, 0, sizeof *out);
        if (!yaml_parser_parse(&e->parser, &e->event))
            return explain_failure(e);
        e->held = true;
    } while (!take_event(e, out));
    out->start = mark_offset(e, e->event.start_mark.index);
    out->end = mark_offset(e, e->event.end_mark.index);
    if (!ta_yaml_check(&e->marks, out))
        return TA_ERR_INPUT;
    if (out->kind == TA_YAML_SCALAR && e->disguised && !reveal_scalar(e, out))
        return TA_ERR_INPUT;
    ta_yaml_count_flow(&e->marks, out);
    e->marks.anchored += out->anchor || out->kind == TA_YAML_ALIAS;
    if (out->kind == TA_YAML_SCALAR && !out->plain)
        trim_block(e, out);
    bool opens = out->kind == TA_YAML_LIST || out->kind == TA_YAML_MAP;
    e->marks.last_end = opens ? out->start : out->end;
    return TA_OK;
}

void ta_yaml_keep(ta_yaml_events *e, uint64_t offset) {
    e->keep = offset;
}

bool ta_yaml_is_flow(const ta_yaml_events *e) {
    return e->marks.flow != 0;
}

const ta_yaml_comments *ta_yaml_comments_of(const ta_yaml_events *e) {
    return &e->marks.comments;
}

static bool open_parser(ta_yaml_events *e) {
    if (!yaml_parser_initialize(&e->parser))
        return false;
    yaml_parser_set_encoding(&e->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&e->parser, feed_yaml, e);
    begin_at_window(e);
    e->memo_index = 0;
    e->keep = UINT64_MAX;
    return true;
}

bool ta_yaml_restart(ta_yaml_events *e) {
    if (e->held)
        yaml_event_delete(&e->event);
    e->held = false;
    yaml_parser_delete(&e->parser);
    e->newline_given = false;
    e->disguised = false;
    e->in_document = true; /* no line before it is a directive */
    return open_parser(e);
}

uint64_t ta_yaml_next_item(const ta_yaml_events *e) {
    const ta_window *window = &e->source->window;
    const char *from = ta_yaml_at(&e->marks, e->marks.last_end);
    const char *dash = from + strspn(from, " \r\n"), *line = dash;
    while (line > window->data && line[-1] == ' ')
        line--;
    bool shown = line > window->data && line[-1] == '\n' && dash[0] == '-' && dash[1] == ' ';
    return shown ? window->offset + (uint64_t)(line - window->data) : 0;
}

bool ta_yaml_is_open_ended(const ta_yaml_events *e) {
    return e->marks.open_ended;
}

uint64_t ta_yaml_names(const ta_yaml_events *e) {
    return e->marks.anchored;
}

void ta_yaml_recount(ta_yaml_events *e) {
    e->marks.anchored = e->marks.comments.count = 0;
}

ta_yaml_events *ta_yaml_events_new(const ta_reading *reading) {
    ta_yaml_events *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    e->marks.reading = reading;
    e->source = reading->source;
    if (open_parser(e))
        return e;
    free(e);
    return NULL;
}

void ta_yaml_events_drop(ta_yaml_events *e) {
    if (!e)
        return;
    if (e->held)
        yaml_event_delete(&e->event);
    yaml_parser_delete(&e->parser);
    free(e);
}
