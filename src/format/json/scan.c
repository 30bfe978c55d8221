/* SPDX-License-Identifier: MIT */
/*
 * The scanner: one pass over one value (RFC 8259), a node for each value, no recursion. The
 * nodes of open containers are the stack: until it closes, `text_len` of a container holds its
 * parent's index, and `text` the largest key so far. An object whose keys only rise has none
 * twice, so that few are looked at again.
 *
 * Pointers are checked nowhere: a window ends in NULs, which stop every run, and what stops
 * near the end is scanned again with more bytes (ta_json_stop).
 */
#include "format/json/bytes.h"
#include "format/json/json.h"

enum {
    MAY_HAVE_TWINS = 0x80, /* flag of an open object: its keys do not only rise */
    LOOK_AHEAD = 64        /* no token but strings and numbers is longer than this */
};

const char *ta_json_stop(ta_json_scan *scan, const char *at, const char *seen,
                         ta_json_fail fail) {
    bool near = seen >= scan->end || scan->end - seen < LOOK_AHEAD;
    scan->fail = near && !scan->ended && fail != TA_JSON_MEMORY ? TA_JSON_MORE : fail;
    scan->at = at;
    return NULL;
}

/* Whether a number or word ends here; false also where the window ends and the next byte is not
 * known. */
static inline bool ends_json_token(const ta_json_scan *scan, const char *p) {
    if (TA_LIKELY(*p == ',' || *p == '}'))
        return true;
    return p < scan->end ? !ta_json_is_word(*p) : scan->ended;
}

static inline const char *skip_json_blanks(const ta_json_scan *scan, const char *p) {
    if (TA_LIKELY((unsigned char)*p > ' '))
        return p;
    if (*p == ' ' && (unsigned char)p[1] > ' ')
        return p + 1;
    return ta_json_blanks(p, scan->lines ? ' ' : '\n');
}

/* A node for the value at p, counted in its container. */
static inline ta_node *push_json_node(ta_json_scan *scan, ta_kind kind, const char *p,
                                      uint32_t key) {
    ta_record *record = scan->record;
    if (TA_UNLIKELY(record->count == record->cap) && !ta_record_grow(record, 1)) {
        ta_json_stop(scan, p, p, TA_JSON_MEMORY);
        return NULL;
    }
    if (TA_LIKELY(scan->open != TA_JSON_NONE))
        record->nodes[scan->open].count++;
    ta_node *node = &record->nodes[record->count++];
    *node = (ta_node){
        .kind = (uint8_t)kind,
        .flags = key ? 0 : TA_NODE_KEYLESS,
        .depth = (uint16_t)scan->depth,
        .key = key,
        .size = 1,
        .src = (uint32_t)(p - record->raw),
    };
    return node;
}

static inline const char *scan_json_text(ta_json_scan *scan, const char *p, uint32_t key) {
    ta_node *node = push_json_node(scan, TA_TEXT, p, key);
    if (TA_UNLIKELY(!node))
        return NULL;
    const char *end = ta_json_run(p + 1);
    if (TA_LIKELY(*end == '"')) {
        node->flags |= TA_NODE_PLAIN;
        node->text = node->src + 1;
        node->text_len = (uint32_t)(end - p - 1);
        node->src_len = node->text_len + 2;
        return end + 1;
    }
    const ta_buf *arena = &scan->record->arena;
    node->flags |= TA_NODE_ARENA;
    node->text = (uint32_t)arena->len;
    end = ta_json_unescape(scan, p);
    if (!end)
        return NULL;
    node->text_len = (uint32_t)arena->len - node->text;
    node->src_len = (uint32_t)(end - p);
    return end;
}

static inline bool is_json_digit(char c) {
    return (unsigned char)(c - '0') <= 9;
}

/* The end of digits of which there must be one; NULL: there is none. */
static inline const char *scan_json_digits(const char *p) {
    if (!is_json_digit(*p))
        return NULL;
    do {
        p++;
    } while (is_json_digit(*p));
    return p;
}

