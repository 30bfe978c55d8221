/* SPDX-License-Identifier: MIT */
/* CSV: reading, writing, findings and places; libcsv (strict) is the oracle for well-formed
 * files. */
#include <csv.h>

#include "format/format.h"
#include "unit.h"

/* What one run gave: the output, and a line "line:column code" for each finding. */
typedef struct outcome {
    ta_buf out, findings;
    ta_status status;
    uint64_t records;
} outcome;

typedef struct how {
    const char *from, *to;
    ta_read_options read;
    ta_write_options write;
    const ta_shape *shape;
} how;

static void note_finding(void *to, const ta_finding *f) {
    ta_buf *out = to;
    ta_buf_printf(out, "%llu:%llu %s", (unsigned long long)f->place.from.line,
                  (unsigned long long)f->place.from.column, ta_codes[f->code].code);
    for (size_t i = 0; i < f->related_count; i++)
        ta_buf_printf(out, " (%llu:%llu)", (unsigned long long)f->related[i].place.from.line,
                      (unsigned long long)f->related[i].place.from.column);
    ta_buf_puts(out, "\n");
}

static ta_status read_through(const how *h, ta_text text, ta_keys *keys, ta_finder *finder,
                              ta_stage *chain, uint64_t *records) {
    *records = 0;
    const ta_format *from = ta_format_find(h->from);
    ta_source source;
    if (ta_source_open_memory(&source, "in", text.data, text.len, NULL) != TA_OK)
        return TA_ERR_NOMEM;
    ta_record record = {.keys = keys, .window = &source.window};
    ta_head head = {.file = "in", .format = from->name, .locate = from->locate};
    record.head = &head;
    ta_read_options read = h->read;
    read.lines |= from->read_defaults.lines;
    if (!read.dialect.delimiter)
        read.dialect.delimiter = from->read_defaults.dialect.delimiter;
    ta_reading reading = {.source = &source,
                          .record = &record,
                          .head = &head,
                          .finder = finder,
                          .shape = h->shape,
                          .options = &read};
    ta_status status = from->read(&reading, chain, records);
    ta_record_fini(&record);
    ta_source_fini(&source);
    return status;
}

static void run_conversion(const how *h, const char *text, size_t len, ta_keys *keys,
                           ta_sink *sink, outcome *out) {
    const ta_format *to = ta_format_find(h->to);
    ta_finder finder, silent;
    ta_buf ignored = {0};
    ta_finder_init(&finder, note_finding, &out->findings);
    ta_finder_init(&silent, note_finding, &ignored);
    ta_write_options write = h->write;
    write.lines |= to->write_defaults.lines;
    ta_writing writing = {
        .sink = sink, .finder = &finder, .keys = keys, .shape = h->shape, .options = &write};
    ta_stage *survey = NULL;
    if (to->needs_survey && to->needs_survey(&writing)) {
        survey = to->survey_new(&writing, &writing.survey);
        out->status =
            read_through(h, (ta_text){text, len}, keys, &silent, survey, &out->records);
    }
    ta_stage *writer = to->writer_new(&writing);
    out->status = read_through(h, (ta_text){text, len}, keys, &finder, writer, &out->records);
    ta_tail tail = {.status = out->status, .records = out->records};
    if (out->records || out->status == TA_OK)
        TA_CHECK(ta_stage_end(writer, &tail) == TA_OK);
    ta_stage_drop(writer);
    ta_stage_drop(survey);
    ta_buf_fini(&ignored);
}

static outcome convert_bytes(const how *h, const char *text, size_t len) {
    outcome out = {0};
    ta_keys keys;
    ta_sink sink;
    if (!ta_keys_init(&keys) || ta_sink_open_memory(&sink) != TA_OK)
        exit(2);
    run_conversion(h, text, len, &keys, &sink, &out);
    ta_buf_put(&out.out, sink.buffer, (size_t)(sink.at - sink.buffer));
    ta_buf_text(&out.out);
    ta_sink_fini(&sink);
    ta_keys_fini(&keys);
    return out;
}

static void drop_outcome(outcome *out) {
    ta_buf_fini(&out->out);
    ta_buf_fini(&out->findings);
}

