/* SPDX-License-Identifier: MIT */
/*
 * The sink sees bytes and knows no values, so a stage of its own tries each text that is not
 * ASCII. Names (heads, elements) are left to the sink's count.
 */
#include "flow/encode.h"

#include <stdlib.h>
#include <strings.h>

#include "base/codec.h"
#include "base/utf8.h"

typedef struct encode_stage {
    ta_stage stage;
    ta_encode *encode;
    ta_finder *finder;
} encode_stage;

static ta_status refuse_encoding(const char *name, ta_status status, ta_finder *finder) {
    if (status == TA_ERR_USAGE)
        ta_find(finder, &(ta_finding){.code = TA_F_ENCODING_UNKNOWN, .name = name});
    return status;
}

ta_status ta_encode_open(ta_encode *encode, const ta_job *job, const ta_format *format,
                         ta_sink *sink, ta_finder *finder) {
    const char *name = job->out_encoding;
    *encode = (ta_encode){.name = NULL};
    bool utf8 = !name || !strcasecmp(name, "UTF-8") || !strcasecmp(name, "UTF8");
    ta_status status = utf8 ? TA_OK : ta_encoder_new(name, &encode->trial);
    if (status == TA_OK && !utf8)
        status = ta_sink_encode(sink, name);
    if (status != TA_OK)
        return refuse_encoding(name, status, finder);
    encode->name = utf8 ? NULL : name;
    /* These write a mark of their own accord. */
    bool marked = name && (!strcasecmp(name, "UTF-16") || !strcasecmp(name, "UTF-32"));
    bool wide = utf8 || !strncasecmp(name, "UTF", 3);
    bool sheet = job->write.dialect.mark && format->survey_new;
    if ((job->out_bom || sheet) && wide && !marked)
        ta_sink_put(sink, "\xEF\xBB\xBF", 3);
    return TA_OK;
}

/* The first character that the encoding lacks; false: it has all. */
static bool find_unmapped(const encode_stage *s, ta_text text, ta_text *found) {
    char out[4096];
    const char *at = text.data;
    size_t len = text.len;
    ta_status status = TA_OK;
    while (len && status == TA_OK) {
        char *to = out;
        size_t room = sizeof out, before = len;
        status = ta_decoder_run(s->encode->trial, &at, &len, &to, &room);
        if (len == before)
            break;
    }
    if (status == TA_OK || !len)
        return false;
    int size;
    ta_utf8_decode(at, len, &size);
    *found = (ta_text){at, (size_t)size};
    return true;
}

static bool is_ascii(ta_text text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

static ta_status encode_put(ta_stage *stage, ta_record *record) {
    encode_stage *s = (encode_stage *)stage;
    for (uint32_t i = 0; i < record->count; i++) {
        const ta_node *node = &record->nodes[i];
        ta_text text = node->kind == TA_TEXT ? ta_node_text(record, node) : (ta_text){"", 0};
        ta_text lacking;
        if (is_ascii(text) || !find_unmapped(s, text, &lacking))
            continue;
        char found[8] = "";
        memcpy(found, lacking.data, lacking.len < sizeof found ? lacking.len : 0);
        s->encode->told = true;
        ta_find_at(s->finder, record, node, TA_PART_VALUE,
                   &(ta_finding){.code = TA_F_LOSS_CHARACTER,
                                 .found = found,
                                 .expected = s->encode->name});
    }
    return ta_stage_put(stage->next, record);
}

static ta_status encode_begin(ta_stage *stage, const ta_head *head) {
    return ta_stage_begin(stage->next, head);
}

static ta_status encode_end(ta_stage *stage, const ta_tail *tail) {
    return ta_stage_end(stage->next, tail);
}

static void encode_drop(ta_stage *stage) {
    free(stage);
}

static const ta_stage_ops encode_ops = {"encode",   TA_SCOPE_ORDERED, encode_begin,
                                        encode_put, encode_end,       encode_drop};

bool ta_encode_build(ta_encode *encode, ta_finder *finder, ta_stage **chain) {
    if (!encode->name)
        return true;
    encode_stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        return false;
    *stage = (encode_stage){{&encode_ops, *chain}, encode, finder};
    *chain = &stage->stage;
    return true;
}

void ta_encode_finish(ta_encode *encode, ta_sink *sink, ta_finder *finder) {
    if (encode->name && sink->buffer) {
        ta_sink_flush(sink);
        if (sink->unmapped && !encode->told)
            ta_find(finder, &(ta_finding){.code = TA_F_LOSS_CHARACTER,
                                          .found = "a character of a name",
                                          .expected = encode->name});
    }
    ta_decoder_drop(encode->trial);
    encode->trial = NULL;
}
