/* SPDX-License-Identifier: MIT */
/* --summary: a line of JSON for each input. */
#include <inttypes.h>

#include "report/object.h"

ta_outcome_read ta_outcome_read_of(const ta_summary *summary, bool whole) {
    if (whole)
        return TA_READ_ALL;
    return summary->status > TA_ERR_INPUT && !summary->records ? TA_READ_NONE : TA_READ_PART;
}

void ta_outcome_print(const ta_outcome *outcome, ta_buf *out) {
    static const char *const read[] = {"none", "part", "all"};
    ta_object object = ta_object_new();
    ta_object_text(&object, "input", outcome->input);
    ta_object_text(&object, "output", outcome->output);
    ta_object_text(&object, "schema", outcome->schema);
    ta_object_text(&object, "read", read[outcome->read]);
    ta_object_number(&object, "seen", outcome->seen);
    ta_object_number(&object, "written", outcome->written);
    ta_object_number(&object, "rejected", outcome->rejected);
    ta_object_number(&object, "changed", outcome->changed);
    ta_object_number(&object, "errors", outcome->errors);
    out->failed |= !ta_object_finish(&object, out);
    if (out->failed || !out->len)
        return;
    out->len--; /* the brace; a duration is no whole number, which objects have alone */
    ta_buf_printf(out, ", \"seconds\": %" PRIu64 ".%03" PRIu64 "}\n",
                  outcome->milliseconds / 1000, outcome->milliseconds % 1000);
}
