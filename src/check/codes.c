/* SPDX-License-Identifier: MIT */
/* x-codes: a text must be in a code list. A bare word names a built-in list, anything with a
 * dot or a slash a file beside the schema. */
#include "codes/codes.h"

#include "base/embedded.h"
#include "check/compile.h"
#include "record/stage.h"
#include "schema/shape.h"
#include "schema/words.h"

typedef struct code_test {
    const ta_code_list *list;
    const char *name;
} code_test;

bool ta_compile_builtin(const char *folder, ta_text name, ta_buf *out) {
    size_t len = strlen(folder);
    for (const ta_embedded *file = ta_embedded_files; file->name; file++)
        if (!strncmp(file->name, folder, len) && strlen(file->name) == len + 1 + name.len + 4 &&
            file->name[len] == '/' && !memcmp(file->name + len + 1, name.data, name.len) &&
            !strcmp(file->name + len + 1 + name.len, ".csv")) {
            ta_buf_printf(out, "builtin:%s", file->name);
            return true;
        }
    return false;
}

static const ta_code_list *load_list(ta_compile *c, const char *file) {
    ta_program *p = c->program;
    for (size_t i = 0; i < p->list_count; i++)
        if (!strcmp(p->list_names[i], file))
            return p->lists[i];
    char *name = ta_compile_copy(c, (ta_text){file, strlen(file)});
    if (!name || !ta_array_grow(&p->lists, &p->list_cap, p->list_count + 1, sizeof *p->lists) ||
        !ta_array_grow(&p->list_names, &p->list_name_cap, p->list_count + 1,
                       sizeof *p->list_names)) {
        c->nomem = true;
        return NULL;
    }
    ta_code_list *list;
    ta_status status = ta_code_list_load(c->loader, file, &list);
    c->nomem = c->nomem || status == TA_ERR_NOMEM;
    c->failed = c->failed || status != TA_OK;
    if (status != TA_OK)
        return NULL;
    p->list_names[p->list_count] = name;
    p->lists[p->list_count++] = list;
    return list;
}

const ta_code_list *ta_compile_codes(ta_compile *c, const ta_node *value, const char *word) {
    ta_text name = value->kind == TA_TEXT ? ta_node_text(c->record, value) : (ta_text){"", 0};
    ta_buf file = {0};
    bool is_file = memchr(name.data, '.', name.len) || memchr(name.data, '/', name.len);
    if (is_file) {
        ta_text rest = ta_schema_put_folder(&file, c->sub->document->name, name);
        ta_buf_put(&file, rest.data, rest.len);
    }
    const ta_code_list *list = NULL;
    if (!name.len)
        ta_compile_fault(c, value, word, "must be the name of a code list");
    else if (!is_file && !ta_code_list_file(c->loader, name, &file))
        ta_compile_fault(c, value, word,
                         "names no built-in list (a file has a dot or a slash in its name)");
    else if (!file.failed)
        list = load_list(c, ta_buf_text(&file));
    c->nomem = c->nomem || file.failed;
    ta_buf_fini(&file);
    return list;
}

static const void *compile_codes(ta_compile *c, const ta_node *value) {
    const ta_code_list *list = ta_compile_codes(c, value, "x-codes");
    code_test *test = list ? ta_compile_alloc(c, sizeof *test) : NULL;
    if (!test)
        return NULL;
    test->list = list;
    test->name = ta_compile_copy(c, ta_node_text(c->record, value));
    return test->name ? test : NULL;
}

/* A finding with the value and, where one is known, what to write instead. */
static bool refuse_code(ta_run *run, const code_test *test, const ta_node *node, ta_code code,
                        const ta_respelling *fix) {
    if (!run->report)
        return false;
    run->found.len = 0;
    ta_say_value(run->record, node, &run->found);
    return ta_run_fail(run, node,
                       &(ta_finding){.code = code,
                                     .name = test->name,
                                     .found = ta_buf_text(&run->found),
                                     .replacement = ta_buf_text(&run->replacement),
                                     .fix = fix});
}

/* A warning: it does not fail where a choice is made or a schema only asks. */
static bool refuse_withdrawn(ta_run *run, const code_test *test, const ta_node *node,
                             const ta_code_item *item) {
    if (run->branch)
        return true;
    if (!ta_run_tells(run, node, TA_F_CODE_WITHDRAWN))
        return false;
    ta_run_reset_words(run);
    if (*item->valid_to)
        ta_buf_printf(&run->replacement, ", valid until %s", item->valid_to);
    if (*item->successor) {
        ta_buf_puts(&run->replacement, "; now ");
        for (const char *at = item->successor; *at; at++)
            ta_buf_put(&run->replacement, *at == ';' ? ", " : at, *at == ';' ? 2 : 1);
    }
    return refuse_code(run, test, node, TA_F_CODE_WITHDRAWN, NULL);
}

static bool run_codes(ta_run *run, const void *data, const ta_node *node) {
    const code_test *test = data;
    ta_text text = ta_node_text(run->record, node);
    const ta_code_item *item = ta_code_list_item(test->list, text.data, text.len);
    if (item)
        return !item->withdrawn || refuse_withdrawn(run, test, node, item);
    if (!ta_run_tells(run, node, TA_F_CODE_UNKNOWN))
        return false;
    ta_run_reset_words(run);
    ta_code_found guess = ta_code_list_find(test->list, text.data, text.len);
    run->nomem |= guess.match == TA_MATCH_LOST;
    if (guess.item)
        ta_say_guess(guess.item->code, strlen(guess.item->code), "", &run->replacement);
    if (guess.item && guess.match < TA_MATCH_NEAREST)
        ta_buf_puts(&run->fix, guess.item->code);
    ta_respelling fix = {
        .kind = TA_TEXT, .text = {ta_buf_text(&run->fix), run->fix.len}, .types = TA_TYPE_ANY};
    return refuse_code(run, test, node, TA_F_CODE_UNKNOWN, run->fix.len ? &fix : NULL);
}

const ta_keyword ta_keyword_x_codes = {"x-codes", compile_codes, run_codes, 1 << TA_TEXT,
                                       false};
