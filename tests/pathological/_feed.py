# SPDX-License-Identifier: MIT
"""Runs transalp on data that is fed to it piece by piece, and measures it."""
import os
import subprocess
import threading
import time

TRANSALP = os.environ["TRANSALP"]


def run(args, blocks):
    """Exit status, standard error, seconds, peak memory in MiB."""
    start = time.monotonic()
    child = subprocess.Popen([TRANSALP, *args], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def feed():
        try:
            for block in blocks:
                child.stdin.write(block)
            child.stdin.close()
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed)
    feeder.start()
    err = child.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    feeder.join()
    return child.returncode, err, time.monotonic() - start, usage.ru_maxrss / 1024
