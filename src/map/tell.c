/* SPDX-License-Identifier: MIT */
/* What a mapping has to say of the data. */
#include "codes/nearest.h"
#include "map/mapper.h"
#include "schema/words.h"

enum { SAID_MAX = 10000 }; /* names; more of them are not told */

/* The property that a name comes nearest to. */
static void guess_property(const ta_shape *shape, const ta_key *key, ta_buf *out) {
    ta_nearest nearest = {.word = key->text, .len = key->len};
    for (uint32_t i = 0; shape && i < shape->member_count; i++)
        ta_nearest_try(&nearest, shape->members[i].name, shape->members[i].name_len);
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", out);
}

void ta_mapper_tell_unknown(ta_mapper *s) {
    for (size_t i = 0; i < s->unknown_count; i++) {
        const ta_node *node = &s->made.nodes[s->unknown[i].node];
        const ta_key *key = &s->made.keys->items[node->key];
        uint64_t mark = key->hash ^ ((uint64_t)s->unknown[i].branch << 1) ^ 1;
        if (s->said_count > SAID_MAX ||
            ta_table_get(&s->said, mark | (UINT64_C(1) << 63)) != TA_TABLE_NONE)
            continue;
        s->said_count++;
        if (!ta_table_put(&s->said, mark | (UINT64_C(1) << 63), 0))
            s->said_count = SAID_MAX + 1;
        ta_buf name = {0}, guess = {0};
        ta_say_flat((ta_text){key->text, key->len}, &name);
        guess_property(s->m->made.items[s->unknown[i].branch].shape, key, &guess);
        ta_find_at(s->finder, &s->made, node, TA_PART_KEY,
                   &(ta_finding){.code = TA_F_MAP_UNKNOWN,
                                 .name = ta_buf_text(&name),
                                 .replacement = ta_buf_text(&guess)});
        ta_buf_fini(&name);
        ta_buf_fini(&guess);
    }
}

void ta_mapper_tell_clash(ta_mapper *s, const ta_node *node, uint32_t made) {
    const ta_key *key = &s->from->keys->items[node->key];
    uint32_t link = s->m->made.items[made].link;
    const ta_map_entry *entry = link ? s->m->links[link - 1].entry : NULL;
    ta_text other = {"another entry", 13};
    if (entry)
        other = entry->source.len ? entry->source : entry->target;
    ta_buf name = {0}, found = {0};
    ta_say_flat((ta_text){key->text, key->len}, &name);
    ta_say_flat(other, &found);
    ta_find_at(s->finder, s->from, node, TA_PART_KEY,
               &(ta_finding){.code = TA_F_MAP_CLASH,
                             .name = ta_buf_text(&name),
                             .found = ta_buf_text(&found)});
    ta_buf_fini(&name);
    ta_buf_fini(&found);
}

static void tell_missing(const ta_mapper *s, const ta_map_entry *entry, ta_text source,
                         const char *file) {
    ta_buf name = {0};
    ta_say_flat(source, &name);
    const ta_record *record = &s->m->map->document->record;
    bool keyed = !(entry->place->flags & TA_NODE_KEYLESS);
    ta_find_at(
        s->finder, record, entry->place, keyed ? TA_PART_KEY : TA_PART_VALUE,
        &(ta_finding){.code = TA_F_MAP_MISSING, .name = ta_buf_text(&name), .found = file});
    ta_buf_fini(&name);
}

static bool part_was_met(const ta_mapper *s, const ta_map_link *link, uint32_t part) {
    for (uint32_t i = 2 * part; i < 2 * part + 2; i++) {
        const ta_map_branch *b = &s->m->read.items[link->parts[i]];
        if (link->parts[i] && (b->met || (b->link && s->m->links[b->link - 1].met)))
            return true;
    }
    return false;
}

static void tell_missing_parts(const ta_mapper *s, const ta_map_link *link, const char *file) {
    const ta_record *record = &s->m->map->document->record;
    uint32_t part = 0;
    for (const ta_node *c = ta_node_first(link->entry->sources);
         c < ta_node_end(link->entry->sources); c = ta_node_next(c), part++) {
        ta_text source = ta_node_text(record, c);
        if (!part_was_met(s, link, part) && !ta_mapping_has_column(s->m, source))
            tell_missing(s, link->entry, source, file);
    }
}

void ta_mapper_tell_missing(ta_mapper *s, const char *file, uint64_t records) {
    for (uint32_t i = 0; i < s->m->link_count; i++) {
        const ta_map_link *link = &s->m->links[i];
        const ta_map_entry *entry = link->entry;
        if (!entry || s->m->way != TA_MAP_IN || (!records && !s->m->renamed))
            continue;
        bool own = link->met || ta_mapping_has_column(s->m, entry->target);
        if (entry->kind == TA_ENTRY_JOIN && !own)
            tell_missing_parts(s, link, file);
        else if (entry->kind == TA_ENTRY_MOVE && !link->met &&
                 !ta_mapping_has_column(s->m, entry->source))
            tell_missing(s, entry, entry->source, file);
    }
}
