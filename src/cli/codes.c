/* SPDX-License-Identifier: MIT */
/* transalp codes: the code lists; one of them; the code that somebody may mean by a word. */
#include <limits.h>

#include "base/fold.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/shelf.h"
#include "codes/codes.h"

enum { PART_MIN = 3 }; /* letters that a word begins with */

/* How well a row answers a word. */
typedef enum fit { FIT_CODE, FIT_NAME, FIT_PART, FIT_NONE } fit;

static const ta_document *load_codes(ta_shelf *shelf, const char *name) {
    ta_buf file = {0};
    size_t at = 0, len;
    bool known = strpbrk(name, "./") != NULL;
    ta_buf_printf(&file, known ? "%s" : "builtin:codes/%s.csv", name);
    for (const char *list; !known && (list = ta_shelf_name("codes/", &at, &len));)
        known = len == strlen(name) && !memcmp(list, name, len);
    const ta_document *document =
        known && !file.failed
            ? shelf->library.loader.load(shelf->library.loader.to, ta_buf_text(&file))
            : NULL;
    if (file.failed)
        ta_say_nomem();
    else if (!known)
        ta_shelf_unknown("codes/", "code list", "codes", name);
    ta_buf_fini(&file);
    return document;
}

static void put_text(ta_columns *table, ta_text text) {
    ta_columns_put(table, text.data, text.len);
}

static void put_row(ta_columns *table, const ta_record *record, const ta_node *row) {
    put_text(table, ta_shelf_text(record, row, "code"));
    put_text(table, ta_shelf_text(record, row, "name"));
    ta_text aliases = ta_shelf_text(record, row, "aliases");
    ta_buf words = {0};
    for (size_t i = 0; i < aliases.len; i++)
        ta_buf_put(&words, aliases.data[i] == ';' ? "; " : aliases.data + i,
                   aliases.data[i] == ';' ? 2 : 1);
    ta_columns_puts(table, ta_buf_text(&words));
    table->failed = table->failed || words.failed;
    ta_buf_fini(&words);
}

static void put_head(ta_columns *table) {
    ta_columns_puts(table, "CODE");
    ta_columns_puts(table, "NAME");
    ta_columns_puts(table, "ALSO WRITTEN");
}

/* Whether the folded word is all of a folded text, or words of it. */
static fit fit_text(ta_text text, const ta_buf *word, fit whole, ta_buf *scratch) {
    scratch->len = 0;
    ta_buf_puts(scratch, " ");
    ta_fold_text(text.data, text.len, scratch);
    ta_buf_puts(scratch, " ");
    if (scratch->len == word->len && !memcmp(scratch->data, word->data, word->len))
        return whole;
    /* The beginning of a word will do, if it is not too short. */
    return word->len > PART_MIN + 1 &&
                   memmem(scratch->data, scratch->len, word->data, word->len - 1)
               ? FIT_PART
               : FIT_NONE;
}

static fit better(fit a, fit b) {
    return a < b ? a : b;
}

static fit fit_row(const ta_record *record, const ta_node *row, const ta_buf *word,
                   ta_buf *scratch) {
    ta_text aliases = ta_shelf_text(record, row, "aliases");
    fit best = fit_text(ta_shelf_text(record, row, "code"), word, FIT_CODE, scratch);
    if (best != FIT_CODE)
        best = FIT_NONE; /* a part of a code means nothing */
    best = better(best, fit_text(ta_shelf_text(record, row, "name"), word, FIT_NAME, scratch));
    while (aliases.len) {
        const char *end = memchr(aliases.data, ';', aliases.len);
        size_t len = end ? (size_t)(end - aliases.data) : aliases.len;
        best = better(best, fit_text((ta_text){aliases.data, len}, word, FIT_NAME, scratch));
        len += end != NULL;
        aliases = (ta_text){aliases.data + len, aliases.len - len};
    }
    return best;
}

static bool is_row_of(const ta_record *record, const ta_node *row, const char *code) {
    ta_text text = ta_shelf_text(record, row, "code");
    return text.len == strlen(code) && !memcmp(text.data, code, text.len);
}

/* The rows that fit, the best first. Returns how many. */
static size_t put_fitting(ta_columns *table, const ta_document *document, const ta_buf *word) {
    const ta_record *record = &document->record;
    const ta_node *root = record->nodes;
    ta_buf scratch = {0};
    size_t count = 0;
    for (int wanted = FIT_CODE; wanted < FIT_NONE; wanted++)
        for (const ta_node *row = ta_node_first(root); row < ta_node_end(root);
             row = ta_node_next(row))
            if (fit_row(record, row, word, &scratch) == (fit)wanted) {
                put_row(table, record, row);
                count++;
            }
    table->failed = table->failed || scratch.failed;
    ta_buf_fini(&scratch);
    return count;
}

