/* SPDX-License-Identifier: MIT */
/*
 * properties, patternProperties, additionalProperties, required (2020-12 core, section 10.3.2;
 * validation, section 6.5.3): one table and one pass over an object's members. Members mostly
 * come in the schema's order, so the row after the last is tried before the table. Patterns of
 * names, and whoever asks which members were evaluated, take a slower way; a table of one or
 * two names, such as guards have, a shorter one.
 */
#include <stdlib.h>

#include "check/compile.h"
#include "check/pattern.h"
#include "check/seen.h"
#include "codes/nearest.h"
#include "record/path.h"
#include "record/stage.h"
#include "schema/words.h"

enum {
    DIRECT_SPREAD = 32, /* keys that a row of the direct table may cost */
    DIRECT_ROWS_MAX = UINT16_MAX - 1,
    FEW_ROWS = 2,
    MEMBERS_PER_STEP = 16, /* passed over in the time of a test */
    TRIES_MAX = 1 << 20 /* names compared for one object's guesses: hundreds of properties, or
                           thousands of members, that nobody mistyped */
};

typedef struct member_row {
    uint32_t key;
    bool required, declared; /* declared: properties has it */
    uint8_t easy;            /* kinds that need no test: a bit per ta_kind */
    const ta_plan *plan;     /* NULL: anything goes */
    const char *name;
} member_row;

/* One of patternProperties. */
typedef struct pattern_row {
    const ta_pattern *pattern;
    const ta_plan *plan;
} pattern_row;

typedef struct ta_members {
    struct ta_members *next;                           /* of the program's tables */
    const ta_node *properties, *required, *additional; /* in the schema; NULL */
    pattern_row *patterns;
    uint32_t pattern_count;
    member_row *rows;
    member_row none; /* stands for members without a row */
    uint32_t count, required_count;
    uint32_t *slots; /* by key: row + 1; 0 = free */
    uint32_t mask;
    uint16_t *direct; /* by key - first_key: row + 1; NULL: the keys lie too far apart */
    uint32_t first_key, key_span;
    const ta_plan *others;
    bool closed; /* additionalProperties is false */
    bool few;    /* members without one of the few rows may be anything */
} ta_members;

static bool run_members(ta_run *run, const void *data, const ta_node *node);

/* The table of this subschema. */
static const void *enter_members(ta_compile *c, ta_members **members) {
    return ta_compile_share(c, TA_SHARED_MEMBERS, sizeof **members, members);
}

static const void *compile_properties(ta_compile *c, const ta_node *value) {
    ta_members *members;
    const void *data = enter_members(c, &members);
    if (members)
        members->properties = value;
    return data;
}

static const void *compile_additional(ta_compile *c, const ta_node *value) {
    ta_members *members;
    const void *data = enter_members(c, &members);
    if (members)
        members->additional = value;
    return data;
}

static const void *compile_patterns(ta_compile *c, const ta_node *value) {
    ta_members *members;
    const void *data = enter_members(c, &members);
    if (!members)
        return NULL;
    members->patterns =
        ta_compile_alloc(c, (value->count + (size_t)1) * sizeof *members->patterns);
    for (const ta_node *m = ta_node_first(value); m < ta_node_end(value) && !c->nomem;
         m = ta_node_next(m)) {
        const ta_key *key = &c->record->keys->items[m->key];
        const ta_pattern *pattern =
            ta_compile_pattern(c, m, TA_PART_KEY, (ta_text){key->text, key->len});
        if (pattern)
            members->patterns[members->pattern_count++] =
                (pattern_row){pattern, ta_compile_plan(c, m)};
    }
    return data;
}

static const void *compile_required(ta_compile *c, const ta_node *value) {
    ta_members *members;
    bool ok = value->kind == TA_ARRAY;
    if (ok)
        for (const ta_node *n = ta_node_first(value); n < ta_node_end(value);
             n = ta_node_next(n))
            ok = ok && n->kind == TA_TEXT;
    if (!ok)
        return ta_compile_fault(c, value, "required", "must be a list of names");
    const void *data = enter_members(c, &members);
    if (members)
        members->required = value;
    return data;
}

