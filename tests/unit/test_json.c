/* SPDX-License-Identifier: MIT */
/*
 * JSON in and out: what is JSON and what is not, held against jansson; the finding of each
 * fault and its place; windows that end in every place of a record; the writer's three styles.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "json_cases.h"
#include "read_kit.h"

static void check_good(const char *in) {
    size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
    json_t *want = json_loads(in, flags, NULL);
    if (!TA_CHECK(want != NULL))
        fprintf(stderr, "    in:   %s\n", in);
    for (int style = 0; style < 2; style++) {
        conversion how = {.from = "json", .to = "json", .pretty = style == 1};
        outcome got = convert(&how, in, strlen(in));
        json_t *value = json_loadb(ta_buf_text(&got.out), got.out.len, flags, NULL);
        if (!TA_CHECK(got.status == TA_OK && value && json_equal(value, want)))
            fprintf(stderr, "    in:   %s\n    got:  %s %s\n", in, ta_buf_text(&got.out),
                    ta_buf_text(&got.findings));
        /* What was written once is written the same again. */
        outcome again = convert(&how, ta_buf_text(&got.out), got.out.len);
        TA_CHECK(again.out.len == got.out.len &&
                 !memcmp(ta_buf_text(&again.out), ta_buf_text(&got.out), got.out.len));
        json_decref(value);
        drop_outcome(&got);
        drop_outcome(&again);
    }
    json_decref(want);
}

static void check_bad(void) {
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        check_findings("json", bad[i].in, bad[i].want);
        json_t *value = json_loads(bad[i].in, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
        if (!TA_CHECK(!value))
            fprintf(stderr, "    in:   %s\n", bad[i].in);
        json_decref(value);
    }
}