/* Behind the number at p; NULL: it breaks the grammar, and *seen says how far it went. */
static inline const char *match_json_number(const char *p, const char **seen) {
    p += *p == '-';
    const char *end = *p == '0' ? p + 1 : scan_json_digits(p);
    if (end && *end == '.') {
        p = end + 1;
        end = scan_json_digits(p);
    }
    if (end && (*end == 'e' || *end == 'E')) {
        p = end + 1;
        p += *p == '+' || *p == '-';
        end = scan_json_digits(p);
    }
    *seen = end ? end : p;
    return end;
}

static inline const char *scan_json_number(ta_json_scan *scan, const char *p, uint32_t key) {
    const char *seen;
    const char *end = match_json_number(p, &seen);
    if (TA_UNLIKELY(!end || !ends_json_token(scan, end)))
        return ta_json_stop(scan, p, seen, TA_JSON_NUMBER);
    ta_node *node = push_json_node(scan, TA_NUMBER, p, key);
    if (TA_UNLIKELY(!node))
        return NULL;
    node->text = node->src;
    node->text_len = node->src_len = (uint32_t)(end - p);
    return end;
}

static inline const char *scan_json_word(ta_json_scan *scan, const char *p, uint32_t key,
                                         ta_kind kind) {
    static const char words[3][8] = {"null", "false", "true"};
    size_t len = kind == TA_FALSE ? 5 : 4;
    if (memcmp(p, words[kind], len) != 0 || !ends_json_token(scan, p + len))
        return ta_json_stop(scan, p, p + len, TA_JSON_VALUE);
    ta_node *node = push_json_node(scan, kind, p, key);
    if (TA_UNLIKELY(!node))
        return NULL;
    node->src_len = (uint32_t)len;
    return p + len;
}

static inline const char *scan_json_scalar(ta_json_scan *scan, const char *p, uint32_t key) {
    if (*p == '"')
        return scan_json_text(scan, p, key);
    if (is_json_digit(*p) || *p == '-')
        return scan_json_number(scan, p, key);
    if (*p == 't')
        return scan_json_word(scan, p, key, TA_TRUE);
    if (*p == 'f')
        return scan_json_word(scan, p, key, TA_FALSE);
    if (*p == 'n')
        return scan_json_word(scan, p, key, TA_NULL);
    return ta_json_stop(scan, p, p, TA_JSON_VALUE);
}

/* Returns behind the bracket at p. The first key of an object is predicted from the key that
 * names the object or the list around it. */
static const char *open_json_container(ta_json_scan *scan, const char *p, uint32_t key) {
    uint32_t parent = scan->open;
    if (scan->depth >= scan->depth_max)
        return ta_json_stop(scan, p, p, TA_JSON_DEPTH);
    ta_node *node = push_json_node(scan, *p == '{' ? TA_OBJECT : TA_ARRAY, p, key);
    if (!node)
        return NULL;
    if (node->kind == TA_OBJECT && !key)
        scan->key = parent == TA_JSON_NONE ? TA_KEY_NONE : scan->record->nodes[parent].key;
    node->text_len = parent;
    scan->open = ta_node_index(scan->record, node);
    scan->depth++;
    return p + 1;
}

/* p: the closing bracket. */
static void close_json_container(ta_json_scan *scan, const char *p) {
    ta_record *record = scan->record;
    ta_node *node = &record->nodes[scan->open];
    node->size = record->count - scan->open;
    node->src_len = (uint32_t)(p + 1 - record->raw) - node->src;
    scan->open = node->text_len;
    node->text = node->text_len = 0;
    scan->depth--;
    if (TA_UNLIKELY(node->flags & MAY_HAVE_TWINS)) {
        uint32_t first;
        node->flags &= (uint8_t)~MAY_HAVE_TWINS;
        scan->twins |= ta_record_twin(record, node, &first) != 0;
    }
}