static uint32_t *find_row_slot(const ta_members *members, uint32_t key) {
    uint32_t at = (key * 0x9E3779B1u) >> 8 & members->mask;
    while (members->slots[at] && members->rows[members->slots[at] - 1].key != key)
        at = (at + 1) & members->mask;
    return &members->slots[at];
}

static inline const member_row *find_row(const ta_members *members, uint32_t key) {
    if (members->direct) {
        uint32_t at = key - members->first_key;
        uint32_t row = at < members->key_span ? members->direct[at] : 0;
        return row ? &members->rows[row - 1] : &members->none;
    }
    uint32_t slot = *find_row_slot(members, key);
    return slot ? &members->rows[slot - 1] : &members->none;
}

/* The row of a key, entered if it is new. */
static member_row *enter_row(ta_compile *c, uint32_t key, ta_text name) {
    ta_members *members = c->shared[TA_SHARED_MEMBERS];
    uint32_t *slot = find_row_slot(members, key);
    if (!*slot) {
        member_row *row = &members->rows[members->count];
        *row = (member_row){.key = key, .name = ta_compile_copy(c, name)};
        *slot = ++members->count;
    }
    return &members->rows[*slot - 1];
}

static void enter_properties(ta_compile *c, const ta_node *properties) {
    for (const ta_node *p = ta_node_first(properties); p < ta_node_end(properties);
         p = ta_node_next(p)) {
        const ta_key *key = &c->record->keys->items[p->key];
        member_row *row = enter_row(c, p->key, (ta_text){key->text, key->len});
        row->declared = true;
        row->plan = ta_compile_plan(c, p);
    }
}

static void enter_required(ta_compile *c, const ta_node *required) {
    for (const ta_node *n = ta_node_first(required); n < ta_node_end(required);
         n = ta_node_next(n)) {
        ta_text name = ta_node_text(c->record, n);
        uint32_t key = ta_keys_get(c->loader->keys, name.data, name.len);
        if (!key) {
            c->nomem = true;
            return;
        }
        member_row *row = enter_row(c, key, name);
        ((ta_members *)c->shared[TA_SHARED_MEMBERS])->required_count += !row->required;
        row->required = true;
    }
}

/* Keys are numbers, and those of one schema lie together: most tables need no hash. */
static void index_rows(ta_compile *c, ta_members *members) {
    uint32_t first = UINT32_MAX, last = 0;
    for (uint32_t i = 0; i < members->count; i++) {
        first = members->rows[i].key < first ? members->rows[i].key : first;
        last = members->rows[i].key > last ? members->rows[i].key : last;
    }
    if (!members->count || members->count > DIRECT_ROWS_MAX ||
        (last - first) / DIRECT_SPREAD > members->count)
        return;
    members->first_key = first;
    members->key_span = last - first + 1;
    uint16_t *direct = ta_compile_alloc(c, members->key_span * sizeof *direct);
    for (uint32_t i = 0; direct && i < members->count; i++)
        direct[members->rows[i].key - first] = (uint16_t)(i + 1);
    members->direct = direct;
}

void ta_compile_members(ta_compile *c) {
    ta_members *members = c->shared[TA_SHARED_MEMBERS];
    if (!members || c->nomem)
        return;
    uint32_t most = (members->properties ? members->properties->count : 0) +
                    (members->required ? members->required->count : 0);
    uint32_t slot_count = 4;
    while (slot_count < most * 2)
        slot_count *= 2;
    members->mask = slot_count - 1;
    members->slots = ta_compile_alloc(c, slot_count * sizeof *members->slots);
    members->rows = ta_compile_alloc(c, (most + (size_t)1) * sizeof *members->rows);
    if (c->nomem)
        return;
    if (members->properties)
        enter_properties(c, members->properties);
    if (members->required)
        enter_required(c, members->required);
    if (members->additional) {
        members->closed = members->additional->kind == TA_FALSE;
        members->others = ta_compile_plan(c, members->additional);
    }
    for (uint32_t i = 0; i < members->count; i++)
        if (!members->rows[i].declared)
            members->rows[i].plan = members->others;
    members->none.plan = members->others;
    members->few = members->count <= FEW_ROWS && !members->others && !members->closed;
    index_rows(c, members);
    members->next = c->tables;
    c->tables = members;
}

