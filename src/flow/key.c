/* SPDX-License-Identifier: MIT */
#include "flow/key.h"

#include "schema/key.h"

static ta_status refuse_key(ta_reader *reader, const char *why) {
    ta_find(&reader->hub.finder,
            &(ta_finding){.code = TA_F_DIFF_KEY_OPTION,
                          .name = reader->job->key ? reader->job->key : "x-key",
                          .found = why});
    return TA_ERR_USAGE;
}

static ta_status add_path(ta_record_key *key, ta_reader *reader, ta_text text) {
    size_t bad;
    ta_path *path = &key->paths[key->count];
    const char *name = ta_arena_copy(&reader->arena, text.data, text.len);
    if (!name)
        return TA_ERR_NOMEM;
    key->names[key->count++] = (ta_text){name, text.len};
    if (!ta_path_parse(&reader->arena, &reader->keys, text, '.', path, &bad))
        return bad == SIZE_MAX ? TA_ERR_NOMEM : refuse_key(reader, "a step of a path is empty");
    if (path->relative)
        return refuse_key(reader, "a path begins with a key of the record, not with a dot");
    ta_buf_puts(&key->words, key->words.len ? ", " : "");
    ta_buf_put(&key->words, text.data, text.len);
    return TA_OK;
}

static ta_status make_room(ta_record_key *key, ta_reader *reader, size_t paths) {
    key->paths = ta_arena_alloc(&reader->arena, paths * sizeof *key->paths);
    key->names = ta_arena_alloc(&reader->arena, paths * sizeof *key->names);
    return key->paths && key->names ? TA_OK : TA_ERR_NOMEM;
}

/* The paths of --key, with commas between. */
static ta_status take_option(ta_record_key *key, ta_reader *reader, const char *option) {
    size_t most = 1;
    for (const char *at = option; *at; at++)
        most += *at == ',';
    ta_status status = make_room(key, reader, most);
    for (const char *at = option; status == TA_OK; at++) {
        size_t len = strcspn(at, ",");
        status = add_path(key, reader, (ta_text){at, len});
        at += len;
        if (!*at)
            break;
    }
    return status;
}

/* The texts of the schema's x-key, a list or a single one. */
static ta_status take_schema_key(ta_record_key *key, ta_reader *reader) {
    const ta_schema *schema = reader->checks.schemas[0];
    const ta_document *document;
    const ta_node *node = schema ? ta_schema_key(schema, &document) : NULL;
    if (!node)
        return TA_OK;
    bool is_list = node->kind == TA_ARRAY;
    const ta_node *end = ta_node_end(node), *at = is_list ? ta_node_first(node) : node;
    ta_status status = make_room(key, reader, node->count + (size_t)1);
    for (; at < end && status == TA_OK; at = ta_node_next(at))
        status = at->kind == TA_TEXT
                     ? add_path(key, reader, ta_node_text(&document->record, at))
                     : refuse_key(reader, "the schema has no list of paths there");
    return status;
}

ta_status ta_record_key_find(ta_record_key *key, ta_reader *reader) {
    const char *option = reader->job->key;
    ta_status status = option ? take_option(key, reader, option) : take_schema_key(key, reader);
    return status == TA_OK && key->words.failed ? TA_ERR_NOMEM : status;
}

ta_status ta_record_key_name(ta_record_key *key, ta_reader *reader, const char *name) {
    ta_status status = make_room(key, reader, 1);
    if (status == TA_OK)
        status = add_path(key, reader, (ta_text){name, strlen(name)});
    return status == TA_OK && key->words.failed ? TA_ERR_NOMEM : status;
}

void ta_record_key_fini(ta_record_key *key) {
    ta_buf_fini(&key->words);
}
