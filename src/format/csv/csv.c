/* SPDX-License-Identifier: MIT */
/* The formats csv and tsv: one reader and one writer, with another delimiter implied. */
#include "format/csv/parts.h"

#include "base/utf8.h"
#include "format/csv/scan.h"

enum {
    SURE = 70,        /* several columns in several rows that agree */
    LIKELY = 50,      /* two columns, or rows that differ */
    POSSIBLE = 20,    /* one row */
    LAST_RESORT = 10, /* lines of text: one column */
    BINARY_BYTES = 1024
};

/* What other formats begin with, or no text at all. */
static bool is_foreign_start(const char *data, size_t len) {
    size_t at = 0;
    while (at < len && (data[at] == ' ' || data[at] == '\n' || data[at] == '\r'))
        at++;
    if (at == len || strchr("[{<%-", data[at]))
        return true;
    return memchr(data, 0, len < BINARY_BYTES ? len : BINARY_BYTES) != NULL;
}

static int rate_csv(const ta_csv_sniffed *s) {
    if (s->cells < 2)
        return 0;
    if (s->rows < 2)
        return POSSIBLE;
    if (s->agreed == s->rows)
        return s->cells > 2 || s->rows > 3 ? SURE : LIKELY;
    return s->agreed * 10 >= s->rows * 9 ? LIKELY : LAST_RESORT;
}

static int sniff_csv(const char *data, size_t len, bool whole) {
    if (is_foreign_start(data, len))
        return 0;
    ta_csv_sniffed sniffed;
    ta_csv_sniff(data, len, whole, &(ta_dialect){0}, &sniffed);
    return rate_csv(&sniffed);
}

static int sniff_tsv(const char *data, size_t len, bool whole) {
    if (is_foreign_start(data, len))
        return 0;
    ta_csv_sniffed sniffed;
    ta_csv_sniff(data, len, whole, &(ta_dialect){0}, &sniffed);
    return sniffed.delimiter == '\t' ? rate_csv(&sniffed) : 0;
}

/* The last line feed outside of quotes, if all quotes are where RFC 4180 has them. */
static size_t split_csv(const ta_reading *reading, size_t len) {
    const char *data = reading->source->window.data, *feed = memrchr(data, '\n', len);
    char quote = reading->options->dialect.quote;
    quote = quote ? quote : '"';
    uint64_t quotes = feed ? ta_count_byte(data, (size_t)(feed - data), quote) : 0;
    while (feed && quotes % 2 && !reading->options->dialect.escape) {
        const char *behind = feed;
        feed = memrchr(data, '\n', (size_t)(behind - data));
        if (feed)
            quotes -= ta_count_byte(feed, (size_t)(behind - feed), quote);
    }
    return feed ? (size_t)(feed + 1 - data) : 0;
}

const ta_format ta_format_csv = {
    .name = "csv",
    .summary = "comma-separated values (RFC 4180); other delimiters are recognised",
    .suffixes = "csv txt",
    .list_only = true,
    .sniff = sniff_csv,
    .read = ta_csv_read,
    .cursor = &ta_csv_cursor,
    .needs_survey = ta_csv_needs_survey,
    .survey_new = ta_csv_survey_new,
    .writer_new = ta_csv_writer_new,
    .locate = ta_csv_locate,
    .respell = ta_csv_respell,
    .split = split_csv,
    .write_defaults = {.dialect = {.delimiter = ','}},
};

const ta_format ta_format_tsv = {
    .name = "tsv",
    .summary = "tab-separated values, quoted as CSV",
    .suffixes = "tsv tab",
    .list_only = true,
    .sniff = sniff_tsv,
    .read = ta_csv_read,
    .cursor = &ta_csv_cursor,
    .needs_survey = ta_csv_needs_survey,
    .survey_new = ta_csv_survey_new,
    .writer_new = ta_csv_writer_new,
    .locate = ta_csv_locate,
    .respell = ta_csv_respell,
    .split = split_csv,
    .read_defaults = {.dialect = {.delimiter = '\t'}},
    .write_defaults = {.dialect = {.delimiter = '\t'}},
};
