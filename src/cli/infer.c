/* SPDX-License-Identifier: MIT */
/* transalp infer: a schema from data. */
#include <limits.h>

#include "cli/command.h"
#include "cli/say.h"
#include "flow/deduce.h"

static int run_infer(ta_settings *settings) {
    ta_job *job = &settings->job;
    job->prints = true;
    job->read.nest = true;
    job->schema = job->infer.map ? job->infer.map : job->infer.merge;
    if (job->infer.map && job->infer.merge) {
        ta_say("--draft-map and --merge do not go together");
        return 2;
    }
    if (job->infer.merge && job->infer.title) {
        ta_say("--title is for a new schema: --merge keeps the one that it has");
        return 2;
    }
    return ta_settings_finish(settings) == TA_OK ? ta_infer_run(job) : 2;
}

static const ta_example infer_examples[] = {
    {"transalp infer samples/members.csv", "the schema, on standard output"},
    {"transalp infer samples/members.csv -o list.schema.json && "
     "transalp check samples/members.csv --schema list.schema.json",
     "what it was made from fits"},
    {"transalp infer samples/lyonbiopole.xml samples/alps-bio-cluster.json --title Clusters",
     "one schema for several files, whatever their formats"},
    {0}};

extern const ta_command ta_command_infer;
const ta_command ta_command_infer = {
    .name = "infer",
    .arguments = "IN... [-o FILE] [OPTION]...",
    .summary = "a schema from data",
    .about = "Reads all records of the inputs and writes a JSON Schema that they fit: types, "
             "formats, identifiers, code lists, what is always there, how it is written in XML "
             "and CSV. Columns of codes (postcodes, SIREN, leading zeros) stay text. It is a "
             "draft: read it, and correct it.",
    .examples = infer_examples,
    .least = 1,
    .most = UINT_MAX,
    .walks = true,
    .run = run_infer,
};
