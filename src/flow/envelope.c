/* SPDX-License-Identifier: MIT */
/*
 * A document per input, written as the output is: several inputs make a list of them. The bytes
 * around a list have left the window when they are written, so what the writer says of them has
 * no line.
 */
#include "flow/envelope.h"

#include "flow/join.h"

static void put_placeless(void *to, const ta_finding *finding) {
    const ta_envelope *envelope = to;
    ta_finding placeless = *finding;
    placeless.place = (ta_place){.file = finding->place.file};
    ta_find(envelope->outer, &placeless);
}

ta_status ta_envelope_open(ta_envelope *envelope, const ta_job *job, ta_keys *keys,
                           ta_finder *finder) {
    memset(envelope, 0, sizeof *envelope);
    if (!job->envelope)
        return TA_OK;
    envelope->open = true;
    ta_status status = ta_output_open(&envelope->output, job->envelope, finder);
    if (status != TA_OK)
        return status;
    const ta_format *format = ta_format_of_name(job->envelope);
    if (!format)
        format = ta_format_find("json");
    envelope->write = job->write;
    envelope->write.lines = false;
    envelope->outer = finder;
    envelope->finder = ta_finder_relay(finder, put_placeless, envelope);
    ta_writing writing = {.sink = &envelope->output.sink,
                          .finder = &envelope->finder,
                          .keys = keys,
                          .options = &envelope->write};
    ta_stage *writer = format->writer_new(&writing);
    if (writer)
        envelope->stage = ta_join_new(writer, job->input_count, &envelope->output.sink);
    return envelope->stage ? TA_OK : TA_ERR_NOMEM;
}

ta_status ta_envelope_close(ta_envelope *envelope, bool keep) {
    if (!envelope->open)
        return TA_OK;
    const ta_sink *sink = &envelope->output.sink;
    bool written = sink->at != sink->buffer || sink->written_bytes;
    ta_status ended = envelope->stage ? ta_join_finish(envelope->stage, TA_OK) : TA_OK;
    ta_status status = ta_output_close(&envelope->output, keep && written && ended == TA_OK);
    ta_stage_drop(envelope->stage);
    return status == TA_OK && ended != TA_STOP ? ended : status;
}
