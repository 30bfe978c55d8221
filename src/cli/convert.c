/* SPDX-License-Identifier: MIT */
/* transalp convert: any format to any other. */
#include <limits.h>

#include "cli/command.h"
#include "cli/plan.h"
#include "cli/say.h"
#include "flow/session.h"

/* Inputs from `first` to `end`, with what transalp.yaml says of normalizing them. */
static ta_status convert_files(ta_session *session, const ta_settings *settled, size_t first,
                               size_t end) {
    ta_job job = *session->hub.job;
    char decimal = job.normal.decimal;
    if (!job.outputs && end - first < job.input_count)
        return ta_say("%s and %s are normalized in different ways by transalp.yaml: write "
                      "each to a file of its own (-o FOLDER/), or say --no-config",
                      job.inputs[first], job.inputs[end]);
    job.inputs += first;
    job.input_count = end - first;
    job.outputs = job.outputs ? job.outputs + first : NULL;
    job.reject_files = job.reject_files ? job.reject_files + first : NULL;
    job.below = NULL;
    job.inputs_lack = false; /* the session knows */
    job.normal = settled->job.normal;
    job.normal.decimal = decimal;
    job.sort = settled->job.sort;
    ta_status status = ta_settings_check_sort(&job);
    if (status == TA_OK)
        ta_session_run(session, &job);
    return status;
}

static int convert_by_plan(ta_file_plan *plan) {
    const ta_job *job = &plan->settings->job;
    ta_session session;
    ta_session_open(&session, &(ta_session_wish){.job = job});
    ta_status status = session.open ? TA_OK : TA_STOP;
    for (size_t i = 0, next = 0; i < job->input_count && status == TA_OK; i = next) {
        const ta_node *entry;
        ta_settings settled = {.word_count = 0};
        status = ta_file_plan_alike(plan, i, &entry, &next);
        if (status == TA_OK)
            status = ta_file_plan_settle(plan, entry, &settled);
        if (status == TA_OK)
            status = convert_files(&session, &settled, i, next);
        ta_settings_fini(&settled);
        if (job->fail_fast && !ta_hub_is_clean(&session.hub))
            break;
    }
    ta_hub_status(&session.hub, status);
    return ta_session_close(&session);
}

/* transalp.yaml says how values are normalized, and nothing else of what is converted. */
static int run_normalizing(ta_settings *settings) {
    ta_file_plan plan;
    ta_status status = ta_file_plan_open(&plan, settings);
    settings->plan = NULL; /* what it ignores counts for check and normalize */
    if (status == TA_ERR_NOMEM)
        ta_say_nomem();
    if (status == TA_OK)
        status = ta_settings_finish(settings);
    int code = status != TA_OK    ? 2
               : plan.config.file ? convert_by_plan(&plan)
                                  : ta_job_run(&settings->job);
    ta_file_plan_close(&plan);
    return code;
}

static int run_convert(ta_settings *settings) {
    settings->job.writes = true;
    if (settings->job.normalizes)
        return run_normalizing(settings);
    if (settings->config) {
        ta_say("--config goes with --normalize: convert goes by nothing else of the file");
        return 2;
    }
    return ta_settings_finish(settings) == TA_OK ? ta_job_run(&settings->job) : 2;
}

static const ta_example convert_examples[] = {
    {"transalp convert samples/members.csv", "the list as JSON, one record a line"},
    {"transalp convert samples/members.csv --schema member -o members.json",
     "typed and checked by a built-in schema; written only without errors"},
    {"transalp convert samples/projects.json --to csv --out-dialect excel-fr",
     "for a spreadsheet; what CSV cannot carry is said"},
    {"transalp convert - --from json --to jsonl < samples/projects.json",
     "from standard input"},
    {0}};

extern const ta_command ta_command_convert;
const ta_command ta_command_convert = {
    .name = "convert",
    .arguments = "IN... [-o OUT] [OPTION]...",
    .summary = "any format to any other",
    .about = "Reads the inputs, checks them against a schema if one is given, and writes all "
             "records "
             "as one list. Nothing is lost in silence: what the output format cannot carry is "
             "said on standard error. With -o, the file appears only if the data has no error.",
    .examples = convert_examples,
    .least = 1,
    .most = UINT_MAX,
    .walks = true,
    .run = run_convert,
};
