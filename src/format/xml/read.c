/* SPDX-License-Identifier: MIT */
/*
 * The reader: which elements are records. The root is a list where our own hint or the schema
 * says so, and its children are records; with --records the elements at a path are; else the
 * file is one document, an object with the root's name. Nothing is pushed before libxml2 has
 * vouched for it.
 */
#include <stdlib.h>

#include "format/text.h"
#include "format/xml/reader.h"

ta_span ta_xml_token_span(const ta_xml_reader *r, const ta_xml_token *token) {
    return (ta_span){r->in.token_at, r->in.token_at + (uint64_t)(token->end - token->at)};
}

/* libxml2 is to say what is wrong at the token. */
ta_status ta_xml_refuse_token(ta_xml_reader *r) {
    uint64_t at = r->in.token_at;
    return ta_xml_problem_set(&r->problem, TA_CODE_COUNT, (ta_span){at, at + 1}, "%s", "");
}

ta_status ta_xml_refuse_here(ta_xml_reader *r, const char *why) {
    uint64_t at = r->in.token_at;
    return ta_xml_problem_set(&r->problem, TA_F_XML_SYNTAX, (ta_span){at, at + 1}, "%s", why);
}

/* The first character of a text that is no blank. */
ta_status ta_xml_refuse_ink(ta_xml_reader *r, const ta_xml_token *token, const char *why) {
    const char *p = token->at;
    while (p < token->end && ta_xml_is_blank(*p))
        p++;
    uint64_t at = r->in.token_at + (uint64_t)(p - token->at);
    return ta_xml_problem_set(&r->problem, TA_F_XML_SYNTAX, (ta_span){at, at + 1}, "%s", why);
}

void ta_xml_count_remark(ta_xml_reader *r, const ta_xml_token *token) {
    if (r->remarks++)
        return;
    r->remark = ta_place_in(&r->in.source->window, ta_xml_token_span(r, token));
    r->remark.line = NULL; /* the window moves on */
    r->remark.line_len = 0;
}

/* What the file's last bytes open and do not close; NULL: nothing. */
static const char *name_open_end(const char *p, const char *end) {
    size_t left = (size_t)(end - p);
    if (p >= end || *p != '<')
        return NULL;
    if (left >= 4 && !memcmp(p, "<!--", 4))
        return "a comment begins here and is never closed: --> is missing";
    if (left >= 9 && !memcmp(p, "<![CDATA[", 9))
        return "a CDATA section begins here and is never closed: ]]> is missing";
    if (left >= 2 && p[1] == '?')
        return "a processing instruction begins here and is never closed: ?> is missing";
    return "a tag begins here and is never closed: > is missing, or a quote";
}

/* The file ends though `name` is open since `opened`. */
ta_status ta_xml_refuse_end(ta_xml_reader *r, const char *name, size_t len, uint64_t opened) {
    const ta_window *window = &r->in.source->window;
    uint64_t end = window->offset + window->len;
    const char *words =
        name_open_end(window->data + (r->in.at - window->offset), window->data + window->len);
    if (words)
        return ta_xml_refuse_here(r, words);
    ta_status status = ta_xml_problem_set(&r->problem, TA_F_XML_END, (ta_span){end, end},
                                          "%.*s", len < 60 ? (int)len : 60, name);
    r->problem.related = opened;
    r->problem.label = "it opens here";
    return status;
}

static ta_status refuse_end_in_record(ta_xml_reader *r) {
    const ta_xml_build *b = &r->build;
    const char *p = r->record->raw + r->record->nodes[b->open[b->depth - 1].node].src;
    ta_xml_token tag;
    ta_xml_scan(p, r->record->raw + b->open[b->depth - 1].content, &tag);
    return ta_xml_refuse_end(r, tag.name, tag.name_len, ta_xml_offset(&r->in, p));
}

static bool take_token(ta_xml_reader *r, const ta_xml_token *token) {
    switch (token->kind) {
    case TA_XML_OPEN:
        return ta_xml_build_open(&r->build, token);
    case TA_XML_CLOSE:
        return ta_xml_build_close(&r->build, token);
    case TA_XML_COMMENT:
    case TA_XML_PI:
        ta_xml_count_remark(r, token);
        ta_xml_build_text(&r->build, token);
        return true;
    case TA_XML_TEXT:
    case TA_XML_CDATA:
        ta_xml_build_text(&r->build, token);
        return true;
    case TA_XML_MORE:
    case TA_XML_DOCTYPE:
    case TA_XML_BROKEN:
        break;
    }
    return ta_xml_refuse_token(r) == TA_OK;
}

