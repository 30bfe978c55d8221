/* SPDX-License-Identifier: MIT */
/* Where each value and key of a YAML text was written, in lines, checked against what a reader
 * of the text would say. */
#ifndef TA_YAML_PLACES_H
#define TA_YAML_PLACES_H

#include "read_kit.h"

/* A stage that writes down "path key value" for each node: places as line:column-line:column.
 */
typedef struct place_stage {
    ta_stage stage;
    ta_buf out;
} place_stage;

static ta_status begin_places(ta_stage *stage, const ta_head *head) {
    (void)stage;
    (void)head;
    return TA_OK;
}

static void put_place(ta_buf *out, const ta_place *place) {
    ta_buf_printf(out, " %llu:%llu-%llu:%llu", (unsigned long long)place->from.line,
                  (unsigned long long)place->from.column, (unsigned long long)place->to.line,
                  (unsigned long long)place->to.column);
}

static ta_status put_places(ta_stage *stage, ta_record *record) {
    place_stage *places = (place_stage *)stage;
    for (uint32_t i = 0; i < record->count; i++) {
        const ta_node *node = &record->nodes[i];
        ta_place value = ta_place_of(record, node, TA_PART_VALUE);
        ta_path_print(record, node, &places->out);
        if (!(node->flags & TA_NODE_KEYLESS)) {
            ta_place key = ta_place_of(record, node, TA_PART_KEY);
            put_place(&places->out, &key);
        }
        put_place(&places->out, &value);
        ta_buf_puts(&places->out, "\n");
    }
    return TA_OK;
}

static void check_places_of(const char *in, const char *want) {
    static const ta_stage_ops ops = {.begin = begin_places, .put = put_places};
    place_stage places = {.stage = {.ops = &ops}};
    outcome got = {.status = TA_OK};
    const ta_format *yaml = ta_format_find("yaml");
    ends e;
    uint64_t records;
    if (TA_CHECK(
            open_ends(&e, &(conversion){.from = "yaml"}, &got, (ta_text){in, strlen(in)}))) {
        ta_head head = {.file = "test", .format = "yaml", .locate = yaml->locate};
        ta_record record = {.keys = &e.keys, .window = &e.source.window, .head = &head};
        ta_read_options options = {.depth_max = 100};
        ta_reading reading = {.source = &e.source,
                              .record = &record,
                              .head = &head,
                              .finder = &e.finder,
                              .options = &options};
        TA_CHECK(yaml->read(&reading, &places.stage, &records) == TA_OK);
        ta_record_fini(&record);
    }
    close_ends(&e, &got);
    if (!TA_CHECK_TEXT(ta_buf_text(&places.out), want))
        fprintf(stderr, "    in:   %s\n", in);
    ta_buf_fini(&places.out);
    drop_outcome(&got);
}

static void check_places(void) {
    /* Characters of several bytes, CRLF, quotes in keys. */
    check_places_of(
        "\xC3\xA9\xC3\xA9: \xF0\x9F\x98\x80 x\r\n'it''s: a': \"\\\"\xE2\x82\xAC\" # c: d\r\n",
        " 1:1-2:18\n"
        "éé 1:1-1:3 1:5-1:8\n"
        "it's: a 2:1-2:11 2:13-2:18\n");
    /* Flow over several lines, comments between, pairs without braces. */
    check_places_of(
        "a: {b: 1, # x: y\n  \"c\": [1, {d: e}],\n  ? f\n  : g, h, i: }\nz: [p: q, r]\n",
        " 1:1-5:13\n"
        "a 1:1-1:2 1:4-4:15\n"
        "a.b 1:5-1:6 1:8-1:9\n"
        "a.c 2:3-2:6 2:8-2:19\n"
        "a.c.0 2:9-2:10\n"
        "a.c.1 2:12-2:18\n"
        "a.c.1.d 2:13-2:14 2:16-2:17\n"
        "a.f 3:5-3:6 4:5-4:6\n"
        "a.h 4:8-4:9 4:9-4:9\n"
        "a.i 4:11-4:12 4:14-4:14\n"
        "z 5:1-5:2 5:4-5:13\n"
        "z.0 5:5-5:9\n"
        "z.0.p 5:5-5:6 5:8-5:9\n"
        "z.1 5:11-5:12\n");
    /* Block texts, anchors, tags, explicit keys, empty values. */
    check_places_of("a: &n !!str |+ # k: v\n  x: y\n\n  z\n\n? b c\n# q: r\n: &m\n  - !t 1\n  "
                    "-\ne:\n&o f : *m\n",
                    " 1:1-12:10\n"
                    "a 1:1-1:2 1:13-4:4\n"
                    "b c 6:3-6:6 9:3-9:9\n"
                    "b c.0 9:8-9:9\n"
                    "b c.1 10:4-10:4\n"
                    "e 11:1-11:2 11:3-11:3\n"
                    "f 12:4-12:5 12:8-12:10\n"
                    "f.0 12:8-12:10\n"
                    "f.1 12:8-12:10\n");
    /* Lists at their key's indentation, aliases as keys, merges. */
    check_places_of(
        "- &a {x: 1, &s y: 2}\n- k:\n  - v\n  <<: *a\n  *s : 1\n  \"z\" : >-\n   t\n\n  w: u\n",
        " 1:6-1:21\n"
        "x 1:7-1:8 1:10-1:11\n"
        "y 1:16-1:17 1:19-1:20\n"
        " 2:3-9:7\n"
        "k 2:3-2:4 3:3-3:6\n"
        "k.0 3:5-3:6\n"
        "x 4:3-4:5 4:7-4:9\n"
        "y 5:3-5:5 5:8-5:9\n"
        "z 6:3-6:6 6:9-7:5\n"
        "w 9:3-9:4 9:6-9:7\n");
}

#endif