/* Converts, and compares the output and the findings. */
static void check_run(const char *name, const how *h, const char *text, const char *want,
                      const char *findings) {
    outcome out = convert_bytes(h, text, strlen(text));
    const char *got = ta_buf_text(&out.out), *said = ta_buf_text(&out.findings);
    if (strcmp(got, want) != 0 || strcmp(said, findings) != 0)
        fprintf(stderr, "in %s:\n", name);
    TA_CHECK_TEXT(got, want);
    TA_CHECK_TEXT(said, findings);
    drop_outcome(&out);
}

static const how plain = {
    "csv", "jsonl", {.path_separator = '.'}, {.path_separator = '.'}, NULL};
static const how back = {
    "jsonl", "csv", {.path_separator = '.'}, {.path_separator = '.'}, NULL};

static how with_infer(void) {
    how h = plain;
    h.read.infer = true;
    return h;
}

static void test_rows(void) {
    check_run("plain", &plain, "a,b\n1,x\n", "{\"a\":\"1\",\"b\":\"x\"}\n", "");
    check_run("crlf", &plain, "a,b\r\n1,\"x\r\ny\"\r\n3,4",
              "{\"a\":\"1\",\"b\":\"x\\r\\ny\"}\n{\"a\":\"3\",\"b\":\"4\"}\n", "");
    check_run("empty cells", &plain, "a,b\n,\"\"\n", "{\"a\":null,\"b\":\"\"}\n", "");
    check_run("all quoted", &plain, "\"a\",\"b\"\n\"\",\"x\"\n", "{\"a\":null,\"b\":\"x\"}\n",
              "");
    check_run("doubled", &plain, "a\n\"say \"\"hi\"\"\"\n", "{\"a\":\"say \\\"hi\\\"\"}\n", "");
    check_run("one column", &plain, "a\n1\n\n2\n",
              "{\"a\":\"1\"}\n{\"a\":null}\n{\"a\":\"2\"}\n", "");
    check_run("mark", &plain,
              "\xEF\xBB\xBF"
              "a,b\n1,2\n",
              "{\"a\":\"1\",\"b\":\"2\"}\n", "");
    check_run("semicolon", &plain, "a;b\n1;2,5\n", "{\"a\":\"1\",\"b\":\"2,5\"}\n",
              "1:2 csv-dialect\n");
    how h = plain;
    h.read.dialect.no_header = true;
    check_run("no head", &h, "1,2\n", "{\"column1\":\"1\",\"column2\":\"2\"}\n", "");
    h = plain;
    h.read.dialect.escape = '\\';
    check_run("escape", &h, "a,b\n1,\"x\\\"y\"\n", "{\"a\":\"1\",\"b\":\"x\\\"y\"}\n", "");
    h = plain;
    h.from = "tsv";
    check_run("tsv", &h, "a\tb\n1\t2,3\n", "{\"a\":\"1\",\"b\":\"2,3\"}\n", "");
    h = plain;
    h.read.limit = 1;
    check_run("limit", &h, "a\n1\n2\n", "{\"a\":\"1\"}\n", "");
}

static void test_faults(void) {
    check_run("no head", &plain, "", "", "1:1 csv-no-head\n");
    check_run("head", &plain, "a,,a\n1,2,3\n", "",
              "1:3 csv-head-empty\n1:4 csv-head-duplicate (1:1)\n");
    check_run("ragged", &plain, "a,b\n1\n1,2,3\n4,5\n", "{\"a\":\"4\",\"b\":\"5\"}\n",
              "2:2 csv-ragged\n3:5 csv-ragged\n");
    check_run("blank", &plain, "a,b\n\n4,5\n", "{\"a\":\"4\",\"b\":\"5\"}\n",
              "2:1 csv-blank-line\n");
    check_run("stray", &plain, "a,b\n1,x\"y\n2,\"q\"z\n3,\"k\"\n",
              "{\"a\":\"3\",\"b\":\"k\"}\n", "2:4 csv-stray-quote\n3:5 csv-stray-quote\n");
    check_run("over lines", &plain, "a,b\n1,\"foo\n2,\"bar\"\n",
              "{\"a\":\"2\",\"b\":\"bar\"}\n", "3:3 csv-stray-quote (2:3)\n");
    check_run("unclosed", &plain, "a,b\n1,\"foo\n2,bar\n", "{\"a\":\"2\",\"b\":\"bar\"}\n",
              "2:3 csv-unclosed-quote\n");
    check_run("bare cr", &plain, "a,b\n1\r2,3\n4,5\n", "{\"a\":\"4\",\"b\":\"5\"}\n",
              "2:2 csv-bare-cr\n");
    check_run("bytes", &plain, "a,b\n1,\xFF\n2,\"\n\xE9\"\n3,4\n",
              "{\"a\":\"3\",\"b\":\"4\"}\n", "2:3 encoding-invalid\n4:1 encoding-invalid\n");
    how h = plain;
    h.read.recover = true;
    check_run("recover", &h, "a,b\n1,\"\"x\"\n2,y\n",
              "{\"a\":\"1\",\"b\":\"\\\"x\"}\n{\"a\":\"2\",\"b\":\"y\"}\n",
              "2:4 csv-recovered\n");
}

