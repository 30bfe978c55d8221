/* SPDX-License-Identifier: MIT */
#include "check/kept.h"

static const char *keep_text(ta_kept *kept, ta_buf *buf, const char *text) {
    if (!text)
        return NULL;
    ta_buf_puts(buf, text);
    kept->failed = kept->failed || buf->failed;
    return ta_buf_text(buf);
}

static ta_place keep_place(ta_place place) {
    place.line = NULL;
    place.line_len = 0;
    place.record = NULL;
    return place;
}

void ta_kept_put(void *to, const ta_finding *finding) {
    ta_kept *kept = to;
    if (kept->some)
        return;
    kept->some = true;
    ta_finding_message(finding, &kept->message);
    kept->failed = kept->failed || kept->message.failed;
    kept->finding = (ta_finding){
        .code = finding->code,
        .place = keep_place(finding->place),
        .path = keep_text(kept, &kept->path, finding->path),
        .pointer = keep_text(kept, &kept->pointer, finding->pointer),
        .column = keep_text(kept, &kept->column, finding->column),
        .record_key = keep_text(kept, &kept->key, finding->record_key),
        .record_no = finding->record_no,
        .row = finding->row,
        .message = ta_buf_text(&kept->message),
        .personal = finding->personal,
    };
    if (!finding->related_count)
        return;
    kept->related = (ta_related){keep_place(finding->related->place), finding->related->label};
    kept->finding.related = &kept->related;
    kept->finding.related_count = 1;
}

void ta_kept_tell(ta_kept *kept, ta_finder *finder, const char *detail) {
    if (!kept->some)
        return;
    ta_finding finding = kept->finding;
    finding.detail = detail;
    ta_find(finder, &finding);
}

void ta_kept_say(ta_kept *kept, ta_buf *out) {
    ta_buf_put(out, kept->message.data, kept->message.len);
    if (kept->finding.record_no)
        ta_buf_printf(out, " at record %llu%s%s", (unsigned long long)kept->finding.record_no,
                      kept->path.len ? ", " : "", kept->path.len ? kept->finding.path : "");
}

void ta_kept_clear(ta_kept *kept) {
    kept->some = false;
    kept->message.len = kept->path.len = kept->pointer.len = kept->column.len = kept->key.len =
        0;
}

void ta_kept_fini(ta_kept *kept) {
    ta_buf_fini(&kept->message);
    ta_buf_fini(&kept->path);
    ta_buf_fini(&kept->pointer);
    ta_buf_fini(&kept->column);
    ta_buf_fini(&kept->key);
}
