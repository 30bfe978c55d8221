/* SPDX-License-Identifier: MIT */
/*
 * New values in the place of old ones. Quotes and block texts stay what they are where the new
 * text allows it; plain text gets quotes where a reader of 1.1 or 1.2 would take it for
 * something else: Norway's code is "NO". An alias is left alone: its value stands elsewhere.
 */
#include "format/yaml/style.h"
#include "format/yaml/yaml.h"

static bool is_respell_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether a tag stands before the value: looked for backwards, over anchors. Where in doubt
 * there is one. */
static bool has_tag(const char *from, const char *value) {
    for (const char *end = value;;) {
        while (end > from && is_respell_blank(end[-1]))
            end--;
        const char *word = end;
        while (word > from && !is_respell_blank(word[-1]))
            word--;
        size_t len = (size_t)(end - word);
        if (memchr(word, '!', len))
            return true;
        if (!memchr(word, '&', len))
            return false;
        end = word;
    }
}

static bool has_bracket(ta_text text) {
    for (size_t i = 0; i < text.len; i++)
        if (strchr(",[]{}", text.data[i]) && text.data[i])
            return true;
    return false;
}

/* `begin` is what the old value begins with: its quote, or what is plain. */
static void put_yaml_text(ta_text text, ta_yaml_style style, char begin, ta_buf *out) {
    bool simple = !memchr(text.data, '"', text.len) && !memchr(text.data, '\\', text.len);
    if (style == TA_YAML_DOUBLE || style == TA_YAML_LITERAL || begin == '"' ||
        (style == TA_YAML_SINGLE && begin != '\'' && simple))
        ta_yaml_put_double(out, text.data, text.len);
    else if (style == TA_YAML_SINGLE)
        ta_yaml_put_single(out, text.data, text.len);
    else
        ta_buf_put(out, text.data, text.len);
}

/* How far the lines of a block text are indented: its first that is not empty. */
static size_t block_indent(const char *line, const char *end) {
    while (line < end) {
        const char *text = line;
        while (text < end && *text == ' ')
            text++;
        if (text < end && *text != '\n' && *text != '\r')
            return (size_t)(text - line);
        line = text + 1;
    }
    return 0;
}

/* Whether a text can be the lines of a block: no blanks at their ends, and at most one line
 * end behind them, since there may be empty lines behind the block already. */
static bool may_be_block(ta_text text, ta_yaml_style style) {
    if (!text.len || style == TA_YAML_DOUBLE)
        return false;
    if (style == TA_YAML_LITERAL)
        return text.len < 2 || memcmp(text.data + text.len - 2, "\n\n", 2) != 0;
    return text.data[0] != ' ' && text.data[text.len - 1] != ' ';
}

/* Whether blanks stand behind the block that would become a part of it: at the end of its last
 * line, or in lines of blanks that are indented deeper. The window has all up to the next
 * text, and ends in NULs. */
static bool has_blanks_behind(const char *end, size_t indent) {
    for (const char *line = end; is_respell_blank(*line);) {
        size_t blanks = strspn(line, " \t");
        if (line[blanks] && !is_respell_blank(line[blanks]))
            return false;
        if (blanks > (line == end ? 0 : indent))
            return true;
        line += blanks + (line[blanks] != 0);
    }
    return false;
}

/* A block text: its mark, what stands behind that (a comment), its lines. */
static void put_block(const char *raw, const char *end, ta_text text, ta_buf *out) {
    const char *stop = raw + ta_yaml_line_len(raw, (size_t)(end - raw));
    const char *note = raw;
    while (note < stop && !is_respell_blank(*note))
        note++;
    size_t line_end =
        stop < end && *stop == '\r' ? stop + 1 < end && stop[1] == '\n' ? 2 : 1 : 1;
    size_t indent = block_indent(stop, end);
    ta_yaml_style style = ta_yaml_style_of(text.data, text.len);
    if (!indent || !may_be_block(text, style) || has_blanks_behind(end, indent)) {
        ta_yaml_put_double(out, text.data, text.len);
        ta_buf_put(out, note, (size_t)(stop - note));
        return;
    }
    ta_buf block = {0};
    ta_yaml_put_literal(&block, text.data, text.len, indent);
    const char *line = ta_buf_text(&block), *last = line + strlen(line);
    bool folded = *raw == '>' && style != TA_YAML_LITERAL;
    for (bool first = true; line < last; first = false) {
        size_t len = strcspn(line, "\n");
        ta_buf_put(out, first && folded ? ">" : line, first && folded ? 1 : len);
        if (first && folded)
            ta_buf_put(out, line + 1, len - 1);
        if (first)
            ta_buf_put(out, note, (size_t)(stop - note));
        line += len;
        if (line < last)
            ta_buf_put(out, stop, line_end);
        line += line < last;
    }
    out->failed |= block.failed;
    ta_buf_fini(&block);
}

static const char *respell_typed(const ta_respelling *wish, ta_buf *out) {
    int type = wish->kind == TA_NUMBER ? TA_TYPE_NUMBER : TA_TYPE_BOOLEAN;
    if (!(wish->types & type))
        return "the schema takes it for text there";
    if (wish->kind == TA_NUMBER)
        ta_buf_put(out, wish->text.data, wish->text.len);
    else
        ta_buf_puts(out, wish->kind == TA_TRUE ? "true" : "false");
    return NULL;
}

const char *ta_yaml_respell(const ta_record *record, const ta_node *node,
                            const ta_respelling *wish, ta_buf *out) {
    const char *raw = record->raw + node->src, *end = raw + node->src_len;
    if (*raw == '*')
        return "it is an alias: change the value at its anchor, or write it here";
    if (wish->kind != (ta_kind)node->kind && has_tag(record->raw, raw))
        return "a tag says what type it has";
    if (wish->kind != TA_TEXT)
        return respell_typed(wish, out);
    if (*raw == '|' || *raw == '>') {
        put_block(raw, end, wish->text, out);
        return NULL;
    }
    ta_yaml_style style = ta_yaml_style_of(wish->text.data, wish->text.len);
    bool flow = node->flags & TA_YAML_FLOW;
    if (style == TA_YAML_PLAIN && (*raw == '\'' || (flow && has_bracket(wish->text))))
        style = TA_YAML_SINGLE;
    put_yaml_text(wish->text, style, *raw, out);
    return NULL;
}
