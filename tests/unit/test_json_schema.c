/* SPDX-License-Identifier: MIT */
/*
 * The official JSON Schema Test Suite, as far as its keywords are checked: groups whose schema
 * has a keyword that this version does not check, or refers to what is not at hand, are skipped
 * and counted.
 */
#include <dirent.h>

#include "check_kit.h"

static unsigned groups_run, groups_skipped;

static bool node_is_true(const ta_record *record, const ta_node *object, const char *name) {
    const ta_node *node = ta_node_named(record, object, name);
    return node && node->kind == TA_TRUE;
}

static ta_text node_name(const ta_record *record, const ta_node *object) {
    const ta_node *node = ta_node_named(record, object, "description");
    return node ? ta_node_text(record, node) : (ta_text){"", 0};
}

static bool run_case(kit *k, const ta_record *record, const ta_node *data) {
    char name[32];
    snprintf(name, sizeof name, "data%u.json", k->files++);
    const char *path = kit_file(k, name, record->raw + data->src, data->src_len);
    const ta_document *document = k->library.loader.load(&k->library, path);
    ta_stage *check = ta_check_new(k->program, &k->finder, TA_CHECK_WHOLE, NULL);
    if (!TA_CHECK(document && check))
        return false;
    /* The kit's document is the test's own: a stage may take it as a record. */
    ta_record whole = document->record;
    ta_head head = {.file = path, .format = "json", .form = TA_FORM_DOCUMENT};
    uint64_t errors = k->finder.errors;
    bool ok = ta_stage_begin(check, &head) == TA_OK && ta_stage_put(check, &whole) == TA_OK;
    ta_stage_drop(check);
    return TA_CHECK(ok) && k->finder.errors == errors;
}

static void run_group(const ta_record *record, const ta_node *group, const char *file) {
    kit k;
    if (!TA_CHECK(kit_init(&k)))
        return;
    const ta_node *schema = ta_node_named(record, group, "schema");
    const ta_node *tests = ta_node_named(record, group, "tests");
    k.told.len = 0;
    ta_status status =
        kit_load(&k, kit_file(&k, "schema.json", record->raw + schema->src, schema->src_len));
    ta_text name = node_name(record, group);
    if (status != TA_OK || k.finder.warnings) {
        groups_skipped++;
        if (getenv("TA_SHOW_SKIPPED"))
            printf("skipped %s: %.*s\n%s", file, (int)name.len, name.data,
                   ta_buf_text(&k.told));
        kit_fini(&k);
        return;
    }
    groups_run++;
    for (const ta_node *t = ta_node_first(tests); t < ta_node_end(tests); t = ta_node_next(t)) {
        ta_text what = node_name(record, t);
        k.told.len = 0;
        bool valid = run_case(&k, record, ta_node_named(record, t, "data"));
        if (!TA_CHECK(valid == node_is_true(record, t, "valid")))
            fprintf(stderr, "    %s: %.*s: %.*s\n%s", file, (int)name.len, name.data,
                    (int)what.len, what.data, ta_buf_text(&k.told));
    }
    kit_fini(&k);
}

static void run_file(const char *folder, const char *file) {
    kit k;
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    if (!TA_CHECK(kit_init(&k)))
        return;
    const ta_document *document = k.library.loader.load(&k.library, path);
    if (TA_CHECK(document != NULL)) {
        const ta_node *root = document->record.nodes;
        for (const ta_node *g = ta_node_first(root); g < ta_node_end(root); g = ta_node_next(g))
            run_group(&document->record, g, file);
    }
    kit_fini(&k);
}

int main(void) {
    const char *suites = getenv("TA_SUITES");
    char folder[256];
    snprintf(folder, sizeof folder, "%s/json-schema/tests/draft2020-12",
             suites ? suites : "../shared/suites");
    DIR *dir = opendir(folder);
    if (!dir) {
        printf("the JSON Schema Test Suite is not at hand: skipped\n");
        TA_CHECK(true);
        return unit_end("json_schema");
    }
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        /* vocabulary.json tests metaschemas of one's own, which are not read. */
        if (strstr(entry->d_name, ".json") && strcmp(entry->d_name, "vocabulary.json") != 0)
            run_file(folder, entry->d_name);
    closedir(dir);
    printf("%u groups run, %u skipped\n", groups_run, groups_skipped);
    return unit_end("json_schema");
}
