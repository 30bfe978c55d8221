/* SPDX-License-Identifier: MIT */
/*
 * What looks like a person's e-mail address or telephone number where the schema calls nothing
 * personal: one note for each field. Addresses of offices are known by their first word.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/mask.h"
#include "normalize/normalize.h"
#include "schema/words.h"

enum {
    TEXT_LEAST = 6,   /* a@b.eu */
    DIGITS_LEAST = 9, /* of a telephone number */
    MEMBERS = 64      /* that are remembered; those of one schema mostly have keys in a row */
};

/* A member of an object, by the object's shape (NULL: none) and its key. */
typedef struct personal_member {
    const ta_shape *within, *shape;
    uint32_t key; /* TA_KEY_NONE: nothing is remembered */
    bool hidden;  /* nothing there or inside is looked at */
    bool silent;  /* of a text there nothing would be said */
} personal_member;

typedef struct personal_stage {
    ta_stage stage;
    const ta_shape *shape;
    ta_finder *finder;
    const ta_record *record;
    uint64_t *told; /* of which fields a note was made: word_of */
    size_t told_count, told_cap;
    size_t before; /* of a worker: those that were told before its part of the file */
    bool primed;   /* it has begun with such a part */
    personal_member members[MEMBERS]; /* by key, in this: */
    uint32_t generation;              /* of the keys */
    bool nomem;
} personal_stage;

static bool is_mail_char(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
           (c && strchr("._%+-", c));
}

/* info, contact and the like, as far as the first mark: contact.paris@ too. */
static bool is_office(ta_text local) {
    static const char *const offices[] = {
        "info",     "contact",     "office",         "mail",          "hello",     "bonjour",
        "accueil",  "admin",       "post",           "kontakt",       "service",   "support",
        "team",     "secretariat", "presse",         "press",         "sales",     "welcome",
        "contatti", "segreteria",  "contacto",       "communication", "webmaster", "noreply",
        "no",       "direction",   "administration", "helpdesk",      "rh",        "hr",
        "jobs"};
    size_t len = 0;
    while (len < local.len && !strchr(".-_+", local.data[len]))
        len++;
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (strlen(offices[i]) == len && !strncasecmp(local.data, offices[i], len))
            return true;
    return false;
}

/* An address with a dot behind its @, not of an office. */
static bool holds_person(ta_text text) {
    for (size_t at = 0; at < text.len; at++) {
        const char *sign = memchr(text.data + at, '@', text.len - at);
        if (!sign)
            return false;
        size_t start = at = (size_t)(sign - text.data), end = at + 1;
        while (start > 0 && is_mail_char(text.data[start - 1]))
            start--;
        while (end < text.len && is_mail_char(text.data[end]))
            end++;
        ta_text local = {text.data + start, at - start};
        if (local.len && memchr(sign + 1, '.', end - at - 1) && !is_office(local))
            return true;
    }
    return false;
}

/* The digits of a number that begins here, with single marks between; 0: there is none. */
static size_t count_dialled(ta_text text, size_t at, size_t *marks) {
    size_t digits = 0;
    bool plus = text.data[at] == '+', mark = false;
    for (at += plus; at < text.len; at++) {
        char c = text.data[at];
        bool digit = c >= '0' && c <= '9';
        if (!digit && (!c || !strchr(" .-()", c) || (mark && c != '(' && c != ')')))
            break;
        digits += digit;
        mark = !digit && c != '(' && c != ')';
        *marks += !digit;
    }
    return digits <= 15 ? digits : 0;
}

/* +33 5 99 00 12 34, 05 99 00 12 34: from + on, or in groups from a zero on. */
static bool holds_number(ta_text text) {
    for (size_t at = 0; at < text.len; at++) {
        char c = text.data[at], before = at ? text.data[at - 1] : ' ';
        size_t marks = 0;
        if ((c != '+' && c != '0') || (before != ' ' && before != ':' && before != '('))
            continue;
        size_t digits = count_dialled(text, at, &marks);
        if (digits >= DIGITS_LEAST && (c == '+' || marks >= 3))
            return true;
    }
    return false;
}

