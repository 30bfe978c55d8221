/* SPDX-License-Identifier: MIT */
/*
 * Two hash tables: the codes as they are, and all words (codes, names, aliases) without the
 * difference of case, each with the code that it leads to. A word that leads to two codes leads
 * nowhere.
 */
#include "codes/codes.h"

#include <stdlib.h>

#include "base/hash.h"
#include "codes/nearest.h"

enum {
    GUESS_LEN_MIN = 4,      /* shorter words are near to too many */
    GUESS_WORDS_MAX = 20000 /* the search for one wrong letter reads all words */
};

typedef struct word {
    const char *text;
    size_t len;
    uint64_t hash;
    const char *code; /* NULL: it stands for several */
} word;

typedef struct word_set {
    word *slots; /* open addressing; text NULL = free */
    size_t count, slot_count;
} word_set;

struct ta_code_list {
    word_set codes, folded;
    ta_arena arena;
    ta_buf scratch;
};

static word *word_find(const word_set *set, const char *text, size_t len, uint64_t hash) {
    size_t mask = set->slot_count - 1;
    for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
        word *slot = &set->slots[at];
        if (!slot->text ||
            (slot->hash == hash && slot->len == len && !memcmp(slot->text, text, len)))
            return slot;
    }
}

static bool word_set_grow(word_set *set) {
    word_set grown = {.count = set->count,
                      .slot_count = set->slot_count ? set->slot_count * 2 : 64};
    grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
    if (!grown.slots)
        return false;
    for (size_t i = 0; i < set->slot_count; i++) {
        const word *old = &set->slots[i];
        if (old->text)
            *word_find(&grown, old->text, old->len, old->hash) = *old;
    }
    free(set->slots);
    *set = grown;
    return true;
}

/* Enters a word whose text stays. */
static bool word_add(word_set *set, const char *text, size_t len, const char *code) {
    if ((set->count + 1) * 2 > set->slot_count && !word_set_grow(set))
        return false;
    uint64_t hash = ta_hash(text, len);
    word *slot = word_find(set, text, len, hash);
    if (!slot->text) {
        *slot = (word){text, len, hash, code};
        set->count++;
    } else if (slot->code && strcmp(slot->code, code) != 0) {
        slot->code = NULL;
    }
    return true;
}

static ta_text trim_blanks(ta_text text) {
    while (text.len && (text.data[0] == ' ' || text.data[0] == '\t'))
        text = (ta_text){text.data + 1, text.len - 1};
    while (text.len && (text.data[text.len - 1] == ' ' || text.data[text.len - 1] == '\t'))
        text.len--;
    return text;
}

/* A copy without the difference of case; NULL: no memory. */
static char *fold_copy(ta_code_list *codes, ta_text text, size_t *len) {
    codes->scratch.len = 0;
    ta_fold(text.data, text.len, &codes->scratch);
    *len = codes->scratch.len;
    return codes->scratch.failed
               ? NULL
               : ta_arena_copy(&codes->arena, ta_buf_text(&codes->scratch), *len);
}

static bool add_folded(ta_code_list *codes, ta_text text, const char *code) {
    text = trim_blanks(text);
    size_t len;
    char *folded = text.len ? fold_copy(codes, text, &len) : NULL;
    return !text.len || (folded && word_add(&codes->folded, folded, len, code));
}

/* Cuts the next part off, up to a `;`. */
static ta_text next_part(ta_text *rest) {
    const char *stop = rest->len ? memchr(rest->data, ';', rest->len) : NULL;
    size_t len = stop ? (size_t)(stop - rest->data) : rest->len;
    ta_text part = {rest->data, len};
    len += stop != NULL;
    *rest = (ta_text){rest->data + len, rest->len - len};
    return trim_blanks(part);
}

static ta_text read_cell(const ta_record *record, const ta_node *row, const char *column) {
    const ta_node *cell = ta_node_named(record, row, column);
    if (!cell || (cell->kind != TA_TEXT && cell->kind != TA_NUMBER))
        return (ta_text){"", 0};
    return ta_node_text(record, cell);
}

