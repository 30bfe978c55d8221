/* SPDX-License-Identifier: MIT */
/*
 * Plain text must not be taken for anything else by the core schema of 1.2, nor by 1.1 with its
 * yes and no, its sexagesimal numbers, dates and merge keys. Where in doubt it is quoted:
 * quotes change nothing.
 */
#include "format/yaml/style.h"

#include <stdbool.h>

#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { WORD_MAX = 5 }; /* the longest of the words that mean something */

/* What the first character says; controls and the blank are not in the table. */
typedef enum first_class { FIRST_FREE, FIRST_NEVER, FIRST_WORD, FIRST_NUMBER } first_class;

/* clang-format off */
static const uint8_t first_classes[256] = {
    [0x7F] = FIRST_NEVER, ['!'] = FIRST_NEVER, ['"'] = FIRST_NEVER, ['#'] = FIRST_NEVER, ['%'] = FIRST_NEVER,
    ['&'] = FIRST_NEVER, ['\''] = FIRST_NEVER, ['*'] = FIRST_NEVER, [','] = FIRST_NEVER,
    [':'] = FIRST_NEVER, ['>'] = FIRST_NEVER, ['?'] = FIRST_NEVER, ['@'] = FIRST_NEVER,
    ['['] = FIRST_NEVER, [']'] = FIRST_NEVER, ['`'] = FIRST_NEVER, ['{'] = FIRST_NEVER,
    ['|'] = FIRST_NEVER, ['}'] = FIRST_NEVER,
    ['<'] = FIRST_WORD, ['='] = FIRST_WORD, ['~'] = FIRST_WORD,
    ['f'] = FIRST_WORD, ['F'] = FIRST_WORD, ['n'] = FIRST_WORD, ['N'] = FIRST_WORD,
    ['o'] = FIRST_WORD, ['O'] = FIRST_WORD, ['t'] = FIRST_WORD, ['T'] = FIRST_WORD,
    ['y'] = FIRST_WORD, ['Y'] = FIRST_WORD,
    ['+'] = FIRST_NUMBER, ['-'] = FIRST_NUMBER, ['.'] = FIRST_NUMBER,
    ['0'] = FIRST_NUMBER, ['1'] = FIRST_NUMBER, ['2'] = FIRST_NUMBER, ['3'] = FIRST_NUMBER,
    ['4'] = FIRST_NUMBER, ['5'] = FIRST_NUMBER, ['6'] = FIRST_NUMBER, ['7'] = FIRST_NUMBER,
    ['8'] = FIRST_NUMBER, ['9'] = FIRST_NUMBER,
};

/* Characters that occur in numbers, dates and times, .inf and .nan. */
static const bool number_chars[256] = {
    ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
    ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['a'] = true, ['b'] = true,
    ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true, ['A'] = true, ['B'] = true,
    ['C'] = true, ['D'] = true, ['E'] = true, ['F'] = true, ['x'] = true, ['X'] = true,
    ['o'] = true, ['O'] = true, ['i'] = true, ['I'] = true, ['n'] = true, ['N'] = true,
    ['t'] = true, ['T'] = true, ['z'] = true, ['Z'] = true, ['_'] = true, ['.'] = true,
    [':'] = true, ['+'] = true, ['-'] = true, [','] = true, [' '] = true,
};
/* clang-format on */

static bool is_meaning_word(const char *text, size_t len) {
    static const char *const words[] = {"y", "n", "yes", "no",   "on",   "off",
                                        "~", "=", "<<",  "true", "null", "false"};
    char lower[WORD_MAX];
    if (len > WORD_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        lower[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && !memcmp(words[i], lower, len))
            return true;
    return false;
}

static bool may_be_number(const char *text, size_t len) {
    if (len >= 3 && (!memcmp(text, "---", 3) || !memcmp(text, "...", 3)))
        return true; /* a document's mark */
    if (text[0] == '-' && (len == 1 || text[1] == ' '))
        return true; /* a list item */
    for (size_t i = 0; i < len; i++)
        if (!number_chars[(unsigned char)text[i]])
            return false;
    return true;
}

/* Whether the character at p, which begins with 0xC2, 0xE2 or 0xEF, can only be written as an
 * escape: C1 controls, the line breaks of 1.1, the byte order mark, some noncharacters. */
static bool is_odd_char(const char *p) {
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] == 0xC2)
        return u[1] < 0xA0;
    if (u[0] == 0xE2)
        return u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9);
    return (u[1] == 0xBB && u[2] == 0xBF) || (u[1] == 0xBF && u[2] >= 0xBE) ||
           (u[1] == 0xB7 && u[2] >= 0x90 && u[2] <= 0xAF);
}

/* Whether the character at p keeps its text from being plain; `end` is the text's. */
static bool breaks_plain(const char *text, const char *p, const char *end) {
    switch ((unsigned char)*p) {
    case ':':
        return p + 1 == end || p[1] == ' ';
    case '#':
        return p > text && p[-1] == ' ';
    case 0xC2:
    case 0xE2:
    case 0xEF:
        return is_odd_char(p);
    default:
        return (unsigned char)*p < 0x20 || *p == 0x7F;
    }
}

