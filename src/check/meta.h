/* SPDX-License-Identifier: MIT */
/* Metaschemas; for src/check alone. */
#ifndef TA_CHECK_META_H
#define TA_CHECK_META_H

#include "check/compile.h"

/* Holds each document of a schema against its metaschema. TA_ERR_USAGE: findings were emitted.
 */
TA_MUST_CHECK ta_status ta_meta_check(const ta_schema *schema, const ta_loader *loader);

/* ta_program_new without that; is_metaschema: its formats are not checked, its words not noted.
 */
TA_MUST_CHECK ta_status ta_program_compile(const ta_schema *schema, const ta_loader *loader,
                                           bool is_metaschema, ta_program **out);

#endif
