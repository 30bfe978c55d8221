/* SPDX-License-Identifier: MIT */
/* zstd (RFC 8878) through libzstd: the one place that includes it. A file may be several frames
 * one after another. */
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/press.h"

enum { WINDOW_LOG_MAX = 27 /* 128 MiB, as zstd -d takes without being asked for more */ };

static void *new_unpacking_context(void) {
    ZSTD_DCtx *context = ZSTD_createDCtx();
    if (context)
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
    return context;
}

static void *new_packing_context(void) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (context)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    return context;
}

static void move_on(ta_press_io *io, const ZSTD_inBuffer *from, const ZSTD_outBuffer *to) {
    io->in += from->pos;
    io->in_len -= from->pos;
    io->out += to->pos;
    io->out_len -= to->pos;
}

/* Steps while there is something to take, or something held back to give. */
static ta_status unpack_zstd(void *state, ta_press_io *io, bool *between) {
    ZSTD_inBuffer from = {io->in, io->in_len, 0};
    ZSTD_outBuffer to = {io->out, io->out_len, 0};
    size_t result = 0, before;
    do {
        before = to.pos;
        result = ZSTD_decompressStream(state, &to, &from);
    } while (!ZSTD_isError(result) && to.pos < to.size &&
             (from.pos < from.size || (result != 0 && to.pos > before)));
    move_on(io, &from, &to);
    *between = result == 0;
    if (!ZSTD_isError(result))
        return TA_OK;
    return ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation ? TA_ERR_NOMEM
                                                                     : TA_ERR_INPUT;
}

static ta_status pack_zstd(void *state, ta_press_io *io, bool finish, bool *done) {
    ZSTD_inBuffer from = {io->in, io->in_len, 0};
    ZSTD_outBuffer to = {io->out, io->out_len, 0};
    size_t result =
        ZSTD_compressStream2(state, &to, &from, finish ? ZSTD_e_end : ZSTD_e_continue);
    move_on(io, &from, &to);
    *done = finish && result == 0;
    return ZSTD_isError(result) ? TA_ERR_NOMEM : TA_OK;
}

static void drop_unpacking_context(void *state) {
    ZSTD_freeDCtx(state);
}

static void drop_packing_context(void *state) {
    ZSTD_freeCCtx(state);
}

const ta_press ta_press_zstd = {
    .name = "zstd",
    .suffix = ".zst",
    .mark = "\x28\xB5\x2F\xFD",
    .mark_len = 4,
    .unpack_new = new_unpacking_context,
    .unpack = unpack_zstd,
    .unpack_drop = drop_unpacking_context,
    .pack_new = new_packing_context,
    .pack = pack_zstd,
    .pack_drop = drop_packing_context,
};
