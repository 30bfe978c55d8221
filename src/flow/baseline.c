/* SPDX-License-Identifier: MIT */
/*
 * An entry is known by its line's own text but for the count, so that what is written sorts as
 * it is compared. The words of a finding never come into it: they may quote values.
 */
#include "flow/baseline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "flow/baseline_file.h"
#include "flow/names.h"
#include "flow/output.h"

enum { BASELINE_SLOTS_FIRST = 256 };

ta_baseline *ta_baseline_new(const char *file, bool update) {
    ta_baseline *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->file = file;
    b->update = update;
    ta_name_folder(file, &b->folder);
    ta_buf_text(&b->folder);
    return b;
}

/* Codes whose errors keep data from being read: they are never known. */
static bool keeps_from_reading(const char *code) {
    static const char *const families[] = {"io",          "format",
                                           "encoding",    "schema",
                                           "records",     "record",
                                           "json",        "yaml",
                                           "xml",         "csv-head",
                                           "csv-no-head", "config",
                                           "baseline",    "csv-unclosed-quote",
                                           "rules",       "map",
                                           "codes",       "normalize"};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        size_t len = strlen(families[i]);
        if (!strncmp(code, families[i], len) && (!code[len] || code[len] == '-'))
            return true;
    }
    return false;
}

/* The slot of a key; slots[at] 0: it is free. */
static size_t find_entry_slot(const ta_baseline *b, const char *key, uint64_t hash) {
    size_t at = hash & (b->slot_count - 1);
    while (b->slots[at] && strcmp(b->entries[b->slots[at] - 1].key, key) != 0)
        at = (at + 1) & (b->slot_count - 1);
    return at;
}

static bool grow_entry_slots(ta_baseline *b) {
    size_t count = b->slot_count ? b->slot_count * 2 : BASELINE_SLOTS_FIRST;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots)
        return false;
    free(b->slots);
    b->slots = slots;
    b->slot_count = count;
    for (size_t i = 0; i < b->count; i++) {
        const char *key = b->entries[i].key;
        b->slots[find_entry_slot(b, key, ta_hash(key, strlen(key)))] = (uint32_t)i + 1;
    }
    return true;
}

ta_baseline_entry *ta_baseline_entry_of(ta_baseline *b, const char *key, const char *file,
                                        bool add) {
    if (add && b->count * 2 >= b->slot_count && !grow_entry_slots(b))
        return NULL;
    if (!b->slot_count)
        return NULL;
    size_t at = find_entry_slot(b, key, ta_hash(key, strlen(key)));
    if (b->slots[at])
        return &b->entries[b->slots[at] - 1];
    if (!add || !ta_array_grow(&b->entries, &b->cap, b->count + 1, sizeof *b->entries))
        return NULL;
    ta_baseline_entry entry = {.key = ta_arena_copy(&b->arena, key, strlen(key)),
                               .file = ta_arena_copy(&b->arena, file, strlen(file))};
    if (!entry.key || !entry.file)
        return NULL;
    b->entries[b->count++] = entry;
    b->slots[at] = (uint32_t)b->count;
    return &b->entries[b->count - 1];
}

/* The input's name as it is called from the baseline's folder; the last one is kept. */
static const char *name_input(ta_baseline *b, const char *input) {
    if (b->last_input && !strcmp(b->last_input, input))
        return ta_buf_text(&b->name);
    b->name.len = 0;
    if (strcmp(input, "-") != 0)
        ta_name_from(ta_buf_text(&b->folder), input, &b->name);
    else
        ta_buf_puts(&b->name, input);
    b->last_input = ta_arena_copy(&b->arena, input, strlen(input));
    return ta_buf_text(&b->name);
}

bool ta_baseline_knows(void *to, const ta_finding *f) {
    ta_baseline *b = to;
    const char *code = ta_codes[f->code].code;
    if (ta_codes[f->code].level == TA_ERROR && keeps_from_reading(code))
        return false;
    const char *file = name_input(b, f->place.file ? f->place.file : "-");
    ta_buf key = {0}, number = {0};
    if (!f->record_key)
        ta_buf_printf(&number, "%" PRIu64, f->record_no);
    ta_baseline_put_key(&key, &(ta_baseline_words){.file = file,
                                                   .record = f->record_key,
                                                   .number = ta_buf_text(&number),
                                                   .code = code,
                                                   .path = f->path,
                                                   .rule = f->rule_id});
    ta_baseline_entry *entry = ta_baseline_entry_of(b, ta_buf_text(&key), file, b->update);
    b->failed |= key.failed || number.failed || b->name.failed || (b->update && !entry);
    bool known = entry && (b->update || entry->seen < entry->allowed);
    if (entry)
        entry->seen++;
    ta_buf_fini(&key);
    ta_buf_fini(&number);
    return known;
}

