/* SPDX-License-Identifier: MIT */
/* From the words of a schema to a program: each subschema becomes a plan, its keywords tests by
 * kind of value. */
#include "check/compile.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "check/listing.h"
#include "check/meta.h"
#include "check/pattern.h"
#include "check/rule.h"
#include "check/seen.h"
#include "check/trail.h"
#include "codes/codes.h"
#include "codes/nearest.h"
#include "schema/vocabulary.h"
#include "schema/words.h"

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

const void *ta_compile_share(ta_compile *c, ta_shared which, size_t size_bytes, void *out) {
    bool is_new = !c->shared[which];
    if (is_new)
        c->shared[which] = ta_compile_alloc(c, size_bytes);
    memcpy(out, &c->shared[which], sizeof c->shared[which]);
    return is_new ? c->shared[which] : NULL;
}

bool ta_compile_count(ta_compile *c, const ta_node *value, const char *name, uint64_t *out) {
    ta_text text = ta_node_text(c->record, value);
    ta_decimal count;
    *out = UINT64_MAX;
    if (value->kind != TA_NUMBER || !ta_number_is_integer(text.data, text.len) ||
        ta_number_compare(text.data, text.len, "0", 1) < 0) {
        ta_compile_fault(c, value, name, "must be a whole number from 0");
        return false;
    }
    if (!ta_decimal_parse(text.data, text.len, &count) || count.exponent > 18)
        return true;
    for (; count.exponent > 0 && count.digits < UINT64_MAX; count.exponent--)
        count.digits *= 10;
    for (; count.exponent < 0; count.exponent++)
        count.digits /= 10;
    if (count.digits < UINT64_MAX)
        *out = (uint64_t)count.digits;
    return true;
}

const char *ta_compile_words(ta_compile *c, const ta_node *subschema) {
    const ta_node *words = ta_node_named(c->record, subschema, "description");
    if (!words || words->kind != TA_TEXT)
        words = ta_node_named(c->record, subschema, "title");
    if (!words || words->kind != TA_TEXT || !words->text_len)
        return NULL;
    ta_buf line = {0};
    ta_say_flat(ta_node_text(c->record, words), &line);
    const char *copy = ta_compile_copy(c, (ta_text){ta_buf_text(&line), line.len});
    c->nomem = c->nomem || line.failed;
    ta_buf_fini(&line);
    return copy;
}

static void add_pending(ta_compile *c, const ta_keyword *keyword, const void *data) {
    if (!ta_array_grow(&c->pending, &c->pending_cap, c->pending_count + 1, sizeof *c->pending))
        c->nomem = true;
    else
        c->pending[c->pending_count++] =
            (ta_pending_test){{keyword->run, data}, keyword->kinds, keyword->late};
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
        const ta_word *word = ta_subschema_word(sub, c);
        if (word && word->checks && strcmp(word->name, "$ref") != 0)
            return false;
    }
    return true;
}

const ta_plan *ta_compile_plan(const ta_compile *c, const ta_node *node) {
    const ta_subschema *sub = ta_schema_at(c->program->schema, c->sub->document, node);
    while (sub && !c->program->dynamic && is_mere_reference(sub))
        sub = sub->ref;
    return sub ? &c->program->plans[sub->index] : NULL;
}

/* Whether a name was met before; it is now. */
static bool was_noted(ta_compile *c, uint32_t key) {
    if (key >= c->noted_cap) {
        size_t before = c->noted_cap;
        if (!ta_array_grow(&c->noted, &c->noted_cap, key + (size_t)1, sizeof *c->noted)) {
            c->nomem = true;
            return true;
        }
        memset(c->noted + before, 0, (c->noted_cap - before) * sizeof *c->noted);
    }
    bool noted = c->noted[key];
    c->noted[key] = true;
    return noted;
}

