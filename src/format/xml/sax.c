/* SPDX-License-Identifier: MIT */
/*
 * The one place where libxml2's parser is included. Options: NONET and BIG_LINES, and
 * IGNORE_ENC, since the source gives UTF-8 whatever the file declares; never NOENT, DTDLOAD,
 * DTDATTR, DTDVALID, XINCLUDE, RECOVER or HUGE. It reports through callbacks alone and builds
 * no tree, so its limit of 256 levels, which is the tree's, does not apply; ours is
 * record-depth.
 *
 * Entities never expand in here: each reference is answered with an entity of one character,
 * which libxml2 takes as predefined. So no file can make it do exponential work.
 */
#include "format/xml/sax.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

#include "record/keys.h"

enum {
    ENTITIES_MAX = 4000, /* declared in one DOCTYPE: HTML has 2,231 */
    NAMES_MAX = 100000   /* different ones in a file: beyond, libxml2's table is slow */
};

struct ta_xml_check {
    xmlParserCtxtPtr parser;
    uint64_t done, elements;
    ta_xml_fault fault;
    ta_arena arena;
    ta_keys names;           /* of entities */
    ta_xml_entity *entities; /* by key */
    size_t entity_cap;
    xmlEntity stand_in;
    xmlChar stand_in_text[2];
};

/* What libxml2's codes mean to people: the words, and those behind the name that it gives. */
static const struct {
    int code;
    const char *words, *behind;
} fault_rows[] = {
    {XML_ERR_INTERNAL_ERROR, "markup that XML does not have here", NULL},
    {XML_ERR_DOCUMENT_EMPTY, "no element stands here", NULL},
    {XML_ERR_DOCUMENT_END, "something stands behind the end of the root element", NULL},
    {XML_ERR_INVALID_HEX_CHARREF,
     "a character reference is written &#x followed by hexadecimal "
     "digits and ;",
     NULL},
    {XML_ERR_INVALID_DEC_CHARREF,
     "a character reference is written &# followed by digits and ;", NULL},
    {XML_ERR_INVALID_CHAR, "a character that XML 1.0 does not allow, not even as a reference",
     NULL},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "a bare &: write &amp;", NULL},
    {XML_ERR_NAME_REQUIRED,
     "a name is expected here: if a bare < or & is meant, write &lt; or "
     "&amp;",
     NULL},
    {XML_ERR_UNDECLARED_ENTITY, "the entity &", "; is not declared"},
    {XML_ERR_ENTITY_LOOP, "an entity that contains itself", NULL},
    {XML_ERR_LT_IN_ATTRIBUTE,
     "a bare < in an attribute, or its closing quote is missing: write "
     "&lt;",
     NULL},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "an attribute's value needs quotes: name=\"value\"", NULL},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "an attribute's closing quote is missing", NULL},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "the attribute ", " has no value: write name=\"value\""},
    {XML_ERR_ATTRIBUTE_REDEFINED, "the attribute ", " stands twice in this tag"},
    {XML_ERR_COMMENT_NOT_FINISHED, "a comment is not closed: --> is missing", NULL},
    {XML_ERR_HYPHEN_IN_COMMENT, "two hyphens inside a comment: XML allows them only at its end",
     NULL},
    {XML_ERR_PI_NOT_FINISHED, "a processing instruction is not closed: ?> is missing", NULL},
    {XML_ERR_PI_NOT_STARTED, "a processing instruction needs a name", NULL},
    {XML_ERR_CDATA_NOT_FINISHED, "a CDATA section is not closed: ]]> is missing", NULL},
    {XML_ERR_MISPLACED_CDATA_END, "]]> stands in text: write ]]&gt;", NULL},
    {XML_ERR_RESERVED_XML_NAME, "the XML declaration stands only at the very start of the file",
     NULL},
    {XML_ERR_SPACE_REQUIRED, "a blank is expected here, between two attributes", NULL},
    {XML_ERR_EQUAL_REQUIRED, "= is expected here", NULL},
    {XML_ERR_GT_REQUIRED, "the tag is not closed: > is missing", NULL},
    {XML_ERR_LTSLASH_REQUIRED, "an end tag is expected here", NULL},
    {XML_ERR_TAG_NOT_FINISHED, "the file ends inside an element", NULL},
    {XML_ERR_TAG_NAME_MISMATCH, "the end tag does not match the start tag ", ""},
    {XML_ERR_XMLDECL_NOT_STARTED, "the XML declaration begins with <?xml and a blank", NULL},
    {XML_ERR_XMLDECL_NOT_FINISHED, "the XML declaration is not closed: ?> is missing", NULL},
    {XML_ERR_VERSION_MISSING, "the XML declaration names no version: write version=\"1.0\"",
     NULL},
    {XML_ERR_UNKNOWN_VERSION, "the version is not 1.0", NULL},
    {XML_ERR_STANDALONE_VALUE, "standalone is \"yes\" or \"no\"", NULL},
    {XML_ERR_ENCODING_NAME,
     "the encoding's name is empty or has other characters than letters, "
     "digits, ., _ and -",
     NULL},
    {XML_ERR_STRING_NOT_CLOSED, "a closing quote is missing", NULL},
    {XML_ERR_STRING_NOT_STARTED, "quotes are expected here", NULL},
    {XML_ERR_DOCTYPE_NOT_FINISHED, "the DOCTYPE is not closed", NULL},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "the prefix ",
     " is not declared: xmlns:PREFIX=\"...\" is "
     "missing"},
    {XML_NS_ERR_QNAME, "a name has one colon at most, and a name on both sides of it", NULL},
    {XML_NS_ERR_COLON, "a name has one colon at most, and a name on both sides of it", NULL},
    {XML_NS_ERR_ATTRIBUTE_REDEFINED, "the attribute ",
     " stands twice in this tag: two prefixes "
     "mean one namespace"},
    {XML_NS_ERR_XML_NAMESPACE, "the prefix ",
     " cannot mean this: an empty namespace, or a reserved one"},
    {XML_NS_ERR_EMPTY, "the prefix ", " is declared as empty"},
};

