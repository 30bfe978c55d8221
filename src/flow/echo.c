/* SPDX-License-Identifier: MIT */
#include "flow/echo.h"

#include <stdlib.h>

enum {
    KINS_MAX = 4096,
    KIN_SLOTS = 2 * KINS_MAX,       /* a power of two */
    KIN_BYTES_MAX = 4 * 1024 * 1024 /* of findings that are kept to tell others by */
};

typedef struct ta_echo {
    uint64_t kin, shown, more;
    const ta_copied *like; /* the last that was shown; NULL: further ones will be */
} echo;

/* The slot of a kin: taken by it, or free. */
static uint32_t *find_kin_slot(const ta_echoes *e, uint64_t kin) {
    size_t at = kin & (KIN_SLOTS - 1);
    while (e->slots[at] && e->items[e->slots[at] - 1].kin != kin)
        at = (at + 1) & (KIN_SLOTS - 1);
    return &e->slots[at];
}

bool ta_echoes_hear(ta_echoes *e, uint64_t kin) {
    uint32_t number = e->slots ? *find_kin_slot(e, kin) : 0;
    echo *found = number ? &e->items[number - 1] : NULL;
    if (!found || !found->like)
        return false;
    found->more++;
    return true;
}

/* NULL: there is no room. */
static echo *find_echo(ta_echoes *e, uint64_t kin) {
    if (!e->slots)
        e->slots = calloc(KIN_SLOTS, sizeof *e->slots);
    if (!e->slots)
        return NULL;
    uint32_t *slot = find_kin_slot(e, kin);
    if (*slot)
        return &e->items[*slot - 1];
    if (e->count == KINS_MAX ||
        !ta_array_grow(&e->items, &e->cap, e->count + 1, sizeof *e->items))
        return NULL;
    e->items[e->count] = (echo){.kin = kin};
    *slot = (uint32_t)++e->count;
    return &e->items[e->count - 1];
}

void ta_echoes_note(ta_echoes *e, const ta_finding *finding, uint64_t keeps) {
    echo *found = finding->kin ? find_echo(e, finding->kin) : NULL;
    if (!found)
        return;
    found->shown++;
    if (found->shown >= keeps && !found->like && e->arena.used_bytes < KIN_BYTES_MAX)
        found->like = ta_copy_finding(&e->arena, finding, NULL);
}

void ta_echoes_tell(ta_echoes *e,
                    void (*tell)(void *to, const ta_finding *like, uint64_t count), void *to) {
    for (size_t i = 0; tell && i < e->count; i++)
        if (e->items[i].more)
            tell(to, &e->items[i].like->finding, e->items[i].more);
    if (e->count)
        memset(e->slots, 0, KIN_SLOTS * sizeof *e->slots);
    e->count = 0;
    ta_arena_fini(&e->arena);
}

void ta_echoes_fini(ta_echoes *e) {
    free(e->items);
    free(e->slots);
    ta_arena_fini(&e->arena);
    *e = (ta_echoes){.count = 0};
}
