/* SPDX-License-Identifier: MIT */
/*
 * Two passes or more. In the first each file is read once, and of each record a hash is kept
 * (compare/edition.h). They are matched in memory; files that are the same are done then. Else
 * both are read again, so that differences are told with the values and their places
 * (compare/editions.h): memory does not grow with the records' size.
 */
#include "flow/diff.h"

#include <inttypes.h>

#include "compare/editions.h"
#include "flow/key.h"
#include "schema/words.h"

enum { OLD, NEW };

typedef struct diff_run {
    ta_reader reader;
    ta_edition editions[2];
    ta_editions both;
    ta_record_key named;
    ta_key_paths key;
    bool by_order; /* there is no key, or no record has the schema's */
} diff_run;

static ta_status open_diff(diff_run *run, const ta_job *job) {
    ta_status status = ta_reader_open(&run->reader, job);
    if (status == TA_OK)
        status = ta_reader_spool(&run->reader, 0, 2);
    if (status == TA_OK)
        status = ta_record_key_find(&run->named, &run->reader);
    run->key = (ta_key_paths){run->named.paths, run->named.names, run->named.count};
    ta_keys_pin(&run->reader.keys);
    for (int i = OLD; i <= NEW; i++)
        run->editions[i].file = job->inputs[i];
    return status;
}

/* Reads an input through a stage, which is dropped. */
static ta_status read_edition(diff_run *run, size_t i, ta_finder *finder, ta_stage *stage) {
    uint64_t records;
    if (!stage)
        return TA_ERR_NOMEM;
    ta_status status = ta_reader_read(&run->reader, i, finder, NULL, stage, &records);
    ta_stage_drop(stage);
    ta_reader_clear_progress(&run->reader);
    return status == TA_STOP ? TA_OK : status;
}

static ta_status survey_editions(diff_run *run) {
    ta_status status = TA_OK;
    for (size_t i = OLD; i <= NEW; i++) {
        ta_status read = read_edition(run, i, &run->reader.hub.finder,
                                      ta_edition_stage_new(&run->editions[i], &run->key));
        status = read > status ? read : status;
    }
    /* Data that cannot be read cannot be compared. */
    return status == TA_ERR_INPUT ? TA_ERR_USAGE : status;
}

/* A key that no record has is a slip of the pen; the schema's may just not be in use. */
static ta_status settle_key(diff_run *run) {
    const ta_edition *old = &run->editions[OLD], *new = &run->editions[NEW];
    bool documents = old->form == TA_FORM_DOCUMENT && new->form == TA_FORM_DOCUMENT;
    for (int i = OLD; i <= NEW && run->reader.job->key && !documents; i++)
        if (run->editions[i].count && !run->editions[i].keyed) {
            ta_find(&run->reader.hub.finder,
                    &(ta_finding){.code = TA_F_DIFF_KEY_NONE,
                                  .place = {.file = run->editions[i].file},
                                  .name = ta_buf_text(&run->named.words)});
            return TA_ERR_USAGE;
        }
    run->by_order = documents || !run->key.count || !old->keyed || !new->keyed;
    if (run->by_order)
        run->key.count = 0;
    return TA_OK;
}

static ta_status match_editions(diff_run *run) {
    ta_edition *old = &run->editions[OLD], *new = &run->editions[NEW];
    if (old->form != new->form)
        ta_find(
            &run->reader.hub.finder,
            &(ta_finding){.code = TA_F_DIFF_SHAPE,
                          .place = {.file = new->file},
                          .found = new->form == TA_FORM_LIST ? "a list" : "one document",
                          .name = old->file,
                          .expected = old->form == TA_FORM_LIST ? "a list" : "one document"});
    bool ok = (run->by_order ? ta_align_order : ta_align_keys)(old->entries, old->count,
                                                               new->entries, new->count);
    return ok ? TA_OK : TA_ERR_NOMEM;
}

/* A file that was readable before has been changed since. */
static ta_status check_again(diff_run *run, ta_status status, int i) {
    if (status == TA_ERR_INPUT)
        ta_find(&run->reader.hub.finder,
                &(ta_finding){.code = TA_F_IO_READ,
                              .place = {.file = run->editions[i].file},
                              .found = "the file was changed while it was compared"});
    return status == TA_ERR_INPUT ? TA_ERR_IO : status;
}

