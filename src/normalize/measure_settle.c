/* SPDX-License-Identifier: MIT */
/*
 * 1.500: what the column's other values, the options or the schema say that it is. Never which
 * is more usual.
 */
#include "normalize/measure.h"
#include "normalize/plain.h"
#include "normalize/witness.h"

/* The decimal mark that a figure shows; both marks only where figures contradict each other. */
static void note_figure(const ta_figure *figure, ta_evidence *evidence) {
    evidence->comma_decimal.count += figure->shown == ',';
    evidence->point_decimal.count += figure->shown == '.';
}

bool ta_measure_is_plain(const ta_normal_value *value) {
    const char *at = value->text.data, *end = at + value->text.len, *point = NULL;
    if (value->kind != TA_NUMBER)
        return false;
    bool whole = value->options->decimal || value->shape->integer;
    if (value->typed || (whole ? ta_plain_digits : ta_plain_number)(value->text))
        return true;
    for (; at < end; at++) {
        if ((*at | 32) == 'e')
            return true;
        if (*at == '.')
            point = at;
    }
    if (whole)
        return !point;
    const char *digits = value->text.data + (*value->text.data == '-');
    return !point || point - digits > 3 || *digits == '0' || end - point != 4;
}

void ta_measure_observe(const ta_normal_value *value, ta_evidence *evidence) {
    ta_measure measure;
    if (value->typed && value->kind == TA_NUMBER)
        return;
    if (ta_measure_is_plain(value)) {
        evidence->point_decimal.count += memchr(value->text.data, '.', value->text.len) != NULL;
        return;
    }
    if (!ta_measure_read(value, &measure))
        return;
    note_figure(&measure.value, evidence);
    note_figure(&measure.high, evidence);
}

/* Refuses what cannot be decided; else *mark is the decimal mark and the detail says why. */
static bool decide_mark(const ta_normal_value *value, char written, char *mark,
                        ta_normal_result *result) {
    *mark = value->options->decimal;
    if (*mark)
        return true;
    if (value->shape->integer) {
        *mark = written == '.' ? ',' : '.';
        ta_buf_puts(&result->detail, "the schema wants a whole number");
        return true;
    }
    const ta_evidence *evidence = ta_normal_evidence(value);
    bool comma =
        evidence && ta_witness_decides(&evidence->comma_decimal, &evidence->point_decimal);
    bool point =
        evidence && ta_witness_decides(&evidence->point_decimal, &evidence->comma_decimal);
    if (comma == point) {
        ta_buf_printf(&result->detail,
                      "\"%c\" before the decimals or the thousands: ", written);
        ta_witness_conflict(value, evidence ? &evidence->comma_decimal : NULL,
                            evidence ? &evidence->point_decimal : NULL, "--decimal decides",
                            &result->detail);
        return false;
    }
    *mark = comma ? ',' : '.';
    ta_buf_printf(&result->detail, "the decimal mark is a %s", comma ? "comma" : "point");
    ta_witness_put(value, comma ? &evidence->comma_decimal : &evidence->point_decimal,
                   &result->detail);
    return true;
}

static bool settle_marks(const ta_normal_value *value, ta_measure *measure,
                         ta_normal_result *result) {
    char mark = 0;
    char written = measure->value.mark  ? measure->value.mark
                   : measure->high.mark ? measure->high.mark
                                        : measure->out_of.mark;
    if (!written)
        return true;
    /* What one end of a range shows, the other has too. */
    if (measure->qualifier == TA_RANGE)
        mark = measure->value.shown ? measure->value.shown : measure->high.shown;
    if (!mark && !decide_mark(value, written, &mark, result))
        return false;
    ta_figure_settle(&measure->value, mark);
    ta_figure_settle(&measure->high, mark);
    ta_figure_settle(&measure->out_of, mark);
    return true;
}

static ta_verdict refuse_unclear(const ta_measure_codes *codes, const ta_measure *measure,
                                 ta_normal_result *result) {
    return ta_normal_refuse(result, codes->unclear,
                            measure->two_scales
                                ? "a thousand millions in English, a million millions elsewhere"
                                : "");
}

bool ta_measure_settle(const ta_normal_value *value, const ta_measure_codes *codes,
                       ta_measure *out, ta_normal_result *result, ta_verdict *verdict) {
    *verdict = TA_NORMAL_REFUSED;
    if (!ta_measure_read(value, out)) {
        *verdict = refuse_unclear(codes, out, result);
        return false;
    }
    if (!settle_marks(value, out, result)) {
        result->code = codes->ambiguous;
        return false;
    }
    if (!ta_figure_scale(&out->value, 0) ||
        (out->qualifier == TA_RANGE &&
         (!ta_figure_scale(&out->high, 0) || !ta_figure_in_order(&out->value, &out->high)))) {
        result->detail.len = 0;
        *verdict = refuse_unclear(codes, out, result);
        return false;
    }
    return true;
}
