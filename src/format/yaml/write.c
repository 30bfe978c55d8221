/* SPDX-License-Identifier: MIT */
/*
 * The writer: block style, two blanks a level, so that a value's depth alone says where it
 * stands: one pass over the nodes and no stack but the kinds of what is open. Keys are rendered
 * once and kept by their index. Numbers stay as they are, long lines are never folded.
 */
#include <stdlib.h>

#include "format/yaml/style.h"
#include "format/yaml/yaml.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    CHUNK = 4096,      /* bytes of a text that need no room of their own */
    BLANKS = 32,       /* written at once */
    BLANKS_MAX = 1024, /* in the room of a line */
    SIMPLE_MAX = 1000, /* bytes of a key in one line: readers demand at most 1024 characters */
    LINE_ROOM = 8192,  /* for blanks, key and text, and what copying overshoots */
    SLACK = 64,        /* behind the names */
    INDENT = 2         /* blanks a level */
};

/* A rendered key, with its colon: `key:`. */
typedef struct yaml_name {
    uint32_t at, len; /* in writer->text; len 0: not rendered */
} yaml_name;

typedef struct yaml_writer {
    ta_stage stage;
    ta_sink *sink;
    bool begun, any;
    ta_form form;
    yaml_name *names; /* by key index */
    size_t name_cap;
    ta_buf text; /* of the names */
    ta_buf scratch;
    uint32_t generation;
    bool lists[UINT16_MAX + 1]; /* by depth: whether what is open is a list */
} yaml_writer;

/* Copies len bytes and up to 15 more; both sides have the room. Returns behind the len. */
static inline char *copy_yaml_bytes(char *to, const char *from, size_t len) {
#ifdef __SSE2__
    for (size_t at = 0; at < len; at += 16)
        _mm_storeu_si128((__m128i *)(void *)(to + at),
                         _mm_loadu_si128((const __m128i *)(const void *)(from + at)));
#else
    memcpy(to, from, len);
#endif
    return to + len;
}

/* Blanks, up to BLANKS_MAX. */
static inline char *put_yaml_blanks(char *to, size_t count) {
    char *end = to + count;
    do {
        memset(to, ' ', BLANKS); /* of a fixed length: a few stores */
        to += BLANKS;
    } while (to < end);
    return end;
}

/* The blanks before a line; more than LINE_ROOM holds are written at once. */
static inline char *indent_yaml(ta_sink *sink, char *to, size_t level) {
    size_t blanks = INDENT * level;
    while (__builtin_expect(blanks > BLANKS_MAX, 0)) {
        sink->at = put_yaml_blanks(to, BLANKS_MAX);
        to = ta_sink_room(sink, LINE_ROOM);
        blanks -= BLANKS_MAX;
    }
    return put_yaml_blanks(to, blanks);
}

/* Text of any length; returns where a line may go on. */
static inline char *put_yaml_text(ta_sink *sink, char *to, const char *text, size_t len) {
    if (__builtin_expect(len <= CHUNK, 1))
        return copy_yaml_bytes(to, text, len);
    sink->at = to;
    ta_sink_put_long(sink, text, len);
    return ta_sink_room(sink, LINE_ROOM);
}

/* A text in another style than plain. NULL: no memory. */
static char *put_yaml_quoted(yaml_writer *writer, char *to, ta_text text, ta_yaml_style style,
                             size_t level) {
    ta_buf *out = &writer->scratch;
    if (style == TA_YAML_SINGLE && text.len <= CHUNK && !memchr(text.data, '\'', text.len)) {
        *to = '\'';
        to = copy_yaml_bytes(to + 1, text.data, text.len);
        *to = '\'';
        return to + 1;
    }
    out->len = 0;
    if (style == TA_YAML_SINGLE)
        ta_yaml_put_single(out, text.data, text.len);
    else if (style == TA_YAML_DOUBLE)
        ta_yaml_put_double(out, text.data, text.len);
    else
        ta_yaml_put_literal(out, text.data, text.len, INDENT * (level ? level : 1));
    return out->failed ? NULL : put_yaml_text(writer->sink, to, out->data, out->len);
}

/* A scalar, or a list or object without children. NULL: no memory. */
static inline char *put_yaml_scalar(yaml_writer *writer, char *to, const ta_record *record,
                                    const ta_node *node, size_t level) {
    static const char words[][16] = {
        [TA_NULL] = "null", [TA_FALSE] = "false", [TA_TRUE] = "true", [TA_NUMBER] = "",
        [TA_TEXT] = "",     [TA_ARRAY] = "[]",    [TA_OBJECT] = "{}",
    };
    static const uint8_t lengths[] = {4, 5, 4, 0, 0, 2, 2};
    if (node->kind != TA_TEXT && node->kind != TA_NUMBER)
        return copy_yaml_bytes(to, words[node->kind], lengths[node->kind]);
    ta_text text = ta_node_text(record, node);
    if (node->kind == TA_TEXT) {
        ta_yaml_style style = ta_yaml_style_of(text.data, text.len);
        if (style != TA_YAML_PLAIN)
            return put_yaml_quoted(writer, to, text, style, level);
    }
    return put_yaml_text(writer->sink, to, text.data, text.len);
}

