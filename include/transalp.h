/* SPDX-License-Identifier: MIT */
/*
 * transalp.h - the public interface of libtransalp.
 *
 * All names begin with ta_ or TA_. Strings are UTF-8 and end in NUL unless a length stands
 * beside them. No function depends on the locale, and none ends the process.
 */
#ifndef TRANSALP_H
#define TRANSALP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TA_API __attribute__((visibility("default")))
#define TA_MUST_CHECK __attribute__((warn_unused_result))
#else
#define TA_API
#define TA_MUST_CHECK
#endif

/*
 * What became of a call. Each status but TA_OK and TA_STOP comes with a finding that says more
 * (TA_ERR_NOMEM excepted, where there may be no memory to say it with).
 */
typedef enum ta_status {
    TA_OK = 0, /* done */
    TA_STOP,   /* nothing more to do: end of input, or the receiver wants no more; no error */
    TA_ERR_INPUT, /* the data is not what it should be; a finding says where */
    TA_ERR_USAGE, /* it could not start: an option, a schema or a rule is at fault */
    TA_ERR_IO,    /* the system could not read or write */
    TA_ERR_NOMEM  /* memory could not be had, or a limit of it was reached */
} ta_status;

/* The library's version, "MAJOR.MINOR.PATCH". Static: never free it. */
TA_API const char *ta_version(void);

/* A status in a few words, in English. Static: never free it. */
TA_API const char *ta_status_text(ta_status status);

/* ---- What is said of the data ---------------------------------------------------------- */

typedef enum ta_severity {
    TA_SEVERITY_NOTE,
    TA_SEVERITY_WARNING,
    TA_SEVERITY_ERROR
} ta_severity;

/* One finding. All texts are borrowed for the time of the call; NULL or 0: not known. */
typedef struct ta_issue {
    const char *code; /* "code-unknown": stable, see `transalp explain` */
    ta_severity severity;
    const char *message;                         /* in English, without place and code */
    const char *file;                            /* the input's name, or a schema's file */
    uint64_t line, column, end_line, end_column; /* from 1; columns in code points */
    uint64_t start, end; /* byte offsets in the input, decoded to UTF-8 */
    uint64_t record;     /* from 1 */
    const char *path;    /* "partners.2.country" */
    const char *pointer; /* the same as a JSON Pointer (RFC 6901) */
    const char *rule;    /* of x-rules: its id */
} ta_issue;

/* May not call back into what it was called from. */
typedef void ta_issue_fn(void *to, const ta_issue *issue);

/* ---- Schemas ---------------------------------------------------------------------------- */

/* A compiled schema with its rules and code lists. Nothing of it changes after it was made: any
 * number of threads may use one at once. */
typedef struct ta_checker ta_checker;

/*
 * Compiles a schema: the name of a built-in one ("member") or a file (JSON or YAML); NULL:
 * none, so that only syntax is checked. `rules`: a file of rules beside it; NULL. Issues say
 * what is wrong with them. TA_ERR_USAGE, TA_ERR_NOMEM. Free *out with ta_checker_free; NULL
 * after an error.
 */
TA_API TA_MUST_CHECK ta_status ta_checker_new(const char *schema, const char *rules,
                                              ta_issue_fn *issue, void *to, ta_checker **out);
TA_API void ta_checker_free(ta_checker *checker);

/* ---- Bytes in and out ------------------------------------------------------------------- */

/* Gives up to `room` bytes; 0: the end; -1: failed, errno says why. */
typedef long ta_read_fn(void *from, char *data, size_t room);
/* Takes all bytes; 0: done; else it failed, and nothing more is written. */
typedef int ta_write_fn(void *to, const char *data, size_t len);

/* Where bytes come from; make it with one of the functions below. What is compressed by gzip or
 * zstd is unpacked. */
typedef struct ta_input {
    const char *data; /* bytes, borrowed until the call ends */
    size_t len;
    int fd;           /* a descriptor, borrowed; -1: none */
    ta_read_fn *read; /* a function; NULL: none */
    void *from;
} ta_input;

TA_API ta_input ta_input_bytes(const char *data, size_t len);
TA_API ta_input ta_input_fd(int fd);
TA_API ta_input ta_input_function(ta_read_fn *read, void *from);

/* Bytes that grow: hand ta_bytes_write and the address of one to a call that writes. Zero-
 * initialize it, free with ta_bytes_free. */
typedef struct ta_bytes {
    char *data;
    size_t len, cap;
} ta_bytes;

TA_API int ta_bytes_write(void *bytes, const char *data, size_t len);
TA_API void ta_bytes_free(ta_bytes *bytes);
/* Writes to the descriptor that an int at `fd` names. */
TA_API int ta_fd_write(void *fd, const char *data, size_t len);

/* Asked before each piece of the input is read (some 100 KiB); true: no more is wanted. */
typedef bool ta_cancel_fn(void *to);

/* How to read and write; begin with ta_run_options_init. Texts are borrowed for the call. */
typedef struct ta_run_options {
    size_t size;           /* of this struct, for later versions; ta_run_options_init sets it */
    const char *name;      /* of the input, in issues (default "-") */
    const char *from, *to; /* formats: "csv" "tsv" "json" "jsonl" "yaml" "xml"; NULL: by
                              content; json */
    const char *encoding;  /* of the input; NULL: UTF-8 */
    const char *records;   /* path of a list inside a document: its items are the records */
    uint64_t limit;        /* records to read; 0: all */
    bool infer;            /* CSV without a schema: nest and type */
    bool pretty;           /* JSON: indented */
    bool whole;            /* never apply the schema to a list's items */
    ta_issue_fn *issue;    /* NULL: nobody listens */
    void *issue_to;
    ta_cancel_fn *cancel; /* NULL: read to the end */
    void *cancel_to;
} ta_run_options;

