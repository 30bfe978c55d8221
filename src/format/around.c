/* SPDX-License-Identifier: MIT */
#include "format/around.h"

#include "codes/nearest.h"

enum { NAMES_MAX = 10 }; /* names around a list that a message shows */

void ta_around_put_path(ta_buf *out, const ta_path *path) {
    for (uint32_t i = 0; i < path->count; i++) {
        ta_buf_puts(out, i ? "." : "");
        if (path->steps[i].kind == TA_STEP_ALL)
            ta_buf_puts(out, "*");
        else
            ta_path_put_step(out, path->steps[i].text, path->steps[i].len, '.');
    }
}

bool ta_around_leads(const ta_record *record, const ta_node *parent, const ta_node *child,
                     uint32_t index, const ta_step *step) {
    if (step->kind == TA_STEP_ALL)
        return true;
    if (parent->kind == TA_ARRAY)
        return step->kind == TA_STEP_INDEX && step->index == index;
    const ta_key *key = &record->keys->items[child->key];
    return key->len == step->len && !memcmp(key->text, step->text, step->len);
}

/* Names of what stands around the lists; only the first few are shown. */
typedef struct around_names {
    const ta_record *record;
    const ta_path *path;
    ta_buf out;
    uint64_t count;
} around_names;

static void add_around_name(around_names *names, const ta_node *node) {
    if (names->count++ >= NAMES_MAX)
        return;
    ta_buf_puts(&names->out, names->count > 1 ? ", " : "");
    ta_path_print(names->record, node, &names->out);
}

/* Recursion is bounded by the readers' depth limit. */
static void name_around(around_names *names, const ta_node *node, uint32_t at) {
    uint32_t index = 0;
    const ta_node *end = ta_node_end(node);
    bool last = at + 1 == names->path->count;
    for (const ta_node *c = ta_node_first(node); c < end; c = ta_node_next(c), index++) {
        bool leads = ta_around_leads(names->record, node, c, index, &names->path->steps[at]);
        if (leads && !last && c->kind >= TA_ARRAY)
            name_around(names, c, at + 1);
        else if (!leads || !last || c->kind != TA_ARRAY)
            add_around_name(names, c);
    }
}

/* Emits at the record's root, which is where the document begins. */
static void say_around(const ta_reading *reading, const ta_record *around,
                       const ta_finding *finding) {
    ta_find_at(reading->finder, around, around->nodes, TA_PART_VALUE, finding);
}

static ta_status say_around_lost(const ta_reading *reading, const ta_record *around) {
    around_names names = {.record = around, .path = reading->options->records};
    if (around->nodes->kind >= TA_ARRAY)
        name_around(&names, around->nodes, 0);
    if (names.count > NAMES_MAX)
        ta_buf_printf(&names.out, " and %llu more",
                      (unsigned long long)(names.count - NAMES_MAX));
    if (names.count)
        say_around(reading, around,
                   &(ta_finding){.code = TA_F_LOSS_ENVELOPE, .name = ta_buf_text(&names.out)});
    bool failed = names.out.failed;
    ta_buf_fini(&names.out);
    return failed ? TA_ERR_NOMEM : TA_OK;
}

ta_status ta_around_give(const ta_reading *reading, ta_record *around, uint64_t lists) {
    if (lists > 1)
        say_around(reading, around, &(ta_finding){.code = TA_F_LOSS_LISTS, .count = lists});
    if (!reading->envelope)
        return say_around_lost(reading, around);
    ta_head head = *reading->head;
    head.form = TA_FORM_DOCUMENT;
    const ta_head *before = around->head;
    around->head = &head;
    ta_status status = ta_stage_begin(reading->envelope, &head);
    if (status == TA_OK)
        status = ta_stage_put(reading->envelope, around);
    around->head = before;
    return status;
}

/* Where a path goes astray. */
typedef struct around_astray {
    const ta_record *record;
    const ta_path *path;
    const ta_node *node; /* as far as it leads */
    uint32_t steps;      /* so many of its steps */
    ta_buf found, remedy;
} around_astray;

