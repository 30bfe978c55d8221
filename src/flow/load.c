/* SPDX-License-Identifier: MIT */
/*
 * A document keeps its file's bytes, so that findings can point into it. Its record is put
 * together from what the reader pushes: the nodes are copied, their places shifted from the
 * pushed record's bytes to the file's.
 */
#include "flow/load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "flow/input.h"

enum { DOCUMENT_MAX = 256 * 1024 * 1024 }; /* a schema of more bytes than this is a mistake */

typedef struct ta_loaded {
    struct ta_loaded *next;
    ta_document document;
    ta_head head;
    ta_buf bytes; /* owned, unless embedded */
    ta_memo memo[TA_MEMO_ROWS];
    char *name;
} loaded;

/* The stage that gathers what is read into one record. */
typedef struct gather {
    ta_stage stage;
    loaded *into;
} gather;

static ta_status gather_begin(ta_stage *stage, const ta_head *head) {
    loaded *into = ((gather *)stage)->into;
    into->head = *head;
    into->head.reader = NULL;
    into->head.columns = NULL;
    into->head.column_count = 0;
    /* CSV's locate needs its reader's state; the nodes' own spans serve as well. */
    if (head->columns) {
        into->head.locate = NULL;
        into->head.respell = NULL;
    }
    if (head->form == TA_FORM_LIST && !ta_record_push(&into->document.record, TA_ARRAY))
        return TA_ERR_NOMEM;
    return TA_OK;
}

static ta_status gather_put(ta_stage *stage, ta_record *record) {
    loaded *into = ((gather *)stage)->into;
    ta_record *to = &into->document.record;
    bool list = into->head.form == TA_FORM_LIST;
    uint64_t shift = record->window->offset + (uint64_t)(record->raw - record->window->data);
    size_t arena = to->arena.len;
    ta_buf_put(&to->arena, record->arena.data, record->arena.len);
    if (to->arena.failed)
        return TA_ERR_NOMEM;
    for (uint32_t i = 0; i < record->count; i++) {
        ta_node *node = ta_record_push(to, TA_NULL);
        if (!node)
            return TA_ERR_NOMEM;
        *node = record->nodes[i];
        node->src += (uint32_t)shift;
        node->text += node->flags & TA_NODE_ARENA ? (uint32_t)arena : (uint32_t)shift;
        node->depth = (uint16_t)(node->depth + list);
    }
    if (list) {
        to->nodes[0].count++;
        to->nodes[0].size = to->count;
    }
    return TA_OK;
}

static ta_status gather_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    (void)tail;
    return TA_OK;
}

static void gather_drop(ta_stage *stage) {
    (void)stage;
}

static const ta_stage_ops gather_ops = {"gather",   TA_SCOPE_ORDERED, gather_begin,
                                        gather_put, gather_end,       gather_drop};

/* The whole of a file. TA_ERR_IO: a finding says why. */
static ta_status slurp_file(const char *name, ta_finder *finder, ta_buf *out) {
    ta_source source;
    ta_input_options options = {.finder = finder, .source = {.window_max = DOCUMENT_MAX}};
    ta_status status = ta_source_open(&source, name, &options.source);
    if (status == TA_OK)
        while ((status = ta_source_more(&source, 0)) == TA_OK)
            continue;
    if (status == TA_STOP) {
        /* Offsets count the byte order mark that the source passed over. */
        if (source.window.offset)
            ta_buf_put(out, "\xEF\xBB\xBF", 3);
        ta_buf_put(out, source.window.data, source.window.len);
        status = out->failed ? TA_ERR_NOMEM : TA_OK;
    } else if (status != TA_ERR_NOMEM) {
        ta_input_explain(&source, name, TA_ERR_IO, &options);
        status = TA_ERR_IO;
    }
    ta_source_fini(&source);
    return status;
}

static const ta_embedded *find_embedded(const char *name) {
    for (const ta_embedded *e = ta_embedded_files; e->name; e++)
        if (!strcmp(e->name, name))
            return e;
    return NULL;
}

static ta_status read_loaded(ta_library *library, loaded *into, const char *from,
                             const char *data, size_t len) {
    ta_source source;
    ta_read_options read = {.path_separator = '.'};
    ta_input_options options = {.from = from,
                                .keys = library->loader.keys,
                                .finder = library->loader.finder,
                                .read = &read,
                                .source = {.window_max = DOCUMENT_MAX}};
    ta_status status = ta_source_open_memory(&source, into->name, data, len, &options.source);
    if (status != TA_OK) {
        ta_source_fini(&source);
        return status;
    }
    into->document.name = into->name;
    into->document.window =
        (ta_window){.file = into->name, .data = data, .len = len, .at = {1, 1}, .memo = {1, 1}};
    into->document.record = (ta_record){.raw = data,
                                        .raw_len = (uint32_t)len,
                                        .keys = library->loader.keys,
                                        .head = &into->head,
                                        .window = &into->document.window,
                                        .memo = into->memo};
    gather stage = {{&gather_ops, NULL}, into};
    uint64_t records;
    library->loader.keys->keep = true;
    status = ta_input_read(&source, &options, &stage.stage, &records);
    library->loader.keys->keep = false;
    ta_keys_pin(library->loader.keys);
    return status == TA_OK && !into->document.record.count ? TA_ERR_INPUT : status;
}

