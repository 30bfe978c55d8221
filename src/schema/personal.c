/* SPDX-License-Identifier: MIT */
/* A value is personal if its shape is, or that of a value it stands in. */
#include "schema/personal.h"

#include "record/path.h"
#include "record/stage.h"

static const ta_shape hidden_shape = {.types = TA_TYPE_ANY, .personal = true};

static const ta_shape *child_shape(const ta_shape *shape, const ta_node *parent,
                                   const ta_node *child) {
    const ta_shape *found =
        parent->kind == TA_ARRAY ? shape->items : ta_shape_member_of(shape, child->key);
    return found ? found : shape->personal_inside ? &hidden_shape : NULL;
}

/* The shape of a record: that of the items, if the root describes the list that they stand in.
 */
static const ta_shape *start_shape(const ta_shape *root, const ta_record *record) {
    if (!root || !(root->types & TA_TYPE_ARRAY))
        return root;
    bool is_value = record->head && ta_head_is_list_value(record->head);
    bool of_items = is_value ? root->types & TA_TYPE_ARRAY : root->types == TA_TYPE_ARRAY;
    if (!of_items || root->personal || root->items)
        return of_items && !root->personal ? root->items : root;
    return root->personal_inside ? &hidden_shape : NULL;
}

static bool covers_node(const void *to, const ta_record *record, const ta_node *node) {
    const ta_shape *shape = start_shape(to, record);
    uint32_t index;
    for (const ta_node *at = record->nodes; shape && !shape->personal;) {
        if (at == node)
            return false;
        const ta_node *child = ta_path_child(record, at, node, &index);
        shape = child_shape(shape, at, child);
        at = child;
    }
    return shape != NULL;
}

typedef struct search {
    const ta_record *record;
    ta_span within;
    bool nested; /* a value's span holds those of the values in it */
    void (*fn)(void *to, const ta_node *node);
    void *to;
} search;

static bool meets(const search *s, const ta_node *node) {
    uint64_t end = (uint64_t)node->src + node->src_len;
    return node->src < s->within.end && end > s->within.start;
}

/* Recursion is bounded by TA_DEPTH_MAX. */
static void search_node(const search *s, const ta_shape *shape, const ta_node *node) {
    bool container = node->kind == TA_ARRAY || node->kind == TA_OBJECT;
    if (!meets(s, node) && (s->nested || !container))
        return;
    if (shape->personal) {
        s->fn(s->to, node);
        return;
    }
    const ta_node *end = container ? ta_node_end(node) : node;
    for (const ta_node *c = ta_node_first(node); c < end; c = ta_node_next(c)) {
        const ta_shape *inner = child_shape(shape, node, c);
        if (inner)
            search_node(s, inner, c);
    }
}

static void each_node(const void *to, const ta_record *record, ta_span within,
                      void (*fn)(void *fn_to, const ta_node *node), void *fn_to) {
    search s = {record, within, !record->head || !record->head->column_count, fn, fn_to};
    const ta_shape *shape = start_shape(to, record);
    if (shape)
        search_node(&s, shape, record->nodes);
}

ta_screen ta_personal_screen(const ta_schema *schema) {
    return (ta_screen){schema ? &schema->root->shape : NULL, covers_node, each_node};
}

static bool says_personal(const ta_subschema *sub) {
    const ta_node *value = ta_subschema_value(sub, "x-personal");
    return value && value->kind == TA_TRUE;
}

bool ta_subschema_is_personal(const ta_subschema *sub) {
    for (; sub; sub = sub->ref)
        if (says_personal(sub))
            return true;
    return false;
}

bool ta_schema_has_personal(const ta_schema *schema) {
    for (uint32_t i = 0; i < schema->count; i++)
        if (says_personal(schema->all[i]))
            return true;
    return false;
}
