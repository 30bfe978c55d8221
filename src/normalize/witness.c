/* SPDX-License-Identifier: MIT */
#include "normalize/witness.h"

#include "schema/words.h"

static void put_quoted(const ta_normal_value *value, const ta_witness *witness, ta_buf *out) {
    if (!value->shape->personal) {
        ta_say_scalar((ta_text){witness->text, strlen(witness->text)}, "\"", out);
        ta_buf_puts(out, " ");
    }
    ta_buf_printf(out, "in line %llu", (unsigned long long)witness->where.line);
}

void ta_witness_put(const ta_normal_value *value, const ta_witness *witness, ta_buf *out) {
    if (!witness->where.line)
        return;
    ta_buf_puts(out, ", as ");
    put_quoted(value, witness, out);
}

void ta_witness_conflict(const ta_normal_value *value, const ta_witness *one,
                         const ta_witness *other, const char *remedy, ta_buf *out) {
    bool some = one && one->count, others = other && other->count;
    if (some)
        put_quoted(value, one, out);
    if (some && others)
        ta_buf_puts(out, " contradicts ");
    if (others)
        put_quoted(value, other, out);
    if (some != others) {
        ta_buf_puts(out, " stays as it is and is no proof");
    } else if (!some) {
        ta_buf_puts(out, "no other value of its column shows it");
    }
    ta_buf_printf(out, "; %s", remedy);
}
