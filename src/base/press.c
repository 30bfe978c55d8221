/* SPDX-License-Identifier: MIT */
#include "base/press.h"

#include <string.h>
#include <strings.h>

static const ta_press *const presses[] = {&ta_press_gzip, &ta_press_zstd, NULL};

const ta_press *ta_press_of_bytes(const char *data, size_t len, bool *more) {
    *more = false;
    for (const ta_press *const *press = presses; *press; press++) {
        size_t need = (*press)->mark_len;
        if (memcmp(data, (*press)->mark, len < need ? len : need) != 0)
            continue;
        if (len >= need)
            return *press;
        *more = true;
    }
    return NULL;
}

const ta_press *ta_press_of_name(const char *file, size_t *stem) {
    *stem = strlen(file);
    for (const ta_press *const *press = presses; *press; press++) {
        size_t len = strlen((*press)->suffix);
        if (*stem <= len || strcasecmp(file + *stem - len, (*press)->suffix) != 0)
            continue;
        *stem -= len;
        return *press;
    }
    return NULL;
}
