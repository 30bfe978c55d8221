/* SPDX-License-Identifier: MIT */
#include "flow/tape.h"

/* One thing said; the others are NULL. */
struct ta_said {
    struct ta_said *next;
    ta_copied *copied;
    uint64_t more; /* not the finding itself, but so many more like it */
    ta_summary *summary;
    const char *line;
    ta_outcome *outcome;
    ta_text text; /* data NULL: none */
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

static const char *copy_text(ta_tape *tape, const char *text) {
    const char *copy = text ? ta_arena_copy(&tape->arena, text, strlen(text)) : NULL;
    tape->failed |= text && !copy;
    return text && !copy ? "" : copy;
}

static void keep_said(ta_tape *tape, const ta_finding *finding, uint64_t more) {
    struct ta_said *said = add_said(tape);
    ta_copied *copied = said ? ta_copy_finding(&tape->arena, finding, tape->copied) : NULL;
    tape->failed |= !copied;
    if (!copied)
        return;
    said->more = more;
    tape->copied = said->copied = copied;
}

void ta_tape_keep_finding(ta_tape *tape, const ta_finding *finding) {
    keep_said(tape, finding, 0);
}

void ta_tape_keep_more(ta_tape *tape, const ta_finding *like, uint64_t count) {
    keep_said(tape, like, count);
}

void ta_tape_shift(ta_tape *tape, const ta_shift *by) {
    for (struct ta_said *said = tape->first; said; said = said->next) {
        if (!said->copied)
            continue;
        ta_finding *f = &said->copied->finding;
        f->record_no += f->record_no ? by->numbers : 0;
        f->row += f->row ? by->rows : 0;
        ta_place_shift(&f->place, by);
        for (size_t i = 0; i < f->related_count; i++)
            ta_place_shift(&said->copied->related[i].place, by);
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

void ta_tape_keep_text(ta_tape *tape, const char *data, size_t len) {
    struct ta_said *said = add_said(tape);
    if (said)
        said->text = (ta_text){ta_arena_copy(&tape->arena, data, len), len};
    tape->failed |= said && !said->text.data;
}

static void play_finding(const struct ta_said *said, ta_hub *hub) {
    const ta_finding *f = &said->copied->finding;
    if (said->more)
        ta_hub_more(hub, f, said->more);
    else if (!ta_hub_is_echo(hub, f))
        ta_find(&hub->finder, f);
}

void ta_tape_play(ta_tape *tape, ta_hub *hub) {
    for (const struct ta_said *said = tape->first; said; said = said->next) {
        if (said->copied)
            play_finding(said, hub);
        if (said->summary)
            ta_hub_input_end(hub, said->summary);
        if (said->outcome)
            ta_hub_outcome(hub, said->outcome);
        if (said->line)
            ta_hub_say(hub, said->line);
        if (said->text.data)
            (void)ta_hub_print(hub, said->text.data, said->text.len);
    }
    if (tape->failed)
        ta_hub_status(hub, TA_ERR_NOMEM);
    ta_tape_clear(tape);
}

void ta_tape_clear(ta_tape *tape) {
    ta_arena_reset(&tape->arena);
    *tape = (ta_tape){.arena = tape->arena};
}

void ta_tape_fini(ta_tape *tape) {
    ta_arena_fini(&tape->arena);
    *tape = (ta_tape){.failed = false};
}
