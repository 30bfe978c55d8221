/* SPDX-License-Identifier: MIT */
/*
 * Schemas are held against their metaschemas, so that what their keywords do not allow is said
 * before any data is read. What compiling finds is said first, since it knows the keywords'
 * words for it; here is the rest.
 */
#include "check/meta.h"

#include "check/tally.h"

/* The metaschema that was loaded last: mostly there is one. */
typedef struct meta_check {
    const ta_loader *loader;
    const char *name;
    ta_schema *schema;
    ta_program *program;
    ta_finder finder; /* takes findings and tells them as the schema's */
    ta_status status;
} meta_check;

static const char *draft_uri(ta_draft draft) {
    static const char *const uris[] = {"http://json-schema.org/draft-04/schema",
                                       "http://json-schema.org/draft-06/schema",
                                       "http://json-schema.org/draft-07/schema",
                                       "https://json-schema.org/draft/2019-09/schema",
                                       "https://json-schema.org/draft/2020-12/schema"};
    return uris[draft];
}

static void tell_as_schema(void *to, const ta_finding *finding) {
    meta_check *meta = to;
    ta_buf words = {0};
    ta_finding told = *finding;
    ta_finding_message(finding, &words);
    told.code = TA_F_SCHEMA_META;
    told.detail = NULL;
    told.found = ta_buf_text(&words);
    ta_find(meta->loader->finder, &told);
    ta_buf_fini(&words);
}

static void forget_metaschema(meta_check *meta) {
    ta_program_drop(meta->program);
    ta_schema_drop(meta->schema);
    meta->program = NULL;
    meta->schema = NULL;
    meta->name = NULL;
}

/* NULL: it cannot be had, which was said, or there is none at hand. */
static const ta_program *load_metaschema(meta_check *meta, const char *uri) {
    bool known = false;
    if (meta->name && !strcmp(meta->name, uri))
        return meta->program;
    forget_metaschema(meta);
    const ta_document *document =
        meta->loader->find ? meta->loader->find(meta->loader->to, uri, &known) : NULL;
    if (!document) {
        meta->status = known ? TA_ERR_USAGE : TA_OK;
        return NULL;
    }
    meta->status = ta_schema_load(meta->loader, document->name, &meta->schema);
    if (meta->status == TA_OK)
        meta->status = ta_program_compile(meta->schema, meta->loader, true, &meta->program);
    meta->name = uri;
    return meta->program;
}

static void check_document(meta_check *meta, const ta_resource *resource) {
    const char *uri =
        resource->metaschema ? resource->metaschema : draft_uri(resource->lexicon.draft);
    const ta_program *program = load_metaschema(meta, uri);
    ta_run run = {.finder = &meta->finder};
    if (!program)
        return;
    run.rules = ta_rule_run_new(program->rule_count);
    ta_run_begin(&run, &resource->document->record);
    if (run.rules && !ta_plan_fits(&run, program->root, resource->node)) {
        run.report = true;
        ta_plan_fits(&run, program->root, resource->node);
    }
    if (!run.rules || ta_run_is_short(&run))
        meta->status = TA_ERR_NOMEM;
    ta_run_fini(&run);
}

ta_status ta_meta_check(const ta_schema *schema, const ta_loader *loader) {
    meta_check meta = {.loader = loader, .status = TA_OK};
    ta_finder_init(&meta.finder, tell_as_schema, &meta);
    for (uint32_t i = 0; i < schema->count && meta.status == TA_OK; i++) {
        const ta_subschema *sub = schema->all[i];
        bool is_document = sub->node == sub->document->record.nodes;
        if (is_document && !sub->resource->is_embedded)
            check_document(&meta, sub->resource);
    }
    forget_metaschema(&meta);
    if (meta.status == TA_OK && meta.finder.errors)
        return TA_ERR_USAGE;
    return meta.status;
}