/* What can be taken without cutting tokens. */
static void take_leaves(ta_xml_reader *r) {
    const char *end, *p = ta_xml_input_here(&r->in, &end);
    p = ta_xml_build_leaves(&r->build, p, end, &r->in.elements);
    r->in.at = ta_xml_offset(&r->in, p);
}

/* Starts a record at a start tag, which must stay in the window. */
void ta_xml_begin_record(ta_xml_reader *r, const ta_xml_token *token) {
    ta_record_begin(r->record, token->at);
    r->in.keep = r->in.token_at;
    r->build.depth = 0;
    r->build.base = 0;
    r->build.twins = false;
}

/* Builds the element of a start tag; `around`: inside an object that has it as its one key. */
ta_status ta_xml_build_element(ta_xml_reader *r, ta_xml_token *token, bool around) {
    ta_xml_begin_record(r, token);
    if (around) {
        ta_node *object = ta_record_push(r->record, TA_OBJECT);
        if (!object) {
            r->problem.memory = r->problem.set = true;
            return TA_ERR_INPUT;
        }
        object->flags = TA_NODE_KEYLESS;
        r->build.base = 1;
    }
    bool good = take_token(r, token);
    while (good && r->build.depth) {
        take_leaves(r);
        ta_status status = ta_xml_input_next(&r->in, token);
        if (status == TA_STOP)
            return refuse_end_in_record(r);
        if (status != TA_OK)
            return status;
        good = take_token(r, token);
    }
    if (!good)
        return TA_ERR_INPUT;
    r->record->raw_len = (uint32_t)(r->in.at - r->in.keep);
    if (around) {
        ta_node *object = r->record->nodes;
        object->count = 1;
        object->size = r->record->count;
        object->src_len = r->record->raw_len;
    }
    return TA_OK;
}

/* The name of a list or item for the head, where it is a name of its own. */
static void set_name(ta_buf *to, const char *name, size_t len) {
    to->len = 0;
    ta_xml_name_unescape(name, len, to);
}

static ta_status begin_list(ta_xml_reader *r, ta_form form) {
    ta_head *head = r->reading->head;
    if (r->begun)
        return TA_OK;
    r->begun = true;
    head->form = form;
    head->root = r->root.len ? ta_buf_text(&r->root) : NULL;
    head->item = r->item.len ? ta_buf_text(&r->item) : NULL;
    return r->root.failed || r->item.failed ? TA_ERR_NOMEM : ta_stage_begin(r->next, head);
}

/* A record in which a key stands twice is left out. */
static void leave_xml_record(ta_xml_reader *r) {
    const ta_left *left = &r->reading->left;
    const ta_window *window = r->record->window;
    uint64_t start = window->offset + (uint64_t)(r->record->raw - window->data);
    ta_xml_report_twins(r->reading);
    r->spoilt = true;
    if (left->tell)
        left->tell(left->to, start, start + r->record->raw_len);
}

/* Hands the record on. TA_STOP: no more are wanted. */
static ta_status push_record(ta_xml_reader *r, const ta_shape *shape) {
    ta_record *record = r->record;
    if (!ta_xml_build_shape(&r->build, shape))
        return TA_ERR_INPUT;
    if (r->build.duplicate) {
        leave_xml_record(r);
        return TA_OK;
    }
    ta_status status = ta_stage_put(r->next, record);
    if (status != TA_OK)
        return status;
    r->records++;
    uint64_t limit = r->reading->options->limit;
    return limit && r->records >= limit ? TA_STOP : TA_OK;
}

/* One record of a list, at its start tag. */
ta_status ta_xml_read_item(ta_xml_reader *r, ta_xml_token *token) {
    uint32_t generation = r->record->keys->generation;
    ta_keys_trim(r->record->keys);
    if (r->record->keys->generation != generation)
        r->build.key = TA_KEY_NONE;
    r->record->number++;
    if (!r->begun)
        set_name(&r->item, token->name, token->name_len);
    ta_status status = ta_xml_build_element(r, token, false);
    if (status == TA_OK)
        status = ta_xml_input_vouch(&r->in, r->in.at);
    if (status == TA_OK)
        status = begin_list(r, TA_FORM_LIST);
    if (status == TA_OK)
        status = push_record(r, r->reading->shape);
    r->in.keep = UINT64_MAX;
    return status;
}

