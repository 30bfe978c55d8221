/* SPDX-License-Identifier: MIT */
/*
 * The window, cut into tokens, with libxml2 reading along. It gets each window as it comes in,
 * up to the last '<': so it never sees a tag in two pieces, which it would look at over and
 * over.
 */
#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#include "format/text.h"
#include "format/xml/input.h"
#include "format/xml/valid.h"

enum {
    PATIENCE =
        64 * 1024, /* what is longer waits for as much again, not for a pipe's next gulp */
    WIDE = 4000    /* a tag of fewer bytes cannot have too many attributes */
};

ta_status ta_xml_problem_set(ta_xml_problem *problem, ta_code code, ta_span span,
                             const char *found, ...) {
    if (problem->set)
        return TA_ERR_INPUT;
    problem->set = true;
    problem->code = code;
    problem->at = span.start;
    problem->end = span.end;
    problem->related = UINT64_MAX;
    char text[256];
    va_list args;
    va_start(args, found);
    vsnprintf(text, sizeof text, found, args);
    va_end(args);
    ta_buf_puts(&problem->found, text);
    return TA_ERR_INPUT;
}

/* Where text that may be read ends: the window, a bad byte, or one whose encoding is not known.
 */
static uint64_t readable_end(const ta_xml_input *in) {
    const ta_source *source = in->source;
    uint64_t end = source->window.offset + source->window.len;
    if (source->bad < end)
        end = source->bad;
    return in->foreign < end ? in->foreign : end;
}

static const char *window_at(const ta_xml_input *in, uint64_t offset) {
    return in->source->window.data + (offset - in->source->window.offset);
}

const char *ta_xml_input_here(const ta_xml_input *in, const char **end) {
    *end = window_at(in, readable_end(in));
    return window_at(in, in->at);
}

static size_t count_attributes(const ta_xml_token *tag) {
    const char *at = tag->name + tag->name_len;
    ta_xml_attribute attribute;
    bool broken = false;
    size_t count = 0;
    while (ta_xml_next_attribute(tag, &at, &attribute, &broken))
        count++;
    return count;
}

/* The first tag with too many attributes, or `to`. Looks only at tags that are long enough. */
static const char *find_wide_tag(const char *p, const char *to) {
    while (to - p > WIDE) {
        const char *next = memrchr(p + 1, '<', WIDE);
        if (!next) {
            ta_xml_token tag;
            ta_xml_scan(p, to, &tag);
            if (tag.kind == TA_XML_OPEN && count_attributes(&tag) > TA_XML_ATTRIBUTES_MAX)
                return p;
            next = memchr(p + 1, '<', (size_t)(to - p - 1));
        }
        if (!next)
            break;
        p = next;
    }
    return to;
}

static void feed_to(ta_xml_input *in, uint64_t limit) {
    if (limit > in->hold)
        limit = in->hold;
    if (limit <= in->fed || (in->fed == in->start && limit - in->fed < 4))
        return;
    const char *from = window_at(in, in->fed), *to = window_at(in, limit);
    const char *wide = find_wide_tag(from, to);
    if (wide < to)
        in->hold = ta_xml_offset(in, wide);
    ta_xml_check_feed(in->check, from, (size_t)(wide - from));
    in->fed = ta_xml_offset(in, wide);
}

/* Gives libxml2 what has come in, but for a tag that may not be whole. */
static void feed_window(ta_xml_input *in) {
    uint64_t end = readable_end(in);
    /* Behind the last record of --limit nothing is to be held against a schema. */
    if (end <= in->fed || (in->valid && in->reading->options->limit))
        return;
    const char *from = window_at(in, in->fed);
    const char *last = memrchr(from, '<', (size_t)(end - in->fed));
    if (last)
        feed_to(in, ta_xml_offset(in, last));
}

/* Looks on for a byte beyond ASCII, where the declared encoding is not the one it is read in.
 */
static void find_foreign(ta_xml_input *in) {
    uint64_t end = in->source->window.offset + in->source->window.len;
    if (!*in->declared || in->foreign != UINT64_MAX)
        return;
    for (; in->ascii < end; in->ascii++) {
        if ((unsigned char)*window_at(in, in->ascii) >= 0x80) {
            in->foreign = in->ascii;
            return;
        }
    }
}