/* libxml2 takes some failed allocations for faults of the file, so we hear of them ourselves.
 */
static _Thread_local bool memory_failed;

static void *allocate(size_t size) {
    void *memory = malloc(size);
    memory_failed |= !memory;
    return memory;
}

static void *reallocate(void *old, size_t size) {
    void *memory = realloc(old, size);
    memory_failed |= !memory && size;
    return memory;
}

static char *duplicate(const char *text) {
    char *copy = strdup(text);
    memory_failed |= !copy;
    return copy;
}

static void set_fault(ta_xml_check *check, ta_xml_fault_kind kind, const char *words) {
    if (check->fault.kind)
        return;
    check->fault.kind = memory_failed ? TA_XML_FAULT_MEMORY : kind;
    xmlParserInputPtr input = check->parser ? check->parser->input : NULL;
    if (input && check->parser->inputTab)
        input = check->parser->inputTab[0];
    check->fault.at = check->done;
    if (input)
        check->fault.at = input->consumed + (uint64_t)(input->cur - input->base);
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

/* libxml2's own words, for a code without a row: its first line. */
static void put_foreign_words(ta_buf *out, const char *message) {
    size_t len = message ? strcspn(message, "\n") : 0;
    ta_buf_puts(out, len ? "not well-formed: " : "not well-formed");
    ta_buf_put(out, message, len);
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
    for (size_t i = 0; i < sizeof fault_rows / sizeof *fault_rows; i++) {
        if (fault_rows[i].code != error->code)
            continue;
        ta_buf_puts(&fault->words, fault_rows[i].words);
        if (fault_rows[i].behind) {
            ta_buf_puts(&fault->words, ta_buf_text(&fault->name));
            ta_buf_puts(&fault->words, fault_rows[i].behind);
        }
        return;
    }
    put_foreign_words(&fault->words, error->message);
}

/* NOLINTNEXTLINE(readability-function-size): the form is libxml2's */
static void take_element(void *to, const xmlChar *name, const xmlChar *prefix,
                         const xmlChar *uri, int namespaces, const xmlChar **declared,
                         int attributes, int defaulted, const xmlChar **values) {
    (void)name, (void)prefix, (void)uri, (void)namespaces, (void)declared;
    (void)attributes, (void)defaulted, (void)values;
    ta_xml_check *check = to;
    check->elements++;
    if (xmlDictSize(check->parser->dict) <= NAMES_MAX)
        return;
    set_fault(check, TA_XML_FAULT_SIZE, "more than 100,000 different names");
    xmlStopParser(check->parser);
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
    return ta_xml_check_entity(check, text, strlen(text)) ? &check->stand_in : NULL;
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

ta_xml_check *ta_xml_check_new(void) {
    ta_xml_check *check = calloc(1, sizeof *check);
    if (!check)
        return NULL;
    memory_failed = xmlMemSetup(free, allocate, reallocate, duplicate) != 0;
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .serror = take_error,
                         .startElementNs = take_element,
                         .entityDecl = take_entity,
                         .getEntity = give_entity,
                         .getParameterEntity = give_parameter,
                         .attributeDecl = take_attribute};
    check->stand_in_text[0] = 'x';
    check->stand_in = (xmlEntity){.type = XML_ENTITY_DECL,
                                  .name = check->stand_in_text,
                                  .content = check->stand_in_text,
                                  .orig = check->stand_in_text,
                                  .length = 1,
                                  .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    check->parser = xmlCreatePushParserCtxt(&sax, check, NULL, 0, NULL);
    if (!check->parser || !ta_keys_init(&check->names)) {
        ta_xml_check_drop(check);
        return NULL;
    }
    xmlCtxtUseOptions(check->parser,
                      XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC);
    return check;
}

void ta_xml_check_drop(ta_xml_check *check) {
    if (!check)
        return;
    if (check->parser && check->parser->myDoc)
        xmlFreeDoc(check->parser->myDoc);
    if (check->parser)
        xmlFreeParserCtxt(check->parser);
    ta_buf_fini(&check->fault.words);
    ta_buf_fini(&check->fault.name);
    ta_arena_fini(&check->arena);
    ta_keys_fini(&check->names);
    free(check->entities);
    free(check);
}

static void parse_chunk(ta_xml_check *check, const char *data, int len, bool last) {
    if (check->fault.kind)
        return;
    int code = xmlParseChunk(check->parser, data, len, last);
    if (code == XML_ERR_NO_MEMORY || memory_failed)
        set_fault(check, TA_XML_FAULT_MEMORY, "");
    if (!check->parser->wellFormed)
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
