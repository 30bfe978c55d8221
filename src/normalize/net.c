/* SPDX-License-Identifier: MIT */
/*
 * Addresses of pages (RFC 3986 section 6.2.2: scheme and host without regard to case) and of
 * mail (RFC 5321 section 2.4: the part before the @ may have its case). What has no scheme is
 * refused, and suggested with http://.
 */
#include "normalize/host.h"
#include "normalize/rule.h"

static bool begins_with(ta_text text, const char *word) {
    size_t len = strlen(word);
    return text.len >= len && !strncasecmp(text.data, word, len);
}

static ta_text skip_bytes(ta_text text, size_t len) {
    return (ta_text){text.data + len, text.len - len};
}

/* How long the scheme is that stands before a colon; 0: there is none. A host has a dot:
 * example.org:8080. */
static size_t scheme_len(ta_text text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == ':')
            return i;
        if (!((c | 32) >= 'a' && (c | 32) <= 'z') &&
            (!i || (!(c >= '0' && c <= '9') && c != '+' && c != '-')))
            return 0;
    }
    return 0;
}

/* Of a damaged scheme what follows it, in text; false: it is not damaged in a known way. */
static bool skip_damage(ta_text *text, const char **scheme) {
    static const struct {
        const char *wrong, *right;
    } rows[] = {{"http://http://", "http://"},
                {"http://https://", "https://"},
                {"https://https://", "https://"},
                {"https://http://", "http://"},
                {"http:///", "http://"},
                {"https:///", "https://"},
                {"http//", "http://"},
                {"https//", "https://"},
                {"http:\\\\", "http://"},
                {"https:\\\\", "https://"},
                {"htpp://", "http://"},
                {"htpps://", "https://"},
                {"htttp://", "http://"},
                {"htttps://", "https://"},
                {"htp://", "http://"},
                {"htps://", "https://"},
                {"ttp://", "http://"},
                {"ttps://", "https://"},
                {"http;//", "http://"},
                {"https;//", "https://"},
                {"hhttp://", "http://"},
                {"hhttps://", "https://"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (begins_with(*text, rows[i].wrong)) {
            *text = skip_bytes(*text, strlen(rows[i].wrong));
            *scheme = rows[i].right;
            return true;
        }
    return false;
}

/* http:/example.org, http:example.org */
static bool skip_slashes(ta_text *text, const char **scheme) {
    bool safe = begins_with(*text, "https:");
    if ((!safe && !begins_with(*text, "http:")) ||
        begins_with(*text, safe ? "https://" : "http://"))
        return false;
    *text = skip_bytes(*text, safe ? 6 : 5);
    if (text->len && *text->data == '/')
        *text = skip_bytes(*text, 1);
    *scheme = safe ? "https://" : "http://";
    return true;
}

/* [user@]host[:port], then the rest as it is. */
static bool put_rest(ta_text text, ta_buf *out) {
    size_t len = 0;
    while (len < text.len && !strchr("/?#", text.data[len]))
        len++;
    const char *at = len ? memrchr(text.data, '@', len) : NULL;
    ta_text host = {at ? at + 1 : text.data, at ? (size_t)(text.data + len - at) - 1 : len};
    ta_buf_put(out, text.data, (size_t)(host.data - text.data));
    if (host.len && *host.data == '[') { /* an address of IPv6: its digits */
        ta_buf_put(out, host.data, host.len + text.len - len);
        return true;
    }
    const char *colon = host.len ? memchr(host.data, ':', host.len) : NULL;
    size_t port = colon ? host.len - (size_t)(colon - host.data) : 0;
    for (size_t i = 1; i < port; i++)
        if (colon[i] < '0' || colon[i] > '9')
            return false;
    if (!ta_normal_host((ta_text){host.data, host.len - port}, out))
        return false;
    ta_buf_put(out, host.data + host.len - port, port + text.len - len);
    return true;
}

static bool has_dot(ta_text text) {
    size_t len = 0;
    while (len < text.len && !strchr("/?#:", text.data[len]))
        len++;
    const char *dot = len ? memchr(text.data, '.', len) : NULL;
    return dot && dot > text.data && dot + 1 < text.data + len;
}

/* What has no scheme, or a damaged one: a suggestion, if a host follows. */
static ta_verdict mend_url(const ta_normal_value *value, ta_normal_result *result,
                           ta_text text) {
    const char *scheme = "http://";
    if (!skip_damage(&text, &scheme) && !skip_slashes(&text, &scheme) &&
        begins_with(text, "//"))
        text = skip_bytes(text, 2);
    ta_buf_puts(&result->text, scheme);
    if (!has_dot(text) || memchr(text.data, '@', text.len) || !put_rest(text, &result->text))
        return ta_normal_refuse(result, TA_F_URL_TEXT, "");
    return ta_normal_suggest(value, result, TA_F_URL_SCHEME, TA_F_URL_SUGGESTED);
}

ta_verdict ta_normal_url(const ta_normal_value *value, ta_normal_result *result) {
    ta_text text = ta_normal_trim(value->text), damaged = text;
    const char *unused;
    if (!text.len || ta_normal_has_blank(text))
        return ta_normal_refuse(result, TA_F_URL_TEXT, "");
    size_t len = scheme_len(text);
    if (!len || skip_damage(&damaged, &unused) || skip_slashes(&damaged, &unused))
        return mend_url(value, result, text);
    for (size_t i = 0; i < len; i++) {
        char c = text.data[i], small = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
        ta_buf_put(&result->text, &small, 1);
    }
    text = skip_bytes(text, len);
    if (!begins_with(text, "://")) { /* mailto:, urn: */
        ta_buf_put(&result->text, text.data, text.len);
        return ta_normal_to(value, result, TA_TEXT, TA_F_URL_FORM);
    }
    ta_buf_puts(&result->text, "://");
    if (!put_rest(skip_bytes(text, 3), &result->text))
        return ta_normal_refuse(result, TA_F_URL_TEXT, "");
    return ta_normal_to(value, result, TA_TEXT, TA_F_URL_FORM);
}

/* (at) [at] {at} <at>, dot too, with blanks around or not. Appends the text with signs in their
 * place; false: there are none. */
static bool unhide_signs(ta_text text, ta_buf *out) {
    static const struct {
        const char *word, *sign;
    } rows[] = {{"(at)", "@"}, {"[at]", "@"}, {"{at}", "@"}, {"(dot)", "."}, {"[dot]", "."},
                {"(a)", "@"},  {"(@)", "@"},  {"[@]", "@"},  {" at ", "@"},  {" dot ", "."}};
    bool found = false;
    for (size_t i = 0; i < text.len;) {
        size_t row = 0, rows_len = sizeof rows / sizeof *rows;
        while (row < rows_len && !begins_with(skip_bytes(text, i), rows[row].word))
            row++;
        found |= row < rows_len;
        if (row < rows_len)
            ta_buf_puts(out, rows[row].sign);
        else if (text.data[i] != ' ')
            ta_buf_put(out, text.data + i, 1);
        i += row < rows_len ? strlen(rows[row].word) : 1;
    }
    return found;
}

/* Appends the address with its domain made canonical; false: it is none. */
static bool put_address(ta_text text, ta_buf *out) {
    const char *at = text.len ? memchr(text.data, '@', text.len) : NULL;
    size_t local = at ? (size_t)(at - text.data) : 0;
    if (!local || local > 64 || *text.data == '.' || text.data[local - 1] == '.')
        return false;
    for (size_t i = 0; i < local; i++)
        if ((unsigned char)text.data[i] <= ' ' || text.data[i] & 0x80 ||
            strchr("()<>[]:;,\\\"", text.data[i]))
            return false;
    ta_text domain = skip_bytes(text, local + 1);
    ta_buf_put(out, text.data, local + 1);
    return has_dot(domain) && domain.data[domain.len - 1] != '.' && ta_normal_host(domain, out);
}

ta_verdict ta_normal_email(const ta_normal_value *value, ta_normal_result *result) {
    ta_text text = ta_normal_trim(value->text);
    if (begins_with(text, "mailto:"))
        text = ta_normal_trim(skip_bytes(text, 7));
    if (text.len > 2 && *text.data == '<' && text.data[text.len - 1] == '>')
        text = (ta_text){text.data + 1, text.len - 2};
    if (put_address(text, &result->text))
        return ta_normal_to(value, result, TA_TEXT, TA_F_EMAIL_FORM);
    ta_buf shown = {0};
    bool hidden = unhide_signs(text, &shown);
    result->text.len = 0;
    bool mended = hidden && put_address((ta_text){shown.data, shown.len}, &result->text);
    result->text.failed |= shown.failed;
    ta_buf_fini(&shown);
    return mended ? ta_normal_suggest(value, result, TA_F_EMAIL_TEXT, TA_F_EMAIL_SUGGESTED)
                  : ta_normal_refuse(result, TA_F_EMAIL_TEXT, "");
}
