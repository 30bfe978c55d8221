/* SPDX-License-Identifier: MIT */
/*
 * Leaving members out of records on their way to the writer: those that --only-fields does not
 * name, and with --drop-personal those that the schema calls personal. The nodes that stay move
 * up to the front, so that no writer knows of the others.
 */
#include "flow/pick.h"

#include <stdlib.h>

#include "record/path.h"
#include "schema/words.h"

/* A step of the paths that are wanted. */
struct pick_field {
    uint32_t key;
    bool whole, seen; /* all below it is wanted; some record had it */
    const char *path; /* of a whole one: as it was written */
    pick_field *first, *next;
};

typedef struct pick_stage {
    ta_stage stage;
    ta_picks *picks;
    ta_finder *finder; /* NULL: silent */
    ta_record *record;
    uint32_t *origins;
    size_t origin_cap;
    const ta_shape **told; /* of which a note was made */
    size_t told_count, told_cap;
    bool nomem;
} pick_stage;

static pick_field *find_field(const pick_field *field, uint32_t key) {
    for (pick_field *f = field->first; f; f = f->next)
        if (f->key == key)
            return f;
    return NULL;
}

static pick_field *enter_field(ta_picks *picks, pick_field *field, uint32_t key) {
    pick_field *found = find_field(field, key);
    if (found)
        return found;
    pick_field *fresh = ta_arena_alloc(&picks->arena, sizeof *fresh);
    if (!fresh)
        return NULL;
    pick_field **end = &field->first;
    while (*end)
        end = &(*end)->next;
    fresh->key = key;
    return *end = fresh;
}

/* Items of lists need no step of their own: partners.name is the name of all partners. */
static ta_status enter_path(ta_picks *picks, ta_library *library, const char *text) {
    ta_path path;
    size_t bad;
    if (!ta_path_parse(&picks->arena, library->loader.keys, (ta_text){text, strlen(text)}, '.',
                       &path, &bad)) {
        if (bad == SIZE_MAX)
            return TA_ERR_NOMEM;
        ta_find(library->loader.finder, &(ta_finding){.code = TA_F_FIELDS_PATH, .found = text});
        return TA_ERR_USAGE;
    }
    pick_field *field = picks->root;
    for (uint32_t i = 0; i < path.count && field; i++)
        if (path.steps[i].kind == TA_STEP_KEY)
            field = enter_field(picks, field, path.steps[i].key);
    if (!field)
        return TA_ERR_NOMEM;
    field->whole = true;
    field->path = text;
    return TA_OK;
}

ta_status ta_picks_load(ta_picks *picks, const ta_job *job, const ta_shape *shape,
                        ta_library *library) {
    ta_status status = TA_OK;
    picks->shape = shape;
    picks->drop_personal = job->drop_personal;
    if (job->drop_personal && !shape) {
        ta_find(library->loader.finder, &(ta_finding){.code = TA_F_PERSONAL_SCHEMA});
        return TA_ERR_USAGE;
    }
    if (job->only_fields.count) {
        picks->root = ta_arena_alloc(&picks->arena, sizeof *picks->root);
        status = picks->root ? TA_OK : TA_ERR_NOMEM;
    }
    for (size_t i = 0; i < job->only_fields.count && status == TA_OK; i++)
        status = enter_path(picks, library, job->only_fields.items[i]);
    ta_keys_pin(library->loader.keys);
    return status;
}

static bool is_idle(const ta_picks *picks) {
    return !picks->root && !picks->drop_personal;
}

const ta_shape *ta_picks_shape(ta_picks *picks) {
    if (is_idle(picks) || !picks->shape)
        return picks->shape;
    picks->open = *picks->shape;
    picks->open.closed = false;
    return &picks->open;
}

static void tell_personal(pick_stage *pick, const ta_shape *shape, const ta_node *node) {
    for (size_t i = 0; i < pick->told_count; i++)
        if (pick->told[i] == shape)
            return;
    if (!pick->finder || !ta_array_grow(&pick->told, &pick->told_cap, pick->told_count + 1,
                                        sizeof *pick->told)) {
        pick->nomem |= pick->finder != NULL;
        return;
    }
    pick->told[pick->told_count++] = shape;
    const ta_key *key = &pick->record->keys->items[node->key];
    ta_buf name = {0};
    if (node->flags & TA_NODE_KEYLESS)
        ta_buf_puts(&name, "an item");
    else
        ta_say_flat((ta_text){key->text, key->len}, &name);
    ta_find_at(pick->finder, pick->record, node, TA_PART_KEY,
               &(ta_finding){.code = TA_F_PERSONAL_DROPPED, .name = ta_buf_text(&name)});
    pick->nomem |= name.failed;
    ta_buf_fini(&name);
}

