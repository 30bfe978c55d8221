/* SPDX-License-Identifier: MIT */
/* transalp convert: any format to any other. */
#include <limits.h>

#include "cli/command.h"
#include "cli/say.h"

static int run_convert(ta_settings *settings) {
    settings->job.writes = true;
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
