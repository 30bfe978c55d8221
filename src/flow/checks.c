/* SPDX-License-Identifier: MIT */
#include "flow/checks.h"

#include <strings.h>

#include "lint/lint.h"

enum { LACKS_MAX = 3 }; /* missing operands that the summary names */

static bool is_xsd(const char *name) {
    size_t len = strlen(name);
    return len > 4 && !strcasecmp(name + len - 4, ".xsd");
}

/* Whether it is XML: read as data it would be a schema of unknown keywords, which all data
 * fits.
 */
static ta_status look_for_xml(const char *name, ta_library *library, bool *xml) {
    *xml = strpbrk(name, "./") && is_xsd(name);
    if (*xml || !strpbrk(name, "./")) /* built in */
        return TA_OK;
    const ta_document *document = library->loader.load(library->loader.to, name);
    *xml = document && !strcmp(document->record.head->format, "xml");
    return document ? TA_OK : TA_ERR_USAGE;
}

static ta_status refuse_xml(const char *name, ta_library *library) {
    ta_find(library->loader.finder,
            &(ta_finding){.code = TA_F_FORMAT_FOREIGN,
                          .place = {.file = name},
                          .found = "XML",
                          .expected = "rules are read from JSON and YAML"});
    return TA_ERR_USAGE;
}

static ta_status compile_schema(ta_checks *checks, int i, const char *name,
                                ta_library *library) {
    bool xml;
    ta_status status = look_for_xml(name, library, &xml);
    if (status != TA_OK)
        return status;
    ta_xsd_options options = {
        .finder = library->loader.finder, .map = ta_library_map, .to = library};
    if (xml)
        return i ? refuse_xml(name, library) : ta_xsd_load(name, &options, &checks->xsd);
    status = ta_schema_load(&library->loader, name, &checks->schemas[i]);
    if (status == TA_OK)
        status = ta_program_new(checks->schemas[i], &library->loader, &checks->programs[i]);
    return status;
}

/* A file's name; a bare word would be a built-in schema. */
static ta_status compile_rules(ta_checks *checks, const char *name, ta_library *library) {
    ta_buf file = {0};
    ta_buf_puts(&file, strpbrk(name, "./") ? "" : "./");
    ta_buf_puts(&file, name);
    ta_status status = file.failed ? TA_ERR_NOMEM : TA_OK;
    if (status == TA_OK)
        status = ta_library_load_rules(library, ta_buf_text(&file));
    if (status == TA_OK)
        status = compile_schema(checks, 1, ta_buf_text(&file), library);
    ta_buf_fini(&file);
    return status;
}

ta_status ta_checks_load(ta_checks *checks, const ta_job *job, ta_library *library) {
    ta_status status = TA_OK;
    if (!job->schema && job->require_schema) {
        ta_find(library->loader.finder, &(ta_finding){.code = TA_F_SCHEMA_NONE});
        return TA_ERR_USAGE;
    }
    if (job->schema)
        status = compile_schema(checks, 0, job->schema, library);
    if (status == TA_OK && job->rules)
        status = compile_rules(checks, job->rules, library);
    ta_keys_pin(library->loader.keys);
    checks->screens = status == TA_OK && checks->schemas[0] && !job->show_personal &&
                      ta_schema_has_personal(checks->schemas[0]);
    checks->screen = ta_personal_screen(checks->schemas[0]);
    return status;
}

const ta_screen *ta_checks_screen(const ta_checks *checks) {
    return checks->screens ? &checks->screen : NULL;
}

const ta_shape *ta_checks_shape(const ta_checks *checks) {
    return checks->programs[0] ? ta_program_record_shape(checks->programs[0]) : NULL;
}

ta_status ta_checks_put_lints(ta_finder *finder, ta_stage **chain) {
    return ta_lint_is_wanted(finder) ? ta_stage_prepend(ta_lint_new(finder), chain) : TA_OK;
}

