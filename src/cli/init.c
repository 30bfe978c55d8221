/* SPDX-License-Identifier: MIT */
/* transalp init: a first transalp.yaml from what a folder holds, and the file for a CI service.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/press.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/plan.h"
#include "cli/say.h"
#include "flow/names.h"

/* Files of one folder, suffix and schema. */
typedef struct init_group {
    const char *folder, *suffix, *schema, *why;
    size_t count;
} init_group;

typedef struct init_groups {
    init_group *items;
    size_t count, cap;
    ta_arena arena;
} init_groups;

static bool is_of_group(const init_group *g, const init_group *other) {
    return !strcmp(g->folder, other->folder) && !strcmp(g->suffix, other->suffix) &&
           !strcmp(g->schema, other->schema);
}

/* What tells the format: ".csv", ".csv.gz"; other dots are the name's own. A .txt tells nothing
 * of others: it stands for itself, with its whole name. */
static const char *group_suffix(const char *base) {
    size_t stem;
    ta_press_of_name(base, &stem);
    const char *dot = memrchr(base, '.', stem);
    if (dot && !strncmp(dot, ".txt", 4))
        return base;
    return dot ? dot : "";
}

static ta_status add_to_group(init_groups *groups, const char *file, const ta_choice *choice) {
    ta_buf folder = {0};
    ta_name_folder(file, &folder);
    init_group g = {.folder = ta_arena_copy(&groups->arena, ta_buf_text(&folder), folder.len),
                    .suffix = group_suffix(file + folder.len),
                    .schema = choice->schema ? choice->schema : "",
                    .why = choice->why ? choice->why : ""};
    ta_buf_fini(&folder);
    for (size_t i = 0; g.folder && i < groups->count; i++)
        if (is_of_group(&groups->items[i], &g)) {
            groups->items[i].count++;
            return TA_OK;
        }
    g.count = 1;
    if (!g.folder || !ta_array_grow(&groups->items, &groups->cap, groups->count + 1, sizeof g))
        return TA_ERR_NOMEM;
    groups->items[groups->count++] = g;
    return TA_OK;
}

/* In a pattern and in single quotes of YAML, where `?` stands for a character that they cannot
 * hold. */
static void put_quoted(ta_buf *out, const char *text) {
    for (; *text; text++) {
        bool is_control = (unsigned char)*text < ' ' || *text == 0x7F;
        ta_buf_puts(out, strchr("*?[\\", *text) ? "\\" : "");
        ta_buf_printf(out, *text == '\'' ? "''" : "%c", is_control ? '?' : *text);
    }
}

/* Whether files of the same folder and suffix are in two groups: a pattern cannot part them. */
static bool is_mixed(const init_groups *groups, size_t i) {
    for (size_t k = 0; k < groups->count; k++)
        if (k != i && !strcmp(groups->items[k].folder, groups->items[i].folder) &&
            !strcmp(groups->items[k].suffix, groups->items[i].suffix))
            return true;
    return false;
}

static void put_group(ta_buf *out, const init_groups *groups, size_t i) {
    const init_group *g = &groups->items[i];
    bool mixed = is_mixed(groups, i), first = true;
    for (size_t k = 0; k < i && mixed; k++)
        first &= strcmp(groups->items[k].folder, g->folder) != 0 ||
                 strcmp(groups->items[k].suffix, g->suffix) != 0;
    if (!first)
        return;
    ta_buf_puts(out, "  - match: '");
    put_quoted(out, g->folder);
    ta_buf_puts(out, !*g->suffix || *g->suffix == '.' ? "*" : "");
    put_quoted(out, g->suffix);
    ta_buf_puts(out, "'\n");
    if (mixed)
        ta_buf_puts(out, "    # several kinds of data: each file tells by its heads, members, "
                         "root or $schema\n");
    else if (*g->schema && strcmp(g->why, "by its $schema") != 0)
        ta_buf_printf(out, "    schema: %s # chosen %s\n", g->schema, g->why);
    else if (*g->schema)
        ta_buf_puts(out, "    # each file names its $schema\n");
    else
        ta_buf_puts(out, "    # schema: NAME or FILE; until then the syntax is checked\n");
}

static const char config_text_head[] = "# What `transalp check` looks at, and how; `transalp "
                                       "config FILE` says what applies to a file.\n";
static const char config_text_tail[] = "\n# Paths that are left out, as in .gitignore.\n"
                                       "ignore: []\n"
                                       "\n# Findings that are known and may stay for now: "
                                       "`transalp check --update-baseline` writes "
                                       "them.\n"
                                       "# baseline: transalp.baseline.jsonl\n";