static uint64_t lowest(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static ta_status report_full(ta_xml_input *in, uint64_t from) {
    in->reported = true;
    bool path = in->reading->options->records != NULL;
    ta_text_report_size(in->reading, from, in->reading->record->number,
                        path ? "" : ": --records PATH streams the elements at a path");
    return TA_ERR_INPUT;
}

/* Reads on, and lets go what nobody needs. TA_STOP: nothing more came. */
ta_status ta_xml_input_more(ta_xml_input *in) {
    ta_source *source = in->source;
    uint64_t from = lowest(lowest(in->keep, in->fed), in->at);
    size_t drop = (size_t)(from - source->window.offset), held = source->window.len - drop;
    size_t want = held > PATIENCE ? held * 2 : held + 1;
    ta_status status;
    unsigned byte;
    do {
        status = ta_source_more(source, drop);
        drop = 0;
    } while (status == TA_OK && source->window.len < want);
    in->reading->record->raw = source->window.data;
    if (in->keep != UINT64_MAX)
        in->reading->record->raw = window_at(in, in->keep);
    bool grown = source->window.len > held;
    if (status == TA_ERR_INPUT && !grown && ta_source_is_full(source, &byte))
        return report_full(in, from);
    if (status != TA_OK && !grown) {
        in->reported = status != TA_STOP;
        return status == TA_STOP || status == TA_ERR_NOMEM
                   ? status
                   : ta_text_report_more(in->reading, status, in->reading->record->number);
    }
    find_foreign(in);
    feed_window(in);
    return TA_OK;
}

/* Reports the byte at which the readable text ends. */
static ta_status report_unreadable(ta_xml_input *in) {
    ta_source *source = in->source;
    uint64_t at = readable_end(in), number = in->reading->record->number;
    if (ta_xml_input_vouch(in, at) != TA_OK)
        return TA_ERR_INPUT;
    in->reported = true;
    if (!*in->declared || (at == source->bad && !*window_at(in, at))) {
        ta_text_report_bad(in->reading, number);
        return TA_ERR_INPUT;
    }
    ta_find_in(in->reading->finder, &source->window, (ta_span){at, at + 1}, number,
               &(ta_finding){.code = TA_F_XML_ENCODING,
                             .found = in->declared,
                             .expected = at == source->bad
                                             ? "the bytes are not UTF-8"
                                             : "the bytes may be UTF-8 all the same",
                             .name = in->declared});
    return TA_ERR_INPUT;
}

static ta_status check_width(ta_xml_input *in, const ta_xml_token *tag) {
    if (count_attributes(tag) <= TA_XML_ATTRIBUTES_MAX)
        return TA_OK;
    return ta_xml_problem_set(in->problem, TA_F_XML_LIMIT,
                              (ta_span){in->token_at, in->token_at + 1},
                              "more than 1,000 attributes in one tag");
}

ta_status ta_xml_input_next(ta_xml_input *in, ta_xml_token *token) {
    const ta_source *source = in->source;
    for (;;) {
        uint64_t end = readable_end(in), all = source->window.offset + source->window.len;
        ta_xml_scan(window_at(in, in->at), window_at(in, end > in->at ? end : in->at), token);
        in->token_at = in->at;
        if (token->kind == TA_XML_BROKEN)
            return TA_OK;
        if (token->kind != TA_XML_MORE && token->end <= window_at(in, end)) {
            in->at = ta_xml_offset(in, token->end);
            in->elements += token->kind == TA_XML_OPEN;
            if (token->kind == TA_XML_OPEN && token->end - token->at > WIDE)
                return check_width(in, token);
            return TA_OK;
        }
        if (end < all)
            return report_unreadable(in);
        ta_status status = source->ended ? TA_STOP : ta_xml_input_more(in);
        if (status != TA_OK)
            return status;
    }
}

static bool has_fault_before(const ta_xml_input *in, uint64_t offset) {
    const ta_xml_fault *fault = ta_xml_check_fault(in->check);
    return fault && in->start + fault->at < offset;
}

ta_status ta_xml_input_vouch(ta_xml_input *in, uint64_t limit) {
    while (in->start + ta_xml_check_done(in->check) < limit) {
        if (ta_xml_check_fault(in->check))
            return has_fault_before(in, limit) ? TA_ERR_INPUT : TA_OK;
        uint64_t before = in->fed;
        feed_to(in, limit);
        if (in->fed == before)
            feed_to(in, readable_end(in));
        if (in->fed > before)
            continue;
        bool more = !in->source->ended && readable_end(in) == in->fed && in->hold > in->fed;
        ta_status status = more ? ta_xml_input_more(in) : TA_STOP;
        if (status == TA_STOP)
            return TA_OK; /* what is held back is the scanner's to judge */
        if (status != TA_OK)
            return status;
    }
    return TA_OK;
}

ta_status ta_xml_input_vouch_all(ta_xml_input *in) {
    uint64_t end = readable_end(in);
    feed_to(in, end);
    if (!in->ended_check && end == in->fed)
        ta_xml_check_end(in->check);
    in->ended_check = true;
    if (ta_xml_check_fault(in->check))
        return TA_ERR_INPUT;
    if (in->elements != ta_xml_check_elements(in->check))
        return ta_xml_problem_set(in->problem, TA_F_XML_SYNTAX, (ta_span){end, end},
                                  "libxml2 reads this file another way");
    return TA_OK;
}

size_t ta_xml_declared_encoding(const ta_xml_token *pi, const char **name) {
    static const char word[] = "encoding";
    const char *p = memmem(pi->at, (size_t)(pi->end - pi->at), word, sizeof word - 1);
    if (!p)
        return 0;
    for (p += sizeof word - 1; ta_xml_is_blank(*p) || *p == '='; p++)
        continue;
    const char *end =
        *p == '"' || *p == '\'' ? memchr(p + 1, *p, (size_t)(pi->end - p - 1)) : p;
    *name = p + 1;
    return end > p ? (size_t)(end - p - 1) : 0;
}

bool ta_xml_encoding_is_utf8(const char *name, size_t len) {
    return (len == 5 && !strncasecmp(name, "UTF-8", 5)) ||
           (len == 4 && !strncasecmp(name, "UTF8", 4)) ||
           (len == 8 && !strncasecmp(name, "US-ASCII", 8));
}

ta_status ta_xml_input_declare(ta_xml_input *in, const ta_xml_token *pi) {
    const char *name;
    size_t len = ta_xml_declared_encoding(pi, &name);
    if (!len || len >= sizeof in->declared || ta_xml_encoding_is_utf8(name, len) ||
        in->source->encoding)
        return TA_OK;
    memcpy(in->declared, name, len);
    bool wide = !strncasecmp(in->declared, "UTF-16", 6) ||
                !strncasecmp(in->declared, "UTF-32", 6) || !strncasecmp(in->declared, "UCS", 3);
    in->ascii = in->at;
    find_foreign(in);
    if (in->start == 0 && !wide)
        return TA_OK;
    uint64_t at = ta_xml_offset(in, name);
    in->reported = true;
    ta_find_in(in->reading->finder, &in->source->window, (ta_span){at, at + len}, 0,
               &(ta_finding){.code = TA_F_XML_ENCODING,
                             .found = in->declared,
                             .name = in->declared,
                             .expected = in->start ? "the byte order mark is that of UTF-8"
                                                   : "the bytes are not"});
    return TA_ERR_INPUT;
}

ta_status ta_xml_input_init(ta_xml_input *in, const ta_reading *reading,
                            ta_xml_problem *problem) {
    ta_source *source = reading->source;
    const struct ta_xsd *xsd = reading->options->xsd;
    ta_status status = TA_OK;
    *in = (ta_xml_input){.reading = reading,
                         .source = source,
                         .valid = xsd ? ta_xml_valid_new(xsd, reading) : NULL,
                         .keep = UINT64_MAX,
                         .hold = UINT64_MAX,
                         .foreign = UINT64_MAX,
                         .problem = problem};
    in->check = xsd && !in->valid ? NULL : ta_xml_check_new(in->valid);
    if (!in->check)
        return TA_ERR_NOMEM;
    /* Where the first byte stands is known once there is one: a mark may come before it. */
    while (status == TA_OK && !source->window.len)
        status = ta_source_more(source, 0);
    in->start = in->at = in->fed = source->window.offset;
    if (in->valid)
        in->valid->start = in->start;
    if (status == TA_OK || status == TA_STOP) {
        feed_window(in);
        return TA_OK;
    }
    in->reported = true;
    return status == TA_ERR_NOMEM ? status : ta_text_report_more(reading, status, 0);
}

void ta_xml_input_fini(ta_xml_input *in) {
    ta_xml_check_drop(in->check);
    ta_xml_valid_drop(in->valid);
}
