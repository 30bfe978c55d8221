/* SPDX-License-Identifier: MIT */
#include "report/census.h"

#include <stdlib.h>

#include "base/hash.h"
#include "record/path.h"

enum { LABEL_MAX = 80 }; /* bytes that are kept of a value */

typedef struct census_stage {
    ta_stage stage;
    ta_census *census;
    const ta_shape *shape;
    const ta_record *record;
} census_stage;

/* An amount, and in which currency it is. */
typedef struct money {
    ta_text number, unit;
} money;

static char *keep_census_text(ta_census *census, const char *text, size_t len) {
    char *copy = ta_arena_copy(&census->text, text, len);
    census->failed |= !copy;
    return copy;
}

static ta_census_chart *add_chart(ta_census *census, uint64_t hash, const char *amount,
                                  ta_text unit) {
    if (census->count == TA_CENSUS_CHARTS)
        return NULL;
    ta_census_chart *chart = &census->charts[census->count];
    *chart = (ta_census_chart){
        .hash = hash,
        .path = keep_census_text(census, ta_buf_text(&census->path), census->path.len),
        .amount = keep_census_text(census, amount, strlen(amount)),
        .unit = keep_census_text(census, unit.data, unit.len)};
    if (!chart->path || !chart->amount || !chart->unit)
        return NULL;
    census->count++;
    return chart;
}

/* The chart of the place at hand; NULL: there are too many. */
static ta_census_chart *find_chart(ta_census *census, const char *amount, ta_text unit) {
    uint64_t hash = ta_hash(census->path.data, census->path.len);
    hash = ta_hash_more(hash, amount, strlen(amount) + 1);
    hash = ta_hash_more(hash, unit.data, unit.len);
    for (size_t i = 0; i < census->count; i++)
        if (census->charts[i].hash == hash)
            return &census->charts[i];
    return add_chart(census, hash, amount, unit);
}

static ta_census_row *add_row(ta_census *census, ta_census_set *set, uint64_t hash,
                              ta_text label) {
    size_t len = label.len;
    if (len > LABEL_MAX)
        for (len = LABEL_MAX; len && ((unsigned char)label.data[len] & 0xC0) == 0x80;)
            len--;
    char *copy = keep_census_text(census, label.data, len);
    if (!copy || !ta_array_grow(&set->rows, &set->cap, set->count + 1, sizeof *set->rows)) {
        census->failed = true;
        return NULL;
    }
    ta_census_row *row = &set->rows[set->count];
    *row = (ta_census_row){.hash = hash, .label = copy, .number = set->count++};
    return row;
}

/* The value's row, among `most` of them; NULL: no memory. */
static ta_census_row *find_row(ta_census *census, ta_census_set *set, size_t most,
                               ta_text label) {
    uint64_t hash = ta_hash(label.data, label.len);
    for (size_t i = 0; i < set->count; i++)
        if (set->rows[i].hash == hash)
            return &set->rows[i];
    return set->count == most ? &set->others : add_row(census, set, hash, label);
}

/* An amount NULL: the value is counted. */
static void take_value(ta_census *census, ta_text label, const money *amount) {
    static const ta_text none = {"", 0};
    ta_census_chart *chart = find_chart(census, amount ? ta_buf_text(&census->amount) : "",
                                        amount ? amount->unit : none);
    ta_census_row *row = chart ? find_row(census, &chart->values, TA_CENSUS_ROWS, label) : NULL;
    if (!row)
        return;
    row->count++;
    ta_decimal number, sum;
    if (!amount)
        return;
    if (ta_decimal_parse(amount->number.data, amount->number.len, &number) &&
        ta_decimal_add(&row->sum, &number, &sum))
        row->sum = sum;
    else
        chart->left_out++;
}

/* Appends a step to the path at hand; the caller cuts it off again. */
static void push_step(ta_census *census, const char *text, size_t len) {
    ta_buf_puts(&census->path, census->path.len ? "." : "");
    ta_path_put_step(&census->path, text, len, '.');
}

static const ta_key *key_of(const census_stage *stage, const ta_node *node) {
    return &stage->record->keys->items[node->key];
}

/* Is it a code of the list of that name? "country", "codes/country.csv" */
static bool is_code_of(const ta_shape *shape, const char *list) {
    const char *slash = strrchr(shape->codes, '/');
    const char *name = slash ? slash + 1 : shape->codes;
    size_t len = strlen(list);
    return !strncmp(name, list, len) && (!name[len] || name[len] == '.');
}

static bool is_currency(const ta_shape *shape) {
    return is_code_of(shape, "currency");
}

