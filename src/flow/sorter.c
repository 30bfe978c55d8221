/* SPDX-License-Identifier: MIT */
/*
 * A key is a row of parts, one per path: what it is, how long its folded and its own text are,
 * and both texts. Whole keys are compared part by part.
 */
#include "flow/sorter.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "base/fold.h"

enum { SORT_BYTES_MAX = 1024 }; /* MiB, unless --max-sort says otherwise */

/* In the order in which they are sorted. */
enum { PART_NUMBER, PART_TEXT, PART_NONE };

typedef struct sort_part {
    uint32_t kind, folded, own;
} sort_part;

ta_status ta_sorter_open(ta_sorter *sorter, ta_reader *reader, ta_finder *finder) {
    *sorter = (ta_sorter){.reader = reader, .finder = finder};
    ta_status status = ta_record_key_find(&sorter->key, reader);
    ta_keys_pin(&reader->keys);
    return status;
}

/* What members are called that name their record, where neither --key nor a schema says so. */
static ta_status guess_key(ta_sorter *sorter, const ta_record *record) {
    static const char *const names[] = {"id", "identifier", "name"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (record->nodes->kind == TA_OBJECT && ta_node_named(record, record->nodes, names[i]))
            return ta_record_key_name(&sorter->key, sorter->reader, names[i]);
    ta_find_at(sorter->finder, record, record->nodes, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_SORT_KEY});
    return TA_ERR_USAGE;
}

typedef struct sort_walk {
    const ta_record *record;
    ta_text text; /* of the first value that is one */
    bool number;
} sort_walk;

static bool take_sort_value(void *to, const ta_node *node) {
    sort_walk *walk = to;
    if ((node->kind != TA_TEXT && node->kind != TA_NUMBER) || !node->text_len)
        return true;
    walk->text = ta_node_text(walk->record, node);
    walk->number = ta_number_is(walk->text.data, walk->text.len);
    return false;
}

static void put_part(ta_sorter *sorter, const ta_record *record, const ta_path *path) {
    sort_walk walk = {.record = record};
    ta_buf *out = &sorter->scratch;
    ta_path_each(record, record->nodes, path, take_sort_value, &walk);
    sort_part part = {PART_NONE, 0, (uint32_t)walk.text.len};
    size_t at = out->len;
    if (walk.text.len)
        part.kind = walk.number ? PART_NUMBER : PART_TEXT;
    ta_buf_put(out, &part, sizeof part);
    if (part.kind == PART_TEXT)
        ta_fold_text(walk.text.data, walk.text.len, out);
    if (out->failed)
        return;
    part.folded = (uint32_t)(out->len - at - sizeof part);
    memcpy(out->data + at, &part, sizeof part);
    ta_buf_put(out, walk.text.data ? walk.text.data : "", walk.text.len);
}

ta_status ta_sorter_add(ta_sorter *sorter, const ta_record *record) {
    ta_status status = sorter->key.count ? TA_OK : guess_key(sorter, record);
    sorter->scratch.len = 0;
    for (uint32_t i = 0; status == TA_OK && i < sorter->key.count; i++)
        put_part(sorter, record, &sorter->key.paths[i]);
    if (status != TA_OK)
        return status;
    if (sorter->scratch.failed ||
        !ta_array_grow(&sorter->items, &sorter->cap, sorter->count + 1, sizeof *sorter->items))
        return TA_ERR_NOMEM;
    size_t len = sorter->scratch.len;
    const char *key = ta_arena_copy(&sorter->arena, sorter->scratch.data, len);
    if (!key)
        return TA_ERR_NOMEM;
    sorter->items[sorter->count] = (ta_sort_item){key, (uint32_t)len, sorter->count};
    sorter->count++;
    return ta_sorter_hold(sorter, len + sizeof *sorter->items);
}

