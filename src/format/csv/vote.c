/* SPDX-License-Identifier: MIT */
/*
 * What the first rows show of each column that may hold numbers: a column is typed as a whole.
 * Under --infer one that has 01000 holds codes, and 75001 in it is text too. Then the decimal
 * sign. 1.500 alone shows nothing; 1.079,41 and 85,00 do. Where nothing
 * shows it, the sign is the point, as in RFC 4180's own country; but where cells stand between
 * semicolons, as people with a decimal comma write them, the column stays open.
 */
#include <stdlib.h>

#include "format/csv/sample.h"

/* Of one step. */
typedef struct csv_votes {
    uint32_t points, commas; /* cells that show the sign to be the decimal one */
    uint32_t codes;          /* digits with a zero in front */
} csv_votes;

typedef struct csv_ballot {
    ta_csv_visit visit;
    const ta_csv_reader *reader;
    csv_votes *votes;
} csv_ballot;

/* Whether the numbers of this step are still to be found out. */
static bool is_open(const ta_csv_reader *r, const ta_csv_step *step) {
    return step->is_leaf && step->types & TA_TYPE_NUMBER && !step->signs.decimal &&
           !r->in->options->dialect.decimal;
}

/* Whether the types of this step are nothing but what its cells look like. */
static bool is_inferred(const ta_csv_reader *r, const ta_csv_step *step) {
    return step->is_leaf && !r->in->shape && r->in->options->infer;
}

static void vote(csv_votes *votes, ta_text text) {
    ta_csv_signs shown;
    votes->codes += ta_csv_looks_coded(text.data, text.len);
    switch (ta_csv_read_signs(text.data, text.len, &shown)) {
    case TA_CSV_SHOWS_SIGNS:
        votes->points += shown.decimal == '.';
        votes->commas += shown.decimal == ',';
        break;
    case TA_CSV_SHOWS_EITHER:
    case TA_CSV_SHOWS_NOTHING:
        break;
    }
}

static void vote_row(ta_csv_visit *visit, const ta_csv_scanner *scan, const char *row) {
    const csv_ballot *ballot = (const csv_ballot *)visit;
    const ta_csv_reader *r = ballot->reader;
    for (uint32_t i = 0; i < r->step_count; i++) {
        const ta_csv_step *step = &r->steps[i];
        if (!(is_open(r, step) || is_inferred(r, step)) || step->column >= scan->count)
            continue;
        const ta_csv_cell *cell = &scan->cells[step->column];
        bool quoted = cell->flags & TA_CSV_QUOTED;
        bool is_text = quoted && step->types & TA_TYPE_STRING && r->quotes_mean;
        if (!is_text && !(cell->flags & TA_CSV_ESCAPED))
            vote(&ballot->votes[i], ta_csv_content(scan, row, cell, NULL));
    }
}

static void settle_codes(const ta_csv_reader *r, const csv_votes *votes) {
    for (uint32_t i = 0; i < r->step_count; i++)
        if (votes[i].codes && is_inferred(r, &r->steps[i]))
            r->steps[i].types &= (uint8_t)~TA_TYPE_NUMBER;
}

/* What the votes come to, and how many cells of all agree. */
static void settle_votes(ta_csv_reader *r, const csv_votes *votes, ta_buf *said) {
    uint64_t commas = 0, all = 0;
    for (uint32_t i = 0; i < r->step_count; i++) {
        const csv_votes *v = &votes[i];
        ta_csv_signs *signs = &r->steps[i].signs;
        if (!is_open(r, &r->steps[i]))
            continue;
        bool comma = v->commas > v->points;
        signs->decimal = comma ? ',' : '.';
        bool shown = v->commas || v->points;
        if (shown && !signs->group)
            signs->group = comma ? '.' : ',';
        signs->open = !shown && r->scan.delimiter == ';';
        commas += comma ? v->commas : 0;
        all += comma ? v->commas + v->points : 0;
    }
    if (commas)
        ta_buf_printf(said, "decimal comma (%llu of %llu cells)", (unsigned long long)commas,
                      (unsigned long long)all);
}

ta_status ta_csv_vote(ta_csv_reader *r, size_t at, size_t len, ta_buf *said) {
    bool any = false;
    for (uint32_t i = 0; i < r->step_count; i++)
        any |= is_open(r, &r->steps[i]) || is_inferred(r, &r->steps[i]);
    if (!any)
        return TA_OK;
    csv_votes *votes = calloc(r->step_count, sizeof *votes);
    csv_ballot ballot = {{vote_row}, r, votes};
    ta_status status = votes ? ta_csv_visit_rows(r, at, len, &ballot.visit) : TA_ERR_NOMEM;
    if (status == TA_OK) {
        settle_codes(r, votes);
        settle_votes(r, votes, said);
    }
    free(votes);
    return status == TA_OK && said->failed ? TA_ERR_NOMEM : status;
}
