/* SPDX-License-Identifier: MIT */
/* From the members of transalp.yaml to the options of the same names. */
#include <unistd.h>

#include "cli/command.h"
#include "cli/config.h"
#include "cli/option.h"
#include "cli/say.h"
#include "flow/names.h"

/* What the values of an option are, where they are more than words. */
typedef enum config_kind {
    WORDS,
    FILES,
    SCHEMAS,
    PAIRS,
    LEVELS,
    DIALECT,
    GROUP,
    NONE
} config_kind;

static config_kind kind_of(const char *name) {
    static const struct {
        const char *name;
        config_kind kind;
    } rows[] = {{"schema", SCHEMAS},    {"rules", FILES},      {"map", FILES},
                {"codes", PAIRS},       {"schema-map", PAIRS}, {"severities", LEVELS},
                {"delimiter", DIALECT}, {"quote", DIALECT},    {"escape", DIALECT},
                {"decimal", DIALECT},   {"dialect", DIALECT},  {"normalize", GROUP},
                {"match", NONE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, name))
            return rows[i].kind;
    return WORDS;
}

static ta_status refuse_config(const ta_config *config, const ta_node *node, const char *name) {
    return ta_config_refuse(config, node, "this value is refused:", name);
}

/* A file that a setting names and that is not there; what needs it says so, too, and ends. */
static void check_file(const ta_config *config, const ta_node *node, const char *file) {
    if (access(file, R_OK))
        (void)ta_config_refuse(config, node, "there is no file that can be read:", file);
}

static ta_status set_option(const ta_config *config, ta_settings *settings, const char *name,
                            const char *value, const ta_node *node) {
    const ta_option *option =
        ta_option_find(name, strlen(name), ta_command_bit(settings->command));
    if (!option)
        return refuse_config(config, node, name);
    ta_status status = option->read(settings, option, value);
    return status == TA_ERR_USAGE ? refuse_config(config, node, name) : status;
}

/* A file's name as it is called from here, behind what stands before it. */
static const char *place_file(ta_config *config, const char *before, const char *file) {
    ta_buf name = {0};
    ta_name_in(ta_buf_text(&config->folder), file, &name);
    ta_buf out = {0};
    const char *text = ta_buf_text(&name);
    ta_buf_printf(&out, "%s%s%s", before, strpbrk(text, "./") ? "" : "./", text);
    const char *copy = name.failed || out.failed
                           ? NULL
                           : ta_arena_copy(&config->arena, ta_buf_text(&out), out.len);
    ta_buf_fini(&name);
    ta_buf_fini(&out);
    return copy;
}

/* A list's name or a prefix, and its file. */
static ta_status set_pair(ta_config *config, ta_settings *settings, const char *name,
                          const ta_node *member) {
    const ta_key *key = &config->document->record.keys->items[member->key];
    const char *file = ta_config_text(config, member);
    ta_buf before = {0};
    ta_buf_put(&before, key->text, key->len);
    ta_buf_puts(&before, "=");
    const char *value = file ? place_file(config, ta_buf_text(&before), file) : NULL;
    if (value && !before.failed)
        check_file(config, member, value + before.len);
    ta_buf_fini(&before);
    return value ? set_option(config, settings, name, value, member) : TA_ERR_NOMEM;
}

static ta_status set_level_of(ta_config *config, ta_settings *settings, const ta_node *member) {
    const ta_key *key = &config->document->record.keys->items[member->key];
    const char *level = ta_config_text(config, member);
    const char *code = ta_arena_copy(&config->arena, key->text, key->len);
    if (!level || !code)
        return TA_ERR_NOMEM;
    return set_option(config, settings, strcmp(level, "warning") ? level : "warn", code,
                      member);
}

static ta_status set_members(ta_config *config, ta_settings *settings, const char *name,
                             const ta_node *object) {
    ta_status status = TA_OK;
    for (const ta_node *m = ta_node_first(object); m < ta_node_end(object) && status == TA_OK;
         m = ta_node_next(m))
        status = !strcmp(name, "severities") ? set_level_of(config, settings, m)
                                             : set_pair(config, settings, name, m);
    return status;
}

