/* SPDX-License-Identifier: MIT */
/* What libyaml complains of, in words for people who do not write parsers. */
#include "format/yaml/events.h"

/* Each problem as libyaml 0.2.5 spells it; the rest is shown as it comes. */
static const struct {
    const char *problem, *words;
    bool at_context;
} problem_rows[] = {
    {"mapping values are not allowed in this context",
     "a key and its colon cannot stand here: check the indentation, or quote text that holds a "
     "colon and a blank",
     false},
    {"could not find expected ':'", "the colon after this key is missing", true},
    {"block sequence entries are not allowed in this context",
     "a list item cannot begin here: check the indentation", false},
    {"mapping keys are not allowed in this context",
     "a key cannot stand here: check the indentation", false},
    {"found a tab character that violates indentation",
     "a tab: YAML is indented with blanks only", false},
    {"found a tab character where an indentation space is expected",
     "a tab: YAML is indented with blanks only", false},
    {"did not find expected key",
     "expected a key: check the indentation of this line, and the quotes before it", false},
    {"did not find expected '-' indicator",
     "expected a list item (\"- \"): check the indentation of this line", false},
    {"did not find expected ',' or ']'", "expected a comma or ] in the list", false},
    {"did not find expected ',' or '}'", "expected a comma or } in the object", false},
    {"did not find expected node content", "expected a value", false},
    {"did not find expected <document start>",
     "more text after the end of the value; a further document begins with ---", false},
    {"found unexpected end of stream", "the quote that opens here is never closed", true},
    {"found unexpected document indicator",
     "the quote that opens here is not closed before the document ends", true},
    {"found unknown escape character",
     "no such escape: in double quotes a backslash is written \\\\, in single quotes as it is",
     false},
    {"did not find expected hexdecimal number",
     "the escapes \\x, \\u and \\U take 2, 4 and 8 hexadecimal digits", false},
    {"found invalid Unicode character escape code",
     "this escape stands for no character: a surrogate comes in pairs, as in \\ud83d\\ude00",
     false},
    {"did not find expected alphabetic or numeric character",
     "the name of an anchor has only letters, digits, - and _; text that begins with & or * "
     "needs quotes",
     true},
    {"found undefined tag handle", "no %TAG line says what the handle of this tag means",
     false},
    {"found unknown directive name", "no such directive: YAML has %YAML and %TAG", true},
    {"found incompatible YAML document", "this version of YAML is neither 1.1 nor 1.2", false},
    {"found duplicate %YAML directive", "a document has one %YAML line", false},
    {"found duplicate %TAG directive", "this handle has a %TAG line already", false},
    {"found an indentation indicator equal to 0",
     "the indentation of a block text is a digit from 1 to 9", false},
    {"found unexpected ':'", "this colon needs a blank behind it", false},
    {"did not find expected comment or line break", "expected the end of the line", false},
    {"did not find expected whitespace or line break", "expected a blank after the tag", false},
};

const char *ta_yaml_words(const char *problem, bool *at_context) {
    for (size_t i = 0; i < sizeof problem_rows / sizeof *problem_rows; i++)
        if (!strcmp(problem_rows[i].problem, problem)) {
            *at_context = problem_rows[i].at_context;
            return problem_rows[i].words;
        }
    *at_context = false;
    return problem;
}
