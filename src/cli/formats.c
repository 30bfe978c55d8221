/* SPDX-License-Identifier: MIT */
/* transalp formats: the table of formats. */
#include "cli/command.h"
#include "cli/say.h"

static int run_formats(ta_settings *settings) {
    (void)settings;
    ta_buf out = {0};
    ta_buf_printf(&out, "%-8s %-6s %-7s %-14s %s\n", "FORMAT", "READS", "WRITES", "SUFFIXES",
                  "WHAT IT IS");
    for (const ta_format *const *f = ta_formats; *f; f++)
        ta_buf_printf(&out, "%-8s %-6s %-7s %-14s %s\n", (*f)->name, (*f)->read ? "yes" : "no",
                      (*f)->writer_new ? "yes" : "no", (*f)->suffixes, (*f)->summary);
    return ta_say_text(&out);
}

static const ta_example formats_examples[] = {{"transalp formats", "the table"}, {0}};

extern const ta_command ta_command_formats;
const ta_command ta_command_formats = {
    .name = "formats",
    .arguments = "",
    .summary = "the formats and their suffixes",
    .about = "Lists the formats that --from and --to take. A file's suffix tells its format; "
             "where it does not, the content is looked at.",
    .examples = formats_examples,
    .run = run_formats,
};
