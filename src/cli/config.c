/* SPDX-License-Identifier: MIT */
/* Finding transalp.yaml, holding it against its schema (schemas/config.json), looking things up
 * in it. */
#include "cli/config.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/say.h"
#include "flow/glob.h"
#include "flow/names.h"

enum { FOLDERS_UP_MAX = 64 };

/* Whether two names lead to one folder, as "/.." and "/" do. */
static bool is_top(const char *folder, const char *above) {
    struct stat a, b;
    return stat(*folder ? folder : ".", &a) || stat(above, &b) ||
           (a.st_dev == b.st_dev && a.st_ino == b.st_ino);
}

static bool has_entry(const char *folder, const char *name) {
    ta_buf path = {0};
    ta_buf_printf(&path, "%s%s", folder, name);
    bool there = !path.failed && !access(ta_buf_text(&path), F_OK);
    ta_buf_fini(&path);
    return there;
}

/* Leaves config->folder as the folder that has the file; false: none has. */
static bool look_upward(ta_config *config) {
    ta_buf *folder = &config->folder;
    for (int i = 0; i < FOLDERS_UP_MAX; i++) {
        const char *here = ta_buf_text(folder);
        if (has_entry(here, TA_CONFIG_NAME))
            return true;
        ta_buf above = {0};
        ta_buf_printf(&above, "%s../", here);
        bool last =
            above.failed || has_entry(here, ".git") || is_top(here, ta_buf_text(&above));
        ta_buf_fini(&above);
        if (last)
            return false;
        ta_buf_puts(folder, "../");
    }
    return false;
}

/* Behind a first '-': whether the line begins the document, and no more. */
static bool is_start_of_document(FILE *file) {
    bool dashes = getc(file) == '-' && getc(file) == '-';
    int next = dashes ? getc(file) : 'x';
    if (next == '\n')
        ungetc(next, file);
    return next == EOF || (next && strchr(" \t\r\n", next));
}

/* Whether the file has comments at most: it says nothing, which is no fault of it. */
static bool says_nothing(const char *name) {
    FILE *file = fopen(name, "re");
    bool nothing = file;
    for (int c; nothing && (c = getc(file)) != EOF;) {
        if (c == '#')
            while (c != '\n' && c != EOF)
                c = getc(file);
        else if (c == '-')
            nothing = is_start_of_document(file);
        else
            nothing = c && strchr(" \t\r\n", c);
    }
    nothing = nothing && !ferror(file);
    if (file)
        (void)fclose(file);
    return nothing;
}

/* Our own check, with the file as data. */
static ta_status check_config(const ta_config *config) {
    ta_job job;
    ta_job_init(&job);
    const ta_level_wish levels[] = {{"lint", TA_LEVEL_IGNORE}};
    job.inputs = &config->file;
    job.input_count = 1;
    job.from = "yaml";
    job.schema = "config";
    job.levels = levels;
    job.level_count = 1;
    job.prints = job.quiet = job.whole = true;
    if (says_nothing(config->file))
        return TA_OK;
    return ta_job_run(&job) == 0 ? TA_OK : TA_ERR_USAGE;
}

/* What a pattern leads to outside would fit no entry. */
static ta_status check_patterns(ta_config *config) {
    const ta_node *files = ta_config_top(config, "files");
    for (const ta_node *e = ta_config_first(files); e; e = ta_config_next(files, e)) {
        const ta_node *match = ta_config_member(config, e, "match");
        for (const ta_node *n = ta_config_first(match); n; n = ta_config_next(match, n)) {
            const char *pattern = ta_config_text(config, n);
            if (!pattern)
                return TA_ERR_NOMEM;
            if (ta_name_leads_out(pattern))
                return ta_config_refuse(config, n,
                                        "a pattern begins in the folder of transalp.yaml, and "
                                        "does not lead out of it: found",
                                        pattern);
        }
    }
    return TA_OK;
}

static ta_status load_config(ta_config *config) {
    if (!ta_shelf_open(&config->shelf))
        return TA_ERR_NOMEM;
    ta_loader *loader = &config->shelf.library.loader;
    ta_status status = check_config(config);
    if (status == TA_OK)
        config->document = loader->load(loader->to, config->file);
    if (status != TA_OK || !config->document)
        return TA_ERR_USAGE;
    status = check_patterns(config);
    const ta_node *ignore = ta_config_top(config, "ignore");
    if (!ignore || status != TA_OK)
        return status;
    const char **items =
        ta_arena_alloc(&config->arena, (ignore->count + (size_t)1) * sizeof *items);
    size_t count = 0;
    for (const ta_node *n = ta_node_first(ignore); items && n < ta_node_end(ignore);
         n = ta_node_next(n)) {
        items[count] = ta_config_text(config, n);
        if (!items[count++])
            return TA_ERR_NOMEM;
    }
    config->ignore = (ta_strings){items, count};
    return items ? TA_OK : TA_ERR_NOMEM;
}