/* A key that was not predicted: behind its closing quote, and its index in scan->key. */
static const char *look_up_json_key(ta_json_scan *scan, const char *p) {
    const char *text = p + 1, *end = ta_json_run(text);
    ta_buf *arena = &scan->record->arena;
    size_t before = arena->len, len = (size_t)(end - text);
    if (*end == '"') {
        end++;
    } else {
        end = ta_json_unescape(scan, p);
        if (!end)
            return NULL;
        text = arena->data + before;
        len = arena->len - before;
        arena->len = before;
    }
    uint32_t index = ta_keys_get(scan->keys, text, len);
    if (!index)
        return ta_json_stop(scan, p, p, TA_JSON_MEMORY);
    scan->keys->items[scan->key].after = index;
    scan->key = index;
    return end;
}

/* The key at p with its colon: returns where its value begins, and its index in scan->key. */
static inline const char *scan_json_key(ta_json_scan *scan, const char *p) {
    if (TA_UNLIKELY(*p != '"'))
        return ta_json_stop(scan, p, p, TA_JSON_KEY);
    const ta_key *items = scan->keys->items;
    uint32_t guess = items[scan->key].after;
    const ta_key *key = &items[guess];
    if (TA_LIKELY(guess && key->plain &&
                  ta_bytes_same(p + 1, key->text, (size_t)key->len + 1))) {
        scan->key = guess;
        p += key->len + 2;
    } else {
        p = look_up_json_key(scan, p);
        if (!p)
            return NULL;
    }
    ta_node *object = &scan->record->nodes[scan->open];
    if (TA_UNLIKELY(scan->key <= object->text))
        object->flags |= MAY_HAVE_TWINS;
    object->text = scan->key;
    p = skip_json_blanks(scan, p);
    if (TA_UNLIKELY(*p != ':'))
        return ta_json_stop(scan, p, p, TA_JSON_COLON);
    return skip_json_blanks(scan, p + 1);
}

/* From behind a value (opened: behind a bracket) to the next member or item: closes what closes
 * there and passes the comma. With nothing open any more: behind the whole. */
static inline const char *step_json(ta_json_scan *scan, const char *p, bool opened) {
    while (scan->open != TA_JSON_NONE) {
        p = skip_json_blanks(scan, p);
        if (TA_LIKELY(*p == ',' && !opened))
            return skip_json_blanks(scan, p + 1);
        char closer = scan->record->nodes[scan->open].kind == TA_OBJECT ? '}' : ']';
        if (*p == closer)
            close_json_container(scan, p++);
        else if (opened)
            return p;
        else
            return ta_json_stop(scan, p, p, TA_JSON_AFTER);
        opened = false;
    }
    return p;
}

static bool finish_json_value(ta_json_scan *scan, const char *p) {
    scan->fail = TA_JSON_DONE;
    scan->at = p;
    return true;
}

bool ta_json_scan_value(ta_json_scan *scan) {
    const char *p = scan->record->raw;
    uint32_t key = TA_KEY_NONE;
    scan->open = TA_JSON_NONE;
    scan->key = TA_KEY_NONE;
    scan->depth = 0;
    scan->twins = false;
    scan->string = NULL;
    for (;;) {
        bool opened = *p == '{' || *p == '[';
        p = opened ? open_json_container(scan, p, key) : scan_json_scalar(scan, p, key);
        if (TA_UNLIKELY(!p))
            return false;
        p = step_json(scan, p, opened);
        if (TA_UNLIKELY(!p))
            return false;
        if (scan->open == TA_JSON_NONE)
            return finish_json_value(scan, p);
        key = TA_KEY_NONE;
        if (TA_LIKELY(scan->record->nodes[scan->open].kind == TA_OBJECT)) {
            p = scan_json_key(scan, p);
            if (TA_UNLIKELY(!p))
                return false;
            key = scan->key;
        }
    }
}
