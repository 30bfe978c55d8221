/* SPDX-License-Identifier: MIT */
/* For tests of schemas: documents from texts, a check of a text, and its findings as lines. */
#ifndef TA_CHECK_KIT_H
#define TA_CHECK_KIT_H

#include <unistd.h>

#include "check/check.h"
#include "flow/input.h"
#include "flow/load.h"
#include "unit.h"

typedef struct kit {
    ta_keys keys;
    ta_finder finder;
    ta_library library;
    ta_schema *schema;
    ta_program *program;
    ta_buf told; /* the findings: line:column level code: message, one a line */
    char folder[32];
    unsigned files;
} kit;

static inline void kit_tell(void *to, const ta_finding *f) {
    kit *k = to;
    ta_buf_printf(&k->told, "%llu:%llu %s %s: ", (unsigned long long)f->place.from.line,
                  (unsigned long long)f->place.from.column, ta_level_text(f->level),
                  ta_codes[f->code].code);
    ta_finding_message(f, &k->told);
    for (size_t i = 0; i < f->related_count; i++)
        ta_buf_printf(&k->told, " [%llu:%llu %s]",
                      (unsigned long long)f->related[i].place.from.line,
                      (unsigned long long)f->related[i].place.from.column, f->related[i].label);
    ta_buf_puts(&k->told, "\n");
}

static inline bool kit_init(kit *k) {
    memset(k, 0, sizeof *k);
    strcpy(k->folder, "/tmp/ta-check-XXXXXX");
    if (!mkdtemp(k->folder) || !ta_keys_init(&k->keys))
        return false;
    ta_finder_init(&k->finder, kit_tell, k);
    ta_library_init(&k->library, &k->keys, &k->finder);
    return true;
}

/* Writes a file into the kit's folder; its name lives until the next call. */
static inline const char *kit_file(kit *k, const char *name, const char *text, size_t len) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", k->folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(text, 1, len, file) != len || fclose(file) != 0)
        abort();
    return path;
}

static inline ta_status kit_load(kit *k, const char *path) {
    ta_status status = ta_schema_load(&k->library.loader, path, &k->schema);
    if (status == TA_OK)
        status = ta_program_new(k->schema, &k->library.loader, &k->program);
    ta_keys_pin(&k->keys);
    return status;
}

static inline ta_status kit_schema(kit *k, const char *text) {
    k->told.len = 0;
    return kit_load(k, kit_file(k, "schema.json", text, strlen(text)));
}

/* Reads a text as a format and checks it; the findings are in k->told. */
static inline ta_status kit_read(kit *k, const char *from, const char *text, ta_stage *chain) {
    ta_source source;
    ta_read_options read = {.path_separator = '.'};
    ta_input_options options = {.keys = &k->keys,
                                .finder = &k->finder,
                                .from = from,
                                .read = &read,
                                .shape = ta_program_record_shape(k->program)};
    uint64_t records;
    ta_status status =
        ta_source_open_memory(&source, "data", text, strlen(text), &options.source);
    if (status != TA_OK)
        ta_source_fini(&source);
    else
        status = ta_input_read(&source, &options, chain, &records);
    ta_status ended = ta_stage_end(chain, &(ta_tail){.status = status});
    return status == TA_OK ? ended : status;
}

static inline const char *kit_check(kit *k, const char *from, const char *text) {
    k->told.len = 0;
    ta_stage *check = ta_check_new(k->program, &k->finder, TA_CHECK_ITEMS, NULL);
    if (!check)
        return NULL;
    if (ta_list_check_is_needed(k->program))
        check->next = ta_list_check_new(k->program, &k->finder, NULL);
    TA_CHECK(kit_read(k, from, text, check) == TA_OK);
    ta_stage_drop(check);
    return ta_buf_text(&k->told);
}

static inline void kit_fini(kit *k) {
    ta_program_drop(k->program);
    ta_schema_drop(k->schema);
    ta_library_fini(&k->library);
    ta_keys_fini(&k->keys);
    ta_buf_fini(&k->told);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", k->folder);
    if (system(command) != 0)
        perror(command);
}

#endif
