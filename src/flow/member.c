/* SPDX-License-Identifier: MIT */
#include "flow/member.h"

#include <stdlib.h>

enum { TAPE_BYTES_MAX = 6 * 1024 * 1024 }; /* a chunk with more findings is left alone */

/* Under the lock. */
static void close_ring(ta_post *post) {
    post->open = false;
    if (!post->busy)
        pthread_cond_signal(&post->rest);
}

/* Under the lock: to the next that has a chunk or may get one. One that is gone with its chunk
 * leaves it to the lead. */
static void pass_turn(ta_post *post) {
    size_t from = post->turn;
    for (size_t i = 1; i <= post->count; i++) {
        size_t next = (from + i) % post->count;
        ta_member *m = &post->members[next];
        if (!m->has_chunk && (m->gone || post->dry))
            continue;
        post->turn = next;
        if (m->gone)
            break;
        pthread_cond_signal(&m->woken);
        return;
    }
    close_ring(post);
}

/* Under the lock. */
static void end_chunk(ta_member *m) {
    ta_post *post = m->post;
    post->busy -= m->busy;
    m->busy = false;
    if (!post->open && !post->busy)
        pthread_cond_signal(&post->rest);
}

/* Under the lock, which it leaves meanwhile: a turn. */
static void take_turn(ta_member *m) {
    ta_post *post = m->post;
    pthread_mutex_unlock(&post->lock);
    bool on = post->serve(post->to, m);
    pthread_mutex_lock(&post->lock);
    m->busy = on && m->has_chunk;
    post->busy += m->busy;
    if (on)
        pass_turn(post);
    else
        close_ring(post);
}

/* False: there will be no chunk. */
static bool await_chunk(ta_member *m) {
    ta_post *post = m->post;
    pthread_mutex_lock(&post->lock);
    end_chunk(m);
    while (!post->stop && !m->busy) {
        if (post->open && &post->members[post->turn] == m)
            take_turn(m);
        else
            pthread_cond_wait(&m->woken, &post->lock);
    }
    bool some = !post->stop;
    pthread_mutex_unlock(&post->lock);
    return some;
}

static void keep_finding(void *to, const ta_finding *finding) {
    ta_member *m = to;
    if (m->mute || m->tape.failed)
        return;
    ta_tape_keep_finding(&m->tape, finding);
    m->tape.failed |= m->tape.arena.used_bytes > TAPE_BYTES_MAX;
}

static void keep_more(void *to, const ta_finding *like, uint64_t count) {
    ta_member *m = to;
    if (!m->mute && !m->tape.failed)
        ta_tape_keep_more(&m->tape, like, count);
}

static uint64_t chunk_keeps(void *to, ta_code code) {
    const ta_member *m = to;
    return m->mute ? UINT64_MAX : m->keeps[code];
}

/* An input has one summary and one outcome, which are the crew's. */
static void pass_summary(void *to, const ta_summary *summary) {
    (void)to;
    (void)summary;
}

static void pass_outcome(void *to, const ta_outcome *outcome) {
    (void)to;
    (void)outcome;
}

static void pass_line(void *to, const char *line) {
    (void)to;
    (void)line;
}

/* Reports that look at the records have no crew. */
static ta_status watch_nothing(void *to, const ta_shape *shape, ta_stage **chain) {
    (void)to;
    (void)shape;
    (void)chain;
    return TA_OK;
}

/* The chunk has been read as far as the reader would. */
static void hand_in(ta_member *m, const ta_reading *reading, const ta_reach *reach) {
    ta_window *window = &reading->source->window;
    uint64_t end = window->offset + reach->at;
    ta_hub_tell_echoes(&m->lane.reader->hub);
    m->end = *reach;
    m->at = ta_window_where(window, end);
    m->whole = end == m->leap.due && !ta_source_overran(reading->source) && !m->tape.failed &&
               (!m->lane.sink || m->lane.sink->status == TA_OK) &&
               !m->lane.reader->hub.finder.no_memory &&
               m->lane.reader->keys.generation == m->generation;
}

/* What was gathered is or will be gathered by the lead itself. */
static void forget_gathered(ta_member *m) {
    for (ta_stage *stage = m->lane.chain; stage; stage = stage->next) {
        ta_status status = stage->ops->absorb(NULL, stage, NULL);
        (void)status; /* forgetting does not fail */
    }
    ta_hub_tell_echoes(&m->lane.reader->hub);
    if (m->lane.left)
        *m->lane.left = 0;
    ta_tape_clear(&m->tape);
}

