/* SPDX-License-Identifier: MIT */
/* From the words of a schema to a program: each subschema becomes a plan, its keywords tests by
 * kind of value. */
#include "check/compile.h"

#include <stdlib.h>

#include "check/rule.h"
#include "check/words.h"
#include "codes/codes.h"
#include "codes/nearest.h"
#include "schema/vocabulary.h"

static const ta_keyword *const keywords[] = {
#define TA_KEYWORD(name) &ta_keyword_##name,
#include "check/keywords.def"
#undef TA_KEYWORD
};

void *ta_compile_alloc(ta_compile *c, size_t size_bytes) {
    void *memory = ta_arena_alloc(c->arena, size_bytes);
    c->nomem = c->nomem || !memory;
    return memory;
}

char *ta_compile_copy(ta_compile *c, ta_text text) {
    char *copy = ta_arena_copy(c->arena, text.data, text.len);
    c->nomem = c->nomem || !copy;
    return copy;
}

const void *ta_compile_fault(ta_compile *c, const ta_node *node, const char *name,
                             const char *expected) {
    ta_find_at(c->loader->finder, c->record, node, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_SCHEMA_SYNTAX, .name = name, .expected = expected});
    c->failed = true;
    return NULL;
}

void ta_compile_add(ta_compile *c, ta_test_fn *run, const void *data, uint8_t kinds) {
    if (!ta_array_grow(&c->pending, &c->pending_cap, c->pending_count + 1, sizeof *c->pending))
        c->nomem = true;
    else
        c->pending[c->pending_count++] = (ta_pending_test){{run, data}, kinds};
}

static const ta_keyword *find_keyword(const char *name) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (!strcmp(keywords[i]->name, name))
            return keywords[i];
    return NULL;
}

/* Whether a subschema says nothing but where another stands. */
static bool is_mere_reference(const ta_subschema *sub) {
    if (!sub->ref)
        return false;
    for (const ta_node *c = ta_node_first(sub->node); c < ta_node_end(sub->node);
         c = ta_node_next(c)) {
        const ta_word *word = ta_word_of(&sub->document->record, c);
        if (word && word->checks && strcmp(word->name, "$ref") != 0)
            return false;
    }
    return true;
}

const ta_plan *ta_compile_plan(const ta_compile *c, const ta_node *node) {
    const ta_subschema *sub = ta_schema_at(c->program->schema, c->sub->document, node);
    while (sub && is_mere_reference(sub))
        sub = sub->ref;
    return sub ? &c->program->plans[sub->index] : NULL;
}

static void say_unknown(ta_compile *c, const ta_node *member, ta_text name) {
    bool ours = name.len > 2 && !memcmp(name.data, "x-", 2);
    ta_nearest nearest = {.word = name.data, .len = name.len};
    for (const ta_word *word = ta_words; word->name; word++)
        if (!strncmp(word->name, "x-", 2) == ours)
            ta_nearest_try(&nearest, word->name, strlen(word->name));
    if (ours && !nearest.best)
        return;
    ta_buf guess = {0};
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", &guess);
    char *copy = ta_compile_copy(c, name);
    ta_find_at(c->loader->finder, c->record, member, TA_PART_KEY,
               &(ta_finding){.code = TA_F_SCHEMA_UNKNOWN,
                             .name = copy ? copy : "",
                             .replacement = ta_buf_text(&guess)});
    ta_buf_fini(&guess);
}

static void say_unchecked(ta_compile *c, const ta_node *member, const ta_word *word) {
    bool *said = &c->said[word - ta_words];
    if (!*said)
        ta_find_at(c->loader->finder, c->record, member, TA_PART_KEY,
                   &(ta_finding){.code = TA_F_SCHEMA_UNCHECKED, .name = word->name});
    *said = true;
}

typedef struct place_check {
    ta_compile *c;
    const ta_word *word;
    bool ok;
} place_check;

static void check_place(void *to, const ta_node *child) {
    place_check *check = to;
    if (child->kind == TA_OBJECT || child->kind == TA_TRUE || child->kind == TA_FALSE)
        return;
    check->ok = false;
    ta_compile_fault(check->c, child, check->word->name,
                     check->word->place == TA_PLACE_ONE
                         ? "must be a schema (an object, true or false)"
                         : "must hold schemas (objects, true or false)");
}

/* Whether there are schemas where there must be; what is wrong is said. */
static bool check_places(ta_compile *c, const ta_word *word, const ta_node *value) {
    place_check check = {c, word, true};
    bool list = word->place == TA_PLACE_LIST;
    if (word->place == TA_PLACE_MAP && value->kind != TA_OBJECT)
        return ta_compile_fault(c, value, word->name, "must be an object of schemas") != NULL;
    if (list && (value->kind != TA_ARRAY || !value->count))
        return ta_compile_fault(c, value, word->name, "must be a list of schemas") != NULL;
    ta_word_each(word, c->record, value, check_place, &check);
    return check.ok;
}

