/* SPDX-License-Identifier: MIT */
/*
 * What libyaml passes over or lets pass around its events, looked at in the bytes: comments are
 * counted; an anchor's name that goes on (`&a:b`), `?x` in flow, `#` right behind a bracket, a
 * quote or the mark of a block text, directives after a document without an end are refused.
 */
#include "format/yaml/marks.h"

#include "base/utf8.h"

enum {
    STEPS_FREE = 100 * 1000 * 1000, /* half a second */
    STEPS_EACH = 64                 /* beyond these, brackets on the average */
};

static const char no_blank_words[] = "a comment needs a blank before the #";

ta_status ta_yaml_refuse(const ta_yaml_marks *m, ta_span span, const char *words) {
    ta_find_in(m->reading->finder, &m->reading->source->window, span,
               m->reading->record->number,
               &(ta_finding){.code = TA_F_YAML_SYNTAX, .found = words});
    return TA_ERR_INPUT;
}

/* The span of the character at an offset. */
ta_span ta_yaml_char_span(const ta_yaml_marks *m, uint64_t offset) {
    uint64_t end = ta_yaml_window_end(m);
    if (offset >= end)
        return (ta_span){end, end};
    int size;
    ta_utf8_decode(ta_yaml_at(m, offset), (size_t)(end - offset), &size);
    return (ta_span){offset, offset + (uint64_t)size};
}

