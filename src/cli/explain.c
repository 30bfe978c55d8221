/* SPDX-License-Identifier: MIT */
/* transalp explain: what a finding means and what to do, from the one table finding.def. */
#include <limits.h>

#include "cli/help.h"
#include "cli/say.h"

enum { CODE_COLUMN = 24, TEXT_COLUMN = 33 };

/* The code's first word, the family, as its length. */
static size_t family_len(const char *code) {
    return strcspn(code, "-");
}

/* The message with a dot line for each word that is filled in; neighbours make one. */
static void print_template(ta_buf *out, const char *message) {
    bool filled = false;
    for (const char *at = message; *at; at++) {
        size_t len = *at == '{' ? strcspn(at, "}") : 0;
        if (len && !filled)
            ta_buf_puts(out, "...");
        filled = len != 0;
        if (len)
            at += len;
        else
            ta_buf_put(out, at, 1);
    }
}

/* The message; where it is filled in altogether, the first sentence of the explanation. */
static void print_gist(ta_buf *out, const ta_code_row *row) {
    const char *dot = strstr(row->why, ". ");
    print_template(out, row->message);
    if (strcmp(ta_buf_text(out), "...") != 0)
        return;
    out->len = 0;
    ta_buf_put(out, row->why, dot ? (size_t)(dot - row->why) : strlen(row->why));
}

static void list_code(ta_buf *out, const ta_code_row *row) {
    ta_buf_printf(out, "%-*s %-*s", CODE_COLUMN - 1, row->code, TEXT_COLUMN - CODE_COLUMN - 1,
                  ta_level_text(row->level));
    ta_buf message = {0};
    print_gist(&message, row);
    ta_help_wrap(out, ta_buf_text(&message), TEXT_COLUMN, TEXT_COLUMN);
    out->failed |= message.failed;
    ta_buf_fini(&message);
}

static bool is_same_family(int i, int j) {
    return i >= 0 && j >= 0 && i < TA_CODE_COUNT && j < TA_CODE_COUNT &&
           family_len(ta_codes[i].code) == family_len(ta_codes[j].code) &&
           !strncmp(ta_codes[i].code, ta_codes[j].code, family_len(ta_codes[i].code));
}

/* Whether a family of several codes begins here, or has just ended. */
static bool begins_block(int i) {
    return i && !is_same_family(i - 1, i) &&
           (is_same_family(i, i + 1) || is_same_family(i - 2, i - 1));
}

/* All codes, or those of one family. Returns how many. */
static int list_codes(ta_buf *out, const char *family) {
    int count = 0;
    for (int i = 0; i < TA_CODE_COUNT; i++) {
        if (family && !ta_level_wish_covers(family, ta_codes[i].code))
            continue;
        ta_buf_puts(out, !family && begins_block(i) ? "\n" : "");
        list_code(out, &ta_codes[i]);
        count++;
    }
    return count;
}

static void print_block(ta_buf *out, const char *text, unsigned indent) {
    ta_buf_printf(out, "%*s", (int)indent, "");
    ta_help_wrap(out, text, indent, indent);
}

static void explain_code(ta_buf *out, const ta_code_row *row) {
    ta_buf message = {0};
    print_template(&message, row->message);
    ta_buf_printf(out, "%s: %s\n\n", row->code, ta_level_text(row->level));
    if (strcmp(ta_buf_text(&message), "...") != 0) {
        print_block(out, ta_buf_text(&message), 4);
        ta_buf_puts(out, "\n");
    }
    print_block(out, row->why, 0);
    if (*row->example)
        ta_buf_printf(out, "\nFor instance:\n\n    %s\n", row->example);
    ta_buf_printf(out, "\n--error, --warn and --ignore take %s", row->code);
    if (row->code[family_len(row->code)])
        ta_buf_printf(out, ", or all of %.*s", (int)family_len(row->code), row->code);
    ta_buf_puts(out, ".\n");
    out->failed |= message.failed;
    ta_buf_fini(&message);
}

/* False: a message said that there is no such finding. */
static bool explain_word(ta_buf *out, const char *word) {
    ta_code code = ta_code_find(word);
    if (code != TA_CODE_COUNT)
        explain_code(out, &ta_codes[code]);
    if (code != TA_CODE_COUNT || list_codes(out, word))
        return true;
    ta_guess guess = {.word = word};
    ta_guess_try_codes(&guess);
    ta_say_unknown(&guess, "`transalp explain` lists them", "no finding is called %s", word);
    return false;
}

static int run_explain(ta_settings *settings) {
    ta_buf out = {0};
    bool known = true;
    if (!settings->argument_count)
        list_codes(&out, NULL);
    for (size_t i = 0; i < settings->argument_count; i++) {
        size_t before = out.len;
        ta_buf_puts(&out, before ? "\n" : "");
        if (!explain_word(&out, settings->arguments[i])) {
            out.len = before;
            known = false;
        }
    }
    int exit_status = known || out.len ? ta_say_text(&out) : 2;
    return known ? exit_status : 2;
}

static const ta_example explain_examples[] = {
    {"transalp explain csv-stray-quote", "one finding"},
    {"transalp explain loss", "a family of findings"},
    {"transalp explain", "all findings"},
    {0}};

extern const ta_command ta_command_explain;
const ta_command ta_command_explain = {
    .name = "explain",
    .arguments = "[CODE|FAMILY]...",
    .summary = "what a finding means, and what to do",
    .about =
        "Explains findings by the code that stands in brackets behind each message. Without a "
        "code it lists all of them.",
    .examples = explain_examples,
    .most = UINT_MAX,
    .run = run_explain,
};
