/* SPDX-License-Identifier: MIT */
/*
 * libxml2's push parser. Options: NONET and BIG_LINES, and IGNORE_ENC, since the source gives
 * UTF-8 whatever the file declares; never NOENT, DTDLOAD, DTDATTR, DTDVALID, XINCLUDE, RECOVER
 * or HUGE. It reports through callbacks alone and builds no tree, so its limit of 256 levels,
 * which is the tree's, does not apply; ours is record-depth. With an XML Schema the events of
 * elements and texts go on to its validator.
 *
 * Entities never expand in here: each reference is answered with an entity of one character,
 * which libxml2 takes as predefined. So no file can make it do exponential work.
 */
#include "format/xml/sax.h"

#include <stdlib.h>

#include "format/xml/valid.h"
#include "record/keys.h"

enum {
    ENTITIES_MAX = 4000, /* declared in one DOCTYPE: HTML has 2,231 */
    NAMES_MAX = 100000   /* different ones in a file: beyond, libxml2's table is slow */
};

struct ta_xml_check {
    xmlParserCtxtPtr parser;
    ta_xml_valid *valid;     /* borrowed; NULL: no XML Schema */
    xmlSAXHandler *handlers; /* until there is a parser */
    uint64_t done, elements;
    ta_xml_fault fault;
    ta_arena arena;
    ta_keys names;           /* of entities */
    ta_xml_entity *entities; /* by key */
    size_t entity_cap;
    xmlEntity stand_in;
    xmlChar stand_in_text[2];
};

/* Where the parser stands. */
static uint64_t parser_at(const ta_xml_check *check) {
    const xmlParserInput *input = check->parser ? check->parser->input : NULL;
    if (input && check->parser->inputTab)
        input = check->parser->inputTab[0];
    return input ? input->consumed + (uint64_t)(input->cur - input->base) : check->done;
}

static void set_fault(ta_xml_check *check, ta_xml_fault_kind kind, const char *words) {
    if (check->fault.kind)
        return;
    check->fault.kind = ta_libxml_lacks_memory() ? TA_XML_FAULT_MEMORY : kind;
    check->fault.at = parser_at(check);
    ta_buf_puts(&check->fault.words, words);
}

/* libxml2 has no code for most of its limits. */
static bool is_limit(const xmlError *error) {
    const char *words = error->message ? error->message : "";
    return error->code == XML_ERR_NAME_TOO_LONG || strstr(words, "too long") ||
           strstr(words, "too big") || strstr(words, "Huge") || strstr(words, "HUGE");
}

static ta_xml_fault_kind kind_of_error(const xmlError *error) {
    if (error->code == XML_ERR_NO_MEMORY)
        return TA_XML_FAULT_MEMORY;
    if (is_limit(error))
        return TA_XML_FAULT_SIZE;
    if (error->code == XML_ERR_DOCUMENT_END || error->code == XML_ERR_TAG_NOT_FINISHED ||
        error->code == XML_ERR_DOCUMENT_EMPTY)
        return TA_XML_FAULT_END;
    return error->domain == XML_FROM_NAMESPACE ? TA_XML_FAULT_NAMESPACE : TA_XML_FAULT_SYNTAX;
}

static void take_error(void *to, xmlErrorPtr error) {
    ta_xml_check *check = to;
    /* A namespace's name that is no URI is strange, but well-formed. */
    if (error->level < XML_ERR_ERROR || check->fault.kind || error->code == XML_WAR_NS_URI)
        return;
    set_fault(check, kind_of_error(error), "");
    ta_xml_fault *fault = &check->fault;
    if (fault->kind == TA_XML_FAULT_SIZE) {
        ta_buf_puts(&fault->words, "a name, an attribute or a comment is longer than is read "
                                   "(10 MB, names 50,000 bytes)");
        return;
    }
    if (error->str1)
        ta_buf_puts(&fault->name, error->str1);
    ta_libxml_put_words(&fault->words, error);
}

