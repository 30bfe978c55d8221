/* SPDX-License-Identifier: MIT */
/*
 * JSON has no comments: its gaps stay. CSV and block sequences of YAML go by lines, XML by its
 * comments. YAML in one line, and its documents, stay as JSON does, if nothing is lost.
 */
#include "flow/gaps.h"

#include <stdbool.h>
#include <string.h>

static bool is_gap_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip_blanks(ta_text text, size_t at) {
    while (at < text.len && is_gap_blank(text.data[at]))
        at++;
    return at;
}

/* Where the first line of a text ends: behind its line end; 0: it has none. */
static size_t first_line(ta_text text) {
    const char *end = memchr(text.data, '\n', text.len);
    end = end ? end : memchr(text.data, '\r', text.len);
    return end ? (size_t)(end - text.data) + 1 : 0;
}

/* Where the line before an offset begins, which is the beginning of a line itself. */
static size_t line_before(ta_text text, size_t at) {
    for (at = at ? at - 1 : 0; at && text.data[at - 1] != '\n';)
        at--;
    return at;
}

/* Lines of comments directly above an offset; what stands at the top of the file is the file's.
 */
static size_t comments_above(ta_text text, size_t at, char comment) {
    size_t from = at;
    while (from) {
        size_t line = line_before(text, from), first = line;
        while (first < from && (text.data[first] == ' ' || text.data[first] == '\t'))
            first++;
        if (text.data[first] != comment)
            return from;
        from = line;
    }
    return at;
}

static void split_lines(ta_gap *gaps, size_t count, char comment) {
    ta_gap *first = &gaps[0];
    if (comment)
        first->lead = first->text.len - comments_above(first->text, first->text.len, comment);
    for (size_t i = 1; i + 1 < count; i++) {
        size_t line = first_line(gaps[i].text);
        gaps[i].lead = line ? gaps[i].text.len - line : 0;
    }
}

/* Behind a comment or processing instruction that begins at `at`; 0: there is none. */
static size_t pass_comment(ta_text text, size_t at) {
    const char *close = text.len - at > 4 && !memcmp(text.data + at, "<!--", 4) ? "-->"
                        : text.len - at > 2 && !memcmp(text.data + at, "<?", 2) ? "?>"
                                                                                : NULL;
    size_t len = close ? strlen(close) : 0;
    for (size_t end = at + 2; close && end + len <= text.len; end++)
        if (!memcmp(text.data + end, close, len))
            return end + len;
    return 0;
}

/* Comments on the line on which a record ends are its own. False: there is other text. */
static bool split_markup(ta_gap *gap) {
    ta_text text = gap->text;
    bool same_line = true;
    for (size_t at = 0; (at = skip_blanks(text, at)) < text.len;) {
        size_t behind = pass_comment(text, at);
        if (!behind)
            return false;
        same_line &= !memchr(text.data + gap->tail, '\n', at - gap->tail);
        if (same_line)
            gap->tail = behind;
        else if (!gap->lead)
            gap->lead = text.len - at;
        at = behind;
    }
    return true;
}

/* Where the comments begin that stand in lines of their own directly above the first record. */
static size_t markup_above(ta_text text) {
    size_t from = text.len;
    for (size_t at = text.len;;) {
        size_t lines = 0;
        for (; at && is_gap_blank(text.data[at - 1]); at--)
            lines += text.data[at - 1] == '\n';
        if (lines > 1 || at < 7 || memcmp(text.data + at - 3, "-->", 3) != 0)
            return from;
        for (at -= 3; at && memcmp(text.data + at, "<!--", 4) != 0;)
            at--;
        size_t line = at;
        while (line && (text.data[line - 1] == ' ' || text.data[line - 1] == '\t'))
            line--;
        if (!line || text.data[line - 1] != '\n')
            return from;
        from = at;
    }
}

