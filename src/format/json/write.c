/* SPDX-License-Identifier: MIT */
/*
 * The writer: one pass over a record's nodes. Keys are rendered once and kept by their index;
 * texts that a reader knows to be plain are copied, others are escaped as little as RFC 8259
 * section 7 demands. Numbers are text.
 */
#include <stdlib.h>

#include "format/json/bytes.h"
#include "format/json/json.h"

enum {
    CHUNK = 4096,    /* bytes of a text that are escaped at once */
    ESCAPED_MAX = 6, /* the longest escape: \u001f */
    SLACK = 64, /* room beyond what is counted: quotes, and what copying by 16 overshoots */
    INDENT = 2,
    INDENT_MAX = 64 /* blanks: else a deep nest would grow by its square */
};

/* A rendered key: `,"key":`, pretty `"key": `. */
typedef struct json_name {
    uint32_t at, len; /* in writer->text; len 0: not rendered */
} json_name;

typedef struct json_writer {
    ta_stage stage;
    ta_sink *sink;
    ta_finder *finder;
    bool pretty, lines, begun, any;
    bool compact; /* a list stands on one line */
    ta_form form;
    json_name *names; /* by key index */
    size_t name_cap;
    ta_buf text; /* of the names */
    uint32_t generation;
    char closers[UINT16_MAX + 1]; /* by depth: the brackets that close what is open */
} json_writer;

/* Writes an escape (at most ESCAPED_MAX bytes) and returns behind it. */
static char *put_json_escape(char *to, char c) {
    static const char letters[32] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    unsigned char byte = (unsigned char)c;
    *to++ = '\\';
    if (byte >= 0x20) {
        *to++ = c;
    } else if (letters[byte]) {
        *to++ = letters[byte];
    } else {
        *to++ = 'u';
        *to++ = '0';
        *to++ = '0';
        *to++ = (char)('0' + (byte >> 4));
        *to++ = "0123456789abcdef"[byte & 15];
    }
    return to;
}

/* Escapes from[0..len), which has slack behind it, into room for ESCAPED_MAX * len + SLACK
 * bytes. */
static char *escape_json(char *to, const char *from, size_t len) {
    const char *end = from + len;
    while (from < end) {
#ifdef __SSE2__
        __m128i bytes = ta_bytes_load(from);
        ta_bytes_store(to, bytes);
        unsigned hits = ta_json_specials(bytes);
        size_t clean = hits ? (size_t)__builtin_ctz(hits) : 16;
#else
        size_t clean = !ta_json_is_special(*from);
        *to = *from;
#endif
        size_t left = (size_t)(end - from);
        if (clean > left)
            clean = left;
        to += clean;
        from += clean;
        if (from < end && ta_json_is_special(*from))
            to = put_json_escape(to, *from++);
    }
    return to;
}

static void write_json_long_text(ta_sink *sink, ta_text text, bool plain) {
    if (plain) {
        ta_sink_put_long(sink, text.data, text.len);
        return;
    }
    while (text.len) {
        size_t part = text.len < CHUNK ? text.len : CHUNK;
        char *to = ta_sink_room(sink, ESCAPED_MAX * CHUNK + SLACK);
        sink->at = escape_json(to, text.data, part);
        text.data += part;
        text.len -= part;
    }
}

static inline void write_json_text(ta_sink *sink, ta_text text, bool plain) {
    if (TA_UNLIKELY(text.len > CHUNK)) {
        ta_sink_putc(sink, '"');
        write_json_long_text(sink, text, plain);
        ta_sink_putc(sink, '"');
        return;
    }
    char *to = ta_sink_room(sink, (plain ? 1 : ESCAPED_MAX) * text.len + SLACK);
    *to++ = '"';
    to = plain ? ta_bytes_copy(to, text.data, text.len) : escape_json(to, text.data, text.len);
    *to++ = '"';
    sink->at = to;
}

