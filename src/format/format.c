/* SPDX-License-Identifier: MIT */
#include "format/format.h"

#include <string.h>
#include <strings.h>

#include "base/press.h"

const ta_format *const ta_formats[] = {
#define TA_FORMAT(name) &ta_format_##name,
#include "format/formats.def"
#undef TA_FORMAT
    NULL};

const ta_format *ta_format_find(const char *name) {
    for (const ta_format *const *f = ta_formats; *f; f++)
        if (!strcmp((*f)->name, name))
            return *f;
    return NULL;
}

/* Whether a list of words separated by blanks has the word, whatever its case. */
static bool has_word(const char *words, const char *word, size_t len) {
    for (const char *at = words; *at;) {
        size_t n = strcspn(at, " ");
        if (n == len && !strncasecmp(at, word, len))
            return true;
        at += n + strspn(at + n, " ");
    }
    return false;
}

const ta_format *ta_format_of_name(const char *file) {
    size_t stem;
    ta_press_of_name(file, &stem);
    const char *slash = memrchr(file, '/', stem);
    const char *base = slash ? slash + 1 : file;
    const char *dot = memrchr(base, '.', stem - (size_t)(base - file));
    if (!dot)
        return NULL;
    for (const ta_format *const *f = ta_formats; *f; f++)
        if (has_word((*f)->suffixes, dot + 1, stem - (size_t)(dot + 1 - file)))
            return *f;
    return NULL;
}

const ta_format *ta_format_sniff(const char *data, size_t len, bool whole) {
    const ta_format *best = NULL;
    int best_score = 0;
    for (const ta_format *const *f = ta_formats; *f; f++) {
        int score = (*f)->sniff ? (*f)->sniff(data, len, whole) : 0;
        if (score > best_score) {
            best_score = score;
            best = *f;
        }
    }
    return best;
}