ta_status ta_config_open(ta_config *config, const ta_settings *settings) {
    memset(config, 0, sizeof *config);
    if (settings->config && settings->no_config)
        return ta_say("--config and --no-config do not go together");
    if (settings->no_config)
        return TA_OK;
    if (settings->config)
        ta_name_folder(settings->config, &config->folder);
    else if (!look_upward(config))
        return config->folder.failed ? TA_ERR_NOMEM : TA_OK;
    ta_buf name = {0};
    ta_buf_printf(&name, "%s%s", ta_buf_text(&config->folder), TA_CONFIG_NAME);
    config->file = settings->config
                       ? settings->config
                       : ta_arena_copy(&config->arena, ta_buf_text(&name), name.len);
    bool failed = name.failed || !config->file;
    ta_buf_fini(&name);
    return failed ? TA_ERR_NOMEM : load_config(config);
}

void ta_config_close(ta_config *config) {
    if (config->shelf.library.loader.to)
        ta_shelf_close(&config->shelf);
    ta_buf_fini(&config->folder);
    ta_arena_fini(&config->arena);
}

ta_status ta_config_refuse(const ta_config *config, const ta_node *node, const char *why,
                           const char *what) {
    ta_where at = ta_where_of(&config->document->record, node);
    return ta_say("%s:%llu:%llu: %s %s", config->file, (unsigned long long)at.line,
                  (unsigned long long)at.column, why, what);
}

const ta_node *ta_config_member(const ta_config *config, const ta_node *object,
                                const char *name) {
    return object && object->kind == TA_OBJECT
               ? ta_node_named(&config->document->record, object, name)
               : NULL;
}

const ta_node *ta_config_top(const ta_config *config, const char *name) {
    return config->document ? ta_config_member(config, config->document->record.nodes, name)
                            : NULL;
}

const char *ta_config_text(ta_config *config, const ta_node *node) {
    ta_text text = ta_node_text(&config->document->record, node);
    return ta_arena_copy(&config->arena, text.data, text.len);
}

const ta_node *ta_config_first(const ta_node *node) {
    if (!node || node->kind != TA_ARRAY)
        return node;
    return node->count ? ta_node_first(node) : NULL;
}

const ta_node *ta_config_next(const ta_node *node, const ta_node *text) {
    const ta_node *next = ta_node_next(text);
    return text != node && next < ta_node_end(node) ? next : NULL;
}

static const ta_node *fitting_pattern(ta_config *config, const ta_node *entry,
                                      const char *path) {
    const ta_node *match = ta_config_member(config, entry, "match");
    for (const ta_node *n = ta_config_first(match); n; n = ta_config_next(match, n)) {
        const char *pattern = ta_config_text(config, n);
        config->failed |= !pattern;
        bool rooted = pattern && !strncmp(pattern, "./", 2);
        if (pattern && ta_glob_fits(pattern + (rooted ? 2 : 0), path))
            return n;
    }
    return NULL;
}

const ta_node *ta_config_entry(ta_config *config, const char *name, const ta_node **pattern) {
    const ta_node *files = ta_config_top(config, "files"), *found = NULL;
    ta_buf path = {0};
    ta_name_from(ta_buf_text(&config->folder), name, &path);
    for (const ta_node *n = ta_config_first(files); n && !found; n = ta_config_next(files, n)) {
        *pattern = fitting_pattern(config, n, ta_buf_text(&path));
        found = *pattern ? n : NULL;
    }
    config->failed |= path.failed;
    ta_buf_fini(&path);
    return found;
}

bool ta_config_leaves_out(void *to, const char *name) {
    ta_config *config = to;
    if (!config->ignore.count || !strcmp(name, "-"))
        return false;
    ta_buf path = {0};
    ta_name_from(ta_buf_text(&config->folder), name, &path);
    bool out = ta_glob_leaves_out(&config->ignore, ta_buf_text(&path));
    config->failed |= path.failed;
    ta_buf_fini(&path);
    return out;
}
