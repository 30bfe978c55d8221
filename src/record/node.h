/* SPDX-License-Identifier: MIT */
/* The node: one value of a record, in 32 bytes. What it means where: record/record.h. */
#ifndef TA_RECORD_NODE_H
#define TA_RECORD_NODE_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "transalp.h" /* ta_kind */

enum {
    TA_NODE_ARENA = 1,   /* text lies in the record's arena, else in its raw bytes */
    TA_NODE_PLAIN = 2,   /* the text holds no byte that JSON escapes: " \ and below 0x20 */
    TA_NODE_QUOTED = 4,  /* written in quotes in a format where that is a choice (CSV, YAML) */
    TA_NODE_KEYLESS = 8, /* an array's item or the root: key means nothing */
    TA_NODE_TOLD = 16,   /* a stage before has told as an error what is wrong with the value */
    TA_NODE_ALONE = 32   /* the root of a row that stands for one value: it lacks no other */
};

/* 32 bytes, no pointers: a record can be moved, and a million of them stay in cache. */
typedef struct ta_node {
    uint8_t kind;     /* ta_kind */
    uint8_t flags;    /* TA_NODE_* */
    uint16_t depth;   /* 0 for the root */
    uint32_t key;     /* index in the key table; 0 unless an object's member */
    uint32_t size;    /* nodes in this subtree, itself included */
    uint32_t count;   /* children */
    uint32_t src;     /* where the value begins as written, from the record's raw bytes */
    uint32_t src_len; /* its length as written, quotes and brackets included */
    uint32_t text;    /* number, text: where its content begins (raw bytes or arena) */
    uint32_t text_len;
} ta_node;
static_assert(sizeof(ta_node) == 32, "the node's size is a promise of the design");

typedef struct ta_text {
    const char *data;
    size_t len;
} ta_text;

/* First child and next sibling, as C idiom: for (c = ta_node_first(n); c < ta_node_end(n); c =
 * ta_node_next(c)). */
static inline const ta_node *ta_node_first(const ta_node *node) {
    return node + 1;
}
static inline const ta_node *ta_node_next(const ta_node *node) {
    return node + node->size;
}
static inline const ta_node *ta_node_end(const ta_node *node) {
    return node + node->size;
}

/* "null", "boolean", "number", "text", "list" or "object", for messages. */
const char *ta_kind_text(ta_kind kind);

#endif
