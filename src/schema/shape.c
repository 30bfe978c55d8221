/* SPDX-License-Identifier: MIT */
/*
 * The shape of each subschema: what its own words say, then what the schemas that it refers to
 * or is made of say about the same value. There are no loops (loops.c), so each is built when
 * what it is made of is ready.
 */
#include "schema/shape.h"

#include <stdlib.h>

#include "schema/graph.h"
#include "schema/personal.h"
#include "schema/vocabulary.h"

const ta_shape ta_shape_any = {.types = TA_TYPE_ANY};

const ta_shape *ta_shape_member_of(const ta_shape *shape, uint32_t key) {
    if (!shape)
        return NULL;
    for (uint32_t i = 0; i < shape->member_count; i++)
        if (shape->members[i].key == key)
            return shape->members[i].shape;
    return shape->others;
}

const ta_shape *ta_shape_named(const ta_shape *shape, const char *name, uint32_t len) {
    if (!shape)
        return NULL;
    for (uint32_t i = 0; i < shape->member_count; i++) {
        const ta_shape_member *member = &shape->members[i];
        if (member->name_len == len && !memcmp(member->name, name, len))
            return member->shape;
    }
    return shape->others;
}

typedef struct shape_builder {
    ta_schema_impl *impl;
    ta_merger merger;
    bool *done;
} shape_builder;

/* The words of one subschema that make its shape. */
typedef struct shape_source {
    shape_builder *builder;
    const ta_subschema *sub;
    const ta_record *record;
    ta_shape *shape;
} shape_source;

static const ta_node *find_word(const shape_source *source, const char *name) {
    return ta_subschema_value(source->sub, name);
}

static ta_subschema *sub_at(const shape_source *source, const ta_node *node) {
    const ta_subschema *sub =
        node ? ta_schema_at(&source->builder->impl->schema, NULL, node) : NULL;
    return sub ? source->builder->impl->subs[sub->index] : NULL;
}

static void add_type(const shape_source *source, const ta_node *name, uint8_t *types,
                     int *integers) {
    bool integer = false;
    ta_text text = ta_node_text(source->record, name);
    uint8_t type = name->kind == TA_TEXT ? ta_type_named(text.data, text.len, &integer) : 0;
    if (type == TA_TYPE_NUMBER)
        *integers |= integer ? 1 : 2;
    *types |= type;
}

static void read_types(const shape_source *source) {
    const ta_node *type = find_word(source, "type");
    uint8_t types = 0;
    int integers = 0;
    if (type && type->kind == TA_ARRAY)
        for (const ta_node *c = ta_node_first(type); c < ta_node_end(type); c = ta_node_next(c))
            add_type(source, c, &types, &integers);
    else if (type)
        add_type(source, type, &types, &integers);
    if (types)
        source->shape->types &= types;
    source->shape->integer = integers == 1;
}

static void read_values(const shape_source *source) {
    const ta_node *list = find_word(source, "enum"), *one = find_word(source, "const");
    uint8_t types = 0;
    if (list && list->kind == TA_ARRAY && list->count) {
        for (const ta_node *c = ta_node_first(list); c < ta_node_end(list); c = ta_node_next(c))
            types |= ta_type_of_kind((ta_kind)c->kind);
        source->shape->types &= types;
    }
    if (one)
        source->shape->types &= ta_type_of_kind((ta_kind)one->kind);
}

/* A new row at the end, stamped in the key table. False: no memory. */
static bool put_member(const shape_source *source, ta_shape_member *rows, uint32_t key,
                       const char *text, size_t len) {
    ta_schema_impl *impl = source->builder->impl;
    char *name = ta_arena_copy(&impl->schema.arena, text, len);
    impl->nomem = impl->nomem || !name || !key;
    if (!name || !key)
        return false;
    impl->schema.keys->items[key].stamp = impl->schema.keys->serial;
    impl->schema.keys->items[key].stamp_node = source->shape->member_count;
    rows[source->shape->member_count++] = (ta_shape_member){
        .name = name, .name_len = (uint32_t)len, .key = key, .shape = &ta_shape_any};
    return true;
}

