/* SPDX-License-Identifier: MIT */
/*
 * A line is shown with its personal values replaced. Where it belongs to further records too
 * (a list on one line), those are left out: what of them is personal is not known here.
 */
#include "record/screen.h"

#include <ctype.h>

#include "record/stage.h"

/* Whether what was found is a number of characters, items and so on, or a key: no value. */
static bool is_count(ta_code code) {
    static const ta_code counts[] = {
        TA_F_MIN_LENGTH, TA_F_MAX_LENGTH,        TA_F_MIN_ITEMS,      TA_F_MAX_ITEMS,
        TA_F_CONTAINS,   TA_F_MIN_PROPERTIES,    TA_F_MAX_PROPERTIES, TA_F_ANY_OF,
        TA_F_ONE_OF,     TA_F_DEPENDENT_REQUIRED};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] == code)
            return true;
    return false;
}

void ta_screen_finding(ta_finding *finding) {
    finding->personal = true;
    if (finding->rule_id) /* its values were put into words one by one */
        return;
    if (finding->found && !is_count(finding->code))
        finding->found = TA_SCREEN_WORDS;
    bool changed = strstr(ta_codes[finding->code].message, "-> {replacement}") != NULL;
    finding->replacement = changed ? TA_SCREEN_WORDS : NULL;
    finding->detail = NULL;
}

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c & 0x80;
}

bool ta_screen_quotes(const ta_window *window, ta_span span, ta_code code) {
    if (!window->screen)
        return false;
    uint64_t at = span.start - window->offset;
    switch ((int)code) {
    case TA_F_JSON_SYNTAX: /* a word; brackets and the like are no values */
        return span.start >= window->offset && at < window->len && is_word(window->data[at]);
    case TA_F_JSON_NUMBER:
    case TA_F_CSV_RECOVERED:
    case TA_F_YAML_TAG_VALUE:
        return true;
    default:
        return false;
    }
}

/* A line under work: its bytes begin at `base` of the record's raw ones (they may begin before
 * or after those). */
typedef struct cover {
    int64_t base;
    size_t len, count;
    bool overflow;
    ta_hidden *parts;
} cover;

static void add_part(cover *c, int64_t from, int64_t to, const char *words) {
    from = from < c->base ? 0 : from - c->base;
    to = to < c->base ? 0 : to - c->base;
    if (to > (int64_t)c->len)
        to = (int64_t)c->len;
    if (from >= to)
        return;
    c->overflow |= c->count == TA_HIDDEN_MAX;
    if (c->overflow)
        return;
    size_t at = c->count++;
    for (; at && c->parts[at - 1].start > (size_t)from; at--)
        c->parts[at] = c->parts[at - 1];
    c->parts[at] = (ta_hidden){(size_t)from, (size_t)to, words};
}

static void add_value(void *to, const ta_node *node) {
    add_part(to, node->src, (int64_t)node->src + node->src_len, TA_SCREEN_WORDS);
}

/* What may stand before or behind a record without being another one's value. */
static bool is_frame(char c) {
    return c && strchr(" \t\r-[],", c);
}

static void add_outside(cover *c, const char *line, int64_t raw_len) {
    size_t before = c->base < 0 ? (size_t)-c->base : 0;
    size_t from = before < c->len ? before : c->len;
    while (from && is_frame(line[from - 1]))
        from--;
    add_part(c, c->base, c->base + (int64_t)from, "…");
    int64_t end = raw_len - c->base;
    size_t to = end < 0 ? 0 : end < (int64_t)c->len ? (size_t)end : c->len;
    while (to < c->len && is_frame(line[to]))
        to++;
    add_part(c, c->base + (int64_t)to, c->base + (int64_t)c->len, "…");
}

size_t ta_screen_line(const ta_place *place, ta_hidden hidden[TA_HIDDEN_MAX]) {
    const ta_record *record = place->record;
    const ta_screen *screen = record && record->window ? record->window->screen : NULL;
    if (place->hidden)
        memcpy(hidden, place->hidden, place->hidden_count * sizeof *hidden);
    if (!screen || !place->line)
        return place->hidden_count;
    cover c = {.base = place->line - record->raw, .len = place->line_len, .parts = hidden};
    int64_t end = c.base + (int64_t)c.len;
    add_outside(&c, place->line, record->raw_len);
    ta_span within = {c.base < 0 ? 0 : (uint64_t)c.base, end < 0 ? 0 : (uint64_t)end};
    screen->each(screen->to, record, within, add_value, &c);
    if (c.overflow)
        hidden[0] = (ta_hidden){0, c.len, TA_SCREEN_WORDS};
    return c.overflow ? 1 : c.count;
}
