/* SPDX-License-Identifier: MIT */
/* Notes that a file may bring by the million are said once, where they came first, with a
 * count. */
#include "format/yaml/value.h"

#include <stdlib.h>

bool ta_yaml_said_again(ta_yaml_said *said, ta_code code, const char *name) {
    for (size_t i = 0; i < said->count; i++) {
        ta_finding *finding = &said->rows[i].finding;
        if (finding->code == code && !strcmp(said->rows[i].name, name)) {
            finding->count++;
            return true;
        }
    }
    if (said->count < TA_YAML_SAID_MAX)
        return false;
    said->rows[TA_YAML_SAID_MAX - 1].finding.count++;
    return true;
}

void ta_yaml_say(ta_yaml_said *said, const ta_finding *finding) {
    ta_yaml_said_row *row = &said->rows[said->count];
    row->name = strdup(finding->name);
    row->path = strdup(finding->path ? finding->path : "");
    if (!row->name || !row->path) {
        free(row->name);
        free(row->path);
        said->failed = true;
        return;
    }
    row->finding = *finding;
    row->finding.count = 1;
    row->finding.name = row->name;
    row->finding.path = finding->path ? row->path : NULL;
    row->finding.place.line = NULL; /* it leaves with the window */
    row->finding.place.line_len = 0;
    said->count++;
}

void ta_yaml_said_emit(ta_yaml_said *said, ta_finder *finder) {
    for (size_t i = 0; i < said->count; i++)
        ta_find(finder, &said->rows[i].finding);
    ta_yaml_said_clear(said);
}

void ta_yaml_said_clear(ta_yaml_said *said) {
    for (size_t i = 0; i < said->count; i++) {
        free(said->rows[i].name);
        free(said->rows[i].path);
    }
    said->count = 0;
}