static ta_status leap_member(ta_leap *leap, const ta_reading *reading, ta_reach *reach) {
    ta_member *m = leap->to;
    if (!m->mute)
        hand_in(m, reading, reach);
    else
        forget_gathered(m);
    m->mute = !await_chunk(m);
    if (m->mute)
        return TA_STOP;
    if (m->lane.sink)
        m->lane.sink->at = m->lane.sink->buffer;
    ta_source_show(reading->source, &m->chunk);
    leap->due = m->chunk.offset + m->chunk.len;
    leap->in_chunk = true;
    reach->at = 0;
    reach->spoilt = false;
    m->start = *reach;
    m->generation = m->lane.reader->keys.generation;
    return TA_OK;
}

/* Reads the front, which ends in the first leap, and then chunk after chunk. */
static ta_status read_chunks(ta_member *m) {
    const ta_post *post = m->post;
    const ta_source_options options = {.window_max = post->job.record_max};
    ta_source source;
    ta_status status = post->lead.follow(&post->lead, &post->job, &m->outlet, &m->lane);
    if (status != TA_OK)
        return status;
    status = ta_source_open_memory(&source, post->file, post->front, post->front_len, &options);
    m->leap = (ta_leap){.due = TA_FRONT_BYTES, .leap = leap_member, .to = m};
    m->lane.reader->leap = &m->leap;
    if (status == TA_OK)
        return ta_reader_share(m->lane.reader, &source, post->format, m->lane.chain);
    ta_source_fini(&source);
    return status;
}

/* A reading that ends otherwise than by a leap has met what the lead must read itself. */
static void *run_member(void *to) {
    ta_member *m = to;
    ta_status status = read_chunks(m);
    (void)status;
    pthread_mutex_lock(&m->post->lock);
    m->gone = true;
    end_chunk(m);
    if (m->post->open && &m->post->members[m->post->turn] == m)
        (m->has_chunk ? close_ring : pass_turn)(m->post);
    pthread_mutex_unlock(&m->post->lock);
    return NULL;
}

static void start_member(ta_post *post, ta_member *m) {
    const ta_finder *finder = &post->lead.reader->hub.finder;
    *m = (ta_member){.post = post,
                     .mute = true,
                     .woken = PTHREAD_COND_INITIALIZER,
                     .outlet = {.finding = keep_finding,
                                .input_end = pass_summary,
                                .say = pass_line,
                                .outcome = pass_outcome,
                                .watch = watch_nothing,
                                .lineless = finder->lineless,
                                .keeps = finder->echoes ? chunk_keeps : NULL,
                                .more = keep_more,
                                .to = m}};
}

bool ta_members_start(ta_post *post, size_t count) {
    post->members = calloc(count, sizeof *post->members);
    if (!post->members)
        return false;
    post->count = count;
    for (size_t i = 0; i < count; i++)
        start_member(post, &post->members[i]);
    pthread_mutex_lock(&post->lock); /* which none of them passes before all are there */
    for (size_t i = 0; i < count; i++) {
        ta_member *m = &post->members[i];
        m->started = !pthread_create(&m->thread, NULL, run_member, m);
        m->gone = !m->started;
    }
    pthread_mutex_unlock(&post->lock);
    return true;
}

void ta_members_run(ta_post *post) {
    pthread_mutex_lock(&post->lock);
    post->open = true;
    post->dry = false;
    pass_turn(post);
    while (post->open || post->busy)
        pthread_cond_wait(&post->rest, &post->lock);
    pthread_mutex_unlock(&post->lock);
}

ta_member *ta_members_pending(const ta_post *post, size_t i) {
    for (size_t k = 0; k < post->count; k++) {
        ta_member *m = &post->members[(post->turn + k) % post->count];
        if (m->has_chunk && !i--)
            return m;
    }
    return NULL;
}

bool ta_members_settle(ta_post *post) {
    size_t gone = 0;
    pthread_mutex_lock(&post->lock);
    for (size_t i = 0; i < post->count; i++) {
        ta_member *m = &post->members[i];
        if (m->has_chunk)
            forget_gathered(m);
        m->has_chunk = false;
        gone += m->gone;
    }
    pthread_mutex_unlock(&post->lock);
    return gone < post->count;
}

static void stop_members(ta_post *post) {
    pthread_mutex_lock(&post->lock);
    post->stop = true;
    for (size_t i = 0; i < post->count; i++)
        pthread_cond_signal(&post->members[i].woken);
    pthread_mutex_unlock(&post->lock);
    for (size_t i = 0; i < post->count; i++)
        if (post->members[i].started)
            pthread_join(post->members[i].thread, NULL);
}

void ta_members_drop(ta_post *post) {
    stop_members(post);
    for (size_t i = 0; i < post->count; i++) {
        ta_member *m = &post->members[i];
        if (m->lane.own)
            post->lead.close(&m->lane);
        ta_tape_fini(&m->tape);
        ta_chunk_fini(&m->chunk);
    }
    free(post->members);
}
