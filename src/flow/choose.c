/* SPDX-License-Identifier: MIT */
#include "flow/choose.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embedded.h"
#include "flow/hints.h"
#include "flow/input.h"
#include "flow/names.h"

enum {
    KNOWN_LEAST = 4,         /* fewer names, such as id and name, any list has */
    PROBED_MAX = 1024 * 1024 /* bytes of a first record, or of a document */
};

/* The stage that looks at heads, or at the first record. */
typedef struct probe {
    ta_stage stage;
    const ta_chooser *chooser;
    const ta_schema *only; /* that is tried; NULL: all */
    const ta_schema *best;
    uint32_t best_known;
    bool tie, heads;
} probe;

static void hear_nothing(void *to, const ta_finding *finding) {
    (void)to;
    (void)finding;
}

ta_status ta_chooser_init(ta_chooser *c, const ta_job *job) {
    memset(c, 0, sizeof *c);
    ta_finder_init(&c->silent, hear_nothing, NULL);
    ta_library_init(&c->library, &c->keys, &c->silent);
    c->library.maps = job->schema_maps;
    c->library.map_count = job->schema_map_count;
    return ta_keys_init(&c->keys) ? TA_OK : TA_ERR_NOMEM;
}

/* The built-in schemas that have a list's element: those of records. */
static ta_status load_candidates(ta_chooser *c) {
    if (c->loaded)
        return TA_OK;
    c->loaded = true;
    for (const ta_embedded *e = ta_embedded_files; e->name && c->count < TA_CHOOSER_MAX; e++) {
        ta_schema *schema;
        size_t len = strcspn(e->name, "./");
        if (e->name[len] != '.' || !memmem(e->data, e->len, "\"x-list\"", 8))
            continue;
        const char *name = ta_arena_copy(&c->arena, e->name, len);
        if (!name)
            return TA_ERR_NOMEM;
        ta_status status = ta_schema_load(&c->library.loader, name, &schema);
        if (status != TA_OK)
            return status;
        c->schemas[c->count] = schema;
        status = ta_mapping_new(NULL, &c->library.loader, &schema->root->shape, TA_MAP_IN, '.',
                                &c->mappings[c->count++]);
        if (status != TA_OK)
            return status;
    }
    ta_keys_pin(&c->keys);
    return TA_OK;
}

/* How many of the names are the schema's; 0: not most of them, or a required one is missing. */
static uint32_t count_known(const ta_schema *schema, const ta_text *names, uint32_t count) {
    const ta_shape *shape = &schema->root->shape;
    uint32_t known = 0;
    for (uint32_t m = 0; m < shape->member_count; m++) {
        const ta_shape_member *member = &shape->members[m];
        uint32_t heads = 0;
        for (uint32_t i = 0; i < count; i++)
            heads += names[i].len == member->name_len &&
                     !memcmp(names[i].data, member->name, member->name_len);
        if (member->required && !heads)
            return 0;
        known += heads;
    }
    return known >= KNOWN_LEAST && known * 4 >= count * 3 ? known : 0;
}

static void weigh_schema(probe *p, const ta_schema *schema, const ta_text *names,
                         uint32_t count) {
    uint32_t known = count_known(schema, names, count);
    p->tie = known && known == p->best_known ? true : known > p->best_known ? false : p->tie;
    if (known <= p->best_known)
        return;
    p->best = schema;
    p->best_known = known;
}

/* The heads as the schema's reader would take them, up to their first step. */
static ta_status probe_begin(ta_stage *stage, const ta_head *head) {
    probe *p = (probe *)stage;
    const ta_chooser *c = p->chooser;
    uint32_t count = head->column_count;
    p->heads = head->columns;
    if (!p->heads)
        return TA_OK;
    ta_text *names = calloc(count + (size_t)1, sizeof *names);
    for (size_t k = 0; names && k < c->count; k++) {
        for (uint32_t i = 0; i < count; i++)
            names[i] = (ta_text){head->columns[i], strlen(head->columns[i])};
        ta_mapping_rename(c->mappings[k], names, count);
        for (uint32_t i = 0; i < count; i++)
            names[i].len = strcspn(names[i].data, ".");
        weigh_schema(p, c->schemas[k], names, count);
    }
    free(names);
    return names ? TA_OK : TA_ERR_NOMEM;
}

