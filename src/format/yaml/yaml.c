/* SPDX-License-Identifier: MIT */
/* YAML's row in the table, and what it looks like. */
#include "format/yaml/yaml.h"

enum { SNIFFED_LINES = 20 };

static bool is_sniff_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether a line is `key: value`, `key:` or begins with `- `. */
static bool is_yaml_line(const char *line, const char *end) {
    while (line < end && *line == ' ')
        line++;
    if (line < end && *line == '-')
        return line + 1 == end || is_sniff_blank(line[1]);
    const char *colon = memchr(line, ':', (size_t)(end - line));
    while (colon && colon + 1 < end && !is_sniff_blank(colon[1]))
        colon = memchr(colon + 1, ':', (size_t)(end - colon - 1));
    return colon && colon > line;
}

static bool begins(const char *text, const char *end, const char *mark) {
    size_t len = strlen(mark);
    return (size_t)(end - text) >= len && !memcmp(text, mark, len);
}

/* Of the first lines that are neither empty nor comments, at least half are YAML's, the first
 * among them. */
static int sniff_yaml(const char *data, size_t len, bool whole) {
    const char *end = data + len;
    int lines = 0, hits = 0;
    (void)whole;
    if (begins(data, end, "%YAML "))
        return 95;
    for (const char *line = data; line < end && lines < SNIFFED_LINES;) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *stop = feed ? feed : end;
        const char *text = line;
        while (text < stop && is_sniff_blank(*text))
            text++;
        line = stop + 1;
        if (text == stop || *text == '#')
            continue;
        if (!lines && begins(text, stop, "---") &&
            (text + 3 == stop || is_sniff_blank(text[3])))
            return 90;
        if (!lines && strchr("<{[\"", *text))
            return 0;
        bool hit = is_yaml_line(text, stop);
        if (!lines && !hit)
            return 0;
        lines++;
        hits += hit;
    }
    return lines && hits * 2 >= lines ? 60 : 0;
}

/* Before the last line that begins with a dash in the first one's column: if it is none of a
 * text's, what stands before it is a list of its own. */
static size_t split_yaml(const ta_reading *reading, size_t len) {
    const char *data = reading->source->window.data, *feed = data + len;
    size_t indent = strspn(data, " ");
    if (memcmp(data + indent, "- ", 2) != 0)
        return 0;
    while ((feed = memrchr(data, '\n', (size_t)(feed - data))))
        if (strspn(feed + 1, " ") == indent && !memcmp(feed + 1 + indent, "- ", 2))
            return (size_t)(feed + 1 - data);
    return 0;
}

const ta_format ta_format_yaml = {
    .name = "yaml",
    .summary = "YAML (1.2, core schema): a list of records, documents, or one document",
    .suffixes = "yaml yml",
    .sniff = sniff_yaml,
    .read = ta_yaml_read,
    .writer_new = ta_yaml_writer_new,
    .locate = ta_yaml_locate,
    .respell = ta_yaml_respell,
    .home = ta_yaml_home,
    .split = split_yaml,
};
