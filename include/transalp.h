/* SPDX-License-Identifier: MIT */
/*
 * transalp.h - the public interface of libtransalp.
 *
 * All names begin with ta_ or TA_. Strings are UTF-8 and end in NUL unless a length stands
 * beside them. No function depends on the locale, and none ends the process.
 */
#ifndef TRANSALP_H
#define TRANSALP_H

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

#ifdef __cplusplus
}
#endif
#endif
