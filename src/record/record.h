/* SPDX-License-Identifier: MIT */
/*
 * The record: the unit that readers push and stages take. A CSV row, a JSON array's element or
 * JSONL line, a whole document. Its nodes lie contiguously in document order, the root first; a
 * node's first child is the next node, its next sibling `size` nodes on. A record lives until
 * the next begins.
 */
#ifndef TA_RECORD_RECORD_H
#define TA_RECORD_RECORD_H

#include "base/mem.h"
#include "base/source.h"
#include "record/keys.h"
#include "record/node.h"

/* Limits: a record is held whole, and a hostile one must not take the machine with it. */
enum {
    TA_DEPTH_MAX = 1000,                     /* bounds every recursion over a record */
    TA_RECORD_BYTES_MAX = 48 * 1024 * 1024,  /* of input; offsets in it fit 32 bits */
    TA_RECORD_MEMORY_MAX = 160 * 1024 * 1024 /* with its nodes and decoded text */
};

struct ta_head;

enum { TA_MEMO_LEVELS = 4, TA_MEMO_MEMBER = TA_MEMO_LEVELS, TA_MEMO_ROWS };

/* Where the path to the last finding went, level by level: findings come in order, so that
 * working out their paths stays linear in wide lists. TA_MEMO_MEMBER is where a member of a
 * wide root was: parent is its key, child 0 that there is none, index the record's size. */
typedef struct ta_memo {
    uint64_t record_no;
    uint32_t parent, child, index;
} ta_memo;

typedef struct ta_record {
    ta_node *nodes;
    uint32_t count, cap;
    const char *raw; /* the record as read (UTF-8), inside the window */
    uint32_t raw_len;
    ta_window *window; /* for places */
    ta_buf arena;      /* decoded text; offsets, since it may move while it grows */
    ta_keys *keys;
    const struct ta_head *head;
    uint64_t number;   /* from 1 */
    size_t memory_max; /* bytes for nodes and arena; 0: TA_RECORD_MEMORY_MAX */
    ta_memo *memo;     /* TA_MEMO_ROWS, borrowed; NULL: none */
    /* By node: its index when the record was made, for the places of nodes that have moved
     * since. Borrowed; NULL: none has. */
    const uint32_t *origins;
    bool full; /* the limit refused something since ta_record_begin */
} ta_record;

/* Starts a record at raw. The nodes and text before it are gone. */
static inline void ta_record_begin(ta_record *record, const char *raw) {
    record->count = 0;
    record->arena.len = 0;
    record->raw = raw;
    record->raw_len = 0;
    record->full = false;
    record->origins = NULL;
    if (record->memo)
        record->memo[TA_MEMO_MEMBER].parent = TA_KEY_NONE;
}

/* Makes room for `extra` nodes. False: no memory, or the limit (record->full tells). */
TA_MUST_CHECK bool ta_record_grow(ta_record *record, uint32_t extra);
/* Room for `extra` bytes in the arena; NULL as above. Write there, then add to arena.len. */
char *ta_record_room(ta_record *record, size_t extra);

/* The next node, zeroed but for kind; NULL: no memory or limit. */
static inline ta_node *ta_record_push(ta_record *record, ta_kind kind) {
    if (record->count == record->cap && !ta_record_grow(record, 1))
        return NULL;
    ta_node *node = &record->nodes[record->count++];
    memset(node, 0, sizeof *node);
    node->kind = (uint8_t)kind;
    node->size = 1;
    return node;
}

static inline ta_text ta_node_text(const ta_record *record, const ta_node *node) {
    const char *base = node->flags & TA_NODE_ARENA ? record->arena.data : record->raw;
    return (ta_text){base + node->text, node->text_len};
}

/* Gives a node a text of its own, copied to the arena. False: no memory or limit. */
TA_MUST_CHECK bool ta_node_set_text(ta_record *record, ta_node *node, const char *text,
                                    size_t len);

static inline uint32_t ta_node_index(const ta_record *record, const ta_node *node) {
    return (uint32_t)(node - record->nodes);
}

/* The index that a node had when the record was made. */
static inline uint32_t ta_node_origin(const ta_record *record, const ta_node *node) {
    uint32_t index = ta_node_index(record, node);
    return record->origins ? record->origins[index] : index;
}

/* Nodes were moved: notes whence, and forgets what was known of their places. */
void ta_record_moved(ta_record *record, const uint32_t *origins);

/* An object's member by key index; NULL if there is none. Linear. */
const ta_node *ta_node_member(const ta_node *object, uint32_t key);
/* By name. */
const ta_node *ta_node_named(const ta_record *record, const ta_node *object, const char *name);

/* An object with two members of one key: the second's index, and the first's in *first; 0:
 * none. Linear, with the key table's stamps. */
uint32_t ta_record_twin(ta_record *record, const ta_node *object, uint32_t *first);

/* Value equality as JSON Schema has it: numbers by value, objects without order. */
bool ta_node_equal(const ta_record *a, const ta_node *x, const ta_record *b, const ta_node *y);

void ta_record_fini(ta_record *record);

#endif
