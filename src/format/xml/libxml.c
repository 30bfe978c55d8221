/* SPDX-License-Identifier: MIT */
/* What libxml2's codes mean to people. */
#include "format/xml/libxml.h"

/* The words, and those behind the name that it gives. */
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

/* libxml2's own words, for a code without a row: its first line. */
static void put_foreign_words(ta_buf *out, const char *message) {
    size_t len = message ? strcspn(message, "\n") : 0;
    ta_buf_puts(out, len ? "not well-formed: " : "not well-formed");
    ta_buf_put(out, message, len);
}

void ta_libxml_put_words(ta_buf *out, const xmlError *error) {
    for (size_t i = 0; i < sizeof fault_rows / sizeof *fault_rows; i++) {
        if (fault_rows[i].code != error->code)
            continue;
        ta_buf_puts(out, fault_rows[i].words);
        if (fault_rows[i].behind) {
            ta_buf_puts(out, error->str1 ? error->str1 : "");
            ta_buf_puts(out, fault_rows[i].behind);
        }
        return;
    }
    put_foreign_words(out, error->message);
}
