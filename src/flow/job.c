/* SPDX-License-Identifier: MIT */
/* A job is cut into lots: all inputs make one output, or each input stands for itself. */
#include "flow/job.h"

#include <stdlib.h>

#include "flow/batch.h"

void ta_job_init(ta_job *job) {
    memset(job, 0, sizeof *job);
    job->checks = true;
    job->report.shown_max = TA_REPORT_SHOWN;
    job->record_max = TA_RECORD_BYTES_MAX;
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

int ta_job_run(const ta_job *job) {
    ta_hub hub;
    size_t count;
    if (!ta_hub_open(&hub, job)) {
        hub.could_not_run = true;
        return ta_hub_close(&hub);
    }
    hub.finder.knows = NULL; /* the worker's hub asks the baseline */
    ta_lot *lots = make_lots(job, &count);
    ta_status status = lots ? ta_batch_run(job, lots, count, &hub) : TA_ERR_NOMEM;
    if (status != TA_OK && !hub.could_not_run)
        ta_hub_status(&hub, status);
    free(lots);
    return ta_hub_close(&hub);
}