static ta_status probe_put(ta_stage *stage, ta_record *record) {
    probe *p = (probe *)stage;
    const ta_node *root = record->nodes;
    if (record->head->columns || root->kind != TA_OBJECT)
        return TA_STOP;
    ta_arena arena = {0};
    uint32_t count = 0;
    ta_text *names = ta_arena_alloc(&arena, (root->count + (size_t)1) * sizeof *names);
    for (const ta_node *m = ta_node_first(root); names && m < ta_node_end(root);
         m = ta_node_next(m)) {
        const ta_key *key = &record->keys->items[m->key];
        names[count++] = (ta_text){key->text, key->len};
    }
    for (size_t i = 0; names && i < p->chooser->count; i++)
        if (!p->only || p->only == p->chooser->schemas[i])
            weigh_schema(p, p->chooser->schemas[i], names, count);
    ta_arena_fini(&arena);
    return names ? TA_STOP : TA_ERR_NOMEM;
}

static ta_status probe_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    (void)tail;
    return TA_OK;
}

static void probe_drop(ta_stage *stage) {
    (void)stage;
}

static const ta_stage_ops probe_ops = {"probe",   TA_SCOPE_ORDERED, probe_begin,
                                       probe_put, probe_end,        probe_drop};

/* Takes over the source. */
static ta_status choose_by_names(ta_chooser *c, ta_source *source, const ta_schema *only,
                                 const ta_job *job, ta_choice *choice) {
    probe p = {.stage = {&probe_ops, NULL}, .chooser = c, .only = only};
    ta_read_options read = job->read;
    read.limit = 1;
    ta_input_options options = {.keys = &c->keys,
                                .finder = &c->silent,
                                .from = job->from,
                                .shape = only ? &only->root->shape : NULL,
                                .read = &read};
    uint64_t records;
    ta_status status = ta_input_read(source, &options, &p.stage, &records);
    if (p.best && !p.tie) {
        choice->schema = p.best->name;
        choice->why = only ? "by its root" : p.heads ? "by its heads" : "by its members";
    }
    return status == TA_ERR_NOMEM ? status : TA_OK;
}

static ta_status choose_by_root(ta_chooser *c, ta_source *source, const ta_job *job,
                                ta_choice *choice) {
    ta_text root = ta_hint_of_xml(source->window.data, source->window.len);
    for (size_t i = 0; i < c->count; i++) {
        const char *list = c->schemas[i]->root->shape.xml_list;
        if (list && strlen(list) == root.len && !memcmp(list, root.data, root.len))
            return choose_by_names(c, source, c->schemas[i], job, choice);
    }
    ta_source_fini(source);
    return TA_OK;
}

static bool is_built_in(const char *name) {
    for (const ta_embedded *e = ta_embedded_files; e->name; e++)
        if (!strncmp(e->name, name, strlen(name)) && !strcmp(e->name + strlen(name), ".json"))
            return true;
    return false;
}

/* What a $schema leads to: a word, a URI of --schema-map, a file beside the input. */
static void put_hinted(ta_chooser *c, const char *hint, const char *file, ta_buf *out) {
    bool is_uri = strstr(hint, "://");
    if ((!strpbrk(hint, "./:") && is_built_in(hint)) ||
        (is_uri && ta_library_map(&c->library, hint, out))) {
        ta_buf_puts(out, out->len ? "" : hint);
        return;
    }
    if (is_uri)
        return;
    ta_buf folder = {0};
    ta_name_folder(file, &folder);
    ta_name_in(ta_buf_text(&folder), hint, out);
    bool bare = !strpbrk(ta_buf_text(out), "./");
    out->failed |= folder.failed;
    ta_buf_fini(&folder);
    if (bare) { /* a file, no built-in schema */
        out->len = 0;
        ta_buf_printf(out, "./%s", hint);
    }
}

