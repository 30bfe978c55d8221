/* SPDX-License-Identifier: MIT */
/*
 * Text without what nobody typed on purpose: NFC; no blanks at the ends, no double ones, no
 * no-break spaces, no invisible characters (zero width, soft hyphen, byte order marks). Quotes,
 * dashes and capitals stay as they are.
 */
#include "base/fold.h"
#include "base/mask.h"
#include "base/utf8.h"
#include "normalize/plain.h"
#include "normalize/rule.h"

/* Joiners (U+200C, U+200D) stay: some scripts and all flags need them. */
static bool is_invisible(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
           (c >= 0x202A && c <= 0x202E);
}

/* The bytes of a character beyond ASCII that stays as it is, whatever stands before it; 0: it
 * does not, or is none. */
static int stays(const char *text, size_t len) {
    const unsigned char *p = (const unsigned char *)text;
    int size;
    if (*p >= 0xC3 && *p <= 0xCB)
        return 2; /* U+00C0 to U+02FF: letters */
    if (len > 2 && *p == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA6)
        return 3; /* U+2010 to U+2026: dashes, quotes */
    uint32_t c = ta_utf8_decode(text, len, &size);
    bool may = c >= 0x80 && ta_fold_is_composed(c) && !ta_utf8_is_blank(c) && !is_invisible(c);
    return may ? size : 0;
}

/* Whether all that the mask marks in a text stays. */
static __attribute__((noinline)) bool all_stay(ta_text text, uint64_t others) {
    while (others) {
        int at = __builtin_ctzll(others), size = stays(text.data + at, text.len - (size_t)at);
        if (!size)
            return false;
        others &= ~(ta_mask_full((size_t)size) << at);
    }
    return true;
}

/* No blank at the ends, no two together, and nothing but blanks and what stays: nothing to do.
 * False says nothing. Of TA_MASK_BYTES at most. */
static inline bool is_clean(ta_text text) {
    uint64_t blanks = 0, visible = 0, all = ta_mask_full(text.len);
    for (size_t at = 0; at < text.len; at += TA_CHUNK) {
        ta_chunk chunk = ta_chunk_load(text.data + at);
        blanks |= ta_chunk_of(chunk, ' ') << at;
        visible |= ta_chunk_between(chunk, ' ', '~') << at;
    }
    blanks &= all;
    if (!text.len || blanks & (1 | blanks << 1 | (uint64_t)1 << (text.len - 1)))
        return false;
    return !(~visible & all) || all_stay(text, ~visible & all);
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* A longer one, cut inside words. */
static __attribute__((noinline)) bool is_long_clean(ta_text text) {
    while (text.len > TA_MASK_BYTES) {
        size_t end = TA_MASK_BYTES;
        while (end && !(is_word_byte(text.data[end - 1]) && is_word_byte(text.data[end])))
            end--;
        if (!is_clean((ta_text){text.data, end}))
            return false;
        text = (ta_text){text.data + end, text.len - end};
    }
    return is_clean(text);
}

bool ta_plain_text(ta_text text) {
    return text.len > TA_MASK_BYTES ? is_long_clean(text) : is_clean(text);
}

/* What was found in a text. */
typedef struct blank_marks {
    bool invisible, blanks;
} blank_marks;

/* Blanks before a line end go too; a line end is kept. */
static void put_visible(ta_text text, ta_buf *out, blank_marks *found) {
    bool pending = false;
    int size;
    for (size_t i = 0; i < text.len; i += (size_t)size) {
        uint32_t c = ta_utf8_decode(text.data + i, text.len - i, &size);
        if (is_invisible(c)) {
            found->invisible = true;
            continue;
        }
        if (ta_utf8_is_blank(c)) {
            found->blanks |= pending || c != ' ' || !out->len;
            pending = true;
            continue;
        }
        bool line_end = c == '\n' || c == '\r';
        if (pending && out->len && !line_end && out->data[out->len - 1] != '\n')
            ta_buf_puts(out, " ");
        pending = false;
        ta_buf_put(out, text.data + i, (size_t)size);
    }
    while (out->len && (out->data[out->len - 1] == '\n' || out->data[out->len - 1] == '\r'))
        out->len--;
}

void ta_normal_clean(ta_text text, ta_buf *out) {
    blank_marks found = {0};
    ta_buf visible = {0};
    put_visible(text, &visible, &found);
    ta_fold_compose(visible.data, visible.len, out);
    out->failed |= visible.failed;
    ta_buf_fini(&visible);
}

ta_verdict ta_normal_blanks(const ta_normal_value *value, ta_normal_result *result) {
    blank_marks found = {0};
    ta_buf visible = {0};
    put_visible(value->text, &visible, &found);
    ta_fold_compose(visible.data, visible.len, &result->text);
    ta_code code = found.invisible ? TA_F_BLANKS_INVISIBLE
                   : result->text.len == visible.len && visible.len != value->text.len
                       ? TA_F_BLANKS_AROUND
                       : TA_F_BLANKS_FORM;
    result->text.failed |= visible.failed;
    ta_buf_fini(&visible);
    return ta_normal_to(value, result, TA_TEXT, code);
}
