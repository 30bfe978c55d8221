/* SPDX-License-Identifier: MIT */
#include "record/finding.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "record/absorb.h"
#include "record/namer.h"
#include "record/path.h"
#include "record/screen.h"
#include "record/stage.h"

void ta_finder_init(ta_finder *finder, void (*put)(void *to, const ta_finding *finding),
                    void *to) {
    memset(finder, 0, sizeof *finder);
    finder->put = put;
    finder->to = to;
    for (int i = 0; i < TA_CODE_COUNT; i++)
        finder->levels[i] = ta_codes[i].level;
}

static bool has_lost_words(const ta_finding *f) {
    const char *const words[] = {f->name,   f->expected,   f->found, f->replacement,
                                 f->detail, f->message,    f->path,  f->pointer,
                                 f->column, f->record_key, f->fixed};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i] == ta_buf_lost)
            return true;
    return false;
}

ta_finder ta_finder_relay(const ta_finder *outer,
                          void (*put)(void *to, const ta_finding *finding), void *to) {
    ta_finder finder = {.put = put, .to = to};
    finder.lineless = outer->lineless;
    memcpy(finder.levels, outer->levels, sizeof finder.levels);
    return finder;
}

void ta_finder_count(ta_finder *finder, ta_level level, uint64_t count) {
    finder->errors += level == TA_ERROR ? count : 0;
    finder->warnings += level == TA_WARNING ? count : 0;
    finder->notes += level == TA_NOTE ? count : 0;
}

/* A rule's own severity only ever lowers an error: an option's word comes first. */
static ta_level level_of(const ta_finder *finder, const ta_finding *f) {
    ta_level level = finder->levels[f->code];
    bool wished = f->level_wish && level == ta_codes[f->code].level && level != TA_LEVEL_IGNORE;
    return wished ? (ta_level)(f->level_wish - 1) : level;
}

void ta_find(ta_finder *finder, const ta_finding *finding) {
    ta_finding f = *finding;
    finder->no_memory |= has_lost_words(finding);
    f.level = level_of(finder, finding);
    if (finder->knows && (f.level == TA_ERROR || f.level == TA_WARNING) &&
        finder->knows(finder->knows_to, &f)) {
        finder->known++;
        return;
    }
    ta_finder_count(finder, f.level, 1);
    if (f.level != TA_LEVEL_IGNORE)
        finder->put(finder->to, &f);
}

/* Without its line. */
static ta_place bare_place(ta_window *window, ta_span span) {
    ta_place place = {.file = window->file, .span = span};
    place.from = ta_window_where(window, span.start);
    place.to = span.end > span.start ? ta_window_where(window, span.end) : place.from;
    return place;
}

static ta_place place_in(ta_window *window, ta_span span) {
    ta_place place = bare_place(window, span);
    place.line = ta_window_line(window, span.start, &place.line_len);
    size_t at = span.start < window->offset ? 0 : (size_t)(span.start - window->offset);
    const char *here = window->data + (at < window->len ? at : window->len);
    bool whole = place.line > window->data && place.line[-1] == '\n';
    place.line_skip =
        whole ? 0
              : place.from.column - 1 - ta_utf8_count(place.line, (size_t)(here - place.line));
    return place;
}

/* A line whose values cannot be told apart is not shown where some are personal. */
ta_place ta_place_in(ta_window *window, ta_span span) {
    return window->screen ? bare_place(window, span) : place_in(window, span);
}

static void shift_where(ta_where *where, const ta_shift *by) {
    if (where->line == 1)
        where->column += by->at.column - 1;
    where->line += by->at.line - 1;
}

void ta_place_shift(ta_place *place, const ta_shift *by) {
    bool inside = !place->span.end || place->span.start >= by->offset;
    if (!place->from.line || !inside || !place->file || strcmp(place->file, by->file) != 0)
        return;
    if (place->from.line == 1 && place->line)
        place->line_skip += by->at.column - 1;
    shift_where(&place->from, by);
    shift_where(&place->to, by);
}

ta_place ta_place_keep(ta_window *window, ta_span span) {
    return bare_place(window, span);
}

static void locate_node(const ta_record *record, const ta_node *node, ta_located *out) {
    memset(out, 0, sizeof *out);
    uint64_t base = record->window->offset + (uint64_t)(record->raw - record->window->data);
    out->value = (ta_span){base + node->src, base + node->src + node->src_len};
    out->key = out->value;
    if (record->head && record->head->locate)
        record->head->locate(record, node, out);
    if (!out->window)
        out->window = record->window;
}

ta_place ta_place_of(const ta_record *record, const ta_node *node, ta_part part) {
    ta_located at;
    locate_node(record, node, &at);
    return ta_place_in(at.window, part == TA_PART_KEY ? at.key : at.value);
}

ta_where ta_where_of(const ta_record *record, const ta_node *node) {
    ta_located at;
    locate_node(record, node, &at);
    return ta_window_where(at.window, at.value.start);
}

/* How a fix is written in the node's place: not where its value is kept back, nor where the
 * place cannot say it. */
static const char *spell_fix(const ta_record *record, const ta_node *node,
                             const ta_finding *finding, ta_buf *out) {
    const ta_head *head = record->head;
    bool known = finding->fix && head && head->locate && head->respell && node->src_len &&
                 node->kind < TA_ARRAY && finding->fix->kind < TA_ARRAY;
    return known && !head->respell(record, node, finding->fix, out) ? ta_buf_text(out) : NULL;
}

static uint64_t mix_kin(uint64_t kin, uint64_t with) {
    kin = (kin ^ with) * 0x9E3779B97F4A7C15u;
    return kin ^ kin >> 32;
}

