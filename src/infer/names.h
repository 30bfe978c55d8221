/* SPDX-License-Identifier: MIT */
/* What the name of a place says about its values. Private to src/infer. */
#ifndef TA_INFER_NAMES_H
#define TA_INFER_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TA_NAME_ID = 1,   /* names a thing: id, key, reference */
    TA_NAME_CODE = 2, /* digits that are no number: postcodes, SIREN, NUTS */
    TA_NAME_PHONE = 4,
    TA_NAME_AMOUNT = 8, /* money */
    TA_NAME_COUNTRY = 16,
    TA_NAME_CURRENCY = 32,
    TA_NAME_VAT = 64
};

/* *says gets bits of TA_NAME_*. False: no memory. */
bool ta_name_says(const char *name, size_t len, unsigned *says);

#endif
