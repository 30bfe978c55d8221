/* SPDX-License-Identifier: MIT */
/* transalp check: findings only. */
#include <limits.h>

#include "cli/command.h"
#include "cli/say.h"
#include "flow/session.h"

static int run_check(ta_settings *settings) {
    if (settings->update_baseline && !settings->baseline) {
        ta_say("--update-baseline needs --baseline FILE: the file that it writes");
        return 2;
    }
    if (ta_settings_finish(settings) != TA_OK)
        return 2;
    ta_session session;
    ta_session_open(&session, &(ta_session_wish){.job = &settings->job,
                                                 .baseline = settings->baseline,
                                                 .update_baseline = settings->update_baseline});
    ta_session_run(&session, &settings->job);
    return ta_session_close(&session);
}

static const ta_example check_examples[] = {
    {"transalp check samples/members.csv", "the syntax only"},
    {"transalp check samples/members.csv --schema member", "types, codes and rules too"},
    {"transalp check samples/members.csv --schema member --report json=findings.json",
     "text for people, JSON for machines"},
    {"transalp check samples/members.csv --schema member --warn code-unknown --quiet",
     "unknown codes are warnings; no line that sums up"},
    {0}};

extern const ta_command ta_command_check;
const ta_command ta_command_check = {
    .name = "check",
    .arguments = "IN... [OPTION]...",
    .summary = "what is wrong with the data, and where",
    .about =
        "Reads the inputs and prints all findings on standard output, each with its file, line "
        "and column. With a schema each record is checked against it and its rules; without "
        "one, the syntax is.",
    .examples = check_examples,
    .least = 1,
    .most = UINT_MAX,
    .walks = true,
    .run = run_check,
};
