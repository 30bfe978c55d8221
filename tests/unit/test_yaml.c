/* SPDX-License-Identifier: MIT */
/*
 * YAML in and out: what plain scalars are, what is refused and where; the place of every value
 * and key of nasty inputs; the writer's styles.
 */
#include "read_kit.h"
#include "yaml_places.h"

static void check_json(const char *in, const char *want) {
    conversion how = {.from = "yaml", .to = "json"};
    outcome got = convert(&how, in, strlen(in));
    if (!TA_CHECK_TEXT(ta_buf_text(&got.out), want))
        fprintf(stderr, "    in:   %s\n    said: %s\n", in, ta_buf_text(&got.findings));
    drop_outcome(&got);
}

/* The types of the core schema, and numbers as JSON has them. */
static const struct {
    const char *in, *want;
} scalar_rows[] = {
    {"null", "null"},
    {"~", "null"},
    {"", "null"},
    {"NULL", "null"},
    {"nULL", "\"nULL\""},
    {"true", "true"},
    {"False", "false"},
    {"yes", "\"yes\""},
    {"NO", "\"NO\""},
    {"0", "0"},
    {"-12", "-12"},
    {"+12", "12"},
    {"012", "\"012\""},
    {"-00", "\"-00\""},
    {"00.5", "\"00.5\""},
    {"0x1F", "31"},
    {"0o14", "12"},
    {"0b1", "\"0b1\""},
    {"0xFFFFFFFFFFFFFFFFFFFFFFFFF", "1267650600228229401496703205375"},
    {"-0x1F", "\"-0x1F\""},
    {"0o8", "\"0o8\""},
    {"1_000", "\"1_000\""},
    {"1.", "1.0"},
    {".5", "0.5"},
    {"-.5e3", "-0.5e3"},
    {"1.e-2", "1.0e-2"},
    {"1e5", "1e5"},
    {"1.50", "1.50"},
    {"1e", "\"1e\""},
    {".", "\".\""},
    {"-", "[\nnull\n]"},
    {"12:30", "\"12:30\""},
    {"2001-01-01", "\"2001-01-01\""},
    {".inf", "\".inf\""},
    {"-.INF", "\"-.INF\""},
    {".NaN", "\".NaN\""},
    {"'12'", "\"12\""},
    {"\"\"", "\"\""},
    {"!!str 12", "\"12\""},
    {"!!int \"3\"", "3"},
    {"!!int 012", "12"},
    {"! 1", "\"1\""},
    {"!!float 1", "1"},
    {"!!null x", ""},
    {"!!bool 1", ""},
    {"!!int 1.5", ""},
    {"!money 12", "\"12\""},
    {"|\n  12\n", "\"12\\n\""},
    {">-\n  a\n  b\n", "\"a b\""},
};

static void check_scalars(void) {
    for (size_t i = 0; i < sizeof scalar_rows / sizeof *scalar_rows; i++) {
        ta_buf want = {0};
        ta_buf_printf(&want, "%s%s", scalar_rows[i].want, *scalar_rows[i].want ? "\n" : "");
        check_json(*scalar_rows[i].in ? scalar_rows[i].in : "---\n", ta_buf_text(&want));
        ta_buf_fini(&want);
    }
    check_findings("yaml", "- !!int x\n- 1\n- !!bool 1\n",
                   "yaml-tag-value@1:9 yaml-tag-value@3:10 ");
}

