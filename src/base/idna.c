/* SPDX-License-Identifier: MIT */
/* The one place that includes libidn2. Its own limit on labels is a buffer of 64 bytes. */
#include "base/idna.h"

#include <idn2.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

size_t ta_idna_label(const char *label, size_t len, ta_label_form form,
                     char ascii[TA_LABEL_MAX + 1]) {
    char copy[TA_LABEL_MAX * 4 + 1];
    uint8_t *other = NULL;
    if (len >= sizeof copy)
        return 0;
    memcpy(copy, label, len);
    copy[len] = 0;
    int flags = form == TA_LABEL_LOOSE ? IDN2_NFC_INPUT : 0;
    int status = form == TA_LABEL_ASCII
                     ? idn2_register_u8(NULL, (const uint8_t *)copy, &other, 0)
                     : idn2_register_u8((const uint8_t *)copy, NULL, &other, flags);
    size_t ascii_len = status != IDN2_OK ? 0 : other ? strlen((const char *)other) : len;
    if (ascii && ascii_len <= TA_LABEL_MAX) {
        memcpy(ascii, other && ascii_len ? (const char *)other : copy, ascii_len);
        ascii[ascii_len] = 0;
    }
    idn2_free(other);
    return ascii_len;
}