/* Words of a list as an option takes them: with commas between. */
static ta_status set_words(ta_config *config, ta_settings *settings, const char *name,
                           const ta_node *node) {
    ta_buf words = {0};
    for (const ta_node *n = ta_config_first(node); n; n = ta_config_next(node, n)) {
        ta_text word = ta_node_text(&config->document->record, n);
        ta_buf_puts(&words, words.len ? "," : "");
        ta_buf_put(&words, word.data, word.len);
    }
    const char *value =
        words.failed ? NULL : ta_arena_copy(&config->arena, ta_buf_text(&words), words.len);
    ta_buf_fini(&words);
    return value ? set_option(config, settings, name, value, node) : TA_ERR_NOMEM;
}

static bool has_dialect(const ta_settings *settings) {
    const ta_dialect *dialect = &settings->job.read.dialect;
    return settings->dialect || dialect->delimiter || dialect->quote || dialect->escape ||
           dialect->decimal;
}

static ta_status set_value(ta_config *config, ta_settings *settings, const char *name,
                           const ta_node *node) {
    if (node->kind == TA_FALSE)
        return TA_OK;
    if (node->kind == TA_TRUE)
        return set_option(config, settings, name, NULL, node);
    const char *value = ta_config_text(config, node);
    config_kind kind = kind_of(name);
    if (value && (kind == FILES || (kind == SCHEMAS && strpbrk(value, "./")))) {
        value = place_file(config, "", value);
        if (value)
            check_file(config, node, value);
    }
    return value ? set_option(config, settings, name, value, node) : TA_ERR_NOMEM;
}

static ta_status set_member(ta_config *config, ta_settings *settings, const char *name,
                            const ta_node *node) {
    config_kind kind = kind_of(name);
    if (kind == PAIRS || kind == LEVELS)
        return set_members(config, settings, name, node);
    return node->kind == TA_ARRAY ? set_words(config, settings, name, node)
                                  : set_value(config, settings, name, node);
}

/* Members of a group are options as those around it are. */
ta_status ta_config_apply(ta_config *config, const ta_node *object,
                          const ta_settings *command_line, ta_settings *settings) {
    ta_status status = TA_OK;
    if (!object)
        return TA_OK;
    for (const ta_node *m = ta_node_first(object); m < ta_node_end(object) && status == TA_OK;
         m = ta_node_next(m)) {
        const ta_key *key = &config->document->record.keys->items[m->key];
        const char *word = ta_arena_copy(&config->arena, key->text, key->len);
        if (!word)
            return TA_ERR_NOMEM;
        config_kind kind = kind_of(word);
        if (kind == NONE || (kind == DIALECT && has_dialect(command_line)))
            continue;
        status = kind == GROUP ? ta_config_apply(config, m, command_line, settings)
                               : set_member(config, settings, word, m);
    }
    return status;
}

/* FORM or FORM=FILE. */
static ta_status set_report(ta_config *config, ta_settings *settings, const ta_node *node) {
    const char *value = ta_config_text(config, node),
               *equals = value ? strchr(value, '=') : NULL;
    if (equals && equals[1]) {
        const char *form = ta_arena_copy(&config->arena, value, (size_t)(equals - value) + 1);
        value = form ? place_file(config, form, equals + 1) : NULL;
    }
    return value ? set_option(config, settings, "report", value, node) : TA_ERR_NOMEM;
}

ta_status ta_config_apply_top(ta_config *config, ta_settings *settings) {
    const ta_node *reports = ta_config_top(config, "report");
    const ta_node *baseline = ta_config_top(config, "baseline");
    ta_status status = TA_OK;
    if (!settings->job.report_count)
        for (const ta_node *n = ta_config_first(reports); n && status == TA_OK;
             n = ta_config_next(reports, n))
            status = set_report(config, settings, n);
    if (baseline && !settings->baseline && status == TA_OK) {
        const char *file = ta_config_text(config, baseline);
        settings->baseline = file ? place_file(config, "", file) : NULL;
        status = settings->baseline ? TA_OK : TA_ERR_NOMEM;
    }
    return status;
}
