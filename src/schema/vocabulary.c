/* SPDX-License-Identifier: MIT */
#include "schema/vocabulary.h"

#include "schema/shape.h"

enum { IS_INNER = false, IS_SAME = true, IS_NOTE = false, IS_CHECK = true };

const ta_word ta_words[] = {
#define TA_WORD(name, place, where, kind, first, last, vocabulary)                             \
    {name,                                                                                     \
     TA_PLACE_##place,                                                                         \
     IS_##where,                                                                               \
     IS_##kind,                                                                                \
     TA_DRAFT_##first,                                                                         \
     TA_DRAFT_##last,                                                                          \
     TA_VOCABULARY_##vocabulary},
#include "schema/vocabulary.def"
#undef TA_WORD
    {NULL, TA_PLACE_NONE, false, false, TA_DRAFT_D4, TA_DRAFT_D2020, TA_VOCABULARY_ANY}};

const char *ta_draft_text(ta_draft draft) {
    static const char *const texts[] = {"draft 4", "draft 6", "draft 7", "draft 2019-09",
                                        "draft 2020-12"};
    return texts[draft];
}

const ta_word *ta_word_find(const char *name, size_t len) {
    for (const ta_word *word = ta_words; word->name; word++)
        if (!strncmp(word->name, name, len) && !word->name[len])
            return word;
    return NULL;
}

const ta_word *ta_word_of(const ta_record *record, const ta_node *member) {
    const ta_key *key = &record->keys->items[member->key];
    return ta_word_find(key->text, key->len);
}

bool ta_word_holds(const ta_word *word, ta_lexicon lexicon) {
    return lexicon.draft >= word->first && lexicon.draft <= word->last &&
           word->vocabularies & lexicon.vocabularies;
}

/* Whether a $ref in the subschema takes the meaning from all that stands beside it. */
static bool hides_others(const ta_record *record, const ta_node *subschema,
                         ta_lexicon lexicon) {
    const ta_node *ref =
        lexicon.draft <= TA_DRAFT_D7 ? ta_node_named(record, subschema, "$ref") : NULL;
    return ref && ref->kind == TA_TEXT;
}

static bool word_stays(const ta_word *word) {
    return !strcmp(word->name, "$ref") || !strcmp(word->name, "definitions");
}

const ta_word *ta_word_in(const ta_record *record, const ta_node *subschema,
                          const ta_node *member, ta_lexicon lexicon) {
    const ta_word *word = ta_word_of(record, member);
    if (!word || !ta_word_holds(word, lexicon))
        return NULL;
    return word_stays(word) || !hides_others(record, subschema, lexicon) ? word : NULL;
}

const ta_node *ta_word_value(const ta_record *record, const ta_node *subschema,
                             const char *name, ta_lexicon lexicon) {
    const ta_node *member =
        subschema->kind == TA_OBJECT ? ta_node_named(record, subschema, name) : NULL;
    return member && ta_word_in(record, subschema, member, lexicon) ? member : NULL;
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

static void each_child(const ta_node *value, bool lists_too, ta_word_fn *fn, void *to) {
    for (const ta_node *c = ta_node_first(value); c < ta_node_end(value); c = ta_node_next(c))
        if (lists_too || c->kind != TA_ARRAY)
            fn(to, c);
}

void ta_word_each(const ta_word *word, const ta_record *record, const ta_node *value,
                  ta_word_fn *fn, void *to) {
    bool list = value->kind == TA_ARRAY, object = value->kind == TA_OBJECT;
    switch (word->place) {
    case TA_PLACE_NONE:
        break;
    case TA_PLACE_EITHER:
        if (list)
            each_child(value, true, fn, to);
        else
            fn(to, value);
        break;
    case TA_PLACE_ONE:
        fn(to, value);
        break;
    case TA_PLACE_LIST:
        if (list)
            each_child(value, true, fn, to);
        break;
    case TA_PLACE_MAP:
    case TA_PLACE_SOME:
        if (object)
            each_child(value, word->place == TA_PLACE_MAP, fn, to);
        break;
    case TA_PLACE_RULES:
        if (list)
            each_rule_schema(record, value, fn, to);
        break;
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