/* Whether a text may be plain but for its beginning. */
static bool body_is_plain(const char *text, size_t len) {
    const char *end = text + len;
#ifdef __SSE2__
    for (const char *p = text; p < end; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i hit = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20)); /* signed: from 0x80 on, too */
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8(':')));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('#')));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
        unsigned within = end - p < 16 ? (1U << (end - p)) - 1 : 0xFFFF;
        unsigned hits = (unsigned)_mm_movemask_epi8(hit);
        unsigned high = (unsigned)_mm_movemask_epi8(v) & within;
        if (high) {
            __m128i odd = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2));
            odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2)));
            odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xEF)));
            hits = (hits & ~high) | (unsigned)_mm_movemask_epi8(odd);
        }
        for (hits &= within; hits; hits &= hits - 1)
            if (breaks_plain(text, p + __builtin_ctz(hits), end))
                return false;
    }
#else
    for (const char *p = text; p < end; p++)
        if (breaks_plain(text, p, end))
            return false;
#endif
    return true;
}

/* Lines without blanks at their ends, the first that is not empty without any at its start. */
static bool is_clean_lines(const char *text, size_t len) {
    bool began = false;
    for (size_t i = 0; i < len; i++) {
        bool blank = text[i] == ' ' || text[i] == '\t';
        if (blank && (!began || i + 1 == len || text[i + 1] == '\n'))
            return false;
        began |= text[i] != '\n';
    }
    return began;
}

/* The style of a text that cannot be plain. */
static ta_yaml_style quoted_style(const char *text, size_t len) {
    bool lines = false, tabs = false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            lines = true;
        else if (c == '\t')
            tabs = true;
        else if (c < 0x20 || c == 0x7F ||
                 ((c == 0xC2 || c == 0xE2 || c == 0xEF) && is_odd_char(text + i)))
            return TA_YAML_DOUBLE;
    }
    if (lines)
        return is_clean_lines(text, len) ? TA_YAML_LITERAL : TA_YAML_DOUBLE;
    return tabs ? TA_YAML_DOUBLE : TA_YAML_SINGLE;
}

ta_yaml_style ta_yaml_style_of(const char *text, size_t len) {
    if (!len)
        return TA_YAML_SINGLE;
    unsigned char c = (unsigned char)*text;
    first_class first = c > ' ' ? first_classes[c] : FIRST_NEVER;
    if (first == FIRST_NEVER || text[len - 1] == ' ' || !body_is_plain(text, len))
        return quoted_style(text, len);
    bool means = first == FIRST_WORD     ? is_meaning_word(text, len)
                 : first == FIRST_NUMBER ? may_be_number(text, len)
                                         : false;
    return means ? TA_YAML_SINGLE : TA_YAML_PLAIN;
}

void ta_yaml_put_single(ta_buf *out, const char *text, size_t len) {
    const char *end = text + len;
    ta_buf_put(out, "'", 1);
    for (const char *quote; (quote = memchr(text, '\'', (size_t)(end - text)));
         text = quote + 1) {
        ta_buf_put(out, text, (size_t)(quote + 1 - text));
        ta_buf_put(out, "'", 1);
    }
    ta_buf_put(out, text, (size_t)(end - text));
    ta_buf_put(out, "'", 1);
}

/* Appends the escape of the character at text; its bytes. */
static size_t put_escape(ta_buf *out, const char *text, size_t len) {
    static const char letters[128] = {
        [0] = '0',    ['\a'] = 'a', ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\v'] = 'v',
        ['\f'] = 'f', ['\r'] = 'r', [0x1B] = 'e', ['"'] = '"',  ['\\'] = '\\'};
    int size;
    uint32_t point = ta_utf8_decode(text, len, &size);
    if (point < 128 && letters[point]) {
        char escape[2] = {'\\', letters[point]};
        ta_buf_put(out, escape, 2);
    } else {
        ta_buf_printf(out, point < 256 ? "\\x%02X" : "\\u%04X", (unsigned)point);
    }
    return (size_t)size;
}

void ta_yaml_put_double(ta_buf *out, const char *text, size_t len) {
    size_t from = 0;
    ta_buf_put(out, "\"", 1);
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)text[i];
        bool odd = (c == 0xC2 || c == 0xE2 || c == 0xEF) && is_odd_char(text + i);
        if (!odd && c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) {
            i++;
            continue;
        }
        ta_buf_put(out, text + from, i - from);
        i += put_escape(out, text + i, len - i);
        from = i;
    }
    ta_buf_put(out, text + from, len - from);
    ta_buf_put(out, "\"", 1);
}

void ta_yaml_put_literal(ta_buf *out, const char *text, size_t len, size_t indent) {
    bool ends = text[len - 1] == '\n';
    bool more = ends && text[len - 2] == '\n'; /* a first line that is not empty comes before */
    ta_buf_puts(out, !ends ? "|-" : more ? "|+" : "|");
    const char *end = text + len - ends;
    for (const char *line = text; line <= end;) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *stop = feed ? feed : end;
        ta_buf_put(out, "\n", 1);
        if (stop > line && ta_buf_reserve(out, indent)) {
            memset(out->data + out->len, ' ', indent);
            out->len += indent;
        }
        ta_buf_put(out, line, (size_t)(stop - line));
        line = stop + 1;
    }
}
