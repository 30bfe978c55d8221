/* SPDX-License-Identifier: MIT */
/*
 * --records in JSON: what is streamed, what stands around it, what is said; the same whatever
 * the windows are, and the places in the whole file.
 */
#include <stdlib.h>

#include "read_kit.h"

typedef struct row {
    const char *in, *path, *out, *around, *findings;
} row;

/* The output without its line feeds. */
static void flatten(ta_buf *out) {
    size_t n = 0;
    for (size_t i = 0; i < out->len; i++)
        if (out->data[i] != '\n')
            out->data[n++] = out->data[i];
    out->len = n;
}

static const row good_rows[] = {
    {"{\"g\":[1,{\"a\":2}]}", "g", "[1,{\"a\":2}]", "{\"g\":[]}", ""},
    {" {\"a\" : 1 , \"g\" : [ ] , \"z\" : {\"g\":[3]} } ", "g", "[]",
     "{\"a\":1,\"g\":[],\"z\":{\"g\":[3]}}", "loss-envelope@1:2 "},
    {"{\"d\":{\"x\":1,\"g\":[1]},\"y\":\"\xC3\xA9\"}", "d.g", "[1]",
     "{\"d\":{\"x\":1,\"g\":[]},\"y\":\"\xC3\xA9\"}", "loss-envelope@1:1 "},
    {"[0,{\"g\":[5,6]},[7]]", "1.g", "[5,6]", "[0,{\"g\":[]},[7]]", "loss-envelope@1:1 "},
    {"{\"1\":{\"g\":[5]}}", "1.g", "[5]", "{\"1\":{\"g\":[]}}", ""},
    {"{\"a.b\":{\"\\u0067\":[5]}}", "a\\.b.g", "[5]", "{\"a.b\":{\"g\":[]}}", ""},
    {"[[1],[],[2,3],4]", "*", "[1,2,3]", "[[],[],[],4]", "loss-lists@1:1 loss-envelope@1:1 "},
    {"{\"r\":[{\"i\":1,\"g\":[1]},{\"g\":[2]},{\"i\":3},{\"g\":null},7]}", "r.*.g", "[1,2]",
     "{\"r\":[{\"i\":1,\"g\":[]},{\"g\":[]},{\"i\":3},{\"g\":null},7]}",
     "loss-lists@1:1 loss-envelope@1:1 "},
    {"{\"a\":{\"g\":[1]},\"b\":{\"g\":[2]}}", "*.g", "[1,2]",
     "{\"a\":{\"g\":[]},\"b\":{\"g\":[]}}", "loss-lists@1:1 "},
};