static bool is_facet(const ta_shape *shape, const ta_node *node) {
    return shape && shape->codes && !shape->personal && node->kind == TA_TEXT &&
           node->text_len && !is_currency(shape);
}

static bool is_amount(const ta_shape *shape, const ta_node *node) {
    return shape && !shape->integer && !shape->personal && node->kind == TA_NUMBER;
}

/* The currency beside an amount; empty: none. */
static ta_text find_unit(const census_stage *stage, const ta_shape *shape,
                         const ta_node *object) {
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c)) {
        const ta_shape *below = ta_shape_member_of(shape, c->key);
        if (below && below->codes && c->kind == TA_TEXT && is_currency(below))
            return ta_node_text(stage->record, c);
    }
    return (ta_text){"", 0};
}

static bool is_name(const ta_key *key) {
    return key->len == 4 && !memcmp(key->text, "name", 4);
}

/* Adds an amount to each coded value beside it; where there is none, to the name. */
static void add_amount(const census_stage *stage, const ta_shape *shape, const ta_node *object,
                       const money *amount) {
    ta_census *census = stage->census;
    size_t before = census->path.len;
    bool coded = false;
    const ta_node *named = NULL;
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c)) {
        const ta_shape *below = ta_shape_member_of(shape, c->key);
        const ta_key *key = key_of(stage, c);
        if (c->kind == TA_TEXT && below && !below->personal && is_name(key))
            named = c;
        if (!is_facet(below, c))
            continue;
        coded = true;
        push_step(census, key->text, key->len);
        take_value(census, ta_node_text(stage->record, c), amount);
        census->path.len = before;
    }
    if (coded || !named || !amount->unit.len)
        return;
    push_step(census, "name", 4);
    take_value(census, ta_node_text(stage->record, named), amount);
    census->path.len = before;
}

/* The path of an amount: that of the object at hand, and the steps to it. */
static void name_amount(const census_stage *stage, const ta_node *outer, const ta_node *inner) {
    ta_census *census = stage->census;
    size_t before = census->path.len;
    push_step(census, key_of(stage, outer)->text, key_of(stage, outer)->len);
    if (inner)
        push_step(census, key_of(stage, inner)->text, key_of(stage, inner)->len);
    census->amount.len = 0;
    ta_buf_put(&census->amount, census->path.data, census->path.len);
    census->path.len = before;
}

/* A sum of money that is an object of its own: its first number, in its currency. */
static void add_money(const census_stage *stage, const ta_shape *shape, const ta_node *object,
                      const ta_node *money_object) {
    const ta_shape *inner = ta_shape_member_of(shape, money_object->key);
    if (!inner || inner->personal)
        return;
    money amount = {.unit = find_unit(stage, inner, money_object)};
    if (!amount.unit.len)
        return;
    for (const ta_node *c = ta_node_first(money_object); c < ta_node_end(money_object);
         c = ta_node_next(c))
        if (is_amount(ta_shape_member_of(inner, c->key), c)) {
            amount.number = ta_node_text(stage->record, c);
            name_amount(stage, money_object, c);
            add_amount(stage, shape, object, &amount);
            return;
        }
}

static void add_amounts(const census_stage *stage, const ta_shape *shape,
                        const ta_node *object) {
    ta_text unit = find_unit(stage, shape, object);
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c)) {
        if (c->kind == TA_OBJECT)
            add_money(stage, shape, object, c);
        if (!is_amount(ta_shape_member_of(shape, c->key), c))
            continue;
        name_amount(stage, c, NULL);
        add_amount(stage, shape, object,
                   &(money){.number = ta_node_text(stage->record, c), .unit = unit});
    }
}

/* The picture of two members of the objects at hand; NULL: there are too many. */
static ta_census_cross *find_cross(ta_census *census, const ta_key *down,
                                   const ta_key *across) {
    uint64_t hash = ta_hash(ta_buf_text(&census->path), census->path.len + 1);
    hash = ta_hash_more(hash, down->text, down->len + 1);
    hash = ta_hash_more(hash, across->text, across->len);
    for (size_t i = 0; i < census->crossed_count; i++)
        if (census->crossed[i].hash == hash)
            return &census->crossed[i];
    if (census->crossed_count == TA_CENSUS_CROSSED)
        return NULL;
    ta_census_cross *cross = &census->crossed[census->crossed_count];
    *cross = (ta_census_cross){
        .hash = hash,
        .path = keep_census_text(census, ta_buf_text(&census->path), census->path.len),
        .down = keep_census_text(census, down->text, down->len),
        .across = keep_census_text(census, across->text, across->len)};
    if (!cross->path || !cross->down || !cross->across)
        return NULL;
    census->crossed_count++;
    return cross;
}

