/* SPDX-License-Identifier: MIT */
/* The fields of a schema, for those who fill them in. Private to src/cli. */
#ifndef TA_CLI_FIELDS_H
#define TA_CLI_FIELDS_H

/* A table on standard output: name, whether it is required, form, example, codes. `name` as
 * --schema takes it. Returns the exit status. */
int ta_fields_print(const char *name);

/* The head of an empty CSV list: each field a column, of lists the first item. */
int ta_fields_template(const char *name);

#endif
