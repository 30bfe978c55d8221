/* SPDX-License-Identifier: MIT */
#include "flow/copy.h"

typedef struct copying {
    ta_arena *arena;
    bool failed;
} copying;

/* NULL stays, and so does the mark of words that were lost. */
static const char *copy_words(copying *c, const char *text, size_t len) {
    if (!text || text == ta_buf_lost)
        return text;
    const char *copy = ta_arena_copy(c->arena, text, len);
    c->failed |= !copy;
    return copy;
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

static ta_related *copy_related(copying *c, ta_finding *f, const ta_place *before) {
    if (!f->related_count)
        return NULL;
    ta_related *related = ta_arena_alloc(c->arena, f->related_count * sizeof *related);
    c->failed |= !related;
    for (size_t i = 0; related && i < f->related_count; i++) {
        related[i] = f->related[i];
        const char *label = related[i].label;
        related[i].label = label ? copy_words(c, label, strlen(label)) : NULL;
        copy_place(c, &related[i].place, before);
    }
    return related;
}

ta_copied *ta_copy_finding(ta_arena *arena, const ta_finding *finding,
                           const ta_copied *before) {
    copying c = {.arena = arena};
    ta_copied *copied = ta_arena_alloc(arena, sizeof *copied);
    if (!copied)
        return NULL;
    ta_finding *f = &copied->finding;
    *f = *finding;
    const char **const texts[] = {&f->rule_id, &f->path,        &f->pointer,  &f->record_key,
                                  &f->column,  &f->name,        &f->expected, &f->found,
                                  &f->message, &f->replacement, &f->detail,   &f->fixed};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i])
            *texts[i] = copy_words(&c, *texts[i], strlen(*texts[i]));
    f->fix = NULL; /* `fixed` is what came of it */
    const ta_place *place = before ? &before->finding.place : NULL;
    copy_place(&c, &f->place, place);
    f->related = copied->related = copy_related(&c, f, place);
    return c.failed ? NULL : copied;
}
