/* SPDX-License-Identifier: MIT */
/* Labels of host names beyond ASCII, by IDNA 2008 (libidn2). */
#ifndef TA_BASE_IDNA_H
#define TA_BASE_IDNA_H

#include <stddef.h>

enum { TA_LABEL_MAX = 63 };

typedef enum ta_label_form {
    TA_LABEL_ASCII,   /* xn--..., whose Unicode form must be good */
    TA_LABEL_UNICODE, /* in NFC already */
    TA_LABEL_LOOSE    /* to be normalized first */
} ta_label_form;

/* The length in A-form of a label that may be registered, by all rules of IDNA 2008, those of
 * context too; 0: it may not. The A-form goes to ascii (of a label in Unicode), NULL: nowhere.
 */
size_t ta_idna_label(const char *label, size_t len, ta_label_form form,
                     char ascii[TA_LABEL_MAX + 1]);

#endif
