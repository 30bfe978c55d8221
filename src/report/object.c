/* SPDX-License-Identifier: MIT */
/*
 * The one place where jansson is included. jansson answers NULL both for text that is not UTF-8
 * and for want of memory: text is checked and mended here first, so that NULL means memory
 * alone. It keeps the order in which members were set.
 */
#include "report/object.h"

#include <jansson.h>

#include "base/utf8.h"

static void fail(ta_object *object) {
    for (; object; object = object->around)
        object->failed = true;
}

static void set_member(ta_object *object, const char *name, json_t *value) {
    if (json_object_set_new_nocheck(object->json, name, value) != 0)
        fail(object);
}

ta_object ta_object_new(void) {
    ta_object object = {.json = json_object()};
    object.failed = !object.json;
    return object;
}

ta_object ta_object_inside(ta_object *around, const char *name) {
    json_t *json = json_object();
    set_member(around, name, json);
    return (ta_object){
        .json = around->failed ? NULL : json, .around = around, .failed = around->failed};
}

ta_object ta_object_item(ta_object *around, const char *name) {
    json_t *list = json_object_get(around->json, name), *json = json_object();
    if (!list) {
        list = json_array();
        set_member(around, name, list);
    }
    if (json_array_append_new(around->failed ? NULL : list, json) != 0)
        fail(around);
    return (ta_object){
        .json = around->failed ? NULL : json, .around = around, .failed = around->failed};
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

void ta_object_text(ta_object *object, const char *name, const char *text) {
    if (!text)
        return;
    size_t len = strlen(text);
    bool good = ta_utf8_check(text, len) == len;
    set_member(object, name, good ? json_stringn_nocheck(text, len) : mend_text(text, len));
}

void ta_object_number(ta_object *object, const char *name, uint64_t value) {
    set_member(object, name, json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value));
}

void ta_object_number_if(ta_object *object, const char *name, uint64_t value) {
    if (value)
        ta_object_number(object, name, value);
}

void ta_object_flag(ta_object *object, const char *name, bool value) {
    set_member(object, name, json_boolean(value));
}

void ta_object_message(ta_object *object, const char *name, const ta_finding *finding) {
    ta_buf message = {0};
    ta_finding_message(finding, &message);
    ta_object_text(object, name, ta_buf_text(&message));
    if (message.failed)
        fail(object);
    ta_buf_fini(&message);
}

static int put_dumped(const char *data, size_t len, void *to) {
    ta_buf *out = to;
    ta_buf_put(out, data, len);
    return out->failed ? -1 : 0;
}

bool ta_object_finish(ta_object *object, ta_buf *out) {
    bool ok = object->json && !object->failed &&
              json_dump_callback(object->json, put_dumped, out, JSON_PRESERVE_ORDER) == 0;
    json_decref(object->json);
    object->json = NULL;
    return ok;
}
