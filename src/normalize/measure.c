/* SPDX-License-Identifier: MIT */
/* A number in a text, with what stands around it. */
#include "normalize/measure.h"

static void skip_words(ta_scan *scan, ta_word_class of) {
    while (ta_scan_phrase(scan, of, NULL))
        ta_scan_near(scan, "'");
}

static bool take_currency(ta_scan *scan, ta_measure *out) {
    int letters;
    ta_scan next = *scan;
    skip_words(&next, TA_WORDS_OF);
    if (!ta_scan_phrase(&next, TA_WORDS_CURRENCY, &letters))
        return false;
    *scan = next;
    out->currency[0] = (char)('A' + letters / 676);
    out->currency[1] = (char)('A' + letters / 26 % 26);
    out->currency[2] = (char)('A' + letters % 26);
    return true;
}

/* "une soixantaine", "two dozen": about so many. */
static bool take_collective(ta_scan *scan, ta_figure *figure) {
    ta_scan next = *scan;
    int times = 1, size;
    if (!ta_scan_phrase(&next, TA_WORDS_ARTICLE, NULL))
        ta_scan_cardinal(&next, &times);
    if (times > 100 || !ta_scan_phrase(&next, TA_WORDS_COLLECTIVE, &size))
        return false;
    *scan = next;
    ta_figure_of_int(figure, times * size);
    return true;
}

/* The number alone. */
static bool take_number(ta_scan *scan, ta_measure *out, ta_figure *figure) {
    int value;
    if (ta_figure_take(scan, figure))
        return true;
    if (out->qualifier == TA_EXACTLY && take_collective(scan, figure)) {
        out->qualifier = TA_ABOUT;
        return true;
    }
    ta_scan article = *scan;
    bool is_article = ta_scan_phrase(&article, TA_WORDS_ARTICLE, NULL);
    if (!ta_scan_cardinal(scan, &value))
        return false;
    out->article = is_article && value == 1;
    ta_figure_of_int(figure, value);
    return true;
}

/* A small m is metres or millions: only money is in millions. True: it was one, and passed over
 * unless it multiplies. */
static bool take_letter(ta_scan *scan, const ta_measure *out, int *zeros) {
    const ta_token *token = ta_scan_peek(scan);
    ta_scan next = *scan;
    ta_measure behind = {0};
    if (token->kind != TA_TOKEN_WORD_KIND || ta_token_text(scan, token).data[0] != 'm' ||
        token->len != 1)
        return false;
    next.at++;
    if (!*out->currency && !take_currency(&next, &behind))
        return true;
    *zeros = 6;
    scan->at++;
    return true;
}

/* What multiplies the number; *zeros is -1 where nothing does. */
static bool take_scale(ta_scan *scan, ta_measure *out, int *zeros) {
    *zeros = -1;
    if (ta_scan_phrase(scan, TA_WORDS_SCALED_EURO, zeros)) {
        memcpy(out->currency, "EUR", 4);
        return true;
    }
    if (take_letter(scan, out, zeros) || ta_scan_phrase(scan, TA_WORDS_SCALE, zeros))
        return true;
    out->two_scales = ta_scan_phrase(scan, TA_WORDS_TWO_SCALES, NULL);
    return !out->two_scales;
}

static void take_sign(ta_scan *scan, ta_measure *out) {
    ta_scan next = *scan;
    ta_measure again = {0};
    out->percent |= ta_scan_phrase(scan, TA_WORDS_PERCENT, NULL);
    if (out->percent)
        return;
    if (!*out->currency)
        take_currency(scan, out);
    else if (take_currency(&next, &again) && !strcmp(again.currency, out->currency))
        *scan = next;
}

/* "1 500,–", "1'500.-": no cents. What stands before them is the decimal mark, so that another
 * mark groups. */
static void take_no_cents(ta_scan *scan, ta_figure *figure) {
    ta_scan next = *scan;
    char mark = ta_scan_near(&next, ",") ? ',' : '.';
    if ((mark == '.' && !ta_scan_near(&next, ".")) || !ta_scan_near(&next, "-"))
        return;
    *scan = next;
    if (figure->mark && figure->mark != mark)
        figure->shown = mark;
    figure->mark = 0;
}

/* One number with its multiplier and sign. */
static bool take_term(ta_scan *scan, ta_measure *out, ta_figure *figure, int *zeros) {
    if (!*out->currency)
        take_currency(scan, out);
    if (!take_number(scan, out, figure))
        return false;
    take_no_cents(scan, figure);
    if (!take_scale(scan, out, zeros))
        return false;
    take_sign(scan, out);
    return true;
}

