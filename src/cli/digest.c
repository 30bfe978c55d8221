/* SPDX-License-Identifier: MIT */
/* transalp digest: a fingerprint of the data, whatever its format. */
#include "flow/digest.h"

#include <limits.h>

#include "cli/command.h"
#include "cli/say.h"

static int run_digest(ta_settings *settings) {
    if (!settings->argument_count && !settings->digests) {
        ta_say("digest needs an input: name a file, or - for standard input");
        return 2;
    }
    if (settings->argument_count && settings->digests) {
        ta_say("digest --check reads the files that %s names: leave %s out", settings->digests,
               settings->arguments[0]);
        return 2;
    }
    settings->job.prints = true;
    if (ta_settings_finish(settings) != TA_OK)
        return 2;
    return ta_digest_run(&settings->job, settings->digests);
}

static const ta_example digest_examples[] = {
    {"transalp digest samples/members.csv --schema member", "digest, two blanks, name"},
    {"transalp convert samples/members.csv --schema member --canonical | sha256sum",
     "the same digest"},
    {"transalp digest samples/projects.json > sums && transalp digest --check sums",
     "is the data still the same?"},
    {0}};

extern const ta_command ta_command_digest;
const ta_command ta_command_digest = {
    .name = "digest",
    .arguments = "IN... | --check FILE",
    .summary = "a fingerprint of the data, the same in each format",
    .about =
        "Prints the SHA-256 of each input's canonical form (convert --canonical). Equal data "
        "has equal digests in all formats: the order of members, blanks and ways of writing "
        "do not count, types, digits and the order of records do. CSV needs --schema or "
        "--infer to be equal to data with numbers.",
    .examples = digest_examples,
    .most = UINT_MAX,
    .walks = true,
    .run = run_digest,
};
