/* SPDX-License-Identifier: MIT */
/* The one place where Nettle is included. */
#include "base/sha256.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <stdlib.h>

struct ta_sha256 {
    struct sha256_ctx context;
};

ta_sha256 *ta_sha256_new(void) {
    ta_sha256 *hash = malloc(sizeof *hash);
    if (hash)
        sha256_init(&hash->context);
    return hash;
}

void ta_sha256_put(ta_sha256 *hash, const void *data, size_t len) {
    sha256_update(&hash->context, len, data);
}

void ta_sha256_take(ta_sha256 *hash, char text[TA_SHA256_TEXT]) {
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&hash->context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        text[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    text[2 * sizeof digest] = 0;
}

void ta_sha256_drop(ta_sha256 *hash) {
    free(hash);
}
