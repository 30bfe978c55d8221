/* SPDX-License-Identifier: MIT */
#include "compare/editions.h"

#include <stdlib.h>

#include "compare/kept.h"

typedef struct turn_stage {
    ta_stage stage;
    ta_editions *editions;
    ta_buf name;
    size_t index; /* of the record to come */
} turn_stage;

/* The words for a record, for messages. */
static const char *name_record(turn_stage *turn, const ta_record *record, const char *after) {
    turn->name.len = 0;
    ta_key_say(record, turn->editions->key, &turn->name);
    ta_buf_puts(&turn->name, after);
    return ta_buf_text(&turn->name);
}

static void tell_record(turn_stage *turn, const ta_record *record, ta_code code,
                        const ta_edition *other) {
    ta_finding finding = {
        .code = code, .name = name_record(turn, record, ""), .expected = other->file};
    ta_find_at(turn->editions->finder, record, record->nodes, TA_PART_VALUE, &finding);
}

/* What is wrong with the record's key. */
static void tell_key(turn_stage *turn, const ta_record *record, const ta_entry *entry,
                     const ta_edition *own) {
    if (entry->twin)
        tell_record(turn, record, TA_F_DIFF_KEY_TWICE, own);
    else if (entry->lacks && turn->editions->key->count)
        tell_record(turn, record, TA_F_DIFF_KEY_MISSING, own);
}

static bool differs(const ta_entry *entry, const ta_edition *other) {
    return entry->partner != TA_NO_PARTNER &&
           entry->value != other->entries[entry->partner].value;
}

static bool keep_record(ta_editions *e, const ta_record *record, size_t index) {
    if (!ta_array_grow(&e->kept, &e->kept_cap, e->kept_count + 1, sizeof(struct ta_kept *)))
        return false;
    ta_kept *kept = ta_kept_new(record, index);
    if (!kept)
        return false;
    e->kept[e->kept_count++] = kept;
    e->kept_bytes += kept->size_bytes;
    return true;
}

static ta_status put_old(ta_stage *stage, ta_record *record) {
    turn_stage *turn = (turn_stage *)stage;
    ta_editions *e = turn->editions;
    size_t index = turn->index++;
    if (index < e->from)
        return TA_OK;
    if (index >= e->old->count || e->kept_bytes >= TA_EDITIONS_KEPT_BYTES)
        return TA_STOP;
    const ta_entry *entry = &e->old->entries[index];
    e->to = index + 1;
    tell_key(turn, record, entry, e->old);
    if (entry->partner == TA_NO_PARTNER) {
        e->left++;
        tell_record(turn, record, TA_F_DIFF_LEFT, e->new);
    } else if (differs(entry, e->new)) {
        record->keys->keep = true;
        return keep_record(e, record, index) ? TA_OK : TA_ERR_NOMEM;
    }
    return turn->name.failed ? TA_ERR_NOMEM : TA_OK;
}

static int compare_index(const void *index, const void *kept) {
    const ta_kept *const *k = kept;
    size_t wanted = *(const size_t *)index;
    return (wanted > (*k)->index) - (wanted < (*k)->index);
}

static const ta_kept *find_kept(const ta_editions *e, size_t index) {
    ta_kept **kept = e->kept_count ? bsearch(&index, e->kept, e->kept_count,
                                             sizeof(struct ta_kept *), compare_index)
                                   : NULL;
    return kept ? *kept : NULL;
}

static ta_status put_new(ta_stage *stage, ta_record *record) {
    turn_stage *turn = (turn_stage *)stage;
    ta_editions *e = turn->editions;
    size_t index = turn->index++;
    if (index >= e->new->count || (e->from && e->met == e->kept_count))
        return TA_STOP;
    const ta_entry *entry = &e->new->entries[index];
    if (!e->from)
        tell_key(turn, record, entry, e->new);
    if (entry->partner == TA_NO_PARTNER && !e->from) {
        e->joined++;
        tell_record(turn, record, TA_F_DIFF_JOINED, e->old);
    } else if (differs(entry, e->old)) {
        const ta_kept *kept = find_kept(e, entry->partner);
        e->values.name = kept && e->key->count ? name_record(turn, record, ": ") : "";
        e->met += kept != NULL;
        if (kept)
            e->changed += ta_values_compare(&e->values, &kept->record, record) > 0;
    }
    return e->values.failed || turn->name.failed ? TA_ERR_NOMEM : TA_OK;
}

static ta_status begin_turn(ta_stage *stage, const ta_head *head) {
    (void)head;
    ((turn_stage *)stage)->index = 0;
    return TA_OK;
}

static ta_status end_turn(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    return tail->status;
}

static void drop_turn(ta_stage *stage) {
    ta_buf_fini(&((turn_stage *)stage)->name);
    free(stage);
}

static ta_stage *new_turn(ta_editions *editions, const ta_stage_ops *ops) {
    turn_stage *turn = calloc(1, sizeof *turn);
    if (!turn)
        return NULL;
    turn->stage.ops = ops;
    turn->editions = editions;
    return &turn->stage;
}

ta_stage *ta_editions_old_new(ta_editions *editions) {
    static const ta_stage_ops ops = {"old edition", TA_SCOPE_ORDERED, begin_turn,
                                     put_old,       end_turn,         drop_turn};
    return new_turn(editions, &ops);
}

ta_stage *ta_editions_new_new(ta_editions *editions) {
    static const ta_stage_ops ops = {"new edition", TA_SCOPE_ORDERED, begin_turn,
                                     put_new,       end_turn,         drop_turn};
    return new_turn(editions, &ops);
}

static void forget_kept(ta_editions *e) {
    for (size_t i = 0; i < e->kept_count; i++)
        free(e->kept[i]);
    e->kept_count = e->kept_bytes = e->met = 0;
}

bool ta_editions_turn(ta_editions *editions) {
    bool more = editions->to > editions->from && editions->to < editions->old->count;
    forget_kept(editions);
    editions->from = editions->to;
    return more;
}

static bool has_news(const ta_edition *own, const ta_edition *other, bool keyed) {
    for (size_t i = 0; i < own->count; i++) {
        const ta_entry *entry = &own->entries[i];
        if (entry->partner == TA_NO_PARTNER || differs(entry, other) || entry->twin ||
            (keyed && entry->lacks))
            return true;
    }
    return false;
}

bool ta_editions_are_same(const ta_editions *e) {
    return !has_news(e->old, e->new, e->key->count) && !has_news(e->new, e->old, e->key->count);
}

void ta_editions_fini(ta_editions *editions) {
    forget_kept(editions);
    free(editions->kept);
    ta_values_fini(&editions->values);
}