/* NOLINTNEXTLINE(readability-function-size): the form is libxml2's */
static void take_element(void *to, const xmlChar *name, const xmlChar *prefix,
                         const xmlChar *uri, int namespaces, const xmlChar **declared,
                         int attributes, int defaulted, const xmlChar **values) {
    ta_xml_check *check = to;
    check->elements++;
    if (check->valid && !check->fault.kind) {
        ta_xml_valid_enter(check->valid, parser_at(check));
        check->valid->sax->startElementNs(check->valid->data, name, prefix, uri, namespaces,
                                          declared, attributes, defaulted, values);
    }
    if (xmlDictSize(check->parser->dict) <= NAMES_MAX)
        return;
    set_fault(check, TA_XML_FAULT_SIZE, "more than 100,000 different names");
    xmlStopParser(check->parser);
}

static void take_end(void *to, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    ta_xml_check *check = to;
    if (!check->valid || check->fault.kind)
        return;
    check->valid->sax->endElementNs(check->valid->data, name, prefix, uri);
    ta_xml_valid_leave(check->valid);
}

static void take_text(void *to, const xmlChar *text, int len) {
    ta_xml_check *check = to;
    if (check->valid && !check->fault.kind)
        check->valid->sax->characters(check->valid->data, text, len);
}

static void take_cdata(void *to, const xmlChar *text, int len) {
    ta_xml_check *check = to;
    if (check->valid && !check->fault.kind)
        check->valid->sax->cdataBlock(check->valid->data, text, len);
}

static void take_entity(void *to, const xmlChar *name, int type, const xmlChar *public_id,
                        const xmlChar *system_id, xmlChar *content) {
    (void)public_id, (void)system_id;
    ta_xml_check *check = to;
    if (type == XML_INTERNAL_PARAMETER_ENTITY || type == XML_EXTERNAL_PARAMETER_ENTITY)
        return;
    const char *text = (const char *)name;
    if (check->fault.kind || ta_xml_check_entity(check, text, strlen(text)))
        return; /* XML 1.0, 4.2: the first declaration binds */
    if (check->names.count > ENTITIES_MAX) {
        set_fault(check, TA_XML_FAULT_DOCTYPE, "the DOCTYPE declares more than 4,000 entities");
        return;
    }
    ta_xml_entity entity = {0};
    if (type == XML_INTERNAL_GENERAL_ENTITY && content) {
        entity.len = strlen((const char *)content);
        entity.text = ta_arena_copy(&check->arena, (const char *)content, entity.len);
    }
    uint32_t key = ta_keys_get(&check->names, text, strlen(text));
    if (!key || (content && !entity.text && type == XML_INTERNAL_GENERAL_ENTITY) ||
        !ta_array_grow(&check->entities, &check->entity_cap, key + 1, sizeof entity)) {
        set_fault(check, TA_XML_FAULT_MEMORY, "");
        return;
    }
    check->entities[key] = entity;
}

static xmlEntityPtr give_entity(void *to, const xmlChar *name) {
    ta_xml_check *check = to;
    const char *text = (const char *)name;
    if (!ta_xml_check_entity(check, text, strlen(text)))
        return NULL;
    if (check->valid)
        set_fault(
            check, TA_XML_FAULT_DOCTYPE,
            "an entity of the DOCTYPE is used, and a check against an XML Schema does not "
            "see what it stands for: write it out (xmllint --noent)");
    return &check->stand_in;
}

static xmlEntityPtr give_parameter(void *to, const xmlChar *name) {
    (void)name;
    set_fault(to, TA_XML_FAULT_DOCTYPE, "the DOCTYPE uses parameter entities");
    return NULL;
}

/* NOLINTNEXTLINE(readability-function-size): the form is libxml2's */
static void take_attribute(void *to, const xmlChar *element, const xmlChar *name, int type,
                           int use, const xmlChar *value, xmlEnumerationPtr values) {
    (void)element, (void)name, (void)type, (void)use;
    xmlFreeEnumeration(values);
    if (value)
        set_fault(to, TA_XML_FAULT_DOCTYPE, "the DOCTYPE gives attributes default values");
}

/* Texts are asked for only where someone wants them: without, the parser is faster. */
static void listen_to_texts(xmlSAXHandler *sax) {
    sax->endElementNs = take_end;
    sax->characters = sax->ignorableWhitespace = take_text;
    sax->cdataBlock = take_cdata;
}

