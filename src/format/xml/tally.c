/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "format/xml/xml.h"

enum { ROWS_MAX = 50 }; /* paths told apart; a file with more has no regular form */

struct ta_xml_tally_row {
    char *path;
    uint64_t count;
    ta_place place;
};

bool ta_xml_tally_add(ta_xml_tally *tally, const char *path, ta_window *window, ta_span span) {
    for (size_t i = 0; i < tally->count; i++) {
        if (!strcmp(tally->rows[i].path, path) || i + 1 == ROWS_MAX) {
            tally->rows[i].count++;
            return true;
        }
    }
    if (!ta_array_grow(&tally->rows, &tally->cap, tally->count + 1, sizeof *tally->rows))
        return false;
    char *copy = strdup(path);
    if (!copy)
        return false;
    struct ta_xml_tally_row *row = &tally->rows[tally->count++];
    *row = (struct ta_xml_tally_row){.path = copy, .count = 1};
    row->place = ta_place_in(window, span);
    row->place.line = NULL; /* the window moves on */
    row->place.line_len = 0;
    return true;
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
