/* SPDX-License-Identifier: MIT */
#include "report/put.h"

#include <errno.h>

#include "base/utf8.h"

enum { LINE_KEPT = 64 * 1024 }; /* a longer line's memory is given back */

typedef struct range {
    uint32_t first, last;
} range;

/* Characters that a terminal may obey: C0 and C1, line separators, marks that turn the
 * direction. */
static const range unsafe_ranges[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x200B, 0x200B}, {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

static const range narrow_ranges[] = {
    {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200D},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

static const range wide_ranges[] = {
    {0x1100, 0x115F}, {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF}, {0xFE30, 0xFE4F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
};

#define IS_IN(c, table) is_in(c, table, sizeof(table) / sizeof(table)[0])

static bool is_in(uint32_t c, const range *table, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (c >= table[i].first && c <= table[i].last)
            return true;
    return false;
}

/* The bytes of the character at text; 0: ill-formed, or NUL. */
static size_t measure_char(const char *text, size_t len) {
    unsigned char lead = (unsigned char)text[0];
    size_t need = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    return need <= len && ta_utf8_check(text, need) == need ? need : 0;
}

size_t ta_put_char(ta_buf *out, const char *text, size_t len, unsigned *width) {
    unsigned char lead = (unsigned char)text[0];
    if (lead >= 0x20 && lead < 0x7F) {
        ta_buf_put(out, text, 1);
        *width = 1;
        return 1;
    }
    size_t size = measure_char(text, len), before = out->len;
    int bytes = 0;
    uint32_t c = size ? ta_utf8_decode(text, size, &bytes) : lead;
    if (!size || c < 0x80)
        ta_buf_printf(out, "\\x%02X", (unsigned)c);
    else if (IS_IN(c, unsafe_ranges))
        ta_buf_printf(out, "\\u%04X", (unsigned)c);
    if (out->len > before || out->failed) {
        *width = (unsigned)(out->len - before);
        return size ? size : 1;
    }
    ta_buf_put(out, text, size);
    *width = IS_IN(c, narrow_ranges) ? 0 : IS_IN(c, wide_ranges) ? 2 : 1;
    return size;
}

void ta_put_text(ta_buf *out, const char *text, size_t len) {
    size_t shown = len < TA_PUT_MAX ? len : TA_PUT_MAX;
    unsigned width;
    for (size_t at = 0; at < shown;) {
        size_t run = ta_ascii_run(text + at, shown - at);
        ta_buf_put(out, text + at, run);
        at += run;
        if (at < shown)
            at += ta_put_char(out, text + at, len - at, &width);
    }
    if (shown < len)
        ta_buf_puts(out, "…");
}

void ta_report_fail(ta_report *report) {
    if (report->sink->status != TA_OK)
        return;
    report->sink->status = TA_ERR_NOMEM;
    report->sink->error = ENOMEM;
}

void ta_report_put(ta_report *report, ta_buf *line) {
    if (line->failed)
        ta_report_fail(report);
    else if (line->len)
        ta_sink_put(report->sink, line->data, line->len);
    if (line->failed || line->cap > LINE_KEPT)
        ta_buf_fini(line);
    line->len = 0;
}
