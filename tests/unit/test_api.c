/* SPDX-License-Identifier: MIT */
/* The library as an embedder uses it: through transalp.h and nothing else. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "transalp.h"
#include "unit.h"

static const char members[] =
    "id,name,country,fee,currency\nM-1,Eins,FR,12.30,EUR\nM-2,Zwei,UK,1e2,EUR\n";

/* What was heard. */
typedef struct heard {
    int count;
    char code[64], path[64];
    uint64_t line, column;
} heard;

static void hear(void *to, const ta_issue *issue) {
    heard *h = to;
    if (issue->severity != TA_SEVERITY_ERROR)
        return;
    h->count++;
    snprintf(h->code, sizeof h->code, "%s", issue->code);
    snprintf(h->path, sizeof h->path, "%s", issue->path ? issue->path : "");
    h->line = issue->line;
    h->column = issue->column;
}

static ta_run_options options_with(heard *h) {
    ta_run_options options;
    ta_run_options_init(&options);
    options.issue = hear;
    options.issue_to = h;
    return options;
}

static void test_checker(void) {
    heard h = {0};
    ta_checker *checker;
    TA_CHECK(ta_checker_new("no-such", NULL, hear, &h, &checker) == TA_ERR_USAGE);
    TA_CHECK(!checker && h.count == 1);
    TA_CHECK(ta_checker_new("member", "absent.yaml", hear, &h, &checker) == TA_ERR_USAGE);
    TA_CHECK(ta_checker_new(NULL, NULL, NULL, NULL, &checker) == TA_OK);
    ta_checker_free(checker);
    ta_checker_free(NULL);
}

static void test_check(const ta_checker *checker) {
    heard h = {0};
    ta_counts counts;
    ta_run_options options = options_with(&h);
    ta_input input = ta_input_bytes(members, strlen(members));
    options.from = "csv";
    TA_CHECK(ta_check(checker, &input, &options, &counts) == TA_ERR_INPUT);
    TA_CHECK(counts.records == 2 && counts.errors == 1 && h.count == 1);
    TA_CHECK(!strcmp(h.code, "code-unknown") && !strcmp(h.path, "country"));
    TA_CHECK(h.line == 3 && h.column == 10);
    TA_CHECK(ta_check(NULL, &input, &options, &counts) == TA_OK);
    TA_CHECK(counts.records == 2 && counts.errors == 0);
    options.records = "a..b";
    TA_CHECK(ta_check(checker, &input, &options, NULL) == TA_ERR_USAGE);
    input = ta_input_bytes("[1,", 3);
    options = options_with(&h);
    options.from = "json";
    TA_CHECK(ta_check(NULL, &input, &options, NULL) == TA_ERR_INPUT);
    TA_CHECK(!strncmp(h.code, "json-", 5) && h.line == 1);
    input = ta_input_fd(-1);
    input.read = NULL;
    TA_CHECK(ta_check(NULL, &input, &options, NULL) != TA_OK); /* nothing: no format */
}

static int refuse_write(void *to, const char *data, size_t len) {
    (void)to;
    (void)data;
    (void)len;
    return -1;
}

static void test_convert(const ta_checker *checker) {
    heard h = {0};
    ta_bytes out = {0};
    ta_run_options options = options_with(&h);
    ta_input input = ta_input_bytes(members, strlen(members));
    options.from = "csv";
    options.to = "jsonl";
    TA_CHECK(ta_convert(checker, &input, &options, ta_bytes_write, &out, NULL) == TA_ERR_INPUT);
    const char *wanted = "{\"id\":\"M-1\",\"name\":\"Eins\",\"country\":\"FR\",\"fee\":12.30,"
                         "\"currency\":\"EUR\"}\n";
    TA_CHECK(out.len > strlen(wanted) && !memcmp(out.data, wanted, strlen(wanted)));
    input = ta_input_bytes(out.data, out.len);
    ta_bytes back = {0};
    options.from = "jsonl";
    options.to = "csv";
    TA_CHECK(ta_convert(NULL, &input, &options, ta_bytes_write, &back, NULL) == TA_OK);
    TA_CHECK(back.len == strlen(members) && !memcmp(back.data, members, back.len));
    ta_bytes_free(&back);
    options.to = "xlsx";
    TA_CHECK(ta_convert(NULL, &input, &options, ta_bytes_write, &back, NULL) == TA_ERR_USAGE);
    options.to = "xml";
    TA_CHECK(ta_convert(NULL, &input, &options, refuse_write, NULL, NULL) == TA_ERR_IO);
    ta_bytes_free(&out);
    TA_CHECK(!out.data && !out.len);
}

enum { SEEN_MAX = 64 };

static void add_words(char *seen, const char *text, size_t len) {
    size_t at = strlen(seen);
    snprintf(seen + at, SEEN_MAX - at, "%.*s", (int)len, text);
}

