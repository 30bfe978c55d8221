/* SPDX-License-Identifier: MIT */
/*
 * XML in and out: what each construct is as data, each fault and its place, the place of every
 * value and key, windows that end anywhere, schemas' names and types, and nasty documents there
 * and back.
 */
#include <stdio.h>
#include <stdlib.h>

#include "format/format.h"
#include "note_kit.h"
#include "unit.h"
#include "xml_cases.h"

/* What a conversion came to: the output, and the findings as "code@line:column ". */
typedef struct outcome {
    ta_status status;
    uint64_t records;
    ta_buf out, findings;
} outcome;

typedef struct conversion {
    const char *from, *to;
    const ta_shape *in_shape, *out_shape;
    ta_keys *keys;       /* of the shapes; NULL: new ones */
    const char *records; /* --records; NULL */
    ta_read_options read;
    ta_write_options write;
    ta_stage *stage; /* instead of a writer */
} conversion;

static ta_status read_into(const conversion *how, ta_keys *keys, ta_source *source,
                           ta_finder *finder, ta_sink *sink, uint64_t *records) {
    const ta_format *from = ta_format_find(how->from), *to = ta_format_find(how->to);
    ta_head head = {.file = source->window.file, .format = from->name, .locate = from->locate};
    ta_record record = {.keys = keys, .window = &source->window, .head = &head};
    ta_read_options read = how->read;
    read.converts = true;
    ta_path path;
    ta_arena arena = {0};
    size_t bad;
    if (how->records &&
        ta_path_parse(&arena, NULL, (ta_text){how->records, strlen(how->records)}, '.', &path,
                      &bad))
        read.records = &path;
    ta_writing writing = {.sink = sink,
                          .finder = finder,
                          .keys = keys,
                          .shape = how->out_shape,
                          .options = &how->write};
    ta_reading reading = {.source = source,
                          .record = &record,
                          .head = &head,
                          .finder = finder,
                          .shape = how->in_shape,
                          .options = &read};
    ta_stage *stage = how->stage ? how->stage : to->writer_new(&writing);
    ta_status status = ta_source_more(source, 0) <= TA_STOP ? TA_OK : TA_ERR_IO;
    if (status == TA_OK)
        status = stage ? from->read(&reading, stage, records) : TA_ERR_NOMEM;
    ta_status ended = ta_stage_end(stage, &(ta_tail){.status = status, .records = *records});
    if (!how->stage)
        ta_stage_drop(stage);
    ta_record_fini(&record);
    ta_arena_fini(&arena);
    return status == TA_OK ? ended : status;
}

static outcome convert(const conversion *how, const char *data, size_t len) {
    outcome got = {.status = TA_ERR_IO};
    ta_source source;
    ta_sink sink;
    ta_finder finder;
    ta_keys own;
    ta_finder_init(&finder, note_finding, &got.findings);
    if (!TA_CHECK(ta_source_open_memory(&source, "test", data, len, NULL) == TA_OK) ||
        !TA_CHECK(ta_sink_open_memory(&sink) == TA_OK) || !TA_CHECK(ta_keys_init(&own)))
        return got;
    got.status =
        read_into(how, how->keys ? how->keys : &own, &source, &finder, &sink, &got.records);
    ta_buf_put(&got.out, sink.buffer, (size_t)(sink.at - sink.buffer));
    ta_sink_fini(&sink);
    ta_source_fini(&source);
    ta_keys_fini(&own);
    return got;
}

static void drop_outcome(outcome *got) {
    ta_buf_fini(&got->out);
    ta_buf_fini(&got->findings);
}

static void check_both(const conversion *how, const char *in, const char *want,
                       const char *findings) {
    outcome got = convert(how, in, strlen(in));
    bool good = TA_CHECK_TEXT(ta_buf_text(&got.out), want);
    if (!TA_CHECK_TEXT(ta_buf_text(&got.findings), findings) || !good)
        fprintf(stderr, "    in:   %s\n", in);
    drop_outcome(&got);
}

static void check_reading(void) {
    conversion how = {.from = "xml", .to = "json"};
    for (size_t i = 0; i < sizeof read_rows / sizeof *read_rows; i++) {
        how.read.allow_doctype = strstr(read_rows[i].in, "<!DOCTYPE") != NULL;
        check_both(&how, read_rows[i].in, read_rows[i].out, read_rows[i].findings);
    }
}

static void check_faults(void) {
    conversion how = {.from = "xml", .to = "json"};
    for (size_t i = 0; i < sizeof fault_rows / sizeof *fault_rows; i++) {
        outcome got = convert(&how, fault_rows[i].in, strlen(fault_rows[i].in));
        if (!TA_CHECK_TEXT(ta_buf_text(&got.findings), fault_rows[i].findings))
            fprintf(stderr, "    in:   %s\n", fault_rows[i].in);
        TA_CHECK(got.status == TA_ERR_INPUT);
        drop_outcome(&got);
    }
}

