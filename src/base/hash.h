/* SPDX-License-Identifier: MIT */
/* Hashes for tables in memory (XXH3 of libxxhash, seeded per run against chosen collisions). */
#ifndef TA_BASE_HASH_H
#define TA_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* A hash that is the same within a run, and another in the next. */
uint64_t ta_hash(const void *data, size_t len);
/* The same, over what came before and data. */
uint64_t ta_hash_more(uint64_t before, const void *data, size_t len);
/* A hash that is the same in every run: for what is written down, never for tables. */
uint64_t ta_hash_lasting(uint64_t before, const void *data, size_t len);

#endif