static inline void write_json_word(ta_sink *sink, const char *word, size_t len) {
    char *to = ta_sink_room(sink, 8);
    memcpy(to, word, 8);
    sink->at = to + len;
}

/* A scalar, or a container without children. */
static inline void write_json_scalar(ta_sink *sink, const ta_record *record,
                                     const ta_node *node) {
    static const char words[][8] = {
        [TA_NULL] = "null", [TA_FALSE] = "false", [TA_TRUE] = "true", [TA_NUMBER] = "",
        [TA_TEXT] = "",     [TA_ARRAY] = "[]",    [TA_OBJECT] = "{}",
    };
    static const uint8_t lengths[] = {4, 5, 4, 0, 0, 2, 2};
    ta_text text = ta_node_text(record, node);
    if (node->kind == TA_TEXT) {
        write_json_text(sink, text, node->flags & TA_NODE_PLAIN);
    } else if (node->kind != TA_NUMBER) {
        write_json_word(sink, words[node->kind], lengths[node->kind]);
    } else if (TA_UNLIKELY(text.len > CHUNK)) {
        ta_sink_put_long(sink, text.data, text.len);
    } else {
        sink->at = ta_bytes_copy(ta_sink_room(sink, text.len + SLACK), text.data, text.len);
    }
}

/* Renders a key. NULL: no memory. */
static const json_name *render_json_name(json_writer *writer, const ta_keys *keys,
                                         uint32_t index) {
    const ta_key *key = &keys->items[index];
    ta_buf *text = &writer->text;
    size_t before = writer->name_cap;
    if (!ta_array_grow(&writer->names, &writer->name_cap, (size_t)index + 1,
                       sizeof *writer->names))
        return NULL;
    memset(writer->names + before, 0, (writer->name_cap - before) * sizeof *writer->names);
    if (!ta_buf_reserve(text, ESCAPED_MAX * (size_t)key->len + SLACK))
        return NULL;
    char *start = text->data + text->len, *to = start;
    if (!writer->pretty)
        *to++ = ',';
    *to++ = '"';
    to = escape_json(to, key->text, key->len);
    *to++ = '"';
    *to++ = ':';
    if (writer->pretty)
        *to++ = ' ';
    json_name *name = &writer->names[index];
    name->at = (uint32_t)text->len;
    name->len = (uint32_t)(to - start);
    text->len += name->len;
    return name;
}

/* Writes a rendered key without its first `skip` bytes. False: no memory. */
static inline bool write_json_name(json_writer *writer, const ta_keys *keys, uint32_t index,
                                   bool skip) {
    const json_name *name = &writer->names[index];
    if (TA_UNLIKELY(index >= writer->name_cap || !name->len)) {
        name = render_json_name(writer, keys, index);
        if (!name)
            return false;
    }
    const char *text = writer->text.data + name->at + skip;
    size_t len = name->len - skip;
    if (TA_UNLIKELY(len > CHUNK))
        ta_sink_put_long(writer->sink, text, len);
    else
        writer->sink->at = ta_bytes_copy(ta_sink_room(writer->sink, len + SLACK), text, len);
    return true;
}

static void write_json_indent(const json_writer *writer, uint32_t level) {
    size_t list = writer->form == TA_FORM_LIST && !writer->lines;
    size_t blanks = INDENT * (level + list);
    blanks = blanks < INDENT_MAX ? blanks : INDENT_MAX;
    ta_sink_putc(writer->sink, '\n');
    memset(ta_sink_room(writer->sink, INDENT_MAX), ' ', blanks);
    writer->sink->at += blanks;
}

/* Closes what is open from `level` down to `to`. */
static inline void close_json(json_writer *writer, uint32_t level, uint32_t to) {
    while (level > to) {
        level--;
        if (writer->pretty)
            write_json_indent(writer, level);
        ta_sink_putc(writer->sink, writer->closers[level]);
    }
}

