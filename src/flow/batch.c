/* SPDX-License-Identifier: MIT */
/*
 * A job is cut into lots: all inputs make one output, or each input stands for itself. Each
 * worker has a schema, keys and a hub of its own. It takes the next lot that nobody has
 * taken. What it says goes straight to the job's hub while that lot's turn is on, else on a
 * tape, which is played when the turn comes. Tapes are bounded: a worker ahead of its turn
 * waits once too much is held, which the worker whose turn it is never does.
 */
#include "flow/batch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "flow/tape.h"
#include "flow/workers.h"

enum {
    HELD_BYTES_MAX = 16 * 1024 * 1024, /* on all tapes */
};

typedef struct batch {
    ta_job job; /* as the workers have it */
    const ta_craft *craft;
    const ta_lot *lots;
    size_t count;
    ta_hub *hub;
    pthread_mutex_t lock; /* for all below */
    pthread_cond_t turned;
    size_t next, turn; /* lots: the first that nobody has taken; the one that may speak */
    ta_tape *tapes;    /* per lot: of those that ended before their turn */
    bool *ended;
    size_t held_bytes;
    bool stop; /* no further lot is taken */
    bool could_not_run, cut_short, differs;
    uint64_t known; /* findings of a baseline */
} batch;

typedef struct worker {
    batch *batch;
    size_t lot;
    bool mute; /* while it loads what another has loaded already */
    ta_tape tape;
    ta_outlet outlet;
    ta_reader *own; /* what its craft has, which begins so */
    pthread_t thread;
    bool started;
} worker;

/* Under the lock. */
static void play_tape(batch *b, ta_tape *tape) {
    b->held_bytes -= tape->arena.used_bytes;
    ta_tape_play(tape, b->hub);
    ta_tape_fini(tape);
}

/* Whether the worker may speak itself; what it has on its tape has been played then. */
static bool take_turn(worker *w) {
    batch *b = w->batch;
    pthread_mutex_lock(&b->lock);
    bool mine = b->turn == w->lot;
    if (mine && w->tape.first)
        play_tape(b, &w->tape);
    pthread_mutex_unlock(&b->lock);
    return mine;
}

/* After something was put on the tape that had `before` bytes. */
static void count_held(worker *w, size_t before) {
    batch *b = w->batch;
    pthread_mutex_lock(&b->lock);
    b->held_bytes += w->tape.arena.used_bytes - before;
    while (b->held_bytes > HELD_BYTES_MAX && b->turn != w->lot)
        pthread_cond_wait(&b->turned, &b->lock);
    pthread_mutex_unlock(&b->lock);
}

static void hear_finding(void *to, const ta_finding *finding) {
    worker *w = to;
    size_t before = w->tape.arena.used_bytes;
    if (w->mute)
        return;
    if (take_turn(w)) {
        ta_find(&w->batch->hub->finder, finding);
        return;
    }
    ta_tape_keep_finding(&w->tape, finding);
    count_held(w, before);
}

static void hear_more(void *to, const ta_finding *like, uint64_t count) {
    worker *w = to;
    size_t before = w->tape.arena.used_bytes;
    if (w->mute)
        return;
    if (take_turn(w)) {
        ta_hub_more(w->batch->hub, like, count);
        return;
    }
    ta_tape_keep_more(&w->tape, like, count);
    count_held(w, before);
}

/* Before its turn nobody knows what will be shown. */
static uint64_t turn_keeps(void *to, ta_code code) {
    worker *w = to;
    return !w->mute && take_turn(w) ? ta_hub_keeps(w->batch->hub, code) : UINT64_MAX;
}

static void hear_summary(void *to, const ta_summary *summary) {
    worker *w = to;
    size_t before = w->tape.arena.used_bytes;
    if (take_turn(w)) {
        ta_hub_input_end(w->batch->hub, summary);
        return;
    }
    ta_tape_keep_summary(&w->tape, summary);
    count_held(w, before);
}

static void hear_outcome(void *to, const ta_outcome *outcome) {
    worker *w = to;
    size_t before = w->tape.arena.used_bytes;
    if (take_turn(w)) {
        ta_hub_outcome(w->batch->hub, outcome);
        return;
    }
    ta_tape_keep_outcome(&w->tape, outcome);
    count_held(w, before);
}

static void hear_line(void *to, const char *line) {
    worker *w = to;
    size_t before = w->tape.arena.used_bytes;
    if (take_turn(w)) {
        ta_hub_say(w->batch->hub, line);
        return;
    }
    ta_tape_keep_line(&w->tape, line);
    count_held(w, before);
}

static bool hear_text(void *to, const char *data, size_t len) {
    worker *w = to;
    size_t before = w->tape.arena.used_bytes;
    if (take_turn(w))
        return ta_hub_print(w->batch->hub, data, len);
    ta_tape_keep_text(&w->tape, data, len);
    count_held(w, before);
    return true;
}

static ta_status watch_records(void *to, const ta_shape *shape, ta_stage **chain) {
    worker *w = to;
    return ta_hub_watch(w->batch->hub, shape, chain);
}

static void take_flags(worker *w) {
    const ta_hub *hub = &w->own->hub;
    w->batch->could_not_run |= hub->could_not_run;
    w->batch->cut_short |= hub->cut_short;
    w->batch->differs |= hub->differs;
    w->batch->known += hub->finder.known;
    w->batch->stop |= w->batch->job.fail_fast && !ta_hub_is_clean(hub);
}