/* Marks that were decided do not move where the number is multiplied: settling comes first, so
 * that the zeros are only noted here. */
typedef struct measure_zeros {
    int low, high;
} measure_zeros;

/* "20 à 25 %", "15-20 millions", "between 3 and 4": the first takes the other's multiplier. */
static bool take_high(ta_scan *scan, ta_measure *out, bool opened, measure_zeros *zeros) {
    ta_scan next = *scan;
    int high;
    if (!ta_scan_mark(&next, "-") && !ta_scan_phrase(&next, TA_WORDS_TO, NULL) &&
        !(opened && ta_scan_phrase(&next, TA_WORDS_BOTH, NULL)))
        return !opened;
    if (out->qualifier != TA_EXACTLY || !take_term(&next, out, &out->high, &high))
        return !opened;
    *scan = next;
    out->qualifier = TA_RANGE;
    zeros->high = high;
    if (zeros->low < 0)
        zeros->low = high;
    return true;
}

static void take_whole(ta_scan *scan, ta_measure *out) {
    ta_scan next = *scan;
    if (out->qualifier == TA_RANGE || !ta_scan_phrase(&next, TA_WORDS_OUT_OF, NULL) ||
        !take_number(&next, out, &out->out_of))
        return;
    out->has_out_of = true;
    *scan = next;
}

/* Where the footnote stars at the end begin. */
static uint32_t find_stars(const ta_tokens *tokens) {
    uint32_t end = tokens->count;
    while (end && tokens->items[end - 1].kind == TA_TOKEN_MARK &&
           !strcmp(tokens->items[end - 1].word, "*"))
        end--;
    return end;
}

/* What is counted, until "par an" or the end: words, no digits. */
static bool take_rest(ta_scan *scan, ta_measure *out) {
    uint32_t end = find_stars(scan->tokens);
    ta_scan of = *scan;
    skip_words(&of, TA_WORDS_OF);
    if (ta_scan_phrase(scan, TA_WORDS_PER, &out->per) && scan->at >= end)
        return true;
    uint32_t first = of.at;
    for (uint32_t at = first; at < end; at++) {
        const ta_token *token = &scan->tokens->items[at];
        ta_scan per = {scan->tokens, at};
        if (at > first && ta_scan_phrase(&per, TA_WORDS_PER, &out->per) && per.at >= end)
            return true;
        out->per = 0;
        if (token->kind == TA_TOKEN_DIGITS)
            return false;
        if (at == first)
            out->unit_start = token->start;
        out->unit_end = token->start + token->len;
    }
    return true;
}

/* Whether a word stands in what is counted: a stray mark is no unit. */
static bool is_unit(const ta_measure *measure, const ta_tokens *tokens) {
    for (uint32_t i = 0; i < tokens->count && measure->unit_end > 0; i++)
        if (tokens->items[i].start == measure->unit_start)
            return tokens->items[i].kind == TA_TOKEN_WORD_KIND;
    return true;
}

/* "entre 20 et 25": the words only count where they open a range. */
static bool take_opening(ta_scan *scan, ta_measure *out) {
    int qualifier;
    if (ta_scan_phrase(scan, TA_WORDS_QUALIFIER, &qualifier)) {
        out->qualifier = (ta_qualifier)qualifier;
        return false;
    }
    return ta_scan_phrase(scan, TA_WORDS_FROM, NULL);
}

/* Notes the zeros in the figures; they are applied when the marks are settled. */
static bool scale_figure(ta_figure *figure, int zeros) {
    char mark = figure->mark;
    if (zeros <= 0)
        return true;
    if (!mark)
        return ta_figure_scale(figure, zeros);
    figure->decimals -= zeros;
    return true;
}

bool ta_measure_read(const ta_normal_value *value, ta_measure *out) {
    ta_tokens tokens;
    measure_zeros zeros;
    int after;
    *out = (ta_measure){0};
    if (!ta_tokens_read(value->text, &tokens))
        return false;
    ta_scan scan = {&tokens, 0};
    bool opened = take_opening(&scan, out);
    if (!take_term(&scan, out, &out->value, &zeros.low) ||
        !take_high(&scan, out, opened, &zeros))
        return false;
    take_whole(&scan, out);
    if (out->qualifier == TA_EXACTLY && ta_scan_phrase(&scan, TA_WORDS_AFTER_NUMBER, &after))
        out->qualifier = (ta_qualifier)after;
    if (!take_rest(&scan, out) || !is_unit(out, &tokens))
        return false;
    if (out->article && out->unit_end > out->unit_start)
        return false;
    return scale_figure(&out->value, zeros.low) &&
           (out->qualifier != TA_RANGE || scale_figure(&out->high, zeros.high));
}
