/* SPDX-License-Identifier: MIT */
/* How a text is written in YAML so that readers of 1.1 and of 1.2 see the same text. */
#ifndef TA_FORMAT_YAML_STYLE_H
#define TA_FORMAT_YAML_STYLE_H

#include "base/mem.h"

typedef enum ta_yaml_style {
    TA_YAML_PLAIN,
    TA_YAML_SINGLE, /* quotes */
    TA_YAML_DOUBLE,
    TA_YAML_LITERAL /* lines after a | */
} ta_yaml_style;

/* The plainest style that is safe. text has 15 readable bytes behind it. */
ta_yaml_style ta_yaml_style_of(const char *text, size_t len);

/* Appends a text in quotes. */
void ta_yaml_put_single(ta_buf *out, const char *text, size_t len);
void ta_yaml_put_double(ta_buf *out, const char *text, size_t len);
/* Appends a block text with its mark, its lines indented; without the last line's end. */
void ta_yaml_put_literal(ta_buf *out, const char *text, size_t len, size_t indent);

#endif