static void check_forms(void) {
    check_json("", "[]\n");
    check_json("# nothing\n", "[]\n");
    check_json("- 1\n- b: 2\n", "[\n1,\n{\"b\":2}\n]\n");
    check_json("[1, {b: 2}]", "[\n1,\n{\"b\":2}\n]\n");
    check_json("[]", "[]\n");
    check_json("a: 1\n", "{\"a\":1}\n");
    check_json("a: 1\n---\nb: 2\n", "[\n{\"a\":1},\n{\"b\":2}\n]\n");
    check_json("- 1\n---\n- 2\n", "[\n[1],\n[2]\n]\n");
    check_json("- 1\n...\n# no more\n", "[\n1\n]\n");
    check_json("--- 1\n---\n--- 3\n", "[\n1,\nnull,\n3\n]\n");
    check_json("1: a\ntrue: b\n~: c\n? d\n: e\n",
               "{\"1\":\"a\",\"true\":\"b\",\"~\":\"c\",\"d\":\"e\"}\n");
    check_json("\xEF\xBB\xBF"
               "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
               "{\"a\":1,\"b\":\"x\\ny\\n\"}\n");
    /* Line breaks of YAML 1.1 are characters like any other. */
    check_json(
        "a: x \xC2\x85 y\nb: 'p \xE2\x80\xA8 q'\nc: |\n  m\xE2\x80\xA9n\n# \xE2\x80\xA8 a: 1\n",
        "{\"a\":\"x \xC2\x85 y\",\"b\":\"p \xE2\x80\xA8 q\",\"c\":\"m\xE2\x80\xA9n\\n\"}\n");
}

static void check_aliases(void) {
    check_json("a: &x {p: [1, ~]}\nb: *x\n",
               "{\"a\":{\"p\":[1,null]},\"b\":{\"p\":[1,null]}}\n");
    check_json("- &x a\n- *x\n- {*x : 1}\n", "[\n\"a\",\n\"a\",\n{\"a\":1}\n]\n");
    check_json("&k a: 1\nb: *k\n", "{\"a\":1,\"b\":\"a\"}\n");
    check_json("a: &x 1\nb: &x 2\nc: *x\n", "{\"a\":1,\"b\":2,\"c\":2}\n");
    check_findings("yaml", "a: *x\n", "yaml-alias@1:4 ");
    check_findings("yaml", "a: &x [1, *x]\n", "yaml-alias@1:11 ");
    check_findings("yaml", "a: &x 1\n---\nb: *x\n", "yaml-alias@3:4 ");
    check_findings("yaml", "&x\n- *x\n", "yaml-alias@2:3 ");
    check_findings("yaml", "a: &x [1]\n*x : 1\n", "yaml-key@2:1 ");
    /* Merge keys: explicit members win, the first of several merged ones too. */
    check_json("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3, z: 4}\n",
               "{\"a\":{\"x\":1,\"y\":2},\"b\":{\"x\":1,\"y\":3,\"z\":4}}\n");
    check_json("- &a {x: 1}\n- &b {x: 2, y: {z: [3]}}\n- {w: 0, <<: [*a, *b]}\n",
               "[\n{\"x\":1},\n{\"x\":2,\"y\":{\"z\":[3]}},\n{\"w\":0,\"x\":1,\"y\":{\"z\":[3]}"
               "}\n]\n");
    check_json("<<: {a: 1}\nb: 2\n", "{\"a\":1,\"b\":2}\n");
    check_json("\"<<\": {a: 1}\n", "{\"<<\":{\"a\":1}}\n");
    check_findings("yaml", "a: 1\n<<: [{b: 1}, 2]\n", "yaml-merge-value@2:5 ");
}

