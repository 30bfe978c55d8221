/* SPDX-License-Identifier: MIT */
/* The report forms, fed by hand: words, grouping, excerpts, JSON, the summary line. */
#include <jansson.h>

#include "report/line.h"
#include "report/object.h"
#include "report/report.h"
#include "unit.h"

static const ta_report_options plain = {.shown_max = 1000};

typedef struct bench {
    ta_sink sink;
    ta_report *report;
} bench;

static bool begin_bench(bench *b, const char *form, const ta_report_options *options) {
    if (!TA_CHECK(ta_sink_open_memory(&b->sink) == TA_OK))
        return false;
    b->report = ta_report_find(form)->report_new(&b->sink, options);
    return TA_CHECK(b->report != NULL);
}

static void put(bench *b, const ta_finding *finding) {
    b->report->form->finding(b->report, finding);
}

static void end_bench(bench *b, const ta_summary *summary, const char *want) {
    b->report->form->input_end(b->report, summary);
    b->report->form->close(b->report, summary, 1);
    TA_CHECK_BYTES(b->sink.buffer, (size_t)(b->sink.at - b->sink.buffer), want);
    ta_sink_fini(&b->sink);
}

static ta_finding type_finding(const char *path, uint64_t line) {
    return (ta_finding){
        .code = TA_F_TYPE,
        .level = TA_ERROR,
        .place = {.file = "a.json", .from = {line, 7}, .to = {line, 12}},
        .path = path,
        .pointer = "/x",
        .expected = "number",
        .found = "text \"a\"",
    };
}

static const ta_summary one = {.file = "a.json", .records = 1, .errors = 1};

static void test_text(void) {
    bench b;
    if (!begin_bench(&b, "text", &plain))
        return;
    ta_finding f = type_finding("partners.2.country", 3);
    put(&b, &f);
    f.row = 12;
    f.column = "Pays";
    f.path = "Pays";
    put(&b, &f);
    f.found = "\033[31m\xC2\x9B\xE2\x80\xAE\xFF";
    f.row = 0;
    put(&b, &f);
    ta_related first = {.place = {.file = "a.json", .from = {1, 2}}, .label = "the first one"};
    put(&b, &(ta_finding){.code = TA_F_RULE_SUM,
                          .level = TA_WARNING,
                          .rule_id = "total",
                          .place = {.file = "a.json"},
                          .name = "a.*",
                          .expected = "1",
                          .found = "2",
                          .related = &first,
                          .related_count = 1});
    end_bench(
        &b, &one,
        "a.json:3:7: error: expected number, found text \"a\" [type] at "
        "partners.2.country\n"
        "a.json:3:7: error: expected number, found text \"a\" [type] at Pays (row 12, "
        "column Pays)\n"
        "a.json:3:7: error: expected number, found \\x1B[31m\\u009B\\u202E\\xFF [type] at "
        "Pays\n"
        "a.json: warning: the sum of a.* is 2, expected 1 [rule-sum: total]\n"
        "  a.json:1:2: note: the first one\n");
}

static void put_rows(bench *b, int count) {
    for (int i = 0; i < count; i++) {
        char path[40];
        snprintf(path, sizeof path, "list.%d.a\\.7", i);
        ta_finding f = type_finding(path, 1);
        f.column = "c";
        put(b, &f);
    }
}

static void test_groups(void) {
    static const char line[] =
        "a.json:1:7: error: expected number, found text \"a\" [type] at list.%d.a\\.7\n";
    char want[2000] = "";
    for (int i = 0; i < TA_REPORT_GROUP; i++)
        snprintf(want + strlen(want), sizeof want - strlen(want), line, i);
    snprintf(want + strlen(want), sizeof want - strlen(want),
             "a.json: … and 7 more [type] in column c\n");
    bench b;
    if (!begin_bench(&b, "text", &plain))
        return;
    put_rows(&b, 12);
    end_bench(&b, &one, want);
}

