/* SPDX-License-Identifier: MIT */
/* Edit distance after Damerau (optimal string alignment), on characters, in three rows on the
 * stack.
 */
#include "codes/nearest.h"

#include "base/utf8.h"

static uint32_t fold_letter(uint32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
        (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    /* Latin Extended-A: pairs, upper case first, even up to U+0137 and from U+014A to U+0177.
     */
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
        return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1);
    /* Greek letters with tonos lose it: capitals are written without. */
    static const uint32_t greek[][2] = {
        {0x386, 0x3B1}, {0x388, 0x3B5}, {0x389, 0x3B7}, {0x38A, 0x3B9}, {0x38C, 0x3BF},
        {0x38E, 0x3C5}, {0x38F, 0x3C9}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5}, {0x3AE, 0x3B7},
        {0x3AF, 0x3B9}, {0x3CC, 0x3BF}, {0x3CD, 0x3C5}, {0x3CE, 0x3C9}, {0x3C2, 0x3C3}};
    for (size_t i = 0; i < sizeof greek / sizeof *greek && c >= 0x386; i++)
        if (greek[i][0] == c)
            return greek[i][1];
    return c;
}

void ta_fold(const char *text, size_t len, ta_buf *out) {
    for (size_t at = 0; at < len;) {
        char bytes[4];
        int size;
        uint32_t c = ta_utf8_decode(text + at, len - at, &size);
        ta_buf_put(out, bytes, (size_t)ta_utf8_encode(fold_letter(c), bytes));
        at += (size_t)size;
    }
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* The characters of a word; TA_NEAREST_LEN + 1: there are more than that. */
static size_t split_word(const char *text, size_t len, uint32_t out[TA_NEAREST_LEN]) {
    size_t count = 0;
    for (size_t at = 0; at < len; count++) {
        int size;
        if (count == TA_NEAREST_LEN)
            return count + 1;
        out[count] = ta_utf8_decode(text + at, len - at, &size);
        at += (size_t)size;
    }
    return count;
}

/* Characters a[0..m) against b[0..n); row i of the table in rows[i % 3]. */
static unsigned word_distance(const uint32_t *a, size_t m, const uint32_t *b, size_t n,
                              unsigned max) {
    unsigned rows[3][TA_NEAREST_LEN + 1];
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= m; i++) {
        unsigned *row = rows[i % 3], *before = rows[(i + 2) % 3], *older = rows[(i + 1) % 3];
        unsigned best = row[0] = (unsigned)i;
        for (size_t j = 1; j <= n; j++) {
            unsigned d = least(before[j], row[j - 1]) + 1;
            d = least(d, before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d = least(d, older[j - 2] + 1);
            row[j] = d;
            best = least(best, d);
        }
        if (best > max + 1)
            return max + 1;
    }
    return least(rows[m % 3][n], max + 1);
}

/* Letters that one word has and the other has not: each takes an edit. Words of ASCII only; one
 * bit for two letters at times, so that there may be more. */
static bool is_far(const char *a, size_t a_len, const char *b, size_t b_len, unsigned max) {
    uint64_t x = 0, y = 0;
    unsigned char all = 0;
    for (size_t i = 0; i < a_len; all |= (unsigned char)a[i++])
        x |= (uint64_t)1 << (a[i] & 63);
    for (size_t i = 0; i < b_len; all |= (unsigned char)b[i++])
        y |= (uint64_t)1 << (b[i] & 63);
    return all < 0x80 && ((unsigned)__builtin_popcountll(x & ~y) > max ||
                          (unsigned)__builtin_popcountll(y & ~x) > max);
}

unsigned ta_edit_distance(const char *a, size_t a_len, const char *b, size_t b_len,
                          unsigned max) {
    uint32_t x[TA_NEAREST_LEN], y[TA_NEAREST_LEN];
    if (is_far(a, a_len, b, b_len, max))
        return max + 1;
    size_t m = split_word(a, a_len, x), n = split_word(b, b_len, y);
    size_t gap = m > n ? m - n : n - m;
    if (m > TA_NEAREST_LEN || n > TA_NEAREST_LEN || gap > max)
        return a_len == b_len && !memcmp(a, b, a_len) ? 0 : max + 1;
    return word_distance(x, m, y, n, max);
}

static bool differs_in_case(const char *a, const char *b, size_t len) {
    for (size_t at = 0; at < len;) {
        int size, other;
        uint32_t x = ta_utf8_decode(a + at, len - at, &size);
        if (fold_letter(x) != fold_letter(ta_utf8_decode(b + at, len - at, &other)) ||
            size != other)
            return false;
        at += (size_t)size;
    }
    return true;
}

void ta_nearest_try(ta_nearest *nearest, const char *candidate, size_t len) {
    unsigned max = nearest->len < 3 ? 0 : nearest->len < 8 ? 1 : 2;
    unsigned distance;
    if (len == nearest->len && differs_in_case(nearest->word, candidate, len))
        distance = 0;
    else
        distance = ta_edit_distance(nearest->word, nearest->len, candidate, len, max);
    if (distance > max || (nearest->distance && distance + 1 >= nearest->distance))
        return;
    nearest->distance = distance + 1;
    nearest->best = candidate;
    nearest->best_len = len;
}
