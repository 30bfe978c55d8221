/* SPDX-License-Identifier: MIT */
/* The file as tokens that libxml2 vouches for, and what can be wrong with it. */
#ifndef TA_FORMAT_XML_INPUT_H
#define TA_FORMAT_XML_INPUT_H

#include "format/xml/sax.h"
#include "format/xml/scan.h"
#include "format/xml/xml.h"

/* Why reading cannot go on; code is TA_CODE_COUNT where libxml2 is to say why. */
typedef struct ta_xml_problem {
    bool set, memory;
    ta_code code;
    uint64_t at, end;  /* in the file */
    uint64_t related;  /* in the file; UINT64_MAX: none */
    const char *label; /* of what is related */
    ta_buf found, expected;
} ta_xml_problem;

/* Tokens, vouched for. */
typedef struct ta_xml_input {
    const ta_reading *reading;
    ta_source *source;
    ta_xml_check *check;
    struct ta_xml_valid *valid; /* holds the file against an XML Schema; NULL: there is none */
    uint64_t start;             /* of the first byte */
    uint64_t at;                /* behind the last token */
    uint64_t token_at;          /* the last token */
    uint64_t keep;              /* what must stay in the window; UINT64_MAX: nothing */
    uint64_t fed;               /* libxml2 has got the bytes before it */
    uint64_t hold;              /* and gets none from here on (too many attributes) */
    uint64_t foreign;  /* the first byte that the declared encoding leaves open; UINT64_MAX */
    uint64_t ascii;    /* where the search for it goes on */
    char declared[40]; /* that encoding; empty: UTF-8 */
    bool ended_check;
    bool reported;     /* findings were emitted that end the reading */
    uint64_t elements; /* start tags cut so far */
    ta_xml_problem *problem;
} ta_xml_input;

TA_MUST_CHECK ta_status ta_xml_input_init(ta_xml_input *input, const ta_reading *reading,
                                          ta_xml_problem *problem);
void ta_xml_input_fini(ta_xml_input *input);
/* Reads on; TA_STOP: nothing more came. */
TA_MUST_CHECK ta_status ta_xml_input_more(ta_xml_input *input);
/* The next token. TA_STOP: the input has ended. TA_ERR_INPUT: findings were emitted, or the
 * problem is set. */
TA_MUST_CHECK ta_status ta_xml_input_next(ta_xml_input *input, ta_xml_token *token);
/* Whether all before an offset is well-formed. TA_ERR_INPUT: libxml2 has a fault before it. */
TA_MUST_CHECK ta_status ta_xml_input_vouch(ta_xml_input *input, uint64_t limit);
/* Whether the whole file is. */
TA_MUST_CHECK ta_status ta_xml_input_vouch_all(ta_xml_input *input);
/* The value of encoding="..." in an XML declaration; its length, 0: none. */
size_t ta_xml_declared_encoding(const ta_xml_token *pi, const char **name);
bool ta_xml_encoding_is_utf8(const char *name, size_t len);
/* Reads the XML declaration's encoding. */
TA_MUST_CHECK ta_status ta_xml_input_declare(ta_xml_input *input, const ta_xml_token *pi);
/* Where the next token begins, and where text that may be read ends. */
const char *ta_xml_input_here(const ta_xml_input *input, const char **end);
static inline uint64_t ta_xml_offset(const ta_xml_input *input, const char *p) {
    const ta_window *window = &input->source->window;
    return window->offset + (uint64_t)(p - window->data);
}

/* Sets a problem, if none is set; gives TA_ERR_INPUT. A format for `found`. */
ta_status ta_xml_problem_set(ta_xml_problem *problem, ta_code code, ta_span span,
                             const char *found, ...) __attribute__((format(printf, 4, 5)));
/* Emits what is wrong: the problem, or libxml2's fault before it. */
TA_MUST_CHECK ta_status ta_xml_complain(ta_xml_input *input);

#endif