ta_status ta_baseline_saw(ta_baseline *b, const char *input) {
    const char *name = name_input(b, input);
    for (size_t i = 0; i < b->count; i++)
        b->entries[i].checked |= !strcmp(b->entries[i].file, name);
    return b->failed || b->name.failed ? TA_ERR_NOMEM : TA_OK;
}

/* Whether the file that an entry is about is there no more. */
static bool is_gone(ta_baseline *b, const ta_baseline_entry *entry) {
    ta_buf name = {0};
    if (b->folder.len)
        ta_buf_put(&name, b->folder.data, b->folder.len);
    ta_buf_puts(&name, entry->file);
    bool gone =
        !name.failed && strcmp(entry->file, "-") != 0 && access(ta_buf_text(&name), F_OK) != 0;
    b->failed |= name.failed;
    ta_buf_fini(&name);
    return gone;
}

static void tell_stale(ta_baseline *b, ta_finder *finder) {
    for (size_t i = 0; i < b->count; i++) {
        const ta_baseline_entry *entry = &b->entries[i];
        bool gone = !entry->checked && is_gone(b, entry);
        if (entry->seen >= entry->allowed || (!entry->checked && !gone))
            continue;
        ta_find(finder,
                &(ta_finding){.code = TA_F_BASELINE_STALE,
                              .place = {.file = b->file, .from = entry->at, .to = entry->at},
                              .name = entry->key + 1,
                              .found = gone ? "the file is gone" : "it no longer comes",
                              .count = entry->allowed - entry->seen});
    }
}

static int compare_entries(const void *a, const void *b) {
    return strcmp(((const ta_baseline_entry *)a)->key, ((const ta_baseline_entry *)b)->key);
}

/* What is to be written of an entry: of inputs that were not looked at, what stood there. */
static uint64_t count_left(ta_baseline *b, const ta_baseline_entry *entry) {
    if (entry->checked || entry->seen)
        return entry->seen;
    return is_gone(b, entry) ? 0 : entry->allowed;
}

static ta_status write_entries(ta_baseline *b, ta_finder *finder, uint64_t *written) {
    ta_output output;
    ta_status status = ta_output_open(&output, b->file, finder);
    if (status != TA_OK)
        return status;
    if (b->count)
        qsort(b->entries, b->count, sizeof *b->entries, compare_entries);
    for (size_t i = 0; i < b->count; i++) {
        const ta_baseline_entry *entry = &b->entries[i];
        uint64_t left = count_left(b, entry);
        ta_buf tail = {0};
        ta_buf_printf(&tail, ", \"count\": %" PRIu64 "}\n", left);
        if (left && !tail.failed) {
            ta_sink_put(&output.sink, entry->key, strlen(entry->key));
            ta_sink_put(&output.sink, tail.data, tail.len);
        }
        b->failed |= tail.failed;
        *written += left != 0;
        ta_buf_fini(&tail);
    }
    status = ta_output_close(&output, !b->failed);
    return b->failed ? TA_ERR_NOMEM : status;
}

ta_status ta_baseline_close(ta_baseline *b, ta_finder *finder, uint64_t *written) {
    *written = 0;
    if (b->failed)
        return TA_ERR_NOMEM;
    if (b->update)
        return write_entries(b, finder, written);
    tell_stale(b, finder);
    return b->failed ? TA_ERR_NOMEM : TA_OK;
}

const char *ta_baseline_file(const ta_baseline *b) {
    return b->file;
}

bool ta_baseline_is_updated(const ta_baseline *b) {
    return b->update;
}

void ta_baseline_drop(ta_baseline *b) {
    if (!b)
        return;
    free(b->entries);
    free(b->slots);
    ta_buf_fini(&b->folder);
    ta_buf_fini(&b->name);
    ta_arena_fini(&b->arena);
    free(b);
}