static void take_pair(ta_census *census, ta_census_cross *cross, ta_text down, ta_text across) {
    ta_census_row *line = find_row(census, &cross->lines, TA_CENSUS_ROWS, down);
    ta_census_row *column = find_row(census, &cross->columns, TA_CENSUS_COLUMNS, across);
    if (!line || !column)
        return;
    if (!line->cells)
        line->cells =
            ta_arena_alloc(&census->text, (TA_CENSUS_COLUMNS + 1) * sizeof *line->cells);
    if (!line->cells) {
        census->failed = true;
        return;
    }
    line->count++;
    column->count++;
    line->cells[column == &cross->columns.others ? TA_CENSUS_COLUMNS : column->number]++;
}

/* Crosses a country with each other coded value beside it. */
static void cross_country(const census_stage *stage, const ta_shape *shape,
                          const ta_node *object, const ta_node *country) {
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c)) {
        if (c == country || !is_facet(ta_shape_member_of(shape, c->key), c))
            continue;
        ta_census_cross *cross =
            find_cross(stage->census, key_of(stage, country), key_of(stage, c));
        if (cross)
            take_pair(stage->census, cross, ta_node_text(stage->record, country),
                      ta_node_text(stage->record, c));
    }
}

static void cross_values(const census_stage *stage, const ta_shape *shape,
                         const ta_node *object) {
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c)) {
        const ta_shape *below = ta_shape_member_of(shape, c->key);
        if (is_facet(below, c) && is_code_of(below, "country"))
            cross_country(stage, shape, object, c);
    }
}

/* Recursion is bounded by TA_DEPTH_MAX. */
static void count_census_node(const census_stage *stage, const ta_shape *shape,
                              const ta_node *node) {
    if (!shape || shape->personal)
        return;
    ta_census *census = stage->census;
    if (shape->codes && node->kind == TA_TEXT && node->text_len)
        take_value(census, ta_node_text(stage->record, node), NULL);
    if (node->kind != TA_ARRAY && node->kind != TA_OBJECT)
        return;
    if (node->kind == TA_OBJECT) {
        add_amounts(stage, shape, node);
        cross_values(stage, shape, node);
    }
    size_t before = census->path.len;
    for (const ta_node *c = ta_node_first(node); c < ta_node_end(node); c = ta_node_next(c)) {
        bool item = node->kind == TA_ARRAY;
        push_step(census, item ? "*" : key_of(stage, c)->text,
                  item ? 1 : key_of(stage, c)->len);
        count_census_node(stage, item ? shape->items : ta_shape_member_of(shape, c->key), c);
        census->path.len = before;
    }
}

static ta_status census_begin(ta_stage *stage, const ta_head *head) {
    return ta_stage_begin(stage->next, head);
}

static ta_status census_put(ta_stage *base, ta_record *record) {
    census_stage *stage = (census_stage *)base;
    stage->record = record;
    stage->census->path.len = 0;
    count_census_node(stage, stage->shape, record->nodes);
    const ta_census *census = stage->census;
    if (census->failed || census->path.failed || census->amount.failed)
        return TA_ERR_NOMEM;
    return ta_stage_put(base->next, record);
}

static ta_status census_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void census_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops census_ops = {"census",   TA_SCOPE_ORDERED, census_begin,
                                        census_put, census_end,       census_drop};

ta_stage *ta_census_stage_new(ta_census *census, const ta_shape *shape) {
    census_stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        return NULL;
    stage->stage.ops = &census_ops;
    stage->census = census;
    stage->shape = shape;
    return &stage->stage;
}

static int compare_counts(const void *a, const void *b) {
    const ta_census_row *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->label, y->label);
}

static int compare_sums(const void *a, const void *b) {
    const ta_census_row *x = a, *y = b;
    int order = ta_decimal_compare(&y->sum, &x->sum);
    return order ? order : strcmp(x->label, y->label);
}

void ta_census_sort(ta_census_set *set, bool by_sum) {
    qsort(set->rows, set->count, sizeof *set->rows, by_sum ? compare_sums : compare_counts);
}

void ta_census_fini(ta_census *census) {
    for (size_t i = 0; i < census->count; i++)
        free(census->charts[i].values.rows);
    for (size_t i = 0; i < census->crossed_count; i++) {
        free(census->crossed[i].lines.rows);
        free(census->crossed[i].columns.rows);
    }
    ta_arena_fini(&census->text);
    ta_buf_fini(&census->path);
    ta_buf_fini(&census->amount);
    memset(census, 0, sizeof *census);
}
