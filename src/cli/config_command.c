/* SPDX-License-Identifier: MIT */
/* transalp config: what applies to a file, and why. */
#include <limits.h>

#include "cli/columns.h"
#include "cli/command.h"
#include "cli/plan.h"
#include "cli/say.h"

typedef struct config_table {
    ta_file_plan *plan;
    ta_columns columns;
} config_table;

static void put_cells(config_table *table, const char *name, ta_text value, const ta_node *from,
                      const char *why) {
    const ta_config *config = &table->plan->config;
    ta_buf place = {0};
    if (from)
        ta_buf_printf(&place, "%s:%llu", config->file,
                      (unsigned long long)ta_where_of(&config->document->record, from).line);
    ta_buf_puts(&place, from && *why ? ", " : "");
    ta_buf_puts(&place, why);
    ta_columns_puts(&table->columns, name);
    ta_columns_put(&table->columns, value.data, value.len);
    ta_columns_puts(&table->columns, ta_buf_text(&place));
    table->columns.failed |= place.failed;
    ta_buf_fini(&place);
}

/* A scalar as it is written; the members of codes, severities one by one. */
static void put_setting(config_table *table, const char *name, const ta_node *node) {
    const ta_record *record = &table->plan->config.document->record;
    if (node->kind != TA_OBJECT) {
        put_cells(table, name, (ta_text){record->raw + node->src, node->src_len}, node, "");
        return;
    }
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node); m = ta_node_next(m)) {
        const ta_key *key = &record->keys->items[m->key];
        ta_buf path = {0};
        ta_buf_printf(&path, "%s.%.*s", name, (int)key->len, key->text);
        put_cells(table, ta_buf_text(&path), (ta_text){record->raw + m->src, m->src_len}, m,
                  "");
        table->columns.failed |= path.failed;
        ta_buf_fini(&path);
    }
}

/* The settings of an object, but for those that `over` has too. */
static void put_settings(config_table *table, const ta_node *object, const ta_node *over) {
    ta_config *config = &table->plan->config;
    if (!object)
        return;
    for (const ta_node *m = ta_node_first(object); m < ta_node_end(object);
         m = ta_node_next(m)) {
        const ta_key *key = &config->document->record.keys->items[m->key];
        const char *name = ta_arena_copy(&config->arena, key->text, key->len);
        table->columns.failed |= !name;
        bool hidden = !name || !strcmp(name, "match") ||
                      (m->kind != TA_OBJECT && ta_config_member(config, over, name));
        if (!hidden)
            put_setting(table, name, m);
    }
}

static ta_text word_text(const char *word) {
    return (ta_text){word, strlen(word)};
}

/* Where the schema comes from that no setting names. */
static ta_status put_choice(config_table *table, const char *file, const ta_plan_row *row) {
    ta_settings settled;
    ta_plan_row chosen = *row;
    ta_status status = ta_file_plan_settle(table->plan, row->entry, &settled);
    if (status == TA_OK)
        status = ta_file_plan_choose(table->plan, file, &settled, &chosen);
    if (status == TA_OK && !settled.job.schema)
        put_cells(table, "schema",
                  word_text(chosen.choice.schema ? chosen.choice.schema : "none: syntax only"),
                  NULL, chosen.choice.why ? chosen.choice.why : "");
    ta_settings_fini(&settled);
    return status;
}

static ta_status put_file(ta_file_plan *plan, const char *file, ta_buf *out) {
    ta_config *config = &plan->config;
    config_table table = {.plan = plan, .columns = {.columns = 3}};
    ta_plan_row row = {.entry = NULL};
    ta_status status = TA_OK;
    if (config->file)
        row.entry = ta_config_entry(config, file, &row.pattern);
    ta_columns_puts(&table.columns, "SETTING");
    ta_columns_puts(&table.columns, "VALUE");
    ta_columns_puts(&table.columns, "FROM");
    if (ta_config_leaves_out(config, file)) {
        put_cells(&table, "ignore", word_text("left out"), ta_config_top(config, "ignore"), "");
    } else {
        if (row.entry)
            put_cells(&table, "match", ta_node_text(&config->document->record, row.pattern),
                      row.pattern, "");
        put_settings(&table, row.entry, NULL);
        put_settings(&table, ta_config_top(config, "all"), row.entry);
        status = put_choice(&table, file, &row);
    }
    ta_buf_printf(out, "%s\n", file);
    ta_columns_print(&table.columns, out);
    return status;
}

static ta_status put_plan(ta_file_plan *plan, const ta_settings *settings, ta_buf *out) {
    ta_buf_printf(out, "%s\n",
                  plan->config.file ? plan->config.file : "no transalp.yaml here or above");
    ta_status status = TA_OK;
    for (size_t i = 0; i < settings->argument_count && status == TA_OK; i++) {
        ta_buf_puts(out, "\n");
        status = put_file(plan, settings->arguments[i], out);
    }
    return status;
}

static int run_config(ta_settings *settings) {
    ta_file_plan plan;
    ta_buf out = {0};
    ta_status status = ta_file_plan_open(&plan, settings);
    if (status == TA_OK)
        status = put_plan(&plan, settings, &out);
    ta_file_plan_close(&plan);
    if (status == TA_OK)
        return ta_say_text(&out);
    ta_buf_fini(&out);
    return status == TA_ERR_NOMEM ? ta_say_nomem() : 2;
}

static const ta_example config_examples[] = {
    {"transalp config samples/members.csv", "how this file is checked, and why so"}, {0}};

extern const ta_command ta_command_config;
const ta_command ta_command_config = {
    .name = "config",
    .arguments = "FILE...",
    .summary = "what transalp.yaml says of a file, and where",
    .about =
        "Prints for each file what `transalp check` goes by: the entry of transalp.yaml that "
        "fits it first, each setting with its line, and the schema that is chosen by the "
        "file's $schema, root or heads where no setting names one.",
    .examples = config_examples,
    .least = 1,
    .most = UINT_MAX,
    .run = run_config,
};
