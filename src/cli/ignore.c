/* SPDX-License-Identifier: MIT */
/* Paths come folder by folder: the rules of the folders on the way to the last one are kept. */
#include "cli/ignore.h"

#include <errno.h>
#include <stdlib.h>

#include "cli/lines.h"
#include "flow/glob.h"

struct ta_ignore_level {
    const char *folder; /* with its slash; "": the one we stand in */
    ta_strings rules;
};

/* Comments are no rules, nor are blanks at a line's end. */
static void clean_rules(ta_strings *rules) {
    size_t kept = 0;
    const char **items = (const char **)(uintptr_t)rules->items;
    for (size_t i = 0; i < rules->count; i++) {
        char *rule = (char *)(uintptr_t)items[i];
        size_t len = strlen(rule);
        while (len && (rule[len - 1] == ' ' || rule[len - 1] == '\t'))
            rule[--len] = 0;
        if (len && *rule != '#')
            items[kept++] = rule;
    }
    rules->count = kept;
}

static ta_status load_rules(ta_ignore *ignore, const char *folder, ta_strings *rules) {
    ta_buf name = {0};
    ta_buf_puts(&name, folder);
    ta_buf_puts(&name, TA_IGNORE_FILE);
    const char *file = ta_buf_text(&name);
    ta_status status = name.failed ? TA_ERR_NOMEM : ta_lines_read(&ignore->arena, file, rules);
    if (status == TA_ERR_IO && errno != ENOENT && errno != ENOTDIR && !ignore->failed) {
        ignore->error = errno;
        ignore->failed = ta_arena_copy(&ignore->arena, file, name.len);
    }
    if (status == TA_OK)
        clean_rules(rules);
    ta_buf_fini(&name);
    return status == TA_ERR_NOMEM ? status : TA_OK;
}

/* The rules of the folder that the first len bytes of path name, the level-th on the way. */
static const ta_strings *find_rules(ta_ignore *ignore, size_t level, const char *path,
                                    size_t len) {
    if (level < ignore->count && strlen(ignore->levels[level].folder) == len &&
        !memcmp(ignore->levels[level].folder, path, len))
        return &ignore->levels[level].rules;
    ignore->count = level;
    if (!ta_array_grow(&ignore->levels, &ignore->cap, level + 1, sizeof *ignore->levels))
        return NULL;
    struct ta_ignore_level *own = &ignore->levels[level];
    *own = (struct ta_ignore_level){.folder = ta_arena_copy(&ignore->arena, path, len)};
    if (!own->folder || load_rules(ignore, own->folder, &own->rules) != TA_OK)
        return NULL;
    ignore->count = level + 1;
    return &own->rules;
}

bool ta_ignore_covers(ta_ignore *ignore, const char *path) {
    size_t level = 0;
    for (size_t len = *path == '/'; !ignore->no_memory; level++) {
        const ta_strings *rules = find_rules(ignore, level, path, len);
        ignore->no_memory = !rules;
        if (rules && ta_glob_leaves_out(rules, path + len))
            return true;
        const char *slash = strchr(path + len, '/');
        if (!slash || !slash[1])
            break;
        len = (size_t)(slash - path) + 1;
    }
    return false;
}

void ta_ignore_fini(ta_ignore *ignore) {
    free(ignore->levels);
    ta_arena_fini(&ignore->arena);
}
