/* SPDX-License-Identifier: MIT */
/* A reader with keys, schema and plan of its own, so that nothing of the reading under way is
 * touched. */
#include "flow/gather.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "flow/normals.h"

bool ta_gather_open(ta_gather *gather, ta_reader *reader, size_t input, int fd) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    *gather = (ta_gather){.reader = reader,
                          .finder = &reader->hub.finder,
                          .input = input,
                          .fd = open(link, O_RDONLY | O_CLOEXEC)};
    return gather->fd >= 0;
}

void ta_gather_close(ta_gather *gather) {
    if (gather->fd >= 0)
        close(gather->fd);
    gather->fd = -1;
}

/* What is wrong with schema or data is said by the reading under way. */
static void hear_gathering(void *to, const ta_finding *finding) {
    ta_gather *gather = to;
    if (finding->code <= TA_F_IO_MEMORY)
        ta_find(gather->finder, finding);
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

ta_status ta_gather_run(void *to, ta_normal_plan *plan) {
    ta_gather *gather = to;
    const ta_job *job = gather->reader->job;
    const ta_outlet outlet = {.finding = hear_gathering, .to = gather};
    ta_reader reader;
    ta_normals normals = {.plan = NULL};
    ta_status status = ta_reader_open_outlet(&reader, job, &outlet);
    if (status == TA_OK)
        status =
            ta_normals_load(&normals, job, ta_checks_shape(&reader.checks), &reader.library);
    if (status == TA_OK)
        status = ta_reader_lend(&reader, gather->input, &gather->fd);
    /* What could be loaded before can be loaded now, unless the system refuses. */
    bool loaded = status == TA_OK;
    if (loaded)
        status = read_columns(&reader, gather->input, &normals);
    if (normals.plan)
        ta_normal_learn(plan, normals.plan);
    ta_normals_fini(&normals);
    (void)ta_reader_close(&reader);
    if (status == TA_ERR_NOMEM || status == TA_ERR_IO)
        return status;
    return loaded ? TA_OK : TA_ERR_NOMEM;
}
