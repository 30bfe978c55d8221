/* SPDX-License-Identifier: MIT */
/* --backup: what is replaced is kept beside it, under a name that nothing has yet. */
#ifndef TA_FLOW_BACKUP_H
#define TA_FLOW_BACKUP_H

#include <sys/types.h>

#include "flow/hub.h"

typedef struct ta_backup {
    const char *name;   /* of the file, as given */
    const char *target; /* the file that it leads to, if it is a link */
    int fd;             /* open to read it */
    mode_t mode;
    ta_hub *hub; /* hears what goes wrong, and of a name that is not the usual one */
} ta_backup;

/* Copies the file to NAME.bak, beside it, not beside a link to it; if there is one from before,
 * to NAME.2.bak, and so on. */
TA_MUST_CHECK ta_status ta_backup_keep(const ta_backup *backup);

#endif