static bool sum_fees(void *to, const ta_record *record) {
    char *seen = to;
    ta_datum value, child;
    size_t len;
    if (ta_datum_get(ta_record_root(record), "fee", &value)) {
        const char *text = ta_datum_text(value, &len);
        add_words(seen, text, len);
        add_words(seen, ta_datum_kind(value) == TA_NUMBER ? "n " : "? ", 2);
    }
    if (ta_datum_first(ta_record_root(record), &child)) {
        const char *key = ta_datum_key(child, &len);
        add_words(seen, key, len);
        TA_CHECK(ta_datum_next(ta_record_root(record), &child));
        TA_CHECK(ta_datum_count(child) == 0);
    }
    TA_CHECK(!ta_datum_get(ta_record_root(record), "fee.deeper", &value));
    TA_CHECK(!ta_datum_get(ta_record_root(record), "a..b", &value));
    return ta_record_number(record) < 2;
}

static void test_read(const ta_checker *checker) {
    heard h = {0};
    char seen[SEEN_MAX] = "";
    ta_counts counts;
    ta_run_options options = options_with(&h);
    ta_input input = ta_input_bytes(members, strlen(members));
    options.from = "csv";
    TA_CHECK(ta_read(checker, &input, &options, sum_fees, seen, &counts) == TA_ERR_INPUT);
    TA_CHECK(!strcmp(seen, "12.30n id1e2n id"));
}

static bool wants_no_more(void *left) {
    return !(*(int *)left)--;
}

/* Three megabytes of lines; the second has a fault. */
static char *make_lines(size_t *len) {
    static const char line[] = "{\"id\":\"M-1\",\"name\":\"Eins\",\"country\":\"FR\"}\n";
    size_t count = 60000, size = sizeof line - 1;
    char *lines = malloc(count * size);
    for (size_t i = 0; lines && i < count; i++)
        memcpy(lines + i * size, line, size);
    if (lines)
        lines[size] = '?';
    *len = lines ? count * size : 0;
    return lines;
}

/* What was read before somebody cancelled is counted and written, and nothing else is said. */
static void test_cancel(void) {
    size_t len;
    char *lines = make_lines(&len);
    FILE *file = tmpfile();
    TA_CHECK(file && fwrite(lines, 1, len, file) == len && !fflush(file));
    for (int times = 0; times < 8; times++) {
        heard h = {0};
        int left = times;
        ta_run_options options = options_with(&h);
        options.from = "jsonl";
        options.cancel = wants_no_more;
        options.cancel_to = &left;
        ta_input input = ta_input_bytes(lines, len);
        if (times % 2 && file) {
            rewind(file);
            input = ta_input_fd(fileno(file));
        }
        ta_counts counts = {0};
        ta_bytes out = {0};
        TA_CHECK(ta_check(NULL, &input, &options, &counts) == TA_STOP);
        TA_CHECK(counts.records < 60000 && (times < 4 || counts.records > 1));
        TA_CHECK(counts.errors == (uint64_t)h.count && h.count == (counts.records > 0));
        left = times;
        if (!(times % 2)) {
            TA_CHECK(ta_convert(NULL, &input, &options, ta_bytes_write, &out, &counts) ==
                     TA_STOP);
            TA_CHECK(counts.errors <= 1 && (out.len > 0) == (counts.records > 0));
        }
        ta_bytes_free(&out);
    }
    if (file)
        (void)fclose(file);
    free(lines);
}

/* The fed bytes come in pieces of every size; what comes out is the same. */
static void pull_in_pieces(const ta_checker *checker, size_t piece) {
    heard h = {0};
    ta_stream *stream;
    const ta_record *record;
    ta_run_options options = options_with(&h);
    options.from = "csv";
    TA_CHECK(ta_stream_new(checker, &options, &stream) == TA_OK);
    size_t at = 0, len = strlen(members);
    uint64_t records = 0;
    ta_status status;
    while ((status = ta_stream_next(stream, &record)) == TA_OK) {
        if (record) {
            records++;
            TA_CHECK(ta_record_number(record) == records);
            continue;
        }
        size_t some = len - at < piece ? len - at : piece;
        TA_CHECK(ta_stream_feed(stream, members + at, some) == TA_OK);
        at += some;
    }
    TA_CHECK(status == TA_ERR_INPUT && records == 2 && h.count == 1 && h.line == 3);
    TA_CHECK(ta_stream_next(stream, &record) == TA_ERR_INPUT && !record);
    ta_stream_free(stream);
}

