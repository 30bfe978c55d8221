# SPDX-License-Identifier: MIT
"""What a suite held: counts, the first faults in words, and the last line that tests/run reads."""
import sys

SHOWN = 40
passed = failed = 0


def hold(ok, *words):
    """Counts what is to hold, and says in words what does not."""
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok and failed <= SHOWN:
        print("failed:", *words)


def finish(skipped=0):
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(failed > 0)


def skip(why):
    """Ends a suite that lacks what it needs."""
    print(f"skipped: {why}\n0 passed, 0 failed, 1 skipped")
    sys.exit(0)
