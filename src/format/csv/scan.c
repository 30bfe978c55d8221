/* SPDX-License-Identifier: MIT */
/*
 * Rows of RFC 4180. 64 bytes at a time become a mask of the bytes that mean something: control
 * characters (line ends, and the NULs behind the window), the delimiter, the quote, the escape.
 * A backslash is among them too, only to tell which cells JSON may copy as they are.
 */
#include "format/csv/scan.h"

#include <string.h>

#include "base/mask.h"
#include "base/simd.h"

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

/* The special bytes, and the delimiters among them, of the blocks from `at` on. */
#if TA_HAVE_X86
__attribute__((target("avx2"))) static inline uint64_t
mask_half(const __m256i signs[3], const char *at, uint64_t *ending) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i ends = _mm256_cmpeq_epi8(x, signs[0]);
    __m256i hit = _mm256_or_si256(_mm256_cmpeq_epi8(x, signs[1]), ends);
    __m256i low = _mm256_cmpeq_epi8(_mm256_min_epu8(x, _mm256_set1_epi8(0x1F)), x);
    hit = _mm256_or_si256(hit, _mm256_or_si256(_mm256_cmpeq_epi8(x, signs[2]), low));
    *ending = (unsigned)_mm256_movemask_epi8(ends);
    return (unsigned)_mm256_movemask_epi8(hit);
}

__attribute__((target("avx2"))) static void mask_csv_avx2(ta_csv_scanner *s, const char *at) {
    const __m256i signs[3] = {_mm256_set1_epi8(s->delimiter), _mm256_set1_epi8(s->quote),
                              _mm256_set1_epi8(s->escape ? s->escape : '\\')};
    const uint32_t blocks = s->blocks;
    for (uint32_t i = 0; i < blocks; i++, at += TA_CSV_BLOCK) {
        uint64_t low, high;
        uint64_t special = mask_half(signs, at, &low);
        s->special[i] = special | mask_half(signs, at + TA_CSV_BLOCK / 2, &high) << 32;
        s->ending[i] = low | high << 32;
    }
}
#endif

static void mask_csv_plain(ta_csv_scanner *s, const char *at) {
    char escape = s->escape ? s->escape : '\\';
    for (uint32_t i = 0; i < s->blocks; i++, at += TA_CSV_BLOCK) {
        uint64_t control = ta_mask_between(at, TA_CSV_BLOCK, 0, 0x1F);
        s->ending[i] = ta_mask_of(at, TA_CSV_BLOCK, s->delimiter);
        s->special[i] = control | s->ending[i] | ta_mask_of(at, TA_CSV_BLOCK, s->quote) |
                        ta_mask_of(at, TA_CSV_BLOCK, escape);
    }
}

/* Where the scan of a row is; the compiler keeps it in registers. */
typedef struct csv_cursor {
    const char *data;
    size_t end;        /* of the window */
    size_t base, cell; /* of the block under way, of the cell under way */
    uint64_t bits, ending;
    uint32_t block, flags; /* flags of the cell */
} csv_cursor;

/* As many blocks as can be read from `at` on, `ahead` bytes before the end of the window. */
static __attribute__((noinline)) void mask_csv_blocks(ta_csv_scanner *s, const char *at,
                                                      size_t ahead) {
    size_t count = ahead / TA_CSV_BLOCK + 1;
    s->blocks = count < TA_CSV_BLOCKS ? (uint32_t)count : TA_CSV_BLOCKS;
#if TA_HAVE_X86
    if (__builtin_cpu_supports("avx2")) {
        mask_csv_avx2(s, at);
        return;
    }
#endif
    mask_csv_plain(s, at);
}

static inline void next_csv_block(ta_csv_scanner *s, csv_cursor *cur) {
    cur->base += TA_CSV_BLOCK;
    if (++cur->block >= s->blocks) {
        size_t ahead = cur->base < cur->end ? cur->end - cur->base : 0;
        mask_csv_blocks(s, cur->data + cur->base, ahead);
        cur->block = 0;
    }
    cur->bits = s->special[cur->block];
    cur->ending = s->ending[cur->block];
}

void ta_csv_scan_reset(ta_csv_scanner *scanner, size_t row) {
    scanner->base = row - TA_CSV_BLOCK;
    scanner->bits = scanner->blocks = scanner->block = 0;
}

/* The next special byte. The NULs behind the window are special, so this ends. */
static inline size_t next_csv_special(ta_csv_scanner *s, csv_cursor *cur) {
    while (!cur->bits)
        next_csv_block(s, cur);
    size_t at = cur->base + (unsigned)__builtin_ctzll(cur->bits);
    cur->bits &= cur->bits - 1;
    return at;
}

