/* SPDX-License-Identifier: MIT */
/*
 * The heads of a CSV file, found among the names of the map's entries and those that the schema
 * lists: as written, else without blanks around, else without regard to case, accents and
 * punctuation. Properties' names and titles are found so only where the schema allows no other
 * properties, so that one of nearly the same name stays what it is. Each name takes one column.
 */
#include "base/fold.h"
#include "map/tree.h"

static ta_text fold_head(ta_mapping *m, ta_text head) {
    ta_buf folded = {0};
    ta_fold_text(head.data, head.len, &folded);
    ta_text copy = {ta_arena_copy(&m->arena, folded.data, folded.len), folded.len};
    m->nomem |= folded.failed || !copy.data;
    ta_buf_fini(&folded);
    return m->nomem ? (ta_text){"", 0} : copy;
}

static void add_head(ta_mapping *m, ta_text head, ta_text stands_for, ta_title_kind kind) {
    if (m->nomem ||
        !ta_array_grow(&m->heads, &m->head_cap, m->head_count + 1, sizeof *m->heads)) {
        m->nomem = true;
        return;
    }
    m->heads[m->head_count++] = (ta_map_head){
        .head = head, .folded = fold_head(m, head), .stands_for = stands_for, .kind = kind};
}

static bool is_same(ta_text a, ta_text b) {
    return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

static void add_source(ta_mapping *m, ta_text source) {
    for (size_t i = 0; i < m->head_count; i++)
        if (is_same(m->heads[i].head, source))
            return;
    add_head(m, source, source, TA_TITLE_HEAD);
}

/* Whether a head that is nearly a property's name can be nothing else. */
static bool is_strict(const ta_mapping *m) {
    return !m->map && m->shape && m->shape->closed;
}

/* Objects in it may have properties of any name. */
static bool is_top(const ta_mapping *m, ta_text path) {
    return !memchr(path.data, m->separator, path.len);
}

/* What an entry of the map fills has no other names. */
static bool is_mapped(const ta_mapping *m, ta_text path) {
    for (uint32_t i = 0; i < m->link_count; i++)
        if (m->links[i].entry && is_same(m->links[i].entry->target, path))
            return true;
    return false;
}

/* What the schema says: its heads, then names, and titles that lead to one property alone. */
static void add_schema_heads(ta_mapping *m) {
    ta_titles *titles = &m->titles;
    m->schema_from = m->head_count;
    m->nomem |= !ta_titles_list(titles, m->shape, m->separator);
    for (size_t i = 0; i < titles->count; i++)
        if (titles->rows[i].kind == TA_TITLE_HEAD && !is_mapped(m, titles->rows[i].path))
            add_head(m, titles->rows[i].text, titles->rows[i].path, TA_TITLE_HEAD);
    m->titles_from = m->head_count;
    for (size_t i = 0; !m->nomem && i < titles->count; i++) {
        const ta_title *row = &titles->rows[i];
        if (row->kind == TA_TITLE_TITLE
                ? ta_titles_find(titles, row->text) != NULL
                : row->kind == TA_TITLE_PATH && is_strict(m) && is_top(m, row->path))
            add_head(m, row->text, row->path, row->kind);
    }
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
    m->schema_from = m->titles_from = m->head_count;
    if (m->shape)
        add_schema_heads(m);
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

/* Whether a head needs no other name: it is a property's, or its path. */
static bool is_property(const ta_mapping *m, ta_text head) {
    for (uint32_t i = 0; m->shape && i < m->shape->member_count; i++)
        if (is_same(head, (ta_text){m->shape->members[i].name, m->shape->members[i].name_len}))
            return true;
    const ta_title *title = ta_titles_find(&m->titles, head);
    return title && is_same(title->path, head);
}

/* Whether a column is a property, or stands in it. */
static bool is_of_property(const ta_mapping *m, ta_text head, ta_text path) {
    return head.len >= path.len && !memcmp(head.data, path.data, path.len) &&
           (head.len == path.len || head.data[path.len] == m->separator);
}

/* What the schema says goes after the name as written: it is nothing where a column has it. */
static void bar_heads(ta_mapping *m, const ta_text *heads, uint32_t count) {
    for (size_t i = m->schema_from; i < m->head_count; i++) {
        m->heads[i].barred = false;
        for (uint32_t k = 0; k < count && !m->heads[i].barred; k++)
            m->heads[i].barred = is_of_property(m, heads[k], m->heads[i].stands_for);
    }
}

/* How a head and a name are compared, one after the other. */
typedef enum head_match { MATCH_WRITTEN, MATCH_TRIMMED, MATCH_FOLDED, MATCH_COUNT } head_match;

static bool is_alike(const ta_map_head *name, ta_text head, head_match how) {
    if (how == MATCH_FOLDED)
        return head.len && is_same(name->folded, head);
    return how == MATCH_TRIMMED ? is_same(trim(name->head), head) : is_same(name->head, head);
}

/* Whether a property's name or title, all but for case and such, means this property alone. */
static bool is_only(const ta_mapping *m, const ta_map_head *name) {
    for (size_t i = m->titles_from; i < m->head_count; i++)
        if (is_same(m->heads[i].folded, name->folded) &&
            !is_same(m->heads[i].stands_for, name->stands_for))
            return false;
    return true;
}

/* Whether a name of the schema's may be looked for in this way. What is nearly a property's
 * name or title is no path: `name.<<` is another. */
static bool may_match(const ta_mapping *m, const ta_map_head *name, ta_text head,
                      head_match how) {
    if (name->kind == TA_TITLE_PATH)
        return how != MATCH_WRITTEN && is_top(m, head) && is_only(m, name);
    return name->kind == TA_TITLE_HEAD || how != MATCH_FOLDED ||
           (is_strict(m) && is_top(m, name->stands_for) && is_top(m, head) && is_only(m, name));
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
        if (name->taken || name->barred || ((listed || how) && property) ||
            !is_alike(name, sought, how) || !may_match(m, name, *head, how))
            continue;
        name->taken = true;
        name->was = *head;
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

static void give_back(ta_map_head *name, ta_text *heads, uint32_t count) {
    name->taken = false;
    for (uint32_t i = 0; i < count; i++)
        if (heads[i].data == name->stands_for.data)
            heads[i] = name->was;
}

/* Names go first, then what the schema lists, in its order, then titles. */
static bool goes_first(const ta_map_head *a, const ta_map_head *b) {
    return a->kind == b->kind ? a < b
                              : a->kind == TA_TITLE_PATH ||
                                    (a->kind == TA_TITLE_HEAD && b->kind == TA_TITLE_TITLE);
}

/* Of several columns that the schema may mean by one property, one is it; the others are what
 * they were. */
static void settle_rivals(ta_mapping *m, ta_text *heads, uint32_t count) {
    for (size_t i = m->schema_from; i < m->head_count; i++) {
        ta_map_head *a = &m->heads[i];
        for (size_t k = i + 1; k < m->head_count && a->taken; k++) {
            ta_map_head *b = &m->heads[k];
            if (b->taken && is_same(a->stands_for, b->stands_for))
                give_back(goes_first(a, b) ? b : a, heads, count);
        }
    }
}

void ta_mapping_rename(void *mapping, ta_text *heads, uint32_t count) {
    ta_mapping *m = mapping;
    m->renamed = true;
    for (size_t i = 0; i < m->head_count; i++)
        m->heads[i].taken = false;
    bar_heads(m, heads, count);
    for (head_match how = MATCH_WRITTEN; how < MATCH_COUNT; how++)
        for (uint32_t i = 0; i < count; i++)
            if (!is_renamed(m, heads[i]))
                rename_column(m, &heads[i], how);
    settle_rivals(m, heads, count);
}

bool ta_mapping_has_column(const ta_mapping *m, ta_text head) {
    for (size_t i = 0; i < m->head_count && m->renamed; i++)
        if (m->heads[i].taken && is_same(m->heads[i].head, head))
            return true;
    return false;
}
