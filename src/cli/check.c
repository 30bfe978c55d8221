/* SPDX-License-Identifier: MIT */
/* transalp check: findings only. */
#include <limits.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/plan.h"
#include "cli/say.h"
#include "flow/session.h"

/* A run of files that are checked in the same way, one job. */
typedef struct check_run {
    ta_file_plan plan;
    ta_session session;
    ta_settings settled; /* of the entry at hand */
    bool is_settled;
    ta_plan_row row; /* how the files from `first` on are checked */
    const char *const *inputs;
    size_t input_count, first;
} check_run;

static bool is_same_choice(const ta_choice *a, const ta_choice *b) {
    const char *x = a->schema ? a->schema : "", *y = b->schema ? b->schema : "";
    return !strcmp(x, y) && !strcmp(a->why ? a->why : "", b->why ? b->why : "");
}

static void check_files(check_run *run, size_t end) {
    ta_job job = run->settled.job;
    if (run->first == end)
        return;
    job.inputs = run->inputs + run->first;
    job.input_count = end - run->first;
    job.below = NULL;
    job.inputs_lack = false; /* the session knows */
    if (run->row.choice.schema)
        job.schema = run->row.choice.schema;
    job.schema_why = run->row.choice.why;
    ta_session_run(&run->session, &job);
    run->first = end;
}

/* A schema that a file names itself, and that is not there: said of the file, of which then the
 * syntax is checked. */
static void check_hint(check_run *run, const char *file, ta_choice *choice) {
    ta_hub *hub = &run->session.hub;
    const char *name = choice->schema;
    if (!choice->hinted || !strpbrk(name, "./") || !access(name, R_OK))
        return;
    ta_find(&hub->finder, &(ta_finding){.code = TA_F_SCHEMA_OPEN,
                                        .place = {.file = file},
                                        .name = name,
                                        .expected = "the file's $schema names it, and it "
                                                    "cannot be read"});
    ta_hub_status(hub, TA_ERR_USAGE);
    *choice = (ta_choice){.why = "its $schema cannot be read"};
}

/* The next file: as those before it, or the first of others. */
static ta_status check_next(check_run *run, size_t i) {
    const char *file = run->inputs[i];
    ta_plan_row row = {.entry = NULL};
    if (run->plan.config.file)
        row.entry = ta_config_entry(&run->plan.config, file, &row.pattern);
    ta_status status = TA_OK;
    if (!run->is_settled || row.entry != run->row.entry) {
        check_files(run, i);
        if (run->is_settled)
            ta_settings_fini(&run->settled);
        run->is_settled = true;
        status = ta_file_plan_settle(&run->plan, row.entry, &run->settled);
    }
    if (status == TA_OK)
        status = ta_file_plan_choose(&run->plan, file, &run->settled, &row);
    if (status == TA_OK)
        check_hint(run, file, &row.choice);
    if (status == TA_OK && !is_same_choice(&row.choice, &run->row.choice))
        check_files(run, i);
    run->row = row;
    return status;
}

static ta_status check_all(check_run *run) {
    ta_session *session = &run->session;
    ta_status status = TA_OK;
    ta_file_plan_tell(&run->plan, &session->hub.finder);
    for (size_t i = 0; i < run->input_count && status == TA_OK; i++) {
        status = check_next(run, i);
        if (run->plan.settings->job.fail_fast && !ta_hub_is_clean(&session->hub))
            return status;
    }
    if (status == TA_OK)
        check_files(run, run->input_count);
    return status;
}

static int run_session(check_run *run, const ta_settings *settings) {
    ta_session_wish wish = {.job = &settings->job,
                            .baseline = settings->baseline,
                            .update_baseline = settings->update_baseline};
    ta_session_open(&run->session, &wish);
    ta_status status = run->session.open ? check_all(run) : TA_OK;
    ta_hub_status(&run->session.hub, status);
    if (run->is_settled)
        ta_settings_fini(&run->settled);
    return ta_session_close(&run->session);
}

static ta_status ask_for_input(void) {
    if (!access("transalp.yml", F_OK))
        return ta_say("transalp.yml is not read: call it " TA_CONFIG_NAME);
    return ta_say("check needs an input: name a file, or - for standard input; "
                  "`transalp init` writes a " TA_CONFIG_NAME " that names them");
}

static int run_check(ta_settings *settings) {
    check_run run = {.is_settled = false};
    ta_status status = ta_file_plan_open(&run.plan, settings);
    if (status == TA_OK && !settings->argument_count && !settings->files_from &&
        !run.plan.config.file)
        status = ask_for_input();
    if (status == TA_OK && settings->update_baseline && !settings->baseline)
        status = ta_say("--update-baseline needs --baseline FILE: the file that it writes");
    if (status == TA_OK)
        status = ta_settings_finish(settings);
    if (status == TA_OK)
        status = ta_file_plan_gathered(&run.plan);
    run.inputs = settings->job.inputs;
    run.input_count = settings->job.input_count;
    int exit_status = status == TA_OK ? run_session(&run, settings) : 2;
    if (status == TA_ERR_NOMEM)
        ta_say_nomem();
    ta_file_plan_close(&run.plan);
    return exit_status;
}

static const ta_example check_examples[] = {
    {"transalp check samples/members.csv", "by the schema that the heads choose"},
    {"transalp check samples/members.csv --schema member", "types, codes and rules too"},
    {"transalp check samples/members.csv --schema member --report json=findings.json",
     "text for people, JSON for machines"},
    {"transalp check samples/members.csv --schema member --warn code-unknown --quiet",
     "unknown codes are warnings; no line that sums up"},
    {0}};

extern const ta_command ta_command_check;
const ta_command ta_command_check = {
    .name = "check",
    .arguments = "[IN]... [OPTION]...",
    .summary = "what is wrong with the data, and where",
    .about =
        "Reads the inputs and prints all findings on standard output, each with its file, line "
        "and column. With a schema each record is checked against it and its rules; without "
        "one, the syntax is. Where none is named, the data's $schema, its heads, members or "
        "root may choose one, which is said. Folders and patterns stand for the files of data "
        "in them; without an input, all is checked that transalp.yaml names.",
    .examples = check_examples,
    .most = UINT_MAX,
    .walks = true,
    .run = run_check,
};
