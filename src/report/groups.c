/* SPDX-License-Identifier: MIT */
#include "report/groups.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "report/put.h"

enum {
    GROUPS_MAX = 4096, /* distinct groups per input; what comes later is only counted */
    SLOT_COUNT = 8192, /* a power of two, never more than half full */
    TEXT_KEPT = 256    /* bytes of a path or a name that a group keeps */
};

struct ta_group {
    uint64_t hash, column_hash;
    uint64_t shown, more;
    ta_code code;
    const char *rule_id, *file, *path, *column; /* copies; NULL: none */
    bool mixed;                                 /* not all in one column */
};

/* The path with `*` for each step that is a list's index. */
static void print_pattern(ta_buf *out, const char *path) {
    out->len = 0;
    for (const char *at = path; *at;) {
        size_t step = 0;
        while (at[step] && at[step] != '.')
            step += at[step] == '\\' && at[step + 1] ? 2 : 1;
        if (step && strspn(at, "0123456789") == step)
            ta_buf_put(out, "*", 1);
        else
            ta_buf_put(out, at, step);
        at += step;
        if (*at)
            ta_buf_put(out, at++, 1);
    }
}

static uint64_t hash_text(uint64_t before, const char *text) {
    return ta_hash_more(before, text ? text : "", text ? strlen(text) + 1 : 1);
}

static uint64_t hash_finding(ta_groups *groups, const ta_finding *finding) {
    uint32_t code = (uint32_t)finding->code;
    uint64_t hash = ta_hash(&code, sizeof code);
    hash = hash_text(hash, finding->rule_id);
    hash = hash_text(hash, finding->place.file);
    print_pattern(&groups->pattern, finding->path ? finding->path : "");
    return ta_hash_more(hash, groups->pattern.data, groups->pattern.len);
}

/* The slot of a hash: taken by it, or free. */
static uint32_t *find_slot(ta_groups *groups, uint64_t hash) {
    uint32_t at = (uint32_t)hash & (SLOT_COUNT - 1);
    while (groups->slots[at] && groups->items[groups->slots[at] - 1].hash != hash)
        at = (at + 1) & (SLOT_COUNT - 1);
    return &groups->slots[at];
}

static const char *keep_text(ta_groups *groups, const char *text) {
    if (!text || !*text)
        return NULL;
    char *copy = ta_arena_copy(&groups->text, text, strnlen(text, TEXT_KEPT));
    groups->failed |= !copy;
    return copy;
}

static ta_group *add_group(ta_groups *groups, const ta_finding *finding, uint64_t hash) {
    if (!ta_array_grow(&groups->items, &groups->cap, groups->count + 1,
                       sizeof *groups->items)) {
        groups->failed = true;
        return NULL;
    }
    ta_group *group = &groups->items[groups->count++];
    *group = (ta_group){.hash = hash, .code = finding->code};
    group->column_hash = hash_text(0, finding->column);
    group->rule_id = keep_text(groups, finding->rule_id);
    group->file = keep_text(groups, finding->place.file);
    group->path = keep_text(groups, ta_buf_text(&groups->pattern));
    group->column = keep_text(groups, finding->column);
    return group;
}

/* The group of a finding, new or old; NULL: there are too many, or no memory. */
static ta_group *find_group(ta_groups *groups, const ta_finding *finding) {
    if (!groups->slots)
        groups->slots = calloc(SLOT_COUNT, sizeof *groups->slots);
    uint64_t hash = hash_finding(groups, finding);
    if (!groups->slots || groups->pattern.failed) {
        groups->failed = true;
        return NULL;
    }
    uint32_t *slot = find_slot(groups, hash);
    if (*slot) {
        ta_group *group = &groups->items[*slot - 1];
        group->mixed |= group->column_hash != hash_text(0, finding->column);
        return group;
    }
    if (groups->shown >= groups->shown_max || groups->count == GROUPS_MAX)
        return NULL;
    ta_group *group = add_group(groups, finding, hash);
    if (group)
        *slot = (uint32_t)groups->count;
    return group;
}

static void count_hidden(ta_groups *groups, ta_group *group, uint64_t count) {
    if (group && group->shown >= TA_REPORT_GROUP)
        group->more += count;
    else
        groups->rest += count;
}

bool ta_groups_admit(ta_groups *groups, const ta_finding *finding) {
    ta_group *group = find_group(groups, finding);
    if (!group || group->shown >= TA_REPORT_GROUP || groups->shown >= groups->shown_max) {
        count_hidden(groups, group, 1);
        return false;
    }
    group->shown++;
    groups->shown++;
    return true;
}

uint64_t ta_groups_keeps(const ta_groups *groups) {
    return groups->shown < groups->shown_max ? TA_REPORT_GROUP : 0;
}

void ta_groups_count(ta_groups *groups, const ta_finding *like, uint64_t count) {
    count_hidden(groups, find_group(groups, like), count);
}

static void print_piece(ta_buf *out, const char *before, const char *text) {
    if (!text)
        return;
    ta_buf_puts(out, before);
    ta_put_text(out, text, strlen(text));
}

static void print_group(const ta_group *group, ta_buf *out) {
    print_piece(out, "", group->file ? group->file : "transalp");
    ta_buf_printf(out, ": … and %" PRIu64 " more [%s", group->more, ta_codes[group->code].code);
    print_piece(out, ": ", group->rule_id);
    ta_buf_puts(out, "]");
    if (group->column && !group->mixed)
        print_piece(out, " in column ", group->column);
    else
        print_piece(out, " at ", group->path);
    ta_buf_puts(out, "\n");
}

void ta_groups_tell(ta_groups *groups, const char *file, ta_buf *out) {
    for (size_t i = 0; i < groups->count; i++)
        if (groups->items[i].more)
            print_group(&groups->items[i], out);
    if (groups->rest) {
        print_piece(out, "", file);
        ta_buf_printf(out, "%s… and %" PRIu64 " more finding%s, not shown (--all shows them)\n",
                      file ? ": " : "", groups->rest, groups->rest == 1 ? "" : "s");
    }
    groups->count = 0;
    groups->shown = groups->rest = 0;
    if (groups->slots)
        memset(groups->slots, 0, SLOT_COUNT * sizeof *groups->slots);
    ta_arena_fini(&groups->text);
}

void ta_groups_fini(ta_groups *groups) {
    free(groups->items);
    free(groups->slots);
    ta_arena_fini(&groups->text);
    ta_buf_fini(&groups->pattern);
    memset(groups, 0, sizeof *groups);
}
