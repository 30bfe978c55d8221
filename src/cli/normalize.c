/* SPDX-License-Identifier: MIT */
/* transalp normalize: values made canonical where they stand. */
#include <limits.h>

#include "cli/command.h"
#include "cli/plan.h"
#include "cli/say.h"
#include "flow/edit.h"
#include "flow/session.h"

/* CSV in a file that is called JSON would be no help to anybody. */
static ta_status check_format(const ta_job *job) {
    const char *input = job->input_count ? job->inputs[0] : "-";
    if (!job->output || job->outputs)
        return TA_OK;
    const ta_format *to = ta_format_of_name(job->output);
    const ta_format *from = job->from ? ta_format_find(job->from) : ta_format_of_name(input);
    if (!to || !from || to == from || to->read == from->read)
        return TA_OK;
    return ta_say("normalize keeps the format, and %s would hold %s: `transalp convert "
                  "--normalize -o %s` writes %s",
                  job->output, from->name, job->output, to->name);
}

static void want_edit(ta_job *job) {
    job->edits = job->normalizes = job->report.all = true;
    job->checks = false;
    job->prints = !job->edit.check;
}

/* Without some of its fields a record has no text to be edited: it is written anew. */
static bool leaves_out(const ta_job *job) {
    return job->drop_personal || job->only_fields.count;
}

/* Of the format of the inputs, which is the output's. */
static const ta_format *format_of(const ta_job *job, size_t i) {
    return job->from ? ta_format_find(job->from) : ta_format_of_name(job->inputs[i]);
}

static ta_status check_leaving_out(const ta_job *job) {
    const ta_edit_wish *edit = &job->edit;
    if (!leaves_out(job))
        return TA_OK;
    if (edit->diff || edit->check || edit->write)
        return ta_say("--drop-personal and --only-fields write the records anew: to standard "
                      "output or with -o, not with --diff, --check or --write");
    const ta_format *first = job->input_count ? format_of(job, 0) : NULL;
    for (size_t i = 0; i < job->input_count; i++)
        if (!format_of(job, i) || format_of(job, i) != first)
            return ta_say("--drop-personal and --only-fields write the records anew: name "
                          "inputs of one format, and with --from which, where %s does not say",
                          job->inputs[i]);
    return TA_OK;
}

/* What goes together. */
static ta_status check_edit(const ta_settings *settings) {
    const ta_edit_wish *edit = &settings->job.edit;
    bool to_file = settings->job.output != NULL;
    if (edit->diff + edit->check + edit->write + to_file > 1)
        return ta_say("--diff, --check, --write and -o do not go together: choose one");
    if (edit->backup && !edit->write)
        return ta_say("--backup goes with --write: nothing else replaces a file");
    const ta_job *job = &settings->job;
    bool runs_together = !edit->diff && !edit->check && !edit->write && !job->outputs;
    if (runs_together && job->input_count > 1)
        return ta_say(
            "several inputs go with --write, --diff, --check or -o FOLDER/: their text "
            "would be run together");
    for (size_t i = 0; edit->write && i < job->input_count; i++)
        if (!strcmp(job->inputs[i], "-"))
            return ta_say("--write edits files, not standard input");
    ta_status status = check_leaving_out(job);
    return status == TA_OK ? check_format(job) : status;
}

static int run_edit(const ta_job *job) {
    if (!leaves_out(job))
        return ta_edit_run(job);
    ta_job anew = *job;
    anew.edits = false;
    anew.writes = true;
    anew.to = job->input_count ? format_of(job, 0)->name : NULL;
    return ta_job_run(&anew);
}

/* Inputs from `first` to `end`, as their entry of transalp.yaml (NULL: none) has it. */
static void edit_files(ta_file_plan *plan, ta_session *session, const ta_node *entry,
                       size_t first, size_t end) {
    const ta_job *whole = &plan->settings->job;
    ta_settings settled;
    ta_status status = ta_file_plan_settle(plan, entry, &settled);
    ta_job job = settled.job;
    want_edit(&job);
    job.inputs = whole->inputs + first;
    job.input_count = end - first;
    job.outputs = whole->outputs ? whole->outputs + first : NULL;
    job.above = &session->hub;
    if (status == TA_OK)
        (void)run_edit(&job); /* what came of it is added to the hub above */
    ta_hub_status(&session->hub, status);
    ta_settings_fini(&settled);
}

/* Files that follow each other and have one entry are one job. */
static int edit_by_plan(ta_file_plan *plan) {
    const ta_job *job = &plan->settings->job;
    ta_session session;
    ta_session_open(&session, &(ta_session_wish){.job = job});
    const ta_node *entry;
    for (size_t i = 0, next = 0; i < job->input_count && session.open; i = next) {
        ta_hub_status(&session.hub, ta_file_plan_alike(plan, i, &entry, &next));
        edit_files(plan, &session, entry, i, next);
        if (job->fail_fast && !ta_hub_is_clean(&session.hub))
            break;
    }
    return ta_session_close(&session);
}

static int run_normalize(ta_settings *settings) {
    ta_file_plan plan;
    want_edit(&settings->job);
    ta_status status = ta_file_plan_open(&plan, settings);
    if (status == TA_OK)
        status = ta_settings_finish(settings);
    if (status == TA_OK)
        status = check_edit(settings);
    int code = status != TA_OK    ? 2
               : plan.config.file ? edit_by_plan(&plan)
                                  : run_edit(&settings->job);
    if (status == TA_ERR_NOMEM)
        ta_say_nomem();
    ta_file_plan_close(&plan);
    return code;
}

static const ta_example normalize_examples[] = {
    {"transalp normalize samples/members-messy.csv --schema member --diff",
     "what would change, as a diff"},
    {"transalp normalize samples/members-messy.csv --schema member -o clean.csv",
     "the same file with clean values"},
    {"cp samples/members-messy.csv list.csv && transalp normalize list.csv --schema member "
     "--write --backup",
     "the file itself; list.csv.bak is as it was"},
    {"transalp normalize samples/members.csv --schema member --check",
     "whether all is canonical already"},
    {0}};

extern const ta_command ta_command_normalize;
const ta_command ta_command_normalize = {
    .name = "normalize",
    .arguments = "IN... [--diff | --check | --write | -o OUT] [OPTION]...",
    .summary = "values made canonical, and nothing else touched",
    .about =
        "Makes values canonical by the schema, and lists each change. The text is edited: "
        "only the bytes of changed values differ, and comments, quotes, order, blank lines "
        "and line ends stay as they are, in all formats. It goes to standard output unless "
        "an option says otherwise. What is not certain is refused, and stays as it was. "
        "With --drop-personal or --only-fields the records are written anew, in the same "
        "format. "
        "transalp.yaml may say how each file is read and normalized. Exit status: 0 done, 1 "
        "something was refused, 2 it could not run. Other formats: "
        "`transalp convert --normalize`.",
    .examples = normalize_examples,
    .least = 1,
    .most = UINT_MAX,
    .walks = true,
    .run = run_normalize,
};
