/* SPDX-License-Identifier: MIT */
/* What the first bytes of a file say of its schema, without reading it as data. */
#ifndef TA_FLOW_HINTS_H
#define TA_FLOW_HINTS_H

#include "record/node.h"

/* The top's $schema in JSON, if it stands before any list or object, and is text without
 * escapes; else empty. */
ta_text ta_hint_of_json(const char *data, size_t len);
/* The same in YAML, at the line's front, or in the comment of editors. */
ta_text ta_hint_of_yaml(const char *data, size_t len);
/* The root's name in XML, without a prefix; empty: there is none so soon. */
ta_text ta_hint_of_xml(const char *data, size_t len);

#endif
