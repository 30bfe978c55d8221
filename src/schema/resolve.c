/* SPDX-License-Identifier: MIT */
/*
 * References (JSON Schema 2020-12 core, section 8.2): #, #/a/pointer, #anchor, an $id, and
 * files: relative to the file that names them, or found for a URI by the loader. Nothing is
 * fetched.
 */
#include <stdlib.h>

#include "schema/graph.h"
#include "schema/uri.h"

enum { WIDE = 64 }; /* members that are worth a table */

/* The step of a JSON Pointer in place, ~1 and ~0 decoded (RFC 6901 section 4); its new length.
 */
static size_t decode_step(char *step, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        char c = step[i];
        if (c == '~' && i + 1 < len)
            c = step[++i] == '1' ? '/' : '~';
        step[n++] = c;
    }
    return n;
}

/* For an object and a key; two pairs may come to the same. */
static uint64_t slot_of(const ta_node *object, uint32_t key) {
    return (ta_node_table_key(object) << 22) + key;
}

/* Where a key was entered; TA_TABLE_NONE: the object has no such member, or there is no memory.
 * An entry without a key says that the object's are entered. */
static uint32_t find_entry(ta_schema_impl *impl, const ta_record *record, const ta_node *object,
                           uint32_t key) {
    bool put = true;
    if (ta_table_get(&impl->members, slot_of(object, TA_KEY_NONE)) == TA_TABLE_NONE) {
        put = ta_table_put(&impl->members, slot_of(object, TA_KEY_NONE), 0);
        for (const ta_node *c = ta_node_first(object); put && c < ta_node_end(object);
             c = ta_node_next(c))
            put =
                ta_table_put(&impl->members, slot_of(object, c->key), ta_node_index(record, c));
    }
    impl->nomem = impl->nomem || !put;
    return put ? ta_table_get(&impl->members, slot_of(object, key)) : TA_TABLE_NONE;
}

/* Many references lead into one object of definitions: a wide one is searched by a table. */
static const ta_node *find_member(ta_schema_impl *impl, const ta_record *record,
                                  const ta_node *object, uint32_t key) {
    uint32_t at = object->count > WIDE ? find_entry(impl, record, object, key) : 0;
    if (at == TA_TABLE_NONE)
        return NULL;
    const ta_node *found = &record->nodes[at];
    bool own = found > object && found < ta_node_end(object) && found->key == key &&
               found->depth == object->depth + 1;
    return own ? found : ta_node_member(object, key);
}

static const ta_node *take_step(ta_schema_impl *impl, const ta_record *record,
                                const ta_node *node, char *step, size_t len) {
    len = decode_step(step, len);
    if (node->kind == TA_OBJECT) {
        uint32_t key = ta_keys_find(record->keys, step, len);
        return key ? find_member(impl, record, node, key) : NULL;
    }
    char *end = step;
    unsigned long index = len && len < 10 ? strtoul(step, &end, 10) : 0;
    if (node->kind != TA_ARRAY || end != step + len || !len || (len > 1 && step[0] == '0') ||
        index >= node->count)
        return NULL;
    const ta_node *item = ta_node_first(node);
    while (index--)
        item = ta_node_next(item);
    return item;
}

/* Goes down a pointer from target->node; a resource on the way is what `#` means from there on.
 */
static bool follow_pointer(ta_schema_impl *impl, char *pointer, size_t len, ta_target *target) {
    const ta_record *record = &target->resource->document->record;
    char *end = pointer + len;
    while (pointer < end) {
        char *step = pointer + 1;
        char *stop = memchr(step, '/', (size_t)(end - step));
        pointer = stop ? stop : end;
        /* strtoul must stop here; the byte is the slash or the NUL */
        *pointer = 0;
        target->node = take_step(impl, record, target->node, step, (size_t)(pointer - step));
        if (!target->node)
            return false;
        const ta_resource *inner = ta_schema_by_node(impl, target->node);
        if (inner)
            target->resource = inner;
    }
    return true;
}

static bool follow_fragment(ta_schema_impl *impl, ta_text fragment, ta_target *target) {
    ta_buf text = {0};
    ta_uri_decode(fragment, &text);
    ta_buf_text(&text);
    bool found = !text.failed;
    impl->nomem = impl->nomem || text.failed;
    if (found && text.len && text.data[0] == '/') {
        found = follow_pointer(impl, text.data, text.len, target);
    } else if (found && text.len) {
        const ta_anchor *anchor =
            ta_schema_by_name(impl, target->resource, (ta_text){text.data, text.len});
        found = anchor != NULL;
        if (anchor)
            *target = (ta_target){anchor->resource, anchor->node, anchor};
    }
    ta_buf_fini(&text);
    return found;
}