static void drop_loaded(loaded *item) {
    ta_record_fini(&item->document.record);
    ta_buf_fini(&item->bytes);
    free(item->name);
    free(item);
}

const ta_document *ta_library_held(const ta_library *library, const char *name) {
    for (const loaded *item = library->first; item; item = item->next)
        if (!strcmp(item->name, name))
            return &item->document;
    return NULL;
}

/* Puts a document on the list once it has been read; else says why not and drops it. */
static ta_status keep_loaded(ta_library *library, loaded *item, ta_status status) {
    if (status != TA_OK) {
        if (status == TA_ERR_NOMEM)
            ta_find(library->loader.finder, &(ta_finding){.code = TA_F_IO_MEMORY});
        if (item)
            drop_loaded(item);
        return status;
    }
    item->next = library->first;
    library->first = item;
    return TA_OK;
}

static loaded *new_loaded(const char *name) {
    loaded *item = calloc(1, sizeof *item);
    if (item && !(item->name = strdup(name))) {
        free(item);
        return NULL;
    }
    return item;
}

ta_status ta_library_hold(ta_library *library, const char *uri, const char *data, size_t len) {
    if (ta_library_held(library, uri))
        return TA_OK;
    loaded *item = new_loaded(uri);
    ta_status status = item ? read_loaded(library, item, "json", data, len) : TA_ERR_NOMEM;
    return keep_loaded(library, item, status);
}

/* The bytes of a file, or of what is embedded. */
static ta_status open_loaded(ta_library *library, loaded *item, const char **data,
                             size_t *len) {
    const char *name = item->name;
    if (strncmp(name, "builtin:", 8) != 0) {
        ta_status status = slurp_file(name, library->loader.finder, &item->bytes);
        *data = item->bytes.data;
        *len = item->bytes.len;
        return status;
    }
    const ta_embedded *embedded = find_embedded(name + 8);
    if (!embedded) {
        ta_find(library->loader.finder,
                &(ta_finding){.code = TA_F_SCHEMA_OPEN,
                              .name = name + 8,
                              .expected = "none is built in under this name"});
        return TA_ERR_USAGE;
    }
    *data = embedded->data;
    *len = embedded->len;
    return TA_OK;
}

/* The file that --codes names for a built-in list, else the name itself. */
static const char *choose_file(const ta_loader *loader, const char *name) {
    static const char folder[] = "builtin:codes/";
    const char *list = name + sizeof folder - 1, *dot = strrchr(name, '.');
    if (strncmp(name, folder, sizeof folder - 1) != 0 || !dot || strcmp(dot, ".csv") != 0)
        return name;
    for (size_t i = loader->code_file_count; i-- > 0;)
        if (strlen(loader->code_files[i].name) == (size_t)(dot - list) &&
            !memcmp(loader->code_files[i].name, list, (size_t)(dot - list)))
            return loader->code_files[i].file;
    return name;
}

static const ta_document *load_document(void *to, const char *name) {
    ta_library *library = to;
    name = choose_file(&library->loader, name);
    const ta_document *held = ta_library_held(library, name);
    if (held)
        return held;
    const char *data = NULL;
    size_t len = 0;
    loaded *item = new_loaded(name);
    ta_status status = item ? open_loaded(library, item, &data, &len) : TA_ERR_NOMEM;
    if (status == TA_OK)
        status = read_loaded(library, item, NULL, data, len);
    return keep_loaded(library, item, status) == TA_OK ? &item->document : NULL;
}

void ta_library_init(ta_library *library, ta_keys *keys, ta_finder *finder) {
    *library = (ta_library){.loader = {.load = load_document,
                                       .find = ta_library_find,
                                       .stream = ta_library_stream,
                                       .to = library,
                                       .keys = keys,
                                       .finder = finder}};
}

/* Puts an object with one member around a list. */
static bool wrap_list(ta_record *record, const char *name) {
    uint32_t key = ta_keys_get(record->keys, name, strlen(name));
    if (!key || !ta_record_push(record, TA_NULL))
        return false;
    memmove(record->nodes + 1, record->nodes, (record->count - 1) * sizeof *record->nodes);
    for (uint32_t i = 1; i < record->count; i++)
        record->nodes[i].depth++;
    record->nodes[1].key = key;
    record->nodes[1].flags &= (uint8_t)~TA_NODE_KEYLESS;
    record->nodes[0].kind = TA_OBJECT;
    record->nodes[0].count = 1;
    record->nodes[0].size = record->count;
    return true;
}

ta_status ta_library_load_rules(ta_library *library, const char *name) {
    if (!library->loader.load(library->loader.to, name))
        return TA_ERR_USAGE;
    ta_record *record = &library->first->document.record; /* what came last is first */
    if (record->nodes->kind == TA_ARRAY && !wrap_list(record, "x-rules"))
        return TA_ERR_NOMEM;
    return TA_OK;
}

void ta_library_fini(ta_library *library) {
    while (library->first) {
        loaded *next = library->first->next;
        drop_loaded(library->first);
        library->first = next;
    }
}
