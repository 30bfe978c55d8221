/* SPDX-License-Identifier: MIT */
#include "flow/crew.h"

#include <stdlib.h>

#include "flow/member.h"

enum {
    CHUNK_BYTES = 256 * 1024, /* with what is made of it, it stays in a processor's own cache */
    CHUNK_BYTES_LEAST = 32 * 1024,
    TAPE_BYTES = 2 * 1024 * 1024, /* of a chunk's findings: where there are more, they shrink */
    WORTH_BYTES = 8 * 1024 * 1024, /* a smaller input is read by one worker, */
    WORTH_CHUNKS = 16,             /* and one that gives fewer of the longest */
    GOOD_CHUNKS = 16 /* so many taken over in a row make up for one that was not */
};

struct ta_crew {
    ta_post post;
    ta_leap leap;
    const ta_reading *reading;
    const ta_format *format;
    size_t chunk_bytes, chunk_max; /* how long one is to be, and may be */
    size_t taken,
        pause;        /* chunks taken over since the leap; to be read alone behind a bad one */
    ta_where at;      /* where the first chunk begins that has not been taken over, */
    ta_reach reach;   /* and how far the reading has come there */
    ta_status status; /* the first failure that ends all */
    uint64_t keeps[TA_CODE_COUNT]; /* ta_hub_keeps, now */
};

/* The first bytes of the file, from which all workers begin. */
static bool keep_front(ta_crew *c, const ta_window *window) {
    c->post.front = malloc(window->len + 1);
    if (!c->post.front)
        return false;
    memcpy(c->post.front, window->data, window->len);
    c->post.front_len = window->len;
    c->post.format = c->format->name;
    return true;
}

/* Cuts the next chunk for a member; a long record makes it longer. False: there is none. */
static bool cut_chunk(ta_crew *c, ta_member *m) {
    ta_source *source = c->reading->source;
    bool excerpts = c->post.job.report.excerpt;
    if (ta_source_adopt(source, &m->chunk) != TA_OK)
        return false;
    for (size_t want = c->chunk_bytes; want <= c->chunk_max; want *= 2) {
        if (ta_source_fill(source, 0, want) != TA_OK)
            return false; /* why, the lead's own reader will find out */
        if (source->bad < source->window.offset + want)
            return false;
        size_t cut = c->format->split(c->reading, want);
        if (cut && excerpts && source->window.data[cut - 1] != '\n')
            return false; /* the line that is shown would lack its front */
        if (cut)
            return ta_source_cut(source, cut, &m->chunk) == TA_OK;
    }
    return false;
}

/* Puts the bytes behind the others. False: not one of them went out, and all is as before. */
static bool put_output(ta_sink *sink, const ta_sink *from) {
    size_t held = (size_t)(sink->at - sink->buffer), len = (size_t)(from->at - from->buffer);
    uint64_t written = sink->written_bytes;
    if ((size_t)(sink->end - sink->at) < len)
        ta_sink_flush(sink);
    if (sink->status == TA_OK)
        ta_sink_put(sink, from->buffer, len);
    bool failed = sink->status != TA_OK && sink->written_bytes == written && !sink->packer;
    if (failed) {
        sink->at = sink->buffer + held;
        sink->status = TA_OK;
        sink->error = 0;
    }
    return !failed;
}

static bool can_absorb(const ta_crew *c, const ta_member *m) {
    const ta_lane *lead = &c->post.lead;
    ta_stage *own = lead->chain, *other = m->lane.chain;
    if (!m->whole || !ta_keys_would_keep(&lead->reader->keys, &m->lane.reader->keys))
        return false;
    for (; own && other; own = own->next, other = other->next)
        if (own->ops != other->ops || own->ops->absorb(own, other, NULL) != TA_OK)
            return false;
    return own == other;
}

static void move_on(ta_crew *c, ta_member *m) {
    c->reach.records += m->end.records - m->start.records;
    c->reach.numbers += m->end.numbers - m->start.numbers;
    c->reach.rows += m->end.rows - m->start.rows;
    c->reach.spoilt |= m->end.spoilt;
    if (m->lane.left) {
        *c->post.lead.left += *m->lane.left;
        *m->lane.left = 0;
    }
    c->at.column = m->at.line == 1 ? c->at.column + m->at.column - 1 : m->at.column;
    c->at.line += m->at.line - 1;
}

