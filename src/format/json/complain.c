/* SPDX-License-Identifier: MIT */
/* What people are told when a text is not JSON: what stood there, what should, and what to do
 * about it. */
#include <stdio.h>
#include <strings.h>

#include "format/json/bytes.h"
#include "format/json/json.h"
#include "format/text.h"

enum {
    WORD_MAX = 32,  /* bytes of a misplaced word that a message shows */
    WAY_MAX = 8,    /* levels down to a list that a message names */
    TWINS_MAX = 100 /* duplicate keys reported of one record: each costs a walk over it */
};

/* What complaining needs; all of it lives for one call. */
typedef struct complaint {
    const ta_reading *reading;
    const ta_json_scan *scan;
    const ta_json_opened *opened;
    ta_finding finding;
    ta_related related;
    ta_buf expected, found;
} complaint;

static uint64_t json_offset(const complaint *c, const char *at) {
    const ta_window *window = &c->reading->source->window;
    return window->offset + (uint64_t)(at - window->data);
}

/* The length of the word or number at p, as far as messages show it. */
static size_t json_word_len(const char *p) {
    size_t len = 0;
    while (len < WORD_MAX && ta_json_is_word(p[len]))
        len++;
    return len;
}

/* The last byte before p that is no blank; 0: there is none. */
static char char_before(const complaint *c, const char *p) {
    while (p > c->scan->record->raw) {
        char byte = *--p;
        if (byte != ' ' && byte != '\n' && byte != '\t' && byte != '\r')
            return byte;
    }
    return c->scan->comma ? ',' : 0;
}

/* Words that other languages have, and what they are in JSON. */
static const struct {
    const char *word, *remedy;
} foreign_words[] = {
    {"true", "JSON writes true"}, {"false", "JSON writes false"},
    {"null", "JSON writes null"}, {"none", "JSON writes null"},
    {"nil", "JSON writes null"},  {"undefined", "JSON writes null"},
    {"yes", "JSON writes true"},  {"no", "JSON writes false"},
};

static const char *foreign_remedy(const char *word, size_t len) {
    for (size_t i = 0; i < sizeof foreign_words / sizeof *foreign_words; i++)
        if (strlen(foreign_words[i].word) == len &&
            !strncasecmp(foreign_words[i].word, word, len))
            return foreign_words[i].remedy;
    return "texts stand in double quotes";
}

/* Marks that mean something, but not in JSON, or not here. */
static const struct {
    const char *mark, *words;
} marks[] = {
    {"'", "a single quote: JSON texts and keys stand in double quotes"},
    {"//", "a comment: JSON has none"},
    {"/*", "a comment: JSON has none"},
    {"#", "a comment: JSON has none"},
    {"\xE2\x80\x9C", "a curly quote: JSON has only straight ones"},
    {"\xE2\x80\x9D", "a curly quote: JSON has only straight ones"},
    {"\xE2\x80\x99", "a curly quote: JSON has only straight ones"},
    {"\xC2\xA0", "a no-break space: only plain blanks may stand between values"},
    {"\xEF\xBB\xBF", "a byte order mark inside the text"},
    {",", "a comma"},
    {":", "a colon"},
    {"\n", "the end of the line"},
    {"\r", "the end of the line"},
};

static bool describe_mark(const char *p, ta_buf *out) {
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!strncmp(p, marks[i].mark, strlen(marks[i].mark))) {
            ta_buf_puts(out, marks[i].words);
            return true;
        }
    return false;
}

static void describe_word(complaint *c, const char *p) {
    int len = (int)json_word_len(p);
    ta_buf_printf(&c->found, "%.*s", len, p);
    if (c->scan->fail == TA_JSON_KEY)
        ta_buf_puts(&c->found, ": JSON keys stand in double quotes");
    else if (c->scan->fail == TA_JSON_VALUE)
        ta_buf_printf(&c->found, ": %s", foreign_remedy(p, (size_t)len));
    else if (c->scan->fail == TA_JSON_AFTER)
        ta_buf_puts(&c->found, ": is a comma missing?");
}

