/* SPDX-License-Identifier: MIT */
/* JSON (RFC 8259) and JSON Lines: what they look like, where their nodes stand, and their rows
 * in the table. */
#include "format/json/json.h"

/* The end of the value at data if it is a list or object that ends in its first line; NULL: it
 * is not. */
static const char *whole_in_line(const char *data, const char *end) {
    int depth = 0;
    bool in_text = false;
    for (const char *p = data; p < end && *p != '\n'; p++) {
        if (in_text) {
            if (*p == '\\')
                p++;
            else
                in_text = *p != '"';
        } else if (*p == '"') {
            in_text = true;
        } else if (*p == '{' || *p == '[') {
            depth++;
        } else if ((*p == '}' || *p == ']') && --depth <= 0) {
            return p + 1;
        }
    }
    return NULL;
}

static const char *skip_blanks(const char *p, const char *end) {
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
        p++;
    return p;
}

static int sniff_json(const char *data, size_t len, bool whole) {
    (void)whole;
    const char *end = data + len, *p = skip_blanks(data, end);
    if (p == end)
        return 0;
    char first = *p;
    if (first != '{' && first != '[')
        return strchr("\"-0123456789tfn", first) ? 5 : 0;
    p = skip_blanks(p + 1, end);
    if (p == end)
        return 40;
    /* A TOML table or a wiki link begins with a bracket too. */
    return strchr(first == '{' ? "\"}" : "{[\"]-0123456789tfn", *p) ? 80 : 20;
}

static int sniff_jsonl(const char *data, size_t len, bool whole) {
    const char *end = data + len, *p = skip_blanks(data, end);
    if (sniff_json(p, (size_t)(end - p), whole) < 80)
        return 0;
    p = whole_in_line(p, end);
    if (!p)
        return 0;
    const char *next = skip_blanks(p, end);
    bool new_line = memchr(p, '\n', (size_t)(next - p)) != NULL;
    return new_line && next < end && (*next == '{' || *next == '[') ? 90 : 0;
}

/* The start of the key before `value`, and behind its closing quote in *end: backwards over
 * blanks, the colon, blanks and the string, in which a quote with an even number of backslashes
 * before it is the first. */
static const char *find_json_key(const char *value, const char **end) {
    const char *p = value;
    while (*--p != '"')
        continue;
    *end = p + 1;
    for (;;) {
        while (*--p != '"')
            continue;
        const char *slash = p;
        while (slash[-1] == '\\')
            slash--;
        if ((p - slash) % 2 == 0)
            return p;
    }
}

static void locate_json(const ta_record *record, const ta_node *node, ta_located *out) {
    uint64_t base = record->window->offset + (uint64_t)(record->raw - record->window->data);
    memset(out, 0, sizeof *out);
    out->value = (ta_span){base + node->src, base + node->src + node->src_len};
    out->key = out->value;
    if (!node->key)
        return;
    const char *end, *start = find_json_key(record->raw + node->src, &end);
    out->key.start = base + (uint64_t)(start - record->raw);
    out->key.end = base + (uint64_t)(end - record->raw);
}

/* Every line is a record's own: a chunk ends behind its last line feed. */
static size_t split_json_lines(const ta_reading *reading, size_t len) {
    const char *data = reading->source->window.data, *feed = memrchr(data, '\n', len);
    return feed ? (size_t)(feed + 1 - data) : 0;
}

/* The commas between the items of a list, where each ends a line and the next item begins with
 * the same blanks and bracket as the first: no line feed stands in a string, and what an item
 * has inside is indented more, or ends the chunk in the midst of it. */
static size_t split_json_list(const ta_reading *reading, size_t len) {
    const char *data = reading->source->window.data, *first = data + 1;
    while (first < data + len && strchr(" \t\r\n", *first))
        first++;
    size_t lead = (size_t)(first + 1 - data), feed_at = data[1] == '\r' ? 2 : 1;
    if (*data != ',' || data[feed_at] != '\n' || first >= data + len)
        return 0;
    for (const char *end = data + len - lead; end > data;) {
        const char *feed = memrchr(data, '\n', (size_t)(end - data) + feed_at);
        const char *comma = feed - feed_at;
        if (comma <= data)
            break;
        if (!memcmp(comma, data, lead))
            return (size_t)(comma - data);
        end = comma;
    }
    return 0;
}

const ta_format ta_format_json = {
    .name = "json",
    .summary = "JSON (RFC 8259): a list of records, or one document",
    .suffixes = "json",
    .sniff = sniff_json,
    .read = ta_json_read,
    .writer_new = ta_json_writer_new,
    .locate = locate_json,
    .respell = ta_json_respell,
    .split = split_json_list,
};

const ta_format ta_format_jsonl = {
    .name = "jsonl",
    .summary = "JSON Lines: one JSON value a line",
    .suffixes = "jsonl ndjson",
    .list_only = true,
    .sniff = sniff_jsonl,
    .read = ta_json_read,
    .writer_new = ta_json_writer_new,
    .locate = locate_json,
    .respell = ta_json_respell,
    .split = split_json_lines,
    .read_defaults = {.lines = true},
    .write_defaults = {.lines = true},
};
