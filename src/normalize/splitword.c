/* SPDX-License-Identifier: MIT */
/*
 * Prose out of a PDF, where blanks split words: "rech erche". Two words are one that was split
 * if together they are a word of the same file, neither is more frequent than that word, and
 * one stands nowhere else. "health care" stays beside a "healthcare": health is the more
 * frequent.
 */
#include "base/fold.h"
#include "normalize/rule.h"
#include "normalize/stock.h"

static ta_text slice(ta_text text, size_t start, size_t end) {
    return (ta_text){text.data + start, end - start};
}

/* Whether the two are one word; `small` is room. */
static bool is_split(const ta_stock *stock, ta_text left, ta_text right, ta_buf *small) {
    small->len = 0;
    ta_fold_lower(left.data, left.len, small);
    size_t middle = small->len;
    ta_fold_lower(right.data, right.len, small);
    if (small->failed)
        return false;
    ta_text both = {small->data, small->len};
    uint32_t joined = ta_stock_count(stock, both);
    if (!joined)
        return false;
    uint32_t one = ta_stock_count(stock, slice(both, 0, middle));
    uint32_t other = ta_stock_count(stock, slice(both, middle, both.len));
    return one && other && (one == 1 || other == 1) && one <= joined && other <= joined;
}

/* `"S ud" (Sud)`; of personal data nothing. */
static void list_split(const ta_normal_value *value, ta_text left, ta_text right, ta_buf *out) {
    if (value->shape->personal)
        return;
    ta_buf_puts(out, out->len ? ", \"" : "\"");
    ta_buf_put(out, left.data, left.len);
    ta_buf_puts(out, " ");
    ta_buf_put(out, right.data, right.len);
    ta_buf_puts(out, "\" (");
    ta_buf_put(out, left.data, left.len);
    ta_buf_put(out, right.data, right.len);
    ta_buf_puts(out, ")");
}

/* The text with its split words joined goes to result->text, a list of them to detail; returns
 * how many. A word is part of one join at most. */
static size_t join_words(const ta_normal_value *value, ta_text text, ta_normal_result *result,
                         ta_buf *small) {
    ta_stock_word left = {0}, right;
    size_t count = 0, done = 0;
    for (size_t at = 0; ta_stock_next(text, &at, &right); left = right) {
        ta_text a = slice(text, left.start, left.end), b = slice(text, right.start, right.end);
        bool beside = left.letters && right.letters && left.end + 1 == right.start &&
                      text.data[left.end] == ' ';
        if (!beside || !is_split(value->stock, a, b, small))
            continue;
        list_split(value, a, b, &result->detail);
        ta_buf_put(&result->text, text.data + done, left.end - done);
        done = right.start;
        right.letters = false;
        count++;
    }
    ta_buf_put(&result->text, text.data + done, text.len - done);
    return count;
}

ta_verdict ta_normal_splitword(const ta_normal_value *value, ta_normal_result *result) {
    ta_buf clean = {0}, small = {0};
    ta_normal_clean(value->text, &clean);
    size_t count = join_words(value, (ta_text){clean.data, clean.len}, result, &small);
    result->text.failed |= clean.failed || small.failed;
    ta_buf_fini(&clean);
    ta_buf_fini(&small);
    if (!count) {
        result->text.len = 0;
        return ta_normal_blanks(value, result);
    }
    if (value->options->suggested)
        return ta_normal_to(value, result, TA_TEXT, TA_F_SPLITWORD_SUGGESTED);
    result->code = TA_F_SPLITWORD_LIKELY;
    return TA_NORMAL_REFUSED;
}
