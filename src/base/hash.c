/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <sys/random.h>
#include <time.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t hash_seed(void) {
    static uint64_t seed;
    uint64_t got = __atomic_load_n(&seed, __ATOMIC_RELAXED);
    if (got)
        return got;
    if (getrandom(&got, sizeof got, GRND_NONBLOCK) != (ssize_t)sizeof got)
        got = (uint64_t)time(NULL) * 0x9E3779B97F4A7C15u;
    got |= 1;
    /* The first thread to come sets it; the others take what it set. */
    uint64_t none = 0;
    if (!__atomic_compare_exchange_n(&seed, &none, got, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        got = none;
    return got;
}

uint64_t ta_hash(const void *data, size_t len) {
    return XXH3_64bits_withSeed(data, len, hash_seed());
}

uint64_t ta_hash_more(uint64_t before, const void *data, size_t len) {
    return XXH3_64bits_withSeed(data, len, before ^ hash_seed());
}

uint64_t ta_hash_lasting(uint64_t before, const void *data, size_t len) {
    return XXH3_64bits_withSeed(data, len, before);
}