static const char *split_xml(ta_gap *gaps, size_t count) {
    gaps[0].lead = gaps[0].text.len - markup_above(gaps[0].text);
    for (size_t i = 1; i + 1 < count; i++)
        if (!split_markup(&gaps[i]))
            return "text or other elements stand between them";
    ta_gap *last = &gaps[count - 1];
    ta_gap end = {.text = {last->text.data, first_line(last->text)}};
    const char *close = memchr(end.text.data, '<', end.text.len);
    if (close && pass_comment(end.text, (size_t)(close - end.text.data)) && split_markup(&end))
        last->tail = end.tail;
    return NULL;
}

/* What of a gap is neither blank nor comment; *comment: there is one. Cut after a few bytes. */
static void read_marks(ta_text text, char marks[8], bool *comment) {
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool begins = text.data[i] == '#' && (!i || is_gap_blank(text.data[i - 1]));
        while (begins && i < text.len && text.data[i] != '\n')
            i++;
        *comment |= begins;
        if (i < text.len && !is_gap_blank(text.data[i]) && len < 7)
            marks[len++] = text.data[i];
    }
    marks[len] = 0;
}

/* &name in a text, outside of which &name may be aliased. */
static bool has_anchor(ta_text text) {
    for (size_t i = 0; i + 1 < text.len; i++) {
        bool opens = !i || is_gap_blank(text.data[i - 1]) || strchr("[{,", text.data[i - 1]);
        if (opens && text.data[i] == '&' && !is_gap_blank(text.data[i + 1]))
            return true;
    }
    return false;
}

static bool ends_line(ta_text text) {
    return text.len && text.data[text.len - 1] == '\n';
}

/* Records are whole lines: each begins with its dash, each ends with its line. */
static const char *split_block(ta_gap *gaps, const ta_text *records, size_t count) {
    ta_text head = gaps[0].text;
    size_t line = head.len;
    char marks[8];
    bool comment = false;
    while (line && head.data[line - 1] != '\n')
        line--;
    read_marks((ta_text){head.data + line, head.len - line}, marks, &comment);
    if (strcmp(marks, "-") != 0)
        return "the first of them shares its line with something else";
    gaps[0].lead = head.len - comments_above(head, line, '#');
    for (size_t i = 1; i < count; i++) {
        bool done = ends_line(records[i - 1]);
        gaps[i].tail = done ? 0 : first_line(gaps[i].text);
        if (!done && !gaps[i].tail)
            return i + 1 < count ? "they stand in one line" : "the last line has no end";
        if (i + 1 < count)
            gaps[i].lead = gaps[i].text.len - gaps[i].tail;
    }
    return NULL;
}

static const char *split_yaml(ta_gap *gaps, const ta_text *records, size_t count) {
    size_t blocks = 0, commas = 0, documents = 0;
    bool comment = false, lines = false;
    for (size_t i = 1; i < count; i++) {
        char marks[8];
        lines |= ends_line(records[i - 1]);
        if (i + 1 == count)
            break;
        read_marks(gaps[i].text, marks, &comment);
        blocks += !strcmp(marks, "-");
        commas += !strcmp(marks, ",");
        documents += !strcmp(marks, "---") || !strcmp(marks, "...---");
    }
    size_t between = count - 2;
    for (size_t i = 0; i + 1 < count && documents != between; i++)
        if (has_anchor(records[i]))
            return "an anchor (&) in one of them may be meant in another";
    if (blocks == between)
        return split_block(gaps, records, count);
    if (commas != between && documents != between)
        return "a tag or an anchor stands before one of them";
    return comment ? "comments stand between them" : lines ? "a block of text ends one" : NULL;
}

const char *ta_gaps_split(const char *format, char comment, ta_gap *gaps,
                          const ta_text *records, size_t count) {
    if (count < 3)
        return NULL;
    if (!strcmp(format, "csv") || !strcmp(format, "tsv"))
        split_lines(gaps, count, comment);
    if (!strcmp(format, "xml"))
        return split_xml(gaps, count);
    if (!strcmp(format, "yaml"))
        return split_yaml(gaps, records, count);
    return NULL;
}
