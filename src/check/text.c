/* SPDX-License-Identifier: MIT */
/*
 * minLength, maxLength, pattern, format (2020-12 validation, sections 6.3 and 7): one test.
 * Lengths are in code points. A format speaks only of what the pattern beside it let through.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "check/compile.h"
#include "check/format.h"
#include "check/pattern.h"
#include "schema/words.h"

typedef struct text_test {
    uint64_t least, most; /* code points */
    const ta_pattern *pattern;
    const ta_text_format *format;
    const char *words; /* the description; NULL */
} text_test;

static const void *enter_text(ta_compile *c, text_test **test) {
    const void *data = ta_compile_share(c, TA_SHARED_TEXT, sizeof **test, test);
    if (data) {
        (*test)->most = UINT64_MAX;
        (*test)->words = ta_compile_words(c, c->sub->node);
    }
    return data;
}

static const void *compile_min_length(ta_compile *c, const ta_node *value) {
    text_test *test;
    const void *data = enter_text(c, &test);
    if (test)
        ta_compile_count(c, value, "minLength", &test->least);
    return data;
}

static const void *compile_max_length(ta_compile *c, const ta_node *value) {
    text_test *test;
    const void *data = enter_text(c, &test);
    if (test)
        ta_compile_count(c, value, "maxLength", &test->most);
    return data;
}

static const void *compile_pattern(ta_compile *c, const ta_node *value) {
    text_test *test;
    if (value->kind != TA_TEXT)
        return ta_compile_fault(c, value, "pattern", "must be a text");
    const void *data = enter_text(c, &test);
    if (test)
        test->pattern =
            ta_compile_pattern(c, value, TA_PART_VALUE, ta_node_text(c->record, value));
    return data;
}

/* Formats are checked in our own schemas, and where the schema's language or --assert-formats
 * asks for it (2020-12 validation, section 7.2.1). */
static bool asserts_formats(const ta_compile *c) {
    const ta_resource *resource = c->sub->resource;
    return c->loader->schema.assert_formats ||
           resource->lexicon.vocabularies & TA_VOCABULARY_ASSERTION ||
           (resource->is_embedded && !c->is_metaschema);
}

static void say_format(ta_compile *c, const ta_node *value, ta_code code) {
    char *name = ta_compile_copy(c, ta_node_text(c->record, value));
    if (name)
        ta_find_at(c->loader->finder, c->record, value, TA_PART_VALUE,
                   &(ta_finding){.code = code, .name = name});
}

static const void *compile_format(ta_compile *c, const ta_node *value) {
    text_test *test;
    if (value->kind != TA_TEXT)
        return ta_compile_fault(c, value, "format", "must be a text");
    const ta_text_format *format = ta_text_format_find(ta_node_text(c->record, value));
    bool asserts = asserts_formats(c);
    if (!asserts) {
        if (!c->said_formats && format && !c->is_metaschema)
            say_format(c, value, TA_F_FORMAT_UNASSERTED);
        c->said_formats = c->said_formats || format;
        return NULL;
    }
    if (!format) {
        say_format(c, value, TA_F_FORMAT_NAME);
        return NULL;
    }
    const void *data = enter_text(c, &test);
    if (test)
        test->format = format;
    return data;
}

/* Whether the length is within the bounds; *length: in code points, where they had to be
 * counted. */
static bool has_length(const text_test *test, ta_text text, uint64_t *length) {
    *length = text.len;
    if (text.len <= test->most && (text.len + 3) / 4 >= test->least)
        return true;
    *length = ta_utf8_count(text.data, text.len);
    return *length >= test->least && *length <= test->most;
}

static bool refuse_length(ta_run *run, const text_test *test, const ta_node *node,
                          uint64_t length) {
    char expected[24], found[TA_SAY_COUNT];
    bool few = length < test->least;
    ta_code code = few ? TA_F_MIN_LENGTH : TA_F_MAX_LENGTH;
    if (!ta_run_tells(run, node, code))
        return false;
    snprintf(expected, sizeof expected, "%" PRIu64, few ? test->least : test->most);
    ta_say_count(length, "character", "characters", found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = code, .expected = expected, .found = found});
}

static bool refuse_text(ta_run *run, const text_test *test, const ta_node *node, ta_code code) {
    if (!ta_run_tells(run, node, code))
        return false;
    ta_run_reset_words(run);
    if (code == TA_F_PATTERN) {
        ta_text pattern = ta_pattern_text(test->pattern);
        ta_buf_put(&run->expected, pattern.data, pattern.len);
    } else {
        ta_buf_puts(&run->expected, test->format->words);
    }
    ta_say_value(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = code,
                                     .name = test->format ? test->format->name : NULL,
                                     .expected = ta_buf_text(&run->expected),
                                     .found = ta_buf_text(&run->found),
                                     .detail = test->words});
}

static bool run_text(ta_run *run, const void *data, const ta_node *node) {
    const text_test *test = data;
    ta_text text = ta_node_text(run->record, node);
    uint64_t length;
    bool ok = has_length(test, text, &length) || refuse_length(run, test, node, length);
    if (test->pattern && (ok || run->report)) {
        ta_found found = ta_pattern_find(run, test->pattern, text, node);
        if (found == TA_FOUND_NOT)
            return refuse_text(run, test, node, TA_F_PATTERN);
        if (found == TA_FOUND_TOO_HARD)
            return false;
    }
    if (test->format && (ok || run->report) && !test->format->holds(text))
        return refuse_text(run, test, node, TA_F_FORMAT);
    return ok;
}

const ta_keyword ta_keyword_min_length = {"minLength", compile_min_length, run_text,
                                          1 << TA_TEXT, false};
const ta_keyword ta_keyword_max_length = {"maxLength", compile_max_length, run_text,
                                          1 << TA_TEXT, false};
const ta_keyword ta_keyword_pattern = {"pattern", compile_pattern, run_text, 1 << TA_TEXT,
                                       false};
const ta_keyword ta_keyword_format = {"format", compile_format, run_text, 1 << TA_TEXT, false};