/* A word that means nothing in this schema, once: of another draft, or of none. */
static void say_unknown(ta_compile *c, const ta_node *member, const ta_word *foreign) {
    const ta_key *key = &c->record->keys->items[member->key];
    ta_text name = {key->text, key->len};
    bool ours = name.len > 2 && !memcmp(name.data, "x-", 2);
    ta_nearest nearest = {.word = name.data, .len = name.len};
    for (const ta_word *word = ta_words; word->name && !foreign; word++)
        if (!strncmp(word->name, "x-", 2) == ours &&
            ta_word_holds(word, c->sub->resource->lexicon))
            ta_nearest_try(&nearest, word->name, strlen(word->name));
    if ((ours && !nearest.best) || was_noted(c, member->key))
        return;
    ta_buf guess = {0};
    if (foreign)
        ta_buf_printf(&guess, " in %s", ta_draft_text(ta_compile_draft(c)));
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", &guess);
    char *copy = ta_compile_copy(c, name);
    ta_find_at(c->loader->finder, c->record, member, TA_PART_KEY,
               &(ta_finding){.code = TA_F_SCHEMA_UNKNOWN,
                             .name = copy ? copy : "",
                             .replacement = ta_buf_text(&guess)});
    ta_buf_fini(&guess);
}

/* A word that a $ref beside it takes the meaning from. */
static void say_hidden(ta_compile *c, const ta_node *member, const ta_word *word) {
    bool *said = &c->said[word - ta_words];
    if (!*said && word->checks)
        ta_find_at(c->loader->finder, c->record, member, TA_PART_KEY,
                   &(ta_finding){.code = TA_F_SCHEMA_HIDDEN,
                                 .name = word->name,
                                 .expected = ta_draft_text(ta_compile_draft(c))});
    *said = true;
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
                     check->word->place == TA_PLACE_ONE || check->word->place == TA_PLACE_EITHER
                         ? "must be a schema (an object, true or false)"
                         : "must hold schemas (objects, true or false)");
}

/* Whether there are schemas where there must be; what is wrong is said. */
static bool check_places(ta_compile *c, const ta_word *word, const ta_node *value) {
    place_check check = {c, word, true};
    bool list = word->place == TA_PLACE_LIST;
    if ((word->place == TA_PLACE_MAP || word->place == TA_PLACE_SOME) &&
        value->kind != TA_OBJECT)
        return ta_compile_fault(c, value, word->name, "must be an object of schemas") != NULL;
    if (list && (value->kind != TA_ARRAY || !value->count))
        return ta_compile_fault(c, value, word->name, "must be a list of schemas") != NULL;
    /* From 2020-12 on a list of items is called prefixItems. */
    if (word->place == TA_PLACE_EITHER && value->kind == TA_ARRAY &&
        ta_compile_draft(c) >= TA_DRAFT_D2020)
        return ta_compile_fault(c, value, word->name,
                                "must be a schema (an object, true or false)") != NULL;
    ta_word_each(word, c->record, value, check_place, &check);
    return check.ok;
}

/* Whether a keyword may find at a value what another has found there. */
static bool may_repeat(const ta_compile *c, const ta_word *word, const ta_keyword *keyword) {
    if (keyword == &ta_keyword_ref)
        return !is_mere_reference(c->sub);
    return word->same || keyword->late || keyword == &ta_keyword_pattern_properties;
}

static void compile_member(ta_compile *c, const ta_node *member) {
    const ta_word *any = ta_word_of(c->record, member);
    const ta_word *word = ta_subschema_word(c->sub, member);
    if (!any || !ta_word_holds(any, c->sub->resource->lexicon)) {
        bool of_draft =
            any && any->first <= ta_compile_draft(c) && any->last >= ta_compile_draft(c);
        if (!of_draft && !c->is_metaschema && !c->sub->resource->is_embedded)
            say_unknown(c, member, any);
        return;
    }
    if (!word) {
        say_hidden(c, member, any);
        return;
    }
    const ta_keyword *keyword = find_keyword(word->name);
    if (!keyword && word->checks)
        say_unchecked(c, member, word);
    if (!check_places(c, word, member) || !keyword)
        return;
    const void *data = keyword->compile(c, member);
    if (data && keyword->run)
        add_pending(c, keyword, data);
    c->program->repeats = c->program->repeats || may_repeat(c, word, keyword);
}

/* One test that runs others, as a list. */
static const ta_test *wrap_tests(ta_compile *c, ta_test_fn *run, const void *data) {
    ta_test *tests = ta_compile_alloc(c, 2 * sizeof *tests);
    if (tests)
        tests[0] = (ta_test){run, data};
    return tests;
}

/* The tests as they run: in a frame where some ask what others have seen, in a scope where one
 * begins. */