static void check_writing(void) {
    conversion how = {.from = "json", .to = "xml"}, back = {.from = "xml", .to = "json"};
    for (size_t i = 0; i < sizeof write_rows / sizeof *write_rows; i++) {
        ta_buf want = {0};
        ta_buf_printf(&want, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n%s\n",
                      write_rows[i].out);
        outcome got = convert(&how, write_rows[i].in, strlen(write_rows[i].in));
        TA_CHECK_TEXT(ta_buf_text(&got.out), ta_buf_text(&want));
        TA_CHECK_TEXT(ta_buf_text(&got.findings), "");
        outcome again = convert(&back, ta_buf_text(&got.out), got.out.len);
        ta_buf_puts(&got.findings, write_rows[i].in);
        ta_buf_puts(&got.findings, "\n");
        TA_CHECK_TEXT(ta_buf_text(&again.out), ta_buf_text(&got.findings));
        drop_outcome(&got);
        drop_outcome(&again);
        ta_buf_fini(&want);
    }
}

static void check_plain(void) {
    conversion how = {.from = "json", .to = "xml", .write = {.plain = true}};
    check_both(&how, "{\"a\":{\"b\":1,\"c\":[2],\"d\":\"x\",\"e\":[],\"f\":null}}",
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b>1</b>\n  <c>2</c>\n"
               "  <d>x</d>\n  <e/>\n  <f/>\n</a>\n",
               "loss-hint@1:11 loss-hint@1:17 loss-hint@1:33 loss-hint@1:40 ");
    how.write.out_root = "list";
    how.write.out_item = "item";
    check_both(&how, "[{\"a\":\"x\"}]",
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<list>\n  <item>\n    <a>x</a>\n"
               "  </item>\n</list>\n",
               "loss-hint@0:0 ");
}

/* A stage that notes the place of each value and key, as written. */
typedef struct place_stage {
    ta_stage stage;
    ta_buf *out;
} place_stage;

static ta_status places_begin(ta_stage *stage, const ta_head *head) {
    (void)stage, (void)head;
    return TA_OK;
}

static void put_span(ta_buf *out, const ta_record *record, ta_span span) {
    const ta_window *window = record->window;
    ta_buf_printf(out, "%.*s", (int)(span.end - span.start),
                  window->data + (span.start - window->offset));
}

static ta_status places_put(ta_stage *stage, ta_record *record) {
    ta_buf *out = ((place_stage *)stage)->out;
    for (uint32_t i = 0; i < record->count; i++) {
        const ta_node *node = &record->nodes[i];
        ta_place key = ta_place_of(record, node, TA_PART_KEY);
        ta_place value = ta_place_of(record, node, TA_PART_VALUE);
        ta_path_print(record, node, out);
        ta_buf_printf(out, " %llu:%llu ", (unsigned long long)key.from.line,
                      (unsigned long long)key.from.column);
        if (!(node->flags & TA_NODE_KEYLESS))
            put_span(out, record, key.span);
        ta_buf_printf(out, " %llu:%llu ", (unsigned long long)value.from.line,
                      (unsigned long long)value.from.column);
        if (node->kind < TA_ARRAY)
            put_span(out, record, value.span);
        ta_buf_puts(out, "\n");
    }
    return TA_OK;
}

static ta_status places_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage, (void)tail;
    return TA_OK;
}

static void places_drop(ta_stage *stage) {
    (void)stage;
}

static void check_places(void) {
    static const ta_stage_ops ops = {"places",   TA_SCOPE_RECORD, places_begin,
                                     places_put, places_end,      places_drop};
    ta_buf out = {0};
    place_stage stage = {{&ops, NULL}, &out};
    conversion how = {.from = "xml", .to = "json", .stage = &stage.stage};
    outcome got = convert(&how, places_in, strlen(places_in));
    TA_CHECK_TEXT(ta_buf_text(&out), places_out);
    TA_CHECK_TEXT(ta_buf_text(&got.findings), "xml-mixed@7:3 loss-comment@5:3 ");
    drop_outcome(&got);
    ta_buf_fini(&out);
}