static void test_infer(void) {
    how h = with_infer();
    check_run("types", &h, "n,t,b,e,q\n1,x,true,,\"1\"\n+1,.5,false,\"\",007\n",
              "{\"n\":1,\"t\":\"x\",\"b\":true,\"e\":null,\"q\":\"1\"}\n"
              "{\"n\":1,\"t\":0.5,\"b\":false,\"e\":\"\",\"q\":\"007\"}\n",
              "");
    check_run("nesting", &h, "p.0.n,x,p.1.n,p.0.v\na,1,b,2\n,,,\n",
              "{\"p\":[{\"n\":\"a\",\"v\":2},{\"n\":\"b\"}],\"x\":1}\n{\"x\":null}\n", "");
    check_run("gap", &h, "t.0,t.1\n,2\n", "{\"t\":[null,2]}\n", "");
    check_run("clash", &h, "a,a.b\n1,2\n", "", "1:3 csv-head-path (1:1)\n");
    check_run("escaped", &h, "a\\.b,c.d\n1,2\n", "{\"a.b\":1,\"c\":{\"d\":2}}\n", "");
    h.read.dialect.decimal = ',';
    check_run("decimal", &h, "a;b\n3499076,25;1.5\n", "{\"a\":3499076.25,\"b\":\"1.5\"}\n",
              "1:2 csv-dialect\n");
}

/* id: text; n: number; u: text or number; o: optional number or null; tags: texts in one cell.
 */
static const ta_shape text_shape = {.types = TA_TYPE_STRING};
static const ta_shape number_shape = {.types = TA_TYPE_NUMBER};
static const ta_shape union_shape = {.types = TA_TYPE_STRING | TA_TYPE_NUMBER};
static const ta_shape null_shape = {.types = TA_TYPE_NUMBER | TA_TYPE_NULL};
static const ta_shape tags_shape = {
    .types = TA_TYPE_ARRAY, .items = &text_shape, .separator = ";"};
static const ta_shape_member inner_members[] = {{"c", 1, 0, false, &text_shape}};
static const ta_shape inner_shape = {
    .types = TA_TYPE_OBJECT, .closed = true, .members = inner_members, .member_count = 1};
static const ta_shape_member members[] = {
    {"id", 2, 0, true, &text_shape},    {"n", 1, 0, false, &number_shape},
    {"u", 1, 0, false, &union_shape},   {"o", 1, 0, false, &null_shape},
    {"tags", 4, 0, false, &tags_shape}, {"in", 2, 0, false, &inner_shape},
};
static const ta_shape row_shape = {
    .types = TA_TYPE_OBJECT, .closed = true, .members = members, .member_count = 6};

static void test_schema(void) {
    how h = plain;
    h.shape = &row_shape;
    check_run("typed", &h, "u,id,n,tags,in.c,o\n12,12,12,a;b,x,\n\"12\",,,,,5\n",
              "{\"id\":\"12\",\"n\":12,\"u\":12,\"o\":null,\"tags\":[\"a\",\"b\"],\"in\":{"
              "\"c\":\"x\"}}\n"
              "{\"u\":\"12\",\"o\":5}\n",
              "");
    how w = back;
    w.shape = &row_shape;
    const char *json = "{\"id\":\"12\",\"n\":12,\"u\":12,\"o\":null,\"tags\":[\"a\",\"b\"],"
                       "\"in\":{\"c\":\"x\"}}\n"
                       "{\"id\":\"\",\"u\":\"12\",\"o\":5,\"tags\":[\"\"]}\n";
    const char *text = "id,n,u,o,tags,in.c\n12,12,12,,a;b,x\n\"\",,\"12\",5,\"\",\n";
    check_run("written", &w, json, text, "");
    check_run("read back", &h, text, json, "");
    check_run("losses", &w, "{\"id\":\"a\",\"tags\":[\"x;y\"],\"n\":null}\n",
              "id,n,u,o,tags,in.c\na,,,,x;y,\n",
              "1:1 loss-absent\n1:19 loss-separator\n1:30 loss-null\n");
}

