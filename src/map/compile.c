/* SPDX-License-Identifier: MIT */
/*
 * From entries to links between two trees: what is read, what is made. A path with `*` stands
 * for each item of a list; both sides then have as many of them.
 */
#include <stdlib.h>

#include "codes/nearest.h"
#include "map/tree.h"
#include "schema/words.h"

enum { MAP_DEPTH_MAX = 64 };

static void fault_entry(ta_mapping *m, const ta_map_entry *entry, const char *words) {
    ta_buf name = {0};
    ta_text text = entry->source.len ? entry->source : entry->target;
    ta_buf_put(&name, text.data, text.len);
    ta_map_fault(
        m->map, entry,
        &(ta_finding){.code = TA_F_MAP_FORM, .name = ta_buf_text(&name), .expected = words});
    ta_buf_fini(&name);
    m->failed = true;
}

/* The branch at a path; 0: it is at fault, which was said, or no memory. */
static uint32_t grow_path(ta_mapping *m, ta_map_tree *tree, const ta_map_entry *entry,
                          ta_text text) {
    ta_path path;
    size_t bad;
    if (!ta_path_parse(&m->arena, m->keys, text, '.', &path, &bad)) {
        m->nomem |= bad == SIZE_MAX;
        if (!m->nomem)
            fault_entry(m, entry,
                        "is no path: a step of it is empty; a dot in a name is "
                        "written \\.");
        return 0;
    }
    if (path.relative || path.count > MAP_DEPTH_MAX) {
        fault_entry(m, entry,
                    path.relative ? "begins with a dot, which no path here does"
                                  : "has too many steps");
        return 0;
    }
    uint32_t at = 0;
    for (uint32_t i = 0; i < path.count; i++) {
        at = ta_map_tree_add(tree, at, &path.steps[i]);
        m->nomem |= !at;
        if (!at)
            return 0;
    }
    return at;
}

/* The branch of a name taken word for word. */
static uint32_t grow_word(ta_mapping *m, ta_map_tree *tree, ta_text text) {
    char *copy = ta_arena_copy(&m->arena, text.data, text.len);
    ta_step step = {.kind = TA_STEP_KEY, .text = copy, .len = (uint32_t)text.len};
    step.key = copy ? ta_keys_get(m->keys, text.data, text.len) : 0;
    uint32_t at = step.key ? ta_map_tree_add(tree, 0, &step) : 0;
    m->nomem |= !at;
    return at;
}

/* Whether a name is more than one step, or may be. */
static bool is_path_like(ta_text text) {
    return memchr(text.data, '.', text.len) || memchr(text.data, '\\', text.len) ||
           (text.len == 1 && *text.data == '*');
}

/* A source as read: by path, and word for word where that is something else. */
static void grow_source(ta_mapping *m, const ta_map_entry *entry, ta_text text, uint32_t *path,
                        uint32_t *literal) {
    bool odd = text.data[0] == '.' || text.data[text.len - 1] == '.' ||
               memmem(text.data, text.len, "..", 2);
    *literal = is_path_like(text) ? grow_word(m, &m->read, text) : 0;
    *path = odd ? 0 : grow_path(m, &m->read, entry, text);
}

ta_map_link *ta_mapping_link(ta_mapping *m, const ta_map_entry *entry) {
    if (!ta_array_grow(&m->links, &m->link_cap, m->link_count + (size_t)1, sizeof *m->links)) {
        m->nomem = true;
        return NULL;
    }
    ta_map_link *link = &m->links[m->link_count++];
    *link = (ta_map_link){.entry = entry};
    return link;
}

static void refuse_twice(ta_mapping *m, const ta_map_entry *entry, const ta_map_entry *first) {
    ta_buf name = {0};
    ta_buf_put(&name, entry->target.data, entry->target.len);
    ta_related related = {.place =
                              ta_place_of(&m->map->document->record, first->place, TA_PART_KEY),
                          .label = "the first one"};
    ta_map_fault(m->map, entry,
                 &(ta_finding){.code = TA_F_MAP_TWICE,
                               .name = ta_buf_text(&name),
                               .related = &related,
                               .related_count = 1});
    ta_buf_fini(&name);
    m->failed = true;
}

/* Gives the made branch to the link. */
static void take_target(ta_mapping *m, const ta_map_entry *entry, uint32_t to) {
    ta_map_branch *branch = &m->made.items[to];
    if (!to || m->failed)
        return;
    if (branch->link) {
        refuse_twice(m, entry, m->links[branch->link - 1].entry);
        return;
    }
    branch->link = m->link_count;
    m->links[m->link_count - 1].to = to;
}

