/* SPDX-License-Identifier: MIT */
/*
 * The draft of a mapping: each head of the data, and the property of a schema that it may mean:
 * of the same name, of the same name, head (x-csv) or title but for case, accents and
 * punctuation, of nearly that name; else `keep`. A property is given once.
 */
#include <stdlib.h>

#include "base/fold.h"
#include "codes/nearest.h"
#include "infer/sketch.h"
#include "record/path.h"
#include "schema/shape.h"

enum { TARGET_DEPTH_MAX = 4 };

typedef struct map_target {
    const char *path;
    const ta_spot *owner; /* the head that it is given to; NULL: none yet */
} map_target;

/* What a target is called. */
typedef struct map_name {
    const char *folded;
    size_t target;
} map_name;

typedef struct map_draft {
    ta_infer *infer;
    ta_sketch sketch;
    map_target *targets;
    size_t count, cap;
    map_name *names;
    size_t name_count, name_cap;
    bool writes; /* the second pass; the first gives properties to heads of their name */
    ta_buf path;
} map_draft;

/* A name without what people vary, in the arena. */
static const char *fold_head(map_draft *d, const char *text, size_t len) {
    ta_buf folded = {0};
    ta_fold_text(text, len, &folded);
    char *copy = folded.failed
                     ? NULL
                     : ta_arena_copy(&d->infer->arena, ta_buf_text(&folded), folded.len);
    d->infer->no_memory |= !copy;
    ta_buf_fini(&folded);
    return copy ? copy : "";
}

static void add_map_name(map_draft *d, const char *name) {
    const char *folded = fold_head(d, name, strlen(name));
    d->infer->no_memory |=
        !ta_array_grow(&d->names, &d->name_cap, d->name_count + 1, sizeof *d->names);
    if (!d->infer->no_memory && *folded)
        d->names[d->name_count++] = (map_name){folded, d->count - 1};
}

static void add_map_target(map_draft *d, const ta_shape *shape) {
    const char *path = ta_arena_copy(&d->infer->arena, d->path.data, d->path.len);
    d->infer->no_memory |=
        !path || !ta_array_grow(&d->targets, &d->cap, d->count + 1, sizeof *d->targets);
    if (d->infer->no_memory)
        return;
    d->targets[d->count++] = (map_target){path, NULL};
    add_map_name(d, path);
    for (uint32_t i = 0; shape && i < shape->header_count; i++)
        add_map_name(d, shape->headers[i]);
    if (shape && shape->title)
        add_map_name(d, shape->title);
}

/* The properties, those of objects in them by their paths. */
static void add_targets(map_draft *d, const ta_shape *shape, unsigned depth) {
    for (uint32_t i = 0; i < shape->member_count && depth < TARGET_DEPTH_MAX; i++) {
        const ta_shape_member *m = &shape->members[i];
        size_t len = d->path.len;
        ta_buf_put(&d->path, ".", len > 0);
        ta_path_put_step(&d->path, m->name, m->name_len, '.');
        if (m->shape && m->shape->types == TA_TYPE_OBJECT && m->shape->member_count)
            add_targets(d, m->shape, depth + 1);
        else if (!d->path.failed)
            add_map_target(d, m->shape);
        d->path.len = len;
    }
}

/* The target of a name, if it is given to no head yet. */
static map_target *free_target(map_draft *d, const map_name *name) {
    map_target *target = &d->targets[name->target];
    return target->owner ? NULL : target;
}

static map_target *find_target(map_draft *d, const char *head, const char *folded) {
    for (size_t i = 0; i < d->count; i++)
        if (!d->targets[i].owner && !strcmp(d->targets[i].path, head))
            return &d->targets[i];
    for (size_t i = 0; i < d->name_count; i++)
        if (!strcmp(d->names[i].folded, folded) && free_target(d, &d->names[i]))
            return free_target(d, &d->names[i]);
    return NULL;
}

static map_target *find_near_target(map_draft *d, const char *folded) {
    ta_nearest nearest = {.word = folded, .len = strlen(folded)};
    for (size_t i = 0; i < d->name_count; i++)
        if (free_target(d, &d->names[i]))
            ta_nearest_try(&nearest, d->names[i].folded, strlen(d->names[i].folded));
    for (size_t i = 0; i < d->name_count; i++)
        if (nearest.best == d->names[i].folded)
            return &d->targets[d->names[i].target];
    return NULL;
}

static map_target *owned_target(map_draft *d, const ta_spot *spot) {
    for (size_t i = 0; i < d->count; i++)
        if (d->targets[i].owner == spot)
            return &d->targets[i];
    return NULL;
}

static void map_head(map_draft *d, const ta_spot *spot) {
    const char *head = ta_arena_copy(&d->infer->arena, d->path.data, d->path.len);
    d->infer->no_memory |= !head || d->path.failed;
    if (d->infer->no_memory)
        return;
    const char *folded = fold_head(d, head, d->path.len);
    map_target *target = d->writes ? owned_target(d, spot) : find_target(d, head, folded);
    if (d->writes && !target)
        target = find_near_target(d, folded);
    if (target)
        target->owner = spot;
    if (d->writes)
        ta_sketch_puts(&d->sketch, head, target ? target->path : "keep");
}

/* Recursive in the depth of the tree. */
static void map_heads(map_draft *d, const ta_spot *object) {
    for (const ta_spot *m = object->first; m && !d->infer->no_memory; m = m->next) {
        size_t len = d->path.len;
        ta_buf_put(&d->path, ".", len > 0);
        ta_path_put_step(&d->path, m->name, m->len, '.');
        if (m->objects && m->first)
            map_heads(d, m);
        else
            map_head(d, m);
        d->path.len = len;
    }
}

ta_status ta_infer_write_map(ta_infer *infer, const ta_shape *shape, ta_keys *keys,
                             ta_stage *writer) {
    map_draft *d = calloc(1, sizeof *d);
    if (!d)
        return TA_ERR_NOMEM;
    d->infer = infer;
    ta_record_begin(&d->sketch.record, "");
    d->sketch.record.keys = keys;
    if (shape)
        add_targets(d, shape, 0);
    map_heads(d, infer->root);
    d->writes = true;
    ta_sketch_open(&d->sketch, NULL, TA_OBJECT);
    map_heads(d, infer->root);
    ta_sketch_close(&d->sketch);
    bool failed = d->sketch.failed || d->path.failed || infer->no_memory;
    ta_status status = failed ? TA_ERR_NOMEM : ta_sketch_hand_over(&d->sketch, writer);
    ta_record_fini(&d->sketch.record);
    ta_buf_fini(&d->path);
    free(d->targets);
    free(d->names);
    free(d);
    return status;
}