static uint64_t mix_text(uint64_t kin, const char *text) {
    return text ? mix_kin(kin, ta_hash(text, strlen(text))) : kin;
}

/* Where there are columns, each item has its own. */
static uint64_t kin_of(const ta_record *record, const ta_node *node, const ta_finding *f) {
    bool columns = record->head && record->head->columns;
    uint64_t kin = mix_kin((uint64_t)f->code << 8 | (uint64_t)f->level_wish,
                           (uint64_t)(uintptr_t)record->window->file);
    kin = mix_text(mix_text(kin, f->rule_id), f->column);
    const ta_node *at = record->nodes;
    if (node->depth == 1 && at->kind == TA_OBJECT)
        return mix_kin(kin, record->keys->items[node->key].hash) | 1;
    while (at != node) {
        uint32_t index;
        const ta_node *child = ta_path_child(record, at, node, &index);
        kin = mix_kin(kin, at->kind != TA_ARRAY ? record->keys->items[child->key].hash
                           : columns            ? index
                                                : UINT32_MAX);
        at = child;
    }
    return kin | 1;
}

/* *kin gets the finding's, where anybody asks for it. */
static bool is_echo(ta_finder *finder, const ta_record *record, const ta_node *node,
                    const ta_finding *finding, uint64_t *kin) {
    ta_level level = level_of(finder, finding);
    if (level == TA_LEVEL_IGNORE)
        return true;
    *kin = finder->echoes ? kin_of(record, node, finding) : 0;
    if (!*kin || !finder->echoes(finder->to, *kin))
        return false;
    ta_finder_count(finder, level, 1);
    return true;
}

bool ta_find_is_echo(ta_finder *finder, const ta_record *record, const ta_node *node,
                     const ta_finding *finding) {
    uint64_t kin;
    return is_echo(finder, record, node, finding, &kin);
}

/* Words one behind the other in a buffer, each with its NUL; returns where the next begins. */
static size_t end_word(ta_buf *words) {
    ta_buf_put(words, "", 1);
    return words->len;
}

/* Path, pointer and key of the record, which lie in `words` then. */
static void name_node(ta_finding *f, const ta_record *record, const ta_node *node,
                      ta_buf *words) {
    const ta_namer *namer = record->window->namer;
    ta_path_print(record, node, words);
    size_t pointer = end_word(words);
    ta_path_print_pointer(record, node, words);
    size_t key = end_word(words);
    bool named = namer && namer->name(namer->to, record, words);
    const char *text = ta_buf_text(words);
    bool lost = text == ta_buf_lost;
    f->path = text;
    f->pointer = text + (lost ? 0 : pointer);
    if (named)
        f->record_key = text + (lost ? 0 : key);
}

void ta_find_at(ta_finder *finder, const ta_record *record, const ta_node *node, ta_part part,
                const ta_finding *finding) {
    ta_finding f = *finding;
    if (is_echo(finder, record, node, finding, &f.kin))
        return;
    ta_located at;
    locate_node(record, node, &at);
    const ta_span span = part == TA_PART_KEY ? at.key : at.value;
    bool own = at.window == record->window;
    f.place = finder->lineless ? bare_place(at.window, span)
              : own            ? place_in(at.window, span)
                               : ta_place_in(at.window, span);
    f.place.record = own ? record : NULL;
    if (part == TA_PART_VALUE && ta_screen_covers(record, node))
        ta_screen_finding(&f);
    f.record_no = record->number;
    f.row = at.row;
    if (!f.column)
        f.column = at.column;
    ta_buf words = {0}, fixed = {0};
    name_node(&f, record, node, &words);
    if (f.personal)
        f.fixed = NULL;
    else if (part == TA_PART_VALUE && !f.fixed)
        f.fixed = spell_fix(record, node, &f, &fixed);
    ta_find(finder, &f);
    ta_buf_fini(&words);
    ta_buf_fini(&fixed);
}

void ta_find_in(ta_finder *finder, ta_window *window, ta_span span, uint64_t record_no,
                const ta_finding *finding) {
    if (finder->levels[finding->code] == TA_LEVEL_IGNORE)
        return;
    ta_finding f = *finding;
    if (ta_screen_quotes(window, span, f.code))
        ta_screen_finding(&f);
    f.place = finder->lineless ? bare_place(window, span) : ta_place_in(window, span);
    f.record_no = record_no;
    ta_find(finder, &f);
}

static bool is_word_of(const char *text, size_t len, const char *word) {
    return strlen(word) == len && !memcmp(text, word, len);
}

/* Puts what a placeholder {name} stands for; an unknown one is nothing. */
static void put_placeholder(const ta_finding *f, const char *name, size_t len, ta_buf *out) {
    const char *text = NULL;
    if (is_word_of(name, len, "name"))
        text = f->name;
    else if (is_word_of(name, len, "found"))
        text = f->found;
    else if (is_word_of(name, len, "replacement"))
        text = f->replacement;
    else if (is_word_of(name, len, "expected"))
        text = f->expected;
    else if (is_word_of(name, len, "count"))
        ta_buf_put_count(out, f->count);
    ta_buf_puts(out, text ? text : "");
}

void ta_finding_message(const ta_finding *f, ta_buf *out) {
    const char *at = f->message ? "" : ta_codes[f->code].message;
    ta_buf_puts(out, f->message ? f->message : "");
    while (*at) {
        size_t plain = (size_t)(strchrnul(at, '{') - at);
        ta_buf_put(out, at, plain);
        at += plain;
        if (!*at)
            break;
        size_t len = (size_t)(strchrnul(at, '}') - at);
        put_placeholder(f, at + 1, len - 1, out);
        at += len + (at[len] == '}');
    }
    if (f->detail) {
        ta_buf_puts(out, "; ");
        ta_buf_puts(out, f->detail);
    }
}
