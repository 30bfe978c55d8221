/* SPDX-License-Identifier: MIT */
/*
 * The elements around records: a list's root, or those on the way of --records. Nothing of them
 * is kept but their names.
 */
#include <stdlib.h>

#include "format/xml/reader.h"

static bool names_hint_item(const ta_xml_token *token) {
    return token->name_len > 5 && !memcmp(token->name + token->name_len - 5, ":item", 5);
}

/* All children of a list have one name: it would be lost, and they may be of two kinds. */
static ta_status check_item_name(ta_xml_reader *r, const ta_xml_token *token) {
    if (names_hint_item(token))
        return TA_OK;
    if (!r->item_written) {
        r->item_written = strndup(token->name, token->name_len);
        return r->item_written ? TA_OK : TA_ERR_NOMEM;
    }
    if (strlen(r->item_written) == token->name_len &&
        !memcmp(r->item_written, token->name, token->name_len))
        return TA_OK;
    ta_xml_problem_set(&r->problem, TA_F_XML_LIST, ta_xml_token_span(r, token), "%.*s",
                       token->name_len < 60 ? (int)token->name_len : 60, token->name);
    ta_buf_puts(&r->problem.expected, r->item_written);
    return TA_ERR_INPUT;
}

/* Opens an element around records. Its attributes are what stands around. */
static ta_status open_spine(ta_xml_reader *r, const ta_xml_token *token, ta_xml_tag *tag) {
    ta_xml_begin_record(r, token);
    r->build.level++;
    ta_node *node = ta_record_push(r->record, TA_OBJECT);
    char *name = strndup(token->name, token->name_len);
    if (!node || !name ||
        !ta_array_grow(&r->spine, &r->spine_cap, r->depth + 1, sizeof *r->spine)) {
        free(name);
        r->problem.memory = r->problem.set = true;
        return TA_ERR_INPUT;
    }
    r->spine[r->depth++] = (ta_xml_spine){.name = name};
    r->record->raw_len = (uint32_t)(token->end - token->at);
    return ta_xml_build_tag(&r->build, token, 0, tag) ? TA_OK : TA_ERR_INPUT;
}

static void close_spine(ta_xml_reader *r) {
    ta_xml_spine *top = &r->spine[--r->depth];
    if (top->counted)
        ta_xml_around_close(&r->around);
    free(top->name);
    ta_xml_build_unbind(&r->build, r->build.level--);
}

static ta_status close_spine_tag(ta_xml_reader *r, const ta_xml_token *token) {
    const char *name = r->spine[r->depth - 1].name;
    if (strlen(name) == token->name_len && !memcmp(name, token->name, token->name_len)) {
        close_spine(r);
        return TA_OK;
    }
    ta_xml_problem_set(&r->problem, TA_F_XML_TAG, ta_xml_token_span(r, token), "%.*s",
                       token->name_len < 60 ? (int)token->name_len : 60, token->name);
    ta_buf_puts(&r->problem.expected, name);
    return TA_ERR_INPUT;
}

/* An element that is not on the way to the records. */
static ta_status pass_element(ta_xml_reader *r, ta_xml_token *token, uint32_t key) {
    if (r->reading->envelope) {
        ta_status status = ta_xml_build_element(r, token, false);
        if (status == TA_OK)
            ta_xml_around_take(&r->around, key);
        r->in.keep = UINT64_MAX;
        return status;
    }
    r->record->count = 0;
    ta_xml_around_take(&r->around, key);
    r->in.keep = UINT64_MAX;
    uint64_t opened = r->in.token_at, depth = !token->empty;
    while (depth) {
        ta_status status = ta_xml_input_next(&r->in, token);
        if (status == TA_STOP)
            return ta_xml_refuse_end(r, "it", 2, opened);
        if (status != TA_OK)
            return status;
        if (token->kind == TA_XML_BROKEN || token->kind == TA_XML_DOCTYPE)
            return ta_xml_refuse_token(r);
        depth += token->kind == TA_XML_OPEN && !token->empty;
        depth -= token->kind == TA_XML_CLOSE;
        if (token->kind == TA_XML_COMMENT || token->kind == TA_XML_PI)
            ta_xml_count_remark(r, token);
    }
    return TA_OK;
}

