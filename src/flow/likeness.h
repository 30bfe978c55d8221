/* SPDX-License-Identifier: MIT */
/* What a new file takes over from the one whose place it is to take: owner, mode, access list
 * and the attributes of its users. */
#ifndef TA_FLOW_LIKENESS_H
#define TA_FLOW_LIKENESS_H

#include <sys/stat.h>

/*
 * info: of the old file. 0, or what errno says of a mode or an access list that cannot be kept:
 * the new file might be read by others. An owner that cannot be kept is not, and then the bits
 * that let a program run as him are not either.
 */
int ta_likeness_take(const char *old_name, const struct stat *info, int fd);

#endif
