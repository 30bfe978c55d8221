/* SPDX-License-Identifier: MIT */
/* What operators share: the values their operands lead to, skipping, and their findings. */
#include "check/range.h"

#include "record/screen.h"
#include "schema/words.h"

enum { SPOT_COLUMN_BITS = 24, SPOT_COLUMN_MAX = (1 << SPOT_COLUMN_BITS) - 1 };

bool ta_value_is_missing(const ta_node *node) {
    return node->kind == TA_NULL || (node->kind == TA_TEXT && !node->text_len);
}

static bool take_node(void *to, const ta_node *node) {
    *(const ta_node **)to = node;
    return false;
}

const ta_node *ta_operand_node(const ta_run *run, const ta_scene *scene,
                               const ta_operand *operand) {
    const ta_node *node = NULL;
    ta_path_each(run->record, ta_scene_start(scene, &operand->path), &operand->path, take_node,
                 &node);
    return node && !ta_value_is_missing(node) ? node : NULL;
}

bool ta_operand_find(const ta_run *run, const ta_scene *scene, const ta_operand *operand,
                     ta_value *out) {
    *out = (ta_value){NULL, NULL};
    if (operand->literal)
        return true;
    if (!operand->cell)
        out->node = ta_operand_node(run, scene, operand);
    else if (scene->row && scene->row->cells[operand->cell].text)
        out->cell = &scene->row->cells[operand->cell];
    return out->node || out->cell;
}

const ta_row *ta_rule_row(ta_run *run, const ta_rule *rule, const ta_node *base) {
    const ta_node *node = NULL;
    ta_path_each(run->record, base, &rule->by.items->path, take_node, &node);
    if (!node || ta_value_is_missing(node))
        return NULL;
    run->key.len = 0;
    ta_key_put_loose(run->record, node, &run->key);
    return ta_elsewhere_row(rule->elsewhere, ta_mark_of(ta_buf_text(&run->key), run->key.len));
}

/* The path's steps before (or with) a `*`: the first one, or the last. */
static uint32_t count_to_star(const ta_path *path, bool last, bool with) {
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < path->count; i++)
        if (path->steps[i].kind == TA_STEP_ALL && (last || found == UINT32_MAX))
            found = i;
    return found == UINT32_MAX ? 0 : found + with;
}

bool ta_operand_has_list(const ta_run *run, const ta_scene *scene, const ta_operand *operand) {
    const ta_node *node = NULL;
    ta_path list = operand->path;
    list.count = count_to_star(&operand->path, false, false);
    ta_path_each(run->record, ta_scene_start(scene, &list), &list, take_node, &node);
    return node && !ta_value_is_missing(node);
}

/* The values of a path, and its items while those are asked whether they fit `where`. */
typedef struct choice {
    ta_run *run;
    const ta_rule *rule;
    ta_path rest; /* from the item to the value */
    ta_path_fn *fn;
    void *to;
    uint64_t missing, seen;
    bool stopped;
} choice;

static bool pass_on(void *to, const ta_node *node) {
    choice *c = to;
    c->seen++;
    c->stopped = !c->fn(c->to, node);
    return !c->stopped;
}

static bool choose_item(void *to, const ta_node *item) {
    choice *c = to;
    if (ta_plan_matches(c->run, c->rule->where, item))
        c->missing += ta_path_each(c->run->record, item, &c->rest, pass_on, c);
    return !c->stopped;
}

uint64_t ta_operand_each(ta_run *run, const ta_rule *rule, const ta_scene *scene,
                         const ta_operand *operand, ta_path_fn *fn, void *to) {
    const ta_node *start = ta_scene_start(scene, &operand->path);
    choice c = {.run = run, .rule = rule, .rest = operand->path, .fn = fn, .to = to};
    ta_path items = operand->path;
    if (rule->where) {
        items.count = count_to_star(&operand->path, true, true);
        c.rest.steps += items.count;
        c.rest.count -= items.count;
    }
    c.missing +=
        ta_path_each(run->record, start, &items, rule->where ? choose_item : pass_on, &c);
    run->steps += (c.seen + c.missing) * TA_RUN_STEPS_VALUE;
    return c.missing;
}

ta_operand_state ta_operand_read_text(ta_text text, ta_kind kind, ta_decimal *out) {
    if (kind == TA_TEXT && !ta_number_is(text.data, text.len))
        return TA_OPERAND_MISSING;
    return ta_decimal_parse(text.data, text.len, out) ? TA_OPERAND_READ : TA_OPERAND_LONG;
}

