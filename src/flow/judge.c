/* SPDX-License-Identifier: MIT */
#include "flow/judge.h"

#include <stdio.h>
#include <stdlib.h>

#include "check/check.h"
#include "flow/load.h"

struct ta_judge {
    ta_keys keys;
    ta_finder finder;
    ta_library library;
    ta_schema *schema;
    ta_program *program;
    ta_stage *check;
    ta_buf words;
    unsigned values;
};

static void note_finding(void *to, const ta_finding *finding) {
    ta_judge *judge = to;
    if (finding->level == TA_ERROR && !judge->words.len)
        ta_finding_message(finding, &judge->words);
}

ta_judge *ta_judge_new(const ta_schema_options *options) {
    ta_judge *judge = calloc(1, sizeof *judge);
    if (!judge || !ta_keys_init(&judge->keys)) {
        free(judge);
        return NULL;
    }
    ta_finder_init(&judge->finder, note_finding, judge);
    ta_library_init(&judge->library, &judge->keys, &judge->finder);
    judge->library.loader.schema = *options;
    return judge;
}

ta_status ta_judge_hold(ta_judge *judge, const char *uri, const char *data, size_t len) {
    return ta_library_hold(&judge->library, uri, data, len);
}

ta_status ta_judge_load(ta_judge *judge, const char *data, size_t len) {
    const char *name = "memory:schema";
    ta_status status = ta_library_hold(&judge->library, name, data, len);
    if (status == TA_OK)
        status = ta_schema_load(&judge->library.loader, name, &judge->schema);
    if (status == TA_OK)
        status = ta_program_new(judge->schema, &judge->library.loader, &judge->program);
    if (status == TA_OK) {
        judge->check = ta_check_new(judge->program, &judge->finder, TA_CHECK_WHOLE, NULL);
        status = judge->check ? TA_OK : TA_ERR_NOMEM;
    }
    return status;
}

ta_status ta_judge_ask(ta_judge *judge, const char *data, size_t len, bool *fits) {
    char name[32];
    snprintf(name, sizeof name, "memory:value-%u", judge->values++);
    uint64_t errors = judge->finder.errors;
    ta_status status = ta_library_hold(&judge->library, name, data, len);
    const ta_document *document =
        status == TA_OK ? ta_library_held(&judge->library, name) : NULL;
    if (!document)
        return status;
    /* A copy: the stage takes a record that it may write to. */
    ta_record value = document->record;
    ta_head head = {.file = name, .format = "json", .form = TA_FORM_DOCUMENT};
    value.head = &head;
    status = ta_stage_begin(judge->check, &head);
    if (status == TA_OK)
        status = ta_stage_put(judge->check, &value);
    *fits = judge->finder.errors == errors;
    return status;
}

const char *ta_judge_words(ta_judge *judge) {
    return ta_buf_text(&judge->words);
}

void ta_judge_drop(ta_judge *judge) {
    if (!judge)
        return;
    ta_stage_drop(judge->check);
    ta_program_drop(judge->program);
    ta_schema_drop(judge->schema);
    ta_library_fini(&judge->library);
    ta_keys_fini(&judge->keys);
    ta_buf_fini(&judge->words);
    free(judge);
}
