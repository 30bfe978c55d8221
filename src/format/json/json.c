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

/* The bytes between two items of a list by which others are known: the comma, the line's end
 * with the next item's indent and bracket; in one line, the comma and the item's first key. 0:
 * there are none. */
static size_t measure_json_lead(const char *data, const char *end) {
    const char *first = skip_blanks(data + 1, end);
    if (*data != ',' || end - first < 2)
        return 0;
    if (memchr(data, '\n', (size_t)(first - data)))
        return (size_t)(first + 1 - data);
    const char *key = first[0] == '{' && first[1] == '"' ? first + 2 : NULL;
    const char *close = key ? memchr(key, '"', (size_t)(end - key)) : NULL;
    return close ? (size_t)(close + 1 - data) : 0;
}

/* The last comma between items, from the first, at which the bytes begin. No string holds a
 * line feed or a bare quote, so that such bytes are none of a string's; inside an item the same
 * may stand, which whoever reads the chunk will see. */
static size_t split_json_list(const ta_reading *reading, size_t len) {
    const char *data = reading->source->window.data;
    size_t lead = measure_json_lead(data, data + len);
    const char *feed = memchr(data, '\n', lead), *brace = memchr(data, '{', lead);
    size_t mark = feed ? (size_t)(feed - data) : brace ? (size_t)(brace - data) : 0;
    for (const char *end = data + len - lead; mark && end > data;) {
        const char *hit = memrchr(data, data[mark], (size_t)(end - data) + mark);
        end = hit - mark;
        if (end > data && !memcmp(end, data, lead))
            return (size_t)(end - data);
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
