/* SPDX-License-Identifier: MIT */
/*
 * Tokens of XML 1.0, cut by a scanner of our own. It trusts the text: whether it is well-formed
 * is libxml2's to say (sax.h), and nothing is handed on before it has. On other bytes it is
 * safe, and says so with TA_XML_BROKEN where it cannot go on.
 */
#ifndef TA_FORMAT_XML_SCAN_H
#define TA_FORMAT_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ta_xml_kind {
    TA_XML_MORE,    /* the token is not whole */
    TA_XML_TEXT,    /* up to the next '<' */
    TA_XML_OPEN,    /* <a b="c"> or <a/> */
    TA_XML_CLOSE,   /* </a> */
    TA_XML_CDATA,   /* <![CDATA[ ]]> */
    TA_XML_COMMENT, /* <!-- --> */
    TA_XML_PI,      /* <? ?>, the XML declaration too */
    TA_XML_DOCTYPE,
    TA_XML_BROKEN
} ta_xml_kind;

/* What was seen in a text. */
enum {
    TA_XML_SEEN_INK = 1,    /* something that is no blank */
    TA_XML_SEEN_CODED = 2,  /* & or CR: what is meant is not what is written */
    TA_XML_SEEN_SPECIAL = 4 /* what JSON escapes */
};

typedef struct ta_xml_token {
    ta_xml_kind kind;
    bool empty;   /* <a/> */
    uint8_t seen; /* of a text */
    const char *at, *end;
    const char *name; /* of a tag, NULL if none */
    uint32_t name_len;
} ta_xml_token;

/* The token at p. Bytes from end on do not count; 32 bytes behind it can be read (a NUL is one
 * of them). */
void ta_xml_scan(const char *p, const char *end, ta_xml_token *token);

typedef struct ta_xml_attribute {
    const char *name, *value; /* as written, inside the quotes */
    uint32_t name_len, value_len;
} ta_xml_attribute;

/* The next attribute of a start tag: *at begins behind the tag's name. False: there is none, or
 * (*broken) it is none. */
bool ta_xml_next_attribute(const ta_xml_token *tag, const char **at, ta_xml_attribute *out,
                           bool *broken);

static inline bool ta_xml_is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

#endif
