/* SPDX-License-Identifier: MIT */
#include "flow/baseline_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "flow/input.h"

/* The stage that takes the lines. */
typedef struct lines {
    ta_stage stage;
    ta_baseline *baseline;
    ta_finder *finder;
    bool bad;
} lines;

/* JSON's text; a byte that is no UTF-8 (in a file's name) becomes U+FFFD. */
static void put_json_text(ta_buf *out, const char *text) {
    ta_buf_puts(out, "\"");
    for (const char *end = text + strlen(text); text < end;) {
        size_t good = ta_utf8_check(text, (size_t)(end - text));
        for (const char *stop = text + good; text < stop; text++) {
            unsigned char c = (unsigned char)*text;
            if (c < 0x20 || c == 0x7F)
                ta_buf_printf(out, "\\u%04x", c);
            else
                ta_buf_printf(out, c == '"' || c == '\\' ? "\\%c" : "%c", c);
        }
        if (text < end)
            ta_buf_puts(out, "\xEF\xBF\xBD");
        text += text < end;
    }
    ta_buf_puts(out, "\"");
}

static void put_json_member(ta_buf *out, const char *name, const char *value) {
    if (!value || !*value)
        return;
    ta_buf_printf(out, "%s\"%s\": ", out->len > 1 ? ", " : "", name);
    put_json_text(out, value);
}

void ta_baseline_put_key(ta_buf *out, const ta_baseline_words *words) {
    ta_buf_puts(out, "{");
    put_json_member(out, "file", words->file);
    if (words->record)
        put_json_member(out, "record", words->record);
    else
        ta_buf_printf(out, ", \"record\": %s", words->number);
    put_json_member(out, "code", words->code);
    put_json_member(out, "path", words->path);
    put_json_member(out, "rule", words->rule);
}

static ta_status lines_begin(ta_stage *stage, const ta_head *head) {
    (void)stage;
    (void)head;
    return TA_OK;
}

/* A member's text, copied; NULL: it is not there, or of another kind. */
static const char *take_member(lines *l, const ta_record *record, const char *name,
                               ta_kind kind) {
    const ta_node *node =
        record->nodes->kind == TA_OBJECT ? ta_node_named(record, record->nodes, name) : NULL;
    if (!node || node->kind != kind)
        return NULL;
    ta_text text = ta_node_text(record, node);
    const char *copy = ta_arena_copy(&l->baseline->arena, text.data, text.len);
    l->baseline->failed |= !copy;
    return copy;
}

/* A count of at most 18 digits; 0: it is none. */
static uint64_t read_entry_count(const char *digits) {
    size_t len = digits ? strspn(digits, "0123456789") : 0;
    return len && !digits[len] && len < 19 ? strtoull(digits, NULL, 10) : 0;
}

static ta_status lines_put(ta_stage *stage, ta_record *record) {
    lines *l = (lines *)stage;
    const char *code = take_member(l, record, "code", TA_TEXT);
    uint64_t count = read_entry_count(take_member(l, record, "count", TA_NUMBER));
    ta_baseline_words words = {.file = take_member(l, record, "file", TA_TEXT),
                               .record = take_member(l, record, "record", TA_TEXT),
                               .number = take_member(l, record, "record", TA_NUMBER),
                               .code = code,
                               .path = take_member(l, record, "path", TA_TEXT),
                               .rule = take_member(l, record, "rule", TA_TEXT)};
    if (!words.file || !code || (!words.record && !words.number) || !count) {
        ta_find_at(l->finder, record, record->nodes, TA_PART_VALUE,
                   &(ta_finding){.code = TA_F_BASELINE_LINE});
        l->bad = true;
        return TA_OK;
    }
    ta_buf key = {0};
    ta_baseline_put_key(&key, &words);
    ta_baseline_entry *entry =
        ta_baseline_entry_of(l->baseline, ta_buf_text(&key), words.file, true);
    bool ok = entry && !key.failed && !l->baseline->failed;
    ta_buf_fini(&key);
    if (!ok)
        return TA_ERR_NOMEM;
    entry->allowed += count;
    entry->at = ta_where_of(record, record->nodes);
    return TA_OK;
}

static ta_status lines_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    return tail->status;
}

static void lines_drop(ta_stage *stage) {
    (void)stage;
}

static const ta_stage_ops lines_ops = {"baseline", TA_SCOPE_ORDERED, lines_begin,
                                       lines_put,  lines_end,        lines_drop};

/* Under update a file that is not there yet is an empty one. */
static ta_status open_lines(const ta_baseline *b, ta_source *source,
                            const ta_input_options *options) {
    ta_status status = ta_source_open(source, b->file, &options->source);
    if (status == TA_OK)
        return TA_OK;
    bool is_new = b->update && status == TA_ERR_IO && source->error == ENOENT;
    if (!is_new)
        ta_input_explain(source, b->file, status, options);
    ta_source_fini(source);
    return is_new ? TA_STOP : status;
}

ta_status ta_baseline_load(ta_baseline *b, ta_finder *finder) {
    ta_keys keys;
    ta_read_options read = {.lines = true};
    ta_input_options options = {.keys = &keys,
                                .finder = finder,
                                .from = "jsonl",
                                .read = &read,
                                .source = {.window_max = TA_RECORD_BYTES_MAX}};
    lines stage = {{&lines_ops, NULL}, b, finder, false};
    ta_source source;
    uint64_t records;
    ta_status status = open_lines(b, &source, &options);
    if (status != TA_OK)
        return status == TA_STOP ? TA_OK : status;
    if (!ta_keys_init(&keys)) {
        ta_source_fini(&source);
        return TA_ERR_NOMEM;
    }
    uint64_t errors = finder->errors;
    status = ta_input_read(&source, &options, &stage.stage, &records);
    ta_keys_fini(&keys);
    if (status == TA_OK && (stage.bad || finder->errors > errors))
        status = TA_ERR_INPUT;
    return status;
}
