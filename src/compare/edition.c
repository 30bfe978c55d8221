/* SPDX-License-Identifier: MIT */
#include "compare/edition.h"

#include <stdlib.h>

#include "record/hash.h"

typedef struct edition_stage {
    ta_stage stage;
    ta_edition *edition;
    const ta_key_paths *key;
} edition_stage;

static ta_status begin_edition(ta_stage *stage, const ta_head *head) {
    ta_edition *edition = ((edition_stage *)stage)->edition;
    edition->form = head->form;
    edition->untyped = head->columns != NULL;
    return TA_OK;
}

static ta_status put_edition(ta_stage *stage, ta_record *record) {
    const edition_stage *e = (const edition_stage *)stage;
    ta_edition *edition = e->edition;
    if (!ta_array_grow(&edition->entries, &edition->cap, edition->count + 1,
                       sizeof *edition->entries))
        return TA_ERR_NOMEM;
    ta_entry *entry = &edition->entries[edition->count++];
    *entry =
        (ta_entry){.value = ta_value_hash(record, record->nodes), .partner = TA_NO_PARTNER};
    if (e->key->count)
        entry->key = ta_key_hash(record, e->key, &entry->lacks);
    edition->keyed += !entry->lacks;
    return TA_OK;
}

static ta_status end_edition(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    return tail->status;
}

static void drop_edition(ta_stage *stage) {
    free(stage);
}

ta_stage *ta_edition_stage_new(ta_edition *edition, const ta_key_paths *key) {
    static const ta_stage_ops ops = {"edition",   TA_SCOPE_ORDERED, begin_edition,
                                     put_edition, end_edition,      drop_edition};
    edition_stage *e = malloc(sizeof *e);
    if (!e)
        return NULL;
    *e = (edition_stage){{&ops, NULL}, edition, key};
    return &e->stage;
}

void ta_edition_fini(ta_edition *edition) {
    free(edition->entries);
    memset(edition, 0, sizeof *edition);
}
