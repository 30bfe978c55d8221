/* SPDX-License-Identifier: MIT */
/* How keys, texts and attribute values are spelled in XML. */
#include "format/xml/write.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    ESCAPED_MAX = 6,
    LEAF_MAX = 4096, /* what is written in one go: text, blanks before it, names */
    LEAF_INDENT = 48,
    LEAF_NAME = 200,
    LEAF_ROOM = LEAF_MAX + LEAF_INDENT + 2 * LEAF_NAME + 128
};

static void put_slice(ta_xml_writer *w, ta_xml_slice slice) {
    ta_sink_put(w->sink, w->spelled.data + slice.at, slice.len);
}

/* Room in the table for all keys that there are; what was known of keys that went is forgotten.
 */
bool ta_xml_grow_spellings(ta_xml_writer *w) {
    const ta_keys *keys = w->keys;
    size_t before = w->spelling_cap;
    if (w->generation != keys->generation) {
        w->generation = keys->generation;
        w->spelled.len = 0;
        if (before)
            memset(w->spellings, 0, before * sizeof *w->spellings);
    }
    if (keys->count <= before)
        return true;
    if (!ta_array_grow(&w->spellings, &w->spelling_cap, keys->count, sizeof *w->spellings))
        return false;
    memset(w->spellings + before, 0, (w->spelling_cap - before) * sizeof *w->spellings);
    return true;
}

static ta_xml_slice spell_name(ta_xml_writer *w, const char *text, size_t len) {
    ta_xml_slice slice = {.at = (uint32_t)w->spelled.len};
    ta_xml_name_escape(text, len, &w->spelled);
    slice.len = (uint32_t)w->spelled.len - slice.at;
    return slice;
}

const ta_xml_spelling *ta_xml_spell(ta_xml_writer *w, uint32_t key) {
    static const ta_xml_spelling none = {.keyed = true};
    if ((key >= w->spelling_cap || w->generation != w->keys->generation) &&
        !ta_xml_grow_spellings(w)) {
        w->failed = true;
        return &none;
    }
    ta_xml_spelling *s = &w->spellings[key];
    if (s->known)
        return s;
    const ta_key *k = &w->keys->items[key];
    s->known = true;
    s->element = spell_name(w, k->text, k->len);
    const char *text = k->text + (*k->text == '@'), *end = k->text + k->len;
    const char *colon = k->len ? memchr(text, ':', (size_t)(end - text)) : NULL;
    if (colon && colon + 1 < end && ta_xml_name_is(text, (size_t)(colon - text))) {
        s->qualified.at = (uint32_t)w->spelled.len;
        ta_buf_put(&w->spelled, text, (size_t)(colon + 1 - text));
        ta_xml_name_escape(colon + 1, (size_t)(end - colon - 1), &w->spelled);
        s->qualified.len = (uint32_t)w->spelled.len - s->qualified.at;
    }
    s->keyed = !s->element.len || s->element.len > TA_XML_NAME_MAX;
    s->simple = s->element.len && s->element.len <= LEAF_NAME && !s->qualified.len;
    w->failed |= w->spelled.failed;
    return w->failed ? &none : s;
}