/* What stands at p, in words. */
static void describe_found(complaint *c, const char *p) {
    bool wants_value = c->scan->fail == TA_JSON_VALUE || c->scan->fail == TA_JSON_KEY;
    ta_buf *out = &c->found;
    if (p >= c->scan->end) {
        ta_buf_puts(out, "the end of the file");
    } else if ((*p == '}' || *p == ']') && wants_value && char_before(c, p) == ',') {
        ta_buf_printf(out, "%c after a comma: JSON allows no trailing comma", *p);
    } else if (ta_json_is_word(*p)) {
        describe_word(c, p);
    } else if (*p == '"' || *p == '{' || *p == '[') {
        ta_buf_puts(out, *p == '"' ? "a text" : *p == '{' ? "an object" : "a list");
        if (c->scan->fail == TA_JSON_AFTER)
            ta_buf_puts(out, ": is a comma missing?");
    } else if (!describe_mark(p, out)) {
        ta_text_name_char(p, (size_t)(c->scan->end - p), out);
    }
}

/* Points at what is open: the string, the container, what is around. NULL: nothing is. */
static const char *relate_open(complaint *c) {
    const ta_json_scan *scan = c->scan;
    const ta_record *record = scan->record;
    const char *open = NULL, *words = NULL;
    if (scan->fail == TA_JSON_CONTROL) {
        open = scan->string;
        words = "a text";
    } else if (scan->open != TA_JSON_NONE) {
        open = record->raw + record->nodes[scan->open].src;
        words = *open == '{' ? "an object" : "a list";
    } else if (c->opened) {
        c->related.place = c->opened->place;
        words = c->opened->words;
    }
    if (open) {
        uint64_t at = json_offset(c, open);
        c->related.place = ta_place_in(&c->reading->source->window, (ta_span){at, at + 1});
    }
    if (words) {
        c->related.label = "it opens here";
        c->finding.related = &c->related;
        c->finding.related_count = 1;
    }
    return words;
}

/* What of the grammar a number breaks. */
static const char *number_remedy(const char *word, size_t len) {
    const char *digits = word + (*word == '-');
    if (*word == '+')
        return ": no plus stands before it";
    if (len == (size_t)(digits - word))
        return ": a digit comes after the minus";
    if (!strncasecmp(digits, "nan", 3) || !strncasecmp(digits, "inf", 3))
        return ": write null, or leave the value out";
    if (*digits == '.')
        return ": a digit comes before the point";
    if (*digits == '0' && (digits[1] | 0x20) == 'x')
        return ": write it with decimal digits";
    if (*digits == '0' && digits[1] >= '0' && digits[1] <= '9')
        return ": no zeros stand before it; a code such as 007 stands in quotes";
    if (memchr(word, '_', len))
        return ": no underscores stand in it";
    if (memchr(word, '.', len) || memchr(word, 'e', len) || memchr(word, 'E', len))
        return ": one point at most, and digits after the point and the e";
    return ": texts stand in double quotes";
}

static void complain_number(complaint *c) {
    const char *word = c->scan->at;
    size_t len = json_word_len(word);
    c->finding.code = TA_F_JSON_NUMBER;
    c->finding.expected = number_remedy(word, len);
    ta_buf_put(&c->found, word, len);
}

static void complain_control(complaint *c) {
    unsigned char byte = (unsigned char)*c->scan->at;
    c->finding.code = TA_F_JSON_STRING;
    if (byte == '\n' || byte == '\r') {
        ta_buf_puts(&c->found, "a line break");
        c->finding.expected = byte == '\n' ? "\\n" : "\\r";
        relate_open(c);
    } else if (byte == '\t') {
        ta_buf_puts(&c->found, "a tab");
        c->finding.expected = "\\t";
    } else {
        ta_buf_printf(&c->found, "the control character U+%04X", byte);
        ta_buf_printf(&c->expected, "\\u%04x", byte);
    }
}

