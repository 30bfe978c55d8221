/* SPDX-License-Identifier: MIT */
#include "report/uri.h"

#include <limits.h>
#include <unistd.h>

const char *ta_uri_relative(const char *file) {
    char folder[PATH_MAX];
    while (file[0] == '.' && file[1] == '/')
        file += 2;
    if (*file != '/' || !getcwd(folder, sizeof folder))
        return file;
    size_t len = strlen(folder);
    return !strncmp(file, folder, len) && file[len] == '/' ? file + len + 1 : file;
}

/* What a path may have unescaped: unreserved characters, sub-delimiters, @ and /. A colon could
 * be taken for the end of a scheme. */
static bool is_path_char(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~!$&'()*+,;=@/", c));
}

void ta_uri_put_file(ta_buf *out, const char *file) {
    const char *name = ta_uri_relative(file);
    ta_buf_puts(out, *name == '/' ? "file://" : "");
    for (const char *at = name; *at; at++) {
        if (is_path_char((unsigned char)*at))
            ta_buf_put(out, at, 1);
        else
            ta_buf_printf(out, "%%%02X", (unsigned char)*at);
    }
}