static void compile_member(ta_compile *c, const ta_node *member) {
    const ta_word *word = ta_word_of(c->record, member);
    if (!word) {
        const ta_key *key = &c->record->keys->items[member->key];
        say_unknown(c, member, (ta_text){key->text, key->len});
        return;
    }
    const ta_keyword *keyword = find_keyword(word->name);
    if (!keyword && word->checks)
        say_unchecked(c, member, word);
    if (!check_places(c, word, member) || !keyword)
        return;
    const void *data = keyword->compile(c, member);
    if (data && keyword->run)
        ta_compile_add(c, keyword->run, data, keyword->kinds);
}

/* The pending tests for one kind, ended by one without run; NULL: none. */
static const ta_test *take_tests(ta_compile *c, int kind) {
    size_t count = 0;
    for (size_t i = 0; i < c->pending_count; i++)
        count += c->pending[i].kinds >> kind & 1;
    ta_test *tests = count ? ta_compile_alloc(c, (count + 1) * sizeof *tests) : NULL;
    if (!tests)
        return NULL;
    count = 0;
    for (size_t i = 0; i < c->pending_count; i++)
        if (c->pending[i].kinds >> kind & 1)
            tests[count++] = c->pending[i].test;
    return tests;
}

static void compile_subschema(ta_compile *c, const ta_subschema *sub) {
    c->sub = sub;
    c->record = &sub->document->record;
    c->plan = &c->program->plans[sub->index];
    c->members = NULL;
    c->number = NULL;
    c->pending_count = 0;
    c->plan->never = sub->node->kind == TA_FALSE;
    c->plan->kinds = c->plan->never ? 0 : TA_KINDS_ALL;
    if (sub->node->kind == TA_OBJECT)
        for (const ta_node *m = ta_node_first(sub->node); m < ta_node_end(sub->node);
             m = ta_node_next(m))
            compile_member(c, m);
    ta_compile_members(c);
    for (int kind = 0; kind <= TA_OBJECT; kind++) {
        c->plan->tests[kind] = take_tests(c, kind);
        c->plan->tested |= (uint8_t)((c->plan->tests[kind] != NULL) << kind);
    }
}

/* The plans that a list's items have: those of the root's `items`, through references. */
static void find_item_plans(ta_compile *c) {
    const ta_subschema *root = c->program->schema->root;
    uint32_t count = 1;
    for (const ta_subschema *sub = root; sub; sub = sub->ref)
        count++;
    c->program->item_plans = ta_compile_alloc(c, count * sizeof *c->program->item_plans);
    for (const ta_subschema *sub = root; sub && !c->nomem; sub = sub->ref) {
        const ta_node *items = ta_node_named(&sub->document->record, sub->node, "items");
        c->sub = sub;
        const ta_plan *plan = items ? ta_compile_plan(c, items) : NULL;
        if (plan)
            c->program->item_plans[c->program->item_plan_count++] = plan;
    }
}

static size_t count_words(void) {
    size_t count = 0;
    while (ta_words[count].name)
        count++;
    return count;
}

ta_status ta_program_new(const ta_schema *schema, const ta_loader *loader, ta_program **out) {
    *out = NULL;
    ta_program *program = calloc(1, sizeof *program);
    if (!program)
        return TA_ERR_NOMEM;
    program->schema = schema;
    ta_compile c = {.program = program, .loader = loader, .arena = &program->arena};
    program->plans = ta_compile_alloc(&c, schema->count * sizeof *program->plans);
    c.said = ta_compile_alloc(&c, count_words() * sizeof *c.said);
    for (uint32_t i = 0; i < schema->count && !c.nomem; i++)
        compile_subschema(&c, schema->all[i]);
    if (!c.nomem) {
        ta_compile_link(&c);
        c.sub = schema->root;
        program->root = ta_compile_plan(&c, schema->root->node);
        find_item_plans(&c);
    }
    free(c.pending);
    ta_keys_pin(loader->keys);
    if (c.nomem || c.failed) {
        ta_program_drop(program);
        return c.nomem ? TA_ERR_NOMEM : TA_ERR_USAGE;
    }
    *out = program;
    return TA_OK;
}

void ta_program_drop(ta_program *program) {
    if (!program)
        return;
    for (size_t i = 0; i < program->list_count; i++)
        ta_code_list_drop(program->lists[i]);
    ta_key_files_drop(program);
    free(program->lists);
    free(program->list_names);
    free(program->rules);
    free(program->list_rules);
    ta_arena_fini(&program->arena);
    free(program);
}

const ta_shape *ta_program_record_shape(const ta_program *program) {
    const ta_shape *shape = &program->schema->root->shape;
    return shape->types == TA_TYPE_ARRAY ? shape->items : shape;
}