/* From an opening quote to the closing one; false: the window ends before it. */
static inline bool scan_csv_quoted(ta_csv_scanner *s, csv_cursor *cur) {
    const char *data = cur->data;
    size_t skip = 0;
    for (;;) {
        size_t at = next_csv_special(s, cur);
        if (at >= cur->end)
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

/* What may follow a closing quote: each is a special byte, so that the scan goes on there. */
static inline bool ends_csv_cell(const ta_csv_scanner *s, const csv_cursor *cur, size_t at) {
    char c = cur->data[at];
    return c == s->delimiter || c == '\n' || c == '\r' || at >= cur->end;
}

/* A quote where none or an opening one may stand. TA_CSV_ROW: the scan goes on behind the
 * closing quote; TA_CSV_MORE: the window ends before it. */
static inline ta_csv_found scan_csv_quote(ta_csv_scanner *s, size_t at, csv_cursor *cur) {
    s->fault = at;
    if (at != cur->cell)
        return TA_CSV_STRAY_INSIDE;
    s->opened = at;
    cur->flags |= TA_CSV_QUOTED;
    if (!scan_csv_quoted(s, cur))
        return TA_CSV_MORE;
    return ends_csv_cell(s, cur, s->fault + 1) ? TA_CSV_ROW : TA_CSV_STRAY_AFTER;
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

/* Of the special bytes those delimiters that come before any other, and before the end. */
static inline uint64_t run_of_delimiters(const csv_cursor *cur) {
    uint64_t others = cur->bits & ~cur->ending;
    uint64_t run = cur->bits & ((others & -others) - 1);
    if (cur->base + TA_CSV_BLOCK <= cur->end)
        return run;
    return cur->base < cur->end ? run & ta_mask_full(cur->end - cur->base) : 0;
}

static inline void put_csv_cell(ta_csv_scanner *s, size_t start, size_t len, uint32_t flags) {
    if (s->count < s->cap)
        s->cells[s->count] = (ta_csv_cell){(uint32_t)start, (uint32_t)len, flags};
    s->count++;
}

/* The cells that end at the delimiters of a run, all in one block, which begins `base` behind
 * the row's first byte; from `cell`, which is under way, to the one that is then. */
static inline ta_csv_cell put_csv_cells(ta_csv_scanner *s, uint64_t run, uint32_t base,
                                        ta_csv_cell cell) {
    ta_csv_cell *from = s->cells + s->count, *to = from;
    const uint32_t flags = s->flags;
    for (; run; run &= run - 1) {
        uint32_t at = base + (unsigned)__builtin_ctzll(run);
        *to++ = (ta_csv_cell){cell.start, at - cell.start, cell.flags};
        cell = (ta_csv_cell){.start = at + 1, .flags = flags};
    }
    s->count += (uint32_t)(to - from);
    return cell;
}

/* The same where there may be no room for all. */
static __attribute__((noinline)) ta_csv_cell
put_few_csv_cells(ta_csv_scanner *s, uint64_t run, uint32_t base, ta_csv_cell cell) {
    for (; run; run &= run - 1) {
        uint32_t at = base + (unsigned)__builtin_ctzll(run);
        put_csv_cell(s, cell.start, at - cell.start, cell.flags);
        cell = (ta_csv_cell){.start = at + 1, .flags = s->flags};
    }
    return cell;
}

/* All cells that end at a delimiter before any other special byte comes. */
static inline void take_csv_cells(ta_csv_scanner *s, size_t row, csv_cursor *cur) {
    do {
        if (!cur->bits)
            next_csv_block(s, cur);
        uint64_t run = run_of_delimiters(cur);
        if (!run)
            continue;
        uint32_t base = (uint32_t)(cur->base - row);
        ta_csv_cell cell = {.start = (uint32_t)(cur->cell - row), .flags = cur->flags};
        bool roomy = s->cap >= TA_CSV_BLOCK && s->count <= s->cap - TA_CSV_BLOCK;
        cell =
            roomy ? put_csv_cells(s, run, base, cell) : put_few_csv_cells(s, run, base, cell);
        cur->bits ^= run;
        cur->cell = row + cell.start;
        cur->flags = cell.flags;
    } while (!cur->bits);
}

/* The row ends with the cell under way, at s->end. Keeps where the next one begins. */
static inline ta_csv_found end_csv_row(ta_csv_scanner *s, size_t row, csv_cursor *cur) {
    put_csv_cell(s, cur->cell - row, s->end - cur->cell, cur->flags);
    if (s->next - s->end == 2)
        next_csv_special(s, cur); /* the LF behind the CR */
    s->base = cur->base;
    s->bits = cur->bits;
    s->block = cur->block;
    return s->end == row ? TA_CSV_BLANK : TA_CSV_ROW;
}

ta_csv_found ta_csv_scan(ta_csv_scanner *s, const char *data, size_t row, size_t end,
                         bool ended) {
    csv_cursor cur = {.data = data,
                      .end = end,
                      .base = s->base,
                      .cell = row,
                      .bits = s->bits,
                      .ending = s->ending[s->block],
                      .block = s->block,
                      .flags = s->flags};
    ta_csv_found found;
    s->count = 0;
    s->opened = s->fault = row;
    for (;;) {
        take_csv_cells(s, row, &cur);
        size_t at = next_csv_special(s, &cur);
        if (at < end && data[at] == s->quote) {
            found = scan_csv_quote(s, at, &cur);
            if (found == TA_CSV_MORE && ended)
                return TA_CSV_UNCLOSED;
            if (found != TA_CSV_ROW)
                return found;
        } else if (!scan_csv_control(s, data, at, end, ended, &found)) {
            cur.flags |= TA_CSV_DIRTY;
        } else {
            return found == TA_CSV_ROW ? end_csv_row(s, row, &cur) : found;
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
