/* SPDX-License-Identifier: MIT */
/* What CSV cannot carry: counted per place while rows are written, told at the end, each once.
 */
#include <stdlib.h>

#include "format/csv/write.h"
#include "record/path.h"

enum { LOSSES_MAX = 65536 }; /* beyond, only what is known already is counted */

static const struct {
    ta_code code;
    const char *found, *expected;
} loss_rows[] = {
    [TA_CSV_LOST_NUMBERS] = {TA_F_LOSS_TYPE, "numbers", ": CSV without a schema has no types"},
    [TA_CSV_LOST_BOOLEANS] = {TA_F_LOSS_TYPE, "booleans",
                              ": CSV without a schema has no types"},
    [TA_CSV_LOST_NUMBERS_TYPE] = {TA_F_LOSS_TYPE, "numbers", ": the schema allows none there"},
    [TA_CSV_LOST_BOOLEANS_TYPE] = {TA_F_LOSS_TYPE, "booleans",
                                   ": the schema allows none there"},
    [TA_CSV_LOST_TEXTS] = {TA_F_LOSS_TYPE, "texts", ", and read back as another type"},
    [TA_CSV_LOST_QUOTED_TEXTS] = {TA_F_LOSS_TYPE, "texts",
                                  ": where every cell is quoted, --infer takes them for "
                                  "another type"},
    [TA_CSV_LOST_QUOTED_VALUES] = {TA_F_LOSS_TYPE, "values",
                                   ": their cells need quotes, which make text of them"},
    [TA_CSV_LOST_TOKENS] = {TA_F_LOSS_TYPE, "values",
                            ": they mean that one is missing, and quotes round all cells say "
                            "nothing"},
    [TA_CSV_LOST_ITEMS] = {TA_F_LOSS_TYPE, "numbers and booleans of lists",
                           ", since their cell needs quotes"},
    [TA_CSV_LOST_NULL] = {TA_F_LOSS_NULL, NULL, "a missing value"},
    [TA_CSV_LOST_NULL_ITEM] = {TA_F_LOSS_NULL, NULL, "no item of the list"},
    [TA_CSV_LOST_ABSENT] = {TA_F_LOSS_ABSENT, NULL, NULL},
    [TA_CSV_LOST_EMPTY_LIST] = {TA_F_LOSS_EMPTY, "list", NULL},
    [TA_CSV_LOST_EMPTY_OBJECT] = {TA_F_LOSS_EMPTY, "object", NULL},
    [TA_CSV_LOST_EMPTY_TEXT] = {TA_F_LOSS_EMPTY, "text", NULL},
    [TA_CSV_LOST_COLUMN] = {TA_F_LOSS_COLUMN, NULL, NULL},
    [TA_CSV_LOST_INNER] = {TA_F_LOSS_COLUMN, NULL,
                           "; a column holds one value: name the parts, as in partners.0.name"},
    [TA_CSV_LOST_LIST] = {TA_F_LOSS_KIND, "a list", "an object"},
    [TA_CSV_LOST_OBJECT] = {TA_F_LOSS_KIND, "an object whose keys are 0, 1, 2 ...", "a list"},
    [TA_CSV_LOST_CLASH] = {TA_F_LOSS_KIND, "a list or object where other records have a value",
                           "an error of the head"},
    [TA_CSV_LOST_NESTING] = {TA_F_LOSS_NESTING, NULL, NULL},
    [TA_CSV_LOST_RECORD] = {TA_F_LOSS_SCALAR, NULL, NULL},
    [TA_CSV_LOST_SHAPE] = {TA_F_LOSS_SHAPE, NULL, NULL},
    [TA_CSV_LOST_SEPARATOR] = {TA_F_LOSS_SEPARATOR, NULL, NULL},
    [TA_CSV_LOST_FORMULA] = {TA_F_LOSS_FORMULA, NULL, NULL},
    [TA_CSV_LOST_NUL] = {TA_F_LOSS_NUL, NULL, NULL},
};

static ta_csv_loss *find_loss(ta_csv_writer *w, uint32_t branch, ta_csv_lost what) {
    for (uint32_t at = w->tree->items[branch].losses; at; at = w->losses[at].next)
        if (w->losses[at].what == what)
            return &w->losses[at];
    return NULL;
}

static bool is_told(const ta_csv_writer *w, ta_csv_lost what) {
    return w->to.finder->levels[loss_rows[what].code] != TA_LEVEL_IGNORE;
}

void ta_csv_lose(ta_csv_writer *w, const ta_record *record, const ta_node *node,
                 uint32_t branch, ta_csv_lost what) {
    ta_csv_loss *loss = find_loss(w, branch, what);
    if (loss) {
        loss->count++;
        return;
    }
    if (!is_told(w, what) || w->loss_count == LOSSES_MAX)
        return;
    uint32_t at = w->loss_count + 1;
    if (!ta_array_grow(&w->losses, &w->loss_cap, at + 1, sizeof *w->losses)) {
        w->failed = true;
        return;
    }
    w->loss_count++;
    bool key = what == TA_CSV_LOST_COLUMN && !(node->flags & TA_NODE_KEYLESS);
    w->losses[at] = (ta_csv_loss){
        .what = what,
        .branch = branch,
        .next = w->tree->items[branch].losses,
        .count = 1,
        .record_no = record->number,
        .serial = w->serial,
        .place = ta_place_of(record, node, key ? TA_PART_KEY : TA_PART_VALUE),
        .found = ta_kind_text((ta_kind)node->kind),
    };
    /* The line's text is gone before the loss is told. */
    w->losses[at].place.line = NULL;
    w->losses[at].place.line_len = 0;
    w->tree->items[branch].losses = at;
}

