/* SPDX-License-Identifier: MIT */
#include "flow/workers.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS_MAX = 256 };

/* A processor for each thread: what this process may run on, and a cgroup's share of it. */
static unsigned granted_processors(void) {
    cpu_set_t set;
    unsigned count = sched_getaffinity(0, sizeof set, &set) ? 1 : (unsigned)CPU_COUNT(&set);
    FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
    char line[64] = "", *rest = line; /* "200000 100000", or "max 100000" */
    if (file && !fgets(line, sizeof line, file))
        *line = 0;
    if (file)
        (void)fclose(file);
    unsigned long long quota = strtoull(line, &rest, 10), period = strtoull(rest, NULL, 10);
    if (quota && period && (quota + period - 1) / period < count)
        count = (unsigned)((quota + period - 1) / period);
    return count ? count : 1;
}

/* What must see all inputs in order: a baseline, and reports that look at the records; and only
 * one worker can tell which input is the first with an error. */
static bool wants_one_worker(const ta_job *job) {
    for (size_t i = 0; i < job->report_count; i++)
        if (job->reports[i].form->watch)
            return true;
    return job->fail_fast || job->baseline;
}

size_t ta_workers_of(const ta_job *job) {
    size_t count = job->jobs ? job->jobs : granted_processors();
    if (wants_one_worker(job))
        return 1;
    return count < WORKERS_MAX ? count : WORKERS_MAX;
}
