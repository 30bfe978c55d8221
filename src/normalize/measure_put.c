/* SPDX-License-Identifier: MIT */
/*
 * From a measure to what the place holds: a number, or an object with members for each thing
 * that was said. What has no place is not dropped: the value is refused.
 */
#include "normalize/measure.h"

static const char *const qualifier_names[] = {
    "", "about", "nearly", "moreThan", "lessThan", "atLeast", "atMost", "upTo", "range"};

bool ta_normal_wants_object(const ta_normal_value *value) {
    return (value->shape->types & TA_TYPE_OBJECT) != 0;
}

bool ta_normal_has_part(const ta_normal_value *value, const char *name) {
    return ta_shape_named(value->shape, name, (uint32_t)strlen(name)) != NULL;
}

void ta_normal_part_text(const ta_normal_value *value, ta_normal_result *result,
                         const char *name, const char *text, size_t len) {
    const ta_shape *shape = ta_shape_named(value->shape, name, (uint32_t)strlen(name));
    size_t start = result->text.len;
    if (!shape)
        return;
    ta_buf_put(&result->text, text, len);
    ta_normal_part_put(result, name, TA_TEXT, start);
}

static void put_figure(const ta_normal_value *value, ta_normal_result *result, const char *name,
                       const ta_figure *figure) {
    const ta_shape *shape = ta_shape_named(value->shape, name, (uint32_t)strlen(name));
    size_t start = result->text.len;
    ta_figure_put(figure, &result->text);
    bool is_text = shape && !(shape->types & TA_TYPE_NUMBER) && shape->types & TA_TYPE_STRING;
    ta_normal_part_put(result, name, is_text ? TA_TEXT : TA_NUMBER, start);
}

static const char *value_name(const ta_normal_value *value) {
    return ta_normal_has_part(value, "value") ? "value" : "amount";
}

/* A member that what was said needs, and the schema does not have; NULL: there is none. */
static const char *find_missing(const ta_normal_value *value, const ta_measure *measure) {
    bool range = measure->qualifier == TA_RANGE;
    bool unit = measure->percent || measure->unit_end > measure->unit_start;
    const struct {
        const char *name;
        bool needed;
    } rows[] = {{value_name(value), !range},
                {"min", range},
                {"max", range},
                {"qualifier", measure->qualifier != TA_EXACTLY && !range},
                {"currency", *measure->currency != 0},
                {"per", measure->per != 0},
                {"outOf", measure->has_out_of},
                {ta_normal_has_part(value, "raw") && !measure->percent ? "raw" : "unit", unit}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].needed && !ta_normal_has_part(value, rows[i].name))
            return rows[i].name;
    return NULL;
}

/* Times in English, as percent; other units as they were written. */
static void put_unit(const ta_normal_value *value, const ta_measure *measure,
                     ta_normal_result *result) {
    static const char *const names[] = {"days", "weeks", "months", "years"};
    ta_text unit = {value->text.data + measure->unit_start,
                    measure->unit_end - measure->unit_start};
    ta_tokens tokens;
    ta_scan scan = {&tokens, 0};
    int size;
    if (measure->percent)
        unit = (ta_text){"percent", 7};
    else if (ta_tokens_read(unit, &tokens) &&
             ta_scan_phrase(&scan, TA_WORDS_TIME_UNIT, &size) && ta_scan_at_end(&scan)) {
        unit.data = names[size == 1 ? 0 : size == 7 ? 1 : size == 100 ? 2 : 3];
        unit.len = strlen(unit.data);
    }
    if (!unit.len || !ta_normal_has_part(value, "unit"))
        return;
    size_t start = result->text.len;
    ta_normal_clean(unit, &result->text);
    ta_normal_part_put(result, "unit", TA_TEXT, start);
}

static void put_numbers(const ta_normal_value *value, const ta_measure *measure,
                        ta_normal_result *result) {
    if (measure->qualifier == TA_RANGE) {
        put_figure(value, result, "min", &measure->value);
        put_figure(value, result, "max", &measure->high);
    } else {
        put_figure(value, result, value_name(value), &measure->value);
    }
    if (measure->has_out_of)
        put_figure(value, result, "outOf", &measure->out_of);
}

ta_verdict ta_measure_to_object(const ta_normal_value *value, const ta_measure *measure,
                                const ta_measure_codes *codes, ta_normal_result *result) {
    const char *missing = find_missing(value, measure);
    const char *qualifier = qualifier_names[measure->qualifier];
    if (missing) {
        ta_buf_printf(&result->detail, "the schema has no member %s here", missing);
        result->code = codes->place;
        return TA_NORMAL_REFUSED;
    }
    put_numbers(value, measure, result);
    if (*measure->currency)
        ta_normal_part_text(value, result, "currency", measure->currency, 3);
    if (*qualifier)
        ta_normal_part_text(value, result, "qualifier", qualifier, strlen(qualifier));
    if (measure->per)
        ta_normal_part_text(value, result, "per", measure->per == 1 ? "year" : "month",
                            measure->per == 1 ? 4 : 5);
    put_unit(value, measure, result);
    ta_normal_part_text(value, result, "raw", value->text.data, value->text.len);
    result->kind = TA_OBJECT;
    result->code = codes->form;
    return TA_NORMAL_CHANGED;
}

/* Why a plain number would be less than what was said; NULL: it is all of it. */
static const char *find_excess(const ta_measure *measure) {
    if (measure->qualifier == TA_RANGE)
        return "a range, where the schema wants one number";
    if (measure->qualifier != TA_EXACTLY)
        return "not exact, and the schema wants a plain number";
    if (measure->has_out_of)
        return "a part of a whole, and the schema wants a plain number";
    if (measure->percent)
        return "a percentage, and the schema wants a plain number";
    if (*measure->currency)
        return "money, which x-normalize: amount is for";
    if (measure->per)
        return "by the year or month, which a plain number cannot say";
    if (measure->unit_end > measure->unit_start)
        return "words beside the number have no place";
    return NULL;
}

ta_verdict ta_measure_to_number(const ta_normal_value *value, const ta_measure *measure,
                                const ta_measure_codes *codes, ta_normal_result *result) {
    const char *excess = find_excess(measure);
    if (excess)
        return ta_normal_refuse(result, codes->place, excess);
    ta_figure_put(&measure->value, &result->text);
    ta_verdict verdict = ta_normal_to(
        value, result, value->shape->types & TA_TYPE_NUMBER ? TA_NUMBER : TA_TEXT, codes->form);
    return verdict;
}