static void test_cap(void) {
    ta_report_options options = {.shown_max = 2};
    bench b;
    if (!begin_bench(&b, "text", &options))
        return;
    for (int i = 0; i < 5; i++) {
        ta_finding f = type_finding(i % 2 ? "a" : "b", 1);
        f.found = "x";
        put(&b, &f);
    }
    end_bench(&b, &one,
              "a.json:1:7: error: expected number, found x [type] at b\n"
              "a.json:1:7: error: expected number, found x [type] at a\n"
              "a.json: … and 3 more findings, not shown (--all shows them)\n");
}

/* Ever new groups must neither be shown beyond the cap nor cost memory beyond a bound. */
static void test_many_groups(void) {
    ta_report_options options = {.shown_max = 1000000};
    bench b;
    if (!begin_bench(&b, "text", &options))
        return;
    for (int i = 0; i < 20000; i++) {
        char path[24];
        snprintf(path, sizeof path, "k%d", i);
        ta_finding f = type_finding(path, 1);
        put(&b, &f);
    }
    b.report->form->input_end(b.report, &one);
    ta_sink_putc(&b.sink, 0);
    TA_CHECK(strstr(b.sink.buffer, "a.json: … and 15904 more findings, not shown") != NULL);
    b.report->form->close(b.report, &one, 1);
    ta_sink_fini(&b.sink);
}

static void excerpt(const char *line, uint64_t column, uint64_t to, uint64_t skip,
                    const char *want) {
    ta_report_options options = {.excerpt = true, .shown_max = 10};
    bench b;
    if (!begin_bench(&b, "text", &options))
        return;
    put(&b, &(ta_finding){.code = TA_F_FORBIDDEN,
                          .level = TA_ERROR,
                          .place = {.file = "f",
                                    .from = {1, column},
                                    .to = {1, to},
                                    .line = line,
                                    .line_len = strlen(line),
                                    .line_skip = skip}});
    char whole[1000];
    snprintf(whole, sizeof whole, "f:1:%llu: error: no value is allowed here [forbidden]\n%s",
             (unsigned long long)column, want);
    end_bench(&b, &one, whole);
}

static void test_excerpts(void) {
    excerpt("a,b\tccc,d\r", 5, 8, 0, "    1 | a,b ccc,d\n      |     ^~~\n");
    excerpt("é,e\xCC\x81,x", 6, 7, 0, "    1 | é,e\xCC\x81,x\n      |     ^\n");
    excerpt("日本,x", 4, 5, 0, "    1 | 日本,x\n      |      ^\n");
    excerpt("a\x1B[1m,x", 7, 8, 0, "    1 | a\\x1B[1m,x\n      |          ^\n");
    excerpt("ab", 3, 3, 0, "    1 | ab\n      |   ^\n");
    excerpt("xyz", 12, 13, 10, "    1 | …xyz\n      |   ^\n");
    excerpt("xyz", 5, 6, 10, "");
    char line[20001];
    memset(line, 'a', 20000);
    line[20000] = 0;
    line[10000] = 'X';
    char want[400];
    snprintf(want, sizeof want, "    1 | …%.60sX%.39s…\n      | %*s^~\n", line, line, 61, "");
    excerpt(line, 10001, 10003, 0, want);
}

static void test_json(void) {
    bench b;
    if (!begin_bench(&b, "json", &plain))
        return;
    ta_finding f = type_finding("a", 3);
    f.found = "\"\xFF\n";
    f.record_no = 2;
    ta_related first = {.place = {.file = "b", .from = {1, 2}}, .label = "the first one"};
    f.related = &first;
    f.related_count = 1;
    put(&b, &f);
    end_bench(
        &b, &one,
        "{\"version\": 1,\n\"findings\": [\n"
        "{\"code\": \"type\", \"level\": \"error\", \"file\": \"a.json\", \"line\": 3, "
        "\"column\": 7, \"end_line\": 3, \"end_column\": 12, \"record\": 2, \"path\": \"a\", "
        "\"pointer\": \"/x\", \"message\": \"expected number, found \\\"\xEF\xBF\xBD\\n\", "
        "\"expected\": \"number\", \"found\": \"\\\"\xEF\xBF\xBD\\n\", \"related\": "
        "[{\"file\": \"b\", \"line\": 1, \"column\": 2, \"label\": \"the first one\"}]}\n"
        "],\n\"summary\": {\"files\": [\n"
        "{\"file\": \"a.json\", \"records\": 1, \"errors\": 1, \"warnings\": 0, "
        "\"notes\": 0, \"rules\": 0, \"skipped\": 0}\n],\n"
        "\"errors\": 1, \"warnings\": 0, \"notes\": 0}}\n");
}

