/* SPDX-License-Identifier: MIT */
/* Patterns of file names, rules of what is left out, and walks through a folder made here. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "flow/glob.h"
#include "flow/walk.h"
#include "unit.h"

static void test_patterns(void) {
    static const struct {
        const char *pattern, *path;
        bool fits;
    } rows[] = {
        {"a.csv", "a.csv", true},
        {"*.csv", "a.csv", true},
        {"*.csv", "x/a.csv", false},
        {"**/*.csv", "a.csv", true},
        {"**/*.csv", "x/y/a.csv", true},
        {"x/**", "x/a", true},
        {"x/**", "x/a/b", true},
        {"x/**", "x", false},
        {"x/**/b/*.csv", "x/b/a.csv", true},
        {"x/**/b/*.csv", "x/b/c/b/a.csv", true},
        {"x/**/b/*.csv", "x/b/c/a.csv", false},
        {"**/a/**/b", "c/a/d/a/e/b", true},
        {"a?c",
         "a\xC3\xA9"
         "c",
         true},
        {"a?c", "a/c", false},
        {"[a-c]*[!0-9]", "bx", true},
        {"[a-c]*[!0-9]", "b1", false},
        {"[]]x", "]x", true},
        {"a[1", "a[1", true},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"*a*b*c*", "xxaxxbxxcxx", true},
        {"*a*b*c*", "xxaxxcxxbxx", false},
        {"", "", true},
        {"**", "", false},
        {"a//b", "a/b", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!TA_CHECK(ta_glob_fits(rows[i].pattern, rows[i].path) == rows[i].fits))
            fprintf(stderr, "    %s against %s\n", rows[i].pattern, rows[i].path);
    TA_CHECK(ta_glob_stem("members/a*.csv") == 8 && ta_glob_stem("*.csv") == 0);
    TA_CHECK(ta_glob_stem("a/b.csv") == 2 && ta_glob_is("a?") && !ta_glob_is("a.csv"));
}

/* A pattern that would take ages if every star were tried anew. */
static void test_time(void) {
    char pattern[402], path[2001];
    for (int i = 0; i < 400; i += 2)
        memcpy(pattern + i, "*a", 2);
    memcpy(pattern + 400, "b", 2);
    memset(path, 'a', 2000);
    path[2000] = 0;
    TA_CHECK(!ta_glob_fits(pattern, path));
}

static void test_left_out(void) {
    static const char *const items[] = {"drafts/", "*.tmp.csv", "!keep.tmp.csv", "/top.csv",
                                        "a/**/old.csv"};
    ta_strings rules = {items, sizeof items / sizeof *items};
    TA_CHECK(ta_glob_leaves_out(&rules, "drafts/a.csv"));
    TA_CHECK(ta_glob_leaves_out(&rules, "x/drafts/y/a.csv"));
    TA_CHECK(!ta_glob_leaves_out(&rules, "drafts"));
    TA_CHECK(ta_glob_leaves_out(&rules, "x/b.tmp.csv"));
    TA_CHECK(!ta_glob_leaves_out(&rules, "x/keep.tmp.csv"));
    TA_CHECK(ta_glob_leaves_out(&rules, "top.csv") && !ta_glob_leaves_out(&rules, "x/top.csv"));
    TA_CHECK(ta_glob_leaves_out(&rules, "a/b/c/old.csv"));
    TA_CHECK(!ta_glob_leaves_out(&(ta_strings){NULL, 0}, "a.csv"));
}

static void make_file(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    TA_CHECK(file && fputs(text, file) >= 0);
    if (file)
        (void)fclose(file);
}

static bool leaves_b_out(void *to, const char *name) {
    (void)to;
    return strstr(name, "sub/b");
}

static void check_walk(const char *const words[], bool leaves_out, const char *want) {
    ta_walk walk = {.leaves_out = leaves_out ? leaves_b_out : NULL};
    char got[512] = "";
    for (; *words; words++) {
        size_t found;
        TA_CHECK(ta_walk_add(&walk, *words, &found) == TA_OK);
        snprintf(got + strlen(got), sizeof got - strlen(got), "%zu:", found);
    }
    TA_CHECK(ta_walk_once(&walk) == TA_OK);
    for (size_t i = 0; i < walk.count; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), " %s", walk.files[i]);
    TA_CHECK_TEXT(got, want);
    ta_walk_fini(&walk);
}

static void test_walks(void) {
    char folder[] = "/tmp/transalp-walk-XXXXXX";
    TA_CHECK(mkdtemp(folder) && chdir(folder) == 0);
    TA_CHECK(!mkdir("sub", 0777) && !mkdir(".git", 0777) && !mkdir("sub/deep", 0777));
    make_file("a.csv", "x\n");
    make_file("note.md", "x\n");
    make_file("transalp.yaml", "files: []\n");
    make_file(".hidden.csv", "x\n");
    make_file(".git/c.csv", "x\n");
    make_file("sub/b.json.gz", "");
    make_file("sub/s.json", "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"}");
    make_file("sub/deep/d.xml", "<a/>");
    TA_CHECK(symlink("..", "sub/up") == 0 && symlink("../a.csv", "sub/l.csv") == 0);
    check_walk((const char *[]){".", NULL}, false,
               "5: a.csv sub/b.json.gz sub/deep/d.xml sub/l.csv");
    check_walk((const char *[]){"sub/", "a.csv", NULL}, true,
               "4:1: sub/deep/d.xml sub/l.csv a.csv");
    check_walk((const char *[]){"*.csv", "**/*.csv", "*.none", "no/*.csv", NULL}, false,
               "1:2:0:0: a.csv sub/l.csv");
    check_walk((const char *[]){"missing.csv", "-", "-", "sub/b.json.gz", NULL}, true,
               "1:1:1:1: missing.csv - -");
    check_walk((const char *[]){"./sub/*/*", NULL}, false, "1: ./sub/deep/d.xml");
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    TA_CHECK(system(command) == 0);
}

int main(void) {
    test_patterns();
    test_time();
    test_left_out();
    test_walks();
    return unit_end("walk");
}