static const char plain_name[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789";

/* A name that the schema gives, which may be any text. */
static void put_given_name(ta_xml_writer *w, const char *name) {
    w->scratch.len = 0;
    ta_xml_name_escape(name, strlen(name), &w->scratch);
    w->failed |= w->scratch.failed;
    ta_sink_put(w->sink, w->scratch.data, w->scratch.failed ? 0 : w->scratch.len);
}

void ta_xml_put_name(ta_xml_writer *w, const ta_xml_tag_name *name) {
    if (name->fixed) {
        size_t len = strspn(name->fixed, plain_name);
        bool plain = !name->fixed[len] && *name->fixed >= 'A';
        if (name->given && (!plain || strstr(name->fixed, "_x")))
            put_given_name(w, name->fixed);
        else
            ta_sink_put(w->sink, name->fixed, strlen(name->fixed));
        return;
    }
    const ta_xml_spelling *s = ta_xml_spell(w, name->key);
    if (s->keyed)
        ta_sink_put(w->sink, w->options.plain ? "_" : "ta:item", w->options.plain ? 1 : 7);
    else
        put_slice(w, name->qualified ? s->qualified : s->element);
}

#ifdef __SSE2__

static inline __m128i load(const char *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* Copies len bytes and up to 15 more; returns behind the len. */
static inline char *copy(char *to, const char *from, size_t len) {
    for (size_t at = 0; at < len; at += 16)
        _mm_storeu_si128((__m128i *)(void *)(to + at), load(from + at));
    return to + len;
}

/* A bit for each byte that may need an escape. */
static inline unsigned special_bits(__m128i v) {
    const __m128i control = _mm_set1_epi8(0x1F), lead = _mm_set1_epi8((char)0xEF);
    const __m128i amp = _mm_set1_epi8('&'), lt = _mm_set1_epi8('<'), gt = _mm_set1_epi8('>');
    __m128i hit = _mm_cmpeq_epi8(_mm_min_epu8(v, control), v);
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, lead));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, amp));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, lt));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, gt));
    return (unsigned)_mm_movemask_epi8(hit);
}

/* Copies text that needs no escapes; NULL: some byte may. */
static inline char *copy_clean(char *to, ta_text text) {
    for (size_t at = 0; at < text.len; at += 16) {
        __m128i v = load(text.data + at);
        unsigned hits = special_bits(v);
        size_t left = text.len - at;
        if (left < 16)
            hits &= (1U << left) - 1;
        if (hits)
            return NULL;
        _mm_storeu_si128((__m128i *)(void *)(to + at), v);
    }
    return to + text.len;
}

bool ta_xml_put_leaf(ta_xml_writer *w, uint32_t key, ta_text text, ta_xml_hint hint) {
    static const char hints[TA_XML_HINT_COUNT][32] = {
        [TA_XML_HINT_NONE] = ">",
        [TA_XML_HINT_NUMBER] = " ta:type=\"number\">",
        [TA_XML_HINT_BOOLEAN] = " ta:type=\"boolean\">"};
    static const uint8_t hint_len[TA_XML_HINT_COUNT] = {1, 18, 19};
    static const char lines[80] = "\n                                                  ";
    const ta_xml_spelling *s = key < w->spelling_cap ? &w->spellings[key] : NULL;
    size_t indent = (size_t)w->indent * 2 + 1;
    if (!s || !s->simple || text.len > LEAF_MAX || !text.len || indent > LEAF_INDENT)
        return false;
    char *to = ta_sink_room(w->sink, LEAF_ROOM);
    const char *name = w->spelled.data + s->element.at;
    to = copy(to, lines, indent);
    *to = '<';
    to = copy(to + 1, name, s->element.len);
    to = copy(to, hints[hint], hint_len[hint]);
    to = copy_clean(to, text);
    if (!to)
        return false;
    to[0] = '<';
    to[1] = '/';
    to = copy(to + 2, name, s->element.len);
    *to = '>';
    w->sink->at = to + 1;
    return true;
}

#else

bool ta_xml_put_leaf(ta_xml_writer *w, uint32_t key, ta_text text, ta_xml_hint hint) {
    (void)w, (void)key, (void)text, (void)hint;
    return false;
}

#endif

/* The first byte of text that may need an escape: its offset, len for none. */
static size_t find_special(const char *p, size_t len) {
    size_t at = 0;
#ifdef __SSE2__
    for (; at + 16 <= len; at += 16) {
        unsigned hits = special_bits(load(p + at));
        if (hits)
            return at + (size_t)__builtin_ctz(hits);
    }
#endif
    for (; at < len; at++) {
        unsigned char c = (unsigned char)p[at];
        if (c < 0x20 || c == '&' || c == '<' || c == '>' || c == 0xEF)
            break;
    }
    return at;
}

