/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "format/xml/xml.h"

enum { ROWS_MAX = 50 }; /* paths told apart; a file with more has no regular form */

struct ta_xml_tally_row {
    char *path;
    uint64_t count;
    ta_place place;
};

/* The row of a path, or the last that there may be; NULL: none yet. */
static struct ta_xml_tally_row *find_tally(const ta_xml_tally *tally, const char *path) {
    for (size_t i = 0; i < tally->count; i++)
        if (!strcmp(tally->rows[i].path, path) || i + 1 == ROWS_MAX)
            return &tally->rows[i];
    return NULL;
}

/* A new row; NULL: no memory. */
static struct ta_xml_tally_row *enter_tally(ta_xml_tally *tally, const char *path) {
    if (!ta_array_grow(&tally->rows, &tally->cap, tally->count + 1, sizeof *tally->rows))
        return NULL;
    char *copy = strdup(path);
    if (!copy)
        return NULL;
    struct ta_xml_tally_row *row = &tally->rows[tally->count++];
    *row = (struct ta_xml_tally_row){.path = copy};
    return row;
}

bool ta_xml_tally_add(ta_xml_tally *tally, const char *path, ta_window *window, ta_span span) {
    struct ta_xml_tally_row *row = find_tally(tally, path);
    bool is_new = !row;
    if (is_new)
        row = enter_tally(tally, path);
    if (!row)
        return false;
    row->count++;
    if (is_new)
        row->place = ta_place_keep(window, span);
    return true;
}

ta_status ta_xml_tally_absorb(ta_xml_tally *tally, ta_xml_tally *other, const ta_shift *by) {
    if (!by)
        return other->count == ROWS_MAX ? TA_STOP : TA_OK;
    for (size_t i = 0; i < other->count; i++) {
        struct ta_xml_tally_row *from = &other->rows[i], *row = find_tally(tally, from->path);
        ta_place_shift(&from->place, by);
        if (row) {
            row->count += from->count;
            continue;
        }
        row = enter_tally(tally, from->path);
        if (!row)
            return TA_ERR_NOMEM;
        row->count = from->count;
        row->place = from->place;
    }
    ta_xml_tally_fini(other);
    return TA_OK;
}

void ta_xml_tally_fini(ta_xml_tally *tally) {
    for (size_t i = 0; i < tally->count; i++)
        free(tally->rows[i].path);
    free(tally->rows);
    *tally = (ta_xml_tally){0};
}

void ta_xml_tally_emit(ta_xml_tally *tally, ta_finder *finder, ta_code code) {
    for (size_t i = 0; i < tally->count; i++) {
        const struct ta_xml_tally_row *row = &tally->rows[i];
        ta_find(finder, &(ta_finding){.code = code,
                                      .place = row->place,
                                      .path = *row->path ? row->path : NULL,
                                      .name = row->path,
                                      .count = row->count});
    }
    ta_xml_tally_fini(tally);
}
