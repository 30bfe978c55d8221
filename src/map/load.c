/* SPDX-License-Identifier: MIT */
/*
 * The map file: an object from names to properties (`Nom: name`, `Fax: drop`, `Statut: {to:
 * status, values: {...}}`, `+country: {const: FR}`), or a list of rows with `from` and `to`, as
 * a CSV file gives it.
 */
#include <stdlib.h>

#include "codes/nearest.h"
#include "map/entry.h"
#include "schema/words.h"

typedef struct map_reader {
    ta_map *map;
    const ta_record *record;
    ta_map_entry *entry; /* under way */
    ta_text name;        /* of it, for messages */
    bool is_row, failed, nomem;
} map_reader;

void ta_map_fault(const ta_map *map, const ta_map_entry *entry, const ta_finding *finding) {
    const ta_record *record = &map->document->record;
    bool keyed = !(entry->place->flags & TA_NODE_KEYLESS) && entry->place > record->nodes;
    ta_find_at(map->finder, record, entry->place, keyed ? TA_PART_KEY : TA_PART_VALUE, finding);
}

/* What is wrong with the entry, or with `node` in it. */
static void refuse_entry(map_reader *r, const ta_node *node, const char *words) {
    ta_buf name = {0};
    ta_buf_put(&name, r->name.data, r->name.len);
    ta_finding finding = {.code = TA_F_MAP_FORM, .name = ta_buf_text(&name), .expected = words};
    if (node)
        ta_find_at(r->map->finder, r->record, node, TA_PART_VALUE, &finding);
    else
        ta_map_fault(r->map, r->entry, &finding);
    ta_buf_fini(&name);
    r->failed = true;
}

static bool is_scalar(const ta_node *node) {
    return node->kind != TA_ARRAY && node->kind != TA_OBJECT;
}

static ta_text take_text(map_reader *r, const ta_node *node, const char *words) {
    if (node->kind == TA_TEXT && node->text_len)
        return ta_node_text(r->record, node);
    refuse_entry(r, node, words);
    return (ta_text){"", 0};
}

static const char *copy_map_text(map_reader *r, const ta_node *node, const char *words) {
    ta_text text = take_text(r, node, words);
    const char *copy = ta_arena_copy(&r->map->arena, text.data, text.len);
    r->nomem = r->nomem || !copy;
    return copy;
}

static void take_to(map_reader *r, const ta_node *node) {
    r->entry->target = take_text(r, node, "leads to no property: `to` is a property's path");
    bool drops =
        r->is_row && r->entry->target.len == 4 && !memcmp(r->entry->target.data, "drop", 4);
    if (drops)
        r->entry->kind = TA_ENTRY_DROP;
}

static void take_from(map_reader *r, const ta_node *node) {
    r->entry->source =
        take_text(r, node, "has no name: `from` is a column or path of the file");
}

static void take_const(map_reader *r, const ta_node *node) {
    r->entry->kind = TA_ENTRY_CONST;
    r->entry->constant = node;
    if (!is_scalar(node))
        refuse_entry(r, node,
                     "is no single value: `const` is a text, number, true, false or null");
}

static void take_join(map_reader *r, const ta_node *node) {
    r->entry->kind = TA_ENTRY_JOIN;
    r->entry->sources = node;
    bool ok = node->kind == TA_ARRAY && node->count;
    for (const ta_node *c = ta_node_first(node); ok && c < ta_node_end(node);
         c = ta_node_next(c))
        ok = c->kind == TA_TEXT && c->text_len;
    if (!ok)
        refuse_entry(r, node,
                     "joins nothing: `join` is a list of columns or paths of the file");
}

static void take_values(map_reader *r, const ta_node *node) {
    r->entry->values = node;
    bool ok = node->kind == TA_OBJECT;
    for (const ta_node *c = ta_node_first(node); ok && c < ta_node_end(node);
         c = ta_node_next(c))
        ok = is_scalar(c);
    if (!ok)
        refuse_entry(r, node,
                     "has no values: `values` is an object, from what the file says to "
                     "what it means");
}

static void take_split(map_reader *r, const ta_node *node) {
    r->entry->split =
        copy_map_text(r, node, "cannot be split: `split` is the text between the items");
}

static void take_with(map_reader *r, const ta_node *node) {
    bool empty = node->kind == TA_TEXT && !node->text_len;
    r->entry->with =
        empty ? "" : copy_map_text(r, node, "cannot be joined: `with` is the text in between");
}

static const struct {
    const char *name;
    void (*take)(map_reader *r, const ta_node *node);
} word_rows[] = {{"to", take_to},       {"from", take_from},   {"values", take_values},
                 {"split", take_split}, {"const", take_const}, {"join", take_join},
                 {"with", take_with}};

enum { WORD_COUNT = sizeof word_rows / sizeof *word_rows };

static void refuse_word(map_reader *r, const ta_node *node, const ta_key *key) {
    ta_nearest nearest = {.word = key->text, .len = key->len};
    for (size_t i = 0; i < WORD_COUNT; i++)
        ta_nearest_try(&nearest, word_rows[i].name, strlen(word_rows[i].name));
    ta_buf words = {0};
    ta_buf_printf(&words, "says `%.*s`, which means nothing in a map", (int)key->len,
                  key->text);
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", &words);
    refuse_entry(r, node, ta_buf_text(&words));
    ta_buf_fini(&words);
}