/* What is refused, and where. */
static void check_refused(void) {
    static const struct {
        const char *in, *want;
    } rows[] = {
        {"a: 1\na: 2\n", "record-duplicate-key@2:1<1:1 "},
        {"- {\"\xC3\xA9\": 1, '\xC3\xA9': 2}\n- b\n", "record-duplicate-key@1:12<1:4 "},
        {"a: b: c\n", "yaml-syntax@1:5 "},
        {"a:\n\t- b\n", "yaml-syntax@2:1 "},
        {"a: [1, 2\nb: 3\n", "yaml-syntax@2:2 "},
        {"\xC3\xA9: \"x\n", "yaml-syntax@1:4 "},
        {"a: \"\\q\"\n", "yaml-syntax@1:5 "},
        {"a: @b\n", "yaml-syntax@1:4 "},
        {"a: *b.c\n", "yaml-syntax@1:4 "},
        {"a: 'b'#c\n", "yaml-syntax@1:7 "},
        {"[a]#c\n", "yaml-syntax@1:4 "},
        {"{?x: 1}\n", "yaml-syntax@1:2 "},
        {"a: &b:c d\n", "yaml-syntax@1:6 "},
        {"a: >#c\n  b\n", "yaml-syntax@1:5 "},
        {"[a]\n%YAML 1.2\n---\nb\n", "yaml-syntax@2:1 "},
        {"? [a]\n: b\n", "yaml-key@1:3 "},
        {"a: \x01\n", "yaml-syntax@1:4 "},
        {"\xE2\x80\xA8 \x01\n", "yaml-syntax@1:3 "},
        {"a: \xEF\xB7\x90\xE2\x80\xA8\n", "yaml-syntax@1:4 "},
        {"a: \"\\uFDD0 \xE2\x80\xA8\"\n", "yaml-syntax@1:4 "},
        {"- 1\n- \xE9\n", "encoding-invalid@2:3 "},
        {"a: 1\n b: 2\n", "yaml-syntax@2:3 "},
        {"a: {b: {c: [d]}}\n", "record-depth@1:12 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        conversion how = {.from = "yaml", .to = "json", .depth_max = 3};
        outcome got = convert(&how, rows[i].in, strlen(rows[i].in));
        if (!TA_CHECK_TEXT(ta_buf_text(&got.findings), rows[i].want))
            fprintf(stderr, "    in:   %s\n", rows[i].in);
        TA_CHECK(got.status == TA_ERR_INPUT);
        drop_outcome(&got);
    }
}

static void check_written(void) {
    static const struct {
        const char *json, *want;
    } rows[] = {
        {"{\"a\":{},\"b\":[],\"c\":[[1,[2]],{\"d\":null}]}",
         "a: {}\nb: []\nc:\n  - - 1\n    - - 2\n  - d: null\n"},
        {"[{\"a\":1,\"b\":{\"c\":true}},[],\"x\"]", "- a: 1\n  b:\n    c: true\n- []\n- x\n"},
        {"{\"NO\":\"yes\",\"012\":\"1e5\",\"\":\" a\"}",
         "'NO': 'yes'\n'012': '1e5'\n'': ' a'\n"},
        {"{\"a\":\"x: y\",\"b\":\"it's\",\"c\":\"'tis\",\"d\":\"a #b\",\"e\":\"a#b:c\"}",
         "a: 'x: y'\nb: it's\nc: '''tis'\nd: 'a #b'\ne: a#b:c\n"},
        {"{\"a\":\"x\\ny\\n\",\"b\":\"x\\ny\",\"c\":\"x\\n\\n\",\"d\":\" x\\n\",\"e\":\"x "
         "\\ny\"}",
         "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: \" x\\n\"\ne: \"x \\ny\"\n"},
        {"[\"\\t\\r\\u0001\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF\x7F\\\\\\\"\"]",
         "- \"\\t\\r\\x01\\x85\\u2028\\uFEFF\\x7F\\\\\\\"\"\n"},
        {"\"a\\nb\"", "|-\n  a\n  b\n"},
        {"[[\"a\\nb\"]]", "- - |-\n    a\n    b\n"},
        {"[-0, 1E400, 1.50, 123456789012345678901234567890]",
         "- -0\n- 1E400\n- 1.50\n- 123456789012345678901234567890\n"},
    };
    const conversion there = {.from = "json", .to = "yaml"},
                     back = {.from = "yaml", .to = "json"};
    const conversion same = {.from = "json", .to = "json"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        outcome yaml = convert(&there, rows[i].json, strlen(rows[i].json));
        TA_CHECK_TEXT(ta_buf_text(&yaml.out), rows[i].want);
        outcome json = convert(&same, rows[i].json, strlen(rows[i].json));
        outcome again = convert(&back, ta_buf_text(&yaml.out), yaml.out.len);
        TA_CHECK_TEXT(ta_buf_text(&again.out), ta_buf_text(&json.out));
        drop_outcome(&yaml);
        drop_outcome(&json);
        drop_outcome(&again);
    }
}

/* A key longer than a simple key may be, and deep nesting. */
static void check_long(void) {
    ta_buf in = {0};
    ta_buf_puts(&in, "[{\"a\":{\"");
    for (int i = 0; i < 3000; i++)
        ta_buf_puts(&in, "\xC3\xA9");
    ta_buf_puts(&in, "\":[{\"b\":1}]}},");
    for (int i = 0; i < 400; i++)
        ta_buf_puts(&in, "{\"k\":[");
    for (int i = 0; i < 400; i++)
        ta_buf_puts(&in, "]}");
    ta_buf_puts(&in, "]");
    outcome yaml =
        convert(&(conversion){.from = "json", .to = "yaml"}, ta_buf_text(&in), in.len);
    outcome json =
        convert(&(conversion){.from = "json", .to = "json"}, ta_buf_text(&in), in.len);
    outcome back = convert(&(conversion){.from = "yaml", .to = "json"}, ta_buf_text(&yaml.out),
                           yaml.out.len);
    TA_CHECK_TEXT(ta_buf_text(&back.out), ta_buf_text(&json.out));
    TA_CHECK_TEXT(ta_buf_text(&back.findings), "");
    drop_outcome(&yaml);
    drop_outcome(&json);
    drop_outcome(&back);
    ta_buf_fini(&in);
}

static void check_records(void) {
    static const struct {
        const char *in, *path, *out, *around, *findings;
    } rows[] = {
        {"v: 1\ng:\n- a\n- b: 2\nz: {g: [3]}\n", "g", "[\n\"a\",\n{\"b\":2}\n]\n",
         "{\"v\":1,\"g\":[],\"z\":{\"g\":[3]}}\n", "loss-envelope@1:1 "},
        {"{d: {x: 1, g: [1]}}", "d.g", "[\n1\n]\n", "{\"d\":{\"x\":1,\"g\":[]}}\n",
         "loss-envelope@1:1 "},
        {"- 0\n- g: [5, 6]\n", "1.g", "[\n5,\n6\n]\n", "[\n0,\n{\"g\":[]}\n]\n",
         "loss-envelope@1:1 "},
        {"r:\n- g: [1]\n- g: [2]\n", "r.*.g", "[\n1,\n2\n]\n",
         "{\"r\":[{\"g\":[]},{\"g\":[]}]}\n", "loss-lists@1:1 "},
        {"g: {}\n", "g", "[]\n", "", "records-path@1:4 "},
        {"g: &x [1]\nh: *x\n", "g", "[\n1\n]\n", "", "yaml-alias@2:4 loss-envelope@1:1 "},
        {"g: [1]\n---\ng: [2]\n", "g", "[\n1\n]\n", "{\"g\":[]}\n", "yaml-documents@2:1 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        conversion how = {.from = "yaml", .to = "json", .records = rows[i].path};
        outcome got = convert(&how, rows[i].in, strlen(rows[i].in));
        TA_CHECK_TEXT(ta_buf_text(&got.out), rows[i].out);
        TA_CHECK_TEXT(ta_buf_text(&got.findings), rows[i].findings);
        drop_outcome(&got);
        how.envelope = true;
        got = convert(&how, rows[i].in, strlen(rows[i].in));
        if (*rows[i].around && rows[i].around[0] == '{')
            TA_CHECK_TEXT(ta_buf_text(&got.around), rows[i].around);
        drop_outcome(&got);
    }
}

int main(void) {
    check_scalars();
    check_forms();
    check_aliases();
    check_refused();
    check_written();
    check_long();
    check_records();
    check_places();
    return unit_end("yaml");
}
