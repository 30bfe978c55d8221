/* SPDX-License-Identifier: MIT */
/*
 * Folding character by character, so that no text is held twice. utf8proc's own CASEFOLD knows
 * ß; the letters of the table below have no decomposition in Unicode and are ours. Its string
 * functions, which allocate, are not used.
 */
#include "base/fold.h"

#include <stdlib.h>
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

#define FORM(text)                                                                             \
    { (text), sizeof(text) - 1 }

/* As they come out of ta_fold_text. */
/* clang-format off */
static const struct {
    const char *text;
    size_t len;
} legal_forms[] = {
    FORM("gmbh co kg"), FORM("gmbh und co kg"), FORM("ag co kg"), FORM("sp z o o"),
    FORM("s r o"), FORM("a s"), FORM("s p a"), FORM("s r l"), FORM("s a r l"), FORM("s a s"),
    FORM("g m b h"), FORM("s a"), FORM("s l"), FORM("s n c"), FORM("d o o"), FORM("gmbh"),
    FORM("ggmbh"), FORM("mbh"), FORM("ag"), FORM("kg"), FORM("ohg"), FORM("gbr"), FORM("ug"),
    FORM("se"), FORM("eg"), FORM("ev"), FORM("e v"), FORM("spa"), FORM("srl"), FORM("srls"),
    FORM("snc"), FORM("sapa"), FORM("scarl"), FORM("scrl"), FORM("sa"), FORM("sas"),
    FORM("sasu"), FORM("sarl"), FORM("eurl"), FORM("scop"), FORM("sci"), FORM("gie"),
    FORM("epic"), FORM("sl"), FORM("slu"), FORM("sau"), FORM("ltd"), FORM("limited"),
    FORM("plc"), FORM("llp"), FORM("llc"), FORM("inc"), FORM("corp"), FORM("bv"), FORM("b v"),
    FORM("nv"), FORM("n v"), FORM("bvba"), FORM("sprl"), FORM("asbl"), FORM("vzw"),
    FORM("ab"), FORM("oy"), FORM("oyj"), FORM("as"), FORM("asa"), FORM("aps"), FORM("a b"),
    FORM("sro"), FORM("doo"), FORM("kft"), FORM("zrt"), FORM("nyrt"), FORM("ead"),
    FORM("ood"), FORM("eood"), FORM("sia"), FORM("uab"), FORM("ou"), FORM("ae"), FORM("epe"),
    FORM("lda"), FORM("association loi 1901")
};
/* clang-format on */

#undef FORM

static void put_letter(uint32_t letter, ta_buf *out) {
    char bytes[4];
    for (size_t i = 0; i < sizeof basic_letters / sizeof *basic_letters; i++)
        if (basic_letters[i].letter == letter) {
            ta_buf_puts(out, basic_letters[i].basic);
            return;
        }
    ta_buf_put(out, bytes, (size_t)ta_utf8_encode(letter, bytes));
}

bool ta_fold_keeps(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO &&
           (category < UTF8PROC_CATEGORY_MN || category > UTF8PROC_CATEGORY_ME);
}

/* A letter or digit that comes out; *gap: something that is none stood before it. */
static void put_folded(uint32_t c, size_t start, bool *gap, ta_buf *out) {
    if (*gap && out->len > start)
        ta_buf_puts(out, " ");
    *gap = false;
    put_letter(c, out);
}

/* One character beyond ASCII, decomposed. */
static void fold_character(uint32_t c, size_t start, bool *gap, ta_buf *out) {
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)c, parts, DECOMPOSED_MAX, (utf8proc_option_t)FOLD_OPTIONS, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < DECOMPOSED_MAX; i++) {
        if (ta_fold_keeps((uint32_t)parts[i]))
            put_folded((uint32_t)parts[i], start, gap, out);
        else
            *gap = true;
    }
}

/* The ASCII characters from `at` on: as far as they go. Returns where they end. */
static size_t fold_ascii(const char *text, size_t at, size_t len, size_t start, bool *gap,
                         ta_buf *out) {
    if (!ta_buf_reserve(out, (len - at) * 2))
        return len;
    char *to = out->data + out->len;
    const char *first = out->data + start;
    for (; at < len && (unsigned char)text[at] < 0x80; at++) {
        char c = text[at];
        bool upper = c >= 'A' && c <= 'Z';
        if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
            *gap = true;
            continue;
        }
        if (*gap && to > first)
            *to++ = ' ';
        *gap = false;
        *to++ = (char)(upper ? c + 32 : c);
    }
    out->len = (size_t)(to - out->data);
    return at;
}

void ta_fold_text(const char *text, size_t len, ta_buf *out) {
    size_t start = out->len, at = 0;
    bool gap = false;
    while ((at = fold_ascii(text, at, len, start, &gap, out)) < len) {
        int size;
        fold_character(ta_utf8_decode(text + at, len - at, &size), start, &gap, out);
        at += (size_t)size;
    }
}

/* The length without the longest legal form at the end; the same if there is none, or nothing
 * else. */
static size_t cut_legal_form(const char *text, size_t len) {
    size_t longest = 0;
    for (size_t i = 0; i < sizeof legal_forms / sizeof *legal_forms; i++) {
        const char *form = legal_forms[i].text;
        size_t n = legal_forms[i].len;
        if (n > longest && len > n + 1 && text[len - 1] == form[n - 1] &&
            text[len - n - 1] == ' ' && !memcmp(text + len - n, form, n))
            longest = n;
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

void ta_fold_lower(const char *text, size_t len, ta_buf *out) {
    char bytes[4];
    int size;
    for (size_t at = 0; at < len; at += (size_t)size) {
        uint32_t c = ta_utf8_decode(text + at, len - at, &size);
        uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
        ta_buf_put(out, bytes, (size_t)ta_utf8_encode(small, bytes));
    }
}

static bool is_all_composed(const char *text, size_t len) {
    int size;
    if (ta_utf8_check(text, len) < len)
        return false;
    for (size_t at = 0; at < len; at += (size_t)size)
        if (!ta_fold_is_composed(ta_utf8_decode(text + at, len - at, &size)))
            return false;
    return true;
}

/* Characters in turn: decomposed into room of four bytes each, then composed where they lie. */
void ta_fold_compose(const char *text, size_t len, ta_buf *out) {
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    if (is_all_composed(text, len)) {
        ta_buf_put(out, text, len);
        return;
    }
    utf8proc_ssize_t need = utf8proc_decompose(bytes, (utf8proc_ssize_t)len, NULL, 0, options);
    if (need <= 0)
        return;
    utf8proc_int32_t *room = malloc(((size_t)need + 1) * sizeof *room);
    if (!room) {
        out->failed = true;
        return;
    }
    utf8proc_decompose(bytes, (utf8proc_ssize_t)len, room, need, options);
    utf8proc_ssize_t size = utf8proc_reencode(room, need, options);
    if (size > 0)
        ta_buf_put(out, room, (size_t)size);
    free(room);
}

bool ta_fold_is_composed(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } rows[] = {{0, 0x2FF},       {0x2010, 0x2027}, {0x388, 0x482},  {0x48A, 0x52F},
                {0x20A0, 0x20C0}, {0x2030, 0x205E}, {0x4E00, 0x9FFF}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (c >= rows[i].first && c <= rows[i].last)
            return true;
    return false;
}
