/* SPDX-License-Identifier: MIT */
/* The tables of a list, the places in their rows, and what the columns that link them are
 * called. */
#include "tables/tables.h"

#include <stdlib.h>

#include "base/hash.h"

enum {
    FIRST_SPOT_SLOTS = 64,
    KEY_TYPES = TA_TYPE_NULL | TA_TYPE_BOOLEAN | TA_TYPE_NUMBER | TA_TYPE_STRING
};

static uint32_t *find_spot_slot(const ta_tables *t, uint32_t parent, uint32_t key) {
    const uint32_t pair[2] = {parent, key};
    uint32_t mask = t->slot_count - 1;
    for (uint32_t at = (uint32_t)ta_hash(pair, sizeof pair) & mask;; at = (at + 1) & mask) {
        const ta_spot *spot = &t->spots[t->slots[at]];
        if (!t->slots[at] || (spot->parent == parent && spot->key == key))
            return &t->slots[at];
    }
}

static bool rehash_spots(ta_tables *t, uint32_t slot_count) {
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(t->slots);
    t->slots = slots;
    t->slot_count = slot_count;
    for (uint32_t i = 1; i < t->spot_count; i++)
        if (t->spots[i].parent)
            *find_spot_slot(t, t->spots[i].parent, t->spots[i].key) = i;
    return true;
}

static uint32_t push_spot(ta_tables *t) {
    if (!ta_array_grow(&t->spots, &t->spot_cap, t->spot_count + 2, sizeof *t->spots))
        return 0;
    t->spots[t->spot_count] = (ta_spot){.name = ""};
    return t->spot_count++;
}

bool ta_tables_init(ta_tables *t, const char *name, const char *suffix, const ta_shape *shape,
                    char separator, ta_keys *keys) {
    *t = (ta_tables){.name = name, .suffix = suffix, .keys = keys, .spot_count = 1};
    t->generation = keys->generation;
    t->join = separator == '/' ? '.' : '/';
    if (!ta_array_grow(&t->items, &t->cap, 1, sizeof *t->items) ||
        !ta_array_grow(&t->spots, &t->spot_cap, 1, sizeof *t->spots) ||
        !rehash_spots(t, FIRST_SPOT_SLOTS))
        return false;
    t->spots[0] = (ta_spot){.name = ""};
    ta_buf file = {0};
    ta_buf_printf(&file, "%s.%s", name, suffix);
    t->items[0] = (ta_table){.item = shape, .path = "", .top = push_spot(t)};
    t->items[0].file = ta_arena_copy(&t->arena, ta_buf_text(&file), file.len);
    t->items[0].shape = ta_tables_row_shape(t, shape, NULL, 0);
    t->count = 1;
    bool ok = t->items[0].top && !file.failed && t->items[0].file;
    ta_buf_fini(&file);
    return ok && t->items[0].shape;
}

void ta_tables_fini(ta_tables *t) {
    free(t->items);
    free(t->spots);
    free(t->slots);
    ta_arena_fini(&t->arena);
    *t = (ta_tables){0};
}

static bool bind_link(ta_tables *t, ta_link *link) {
    link->key = ta_keys_get(t->keys, link->name, link->len);
    return link->key != TA_KEY_NONE;
}

static bool bind_table(ta_tables *t, ta_table *table) {
    for (uint32_t i = 0; i < table->link_count; i++)
        if (!bind_link(t, &table->links[i]))
            return false;
    return !table->value.name || bind_link(t, &table->value);
}

bool ta_tables_bind(ta_tables *t) {
    if (t->generation == t->keys->generation)
        return true;
    for (uint32_t i = 1; i < t->spot_count; i++) {
        ta_spot *spot = &t->spots[i];
        if (spot->key)
            spot->key = ta_keys_get(t->keys, spot->name, spot->len);
        if (!spot->key && spot->len)
            return false;
    }
    for (uint32_t i = 1; i < t->count; i++)
        if (!bind_table(t, &t->items[i]))
            return false;
    t->generation = t->keys->generation;
    return rehash_spots(t, t->slot_count);
}

uint32_t ta_tables_spot(const ta_tables *t, uint32_t parent, uint32_t key) {
    return *find_spot_slot(t, parent, key);
}

