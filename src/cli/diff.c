/* SPDX-License-Identifier: MIT */
/* transalp diff: two editions of a list, or two files that should hold the same. */
#include "flow/diff.h"

#include "cli/command.h"
#include "cli/say.h"

static int run_diff(ta_settings *settings) {
    return ta_settings_finish(settings) == TA_OK ? ta_diff_run(&settings->job) : 2;
}

static const ta_example diff_examples[] = {
    {"transalp convert samples/members.csv --schema member -o m.json && transalp diff "
     "samples/members.csv m.json --schema member",
     "the same data in another format"},
    {"transalp diff samples/members.csv samples/members-messy.csv --key id --infer",
     "two editions of a list: who joined, who left, what changed"},
    {0}};

extern const ta_command ta_command_diff;
const ta_command ta_command_diff = {
    .name = "diff",
    .arguments = "OLD NEW [--key PATH,PATH] [OPTION]...",
    .summary = "what became of the data: joined, left, changed",
    .about =
        "Compares two files, whatever their formats, and prints each difference with its "
        "place in both. Records are matched by their key, else by their order. The order of "
        "members, blanks and ways of writing do not count; types and digits do. Exit "
        "status: 0 the same data, 1 not, 2 it could not be found out.",
    .examples = diff_examples,
    .least = 2,
    .most = 2,
    .run = run_diff,
};