static void test_empty_json(void) {
    bench b;
    if (!begin_bench(&b, "json", &plain))
        return;
    b.report->form->close(b.report, &(ta_summary){0}, 0);
    TA_CHECK_BYTES(b.sink.buffer, (size_t)(b.sink.at - b.sink.buffer),
                   "{\"version\": 1,\n\"findings\": [],\n\"summary\": {\"files\": [],\n"
                   "\"errors\": 0, \"warnings\": 0, \"notes\": 0}}\n");
    ta_sink_fini(&b.sink);
}

static void summary(const ta_summary *given, const char *want) {
    ta_buf out = {0};
    ta_summary_print(given, &out);
    TA_CHECK_TEXT(ta_buf_text(&out), want);
    ta_buf_fini(&out);
}

static void test_summary(void) {
    summary(&(ta_summary){.file = "m.csv",
                          .records = 170,
                          .errors = 3,
                          .warnings = 2,
                          .rules = 12,
                          .skipped = 3,
                          .schema = "member"},
            "m.csv: 170 records, 3 errors, 2 warnings; 12 rules, 3 skipped; schema member");
    summary(
        &(ta_summary){.file = "m.csv", .records = 1, .errors = 1, .warnings = 1, .notes = 1},
        "m.csv: 1 record, 1 error, 1 warning, 1 note; syntax only");
    summary(
        &(ta_summary){.file = "m", .limit = 5, .records = 5, .schema = "s", .per_item = true},
        "m: 5 records (ended by --limit), 0 errors, 0 warnings; schema s, applied to each "
        "item");
    summary(&(ta_summary){.file = "m", .errors = 1, .status = TA_ERR_IO},
            "m: not read, 1 error, 0 warnings");
}

/* A text written straight is what jansson writes of it, and reads. */
static void spell(const char *text, const char *kept) {
    ta_buf straight = {0}, built = {0};
    ta_line line = {.out = &straight};
    ta_line_open(&line, NULL, "{");
    ta_line_text(&line, "text", text);
    ta_line_message(&line, "message", &(ta_finding){.message = text});
    ta_line_number(&line, "number", UINT32_MAX);
    ta_line_close(&line, "}");
    ta_object object = ta_object_new();
    ta_object_text(&object, "text", text);
    ta_object_text(&object, "message", text);
    ta_object_number(&object, "number", UINT32_MAX);
    TA_CHECK(ta_object_finish(&object, &built));
    TA_CHECK_TEXT(ta_buf_text(&straight), ta_buf_text(&built));
    json_t *json = json_loads(ta_buf_text(&straight), JSON_ALLOW_NUL, NULL);
    TA_CHECK_TEXT(json_string_value(json_object_get(json, "message")), kept);
    json_decref(json);
    ta_buf_fini(&straight);
    ta_buf_fini(&built);
}

static void test_line_texts(void) {
    char text[32];
    for (unsigned c = 1; c < 0x80; c++)
        for (size_t at = 0; at < 18; at++) {
            memset(text, 'a', sizeof text);
            text[at] = (char)c;
            text[18] = 0;
            spell(text, text);
        }
    spell("", "");
    spell("K\xC3\xB6ln \xF0\x9F\x98\x80 \"\\/\x7F", "K\xC3\xB6ln \xF0\x9F\x98\x80 \"\\/\x7F");
    spell("a\xFF\"b\xC3", "a\xEF\xBF\xBD\"b\xEF\xBF\xBD");
    spell("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

int main(void) {
    test_line_texts();
    test_text();
    test_groups();
    test_cap();
    test_many_groups();
    test_excerpts();
    test_json();
    test_empty_json();
    test_summary();
    return unit_end("report");
}
