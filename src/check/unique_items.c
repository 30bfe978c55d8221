/* SPDX-License-Identifier: MIT */
/* uniqueItems (2020-12 validation, section 6.4.3), by hashes: linear, whatever the items. */
#include "check/compile.h"
#include "record/hash.h"
#include "schema/words.h"

enum { FEW_ITEMS = 12 }; /* that are compared with each other rather than in a table */

typedef struct ta_item {
    uint64_t hash;
    const ta_node *node;
} item_hash;

static const void *compile_unique_items(ta_compile *c, const ta_node *value) {
    if (value->kind != TA_TRUE && value->kind != TA_FALSE)
        return ta_compile_fault(c, value, "uniqueItems", "must be true or false");
    return value->kind == TA_TRUE ? value : NULL;
}

static bool is_same_item(const ta_run *run, const item_hash *a, const item_hash *b) {
    return a->hash == b->hash && ta_node_equal(run->record, a->node, run->record, b->node);
}

static const ta_node *find_few(const ta_run *run, uint32_t i) {
    for (uint32_t j = 0; j < i; j++)
        if (is_same_item(run, &run->items[i], &run->items[j]))
            return run->items[j].node;
    return NULL;
}

/* The item met before that is the same; else this one is entered. */
static const ta_node *find_item(ta_run *run, uint32_t i, size_t mask) {
    size_t at = (size_t)run->items[i].hash & mask;
    for (; run->item_slots[at]; at = (at + 1) & mask)
        if (is_same_item(run, &run->items[i], &run->items[run->item_slots[at] - 1]))
            return run->items[run->item_slots[at] - 1].node;
    run->item_slots[at] = i + 1;
    return NULL;
}

static bool report_same_item(ta_run *run, const ta_node *first, const ta_node *second) {
    ta_run_reset_words(run);
    ta_say_whole(run->record, second, &run->found);
    ta_related related = {ta_place_of(run->record, first, TA_PART_VALUE), "the first one"};
    return ta_run_fail(run, second,
                       &(ta_finding){.code = TA_F_UNIQUE_ITEMS,
                                     .found = ta_buf_text(&run->found),
                                     .related = &related,
                                     .related_count = 1});
}

/* A table of at least twice the items; 0: there are few, or no memory. */
static size_t clear_item_slots(ta_run *run, uint32_t count) {
    size_t slots = 32;
    if (count <= FEW_ITEMS)
        return 0;
    while (slots < (size_t)count * 2)
        slots *= 2;
    if (!ta_array_grow(&run->item_slots, &run->item_slot_cap, slots, sizeof *run->item_slots)) {
        run->nomem = true;
        return 0;
    }
    memset(run->item_slots, 0, slots * sizeof *run->item_slots);
    return slots;
}

static bool run_unique_items(ta_run *run, const void *data, const ta_node *node) {
    (void)data;
    if (node->count < 2)
        return true;
    if (!ta_array_grow(&run->items, &run->item_cap, node->count, sizeof *run->items)) {
        run->nomem = true;
        return true;
    }
    size_t slots = clear_item_slots(run, node->count);
    uint32_t i = 0;
    bool ok = true;
    for (const ta_node *item = ta_node_first(node); item < ta_node_end(node) && !run->nomem;
         item = ta_node_next(item), i++) {
        run->items[i] = (item_hash){ta_value_hash(run->record, item), item};
        const ta_node *first = slots ? find_item(run, i, slots - 1) : find_few(run, i);
        if (!first)
            continue;
        ok = false;
        if (!run->report)
            break;
        report_same_item(run, first, item);
    }
    return ok;
}

const ta_keyword ta_keyword_unique_items = {"uniqueItems", compile_unique_items,
                                            run_unique_items, 1 << TA_ARRAY, false};