/* The row of the code that is nearest to what nobody wrote yet. */
static size_t put_guess(ta_columns *table, ta_shelf *shelf, const ta_document *document,
                        const char *word) {
    ta_code_list *list;
    size_t count = 0;
    ta_status status = ta_code_list_load(&shelf->library.loader, document->name, &list);
    table->failed = table->failed || status == TA_ERR_NOMEM;
    if (status != TA_OK)
        return 0;
    const ta_node *root = document->record.nodes;
    ta_code_found guess = ta_code_list_find(list, word, strlen(word));
    const char *code = guess.item ? guess.item->code : NULL;
    table->failed = table->failed || guess.match == TA_MATCH_LOST;
    for (const ta_node *row = ta_node_first(root); code && row < ta_node_end(root);
         row = ta_node_next(row))
        if (is_row_of(&document->record, row, code)) {
            put_row(table, &document->record, row);
            count++;
        }
    ta_code_list_drop(list);
    return count;
}

static bool look_up_word(ta_columns *table, ta_shelf *shelf, const ta_document *document,
                         const char *word) {
    ta_buf folded = {0};
    ta_buf_puts(&folded, " ");
    ta_fold_text(word, strlen(word), &folded);
    ta_buf_puts(&folded, " ");
    size_t count = folded.len > 2 ? put_fitting(table, document, &folded) : 0;
    if (!count)
        count = put_guess(table, shelf, document, word);
    table->failed = table->failed || folded.failed;
    ta_buf_fini(&folded);
    if (!count && !table->failed)
        ta_say("no code is meant by %s", word);
    return count != 0;
}

static int print_codes(ta_shelf *shelf, const ta_settings *settings) {
    const ta_document *document = load_codes(shelf, settings->arguments[0]);
    ta_columns table = {.columns = 3};
    ta_buf out = {0};
    bool found = document && document->record.nodes->kind == TA_ARRAY;
    if (document && !found)
        ta_say("%s is no list of codes", settings->arguments[0]);
    if (!found)
        return 2;
    put_head(&table);
    if (settings->argument_count == 1)
        for (const ta_node *row = ta_node_first(document->record.nodes);
             row < ta_node_end(document->record.nodes); row = ta_node_next(row))
            put_row(&table, &document->record, row);
    for (size_t i = 1; i < settings->argument_count; i++)
        found = look_up_word(&table, shelf, document, settings->arguments[i]) && found;
    bool some = table.count > table.columns;
    ta_columns_print(&table, &out);
    if (!some && !out.failed)
        out.len = 0;
    int exit_status = ta_say_text(&out);
    return found ? exit_status : 2;
}

static int list_codes(ta_shelf *shelf) {
    ta_columns table = {.columns = 3};
    ta_buf out = {0};
    size_t at = 0, len;
    ta_columns_puts(&table, "LIST");
    ta_columns_puts(&table, "CODES");
    ta_columns_puts(&table, "SUCH AS");
    for (const char *name; (name = ta_shelf_name("codes/", &at, &len));) {
        ta_buf words = {0};
        ta_buf_printf(&words, "builtin:codes/%s", name);
        const ta_document *document =
            words.failed
                ? NULL
                : shelf->library.loader.load(shelf->library.loader.to, ta_buf_text(&words));
        table.failed = table.failed || !document;
        if (document) {
            const ta_node *root = document->record.nodes;
            ta_columns_put(&table, name, len);
            words.len = 0;
            ta_buf_printf(&words, "%u", root->count);
            ta_columns_puts(&table, ta_buf_text(&words));
            put_text(&table, root->count ? ta_shelf_text(&document->record, root + 1, "name")
                                         : (ta_text){"", 0});
        }
        ta_buf_fini(&words);
    }
    ta_columns_print(&table, &out);
    return ta_say_text(&out);
}

static int run_codes(ta_settings *settings) {
    ta_shelf shelf;
    int exit_status = 2;
    if (!ta_shelf_open(&shelf))
        exit_status = ta_say_nomem();
    else if (!settings->argument_count)
        exit_status = list_codes(&shelf);
    else
        exit_status = print_codes(&shelf, settings);
    ta_shelf_close(&shelf);
    return exit_status;
}

static const ta_example codes_examples[] = {
    {"transalp codes", "the lists"},
    {"transalp codes role", "one list"},
    {"transalp codes country Allemagne", "the code of a country, by a name in some language"},
    {0}};

extern const ta_command ta_command_codes;
const ta_command ta_command_codes = {
    .name = "codes",
    .arguments = "[LIST|FILE [WORD]...]",
    .summary = "the code lists, and the code that a word means",
    .about =
        "Lists the code lists that are built in; prints one of them, or a file with the "
        "columns code, name and aliases. With words it prints the codes that they may mean, "
        "the best first: case, accents and punctuation make no difference.",
    .examples = codes_examples,
    .most = UINT_MAX,
    .run = run_codes,
};
