/* SPDX-License-Identifier: MIT */
/* The words of a dialect's file: ours, those of Table Dialect 2, CSV Dialect 1 and CSVW. */
#include "schema/way.h"

#include "codes/nearest.h"
#include "schema/words.h"

typedef enum way_kind {
    WAY_CHAR,
    WAY_LINES,
    WAY_NO,  /* true says no_header */
    WAY_YES, /* false does */
    WAY_NULLS,
    WAY_PASSED /* holds for every file, or says nothing of it */
} way_kind;

typedef struct way_word {
    const char *name;
    way_kind kind;
    size_t field;
} way_word;

#define CHAR(word, to)                                                                         \
    { word, WAY_CHAR, offsetof(ta_way, to) }
#define LINES(word, to)                                                                        \
    { word, WAY_LINES, offsetof(ta_way, to) }
#define PASSED(word)                                                                           \
    { word, WAY_PASSED, 0 }
static const way_word way_words[] = {CHAR("delimiter", delimiter),
                                     CHAR("quote", quote),
                                     CHAR("quoteChar", quote),
                                     CHAR("escape", escape),
                                     CHAR("escapeChar", escape),
                                     CHAR("decimal", decimal),
                                     CHAR("decimalChar", decimal),
                                     CHAR("group", group),
                                     CHAR("groupChar", group),
                                     CHAR("comment", comment),
                                     CHAR("commentChar", comment),
                                     CHAR("commentPrefix", comment),
                                     LINES("skip-rows", skip_rows),
                                     LINES("skipRows", skip_rows),
                                     LINES("skip-footer", skip_footer),
                                     LINES("header-rows", header_rows),
                                     LINES("headerRowCount", header_rows),
                                     {"no-header", WAY_NO, 0},
                                     {"header", WAY_YES, 0},
                                     {"null", WAY_NULLS, 0},
                                     {"nullSequence", WAY_NULLS, 0},
                                     PASSED("$schema"),
                                     PASSED("name"),
                                     PASSED("title"),
                                     PASSED("type"),
                                     PASSED("@id"),
                                     PASSED("@type"),
                                     PASSED("@context"),
                                     PASSED("encoding"),
                                     PASSED("doubleQuote"),
                                     PASSED("lineTerminator"),
                                     PASSED("lineTerminators"),
                                     PASSED("skipInitialSpace"),
                                     PASSED("skipBlankRows"),
                                     PASSED("trim"),
                                     PASSED("caseSensitiveHeader"),
                                     PASSED("csvddfVersion"),
                                     {NULL, WAY_PASSED, 0}};
#undef CHAR
#undef LINES
#undef PASSED

/* What is being read. */
typedef struct way_read {
    const ta_loader *loader;
    const ta_document *document;
    ta_arena *arena;
    ta_way *way;
} way_read;

static ta_status refuse_way(const way_read *r, const ta_node *node, const char *name,
                            const char *expected) {
    ta_find_at(r->loader->finder, &r->document->record, node, TA_PART_VALUE,
               &(ta_finding){.code = TA_F_DIALECT_SYNTAX, .name = name, .expected = expected});
    return TA_ERR_USAGE;
}

static ta_status refuse_word(const way_read *r, const ta_node *node, const ta_key *key) {
    ta_nearest nearest = {.word = key->text, .len = key->len};
    ta_buf name = {0}, guess = {0};
    for (const way_word *word = way_words; word->name; word++)
        if (word->kind != WAY_PASSED)
            ta_nearest_try(&nearest, word->name, strlen(word->name));
    ta_buf_put(&name, key->text, key->len);
    ta_buf_puts(&guess, "is no word of a dialect");
    if (nearest.best)
        ta_say_guess(nearest.best, nearest.best_len, "", &guess);
    ta_find_at(r->loader->finder, &r->document->record, node, TA_PART_KEY,
               &(ta_finding){.code = TA_F_DIALECT_SYNTAX,
                             .name = ta_buf_text(&name),
                             .expected = ta_buf_text(&guess)});
    ta_status status = name.failed || guess.failed ? TA_ERR_NOMEM : TA_ERR_USAGE;
    ta_buf_fini(&name);
    ta_buf_fini(&guess);
    return status;
}

