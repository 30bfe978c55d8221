# SPDX-License-Identifier: MIT
"""What a test held: counts, the first faults in words, and the last line that tests/run reads. tests/run has this folder
in Python's path."""
import sys

SHOWN, WORDS_MAX = 40, 4000
passed = failed = 0


def hold(ok, *words, count=1):
    """Counts what is to hold, `count` things at once, and says in words what does not; whether it does."""
    global passed, failed
    passed, failed = passed + (count if ok else 0), failed + (not ok)
    if not ok and failed <= SHOWN:
        print("failed:", " ".join(map(str, words))[:WORDS_MAX])
    return bool(ok)


def finish(skipped=0):
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(failed > 0)


def skip(why):
    """Ends a test that lacks what it needs."""
    print(f"skipped: {why}\n0 passed, 0 failed, 1 skipped")
    sys.exit(0)
