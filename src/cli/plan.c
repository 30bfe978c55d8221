/* SPDX-License-Identifier: MIT */
#include "cli/plan.h"

#include "cli/say.h"
#include "flow/names.h"

/* One word: a pattern, or a folder where there are no entries. */
static ta_status add_plan_word(ta_file_plan *plan, const ta_node *node, const char *text) {
    ta_config *config = &plan->config;
    ta_buf word = {0};
    ta_buf_printf(&word, "%s%s", ta_buf_text(&config->folder),
                  strncmp(text, "./", 2) ? text : text + 2);
    const char *copy =
        word.failed ? NULL : ta_arena_copy(&config->arena, ta_buf_text(&word), word.len);
    ta_buf_fini(&word);
    plan->words[plan->word_count] = (ta_plan_word){.word = copy, .node = node};
    plan->settings->arguments[plan->word_count++] = copy;
    plan->settings->argument_count = plan->word_count;
    return copy ? TA_OK : TA_ERR_NOMEM;
}

static ta_status add_entry_words(ta_file_plan *plan, const ta_node *entry) {
    ta_config *config = &plan->config;
    const ta_node *match = ta_config_member(config, entry, "match");
    ta_status status = TA_OK;
    for (const ta_node *n = ta_config_first(match); n && status == TA_OK;
         n = ta_config_next(match, n)) {
        const char *text = ta_config_text(config, n);
        status = text ? add_plan_word(plan, n, text) : TA_ERR_NOMEM;
    }
    return status;
}

/* The words that the command line does not have: all patterns, else the folder. */
static ta_status add_words(ta_file_plan *plan) {
    ta_config *config = &plan->config;
    ta_settings *settings = plan->settings;
    size_t room = config->document->record.count + (size_t)1;
    const ta_node *files = ta_config_top(config, "files");
    plan->words = ta_arena_alloc(&config->arena, room * sizeof *plan->words);
    settings->arguments = ta_arena_alloc(&settings->arena, room * sizeof *settings->arguments);
    ta_status status = plan->words && settings->arguments ? TA_OK : TA_ERR_NOMEM;
    for (const ta_node *e = ta_config_first(files); e && status == TA_OK;
         e = ta_config_next(files, e))
        status = add_entry_words(plan, e);
    if (!files && status == TA_OK)
        status =
            add_plan_word(plan, config->document->record.nodes, config->folder.len ? "" : ".");
    if (status == TA_OK && !plan->word_count)
        status = ta_say("%s names no files: write their patterns under `files`", config->file);
    return status;
}

ta_status ta_file_plan_open(ta_file_plan *plan, ta_settings *settings) {
    memset(plan, 0, sizeof *plan);
    plan->settings = settings;
    settings->plan = plan;
    plan->part = settings->job.writes ? "normalize" : NULL;
    ta_status status = ta_chooser_init(&plan->chooser, &settings->job);
    if (status == TA_OK)
        status = ta_config_open(&plan->config, settings);
    if (status != TA_OK || !plan->config.file)
        return status;
    if (!settings->job.edits && !plan->part) /* reports and a baseline are those of check */
        status = ta_config_apply_top(&plan->config, settings);
    if (status == TA_OK && !settings->argument_count && !settings->files_from)
        status = add_words(plan);
    return status;
}

void ta_file_plan_close(ta_file_plan *plan) {
    ta_chooser_fini(&plan->chooser);
    ta_config_close(&plan->config);
}

bool ta_file_plan_leaves_out(ta_file_plan *plan, const char *name) {
    return ta_config_leaves_out(&plan->config, name);
}

bool ta_file_plan_missed(ta_file_plan *plan, const char *word) {
    for (size_t i = 0; i < plan->word_count; i++)
        if (plan->words[i].word == word)
            return plan->words[i].missed = true;
    return false;
}

/* Names below a folder above, as they are called from here: ../lists/a.csv in lists is a.csv.
 */
ta_status ta_file_plan_gathered(ta_file_plan *plan) {
    ta_walk *walk = &plan->settings->inputs.walk;
    ta_job *job = &plan->settings->job;
    if (!plan->word_count)
        return TA_OK;
    for (size_t i = 0; i < walk->count && plan->config.folder.len; i++) {
        ta_buf name = {0};
        ta_name_from("", walk->files[i], &name);
        const char *copy = ta_buf_text(&name);
        copy = name.failed ? NULL : ta_arena_copy(&plan->config.arena, copy, name.len);
        ta_buf_fini(&name);
        if (!copy)
            return TA_ERR_NOMEM;
        walk->files[i] = copy;
    }
    ta_status status = ta_walk_once(walk);
    job->input_count = walk->count;
    if (status == TA_OK && !walk->count && !job->inputs_lack)
        status = ta_say("%s leaves out all files that it names", plan->config.file);
    return status;
}

void ta_file_plan_tell(const ta_file_plan *plan, ta_finder *finder) {
    const ta_record *record = plan->config.document ? &plan->config.document->record : NULL;
    for (size_t i = 0; i < plan->word_count; i++) {
        const ta_plan_word *word = &plan->words[i];
        if (word->missed)
            ta_find_at(finder, record, word->node, TA_PART_VALUE,
                       &(ta_finding){.code = TA_F_CONFIG_MATCH, .name = word->word});
    }
}

/* What counts of an entry, or of what is said of all files. */
static const ta_node *part_of(const ta_file_plan *plan, const ta_node *entry) {
    return plan->part ? ta_config_member(&plan->config, entry, plan->part) : entry;
}

ta_status ta_file_plan_settle(ta_file_plan *plan, const ta_node *entry, ta_settings *settled) {
    ta_config *config = &plan->config;
    const ta_settings *given = plan->settings;
    size_t room = (size_t)given->word_count + 1;
    if (config->document)
        room += config->document->record.count;
    ta_status status = ta_settings_begin(settled, given->command, room);
    settled->gathers_nothing = true;
    if (status == TA_OK)
        status = ta_config_apply(config, part_of(plan, ta_config_top(config, "all")), given,
                                 settled);
    if (status == TA_OK)
        status = ta_config_apply(config, part_of(plan, entry), given, settled);
    if (status == TA_OK)
        status = ta_settings_take(settled, given->word_count, given->words);
    return status == TA_OK && !plan->part ? ta_settings_finish(settled) : status;
}

ta_status ta_file_plan_alike(ta_file_plan *plan, size_t first, const ta_node **entry,
                             size_t *end) {
    const ta_job *job = &plan->settings->job;
    const ta_node *pattern;
    *entry = ta_config_entry(&plan->config, job->inputs[first], &pattern);
    for (*end = first + 1; *end < job->input_count; ++*end) {
        const ta_node *other = ta_config_entry(&plan->config, job->inputs[*end], &pattern);
        if (part_of(plan, other) != part_of(plan, *entry))
            break;
    }
    return plan->config.failed ? TA_ERR_NOMEM : TA_OK;
}

ta_status ta_file_plan_choose(ta_file_plan *plan, const char *file, const ta_settings *settled,
                              ta_plan_row *row) {
    row->choice = (ta_choice){.schema = NULL};
    if (plan->config.failed)
        return TA_ERR_NOMEM;
    if (settled->job.schema || settled->job.rules || settled->no_auto_schema)
        return TA_OK;
    plan->chooser.library.maps = settled->job.schema_maps;
    plan->chooser.library.map_count = settled->job.schema_map_count;
    return ta_chooser_choose(&plan->chooser, file, &settled->job, &row->choice);
}
