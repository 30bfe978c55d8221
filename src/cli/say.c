/* SPDX-License-Identifier: MIT */
#include "cli/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/finding.h"
#include "base/sink.h"
#include "codes/nearest.h"
#include "report/put.h"

enum { MESSAGE_MAX = 2048 };

static const char memory_message[] = "transalp: out of memory\n";

static void write_message(const char *text, size_t len) {
    while (len) {
        ssize_t n = write(STDERR_FILENO, text, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return; /* nobody is left to be told */
        text += n;
        len -= (size_t)n;
    }
}

static void say_message(const char *prefix, const char *message, const char *tail) {
    ta_buf line = {0};
    ta_buf_puts(&line, prefix);
    ta_put_text(&line, message, strlen(message));
    ta_buf_puts(&line, tail);
    ta_buf_puts(&line, "\n");
    if (line.failed)
        write_message(memory_message, sizeof memory_message - 1);
    else
        write_message(line.data, line.len);
    ta_buf_fini(&line);
}

ta_status ta_say(const char *format, ...) {
    char message[MESSAGE_MAX] = "";
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    say_message("transalp: ", message, "");
    return TA_ERR_USAGE;
}

void ta_say_line(const char *line) {
    say_message("", line, "");
}

ta_status ta_say_unknown(const ta_guess *guess, const char *otherwise, const char *format,
                         ...) {
    char message[MESSAGE_MAX] = "", tail[MESSAGE_MAX] = "";
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (guess->best)
        snprintf(tail, sizeof tail, ": did you mean %s%s?", guess->prefix ? guess->prefix : "",
                 guess->best);
    else
        snprintf(tail, sizeof tail, ": %s", otherwise);
    say_message("transalp: ", message, tail);
    return TA_ERR_USAGE;
}

int ta_say_nomem(void) {
    write_message(memory_message, sizeof memory_message - 1);
    return 2;
}

int ta_say_text(ta_buf *text) {
    ta_sink sink = {.status = TA_ERR_NOMEM};
    ta_status status = text->failed ? TA_ERR_NOMEM : ta_sink_open(&sink, STDOUT_FILENO);
    if (status == TA_OK) {
        if (text->len)
            ta_sink_put(&sink, text->data, text->len);
        status = ta_sink_close(&sink);
    }
    int error = sink.error;
    ta_sink_fini(&sink);
    ta_buf_fini(text);
    if (status == TA_ERR_NOMEM)
        return ta_say_nomem();
    if (status == TA_OK || status == TA_STOP)
        return 0;
    ta_say("cannot write standard output: %s", strerror(error));
    return 2;
}

/* The beginning of a candidate counts as near: --sch is --schema. */
void ta_guess_try(ta_guess *guess, const char *candidate) {
    size_t word_len = strlen(guess->word), len = strlen(candidate);
    bool begins = word_len > 1 && !strncmp(guess->word, candidate, word_len);
    unsigned limit = len < 4 ? 1 : len < 8 ? 2 : 3;
    unsigned distance =
        begins ? 1 : ta_edit_distance(guess->word, word_len, candidate, len, limit);
    if (distance > limit || distance >= len || (guess->best && distance >= guess->distance))
        return;
    guess->best = candidate;
    guess->distance = distance;
}

static void try_family(ta_guess *guess, const char *code) {
    char family[sizeof guess->family] = "";
    size_t len = strcspn(code, "-");
    if (len >= sizeof family)
        return;
    memcpy(family, code, len);
    ta_guess trial = {.word = guess->word, .best = guess->best, .distance = guess->distance};
    ta_guess_try(&trial, family);
    if (trial.best != family)
        return;
    memcpy(guess->family, family, sizeof family);
    guess->best = guess->family;
    guess->distance = trial.distance;
}

/* Families first: of two that are equally near, the first stands. */
void ta_guess_try_codes(ta_guess *guess) {
    for (int i = 0; i < TA_CODE_COUNT; i++)
        try_family(guess, ta_codes[i].code);
    for (int i = 0; i < TA_CODE_COUNT; i++)
        ta_guess_try(guess, ta_codes[i].code);
}