static bool step_is(const ta_xml_reader *r, uint32_t step, uint32_t key) {
    const ta_path *path = r->reading->options->records;
    const ta_key *k = &r->record->keys->items[key];
    if (step >= path->count || !key)
        return false;
    const ta_step *s = &path->steps[step];
    return s->kind == TA_STEP_ALL || (s->len == k->len && !memcmp(s->text, k->text, k->len));
}

/* What a tag says, without taking anything from it. */
ta_status ta_xml_peek_tag(ta_xml_reader *r, const ta_xml_token *token, ta_xml_tag *tag) {
    ta_xml_begin_record(r, token);
    r->build.level++;
    bool good = ta_xml_build_tag(&r->build, token, TA_XML_NO_NODE, tag);
    ta_xml_build_unbind(&r->build, r->build.level--);
    return good ? TA_OK : TA_ERR_INPUT;
}

/* Goes down into an element of the path, or (list) the element whose children are records. */
ta_status ta_xml_enter(ta_xml_reader *r, const ta_xml_token *token, uint32_t matched,
                       bool list) {
    ta_xml_tag tag;
    ta_status status = open_spine(r, token, &tag);
    if (status != TA_OK)
        return status;
    ta_xml_spine *top = &r->spine[r->depth - 1];
    top->matched = matched;
    top->list = list;
    bool placed = list && r->reading->options->records;
    top->counted = !placed && !tag.document;
    if (placed)
        ta_xml_around_place(&r->around, tag.key);
    else if (top->counted)
        ta_xml_around_open(&r->around, tag.key);
    if (tag.attributes)
        ta_xml_around_take(&r->around, TA_KEY_NONE);
    r->in.keep = UINT64_MAX;
    if (token->empty)
        close_spine(r);
    return TA_OK;
}

/* A start tag between the records. */
ta_status ta_xml_read_start(ta_xml_reader *r, ta_xml_token *token) {
    ta_xml_tag tag;
    const ta_xml_spine *top = r->depth ? &r->spine[r->depth - 1] : NULL;
    if (top && top->list) {
        ta_status named = check_item_name(r, token);
        return named == TA_OK ? ta_xml_read_item(r, token) : named;
    }
    ta_status status = ta_xml_peek_tag(r, token, &tag);
    if (status != TA_OK)
        return status;
    uint32_t step = top ? top->matched : 0;
    if (tag.document && !top)
        return ta_xml_enter(r, token, 0, false);
    if (!step_is(r, step, tag.key))
        return pass_element(r, token, tag.key);
    r->reached = step + 1 > r->reached ? step + 1 : r->reached;
    if (step + 1 < r->reading->options->records->count)
        return ta_xml_enter(r, token, step + 1, false);
    r->found = true;
    if (tag.hint == TA_XML_HINT_ARRAY)
        return ta_xml_enter(r, token, step + 1, true);
    ta_xml_around_place(&r->around, tag.key);
    return ta_xml_read_item(r, token);
}

/* A token between the records. */
static ta_status read_between(ta_xml_reader *r, ta_xml_token *token) {
    switch (token->kind) {
    case TA_XML_OPEN:
        return ta_xml_read_start(r, token);
    case TA_XML_CLOSE:
        return close_spine_tag(r, token);
    case TA_XML_COMMENT:
    case TA_XML_PI:
        ta_xml_count_remark(r, token);
        return TA_OK;
    case TA_XML_TEXT:
    case TA_XML_CDATA:
        if (token->seen & TA_XML_SEEN_INK || token->kind == TA_XML_CDATA)
            return ta_xml_refuse_ink(r, token, "text stands beside the records");
        return TA_OK;
    case TA_XML_MORE:
    case TA_XML_DOCTYPE:
    case TA_XML_BROKEN:
        break;
    }
    return ta_xml_refuse_token(r);
}

/* Reads until the element that was entered first is closed. */
ta_status ta_xml_read_spine(ta_xml_reader *r) {
    ta_xml_token token;
    while (r->depth) {
        ta_status status = ta_xml_input_next(&r->in, &token);
        if (status == TA_STOP) {
            const char *name = r->spine[r->depth - 1].name;
            return ta_xml_refuse_end(r, name, strlen(name), UINT64_MAX);
        }
        if (status == TA_OK)
            status = read_between(r, &token);
        if (status != TA_OK)
            return status;
    }
    return TA_OK;
}