/* A field's name, hashed, and what it holds. */
static uint64_t word_of(const personal_stage *personal, uint32_t key, bool number) {
    const ta_key *name = &personal->record->keys->items[key];
    return (ta_hash(name->text, name->len) & ~(uint64_t)1) | number;
}

static bool is_told(const personal_stage *personal, uint64_t word) {
    for (size_t i = 0; i < personal->told_count; i++)
        if (personal->told[i] == word)
            return true;
    return false;
}

/* Notes that a field is told. False: it was before, or there is no memory. */
static bool note_told(personal_stage *personal, uint64_t word) {
    if (is_told(personal, word))
        return false;
    if (!ta_array_grow(&personal->told, &personal->told_cap, personal->told_count + 1,
                       sizeof *personal->told)) {
        personal->nomem = true;
        return false;
    }
    personal->told[personal->told_count++] = word;
    return true;
}

static void tell_personal_text(personal_stage *personal, const ta_node *node, uint32_t key,
                               ta_code code) {
    if (!note_told(personal, word_of(personal, key, code == TA_F_PERSONAL_PHONE)))
        return;
    personal->members[key % MEMBERS].key = TA_KEY_NONE; /* may be silent from now on */
    const ta_key *word = &personal->record->keys->items[key];
    ta_buf name = {0};
    ta_say_flat((ta_text){word->text, word->len}, &name);
    ta_find_at(personal->finder, personal->record, node, TA_PART_VALUE,
               &(ta_finding){.code = code, .name = ta_buf_text(&name)});
    personal->nomem |= name.failed;
    ta_buf_fini(&name);
}

/* Of what the schema says more (a code, an identifier, a page) nothing is guessed. */
static bool is_free_text(const ta_shape *shape) {
    return !shape || (!shape->codes && !shape->format &&
                      (!shape->normalize || !strcmp(shape->normalize, "blanks")));
}

static void learn_member(const personal_stage *personal, const ta_shape *within, uint32_t key,
                         personal_member *member) {
    const ta_shape *shape = ta_shape_member_of(within, key);
    bool hidden = shape ? shape->personal : within && within->personal_inside;
    bool told = is_told(personal, word_of(personal, key, false)) &&
                is_told(personal, word_of(personal, key, true));
    *member = (personal_member){.within = within,
                                .shape = shape,
                                .key = key,
                                .hidden = hidden,
                                .silent = hidden || told || !is_free_text(shape)};
}

static const personal_member *find_member(personal_stage *personal, const ta_shape *within,
                                          uint32_t key) {
    personal_member *member = &personal->members[key % MEMBERS];
    if (member->key != key || member->within != within)
        learn_member(personal, within, key, member);
    return member;
}

/* Whether an @ stands in a text, or as many digits as the shortest number has. */
static bool may_be_personal(const ta_record *record, const ta_node *node) {
    if (node->kind != TA_TEXT || node->text_len < TEXT_LEAST)
        return false;
    ta_text text = ta_node_text(record, node);
    if (text.len > TA_MASK_BYTES)
        return true;
    uint64_t digits = 0, signs = 0;
    for (size_t at = 0; at < text.len; at += TA_CHUNK) {
        ta_chunk chunk = ta_chunk_load(text.data + at);
        digits |= ta_chunk_between(chunk, '0', '9') << at;
        signs |= ta_chunk_of(chunk, '@') << at;
    }
    digits &= ta_mask_full(text.len);
    return signs & ta_mask_full(text.len) ||
           (digits && __builtin_popcountll(digits) >= DIGITS_LEAST);
}

static void look_at_text(personal_stage *personal, const ta_node *node, uint32_t key) {
    ta_text text = ta_node_text(personal->record, node);
    if (holds_person(text))
        tell_personal_text(personal, node, key, TA_F_PERSONAL_EMAIL);
    if (text.len > DIGITS_LEAST && holds_number(text))
        tell_personal_text(personal, node, key, TA_F_PERSONAL_PHONE);
}

static void look_at_node(personal_stage *personal, const ta_shape *shape, const ta_node *node,
                         uint32_t key);