static ta_status choose_by_hint(ta_chooser *c, ta_text text, const char *file,
                                ta_choice *choice) {
    const char *hint = ta_arena_copy(&c->arena, text.data, text.len);
    ta_buf out = {0};
    if (!hint)
        return TA_ERR_NOMEM;
    if (!*hint)
        return TA_OK;
    if (strstr(hint, "json-schema.org/")) {
        choice->why = "it is a schema itself";
        return TA_OK;
    }
    put_hinted(c, hint, file, &out);
    choice->hinted = out.len;
    choice->why = out.len ? "by its $schema" : "its $schema is not at hand: --schema-map";
    if (out.len)
        choice->schema = ta_arena_copy(&c->arena, ta_buf_text(&out), out.len);
    bool failed = out.failed || (out.len && !choice->schema);
    ta_buf_fini(&out);
    return failed ? TA_ERR_NOMEM : TA_OK;
}

/* By what stands in it: its $schema, else the members of its first record. Takes over the
 * source. */
static ta_status choose_by_text(ta_chooser *c, ta_source *source, bool is_json,
                                const ta_job *job, ta_choice *choice) {
    const char *data = source->window.data;
    size_t len = source->window.len;
    ta_text hint = is_json ? ta_hint_of_json(data, len) : ta_hint_of_yaml(data, len);
    ta_status status = choose_by_hint(c, hint, source->window.file, choice);
    if (status == TA_OK && !choice->why) {
        status = load_candidates(c);
        if (status == TA_OK)
            return choose_by_names(c, source, NULL, job, choice);
    }
    ta_source_fini(source);
    return status == TA_ERR_NOMEM ? status : TA_OK;
}

/* Takes over the source, whose window has the first bytes. */
static ta_status choose_by_content(ta_chooser *c, ta_source *source, const ta_format *format,
                                   const ta_job *job, ta_choice *choice) {
    const char *name = format->name;
    bool is_xml = !strcmp(name, "xml");
    bool is_json = !strcmp(name, "json") || !strcmp(name, "jsonl");
    if (is_json || !strcmp(name, "yaml"))
        return choose_by_text(c, source, is_json, job, choice);
    ta_status status = load_candidates(c);
    if (status == TA_OK && is_xml)
        return choose_by_root(c, source, job, choice);
    if (status == TA_OK && format->survey_new) /* rows under heads */
        return choose_by_names(c, source, NULL, job, choice);
    ta_source_fini(source);
    return status == TA_ERR_NOMEM ? status : TA_OK;
}

ta_status ta_chooser_choose(ta_chooser *c, const char *file, const ta_job *job,
                            ta_choice *choice) {
    *choice = (ta_choice){.schema = NULL};
    struct stat info;
    const ta_format *format = job->from ? ta_format_find(job->from) : ta_format_of_name(file);
    bool has_heads = !job->map && !job->read.dialect.no_header && !job->records;
    if (!strcmp(file, "-") || stat(file, &info) || !S_ISREG(info.st_mode) || !format ||
        !has_heads)
        return TA_OK;
    ta_source source;
    ta_source_options options = {.encoding = job->encoding, .window_max = PROBED_MAX};
    ta_status status = ta_source_open(&source, file, &options);
    if (status == TA_OK)
        status = ta_source_more(&source, 0);
    if (status == TA_OK)
        return choose_by_content(c, &source, format, job, choice);
    ta_source_fini(&source);
    return status == TA_ERR_NOMEM ? status : TA_OK;
}

void ta_chooser_fini(ta_chooser *c) {
    for (size_t i = 0; i < c->count; i++) {
        ta_mapping_drop(c->mappings[i]);
        ta_schema_drop(c->schemas[i]);
    }
    ta_library_fini(&c->library);
    ta_keys_fini(&c->keys);
    ta_arena_fini(&c->arena);
}