/* Renders a key. NULL: no memory. */
static const yaml_name *render_yaml_name(yaml_writer *writer, const ta_keys *keys,
                                         uint32_t index) {
    const ta_key *key = &keys->items[index];
    ta_buf *text = &writer->text;
    size_t before = writer->name_cap, start = text->len;
    if (!ta_array_grow(&writer->names, &writer->name_cap, (size_t)index + 1,
                       sizeof *writer->names))
        return NULL;
    memset(writer->names + before, 0, (writer->name_cap - before) * sizeof *writer->names);
    ta_yaml_style style = ta_yaml_style_of(key->text, key->len);
    if (style == TA_YAML_PLAIN)
        ta_buf_put(text, key->text, key->len);
    else if (style == TA_YAML_SINGLE)
        ta_yaml_put_single(text, key->text, key->len);
    else
        ta_yaml_put_double(text, key->text, key->len);
    ta_buf_put(text, ":", 1);
    if (text->failed || !ta_buf_reserve(text, SLACK))
        return NULL;
    yaml_name *name = &writer->names[index];
    name->at = (uint32_t)start;
    name->len = (uint32_t)(text->len - start);
    return name;
}

/* A key too long for one line: `? key`, and the colon on a line of its own. */
static char *put_yaml_long_name(ta_sink *sink, char *to, const char *text, size_t len,
                                size_t level) {
    memcpy(to, "? ", 2);
    to = put_yaml_text(sink, to + 2, text, len - 1);
    *to++ = '\n';
    to = indent_yaml(sink, to, level);
    *to = ':';
    return to + 1;
}

/* A key with its colon. NULL: no memory. */
static inline char *put_yaml_name(yaml_writer *writer, char *to, const ta_keys *keys,
                                  uint32_t index, size_t level) {
    const yaml_name *name = &writer->names[index];
    if (__builtin_expect(index >= writer->name_cap || !name->len, 0)) {
        name = render_yaml_name(writer, keys, index);
        if (!name)
            return NULL;
    }
    const char *text = writer->text.data + name->at;
    if (__builtin_expect(name->len > SIMPLE_MAX, 0))
        return put_yaml_long_name(writer->sink, to, text, name->len, level);
    return copy_yaml_bytes(to, text, name->len);
}

/* What comes before a value: blanks, then its key or dash. NULL: no memory. */
static inline char *put_yaml_lead(yaml_writer *writer, const ta_record *record,
                                  const ta_node *node, size_t level, bool in_line) {
    char *to = ta_sink_room(writer->sink, LINE_ROOM);
    if (!in_line)
        to = indent_yaml(writer->sink, to, level - 1);
    if (node->depth && !writer->lists[node->depth - 1])
        return put_yaml_name(writer, to, record->keys, node->key, level - 1);
    if (level) {
        *to++ = '-';
        *to++ = ' ';
    }
    return to;
}

/*
 * Each value on a line of its own behind its key or dash; a list or object in a list begins on
 * the line of its dash, one in an object on the next. False: no memory.
 */
static bool write_yaml_record(yaml_writer *writer, const ta_record *record) {
    size_t outer = writer->form == TA_FORM_LIST; /* levels around the record */
    const ta_node *end = record->nodes + record->count;
    bool in_line = true; /* the next value stands on a line that has begun */
    for (const ta_node *node = record->nodes; node < end; node++) {
        size_t level = outer + node->depth;
        bool keyed = node->depth && !writer->lists[node->depth - 1];
        bool opens = node->kind >= TA_ARRAY && node->count;
        char *to = put_yaml_lead(writer, record, node, level, in_line);
        if (to && !opens) {
            *to = ' ';
            to = put_yaml_scalar(writer, to + keyed, record, node, level);
        }
        if (!to)
            return false;
        in_line = opens && !keyed;
        *to = '\n';
        writer->sink->at = to + !in_line;
        if (opens)
            writer->lists[node->depth] = node->kind == TA_ARRAY;
    }
    return true;
}

static ta_status write_yaml_begin(ta_stage *stage, const ta_head *head) {
    yaml_writer *writer = (yaml_writer *)stage;
    writer->begun = true;
    writer->form = head->form;
    return TA_OK;
}

static ta_status write_yaml_put(ta_stage *stage, ta_record *record) {
    yaml_writer *writer = (yaml_writer *)stage;
    if (record->keys->generation != writer->generation) {
        writer->generation = record->keys->generation;
        memset(writer->names, 0, writer->name_cap * sizeof *writer->names);
        writer->text.len = 0;
    }
    writer->any = true;
    return write_yaml_record(writer, record) ? writer->sink->status : TA_ERR_NOMEM;
}

static ta_status write_yaml_end(ta_stage *stage, const ta_tail *tail) {
    yaml_writer *writer = (yaml_writer *)stage;
    (void)tail;
    if (writer->begun && writer->form == TA_FORM_LIST && !writer->any)
        ta_sink_put(writer->sink, "[]\n", 3);
    return writer->sink->status;
}

static void write_yaml_drop(ta_stage *stage) {
    yaml_writer *writer = (yaml_writer *)stage;
    free(writer->names);
    ta_buf_fini(&writer->text);
    ta_buf_fini(&writer->scratch);
    free(writer);
}

ta_stage *ta_yaml_writer_new(const ta_writing *writing) {
    static const ta_stage_ops ops = {"write yaml",   TA_SCOPE_RECORD, write_yaml_begin,
                                     write_yaml_put, write_yaml_end,  write_yaml_drop};
    yaml_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->stage.ops = &ops;
    writer->sink = writing->sink;
    if (!ta_array_grow(&writer->names, &writer->name_cap, 64, sizeof *writer->names)) {
        free(writer);
        return NULL;
    }
    memset(writer->names, 0, writer->name_cap * sizeof *writer->names);
    return &writer->stage;
}
