/* SPDX-License-Identifier: MIT */
/* Records by hand, as JSON Lines. */
#include <stdlib.h>

#include "api/api.h"
#include "base/decimal.h"
#include "base/utf8.h"

struct ta_builder {
    ta_buf lines;
    size_t depth;
    bool objects[TA_DEPTH_MAX]; /* by depth: an object is open, else a list */
    bool begun;                 /* the open object or list has something in it */
    bool keyed;                 /* a member's name stands there, its value is to come */
    bool wrong;                 /* a call was out of place */
};

ta_builder *ta_builder_new(void) {
    return calloc(1, sizeof(ta_builder));
}

static bool is_in_object(const ta_builder *builder) {
    return builder->depth && builder->objects[builder->depth - 1];
}

/* Before a value: what parts it from the one before. False: no value may stand here. */
static bool begin_value(ta_builder *builder) {
    builder->wrong |= is_in_object(builder) && !builder->keyed;
    if (builder->wrong)
        return false;
    if (builder->depth && !builder->keyed && builder->begun)
        ta_buf_puts(&builder->lines, ",");
    builder->keyed = false;
    return true;
}

static void end_value(ta_builder *builder) {
    builder->begun = true;
    if (!builder->depth)
        ta_buf_puts(&builder->lines, "\n");
}

static void put_string(ta_builder *builder, const char *text, size_t len) {
    builder->wrong |= ta_utf8_check(text, len) != len;
    ta_buf_puts(&builder->lines, "\"");
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            ta_buf_printf(&builder->lines, "\\%c", c);
        else if (c < 0x20)
            ta_buf_printf(&builder->lines, "\\u%04x", c);
        else
            ta_buf_put(&builder->lines, text + i, 1);
    }
    ta_buf_puts(&builder->lines, "\"");
}

void ta_builder_key(ta_builder *builder, const char *name) {
    builder->wrong |= !is_in_object(builder) || builder->keyed;
    if (builder->wrong)
        return;
    ta_buf_puts(&builder->lines, builder->begun ? "," : "");
    put_string(builder, name, strlen(name));
    ta_buf_puts(&builder->lines, ":");
    builder->keyed = true;
}

static void put_word(ta_builder *builder, const char *word) {
    if (!begin_value(builder))
        return;
    ta_buf_puts(&builder->lines, word);
    end_value(builder);
}

void ta_builder_text(ta_builder *builder, const char *text, size_t len) {
    if (!begin_value(builder))
        return;
    put_string(builder, text, len);
    end_value(builder);
}

void ta_builder_number(ta_builder *builder, const char *text) {
    builder->wrong |= !ta_number_is(text, strlen(text));
    put_word(builder, text);
}

void ta_builder_boolean(ta_builder *builder, bool value) {
    put_word(builder, value ? "true" : "false");
}

void ta_builder_null(ta_builder *builder) {
    put_word(builder, "null");
}

void ta_builder_begin(ta_builder *builder, ta_kind kind) {
    builder->wrong |= kind < TA_ARRAY || builder->depth == TA_DEPTH_MAX;
    if (!begin_value(builder))
        return;
    builder->objects[builder->depth++] = kind == TA_OBJECT;
    builder->begun = false;
    ta_buf_puts(&builder->lines, kind == TA_OBJECT ? "{" : "[");
}

void ta_builder_end(ta_builder *builder) {
    builder->wrong |= !builder->depth || builder->keyed;
    if (builder->wrong)
        return;
    ta_buf_puts(&builder->lines, builder->objects[--builder->depth] ? "}" : "]");
    end_value(builder);
}

ta_status ta_builder_take(ta_builder *builder, const char **data, size_t *len) {
    bool lost = builder->lines.failed, wrong = builder->wrong || builder->depth;
    *data = builder->lines.data ? builder->lines.data : "";
    *len = lost || wrong ? 0 : builder->lines.len;
    builder->lines.len = builder->depth = 0;
    builder->begun = builder->keyed = builder->wrong = builder->lines.failed = false;
    return lost ? TA_ERR_NOMEM : wrong ? TA_ERR_USAGE : TA_OK;
}

void ta_builder_free(ta_builder *builder) {
    if (!builder)
        return;
    ta_buf_fini(&builder->lines);
    free(builder);
}