/* The same file at every place of the window's end, and fed to the end of it. */
static void check_windows(void) {
    static const char file[] =
        "<r xmlns:ta='https://transalp.dev/ns' ta:type='array'><r\xC3\xA9 a='1&amp;2'>"
        "<b>x&#233;\r\ny</b><!-- c --><c><![CDATA[<&>]]></c><d>plain</d><d>two</d></r\xC3\xA9>"
        "<r\xC3\xA9/><r\xC3\xA9><d ta:type='number'>12</d></r\xC3\xA9></r>";
    static const char want[] =
        "[\n{\"@a\":\"1&2\",\"b\":\"x\xC3\xA9\\ny\",\"c\":\"<&>\",\"d\":[\"plain\",\"two\"]},\n"
        "\"\",\n{\"d\":12}\n]\n";
    size_t len = sizeof file - 1;
    char *data = malloc(WINDOW + len + 1);
    if (!TA_CHECK(data != NULL))
        return;
    conversion how = {.from = "xml", .to = "json"};
    unsigned wrong = 0;
    for (size_t cut = 0; cut <= len; cut++) {
        memset(data, ' ', WINDOW);
        memcpy(data + WINDOW - cut, file, len);
        outcome got = convert(&how, data, WINDOW - cut + len);
        wrong += strcmp(ta_buf_text(&got.out), want) != 0 || got.status != TA_OK;
        drop_outcome(&got);
    }
    TA_CHECK_NUMBER(wrong, 0);
    free(data);
}

static void check_paths(void) {
    conversion how = {.from = "xml", .to = "json", .records = "a.b.c"};
    check_both(&how, "<a v='1'><x>y</x><b><c><d>1</d></c><e/><c>t</c></b></a>",
               "[\n{\"d\":\"1\"},\n\"t\"\n]\n", "loss-envelope@0:0 ");
    check_both(&how, "<a><b/></a>", "", "records-path@0:0 ");
    check_both(&how, "<a><b><c>1</c></b></b></a>", "[\n\"1\"\n]\n", "xml-tag@1:19 ");
    check_both(
        &how,
        "<a xmlns:ta='https://transalp.dev/ns'><b><c ta:type='array'><i>1</i></c></b></a>",
        "[\n\"1\"\n]\n", "");
    how.read.limit = 1;
    check_both(&how, "<a><b><c>1</c><c>2</c></b></a>", "[\n\"1\"\n]\n", "");
}

/* A shape as a schema has it: an attribute, a wrapped list, an unwrapped one, types, a name. */
typedef struct shapes {
    ta_keys keys;
    ta_shape text, number, flag, id, tags, tag, parts, part, maybe, root;
    ta_shape_member members[7];
} shapes;

static bool make_shapes(shapes *s) {
    memset(s, 0, sizeof *s);
    s->text.types = TA_TYPE_STRING;
    s->number.types = TA_TYPE_NUMBER;
    s->flag = (ta_shape){.types = TA_TYPE_BOOLEAN, .xml_name = "is-on"};
    s->id = (ta_shape){.types = TA_TYPE_NUMBER, .xml_attribute = true};
    s->tag = (ta_shape){.types = TA_TYPE_STRING, .xml_name = "tag"};
    s->tags = (ta_shape){.types = TA_TYPE_ARRAY, .items = &s->tag, .xml_wrapped = true};
    s->part = (ta_shape){.types = TA_TYPE_NUMBER, .xml_name = "part"};
    s->parts = (ta_shape){.types = TA_TYPE_ARRAY, .items = &s->part};
    s->maybe.types = TA_TYPE_NUMBER | TA_TYPE_NULL;
    const ta_shape *const places[] = {&s->text,  &s->id,    &s->flag,  &s->tags,
                                      &s->parts, &s->maybe, &s->number};
    static const char *const names[] = {"name", "id", "on", "tags", "parts", "maybe", "n"};
    bool good = ta_keys_init(&s->keys);
    for (int i = 0; i < 7 && good; i++) {
        uint32_t len = (uint32_t)strlen(names[i]);
        uint32_t key = ta_keys_get(&s->keys, names[i], len);
        s->members[i] = (ta_shape_member){names[i], len, key, false, places[i]};
        good = key != 0;
    }
    s->root = (ta_shape){
        .types = TA_TYPE_OBJECT, .members = s->members, .member_count = 7, .xml_name = "thing"};
    ta_keys_pin(&s->keys);
    return good;
}

static void check_shapes(void) {
    shapes s;
    if (!TA_CHECK(make_shapes(&s)))
        return;
    conversion in = {.from = "xml", .to = "json", .in_shape = &s.root, .keys = &s.keys};
    conversion out = {.from = "json", .to = "xml", .out_shape = &s.root, .keys = &s.keys};
    for (size_t i = 0; i < sizeof shape_rows / sizeof *shape_rows; i++)
        check_both(&in, shape_rows[i].in, shape_rows[i].out, shape_rows[i].findings);
    for (size_t i = 0; i < sizeof shape_out_rows / sizeof *shape_out_rows; i++) {
        ta_buf want = {0};
        ta_buf_printf(&want, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n%s\n",
                      shape_out_rows[i].out);
        outcome got = convert(&out, shape_out_rows[i].in, strlen(shape_out_rows[i].in));
        TA_CHECK_TEXT(ta_buf_text(&got.out), ta_buf_text(&want));
        outcome again = convert(&in, ta_buf_text(&got.out), got.out.len);
        want.len = 0;
        ta_buf_printf(&want, "%s\n", shape_out_rows[i].in);
        TA_CHECK_TEXT(ta_buf_text(&again.out), ta_buf_text(&want));
        drop_outcome(&got);
        drop_outcome(&again);
        ta_buf_fini(&want);
    }
    ta_keys_fini(&s.keys);
}