/* The lot has ended: the turn goes on to the next that has not. */
static void end_lot(worker *w) {
    batch *b = w->batch;
    pthread_mutex_lock(&b->lock);
    take_flags(w);
    b->ended[w->lot] = true;
    b->tapes[w->lot] = w->tape;
    w->tape = (ta_tape){.failed = false};
    while (b->turn < b->count && b->ended[b->turn])
        play_tape(b, &b->tapes[b->turn++]);
    pthread_cond_broadcast(&b->turned);
    pthread_mutex_unlock(&b->lock);
}

static bool take_lot(worker *w) {
    batch *b = w->batch;
    pthread_mutex_lock(&b->lock);
    bool some = b->next < b->count && !b->stop;
    if (some)
        w->lot = b->next++;
    pthread_mutex_unlock(&b->lock);
    return some;
}

static void work(worker *w) {
    while (take_lot(w)) {
        w->batch->craft->take(w->own, &w->batch->lots[w->lot]);
        end_lot(w);
    }
}

static ta_status open_worker(worker *w, bool mute) {
    const batch *b = w->batch;
    w->mute = mute;
    w->own = calloc(1, b->craft->size);
    if (!w->own)
        return TA_ERR_NOMEM;
    w->outlet = (ta_outlet){.finding = hear_finding,
                            .input_end = hear_summary,
                            .outcome = hear_outcome,
                            .say = hear_line,
                            .print = hear_text,
                            .watch = watch_records,
                            .lineless = !ta_hub_shows_lines(b->hub),
                            .keeps = ta_hub_has_enough(b->hub) ? turn_keeps : NULL,
                            .more = hear_more,
                            .to = w};
    ta_status status = b->craft->open(w->own, &b->job, &w->outlet);
    w->mute = false;
    return status;
}

static void close_worker(worker *w) {
    if (w->own)
        w->batch->craft->close(w->own);
    free(w->own);
}

/* One that cannot be opened leaves its share to the others. */
static void *run_worker(void *to) {
    worker *w = to;
    if (open_worker(w, true) == TA_OK)
        work(w);
    close_worker(w);
    return NULL;
}

/* The first worker is this thread. Another that cannot be started is done without. */
static ta_status run_workers(batch *b, worker *workers, size_t count) {
    workers[0].batch = b;
    ta_status status = open_worker(&workers[0], false);
    if (workers[0].own)
        take_flags(&workers[0]);
    for (size_t i = 1; i < count && status == TA_OK; i++) {
        workers[i].batch = b;
        workers[i].started = !pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]);
    }
    if (status == TA_OK)
        work(&workers[0]);
    for (size_t i = 1; i < count; i++)
        if (workers[i].started)
            pthread_join(workers[i].thread, NULL);
    close_worker(&workers[0]);
    return status;
}

/* All lots; the hub is told all that is said. */
static ta_status run_lots(batch *b) {
    size_t granted = ta_workers_of(&b->job);
    size_t worker_max = granted < b->count ? granted : b->count;
    if (!worker_max)
        worker_max = 1;
    b->job.crew = (unsigned)(granted / worker_max);
    b->job.progress &= worker_max == 1;
    b->job.above = NULL;
    b->tapes = calloc(b->count + 1, sizeof *b->tapes);
    b->ended = calloc(b->count + 1, sizeof *b->ended);
    worker *workers = calloc(worker_max, sizeof *workers);
    ta_status status = b->tapes && b->ended && workers ? TA_OK : TA_ERR_NOMEM;
    if (status == TA_OK)
        status = run_workers(b, workers, worker_max);
    b->hub->could_not_run |= b->could_not_run;
    b->hub->cut_short |= b->cut_short;
    b->hub->differs |= b->differs;
    b->hub->finder.known += b->known;
    free(workers);
    free(b->tapes);
    free(b->ended);
    return status;
}

static ta_lot *make_lots(const ta_job *job, size_t *count) {
    bool joins = job->writes && !job->outputs;
    *count = joins ? job->input_count != 0 : job->input_count;
    ta_lot *lots = calloc(*count + 1, sizeof *lots);
    for (size_t i = 0; lots && i < *count; i++)
        lots[i] = (ta_lot){.first = i,
                           .count = joins ? job->input_count : 1,
                           .output = job->outputs ? job->outputs[i] : job->output};
    return lots;
}

int ta_batch_run(const ta_job *job, const ta_craft *craft) {
    ta_hub hub;
    size_t count;
    if (!ta_hub_open(&hub, job)) {
        hub.could_not_run = true;
        return ta_hub_close(&hub);
    }
    hub.finder.knows = NULL; /* the worker's hub asks the baseline */
    ta_lot *lots = make_lots(job, &count);
    batch b = {.job = *job,
               .craft = craft,
               .lots = lots,
               .count = count,
               .hub = &hub,
               .lock = PTHREAD_MUTEX_INITIALIZER,
               .turned = PTHREAD_COND_INITIALIZER};
    ta_status status = lots ? run_lots(&b) : TA_ERR_NOMEM;
    if (status != TA_OK && !hub.could_not_run)
        ta_hub_status(&hub, status);
    free(lots);
    return ta_hub_close(&hub);
}