/* The same place in the writer's tree: those that both have begun with are the same. 0: no
 * memory. */
static uint32_t same_branch(ta_csv_writer *w, const ta_csv_writer *other, uint32_t branch) {
    const ta_csv_branch *from = &other->tree->items[branch];
    if (branch < other->known)
        return branch;
    uint32_t parent = from->parent ? same_branch(w, other, from->parent) : 0;
    if (from->parent && !parent)
        return 0;
    uint64_t step = from->step;
    if (!(step & TA_CSV_ITEM))
        step = ta_keys_get(w->to.keys, from->name, from->len);
    uint32_t same = step ? ta_csv_tree_find(w->tree, parent, step) : 0;
    return same || !step ? same : ta_csv_tree_add(w->tree, parent, 0, step);
}

static bool absorb_loss(ta_csv_writer *w, const ta_csv_writer *other, const ta_csv_loss *from,
                        const ta_shift *by) {
    uint32_t branch = from->branch ? same_branch(w, other, from->branch) : 0;
    ta_csv_loss *loss = find_loss(w, branch, from->what);
    if (loss)
        loss->count += from->count;
    if ((from->branch && !branch) ||
        (!loss && !ta_array_grow(&w->losses, &w->loss_cap, w->loss_count + (size_t)2,
                                 sizeof *w->losses)))
        return false;
    if (loss)
        return true;
    loss = &w->losses[++w->loss_count];
    *loss = *from;
    loss->branch = branch;
    loss->next = w->tree->items[branch].losses;
    loss->record_no += by->numbers;
    loss->serial += w->serial - other->absorbed;
    ta_place_shift(&loss->place, by);
    w->tree->items[branch].losses = w->loss_count;
    return true;
}

ta_status ta_csv_absorb_losses(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    ta_csv_writer *w = (ta_csv_writer *)stage, *o = (ta_csv_writer *)other;
    if (stage && !by) {
        bool roomy = w->loss_count + o->loss_count < LOSSES_MAX &&
                     w->tree->count + o->tree->count < w->known + TA_CSV_EXTRA_MAX;
        return roomy ? TA_OK : TA_STOP;
    }
    if (stage && !ta_csv_tree_bind(w->tree, w->to.keys))
        return TA_ERR_NOMEM;
    for (uint32_t i = 1; stage && i <= o->loss_count; i++)
        if (!absorb_loss(w, o, &o->losses[i], by))
            return TA_ERR_NOMEM;
    for (uint32_t i = 1; i <= o->loss_count; i++)
        o->tree->items[o->losses[i].branch].losses = 0;
    o->loss_count = 0;
    if (stage)
        w->serial += o->serial - o->absorbed;
    o->absorbed = o->serial;
    return TA_OK;
}

static uint64_t count_nested(const ta_csv_writer *w) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < w->column_count; i++)
        count += w->tree->items[w->columns[i].branch].depth > 1;
    return count;
}

static void tell_loss(ta_csv_writer *w, const ta_csv_loss *loss) {
    ta_buf path = {0}, name = {0};
    ta_csv_tree_path(w->tree, loss->branch, '.', true, &path);
    ta_finding f = {.code = loss_rows[loss->what].code,
                    .place = loss->place,
                    .record_no = loss->record_no,
                    .count = loss->count,
                    .found = loss_rows[loss->what].found,
                    .expected = loss_rows[loss->what].expected};
    if (path.len)
        f.path = ta_buf_text(&path);
    if (f.code == TA_F_LOSS_TYPE)
        ta_buf_puts(&name, "column ");
    ta_buf_put(&name, path.data, path.len);
    f.name = path.len ? ta_buf_text(&name) : "a value with an empty key";
    if (f.code == TA_F_LOSS_SCALAR)
        f.found = loss->found;
    if (f.code == TA_F_LOSS_NESTING)
        f.count = count_nested(w);
    if (f.code == TA_F_LOSS_SEPARATOR)
        f.expected = w->tree->items[loss->branch].shape->separator;
    w->failed |= path.failed || name.failed;
    if (!w->failed)
        ta_find(w->to.finder, &f);
    ta_buf_fini(&path);
    ta_buf_fini(&name);
}

static int compare_losses(const void *a, const void *b) {
    const ta_csv_loss *x = a, *y = b;
    if (x->serial != y->serial)
        return x->serial < y->serial ? -1 : 1;
    uint64_t at = x->place.span.start, other = y->place.span.start;
    if (at != other)
        return at < other ? -1 : 1;
    return x->branch < y->branch ? -1 : x->branch > y->branch;
}

void ta_csv_tell_losses(ta_csv_writer *w) {
    if (w->loss_count)
        qsort(w->losses + 1, w->loss_count, sizeof *w->losses, compare_losses);
    for (uint32_t at = 1; at <= w->loss_count; at++)
        tell_loss(w, &w->losses[at]);
    w->loss_count = 0;
    if (!w->column_count && !w->to.options->dialect.no_header)
        ta_find(w->to.finder,
                &(ta_finding){.code = TA_F_LOSS_HEAD, .place = {.file = w->file}});
}