ta_operand_state ta_operand_read(const ta_record *record, const ta_node *node,
                                 ta_decimal *out) {
    if (node->kind != TA_NUMBER && node->kind != TA_TEXT)
        return TA_OPERAND_MISSING;
    return ta_operand_read_text(ta_node_text(record, node), (ta_kind)node->kind, out);
}

ta_operand_state ta_operand_number(const ta_run *run, const ta_scene *scene,
                                   const ta_operand *operand, ta_decimal *out,
                                   ta_value *value) {
    *out = operand->value;
    if (!ta_operand_find(run, scene, operand, value))
        return TA_OPERAND_MISSING;
    if (value->node)
        return ta_operand_read(run->record, value->node, out);
    const ta_cell *cell = value->cell;
    return cell ? ta_operand_read_text((ta_text){cell->text, cell->len}, (ta_kind)cell->kind,
                                       out)
                : TA_OPERAND_READ;
}

ta_outcome ta_rule_skip(ta_run *run, const char *lacks) {
    run->rules->lacks = lacks;
    return TA_SKIPPED;
}

bool ta_rule_says(ta_run *run, const ta_node *node) {
    if (!run->report)
        return false;
    ta_run_reset_words(run);
    ta_say_value(run->record, node, &run->found);
    return true;
}

/* What a placeholder of a rule's own message stands for; NULL: it is none. */
static const char *fill_word(ta_run *run, const ta_finding *f, const char *name, size_t len) {
    const struct {
        const char *name, *text;
    } rows[] = {{"expected", f->expected},
                {"found", f->found},
                {"name", f->name},
                {"difference", ta_buf_text(&run->rules->difference)}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strlen(rows[i].name) == len && !memcmp(rows[i].name, name, len))
            return rows[i].text ? rows[i].text : "";
    return NULL;
}

/* The rule's message with its placeholders filled in. False: it has none. */
static bool fill_message(ta_run *run, const ta_rule *rule, const ta_finding *f) {
    ta_buf *out = &run->rules->message;
    bool filled = false;
    out->len = 0;
    for (const char *at = rule->message; *at;) {
        size_t len = *at == '{' ? strcspn(at, "}") : 0;
        const char *word = len && at[len] ? fill_word(run, f, at + 1, len - 1) : NULL;
        ta_buf_put(out, word ? word : at, word ? strlen(word) : 1);
        at += word ? len + 1 : 1;
        filled = filled || word;
    }
    return filled;
}

static void put_detail(ta_buf *detail, const char *before, const char *words) {
    ta_buf_puts(detail, detail->len ? "; " : "");
    ta_buf_puts(detail, before);
    ta_buf_puts(detail, words);
}

/* Counts speak for themselves. */
static bool tells_difference(ta_code code) {
    return code != TA_F_RULE_COUNT && code != TA_F_RULE_DISTINCT;
}

/* Whether a rule's finding is to be told, and is not one of many that are only counted. */
static bool tells_rule(ta_run *run, const ta_rule *rule, const ta_node *node, ta_code code) {
    if (!run->report || run->gauge || run->told || run->rules->place)
        return run->report;
    const ta_finding f = {.code = code, .rule_id = rule->id, .level_wish = rule->level_wish};
    if (!ta_find_is_echo(run->finder, run->record, node, &f))
        return true;
    run->steps += TA_RUN_STEPS_TOLD;
    run->rules->difference.len = 0;
    return false;
}

ta_outcome ta_rule_fail(ta_run *run, const ta_rule *rule, const ta_node *node,
                        const ta_finding *finding) {
    if (!tells_rule(run, rule, node, finding->code))
        return TA_FAILED;
    ta_finding f = *finding;
    f.rule_id = rule->id;
    f.level_wish = rule->level_wish;
    run->detail.len = 0;
    bool told = finding->code != TA_F_RULE_RANGE; /* else there is nothing to fill in */
    if (rule->message && told && fill_message(run, rule, finding)) {
        f.message = ta_buf_text(&run->rules->message);
    } else {
        if (run->rules->difference.len && tells_difference(finding->code))
            put_detail(&run->detail, "difference ", ta_buf_text(&run->rules->difference));
        if (rule->message && told)
            put_detail(&run->detail, "", rule->message);
    }
    if (rule->link)
        put_detail(&run->detail, "see ", rule->link);
    f.detail = run->detail.len ? ta_buf_text(&run->detail) : NULL;
    run->nomem = run->nomem || run->rules->message.failed || run->rules->difference.failed;
    if (run->rules->place) {
        f.place = *run->rules->place;
        ta_find(run->finder, &f);
    } else {
        ta_run_fail(run, node, &f);
    }
    run->rules->difference.len = 0;
    return TA_FAILED;
}

