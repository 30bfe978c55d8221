/* SPDX-License-Identifier: MIT */
#include "flow/rejects.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static void note_status(ta_rejects *r, ta_status status) {
    if (r->status == TA_OK && status != TA_STOP)
        r->status = status;
}

/* The next bytes of the second reading, and how many. 0: none are left, or it failed. */
static size_t peek_bytes(ta_rejects *r, const char **data) {
    ta_window *window = &r->source.window;
    while (r->at >= window->offset + window->len) {
        ta_status status = ta_source_more(&r->source, window->len);
        if (status != TA_OK) {
            note_status(r, status);
            return 0;
        }
    }
    if (r->at < window->offset) /* a mark of the byte order */
        r->at = window->offset;
    size_t skip = (size_t)(r->at - window->offset);
    *data = window->data + skip;
    return window->len - skip;
}

/* Goes on to `to`, and copies what is passed or does not. */
static void pass_bytes(ta_rejects *r, uint64_t to, bool copy) {
    const char *data;
    while (r->at < to) {
        size_t len = peek_bytes(r, &data);
        if (!len)
            break;
        if (len > to - r->at)
            len = (size_t)(to - r->at);
        if (copy)
            ta_recoder_put(&r->recoder, data, len);
        r->at += len;
    }
}

static void open_rejects(ta_rejects *r) {
    ta_finder *finder = &r->reader->hub.finder;
    r->open = true;
    r->output = (ta_output){.fd = -1};
    ta_status status = ta_output_make_folders(r->name, finder) ? TA_OK : TA_ERR_IO;
    if (status == TA_OK)
        status = ta_output_open(&r->output, r->name, finder);
    note_status(r, status);
    note_status(r, ta_reader_open_again(r->reader, r->input, &r->source, r->declared));
    if (r->status == TA_OK)
        note_status(r, ta_recoder_open(&r->recoder, &r->output.sink, r->source.encoding));
    r->at = 0;
    if (r->status == TA_OK)
        pass_bytes(r, r->first, true);
}

/* A record, the one before it ended at `before`: what stands between them goes with it. */
static void set_aside(ta_rejects *r, uint64_t before, ta_span span) {
    if (r->status != TA_OK)
        return;
    bool first = !r->open;
    if (first)
        open_rejects(r);
    if (r->status != TA_OK)
        return;
    pass_bytes(r, before > r->at ? before : r->at, false);
    pass_bytes(r, span.start, !first);
    pass_bytes(r, span.end, true);
}

/* Takes note of a record, good or bad. */
static void meet_record(ta_rejects *r, ta_span span, bool bad) {
    uint64_t before = r->some ? r->last_end : span.start;
    if (!r->some)
        r->first = span.start;
    r->some = true;
    if (bad)
        set_aside(r, before, span);
    r->last_end = span.end;
}

/* A record that its reader could not read. */
static void take_left(void *to, uint64_t start, uint64_t end) {
    ta_rejects *r = to;
    r->left++;
    if (r->name)
        meet_record(r, (ta_span){start, end}, true);
    r->errors = r->reader->hub.finder.errors;
}

typedef struct sieve_stage {
    ta_stage stage;
    ta_rejects *rejects;
} sieve_stage;

static ta_status sieve_begin(ta_stage *stage, const ta_head *head) {
    ta_rejects *r = ((sieve_stage *)stage)->rejects;
    ta_status status = ta_stage_begin(stage->next, head);
    r->errors = r->reader->hub.finder.errors;
    return status;
}

static ta_status sieve_put(ta_stage *stage, ta_record *record) {
    ta_rejects *r = ((sieve_stage *)stage)->rejects;
    const ta_finder *finder = &r->reader->hub.finder;
    const ta_window *window = record->window;
    uint64_t start = window->offset + (uint64_t)(record->raw - window->data);
    bool bad = r->name && finder->errors != r->errors;
    r->pushed += bad;
    if (r->name)
        meet_record(r, (ta_span){start, start + record->raw_len}, bad);
    ta_status status = bad ? r->status : ta_stage_put(stage->next, record);
    r->errors = finder->errors;
    return status;
}

