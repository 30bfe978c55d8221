/* SPDX-License-Identifier: MIT */
/*
 * Cells of CSV that are lists: `a;b;c`, without blanks around the semicolons, in every cell of
 * the column that has one. The items are noted beside the cell as a whole, from the first such
 * cell on; until then both are the same.
 */
#include "infer/note.h"

enum { ITEM_MAX = 64, CELL_ITEMS_MAX = 256 };

static bool is_cell_item(ta_text item) {
    return item.len && item.len <= ITEM_MAX && item.data[0] != ' ' &&
           item.data[item.len - 1] != ' ';
}

/* The next item; the text is what is left behind it, without data: nothing is. */
static ta_text take_item(ta_text *text) {
    const char *gap = memchr(text->data, ';', text->len);
    ta_text item = {text->data, gap ? (size_t)(gap - text->data) : text->len};
    text->len -= item.len + (gap != NULL);
    text->data = gap ? gap + 1 : NULL;
    return item;
}

static bool is_cell_list(ta_text text) {
    unsigned count = 0;
    while (text.data && count++ < CELL_ITEMS_MAX)
        if (!is_cell_item(take_item(&text)))
            return false;
    return count <= CELL_ITEMS_MAX;
}

static void begin_items(ta_infer *infer, ta_spot *spot) {
    ta_spot *cells = ta_spot_new(infer, spot->depth + 1);
    spot->cells = cells;
    if (!cells)
        return;
    cells->unlisted = true;
    cells->count = spot->count - 1; /* this cell is counted already */
    cells->texts = spot->texts;
    cells->decimals = spot->decimals;
    cells->exponents = spot->exponents;
    cells->vast = spot->vast;
    cells->min = spot->min;
    cells->max = spot->max;
    cells->many = spot->many;
    for (uint32_t i = 0; i < spot->value_count && !spot->many; i++)
        ta_note_distinct(infer, cells, (ta_text){spot->values[i].text, spot->values[i].len},
                         false);
}

void ta_note_cell(ta_infer *infer, ta_spot *spot, ta_text text) {
    bool list = text.len && memchr(text.data, ';', text.len);
    if (!text.len || (!list && !spot->cells))
        return;
    if (!is_cell_list(text)) {
        spot->unlisted = true;
        return;
    }
    if (!spot->cells)
        begin_items(infer, spot);
    spot->listed += list;
    while (text.data && spot->cells) {
        ta_text item = take_item(&text);
        spot->cells->count++;
        char copy[TA_NOTE_NUMBER_MAX];
        ta_noted noted = {item, ta_note_number_of(infer, item, copy), false};
        ta_note_text(infer, spot->cells, &noted);
    }
}
