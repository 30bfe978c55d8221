/* SPDX-License-Identifier: MIT */
#include "flow/names.h"

#include <limits.h>
#include <unistd.h>

/* Appends the steps of a path to an absolute one ("" is the root). */
static void put_steps(ta_buf *out, const char *path) {
    for (; *path; path += strcspn(path, "/"), path += *path == '/') {
        size_t len = strcspn(path, "/");
        if (!len || (len == 1 && *path == '.'))
            continue;
        if (len == 2 && !memcmp(path, "..", 2)) {
            while (out->len && out->data[--out->len] != '/')
                continue;
            continue;
        }
        ta_buf_puts(out, "/");
        ta_buf_put(out, path, len);
    }
}

static void put_absolute(ta_buf *out, const char *name) {
    char here[PATH_MAX];
    if (*name != '/')
        put_steps(out, getcwd(here, sizeof here) ? here : "");
    put_steps(out, name);
}

/* How many bytes of whole steps two absolute paths have in common. */
static size_t common_steps(const char *a, const char *b) {
    size_t at = 0, common = 0;
    for (; a[at] == b[at]; at++) {
        if (a[at] == '/' || !a[at])
            common = at;
        if (!a[at])
            return common;
    }
    bool ends = (!a[at] && b[at] == '/') || (!b[at] && a[at] == '/');
    return ends ? at : common;
}

void ta_name_from(const char *folder, const char *name, ta_buf *out) {
    ta_buf from = {0}, to = {0};
    put_absolute(&from, folder);
    put_absolute(&to, name);
    const char *up = ta_buf_text(&from), *down = ta_buf_text(&to);
    size_t common = common_steps(up, down), start = out->len;
    for (const char *at = up + common; *at; at++)
        if (*at == '/')
            ta_buf_puts(out, out->len > start ? "/.." : "..");
    if (down[common])
        ta_buf_puts(out, out->len > start ? "/" : "");
    if (down[common])
        ta_buf_puts(out, down + common + 1);
    if (out->len == start)
        ta_buf_puts(out, ".");
    out->failed |= from.failed || to.failed;
    ta_buf_fini(&from);
    ta_buf_fini(&to);
}

void ta_name_in(const char *folder, const char *name, ta_buf *out) {
    if (*name == '/') {
        ta_buf_puts(out, name);
        return;
    }
    ta_buf joined = {0};
    ta_buf_printf(&joined, "%s%s%s", folder, *folder ? "/" : "", name);
    ta_name_from("", ta_buf_text(&joined), out);
    out->failed |= joined.failed;
    ta_buf_fini(&joined);
}

void ta_name_folder(const char *file, ta_buf *out) {
    const char *slash = strrchr(file, '/');
    if (slash)
        ta_buf_put(out, file, (size_t)(slash - file) + 1);
}

bool ta_name_leads_out(const char *path) {
    if (*path == '/')
        return true;
    for (const char *step = path; *step; step += strcspn(step, "/"), step += *step == '/')
        if (!strncmp(step, "..", 2) && (step[2] == '/' || !step[2]))
            return true;
    return false;
}
