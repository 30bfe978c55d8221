/* SPDX-License-Identifier: MIT */
#include "format/text.h"

#include <stdio.h>

#include "base/guess.h"
#include "base/utf8.h"

enum { UTF16_SAMPLE = 32 }; /* bytes on each side of a NUL by which UTF-16 is known */

/*
 * In UTF-16 with Western text every other byte is NUL, and never its neighbours. NULL: it does
 * not look so.
 */
static const char *guess_utf16(const ta_window *window, uint64_t bad) {
    size_t at = (size_t)(bad - window->offset);
    size_t from = at > UTF16_SAMPLE ? at - UTF16_SAMPLE : 0;
    size_t to = window->len - at > UTF16_SAMPLE ? at + UTF16_SAMPLE : window->len;
    size_t nuls[2] = {0, 0};
    for (size_t i = from; i < to; i++)
        nuls[(window->offset + i) & 1] += window->data[i] == 0;
    size_t enough = (to - from) / 8 + 1;
    if (nuls[0] && nuls[1])
        return NULL;
    if (nuls[1] > enough)
        return ": the file looks like UTF-16: run again with --encoding UTF-16LE";
    if (nuls[0] > enough)
        return ": the file looks like UTF-16: run again with --encoding UTF-16BE";
    return NULL;
}

/* Worked out once: a file may have a bad byte in each row. */
static const char *guess_encoding(ta_source *source) {
    if (!source->guess)
        source->guess = ta_encoding_guess(source->window.data, source->window.len);
    if (!source->guess)
        source->guess = "";
    return *source->guess ? source->guess : NULL;
}

void ta_text_report_bad(const ta_reading *reading, uint64_t record_no) {
    ta_source *source = reading->source;
    ta_window *window = &source->window;
    uint64_t bad = source->bad;
    unsigned char byte = (unsigned char)window->data[bad - window->offset];
    char found[8];
    snprintf(found, sizeof found, "0x%02X", byte);
    const char *guess = byte ? guess_encoding(source) : NULL;
    ta_finding finding = {.code = TA_F_ENCODING_INVALID,
                          .found = found,
                          .expected = guess ? "the text reads like" : "it may be",
                          .name = guess ? guess : "windows-1252"};
    if (!byte) {
        finding.code = TA_F_ENCODING_NUL;
        finding.expected = guess_utf16(window, bad);
    }
    ta_find_in(reading->finder, window, (ta_span){bad, bad + 1}, record_no, &finding);
}

void ta_text_report_size(const ta_reading *reading, uint64_t start, uint64_t record_no,
                         const char *remedy) {
    const ta_record *record = reading->record;
    bool memory = record->full;
    size_t limit = reading->source->window_max;
    if (memory)
        limit = record->memory_max ? record->memory_max : TA_RECORD_MEMORY_MAX;
    bool small = limit < 1024 * 1024;
    char expected[64];
    snprintf(expected, sizeof expected, "%zu %s%s", small ? limit >> 10 : limit >> 20,
             small ? "KiB" : "MiB", memory ? " in memory" : "");
    ta_find_in(
        reading->finder, &reading->source->window, (ta_span){start, start + 1}, record_no,
        &(ta_finding){.code = TA_F_RECORD_SIZE, .expected = expected, .replacement = remedy});
}

ta_status ta_text_report_more(const ta_reading *reading, ta_status status, uint64_t record_no) {
    ta_source *source = reading->source;
    unsigned byte = 0;
    char found[8];
    if (status == TA_ERR_IO) {
        uint64_t end = source->window.offset + source->window.len;
        ta_find_in(reading->finder, &source->window, (ta_span){end, end}, record_no,
                   &(ta_finding){.code = TA_F_IO_READ, .found = ta_source_why(source)});
    } else if (status == TA_ERR_INPUT && !ta_source_is_full(source, &byte)) {
        snprintf(found, sizeof found, "0x%02X", byte & 0xFF);
        ta_find_in(reading->finder, &source->window, (ta_span){source->bad, source->bad},
                   record_no,
                   &(ta_finding){.code = TA_F_ENCODING_DECODE,
                                 .found = found,
                                 .expected = "the encoding that was named"});
    }
    return status;
}

void ta_text_name_char(const char *text, size_t len, ta_buf *out) {
    unsigned char c = (unsigned char)*text;
    if (c < 0x20 || c == 0x7F) {
        ta_buf_printf(out, "U+%04X", c);
        return;
    }
    int size;
    ta_utf8_decode(text, len, &size);
    ta_buf_put(out, text, (size_t)size);
}

ta_status ta_text_end(const ta_reading *reading, bool left_out) {
    if (left_out && reading->left_out)
        *reading->left_out = true;
    return left_out ? TA_ERR_INPUT : TA_OK;
}