static void check_nuls(void) {
    static const struct {
        const char *in;
        size_t len;
        const char *want;
    } rows[] = {
        {"[\"a\0b\"]", 7, "encoding-nul@1:4 "}, {"[1\0]", 4, "encoding-nul@1:3 "},
        {"[1]\0", 4, "encoding-nul@1:4 "},      {"\0", 1, "encoding-nul@1:1 "},
        {"[true\0", 6, "encoding-nul@1:6 "},    {"[\0001\0]\0", 6, "encoding-nul@1:2 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        conversion how = {.from = "json", .to = "json"};
        outcome got = convert(&how, rows[i].in, rows[i].len);
        TA_CHECK_TEXT(ta_buf_text(&got.findings), rows[i].want);
        TA_CHECK(got.status == TA_ERR_INPUT);
        drop_outcome(&got);
    }
}

static void check_lines(void) {
    const conversion lines = {.from = "jsonl", .to = "jsonl"};
    check_output(&lines, "{\"a\": 1}\n\n \t\r\n[2]\r\n\"x\" \n null",
                 "{\"a\":1}\n[2]\n\"x\"\nnull\n");
    check_output(&lines, "", "");
    check_output(&(conversion){.from = "jsonl", .to = "json"}, "\n", "[]\n");
    check_output(&lines, "{\"a\":\n1}\n[1", "");
    check_output(&lines, "1\n{\n2\n[3,]\n4 5\n\"\n{\"a\":1,\"a\":1}\n6", "1\n2\n6\n");
    check_findings("jsonl", "1\n{\n2\n[3,]\n4 5\n\"\n{\"a\":1,\"a\":1}\n6",
                   "json-syntax@2:2 json-syntax@4:4 json-syntax@5:3 json-string@6:2<6:1 "
                   "record-duplicate-key@7:8<7:2 ");
    check_findings("jsonl", "{\"a\":\"\xE9\"}\n1\n{\"\xE9\xE9\":\"\xE9\"}\n[\xE9\n\"\xC3\xA9\"",
                   "encoding-invalid@1:7 encoding-invalid@3:3 encoding-invalid@4:2 ");
    check_findings("jsonl", "{\"a\":1},\n{\"a\":2}", "json-syntax@1:8 ");
}

static void check_styles(void) {
    const char *in = "[{\"a\\n\":[],\"b\":{},\"c\":[1,{\"d\":null}]},[2],\"\\u007f\\u0001\"]";
    check_output(
        &(conversion){.from = "json", .to = "json"}, in,
        "[\n{\"a\\n\":[],\"b\":{},\"c\":[1,{\"d\":null}]},\n[2],\n\"\x7F\\u0001\"\n]\n");
    check_output(&(conversion){.from = "json", .to = "jsonl"}, in,
                 "{\"a\\n\":[],\"b\":{},\"c\":[1,{\"d\":null}]}\n[2]\n\"\x7F\\u0001\"\n");
    check_output(&(conversion){.from = "json", .to = "json", .pretty = true}, in,
                 "[\n  {\n    \"a\\n\": [],\n    \"b\": {},\n    \"c\": [\n      1,\n      {\n"
                 "        \"d\": null\n      }\n    ]\n  },\n  [\n    2\n  ],\n"
                 "  \"\x7F\\u0001\"\n]\n");
    check_output(&(conversion){.from = "json", .to = "json", .pretty = true}, " {\"a\":[1]}",
                 "{\n  \"a\": [\n    1\n  ]\n}\n");
    /* jansson refuses such keys. */
    check_output(&(conversion){.from = "json", .to = "json"}, "{\"foo\\u0000bar\": 42}",
                 "{\"foo\\u0000bar\":42}\n");
    check_output(&(conversion){.from = "json", .to = "json", .limit = 2}, "[1,2,3,]",
                 "[\n1,\n2\n]\n");
    outcome got = convert(&(conversion){.from = "json", .to = "jsonl"}, "{\"a\":1}", 7);
    TA_CHECK_TEXT(ta_buf_text(&got.findings), "loss-shape@0:0 ");
    drop_outcome(&got);
}

/* A record behind so many blanks that the first window ends in each of its places. */
static void check_windows(const char *format, const char *record, const char *want) {
    size_t len = strlen(record);
    char *data = malloc(WINDOW + len);
    if (!TA_CHECK(data != NULL))
        return;
    for (size_t cut = 0; cut <= len; cut++) {
        memset(data, '\n', WINDOW);
        memcpy(data + WINDOW - cut, record, len);
        outcome got =
            convert(&(conversion){.from = format, .to = "json"}, data, WINDOW - cut + len);
        if (!TA_CHECK_TEXT(ta_buf_text(&got.out), want))
            fprintf(stderr, "    cut at %zu: %s\n", cut, ta_buf_text(&got.findings));
        drop_outcome(&got);
    }
    free(data);
}

/* A list whose items together are many windows long, read whole and through each style. */
static void check_long(void) {
    ta_buf in = {0}, want = {0};
    for (int i = 0; i < 20000; i++) {
        ta_buf_printf(&in, "%s{\"id\": %d, \"name\": \"caf\\u00e9 %d\", \"k%d\": [%d, {}]}",
                      i ? ",\n " : "[", i, i * 7, i % 300, i);
        ta_buf_printf(&want, "%s{\"id\":%d,\"name\":\"caf\xC3\xA9 %d\",\"k%d\":[%d,{}]}",
                      i ? ",\n" : "[\n", i, i * 7, i % 300, i);
    }
    ta_buf_puts(&in, "]");
    ta_buf_puts(&want, "\n]\n");
    check_output(&(conversion){.from = "json", .to = "json"}, ta_buf_text(&in),
                 ta_buf_text(&want));
    ta_buf_fini(&in);
    ta_buf_fini(&want);
}

static void check_limits(void) {
    size_t len = 3 << 20;
    char *text = malloc(len + 64);
    if (!TA_CHECK(text != NULL))
        return;
    memset(text, '7', len);
    memcpy(text, "1\n\"", 3);
    snprintf(text + len, 64, "\"\n{\"z\":2}");
    outcome got =
        convert(&(conversion){"jsonl", "jsonl", .window_max = 1 << 20}, text, strlen(text));
    TA_CHECK_TEXT(ta_buf_text(&got.findings), "record-size@2:1 ");
    TA_CHECK_TEXT(ta_buf_text(&got.out), "1\n{\"z\":2}\n");
    drop_outcome(&got);
    for (size_t i = 0; i < len; i += 2)
        memcpy(text + i, i ? ",1" : "[1", 2);
    snprintf(text + len, 64, "]\n3");
    got = convert(&(conversion){"jsonl", "jsonl", .memory_max = 1 << 20}, text, strlen(text));
    TA_CHECK_TEXT(ta_buf_text(&got.findings), "record-size@1:1 ");
    TA_CHECK_TEXT(ta_buf_text(&got.out), "3\n");
    drop_outcome(&got);
    memset(text, '[', 2000);
    text[2000] = 0;
    check_findings("json", text, "record-depth@1:1002 ");
    check_findings("jsonl", text, "record-depth@1:1001 ");
    free(text);
}

static void check_sniff(void) {
    static const struct {
        const char *in, *want;
    } rows[] = {
        {"{\"a\":1}\n{\"a\":2}\n", "jsonl"},
        {"\n[1,2]\r\n[3,4]", "jsonl"},
        {"{\"a\":1}\n", "json"},
        {"[\n{\"a\":1},\n{\"a\":2}\n]\n", "json"},
        {"{\"a\":\"}\\\"\"}\n{", "jsonl"},
        {"{\n\"a\": 1\n}\n", "json"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ta_format *format = ta_format_sniff(rows[i].in, strlen(rows[i].in), true);
        TA_CHECK_TEXT(format ? format->name : NULL, rows[i].want);
    }
}

int main(void) {
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        check_good(good[i]);
    check_bad();
    check_nuls();
    check_lines();
    check_styles();
    const char *record = "{\"id\":\"caf\xC3\xA9\",\"\\u0061\\\"\" : [-1.5e+10,true,false,null],"
                         "\"\xF0\x9F\x98\x80\":\"\\ud83d\\ude00\\n\",\"o\":{\"id\":{}}}  ";
    const char *want = "{\"id\":\"caf\xC3\xA9\",\"a\\\"\":[-1.5e+10,true,false,null],"
                       "\"\xF0\x9F\x98\x80\":\"\xF0\x9F\x98\x80\\n\",\"o\":{\"id\":{}}}\n";
    check_windows("json", record, want);
    check_windows("json", "[-12.5,\"a\\u00e9\",[ ] , 7 ]\n",
                  "[\n-12.5,\n\"a\xC3\xA9\",\n[],\n7\n]\n");
    check_windows("jsonl", "{\"a\":[1,\"\xE2\x82\xAC\"]} \r\n17\n\"x\"",
                  "[\n{\"a\":[1,\"\xE2\x82\xAC\"]},\n17,\n\"x\"\n]\n");
    check_windows("jsonl", "{\"a\":[1,\"\xE2\x82\xAC\"]} x\r\n[1,]\n17\n", "[\n17\n]\n");
    check_long();
    check_limits();
    check_sniff();
    return unit_end("json");
}
