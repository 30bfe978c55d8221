/* SPDX-License-Identifier: MIT */
/* Where there is no fuzzer: puts each file named on the command line through the fuzz target
 * once. */
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);

static int replay_file(const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file) {
        perror(name);
        return 1;
    }
    unsigned char *data = NULL;
    size_t len = 0, cap = 0;
    do {
        if (len == cap) {
            cap = cap ? cap * 2 : 1 << 16;
            unsigned char *more = realloc(data, cap);
            if (!more)
                break;
            data = more;
        }
        len += fread(data + len, 1, cap - len, file);
    } while (!feof(file) && !ferror(file));
    (void)fclose(file);
    fprintf(stderr, "replay: %s\n", name); /* so that a crash names its input */
    LLVMFuzzerTestOneInput(data, len);
    free(data);
    return 0;
}

int main(int argc, char **argv) {
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay_file(argv[i]);
    return failed;
}