static const row bad_rows[] = {
    {"{\"g\":{}}", "g", "", "", "records-path@1:6 "},
    {"\n 7", "g", "", "", "records-path@2:2 "},
    {"{}", "g", "", "", "records-path@1:1 "},
    {"{\"d\":\n [{\"g\":1}]}", "d.g", "", "", "records-path@2:2 "},
    {"{\"d\":[\n1]}", "d.3", "", "", "records-path@1:6 "},
    {"{\"g\":[1],\"x\":2,\n\"g\":[2],\"x\":3}", "g", "[1]", "",
     "record-duplicate-key@2:1<1:2 record-duplicate-key@2:9<1:10 "},
    {"{\"d\":{\"x\":1,\n\"g\":[1\n],\"x\":2}}", "d.g", "[1]", "",
     "record-duplicate-key@3:3<1:7 "},
    {"{\"m\":{\"a\":1,\"a\":2},\"g\":[{\"b\":1,\"b\":2},3]}", "g", "[3]", "",
     "record-duplicate-key@1:32<1:26 record-duplicate-key@1:13<1:7 "},
    {"{\"g\":[1],\n\"x\" 2}", "g", "[1]", "", "json-syntax@2:5 "},
    {"{\"g\":[1]\n\"x\":2}", "g", "[1]", "", "json-syntax@2:1<1:1 "},
    {"{\"g\":[1],}", "g", "[1]", "", "json-syntax@1:10 "},
    {"{\"d\":{\"g\":[1]}", "d.g", "[1]", "", "json-end@1:15<1:1 "},
    {"{\"d\":{\"g\":[1]", "d.g", "[1]", "", "json-end@1:14<1:6 "},
    {"{\"d\":{\"g\":[1", "d.g", "[1]", "", "json-end@1:13<1:11 "},
    {"{\"d\":{\"g\"", "d.g", "", "", "json-end@1:10<1:6 "},
    {"{\"g\":[1]} x", "g", "[1]", "", "json-trailing@1:11 "},
    {"{\"x\":[1,],\"g\":[1]}", "g", "", "", "json-syntax@1:9 "},
    {"{\"x\":\"\xE9\",\"g\":[1]}", "g", "[1]", "", "encoding-invalid@1:7 "},
    {"{\"g\":[\"\xE9\",1],\"\xE9\":2}", "g", "[1]", "",
     "encoding-invalid@1:8 encoding-invalid@1:15 "},
    {"", "g", "", "", "json-syntax@1:1 "},
    {"{\"x\":[[[[1]]]],\"g\":[1]}", "g", "", "", "record-depth@1:9 "},
    {"{\"g\":[1],\"x\":[[[1]]],\"y\":[[[[1]]]]}", "g", "[1]", "", "record-depth@1:29 "},
};

static void check_row(const row *r, const char *data, size_t len, bool envelope) {
    conversion how = {
        .from = "json", .to = "json", .records = r->path, .envelope = envelope, .depth_max = 4};
    outcome got = convert(&how, data, len);
    flatten(&got.out);
    flatten(&got.around);
    bool same = TA_CHECK_TEXT(ta_buf_text(&got.out), r->out);
    if (envelope)
        same &= TA_CHECK_TEXT(ta_buf_text(&got.around), r->around);
    else
        same &= TA_CHECK_TEXT(ta_buf_text(&got.findings), r->findings);
    if (!same)
        fprintf(stderr, "    in:   %s\n    path: %s: %s\n", r->in, r->path,
                ta_buf_text(&got.findings));
    drop_outcome(&got);
}

/* Behind so many blanks that the first window ends in each place of the document. */
static void check_cuts(const row *r, char *room) {
    size_t len = strlen(r->in);
    row far = *r;
    for (size_t cut = 0; cut <= len; cut++) {
        memset(room, '\r', WINDOW);
        memcpy(room + WINDOW - cut, r->in, len);
        conversion how = {.from = "json", .to = "json", .records = r->path, .depth_max = 4};
        outcome near = convert(&how, r->in, len);
        outcome got = convert(&how, room, WINDOW - cut + len);
        flatten(&got.out);
        if (!TA_CHECK_TEXT(ta_buf_text(&got.out), far.out))
            fprintf(stderr, "    cut at %zu: %s\n", cut, ta_buf_text(&got.findings));
        /* The codes are the same; the columns are not. */
        TA_CHECK(near.status == got.status);
        drop_outcome(&near);
        drop_outcome(&got);
    }
}

/* With so many lines before it that the places lie in a later window. */
static void check_lines_before(const row *r, char *room) {
    size_t len = strlen(r->in);
    memset(room, '\n', WINDOW);
    memcpy(room + WINDOW - 5, r->in, len);
    conversion how = {.from = "json", .to = "json", .records = r->path, .depth_max = 4};
    outcome near = convert(&how, r->in, len);
    outcome far = convert(&how, room, WINDOW - 5 + len);
    ta_buf want = {0};
    for (const char *p = ta_buf_text(&near.findings); *p;) {
        size_t plain = strcspn(p, "@<");
        ta_buf_put(&want, p, plain + (p[plain] != 0));
        p += plain + (p[plain] != 0);
        if (p[-1] != '@' && p[-1] != '<')
            break;
        char *end;
        unsigned long line = strtoul(p, &end, 10);
        ta_buf_printf(&want, "%lu", line + WINDOW - 5);
        p = end;
    }
    if (!TA_CHECK_TEXT(ta_buf_text(&far.findings), ta_buf_text(&want)))
        fprintf(stderr, "    in:   %s\n", r->in);
    ta_buf_fini(&want);
    drop_outcome(&near);
    drop_outcome(&far);
}

