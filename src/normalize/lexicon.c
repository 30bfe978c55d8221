/* SPDX-License-Identifier: MIT */
/* Phrases found in a text's tokens, by way of a table of their first words. */
#include "normalize/lexicon.h"

#include <pthread.h>

enum { PHRASES_MAX = 2048, BUCKETS = 1024 };

typedef struct phrase_entry {
    const ta_phrase_row *row;
    const char *words; /* up to a blank or NUL */
    uint16_t next;     /* in the bucket, in the order of the rows: its index and 1; 0: none */
} phrase_entry;

/* Made once, whoever comes first; const after that. */
static struct {
    phrase_entry entries[PHRASES_MAX];
    uint16_t count, first[BUCKETS], last[BUCKETS]; /* an entry's index and 1; 0: none */
} phrase_table;

static size_t find_bucket(ta_word_class of, const char *word, size_t len) {
    uint32_t hash = (uint32_t)of;
    for (size_t i = 0; i < len; i++)
        hash = hash * 31 + (unsigned char)word[i];
    return (hash ^ hash >> 10) % BUCKETS;
}

static void enter_phrase(const ta_phrase_row *row, const char *words) {
    size_t bucket = find_bucket(row->of, words, strcspn(words, "_ "));
    phrase_table.entries[phrase_table.count++] = (phrase_entry){row, words, 0};
    if (phrase_table.last[bucket])
        phrase_table.entries[phrase_table.last[bucket] - 1].next = phrase_table.count;
    else
        phrase_table.first[bucket] = phrase_table.count;
    phrase_table.last[bucket] = phrase_table.count;
}

static void make_phrase_table(void) {
    for (const ta_phrase_row *row = ta_phrase_rows; row->phrases; row++)
        for (const char *at = row->phrases; *at && phrase_table.count < PHRASES_MAX;) {
            enter_phrase(row, at);
            at += strcspn(at, " ");
            at += *at == ' ';
        }
}

/* How many tokens a phrase takes; 0: it does not stand here. A currency sign or mark that
 * stands alone is a word as others. */
static uint32_t match_phrase(const ta_token *token, const char *at) {
    uint32_t count = 0;
    for (; *at && *at != ' '; count++) {
        size_t len = strcspn(at, "_ ");
        const char *word = token[count].word;
        if (token[count].kind == TA_TOKEN_END || strncmp(word, at, len) != 0 || word[len])
            return 0;
        at += len;
        at += *at == '_';
    }
    return count;
}

bool ta_scan_phrase(ta_scan *scan, ta_word_class of, int *value) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const ta_token *token = ta_scan_peek(scan);
    uint32_t longest = 0;
    if (ta_scan_at_end(scan))
        return false;
    pthread_once(&once, make_phrase_table);
    size_t at = phrase_table.first[find_bucket(of, token->word, strlen(token->word))];
    for (const phrase_entry *entry; at; at = entry->next) {
        entry = &phrase_table.entries[at - 1];
        uint32_t count = entry->row->of == of ? match_phrase(token, entry->words) : 0;
        if (count <= longest)
            continue;
        longest = count;
        if (value)
            *value = entry->row->value;
    }
    scan->at += longest;
    return longest > 0;
}
