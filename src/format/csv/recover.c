/* SPDX-License-Identifier: MIT */
/*
 * Rows that are not RFC 4180, read by libcsv, which takes a stray quote as text. The one place
 * where its header is included. What it hides: it trims blanks of bare cells unless the space
 * function never holds; without CSV_STRICT it ignores CSV_STRICT_FINI; it knows no positions,
 * so it is fed byte by byte; it reports an empty line not at all, and a row from csv_fini.
 */
#include <csv.h>
#include <stdlib.h>

#include "format/csv/read.h"

enum {
    RECOVER_BLOCK = 64 * 1024,
    SLACK = 16 /* writers look at texts 16 bytes at a time */
};

typedef struct recovery {
    ta_csv_reader *reader;
    struct csv_parser parser;
    size_t at, cell; /* the byte being fed, and where the cell under way begins: from the row's
                        start */
    bool quoted, failed, ended;
} recovery;

static int is_never_blank(unsigned char c) {
    (void)c;
    return 0;
}

/* Line ends have been cut off the row: those in it stand in cells. */
static int is_never_end(unsigned char c) {
    (void)c;
    return 0;
}

static bool keep_recovered(recovery *rec, const char *data, size_t len) {
    ta_csv_reader *r = rec->reader;
    ta_csv_scanner *scan = &r->scan;
    uint32_t at = scan->count++;
    if (at >= scan->cap)
        return true;
    if (!ta_array_grow(&r->recovered, &r->recovered_cap, scan->cap, sizeof *r->recovered))
        return false;
    char *room = ta_record_room(r->record, len + SLACK);
    if (!room)
        return false;
    if (len)
        memcpy(room, data, len);
    memset(room + len, 0, SLACK);
    r->recovered[at] = (ta_csv_recovered){(uint32_t)r->record->arena.len, (uint32_t)len};
    r->record->arena.len += len;
    uint32_t flags = TA_CSV_RECOVERED | TA_CSV_DIRTY | (rec->quoted ? TA_CSV_QUOTED : 0u);
    scan->cells[at] =
        (ta_csv_cell){(uint32_t)rec->cell, (uint32_t)(rec->at - rec->cell), flags};
    return true;
}

static void take_recovered_cell(void *data, size_t len, void *to) {
    recovery *rec = to;
    rec->failed |= rec->ended || !keep_recovered(rec, data, len);
    rec->cell = rec->at + 1;
}

static void take_recovered_row(int c, void *to) {
    (void)c;
    ((recovery *)to)->ended = true;
}

static void feed_row(recovery *rec, const char *row, size_t len) {
    for (; rec->at < len && !rec->failed; rec->at++) {
        size_t fed = csv_parse(&rec->parser, row + rec->at, 1, take_recovered_cell,
                               take_recovered_row, rec);
        rec->failed |= fed != 1;
        rec->quoted = rec->parser.quoted;
    }
    if (!rec->failed)
        rec->failed = csv_fini(&rec->parser, take_recovered_cell, take_recovered_row, rec) != 0;
}

ta_status ta_csv_recover(ta_csv_reader *r, size_t end) {
    recovery rec = {.reader = r};
    if (csv_init(&rec.parser, CSV_APPEND_NULL))
        return TA_ERR_NOMEM;
    csv_set_delim(&rec.parser, (unsigned char)r->scan.delimiter);
    csv_set_quote(&rec.parser, (unsigned char)r->scan.quote);
    csv_set_space_func(&rec.parser, is_never_blank);
    csv_set_term_func(&rec.parser, is_never_end);
    csv_set_blk_size(&rec.parser, RECOVER_BLOCK);
    r->scan.count = 0;
    feed_row(&rec, r->source->window.data + r->at, end - r->at);
    csv_free(&rec.parser);
    if (!rec.failed)
        return TA_OK;
    return r->record->full ? TA_ERR_INPUT : TA_ERR_NOMEM;
}
