/* SPDX-License-Identifier: MIT */
/*
 * transalp codes: the code lists; one of them; the code that somebody may mean by a word. Where
 * the built-in lists come from stands in codes/datapackage.json.
 */
#include <limits.h>

#include "cli/columns.h"
#include "cli/command.h"
#include "cli/lookup.h"
#include "cli/say.h"
#include "cli/shelf.h"

static const char package[] = "builtin:codes/datapackage.json";

/* The list of a name or a file; NULL: it was said why there is none. */
static ta_code_list *load_codes(ta_shelf *shelf, const char *name) {
    ta_buf file = {0};
    ta_code_list *list = NULL;
    bool is_file = strpbrk(name, "./") != NULL;
    if (is_file)
        ta_buf_puts(&file, name);
    bool known = is_file || ta_code_list_file(&shelf->library.loader,
                                              (ta_text){name, strlen(name)}, &file);
    if (!known)
        ta_shelf_unknown("codes/", "code list", "codes", name);
    ta_status status =
        file.failed ? TA_ERR_NOMEM
        : known     ? ta_code_list_load(&shelf->library.loader, ta_buf_text(&file), &list)
                    : TA_ERR_USAGE;
    if (status == TA_ERR_NOMEM)
        ta_say_nomem();
    ta_buf_fini(&file);
    return list;
}

/* The words' cells in one column, a line each. */
static int print_cells(ta_lookup *lookup, const ta_settings *settings) {
    const char *head = settings->code_column;
    size_t column = ta_code_list_column(lookup->list, head);
    ta_buf out = {0};
    bool found = true;
    if (column == SIZE_MAX) {
        ta_guess guess = {.word = head};
        for (size_t i = 0; ta_code_list_head(lookup->list, i); i++)
            ta_guess_try(&guess, ta_code_list_head(lookup->list, i));
        ta_say_unknown(&guess, "the list's first line has them",
                       "--as %s: the list has no such column", head);
        return 2;
    }
    for (size_t i = 1; i < settings->argument_count; i++)
        found = ta_lookup_cell(lookup, settings->arguments[i], column, head, &out) && found;
    out.failed = out.failed || lookup->failed;
    int exit_status = ta_say_text(&out);
    return found ? exit_status : 2;
}

static int print_rows(ta_lookup *lookup, const ta_settings *settings) {
    ta_buf out = {0};
    bool found = true;
    if (settings->argument_count == 1)
        ta_lookup_add_all(lookup);
    for (size_t i = 1; i < settings->argument_count; i++)
        found = ta_lookup_word(lookup, settings->arguments[i]) && found;
    if (lookup->count || lookup->failed)
        ta_lookup_print(lookup, &out);
    int exit_status = ta_say_text(&out);
    return found ? exit_status : 2;
}

static int print_codes(ta_shelf *shelf, const ta_settings *settings) {
    if (settings->code_column && settings->argument_count == 1) {
        ta_say("--as needs a word to look up: transalp codes %s WORD --as %s",
               settings->arguments[0], settings->code_column);
        return 2;
    }
    ta_code_list *list = load_codes(shelf, settings->arguments[0]);
    if (!list)
        return 2;
    ta_lookup lookup = {.list = list};
    int exit_status =
        settings->code_column ? print_cells(&lookup, settings) : print_rows(&lookup, settings);
    ta_lookup_fini(&lookup);
    ta_code_list_drop(list);
    return exit_status;
}

static void put_text(ta_columns *table, ta_text text) {
    ta_columns_put(table, text.data, text.len);
}

/* The name of the first item of a list in a resource. */
static ta_text first_name(const ta_record *record, const ta_node *resource, const char *list,
                          const char *name) {
    const ta_node *items = ta_node_named(record, resource, list);
    return items && items->count ? ta_shelf_text(record, ta_node_first(items), name)
                                 : (ta_text){"", 0};
}

/* The rows of a list as it stands, without its words. */
static void put_count(ta_columns *table, ta_shelf *shelf, ta_text path) {
    ta_buf file = {0};
    ta_buf_puts(&file, "builtin:codes/");
    ta_buf_put(&file, path.data, path.len);
    const ta_document *document =
        file.failed ? NULL
                    : shelf->library.loader.load(shelf->library.loader.to, ta_buf_text(&file));
    file.len = 0;
    if (document)
        ta_buf_printf(&file, "%u", document->record.nodes->count);
    ta_columns_puts(table, ta_buf_text(&file));
    table->failed = table->failed || file.failed || !document;
    ta_buf_fini(&file);
}

static void put_resource(ta_columns *table, ta_shelf *shelf, const ta_record *record,
                         const ta_node *resource) {
    put_text(table, ta_shelf_text(record, resource, "name"));
    put_count(table, shelf, ta_shelf_text(record, resource, "path"));
    put_text(table, first_name(record, resource, "sources", "title"));
    put_text(table, ta_shelf_text(record, resource, "version"));
    put_text(table, first_name(record, resource, "licenses", "name"));
    put_text(table, ta_shelf_text(record, resource, "title"));
}

static int list_codes(ta_shelf *shelf) {
    static const char *const heads[] = {"LIST",    "CODES",   "SOURCE",
                                        "VERSION", "LICENCE", "WHAT IS IN IT"};
    ta_columns table = {.columns = sizeof heads / sizeof *heads};
    ta_buf out = {0};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        ta_columns_puts(&table, heads[i]);
    const ta_document *document = shelf->library.loader.load(shelf->library.loader.to, package);
    const ta_node *rows =
        document ? ta_node_named(&document->record, document->record.nodes, "resources") : NULL;
    for (const ta_node *row = rows ? ta_node_first(rows) : NULL;
         rows && row < ta_node_end(rows); row = ta_node_next(row))
        put_resource(&table, shelf, &document->record, row);
    table.failed = table.failed || !rows;
    ta_columns_print(&table, &out);
    return ta_say_text(&out);
}

static int run_codes(ta_settings *settings) {
    ta_shelf shelf;
    int exit_status = 2;
    bool ok = ta_shelf_open(&shelf);
    shelf.library.loader.code_files = settings->job.code_files;
    shelf.library.loader.code_file_count = settings->job.code_file_count;
    if (!ok)
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
    {"transalp codes country FR GR --as name:el", "their names in Greek, and nothing else"},
    {"transalp codes nuts FR71", "what a withdrawn code became"},
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
