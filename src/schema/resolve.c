/* SPDX-License-Identifier: MIT */
/*
 * References (JSON Schema 2020-12 core, section 8.2): #, #/a/pointer, #anchor, an $id as it is
 * written, and files relative to the folder of the file that names them. Nothing is fetched.
 */
#include <stdlib.h>

#include "schema/graph.h"
#include "schema/vocabulary.h"

static void add_name(ta_schema_impl *impl, const ta_schema_name *name) {
    if (!ta_array_grow(&impl->names, &impl->name_cap, impl->name_count + 1,
                       sizeof *impl->names))
        impl->nomem = true;
    else
        impl->names[impl->name_count++] = *name;
}

/* An object's $id and $anchor; returns what `#` means inside. */
static const ta_node *collect_own_names(ta_schema_impl *impl, const ta_document *document,
                                        const ta_node *node, const ta_node *base) {
    static const char *const words[] = {"$id", "$anchor", "$dynamicAnchor"};
    for (int i = 0; i < 3; i++) {
        const ta_node *value = ta_node_named(&document->record, node, words[i]);
        if (!value || value->kind != TA_TEXT || !value->text_len)
            continue;
        ta_text text = ta_node_text(&document->record, value);
        /* Up to draft 7 an $id of #name is an anchor. */
        bool anchor = i > 0 || text.data[0] == '#';
        if (text.data[0] == '#')
            text = (ta_text){text.data + 1, text.len - 1};
        else if (!anchor && text.data[text.len - 1] == '#')
            text.len--;
        if (!anchor)
            base = node;
        add_name(impl, &(ta_schema_name){document, node, base, text, anchor});
    }
    return base;
}

/* Members of a map are names, not words; what stands in enum, const and the like is no schema.
 * Depth: the reader's. */
static void collect_names(ta_schema_impl *impl, const ta_document *document,
                          const ta_node *node, const ta_node *base, bool is_map) {
    static const char *const data[] = {"enum", "const", "default", "examples"};
    if (node->kind != TA_OBJECT && node->kind != TA_ARRAY)
        return;
    if (node->kind == TA_OBJECT && !is_map)
        base = collect_own_names(impl, document, node, base);
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        const ta_word *word = is_map || !c->key ? NULL : ta_word_of(&document->record, c);
        bool skip = false;
        for (size_t i = 0; word && i < sizeof data / sizeof *data; i++)
            skip = skip || !strcmp(word->name, data[i]);
        if (!skip)
            collect_names(impl, document, c, base, word && word->place == TA_PLACE_MAP);
    }
}

void ta_schema_enter(ta_schema_impl *impl, const ta_document *document) {
    for (size_t i = 0; i < impl->document_count; i++)
        if (impl->documents[i] == document)
            return;
    if (!ta_array_grow(&impl->documents, &impl->document_cap, impl->document_count + 1,
                       sizeof *impl->documents)) {
        impl->nomem = true;
        return;
    }
    impl->documents[impl->document_count++] = document;
    const ta_node *root = document->record.nodes;
    collect_names(impl, document, root, root, false);
}