/* What is known of a node on the walk. */
typedef struct pick_place {
    const ta_shape *shape; /* NULL: nothing */
    pick_field *field;     /* NULL: all of it is wanted */
    bool hidden;           /* it may be personal: the schema does not describe it in full */
} pick_place;

static bool is_kept(pick_stage *pick, const ta_node *node, const pick_place *place) {
    bool personal = pick->picks->drop_personal &&
                    (place->hidden || (place->shape && place->shape->personal));
    if (personal)
        tell_personal(pick, place->shape, node);
    return !personal;
}

/* The place of a child; false: it is left out. */
static bool enter_child(pick_stage *pick, const ta_node *node, const ta_node *child,
                        const pick_place *place, pick_place *below) {
    bool list = node->kind == TA_ARRAY;
    const ta_shape *shape = place->shape;
    *below = (pick_place){.shape = !shape ? NULL
                                   : list ? shape->items
                                          : ta_shape_member_of(shape, child->key),
                          .field = place->field};
    below->hidden = shape && shape->personal_inside && !below->shape;
    if (place->field && !list) {
        below->field = find_field(place->field, child->key);
        if (!below->field)
            return false;
        below->field->seen = true;
        if (below->field->whole)
            below->field = NULL;
    }
    return is_kept(pick, child, below);
}

/* Copies what stays of the subtree at `from` to `to`, not behind it; returns the nodes it has
 * now. Depth is bounded by the reader's. */
static uint32_t keep_nodes(pick_stage *pick, uint32_t from, uint32_t to,
                           const pick_place *place) {
    ta_node *nodes = pick->record->nodes, old = nodes[from];
    uint32_t end = from + old.size, size = 1, count = 0;
    pick->origins[to] = ta_node_origin(pick->record, &nodes[from]);
    if (old.kind < TA_ARRAY) {
        nodes[to] = old;
        return 1;
    }
    for (uint32_t at = from + 1, next; at < end; at = next) {
        pick_place below;
        next = at + nodes[at].size;
        if (!enter_child(pick, &old, &nodes[at], place, &below))
            continue;
        size += keep_nodes(pick, at, to + size, &below);
        count++;
    }
    nodes[to] = old;
    nodes[to].size = size;
    nodes[to].count = count;
    return size;
}

static ta_status pick_begin(ta_stage *stage, const ta_head *head) {
    return ta_stage_begin(stage->next, head);
}

static ta_status pick_put(ta_stage *stage, ta_record *record) {
    pick_stage *pick = (pick_stage *)stage;
    pick->record = record;
    pick_place place = {.shape = pick->picks->shape, .field = pick->picks->root};
    if (!ta_array_grow(&pick->origins, &pick->origin_cap, record->count, sizeof *pick->origins))
        return TA_ERR_NOMEM;
    record->count = keep_nodes(pick, 0, 0, &place);
    ta_record_moved(record, pick->origins);
    return pick->nomem ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

static ta_status pick_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void pick_drop(ta_stage *stage) {
    pick_stage *pick = (pick_stage *)stage;
    free(pick->told);
    free(pick->origins);
    free(pick);
}

static const ta_stage_ops pick_ops = {"pick",   TA_SCOPE_ORDERED, pick_begin,
                                      pick_put, pick_end,         pick_drop};

ta_status ta_picks_build(ta_picks *picks, ta_finder *finder, ta_stage **chain) {
    if (is_idle(picks) || !*chain)
        return TA_OK;
    pick_stage *pick = calloc(1, sizeof *pick);
    if (!pick)
        return TA_ERR_NOMEM;
    *pick = (pick_stage){.stage = {&pick_ops, *chain}, .picks = picks, .finder = finder};
    *chain = &pick->stage;
    return TA_OK;
}

static void tell_missing(pick_field *field, ta_finder *finder) {
    for (pick_field *f = field->first; f; f = f->next) {
        if (f->whole && !f->seen)
            ta_find(finder, &(ta_finding){.code = TA_F_FIELDS_MISSING, .name = f->path});
        f->seen = false;
        tell_missing(f, finder);
    }
}

void ta_picks_finish(ta_picks *picks, ta_finder *finder) {
    if (picks->root)
        tell_missing(picks->root, finder);
}

void ta_picks_fini(ta_picks *picks) {
    ta_arena_fini(&picks->arena);
}
