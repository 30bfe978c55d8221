/* SPDX-License-Identifier: MIT */
/*
 * {ref: PATH, in: PATH}: each value at the path stands also among those of `in`. With `in:
 * "FILE:PATH"` these are read from another file, once: 16 bytes and 4 to 8 of slot a key, twice
 * at most while the table grows. Numbers and texts of the same digits are the same there, since
 * CSV and XML have only texts.
 */
#include <stdlib.h>

#include "check/fields.h"
#include "check/operate.h"
#include "schema/words.h"

/* The keys of one file and path; several rules may share them. */
typedef struct ta_key_file {
    struct ta_key_file *next;
    const char *name; /* "file:path" */
    ta_marks marks;
} ta_key_file;

void ta_key_files_drop(ta_program *program) {
    for (ta_key_file *file = program->key_files; file; file = file->next)
        ta_marks_fini(&file->marks);
}

/* While keys are entered into a table. */
typedef struct key_gather {
    const ta_record *record;
    ta_marks *marks;
    ta_buf *key;
    bool nomem;
} key_gather;

static bool gather_key(void *to, const ta_node *node) {
    key_gather *gather = to;
    bool is_new;
    if (ta_value_is_missing(node))
        return true;
    gather->key->len = 0;
    ta_key_put_loose(gather->record, node, gather->key);
    ta_mark mark = ta_mark_of(gather->key->data, gather->key->len);
    gather->nomem = gather->key->failed || !ta_marks_enter(gather->marks, mark, &is_new);
    return !gather->nomem;
}

/* The keys of all records of a list, or of the one document. */
static bool gather_document(const ta_document *document, const ta_path *path, ta_marks *marks) {
    ta_buf key = {0};
    key_gather gather = {&document->record, marks, &key, false};
    const ta_node *root = document->record.nodes;
    if (root->kind != TA_ARRAY)
        ta_path_each(&document->record, root, path, gather_key, &gather);
    else
        for (const ta_node *n = ta_node_first(root); n < ta_node_end(root) && !gather.nomem;
             n = ta_node_next(n))
            ta_path_each(&document->record, n, path, gather_key, &gather);
    ta_buf_fini(&key);
    return !gather.nomem;
}

static ta_key_file *find_key_file(ta_program *program, const char *name) {
    for (ta_key_file *file = program->key_files; file; file = file->next)
        if (!strcmp(file->name, name))
            return file;
    return NULL;
}

static const ta_document *load_beside(ta_compile *c, ta_text name) {
    ta_buf file = {0};
    ta_text rest = ta_schema_put_folder(&file, c->sub->document->name, name);
    ta_buf_put(&file, rest.data, rest.len);
    const ta_document *document =
        file.failed ? NULL : c->loader->load(c->loader->to, ta_buf_text(&file));
    c->nomem = c->nomem || file.failed;
    c->failed = c->failed || !document;
    ta_buf_fini(&file);
    return document;
}

/* `value` is "file:path", split at `colon`. */
static const ta_marks *read_key_file(ta_compile *c, const ta_node *value, ta_text text,
                                     size_t colon) {
    ta_path path;
    size_t bad = 0;
    const char *name = ta_compile_copy(c, text);
    ta_key_file *file = name ? find_key_file(c->program, name) : NULL;
    if (file || !name)
        return file ? &file->marks : NULL;
    if (!ta_path_parse(c->arena, c->loader->keys,
                       (ta_text){text.data + colon + 1, text.len - colon - 1}, '.', &path,
                       &bad)) {
        ta_rule_fault(c, value, TA_PART_VALUE, "in", "must have a path behind the colon");
        return NULL;
    }
    const ta_document *document = load_beside(c, (ta_text){text.data, colon});
    file = document ? ta_compile_alloc(c, sizeof *file) : NULL;
    if (!file)
        return NULL;
    *file = (ta_key_file){c->program->key_files, name, {.entry_bytes = sizeof(ta_mark)}};
    c->program->key_files = file;
    c->nomem = c->nomem || !gather_document(document, &path, &file->marks);
    if (!file->marks.count)
        ta_rule_fault(c, value, TA_PART_VALUE, "in", "finds no value at this path in the file");
    return &file->marks;
}

bool ta_rule_read_in(ta_compile *c, ta_rule *rule, const ta_node *value,
                     const ta_rule_field *field) {
    ta_text text = value->kind == TA_TEXT ? ta_node_text(c->record, value) : (ta_text){"", 0};
    size_t colon = text.len;
    while (colon &&
           (text.data[colon - 1] != ':' || (colon > 1 && text.data[colon - 2] == '\\')))
        colon--;
    if (!colon)
        return ta_rule_read_operand(c, value, field->name, 0, &rule->in);
    rule->in.given = true;
    rule->in.text = ta_compile_copy(c, text);
    rule->elsewhere = read_key_file(c, value, text, colon - 1);
    return rule->in.text && rule->elsewhere;
}

/* The values of `in` in this record. They stay for the next item of `each`. NULL: no memory. */
static const ta_marks *find_targets(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    ta_rule_run *rules = run->rules;
    const ta_node *start = ta_scene_start(scene, &rule->in.path);
    if (rules->target_rule == rule && rules->target_start == start)
        return &rules->targets;
    key_gather gather = {run->record, &rules->targets, &run->key, false};
    ta_marks_clear(&rules->targets);
    ta_path_each(run->record, start, &rule->in.path, gather_key, &gather);
    rules->target_rule = gather.nomem ? NULL : rule;
    rules->target_start = start;
    run->nomem = run->nomem || gather.nomem;
    return gather.nomem ? NULL : &rules->targets;
}

typedef struct ref_state {
    ta_run *run;
    const ta_rule *rule;
    const ta_marks *targets;
    uint64_t seen;
    bool failed;
} ref_state;

static bool look_up(void *to, const ta_node *node) {
    ref_state *state = to;
    ta_run *run = state->run;
    if (ta_value_is_missing(node))
        return true;
    state->seen++;
    run->key.len = 0;
    ta_key_put_loose(run->record, node, &run->key);
    if (ta_marks_find(state->targets, ta_mark_of(ta_buf_text(&run->key), run->key.len)))
        return true;
    state->failed = true;
    if (!run->report)
        return false;
    ta_run_reset_words(run);
    ta_say_value(run->record, node, &run->found);
    ta_rule_fail(run, state->rule, node,
                 &(ta_finding){.code = TA_F_RULE_REF,
                               .name = state->rule->subject,
                               .expected = state->rule->in.text,
                               .found = ta_buf_text(&run->found)});
    return true;
}

static ta_outcome run_ref(ta_run *run, const ta_rule *rule, const ta_scene *scene) {
    ref_state state = {.run = run, .rule = rule, .targets = rule->elsewhere};
    if (!rule->elsewhere && !ta_operand_has_list(run, scene, &rule->in))
        return ta_rule_skip(run, rule->in.text);
    if (!rule->elsewhere)
        state.targets = find_targets(run, rule, scene);
    if (!state.targets)
        return TA_SKIPPED;
    ta_operand_each(run, rule, scene, &rule->operands[0], look_up, &state);
    if (!state.seen)
        return ta_rule_skip(run, rule->subject);
    return state.failed ? TA_FAILED : TA_HELD;
}

const ta_operator ta_operator_ref = {"ref", TA_WRITTEN_PATH, TA_TAKES_IN | TA_TAKES_WHERE,
                                     "needs in: a path, or FILE:PATH", run_ref};
