/* SPDX-License-Identifier: MIT */
/*
 * transalp: argv in, exit status out. The locale is never set: what transalp does must not
 * depend on it.
 */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"

/* A closed standard stream must not be taken by the next file that is opened: it stays one that
 * fails. */
static void hold_standard_streams(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is quiet success: write says EPIPE */
    signal(SIGXFSZ, SIG_IGN); /* a file at its limit of size: write says EFBIG */
    return ta_cli_run(argc, argv);
}