static void test_writing(void) {
    check_run("quotes", &back,
              "{\"a\":\"x,\\\"y\",\"b\":\" z\",\"c\":\"12\",\"d\":\"\",\"e\":null}\n",
              "a,b,c,d,e\n\"x,\"\"y\",\" z\",\"12\",\"\",\n", "");
    check_run("order", &back,
              "{\"a\":\"1x\",\"c\":\"x\"}\n{\"a\":\"y\",\"b\":\"z\",\"c\":\"w\"}\n",
              "a,b,c\n1x,,x\ny,z,w\n", "1:1 loss-absent\n");
    check_run("losses", &back, "{\"a\":1,\"b\":{\"c\":[]},\"d\":[\"x\",null]}\n",
              "a,b.c,d.0,d.1\n1,,x,\n",
              "1:6 loss-type\n1:12 loss-nesting\n1:17 loss-empty\n1:30 loss-null\n");
    check_run("scalars", &back, "1\n{\"a\":\"x\"}\n", "a\nx\n", "1:1 loss-record\n");
    how h = back;
    static const char *const columns[] = {"c", "a.b"};
    h.write.columns = columns;
    h.write.column_count = 2;
    check_run("columns", &h, "{\"a\":{\"b\":\"x\"},\"c\":\"y\",\"d\":[1]}\n", "c,a.b\ny,x\n",
              "1:6 loss-nesting\n1:24 loss-column\n");
    h = back;
    h.write.dialect = (ta_dialect){.delimiter = ';', .decimal = ',', .quote_all = true};
    check_run("dialect", &h, "{\"a\":1.5,\"b\":\"x\"}\n", "\"a\";\"b\"\n\"1,5\";\"x\"\n",
              "1:6 loss-type\n");
    check_run("nul", &back, "{\"a\":\"x\\u0000y\"}\n", "a\nxy\n", "1:6 loss-nul\n");
}

/* Values that must come back through CSV and --infer as they went. */
static void test_round_trips(void) {
    static const char *const records[] = {
        "{\"a\":\"007\",\"b\":12,\"c\":\"12\",\"d\":true,\"e\":\"true\",\"f\":null,\"g\":\"\"}"
        "\n",
        "{\"a\":\"+1\",\"b\":\".5\",\"c\":\"-.5\",\"d\":\"1e5\",\"e\":1e5,\"f\":-0.50,\"g\":"
        "\"NO\"}\n",
        "{\"a\":{\"b\":[{\"c\":1},{\"c\":\"x\"}]},\"d\":[\"1\",2,false]}\n",
        "{\"a;b\":\"x\",\"c d\":\"y;z\"}\n",
        "{\"a.b\":\"x\",\"c\":{\"d.e\\\\\":\"y\"}}\n",
        "{\"a\":\" x \",\"b\":\"l\\nm\\r\\n\",\"c\":\"\\\"\",\"d\":\"\\t\"}\n",
        "{\"only\":null}\n{\"only\":\"x\"}\n",
    };
    how out = back, in = with_infer();
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        outcome there = convert_bytes(&out, records[i], strlen(records[i]));
        outcome here = convert_bytes(&in, there.out.data, there.out.len);
        TA_CHECK_TEXT(ta_buf_text(&here.out), records[i]);
        drop_outcome(&there);
        drop_outcome(&here);
    }
}

/* Random well-formed CSV against libcsv. */

static uint64_t random_state;

static uint32_t random_below(uint32_t limit) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 32) % limit;
}

static void put_random_cell(ta_buf *out) {
    static const char *const parts[] = {"a", "bc",   "\xC3\xA9", " ",    ";", "0",
                                        ",", "\"\"", "\n",       "\r\n", "\\"};
    bool quoted = random_below(3) == 0;
    uint32_t kinds = quoted ? 11 : 6,
             count = random_below(4) ? random_below(6) : random_below(200);
    if (quoted)
        ta_buf_puts(out, "\"");
    for (uint32_t i = 0; i < count; i++)
        ta_buf_puts(out, parts[random_below(kinds)]);
    if (quoted)
        ta_buf_puts(out, "\"");
}