static void complain_escape(complaint *c) {
    const char *p = c->scan->at;
    int len = 2;
    c->finding.code = TA_F_JSON_STRING;
    if (c->scan->fail == TA_JSON_SURROGATE) {
        c->finding.code = TA_F_JSON_SURROGATE;
        len = 6;
    } else if (p[1] == 'u') {
        while (len < 6 && ta_json_is_word(p[len]))
            len++;
        c->finding.expected = "\\u and four hexadecimal digits";
    } else {
        c->finding.expected = "\\\\ if a backslash is meant";
        if (p[1] & 0x80 || ta_json_is_special(p[1]))
            len = 1;
    }
    ta_buf_printf(&c->found, "%s%.*s", len == 1 ? "a lone " : "", len, p);
}

static void complain_syntax(complaint *c) {
    static const char *const values[] = {
        [TA_JSON_VALUE] = "a value",
        [TA_JSON_KEY] = "a key in double quotes",
        [TA_JSON_COLON] = "a colon after the key",
        [TA_JSON_LINE] = "the end of the line after the value",
    };
    const ta_json_scan *scan = c->scan;
    c->finding.code = TA_F_JSON_SYNTAX;
    if (scan->fail == TA_JSON_AFTER) {
        char closer = c->opened ? c->opened->closer : ']';
        if (scan->open != TA_JSON_NONE)
            closer = scan->record->nodes[scan->open].kind == TA_OBJECT ? '}' : ']';
        ta_buf_printf(&c->expected, "a comma or %c", closer);
        relate_open(c);
    } else {
        c->finding.expected = values[scan->fail];
    }
    describe_found(c, scan->at);
}

/* Whether what stands there was meant as a number, though it begins like none. */
static bool looks_like_number(const char *p) {
    p += *p == '-' || *p == '+';
    if (*p == '.')
        p++;
    size_t len = json_word_len(p);
    return (*p >= '0' && *p <= '9') || (len == 3 && !strncasecmp(p, "nan", 3)) ||
           (len == 3 && !strncasecmp(p, "inf", 3)) ||
           (len == 8 && !strncasecmp(p, "infinity", 8));
}

static void complain_text(complaint *c) {
    const ta_json_scan *scan = c->scan;
    const char *open = scan->at >= scan->end ? relate_open(c) : NULL;
    if (open) {
        c->finding.code = TA_F_JSON_END;
        ta_buf_puts(&c->found, open);
    } else if (scan->fail == TA_JSON_CONTROL) {
        complain_control(c);
    } else if (scan->fail == TA_JSON_ESCAPE || scan->fail == TA_JSON_SURROGATE) {
        complain_escape(c);
    } else if (scan->fail == TA_JSON_NUMBER ||
               (scan->fail == TA_JSON_VALUE && looks_like_number(scan->at))) {
        complain_number(c);
    } else {
        complain_syntax(c);
    }
}

static ta_status complain_depth(const complaint *c) {
    char levels[16];
    snprintf(levels, sizeof levels, "%u", c->scan->depth_max + c->scan->above);
    uint64_t at = json_offset(c, c->scan->at);
    ta_find_in(c->reading->finder, &c->reading->source->window, (ta_span){at, at + 1},
               c->reading->record->number,
               &(ta_finding){.code = TA_F_RECORD_DEPTH, .expected = levels});
    return TA_ERR_INPUT;
}

ta_status ta_json_complain(const ta_reading *reading, const ta_json_scan *scan,
                           const ta_json_opened *opened) {
    complaint c = {.reading = reading, .scan = scan, .opened = opened};
    ta_source *source = reading->source;
    uint64_t at = json_offset(&c, scan->at);
    if (scan->fail == TA_JSON_MEMORY)
        return TA_ERR_NOMEM;
    if (source->bad <= at) {
        ta_text_report_bad(reading, reading->record->number);
        return TA_ERR_INPUT;
    }
    if (scan->fail == TA_JSON_DEPTH)
        return complain_depth(&c);
    complain_text(&c);
    c.finding.found = ta_buf_text(&c.found);
    if (!c.finding.expected)
        c.finding.expected = ta_buf_text(&c.expected);
    size_t len = json_word_len(scan->at);
    ta_span span = {at, scan->at < scan->end ? at + (len ? len : 1) : at};
    ta_find_in(reading->finder, &source->window, span, reading->record->number, &c.finding);
    bool memory = c.found.failed || c.expected.failed;
    ta_buf_fini(&c.found);
    ta_buf_fini(&c.expected);
    return memory ? TA_ERR_NOMEM : TA_ERR_INPUT;
}

