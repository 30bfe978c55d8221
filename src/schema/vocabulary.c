/* SPDX-License-Identifier: MIT */
#include "schema/vocabulary.h"

#include "schema/shape.h"

enum { IS_INNER = false, IS_SAME = true, IS_NOTE = false, IS_CHECK = true };

const ta_word ta_words[] = {
#define TA_WORD(name, place, where, kind) {name, TA_PLACE_##place, IS_##where, IS_##kind},
#include "schema/vocabulary.def"
#undef TA_WORD
    {NULL, TA_PLACE_NONE, false, false}};

const ta_word *ta_word_find(const char *name, size_t len) {
    for (const ta_word *word = ta_words; word->name; word++)
        if (strlen(word->name) == len && !memcmp(word->name, name, len))
            return word;
    return NULL;
}

const ta_word *ta_word_of(const ta_record *record, const ta_node *member) {
    const ta_key *key = &record->keys->items[member->key];
    return ta_word_find(key->text, key->len);
}

static void each_rule_schema(const ta_record *record, const ta_node *rules, ta_word_fn *fn,
                             void *to) {
    static const char *const guards[] = {"if", "where"};
    for (const ta_node *rule = ta_node_first(rules); rule < ta_node_end(rules);
         rule = ta_node_next(rule))
        for (int i = 0; i < 2; i++) {
            const ta_node *guard = ta_node_named(record, rule, guards[i]);
            if (guard)
                fn(to, guard);
        }
}

void ta_word_each(const ta_word *word, const ta_record *record, const ta_node *value,
                  ta_word_fn *fn, void *to) {
    ta_kind container = word->place == TA_PLACE_MAP ? TA_OBJECT : TA_ARRAY;
    if (word->place == TA_PLACE_ONE) {
        fn(to, value);
    } else if (word->place != TA_PLACE_NONE && value->kind == container) {
        if (word->place == TA_PLACE_RULES)
            each_rule_schema(record, value, fn, to);
        else
            for (const ta_node *c = ta_node_first(value); c < ta_node_end(value);
                 c = ta_node_next(c))
                fn(to, c);
    }
}

uint8_t ta_type_named(const char *name, size_t len, bool *integer) {
    static const struct {
        const char *name;
        uint8_t type;
    } rows[] = {{"null", TA_TYPE_NULL},     {"boolean", TA_TYPE_BOOLEAN},
                {"number", TA_TYPE_NUMBER}, {"integer", TA_TYPE_NUMBER},
                {"string", TA_TYPE_STRING}, {"array", TA_TYPE_ARRAY},
                {"object", TA_TYPE_OBJECT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strlen(rows[i].name) == len && !memcmp(rows[i].name, name, len)) {
            *integer = rows[i].name[0] == 'i';
            return rows[i].type;
        }
    return 0;
}

uint8_t ta_type_of_kind(ta_kind kind) {
    static const uint8_t types[] = {TA_TYPE_NULL,   TA_TYPE_BOOLEAN, TA_TYPE_BOOLEAN,
                                    TA_TYPE_NUMBER, TA_TYPE_STRING,  TA_TYPE_ARRAY,
                                    TA_TYPE_OBJECT};
    return types[kind];
}
