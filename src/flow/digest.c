/* SPDX-License-Identifier: MIT */
/* The lines are those of sha256sum: a name with a line end or a backslash in it is escaped, and
 * its line begins with a backslash. */
#include "flow/digest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sha256.h"
#include "compare/canonical.h"
#include "flow/output.h"
#include "flow/reader.h"

enum { DIGITS = TA_SHA256_TEXT - 1 };

typedef struct digest_run {
    ta_reader reader;
    ta_job job; /* its inputs are those of the list, with --check */
    ta_sha256 *hash;
    ta_output out;
    bool open;
    ta_arena arena;
    const char **names, **wanted; /* of the list: names, digests */
    size_t count, name_cap, wanted_cap;
    const char *list;
} digest_run;

static void hash_bytes(void *to, const char *data, size_t len) {
    ta_sha256_put(to, data, len);
}

/* The canonical form, a record a line, goes to the hash. */
static ta_stage *new_hasher(digest_run *run, ta_sink *sink, ta_finder *silent) {
    static const ta_write_options options = {
        .lines = true, .canonical = true, .path_separator = '.'};
    ta_writing writing = {
        .sink = sink, .finder = silent, .keys = &run->reader.keys, .options = &options};
    ta_stage *writer = ta_format_find("jsonl")->writer_new(&writing);
    return writer ? ta_canonical_new(writer) : NULL;
}

static ta_status read_hashed(digest_run *run, size_t i, ta_sink *sink) {
    ta_finder silent;
    uint64_t records;
    ta_reader_silence(&run->reader, &silent);
    ta_stage *chain = new_hasher(run, sink, &silent);
    if (!chain)
        return TA_ERR_NOMEM;
    ta_status status =
        ta_reader_read(&run->reader, i, &run->reader.hub.finder, NULL, chain, &records);
    ta_tail tail = {.status = status, .records = records};
    ta_status ended = ta_stage_end(chain, &tail);
    ta_stage_drop(chain);
    ta_reader_clear_progress(&run->reader);
    return ended > status ? ended : status;
}

static ta_status digest_input(digest_run *run, size_t i, char text[TA_SHA256_TEXT]) {
    ta_sink sink;
    ta_status status = ta_sink_open_function(&sink, hash_bytes, run->hash);
    if (status == TA_OK)
        status = read_hashed(run, i, &sink);
    ta_status closed = ta_sink_close(&sink);
    ta_sink_fini(&sink);
    ta_sha256_take(run->hash, text);
    status = closed > status ? closed : status;
    ta_hub_status(&run->reader.hub, status);
    return status;
}

static void put_name(ta_sink *out, const char *name) {
    for (; *name; name++) {
        const char *escape = *name == '\\' ? "\\\\" : *name == '\n' ? "\\n" : "\\r";
        if (strchr("\\\n\r", *name))
            ta_sink_put(out, escape, 2);
        else
            ta_sink_putc(out, *name);
    }
}

static void put_digest(ta_sink *out, const char *digest, const char *name) {
    if (strpbrk(name, "\\\n\r"))
        ta_sink_putc(out, '\\');
    ta_sink_put(out, digest, strlen(digest));
    ta_sink_put(out, "  ", 2);
    put_name(out, name);
    ta_sink_putc(out, '\n');
}

static void compare_digest(digest_run *run, size_t i, ta_status status, const char *digest) {
    bool same = status == TA_OK && !strcmp(digest, run->wanted[i]);
    const char *words = same              ? ": OK\n"
                        : status == TA_OK ? ": FAILED\n"
                                          : ": FAILED open or read\n";
    put_name(&run->out.sink, run->names[i]);
    ta_sink_put(&run->out.sink, words, strlen(words));
    if (!same && status == TA_OK)
        ta_find(&run->reader.hub.finder, &(ta_finding){.code = TA_F_DIGEST_DIFFERS,
                                                       .place = {.file = run->names[i]},
                                                       .name = run->list,
                                                       .expected = run->wanted[i],
                                                       .found = digest});
}

static void digest_inputs(digest_run *run) {
    ta_status status = TA_OK;
    for (size_t i = 0; i < run->job.input_count && status != TA_ERR_NOMEM; i++) {
        char text[TA_SHA256_TEXT];
        status = digest_input(run, i, text);
        if (run->list)
            compare_digest(run, i, status, text);
        else if (status == TA_OK)
            put_digest(&run->out.sink, text, run->job.inputs[i]);
        ta_sink_flush(&run->out.sink);
    }
}

