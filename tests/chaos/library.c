/* SPDX-License-Identifier: MIT */
/*
 * The library's calls while memory fails: each in turn, the n-th allocation missing, or all
 * from the n-th on. Demanded: TA_ERR_NOMEM, or what comes of the undisturbed call; nothing that
 * is not freed. And while the caller's own functions fail, at each of their calls. Run it with
 * chaos.so preloaded (tests/chaos/library.py does).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "transalp.h"

/* Of chaos.so. */
void ta_chaos_begin(unsigned long n, bool on) __attribute__((weak));
unsigned long ta_chaos_end(long *left) __attribute__((weak));

enum {
    ALL_UP_TO = 150, /* each of the first allocations, then so many of the rest */
    THEN = 60,
    PIECE = 7, /* bytes a time, where they are fed or read */
    SHOWN_MAX = 40
};

/* What was written and heard, as one number: a log must not allocate. */
typedef struct trace {
    uint64_t hash;
    long calls, fail_at; /* of the caller's own function; the first is 1; 0: none fails */
    const char *data;    /* what it has still to give */
    size_t len;
    bool failed, again;       /* it has failed; it was called after that */
    bool encoding, no_memory; /* codes that were heard */
} trace;

typedef struct trial {
    const char *name;
    ta_status (*run)(const struct trial *scene, trace *log);
    const char *from, *to, *data, *schema;
    size_t len; /* of data; 0: it ends with its NUL */
} trial;

static ta_checker *member;
static unsigned passed, failed;
static char at[160]; /* what is tried now, for a crash */

static void add(trace *log, const void *data, size_t len) {
    const unsigned char *bytes = data;
    for (size_t i = 0; i < len; i++)
        log->hash = (log->hash ^ bytes[i]) * 1099511628211U;
}