static void read_words(map_reader *r, const ta_node *object) {
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c)) {
        const ta_key *key = &r->record->keys->items[c->key];
        size_t i = 0;
        while (i < WORD_COUNT && (strlen(word_rows[i].name) != key->len ||
                                  memcmp(word_rows[i].name, key->text, key->len) != 0))
            i++;
        if (i == WORD_COUNT || (i == 1 && !r->is_row))
            refuse_word(r, c, key);
        else
            word_rows[i].take(r, c);
    }
}

/* What the words of an entry make together. */
static void judge_entry(map_reader *r) {
    const ta_map_entry *e = r->entry;
    bool makes = e->kind == TA_ENTRY_CONST || e->kind == TA_ENTRY_JOIN;
    if (r->failed)
        return;
    if (makes && e->source.len)
        refuse_entry(r, NULL,
                     "has `const` or `join`, which make a property: put a + in front of "
                     "the property's name, as in `+country: {const: FR}`");
    else if (!makes && !e->source.len)
        refuse_entry(r, NULL, "says of no column where it comes from");
    else if (e->kind != TA_ENTRY_DROP && !e->target.len)
        refuse_entry(r, NULL, "leads to no property: say `to: PROPERTY`, or `drop`");
    else if (e->constant && e->sources)
        refuse_entry(r, NULL, "has `const` and `join`: it is one or the other");
}

/* `Nom: name`, `Fax: drop`, `Statut: {to: ...}`, `+country: {const: FR}`. */
static void read_member(map_reader *r, const ta_node *node) {
    const ta_key *key = &r->record->keys->items[node->key];
    if (key->len)
        r->name = (ta_text){key->text, key->len};
    bool makes =
        node->kind == TA_OBJECT && key->len > 1 && *key->text == '+' &&
        (ta_node_named(r->record, node, "const") || ta_node_named(r->record, node, "join"));
    if (makes)
        r->entry->target = (ta_text){key->text + 1, key->len - 1};
    else
        r->entry->source = (ta_text){key->text, key->len};
    if (!key->len)
        refuse_entry(r, NULL, "has no name: the key is a column or path of the file");
    else if (node->kind == TA_OBJECT)
        read_words(r, node);
    else if (node->kind == TA_TEXT && node->text_len == 4 &&
             !memcmp(ta_node_text(r->record, node).data, "drop", 4))
        r->entry->kind = TA_ENTRY_DROP;
    else
        take_to(r, node);
}

static void read_row(map_reader *r, const ta_node *node) {
    const ta_node *from = ta_node_named(r->record, node, "from");
    const ta_node *to = ta_node_named(r->record, node, "to");
    const ta_node *name = from ? from : to;
    r->is_row = true;
    if (name && name->kind == TA_TEXT)
        r->name = ta_node_text(r->record, name);
    if (node->kind != TA_OBJECT || !to)
        refuse_entry(r, NULL, "is no row of a map: each has a `from` and a `to`");
    else
        read_words(r, node);
}

static void read_map_entries(map_reader *r, const ta_node *root) {
    if (root->kind != TA_OBJECT && root->kind != TA_ARRAY) {
        r->entry = r->map->entries;
        r->entry->place = root;
        r->name = (ta_text){"the whole", 9};
        refuse_entry(r, NULL,
                     "is neither an object from names to properties nor rows of `from` and "
                     "`to`");
        return;
    }
    bool failed = false;
    for (const ta_node *c = ta_node_first(root); c < ta_node_end(root); c = ta_node_next(c)) {
        r->entry = &r->map->entries[r->map->count++];
        r->entry->place = c;
        r->entry->with = " ";
        r->name = (ta_text){"an entry", 8};
        r->failed = false;
        if (root->kind == TA_ARRAY)
            read_row(r, c);
        else
            read_member(r, c);
        judge_entry(r);
        failed |= r->failed;
    }
    r->failed = failed;
}

ta_status ta_map_load(const ta_loader *loader, const char *name, ta_map **out) {
    *out = NULL;
    const ta_document *document = loader->load(loader->to, name);
    if (!document)
        return TA_ERR_USAGE;
    const ta_node *root = document->record.nodes;
    ta_map *map = calloc(1, sizeof *map);
    if (map)
        map->entries = calloc(root->count + (size_t)1, sizeof *map->entries);
    if (!map || !map->entries) {
        free(map);
        return TA_ERR_NOMEM;
    }
    map->document = document;
    map->finder = loader->finder;
    map_reader reader = {.map = map, .record = &document->record};
    read_map_entries(&reader, root);
    if (!reader.failed && !reader.nomem)
        *out = map;
    else
        ta_map_drop(map);
    return reader.nomem ? TA_ERR_NOMEM : reader.failed ? TA_ERR_USAGE : TA_OK;
}

void ta_map_drop(ta_map *map) {
    if (!map)
        return;
    ta_arena_fini(&map->arena);
    free(map->entries);
    free(map);
}