static const struct ci_file {
    const char *name, *folder, *file, *text;
} ci_files[] = {
    {"github", ".github/workflows", ".github/workflows/transalp.yml",
     "name: data\n"
     "on: [push, pull_request]\n"
     "permissions:\n"
     "  contents: read\n"
     "jobs:\n"
     "  check:\n"
     "    runs-on: ubuntu-latest\n"
     "    steps:\n"
     "      - uses: actions/checkout@v4\n"
     "      # Fill in whose repository of transalp you take, and the version that you trust.\n"
     "      - uses: OWNER/transalp@v0.1.0\n"},
    {"gitlab", NULL, ".gitlab-ci.yml",
     "data:\n"
     "  image: debian:12\n"
     "  script:\n"
     "    # transalp's package, as the page on CI has it.\n"
     "    - apt-get update -q && apt-get install -y -q ./transalp_*.deb\n"
     "    - transalp check --report text --report gitlab=transalp.json\n"
     "  artifacts:\n"
     "    when: always\n"
     "    reports:\n"
     "      codequality: transalp.json\n"},
};

/* A new file with this text; one that is there already stays. */
static ta_status write_new(const char *name, const char *text, size_t len) {
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno == EEXIST ? ta_say("%s is there already: it stays as it is", name)
                               : ta_say("cannot write %s: %s", name, strerror(errno));
    ssize_t done = write(fd, text, len);
    int error = done < 0 ? errno : ENOSPC;
    bool whole = done == (ssize_t)len;
    if (close(fd) && whole) {
        whole = false;
        error = errno;
    }
    if (whole)
        return TA_OK;
    unlink(name);
    return ta_say("cannot write %s: %s", name, strerror(error));
}

/* ".github/workflows": both folders. */
static void make_folders(const char *folder) {
    char path[64];
    for (const char *slash = folder; slash;) {
        slash = strchr(slash + 1, '/');
        size_t len = slash ? (size_t)(slash - folder) : strlen(folder);
        memcpy(path, folder, len);
        path[len] = 0;
        (void)mkdir(path, 0777); /* the file in it says if it failed */
    }
}

static ta_status write_ci(const char *name, ta_buf *out) {
    for (size_t i = 0; i < sizeof ci_files / sizeof *ci_files; i++) {
        const struct ci_file *ci = &ci_files[i];
        if (strcmp(ci->name, name) != 0)
            continue;
        if (ci->folder)
            make_folders(ci->folder);
        ta_buf_printf(out, "%s: written\n", ci->file);
        return write_new(ci->file, ci->text, strlen(ci->text));
    }
    return ta_say("--ci takes github or gitlab: found %s", name);
}

static ta_status gather_groups(ta_file_plan *plan, ta_settings *settings, init_groups *groups) {
    static const char *here[] = {".", NULL};
    settings->arguments = here;
    settings->argument_count = 1;
    ta_status status = ta_inputs_gather(settings);
    for (size_t i = 0; i < settings->job.input_count && status == TA_OK; i++) {
        ta_choice choice;
        const char *file = settings->job.inputs[i];
        status = ta_chooser_choose(&plan->chooser, file, &settings->job, &choice);
        if (status == TA_OK)
            status = add_to_group(groups, file, &choice);
    }
    return status;
}

static ta_status write_config(ta_file_plan *plan, ta_settings *settings, ta_buf *out) {
    init_groups groups = {0};
    ta_buf text = {0};
    ta_status status = gather_groups(plan, settings, &groups);
    ta_buf_puts(&text, config_text_head);
    ta_buf_puts(&text, groups.count ? "files:\n" : "files: []\n");
    for (size_t i = 0; i < groups.count; i++)
        put_group(&text, &groups, i);
    ta_buf_puts(&text, config_text_tail);
    if (status == TA_OK)
        status = text.failed ? TA_ERR_NOMEM : write_new(TA_CONFIG_NAME, text.data, text.len);
    ta_buf_printf(out, "%s: written, with %zu file%s of data\n", TA_CONFIG_NAME,
                  settings->job.input_count, settings->job.input_count == 1 ? "" : "s");
    ta_buf_fini(&text);
    free(groups.items);
    ta_arena_fini(&groups.arena);
    return status;
}

static int run_init(ta_settings *settings) {
    ta_file_plan plan;
    ta_buf out = {0};
    settings->no_config = true;
    ta_status status = ta_file_plan_open(&plan, settings);
    bool is_new = access(TA_CONFIG_NAME, F_OK) != 0;
    if (status == TA_OK && (is_new || !settings->ci))
        status = write_config(&plan, settings, &out);
    if (status == TA_OK && settings->ci)
        status = write_ci(settings->ci, &out);
    ta_file_plan_close(&plan);
    if (status == TA_OK)
        return ta_say_text(&out);
    ta_buf_fini(&out);
    return status == TA_ERR_NOMEM ? ta_say_nomem() : 2;
}

static const ta_example init_examples[] = {
    {"transalp init", "transalp.yaml for the data of this folder"},
    {"transalp init --ci github", "and the workflow that checks it"},
    {0}};

extern const ta_command ta_command_init;
const ta_command ta_command_init = {
    .name = "init",
    .arguments = "[--ci github|gitlab]",
    .summary = "a first transalp.yaml for this folder",
    .about =
        "Looks at the files of data in this folder and below and writes transalp.yaml, which "
        "names them and the schemas that fit; `transalp check` then needs no arguments. With "
        "--ci it writes the file of the CI service too. What is there already stays.",
    .examples = init_examples,
    .walks = true,
    .run = run_init,
};
