/* SPDX-License-Identifier: MIT */
#include "flow/patch.h"

#include <stdlib.h>

#include "base/hash.h"
#include "schema/words.h"

enum { COPIED_LEAST = 4096 }; /* bytes without a change that are handed on */

static uint64_t hash_wish(const ta_respelling *wish) {
    return ta_hash_more((uint64_t)wish->kind, wish->text.data, wish->text.len);
}

/* How many changes were made before an offset. */
static size_t count_made(const ta_patch *patch, uint64_t start) {
    size_t low = 0, high = patch->made_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (patch->made[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the value stands at its home, and becomes the same there: then nothing is to be done
 * in this place. */
static bool follows_change(const ta_patch *patch, uint64_t home, const ta_respelling *wish) {
    size_t at = count_made(patch, home);
    return at < patch->made_count && patch->made[at].start == home &&
           patch->made[at].hash == hash_wish(wish);
}

/* Changes come in order, but for some of one record. */
static void keep_made(ta_patch *patch, uint64_t start, const ta_respelling *wish) {
    if (!ta_array_grow(&patch->made, &patch->made_cap, patch->made_count + 1,
                       sizeof *patch->made)) {
        patch->failed = true;
        return;
    }
    size_t at = count_made(patch, start);
    memmove(&patch->made[at + 1], &patch->made[at],
            (patch->made_count - at) * sizeof *patch->made);
    patch->made[at] = (ta_made){start, hash_wish(wish)};
    patch->made_count++;
}

static uint64_t offset_of(const ta_record *record, const ta_node *node) {
    return record->window->offset + node->src + (uint64_t)(record->raw - record->window->data);
}

/* Has the value said anew in its place; else why that cannot be. */
static const char *add_edit(ta_patch *patch, const ta_record *record, const ta_node *node,
                            const ta_respelling *wish, const char **said) {
    uint64_t start = offset_of(record, node);
    size_t from = patch->text.len;
    const char *why = record->head->respell(record, node, wish, &patch->text);
    const char *text = ta_buf_text(&patch->text);
    patch->failed |= patch->text.failed;
    if (why || patch->failed) {
        patch->text.len = from;
        return why;
    }
    ta_text words = {text + from, patch->text.len - from};
    if (patch->original->encoding &&
        !ta_original_can_say(patch->original->encoding, words, &patch->failed))
        why = "the encoding of the file lacks a character of it";
    if (!why && !ta_array_grow(&patch->edits, &patch->cap, patch->count + 1, sizeof(ta_edit)))
        patch->failed = true;
    if (why || patch->failed) {
        patch->text.len = from;
        return why;
    }
    patch->sorted &= !patch->count || patch->edits[patch->count - 1].end <= start;
    patch->edits[patch->count++] = (ta_edit){start, start + node->src_len, from, words.len};
    *said = words.data;
    return NULL;
}

static void tell_follower(const ta_patch *patch, const ta_record *record, const ta_node *node) {
    ta_buf found = {0};
    ta_say_value(record, node, &found);
    ta_find_at(patch->finder, record, node, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_NORMALIZE_ALIAS, .found = ta_buf_text(&found)});
    ta_buf_fini(&found);
}

/* Tells what changes with its home, though no rule has it change. */
static void tell_followers(const ta_patch *patch, const ta_record *record) {
    const ta_node *end = record->nodes + record->count;
    for (const ta_node *n = record->nodes; n < end; n++) {
        uint64_t home = n->kind < TA_ARRAY ? record->head->home(record, n) : UINT64_MAX;
        bool worded = n->kind == TA_NUMBER || n->kind == TA_TEXT;
        ta_respelling is = {.kind = (ta_kind)n->kind};
        if (worded)
            is.text = ta_node_text(record, n);
        size_t at = home == UINT64_MAX ? patch->made_count : count_made(patch, home);
        if (at < patch->made_count && patch->made[at].start == home &&
            !(n->flags & TA_NODE_TOLD) && patch->made[at].hash != hash_wish(&is))
            tell_follower(patch, record, n);
    }
}

/* Notes a change, unless the value cannot be said in its place. */
static const char *note_edit(void *to, const ta_record *record, const ta_node *node,
                             const ta_respelling *wish, const char **said) {
    ta_patch *patch = to;
    const ta_head *head = record->head;
    if (wish->kind >= TA_ARRAY || wish->kind == TA_NULL)
        return "it becomes several values";
    if (!head->respell || node->kind >= TA_ARRAY || !node->src_len)
        return "no text of its own stands there";
    uint64_t home = head->home ? head->home(record, node) : UINT64_MAX;
    uint64_t start = offset_of(record, node);
    if (home != start && follows_change(patch, home, wish))
        return NULL;
    const char *why = add_edit(patch, record, node, wish, said);
    if (!why && !patch->failed && home == start)
        keep_made(patch, start, wish);
    return why;
}

/* Hands on the text as it stands, up to an offset. */
static ta_status copy_until(ta_patch *patch, uint64_t offset) {
    while (patch->offset < offset) {
        const char *data;
        size_t len;
        ta_status status =
            ta_original_take(patch->original, offset - patch->offset, &data, &len);
        if (status != TA_OK)
            return status;
        if (!len)
            return offset == UINT64_MAX ? TA_OK : TA_ERR_IO; /* the file was cut meanwhile */
        patch->to->same(patch->to->to, data, len);
        patch->offset += len;
        if (patch->to->sink && patch->to->sink->status != TA_OK)
            return patch->to->sink->status;
    }
    return TA_OK;
}

/* `from`: whose text it is. */
static ta_status hand_edit(ta_patch *patch, const ta_edit *edit, const ta_patch *from) {
    ta_status status = copy_until(patch, edit->start);
    patch->before.len = 0;
    while (status == TA_OK && patch->offset < edit->end) {
        const char *data;
        size_t len;
        status = ta_original_take(patch->original, edit->end - patch->offset, &data, &len);
        if (status == TA_OK && !len)
            status = TA_ERR_IO;
        ta_buf_put(&patch->before, data, len);
        patch->offset += len;
    }
    if (status != TA_OK || patch->before.failed)
        return status == TA_OK ? TA_ERR_NOMEM : status;
    patch->to->changed(patch->to->to, (ta_text){patch->before.data, patch->before.len},
                       (ta_text){from->text.data + edit->text, edit->len});
    return TA_OK;
}

static int compare_edits(const void *a, const void *b) {
    const ta_edit *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static bool is_same_edit(const ta_patch *patch, const ta_edit *a, const ta_edit *b) {
    return a->start == b->start && a->end == b->end && a->len == b->len &&
           !memcmp(patch->text.data + a->text, patch->text.data + b->text, a->len);
}

/* Of changes that agree one is kept, of those that do not, none. */
static void settle_edits(ta_patch *patch, const ta_record *record) {
    static const ta_finding refused = {
        .code = TA_F_NORMALIZE_PLACE,
        .message = "two changes of one place do not agree: it stays as it was"};
    ta_edit *edits = patch->edits;
    size_t kept = patch->held;
    qsort(edits + kept, patch->count - kept, sizeof *edits, compare_edits);
    for (size_t i = kept, next; i < patch->count; i = next) {
        bool agree = true;
        uint64_t end = edits[i].end;
        for (next = i + 1; next < patch->count && edits[next].start < end; next++) {
            agree &= is_same_edit(patch, &edits[i], &edits[next]);
            end = edits[next].end > end ? edits[next].end : end;
        }
        if (agree)
            edits[kept++] = edits[i];
        else
            ta_find_in(patch->finder, record->window, (ta_span){edits[i].start, end},
                       record->number, &refused);
    }
    patch->count = kept;
}

static ta_status patch_begin(ta_stage *stage, const ta_head *head) {
    (void)stage, (void)head;
    return TA_OK;
}

static void forget_edits(ta_patch *patch) {
    patch->count = patch->held = patch->text.len = 0;
}

/* All changes that another patch has, or this one. */
static ta_status hand_edits(ta_patch *patch, ta_patch *from) {
    ta_status status = TA_OK;
    for (size_t i = 0; i < from->count && status == TA_OK && patch->to; i++)
        status = hand_edit(patch, &from->edits[i], from);
    forget_edits(from);
    return status;
}

/* A stretch of the file in memory. */
typedef struct stretch {
    uint64_t offset;
    const char *data;
    size_t len;
    uint64_t done; /* up to here it is gone soon */
} stretch;

/* The changes, and the text around them as far as it can be had from memory. */
static ta_status hand_on(ta_patch *patch, ta_patch *from, const stretch *here) {
    ta_original_lend(patch->original, here->offset, here->data, here->len);
    ta_status status = hand_edits(patch, from);
    if (status == TA_OK && patch->to)
        status = copy_until(patch, here->done);
    ta_original_lend(patch->original, 0, NULL, 0);
    return status;
}

static ta_status patch_put(ta_stage *stage, ta_record *record) {
    ta_patch *patch = (ta_patch *)stage;
    const ta_window *window = record->window;
    stretch here = {window->offset, window->data, window->len, patch->offset};
    uint64_t start = window->offset + (uint64_t)(record->raw - window->data);
    if (start > patch->offset + COPIED_LEAST)
        here.done = start;
    if (patch->failed)
        return TA_ERR_NOMEM;
    if (!patch->sorted)
        settle_edits(patch, record);
    patch->sorted = true;
    if (patch->made_count)
        tell_followers(patch, record);
    patch->changes += patch->count - patch->held;
    patch->held = patch->count;
    return patch->holds ? TA_OK : hand_on(patch, patch, &here);
}

static ta_status patch_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    ta_patch *patch = (ta_patch *)stage, *from = (ta_patch *)other;
    if (patch && !by)
        return TA_OK;
    if (patch)
        patch->changes += from->changes;
    from->changes = 0;
    if (patch)
        return hand_on(
            patch, from,
            &(stretch){by->offset, by->text.data, by->text.len, by->offset + by->text.len});
    forget_edits(from);
    return TA_OK;
}

static ta_status patch_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage, (void)tail;
    return TA_OK;
}

static void patch_drop(ta_stage *stage) {
    ta_patch *patch = (ta_patch *)stage;
    free(patch->edits);
    free(patch->made);
    ta_buf_fini(&patch->text);
    ta_buf_fini(&patch->before);
}

void ta_patch_init(ta_patch *patch, ta_finder *finder, ta_original *original,
                   const ta_patch_to *to) {
    static const ta_stage_ops ops = {"patch",   patch_absorb, patch_begin,
                                     patch_put, patch_end,    patch_drop};
    *patch = (ta_patch){.stage.ops = &ops,
                        .finder = finder,
                        .original = original,
                        .to = to,
                        .listener = {patch, note_edit},
                        .sorted = true};
}

ta_status ta_patch_finish(ta_patch *patch) {
    return patch->to ? copy_until(patch, UINT64_MAX) : TA_OK;
}