ta_text ta_schema_put_folder(ta_buf *out, const char *from, ta_text file) {
    const char *slash = strrchr(from, '/');
    size_t folder = slash ? (size_t)(slash - from) + 1 : !strncmp(from, "builtin:", 8) ? 8 : 0;
    while (file.len > 2 && !memcmp(file.data, "./", 2))
        file = (ta_text){file.data + 2, file.len - 2};
    if (!file.len || file.data[0] != '/')
        ta_buf_put(out, from, folder);
    return file;
}

/* A file by its name, or by the URI that stands for it. NULL: there is none; *said: a finding
 * was emitted. */
static const ta_document *load_file(ta_schema_impl *impl, ta_text uri, bool *said) {
    ta_buf name = {0};
    bool is_uri = ta_uri_has_scheme(uri), known = false;
    if (is_uri)
        ta_buf_put(&name, uri.data, uri.len);
    else
        ta_uri_decode(uri, &name);
    const char *text = ta_buf_text(&name);
    const ta_document *document = NULL;
    impl->nomem = impl->nomem || name.failed;
    if (!name.failed)
        document = is_uri && strncmp(text, "builtin:", 8) != 0
                       ? ta_schema_find(impl, text, &known)
                       : impl->loader->load(impl->loader->to, text);
    *said = *said || (!document && (known || !is_uri));
    ta_buf_fini(&name);
    return document;
}

/* The resource that a reference without its fragment leads to; NULL: there is none. */
static const ta_resource *find_resource(ta_schema_impl *impl, const ta_resource *from,
                                        ta_text file, bool *said) {
    ta_buf joined = {0};
    ta_text base = {from->uri, strlen(from->uri)};
    ta_uri_join(base, file, &joined);
    ta_text uri = {ta_buf_text(&joined), joined.len};
    const ta_resource *found = joined.failed ? NULL : ta_schema_by_uri(impl, uri);
    const ta_document *document = NULL;
    impl->nomem = impl->nomem || joined.failed;
    if (!found && !joined.failed)
        document = load_file(impl, uri, said);
    /* A schema with a URI of its own, and its sibling as a file beside it. */
    bool is_url = ta_uri_has_scheme(base) && strncmp(from->uri, "builtin:", 8) != 0;
    if (!found && !document && !*said && is_url && !ta_uri_has_scheme(file) &&
        !ta_uri_has_scheme((ta_text){from->document->name, strlen(from->document->name)})) {
        ta_buf beside = {0};
        ta_uri_join((ta_text){from->document->name, strlen(from->document->name)}, file,
                    &beside);
        document = beside.failed
                       ? NULL
                       : load_file(impl, (ta_text){ta_buf_text(&beside), beside.len}, said);
        impl->nomem = impl->nomem || beside.failed;
        ta_buf_fini(&beside);
    }
    if (document) {
        found = ta_schema_enter(impl, document, ta_buf_text(&joined), from->lexicon);
        *said = *said || !found;
    }
    ta_buf_fini(&joined);
    return found;
}

static void refuse_reference(ta_schema_impl *impl, const ta_subschema *from, const ta_node *ref,
                             bool is_far) {
    ta_buf name = {0};
    ta_text text = ta_node_text(&from->document->record, ref);
    ta_buf_put(&name, text.data, text.len);
    ta_schema_fault(
        impl, from->document, ref,
        &(ta_finding){.code = TA_F_SCHEMA_REF,
                      .name = ta_buf_text(&name),
                      .detail = is_far ? "nothing is fetched: --schema-map PREFIX=FOLDER says "
                                         "where such files lie"
                                       : NULL});
    ta_buf_fini(&name);
}

bool ta_schema_resolve(ta_schema_impl *impl, const ta_subschema *from, const ta_node *ref,
                       ta_target *out) {
    ta_text fragment;
    ta_text file = ta_uri_split(ta_node_text(&from->document->record, ref), &fragment);
    const ta_resource *resource = from->resource;
    bool said = false;
    if (file.len)
        resource = find_resource(impl, resource, file, &said);
    if (resource) {
        *out = (ta_target){resource, resource->node, NULL};
        if (follow_fragment(impl, fragment, out))
            return true;
    }
    if (!impl->nomem)
        refuse_reference(impl, from, ref, !resource && !said);
    impl->failed = true;
    return false;
}
