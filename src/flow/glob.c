/* SPDX-License-Identifier: MIT */
/*
 * Step by step. Of stars only the last that was met is ever taken up again, and so of steps of
 * two stars: the time is bounded by the product of the lengths.
 */
#include "flow/glob.h"

static size_t step_len(const char *path) {
    return strcspn(path, "/");
}

static const char *next_step(const char *path) {
    path += step_len(path);
    return path + strspn(path, "/");
}

/* The bytes of the character that text begins with. */
static size_t character_len(const char *text, const char *end) {
    size_t len = 1;
    while (text + len < end && ((unsigned char)text[len] & 0xC0) == 0x80)
        len++;
    return len;
}

/* The end of the set that begins at a `[`; NULL: it is none. */
static const char *set_end(const char *set, const char *end) {
    const char *at = set + 1;
    at += at < end && (*at == '!' || *at == '^');
    at += at < end && *at == ']';
    while (at < end && *at != ']')
        at++;
    return at < end ? at + 1 : NULL;
}

static bool is_in_set(const char *set, const char *end, unsigned char c) {
    const char *at = set + 1;
    bool other = *at == '!' || *at == '^', found = false;
    for (at += other; at < end - 1; at++) {
        unsigned char from = (unsigned char)*at, to = from;
        if (at[1] == '-' && at + 2 < end - 1) {
            to = (unsigned char)at[2];
            at += 2;
        }
        found |= from <= c && c <= to;
    }
    return found != other;
}

/* One character of a step against one item of the pattern, which is no star. Both move on. */
static bool take_item(const char **pattern, const char *pattern_end, const char **text,
                      const char *text_end) {
    const char *p = *pattern, *t = *text, *set = NULL;
    if (p == pattern_end || t == text_end)
        return false;
    if (*p == '[')
        set = set_end(p, pattern_end);
    size_t len = *p == '?' || set ? character_len(t, text_end) : 1;
    bool fits = true;
    if (set)
        fits = is_in_set(p, set, (unsigned char)*t);
    else if (*p != '?') {
        p += *p == '\\' && p + 1 < pattern_end;
        fits = *p == *t;
    }
    *pattern = set ? set : p + 1;
    *text = t + len;
    return fits;
}

static bool fits_step(const char *pattern, size_t pattern_len, const char *text, size_t len) {
    const char *end = pattern + pattern_len, *text_end = text + len;
    const char *star = NULL, *again = NULL;
    for (;;) {
        while (pattern < end && *pattern == '*') {
            star = ++pattern;
            again = text;
        }
        if (pattern == end && text == text_end)
            return true;
        if (take_item(&pattern, end, &text, text_end))
            continue;
        if (!star || again == text_end)
            return false;
        text = ++again;
        pattern = star;
    }
}

bool ta_glob_fits(const char *pattern, const char *path) {
    const char *stars = NULL, *again = NULL;
    for (;;) {
        size_t len = step_len(pattern);
        if (len == 2 && pattern[0] == '*' && pattern[1] == '*') {
            pattern = next_step(pattern);
            if (!*pattern)
                return *path;
            stars = pattern;
            again = path;
            continue;
        }
        if (!*pattern && !*path)
            return true;
        if (*pattern && *path && fits_step(pattern, len, path, step_len(path))) {
            pattern = next_step(pattern);
            path = next_step(path);
            continue;
        }
        if (!stars || !*again)
            return false;
        path = again = next_step(again);
        pattern = stars;
    }
}

bool ta_glob_is(const char *word) {
    return strpbrk(word, "*?[");
}

size_t ta_glob_stem(const char *pattern) {
    size_t plain = strcspn(pattern, "*?[\\");
    while (plain && pattern[plain - 1] != '/')
        plain--;
    return plain;
}

/* Whether a rule, without its `!`, fits the first path_len bytes of a path. */
static bool fits_rule(const char *rule, const char *path, size_t path_len, bool is_folder) {
    char pattern[4096], name[4096];
    size_t len = strlen(rule);
    if (!len || len >= sizeof pattern || path_len >= sizeof name)
        return false;
    bool folders_only = rule[len - 1] == '/';
    if (folders_only && !is_folder)
        return false;
    memcpy(pattern, rule, len - folders_only);
    pattern[len - folders_only] = 0;
    memcpy(name, path, path_len);
    name[path_len] = 0;
    const char *slash = strchr(pattern, '/'), *last = strrchr(name, '/');
    if (slash)
        return ta_glob_fits(pattern + (slash == pattern), name);
    return ta_glob_fits(pattern, last ? last + 1 : name);
}

static bool rules_cover(const ta_strings *rules, const char *path, size_t len, bool is_folder) {
    for (size_t i = rules->count; i-- > 0;) {
        const char *rule = rules->items[i];
        bool back = *rule == '!';
        if (fits_rule(rule + back, path, len, is_folder))
            return !back;
    }
    return false;
}

bool ta_glob_leaves_out(const ta_strings *rules, const char *path) {
    for (size_t len = strcspn(path, "/"); path[len]; len += 1 + strcspn(path + len + 1, "/"))
        if (rules_cover(rules, path, len, true))
            return true;
    return rules_cover(rules, path, strlen(path), false);
}
