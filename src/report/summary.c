/* SPDX-License-Identifier: MIT */
/* The line that sums up an input: "members.csv: 170 records, 3 errors, 2 warnings; schema
 * member". */
#include <inttypes.h>

#include "report/put.h"

static void print_count(ta_buf *out, const char *before, uint64_t count, const char *noun) {
    ta_buf_printf(out, "%s%" PRIu64 " %s%s", before, count, noun, count == 1 ? "" : "s");
}

static bool is_broken(const ta_summary *summary) {
    return summary->status == TA_ERR_IO || summary->status == TA_ERR_USAGE ||
           summary->status == TA_ERR_NOMEM;
}

static void print_schema(const ta_summary *summary, ta_buf *out) {
    const char *between = "; ";
    if (!summary->schema && !summary->rules_file)
        ta_buf_puts(out, "; syntax only");
    if (summary->schema) {
        ta_buf_puts(out, "; schema ");
        ta_put_text(out, summary->schema, strlen(summary->schema));
        ta_buf_puts(out, summary->per_item ? ", applied to each item" : "");
        between = ", ";
    }
    if (summary->schema_why) {
        ta_buf_puts(out, " (");
        ta_put_text(out, summary->schema_why, strlen(summary->schema_why));
        ta_buf_puts(out, ")");
    }
    if (summary->rules_file) {
        ta_buf_printf(out, "%srules ", between);
        ta_put_text(out, summary->rules_file, strlen(summary->rules_file));
    }
}

/* "; 12 rules, 3 skipped on 41 records: no amount" */
static void print_rules(const ta_summary *summary, ta_buf *out) {
    if (!summary->rules)
        return;
    print_count(out, "; ", summary->rules, "rule");
    if (!summary->skipped)
        return;
    ta_buf_printf(out, ", %" PRIu64 " skipped", summary->skipped);
    if (summary->skipped_records)
        print_count(out, " on ", summary->skipped_records, "record");
    if (summary->lacks && *summary->lacks) {
        ta_buf_puts(out, ": ");
        ta_put_text(out, summary->lacks, strlen(summary->lacks));
    }
}

/* "; 340 values seen: 300 unchanged, 38 changed, 2 refused" */
static void print_normalized(const ta_summary *summary, ta_buf *out) {
    if (!summary->normalized)
        return;
    print_count(out, "; ", summary->seen, "value");
    ta_buf_printf(out, " seen: %" PRIu64 " unchanged, %" PRIu64 " changed, %" PRIu64 " refused",
                  summary->unchanged, summary->changed, summary->refused);
}

void ta_summary_print(const ta_summary *summary, ta_buf *out) {
    if (summary->words) {
        ta_put_text(out, summary->words, strlen(summary->words));
        return;
    }
    bool unread = is_broken(summary) && !summary->records;
    if (summary->file)
        ta_put_text(out, summary->file, strlen(summary->file));
    ta_buf_puts(out, summary->file ? ": " : "");
    if (unread)
        ta_buf_puts(out, "not read");
    else
        print_count(out, "", summary->records, "record");
    if (summary->limit)
        ta_buf_printf(out, " (ended by --limit%s%s)", summary->cut ? "; not decided: " : "",
                      summary->cut ? summary->cut : "");
    print_count(out, ", ", summary->errors, "error");
    print_count(out, ", ", summary->warnings, "warning");
    if (summary->notes)
        print_count(out, ", ", summary->notes, "note");
    if (summary->known)
        ta_buf_printf(out, "; %" PRIu64 " known from the baseline", summary->known);
    if (unread)
        return;
    if (is_broken(summary))
        ta_buf_puts(out, "; not read to the end");
    print_normalized(summary, out);
    print_rules(summary, out);
    print_schema(summary, out);
}
