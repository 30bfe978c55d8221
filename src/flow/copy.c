/* SPDX-License-Identifier: MIT */
#include "flow/copy.h"

#include "record/screen.h"

enum { TEXTS = 12 };

/* First all words are measured, then they go to `at`. */
typedef struct copying {
    char *at; /* where the next go; NULL: they are measured */
    size_t size;
    size_t lens[TEXTS]; /* of the finding's own texts */
} copying;

/* NULL stays, and so does the mark of words that were lost. */
static const char *copy_words(copying *c, const char *text, size_t len) {
    if (!text || text == ta_buf_lost)
        return text;
    c->size += len + 1;
    if (!c->at)
        return text;
    char *copy = c->at;
    memcpy(copy, text, len);
    copy[len] = 0;
    c->at += len + 1;
    return copy;
}

/* What is not to be shown of its line is found out as long as the record is there. False: no
 * memory. */
static bool copy_hidden(ta_arena *arena, ta_place *place) {
    ta_hidden hidden[TA_HIDDEN_MAX];
    place->hidden_count = place->line ? ta_screen_line(place, hidden) : 0;
    size_t bytes = place->hidden_count * sizeof *hidden;
    ta_hidden *copy = bytes ? ta_arena_alloc(arena, bytes) : NULL;
    if (copy)
        memcpy(copy, hidden, bytes);
    place->hidden = copy;
    return copy || !bytes;
}

/* Of a file many findings are told, and of a line some. */
static void copy_place(copying *c, ta_place *place, const ta_place *before) {
    bool line = before && before->line && place->line && before->line_len == place->line_len &&
                !memcmp(before->line, place->line, place->line_len);
    bool file = before && before->file && place->file && !strcmp(before->file, place->file);
    place->line = line ? before->line : copy_words(c, place->line, place->line_len);
    if (place->file)
        place->file = file ? before->file : copy_words(c, place->file, strlen(place->file));
    place->record = NULL;
}

static void copy_related(copying *c, ta_copied *copied, const ta_place *before) {
    for (size_t i = 0; i < copied->finding.related_count; i++) {
        ta_related *related = &copied->related[i];
        const char *label = related->label;
        related->label = label ? copy_words(c, label, strlen(label)) : NULL;
        related->place.line = NULL; /* which nobody shows */
        copy_place(c, &related->place, before);
    }
}

/* All words of a finding whose related places are the copy's own. */
static void copy_all(copying *c, ta_copied *copied, const ta_copied *before) {
    ta_finding *f = &copied->finding;
    const ta_place *place = before ? &before->finding.place : NULL;
    const char **const texts[TEXTS] = {
        &f->rule_id,  &f->path,  &f->pointer, &f->record_key,  &f->column, &f->name,
        &f->expected, &f->found, &f->message, &f->replacement, &f->detail, &f->fixed};
    for (size_t i = 0; i < TEXTS; i++) {
        if (*texts[i] && !c->at)
            c->lens[i] = strlen(*texts[i]);
        *texts[i] = copy_words(c, *texts[i], c->lens[i]);
    }
    copy_place(c, &f->place, place);
    copy_related(c, copied, place);
}

ta_copied *ta_copy_finding(ta_arena *arena, const ta_finding *finding,
                           const ta_copied *before) {
    size_t count = finding->related_count;
    ta_copied *copied = ta_arena_alloc(arena, sizeof *copied + count * sizeof *copied->related);
    if (!copied)
        return NULL;
    copied->finding = *finding;
    copied->related = (ta_related *)(copied + 1);
    if (count)
        memcpy(copied->related, finding->related, count * sizeof *copied->related);
    copied->finding.related = copied->related;
    copied->finding.fix = NULL; /* `fixed` is what came of it */
    if (!copy_hidden(arena, &copied->finding.place))
        return NULL;
    copying c = {.at = NULL};
    copy_all(&c, copied, before);
    c.at = ta_arena_alloc(arena, c.size + 1);
    if (!c.at)
        return NULL;
    copy_all(&c, copied, before);
    return copied;
}