static ta_status check_doctype(ta_xml_reader *r, const ta_xml_token *token) {
    if (r->reading->options->allow_doctype)
        return ta_xml_input_vouch(&r->in, r->in.at);
    return ta_xml_problem_set(
        &r->problem, TA_F_XML_DOCTYPE, ta_xml_token_span(r, token),
        "a DOCTYPE is refused, since it may name files and unfold without "
        "end: --allow-doctype reads its internal entities");
}

/* Before and behind the root element. *open: the root's start tag was met. */
static ta_status read_outside(ta_xml_reader *r, ta_xml_token *token, bool *open) {
    bool epilog = *open;
    for (;;) {
        ta_status status = ta_xml_input_next(&r->in, token);
        if (status != TA_OK)
            return status;
        switch (token->kind) {
        case TA_XML_OPEN:
            *open = true;
            return epilog ? ta_xml_refuse_here(r, "a second root element: an XML file has one")
                          : TA_OK;
        case TA_XML_COMMENT:
            ta_xml_count_remark(r, token);
            break;
        case TA_XML_PI:
            if (r->in.token_at != r->in.start || memcmp(token->at, "<?xml", 5) != 0 ||
                !ta_xml_is_blank(token->at[5]))
                ta_xml_count_remark(r, token);
            else
                status = ta_xml_input_declare(&r->in, token);
            break;
        case TA_XML_TEXT:
            if (token->seen & TA_XML_SEEN_INK)
                status =
                    ta_xml_refuse_ink(r, token,
                                      epilog ? "text behind the root element"
                                             : "text before the root element: is this XML?");
            break;
        case TA_XML_DOCTYPE:
            status = epilog ? ta_xml_refuse_token(r) : check_doctype(r, token);
            break;
        case TA_XML_CLOSE:
        case TA_XML_CDATA:
        case TA_XML_MORE:
        case TA_XML_BROKEN:
            status = ta_xml_refuse_token(r);
            break;
        }
        if (status != TA_OK)
            return status;
    }
}

/* Whether all that is left is blank, at the end of the input. */
static ta_status check_rest(ta_xml_reader *r) {
    const ta_window *window = &r->in.source->window;
    const char *p = window->data + (r->in.at - window->offset),
               *end = window->data + window->len;
    while (p < end && ta_xml_is_blank(*p))
        p++;
    if (p == end)
        return TA_OK;
    const char *words = name_open_end(p, end);
    r->in.token_at = ta_xml_offset(&r->in, p);
    return ta_xml_refuse_here(r, words ? words : "text outside of the root element");
}

/* Behind the root element, to the end of the file. */
static ta_status read_epilog(ta_xml_reader *r) {
    ta_xml_token token;
    bool open = true;
    ta_status status = read_outside(r, &token, &open);
    if (status == TA_STOP)
        status = check_rest(r);
    return status == TA_OK ? ta_xml_input_vouch_all(&r->in) : status;
}

static ta_status read_document(ta_xml_reader *r, ta_xml_token *token, bool bare) {
    r->record->number = 1;
    ta_status status = ta_xml_build_element(r, token, !bare);
    if (status == TA_OK)
        status = read_epilog(r);
    if (status == TA_OK)
        status = begin_list(r, TA_FORM_DOCUMENT);
    return status == TA_OK ? push_record(r, r->reading->shape) : status;
}

/* The schema may name the root: as the list's, or as the record's. */
static bool root_is(const ta_xml_reader *r, const ta_xml_tag *tag, const char *name) {
    const ta_key *key = &r->record->keys->items[tag->key];
    return name && tag->key && strlen(name) == key->len && !memcmp(key->text, name, key->len);
}

static ta_status read_list(ta_xml_reader *r, const ta_xml_token *token) {
    set_name(&r->root, token->name, token->name_len);
    r->reading->head->place = ta_place_keep(&r->in.source->window, ta_xml_token_span(r, token));
    ta_status status = ta_xml_enter(r, token, 0, true);
    if (status == TA_OK)
        status = ta_xml_read_spine(r);
    if (status == TA_OK)
        status = read_epilog(r);
    return status == TA_OK ? begin_list(r, TA_FORM_LIST) : status;
}

static void put_steps(const ta_path *path, uint32_t count, ta_buf *out) {
    for (uint32_t i = 0; i < count; i++) {
        ta_buf_put(out, ".", i > 0);
        ta_path_put_step(out, path->steps[i].text, path->steps[i].len, '.');
    }
}