static void join_sources(ta_mapping *m, ta_map_link *link) {
    const ta_map_entry *entry = link->entry;
    const ta_record *record = &m->map->document->record;
    uint32_t *parts = ta_arena_alloc(&m->arena, 2 * entry->sources->count * sizeof *parts);
    uint32_t i = 0;
    m->nomem |= !parts;
    for (const ta_node *c = ta_node_first(entry->sources);
         parts && c < ta_node_end(entry->sources); c = ta_node_next(c), i += 2) {
        grow_source(m, entry, ta_node_text(record, c), &parts[i], &parts[i + 1]);
        if (m->nomem || m->failed)
            return;
        for (uint32_t k = i; k < i + 2; k++)
            m->read.items[parts[k]].joined |= parts[k] != 0;
    }
    link->parts = parts;
}

static void add_values(ta_mapping *m, ta_map_link *link) {
    if (!link->entry->values)
        return;
    link->values = ta_map_values_new(&m->map->document->record, link->entry->values,
                                     m->way != TA_MAP_IN, m->keys);
    m->nomem |= !link->values;
}

static void take_source(ta_mapping *m, uint32_t at) {
    if (at && !m->read.items[at].link)
        m->read.items[at].link = m->link_count;
}

/* A target that the schema does not describe. */
static void judge_target(ta_mapping *m, const ta_map_entry *entry, uint32_t to) {
    const ta_map_branch *items = m->made.items;
    while (to && (items[to].shape || !items[items[to].parent].shape))
        to = items[to].parent;
    const ta_shape *above = to ? items[items[to].parent].shape : NULL;
    if (!above || !above->member_count || items[to].step.kind != TA_STEP_KEY)
        return;
    ta_nearest nearest = {.word = items[to].step.text, .len = items[to].step.len};
    for (uint32_t i = 0; i < above->member_count; i++)
        ta_nearest_try(&nearest, above->members[i].name, above->members[i].name_len);
    ta_buf name = {0}, guess = {0};
    ta_buf_put(&name, entry->target.data, entry->target.len);
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", &guess);
    ta_map_fault(m->map, entry,
                 &(ta_finding){.code = TA_F_MAP_TARGET,
                               .name = ta_buf_text(&name),
                               .replacement = ta_buf_text(&guess)});
    ta_buf_fini(&name);
    ta_buf_fini(&guess);
}

static void compile_in(ta_mapping *m, const ta_map_entry *entry) {
    ta_map_link *link = ta_mapping_link(m, entry);
    if (!link)
        return;
    if (entry->kind == TA_ENTRY_JOIN) {
        join_sources(m, link);
    } else if (entry->source.len) {
        grow_source(m, entry, entry->source, &link->from, &link->literal);
        take_source(m, link->from);
        take_source(m, link->literal);
    }
    if (!m->failed && !m->nomem && entry->target.len && entry->kind != TA_ENTRY_DROP) {
        uint32_t to = grow_path(m, &m->made, entry, entry->target);
        judge_target(m, entry, to);
        take_target(m, entry, to);
    }
    add_values(m, link);
}

static void say_one_way(ta_mapping *m, const ta_map_entry *entry, const char *words) {
    ta_buf name = {0};
    ta_text text = entry->source.len ? entry->source : entry->target;
    ta_buf_put(&name, text.data, text.len);
    ta_map_fault(
        m->map, entry,
        &(ta_finding){.code = TA_F_MAP_ONE_WAY, .name = ta_buf_text(&name), .expected = words});
    ta_buf_fini(&name);
}

static void compile_out(ta_mapping *m, const ta_map_entry *entry) {
    if (entry->kind == TA_ENTRY_JOIN)
        say_one_way(m, entry, "was joined of several and is written as it is");
    if (entry->kind == TA_ENTRY_DROP)
        say_one_way(m, entry, "was dropped and is not written");
    if (entry->kind == TA_ENTRY_JOIN || entry->kind == TA_ENTRY_DROP)
        return;
    ta_map_link *link = ta_mapping_link(m, entry);
    if (!link)
        return;
    link->from = grow_path(m, &m->read, entry, entry->target);
    take_source(m, link->from);
    bool odd = entry->source.len && entry->source.data[0] == '.';
    if (entry->kind == TA_ENTRY_CONST || m->failed || m->nomem)
        return;
    take_target(m, entry,
                m->way == TA_MAP_OUT_FLAT || odd
                    ? grow_word(m, &m->made, entry->source)
                    : grow_path(m, &m->made, entry, entry->source));
    add_values(m, link);
}

/* How many lists a branch stands in; *items: the innermost list's items. */
static uint32_t count_lists(const ta_map_tree *tree, uint32_t at, uint32_t *items) {
    uint32_t count = 0;
    *items = 0;
    for (; at; at = tree->items[at].parent) {
        if (tree->items[at].step.kind != TA_STEP_ALL)
            continue;
        *items = *items ? *items : at;
        count++;
    }
    return count;
}

