/* SPDX-License-Identifier: MIT */
/* A file that is looked into rather than kept: its records stream by, as those of an input do.
 */
#include "flow/input.h"
#include "flow/load.h"

ta_status ta_library_stream(void *to, const char *name, ta_stage *into) {
    ta_library *library = to;
    ta_read_options read = {.path_separator = '.'};
    ta_input_options options = {.keys = library->loader.keys,
                                .finder = library->loader.finder,
                                .read = &read,
                                .source = {.window_max = TA_RECORD_BYTES_MAX}};
    ta_source source;
    uint64_t records;
    ta_keys_pin(library->loader.keys); /* the paths' own; those of the file may be forgotten */
    ta_status status = ta_source_open(&source, name, &options.source);
    if (status == TA_OK)
        return ta_input_read(&source, &options, into, &records);
    ta_input_explain(&source, name, status, &options);
    ta_source_fini(&source);
    return status;
}