/* What stands before a value: the comma, the line's indent, the key. False: no memory. */
static inline bool write_json_lead(json_writer *writer, const ta_keys *keys,
                                   const ta_node *node, bool first) {
    if (writer->pretty) {
        if (!first)
            ta_sink_putc(writer->sink, ',');
        if (node->depth)
            write_json_indent(writer, node->depth);
        return !node->key || write_json_name(writer, keys, node->key, false);
    }
    if (node->key)
        return write_json_name(writer, keys, node->key, first);
    if (!first)
        ta_sink_putc(writer->sink, ',');
    return true;
}

/* False: no memory. */
static bool write_json_record(json_writer *writer, const ta_record *record) {
    uint32_t level = 0; /* how many containers are open */
    bool first = true;
    const ta_node *end = record->nodes + record->count;
    for (const ta_node *node = record->nodes; node < end; node++) {
        if (node->depth < level)
            close_json(writer, level, node->depth);
        level = node->depth;
        if (TA_UNLIKELY(!write_json_lead(writer, record->keys, node, first)))
            return false;
        first = false;
        if (node->kind < TA_ARRAY || !node->count) {
            write_json_scalar(writer->sink, record, node);
            continue;
        }
        bool object = node->kind == TA_OBJECT;
        ta_sink_putc(writer->sink, object ? '{' : '[');
        writer->closers[level++] = object ? '}' : ']';
        first = true;
    }
    close_json(writer, level, 0);
    return true;
}

static ta_status write_json_begin(ta_stage *stage, const ta_head *head) {
    json_writer *writer = (json_writer *)stage;
    writer->begun = true;
    writer->form = head->form;
    if (writer->lines && head->form == TA_FORM_DOCUMENT)
        ta_find(writer->finder,
                &(ta_finding){.code = TA_F_LOSS_SHAPE, .place = {.file = head->file}});
    return TA_OK;
}

static ta_status write_json_put(ta_stage *stage, ta_record *record) {
    json_writer *writer = (json_writer *)stage;
    ta_sink *sink = writer->sink;
    bool list = writer->form == TA_FORM_LIST && !writer->lines;
    if (TA_UNLIKELY(record->keys->generation != writer->generation)) {
        writer->generation = record->keys->generation;
        memset(writer->names, 0, writer->name_cap * sizeof *writer->names);
        writer->text.len = 0;
    }
    if (list) {
        ta_sink_put(sink, writer->any ? ",\n" : "[\n", writer->compact ? 1 : 2);
        if (writer->pretty)
            ta_sink_put(sink, "  ", INDENT);
    }
    writer->any = true;
    if (!write_json_record(writer, record))
        return TA_ERR_NOMEM;
    if (!list)
        ta_sink_putc(sink, '\n');
    return sink->status;
}

static ta_status write_json_end(ta_stage *stage, const ta_tail *tail) {
    json_writer *writer = (json_writer *)stage;
    (void)tail;
    const char *foot = !writer->any ? "[]\n" : writer->compact ? "]\n" : "\n]\n";
    if (writer->begun && writer->form == TA_FORM_LIST && !writer->lines)
        ta_sink_put(writer->sink, foot, strlen(foot));
    return writer->sink->status;
}

static void write_json_drop(ta_stage *stage) {
    json_writer *writer = (json_writer *)stage;
    free(writer->names);
    ta_buf_fini(&writer->text);
    free(writer);
}

ta_stage *ta_json_writer_new(const ta_writing *writing) {
    static const ta_stage_ops ops = {"write json",   TA_SCOPE_RECORD, write_json_begin,
                                     write_json_put, write_json_end,  write_json_drop};
    json_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->stage.ops = &ops;
    writer->sink = writing->sink;
    writer->finder = writing->finder;
    writer->lines = writing->options->lines;
    writer->compact = writing->options->canonical;
    writer->pretty = writing->options->pretty && !writer->lines;
    if (!ta_array_grow(&writer->names, &writer->name_cap, 64, sizeof *writer->names)) {
        free(writer);
        return NULL;
    }
    memset(writer->names, 0, writer->name_cap * sizeof *writer->names);
    return &writer->stage;
}
