/* SPDX-License-Identifier: MIT */
/*
 * Members that stand twice in a list: by an identifier (what the schema gives the format of
 * one), then by name and country, without regard to case, accents and legal form. Kept of a
 * member are its place and a hash for each of these: about 100 bytes, so that a million members
 * take 100 MB. Hashes have 64 bits: in such a list two different names share one with odds of
 * one to ten million.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/fold.h"
#include "base/hash.h"
#include "normalize/normalize.h"
#include "schema/words.h"

enum { SHOWN_MAX = 20, WORDS_MAX = 80, NAME_FIELD = -1 };

/* One member, and where it stands. */
typedef struct list_member {
    ta_where where;
    uint32_t group; /* that it was told in; 0: none */
} list_member;

/* What several members may share. */
typedef struct shared_word {
    uint64_t hash;
    uint32_t first, last; /* in links, from 1; 0: a free slot */
    uint32_t count;
    int32_t field;    /* NAME_FIELD, or which of the identifiers */
    const char *text; /* as the second has it; NULL while there is one */
} shared_word;

typedef struct word_link {
    uint32_t member, next; /* next: from 1; 0: the last */
} word_link;

typedef struct duplicate_stage {
    ta_stage stage;
    const ta_shape *shape;
    ta_finder *finder;
    const char *file;
    list_member *members;
    word_link *links;
    shared_word *words; /* open addressing */
    size_t member_count, member_cap, link_count, link_cap, word_count, word_slots;
    ta_arena texts;
    ta_buf folded;
    uint32_t groups;
} duplicate_stage;

static bool is_identifier(const ta_shape *shape) {
    static const char *const formats[] = {"siren", "siret", "vat", "lei",
                                          "ror",   "isni",  "pic", "orcid"};
    for (size_t i = 0; shape->format && i < sizeof formats / sizeof *formats; i++)
        if (!strcmp(shape->format, formats[i]))
            return !shape->personal;
    return false;
}

static shared_word *find_word(const duplicate_stage *list, uint64_t hash, int32_t field) {
    size_t mask = list->word_slots - 1;
    for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
        shared_word *word = &list->words[at];
        if (!word->first || (word->hash == hash && word->field == field))
            return word;
    }
}

static bool grow_table(duplicate_stage *list) {
    duplicate_stage grown = *list;
    if ((list->word_count + 1) * 2 <= list->word_slots)
        return true;
    grown.word_slots = list->word_slots ? list->word_slots * 2 : 1024;
    grown.words = calloc(grown.word_slots, sizeof *grown.words);
    if (!grown.words)
        return false;
    for (size_t i = 0; i < list->word_slots; i++)
        if (list->words[i].first)
            *find_word(&grown, list->words[i].hash, list->words[i].field) = list->words[i];
    free(list->words);
    list->words = grown.words;
    list->word_slots = grown.word_slots;
    return true;
}

/* The text of a word that more than one member has, shortened. */
static bool keep_text(duplicate_stage *list, shared_word *word, ta_text text) {
    ta_buf flat = {0};
    ta_say_scalar(text, "\"", &flat);
    word->text = flat.failed ? NULL : ta_arena_copy(&list->texts, flat.data, flat.len);
    ta_buf_fini(&flat);
    return word->text != NULL;
}

static bool add_shared(duplicate_stage *list, uint64_t hash, int32_t field, ta_text text) {
    if (list->link_count == UINT32_MAX || !grow_table(list) ||
        !ta_array_grow(&list->links, &list->link_cap, list->link_count + 1,
                       sizeof *list->links))
        return false;
    shared_word *word = find_word(list, hash, field);
    list->links[list->link_count++] = (word_link){(uint32_t)list->member_count - 1, 0};
    uint32_t link = (uint32_t)list->link_count;
    if (!word->first) {
        *word = (shared_word){.hash = hash, .first = link, .field = field};
        list->word_count++;
    } else {
        list->links[word->last - 1].next = link;
    }
    word->last = link;
    word->count++;
    return word->count != 2 || keep_text(list, word, text);
}

/* A member's text by name; an empty one: it has none. */
static ta_text text_named(const ta_record *record, const char *name) {
    const ta_node *node = ta_node_named(record, record->nodes, name);
    return node && node->kind == TA_TEXT ? ta_node_text(record, node) : (ta_text){"", 0};
}

static bool add_name(duplicate_stage *list, const ta_record *record) {
    ta_text name = text_named(record, "name"), country = text_named(record, "country");
    list->folded.len = 0;
    ta_fold_name(name.data, name.len, &list->folded);
    if (list->folded.failed || !list->folded.len)
        return !list->folded.failed;
    uint64_t hash =
        ta_hash_more(ta_hash(country.data, country.len), list->folded.data, list->folded.len);
    return add_shared(list, hash, NAME_FIELD, name);
}

static bool add_identifiers(duplicate_stage *list, const ta_record *record) {
    const ta_shape *shape = list->shape;
    for (uint32_t i = 0; i < shape->member_count; i++) {
        if (!is_identifier(shape->members[i].shape))
            continue;
        const ta_node *node = ta_node_member(record->nodes, shape->members[i].key);
        ta_text text =
            node && node->kind == TA_TEXT ? ta_node_text(record, node) : (ta_text){"", 0};
        if (text.len && !add_shared(list, ta_hash(text.data, text.len), (int32_t)i, text))
            return false;
    }
    return true;
}