/* The second of two keys, with the first as its related place. */
static void report_json_twin(const ta_reading *reading, uint32_t first, uint32_t second,
                             bool last) {
    const ta_record *record = reading->record;
    const ta_key *key = &record->keys->items[record->nodes[second].key];
    ta_related related = {ta_place_of(record, &record->nodes[first], TA_PART_KEY),
                          "the first one"};
    ta_buf name = {0};
    ta_buf_printf(&name, "\"%.*s\"", (int)key->len, key->text);
    ta_find_at(reading->finder, record, &record->nodes[second], TA_PART_KEY,
               &(ta_finding){.code = TA_F_RECORD_DUPLICATE,
                             .name = ta_buf_text(&name),
                             .detail = last ? "more of this record are not listed" : NULL,
                             .related = &related,
                             .related_count = 1});
    ta_buf_fini(&name);
}

/* The twins in one object, at most `rest` of them; how many are left to report after it. */
static int report_json_object_twins(const ta_reading *reading, const ta_node *object,
                                    int rest) {
    ta_record *record = reading->record;
    uint64_t serial = ++record->keys->serial;
    const ta_node *end = ta_node_end(object);
    for (const ta_node *c = ta_node_first(object); rest && c < end; c = ta_node_next(c)) {
        ta_key *key = &record->keys->items[c->key];
        if (key->stamp == serial) {
            rest--;
            report_json_twin(reading, key->stamp_node, ta_node_index(record, c), !rest);
        } else {
            key->stamp = serial;
            key->stamp_node = ta_node_index(record, c);
        }
    }
    return rest;
}

void ta_json_report_twins(const ta_reading *reading) {
    const ta_record *record = reading->record;
    int rest = TWINS_MAX;
    for (uint32_t i = 0; rest && i < record->count; i++)
        if (record->nodes[i].kind == TA_OBJECT)
            rest = report_json_object_twins(reading, &record->nodes[i], rest);
}

static void put_json_way(const ta_record *record, const ta_node *const *way, uint32_t steps,
                         ta_buf *out) {
    for (uint32_t i = 0; i < steps; i++) {
        const ta_key *key = &record->keys->items[way[i]->key];
        ta_buf_puts(out, i ? "." : "");
        ta_path_put_step(out, key->text, key->len, '.');
    }
}

bool ta_json_put_streamable(const ta_record *record, ta_buf *out) {
    const ta_node *way[WAY_MAX + 1] = {NULL}, *first = NULL;
    if (!record->count || record->nodes[0].kind != TA_OBJECT)
        return false;
    for (uint32_t i = 1; i < record->count; i++) {
        const ta_node *node = &record->nodes[i];
        if (node->depth <= WAY_MAX)
            way[node->depth] = node;
        if (!first && node->depth == 1 && node->kind == TA_ARRAY)
            first = node;
    }
    /* Down to the last node, what was seen last on each level is what is open. */
    uint32_t depth = record->nodes[record->count - 1].depth;
    for (uint32_t i = 1; i <= depth && i <= WAY_MAX; i++)
        if (way[i] && way[i]->kind == TA_ARRAY) {
            put_json_way(record, way + 1, i, out);
            return true;
        }
    if (first)
        put_json_way(record, &first, 1, out);
    return first;
}

ta_status ta_json_report_size(const ta_reading *reading) {
    const ta_record *record = reading->record;
    ta_window *window = &reading->source->window;
    uint64_t start = window->offset + (uint64_t)(record->raw - window->data);
    ta_buf remedy = {0};
    bool whole = reading->head->form == TA_FORM_DOCUMENT && !reading->options->lines;
    ta_buf_puts(&remedy, "; --records ");
    if (whole && ta_json_put_streamable(record, &remedy))
        ta_buf_puts(&remedy, " would stream it");
    else
        remedy.len = 0;
    ta_text_report_size(reading, start, record->number, ta_buf_text(&remedy));
    ta_buf_fini(&remedy);
    return TA_ERR_INPUT;
}
