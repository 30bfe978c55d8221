/* SPDX-License-Identifier: MIT */
/* transalp schemas: the built-in schemas, one of them, its fields as a table, an empty list. */
#include "base/embedded.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "cli/fields.h"
#include "cli/say.h"
#include "cli/shelf.h"

/* Lists of records have a key (x-key); transalp's own files have none. */
static void put_schema(ta_shelf *shelf, const char *name, size_t len, bool records,
                       ta_columns *table) {
    ta_buf file = {0};
    ta_buf_printf(&file, "builtin:%s", name);
    const ta_document *document =
        shelf->library.loader.load(shelf->library.loader.to, ta_buf_text(&file));
    const ta_record *schema = document ? &document->record : NULL;
    if (schema && records == (ta_node_named(schema, schema->nodes, "x-key") != NULL)) {
        ta_text text = ta_shelf_text(schema, schema->nodes, "description");
        ta_columns_put(table, name, len);
        ta_columns_put(table, text.data, text.len);
    }
    table->failed |= file.failed || !document;
    ta_buf_fini(&file);
}

static void put_schemas(ta_shelf *shelf, bool records, ta_columns *table) {
    size_t at = 0, len;
    ta_columns_puts(table, "SCHEMA");
    ta_columns_puts(table, records ? "WHAT A RECORD IS" : "WHAT TRANSALP'S OWN FILE IS");
    for (const char *name; (name = ta_shelf_name("", &at, &len));)
        put_schema(shelf, name, len, records, table);
}

static int list_schemas(void) {
    ta_shelf shelf;
    ta_columns table = {.columns = 2};
    ta_buf out = {0};
    if (ta_shelf_open(&shelf)) {
        put_schemas(&shelf, true, &table);
        ta_columns_puts(&table, "");
        ta_columns_puts(&table, "");
        put_schemas(&shelf, false, &table);
    } else {
        table.failed = true;
    }
    ta_columns_print(&table, &out);
    ta_shelf_close(&shelf);
    return ta_say_text(&out);
}

/* The bytes of a built-in schema, as they are. */
static int print_schema(const char *name) {
    size_t at = 0, len;
    ta_buf out = {0};
    for (const char *known; (known = ta_shelf_name("", &at, &len));)
        if (len == strlen(name) && !memcmp(known, name, len)) {
            const ta_embedded *file = &ta_embedded_files[at - 1];
            ta_buf_put(&out, file->data, file->len);
            return ta_say_text(&out);
        }
    ta_shelf_unknown("", "schema", "schemas", name);
    return 2;
}

static int run_schemas(ta_settings *settings) {
    const char *name = settings->argument_count ? settings->arguments[0] : NULL;
    const char *form = settings->template_form;
    if (!name && (settings->fields || form)) {
        ta_say("--%s needs the name of a schema", form ? "template" : "fields");
        return 2;
    }
    if (form && settings->fields) {
        ta_say("--fields and --template do not go together");
        return 2;
    }
    if (form && strcmp(form, "csv") != 0) {
        ta_say("--template takes csv: found %s", form);
        return 2;
    }
    if (!name)
        return list_schemas();
    return settings->fields ? ta_fields_print(name)
           : form           ? ta_fields_template(name)
                            : print_schema(name);
}

static const ta_example schemas_examples[] = {
    {"transalp schemas", "the schemas"},
    {"transalp schemas member --fields", "what a member list may hold"},
    {"transalp schemas member --template csv", "an empty list, to be mailed to members"},
    {"transalp schemas member", "the schema itself"},
    {0}};

extern const ta_command ta_command_schemas;
const ta_command ta_command_schemas = {
    .name = "schemas",
    .arguments = "[NAME [--fields|--template csv]]",
    .summary = "the built-in schemas and their fields",
    .about = "Lists the schemas that --schema takes by name, or prints one. --fields and "
             "--template read files too: a table of the fields, an empty list with its head.",
    .examples = schemas_examples,
    .most = 1,
    .run = run_schemas,
};