/* The stages of one schema. */
static ta_status put_checks(ta_checks *checks, int i, ta_check_how how, ta_finder *finder,
                            ta_stage **chain) {
    const ta_program *program = checks->programs[i];
    checks->checks[i] = ta_check_new(program, finder, how, &checks->skips);
    ta_status status = ta_stage_prepend(checks->checks[i], chain);
    if (status == TA_OK && ta_list_words_are_needed(program, how)) {
        checks->words = ta_list_words_new(program, finder, how);
        status = ta_stage_prepend(checks->words, chain);
    }
    if (status == TA_OK && ta_list_check_is_needed(program)) {
        checks->lists[i] = ta_list_check_new(program, finder, &checks->skips);
        status = ta_stage_prepend(checks->lists[i], chain);
    }
    return status;
}

ta_status ta_checks_build(ta_checks *checks, const ta_job *job, ta_finder *finder,
                          ta_stage **chain) {
    ta_status status = job->writes ? TA_OK : ta_checks_put_lints(finder, chain);
    for (int i = TA_CHECKS_MAX - 1; i >= 0 && status == TA_OK; i--) {
        ta_check_how how = i ? TA_CHECK_RECORDS : job->whole ? TA_CHECK_WHOLE : TA_CHECK_ITEMS;
        if (checks->programs[i])
            status = put_checks(checks, i, how, finder, chain);
    }
    return status;
}

/* The missing operands that were named so far. */
typedef struct lacks_words {
    ta_buf *words;
    const char *named[LACKS_MAX];
    int count;
} lacks_words;

static void name_lack(lacks_words *lacks, const char *name) {
    for (int i = 0; i < lacks->count && i < LACKS_MAX; i++)
        if (!strcmp(lacks->named[i], name))
            return;
    if (lacks->count == LACKS_MAX)
        ta_buf_puts(lacks->words, " …");
    if (lacks->count++ >= LACKS_MAX)
        return;
    lacks->named[lacks->count - 1] = name;
    ta_buf_puts(lacks->words, lacks->count > 1 ? ", no " : "no ");
    ta_buf_puts(lacks->words, name);
}

static void sum_up_rules(const ta_rule_count *rules, size_t count, lacks_words *lacks,
                         ta_summary *summary) {
    summary->rules += count;
    for (size_t i = 0; i < count; i++) {
        const char *name = rules[i].lacks;
        summary->skipped += rules[i].skipped != 0;
        if (rules[i].skipped && name)
            name_lack(lacks, name + (*name == '.' && name[1]));
    }
}

void ta_checks_sum_up(ta_checks *checks, ta_summary *summary) {
    lacks_words lacks = {.words = &checks->lacks};
    checks->lacks.len = 0;
    for (int i = 0; i < TA_CHECKS_MAX; i++) {
        size_t count = 0, list_count = 0;
        const ta_rule_count *rules =
            checks->checks[i] ? ta_check_counts(checks->checks[i], &count) : NULL;
        sum_up_rules(rules, count, &lacks, summary);
        rules = checks->lists[i] ? ta_list_check_counts(checks->lists[i], &list_count) : NULL;
        sum_up_rules(rules, list_count, &lacks, summary);
    }
    summary->skipped_records = checks->skips.records;
    summary->lacks = ta_buf_text(&checks->lacks);
    summary->cut = checks->words ? ta_list_words_cut(checks->words) : NULL;
    summary->per_item = checks->checks[0] && ta_check_is_per_item(checks->checks[0]);
    checks->skips = (ta_skips){0, 0};
}

void ta_checks_fini(ta_checks *checks) {
    for (int i = 0; i < TA_CHECKS_MAX; i++) {
        ta_program_drop(checks->programs[i]);
        ta_schema_drop(checks->schemas[i]);
    }
    ta_xsd_drop(checks->xsd);
    ta_buf_fini(&checks->lacks);
}
