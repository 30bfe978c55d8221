/* SPDX-License-Identifier: MIT */
/*
 * Rows of RFC 4180. 64 bytes at a time become a mask of the bytes that mean something: control
 * characters (line ends, and the NULs behind the window), the delimiter, the quote, the escape.
 * A backslash is among them too, only to tell which cells JSON may copy as they are.
 */
#include "format/csv/scan.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

void ta_csv_scan_init(ta_csv_scanner *scanner, const ta_dialect *dialect, char delimiter) {
    memset(scanner, 0, sizeof *scanner);
    scanner->delimiter = delimiter;
    scanner->quote = dialect->quote ? dialect->quote : '"';
    scanner->escape = dialect->escape == scanner->quote ? 0 : dialect->escape;
    /* Without '"' or the backslash among the special bytes they may stand in any cell. */
    if (scanner->quote != '"' || (scanner->escape && scanner->escape != '\\') ||
        delimiter == '"' || delimiter == '\\')
        scanner->flags = TA_CSV_DIRTY;
}

#ifdef __SSE2__
static inline uint64_t find_csv_specials(const ta_csv_scanner *s, const char *at) {
    const __m128i delimiter = _mm_set1_epi8(s->delimiter), quote = _mm_set1_epi8(s->quote);
    const __m128i escape = _mm_set1_epi8(s->escape ? s->escape : '\\');
    const __m128i control = _mm_set1_epi8(0x1F);
    uint64_t bits = 0;
    for (int i = 0; i < 4; i++) {
        __m128i x;
        memcpy(&x, at + 16 * i, sizeof x);
        __m128i hit = _mm_cmpeq_epi8(_mm_min_epu8(x, control), x);
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(x, delimiter));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(x, quote));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(x, escape));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(hit) << (16 * i);
    }
    return bits;
}
#else
static inline uint64_t find_csv_specials(const ta_csv_scanner *s, const char *at) {
    char escape = s->escape ? s->escape : '\\';
    uint64_t bits = 0;
    for (int i = 0; i < 64; i++) {
        char c = at[i];
        bool hit = (unsigned char)c < 0x20 || c == s->delimiter || c == s->quote || c == escape;
        bits |= (uint64_t)hit << i;
    }
    return bits;
}
#endif

void ta_csv_scan_reset(ta_csv_scanner *scanner, const char *data, size_t row) {
    scanner->base = row;
    scanner->bits = find_csv_specials(scanner, data + row);
}

/* Where the scan of a row is; the compiler keeps it in registers. */
typedef struct csv_cursor {
    size_t base, cell; /* of the 64 bytes under way, of the cell under way */
    uint64_t bits;
    uint32_t flags; /* of the cell */
} csv_cursor;

/* The next special byte. The NULs behind the window are special, so this ends. */
static inline size_t next_csv_special(const ta_csv_scanner *s, const char *data,
                                      csv_cursor *cur) {
    while (!cur->bits) {
        cur->base += 64;
        cur->bits = find_csv_specials(s, data + cur->base);
    }
    size_t at = cur->base + (size_t)__builtin_ctzll(cur->bits);
    cur->bits &= cur->bits - 1;
    return at;
}

/* From an opening quote to the closing one; false: the window ends before it. */
static inline bool scan_csv_quoted(ta_csv_scanner *s, const char *data, size_t end,
                                   csv_cursor *cur) {
    size_t skip = 0;
    for (;;) {
        size_t at = next_csv_special(s, data, cur);
        if (at >= end)
            return false;
        if (at < skip)
            continue;
        char c = data[at];
        if (c == s->quote && data[at + 1] != s->quote) {
            s->fault = at;
            return true;
        }
        if (c == s->quote || (s->escape && c == s->escape)) {
            cur->flags |= TA_CSV_ESCAPED | TA_CSV_DIRTY;
            skip = at + 2;
        } else if (c != s->delimiter || c == '\t') {
            cur->flags |= TA_CSV_DIRTY;
        }
    }
}

static inline void put_csv_cell(ta_csv_scanner *s, size_t start, size_t len, uint32_t flags) {
    if (s->count < s->cap)
        s->cells[s->count] = (ta_csv_cell){(uint32_t)start, (uint32_t)len, flags};
    s->count++;
}