static void link_row(member_row *row) {
    const ta_plan *plan = row->plan;
    row->easy = plan ? plan->kinds & (uint8_t)~plan->tested : TA_KINDS_ALL;
}

void ta_compile_link(ta_compile *c) {
    for (ta_members *members = c->tables; members; members = members->next) {
        link_row(&members->none);
        for (uint32_t i = 0; i < members->count; i++)
            link_row(&members->rows[i]);
    }
}

/* An object while its findings are told. */
typedef struct telling {
    const ta_members *members;
    const ta_node *object;
    uint64_t *has; /* a bit for each row that the object has a member of; NULL: not asked yet */
    uint32_t tries;
} telling;

static bool look_up_rows(ta_run *run, telling *t) {
    const ta_members *members = t->members;
    if (t->has)
        return true;
    t->has = calloc(members->count / 64 + (size_t)1, sizeof *t->has);
    run->nomem |= !t->has;
    if (!t->has)
        return false;
    for (const ta_node *m = ta_node_first(t->object); m < ta_node_end(t->object);
         m = ta_node_next(m)) {
        const member_row *row = find_row(members, m->key);
        uint32_t i = row == &members->none ? members->count : (uint32_t)(row - members->rows);
        t->has[i / 64] |= (uint64_t)1 << i % 64;
    }
    return true;
}

static bool has_row(const telling *t, uint32_t i) {
    return t->has[i / 64] >> i % 64 & 1;
}

/* The nearest of the properties that the object does not have already. */
static void say_near_property(ta_run *run, telling *t) {
    const ta_members *members = t->members;
    ta_nearest nearest = {.word = ta_buf_text(&run->name), .len = run->name.len};
    if (!look_up_rows(run, t) || t->tries > TRIES_MAX)
        return;
    t->tries += members->count;
    for (uint32_t i = 0; i < members->count; i++) {
        const member_row *row = &members->rows[i];
        if (row->declared && !has_row(t, i))
            ta_nearest_try(&nearest, row->name, strlen(row->name));
    }
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "\"", &run->replacement);
}

static bool refuse_member(ta_run *run, telling *t, const ta_node *member) {
    if (ta_seen_is_own_schema(run, t->object, member))
        return true;
    if (!ta_run_tells(run, member, TA_F_UNEXPECTED))
        return false;
    ta_run_reset_words(run);
    const ta_key *key = &run->record->keys->items[member->key];
    ta_buf_put(&run->name, key->text, key->len);
    say_near_property(run, t);
    return ta_run_fail_key(run, member,
                           &(ta_finding){.code = TA_F_UNEXPECTED,
                                         .name = ta_buf_text(&run->name),
                                         .replacement = ta_buf_text(&run->replacement)});
}

static void report_missing_row(ta_run *run, const ta_node *object, const member_row *row) {
    bool table = run->record->head && run->record->head->columns;
    ta_run_reset_words(run);
    /* A row of a table lacks the cell of a column, whose head is the path. */
    if (table) {
        ta_path_print(run->record, object, &run->name);
        if (run->name.len)
            ta_buf_puts(&run->name, ".");
        ta_path_put_step(&run->name, row->name, strlen(row->name), '.');
    }
    ta_run_fail(run, object,
                &(ta_finding){.code = TA_F_REQUIRED,
                              .name = row->name,
                              .column = table ? ta_buf_text(&run->name) : NULL});
}

/* One finding for each property that is missing. */
static void report_missing(ta_run *run, telling *t) {
    if (!look_up_rows(run, t))
        return;
    for (uint32_t i = 0; i < t->members->count; i++)
        if (t->members->rows[i].required && !has_row(t, i))
            report_missing_row(run, t->object, &t->members->rows[i]);
}

/* The end of an object's findings: so many of what is required are there. */
static bool has_all(ta_run *run, telling *t, uint32_t seen) {
    bool all = seen == t->members->required_count;
    if (!all && run->report)
        report_missing(run, t);
    free(t->has);
    return all;
}