/* Nasty documents: a small generator of its own, so that a seed gives the same ones everywhere.
 */
static uint64_t random_state;

static uint32_t pick(uint32_t below) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % below;
}

static void put_value(ta_buf *out, int depth);

static void put_object(ta_buf *out, int depth) {
    uint32_t first = pick(sizeof odd_keys / sizeof *odd_keys), count = pick(6),
             step = 1 + pick(3);
    ta_buf_puts(out, "{");
    for (uint32_t i = 0; i < count; i++) {
        const char *key = odd_keys[(first + i * step) % (sizeof odd_keys / sizeof *odd_keys)];
        ta_buf_printf(out, "%s\"%s\":", i ? "," : "", key);
        if (*key == '@' && pick(4))
            ta_buf_printf(out, "\"%s\"", odd_texts[pick(sizeof odd_texts / sizeof *odd_texts)]);
        else
            put_value(out, depth - 1);
    }
    ta_buf_puts(out, "}");
}

static void put_value(ta_buf *out, int depth) {
    static const char *const others[] = {
        "1",    "-0", "1e400", "123456789012345678901234567890", "true", "false",
        "null", "[]", "{}"};
    uint32_t kind = pick(depth > 0 ? 9 : 4);
    if (kind < 3) {
        ta_buf_printf(out, "\"%s\"", odd_texts[pick(sizeof odd_texts / sizeof *odd_texts)]);
    } else if (kind < 4) {
        ta_buf_puts(out, others[pick(sizeof others / sizeof *others)]);
    } else if (kind < 6) {
        uint32_t count = pick(4);
        ta_buf_puts(out, "[");
        for (uint32_t i = 0; i < count; i++) {
            ta_buf_puts(out, i ? "," : "");
            put_value(out, depth - 1);
        }
        ta_buf_puts(out, "]");
    } else {
        put_object(out, depth);
    }
}

static void check_round_trips(uint64_t seed, unsigned rounds) {
    conversion same = {.from = "json", .to = "json"}, out = {.from = "json", .to = "xml"};
    conversion back = {.from = "xml", .to = "json"};
    random_state = seed;
    for (unsigned i = 0; i < rounds; i++) {
        ta_buf text = {0};
        put_value(&text, 6);
        outcome want = convert(&same, ta_buf_text(&text), text.len);
        outcome xml = convert(&out, ta_buf_text(&want.out), want.out.len);
        outcome got = convert(&back, ta_buf_text(&xml.out), xml.out.len);
        outcome again = convert(&out, ta_buf_text(&got.out), got.out.len);
        bool good = got.status == TA_OK && got.out.len == want.out.len &&
                    !memcmp(ta_buf_text(&got.out), ta_buf_text(&want.out), want.out.len);
        good = good && again.out.len == xml.out.len &&
               !memcmp(ta_buf_text(&again.out), ta_buf_text(&xml.out), xml.out.len);
        if (!TA_CHECK(good))
            fprintf(stderr, "    seed %llu, round %u: %s\n    xml:  %s\n    got:  %s %s\n",
                    (unsigned long long)seed, i, ta_buf_text(&text), ta_buf_text(&xml.out),
                    ta_buf_text(&got.out), ta_buf_text(&got.findings));
        drop_outcome(&want);
        drop_outcome(&xml);
        drop_outcome(&got);
        drop_outcome(&again);
        ta_buf_fini(&text);
    }
}

static void check_depth(void) {
    conversion how = {.from = "xml", .to = "json"};
    ta_buf text = {0};
    for (int i = 0; i < 1001; i++)
        ta_buf_puts(&text, "<a>");
    outcome got = convert(&how, ta_buf_text(&text), text.len);
    TA_CHECK_TEXT(ta_buf_text(&got.findings), "record-depth@1:3001 ");
    drop_outcome(&got);
    ta_buf_fini(&text);
}

int main(int argc, char **argv) {
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20240501;
    check_reading();
    check_faults();
    check_writing();
    check_plain();
    check_places();
    check_windows();
    check_paths();
    check_shapes();
    check_depth();
    check_round_trips(seed, argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2000);
    return unit_end("XML in and out");
}
