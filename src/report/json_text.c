/* SPDX-License-Identifier: MIT */
/*
 * Objects of the JSON report. The one place where jansson is included. jansson answers NULL
 * both for text that is not UTF-8 and for want of memory: text is checked and mended here
 * first, so that NULL means memory alone. It keeps the order in which members were set.
 */
#include "report/json_text.h"

#include <jansson.h>
#include <limits.h>

#include "base/utf8.h"

/* An object under way: failures are kept and asked for once. */
typedef struct row {
    json_t *object;
    bool failed;
} row;

static void set_member(row *r, const char *name, json_t *value) {
    r->failed |= json_object_set_new_nocheck(r->object, name, value) != 0;
}

/* Each byte that is not text becomes U+FFFD. */
static json_t *mend_text(const char *text, size_t len) {
    ta_buf mended = {0};
    for (size_t at = 0; at < len;) {
        size_t good = ta_utf8_check(text + at, len - at);
        ta_buf_put(&mended, text + at, good);
        at += good;
        if (at < len) {
            ta_buf_puts(&mended, "\xEF\xBF\xBD");
            at++;
        }
    }
    json_t *value =
        mended.failed ? NULL : json_stringn_nocheck(ta_buf_text(&mended), mended.len);
    ta_buf_fini(&mended);
    return value;
}

static void set_text(row *r, const char *name, const char *text) {
    if (!text)
        return;
    size_t len = strlen(text);
    bool good = ta_utf8_check(text, len) == len;
    set_member(r, name, good ? json_stringn_nocheck(text, len) : mend_text(text, len));
}

static void set_number(row *r, const char *name, uint64_t value) {
    set_member(r, name, json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value));
}

static void set_number_if(row *r, const char *name, uint64_t value) {
    if (value)
        set_number(r, name, value);
}

static void set_place(row *r, const ta_place *place) {
    set_text(r, "file", place->file);
    set_number_if(r, "line", place->from.line);
    set_number_if(r, "column", place->from.column);
}

static void set_message(row *r, const ta_finding *finding) {
    ta_buf message = {0};
    ta_finding_message(finding, &message);
    set_text(r, "message", ta_buf_text(&message));
    r->failed |= message.failed;
    ta_buf_fini(&message);
}

static void set_related(row *r, const ta_finding *finding) {
    if (!finding->related_count)
        return;
    json_t *list = json_array();
    for (size_t i = 0; i < finding->related_count; i++) {
        row related = {.object = json_object()};
        set_place(&related, &finding->related[i].place);
        set_text(&related, "label", finding->related[i].label);
        related.failed |= json_array_append_new(list, related.object) != 0; /* takes it */
        r->failed |= related.failed;
        if (related.failed)
            break;
    }
    set_member(r, "related", list);
}

static int put_dumped(const char *data, size_t len, void *to) {
    ta_buf *out = to;
    ta_buf_put(out, data, len);
    return out->failed ? -1 : 0;
}

/* Writes and drops the object. */
static bool finish_row(row *r, ta_buf *out) {
    bool ok = r->object && !r->failed &&
              json_dump_callback(r->object, put_dumped, out, JSON_PRESERVE_ORDER) == 0;
    json_decref(r->object);
    return ok;
}

bool ta_json_text_finding(const ta_finding *finding, ta_buf *out) {
    row r = {.object = json_object()};
    set_text(&r, "code", ta_codes[finding->code].code);
    set_text(&r, "level", ta_level_text(finding->level));
    set_place(&r, &finding->place);
    set_number_if(&r, "end_line", finding->place.from.line ? finding->place.to.line : 0);
    set_number_if(&r, "end_column", finding->place.from.line ? finding->place.to.column : 0);
    set_number_if(&r, "record", finding->record_no);
    set_text(&r, "path", finding->path);
    set_text(&r, "pointer", finding->pointer);
    set_message(&r, finding);
    set_text(&r, "expected", finding->expected);
    set_text(&r, "found", finding->found);
    set_number_if(&r, "count", finding->count);
    if (finding->personal)
        set_member(&r, "personal", json_true());
    set_related(&r, finding);
    set_text(&r, "rule", finding->rule_id);
    set_text(&r, "record_key", finding->record_key);
    set_number_if(&r, "row", finding->row);
    set_text(&r, "csv_column", finding->column);
    return finish_row(&r, out);
}

bool ta_json_text_summary(const ta_summary *summary, ta_buf *out) {
    row r = {.object = json_object()};
    set_text(&r, "file", summary->file);
    set_number(&r, "records", summary->records);
    set_number(&r, "errors", summary->errors);
    set_number(&r, "warnings", summary->warnings);
    set_number(&r, "notes", summary->notes);
    set_number(&r, "rules", summary->rules);
    set_number(&r, "skipped", summary->skipped);
    set_text(&r, "schema", summary->schema);
    return finish_row(&r, out);
}