static ta_status sieve_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void sieve_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops sieve_ops = {"sieve",   TA_SCOPE_ORDERED, sieve_begin,
                                       sieve_put, sieve_end,        sieve_drop};

ta_stage *ta_sieve_new(ta_rejects *rejects, ta_stage *next) {
    sieve_stage *sieve = calloc(1, sizeof *sieve);
    if (!sieve)
        return NULL;
    *sieve = (sieve_stage){.stage = {&sieve_ops, next}, .rejects = rejects};
    return &sieve->stage;
}

/* The first error opens the file of the findings. */
static void hear_error(void *to, const ta_finding *finding) {
    ta_rejects *r = to;
    if (finding->level != TA_ERROR || r->status != TA_OK)
        return;
    if (!r->report) {
        ta_finder *finder = &r->reader->hub.finder;
        const char *name = ta_buf_text(&r->findings_name);
        r->reader->hub.aside = (ta_aside){NULL, NULL}; /* not for what is said of this file */
        ta_status status = r->findings_name.failed                 ? TA_ERR_NOMEM
                           : !ta_output_make_folders(name, finder) ? TA_ERR_IO
                                                                   : TA_OK;
        if (status == TA_OK)
            status = ta_output_open(&r->findings, name, finder);
        const ta_report_options options = {.all = true};
        if (status == TA_OK)
            r->report = ta_report_find("jsonl")->report_new(&r->findings.sink, &options);
        note_status(r, status != TA_OK ? status : r->report ? TA_OK : TA_ERR_NOMEM);
        r->reader->hub.aside = (ta_aside){hear_error, r};
    }
    if (r->report)
        r->report->form->finding(r->report, finding);
}

void ta_rejects_begin(ta_rejects *r, ta_reader *reader, size_t input, const char *name) {
    *r = (ta_rejects){.reader = reader, .input = input, .name = name};
    reader->left = (ta_left){take_left, r};
    if (!name)
        return;
    r->errors = reader->hub.finder.errors;
    r->findings = (ta_output){.fd = -1};
    ta_buf_printf(&r->findings_name, "%s.findings.jsonl", name);
    reader->hub.aside = (ta_aside){hear_error, r};
}

static void remove_stale(const char *name) {
    if (name)
        unlink(name);
}

static ta_status close_findings(ta_rejects *r, bool keep) {
    if (!r->report) {
        if (keep)
            remove_stale(ta_buf_text(&r->findings_name));
        return TA_OK;
    }
    r->report->form->close(r->report, NULL, 1);
    return ta_output_close(&r->findings, keep);
}

static ta_status refuse_lossy(ta_rejects *r) {
    ta_find(&r->reader->hub.finder,
            &(ta_finding){.code = TA_F_IO_WRITE,
                          .place = {.file = r->name},
                          .name = r->name,
                          .found = "the encoding of the input cannot write what it read"});
    return TA_ERR_IO;
}

ta_status ta_rejects_end(ta_rejects *r, bool keep) {
    r->reader->left = (ta_left){NULL, NULL};
    if (!r->name)
        return TA_OK;
    r->reader->hub.aside = (ta_aside){NULL, NULL};
    if (r->open && keep && r->status == TA_OK) {
        pass_bytes(r, r->last_end, false);
        pass_bytes(r, UINT64_MAX, true);
    }
    if (r->recoder.lossy)
        note_status(r, refuse_lossy(r));
    keep &= r->status == TA_OK;
    ta_status status = r->status, closed;
    if (r->open) {
        ta_recoder_close(&r->recoder);
        closed = ta_output_close(&r->output, keep);
        status = closed > status ? closed : status;
        ta_source_fini(&r->source);
    } else if (keep) {
        remove_stale(r->name);
    }
    closed = close_findings(r, keep);
    ta_buf_fini(&r->findings_name);
    r->name = NULL;
    status = closed > status ? closed : status;
    r->kept = keep && status == TA_OK;
    return status;
}
