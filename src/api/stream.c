/* SPDX-License-Identifier: MIT */
/*
 * A reading turned round: bytes are fed, records pulled. The readers push, so one runs in a
 * thread of its own, in lock-step: it works only while ta_stream_next waits for it, and waits
 * itself where it has a record or wants bytes. So nothing is ever touched by two at once.
 */
#include <pthread.h>
#include <stdlib.h>

#include "api/api.h"

typedef enum stream_turn {
    TURN_CALLER, /* the reader waits */
    TURN_READER  /* the caller waits */
} stream_turn;

typedef enum stream_state { STREAM_WANTS, STREAM_HAS, STREAM_DONE } stream_state;

struct ta_stream {
    const ta_checker *checker;
    ta_run_options options;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t turned;
    stream_turn turn;
    stream_state state; /* why the reader waits */
    const ta_record *record;
    ta_buf fed;
    size_t fed_at;
    bool fed_all, stopped;
    ta_status status; /* of the whole, when done */
};

/* Gives the turn away and waits until it comes back. */
static void hand_over(ta_stream *stream, stream_turn to, stream_turn back) {
    pthread_mutex_lock(&stream->lock);
    stream->turn = to;
    pthread_cond_broadcast(&stream->turned);
    while (stream->turn != back)
        pthread_cond_wait(&stream->turned, &stream->lock);
    pthread_mutex_unlock(&stream->lock);
}

/* The reader's side: bytes that were fed; waits for more. */
static long read_fed(void *from, char *data, size_t room) {
    ta_stream *stream = from;
    while (stream->fed_at == stream->fed.len && !stream->fed_all && !stream->stopped) {
        stream->state = STREAM_WANTS;
        hand_over(stream, TURN_CALLER, TURN_READER);
    }
    size_t len = stream->stopped ? 0 : stream->fed.len - stream->fed_at;
    if (len > room)
        len = room;
    if (len)
        memcpy(data, stream->fed.data + stream->fed_at, len);
    stream->fed_at += len;
    return (long)len;
}

static bool show_record(void *to, const ta_record *record) {
    ta_stream *stream = to;
    stream->record = record;
    stream->state = STREAM_HAS;
    hand_over(stream, TURN_CALLER, TURN_READER);
    return !stream->stopped;
}

static void wait_for_turn(ta_stream *stream) {
    pthread_mutex_lock(&stream->lock);
    while (stream->turn != TURN_READER)
        pthread_cond_wait(&stream->turned, &stream->lock);
    pthread_mutex_unlock(&stream->lock);
}

static void *run_stream(void *to) {
    ta_stream *stream = to;
    wait_for_turn(stream);
    ta_input input = ta_input_function(read_fed, stream);
    stream->status = TA_OK;
    if (!stream->stopped)
        stream->status =
            ta_read(stream->checker, &input, &stream->options, show_record, stream, NULL);
    stream->state = STREAM_DONE;
    pthread_mutex_lock(&stream->lock);
    stream->turn = TURN_CALLER;
    pthread_cond_broadcast(&stream->turned);
    pthread_mutex_unlock(&stream->lock);
    return NULL;
}

ta_status ta_stream_new(const ta_checker *checker, const ta_run_options *options,
                        ta_stream **out) {
    ta_stream *stream = *out = calloc(1, sizeof *stream);
    if (!stream)
        return TA_ERR_NOMEM;
    stream->checker = checker;
    stream->options = *options;
    pthread_mutex_init(&stream->lock, NULL);
    pthread_cond_init(&stream->turned, NULL);
    if (!pthread_create(&stream->thread, NULL, run_stream, stream))
        return TA_OK;
    pthread_cond_destroy(&stream->turned);
    pthread_mutex_destroy(&stream->lock);
    free(stream);
    *out = NULL;
    return TA_ERR_NOMEM;
}

ta_status ta_stream_feed(ta_stream *stream, const char *data, size_t len) {
    if (stream->fed_all)
        return len ? TA_ERR_USAGE : TA_OK;
    if (stream->fed_at == stream->fed.len)
        stream->fed.len = stream->fed_at = 0;
    stream->fed_all = !len;
    ta_buf_put(&stream->fed, data, len);
    return stream->fed.failed ? TA_ERR_NOMEM : TA_OK;
}

ta_status ta_stream_next(ta_stream *stream, const ta_record **record) {
    *record = NULL;
    if (stream->state != STREAM_DONE)
        hand_over(stream, TURN_READER, TURN_CALLER);
    if (stream->state == STREAM_HAS)
        *record = stream->record;
    if (stream->state != STREAM_DONE)
        return TA_OK;
    return stream->status == TA_OK ? TA_STOP : stream->status;
}

void ta_stream_free(ta_stream *stream) {
    if (!stream)
        return;
    stream->stopped = true;
    if (stream->state != STREAM_DONE)
        hand_over(stream, TURN_READER, TURN_CALLER);
    pthread_join(stream->thread, NULL);
    pthread_cond_destroy(&stream->turned);
    pthread_mutex_destroy(&stream->lock);
    ta_buf_fini(&stream->fed);
    free(stream);
}
