/* SPDX-License-Identifier: MIT */
/*
 * Maps: which column or key of somebody's file is which property of the schema
 * (docs/mapping.md). A map is compiled for a direction: into the shape that the foreign side
 * has, which readers and writers take, and a stage that turns records of the one side into
 * those of the other.
 */
#ifndef TA_MAP_MAP_H
#define TA_MAP_MAP_H

#include "record/loader.h"
#include "record/stage.h"
#include "schema/shape.h"

typedef struct ta_map ta_map;
typedef struct ta_mapping ta_mapping;

/* Reads a file's entries. TA_ERR_USAGE: findings say what is wrong. Drop with ta_map_drop. */
TA_MUST_CHECK ta_status ta_map_load(const ta_loader *loader, const char *name, ta_map **out);
void ta_map_drop(ta_map *map);

typedef enum ta_map_way {
    TA_MAP_IN,      /* from the file's names to the schema's */
    TA_MAP_OUT,     /* back, to nested names */
    TA_MAP_OUT_FLAT /* back, to heads of columns, which are names word for word */
} ta_map_way;

/*
 * Compiles a map (NULL: there is none, only the heads and titles that the schema has) for
 * records of a shape (NULL: no schema); both are borrowed. `separator` stands between the steps
 * of a head. Keys are interned and pinned. Drop *out with ta_mapping_drop.
 */
TA_MUST_CHECK ta_status ta_mapping_new(const ta_map *map, const ta_loader *loader,
                                       const ta_shape *shape, ta_map_way way, char separator,
                                       ta_mapping **out);
void ta_mapping_drop(ta_mapping *mapping);

/* What a record of the foreign side is; NULL: there is no schema. */
const ta_shape *ta_mapping_shape(const ta_mapping *mapping);

/* What the heads of a CSV file stand for, as format/format.h asks for it: texts that live as
 * long as the mapping are put in place of those that are names of entries or properties. */
void ta_mapping_rename(void *mapping, ta_text *heads, uint32_t count);

/* A stage in front of next, which stays the caller's: drop the stage alone, with
 * ta_mapping_end. NULL: no memory. One at a time. */
ta_stage *ta_mapping_begin(ta_mapping *mapping, ta_finder *finder, ta_stage *next);
/* Says which entries met nothing in the file of so many records, and drops the stage. */
void ta_mapping_end(ta_stage *stage, const char *file, uint64_t records);

#endif