static void test_stream(const ta_checker *checker) {
    ta_stream *stream;
    const ta_record *record;
    ta_run_options options;
    for (size_t piece = 1; piece < sizeof members; piece++)
        pull_in_pieces(checker, piece);
    ta_run_options_init(&options);
    options.from = "csv";
    TA_CHECK(ta_stream_new(checker, &options, &stream) == TA_OK);
    ta_stream_free(stream); /* before anything */
    TA_CHECK(ta_stream_new(NULL, &options, &stream) == TA_OK);
    TA_CHECK(ta_stream_feed(stream, members, strlen(members)) == TA_OK);
    TA_CHECK(ta_stream_feed(stream, NULL, 0) == TA_OK);
    TA_CHECK(ta_stream_feed(stream, "x", 1) == TA_ERR_USAGE);
    TA_CHECK(ta_stream_next(stream, &record) == TA_OK && record);
    ta_stream_free(stream); /* in the middle */
    TA_CHECK(ta_stream_new(NULL, &options, &stream) == TA_OK);
    TA_CHECK(ta_stream_feed(stream, members, strlen(members)) == TA_OK);
    TA_CHECK(ta_stream_feed(stream, NULL, 0) == TA_OK);
    while (ta_stream_next(stream, &record) == TA_OK && record)
        TA_CHECK(ta_record_number(record) > 0);
    TA_CHECK(ta_stream_next(stream, &record) == TA_STOP);
    ta_stream_free(stream);
    ta_stream_free(NULL);
}

static void test_builder(const ta_checker *checker) {
    ta_builder *builder = ta_builder_new();
    const char *data;
    size_t len;
    for (int i = 0; i < 2; i++) {
        ta_builder_begin(builder, TA_OBJECT);
        ta_builder_key(builder, "id");
        ta_builder_text(builder, i ? "b" : "a", 1);
        ta_builder_key(builder, "name");
        ta_builder_text(builder, "\"q\"\n\\", 5);
        ta_builder_key(builder, "country");
        ta_builder_text(builder, "FR", 2);
        ta_builder_key(builder, "employees");
        ta_builder_number(builder, "12");
        ta_builder_key(builder, "alternateNames");
        ta_builder_begin(builder, TA_ARRAY);
        ta_builder_text(builder, "x", 1);
        ta_builder_text(builder, "y", 1);
        ta_builder_end(builder);
        ta_builder_key(builder, "sme");
        ta_builder_boolean(builder, true);
        ta_builder_end(builder);
    }
    TA_CHECK(ta_builder_take(builder, &data, &len) == TA_OK);
    const char *wanted = "{\"id\":\"a\",\"name\":\"\\\"q\\\"\\u000a\\\\\",\"country\":\"FR\","
                         "\"employees\":12,\"alternateNames\":[\"x\",\"y\"],\"sme\":true}\n";
    TA_CHECK(len > strlen(wanted) && !memcmp(data, wanted, strlen(wanted)));
    heard h = {0};
    ta_counts counts;
    ta_run_options options = options_with(&h);
    ta_input input = ta_input_bytes(data, len);
    options.from = "jsonl";
    TA_CHECK(ta_check(checker, &input, &options, &counts) == TA_OK && counts.records == 2);
    ta_builder_key(builder, "no object");
    TA_CHECK(ta_builder_take(builder, &data, &len) == TA_ERR_USAGE && len == 0);
    ta_builder_number(builder, "1e");
    TA_CHECK(ta_builder_take(builder, &data, &len) == TA_ERR_USAGE);
    ta_builder_text(builder, "\xFF", 1);
    TA_CHECK(ta_builder_take(builder, &data, &len) == TA_ERR_USAGE);
    ta_builder_begin(builder, TA_ARRAY);
    TA_CHECK(ta_builder_take(builder, &data, &len) == TA_ERR_USAGE);
    ta_builder_null(builder);
    TA_CHECK(ta_builder_take(builder, &data, &len) == TA_OK && !memcmp(data, "null\n", 5));
    ta_builder_free(builder);
    ta_builder_free(NULL);
}

enum { THREADS = 8, TURNS = 40 };

/* One checker, many threads: each hears of its own input only. */
static void *check_often(void *to) {
    for (int i = 0; i < TURNS; i++) {
        heard h = {0};
        ta_run_options options = options_with(&h);
        ta_input input = ta_input_bytes(members, strlen(members));
        options.from = "csv";
        ta_counts counts;
        if (ta_check(to, &input, &options, &counts) != TA_ERR_INPUT || h.count != 1 ||
            h.line != 3)
            return to;
    }
    return NULL;
}

static void test_threads(ta_checker *checker) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        TA_CHECK(!pthread_create(&threads[i], NULL, check_often, checker));
    for (int i = 0; i < THREADS; i++) {
        void *wrong = NULL;
        pthread_join(threads[i], &wrong);
        TA_CHECK(!wrong);
    }
}

int main(void) {
    ta_checker *checker;
    test_checker();
    TA_CHECK(ta_checker_new("member", NULL, NULL, NULL, &checker) == TA_OK);
    test_check(checker);
    test_convert(checker);
    test_read(checker);
    test_cancel();
    test_stream(checker);
    test_builder(checker);
    test_threads(checker);
    ta_checker_free(checker);
    return unit_end("the library");
}