static bool is_hexadecimal(const char *text, size_t len) {
    return strspn(text, "0123456789abcdefABCDEF") >= len;
}

/* Takes the escapes of a name out, in place. */
static void unescape_name(char *name) {
    char *to = name;
    for (const char *from = name; *from; from++) {
        bool escape = from[0] == '\\' && from[1];
        from += escape;
        *to++ = !escape ? *from : *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from;
    }
    *to = 0;
}

/* A line of the list: its digest (in small letters) and name go to the run. */
static ta_status take_line(digest_run *run, char *line, uint64_t number) {
    bool escaped = *line == '\\';
    char *digest = line + escaped, *name = digest;
    bool has_room = strlen(digest) > DIGITS + 2;
    name += has_room ? DIGITS + 2 : 0;
    if (!has_room || !is_hexadecimal(digest, DIGITS) || name[-2] != ' ' ||
        !strchr(" *", name[-1])) {
        ta_find(&run->reader.hub.finder,
                &(ta_finding){.code = TA_F_DIGEST_LINE,
                              .place = {.file = run->list, .from = {number, 1}}});
        return TA_OK;
    }
    for (size_t i = 0; i < DIGITS; i++)
        digest[i] = (char)(digest[i] | 32); /* digits have the bit */
    if (escaped)
        unescape_name(name);
    if (!ta_array_grow(&run->names, &run->name_cap, run->count + 1, sizeof *run->names) ||
        !ta_array_grow(&run->wanted, &run->wanted_cap, run->count + 1, sizeof *run->wanted))
        return TA_ERR_NOMEM;
    run->names[run->count] = ta_arena_copy(&run->arena, name, strlen(name));
    run->wanted[run->count] = ta_arena_copy(&run->arena, digest, DIGITS);
    run->count++;
    return run->names[run->count - 1] && run->wanted[run->count - 1] ? TA_OK : TA_ERR_NOMEM;
}

static ta_status take_lines(digest_run *run, FILE *file) {
    char *line = NULL;
    size_t cap = 0;
    ta_status status = TA_OK;
    uint64_t number = 0;
    for (ssize_t len; status == TA_OK && (len = getline(&line, &cap, file)) >= 0;) {
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = 0;
        number++;
        if (len)
            status = take_line(run, line, number);
    }
    free(line);
    return status == TA_OK && !feof(file) ? TA_ERR_IO : status;
}

static ta_status read_list(digest_run *run) {
    bool is_input = !strcmp(run->list, "-");
    FILE *file = is_input ? stdin : fopen(run->list, "re");
    ta_status status = file ? take_lines(run, file) : TA_ERR_IO;
    int error = errno;
    if (file && !is_input)
        (void)fclose(file);
    if (status == TA_ERR_IO && error == ENOMEM)
        status = TA_ERR_NOMEM;
    if (status == TA_ERR_IO)
        ta_find(&run->reader.hub.finder, &(ta_finding){.code = TA_F_IO_OPEN,
                                                       .place = {.file = run->list},
                                                       .name = run->list,
                                                       .found = strerror(error)});
    run->job.inputs = run->names;
    run->job.input_count = run->count;
    return status;
}

static ta_status open_digests(digest_run *run) {
    ta_status status = ta_reader_open(&run->reader, &run->job);
    if (status == TA_OK && !(run->hash = ta_sha256_new()))
        status = TA_ERR_NOMEM;
    if (status == TA_OK && run->list)
        status = read_list(run);
    if (status != TA_OK)
        return status;
    run->open = true;
    return ta_output_open(&run->out, NULL, &run->reader.hub.finder);
}

int ta_digest_run(const ta_job *job, const char *check) {
    digest_run run = {.job = *job, .list = check};
    run.job.prints = true;
    ta_status status = open_digests(&run);
    if (status == TA_OK)
        digest_inputs(&run);
    if (run.open) {
        ta_status closed = ta_output_close(&run.out, true);
        status = closed > status ? closed : status;
    }
    ta_hub_status(&run.reader.hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    ta_sha256_drop(run.hash);
    ta_arena_fini(&run.arena);
    free(run.names);
    free(run.wanted);
    return ta_reader_close(&run.reader);
}