/* Long around and long inside: nothing of the list stays, all of the rest does. */
static void check_long_around(void) {
    ta_buf in = {0}, around = {0};
    ta_buf_puts(&in, "{\n");
    ta_buf_puts(&around, "{");
    for (int i = 0; i < 40000; i++) {
        ta_buf_printf(&in, "\"before%d\": [%d, null],\n", i, i);
        ta_buf_printf(&around, "\"before%d\":[%d,null],", i, i);
    }
    ta_buf_puts(&in, "\"g\": [");
    for (int i = 0; i < 40000; i++)
        ta_buf_printf(&in, "%s{\"id\": %d}", i ? ",\n" : "", i);
    ta_buf_puts(&in, "\n]");
    ta_buf_puts(&around, "\"g\":[]");
    for (int i = 0; i < 40000; i++) {
        ta_buf_printf(&in, ",\n\"after%d\": \"%d\"", i, i);
        ta_buf_printf(&around, ",\"after%d\":\"%d\"", i, i);
    }
    ta_buf_puts(&in, "}");
    ta_buf_puts(&around, "}");
    conversion how = {.from = "json", .to = "json", .records = "g", .envelope = true};
    outcome got = convert(&how, ta_buf_text(&in), in.len);
    flatten(&got.around);
    TA_CHECK(got.records == 40000 && got.status == TA_OK);
    TA_CHECK_TEXT(ta_buf_text(&got.around), ta_buf_text(&around));
    drop_outcome(&got);
    how.window_max = 1 << 19;
    got = convert(&how, ta_buf_text(&in), in.len);
    TA_CHECK(got.status == TA_ERR_INPUT);
    TA_CHECK(strstr(ta_buf_text(&got.findings), "record-size@") != NULL);
    drop_outcome(&got);
    ta_buf_fini(&in);
    ta_buf_fini(&around);
}

/* With an envelope the rest is read behind --limit; without one it is not. */
static void check_limited(void) {
    const char *in = "{\"g\": [1, 2, 3, {\"a\": 4}], \"z\": 1}";
    conversion how = {
        .from = "json", .to = "json", .records = "g", .envelope = true, .limit = 2};
    outcome got = convert(&how, in, strlen(in));
    TA_CHECK_TEXT(ta_buf_text(&got.out), "[\n1,\n2\n]\n");
    TA_CHECK_TEXT(ta_buf_text(&got.around), "{\"g\":[],\"z\":1}\n");
    TA_CHECK(got.status == TA_OK && got.records == 2);
    drop_outcome(&got);
    how.envelope = false;
    got = convert(&how, in, 15);
    TA_CHECK_TEXT(ta_buf_text(&got.out), "[\n1,\n2\n]\n");
    TA_CHECK_TEXT(ta_buf_text(&got.findings), "");
    drop_outcome(&got);
}

int main(void) {
    char *room = malloc(WINDOW + 256);
    if (!TA_CHECK(room != NULL))
        return unit_end("records");
    for (size_t i = 0; i < sizeof good_rows / sizeof *good_rows; i++) {
        const row *r = &good_rows[i];
        check_row(r, r->in, strlen(r->in), true);
        check_row(r, r->in, strlen(r->in), false);
        check_cuts(r, room);
        check_lines_before(r, room);
    }
    for (size_t i = 0; i < sizeof bad_rows / sizeof *bad_rows; i++) {
        const row *r = &bad_rows[i];
        check_row(r, r->in, strlen(r->in), false);
        check_cuts(r, room);
        check_lines_before(r, room);
    }
    check_long_around();
    check_limited();
    free(room);
    return unit_end("records");
}
