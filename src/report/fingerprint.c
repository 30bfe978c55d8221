/* SPDX-License-Identifier: MIT */
#include "report/fingerprint.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"

enum {
    SLOTS_FIRST = 256,
    SLOTS_MAX = 1 << 21 /* 24 MiB; as many fingerprints fill half of it */
};

static uint64_t hash_word(uint64_t before, const char *word) {
    return ta_hash_lasting(before, word ? word : "", word ? strlen(word) + 1 : 1);
}

static uint64_t hash_finding(const ta_finding *finding) {
    uint64_t hash = hash_word(0, ta_codes[finding->code].code);
    hash = hash_word(hash, finding->rule_id);
    hash = hash_word(hash, finding->place.file);
    hash = hash_word(hash, finding->record_key);
    hash = hash_word(hash, finding->path);
    hash = hash_word(hash, finding->column);
    hash = hash_word(hash, finding->name);
    return hash_word(hash, finding->found);
}

/* The slot of a hash; counts[slot] 0: it is free. */
static size_t find_slot(const ta_fingerprints *all, uint64_t hash) {
    size_t at = hash & (all->cap - 1);
    while (all->counts[at] && all->hashes[at] != hash)
        at = (at + 1) & (all->cap - 1);
    return at;
}

static bool grow_slots(ta_fingerprints *all) {
    ta_fingerprints old = *all, grown = {.cap = old.cap ? old.cap * 2 : SLOTS_FIRST};
    grown.hashes = calloc(grown.cap, sizeof *grown.hashes);
    grown.counts = calloc(grown.cap, sizeof *grown.counts);
    if (!grown.hashes || !grown.counts) {
        ta_fingerprints_fini(&grown);
        return false;
    }
    for (size_t i = 0; i < old.cap; i++) {
        if (!old.counts[i])
            continue;
        size_t at = find_slot(&grown, old.hashes[i]);
        grown.hashes[at] = old.hashes[i];
        grown.counts[at] = old.counts[i];
    }
    grown.count = old.count;
    *all = grown;
    ta_fingerprints_fini(&old);
    return true;
}

bool ta_fingerprint_print(ta_fingerprints *all, const ta_finding *finding,
                          char text[TA_FINGERPRINT_TEXT]) {
    uint64_t hash = hash_finding(finding);
    snprintf(text, TA_FINGERPRINT_TEXT, "%016" PRIx64, hash);
    bool full = all->count * 2 >= all->cap;
    if (full && all->cap < SLOTS_MAX && !grow_slots(all))
        return false;
    size_t at = find_slot(all, hash);
    if (!all->counts[at] && all->count * 2 >= all->cap)
        return true;
    all->hashes[at] = hash;
    all->count += !all->counts[at];
    if (++all->counts[at] > 1)
        snprintf(text, TA_FINGERPRINT_TEXT, "%016" PRIx64 "-%" PRIu32, hash, all->counts[at]);
    return true;
}

void ta_fingerprints_fini(ta_fingerprints *all) {
    free(all->hashes);
    free(all->counts);
}
