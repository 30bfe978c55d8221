/* SPDX-License-Identifier: MIT */
#include "cli/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/ignore.h"
#include "cli/lines.h"
#include "cli/plan.h"
#include "cli/say.h"
#include "flow/glob.h"
#include "flow/names.h"

#define FINDINGS_END ".findings.jsonl" /* what --rejects writes beside the records */

enum { FOLDERS_MAX = 2 };

typedef struct gathering {
    ta_settings *settings;
    ta_ignore ignore;
    const char *word; /* at hand */
    struct stat folders[FOLDERS_MAX];
    int folder_count; /* that the job writes to */
    size_t left_out;  /* named files, by transalp.yaml */
    size_t gone;      /* names of a list that check passes over: there is no such file */
} gathering;

static bool is_written_folder(const gathering *g, const char *name) {
    struct stat info;
    if (!g->folder_count || stat(name, &info) || !S_ISDIR(info.st_mode))
        return false;
    for (int i = 0; i < g->folder_count; i++)
        if (g->folders[i].st_dev == info.st_dev && g->folders[i].st_ino == info.st_ino)
            return true;
    return false;
}

static bool leave_out(void *to, const char *name) {
    gathering *g = to;
    if (!strcmp(name, "-"))
        return false;
    size_t len = strlen(name), end = strlen(FINDINGS_END);
    bool is_findings = len > end && !strcmp(name + len - end, FINDINGS_END);
    if (name != g->word && (is_findings || is_written_folder(g, name)))
        return true;
    if (g->settings->plan && ta_file_plan_leaves_out(g->settings->plan, name)) {
        g->left_out += name == g->word;
        if (name == g->word && !g->settings->job.quiet)
            ta_say("%s is left out, as transalp.yaml says (ignore)", name);
        return true;
    }
    return ta_ignore_covers(&g->ignore, name);
}

static void note_folder(gathering *g, const char *name) {
    if (name && g->folder_count < FOLDERS_MAX && !stat(name, &g->folders[g->folder_count]))
        g->folder_count += S_ISDIR(g->folders[g->folder_count].st_mode);
}

/* How much of a file's name stands for the folder that the word means: what follows is kept
 * below the folder of the outputs. */
static size_t above_len(const char *word, bool listed) {
    struct stat info;
    bool exists = !stat(word, &info);
    if (exists && S_ISDIR(info.st_mode))
        return listed ? 0 : strcmp(word, ".") ? strlen(word) : 0;
    if (!exists && !listed && ta_glob_is(word))
        return ta_glob_stem(word);
    const char *slash = strrchr(word, '/');
    return listed || !slash ? 0 : (size_t)(slash - word) + 1;
}

static const char *below(const char *file, size_t above) {
    const char *rest = file + above;
    if (!above && ta_name_leads_out(file)) {
        const char *slash = strrchr(file, '/');
        return slash ? slash + 1 : file;
    }
    while (*rest == '/' || (rest[0] == '.' && rest[1] == '/'))
        rest++;
    return rest;
}

static ta_status note_below(ta_inputs *inputs, size_t from, size_t above) {
    const ta_walk *walk = &inputs->walk;
    if (!ta_array_grow(&inputs->below, &inputs->below_cap, walk->count + 1,
                       sizeof *inputs->below))
        return TA_ERR_NOMEM;
    for (size_t i = from; i < walk->count; i++)
        inputs->below[i] = below(walk->files[i], above);
    return TA_OK;
}

/* A word that stands for nothing makes the whole a failure, but does not keep the others from
 * being processed. */
static ta_status add_word(gathering *g, const char *word, bool listed) {
    ta_inputs *inputs = &g->settings->inputs;
    size_t found = 0, from = inputs->walk.count;
    g->word = word;
    ta_status status = TA_OK;
    if (listed && ta_glob_is(word)) { /* a name, whatever stands in it */
        status = leave_out(g, word) ? TA_OK : ta_walk_add_file(&inputs->walk, word);
        found = 1;
    } else {
        status = ta_walk_add(&inputs->walk, word, &found);
    }
    if (status == TA_ERR_IO) {
        ta_say("cannot read the folder %s: %s", inputs->walk.failed,
               strerror(inputs->walk.error));
        status = TA_OK;
        g->settings->job.inputs_lack = true;
    } else if (status == TA_OK && !found) {
        if (!g->settings->plan || !ta_file_plan_missed(g->settings->plan, word))
            ta_say("no file of a format that is read fits %s", word);
        g->settings->job.inputs_lack = true;
    }
    return status == TA_OK ? note_below(inputs, from, above_len(word, listed)) : status;
}

/* Lists are made by machines, of files that may have been deleted since: check has nothing to
 * look at then. A list of which nothing is left is one of another folder. */
static bool is_gone(gathering *g, const char *name) {
    struct stat info;
    if (strcmp(g->settings->command->name, "check") != 0 || !strcmp(name, "-") ||
        !stat(name, &info) || errno != ENOENT)
        return false;
    if (!g->settings->job.quiet)
        ta_say("%s is not there (any more): passed over", name);
    g->gone++;
    return true;
}

static ta_status add_listed(gathering *g) {
    const char *file = g->settings->files_from;
    ta_strings lines = {NULL, 0};
    if (!file)
        return TA_OK;
    ta_status status = ta_lines_read(&g->settings->arena, file, &lines);
    if (status == TA_ERR_IO)
        return ta_say("cannot read the list %s: %s", file, strerror(errno));
    for (size_t i = 0; i < lines.count && status == TA_OK; i++)
        if (!is_gone(g, lines.items[i]))
            status = add_word(g, lines.items[i], true);
    if (lines.count && g->gone == lines.count)
        return ta_say("none of the files that %s names is there", file);
    return status;
}

static ta_status tell_ignored(const gathering *g) {
    const ta_walk *walk = &g->settings->inputs.walk;
    if (g->ignore.no_memory)
        return TA_ERR_NOMEM;
    if (g->ignore.failed)
        return ta_say("cannot read %s: %s", g->ignore.failed, strerror(g->ignore.error));
    size_t left_out = walk->left_out - g->left_out;
    if (left_out && !g->settings->job.quiet)
        ta_say("%zu named file%s left out by " TA_IGNORE_FILE, left_out,
               left_out == 1 ? "" : "s");
    return TA_OK;
}

ta_status ta_inputs_gather(ta_settings *settings) {
    ta_job *job = &settings->job;
    ta_inputs *inputs = &settings->inputs;
    if (!settings->command->walks || settings->gathers_nothing) {
        job->inputs = settings->arguments;
        job->input_count = settings->argument_count;
        return TA_OK;
    }
    gathering g = {.settings = settings};
    note_folder(&g, job->output);
    note_folder(&g, job->rejects);
    inputs->walk.leaves_out = leave_out;
    inputs->walk.to = &g;
    ta_status status = TA_OK;
    for (size_t i = 0; i < settings->argument_count && status == TA_OK; i++)
        status = add_word(&g, settings->arguments[i], false);
    if (status == TA_OK)
        status = add_listed(&g);
    if (status == TA_OK)
        status = tell_ignored(&g);
    ta_ignore_fini(&g.ignore);
    inputs->walk.leaves_out = NULL;
    job->inputs = inputs->walk.files;
    job->input_count = inputs->walk.count;
    job->below = inputs->below;
    return status;
}

void ta_inputs_fini(ta_inputs *inputs) {
    ta_walk_fini(&inputs->walk);
    free(inputs->below);
}