/* The bytes of an odd character at p: a control, U+FFFE or U+FFFF; 0: it is none. */
static size_t match_odd(const char *p, size_t left) {
    unsigned char c = (unsigned char)*p;
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    bool last = c == 0xEF && left >= 3 && (unsigned char)p[1] == 0xBF;
    return last && ((unsigned char)p[2] == 0xBE || (unsigned char)p[2] == 0xBF) ? 3 : 0;
}

bool ta_xml_is_odd(ta_text text) {
    for (size_t at = 0; at < text.len; at++) {
        at += find_special(text.data + at, text.len - at);
        if (at < text.len && match_odd(text.data + at, text.len - at))
            return true;
    }
    return false;
}

static char *put_word(char *to, const char *word) {
    size_t len = strlen(word);
    memcpy(to, word, len);
    return to + len;
}

/* An odd character: with json its escape, else the sign for what cannot be shown. */
static char *put_odd(char *to, const char *p, size_t len, bool json) {
    static const char hex[] = "0123456789abcdef";
    if (!json)
        return put_word(to, "\xEF\xBF\xBD");
    if (len == 3)
        return put_word(to, (unsigned char)p[2] == 0xBE ? "\\ufffe" : "\\uffff");
    to = put_word(to, "\\u00");
    *to++ = hex[(unsigned char)*p >> 4];
    *to++ = hex[*p & 15];
    return to;
}

/* The character at p, which find_special stopped at; *size gets its bytes. */
static char *put_special(char *to, const ta_text *text, size_t at, bool json, size_t *size) {
    const char *p = text->data + at;
    size_t odd = match_odd(p, text->len - at);
    *size = odd ? odd : 1;
    if (odd)
        return put_odd(to, p, odd, json);
    switch (*p) {
    case '&':
        return put_word(to, "&amp;");
    case '<':
        return put_word(to, "&lt;");
    case '\r':
        return put_word(to, "&#13;");
    case '>':
        if (at >= 2 && p[-1] == ']' && p[-2] == ']')
            return put_word(to, "&gt;");
        break;
    default:
        break;
    }
    *to++ = *p;
    return to;
}

/* With backslashes doubled: character by character, since it is rare. */
static void put_json_text(ta_xml_writer *w, ta_text text) {
    for (size_t at = 0; at < text.len;) {
        char *to = ta_sink_room(w->sink, 2 * ESCAPED_MAX);
        size_t size = 1;
        if (text.data[at] == '\\')
            to = put_word(to, "\\\\");
        else
            to = put_special(to, &text, at, true, &size);
        w->sink->at = to;
        at += size;
    }
}

void ta_xml_put_text(ta_xml_writer *w, ta_text text, bool json) {
    if (json) {
        put_json_text(w, text);
        return;
    }
    for (size_t at = 0; at < text.len;) {
        size_t clean = find_special(text.data + at, text.len - at), size;
        ta_sink_put(w->sink, text.data + at, clean);
        at += clean;
        if (at == text.len)
            break;
        char *to = ta_sink_room(w->sink, 2 * ESCAPED_MAX);
        w->sink->at = put_special(to, &text, at, false, &size);
        at += size;
    }
}

void ta_xml_put_value(ta_xml_writer *w, ta_text text) {
    static const char *const escapes[64] = {
        ['&'] = "&amp;", ['<'] = "&lt;",   ['"'] = "&quot;",
        ['\t'] = "&#9;", ['\n'] = "&#10;", ['\r'] = "&#13;"};
    const char *p = text.data, *end = text.len ? p + text.len : p;
    while (p < end) {
        const char *from = p;
        while (p < end && ((unsigned char)*p >= 64 || !escapes[(unsigned char)*p]))
            p++;
        ta_sink_put(w->sink, from, (size_t)(p - from));
        if (p < end) {
            const char *word = escapes[(unsigned char)*p++];
            ta_sink_put(w->sink, word, strlen(word));
        }
    }
}