static const ta_schema_name *find_name(const ta_schema_impl *impl, ta_text text, bool anchor,
                                       const ta_node *base) {
    for (size_t i = 0; i < impl->name_count; i++) {
        const ta_schema_name *name = &impl->names[i];
        if (name->anchor == anchor && name->text.len == text.len &&
            !memcmp(name->text.data, text.data, text.len) && (!base || name->base == base))
            return name;
    }
    return NULL;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Appends with %XX decoded (RFC 3986 section 2.1). */
static void put_decoded(ta_buf *out, ta_text text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        int high = c == '%' && i + 2 < text.len ? hex_value(text.data[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.data[i + 2]) : -1;
        if (low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        ta_buf_put(out, &c, 1);
    }
}

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

static const ta_node *take_step(const ta_record *record, const ta_node *node, char *step,
                                size_t len) {
    len = decode_step(step, len);
    if (node->kind == TA_OBJECT) {
        uint32_t key = ta_keys_find(record->keys, step, len);
        return key ? ta_node_member(node, key) : NULL;
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

/* Goes down a pointer from target->node; a subschema's $id on the way makes it what `#` means.
 */
static bool follow_pointer(char *pointer, size_t len, ta_target *target) {
    const ta_record *record = &target->document->record;
    char *end = pointer + len;
    while (pointer < end) {
        char *step = pointer + 1;
        char *stop = memchr(step, '/', (size_t)(end - step));
        pointer = stop ? stop : end;
        /* strtoul must stop here; the byte is the slash or the NUL */
        *pointer = 0;
        target->node = take_step(record, target->node, step, (size_t)(pointer - step));
        if (!target->node)
            return false;
        const ta_node *id = ta_node_named(record, target->node, "$id");
        if (id && id->kind == TA_TEXT && id->text_len &&
            ta_node_text(record, id).data[0] != '#')
            target->base = target->node;
    }
    return true;
}

static bool follow_fragment(ta_schema_impl *impl, ta_text fragment, ta_target *target) {
    ta_buf text = {0};
    put_decoded(&text, fragment);
    ta_buf_text(&text);
    bool found = !text.failed;
    impl->nomem = impl->nomem || text.failed;
    if (found && text.len && text.data[0] == '/') {
        found = follow_pointer(text.data, text.len, target);
    } else if (found && text.len) {
        const ta_schema_name *name =
            find_name(impl, (ta_text){text.data, text.len}, true, target->base);
        found = name != NULL;
        if (name)
            *target = (ta_target){name->document, name->node, name->base};
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

/* Whether it begins with a scheme, such as https: (RFC 3986 section 3.1). */
static bool has_scheme(ta_text text) {
    size_t i = 0;
    while (i < text.len && ((text.data[i] | 32) >= 'a') && (text.data[i] | 32) <= 'z')
        i++;
    return i > 1 && i < text.len && text.data[i] == ':';
}

static bool find_file(ta_schema_impl *impl, const ta_reached *from, ta_text file,
                      ta_target *out) {
    const ta_schema_name *name = find_name(impl, file, false, NULL);
    if (name) {
        *out = (ta_target){name->document, name->node, name->node};
        return true;
    }
    if (has_scheme(file))
        return false;
    ta_buf path = {0};
    put_decoded(&path, ta_schema_put_folder(&path, from->sub.document->name, file));
    const char *text = ta_buf_text(&path);
    impl->nomem = impl->nomem || path.failed;
    const ta_document *document =
        path.failed ? NULL : impl->loader->load(impl->loader->to, text);
    ta_buf_fini(&path);
    if (!document)
        return false;
    ta_schema_enter(impl, document);
    *out = (ta_target){document, document->record.nodes, document->record.nodes};
    return true;
}

bool ta_schema_resolve(ta_schema_impl *impl, const ta_reached *from, const ta_node *ref,
                       ta_target *out) {
    const ta_document *document = from->sub.document;
    ta_text text = ta_node_text(&document->record, ref);
    const char *hash = text.len ? memchr(text.data, '#', text.len) : NULL;
    ta_text file = {text.data, hash ? (size_t)(hash - text.data) : text.len};
    ta_text fragment = {text.data + file.len + (hash != NULL),
                        text.len - file.len - (hash != NULL)};
    *out = (ta_target){document, from->base, from->base};
    bool found =
        (!file.len || find_file(impl, from, file, out)) && follow_fragment(impl, fragment, out);
    if (found || impl->nomem)
        return found;
    ta_buf name = {0};
    ta_buf_put(&name, text.data, text.len);
    ta_schema_fault(impl, document, ref,
                    &(ta_finding){.code = TA_F_SCHEMA_REF,
                                  .name = ta_buf_text(&name),
                                  .detail = has_scheme(file)
                                                ? "nothing is fetched: keep the file "
                                                  "beside this one and name it"
                                                : NULL});
    ta_buf_fini(&name);
    return false;
}