static bool is_mark_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_flow_mark(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

static void count_comment(ta_yaml_marks *m, uint64_t start, uint64_t end) {
    if (!m->comments.count++) {
        m->comments.first = ta_place_in(&m->reading->source->window, (ta_span){start, end});
        m->comments.first.line = NULL; /* it leaves with the window */
        m->comments.first.line_len = 0;
    }
}

/* The `#` at an offset between two events: a comment, whose end is given; 0: it is none and
 * was refused. */
static uint64_t pass_comment(ta_yaml_marks *m, uint64_t at, uint64_t limit) {
    const char *p = ta_yaml_at(m, at);
    if (at > m->base && strchr("]}\"',[{", p[-1])) {
        ta_yaml_refuse(m, (ta_span){at, at + 1}, no_blank_words);
        return 0;
    }
    uint64_t end = at + ta_yaml_line_len(p, (size_t)(limit - at));
    if (at == m->base || is_mark_blank(p[-1]))
        count_comment(m, at, end);
    return end;
}

/* Most gaps are a colon and a blank: no call for them. */
static const char *find_hash(const char *p, size_t len) {
    if (len > 8)
        return memchr(p, '#', len);
    for (const char *end = p + len; p < end; p++)
        if (*p == '#')
            return p;
    return NULL;
}

/* From the end of the event before to the start of the next. False: refused. */
static bool pass_gap(ta_yaml_marks *m, uint64_t from, uint64_t to) {
    while (from < to) {
        const char *p = ta_yaml_at(m, from);
        const char *hash = find_hash(p, (size_t)(to - from));
        if (!hash)
            break;
        from = pass_comment(m, from + (uint64_t)(hash - p), to);
        if (!from)
            return false;
    }
    return true;
}

/* Behind the anchor or alias at an offset. 0: its name goes on in a way that YAML has and
 * libyaml has not, and was refused. */
static uint64_t pass_anchor(ta_yaml_marks *m, uint64_t at, uint64_t limit) {
    uint64_t end = at + 1;
    for (; end < limit; end++) {
        char c = *ta_yaml_at(m, end);
        if (!(c == '-' || c == '_' || (c >= '0' && c <= '9') ||
              ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')))
            break;
    }
    char next = end < limit ? *ta_yaml_at(m, end) : '\n';
    if (is_mark_blank(next) || (m->flow && is_flow_mark(next)))
        return end;
    ta_yaml_refuse(
        m, ta_yaml_char_span(m, end),
        "the name of an anchor has only letters, digits, - and _, and a blank behind it");
    return 0;
}

/* Behind the anchors, tags, blanks and comments before a value. False: refused. */
static bool pass_properties(ta_yaml_marks *m, uint64_t *at, uint64_t limit) {
    while (*at < limit) {
        char c = *ta_yaml_at(m, *at);
        if (c == '&') {
            *at = pass_anchor(m, *at, m->fed);
            if (!*at)
                return false;
        } else if (c == '!') {
            while (*at < limit && !is_mark_blank(*ta_yaml_at(m, *at)) &&
                   !(m->flow && is_flow_mark(*ta_yaml_at(m, *at))))
                ++*at;
        } else if (c == '#') {
            *at = pass_comment(m, *at, limit);
            if (!*at)
                return false;
        } else if (is_mark_blank(c)) {
            ++*at;
        } else {
            break;
        }
    }
    return true;
}

/* The mark of a block text is followed by a blank or the end of the line. False: refused. */
static bool check_block(ta_yaml_marks *m, const ta_yaml_event *out) {
    uint64_t at = out->start;
    if (out->kind != TA_YAML_SCALAR || out->plain || !strchr("|>", *ta_yaml_at(m, at)))
        return true;
    do {
        at++;
    } while (at < out->end && strchr("+-123456789", *ta_yaml_at(m, at)));
    if (at >= out->end || *ta_yaml_at(m, at) != '#')
        return true;
    ta_yaml_refuse(m, (ta_span){at, at + 1}, no_blank_words);
    return false;
}

/* Directives need a `...` before them, or they could be text. False: refused. */
static bool check_directives(ta_yaml_marks *m, const ta_yaml_event *out) {
    if (out->kind == TA_YAML_DOCUMENT_END)
        m->open_ended = out->end == out->start;
    if (out->kind != TA_YAML_DOCUMENT || !m->open_ended || *ta_yaml_at(m, out->start) != '%')
        return true;
    ta_yaml_refuse(m, ta_yaml_char_span(m, out->start),
                   "the document before ends with ... first");
    return false;
}

/* libyaml looks at all open brackets for each token: much text deep inside them takes time by
 * its square. False: refused. */
static bool check_effort(ta_yaml_marks *m, const ta_yaml_event *out) {
    m->steps += m->flow;
    m->events++;
    if (m->steps <= STEPS_FREE || m->steps / m->events <= STEPS_EACH)
        return true;
    ta_yaml_refuse(m, ta_yaml_char_span(m, out->start),
                   "too much text inside so many brackets: write it without them, indented");
    return false;
}

/* What libyaml lets pass around an event. False: refused. */
bool ta_yaml_check(ta_yaml_marks *m, ta_yaml_event *out) {
    uint64_t first = out->start;
    if (!check_effort(m, out))
        return false;
    if ((first > m->last_end && !pass_gap(m, m->last_end, first)) || !check_directives(m, out))
        return false;
    bool value = out->kind == TA_YAML_SCALAR || out->kind == TA_YAML_LIST ||
                 out->kind == TA_YAML_MAP || out->kind == TA_YAML_ALIAS;
    if (!value)
        return true;
    char c = first < m->fed ? *ta_yaml_at(m, first) : 0;
    if (out->kind == TA_YAML_ALIAS && !pass_anchor(m, first, m->fed))
        return false;
    if ((c == '&' || c == '!') &&
        !pass_properties(m, &out->start, out->kind == TA_YAML_SCALAR ? out->end : m->fed))
        return false;
    if (out->end < out->start)
        out->end = out->start; /* of a map, libyaml's mark is before its first key's tag */
    if (m->flow && first > m->last_end && *ta_yaml_at(m, first - 1) == '?' &&
        first < out->end) {
        ta_yaml_refuse(m, (ta_span){first - 1, first},
                       "text that begins with ? needs quotes here, a key a blank behind the ?");
        return false;
    }
    return check_block(m, out);
}

/* Brackets open and close; block collections and pairs without braces end in no character. */
void ta_yaml_count_flow(ta_yaml_marks *m, const ta_yaml_event *out) {
    char c = out->start < m->fed ? *ta_yaml_at(m, out->start) : 0;
    if ((out->kind == TA_YAML_LIST && c == '[') || (out->kind == TA_YAML_MAP && c == '{'))
        m->flow++;
    else if ((out->kind == TA_YAML_LIST_END || out->kind == TA_YAML_MAP_END) &&
             out->end > out->start && m->flow)
        m->flow--;
}