/* What may follow a closing quote: each is a special byte, so that the scan goes on there. */
static inline bool ends_csv_cell(const ta_csv_scanner *s, const char *data, size_t at,
                                 size_t end) {
    char c = data[at];
    return c == s->delimiter || c == '\n' || c == '\r' || at >= end;
}

/* A quote where none or an opening one may stand. TA_CSV_ROW: the scan goes on behind the
 * closing quote; TA_CSV_MORE: the window ends before it. */
static inline ta_csv_found scan_csv_quote(ta_csv_scanner *s, const char *data, size_t at,
                                          size_t end, csv_cursor *cur) {
    s->fault = at;
    if (at != cur->cell)
        return TA_CSV_STRAY_INSIDE;
    s->opened = at;
    cur->flags |= TA_CSV_QUOTED;
    if (!scan_csv_quoted(s, data, end, cur))
        return TA_CSV_MORE;
    return ends_csv_cell(s, data, s->fault + 1, end) ? TA_CSV_ROW : TA_CSV_STRAY_AFTER;
}

/* Any other special byte, or the window's end. False: it is part of the cell. */
static inline bool scan_csv_control(ta_csv_scanner *s, const char *data, size_t at, size_t end,
                                    bool ended, ta_csv_found *found) {
    bool last = at >= end, crlf = data[at] == '\r' && data[at + 1] == '\n';
    s->end = at;
    *found = TA_CSV_ROW;
    if (last) {
        s->next = at;
        *found = ended ? TA_CSV_ROW : TA_CSV_MORE;
    } else if (data[at] == '\n' || crlf) {
        s->next = at + 1 + crlf;
    } else if (data[at] == '\r') {
        s->fault = at;
        *found = at + 1 < end || ended ? TA_CSV_BARE_CR : TA_CSV_MORE;
    } else {
        return false;
    }
    return true;
}

/* Keeps where the next row's scan begins. */
static inline ta_csv_found end_csv_row(ta_csv_scanner *s, const char *data, size_t row,
                                       csv_cursor *cur) {
    if (s->next - s->end == 2)
        next_csv_special(s, data, cur); /* the LF behind the CR */
    s->base = cur->base;
    s->bits = cur->bits;
    return s->end == row ? TA_CSV_BLANK : TA_CSV_ROW;
}

ta_csv_found ta_csv_scan(ta_csv_scanner *s, const char *data, size_t row, size_t end,
                         bool ended) {
    const char delimiter = s->delimiter, quote = s->quote;
    csv_cursor cur = {.base = s->base, .cell = row, .bits = s->bits, .flags = s->flags};
    ta_csv_found found;
    s->count = 0;
    s->opened = s->fault = row;
    for (;;) {
        size_t at = next_csv_special(s, data, &cur);
        if (at < end && data[at] == delimiter) {
            put_csv_cell(s, cur.cell - row, at - cur.cell, cur.flags);
            cur.cell = at + 1;
            cur.flags = s->flags;
        } else if (at < end && data[at] == quote) {
            found = scan_csv_quote(s, data, at, end, &cur);
            if (found == TA_CSV_MORE && ended)
                return TA_CSV_UNCLOSED;
            if (found != TA_CSV_ROW)
                return found;
        } else if (!scan_csv_control(s, data, at, end, ended, &found)) {
            cur.flags |= TA_CSV_DIRTY;
        } else if (found == TA_CSV_ROW) {
            put_csv_cell(s, cur.cell - row, at - cur.cell, cur.flags);
            return end_csv_row(s, data, row, &cur);
        } else {
            return found;
        }
    }
}

size_t ta_csv_decode(const ta_csv_scanner *scanner, const char *row, const ta_csv_cell *cell,
                     char *out) {
    const char *at = row + cell->start + 1, *end = row + cell->start + cell->len - 1;
    size_t len = 0;
    while (at < end) {
        bool pair = *at == scanner->quote || (scanner->escape && *at == scanner->escape);
        if (pair && at + 1 < end)
            at++;
        out[len++] = *at++;
    }
    return len;
}

ta_text ta_csv_content(const ta_csv_scanner *scanner, const char *row, const ta_csv_cell *cell,
                       char *out) {
    if (cell->flags & TA_CSV_ESCAPED)
        return (ta_text){out, ta_csv_decode(scanner, row, cell, out)};
    bool quoted = cell->flags & TA_CSV_QUOTED;
    return (ta_text){row + cell->start + quoted, cell->len - 2 * (uint32_t)quoted};
}