/* Under a guard where there is a schema to check. False: what libxml2 made is lost. */
static bool run_libxml(ta_xml_check *check, void (*work)(void *to), void *to) {
    if (ta_libxml_run(check->valid ? &check->valid->blocks : NULL, work, to))
        return true;
    check->parser = NULL;
    return false;
}

static void make_parser(void *to) {
    ta_xml_check *check = to;
    check->parser = xmlCreatePushParserCtxt(check->handlers, check, NULL, 0, NULL);
    if (check->parser)
        xmlCtxtUseOptions(check->parser,
                          XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC);
}

ta_xml_check *ta_xml_check_new(ta_xml_valid *valid) {
    ta_xml_check *check = calloc(1, sizeof *check);
    if (!check)
        return NULL;
    check->valid = valid;
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .serror = take_error,
                         .startElementNs = take_element,
                         .entityDecl = take_entity,
                         .getEntity = give_entity,
                         .getParameterEntity = give_parameter,
                         .attributeDecl = take_attribute};
    if (valid)
        listen_to_texts(&sax);
    check->stand_in_text[0] = 'x';
    check->stand_in = (xmlEntity){.type = XML_ENTITY_DECL,
                                  .name = check->stand_in_text,
                                  .content = check->stand_in_text,
                                  .orig = check->stand_in_text,
                                  .length = 1,
                                  .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    check->handlers = &sax;
    bool begun = ta_libxml_begin() && run_libxml(check, make_parser, check);
    check->handlers = NULL; /* the parser has a copy */
    if (begun && check->parser && ta_keys_init(&check->names))
        return check;
    ta_xml_check_drop(check);
    return NULL;
}

void ta_xml_check_drop(ta_xml_check *check) {
    if (!check)
        return;
    if (check->parser && check->parser->myDoc)
        xmlFreeDoc(check->parser->myDoc);
    if (check->parser)
        xmlFreeParserCtxt(check->parser);
    if (check->fault.kind || ta_libxml_lacks_memory())
        xmlResetLastError();
    ta_buf_fini(&check->fault.words);
    ta_buf_fini(&check->fault.name);
    ta_arena_fini(&check->arena);
    ta_keys_fini(&check->names);
    free(check->entities);
    free(check);
}

typedef struct chunk {
    ta_xml_check *check;
    const char *data;
    int len, code;
    bool last;
} chunk;

static void parse_part(void *to) {
    chunk *c = to;
    c->code = xmlParseChunk(c->check->parser, c->data, c->len, c->last);
}

static void parse_chunk(ta_xml_check *check, const char *data, int len, bool last) {
    chunk c = {check, data, len, 0, last};
    if (check->fault.kind)
        return;
    if (!run_libxml(check, parse_part, &c) || c.code == XML_ERR_NO_MEMORY ||
        ta_libxml_lacks_memory() || (check->valid && check->valid->failed))
        set_fault(check, TA_XML_FAULT_MEMORY, "");
    else if (!check->parser->wellFormed)
        set_fault(check, TA_XML_FAULT_SYNTAX, "not well-formed");
    if (!check->fault.kind)
        check->done = (uint64_t)xmlByteConsumed(check->parser);
    else if (check->done > check->fault.at)
        check->done = check->fault.at;
}

void ta_xml_check_feed(ta_xml_check *check, const char *data, size_t len) {
    const size_t whole = 8000000, part = 1 << 20; /* below libxml2's limit of 10,000,000 */
    size_t step = len <= whole ? whole : part;
    while (len) {
        size_t n = len < step ? len : step;
        parse_chunk(check, data, (int)n, false);
        data += n;
        len -= n;
    }
}

void ta_xml_check_end(ta_xml_check *check) {
    parse_chunk(check, NULL, 0, true);
}

uint64_t ta_xml_check_done(const ta_xml_check *check) {
    return check->done;
}

uint64_t ta_xml_check_elements(const ta_xml_check *check) {
    return check->elements;
}

const ta_xml_fault *ta_xml_check_fault(const ta_xml_check *check) {
    return check->fault.kind ? &check->fault : NULL;
}

const ta_xml_entity *ta_xml_check_entity(const ta_xml_check *check, const char *name,
                                         size_t len) {
    uint32_t key = ta_keys_find(&check->names, name, len);
    return key ? &check->entities[key] : NULL;
}