static ta_status tell_differences(diff_run *run) {
    ta_finder silent;
    ta_status status;
    ta_reader_silence(&run->reader, &silent);
    do {
        status = read_edition(run, OLD, &silent, ta_editions_old_new(&run->both));
        status = check_again(run, status, OLD);
        if (status == TA_OK)
            status = check_again(
                run, read_edition(run, NEW, &silent, ta_editions_new_new(&run->both)), NEW);
        run->reader.keys.keep = false;
    } while (ta_editions_turn(&run->both) && status == TA_OK);
    const ta_values *values = &run->both.values;
    char count[TA_SAY_COUNT];
    if (values->untyped_count)
        ta_find(&run->reader.hub.finder,
                &(ta_finding){.code = TA_F_DIFF_UNTYPED,
                              .place = values->untyped_first,
                              .found = ta_say_count(values->untyped_count, "value differs",
                                                    "values differ", count),
                              .path = ta_buf_text(&run->both.values.untyped_path),
                              .count = values->untyped});
    return status;
}

static ta_status compare_editions(diff_run *run) {
    ta_edition *old = &run->editions[OLD], *new = &run->editions[NEW];
    ta_status status = survey_editions(run);
    if (status == TA_OK)
        status = settle_key(run);
    if (status == TA_OK)
        status = match_editions(run);
    bool typed = run->reader.job->schema || run->reader.job->read.infer;
    run->both = (ta_editions){.old = old,
                              .new = new,
                              .key = &run->key,
                              .finder = &run->reader.hub.finder,
                              .values = {.finder = &run->reader.hub.finder,
                                         .untyped = typed || old->untyped == new->untyped
                                                        ? TA_UNTYPED_NONE
                                                    : old->untyped ? TA_UNTYPED_OLD
                                                                   : TA_UNTYPED_NEW}};
    if (status != TA_OK || ta_editions_are_same(&run->both))
        return status;
    return tell_differences(run);
}

/* A count and its word; `start` is where the first one stands. */
static void put_count(ta_buf *out, size_t start, uint64_t count, const char *word) {
    if (count)
        ta_buf_printf(out, "%s%" PRIu64 " %s", out->len > start ? ", " : "", count, word);
}

/* "2 joined, 1 left, 5 changed, 160 the same; matched by id" */
static void put_counts(diff_run *run, ta_buf *out) {
    const ta_edition *new = &run->editions[NEW];
    const ta_editions *both = &run->both;
    uint64_t kept = new->count - both->joined;
    size_t start = out->len;
    put_count(out, start, both->joined, "joined");
    put_count(out, start, both->left, "left");
    put_count(out, start, both->changed, "changed");
    put_count(out, start, kept - both->changed, "the same");
    ta_buf_puts(out, out->len == start ? "no records" : "");
    if (!run->by_order)
        ta_buf_printf(out, "; matched by %s", ta_buf_text(&run->named.words));
    else if (new->form == TA_FORM_LIST)
        ta_buf_puts(out, "; matched by order");
}

/* "b.csv against a.csv: ..." */
static void sum_up_diff(diff_run *run, ta_status status) {
    const ta_edition *old = &run->editions[OLD], *new = &run->editions[NEW];
    ta_buf words = {0};
    ta_buf_printf(&words, "%s against %s: ", new->file, old->file);
    if (status == TA_OK)
        put_counts(run, &words);
    else
        ta_buf_puts(&words, "not compared");
    const ta_finder *finder = &run->reader.hub.finder;
    ta_summary summary = {.file = new->file,
                          .records = old->count + new->count,
                          .errors = finder->errors,
                          .warnings = finder->warnings,
                          .notes = finder->notes,
                          .schema = run->reader.job->schema,
                          .words = ta_buf_text(&words),
                          .status = status};
    ta_hub_input_end(&run->reader.hub, &summary);
    ta_buf_fini(&words);
}

int ta_diff_run(const ta_job *job) {
    diff_run run = {.by_order = false};
    ta_status status = open_diff(&run, job);
    bool opened = status == TA_OK;
    if (opened)
        status = compare_editions(&run);
    ta_hub_status(&run.reader.hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    if (opened)
        sum_up_diff(&run, status);
    ta_editions_fini(&run.both);
    for (int i = OLD; i <= NEW; i++)
        ta_edition_fini(&run.editions[i]);
    ta_record_key_fini(&run.named);
    return ta_reader_close(&run.reader);
}
