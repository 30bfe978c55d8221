/* SPDX-License-Identifier: MIT */
#include "flow/hints.h"

#include <stdbool.h>
#include <string.h>

static const ta_text no_hint = {"", 0};

static const char *skip_json_blanks(const char *at, const char *end) {
    while (at < end && memchr(" \t\r\n", *at, 4))
        at++;
    return at;
}

/* The text that begins at a quote; *at moves behind it. Empty where it holds escapes. */
static ta_text take_json_text(const char **at, const char *end) {
    const char *start = ++*at;
    bool plain = true;
    while (*at < end && **at != '"') {
        plain = plain && **at != '\\';
        *at += **at == '\\' ? 2 : 1;
    }
    ta_text text = {start, (size_t)(*at - start)};
    bool closed = *at < end;
    *at = closed ? *at + 1 : end;
    return closed && plain ? text : no_hint;
}

static bool is_word_text(ta_text text, const char *word) {
    return text.len == strlen(word) && !memcmp(text.data, word, text.len);
}

ta_text ta_hint_of_json(const char *data, size_t len) {
    const char *end = data + len, *at = skip_json_blanks(data, end);
    if (at == end || *at != '{')
        return no_hint;
    do {
        at = skip_json_blanks(at + 1, end);
        if (at == end || *at != '"')
            return no_hint;
        ta_text key = take_json_text(&at, end);
        at = skip_json_blanks(at, end);
        if (at == end || *at != ':')
            return no_hint;
        at = skip_json_blanks(at + 1, end);
        if (at == end || *at == '{' || *at == '[')
            return no_hint;
        ta_text value = no_hint;
        if (*at == '"')
            value = take_json_text(&at, end);
        while (at < end && *at != ',' && *at != '}')
            at++;
        if (is_word_text(key, "$schema"))
            return value;
    } while (at < end && *at == ',');
    return no_hint;
}

/* A value up to a comment or the line's end, without its quotes. */
static ta_text trim_yaml(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    while (end > at && (end[-1] == '\r' || end[-1] == ' ' || end[-1] == '\t'))
        end--;
    if (at < end && (*at == '"' || *at == '\'')) {
        const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
        return close ? (ta_text){at + 1, (size_t)(close - at - 1)} : no_hint;
    }
    const char *blank = memchr(at, ' ', (size_t)(end - at));
    return (ta_text){at, (size_t)((blank ? blank : end) - at)};
}

static const char *behind_word(const char *at, const char *end, const char *word) {
    size_t len = strlen(word);
    return (size_t)(end - at) >= len && !memcmp(at, word, len) ? at + len : NULL;
}

ta_text ta_hint_of_yaml(const char *data, size_t len) {
    static const char *const words[] = {
        "$schema:", "\"$schema\":", "'$schema':", "# yaml-language-server: $schema=",
        "#yaml-language-server: $schema="};
    const char *end = data + len;
    for (const char *line = data; line < end;) {
        const char *feed = memchr(line, '\n', (size_t)(end - line)), *stop = feed ? feed : end;
        for (size_t i = 0; feed && i < sizeof words / sizeof *words; i++) {
            const char *value = behind_word(line, stop, words[i]);
            if (value)
                return trim_yaml(value, stop);
        }
        if (line > data && behind_word(line, stop, "---"))
            return no_hint; /* the next document */
        line = feed ? feed + 1 : end;
    }
    return no_hint;
}

/* Behind what ends a comment, an instruction or a declaration; NULL: it does not end here. */
static const char *skip_markup(const char *at, const char *end) {
    const char *close = behind_word(at, end, "<!--") ? "-->" : *(at + 1) == '?' ? "?>" : ">";
    const char *found = memmem(at, (size_t)(end - at), close, strlen(close));
    return found ? found + strlen(close) : NULL;
}

ta_text ta_hint_of_xml(const char *data, size_t len) {
    const char *end = data + len, *at = data;
    while (at && (at = memchr(at, '<', (size_t)(end - at))) && at + 1 < end &&
           (at[1] == '!' || at[1] == '?'))
        at = skip_markup(at, end);
    if (!at || at + 1 >= end)
        return no_hint;
    const char *name = ++at;
    while (at < end && !memchr(" \t\r\n/>", *at, 6)) {
        name = *at == ':' ? at + 1 : name;
        at++;
    }
    return at < end ? (ta_text){name, (size_t)(at - name)} : no_hint;
}