/* Many findings take many times the memory of the bytes that they are about. */
static void fit_chunks(ta_crew *c, const ta_member *m) {
    size_t tape = m->tape.arena.used_bytes, most = c->chunk_max;
    if (tape > TAPE_BYTES && c->chunk_bytes > CHUNK_BYTES_LEAST)
        c->chunk_bytes /= 2;
    else if (tape < TAPE_BYTES / 8 && c->chunk_bytes < CHUNK_BYTES && c->chunk_bytes < most / 2)
        c->chunk_bytes *= 2;
}

/* How many findings of each code reports will still show, for those who read chunks. */
static void note_keeps(ta_crew *c) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        c->keeps[i] = ta_hub_keeps(&c->post.lead.reader->hub, (ta_code)i);
}

/* Takes over what came of a member's chunk. False: the lead must read it itself. */
static bool take_over(ta_crew *c, ta_member *m) {
    const ta_lane *lead = &c->post.lead;
    fit_chunks(c, m);
    if (!can_absorb(c, m) || (lead->sink && !put_output(lead->sink, m->lane.sink)))
        return false;
    ta_shift by = {.file = c->reading->source->window.file,
                   .offset = m->chunk.offset,
                   .text = {m->chunk.data, m->chunk.len},
                   .at = c->at,
                   .numbers = c->reach.numbers - m->start.numbers,
                   .rows = c->reach.rows - m->start.rows};
    if (m->tape.first) {
        ta_tape_shift(&m->tape, &by);
        ta_tape_play(&m->tape, &lead->reader->hub);
        note_keeps(c);
    }
    ta_stage *own = lead->chain, *other = m->lane.chain;
    for (; own; own = own->next, other = other->next) {
        ta_status status = own->ops->absorb(own, other, &by);
        c->status = status > c->status ? status : c->status;
    }
    if (lead->sink && lead->sink->status > c->status)
        c->status = lead->sink->status;
    move_on(c, m);
    c->taken++;
    m->has_chunk = false;
    return true;
}

/* A member's turn. */
static bool serve_member(void *to, ta_member *m) {
    ta_crew *c = to;
    if ((m->has_chunk && !take_over(c, m)) || c->status != TA_OK)
        return false;
    m->has_chunk = !c->post.dry && cut_chunk(c, m);
    c->post.dry = !m->has_chunk;
    memcpy(m->keeps, c->keeps, sizeof m->keeps);
    return true;
}

/* What was cut and not taken over is the lead's own to read. */
static ta_status give_back(ta_crew *c) {
    ta_source *source = c->reading->source;
    ta_chunk **chunks = calloc(c->post.count + 1, sizeof(ta_chunk *));
    if (!chunks)
        return TA_ERR_NOMEM;
    size_t count = 0;
    for (ta_member *m; (m = ta_members_pending(&c->post, count));)
        chunks[count++] = &m->chunk;
    ta_status status = ta_source_uncut(source, chunks, count);
    ta_source_settle(source, c->at);
    free(chunks);
    return status;
}

/* Where the members may go on: behind what was not taken over, and the further the less they
 * have done. */
static uint64_t next_due(ta_crew *c) {
    const ta_source *source = c->reading->source;
    const ta_member *bad = ta_members_pending(&c->post, 0);
    uint64_t end =
        bad ? bad->chunk.offset + bad->chunk.len : source->window.offset + source->window.len;
    if (!bad && source->ended)
        return UINT64_MAX;
    c->pause = c->taken < GOOD_CHUNKS ? 2 * c->pause + 1 : 0;
    return end + (uint64_t)c->pause * c->chunk_bytes;
}

/* Whether records have lines of their own: excerpts of a line that they share go as far back
 * as the window, which must not depend on an attempt at sharing. */
static bool can_show_lines(const ta_crew *c, size_t at) {
    if (!c->post.job.report.excerpt)
        return true;
    ta_window *window = &c->reading->source->window;
    window->data += at;
    window->len -= at;
    size_t cut = c->format->split(c->reading, window->len);
    bool line = cut && window->data[cut - 1] == '\n';
    window->data -= at;
    window->len += at;
    return line;
}