static void take_oracle_cell(void *data, size_t len, void *to) {
    ta_buf_put(to, data, len);
    ta_buf_puts(to, "\x1F");
}

static void take_oracle_row(int c, void *to) {
    (void)c;
    ta_buf_puts(to, "\x1E");
}

static int never_blank(unsigned char c) {
    (void)c;
    return 0;
}

/* The same marks from our own reader. */
typedef struct collector {
    ta_stage stage;
    ta_buf cells;
} collector;

static ta_status collect_begin(ta_stage *stage, const ta_head *head) {
    collector *c = (collector *)stage;
    for (uint32_t i = 0; i < head->column_count; i++)
        ta_buf_printf(&c->cells, "%s\x1F", head->columns[i]);
    ta_buf_puts(&c->cells, "\x1E");
    return TA_OK;
}

static ta_status collect_put(ta_stage *stage, ta_record *record) {
    collector *c = (collector *)stage;
    for (uint32_t i = 1; i < record->count; i++) {
        ta_text text = ta_node_text(record, &record->nodes[i]);
        if (record->nodes[i].kind == TA_TEXT)
            ta_buf_put(&c->cells, text.data, text.len);
        ta_buf_puts(&c->cells, "\x1F");
    }
    ta_buf_puts(&c->cells, "\x1E");
    return TA_OK;
}

static ta_status collect_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    return tail->status;
}

static void collect_drop(ta_stage *stage) {
    (void)stage;
}

static const ta_stage_ops collect_ops = {"collector", TA_SCOPE_ORDERED, collect_begin,
                                         collect_put, collect_end,      collect_drop};

static void ask_oracle(const ta_buf *text, ta_buf *want) {
    struct csv_parser parser;
    TA_CHECK(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) == 0);
    csv_set_space_func(&parser, never_blank);
    size_t fed =
        csv_parse(&parser, text->data, text->len, take_oracle_cell, take_oracle_row, want);
    TA_CHECK(fed == text->len);
    TA_CHECK(csv_fini(&parser, take_oracle_cell, take_oracle_row, want) == 0);
    csv_free(&parser);
}

static void compare_random(uint32_t columns, uint32_t rows) {
    ta_buf text = {0}, want = {0}, said = {0};
    for (uint32_t i = 0; i < columns; i++)
        ta_buf_printf(&text, "%sc%u", i ? "," : "", i);
    for (uint32_t row = 0; row < rows; row++) {
        ta_buf_puts(&text, random_below(2) ? "\n" : "\r\n");
        for (uint32_t i = 0; i < columns; i++) {
            ta_buf_puts(&text, i ? "," : "");
            put_random_cell(&text);
        }
    }
    ta_buf_puts(&text, random_below(2) ? "" : "\n");
    ask_oracle(&text, &want);
    collector c = {.stage = {&collect_ops, NULL}};
    ta_keys keys;
    ta_finder finder;
    uint64_t records;
    TA_CHECK(ta_keys_init(&keys));
    ta_finder_init(&finder, note_finding, &said);
    how h = plain;
    h.read.dialect.delimiter = ',';
    TA_CHECK(read_through(&h, (ta_text){text.data, text.len}, &keys, &finder, &c.stage,
                          &records) == TA_OK);
    TA_CHECK(records == rows);
    TA_CHECK_TEXT(ta_buf_text(&said), "");
    TA_CHECK(c.cells.len == want.len);
    TA_CHECK_TEXT(ta_buf_text(&c.cells), ta_buf_text(&want));
    ta_keys_fini(&keys);
    ta_buf_fini(&text);
    ta_buf_fini(&want);
    ta_buf_fini(&said);
    ta_buf_fini(&c.cells);
}

static void test_oracle(void) {
    const char *given = getenv("SEED");
    random_state = given ? strtoull(given, NULL, 10) : 1;
    random_state |= 1;
    unsigned failed = unit_failed;
    unsigned long long seed = random_state;
    for (uint32_t i = 0; i < 300; i++)
        compare_random(2 + random_below(6), 1 + random_below(40));
    compare_random(5, 20000); /* larger than a window */
    if (unit_failed > failed)
        fprintf(stderr, "random files: run again with SEED=%llu\n", seed);
}

int main(void) {
    test_rows();
    test_faults();
    test_infer();
    test_schema();
    test_writing();
    test_round_trips();
    test_oracle();
    return unit_end("csv");
}
