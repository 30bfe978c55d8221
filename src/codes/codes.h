/* SPDX-License-Identifier: MIT */
/*
 * Code lists: files of rows (CSV, JSON, YAML) with a column code, and any of these:
 *   name, name:LANG         what the code stands for, in English and in other languages
 *   code:KIND               another code of the same thing (code:alpha3, code:eu)
 *   aliases, aliases:SOURCE what else people write, parted by `;`
 *   valid-from, valid-to    the first and the last day, as far as known; status "withdrawn"
 *   successor               what stands for a withdrawn code, several parted by `;`
 * and others, that are only shown. A list may also be a list of texts, each a code. Membership
 * is exact; all other words lead to the code that was meant.
 */
#ifndef TA_CODES_CODES_H
#define TA_CODES_CODES_H

#include "base/date.h"
#include "record/loader.h"

typedef struct ta_code_list ta_code_list;

/* One row. Texts are never NULL, and live as long as the list. */
typedef struct ta_code_item {
    const char *code, *name;
    const char *valid_from, *valid_to; /* as written, both included; "": open, or not known */
    const char *successor;             /* "": none is known */
    bool withdrawn;                    /* it has a valid-to, or the status says so */
    int64_t first_day, last_day;       /* days from 1970-01-01; INT64_MIN, INT64_MAX: open */
    const struct ta_code_item *next;   /* the same code at another time; NULL: none */
    const char *const *cells;          /* by column; NULL: empty */
} ta_code_item;

/* Appends the name under which the loader has the list that is called so: one of --codes, or
 * built in ("builtin:codes/country.csv"). False: there is none. */
bool ta_code_list_file(const ta_loader *loader, ta_text name, ta_buf *out);

/* Reads a list; the name is as loader->load takes it. TA_ERR_USAGE: a finding says what is
 * wrong with it. Drop *out with ta_code_list_drop. */
TA_MUST_CHECK ta_status ta_code_list_load(const ta_loader *loader, const char *name,
                                          ta_code_list **out);
void ta_code_list_drop(ta_code_list *list);

/* The rows in the file's order. */
size_t ta_code_list_count(const ta_code_list *list);
const ta_code_item *ta_code_list_at(const ta_code_list *list, size_t index);

/* The heads in the file's order; NULL: there are no more. */
const char *ta_code_list_head(const ta_code_list *list, size_t column);
/* The column of this head, or else of "code:HEAD" ("alpha3"); SIZE_MAX: there is none. */
size_t ta_code_list_column(const ta_code_list *list, const char *head);
/* What a column holds, by its head. */
typedef enum ta_code_column {
    TA_COLUMN_OTHER,
    TA_COLUMN_CODE,
    TA_COLUMN_NAME,
    TA_COLUMN_ALIASES
} ta_code_column;
ta_code_column ta_code_list_kind(const ta_code_list *list, size_t column);
/* A cell; "" if it is empty. */
const char *ta_code_item_cell(const ta_code_item *item, size_t column);

/* The row of a code, exactly as it stands; of several the first in the file. NULL: none. */
const ta_code_item *ta_code_list_item(const ta_code_list *list, const char *code, size_t len);

/* How a code stands to a date. */
typedef enum ta_code_time {
    TA_CODE_UNKNOWN, /* it is no code of the list */
    TA_CODE_VALID,   /* on a day that the date may mean */
    TA_CODE_EARLY,   /* the date lies before the code's first day */
    TA_CODE_LATE     /* the date lies behind its last day */
} ta_code_time;

/* Whether a code was valid at a date, of whatever precision. *item: the row that says so (for
 * its days and its successor); NULL for TA_CODE_UNKNOWN. Where the days of a withdrawn code are
 * not known, it counts as valid. */
ta_code_time ta_code_valid_at(const ta_code_list *list, ta_text code, const ta_date *date,
                              const ta_code_item **item);

/* How a text led to a code: the lower the surer. */
typedef enum ta_match {
    TA_MATCH_CODE,     /* it is the code */
    TA_MATCH_SPELLING, /* the code in another case, or one of the columns code:KIND */
    TA_MATCH_NAME,     /* a name, in some language */
    TA_MATCH_ALIAS,
    TA_MATCH_PARTS,   /* the code or such words, several times over: France (FR) */
    TA_MATCH_NEAREST, /* one wrong letter in more than three: fit to suggest, not to apply */
    TA_MATCH_SEVERAL, /* it means several codes alike: no item */
    TA_MATCH_NONE,    /* no item */
    TA_MATCH_LOST     /* no memory to find one: no item */
} ta_match;

typedef struct ta_code_found {
    const ta_code_item *item; /* NULL: none */
    ta_match match;
} ta_code_found;

/*
 * The code that a text means: case, accents, punctuation and edge blanks make no difference,
 * "FI;FI" is FI. A code goes before a name, a name before an alias, what is valid before what
 * is withdrawn. Constant time, but for TA_MATCH_NEAREST, which looks at all words. The table of
 * words is made by the first call that needs it; any number of threads may call.
 */
ta_code_found ta_code_list_find(const ta_code_list *list, const char *text, size_t len);

/* The same among the rows of one country, two letters in the column "country"; of
 * a region that NUTS counts on several levels ("Ile-de-France": FR1, FR10), that of level 2.
 * Reads all rows: for what ta_code_list_find calls TA_MATCH_SEVERAL. */
ta_code_found ta_code_list_find_in(const ta_code_list *list, const char *country, ta_text text);

/* The short form (column "short") that a text spells or is the name of, among the rows of a
 * country, or of all if that is empty; other names of a row are forms of other languages. NULL:
 * none, several, or no memory. */
const char *ta_code_list_short(const ta_code_list *list, const char *country, ta_text text);

/* Appends what a text is in its row: "the name in German", "its alpha3 code", "another name";
 * nothing if no column has it. */
void ta_code_list_tell(const ta_code_list *list, const ta_code_item *item, ta_text text,
                       ta_buf *out);

#endif
