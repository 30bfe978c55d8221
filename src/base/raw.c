/* SPDX-License-Identifier: MIT */
#include "base/raw.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PACKED_BYTES = 64 * 1024 };

static size_t take_memory(ta_raw *raw, char *to, size_t room) {
    size_t got = raw->memory_len < room ? raw->memory_len : room;
    if (!got)
        return 0;
    memcpy(to, raw->memory, got);
    raw->memory += got;
    raw->memory_len -= got;
    return got;
}

/* As they stand in the file. */
static ta_status take_bytes(ta_raw *raw, char *to, size_t room, size_t *got) {
    ssize_t n;
    *got = 0;
    do {
        n = raw->read      ? raw->read(raw->from, to, room)
            : raw->fd >= 0 ? read(raw->fd, to, room)
                           : (ssize_t)take_memory(raw, to, room);
    } while (n < 0 && errno == EINTR);
    if (n < 0 || (size_t)n > room) {
        raw->error = n < 0 && errno ? errno : EIO;
        return TA_ERR_IO;
    }
    *got = (size_t)n;
    raw->taken += *got;
    return TA_OK;
}

/* The first bytes tell whether they are compressed: those are put aside, to be unpacked. */
static ta_status begin_raw(ta_raw *raw, char *to, size_t room, size_t *got) {
    ta_status status;
    size_t some;
    bool more;
    room = room < PACKED_BYTES ? room : PACKED_BYTES;
    do {
        status = take_bytes(raw, to + *got, room - *got, &some);
        *got += some;
        raw->press = ta_press_of_bytes(to, *got, &more);
    } while (status == TA_OK && some && more);
    raw->begun = true;
    if (status != TA_OK || !raw->press)
        return status;
    raw->packed = malloc(PACKED_BYTES);
    raw->unpacker = raw->packed ? raw->press->unpack_new() : NULL;
    if (!raw->unpacker)
        return TA_ERR_NOMEM;
    memcpy(raw->packed, to, *got);
    raw->packed_len = *got;
    *got = 0;
    return TA_OK;
}

static ta_status refill_packed(ta_raw *raw) {
    size_t got;
    ta_status status = take_bytes(raw, raw->packed, PACKED_BYTES, &got);
    raw->packed_at = 0;
    raw->packed_len = got;
    raw->ended = status == TA_OK && !got;
    return status;
}

static ta_status unpack_some(ta_raw *raw, char *to, size_t room, size_t *got) {
    ta_press_io io = {raw->packed + raw->packed_at, raw->packed_len - raw->packed_at, to, room};
    ta_status status = raw->press->unpack(raw->unpacker, &io, &raw->between);
    raw->packed_at = raw->packed_len - io.in_len;
    *got = room - io.out_len;
    raw->held = !io.out_len;
    raw->damaged = status == TA_ERR_INPUT;
    if (raw->damaged && *got) /* first what came before the damage */
        return TA_OK;
    return raw->damaged ? TA_ERR_IO : status;
}

ta_status ta_raw_read(ta_raw *raw, char *to, size_t room, size_t *got) {
    *got = 0;
    ta_status status = raw->begun ? TA_OK : begin_raw(raw, to, room, got);
    if (status != TA_OK || *got)
        return status;
    if (!raw->press)
        return take_bytes(raw, to, room, got);
    if (raw->damaged)
        status = TA_ERR_IO;
    while (status == TA_OK && !*got && !raw->ended) {
        if (raw->packed_at == raw->packed_len && !raw->held)
            status = refill_packed(raw);
        if (status == TA_OK && !raw->ended)
            status = unpack_some(raw, to, room, got);
    }
    raw->cut = raw->ended && !*got && !raw->between;
    if (raw->damaged || raw->cut)
        raw->error = 0;
    return raw->cut ? TA_ERR_IO : status;
}

void ta_raw_fini(ta_raw *raw) {
    if (raw->unpacker)
        raw->press->unpack_drop(raw->unpacker);
    free(raw->packed);
}
