/* SPDX-License-Identifier: MIT */
#include "schema/words.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "record/screen.h"
#include "schema/shape.h"

/* At most TA_SAY_MAX characters; what would break the line is escaped, and what looks like a
 * blank but is none. */
static void say_text(ta_text text, ta_buf *out) {
    size_t at = 0;
    for (size_t shown = 0; at < text.len && shown < TA_SAY_MAX; shown++) {
        size_t left = text.len - at, most = TA_SAY_MAX - shown;
        size_t run = ta_ascii_run(text.data + at, left < most ? left : most);
        if (run) {
            ta_buf_put(out, text.data + at, run);
            at += run;
            shown += run - 1;
            continue;
        }
        int size;
        uint32_t c = ta_utf8_decode(text.data + at, left, &size);
        if (c == '\n')
            ta_buf_puts(out, "\\n");
        else if (c < 0x20 || c == 0x7F || (c != ' ' && ta_utf8_is_space(c)))
            ta_buf_printf(out, "\\u%04x", (unsigned)c);
        else
            ta_buf_put(out, text.data + at, (size_t)size);
        at += (size_t)size;
    }
    if (at < text.len)
        ta_buf_puts(out, "…");
}

void ta_say_scalar(ta_text text, const char *quote, ta_buf *out) {
    ta_buf_puts(out, quote);
    say_text(text, out);
    ta_buf_puts(out, quote);
}

const char *ta_say_count(uint64_t count, const char *one, const char *many,
                         char out[TA_SAY_COUNT]) {
    snprintf(out, TA_SAY_COUNT, "%" PRIu64 " %s", count, count == 1 ? one : many);
    return out;
}

void ta_say_flat(ta_text text, ta_buf *out) {
    size_t at = 0, start = out->len,
           most = text.len < TA_SAY_FLAT_MAX ? text.len : TA_SAY_FLAT_MAX;
    int shown = 0;
    while (at < most && text.data[at] > ' ' && text.data[at] < 0x7F)
        at++;
    ta_buf_put(out, text.data, at);
    for (shown = (int)at; at < text.len && shown < TA_SAY_FLAT_MAX; shown++) {
        int size;
        ta_utf8_decode(text.data + at, text.len - at, &size);
        bool blank = (unsigned char)text.data[at] <= ' ';
        if (!blank)
            ta_buf_put(out, text.data + at, (size_t)size);
        else if (out->len > start && out->data[out->len - 1] != ' ')
            ta_buf_put(out, " ", 1);
        at += (size_t)size;
    }
    while (out->len > start && memchr(" .", out->data[out->len - 1], 2))
        out->len--;
    if (at < text.len)
        ta_buf_puts(out, "…");
}

void ta_say_value(const ta_record *record, const ta_node *node, ta_buf *out) {
    const char *quote = node->kind == TA_TEXT ? "\"" : "";
    if (ta_screen_covers(record, node)) {
        ta_buf_puts(out, TA_SCREEN_WORDS);
    } else if (node->kind == TA_TRUE || node->kind == TA_FALSE) {
        ta_buf_puts(out, node->kind == TA_TRUE ? "true" : "false");
    } else if (node->kind == TA_TEXT || node->kind == TA_NUMBER) {
        ta_say_scalar(ta_node_text(record, node), quote, out);
    } else {
        ta_buf_puts(out, ta_kind_text((ta_kind)node->kind));
    }
}

/* Goes on as long as fewer than TA_SAY_MAX bytes were said since start: each level says one, so
 * recursion is bounded. */
static void say_part(const ta_record *record, const ta_node *node, ta_buf *out, size_t start) {
    if (node->kind < TA_ARRAY || ta_screen_covers(record, node)) {
        ta_say_value(record, node, out);
        return;
    }
    bool is_object = node->kind == TA_OBJECT;
    ta_buf_puts(out, is_object ? "{" : "[");
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        ta_buf_puts(out, c > ta_node_first(node) ? ", " : "");
        if (out->len - start >= TA_SAY_MAX) {
            ta_buf_puts(out, "…");
            break;
        }
        const ta_key *key = &record->keys->items[c->key];
        if (is_object) {
            ta_say_scalar((ta_text){key->text, key->len}, "\"", out);
            ta_buf_puts(out, ": ");
        }
        say_part(record, c, out, start);
    }
    ta_buf_puts(out, is_object ? "}" : "]");
}

void ta_say_whole(const ta_record *record, const ta_node *node, ta_buf *out) {
    say_part(record, node, out, out->len);
}

void ta_say_found(const ta_record *record, const ta_node *node, ta_buf *out) {
    if (node->kind != TA_NULL && node->kind < TA_ARRAY)
        ta_buf_printf(out, "%s ", ta_kind_text((ta_kind)node->kind));
    ta_say_value(record, node, out);
}

void ta_say_types(uint8_t types, bool integer, ta_buf *out) {
    static const struct {
        uint8_t type;
        const char *name;
    } rows[] = {{TA_TYPE_NUMBER, "number"},   {TA_TYPE_STRING, "text"},
                {TA_TYPE_BOOLEAN, "boolean"}, {TA_TYPE_ARRAY, "list"},
                {TA_TYPE_OBJECT, "object"},   {TA_TYPE_NULL, "null"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!(types & rows[i].type))
            continue;
        types &= (uint8_t)~rows[i].type;
        ta_buf_puts(out, !out->len ? "" : types ? ", " : " or ");
        ta_buf_puts(out,
                    rows[i].type == TA_TYPE_NUMBER && integer ? "whole number" : rows[i].name);
    }
}

void ta_say_guess(const char *guess, size_t len, const char *quote, ta_buf *out) {
    ta_buf_puts(out, " (did you mean ");
    ta_buf_puts(out, quote);
    say_text((ta_text){guess, len}, out);
    ta_buf_puts(out, quote);
    ta_buf_puts(out, "?)");
}
