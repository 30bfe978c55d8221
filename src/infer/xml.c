/* SPDX-License-Identifier: MIT */
/*
 * XML without a schema has elements and text only. What repeats somewhere is a list everywhere;
 * an element that holds nothing but such a list is the one around it; what begins with @ is an
 * attribute. A document of one list is a list of records.
 */
#include "infer/settle.h"

/* One element of a name, or several: all are items. What has a hint of its type is none. */
static void unify_list(ta_infer *infer, ta_spot *spot) {
    bool hinted = spot->nulls || spot->numbers || spot->booleans;
    if (!spot->arrays || spot->count == spot->arrays || !spot->items || hinted)
        return;
    ta_spot *single = ta_spot_new(infer, spot->depth + 1);
    if (!single)
        return;
    ta_spot *items = spot->items, *next = spot->next;
    const char *name = spot->name;
    uint32_t len = spot->len;
    uint64_t all = spot->count, lists = spot->arrays, most = spot->items_max;
    *single = *spot;
    single->items = NULL;
    single->next = NULL;
    single->count -= lists;
    single->arrays = 0;
    *spot = (ta_spot){.name = name,
                      .len = len,
                      .depth = single->depth,
                      .hash = single->hash,
                      .says = single->says};
    spot->next = next;
    spot->items = items;
    spot->count = spot->arrays = all;
    spot->items_min = 1;
    spot->items_max = most;
    ta_spot_merge(infer, items, single);
}

/* Whether `plural` is the usual plural of a name: aims of aim, activities of activity. */
static bool is_plural(const ta_spot *plural, const ta_spot *one) {
    size_t len = one->len, all = plural->len;
    bool y = len && one->name[len - 1] == 'y' && all == len + 2;
    if (y)
        return !memcmp(plural->name, one->name, len - 1) &&
               !memcmp(plural->name + len - 1, "ies", 3);
    return all > len && all <= len + 2 && !memcmp(plural->name, one->name, len) &&
           plural->name[all - 1] == 's';
}

static bool is_list_wrapper(const ta_spot *spot) {
    const ta_spot *one = spot->first;
    const ta_spot_texts *t = &spot->texts;
    if (!spot->objects || spot->member_count != 1 || spot->others || *one->name == '@' ||
        *one->name == '#' || one->count != spot->objects)
        return false;
    bool plain = spot->count == spot->objects + t->count && t->count == t->soft_empty;
    return plain && (one->arrays || is_plural(spot, one)) && !one->xml_wrapped;
}

static void unwrap_list(ta_spot *spot) {
    ta_spot *one = spot->first;
    spot->items = one->arrays && one->items ? one->items : one;
    spot->items_max = one->arrays ? one->items_max : 1;
    spot->items_min = 0;
    spot->items->xml_name = one->name;
    spot->arrays = spot->count;
    spot->objects = 0;
    spot->texts = (ta_spot_texts){0};
    spot->first = spot->last = NULL;
    spot->member_count = 0;
    spot->xml_wrapped = true;
}

static void name_attribute(const ta_spot *object, ta_spot *spot) {
    if (spot->len < 2 || *spot->name != '@' || spot->objects || spot->arrays ||
        ta_spot_named(object, spot->name + 1, spot->len - 1))
        return;
    spot->name++;
    spot->len--;
    spot->xml_attribute = true;
}

/* Recursive in the depth of the tree. */
static void settle_elements(ta_infer *infer, ta_spot *spot) {
    for (ta_spot *m = spot->first; m; m = m->next) {
        unify_list(infer, m);
        settle_elements(infer, m);
        if (is_list_wrapper(m))
            unwrap_list(m);
    }
    for (ta_spot *m = spot->first; m; m = m->next)
        name_attribute(spot, m);
    if (spot->items)
        settle_elements(infer, spot->items);
    if (spot->others)
        settle_elements(infer, spot->others);
}

ta_spot *ta_spot_settle_xml(ta_infer *infer, ta_spot *root) {
    settle_elements(infer, root);
    ta_spot *list = root->first;
    if (infer->lists || root->member_count != 1 || !list->xml_wrapped)
        return root;
    list->items->xml_list = list->name;
    infer->records = list->items->count;
    return list->items;
}
