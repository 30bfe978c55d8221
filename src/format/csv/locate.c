/* SPDX-License-Identifier: MIT */
/*
 * Where a node was written: the reader kept the span of its cell. The column is found among the
 * cells of the row, which stand as long as the record does.
 */
#include "format/csv/read.h"

uint32_t ta_csv_column_at(const ta_csv_reader *r, uint32_t offset) {
    uint32_t low = 0, high = r->columns;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (r->scan.cells[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void ta_csv_locate(const ta_record *record, const ta_node *node, ta_located *out) {
    const ta_csv_reader *r = record->head ? record->head->reader : NULL;
    uint64_t base = record->window->offset + (uint64_t)(record->raw - record->window->data);
    out->value = (ta_span){base + node->src, base + node->src + node->src_len};
    out->key = out->value;
    out->row = 0;
    out->column = NULL;
    out->window = NULL;
    if (!r)
        return;
    out->row = r->row;
    /* A list in one cell has a column; lists and objects over several cells have none of their
     * own. */
    bool wide = node->kind == TA_OBJECT || (node->kind == TA_ARRAY && r->flat);
    uint32_t column = ta_csv_column_at(r, node->src);
    if (!wide && column < r->columns)
        out->column = r->names[column];
}