/* The patterns that fit a member's name; *matched: one does. */
static bool run_patterns(ta_run *run, const ta_members *members, const ta_node *member,
                         bool *matched) {
    const ta_key *key = &run->record->keys->items[member->key];
    uint64_t steps = members->pattern_count * (TA_RUN_STEPS_NAME + (uint64_t)key->len / 64);
    bool ok = true;
    if (!ta_run_spend(run, member, steps))
        return false;
    for (uint32_t i = 0; i < members->pattern_count && (ok || run->report); i++) {
        const pattern_row *row = &members->patterns[i];
        ta_found found =
            ta_pattern_find(run, row->pattern, (ta_text){key->text, key->len}, member);
        if (found == TA_FOUND_NOT)
            continue;
        *matched = true;
        ok =
            found == TA_FOUND_YES && (!row->plan || ta_plan_fits(run, row->plan, member)) && ok;
    }
    return ok;
}

static bool run_slowly(ta_run *run, const ta_members *members, const ta_node *node) {
    bool ok = true, asked = ta_seen_is_asked(run, node);
    uint32_t seen = 0, index = 0;
    telling t = {.members = members, .object = node};
    for (const ta_node *m = ta_node_first(node); m < ta_node_end(node);
         m = ta_node_next(m), index++) {
        const member_row *row = find_row(members, m->key);
        bool matched = row->declared;
        seen += row->required;
        if (row->declared && row->plan)
            ok = ta_plan_fits(run, row->plan, m) && ok;
        ok = run_patterns(run, members, m, &matched) && ok;
        if (!matched && members->closed)
            ok = refuse_member(run, &t, m);
        else if (!matched && members->others)
            ok = ta_plan_fits(run, members->others, m) && ok;
        if (asked && (matched || members->others))
            ta_seen_mark(run, index);
        if (!ok && !run->report)
            break;
    }
    return has_all(run, &t, seen) && ok;
}

/* Few names, and no findings: their keys are looked for among the members. */
static bool run_few(ta_run *run, const ta_members *members, const ta_node *node) {
    const member_row *rows = members->rows, *end_row = rows + members->count;
    const ta_node *end = ta_node_end(node);
    uint32_t seen = 0;
    for (const member_row *row = rows; row < end_row; row++) {
        const ta_node *m = ta_node_first(node);
        while (m < end && m->key != row->key)
            m = ta_node_next(m);
        if (m >= end)
            continue;
        seen += row->required;
        if (!(row->easy >> m->kind & 1) && !ta_plan_fits(run, row->plan, m))
            return false;
    }
    return seen == members->required_count;
}

static bool run_members(ta_run *run, const void *data, const ta_node *node) {
    const ta_members *members = data;
    run->steps += node->count / MEMBERS_PER_STEP;
    if (members->pattern_count || run->seen)
        return run_slowly(run, members, node);
    if (members->few && !run->report) /* findings come in the order of members */
        return run_few(run, members, node);
    const member_row *next = members->rows, *last = next + members->count;
    uint32_t seen = 0;
    bool ok = true;
    telling t = {.members = members, .object = node};
    const ta_node *end = ta_node_end(node);
    for (const ta_node *m = ta_node_first(node); m < end; m = ta_node_next(m)) {
        const member_row *row =
            next < last && next->key == m->key ? next : find_row(members, m->key);
        if (row != &members->none)
            next = row + 1;
        seen += row->required;
        if (row->easy >> m->kind & 1)
            continue;
        ok = (members->closed && !row->declared ? refuse_member(run, &t, m)
                                                : ta_plan_fits(run, row->plan, m)) &&
             ok;
        if (!ok && !run->report)
            break;
    }
    return has_all(run, &t, seen) && ok;
}

const ta_keyword ta_keyword_properties = {"properties", compile_properties, run_members,
                                          1 << TA_OBJECT, false};
const ta_keyword ta_keyword_pattern_properties = {"patternProperties", compile_patterns,
                                                  run_members, 1 << TA_OBJECT, false};
const ta_keyword ta_keyword_required = {"required", compile_required, run_members,
                                        1 << TA_OBJECT, false};
const ta_keyword ta_keyword_additional_properties = {"additionalProperties", compile_additional,
                                                     run_members, 1 << TA_OBJECT, false};
