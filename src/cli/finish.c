/* SPDX-License-Identifier: MIT */
/* What hangs together: a dialect and the options that go before it, colours and the terminal,
 * -o and --to. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/inputs.h"
#include "cli/mirror.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "cli/targets.h"

/* What the single options left open is the named dialect's. */
static void apply_dialect(ta_dialect *dialect, const ta_dialect_row *row) {
    if (!row)
        return;
    dialect->delimiter = dialect->delimiter ? dialect->delimiter : row->dialect.delimiter;
    dialect->quote = dialect->quote ? dialect->quote : row->dialect.quote;
    dialect->escape = dialect->escape ? dialect->escape : row->dialect.escape;
    dialect->decimal = dialect->decimal ? dialect->decimal : row->dialect.decimal;
    dialect->quote_all |= row->dialect.quote_all;
    dialect->crlf |= row->dialect.crlf;
    dialect->mark |= row->dialect.mark;
}

/* `out`: "out-" where the options are those of the output. */
static ta_status check_dialect(const ta_dialect *dialect, const char *out) {
    char quote = dialect->quote ? dialect->quote : '"';
    if (dialect->delimiter == quote)
        return ta_say("--%sdelimiter and the quote are the same character", out);
    if (dialect->delimiter && dialect->delimiter == dialect->escape)
        return ta_say("--%sdelimiter and --escape are the same character", out);
    return TA_OK;
}

/* no-color.org; a dumb terminal shows no colours. */
static bool wants_colour(const ta_settings *settings, bool terminal) {
    if (settings->colour != TA_WHEN_AUTO)
        return settings->colour == TA_WHEN_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return terminal && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
}

static void settle_terminal(ta_settings *settings) {
    ta_job *job = &settings->job;
    bool terminal = isatty(job->writes || job->prints ? STDERR_FILENO : STDOUT_FILENO);
    job->report.colour = wants_colour(settings, terminal);
    job->report.excerpt = terminal || settings->colour == TA_WHEN_ALWAYS;
    job->progress = isatty(STDERR_FILENO) && !job->quiet;
}

/* --to, else the suffix of -o, else json; a file name without a suffix tells nothing. */
static ta_status settle_output(ta_job *job) {
    bool is_file = job->output && strcmp(job->output, "-") != 0;
    const char *file = is_file && !ta_mirror_is_folder(job->output) ? job->output : NULL;
    const char *slash = file ? strrchr(file, '/') : NULL;
    const char *base = slash ? slash + 1 : file;
    if (!job->to && base && strchr(base, '.')) {
        const ta_format *format = ta_format_of_name(base);
        if (!format)
            return ta_say("cannot tell the format of %s: name it with --to", file);
        job->to = format->name;
    }
    if (!job->to)
        job->to = job->write.canonical ? "jsonl" : "json";
    const ta_format *format = ta_format_find(job->to);
    if (!format || !format->writer_new)
        return ta_say("%s can be read, not written", job->to);
    if (job->write.columns && !format->survey_new)
        return ta_say("--columns chooses the columns of CSV: the output is %s, which has all",
                      job->to);
    if (job->write.titles && (!format->survey_new || !job->schema))
        return ta_say("--out-titles writes a schema's titles as heads of CSV: %s",
                      job->schema ? "name the output with --to csv" : "name it with --schema");
    return TA_OK;
}

/* --canonical: JSON Lines unless JSON was asked for. */
static ta_status settle_canonical(ta_job *job) {
    if (!job->write.canonical)
        return TA_OK;
    if (job->write.pretty)
        return ta_say("--canonical has one form, --pretty another: leave one out");
    if (!strcmp(job->to, "json") || !strcmp(job->to, "jsonl"))
        return TA_OK;
    return ta_say("--canonical writes JSON: the output is %s", job->to);
}

/* JSON and YAML are UTF-8 by their standards; lists of lists have no encodings either. */
static ta_status settle_encoding(const ta_job *job) {
    const ta_format *format = ta_format_find(job->to);
    bool free = format->survey_new || format->declares;
    if (!free && (job->out_encoding || job->out_bom))
        return ta_say(
            "--out-%s is for CSV and XML: the output is %s, which is UTF-8 without a mark",
            job->out_encoding ? "encoding" : "bom", job->to);
    return TA_OK;
}

/* The envelope's file: its suffix. */
static ta_status settle_envelope(const ta_job *job) {
    const char *file = job->envelope;
    if (!file)
        return TA_OK;
    if (!job->records)
        return ta_say("--envelope needs --records PATH: the list that it goes around");
    const char *slash = strrchr(file, '/'), *dot = strrchr(slash ? slash : file, '.');
    const ta_format *format = ta_format_of_name(file);
    if (dot && !format)
        return ta_say(
            "cannot tell the format of %s: the suffix of --envelope is json, yaml or xml",
            file);
    if (format && format->list_only)
        return ta_say("%s: the envelope is one document, no %s: name it .json, .yaml or .xml",
                      file, format->name);
    return TA_OK;
}

/* --tables: written where no other output was named, else read. */
static ta_status settle_tables(ta_job *job) {
    if (!job->tables)
        return TA_OK;
    job->to_tables = job->writes && !job->output && (!job->to || !strcmp(job->to, "csv"));
    if (!job->to_tables)
        return TA_OK;
    job->to = "csv";
    if (job->write.columns || job->out_map || job->write.dialect.no_header)
        return ta_say("--tables writes all columns under their own names: leave out "
                      "--columns, --out-map");
    return TA_OK;
}

/* --sort-key sorts a file, not several that are written as one list. */
ta_status ta_settings_check_sort(const ta_job *job) {
    if (!job->sort)
        return TA_OK;
    if (job->to_tables)
        return ta_say("--sort-key and --tables do not go together: leave one out");
    if (job->writes && job->input_count > 1 && !job->outputs)
        return ta_say("--sort-key sorts each input by itself: of several, name -o FOLDER/");
    return TA_OK;
}

ta_status ta_settings_finish(ta_settings *settings) {
    ta_job *job = &settings->job;
    job->reports = settings->reports;
    job->levels = settings->levels;
    apply_dialect(&job->read.dialect, settings->dialect);
    apply_dialect(&job->write.dialect, settings->out_dialect);
    job->normal.decimal = job->read.dialect.decimal;
    settle_terminal(settings);
    ta_status status = check_dialect(&job->read.dialect, "");
    if (status == TA_OK)
        status = check_dialect(&job->write.dialect, "out-");
    if (status == TA_OK)
        status = settle_tables(job);
    if (status == TA_OK && job->writes)
        status = settle_output(job);
    if (status == TA_OK && job->writes)
        status = settle_canonical(job);
    if (status == TA_OK && job->writes)
        status = settle_encoding(job);
    if (status == TA_OK)
        status = settle_envelope(job);
    if (status == TA_OK)
        status = ta_inputs_gather(settings);
    if (status == TA_OK && job->tables && !job->to_tables && job->input_count > 1)
        status = ta_say("--tables goes with one file of records: found %zu", job->input_count);
    if (status == TA_OK)
        status = ta_mirror_plan(settings);
    if (status == TA_OK)
        status = ta_settings_check_sort(job);
    if (status == TA_OK)
        status = ta_targets_check(job);
    if (status == TA_ERR_NOMEM)
        ta_say_nomem();
    return status;
}
