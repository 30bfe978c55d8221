/* SPDX-License-Identifier: MIT */
/* The ground floor: UTF-8 against a plain reference, windows that slide, buffers, sinks, keys.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/codec.h"
#include "base/sink.h"
#include "base/source.h"
#include "base/utf8.h"
#include "record/keys.h"
#include "unit.h"

static uint64_t seed = 88172645463325252u;

static uint32_t next_random(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 32);
}

/* RFC 3629 section 4, written another way: decode, then look at the value. 0: no character. */
static size_t plain_size(const unsigned char *p, size_t left) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned c = p[0];
    size_t n = c < 0x80 ? 1 : c >> 5 == 6 ? 2 : c >> 4 == 14 ? 3 : c >> 3 == 30 ? 4 : 0;
    if (!c || !n || n > left)
        return 0;
    uint32_t value = n == 1 ? c : c & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (p[i] >> 6 != 2)
            return 0;
        value = value << 6 | (p[i] & 0x3F);
    }
    bool surrogate = value >= 0xD800 && value < 0xE000;
    return n > 1 && (value < least[n] || value > 0x10FFFF || surrogate) ? 0 : n;
}

static size_t plain_check(const unsigned char *p, size_t len) {
    size_t at = 0;
    for (size_t n; at < len && (n = plain_size(p + at, len - at)) != 0;)
        at += n;
    return at;
}

/* Text of random characters with one byte spoilt now and then. */
static size_t random_text(char *out, size_t max) {
    size_t len = 0;
    while (len + 4 < max) {
        uint32_t r = next_random();
        uint32_t c = r % 3 ? 0x20 + r / 3 % 0x5F : 1 + next_random() % 0x10FFFF;
        if (c >= 0xD800 && c < 0xE000)
            c = 'x';
        len += (size_t)ta_utf8_encode(c, out + len);
    }
    if (next_random() % 2)
        out[next_random() % len] = (char)next_random();
    return len;
}

static void test_utf8(void) {
    char text[300];
    for (int turn = 0; turn < 200000; turn++) {
        size_t len = random_text(text, 5 + next_random() % 290);
        size_t want = plain_check((const unsigned char *)text, len);
        size_t got = ta_utf8_check(text, len);
        if (got != want) {
            TA_CHECK(got == want);
            return;
        }
    }
    TA_CHECK(ta_utf8_check("abc", 3) == 3);
    TA_CHECK(ta_utf8_check("\xED\xA0\x80", 3) == 0);
    TA_CHECK(ta_utf8_tail("ab\xC3", 3) == 1);
    TA_CHECK(ta_utf8_tail("a\xF0\x9F\x98", 4) == 3);
    TA_CHECK(ta_utf8_tail("a\xC3\xA9", 3) == 0);
    TA_CHECK(ta_utf8_count("h\xC3\xA9", 3) == 2);
    TA_CHECK(ta_count_lines("a\nb\n", 4) == 2);
}

/* Reads a pipe in odd steps, drops odd parts, and holds each byte against the original. */
static void slide_window(const char *data, size_t len) {
    int ends[2];
    TA_CHECK(pipe(ends) == 0);
    ta_source source;
    TA_CHECK(ta_source_open_fd(&source, "pipe", ends[0], NULL) == TA_OK);
    size_t written = 0, line = 1;
    bool same = true, lines = true;
    for (;;) {
        size_t step = (written ? 1 : 3) + next_random() % 7; /* a byte order mark is 3 bytes */
        if (written < len) {
            step = step < len - written ? step : len - written;
            TA_CHECK(write(ends[1], data + written, step) == (ssize_t)step);
            written += step;
            if (written == len)
                close(ends[1]);
        }
        /* A character that is cut at the end makes the source wait for more. */
        if (ta_utf8_tail(data, written) && written < len)
            continue;
        size_t drop = source.window.len ? next_random() % (source.window.len + 1) : 0;
        for (size_t i = 0; i < drop; i++)
            line += source.window.data[i] == '\n';
        ta_status status = ta_source_more(&source, drop);
        same &= !memcmp(source.window.data, data + source.window.offset, source.window.len);
        lines &= source.window.at.line == line && !source.window.data[source.window.len];
        if (status == TA_STOP)
            break;
        TA_CHECK(status == TA_OK);
    }
    TA_CHECK(same);
    TA_CHECK(lines);
    TA_CHECK(source.window.offset + source.window.len == len);
    TA_CHECK(source.bad == UINT64_MAX);
    ta_source_fini(&source);
    close(ends[0]);
}

