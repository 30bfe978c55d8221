/* SPDX-License-Identifier: MIT */
/* Columns: the values at one path, whatever the indices on it, counted by their form; for
 * src/lint alone. */
#ifndef TA_LINT_COLUMN_H
#define TA_LINT_COLUMN_H

#include "record/stage.h"

/* What a value looks like. Decimal marks are certain: 1.500 and 1,500 are TA_FORM_TEXT. */
typedef enum ta_lint_form {
    TA_LOOKS_TEXT,
    TA_LOOKS_POINT,      /* 12.5, 1,234.50 */
    TA_LOOKS_COMMA,      /* 12,5, 1.234,50 */
    TA_LOOKS_LONG_POINT, /* 195112966.1951: six digits and more before it */
    TA_LOOKS_LONG_COMMA,
    TA_LOOKS_EXPONENT,     /* 1.23E+10, as spreadsheets show long numbers */
    TA_LOOKS_MONTH,        /* Mar-21, 1-Sep */
    TA_LOOKS_YEAR_FIRST,   /* 2024-12-31, with a time or without */
    TA_LOOKS_DAY_FIRST,    /* 31/12/2024, 1.4.2008 */
    TA_LOOKS_MONTH_FIRST,  /* 12/31/2024 */
    TA_LOOKS_DAY_OR_MONTH, /* 01/02/2024 */
    TA_LOOKS_ZEROS,        /* digits behind a zero: 00912 */
    TA_LOOKS_DIGITS,       /* a form for each length: 2 digits stand at TA_LOOKS_DIGITS + 2 */
    TA_LOOKS_COUNT = TA_LOOKS_DIGITS + 20
} ta_lint_form;

enum { TA_LOOKS_DIGITS_MAX = TA_LOOKS_COUNT - TA_LOOKS_DIGITS - 1 };

/* The form of a text or number. */
ta_lint_form ta_lint_form_of(ta_text text);
/* Whether a text that is not empty is TA_LOOKS_TEXT at a glance, as most are: no digit or sign
 * in front, nor as long as Mar-21 with its dash. */
static inline bool ta_lint_is_plain(ta_text text) {
    bool word = *text.data < '+' || *text.data > '9';
    return word && (text.len < 6 || text.len > 9 || text.data[text.len - 3] != '-');
}
/* Whether a column's name says that it holds codes or identifiers: id, siren, postalCode. */
bool ta_lint_is_code_name(const char *text, size_t len);
/* Whether a column's name says that it holds countries: country, country_code, pays. */
bool ta_lint_is_country_name(const char *text, size_t len);

/* The first value of a form: what a finding needs of it when its record has gone. */
typedef struct ta_witness {
    ta_place place;
    const char *path, *pointer, *column;
    const char *found;  /* in words */
    const char *digits; /* of TA_LOOKS_DIGITS; NULL: kept back */
    uint64_t record_no, row;
    uint32_t len; /* of digits before the decimal mark; of all digits */
} ta_witness;

typedef struct ta_column {
    uint32_t parent, key;          /* the column around it; the key in it, 0 in a list */
    uint32_t next;                 /* the one that came behind it last time */
    uint32_t same;                 /* where another stage takes it over: its column there */
    bool code;                     /* ta_lint_is_code_name */
    bool has_country;              /* a column in it names a country */
    bool abroad;                   /* its values belong to several countries, perhaps */
    uint32_t zeros_min, zeros_max; /* digits of TA_LOOKS_ZEROS */
    uint64_t counts[TA_LOOKS_COUNT];
    ta_witness *first[TA_LOOKS_COUNT]; /* NULL: none, or its form is of no interest */
} ta_column;

/* What a column lint found; emitted with the count and both witnesses. */
typedef struct ta_verdict {
    ta_code code;
    const ta_witness *wrong, *other;              /* the first of each; other may be NULL */
    uint64_t count;                               /* of wrong ones */
    const char *label;                            /* of the other one */
    char name[32], expected[64], replacement[32]; /* for its words */
} ta_verdict;

/* True: it shows something. */
typedef bool ta_column_lint_fn(const ta_column *column, ta_verdict *out);

#define TA_LINT(NAME, function, where)
#define TA_COLUMN_LINT(function) ta_column_lint_fn ta_column_lint_##function;
#include "lint/lints.def"
#undef TA_LINT
#undef TA_COLUMN_LINT

#endif
