/* SPDX-License-Identifier: MIT */
#include "cli/shelf.h"

#include "base/embedded.h"
#include "cli/say.h"

static void say_finding(void *to, const ta_finding *finding) {
    (void)to;
    ta_buf words = {0};
    ta_finding_message(finding, &words);
    if (finding->place.from.line)
        ta_say("%s:%llu:%llu: %s", finding->place.file,
               (unsigned long long)finding->place.from.line,
               (unsigned long long)finding->place.from.column, ta_buf_text(&words));
    else
        ta_say("%s", ta_buf_text(&words));
    ta_buf_fini(&words);
}

bool ta_shelf_open(ta_shelf *shelf) {
    memset(shelf, 0, sizeof *shelf);
    ta_finder_init(&shelf->finder, say_finding, NULL);
    ta_library_init(&shelf->library, &shelf->keys, &shelf->finder);
    return ta_keys_init(&shelf->keys);
}

void ta_shelf_close(ta_shelf *shelf) {
    ta_library_fini(&shelf->library);
    ta_keys_fini(&shelf->keys);
}

ta_text ta_shelf_text(const ta_record *record, const ta_node *object, const char *name) {
    const ta_node *node =
        object->kind == TA_OBJECT ? ta_node_named(record, object, name) : NULL;
    return node && (node->kind == TA_TEXT || node->kind == TA_NUMBER)
               ? ta_node_text(record, node)
               : (ta_text){"", 0};
}

const char *ta_shelf_name(const char *folder, size_t *at, size_t *len) {
    size_t skip = strlen(folder);
    for (; ta_embedded_files[*at].name; ++*at) {
        const char *name = ta_embedded_files[*at].name;
        if (strncmp(name, folder, skip) != 0 || strchr(name + skip, '/') ||
            !strcmp(name + skip, "datapackage.json"))
            continue;
        *len = strcspn(name + skip, ".");
        ++*at;
        return name + skip;
    }
    return NULL;
}

void ta_shelf_unknown(const char *folder, const char *what, const char *command,
                      const char *word) {
    ta_arena arena = {0};
    ta_guess guess = {.word = word};
    ta_buf otherwise = {0};
    size_t at = 0, len;
    for (const char *name; (name = ta_shelf_name(folder, &at, &len));) {
        char *copy = ta_arena_copy(&arena, name, len);
        if (copy)
            ta_guess_try(&guess, copy);
    }
    ta_buf_printf(&otherwise, "`transalp %s` lists them", command);
    ta_say_unknown(&guess, ta_buf_text(&otherwise), "no %s is called %s", what, word);
    ta_buf_fini(&otherwise);
    ta_arena_fini(&arena);
}