void ta_cell_say(const ta_cell *cell, ta_buf *out) {
    ta_say_scalar((ta_text){cell->text, cell->len}, cell->kind == TA_TEXT ? "\"" : "", out);
}

/* A value in words; a quantity as the number that it is. */
static void say_operand(const ta_run *run, const ta_node *node, ta_buf *out) {
    ta_range range;
    if (node->kind == TA_OBJECT && !ta_screen_covers(run->record, node) &&
        ta_range_read(run->record, node, &range) == TA_OPERAND_READ)
        ta_range_say(&range, out);
    else
        ta_say_value(run->record, node, out);
}

/* The words of all places, each ended by a NUL: where they begin. */
static void label_related(ta_run *run, const ta_pointed *pointed,
                          size_t starts[TA_RULE_RELATED_MAX + 1]) {
    ta_buf *out = &run->labels;
    out->len = 0;
    for (size_t i = 0; i < pointed->count; i++) {
        starts[i] = out->len;
        if (pointed->label)
            ta_buf_puts(out, pointed->label);
        else
            say_operand(run, pointed->nodes[i], out);
        ta_buf_put(out, "", 1);
    }
    starts[pointed->count] = out->len;
    if (pointed->cell)
        ta_cell_say(pointed->cell, out);
}

/* The places, that in another file last. */
static size_t put_related(ta_run *run, const ta_rule *rule, const ta_pointed *pointed,
                          ta_related related[TA_RULE_RELATED_MAX + 1]) {
    size_t starts[TA_RULE_RELATED_MAX + 1], count = pointed->count;
    label_related(run, pointed, starts);
    const char *labels = ta_buf_text(&run->labels);
    if (run->labels.failed)
        return 0;
    for (size_t i = 0; i < count; i++)
        related[i].place = pointed->spots
                               ? ta_spot_place(pointed->spots[i], pointed->file)
                               : ta_place_of(run->record, pointed->nodes[i], TA_PART_VALUE);
    if (pointed->cell)
        related[count++].place = ta_spot_place(pointed->cell->spot, rule->elsewhere->file);
    for (size_t i = 0; i < count; i++)
        related[i].label = labels + starts[i];
    return count;
}

/* What was computed from values that are kept back is kept back too; counts are not. */
static void keep_back(ta_run *run, const ta_node *node, const ta_pointed *pointed,
                      ta_finding *finding) {
    bool personal = pointed->personal || (node && ta_screen_covers(run->record, node));
    for (size_t i = 0; i < pointed->count && !pointed->spots; i++)
        personal = personal || ta_screen_covers(run->record, pointed->nodes[i]);
    if (!personal || !tells_difference(finding->code))
        return;
    finding->personal = true;
    finding->found = TA_SCREEN_WORDS;
    finding->expected = TA_SCREEN_WORDS;
    run->rules->difference.len = 0;
}

ta_outcome ta_rule_point(ta_run *run, const ta_rule *rule, const ta_node *node,
                         ta_finding *finding, const ta_pointed *pointed) {
    ta_related related[TA_RULE_RELATED_MAX + 1];
    if (!tells_rule(run, rule, node, finding->code))
        return TA_FAILED;
    keep_back(run, node, pointed, finding);
    finding->related = related;
    finding->related_count = put_related(run, rule, pointed, related);
    return ta_rule_fail(run, rule, node, finding);
}

static ta_spot pack_spot(ta_where at) {
    uint64_t column = at.column < SPOT_COLUMN_MAX ? at.column : SPOT_COLUMN_MAX;
    return (ta_spot){at.line << SPOT_COLUMN_BITS | column};
}

ta_spot ta_spot_of(const ta_record *record, const ta_node *node) {
    return pack_spot(ta_where_of(record, node));
}

ta_spot ta_spot_shift(ta_spot spot, const ta_shift *by) {
    ta_place place = ta_spot_place(spot, by->file);
    ta_place_shift(&place, by);
    return pack_spot(place.from);
}

ta_place ta_spot_place(ta_spot spot, const char *file) {
    ta_where at = {spot.packed >> SPOT_COLUMN_BITS, spot.packed & SPOT_COLUMN_MAX};
    return (ta_place){.file = file, .from = at, .to = at};
}

ta_outcome ta_rule_too_long(ta_run *run, const ta_rule *rule, const ta_node *node,
                            const char *what) {
    run->rules->difference.len = 0;
    return ta_rule_fail(run, rule, node, &(ta_finding){.code = TA_F_RULE_RANGE, .name = what});
}
