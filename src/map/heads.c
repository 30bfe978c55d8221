/* SPDX-License-Identifier: MIT */
/*
 * The heads of a CSV file, found among the names of the map's entries and those that the schema
 * lists: as written, else without blanks around, else without regard to case, accents and
 * punctuation. Each name takes one column.
 */
#include "base/fold.h"
#include "map/tree.h"

enum { HEADS_DEPTH_MAX = 12 };

static ta_text fold_head(ta_mapping *m, ta_text head) {
    ta_buf folded = {0};
    ta_fold_text(head.data, head.len, &folded);
    ta_text copy = {ta_arena_copy(&m->arena, folded.data, folded.len), folded.len};
    m->nomem |= folded.failed || !copy.data;
    ta_buf_fini(&folded);
    return m->nomem ? (ta_text){"", 0} : copy;
}

static void add_head(ta_mapping *m, ta_text head, ta_text stands_for) {
    if (m->nomem ||
        !ta_array_grow(&m->heads, &m->head_cap, m->head_count + 1, sizeof *m->heads)) {
        m->nomem = true;
        return;
    }
    m->heads[m->head_count++] =
        (ta_map_head){.head = head, .folded = fold_head(m, head), .stands_for = stands_for};
}

static bool is_same(ta_text a, ta_text b) {
    return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

static void add_source(ta_mapping *m, ta_text source) {
    for (size_t i = 0; i < m->head_count; i++)
        if (is_same(m->heads[i].head, source))
            return;
    add_head(m, source, source);
}

static void add_shape_heads(ta_mapping *m, const ta_shape *shape, ta_buf *path,
                            unsigned depth) {
    size_t start = path->len;
    for (uint32_t i = 0; i < shape->member_count && depth < HEADS_DEPTH_MAX; i++) {
        const ta_shape_member *member = &shape->members[i];
        const ta_shape *inner = member->shape;
        ta_buf_puts(path, start ? "." : "");
        ta_path_put_step(path, member->name, member->name_len, '.');
        uint32_t count = inner ? inner->header_count : 0;
        char *copy = count ? ta_arena_copy(&m->arena, ta_buf_text(path), path->len) : NULL;
        m->nomem |= (count && !copy) || path->failed;
        for (uint32_t k = 0; k < count && copy; k++)
            add_head(m, (ta_text){inner->headers[k], strlen(inner->headers[k])},
                     (ta_text){copy, path->len});
        if (inner && inner->types & TA_TYPE_OBJECT && inner->member_count)
            add_shape_heads(m, inner, path, depth + 1);
        path->len = start;
    }
}

static bool has_heads(const ta_shape *shape, unsigned depth) {
    for (uint32_t i = 0; shape && i < shape->member_count && depth < HEADS_DEPTH_MAX; i++) {
        const ta_shape *inner = shape->members[i].shape;
        if (inner && (inner->header_count ||
                      (inner->types & TA_TYPE_OBJECT && has_heads(inner, depth + 1))))
            return true;
    }
    return false;
}

bool ta_mapping_has_heads(const ta_shape *shape) {
    return has_heads(shape, 0);
}

void ta_mapping_list_heads(ta_mapping *m) {
    for (uint32_t i = 0; i < m->link_count; i++) {
        const ta_map_entry *entry = m->links[i].entry;
        if (entry && entry->source.len)
            add_source(m, entry->source);
        if (!entry || !entry->sources)
            continue;
        add_source(m, entry->target);
        for (const ta_node *c = ta_node_first(entry->sources); c < ta_node_end(entry->sources);
             c = ta_node_next(c))
            add_source(m, ta_node_text(&m->map->document->record, c));
    }
    ta_buf path = {0};
    if (m->shape)
        add_shape_heads(m, m->shape, &path, 0);
    ta_buf_fini(&path);
}

static ta_text trim(ta_text text) {
    while (text.len && strchr(" \t\r\n", text.data[text.len - 1]))
        text.len--;
    while (text.len && strchr(" \t\r\n", *text.data)) {
        text.data++;
        text.len--;
    }
    return text;
}

/* Whether a head needs no other name: it is a property's. */
static bool is_property(const ta_mapping *m, ta_text head) {
    for (uint32_t i = 0; m->shape && i < m->shape->member_count; i++)
        if (is_same(head, (ta_text){m->shape->members[i].name, m->shape->members[i].name_len}))
            return true;
    return false;
}

/* How a head and a name are compared, one after the other. */
typedef enum head_match { MATCH_WRITTEN, MATCH_TRIMMED, MATCH_FOLDED, MATCH_COUNT } head_match;

static bool is_alike(const ta_map_head *name, ta_text head, head_match how) {
    if (how == MATCH_FOLDED)
        return head.len && is_same(name->folded, head);
    return how == MATCH_TRIMMED ? is_same(trim(name->head), head) : is_same(name->head, head);
}

static void rename_column(ta_mapping *m, ta_text *head, head_match how) {
    bool property = is_property(m, *head);
    ta_text sought = *head;
    ta_buf folded = {0};
    if (how == MATCH_TRIMMED)
        sought = trim(*head);
    if (how == MATCH_FOLDED) {
        ta_fold_text(head->data, head->len, &folded);
        sought = (ta_text){folded.data, folded.failed ? 0 : folded.len};
    }
    for (size_t i = 0; i < m->head_count; i++) {
        ta_map_head *name = &m->heads[i];
        bool listed = name->head.data != name->stands_for.data; /* by the schema */
        if (name->taken || ((listed || how) && property) || !is_alike(name, sought, how))
            continue;
        name->taken = true;
        *head = name->stands_for;
        break;
    }
    ta_buf_fini(&folded);
}

/* Whether a head has been given another name. */
static bool is_renamed(const ta_mapping *m, ta_text head) {
    for (size_t i = 0; i < m->head_count; i++)
        if (m->heads[i].taken && head.data == m->heads[i].stands_for.data)
            return true;
    return false;
}

void ta_mapping_rename(void *mapping, ta_text *heads, uint32_t count) {
    ta_mapping *m = mapping;
    m->renamed = true;
    for (size_t i = 0; i < m->head_count; i++)
        m->heads[i].taken = false;
    for (head_match how = MATCH_WRITTEN; how < MATCH_COUNT; how++)
        for (uint32_t i = 0; i < count; i++)
            if (!is_renamed(m, heads[i]))
                rename_column(m, &heads[i], how);
}

bool ta_mapping_has_column(const ta_mapping *m, ta_text head) {
    for (size_t i = 0; i < m->head_count && m->renamed; i++)
        if (m->heads[i].taken && is_same(m->heads[i].head, head))
            return true;
    return false;
}
