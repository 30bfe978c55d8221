/* SPDX-License-Identifier: MIT */
#include "schema/uri.h"

static bool is_alpha(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* The length of the scheme with its colon; 0: there is none. */
static size_t scheme_len(ta_text text) {
    size_t i = 0;
    if (!text.len || !is_alpha(text.data[0]))
        return 0;
    while (i < text.len &&
           (is_alpha(text.data[i]) || (text.data[i] >= '0' && text.data[i] <= '9') ||
            memchr("+-.", text.data[i], 3)))
        i++;
    return i > 1 && i < text.len && text.data[i] == ':' ? i + 1 : 0;
}

bool ta_uri_has_scheme(ta_text text) {
    return scheme_len(text) != 0;
}

ta_text ta_uri_split(ta_text text, ta_text *fragment) {
    const char *hash = text.len ? memchr(text.data, '#', text.len) : NULL;
    if (!hash) {
        *fragment = (ta_text){NULL, 0};
        return text;
    }
    size_t len = (size_t)(hash - text.data);
    *fragment = (ta_text){hash + 1, text.len - len - 1};
    return (ta_text){text.data, len};
}

/* Where the path begins: behind scheme and authority. */
static size_t path_start(ta_text text) {
    size_t at = scheme_len(text);
    if (at + 1 < text.len && text.data[at] == '/' && text.data[at + 1] == '/') {
        at += 2;
        while (at < text.len && !memchr("/?", text.data[at], 2))
            at++;
    }
    return at;
}

/* Where the path ends: at the query. */
static size_t path_end(ta_text text) {
    const char *mark = text.len ? memchr(text.data, '?', text.len) : NULL;
    return mark ? (size_t)(mark - text.data) : text.len;
}

/* Takes the last segment away from out, not below `floor`; false: there is none, or it is `..`.
 */
static bool drop_segment(ta_buf *out, size_t floor) {
    size_t at = out->len;
    if (at <= floor + 1)
        return false;
    at--; /* the slash behind it */
    while (at > floor && out->data[at - 1] != '/')
        at--;
    if (out->len - at == 3 && !memcmp(out->data + at, "../", 3))
        return false;
    out->len = at;
    return true;
}

/* Appends a path without the segments `.` and `..` (section 5.2.4). */
static void put_path(ta_text path, ta_buf *out) {
    size_t floor = out->len, at = 0;
    if (path.len && path.data[0] == '/') {
        ta_buf_put(out, "/", 1);
        floor = out->len;
        at = 1;
    }
    bool rooted = at == 1;
    if (path.len > 1 &&
        !memcmp(path.data, "./", 2)) { /* a file in this folder: as it is named */
        ta_buf_put(out, "./", 2);
        floor = out->len;
        at = 2;
    }
    while (at < path.len) {
        const char *slash = memchr(path.data + at, '/', path.len - at);
        size_t len = slash ? (size_t)(slash - path.data) - at : path.len - at;
        const char *segment = path.data + at;
        bool up = len == 2 && !memcmp(segment, "..", 2);
        if (!(len == 1 && *segment == '.') && !(up && (drop_segment(out, floor) || rooted)))
            ta_buf_put(out, segment, len + (slash != NULL));
        at += len + 1;
    }
}

void ta_uri_join(ta_text base, ta_text reference, ta_buf *out) {
    size_t scheme = scheme_len(reference);
    if (!reference.len || scheme) {
        ta_text whole = reference.len ? reference : base;
        ta_buf_put(out, whole.data, whole.len);
        return;
    }
    while (reference.len > 2 && !memcmp(reference.data, "./", 2))
        reference = (ta_text){reference.data + 2, reference.len - 2};
    size_t start = path_start(base), end = path_end(base);
    size_t rest = path_end(reference);
    if (reference.len > 1 && !memcmp(reference.data, "//", 2)) {
        ta_buf_put(out, base.data, scheme_len(base));
        ta_buf_put(out, reference.data, reference.len);
        return;
    }
    ta_buf_put(out, base.data, start);
    ta_buf path = {0};
    size_t folder = rest ? end : start;
    while (rest && folder > start && base.data[folder - 1] != '/')
        folder--;
    if (!rest)
        folder = end; /* a query alone: the base's path stays */
    else if (reference.data[0] == '/')
        folder = start;
    ta_buf_put(&path, base.data + start, folder - start);
    ta_buf_put(&path, reference.data, rest);
    bool rooted = start > scheme_len(base) && (!path.len || path.data[0] != '/');
    ta_buf_puts(out, rooted ? "/" : "");
    put_path((ta_text){ta_buf_text(&path), path.len}, out);
    ta_buf_put(out, reference.data + rest, reference.len - rest);
    out->failed = out->failed || path.failed;
    ta_buf_fini(&path);
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void ta_uri_decode(ta_text text, ta_buf *out) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        int high = c == '%' && i + 2 < text.len ? hex_value(text.data[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.data[i + 2]) : -1;
        if (low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        ta_buf_put(out, &c, 1);
    }
}
