/* SPDX-License-Identifier: MIT */
#include "base/finding.h"

#include <string.h>

const ta_code_row ta_codes[TA_CODE_COUNT] = {
#define TA_FINDING(name, code, level, message, why, example)                                   \
    {code, TA_##level, message, why, example},
#include "base/finding.def"
#undef TA_FINDING
};

const char *ta_level_text(ta_level level) {
    static const char *const texts[] = {"note", "warning", "error", "ignored"};
    return texts[level];
}

ta_code ta_code_find(const char *name) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        if (!strcmp(ta_codes[i].code, name))
            return (ta_code)i;
    return TA_CODE_COUNT;
}
