/* SPDX-License-Identifier: MIT */
/* The hub: takes each finding once and hands it to every report; knows the levels and the
 * counts. */
#ifndef TA_FLOW_HUB_H
#define TA_FLOW_HUB_H

#include "flow/echo.h"
#include "flow/job.h"
#include "flow/output.h"

/* Where a hub hands on what it hears, in place of reports: to the hub of the whole batch. */
typedef struct ta_outlet {
    void (*finding)(void *to, const ta_finding *finding);
    void (*input_end)(void *to, const ta_summary *summary);
    void (*say)(void *to, const char *line);
    void (*outcome)(void *to, const ta_outcome *outcome);
    bool (*print)(void *to, const char *data, size_t len);                 /* ta_hub_print */
    ta_status (*watch)(void *to, const ta_shape *shape, ta_stage **chain); /* ta_hub_watch */
    bool lineless; /* ta_hub_shows_lines is false */
    /* ta_hub_keeps and ta_hub_more; NULL: every finding is wanted */
    uint64_t (*keeps)(void *to, ta_code code);
    void (*more)(void *to, const ta_finding *like, uint64_t count);
    void *to;
} ta_outlet;

/* Who else hears findings for a while. */
typedef struct ta_aside {
    void (*finding)(void *to, const ta_finding *finding); /* NULL: nobody */
    void *to;
} ta_aside;

typedef struct ta_hub {
    ta_finder finder; /* hand out &hub->finder */
    ta_report *reports[TA_REPORTS_MAX + 1];
    ta_output outputs[TA_REPORTS_MAX + 1];
    size_t count;
    ta_finder faults;   /* of those outputs: said on standard error */
    bool could_not_run; /* exit status 2 */
    bool cut_short;     /* an input could not be read to its end, whatever level that has: 1 */
    bool differs;       /* normalize: something was refused, or would change: 1 */
    size_t inputs;
    ta_summary total;
    const ta_job *job;
    const ta_outlet *outlet; /* NULL: it has reports */
    ta_aside aside;
    ta_echoes echoes; /* since the input began */
    ta_output ledger; /* --summary */
    bool ledger_open;
    size_t told;      /* of the job's inputs, those that have a line there */
    ta_output prints; /* what inputs have for standard output, once there is some: */
    bool printing;
} ta_hub;

/* Opens the reports. False: one could not be opened; a message stands on standard error. */
TA_MUST_CHECK bool ta_hub_open(ta_hub *hub, const ta_job *job);
/* Opens a hub that hands on; the outlet is borrowed. */
void ta_hub_open_outlet(ta_hub *hub, const ta_job *job, const ta_outlet *outlet);
/* Whether a report shows lines of the data. */
bool ta_hub_shows_lines(const ta_hub *hub);
/* Whether reports may come to show no more of some findings, so that echoes are worth it. */
bool ta_hub_has_enough(const ta_hub *hub);
/* How many findings of a kin and code, in one input, reports show at most: from now on, so that
 * it never grows. */
uint64_t ta_hub_keeps(const ta_hub *hub, ta_code code);
/* Counts so many more findings like this one, which has been told, past those that are kept. */
void ta_hub_more(ta_hub *hub, const ta_finding *like, uint64_t count);
/* Whether a finding that has its kin is an echo; it is counted then. */
bool ta_hub_is_echo(ta_hub *hub, const ta_finding *finding);
/* Tells what echoes were heard, which an input's end does too; forgets them. */
void ta_hub_tell_echoes(ta_hub *hub);
/* Counts anew, for another part of the work. */
void ta_hub_rewind(ta_hub *hub);
/* Notes what a part of the work came to: memory and system failures make the exit status 2. */
void ta_hub_status(ta_hub *hub, ta_status status);
/* After each input: the reports' group ends and the summary line on standard error. */
void ta_hub_input_end(ta_hub *hub, const ta_summary *summary);
/* After each lot, for each of its inputs that was read. An input that is passed over, and any
 * that is left at the end, gets a line too. */
void ta_hub_outcome(ta_hub *hub, const ta_outcome *outcome);
/* A line on standard error, without its end; none where the job is to be quiet. */
void ta_hub_say(ta_hub *hub, const char *line);
/* Text for standard output, in the order of the inputs. False: nobody takes more. */
bool ta_hub_print(ta_hub *hub, const char *data, size_t len);
/* Whether all was read and nothing is wrong with it. */
bool ta_hub_is_clean(const ta_hub *hub);
/* Puts a stage in front of *chain for each report that looks at the records. */
TA_MUST_CHECK ta_status ta_hub_watch(ta_hub *hub, const ta_shape *shape, ta_stage **chain);
/* Closes all reports. Returns the exit status. */
int ta_hub_close(ta_hub *hub);

#endif
