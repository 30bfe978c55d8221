/* SPDX-License-Identifier: MIT */
/*
 * Folding character by character, so that no text is held twice. utf8proc's own CASEFOLD knows
 * ß; the letters of the table below have no decomposition in Unicode and are ours. Its string
 * functions, which allocate, are not used.
 */
#include "base/fold.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum {
    DECOMPOSED_MAX = 32, /* Unicode's longest is 18 */
    FOLD_OPTIONS = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD
};

/* Lower-case letters that are letters of their own to Unicode. */
static const struct {
    uint32_t letter;
    const char *basic;
} basic_letters[] = {{0xE6, "ae"},  {0xF0, "d"},  {0xF8, "o"},  {0xFE, "th"}, {0x111, "d"},
                     {0x127, "h"},  {0x131, "i"}, {0x138, "k"}, {0x142, "l"}, {0x14B, "n"},
                     {0x153, "oe"}, {0x167, "t"}, {0x180, "b"}, {0x1E5, "g"}, {0x259, "e"}};

/* As they come out of ta_fold_text, each with a bar behind it. */
static const char legal_forms[] =
    "gmbh co kg|gmbh und co kg|ag co kg|sp z o o|s r o|a s|s p a|s r l|s a r l|s a s|"
    "g m b h|s a|s l|s n c|d o o|gmbh|ggmbh|mbh|ag|kg|ohg|gbr|ug|se|eg|ev|e v|spa|"
    "srl|srls|snc|sapa|scarl|scrl|sa|sas|sasu|sarl|eurl|scop|sci|gie|epic|sl|slu|sau|"
    "ltd|limited|plc|llp|llc|inc|corp|bv|b v|nv|n v|bvba|sprl|asbl|vzw|ab|oy|oyj|as|"
    "asa|aps|a b|sro|doo|kft|zrt|nyrt|ead|ood|eood|sia|uab|ou|ae|epe|lda|"
    "association loi 1901|";

static void put_letter(uint32_t letter, ta_buf *out) {
    char bytes[4];
    for (size_t i = 0; i < sizeof basic_letters / sizeof *basic_letters; i++)
        if (basic_letters[i].letter == letter) {
            ta_buf_puts(out, basic_letters[i].basic);
            return;
        }
    ta_buf_put(out, bytes, (size_t)ta_utf8_encode(letter, bytes));
}

static bool is_letter_or_digit(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO &&
           (category < UTF8PROC_CATEGORY_MN || category > UTF8PROC_CATEGORY_ME);
}

/* One character, decomposed; *gap: something that is no letter stood before it. */
static void fold_character(uint32_t c, size_t start, bool *gap, ta_buf *out) {
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)c, parts, DECOMPOSED_MAX, (utf8proc_option_t)FOLD_OPTIONS, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < DECOMPOSED_MAX; i++) {
        uint32_t part = (uint32_t)parts[i];
        if (!is_letter_or_digit(part)) {
            *gap = true;
            continue;
        }
        if (*gap && out->len > start)
            ta_buf_puts(out, " ");
        *gap = false;
        put_letter(part, out);
    }
}

void ta_fold_text(const char *text, size_t len, ta_buf *out) {
    size_t start = out->len;
    bool gap = false;
    for (size_t at = 0; at < len;) {
        int size = 1;
        uint32_t c = (unsigned char)text[at];
        if (c >= 0x80)
            c = ta_utf8_decode(text + at, len - at, &size);
        fold_character(c, start, &gap, out);
        at += (size_t)size;
    }
}

/* The length without the longest legal form at the end; the same if there is none, or nothing
 * else. */
static size_t cut_legal_form(const char *text, size_t len) {
    size_t longest = 0;
    for (const char *form = legal_forms; *form;) {
        size_t n = strcspn(form, "|");
        if (n > longest && len > n + 1 && text[len - n - 1] == ' ' &&
            !memcmp(text + len - n, form, n))
            longest = n;
        form += n + 1;
    }
    return longest ? len - longest - 1 : len;
}

void ta_fold_name(const char *text, size_t len, ta_buf *out) {
    size_t start = out->len, before;
    ta_fold_text(text, len, out);
    if (out->failed)
        return;
    do {
        before = out->len;
        out->len = start + cut_legal_form(out->data + start, out->len - start);
    } while (out->len != before);
}
