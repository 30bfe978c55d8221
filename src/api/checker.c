/* SPDX-License-Identifier: MIT */
/* Compiled schemas, and how findings reach a caller. */
#include <stdlib.h>

#include "api/api.h"

static ta_severity severity_of(ta_level level) {
    return level == TA_ERROR     ? TA_SEVERITY_ERROR
           : level == TA_WARNING ? TA_SEVERITY_WARNING
                                 : TA_SEVERITY_NOTE;
}

void ta_listener_hear(void *to, const ta_finding *finding) {
    ta_listener *listener = to;
    const ta_place *place = &finding->place;
    ta_buf message = {0};
    if (!listener->issue)
        return;
    ta_finding_message(finding, &message);
    listener->no_memory |= message.failed || finding->code == TA_F_IO_MEMORY;
    ta_issue issue = {.code = ta_codes[finding->code].code,
                      .severity = severity_of(finding->level),
                      .message =
                          message.failed ? ta_codes[finding->code].code : ta_buf_text(&message),
                      .file = place->file,
                      .line = place->from.line,
                      .column = place->from.line ? place->from.column : 0,
                      .end_line = place->from.line ? place->to.line : 0,
                      .end_column = place->from.line ? place->to.column : 0,
                      .start = place->span.start,
                      .end = place->span.end,
                      .record = finding->record_no,
                      .path = finding->path,
                      .pointer = finding->pointer,
                      .rule = finding->rule_id};
    listener->issue(listener->to, &issue);
    ta_buf_fini(&message);
}

static ta_status load_checker(ta_checker *checker, const char *schema, const char *rules) {
    ta_library_init(&checker->library, &checker->keys, &checker->finder);
    if (!ta_keys_init(&checker->keys))
        return TA_ERR_NOMEM;
    checker->schema = schema ? strdup(schema) : NULL;
    checker->rules = rules ? strdup(rules) : NULL;
    if ((schema && !checker->schema) || (rules && !checker->rules))
        return TA_ERR_NOMEM;
    ta_job_init(&checker->job);
    checker->job.schema = checker->schema;
    checker->job.rules = checker->rules;
    ta_status status = ta_checks_load(&checker->checks, &checker->job, &checker->library);
    return checker->finder.no_memory ? TA_ERR_NOMEM
           : status == TA_ERR_INPUT  ? TA_ERR_USAGE
                                     : status;
}

ta_status ta_checker_new(const char *schema, const char *rules, ta_issue_fn *issue, void *to,
                         ta_checker **out) {
    ta_listener listener = {.issue = issue, .to = to};
    ta_checker *checker = *out = calloc(1, sizeof *checker);
    if (!checker)
        return TA_ERR_NOMEM;
    ta_finder_init(&checker->finder, ta_listener_hear, &listener);
    ta_status status = load_checker(checker, schema, rules);
    if (listener.no_memory)
        status = TA_ERR_NOMEM;
    if (status != TA_OK) {
        ta_checker_free(checker);
        *out = NULL;
    }
    return status;
}

void ta_checker_free(ta_checker *checker) {
    if (!checker)
        return;
    ta_checks_fini(&checker->checks);
    ta_library_fini(&checker->library);
    ta_keys_fini(&checker->keys);
    free(checker->schema);
    free(checker->rules);
    free(checker);
}
