/* SPDX-License-Identifier: MIT */
#include "transalp.h"

#ifndef TA_VERSION
#define TA_VERSION "0.1.0"
#endif

const char *ta_version(void) {
    return TA_VERSION;
}

const char *ta_status_text(ta_status status) {
    switch (status) {
    case TA_OK:
        return "done";
    case TA_STOP:
        return "nothing more to do";
    case TA_ERR_INPUT:
        return "the data has errors";
    case TA_ERR_USAGE:
        return "could not start";
    case TA_ERR_IO:
        return "could not read or write";
    case TA_ERR_NOMEM:
        return "out of memory";
    }
    return "unknown status";
}