uint32_t ta_tables_add_spot(ta_tables *t, uint32_t parent, uint32_t key) {
    uint32_t found = ta_tables_spot(t, parent, key);
    if (found)
        return found;
    if (t->spot_count * 2 >= t->slot_count && !rehash_spots(t, t->slot_count * 2))
        return 0;
    uint32_t at = push_spot(t);
    if (!at)
        return 0;
    const ta_key *name = &t->keys->items[key];
    ta_spot *spot = &t->spots[at], *above = &t->spots[parent];
    spot->name = key ? ta_arena_copy(&t->arena, name->text, name->len) : "";
    if (!spot->name) {
        t->spot_count--;
        return 0;
    }
    spot->len = key ? name->len : 0;
    spot->key = key;
    spot->parent = parent;
    *(above->first ? &t->spots[above->last].next : &above->first) = at;
    above->last = at;
    *find_spot_slot(t, parent, key) = at;
    return at;
}

/* The steps from the rows of a table to a spot, each written by `put`. */
static void put_steps(const ta_tables *t, uint32_t top, uint32_t spot, char between,
                      void (*put)(ta_buf *out, const char *step, size_t len), ta_buf *out) {
    if (spot == top)
        return;
    put_steps(t, top, t->spots[spot].parent, between, put, out);
    if (out->len)
        ta_buf_put(out, &between, 1);
    if (t->spots[spot].key)
        put(out, t->spots[spot].name, t->spots[spot].len);
    else
        ta_buf_puts(out, "_");
}

static void put_plain_step(ta_buf *out, const char *step, size_t len) {
    ta_buf_put(out, step, len);
}

static void put_path_step(ta_buf *out, const char *step, size_t len) {
    ta_path_put_step(out, step, len, '.');
}

typedef void put_step_fn(ta_buf *out, const char *step, size_t len);

/* The steps of all lists around a table's rows. */
static void put_table_steps(const ta_tables *t, const ta_table *table, char between,
                            put_step_fn *put, const char *items, ta_buf *out) {
    const ta_table *above = &t->items[table->parent];
    if (above->level) {
        put_table_steps(t, above, between, put, items, out);
        ta_buf_puts(out, items);
    }
    put_steps(t, above->top, table->list, between, put, out);
}

static char *keep_words(ta_tables *t, ta_buf *words, uint32_t *len) {
    const char *text = ta_buf_text(words);
    char *kept = words->failed ? NULL : ta_arena_copy(&t->arena, text, words->len);
    *len = (uint32_t)words->len;
    ta_buf_fini(words);
    return kept;
}

static bool make_link(ta_tables *t, ta_link *link, ta_buf *words, const ta_shape *shape) {
    link->name = keep_words(t, words, &link->len);
    link->shape = shape;
    return link->name && bind_link(t, link);
}

static const ta_shape *shape_of_key(const ta_tables *t, const ta_path *path) {
    const ta_shape *shape = t->items[0].item;
    for (uint32_t i = 0; shape && i < path->count; i++)
        shape = ta_shape_named(shape, path->steps[i].text, path->steps[i].len);
    return shape;
}

/* The columns that name the record: its key's parts, or its number. */
static bool make_key_links(ta_tables *t, ta_table *table) {
    for (uint32_t i = 0; i < (t->key ? t->key_count : 1); i++) {
        ta_buf words = {0};
        const ta_shape *shape = NULL;
        ta_buf_printf(&words, "%s#", t->name);
        for (uint32_t s = 0; t->key && s < t->key[i].count; s++) {
            if (s)
                ta_buf_put(&words, &t->join, 1);
            ta_buf_put(&words, t->key[i].steps[s].text, t->key[i].steps[s].len);
        }
        if (t->key)
            shape = shape_of_key(t, &t->key[i]);
        if (!shape)
            shape = ta_tables_plain_shape(t, t->key ? KEY_TYPES : TA_TYPE_NUMBER);
        if (!make_link(t, &table->links[table->link_count++], &words, shape))
            return false;
    }
    return true;
}