/* Whether it is remembered that nothing would be said of a text. */
static inline bool is_silent(const personal_stage *personal, const ta_shape *within,
                             const ta_node *node) {
    const personal_member *known = &personal->members[node->key % MEMBERS];
    return known->silent && known->key == node->key && known->within == within;
}

/* Most texts are done with before their place is looked for. */
static void look_at_member(personal_stage *personal, const ta_shape *within,
                           const ta_node *node) {
    bool text = node->kind == TA_TEXT;
    if (personal->members[node->key % MEMBERS].key == TA_KEY_NONE)
        find_member(personal, within, node->key);
    if (text && (is_silent(personal, within, node) || !may_be_personal(personal->record, node)))
        return;
    const personal_member *member = find_member(personal, within, node->key);
    if (!text && !member->hidden)
        look_at_node(personal, member->shape, node, node->key);
    else if (text && !member->silent)
        look_at_text(personal, node, node->key);
}

/* Depth is bounded by the reader's. */
static void look_at_node(personal_stage *personal, const ta_shape *shape, const ta_node *node,
                         uint32_t key) {
    if (shape && shape->personal)
        return;
    if (node->kind < TA_ARRAY) {
        if (is_free_text(shape) && may_be_personal(personal->record, node))
            look_at_text(personal, node, key);
        return;
    }
    const ta_shape *items = shape ? shape->items : NULL;
    bool hidden = shape && !items && shape->personal_inside, keyed = node->kind == TA_OBJECT;
    const ta_node *end = ta_node_end(node);
    for (const ta_node *c = ta_node_first(node); c < end; c = ta_node_next(c)) {
        bool quiet = c->kind == TA_TEXT ? c->text_len < TEXT_LEAST : c->kind < TA_TEXT;
        if (quiet || (c->kind == TA_TEXT && keyed && is_silent(personal, shape, c)))
            continue;
        if (keyed)
            look_at_member(personal, shape, c);
        else if (!hidden)
            look_at_node(personal, items, c, key);
    }
}

/* What is remembered of them may no longer hold. */
static void forget_members(personal_stage *personal) {
    for (size_t i = 0; i < MEMBERS; i++)
        personal->members[i].key = TA_KEY_NONE;
}

static ta_status personal_begin(ta_stage *stage, const ta_head *head) {
    return ta_stage_begin(stage->next, head);
}

static ta_status personal_put(ta_stage *stage, ta_record *record) {
    personal_stage *personal = (personal_stage *)stage;
    personal->record = record;
    if (personal->generation != record->keys->generation)
        forget_members(personal);
    personal->generation = record->keys->generation;
    look_at_node(personal, personal->shape, record->nodes, TA_KEY_NONE);
    return personal->nomem ? TA_ERR_NOMEM : ta_stage_put(stage->next, record);
}

static ta_status personal_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

/* A field that both have told is the lead's to tell: it reads that part itself. */
static ta_status personal_absorb(ta_stage *stage, ta_stage *other, const ta_shift *by) {
    personal_stage *from = (personal_stage *)other, *to = (personal_stage *)stage;
    if (!to) { /* first the file's front, which the lead has read too */
        from->told_count = from->before = from->primed ? from->before : from->told_count;
        from->primed = true;
        forget_members(from);
        return TA_OK;
    }
    for (size_t i = from->before; i < from->told_count; i++)
        if (by)
            (void)note_told(to, from->told[i]);
        else if (is_told(to, from->told[i]))
            return TA_STOP;
    if (by) {
        from->before = from->told_count;
        forget_members(to);
    }
    return to->nomem ? TA_ERR_NOMEM : TA_OK;
}

static void personal_drop(ta_stage *stage) {
    free(((personal_stage *)stage)->told);
    free(stage);
}

static const ta_stage_ops personal_ops = {"personal",   personal_absorb, personal_begin,
                                          personal_put, personal_end,    personal_drop};

ta_stage *ta_normal_personal_new(const ta_shape *shape, ta_finder *finder) {
    personal_stage *personal = calloc(1, sizeof *personal);
    if (!personal)
        return NULL;
    personal->stage.ops = &personal_ops;
    personal->shape = shape;
    personal->finder = finder;
    return &personal->stage;
}
