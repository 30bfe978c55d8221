/* SPDX-License-Identifier: MIT */
/* A reader with keys, schema and plan of its own, so that nothing of the reading under way is
 * touched. */
#include "flow/gather.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The same file, with an offset of its own; -1: it cannot be. */
static int open_again(int fd) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return open(link, O_RDONLY | O_CLOEXEC);
}

/* What is wrong with schema or data is said by the reading under way. */
static void hear_gathering(void *to, const ta_finding *finding) {
    const ta_gather *gather = to;
    if (finding->code <= TA_F_IO_MEMORY)
        ta_find(gather->finder, finding);
}

void ta_gather_init(ta_gather *gather, const ta_job *job, ta_normal_plan *plan) {
    *gather =
        (ta_gather){.job = job, .plan = plan, .fd = -1, .lock = PTHREAD_MUTEX_INITIALIZER};
}

bool ta_gather_begin(ta_gather *gather, size_t input, int fd) {
    gather->input = input;
    gather->done = false;
    gather->fd = open_again(fd);
    return gather->fd >= 0;
}

void ta_gather_end(ta_gather *gather) {
    if (gather->fd >= 0)
        close(gather->fd);
    gather->fd = -1;
}

static void close_gathering(ta_gather *gather) {
    ta_normals_fini(&gather->normals);
    (void)ta_reader_close(&gather->reader);
    gather->open = false;
}

void ta_gather_fini(ta_gather *gather) {
    ta_gather_end(gather);
    if (gather->open)
        close_gathering(gather);
}

static ta_status read_columns(ta_reader *reader, size_t input, ta_normals *normals) {
    ta_stage *chain = NULL;
    uint64_t records;
    ta_status status = ta_normals_watch(normals, &chain);
    if (status == TA_OK && chain)
        status = ta_reader_read(reader, input, &reader->hub.finder, NULL, chain, &records);
    if (chain)
        (void)!ta_stage_end(chain, &(ta_tail){.status = status});
    ta_stage_drop(chain);
    ta_reader_clear_progress(reader);
    return status;
}

static ta_status refuse_again(const ta_gather *gather) {
    const char *name = gather->job->inputs[gather->input];
    ta_find(gather->finder, &(ta_finding){.code = TA_F_IO_OPEN,
                                          .place = {.file = name},
                                          .name = name,
                                          .found = strerror(errno)});
    return TA_ERR_IO;
}

/* What could be loaded before can be loaded now, unless the system refuses. */
static ta_status open_gathering(ta_gather *gather) {
    ta_reader *reader = &gather->reader;
    gather->outlet = (ta_outlet){.finding = hear_gathering, .to = gather};
    gather->open = true;
    gather->normals = (ta_normals){.plan = NULL};
    ta_status status = ta_reader_open_outlet(reader, gather->job, &gather->outlet);
    if (status == TA_OK)
        status = ta_normals_load(&gather->normals, gather->job,
                                 ta_checks_shape(&reader->checks), &reader->library);
    if (status == TA_OK)
        return TA_OK;
    close_gathering(gather);
    return status == TA_ERR_IO ? status : TA_ERR_NOMEM;
}

/* Has the plan learn what all columns show. */
static ta_status gather_columns(ta_gather *gather) {
    int fd = open_again(gather->fd);
    if (fd < 0)
        return refuse_again(gather);
    ta_status status = gather->open ? TA_OK : open_gathering(gather);
    if (status == TA_OK)
        status = ta_reader_lend(&gather->reader, gather->input, &fd);
    if (status == TA_OK)
        status = read_columns(&gather->reader, gather->input, &gather->normals);
    if (status == TA_OK || status == TA_ERR_INPUT)
        ta_normal_learn(gather->plan, gather->normals.plan);
    if (fd < 0)
        fd = ta_reader_return(&gather->reader, gather->input);
    close(fd);
    return status == TA_ERR_NOMEM || status == TA_ERR_IO ? status : TA_OK;
}

ta_status ta_gather_ask(void *to, ta_normal_plan *plan) {
    const ta_gather_asker *asker = to;
    ta_gather *gather = asker->gather;
    pthread_mutex_lock(&gather->lock);
    gather->finder = asker->finder;
    ta_status status = gather->done ? TA_OK : gather_columns(gather);
    gather->done = status == TA_OK; /* else the next may have better luck, or say why not */
    if (gather->done && plan != gather->plan)
        ta_normal_learn(plan, gather->plan);
    pthread_mutex_unlock(&gather->lock);
    return status;
}