static bool make_links(ta_tables *t, ta_table *table) {
    uint32_t keys = t->key ? t->key_count : 1;
    const ta_shape *number = ta_tables_plain_shape(t, TA_TYPE_NUMBER);
    table->links = ta_arena_alloc(&t->arena, (keys + table->level) * sizeof *table->links);
    if (!table->links || !make_key_links(t, table))
        return false;
    if (!number)
        return false;
    const ta_table *above = &t->items[table->parent];
    for (uint32_t i = 0; i + 1 < table->level; i++)
        table->links[table->link_count++] = above->links[keys + i];
    ta_buf words = {0};
    put_table_steps(t, table, t->join, put_plain_step, "", &words);
    ta_buf_puts(&words, "#");
    return make_link(t, &table->links[table->link_count++], &words, number);
}

/* What the schema says of the list at a spot. */
static const ta_shape *shape_of_spot(const ta_tables *t, const ta_table *above, uint32_t spot) {
    const ta_spot *s = &t->spots[spot];
    if (spot == above->top || !s->key)
        return above->item;
    const ta_shape *outer = shape_of_spot(t, above, s->parent);
    return outer ? ta_shape_named(outer, s->name, s->len) : NULL;
}

/* The column of items that are no objects. */
static bool make_value(ta_tables *t, ta_table *table) {
    ta_buf words = {0};
    ta_buf_puts(&words, "#value");
    uint8_t types = TA_TYPE_STRING;
    if (table->item)
        types |= table->item->types & (uint8_t) ~(TA_TYPE_ARRAY | TA_TYPE_OBJECT);
    if (table->item && !(table->item->types & (TA_TYPE_ARRAY | TA_TYPE_OBJECT)))
        return make_link(t, &table->value, &words, table->item);
    const ta_shape *shape = t->items[0].item ? ta_tables_plain_shape(t, types) : t->any;
    return make_link(t, &table->value, &words, shape) && (shape || !t->items[0].item);
}

static bool make_row_shape(ta_tables *t, ta_table *table) {
    ta_link *all;
    all = ta_arena_alloc(&t->arena, (table->link_count + (size_t)1) * sizeof *all);
    if (!all)
        return false;
    memcpy(all, table->links, table->link_count * sizeof *all);
    all[table->link_count] = table->value;
    table->shape = ta_tables_row_shape(t, table->item, all, table->link_count + 1);
    return table->shape != NULL;
}

static bool name_table(ta_tables *t, ta_table *table) {
    ta_buf file = {0}, path = {0};
    uint32_t len;
    put_table_steps(t, table, '.', ta_tables_put_name, "", &file);
    ta_buf whole = {0};
    ta_buf_printf(&whole, "%s.%s.%s", t->name, ta_buf_text(&file), t->suffix);
    whole.failed |= file.failed;
    ta_buf_fini(&file);
    put_table_steps(t, table, '.', put_path_step, ".*", &path);
    table->file = keep_words(t, &whole, &len);
    table->path = keep_words(t, &path, &len);
    return table->file && table->path;
}

uint32_t ta_tables_add(ta_tables *t, uint32_t owner, uint32_t spot) {
    if (t->spots[spot].table)
        return t->spots[spot].table;
    if (!ta_array_grow(&t->items, &t->cap, t->count + 1, sizeof *t->items))
        return 0;
    uint32_t top = push_spot(t);
    ta_table table = {.parent = owner, .list = spot, .top = top};
    table.level = t->items[owner].level + 1;
    const ta_shape *list = shape_of_spot(t, &t->items[owner], spot);
    table.item = list && list->types & TA_TYPE_ARRAY ? list->items : NULL;
    if (!top || !make_links(t, &table) || !make_value(t, &table) ||
        !make_row_shape(t, &table) || !name_table(t, &table))
        return 0;
    t->items[t->count] = table;
    t->spots[spot].table = t->count;
    return t->count++;
}

bool ta_tables_is_head(const ta_link *link, const char *head) {
    ta_buf escaped = {0};
    ta_path_put_step(&escaped, link->name, link->len, '.');
    bool is = !strcmp(head, link->name) || !strcmp(head, ta_buf_text(&escaped));
    ta_buf_fini(&escaped);
    return is;
}