static const ta_test *frame_tests(ta_compile *c, const ta_test *tests, bool late) {
    if (tests && late)
        tests = wrap_tests(c, ta_seen_run, tests);
    if (!tests || !c->scoped || !c->scoped[c->sub->index])
        return tests;
    ta_trail_test *scoped = ta_compile_alloc(c, sizeof *scoped);
    if (!scoped)
        return NULL;
    *scoped = (ta_trail_test){tests, c->sub->resource->index};
    return wrap_tests(c, ta_trail_run, scoped);
}

/* The pending tests for one kind, ended by one without run; NULL: none. */
static const ta_test *take_tests(ta_compile *c, int kind) {
    size_t count = 0, late_count = 0;
    for (size_t i = 0; i < c->pending_count; i++)
        count += c->pending[i].kinds >> kind & 1;
    ta_test *tests = count ? ta_compile_alloc(c, (count + 1) * sizeof *tests) : NULL;
    if (!tests)
        return NULL;
    count = 0;
    for (int late = 0; late < 2; late++)
        for (size_t i = 0; i < c->pending_count; i++)
            if (c->pending[i].kinds >> kind & 1 && c->pending[i].late == late) {
                tests[count++] = c->pending[i].test;
                late_count += (size_t)late;
            }
    return frame_tests(c, tests, late_count != 0);
}

static void compile_subschema(ta_compile *c, const ta_subschema *sub) {
    c->sub = sub;
    c->record = &sub->document->record;
    c->plan = &c->program->plans[sub->index];
    memset(c->shared, 0, sizeof c->shared);
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

/* Where scopes begin: in resources, and where references lead. Only if a reference is dynamic.
 */
static void find_scopes(ta_compile *c) {
    const ta_schema *schema = c->program->schema;
    for (uint32_t i = 0; i < schema->count; i++)
        c->program->dynamic = c->program->dynamic || schema->all[i]->anchor;
    if (!c->program->dynamic)
        return;
    c->scoped = ta_compile_alloc(c, schema->count * sizeof *c->scoped);
    for (uint32_t i = 0; i < schema->count && c->scoped; i++) {
        const ta_subschema *sub = schema->all[i];
        if (sub->node == sub->resource->node)
            c->scoped[i] = true;
        if (sub->ref)
            c->scoped[sub->ref->index] = true;
        if (sub->dynamic)
            c->scoped[sub->dynamic->index] = true;
    }
    for (size_t i = 0; i < schema->anchor_count && c->scoped; i++) {
        const ta_subschema *sub = ta_schema_at(schema, NULL, schema->anchors[i]->node);
        if (sub)
            c->scoped[sub->index] = true;
    }
}

static size_t count_words(void) {
    size_t count = 0;
    while (ta_words[count].name)
        count++;
    return count;
}

ta_status ta_program_new(const ta_schema *schema, const ta_loader *loader, ta_program **out) {
    ta_status status = ta_program_compile(schema, loader, false, out);
    if (status != TA_OK || loader->schema.trusts_metaschema)
        return status;
    status = ta_meta_check(schema, loader);
    if (status != TA_OK) {
        ta_program_drop(*out);
        *out = NULL;
    }
    return status;
}

ta_status ta_program_compile(const ta_schema *schema, const ta_loader *loader,
                             bool is_metaschema, ta_program **out) {
    *out = NULL;
    ta_program *program = calloc(1, sizeof *program);
    if (!program)
        return TA_ERR_NOMEM;
    program->schema = schema;
    ta_compile c = {.program = program,
                    .loader = loader,
                    .arena = &program->arena,
                    .is_metaschema = is_metaschema};
    program->plans = ta_compile_alloc(&c, schema->count * sizeof *program->plans);
    c.said = ta_compile_alloc(&c, count_words() * sizeof *c.said);
    program->all_branches = loader->schema.all_branches;
    find_scopes(&c);
    for (uint32_t i = 0; i < schema->count && !c.nomem; i++)
        compile_subschema(&c, schema->all[i]);
    ta_elsewhere_fill(&c);
    if (!c.nomem) {
        ta_compile_link(&c);
        c.sub = schema->root;
        program->root = ta_compile_plan(&c, schema->root->node);
        c.nomem = !ta_list_words_build(program);
    }
    free(c.pending);
    free(c.noted);
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
    for (size_t i = 0; i < program->pattern_count; i++)
        ta_pattern_drop(program->patterns[i]);
    free(program->patterns);
    ta_elsewhere_drop(program->elsewhere);
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