static void test_window(void) {
    for (int turn = 0; turn < 50; turn++)
        slide_window("one\nh\xC3\xA9\nthree \xF0\x9F\x98\x80\n\nlast", 24);
    ta_source source;
    const char *text = "\xEF\xBB\xBF"
                       "a\xC3\xA9\nb\xFF"
                       "c";
    TA_CHECK(ta_source_open_memory(&source, "memory", text, strlen(text), NULL) == TA_OK);
    TA_CHECK(ta_source_more(&source, 0) == TA_OK);
    TA_CHECK(source.window.offset == 3);
    TA_CHECK(source.bad == 8);
    ta_where where = ta_window_where(&source.window, 8);
    TA_CHECK(where.line == 2 && where.column == 2);
    where = ta_window_where(&source.window, 6);
    TA_CHECK(where.line == 1 && where.column == 3);
    size_t len;
    TA_CHECK(!memcmp(ta_window_line(&source.window, 4, &len), "a\xC3\xA9", 3) && len == 3);
    ta_source_recheck(&source, 9);
    TA_CHECK(source.bad == UINT64_MAX);
    TA_CHECK(ta_source_more(&source, 0) == TA_STOP);
    ta_source_fini(&source);
}

static void test_window_max(void) {
    size_t len = 3 << 20;
    char *data = malloc(len);
    memset(data, 'x', len);
    ta_source source;
    ta_source_options options = {.window_max = 1 << 20};
    TA_CHECK(ta_source_open_memory(&source, "long", data, len, &options) == TA_OK);
    ta_status status;
    while ((status = ta_source_more(&source, 0)) == TA_OK)
        continue;
    unsigned byte;
    TA_CHECK(status == TA_ERR_INPUT && ta_source_is_full(&source, &byte));
    TA_CHECK(source.window.len >= 1 << 20 && source.window.len <= (1 << 20) + (1 << 18));
    ta_source_fini(&source);
    free(data);
}

static void test_decoding(void) {
    ta_source source;
    ta_source_options options = {.encoding = "windows-1252"};
    TA_CHECK(ta_source_open_memory(&source, "old", "caf\xE9 \x80", 6, &options) == TA_OK);
    TA_CHECK(ta_source_more(&source, 0) == TA_OK);
    TA_CHECK(source.window.len == 9 &&
             !memcmp(source.window.data, "caf\xC3\xA9 \xE2\x82\xAC", 9));
    TA_CHECK(ta_source_more(&source, 0) == TA_STOP);
    ta_source_fini(&source);
    options.encoding = "no-such-encoding";
    TA_CHECK(ta_source_open_memory(&source, "old", "", 0, &options) == TA_ERR_USAGE);
    ta_source_fini(&source);
    options.encoding = "UTF-16";
    TA_CHECK(ta_source_open_memory(&source, "wide",
                                   "\xFF\xFE"
                                   "a\0\xE9\0",
                                   6, &options) == TA_OK);
    TA_CHECK(ta_source_more(&source, 0) == TA_OK);
    TA_CHECK(source.window.len == 3 && !memcmp(source.window.data, "a\xC3\xA9", 3));
    ta_source_fini(&source);
}

static void test_sink(void) {
    ta_sink sink;
    TA_CHECK(ta_sink_open_memory(&sink) == TA_OK);
    for (int i = 0; i < 100000; i++)
        ta_sink_put(&sink, "0123456789", 10);
    TA_CHECK(sink.at - sink.buffer == 1000000);
    TA_CHECK(ta_sink_close(&sink) == TA_OK);
    ta_sink_fini(&sink);
}

static void test_keys(void) {
    ta_keys keys;
    TA_CHECK(ta_keys_init(&keys));
    uint32_t name = ta_keys_get(&keys, "name", 4);
    TA_CHECK(name && ta_keys_get(&keys, "name", 4) == name);
    TA_CHECK(!ta_keys_find(&keys, "nam", 3));
    uint32_t empty = ta_keys_get(&keys, "", 0);
    TA_CHECK(empty && ta_keys_find(&keys, "", 0) == empty);
    ta_keys_pin(&keys);
    for (unsigned i = 0; i < 200000; i++) {
        char text[16];
        int len = snprintf(text, sizeof text, "key%u", i);
        TA_CHECK(ta_keys_get(&keys, text, (size_t)len) != TA_KEY_NONE);
        ta_keys_trim(&keys);
    }
    TA_CHECK(keys.generation > 0 && keys.count < 70000);
    TA_CHECK(ta_keys_find(&keys, "name", 4) == name);
    ta_keys_fini(&keys);
}

int main(void) {
    test_utf8();
    test_window();
    test_window_max();
    test_decoding();
    test_sink();
    test_keys();
    return unit_end("base");
}
