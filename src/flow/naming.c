/* SPDX-License-Identifier: MIT */
#include "flow/naming.h"

#include "schema/key.h"

typedef struct naming_walk {
    const ta_record *record;
    const ta_screen *screen;
    ta_buf *out;
    bool some, hidden;
} naming_walk;

/* Lists whose identifiers are e-mail addresses do not always say so. */
static bool is_address(ta_text text) {
    const char *at = memchr(text.data, '@', text.len), *end = text.data + text.len;
    return at && at > text.data && at + 1 < end && memchr(at, '.', (size_t)(end - at));
}

/* A part of a key that is personal is shown nowhere; the record goes by its number then. */
static bool put_name_part(void *to, const ta_node *node) {
    naming_walk *walk = to;
    bool scalar = node->kind == TA_TEXT || node->kind == TA_NUMBER;
    ta_text text = scalar ? ta_node_text(walk->record, node) : (ta_text){"", 0};
    walk->hidden = walk->hidden || !scalar || is_address(text) ||
                   walk->screen->covers(walk->screen->to, walk->record, node);
    if (walk->hidden)
        return false;
    ta_buf_put(walk->out, text.data, text.len);
    walk->some = true;
    return true;
}

static bool name_record(const void *to, const ta_record *record, ta_buf *out) {
    const ta_naming *naming = to;
    naming_walk walk = {.record = record, .screen = naming->screen, .out = out};
    bool whole = naming->count;
    for (uint32_t i = 0; i < naming->count && whole; i++) {
        walk.some = false;
        ta_buf_puts(out, i ? ", " : "");
        ta_path_each(record, record->nodes, &naming->paths[i], put_name_part, &walk);
        whole = walk.some && !walk.hidden;
    }
    return whole;
}

static ta_status add_naming_path(ta_naming *naming, ta_keys *keys, ta_text text) {
    size_t bad;
    ta_path path;
    if (!ta_path_parse(&naming->arena, keys, text, '.', &path, &bad))
        return bad == SIZE_MAX ? TA_ERR_NOMEM : TA_STOP;
    naming->paths[naming->count++] = path;
    return path.relative ? TA_STOP : TA_OK;
}

ta_status ta_naming_open(ta_naming *naming, const ta_schema *schema, const ta_screen *screen,
                         ta_keys *keys) {
    const ta_document *document;
    const ta_node *key = schema ? ta_schema_key(schema, &document) : NULL;
    if (!key)
        return TA_OK;
    naming->screen = screen;
    naming->namer = (ta_namer){naming, name_record};
    bool is_list = key->kind == TA_ARRAY;
    const ta_node *end = ta_node_end(key), *at = is_list ? ta_node_first(key) : key;
    naming->paths =
        ta_arena_alloc(&naming->arena, (key->count + (size_t)1) * sizeof *naming->paths);
    ta_status status = naming->paths ? TA_OK : TA_ERR_NOMEM;
    for (; at < end && status == TA_OK; at = ta_node_next(at))
        status = at->kind == TA_TEXT
                     ? add_naming_path(naming, keys, ta_node_text(&document->record, at))
                     : TA_STOP;
    if (status == TA_STOP)
        naming->count = 0;
    ta_keys_pin(keys);
    return status == TA_STOP ? TA_OK : status;
}

const ta_namer *ta_naming_namer(const ta_naming *naming) {
    return naming->count ? &naming->namer : NULL;
}

void ta_naming_fini(ta_naming *naming) {
    ta_arena_fini(&naming->arena);
}