static void read_properties(const shape_source *source, const ta_node *properties,
                            ta_shape_member *rows) {
    for (const ta_node *c = ta_node_first(properties); c < ta_node_end(properties);
         c = ta_node_next(c)) {
        const ta_key *key = &source->record->keys->items[c->key];
        if (!put_member(source, rows, c->key, key->text, key->len))
            return;
        const ta_subschema *sub = sub_at(source, c);
        if (sub)
            rows[source->shape->member_count - 1].shape = &sub->shape;
    }
}

/* Marks members as required; those that properties lacks are entered. */
static void read_required(const shape_source *source, const ta_node *required,
                          ta_shape_member *rows) {
    ta_keys *keys = source->builder->impl->schema.keys;
    for (const ta_node *c = ta_node_first(required); c < ta_node_end(required);
         c = ta_node_next(c)) {
        if (c->kind != TA_TEXT)
            continue;
        ta_text name = ta_node_text(source->record, c);
        uint32_t key = ta_keys_get(keys, name.data, name.len);
        bool known = key && keys->items[key].stamp == keys->serial;
        if (!known && !put_member(source, rows, key, name.data, name.len))
            return;
        rows[keys->items[key].stamp_node].required = true;
    }
}

static void read_members(const shape_source *source) {
    ta_schema_impl *impl = source->builder->impl;
    const ta_node *properties = find_word(source, "properties");
    const ta_node *required = find_word(source, "required");
    size_t count = properties && properties->kind == TA_OBJECT ? properties->count : 0;
    size_t wanted = required && required->kind == TA_ARRAY ? required->count : 0;
    ta_shape_member *rows =
        ta_arena_alloc(&impl->schema.arena, (count + wanted + 1) * sizeof *rows);
    impl->nomem = impl->nomem || !rows;
    if (!rows)
        return;
    impl->schema.keys->serial++;
    source->shape->members = rows;
    if (count)
        read_properties(source, properties, rows);
    if (wanted)
        read_required(source, required, rows);
}

/* A copy in the schema's arena. */
static const char *keep_text(const shape_source *source, ta_text text) {
    char *copy = ta_arena_copy(&source->builder->impl->schema.arena, text.data, text.len);
    source->builder->impl->nomem = source->builder->impl->nomem || !copy;
    return copy;
}

/* A text in the schema's arena; NULL: it is none, or empty. */
static const char *copy_text(const shape_source *source, const ta_node *node) {
    if (!node || node->kind != TA_TEXT || !node->text_len)
        return NULL;
    return keep_text(source, ta_node_text(source->record, node));
}

/* A text of an object such as x-csv; NULL: none, or empty. */
static const char *read_text(const shape_source *source, const ta_node *object,
                             const char *name) {
    return copy_text(source, object ? ta_node_named(source->record, object, name) : NULL);
}

/* x-csv.headers: what else a column may be called. */
static void read_headers(const shape_source *source, const ta_node *csv) {
    const ta_node *list = csv ? ta_node_named(source->record, csv, "headers") : NULL;
    if (!list || list->kind != TA_ARRAY)
        return;
    const char **headers = ta_arena_alloc(&source->builder->impl->schema.arena,
                                          (list->count + (size_t)1) * sizeof *headers);
    source->builder->impl->nomem = source->builder->impl->nomem || !headers;
    for (const ta_node *c = ta_node_first(list); headers && c < ta_node_end(list);
         c = ta_node_next(c)) {
        const char *header = copy_text(source, c);
        if (header)
            headers[source->shape->header_count++] = header;
    }
    source->shape->headers = headers;
}

static bool read_flag(const shape_source *source, const ta_node *object, const char *name) {
    const ta_node *node = object ? ta_node_named(source->record, object, name) : NULL;
    return node && node->kind == TA_TRUE;
}

/* The first character of a text of x-csv; 0: none. */
static char read_sign(const shape_source *source, const ta_node *csv, const char *name) {
    const ta_node *node = csv ? ta_node_named(source->record, csv, name) : NULL;
    bool sign = node && node->kind == TA_TEXT && node->text_len == 1;
    return sign ? *ta_node_text(source->record, node).data : (char)0;
}

