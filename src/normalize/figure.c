/* SPDX-License-Identifier: MIT */
/*
 * Figures. Blanks and apostrophes group by three; so do points or commas, of which the other
 * kind, or the last where it stands once and not three digits from the end, marks the decimals.
 * 1.500 alone may be either.
 */
#include "normalize/figure.h"

#include "base/decimal.h"

enum { FIGURE_PARTS = 20, SCALE_MAX = 12 };

/* Runs of digits and what stands between them. */
typedef struct figure_parts {
    ta_text runs[FIGURE_PARTS];
    char marks[FIGURE_PARTS]; /* before the run: ' ' for a blank */
    int count;
} figure_parts;

/* What separates two runs of digits here, 0: nothing that does. *next stands on the digits. */
static char take_separator(const ta_scan *scan, ta_scan *next) {
    const ta_token *token = ta_scan_peek(scan);
    *next = *scan;
    if (token->kind == TA_TOKEN_DIGITS)
        return token->spaced && token->len == 3 ? ' ' : 0;
    if (token->kind != TA_TOKEN_MARK || token->spaced || !strchr(".,'", token->word[0]) ||
        token->word[1])
        return 0;
    next->at++;
    const ta_token *run = ta_scan_peek(next);
    return run->kind == TA_TOKEN_DIGITS && !run->spaced ? token->word[0] : 0;
}

static bool take_runs(ta_scan *scan, figure_parts *parts) {
    char mark = 0;
    ta_scan next = *scan;
    parts->count = 0;
    if (ta_scan_peek(scan)->kind != TA_TOKEN_DIGITS)
        return false;
    do {
        if (parts->count == FIGURE_PARTS)
            return false;
        parts->marks[parts->count] = mark;
        parts->runs[parts->count++] = ta_token_text(&next, ta_scan_peek(&next));
        *scan = next;
        scan->at++;
        mark = take_separator(scan, &next);
    } while (mark);
    return true;
}

/* Whether the runs before `end` are groups of three, all with the same mark between them. */
static bool are_groups(const figure_parts *parts, int end) {
    if (end > 1 && (parts->runs[0].len > 3 || parts->runs[0].data[0] == '0'))
        return false;
    for (int i = 1; i < end; i++)
        if (parts->runs[i].len != 3 || parts->marks[i] != parts->marks[1])
            return false;
    return true;
}

/* Which of the runs are decimals: their index, or the count for none; 0: no such number. */
static int find_decimals(const figure_parts *parts, ta_figure *out) {
    int last = parts->count - 1;
    char mark = parts->marks[last];
    bool points = mark == '.' || mark == ',';
    if (last == 0)
        return 1;
    if (last == 1 && points) {
        bool either = are_groups(parts, 2);
        *(either ? &out->mark : &out->shown) = mark;
        return either ? 2 : 1;
    }
    if (points && mark != parts->marks[1]) {
        out->shown = mark;
        return are_groups(parts, last) ? last : 0;
    }
    if (points)
        out->shown = mark == '.' ? ',' : '.';
    return are_groups(parts, parts->count) ? parts->count : 0;
}

static bool join_runs(const figure_parts *parts, int decimals_at, ta_figure *out) {
    for (int i = 0; i < parts->count; i++) {
        ta_text run = parts->runs[i];
        if (run.len > (size_t)(TA_FIGURE_DIGITS - out->count))
            return false;
        memcpy(out->digits + out->count, run.data, run.len);
        out->count += (int)run.len;
        out->decimals += i >= decimals_at ? (int)run.len : 0;
    }
    return true;
}

bool ta_figure_take(ta_scan *scan, ta_figure *out) {
    figure_parts parts;
    ta_scan next = *scan;
    *out = (ta_figure){.negative = ta_scan_mark(&next, "-")};
    if (!out->negative && ta_scan_mark(&next, "+") && ta_scan_peek(&next)->spaced)
        return false;
    if (!take_runs(&next, &parts))
        return false;
    int decimals_at = find_decimals(&parts, out);
    if (!decimals_at || (parts.runs[0].len > 1 && parts.runs[0].data[0] == '0') ||
        !join_runs(&parts, decimals_at, out))
        return false;
    *scan = next;
    return true;
}

void ta_figure_settle(ta_figure *figure, char decimal_mark) {
    if (figure->mark == decimal_mark)
        figure->decimals += 3;
    figure->mark = 0;
}

void ta_figure_of_int(ta_figure *figure, int value) {
    char text[12];
    int count = 0;
    *figure = (ta_figure){0};
    do
        text[count++] = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    while (count)
        figure->digits[figure->count++] = text[--count];
}

bool ta_figure_scale(ta_figure *figure, int zeros) {
    figure->decimals -= zeros;
    if (figure->decimals < 0) {
        int more = -figure->decimals;
        if (figure->count + more > TA_FIGURE_DIGITS || more > SCALE_MAX)
            return false;
        memset(figure->digits + figure->count, '0', (size_t)more);
        figure->count += more;
        figure->decimals = 0;
    }
    while (zeros > 0 && figure->decimals && figure->digits[figure->count - 1] == '0') {
        figure->count--;
        figure->decimals--;
    }
    return true;
}

bool ta_figure_is_whole(const ta_figure *figure) {
    for (int i = 0; i < figure->decimals && i < figure->count; i++)
        if (figure->digits[figure->count - 1 - i] != '0')
            return false;
    return true;
}

/* 1.500 would be read either way when it comes in again: 1.5, and 12.3450 for 12.345. */
static void make_certain(ta_buf *out) {
    if (out->failed)
        return;
    if (out->data[out->len - 1] != '0') {
        ta_buf_puts(out, "0");
        return;
    }
    while (out->data[out->len - 1] == '0')
        out->len--;
    out->len -= out->data[out->len - 1] == '.';
}

void ta_figure_put(const ta_figure *figure, ta_buf *out) {
    int before = figure->count - figure->decimals, at = 0;
    if (figure->negative)
        ta_buf_puts(out, "-");
    while (at < before - 1 && figure->digits[at] == '0')
        at++;
    if (before <= 0)
        ta_buf_puts(out, "0");
    else
        ta_buf_put(out, figure->digits + at, (size_t)(before - at));
    if (figure->decimals <= 0)
        return;
    ta_buf_puts(out, ".");
    for (int i = before; i < 0; i++)
        ta_buf_puts(out, "0");
    at = before > 0 ? before : 0;
    ta_buf_put(out, figure->digits + at, (size_t)(figure->count - at));
    if (figure->decimals == 3 && before >= 1 && before <= 3 && figure->digits[0] != '0')
        make_certain(out);
}

bool ta_figure_in_order(const ta_figure *a, const ta_figure *b) {
    ta_buf x = {0}, y = {0};
    ta_figure_put(a, &x);
    ta_figure_put(b, &y);
    bool in_order =
        x.failed || y.failed || ta_number_compare(x.data, x.len, y.data, y.len) <= 0;
    ta_buf_fini(&x);
    ta_buf_fini(&y);
    return in_order;
}
