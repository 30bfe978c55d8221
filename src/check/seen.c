/* SPDX-License-Identifier: MIT */
/* Bits lie in one array of words, a stack: each frame, and each copy that a branch may have to
 * go back to, on top of it. */
#include "check/seen.h"

static size_t words_of(const ta_node *node) {
    return ((size_t)node->count + 63) / 64;
}

void ta_seen_mark(ta_run *run, uint32_t index) {
    run->bits[run->seen->at + index / 64] |= (uint64_t)1 << index % 64;
}

void ta_seen_mark_all(ta_run *run) {
    run->seen->all = true;
}

bool ta_seen_has(const ta_run *run, uint32_t index) {
    return run->seen->all || run->bits[run->seen->at + index / 64] >> index % 64 & 1;
}

bool ta_seen_push(ta_run *run, size_t count, size_t *at) {
    if (!ta_array_grow(&run->bits, &run->bit_cap, run->bit_count + count + 1,
                       sizeof *run->bits)) {
        run->nomem = true;
        return false;
    }
    *at = run->bit_count;
    memset(run->bits + *at, 0, count * sizeof *run->bits);
    run->bit_count += count;
    return true;
}

bool ta_seen_open(ta_run *run, ta_seen *seen, const ta_node *node) {
    if (!ta_seen_push(run, words_of(node), &seen->at))
        return false;
    seen->node = node;
    seen->all = false;
    seen->outer = run->seen;
    run->seen = seen;
    return true;
}

void ta_seen_close(ta_run *run, ta_seen *seen) {
    ta_seen *outer = seen->outer;
    if (outer && outer->node == seen->node) {
        for (size_t i = 0; i < words_of(seen->node); i++)
            run->bits[outer->at + i] |= run->bits[seen->at + i];
        outer->all = outer->all || seen->all;
    }
    run->bit_count = seen->at;
    run->seen = outer;
}

bool ta_seen_try(ta_run *run, const ta_plan *plan, const ta_node *node) {
    size_t copy;
    if (!ta_seen_is_asked(run, node))
        return ta_plan_matches(run, plan, node);
    if (!ta_seen_push(run, words_of(node), &copy))
        return true;
    ta_seen *seen = run->seen;
    size_t size = words_of(node) * sizeof *run->bits;
    bool all = seen->all;
    memcpy(run->bits + copy, run->bits + seen->at, size);
    bool fits = ta_plan_matches(run, plan, node);
    if (!fits) {
        memcpy(run->bits + seen->at, run->bits + copy, size);
        seen->all = all;
    }
    run->bit_count = copy;
    return fits;
}

bool ta_seen_run(ta_run *run, const void *data, const ta_node *node) {
    ta_seen seen;
    if (!ta_seen_open(run, &seen, node))
        return true;
    bool ok = ta_plan_test(run, data, node);
    ta_seen_close(run, &seen);
    return ok;
}

bool ta_seen_is_own_schema(const ta_run *run, const ta_node *object, const ta_node *member) {
    const ta_key *key = &run->record->keys->items[member->key];
    return object == run->record->nodes && member->kind == TA_TEXT && key->len == 7 &&
           !memcmp(key->text, "$schema", 7);
}