/* How it is written: xml as OpenAPI 3.1 has it, with x-list for the element around a list. */
static void read_spelling(const shape_source *source) {
    const ta_node *xml = find_word(source, "xml");
    const ta_node *csv = find_word(source, "x-csv");
    source->shape->separator = read_text(source, csv, "separator");
    source->shape->decimal = read_sign(source, csv, "decimal");
    source->shape->group = read_sign(source, csv, "group");
    const ta_node *bare = csv ? ta_node_named(source->record, csv, "bare") : NULL;
    source->shape->dressed = bare && bare->kind == TA_FALSE;
    if (source->shape->group == '.' && !source->shape->decimal)
        source->shape->decimal = ',';
    read_headers(source, csv);
    source->shape->title = copy_text(source, find_word(source, "title"));
    source->shape->xml_name = read_text(source, xml, "name");
    source->shape->xml_list = read_text(source, xml, "x-list");
    source->shape->xml_attribute = read_flag(source, xml, "attribute");
    source->shape->xml_wrapped = read_flag(source, xml, "wrapped");
}

/* A text that is the value of a word, in the schema's arena; NULL: none, or empty. */
static const char *read_word_text(const shape_source *source, const char *word) {
    const ta_node *node = find_word(source, word);
    ta_text text =
        node && node->kind == TA_TEXT ? ta_node_text(source->record, node) : (ta_text){"", 0};
    return text.len ? keep_text(source, text) : NULL;
}

/* A bare word names a list of ours, anything with a dot or a slash a file beside the schema. */
static const char *read_codes(const shape_source *source) {
    const char *name = read_word_text(source, "x-codes");
    if (!name)
        return NULL;
    ta_buf file = {0};
    if (strpbrk(name, "./")) {
        ta_text rest = ta_schema_put_folder(&file, source->sub->document->name,
                                            (ta_text){name, strlen(name)});
        ta_buf_put(&file, rest.data, rest.len);
    } else {
        ta_buf_printf(&file, "builtin:codes/%s.csv", name);
    }
    source->builder->impl->nomem |= file.failed;
    const char *copy = file.failed ? NULL : keep_text(source, (ta_text){file.data, file.len});
    ta_buf_fini(&file);
    return copy;
}

/* What normalizing goes by. */
static void read_meaning(const shape_source *source) {
    const ta_node *rule = find_word(source, "x-normalize");
    source->shape->codes = read_codes(source);
    source->shape->format = read_word_text(source, "format");
    source->shape->normalize =
        rule && rule->kind == TA_FALSE ? "" : read_word_text(source, "x-normalize");
}

/* Whether a subschema in the value of a word says x-personal. */
static bool has_personal_part(const shape_source *source, const char *word) {
    const ta_node *map = find_word(source, word);
    if (!map || (map->kind != TA_OBJECT && map->kind != TA_ARRAY))
        return false;
    for (const ta_node *c = ta_node_first(map); c < ta_node_end(map); c = ta_node_next(c))
        if (ta_subschema_is_personal(sub_at(source, c)))
            return true;
    return false;
}

static void read_personal(const shape_source *source) {
    const ta_node *personal = find_word(source, "x-personal");
    const ta_node *others = find_word(source, "additionalProperties");
    source->shape->personal = personal && personal->kind == TA_TRUE;
    source->shape->personal_inside = has_personal_part(source, "patternProperties") ||
                                     has_personal_part(source, "prefixItems") ||
                                     ta_subschema_is_personal(sub_at(source, others));
}

static void read_rest(const shape_source *source) {
    ta_shape *shape = source->shape;
    const ta_node *others = find_word(source, "additionalProperties");
    const ta_subschema *items = sub_at(source, find_word(source, "items"));
    /* What else patterns of names and of places say is left open. */
    bool named = !find_word(source, "patternProperties");
    shape->closed = named && others && others->kind == TA_FALSE;
    if (named && others && others->kind == TA_OBJECT && sub_at(source, others))
        shape->others = &sub_at(source, others)->shape;
    if (items && !find_word(source, "prefixItems"))
        shape->items = &items->shape;
}