static ta_status read_way_char(const way_read *r, const way_word *word, const ta_node *node) {
    ta_text text =
        node->kind == TA_TEXT ? ta_node_text(&r->document->record, node) : (ta_text){"", 0};
    if (node->kind == TA_NULL || (node->kind == TA_TEXT && !text.len))
        return TA_OK;
    bool is_decimal = word->field == offsetof(ta_way, decimal);
    if (is_decimal && (text.len != 1 || !strchr(".,", *text.data)))
        return refuse_way(r, node, word->name, "is a comma or a point");
    bool blank = word->field == offsetof(ta_way, group) &&
                 ((text.len == 2 && !memcmp(text.data, "\xC2\xA0", 2)) ||
                  (text.len == 3 && !memcmp(text.data, "\xE2\x80\xAF", 3)));
    if (!blank && (text.len != 1 || (unsigned char)*text.data >= 0x80 || !*text.data ||
                   strchr("\r\n", *text.data)))
        return refuse_way(r, node, word->name, "is one character, such as \";\"");
    *((char *)r->way + word->field) = blank ? ' ' : *text.data;
    return TA_OK;
}

static ta_status read_way_lines(const way_read *r, const way_word *word, const ta_node *node) {
    enum { DIGITS_MOST = 5 };
    ta_text text =
        node->kind == TA_NUMBER ? ta_node_text(&r->document->record, node) : (ta_text){"", 0};
    uint32_t number = 0;
    bool digits = text.len && text.len <= DIGITS_MOST;
    for (size_t i = 0; digits && i < text.len; i++) {
        digits = text.data[i] >= '0' && text.data[i] <= '9';
        number = number * 10 + (uint32_t)(text.data[i] - '0');
    }
    if (!digits)
        return refuse_way(r, node, word->name, "is a whole number from 0 to 99999");
    *(uint32_t *)(void *)((char *)r->way + word->field) = number;
    if (word->field == offsetof(ta_way, skip_rows))
        r->way->skip_said = true;
    if (word->field == offsetof(ta_way, header_rows))
        r->way->no_header = !number;
    return TA_OK;
}

ta_status ta_way_read_nulls(const ta_loader *loader, const ta_document *document,
                            const ta_node *value, ta_arena *arena, ta_strings *out) {
    const way_read r = {loader, document, arena, NULL};
    bool list = value->kind == TA_ARRAY;
    const char **items = ta_arena_alloc(arena, (value->count + (size_t)1) * sizeof *items);
    const ta_node *first = list ? ta_node_first(value) : value;
    if (!items)
        return TA_ERR_NOMEM;
    *out = (ta_strings){items, 0};
    for (const ta_node *c = first; c < ta_node_end(value); c = ta_node_next(c)) {
        const ta_node *node =
            c->kind == TA_OBJECT ? ta_node_named(&document->record, c, "value") : c;
        if (!node || node->kind != TA_TEXT)
            return refuse_way(&r, c, "a token for no value", "is a text, such as \"NA\"");
        if (!node->text_len)
            continue;
        ta_text text = ta_node_text(&document->record, node);
        if (!(items[out->count++] = ta_arena_copy(arena, text.data, text.len)))
            return TA_ERR_NOMEM;
    }
    return TA_OK;
}

static ta_status read_way_word(const way_read *r, const ta_node *node) {
    const ta_key *key = &r->document->record.keys->items[node->key];
    const way_word *word = way_words;
    while (word->name &&
           (strlen(word->name) != key->len || memcmp(word->name, key->text, key->len) != 0))
        word++;
    if (!word->name)
        return refuse_word(r, node, key);
    switch (word->kind) {
    case WAY_CHAR:
        return read_way_char(r, word, node);
    case WAY_LINES:
        return read_way_lines(r, word, node);
    case WAY_NULLS:
        return ta_way_read_nulls(r->loader, r->document, node, r->arena, &r->way->nulls);
    case WAY_NO:
    case WAY_YES:
        if (node->kind != TA_TRUE && node->kind != TA_FALSE)
            return refuse_way(r, node, word->name, "is true or false");
        r->way->no_header = (node->kind == TA_TRUE) == (word->kind == WAY_NO);
        return TA_OK;
    case WAY_PASSED:
        break;
    }
    return TA_OK;
}

ta_status ta_way_read(const ta_loader *loader, const ta_document *document,
                      const ta_node *object, ta_arena *arena, ta_way *way) {
    const way_read r = {loader, document, arena, way};
    ta_status worst = TA_OK;
    if (object->kind != TA_OBJECT)
        return refuse_way(&r, object, "the whole",
                          "is an object, such as {\"delimiter\": \";\"}");
    for (const ta_node *c = ta_node_first(object); c < ta_node_end(object);
         c = ta_node_next(c)) {
        ta_status status = read_way_word(&r, c);
        if (status == TA_ERR_NOMEM)
            return status;
        worst = status == TA_OK ? worst : status;
    }
    return worst;
}
