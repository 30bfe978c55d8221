/* SPDX-License-Identifier: MIT */
/* Names of files from keys: what would end a step, lead elsewhere or not be shown is written as
 * in a URI. A step `_` alone stands for a list in a list. */
#include "tables/tables.h"

static bool is_name_byte(unsigned char c) {
    return c > ' ' && c != 0x7F && !strchr("./\\:*?\"<>|%", c);
}

void ta_tables_put_name(ta_buf *out, const char *step, size_t len) {
    bool lone = (len == 1 && *step == '_');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)step[i];
        if (is_name_byte(c) && !lone)
            ta_buf_put(out, &step[i], 1);
        else
            ta_buf_printf(out, "%%%02X", c);
    }
    if (!len)
        ta_buf_puts(out, "%");
}

static int hex_value(char c) {
    const char *digits = "0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

bool ta_tables_read_name(ta_buf *out, const char *step, size_t len) {
    if (len == 1 && *step == '%')
        return true;
    for (size_t i = 0; i < len; i++) {
        if (step[i] != '%') {
            ta_buf_put(out, &step[i], 1);
            continue;
        }
        int high = i + 2 < len ? hex_value(step[i + 1]) : -1;
        int low = i + 2 < len ? hex_value(step[i + 2]) : -1;
        if (high < 0 || low < 0)
            return false;
        char c = (char)(high * 16 + low);
        ta_buf_put(out, &c, 1);
        i += 2;
    }
    return len > 0;
}