/* Couples the lists in which a link's two ends stand. */
static void couple_lists(ta_mapping *m, const ta_map_link *link, uint32_t from) {
    uint32_t source, target, to = link->to;
    uint32_t reads = count_lists(&m->read, from, &source);
    if (reads != count_lists(&m->made, to, &target)) {
        fault_entry(m, link->entry,
                    "has another number of `*` than where it leads: each stands "
                    "for the items of one list");
        return;
    }
    while (target) {
        ta_map_branch *list = &m->made.items[target];
        if (list->list && list->list != source) {
            fault_entry(m, link->entry, "makes items of a list that is made of another one");
            return;
        }
        list->list = source;
        count_lists(&m->read, m->read.items[source].parent, &source);
        count_lists(&m->made, m->made.items[target].parent, &target);
    }
}

static void couple_all(ta_mapping *m) {
    for (uint32_t i = 0; i < m->link_count && !m->failed; i++) {
        const ta_map_link *link = &m->links[i];
        if (!link->entry || !link->to || link->entry->kind == TA_ENTRY_CONST)
            continue;
        uint32_t pairs = link->parts ? 2 * link->entry->sources->count : 0;
        if (link->from)
            couple_lists(m, link, link->from);
        for (uint32_t k = 0; k < pairs && !m->failed; k += 2)
            if (link->parts[k])
                couple_lists(m, link, link->parts[k]);
    }
}

/* Some entry that fills a place at a branch or below it; NULL: none. */
static const ta_map_entry *entry_below(const ta_mapping *m, uint32_t at) {
    const ta_map_branch *branch = &m->made.items[at];
    const ta_map_entry *entry = branch->link ? m->links[branch->link - 1].entry : NULL;
    for (uint32_t c = branch->first; c && !entry; c = m->made.items[c].next)
        entry = entry_below(m, c);
    return entry;
}

/* A place is filled by one link, or made of the places below it; lists have items to be made
 * of. */
static void judge_made(ta_mapping *m) {
    for (uint32_t i = 1; i < m->made.count && !m->failed; i++) {
        const ta_map_branch *b = &m->made.items[i];
        bool all = b->step.kind == TA_STEP_ALL;
        if (b->link && b->first)
            fault_entry(m, entry_below(m, b->first),
                        "leads into a property that another entry fills as a whole");
        else if (all && (m->made.items[b->parent].first != i || b->next))
            fault_entry(m, entry_below(m, i),
                        "makes all items of a list of which another entry makes one");
        else if (all && !b->list)
            fault_entry(m, entry_below(m, i),
                        "is to be in each item of a list that no entry makes");
    }
}

static ta_status end_mapping(ta_mapping *m, ta_mapping **out) {
    bool ok = !m->nomem && !m->failed;
    ta_status status = m->nomem ? TA_ERR_NOMEM : m->failed ? TA_ERR_USAGE : TA_OK;
    if (ok)
        *out = m;
    else
        ta_mapping_drop(m);
    return status;
}

ta_status ta_mapping_new(const ta_map *map, const ta_loader *loader, const ta_shape *shape,
                         ta_map_way way, char separator, ta_mapping **out) {
    *out = NULL;
    ta_mapping *m = calloc(1, sizeof *m);
    if (!m)
        return TA_ERR_NOMEM;
    *m = (ta_mapping){
        .map = map, .keys = loader->keys, .way = way, .shape = shape, .separator = separator};
    ta_map_tree *trees[2] = {&m->read, &m->made};
    for (int i = 0; i < 2; i++) {
        m->nomem |= !ta_array_grow(&trees[i]->items, &trees[i]->cap, 16, sizeof(ta_map_branch));
        if (!m->nomem)
            trees[i]->items[0] =
                (ta_map_branch){.shape = (way == TA_MAP_IN) == (i == 1) ? shape : NULL};
        trees[i]->count = !m->nomem;
    }
    for (uint32_t i = 0; map && i < map->count && !m->nomem; i++) {
        if (way == TA_MAP_IN)
            compile_in(m, &map->entries[i]);
        else
            compile_out(m, &map->entries[i]);
    }
    if (!m->nomem && !m->failed)
        couple_all(m);
    if (!m->nomem && !m->failed)
        judge_made(m);
    if (!m->nomem && !m->failed)
        ta_mapping_imply(m);
    if (!m->nomem && !m->failed && way == TA_MAP_IN)
        ta_mapping_list_heads(m);
    if (!m->nomem && !m->failed)
        m->nomem = !ta_mapping_describe(m);
    ta_keys_pin(loader->keys);
    return end_mapping(m, out);
}

void ta_mapping_drop(ta_mapping *m) {
    if (!m)
        return;
    for (uint32_t i = 0; i < m->link_count; i++)
        ta_map_values_drop(m->links[i].values);
    free(m->links);
    free(m->heads);
    ta_titles_fini(&m->titles);
    free(m->read.items);
    free(m->made.items);
    ta_arena_fini(&m->arena);
    free(m);
}

const ta_shape *ta_mapping_shape(const ta_mapping *m) {
    return m->foreign;
}
