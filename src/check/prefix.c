/* SPDX-License-Identifier: MIT */
/*
 * {prefix: PATH, of: PATH}: each value at the path begins with the value of `of`. With `of:
 * {map: NAME, value: PATH}` that value is looked up in a map first: a file with the columns
 * from and to, built in (schemas/maps) or beside the schema; what it does not have stays as it
 * is.
 */
#include "check/fields.h"
#include "check/operate.h"

/* A row of a map: what stands for a value (`of: {map, value}`). */
typedef struct map_row {
    ta_text from, to;
} map_row;

typedef struct ta_map {
    map_row *rows;
    uint32_t count;
} ta_map;

static ta_text read_cell(const ta_record *record, const ta_node *row, const char *column) {
    const ta_node *cell = ta_node_named(record, row, column);
    return cell && cell->kind == TA_TEXT ? ta_node_text(record, cell) : (ta_text){"", 0};
}

/* The document stays for the run, and so do its texts. */
static const ta_map *read_map_rows(ta_compile *c, const ta_document *document) {
    const ta_node *root = document->record.nodes;
    ta_map *map = ta_compile_alloc(c, sizeof *map);
    if (!map)
        return NULL;
    map->rows = ta_compile_alloc(c, (root->count + (size_t)1) * sizeof *map->rows);
    if (!map->rows || root->kind != TA_ARRAY)
        return map->rows ? map : NULL;
    for (const ta_node *row = ta_node_first(root); row < ta_node_end(root);
         row = ta_node_next(row)) {
        ta_text from = read_cell(&document->record, row, "from");
        if (from.len)
            map->rows[map->count++] = (map_row){from, read_cell(&document->record, row, "to")};
    }
    return map;
}

static const ta_map *read_map(ta_compile *c, const ta_node *value) {
    ta_text name = value->kind == TA_TEXT ? ta_node_text(c->record, value) : (ta_text){"", 0};
    ta_buf file = {0};
    bool known = name.len != 0;
    if (memchr(name.data, '.', name.len) || memchr(name.data, '/', name.len)) {
        name = ta_schema_put_folder(&file, c->sub->document->name, name);
        ta_buf_put(&file, name.data, name.len);
    } else {
        known = ta_compile_builtin("maps", name, &file);
    }
    c->nomem = c->nomem || file.failed;
    const ta_document *document =
        known && !file.failed ? c->loader->load(c->loader->to, ta_buf_text(&file)) : NULL;
    ta_buf_fini(&file);
    const ta_map *map = document ? read_map_rows(c, document) : NULL;
    if (!map || !map->count)
        ta_rule_fault(c, value, TA_PART_VALUE, "map",
                      "must name a map: nuts-prefix, or a file with the columns from and to");
    return map && map->count ? map : NULL;
}

bool ta_rule_read_of(ta_compile *c, ta_rule *rule, const ta_node *value,
                     const ta_rule_field *field) {
    if (value->kind != TA_OBJECT)
        return ta_rule_read_operand(c, value, field->name, TA_SINGLE, &rule->of);
    const ta_node *map = ta_node_named(c->record, value, "map");
    const ta_node *path = ta_node_named(c->record, value, "value");
    if (!map || !path || value->count != 2)
        return ta_rule_fault(c, value, TA_PART_VALUE, field->name,
                             "must be a path, or an object with map and value");
    rule->map = read_map(c, map);
    return rule->map && ta_rule_read_operand(c, path, "value", TA_SINGLE, &rule->of);
}

static ta_text look_up_map(const ta_map *map, ta_text text) {
    for (uint32_t i = 0; map && i < map->count; i++)
        if (map->rows[i].from.len == text.len &&
            !memcmp(map->rows[i].from.data, text.data, text.len))
            return map->rows[i].to;
    return text;
}

typedef struct prefix_state {
    ta_run *run;
    const ta_rule *rule;
    const ta_node *of;
    ta_text prefix;
    uint64_t seen;
    bool failed;
} prefix_state;

static bool hold_prefix(void *to, const ta_node *node) {
    prefix_state *state = to;
    ta_run *run = state->run;
    if ((node->kind != TA_TEXT && node->kind != TA_NUMBER) || ta_value_is_missing(node))
        return true;
    state->seen++;
    ta_text text = ta_node_text(run->record, node), prefix = state->prefix;
    if (text.len >= prefix.len && !memcmp(text.data, prefix.data, prefix.len))
        return true;
    state->failed = true;
    if (!ta_rule_says(run, node))
        return false;
    ta_buf_printf(&run->expected, "\"%.*s\"", (int)prefix.len, prefix.data);
    ta_pointed pointed = {.nodes = {state->of}, .count = 1};
    ta_rule_point(run, state->rule, node,
                  &(ta_finding){.code = TA_F_RULE_PREFIX,
                                .name = state->rule->subject,
                                .expected = ta_buf_text(&run->expected),
                                .found = ta_buf_text(&run->found)},
                  &pointed);
    return true;
}

static ta_outcome run_prefix(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    prefix_state state = {.run = run, .rule = rule};
    state.of = ta_operand_node(run, scene, &rule->of);
    if (!state.of || (state.of->kind != TA_TEXT && state.of->kind != TA_NUMBER))
        return ta_rule_skip(run, rule->of.text);
    state.prefix = look_up_map(rule->map, ta_node_text(run->record, state.of));
    ta_operand_each(run, rule, scene, &rule->operands[0], hold_prefix, &state);
    if (!state.seen)
        return ta_rule_skip(run, rule->subject);
    return state.failed ? TA_FAILED : TA_HELD;
}

const ta_operator ta_operator_prefix = {"prefix", TA_WRITTEN_PATH, TA_TAKES_OF | TA_TAKES_WHERE,
                                        "needs of", run_prefix};
