/* SPDX-License-Identifier: MIT */
/* Numbers as they are written: places behind the point, the least and the greatest. */
#include "base/decimal.h"
#include "infer/note.h"

enum { NUMBER_KEPT_MAX = 200 }; /* bytes of a bound that is kept */

bool ta_note_whole(ta_text number) {
    for (size_t i = 0; i < number.len; i++)
        if (number.data[i] == '.' || number.data[i] == 'e' || number.data[i] == 'E')
            return false;
    return true;
}

static void take_bound(ta_infer *infer, ta_spot_bound *to, ta_spot_bound number) {
    char *copy = ta_arena_copy(&infer->arena, number.text, number.len);
    infer->no_memory |= !copy;
    if (copy)
        *to = (ta_spot_bound){copy, number.len};
}

void ta_note_bound(ta_infer *infer, ta_spot *spot, ta_spot_bound number) {
    if (!number.text)
        return;
    if (!spot->min.text ||
        ta_number_compare(number.text, number.len, spot->min.text, spot->min.len) < 0)
        take_bound(infer, &spot->min, number);
    if (!spot->max.text ||
        ta_number_compare(number.text, number.len, spot->max.text, spot->max.len) > 0)
        take_bound(infer, &spot->max, number);
}

void ta_note_number(ta_infer *infer, ta_spot *spot, ta_text number) {
    const char *point = memchr(number.data, '.', number.len);
    size_t places = point ? number.len - (size_t)(point + 1 - number.data) : 0;
    if (places > spot->decimals)
        spot->decimals = places < UINT32_MAX ? (uint32_t)places : UINT32_MAX;
    spot->vast |= number.len > NUMBER_KEPT_MAX;
    spot->exponents |= spot->vast || memchr(number.data, 'e', number.len) ||
                       memchr(number.data, 'E', number.len);
    if ((infer->options->ranges || infer->options->widens) && !spot->vast)
        ta_note_bound(infer, spot, (ta_spot_bound){number.data, (uint32_t)number.len});
}