TA_API void ta_run_options_init(ta_run_options *options);

/* ---- Whole inputs ----------------------------------------------------------------------- */

/* What an input came to. */
typedef struct ta_counts {
    uint64_t records, errors, warnings, notes;
} ta_counts;

/* Checks an input; counts may be NULL. TA_OK: no error; TA_ERR_INPUT: issues say which;
 * TA_ERR_USAGE, TA_ERR_IO, TA_ERR_NOMEM: it was not read to its end; TA_STOP: nor was it,
 * because options->cancel said so: counts and issues are those of what was read. */
TA_API TA_MUST_CHECK ta_status ta_check(const ta_checker *checker, const ta_input *input,
                                        const ta_run_options *options, ta_counts *counts);

/* Checks an input and writes it as options->to. What was written before an error was found
 * stands; TA_ERR_IO also where `write` failed. CSV without a schema needs its columns first:
 * that input must be bytes, which are read twice (TA_ERR_USAGE otherwise). */
TA_API TA_MUST_CHECK ta_status ta_convert(const ta_checker *checker, const ta_input *input,
                                          const ta_run_options *options, ta_write_fn *write,
                                          void *to, ta_counts *counts);

/* ---- Records ---------------------------------------------------------------------------- */

typedef enum ta_kind {
    TA_NULL,
    TA_FALSE,
    TA_TRUE,
    TA_NUMBER, /* its text: a JSON number of any length */
    TA_TEXT,
    TA_ARRAY,
    TA_OBJECT
} ta_kind;

/* A record lives until the function that got it returns, or the next is asked for. */
typedef struct ta_record ta_record;

/* A value of a record, as long as that lives. Copy it freely. */
typedef struct ta_datum {
    const ta_record *record;
    uint32_t node;
} ta_datum;

TA_API ta_datum ta_record_root(const ta_record *record);
TA_API uint64_t ta_record_number(const ta_record *record); /* in its input, from 1 */
TA_API ta_kind ta_datum_kind(ta_datum datum);
/* Text or number: its bytes (UTF-8, no NUL behind them), *len of them; other kinds: NULL. */
TA_API const char *ta_datum_text(ta_datum datum, size_t *len);
/* A member's name; NULL for items and the root. */
TA_API const char *ta_datum_key(ta_datum datum, size_t *len);
/* How many items or members. */
TA_API uint32_t ta_datum_count(ta_datum datum);
/* The first child, and the next of the same parent; false: there is none. */
TA_API bool ta_datum_first(ta_datum parent, ta_datum *child);
TA_API bool ta_datum_next(ta_datum parent, ta_datum *child);
/* The value at a path such as partners.2.country; false: there is none. */
TA_API bool ta_datum_get(ta_datum from, const char *path, ta_datum *out);

/* Takes a record; false: no more are wanted. */
typedef bool ta_record_fn(void *to, const ta_record *record);

/* Checks an input and pushes its records. Returns as ta_check. */
TA_API TA_MUST_CHECK ta_status ta_read(const ta_checker *checker, const ta_input *input,
                                       const ta_run_options *options, ta_record_fn *take,
                                       void *to, ta_counts *counts);

/*
 * The same the other way round: bytes are fed as they arrive, and records pulled. Inside a
 * thread reads, and only while ta_stream_next waits for it: issues are told then. The checker
 * is borrowed until ta_stream_free, options until ta_stream_new returns but for their texts.
 */
typedef struct ta_stream ta_stream;

TA_API TA_MUST_CHECK ta_status ta_stream_new(const ta_checker *checker,
                                             const ta_run_options *options, ta_stream **out);
/* Copies bytes; len 0: there are no more. */
TA_API TA_MUST_CHECK ta_status ta_stream_feed(ta_stream *stream, const char *data, size_t len);
/* TA_OK with a record, or with NULL: feed more. TA_STOP: that was all, without errors; other
 * statuses as of ta_check, also at the end. */
TA_API TA_MUST_CHECK ta_status ta_stream_next(ta_stream *stream, const ta_record **record);
TA_API void ta_stream_free(ta_stream *stream);

/* ---- Records by hand -------------------------------------------------------------------- */

/* Puts records together, one after another; what comes of it is JSON Lines, to be read by any
 * of the calls above (from: "jsonl"). Failures are kept, and told by ta_builder_take. */
typedef struct ta_builder ta_builder;

TA_API ta_builder *ta_builder_new(void); /* NULL: no memory */
TA_API void ta_builder_key(ta_builder *builder, const char *name);
TA_API void ta_builder_text(ta_builder *builder, const char *text, size_t len);
/* A JSON number, any length. */
TA_API void ta_builder_number(ta_builder *builder, const char *text);
TA_API void ta_builder_boolean(ta_builder *builder, bool value);
TA_API void ta_builder_null(ta_builder *builder);
TA_API void ta_builder_begin(ta_builder *builder, ta_kind kind); /* TA_OBJECT or TA_ARRAY */
TA_API void ta_builder_end(ta_builder *builder);
/* The lines so far, borrowed until the next call. TA_ERR_USAGE: a call was out of place, a text
 * no UTF-8, or a value is not closed; the builder is as new then. TA_ERR_NOMEM. */
TA_API TA_MUST_CHECK ta_status ta_builder_take(ta_builder *builder, const char **data,
                                               size_t *len);
TA_API void ta_builder_free(ta_builder *builder);

#ifdef __cplusplus
}
#endif
#endif
