/* SPDX-License-Identifier: MIT */
/* transalp normalize: values made canonical where they stand. */
#include <limits.h>

#include "cli/command.h"
#include "cli/say.h"
#include "flow/edit.h"

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
    return TA_OK;
}

static int run_normalize(ta_settings *settings) {
    ta_job *job = &settings->job;
    job->edits = job->normalizes = job->report.all = true;
    job->checks = false;
    job->prints = !job->edit.check;
    if (ta_settings_finish(settings) != TA_OK || check_edit(settings) != TA_OK)
        return 2;
    return ta_edit_run(job);
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
        "Exit status: 0 done, 1 something was refused, 2 it could not run. Other formats: "
        "`transalp convert --normalize`.",
    .examples = normalize_examples,
    .least = 1,
    .most = UINT_MAX,
    .walks = true,
    .run = run_normalize,
};
