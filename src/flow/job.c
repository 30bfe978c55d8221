/* SPDX-License-Identifier: MIT */
/* What a job is before it is filled in, and how records are checked and written by it. */
#include "flow/job.h"

#include "flow/batch.h"
#include "flow/run.h"

void ta_job_init(ta_job *job) {
    memset(job, 0, sizeof *job);
    job->checks = true;
    job->report.shown_max = TA_REPORT_SHOWN;
    job->record_max = TA_RECORD_BYTES_MAX;
}

const char *ta_job_target(const ta_job *job, size_t i) {
    const ta_edit_wish *edit = &job->edit;
    if (!job->writes && (!job->edits || edit->check || edit->diff))
        return NULL;
    if (job->edits && edit->write)
        return job->inputs[i];
    const char *name = job->outputs ? job->outputs[i] : job->output;
    return name ? name : "-";
}

static ta_status open_run(void *own, const ta_job *job, const ta_outlet *outlet) {
    return ta_run_open(own, job, outlet);
}

static void take_run_lot(void *own, const ta_lot *lot) {
    ta_run_lot(own, lot);
}

static void close_run(void *own) {
    ta_run_close(own);
}

int ta_job_run(const ta_job *job) {
    static const ta_craft craft = {sizeof(ta_run), open_run, take_run_lot, close_run};
    return ta_batch_run(job, &craft);
}
