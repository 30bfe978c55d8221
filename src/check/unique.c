/* SPDX-License-Identifier: MIT */
/*
 * {unique: PATH, by: [.FIELD]}: no two items at the path have the same values. Keys are
 * compared as two hashes of 64 bits, seeded per run. Items that lack a value are passed over.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "check/rule.h"

enum { FEW = 12 }; /* items that are compared with each other rather than hashed */

typedef struct unique_state {
    ta_run *run;
    const ta_rule *rule;
    uint64_t items;
} unique_state;

static bool gather_entry(void *to, const ta_node *item) {
    unique_state *state = to;
    ta_run *run = state->run;
    const ta_node *at;
    if (state->rule->where && !ta_plan_matches(run, state->rule->where, item))
        return true;
    state->items++;
    if (!ta_rule_key(run, state->rule, item, &at) || run->key.failed)
        return true;
    if (!ta_array_grow(&run->entries, &run->entry_cap, run->entry_count + 1,
                       sizeof *run->entries)) {
        run->nomem = true;
        return false;
    }
    uint64_t hash = ta_hash(run->key.data, run->key.len);
    run->entries[run->entry_count++] =
        (ta_unique_entry){hash, ta_hash_more(hash | 1, run->key.data, run->key.len), item};
    return true;
}

static bool same_entry(const ta_unique_entry *a, const ta_unique_entry *b) {
    return a->hash == b->hash && a->check == b->check;
}

static const ta_unique_entry *find_among_few(const ta_run *run, size_t i) {
    for (size_t j = 0; j < i; j++)
        if (same_entry(&run->entries[i], &run->entries[j]))
            return &run->entries[j];
    return NULL;
}

/* The entry met before with the same key; else this one is entered. */
static const ta_unique_entry *find_in_slots(ta_run *run, size_t i, size_t mask) {
    size_t at = (size_t)run->entries[i].hash & mask;
    for (; run->slots[at]; at = (at + 1) & mask)
        if (same_entry(&run->entries[i], &run->entries[run->slots[at] - 1]))
            return &run->entries[run->slots[at] - 1];
    run->slots[at] = (uint32_t)i + 1;
    return NULL;
}

static void report_twin(ta_run *run, const ta_rule *rule, const ta_node *first,
                        const ta_node *second) {
    const ta_node *first_at, *second_at;
    ta_run_reset_words(run);
    ta_rule_key(run, rule, first, &first_at);
    ta_rule_key(run, rule, second, &second_at);
    ta_rule_say_key(run, rule, second);
    ta_related related = {ta_place_of(run->record, first_at, TA_PART_VALUE), "the first one"};
    ta_rule_fail(run, rule, second_at,
                 &(ta_finding){.code = TA_F_RULE_UNIQUE,
                               .name = rule->subject,
                               .found = ta_buf_text(&run->found),
                               .related = &related,
                               .related_count = 1});
}

/* A table of at least twice the entries; 0: few enough without, or no memory. */
static size_t clear_slots(ta_run *run) {
    size_t count = 32;
    if (run->entry_count <= FEW)
        return 0;
    while (count < run->entry_count * 2)
        count *= 2;
    if (!ta_array_grow(&run->slots, &run->slot_cap, count, sizeof *run->slots)) {
        run->nomem = true;
        return 0;
    }
    memset(run->slots, 0, count * sizeof *run->slots);
    return count;
}

static ta_outcome run_unique(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    unique_state state = {run, rule, 0};
    ta_outcome outcome = TA_HELD;
    run->entry_count = 0;
    uint64_t missing = ta_path_each(run->record, ta_scene_start(scene, &rule->path),
                                    &rule->path, gather_entry, &state);
    if (!run->entry_count && (state.items || missing))
        return TA_SKIPPED;
    size_t slot_count = clear_slots(run);
    for (size_t i = 0; i < run->entry_count && !run->nomem; i++) {
        const ta_unique_entry *twin =
            slot_count ? find_in_slots(run, i, slot_count - 1) : find_among_few(run, i);
        if (!twin)
            continue;
        outcome = TA_FAILED;
        if (!run->report)
            break;
        report_twin(run, rule, twin->item, run->entries[i].item);
    }
    return outcome;
}

const ta_operator ta_operator_unique = {"unique", TA_TAKES_BY | TA_TAKES_LIST, false,
                                        run_unique};