static void follow_around(around_astray *astray) {
    astray->node = astray->record->nodes;
    for (; astray->steps < astray->path->count; astray->steps++) {
        const ta_step *step = &astray->path->steps[astray->steps];
        const ta_node *node = astray->node, *down = NULL;
        uint32_t index = 0;
        if (node->kind < TA_ARRAY)
            return;
        for (const ta_node *c = ta_node_first(node); !down && c < ta_node_end(node);
             c = ta_node_next(c), index++)
            if (ta_around_leads(astray->record, node, c, index, step))
                down = c;
        if (!down)
            return;
        astray->node = down;
    }
}

/* "the document", or the path to where it goes astray. */
static void put_around_subject(around_astray *astray) {
    if (astray->node == astray->record->nodes)
        ta_buf_puts(&astray->found, "the document");
    else
        ta_path_print(astray->record, astray->node, &astray->found);
}

/* " has the keys a (text), b (list)", and which of them was meant. */
static void put_around_keys(around_astray *astray) {
    const ta_record *record = astray->record;
    const ta_node *object = astray->node, *likely = NULL, *end = ta_node_end(object);
    bool at_end = astray->steps == astray->path->count;
    const ta_step *step = at_end ? NULL : &astray->path->steps[astray->steps];
    ta_nearest nearest = {.word = step ? step->text : "", .len = step ? step->len : 0};
    uint32_t index = 0;
    const char *words = at_end ? " is an object with " : " has ";
    ta_buf_printf(&astray->found, "%s%s", words, object->count ? "the keys " : "no keys");
    for (const ta_node *c = ta_node_first(object); c < end; c = ta_node_next(c), index++) {
        const ta_key *key = &record->keys->items[c->key];
        const char *best = nearest.best;
        if (index < NAMES_MAX) {
            ta_buf_puts(&astray->found, index ? ", " : "");
            ta_path_put_step(&astray->found, key->text, key->len, '.');
            ta_buf_printf(&astray->found, " (%s)", ta_kind_text(c->kind));
        }
        if (step)
            ta_nearest_try(&nearest, key->text, key->len);
        if (at_end && !likely && c->kind == TA_ARRAY)
            likely = c;
        else if (nearest.best != best)
            likely = c;
    }
    if (index > NAMES_MAX)
        ta_buf_printf(&astray->found, " and %u more", index - NAMES_MAX);
    if (likely) {
        ta_buf_puts(&astray->remedy, "; did you mean ");
        ta_path_print(record, likely, &astray->remedy);
        ta_buf_puts(&astray->remedy, "?");
    }
}

static void describe_astray(around_astray *astray) {
    const ta_node *node = astray->node;
    put_around_subject(astray);
    if (node->kind == TA_OBJECT) {
        put_around_keys(astray);
    } else if (node->kind != TA_ARRAY) {
        const char *article = node->kind == TA_NULL ? "" : "a ";
        ta_buf_printf(&astray->found, " is %s%s", article, ta_kind_text(node->kind));
    } else if (astray->path->steps[astray->steps].kind == TA_STEP_KEY) {
        ta_buf_puts(&astray->found, " is a list");
        ta_buf_puts(&astray->remedy, node == astray->record->nodes
                                         ? " itself, which is streamed without --records"
                                         : ": a number or * stands for its items");
    } else {
        ta_buf_printf(&astray->found, " has %u item%s", node->count,
                      node->count == 1 ? "" : "s");
    }
}

ta_status ta_around_refuse(const ta_reading *reading, const ta_record *around) {
    around_astray astray = {.record = around, .path = reading->options->records};
    ta_buf name = {0};
    follow_around(&astray);
    describe_astray(&astray);
    ta_around_put_path(&name, astray.path);
    ta_find_at(reading->finder, around, astray.node, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_RECORDS_PATH,
                             .name = ta_buf_text(&name),
                             .found = ta_buf_text(&astray.found),
                             .replacement = ta_buf_text(&astray.remedy)});
    bool failed = name.failed || astray.found.failed || astray.remedy.failed;
    ta_buf_fini(&name);
    ta_buf_fini(&astray.found);
    ta_buf_fini(&astray.remedy);
    return failed ? TA_ERR_NOMEM : TA_ERR_INPUT;
}