static bool add_row(ta_code_list *codes, const ta_record *record, const ta_node *row) {
    ta_text text = read_cell(record, row, "code");
    if (!text.len)
        return true;
    char *code = ta_arena_copy(&codes->arena, text.data, text.len);
    if (!code || !word_add(&codes->codes, code, text.len, code) ||
        !add_folded(codes, text, code) ||
        !add_folded(codes, read_cell(record, row, "name"), code))
        return false;
    ta_text aliases = read_cell(record, row, "aliases");
    while (aliases.len)
        if (!add_folded(codes, next_part(&aliases), code))
            return false;
    return true;
}

static ta_status add_rows(ta_code_list *codes, const ta_loader *loader,
                          const ta_document *document) {
    const ta_node *root = document->record.nodes;
    if (root->kind == TA_ARRAY)
        for (const ta_node *row = ta_node_first(root); row < ta_node_end(root);
             row = ta_node_next(row))
            if (!add_row(codes, &document->record, row))
                return TA_ERR_NOMEM;
    if (codes->codes.count)
        return TA_OK;
    ta_find(loader->finder, &(ta_finding){.code = TA_F_CODES_EMPTY,
                                          .name = document->name,
                                          .place = {.file = document->name}});
    return TA_ERR_USAGE;
}

ta_status ta_code_list_load(const ta_loader *loader, const char *name, ta_code_list **out) {
    *out = NULL;
    const ta_document *document = loader->load(loader->to, name);
    if (!document)
        return TA_ERR_USAGE;
    ta_code_list *codes = calloc(1, sizeof *codes);
    ta_status status = codes && word_set_grow(&codes->codes) && word_set_grow(&codes->folded)
                           ? add_rows(codes, loader, document)
                           : TA_ERR_NOMEM;
    if (status == TA_OK)
        *out = codes;
    else
        ta_code_list_drop(codes);
    return status;
}

void ta_code_list_drop(ta_code_list *codes) {
    if (!codes)
        return;
    free(codes->codes.slots);
    free(codes->folded.slots);
    ta_buf_fini(&codes->scratch);
    ta_arena_fini(&codes->arena);
    free(codes);
}

bool ta_code_list_has(const ta_code_list *codes, const char *text, size_t len) {
    return word_find(&codes->codes, text, len, ta_hash(text, len))->text != NULL;
}

/* "FI;FI": the one part; else the text. */
static ta_text join_equal_parts(ta_text text) {
    ta_text rest = text, first = next_part(&rest);
    if (!rest.len)
        return text;
    while (rest.len) {
        ta_text part = next_part(&rest);
        if (part.len != first.len || memcmp(part.data, first.data, first.len) != 0)
            return text;
    }
    return first;
}

/* The one code that all words at a distance of 1 lead to. */
static const char *guess_code(const ta_code_list *codes, const char *text, size_t len) {
    const char *code = NULL;
    if (len < GUESS_LEN_MIN || codes->folded.count > GUESS_WORDS_MAX)
        return NULL;
    for (size_t i = 0; i < codes->folded.slot_count; i++) {
        const word *w = &codes->folded.slots[i];
        if (!w->text || w->len < GUESS_LEN_MIN ||
            ta_edit_distance(text, len, w->text, w->len, 1) > 1)
            continue;
        if (!w->code || (code && strcmp(code, w->code) != 0))
            return NULL;
        code = w->code;
    }
    return code;
}

const char *ta_code_list_nearest(const ta_code_list *codes, const char *text, size_t len) {
    ta_text meant = join_equal_parts(trim_blanks((ta_text){text, len}));
    ta_buf folded = {0};
    ta_fold(meant.data, meant.len, &folded);
    const char *code = NULL;
    if (folded.len && !folded.failed) {
        const word *found = word_find(&codes->folded, folded.data, folded.len,
                                      ta_hash(folded.data, folded.len));
        code = found->text ? found->code : guess_code(codes, folded.data, folded.len);
    }
    if (folded.failed)
        code = ta_buf_lost;
    ta_buf_fini(&folded);
    return code;
}