/* The path led nowhere: how far it went, and what it should begin with. */
static ta_status report_no_path(ta_xml_reader *r) {
    const ta_path *path = r->reading->options->records;
    ta_buf name = {0}, found = {0};
    put_steps(path, path->count, &name);
    if (r->reached) {
        put_steps(path, r->reached, &found);
        ta_buf_printf(&found, " has no element %s", path->steps[r->reached].text);
    } else {
        ta_buf_printf(&found, "the path begins with the root element, %s",
                      ta_buf_text(&r->top));
    }
    ta_find(r->reading->finder, &(ta_finding){.code = TA_F_RECORDS_PATH,
                                              .place = {.file = r->in.source->window.file},
                                              .name = ta_buf_text(&name),
                                              .found = ta_buf_text(&found)});
    ta_buf_fini(&name);
    ta_buf_fini(&found);
    r->in.reported = true;
    return TA_ERR_INPUT;
}

static ta_status read_path(ta_xml_reader *r, ta_xml_token *token) {
    ta_buf_put(&r->top, token->name, token->name_len);
    ta_status status = ta_xml_read_start(r, token);
    if (status == TA_OK)
        status = ta_xml_read_spine(r);
    if (status == TA_OK)
        status = read_epilog(r);
    if (status == TA_OK && !r->found)
        return report_no_path(r);
    return status == TA_OK ? begin_list(r, TA_FORM_LIST) : status;
}

static ta_status read_root(ta_xml_reader *r, ta_xml_token *token) {
    ta_xml_tag tag;
    const ta_shape *shape = r->reading->shape;
    if (r->reading->options->records)
        return read_path(r, token);
    ta_status status = ta_xml_peek_tag(r, token, &tag);
    if (status != TA_OK)
        return status;
    ta_buf name = {0};
    bool list = root_is(r, &tag, ta_xml_list_name(shape, &name));
    bool failed = name.failed;
    ta_buf_fini(&name);
    if (failed)
        return TA_ERR_NOMEM;
    if (!tag.document && ((list && !tag.hint) || tag.hint == TA_XML_HINT_ARRAY))
        return read_list(r, token);
    return read_document(r, token,
                         tag.document || (shape && root_is(r, &tag, shape->xml_name)));
}

static ta_status read_file(ta_xml_reader *r) {
    ta_xml_token token;
    bool open = false;
    ta_status status = read_outside(r, &token, &open);
    if (status == TA_STOP) {
        status = check_rest(r);
        r->in.token_at = r->in.at;
        return status == TA_OK ? ta_xml_refuse_here(r, "the file holds no element") : status;
    }
    return status == TA_OK ? read_root(r, &token) : status;
}

/* What is said once for the whole file. */
static ta_status finish(ta_xml_reader *r, bool good) {
    ta_finder *finder = r->reading->finder;
    ta_xml_tally_emit(&r->build.mixed, finder, TA_F_XML_MIXED);
    if (good && r->remarks && r->reading->options->converts)
        ta_find(
            finder,
            &(ta_finding){.code = TA_F_LOSS_COMMENT, .place = r->remark, .count = r->remarks});
    ta_status status = ta_xml_around_finish(&r->around, good);
    while (r->depth)
        free(r->spine[--r->depth].name);
    free(r->spine);
    free(r->item_written);
    ta_buf_fini(&r->top);
    ta_buf_fini(&r->problem.found);
    ta_buf_fini(&r->problem.expected);
    ta_xml_build_fini(&r->build);
    ta_xml_input_fini(&r->in);
    return status;
}

ta_status ta_xml_read(const ta_reading *reading, ta_stage *next, uint64_t *records) {
    uint32_t depth_max =
        reading->options->depth_max ? reading->options->depth_max : TA_DEPTH_MAX;
    ta_xml_reader r = {.reading = reading, .next = next, .record = reading->record};
    r.build = (ta_xml_build){.record = reading->record,
                             .input = &r.in,
                             .problem = &r.problem,
                             .depth_max = depth_max < UINT16_MAX ? depth_max : UINT16_MAX - 1,
                             .typed = reading->shape != NULL};
    r.around = (ta_xml_around){.reading = reading, .build = &r.build};
    reading->record->number = 0;
    ta_status status = ta_xml_input_init(&r.in, reading, &r.problem);
    if (status == TA_OK)
        status = read_file(&r);
    if (status == TA_ERR_INPUT)
        status = ta_xml_complain(&r.in);
    *records = r.records;
    bool good = status == TA_OK || status == TA_STOP;
    ta_status said = finish(&r, good);
    /* The names in the head live until end: what is read is their owner, the stages copy. */
    ta_buf_fini(&r.root);
    ta_buf_fini(&r.item);
    if (!good)
        return status;
    return said == TA_OK ? ta_text_end(reading, r.spoilt) : said;
}
