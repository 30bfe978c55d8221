/* SPDX-License-Identifier: MIT */
#include "flow/crew.h"

#include <stdlib.h>

#include "flow/member.h"

enum {
    CHUNK_BYTES = 512 * 1024, /* with what is made of them, they stay near the cache */
    CHUNK_BYTES_LEAST = 32 * 1024,
    TAPE_BYTES = 2 * 1024 * 1024, /* of a chunk's findings: where there are more, they shrink */
    WORTH_CHUNKS = 16,            /* a smaller input is read by one worker */
    GOOD_CHUNKS = 16              /* so many taken over in a row make up for one that was not */
};

struct ta_crew {
    ta_post post;
    ta_leap leap;
    const ta_reading *reading;
    const ta_format *format;
    size_t chunk_bytes, chunk_max; /* how long one is to be, and may be */
    ta_member **pending;           /* those with a chunk, in the order of the chunks */
    size_t pending_count;
    size_t taken,
        pause;        /* chunks taken over since the leap; to be read alone behind a bad one */
    bool dry;         /* no further chunk can be cut */
    ta_where at;      /* where the first of the pending chunks begins, */
    ta_reach reach;   /* and how far the reading has come there */
    ta_status status; /* the first failure that ends all */
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
    char *kept = malloc(held + 1);
    if (!kept)
        return false;
    memcpy(kept, sink->buffer, held);
    ta_sink_put(sink, from->buffer, len);
    bool failed = sink->status != TA_OK && sink->written_bytes == written && !sink->packer;
    if (failed) {
        memcpy(sink->buffer, kept, held);
        sink->at = sink->buffer + held;
        sink->status = TA_OK;
        sink->error = 0;
    }
    free(kept);
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

/* Takes over what came of the first pending chunk. False: the lead must read it itself. */
static bool take_over(ta_crew *c) {
    ta_member *m = c->pending[0];
    const ta_lane *lead = &c->post.lead;
    fit_chunks(c, m);
    if (!can_absorb(c, m) || (lead->sink && !put_output(lead->sink, m->lane.sink)))
        return false;
    ta_shift by = {.file = c->reading->source->window.file,
                   .offset = m->chunk.offset,
                   .at = c->at,
                   .numbers = c->reach.numbers - m->start.numbers,
                   .rows = c->reach.rows - m->start.rows};
    ta_tape_shift(&m->tape, &by);
    ta_tape_play(&m->tape, &lead->reader->hub);
    ta_stage *own = lead->chain, *other = m->lane.chain;
    for (; own; own = own->next, other = other->next) {
        ta_status status = own->ops->absorb(own, other, &by);
        c->status = status > c->status ? status : c->status;
    }
    if (lead->sink && lead->sink->status > c->status)
        c->status = lead->sink->status;
    move_on(c, m);
    c->taken++;
    ta_member_release(m);
    memmove(c->pending, c->pending + 1, --c->pending_count * sizeof *c->pending);
    return true;
}

/* Feeds the members and takes over what they have done, until no more can be cut or taken. */
static void lead_members(ta_crew *c) {
    while (c->status == TA_OK) {
        ta_member *oldest = c->pending_count ? c->pending[0] : NULL;
        ta_member *m = ta_members_await(&c->post, oldest, !c->dry);
        if (!m || (m == oldest && !take_over(c)))
            return;
        if (m == oldest)
            continue;
        c->dry = !cut_chunk(c, m);
        if (c->dry)
            continue;
        c->pending[c->pending_count++] = m;
        ta_member_give(m);
    }
}

/* What was cut and not taken over is the lead's own to read. */
static ta_status give_back(ta_crew *c) {
    ta_source *source = c->reading->source;
    ta_chunk **chunks = calloc(c->pending_count + 1, sizeof(ta_chunk *));
    if (!chunks)
        return TA_ERR_NOMEM;
    for (size_t i = 0; i < c->pending_count; i++)
        chunks[i] = &c->pending[i]->chunk;
    ta_status status = ta_source_uncut(source, chunks, c->pending_count);
    ta_source_settle(source, c->at);
    free(chunks);
    return status;
}

static bool start_members(ta_crew *c) {
    size_t count = c->post.busy_max + 1; /* one has its chunk ready while the others read */
    c->pending = calloc(count, sizeof(ta_member *));
    return c->pending && ta_members_start(&c->post, count);
}

/* Where the members may go on: behind what was not taken over, and the further the less they
 * have done. */
static uint64_t next_due(ta_crew *c, bool members) {
    const ta_source *source = c->reading->source;
    const ta_chunk *bad = c->pending_count ? &c->pending[0]->chunk : NULL;
    uint64_t end = bad ? bad->offset + bad->len : source->window.offset + source->window.len;
    if (!members || (!bad && source->ended))
        return UINT64_MAX;
    c->pause = c->taken < GOOD_CHUNKS ? 2 * c->pause + 1 : 0;
    return end + (uint64_t)c->pause * c->chunk_bytes;
}

static ta_status share_reading(ta_crew *c, ta_reach *reach) {
    ta_source *source = c->reading->source;
    ta_status status = ta_source_fill(source, reach->at, 0);
    reach->at = 0;
    if (status != TA_OK || (!c->pending && !start_members(c)))
        return TA_OK; /* it will be met again */
    c->at = source->window.at;
    c->reach = *reach;
    c->dry = false;
    c->taken = c->pending_count = 0;
    lead_members(c);
    bool members = ta_members_settle(&c->post);
    c->leap.due = next_due(c, members);
    status = c->status == TA_OK ? give_back(c) : c->status;
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
    uint64_t worth = (uint64_t)c->chunk_bytes * WORTH_CHUNKS;
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
                        .busy_max = job->crew,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .handed = PTHREAD_COND_INITIALIZER};
    c->post.job.progress = false;
    size_t record_max = job->record_max ? job->record_max : TA_RECORD_BYTES_MAX;
    c->chunk_max = record_max / (2 * (c->post.busy_max + 1)); /* all fit into one window */
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
    free(c->pending);
    free(c->post.front);
    free(c);
}
