/* SPDX-License-Identifier: MIT */
/* The stage that maps records, and what its files do for each other. Private to src/map. */
#ifndef TA_MAP_MAPPER_H
#define TA_MAP_MAPPER_H

#include "map/tree.h"

/* A member that no entry and no property has a name for, in the record that was made. */
typedef struct ta_map_unknown {
    uint32_t node, branch; /* branch: of the made tree, the object it is kept in */
} ta_map_unknown;

typedef struct ta_mapper {
    ta_stage stage;
    ta_mapping *m;
    ta_finder *finder;
    ta_head head;          /* of the records made */
    const ta_record *from; /* the record under way, as it was read: its nodes, not its texts */
    ta_record made;        /* texts of both lie in its arena */
    ta_memo memo[TA_MEMO_ROWS];
    uint32_t *origin; /* per node made: the node read that it comes from */
    size_t origin_cap;
    uint64_t serial;
    ta_table children; /* by branch and key: the read branch, 0 for none */
    uint32_t generation;
    ta_table said;
    size_t said_count;
    ta_map_unknown *unknown;
    size_t unknown_cap, unknown_count;
    ta_buf text;
    bool deep; /* a value would be nested too deep */
} ta_mapper;

/* The branch that a member of an object leads to, by its key; 0: none. */
uint32_t ta_mapper_child(ta_mapper *mapper, uint32_t branch, const ta_node *member);

/* Notes where in the record the branches below stand; node is an object or list. */
void ta_mapper_scan(ta_mapper *mapper, uint32_t branch, const ta_node *node);
/* Forgets what stands at the branches below. */
void ta_mapper_forget(ta_mapper *mapper, uint32_t branch);

/* A node more, made of one that was read; NULL: no memory or the limit. */
ta_node *ta_mapper_push(ta_mapper *mapper, ta_kind kind, const ta_node *origin, uint32_t depth);
/* A value as it was read, with all in it. NULL as above, or it is nested too deep. */
ta_node *ta_mapper_copy(ta_mapper *mapper, const ta_node *node, uint32_t depth);

/* What became of a place; an empty one holds null only. */
typedef enum ta_made { TA_MADE_FAILED, TA_MADE_ABSENT, TA_MADE_EMPTY, TA_MADE_FILLED } ta_made;

/* Makes what a link fills its place with. The node's key is the caller's to set. */
ta_made ta_mapper_fill(ta_mapper *mapper, ta_map_link *link, uint32_t depth);
/* Makes the whole record at the end of `made`. */
ta_made ta_mapper_make(ta_mapper *mapper);
/* Whether a constant on its way back is what the map says. */
bool ta_mapper_is_const(const ta_mapper *mapper, const ta_map_link *link, const ta_node *node);

/* Says of what was kept without a name, once per name. */
void ta_mapper_tell_unknown(ta_mapper *mapper);
/* Two values for one property. */
void ta_mapper_tell_clash(ta_mapper *mapper, const ta_node *node, uint32_t made);
/* Which entries met nothing. */
void ta_mapper_tell_missing(ta_mapper *mapper, const char *file, uint64_t records);

#endif