static void build_shape(shape_builder *builder, ta_subschema *sub);

static const ta_shape *shape_at(const shape_source *source, const ta_node *node) {
    ta_subschema *sub = sub_at(source, node);
    if (!sub)
        return &ta_shape_any;
    build_shape(source->builder, sub);
    return &sub->shape;
}

static void add_both(const shape_source *source, const ta_shape *more) {
    ta_shape_merge(&source->builder->merger, source->shape,
                   (const ta_shape *[]){source->shape, more}, 2, TA_MERGE_BOTH);
}

/* The shapes of the subschemas in the value of a word, behind the source's own; free the list.
 * NULL: there are none, or there is no memory. */
static const ta_shape **list_shapes(const shape_source *source, const char *word,
                                    size_t *count) {
    const ta_node *list = find_word(source, word);
    *count = 0;
    if (!list || list->kind != TA_ARRAY || !list->count)
        return NULL;
    const ta_shape **shapes = malloc((list->count + (size_t)1) * sizeof *shapes);
    source->builder->impl->nomem = source->builder->impl->nomem || !shapes;
    if (!shapes)
        return NULL;
    shapes[(*count)++] = source->shape;
    for (const ta_node *c = ta_node_first(list); c < ta_node_end(list); c = ta_node_next(c))
        shapes[(*count)++] = shape_at(source, c);
    return shapes;
}

static void add_all(const shape_source *source, const char *word) {
    size_t count;
    const ta_shape **shapes = list_shapes(source, word, &count);
    if (shapes)
        ta_shape_merge(&source->builder->merger, source->shape, shapes, count, TA_MERGE_BOTH);
    free(shapes);
}

/* anyOf and oneOf: what any of the branches allows. */
static void add_any(const shape_source *source, const char *word) {
    size_t count;
    ta_shape any;
    const ta_shape **shapes = list_shapes(source, word, &count);
    if (shapes) {
        ta_shape_merge(&source->builder->merger, &any, shapes + 1, count - 1, TA_MERGE_EITHER);
        add_both(source, &any);
    }
    free(shapes);
}

static void add_condition(const shape_source *source) {
    if (!find_word(source, "if"))
        return;
    const ta_shape *shapes[] = {shape_at(source, find_word(source, "then")),
                                shape_at(source, find_word(source, "else"))};
    ta_shape either;
    ta_shape_merge(&source->builder->merger, &either, shapes, 2, TA_MERGE_EITHER);
    add_both(source, &either);
}

/* Recursion is bounded by TA_CHAIN_MAX. */
static void build_shape(shape_builder *builder, ta_subschema *sub) {
    if (builder->done[sub->index])
        return;
    builder->done[sub->index] = true;
    sub->shape.types = sub->node->kind == TA_FALSE ? 0 : TA_TYPE_ANY;
    if (sub->node->kind != TA_OBJECT)
        return;
    shape_source source = {builder, sub, &sub->document->record, &sub->shape};
    read_types(&source);
    read_values(&source);
    read_members(&source);
    read_rest(&source);
    read_personal(&source);
    read_meaning(&source);
    read_spelling(&source);
    if (sub->ref)
        add_both(&source, shape_at(&source, sub->ref->node));
    add_all(&source, "allOf");
    add_any(&source, "anyOf");
    add_any(&source, "oneOf");
    add_condition(&source);
}

void ta_schema_build_shapes(ta_schema_impl *impl) {
    shape_builder builder = {.impl = impl, .merger = {.impl = impl}};
    builder.done = calloc(impl->schema.count + 1, sizeof *builder.done);
    impl->nomem = impl->nomem || !builder.done;
    for (uint32_t i = 0; i < impl->schema.count && !impl->nomem; i++)
        build_shape(&builder, impl->subs[i]);
    ta_merger_finish(&builder.merger);
    free(builder.done);
}
