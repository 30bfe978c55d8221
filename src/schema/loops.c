/* SPDX-License-Identifier: MIT */
/*
 * Endless references: a subschema that describes its own value through itself would be run
 * forever. The graph of references and of words that describe the same value must have no
 * circle, and no path longer than TA_CHAIN_MAX. (Where $dynamicRef leads shows only in a run,
 * whose depth has a limit.)
 */
#include <stdlib.h>

#include "schema/graph.h"
#include "schema/vocabulary.h"

static const uint32_t on_path = UINT32_MAX;

typedef struct loop_search {
    ta_schema_impl *impl;
    uint32_t
        *heights; /* 0: not seen; on_path: on the path; else the longest path from here, + 1 */
    uint32_t depth, height;
} loop_search;

static uint32_t search_loops(loop_search *search, const ta_subschema *sub);

static void search_child(void *to, const ta_node *child) {
    loop_search *search = to;
    const ta_subschema *sub = ta_schema_at(&search->impl->schema, NULL, child);
    uint32_t height = sub ? search_loops(search, sub) : 0;
    if (height > search->height)
        search->height = height;
}

static void report_loop(loop_search *search, const ta_subschema *sub, const ta_node *member) {
    ta_buf name = {0};
    if (member->kind == TA_TEXT) {
        ta_text text = ta_node_text(&sub->document->record, member);
        ta_buf_put(&name, text.data, text.len);
    } else {
        ta_buf_puts(&name, ta_word_of(&sub->document->record, member)->name);
    }
    bool loop = search->height == on_path;
    ta_schema_fault(search->impl, sub->document, member,
                    &(ta_finding){.code = loop ? TA_F_SCHEMA_LOOP : TA_F_SCHEMA_SYNTAX,
                                  .name = ta_buf_text(&name),
                                  .expected = "leads on to more than 1000 other schemas"});
    ta_buf_fini(&name);
}

static uint32_t search_members(loop_search *search, const ta_subschema *sub) {
    uint32_t height = 0;
    for (const ta_node *c = ta_node_first(sub->node); c < ta_node_end(sub->node);
         c = ta_node_next(c)) {
        const ta_word *word = ta_subschema_word(sub, c);
        if (!word || !word->same)
            continue;
        search->height = 0;
        if (sub->ref && !strcmp(word->name, "$ref"))
            search_child(search, sub->ref->node);
        else
            ta_word_each(word, &sub->document->record, c, search_child, search);
        if (search->height >= TA_CHAIN_MAX && !search->impl->failed)
            report_loop(search, sub, c);
        if (search->height > height)
            height = search->height;
    }
    return height;
}

/* The length of the longest path from here; on_path: it leads back. */
static uint32_t search_loops(loop_search *search, const ta_subschema *sub) {
    uint32_t *height = &search->heights[sub->index];
    if (*height)
        return *height;
    /* Once there is an error the search only has to end. */
    if (search->impl->failed || search->depth > TA_CHAIN_MAX)
        return TA_CHAIN_MAX;
    uint32_t outer = search->height;
    *height = on_path;
    search->depth++;
    uint32_t longest = sub->node->kind == TA_OBJECT ? search_members(search, sub) : 0;
    search->depth--;
    search->height = outer;
    return *height = longest < TA_CHAIN_MAX ? longest + 1 : TA_CHAIN_MAX;
}

void ta_schema_find_loops(ta_schema_impl *impl) {
    loop_search search = {.impl = impl};
    search.heights = calloc(impl->schema.count + 1, sizeof *search.heights);
    if (!search.heights) {
        impl->nomem = true;
        return;
    }
    for (uint32_t i = 0; i < impl->schema.count && !impl->failed; i++)
        search_loops(&search, impl->subs[i]);
    free(search.heights);
}