static ta_status share_reading(ta_crew *c, ta_reach *reach) {
    ta_source *source = c->reading->source;
    if (!c->post.members && !can_show_lines(c, reach->at))
        return TA_OK;
    ta_status status = ta_source_fill(source, reach->at, 0);
    reach->at = 0;
    if (status != TA_OK || (!c->post.members && !ta_members_start(&c->post, c->post.job.crew)))
        return TA_OK; /* it will be met again */
    c->at = source->window.at;
    c->reach = *reach;
    c->taken = 0;
    note_keeps(c);
    ta_members_run(&c->post);
    c->leap.due = next_due(c);
    status = c->status == TA_OK ? give_back(c) : c->status;
    if (!ta_members_settle(&c->post))
        c->leap.due = UINT64_MAX;
    *reach = c->reach;
    return status;
}

/* Whether this input is worth it. */
static bool is_worth_sharing(ta_crew *c, const ta_reading *reading) {
    const ta_source *source = reading->source;
    c->reading = reading;
    c->format = ta_format_find(reading->head->format);
    return c->format->split && reading->head->form == TA_FORM_LIST && !source->ended &&
           source->window.offset <= strlen("\xEF\xBB\xBF");
}

/* Behind the front, and again where only then it is known how much there is. */
static ta_status leap_crew(ta_leap *leap, const ta_reading *reading, ta_reach *reach) {
    ta_crew *c = leap->to;
    const ta_source *source = reading->source;
    uint64_t most = (uint64_t)c->chunk_max * WORTH_CHUNKS;
    uint64_t worth = most < WORTH_BYTES ? most : WORTH_BYTES;
    bool known = source->size && !ta_source_press(source);
    leap->due = UINT64_MAX;
    if (c->post.front)
        return share_reading(c, reach);
    if ((known && source->size < worth) || !is_worth_sharing(c, reading) ||
        !keep_front(c, &source->window))
        return TA_OK;
    if (known)
        return share_reading(c, reach);
    leap->due = worth;
    return TA_OK;
}

/*
 * Which jobs have a crew: those whose every stage may be run by any worker (ta_stage_ops), in
 * which nothing looks at all records in order, beside the stages. Baselines, reports that look
 * at the records and the like have one worker from the start (batch.c), so that job.crew is 1.
 */
static bool has_crew(const ta_lane *lead) {
    const ta_reader *reader = lead->reader;
    const ta_job *job = reader->job;
    const ta_read_options *read = &reader->read;
    for (const ta_stage *stage = lead->chain; stage; stage = stage->next)
        if (!stage->ops->absorb)
            return false;
    return job->crew > 1 && !read->limit && !read->records && !read->recover && !read->xsd &&
           !reader->map && !reader->tables && !job->rejects && !job->envelope &&
           !job->to_tables;
}

ta_crew *ta_crew_open(const ta_lane *lead, const char *file) {
    ta_crew *c = has_crew(lead) ? calloc(1, sizeof *c) : NULL;
    if (!c)
        return NULL;
    const ta_job *job = lead->reader->job;
    c->leap = (ta_leap){.due = TA_FRONT_BYTES, .leap = leap_crew, .to = c};
    c->post = (ta_post){.lead = *lead,
                        .job = *job,
                        .file = file,
                        .serve = serve_member,
                        .to = c,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .rest = PTHREAD_COND_INITIALIZER};
    c->post.job.progress = false;
    size_t record_max = job->record_max ? job->record_max : TA_RECORD_BYTES_MAX;
    c->chunk_max = record_max / (2 * (job->crew + 1)); /* all fit into one window */
    c->chunk_bytes = c->chunk_max < CHUNK_BYTES ? c->chunk_max : CHUNK_BYTES;
    return c;
}

ta_leap *ta_crew_leap(ta_crew *c) {
    return c ? &c->leap : NULL;
}

void ta_crew_close(ta_crew *c) {
    if (!c)
        return;
    ta_members_drop(&c->post);
    free(c->post.front);
    free(c);
}
