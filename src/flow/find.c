/* SPDX-License-Identifier: MIT */
/*
 * Which file stands for a URI: one handed over, one below a folder of --schema-map, or a
 * metaschema of JSON Schema, which the binary carries. Nothing is fetched.
 */
#include "base/embedded.h"
#include "flow/load.h"

/* The rest of a URI behind a prefix; NULL: it begins otherwise. */
static const char *behind_prefix(const char *uri, const char *prefix) {
    size_t len = strlen(prefix);
    return strncmp(uri, prefix, len) ? NULL : uri + len;
}

/* The longest prefix counts. */
static const ta_schema_map *find_map(const ta_library *library, const char *uri) {
    const ta_schema_map *best = NULL;
    for (size_t i = 0; i < library->map_count; i++) {
        const ta_schema_map *map = &library->maps[i];
        if (behind_prefix(uri, map->prefix) &&
            (!best || strlen(map->prefix) > strlen(best->prefix)))
            best = map;
    }
    return best;
}

/* Whether a path below a folder leads out of it. */
static bool climbs_out(const char *path) {
    for (const char *step = path; *step; step += strcspn(step, "/"), step += *step == '/')
        if (!strncmp(step, "..", 2) && (step[2] == '/' || !step[2]))
            return true;
    return false;
}

static void put_mapped(ta_buf *name, const ta_schema_map *map, const char *uri) {
    const char *rest = uri + strlen(map->prefix);
    size_t len = strlen(map->folder);
    if (!*rest) { /* the prefix is the whole: it stands for a file */
        ta_buf_puts(name, map->folder);
        return;
    }
    ta_buf_put(name, map->folder, len);
    if (len && map->folder[len - 1] != '/' && *rest != '/')
        ta_buf_puts(name, "/");
    ta_buf_puts(name, *rest == '/' && len && map->folder[len - 1] == '/' ? rest + 1 : rest);
}

/* The drafts' own metaschemas, below meta/ of the embedded files. */
static bool put_embedded(ta_buf *name, const char *uri) {
    const char *rest = behind_prefix(uri, "https://json-schema.org/");
    if (!rest)
        rest = behind_prefix(uri, "http://json-schema.org/");
    if (!rest)
        return false;
    ta_buf_printf(name, "builtin:meta/%s.json", rest);
    if (name->failed)
        return true;
    for (const ta_embedded *file = ta_embedded_files; file->name; file++)
        if (!strcmp(file->name, ta_buf_text(name) + 8))
            return true;
    return false;
}

bool ta_library_map(void *to, const char *uri, ta_buf *name) {
    const ta_schema_map *map = find_map(to, uri);
    if (!map || climbs_out(uri + strlen(map->prefix)))
        return false;
    put_mapped(name, map, uri);
    return true;
}

const ta_document *ta_library_find(void *to, const char *uri, bool *known) {
    ta_library *library = to;
    const ta_document *document = ta_library_held(library, uri);
    ta_buf name = {0};
    *known = true;
    if (!document && !ta_library_map(library, uri, &name))
        *known = put_embedded(&name, uri);
    if (name.failed)
        ta_find(library->loader.finder, &(ta_finding){.code = TA_F_IO_MEMORY});
    else if (*known && !document)
        document = library->loader.load(library, ta_buf_text(&name));
    ta_buf_fini(&name);
    return document;
}
