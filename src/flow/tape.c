/* SPDX-License-Identifier: MIT */
#include "flow/tape.h"

/* One thing said; the others are NULL. */
struct ta_said {
    struct ta_said *next;
    ta_finding *finding;
    ta_related *related; /* the finding's */
    ta_summary *summary;
    const char *line;
    ta_outcome *outcome;
};

static struct ta_said *add_said(ta_tape *tape) {
    struct ta_said *said = ta_arena_alloc(&tape->arena, sizeof *said);
    tape->failed |= !said;
    if (!said)
        return NULL;
    if (!tape->last)
        tape->last = &tape->first;
    *tape->last = said;
    tape->last = &said->next;
    return said;
}

/* NULL stays, and so does the mark of words that were lost. */
static const char *copy_words(ta_tape *tape, const char *text, size_t len) {
    if (!text || text == ta_buf_lost)
        return text;
    const char *copy = ta_arena_copy(&tape->arena, text, len);
    tape->failed |= !copy;
    return copy ? copy : "";
}

static const char *copy_text(ta_tape *tape, const char *text) {
    return text ? copy_words(tape, text, strlen(text)) : NULL;
}

static void copy_place(ta_tape *tape, ta_place *place) {
    place->line = copy_words(tape, place->line, place->line_len);
    place->file = copy_text(tape, place->file);
    place->record = NULL;
}

static ta_related *copy_related(ta_tape *tape, ta_finding *f) {
    ta_related *related =
        ta_arena_alloc(&tape->arena, (f->related_count + 1) * sizeof *related);
    tape->failed |= !related;
    f->related_count = related ? f->related_count : 0;
    for (size_t i = 0; i < f->related_count; i++) {
        related[i] = f->related[i];
        related[i].label = copy_text(tape, related[i].label);
        copy_place(tape, &related[i].place);
    }
    f->related = related;
    return related;
}

void ta_tape_keep_finding(ta_tape *tape, const ta_finding *finding) {
    struct ta_said *said = add_said(tape);
    ta_finding *f = said ? ta_arena_alloc(&tape->arena, sizeof *f) : NULL;
    tape->failed |= !f;
    if (!f)
        return;
    *f = *finding;
    const char **const texts[] = {&f->rule_id, &f->path,        &f->pointer,  &f->record_key,
                                  &f->column,  &f->name,        &f->expected, &f->found,
                                  &f->message, &f->replacement, &f->detail,   &f->fixed};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = copy_text(tape, *texts[i]);
    f->fix = NULL; /* `fixed` is what came of it */
    copy_place(tape, &f->place);
    said->related = copy_related(tape, f);
    said->finding = f;
}

void ta_tape_shift(ta_tape *tape, const ta_shift *by) {
    for (struct ta_said *said = tape->first; said; said = said->next) {
        ta_finding *f = said->finding;
        if (!f)
            continue;
        f->record_no += f->record_no ? by->numbers : 0;
        f->row += f->row ? by->rows : 0;
        ta_place_shift(&f->place, by);
        for (size_t i = 0; i < f->related_count; i++)
            ta_place_shift(&said->related[i].place, by);
    }
}

void ta_tape_keep_summary(ta_tape *tape, const ta_summary *summary) {
    struct ta_said *said = add_said(tape);
    ta_summary *s = said ? ta_arena_alloc(&tape->arena, sizeof *s) : NULL;
    tape->failed |= !s;
    if (!s)
        return;
    *s = *summary;
    const char **const texts[] = {&s->lacks, &s->cut, &s->words};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = copy_text(tape, *texts[i]);
    said->summary = s;
}

/* Its names are the job's, which outlives the tape. */
void ta_tape_keep_outcome(ta_tape *tape, const ta_outcome *outcome) {
    struct ta_said *said = add_said(tape);
    ta_outcome *o = said ? ta_arena_alloc(&tape->arena, sizeof *o) : NULL;
    tape->failed |= !o;
    if (!o)
        return;
    *o = *outcome;
    said->outcome = o;
}

void ta_tape_keep_line(ta_tape *tape, const char *line) {
    struct ta_said *said = add_said(tape);
    if (said)
        said->line = copy_text(tape, line);
}

void ta_tape_play(ta_tape *tape, ta_hub *hub) {
    for (const struct ta_said *said = tape->first; said; said = said->next) {
        if (said->finding)
            ta_find(&hub->finder, said->finding);
        if (said->summary)
            ta_hub_input_end(hub, said->summary);
        if (said->outcome)
            ta_hub_outcome(hub, said->outcome);
        if (said->line)
            ta_hub_say(hub, said->line);
    }
    if (tape->failed)
        ta_hub_status(hub, TA_ERR_NOMEM);
    ta_tape_fini(tape);
}

void ta_tape_fini(ta_tape *tape) {
    ta_arena_fini(&tape->arena);
    *tape = (ta_tape){.failed = false};
}
