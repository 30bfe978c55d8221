/* SPDX-License-Identifier: MIT */
/* A reader with keys, schema and plan of its own, so that nothing of the reading under way is
 * touched. */
#include "flow/gather.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "flow/normals.h"

/* The same file, with an offset of its own; -1: it cannot be. */
static int open_again(int fd) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return open(link, O_RDONLY | O_CLOEXEC);
}

bool ta_gather_open(ta_gather *gather, const ta_job *job, size_t input, int fd,
                    ta_normal_plan *plan) {
    *gather = (ta_gather){.job = job,
                          .input = input,
                          .plan = plan,
                          .fd = open_again(fd),
                          .lock = PTHREAD_MUTEX_INITIALIZER};
    return gather->fd >= 0;
}

void ta_gather_close(ta_gather *gather) {
    if (gather->fd >= 0)
        close(gather->fd);
    gather->fd = -1;
}

/* What is wrong with schema or data is said by the reading under way. */
static void hear_gathering(void *to, const ta_finding *finding) {
    const ta_gather_asker *asker = to;
    if (finding->code <= TA_F_IO_MEMORY)
        ta_find(asker->finder, finding);
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

static ta_status refuse_again(const ta_gather_asker *asker) {
    const char *name = asker->gather->job->inputs[asker->gather->input];
    ta_find(asker->finder, &(ta_finding){.code = TA_F_IO_OPEN,
                                         .place = {.file = name},
                                         .name = name,
                                         .found = strerror(errno)});
    return TA_ERR_IO;
}

/* Has the plan learn what all columns show. */
static ta_status gather_columns(ta_gather_asker *asker) {
    const ta_gather *gather = asker->gather;
    const ta_outlet outlet = {.finding = hear_gathering, .to = asker};
    ta_reader reader;
    ta_normals normals = {.plan = NULL};
    int fd = open_again(gather->fd);
    if (fd < 0)
        return refuse_again(asker);
    ta_status status = ta_reader_open_outlet(&reader, gather->job, &outlet);
    if (status == TA_OK)
        status = ta_normals_load(&normals, gather->job, ta_checks_shape(&reader.checks),
                                 &reader.library);
    if (status == TA_OK)
        status = ta_reader_lend(&reader, gather->input, &fd);
    /* What could be loaded before can be loaded now, unless the system refuses. */
    bool loaded = status == TA_OK;
    if (loaded)
        status = read_columns(&reader, gather->input, &normals);
    if (normals.plan)
        ta_normal_learn(gather->plan, normals.plan);
    ta_normals_fini(&normals);
    (void)ta_reader_close(&reader);
    if (fd >= 0)
        close(fd);
    if (status == TA_ERR_NOMEM || status == TA_ERR_IO)
        return status;
    return loaded ? TA_OK : TA_ERR_NOMEM;
}

ta_status ta_gather_ask(void *to, ta_normal_plan *plan) {
    ta_gather_asker *asker = to;
    ta_gather *gather = asker->gather;
    pthread_mutex_lock(&gather->lock);
    ta_status status = gather->done ? TA_OK : gather_columns(asker);
    gather->done = status == TA_OK; /* else the next may have better luck, or say why not */
    if (gather->done && plan != gather->plan)
        ta_normal_learn(plan, gather->plan);
    pthread_mutex_unlock(&gather->lock);
    return status;
}
