/* SPDX-License-Identifier: MIT */
/*
 * Where a key was written: between the end of the member before it (or the beginning of its
 * map) and its value, the last text with a colon behind it. What else may stand there: blanks,
 * comments, commas, closing brackets, `?`, anchors, tags, and merge keys of which nothing was
 * left.
 */
#include "format/yaml/yaml.h"
#include "record/path.h"

typedef struct gap {
    const char *at, *end;
    bool flow;
    const char *key, *key_end; /* the last text with a colon */
} gap;

static bool is_gap_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_gap_bracket(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

/* Whether the character at p stands alone: a blank, the end or (in flow) a bracket follows. */
static bool stands_alone(const gap *g, const char *p) {
    return p + 1 >= g->end || is_gap_blank(p[1]) || (g->flow && is_gap_bracket(p[1]));
}

static const char *line_end(const gap *g, const char *p) {
    return p + ta_yaml_line_len(p, (size_t)(g->end - p));
}

/* Behind the quote that closes the one at p. */
static const char *pass_quoted(const gap *g, const char *p) {
    char quote = *p++;
    for (; p < g->end; p++) {
        if (*p == '\\' && quote == '"')
            p++;
        else if (*p == quote && quote == '\'' && p + 1 < g->end && p[1] == quote)
            p++;
        else if (*p == quote)
            return p + 1;
    }
    return g->end;
}

/* Behind a block text: the lines that are indented as deep as its first, or empty. */
static const char *pass_block(const gap *g, const char *p) {
    size_t indent = 0;
    for (p = line_end(g, p); p < g->end;) {
        const char *text = p + (p[0] == '\r' && p[1] == '\n' ? 2 : 1);
        const char *begin = text;
        while (text < g->end && *text == ' ')
            text++;
        size_t blanks = (size_t)(text - begin);
        bool empty = text >= g->end || *text == '\n' || *text == '\r';
        if (!empty && !indent)
            indent = blanks;
        if (!empty && (blanks < indent || !indent))
            return p;
        p = line_end(g, text);
    }
    return g->end;
}

/* Behind plain text, which may go on on further lines. */
static const char *pass_plain(const gap *g, const char *p) {
    const char *last = p;
    for (; p < g->end; p++) {
        if (is_gap_blank(*p))
            continue;
        bool after_blank = p > last && is_gap_blank(p[-1]);
        if ((*p == ':' && stands_alone(g, p)) || (*p == '#' && after_blank) ||
            (g->flow && is_gap_bracket(*p)))
            break;
        last = p + 1;
    }
    return last;
}

/* Behind an anchor, an alias or a tag. */
static const char *pass_name(const gap *g, const char *p) {
    bool verbatim = *p == '!' && p + 1 < g->end && p[1] == '<';
    while (p < g->end && !is_gap_blank(*p) && (verbatim || !g->flow || !is_gap_bracket(*p)))
        p++;
    return p;
}

/* Behind the text at g->at, which is a key if a colon follows. */
static void pass_text(gap *g) {
    const char *start = g->at;
    if (*start == '"' || *start == '\'')
        g->at = pass_quoted(g, start);
    else if (*start == '|' || *start == '>')
        g->at = pass_block(g, start);
    else if (*start == '*')
        g->at = pass_name(g, start);
    else
        g->at = pass_plain(g, start);
    if (g->at == start)
        g->at++;
    const char *colon = g->at;
    while (colon < g->end && is_gap_blank(*colon))
        colon++;
    /* A comment between the two stands only after `?`. */
    while (colon < g->end && *colon == '#') {
        colon = line_end(g, colon);
        while (colon < g->end && is_gap_blank(*colon))
            colon++;
    }
    /* The colon is missing where the value is: `{a, b}`, `? a`. */
    if (colon == g->end || *colon == ':') {
        g->key = start;
        g->key_end = g->at;
        g->at = colon < g->end ? colon + 1 : colon;
    }
}

static void scan_gap(gap *g) {
    bool fresh = true; /* a comment may begin */
    while (g->at < g->end) {
        char c = *g->at;
        if (is_gap_blank(c) || is_gap_bracket(c) ||
            ((c == '?' || c == '-') && stands_alone(g, g->at))) {
            fresh = is_gap_blank(c) || c == ',';
            g->at++;
        } else if (c == '#' && fresh) {
            g->at = line_end(g, g->at);
        } else if (c == ':' && stands_alone(g, g->at)) {
            g->key = g->key_end = g->at++; /* an empty key */
        } else if (c == '&' || c == '!') {
            g->at = pass_name(g, g->at);
        } else {
            pass_text(g);
            fresh = false;
        }
    }
}

/* Where the search for a key begins, and whether that is in brackets: behind the node before
 * it, whose closing brackets the search passes over. */
static uint32_t gap_start(const ta_record *record, const ta_node *node, bool *flow,
                          const ta_node **parent) {
    *flow = false;
    for (const ta_node *at = record->nodes; at != node;) {
        char c = at->src < record->raw_len ? record->raw[at->src] : 0;
        uint32_t index;
        *flow |= c == '{' || c == '[';
        *parent = at;
        at = ta_path_child(record, at, node, &index);
    }
    const ta_node *before = node - 1;
    return before == *parent ? before->src : before->src + before->src_len;
}

void ta_yaml_locate(const ta_record *record, const ta_node *node, ta_located *out) {
    uint64_t base = record->window->offset + (uint64_t)(record->raw - record->window->data);
    memset(out, 0, sizeof *out);
    out->value = (ta_span){base + node->src, base + node->src + node->src_len};
    out->key = out->value;
    if (node == record->nodes || node->flags & TA_NODE_KEYLESS)
        return;
    gap g = {.at = NULL};
    const ta_node *parent = record->nodes;
    uint32_t start = gap_start(record, node, &g.flow, &parent);
    /* A copy made by an alias: all of it stands where the alias does. */
    if (parent->src == node->src && parent->src_len == node->src_len && node->src_len)
        return;
    g.at = record->raw + start;
    g.end = record->raw + node->src;
    scan_gap(&g);
    if (g.key)
        out->key = (ta_span){base + (uint64_t)(g.key - record->raw),
                             base + (uint64_t)(g.key_end - record->raw)};
}