ta_status ta_sorter_hold(ta_sorter *sorter, size_t bytes) {
    size_t wish = sorter->reader->job->sort_max;
    size_t most = wish ? wish : (size_t)SORT_BYTES_MAX << 20;
    bool fits = bytes <= most && sorter->held_bytes <= most - bytes;
    sorter->held_bytes += bytes;
    if (fits)
        return TA_OK;
    ta_buf words = {0};
    ta_buf_printf(&words, "%zu MiB", most >> 20);
    ta_find(sorter->finder, &(ta_finding){.code = TA_F_SORT_MEMORY,
                                          .place = {.file = sorter->file},
                                          .expected = ta_buf_text(&words)});
    ta_buf_fini(&words);
    return TA_ERR_USAGE;
}

static bool is_sort_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A run of digits without zeros in front; *at moves behind it. */
static ta_text take_run(ta_text text, size_t *at) {
    while (*at + 1 < text.len && text.data[*at] == '0' && is_sort_digit(text.data[*at + 1]))
        ++*at;
    size_t from = *at;
    while (*at < text.len && is_sort_digit(text.data[*at]))
        ++*at;
    return (ta_text){text.data + from, *at - from};
}

/* Digits by what number they are: m 9 before m 10. */
static int compare_folded(ta_text a, ta_text b) {
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        if (is_sort_digit(a.data[i]) && is_sort_digit(b.data[j])) {
            ta_text x = take_run(a, &i), y = take_run(b, &j);
            int order = x.len == y.len ? memcmp(x.data, y.data, x.len) : x.len < y.len ? -1 : 1;
            if (order)
                return order;
        } else if (a.data[i] != b.data[j]) {
            return (unsigned char)a.data[i] < (unsigned char)b.data[j] ? -1 : 1;
        } else {
            i++, j++;
        }
    }
    return (i < a.len) - (j < b.len);
}

static int compare_own(ta_text a, ta_text b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.data, b.data, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_parts(const char *x, const sort_part *a, const char *y, const sort_part *b) {
    ta_text own_a = {x + a->folded, a->own}, own_b = {y + b->folded, b->own};
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == PART_NONE)
        return 0;
    if (a->kind == PART_NUMBER)
        return ta_number_compare(own_a.data, own_a.len, own_b.data, own_b.len);
    int order = compare_folded((ta_text){x, a->folded}, (ta_text){y, b->folded});
    return order ? order : compare_own(own_a, own_b);
}

/* Both keys have the same number of parts. */
static int compare_items(const void *first, const void *second) {
    const ta_sort_item *a = first, *b = second;
    const char *x = a->key, *y = b->key;
    while (x < a->key + a->len) {
        sort_part p, q;
        memcpy(&p, x, sizeof p);
        memcpy(&q, y, sizeof q);
        x += sizeof p;
        y += sizeof q;
        int order = compare_parts(x, &p, y, &q);
        if (order)
            return order;
        x += p.folded + p.own;
        y += q.folded + q.own;
    }
    return a->index < b->index ? -1 : a->index > b->index;
}

size_t ta_sorter_sort(ta_sorter *sorter) {
    size_t moved = 0;
    if (sorter->count)
        qsort(sorter->items, sorter->count, sizeof *sorter->items, compare_items);
    for (size_t i = 0; i < sorter->count; i++)
        moved += sorter->items[i].index != i;
    return moved;
}

void ta_sorter_tell(ta_sorter *sorter, size_t moved) {
    if (moved)
        ta_find(sorter->finder, &(ta_finding){.code = TA_F_SORT_MOVED,
                                              .place = {.file = sorter->file},
                                              .name = ta_buf_text(&sorter->key.words),
                                              .count = moved});
}

void ta_sorter_fini(ta_sorter *sorter) {
    ta_record_key_fini(&sorter->key);
    ta_arena_fini(&sorter->arena);
    ta_buf_fini(&sorter->scratch);
    free(sorter->items);
    *sorter = (ta_sorter){.reader = NULL};
}