static void add_text(trace *log, const char *text) {
    add(log, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void hear(void *to, const ta_issue *issue) {
    trace *log = to;
    add_text(log, issue->code);
    add_text(log, issue->message);
    add_text(log, issue->path);
    add(log, &issue->line, sizeof issue->line);
    log->encoding |= !strcmp(issue->code, "encoding-unknown");
    log->no_memory |= !strcmp(issue->code, "io-memory");
}

/* Whether the caller's function fails this time. */
static bool fails_now(trace *log) {
    log->again |= log->failed;
    log->failed |= ++log->calls == log->fail_at;
    return log->failed;
}

static int write_trace(void *to, const char *data, size_t len) {
    trace *log = to;
    if (fails_now(log))
        return -1;
    add(log, data, len);
    return 0;
}

static long read_trace(void *from, char *data, size_t room) {
    trace *log = from;
    size_t len = log->len < PIECE ? log->len : PIECE;
    if (fails_now(log))
        return -1;
    len = len < room ? len : room;
    memcpy(data, log->data, len);
    log->data += len;
    log->len -= len;
    return (long)len;
}

static void walk(trace *log, ta_datum datum) {
    size_t len;
    ta_datum child;
    const char *text = ta_datum_key(datum, &len);
    add(log, text, text ? len : 0);
    text = ta_datum_text(datum, &len);
    add(log, text, text ? len : 0);
    for (bool more = ta_datum_first(datum, &child); more; more = ta_datum_next(datum, &child))
        walk(log, child);
}

static bool take_record(void *to, const ta_record *record) {
    ta_datum found;
    walk(to, ta_record_root(record));
    if (ta_datum_get(ta_record_root(record), "place.country", &found))
        walk(to, found);
    return !fails_now(to);
}

static ta_input input_of(const trial *scene) {
    return ta_input_bytes(scene->data, scene->len ? scene->len : strlen(scene->data));
}

static ta_run_options options_of(const trial *scene, trace *log) {
    ta_run_options options;
    ta_run_options_init(&options);
    options.from = scene->from;
    options.to = scene->to;
    options.issue = hear;
    options.issue_to = log;
    return options;
}

static const ta_checker *checker_of(const trial *scene) {
    return scene->schema ? member : NULL;
}

static void add_counts(trace *log, const ta_counts *counts) {
    add(log, counts, sizeof *counts);
}

/* ---- What is tried ---- */

static ta_status try_checker(const trial *scene, trace *log) {
    ta_checker *checker;
    ta_status status = ta_checker_new(scene->schema, NULL, hear, log, &checker);
    add_text(log, checker ? "made" : "none");
    ta_checker_free(checker);
    return status;
}

static ta_status try_check(const trial *scene, trace *log) {
    ta_counts counts;
    ta_input input = input_of(scene);
    ta_run_options options = options_of(scene, log);
    ta_status status = ta_check(checker_of(scene), &input, &options, &counts);
    add_counts(log, &counts);
    return status;
}

/* A schema of its own, made and dropped each time. */
static ta_status try_own_schema(const trial *scene, trace *log) {
    ta_checker *checker;
    ta_input input = input_of(scene);
    ta_run_options options = options_of(scene, log);
    ta_status status = ta_checker_new(scene->schema, NULL, hear, log, &checker);
    if (status == TA_OK)
        status = ta_check(checker, &input, &options, NULL);
    ta_checker_free(checker);
    return status;
}

static ta_status try_encoding(const trial *scene, trace *log) {
    ta_counts counts;
    ta_input input = input_of(scene);
    ta_run_options options = options_of(scene, log);
    options.encoding = "windows-1252";
    options.infer = true;
    ta_status status = ta_convert(NULL, &input, &options, write_trace, log, &counts);
    add_counts(log, &counts);
    return status;
}

static ta_status try_convert(const trial *scene, trace *log) {
    ta_counts counts;
    ta_input input = input_of(scene);
    ta_run_options options = options_of(scene, log);
    options.pretty = true;
    ta_status status =
        ta_convert(checker_of(scene), &input, &options, write_trace, log, &counts);
    add_counts(log, &counts);
    return status;
}

/* From a function, and with a list inside a document. */
static ta_status try_read(const trial *scene, trace *log) {
    ta_counts counts;
    trace source = {.data = scene->data, .len = strlen(scene->data)};
    ta_input input = ta_input_function(read_trace, &source);
    ta_run_options options = options_of(scene, log);
    options.records = scene->to;
    ta_status status = ta_read(checker_of(scene), &input, &options, take_record, log, &counts);
    add_counts(log, &counts);
    return status;
}

static ta_status try_source(const trial *scene, trace *log) {
    log->data = scene->data;
    log->len = strlen(scene->data);
    ta_input input = ta_input_function(read_trace, log);
    ta_run_options options = options_of(scene, log);
    return ta_check(checker_of(scene), &input, &options, NULL);
}

static ta_status pull_all(ta_stream *stream, const trial *scene, trace *log) {
    size_t left = strlen(scene->data), piece;
    const ta_record *record;
    ta_status status;
    while ((status = ta_stream_next(stream, &record)) == TA_OK) {
        if (record) {
            walk(log, ta_record_root(record));
            continue;
        }
        piece = left < PIECE ? left : PIECE;
        status = ta_stream_feed(stream, scene->data + strlen(scene->data) - left, piece);
        if (status != TA_OK)
            return status;
        left -= piece;
    }
    return status;
}

static ta_status try_stream(const trial *scene, trace *log) {
    ta_stream *stream;
    ta_run_options options = options_of(scene, log);
    ta_status status = ta_stream_new(checker_of(scene), &options, &stream);
    if (status == TA_OK)
        status = pull_all(stream, scene, log);
    ta_stream_free(stream);
    return status;
}

static ta_status try_builder(const trial *scene, trace *log) {
    (void)scene;
    const char *data;
    size_t len;
    ta_builder *builder = ta_builder_new();
    if (!builder)
        return TA_ERR_NOMEM;
    ta_builder_begin(builder, TA_OBJECT);
    for (int i = 0; i < 40; i++) {
        ta_builder_key(builder, "a key that is rather long");
        ta_builder_begin(builder, TA_ARRAY);
        ta_builder_number(builder, "1.50");
        ta_builder_text(builder, "text", 4);
        ta_builder_end(builder);
    }
    ta_builder_end(builder);
    ta_status status = ta_builder_take(builder, &data, &len);
    if (status == TA_OK)
        add(log, data, len);
    ta_builder_free(builder);
    return status;
}

/* ---- On what ---- */

#define CSV "id,name,country,fee,currency\nM-1,Eins,FR,12.30,EUR\nM-2,\"Zw\"\"ei\",UK,1e2,EUR\n"
#define JSON                                                                                   \
    "[{\"id\":\"M-1\",\"name\":\"Eins \\u00e9\",\"country\":\"FR\",\"fee\":12.30,"             \
    "\"currency\":\"EUR\"},\n{\"id\":\"M-2\",\"name\":\"Zwei\",\"country\":\"UK\"}]\n"
#define LINES                                                                                  \
    "{\"id\":\"M-1\",\"name\":\"Eins\"}\n{\"id\":}\n{\"id\":\"M-2\",\"country\":\"UK\"}\n"
#define YAML                                                                                   \
    "- &a\n  id: M-1\n  name: 'Eins'\n  country: FR\n- id: M-2\n  name: \"Zwei\\t\"\n"         \
    "  country: UK\n  alternateNames: [x, y]\n"
#define XML                                                                                    \
    "<members><member id=\"M-1\"><name>Eins &amp; &#228;</name><country>FR</country></member>" \
    "\n<member id=\"M-2\"><name>Zwei</name><country>UK</country></member></members>\n"

#define LIST                                                                                   \
    "<list><item k='1'><id>1</id><code>FR</code></item>"                                       \
    "<item><id>1</id><code>x</code><b/></item></list>"

#define FROM(kind, run, to)                                                                    \
    {kind " of csv", run, "csv", to, CSV, "member", 0},                                        \
        {kind " of json", run, "json", to, JSON, "member", 0},                                 \
        {kind " of jsonl", run, "jsonl", to, LINES, "member", 0},                              \
        {kind " of yaml", run, "yaml", to, YAML, "member", 0}, {                               \
        kind " of xml", run, "xml", to, XML, "member", 0                                       \
    }

static const trial scenes[] = {
    {"checker", try_checker, NULL, NULL, "", "member", 0},
    {"checker of nothing", try_checker, NULL, NULL, "", "no-such-schema", 0},
    FROM("check", try_check, NULL),
    {"check, guessed", try_check, NULL, NULL, JSON, NULL, 0},
    FROM("to csv", try_convert, "csv"),
    FROM("to json", try_convert, "json"),
    FROM("to jsonl", try_convert, "jsonl"),
    FROM("to yaml", try_convert, "yaml"),
    FROM("to xml", try_convert, "xml"),
    {"to csv, two passes", try_convert, "json", "csv", "[{\"a\":{\"b\":1}},{\"c\":2}]", NULL,
     0},
    {"encoding", try_encoding, "csv", "json", "id,n\n1,caf\xe9\n2,\x80\n", NULL, 0},
    FROM("read", try_read, NULL),
    {"read inside", try_read, "json", "a.b", "{\"a\":{\"b\":[{\"x\":1},{\"x\":[2]}]},\"c\":1}",
     NULL, 0},
    FROM("source", try_source, NULL),
    {"xml schema", try_own_schema, "xml", NULL, LIST, "./list.xsd", 0},
    {"json schema", try_own_schema, "json", NULL, JSON, "./list.json", 0},
    /* not of xml: libxml2 makes its globals anew in each thread, and dies if it cannot */
    {"stream of csv", try_stream, "csv", NULL, CSV, "member", 0},
    {"stream of json", try_stream, "json", NULL, JSON, "member", 0},
    {"stream of jsonl", try_stream, "jsonl", NULL, LINES, "member", 0},
    {"stream of yaml", try_stream, "yaml", NULL, YAML, "member", 0},
    {"builder", try_builder, NULL, NULL, "", NULL, 0},
};

/* ---- What is demanded ---- */

static void hold(bool fits, const char *what) {
    passed += fits;
    failed += !fits;
    if (!fits && failed <= SHOWN_MAX)
        printf("%s: %s\n", at, what);
}

static void die_told(int number) {
    (void)!write(STDOUT_FILENO, at, strlen(at));
    (void)!write(STDOUT_FILENO, ": crash\n", 8);
    signal(number, SIG_DFL);
    raise(number);
}

typedef struct attempted {
    trace log;
    ta_status status;
    unsigned long count; /* of allocations */
    long left;           /* those that were not freed */
} attempted;

static attempted attempt(const trial *scene, unsigned long n, bool on) {
    attempted got = {.log = {.hash = 14695981039346656037U}};
    snprintf(at, sizeof at, "%s, allocation %lu%s", scene->name, n, on ? " and on" : "");
    ta_chaos_begin(n, on);
    got.status = scene->run(scene, &got.log);
    got.count = ta_chaos_end(&got.left);
    return got;
}

static void disturb(const trial *scene, unsigned long n, bool on, const attempted *calm) {
    attempted got = attempt(scene, n, on);
    bool same = got.status == calm->status && got.log.hash == calm->log.hash;
    /* glibc's iconv_open says EINVAL, an unknown encoding, when its own allocations fail. */
    bool told = got.status == TA_ERR_NOMEM || (got.log.encoding && got.status != TA_OK);
    hold(got.left <= 0, "what it allocated is not freed");
    if (!same && !told)
        printf("%s: %s (undisturbed: %s)\n", at, ta_status_text(got.status),
               ta_status_text(calm->status));
    hold(same || told, "neither out of memory nor what comes undisturbed");
}

static void play(const trial *scene) {
    attempt(scene, 0, false); /* what libraries keep for good is made now */
    attempted first = attempt(scene, 0, false), calm = attempt(scene, 0, false);
    hold(first.log.hash == calm.log.hash && first.status == calm.status && calm.count,
         "not the same twice");
    hold(calm.left <= 0, "what it allocated is not freed");
    unsigned long rest = calm.count > ALL_UP_TO ? calm.count - ALL_UP_TO : 0;
    unsigned long step = rest > THEN ? rest / THEN : 1;
    for (unsigned long n = 1; n <= calm.count; n += n < ALL_UP_TO ? 1 : step) {
        disturb(scene, n, false, &calm);
        disturb(scene, n, true, &calm);
    }
    disturb(scene, calm.count, false, &calm);
}

/* The caller's function fails at each of its calls: it is not called again, and the status says
 * so; a record that is not wanted is no error. */
static void refuse(const trial *scene) {
    trace calm = {0};
    ta_status whole = scene->run(scene, &calm);
    for (long n = 1; n <= calm.calls; n++) {
        trace log = {.fail_at = n};
        long left;
        snprintf(at, sizeof at, "%s, refused at call %ld", scene->name, n);
        ta_chaos_begin(0, false);
        ta_status status = scene->run(scene, &log);
        ta_chaos_end(&left);
        hold(left <= 0, "leak");
        hold(log.failed && !log.again, "it is called again");
        if (scene->run == try_read)
            hold(status == TA_OK || status == whole, "the status is not as before");
        else
            hold(status == TA_ERR_IO, "the status is not that of a failure");
    }
}

int main(int argc, char **argv) {
    if (!ta_chaos_begin || ta_checker_new("member", NULL, NULL, NULL, &member) != TA_OK) {
        printf("skipped: chaos.so is not preloaded\n0 passed, 0 failed, 1 skipped\n");
        return 0;
    }
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGSEGV, die_told);
    signal(SIGABRT, die_told);
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        const trial *scene = &scenes[i];
        if (argc > 1 && !strstr(scene->name, argv[1]))
            continue;
        play(scene);
        if (scene->run == try_convert || scene->run == try_read || scene->run == try_source)
            refuse(scene);
    }
    ta_checker_free(member);
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}
