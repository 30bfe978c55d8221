/* SPDX-License-Identifier: MIT */
/*
 * What a number in a text says: "près de 15 millions d'euros par an" is about how much, in
 * what, how often, how surely. The rules number, amount, percent, fraction and quantity take it
 * apart in the same way and differ in what they have a place for. Private to src/normalize.
 */
#ifndef TA_NORMALIZE_MEASURE_H
#define TA_NORMALIZE_MEASURE_H

#include "normalize/figure.h"
#include "normalize/lexicon.h"
#include "normalize/rule.h"

typedef struct ta_measure {
    ta_figure value; /* of a range: its lower end */
    ta_figure high;  /* of a range */
    ta_figure out_of;
    ta_qualifier qualifier;
    char currency[4]; /* "": none */
    bool has_out_of, percent;
    bool article;                  /* un, eine: one, or no number at all */
    int per;                       /* 1: year, 2: month, 0: neither */
    uint32_t unit_start, unit_end; /* what is counted: bytes in the text; equal: nothing */
    bool two_scales; /* "billion", which is 10^9 or 10^12: nothing else was read */
} ta_measure;

/* False: the text does not say that, or not only that. */
bool ta_measure_read(const ta_normal_value *value, ta_measure *out);

/* The codes of a rule's findings. */
typedef struct ta_measure_codes {
    ta_code form, ambiguous, unclear, place;
} ta_measure_codes;

/*
 * Reads and decides by the column what 1.500 is, else refuses; *verdict is then what the rule
 * says. True: go on with the measure.
 */
bool ta_measure_settle(const ta_normal_value *value, const ta_measure_codes *codes,
                       ta_measure *out, ta_normal_result *result, ta_verdict *verdict);

/* Whether a number as read is certain: that of a typed format, or one that no group of three
 * digits makes doubtful. */
bool ta_measure_is_plain(const ta_normal_value *value);

/* The places that hold more than a number: members value or amount, min, max, qualifier,
 * currency, per, outOf, unit, raw. */
ta_verdict ta_measure_to_object(const ta_normal_value *value, const ta_measure *measure,
                                const ta_measure_codes *codes, ta_normal_result *result);
/* A plain number, where nothing is said beside it that would be lost. */
ta_verdict ta_measure_to_number(const ta_normal_value *value, const ta_measure *measure,
                                const ta_measure_codes *codes, ta_normal_result *result);

/* Whether the place wants an object. */
bool ta_normal_wants_object(const ta_normal_value *value);
/* A part of the kind that the place's member has; "raw": the text as written. */
void ta_normal_part_text(const ta_normal_value *value, ta_normal_result *result,
                         const char *name, const char *text, size_t len);
bool ta_normal_has_part(const ta_normal_value *value, const char *name);

#endif