static bool add_member(duplicate_stage *list, const ta_record *record) {
    if (!ta_array_grow(&list->members, &list->member_cap, list->member_count + 1,
                       sizeof *list->members))
        return false;
    list->members[list->member_count++] =
        (list_member){.where = ta_where_of(record, record->nodes)};
    return add_identifiers(list, record) && add_name(list, record);
}

/* Whether all members of a word were told as one group already. */
static bool is_told_group(const duplicate_stage *list, const shared_word *word) {
    uint32_t group = list->members[list->links[word->first - 1].member].group;
    for (uint32_t at = word->first; at && group; at = list->links[at - 1].next)
        if (list->members[list->links[at - 1].member].group != group)
            return false;
    return group != 0;
}

static ta_place place_of_member(const duplicate_stage *list, uint32_t link) {
    ta_where where = list->members[list->links[link - 1].member].where;
    return (ta_place){.file = list->file, .from = where, .to = where};
}

static void tell_group(duplicate_stage *list, const shared_word *word) {
    ta_related related[SHOWN_MAX];
    size_t shown = 0;
    list->groups++;
    for (uint32_t at = word->first; at; at = list->links[at - 1].next) {
        list->members[list->links[at - 1].member].group = list->groups;
        if (at != word->first && shown < SHOWN_MAX)
            related[shown++] = (ta_related){place_of_member(list, at), "the same member"};
    }
    char more[WORDS_MAX] = "";
    if (word->count - 1 > shown)
        snprintf(more, sizeof more, "%zu more are not shown", word->count - 1 - shown);
    bool by_name = word->field == NAME_FIELD;
    uint32_t member = list->links[word->first - 1].member;
    ta_find(list->finder,
            &(ta_finding){.code = by_name ? TA_F_DUPLICATE_NAME : TA_F_DUPLICATE_MEMBER,
                          .place = place_of_member(list, word->first),
                          .record_no = member + (uint64_t)1,
                          .name = by_name ? NULL : list->shape->members[word->field].name,
                          .found = word->text,
                          .count = word->count,
                          .detail = *more ? more : NULL,
                          .related = related,
                          .related_count = shown});
}

/* In the order of their first members: by identifier, then by name. */
static int compare_words(const void *a, const void *b) {
    const shared_word *x = *(const shared_word *const *)a, *y = *(const shared_word *const *)b;
    bool x_name = x->field == NAME_FIELD, y_name = y->field == NAME_FIELD;
    if (x_name != y_name)
        return x_name ? 1 : -1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static bool tell_duplicates(duplicate_stage *list) {
    const shared_word **shared = NULL;
    size_t count = 0, cap = 0;
    bool good = true;
    for (size_t i = 0; i < list->word_slots && good; i++) {
        if (list->words[i].count < 2)
            continue;
        good = ta_array_grow(&shared, &cap, count + 1, sizeof *shared);
        if (good)
            shared[count++] = &list->words[i];
    }
    if (count)
        qsort(shared, count, sizeof *shared, compare_words);
    for (size_t i = 0; i < count && good; i++)
        if (!is_told_group(list, shared[i]))
            tell_group(list, shared[i]);
    free(shared);
    return good;
}

static void forget_members(duplicate_stage *list) {
    free(list->members);
    free(list->links);
    free(list->words);
    ta_arena_fini(&list->texts);
    list->members = NULL;
    list->links = NULL;
    list->words = NULL;
    list->member_count = list->member_cap = list->link_count = list->link_cap = 0;
    list->word_count = list->word_slots = 0;
}

static ta_status duplicate_begin(ta_stage *stage, const ta_head *head) {
    ((duplicate_stage *)stage)->file = head->file;
    return ta_stage_begin(stage->next, head);
}

static ta_status duplicate_put(ta_stage *stage, ta_record *record) {
    duplicate_stage *list = (duplicate_stage *)stage;
    if (record->nodes->kind == TA_OBJECT && !add_member(list, record))
        return TA_ERR_NOMEM;
    return ta_stage_put(stage->next, record);
}

static ta_status duplicate_end(ta_stage *stage, const ta_tail *tail) {
    duplicate_stage *list = (duplicate_stage *)stage;
    bool good = !list->member_count || tell_duplicates(list);
    forget_members(list);
    ta_status status = ta_stage_end(stage->next, tail);
    return good ? status : TA_ERR_NOMEM;
}

static void duplicate_drop(ta_stage *stage) {
    duplicate_stage *list = (duplicate_stage *)stage;
    forget_members(list);
    ta_buf_fini(&list->folded);
    free(list);
}

static const ta_stage_ops duplicate_ops = {"duplicates",  TA_SCOPE_ORDERED, duplicate_begin,
                                           duplicate_put, duplicate_end,    duplicate_drop};

ta_stage *ta_normal_duplicates_new(const ta_shape *shape, ta_finder *finder) {
    duplicate_stage *list = calloc(1, sizeof *list);
    if (!list)
        return NULL;
    list->stage.ops = &duplicate_ops;
    list->shape = shape;
    list->finder = finder;
    return &list->stage;
}
