# SPDX-License-Identifier: MIT
"""The YAML test suite (the half of it beside the checkout): values right or refused with a reason, errors refused.

MISSES are what libyaml 0.2.5 and our checks do not take or do not see; a miss that is none any more fails, too.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

TRANSALP = os.environ["TRANSALP"]
NAME = "anchors: libyaml knows letters, digits, - and _ only; longer names are refused"
COLON = "a key and its colon on two lines, in flow: not libyaml's"
ADJACENT = "text that begins with a colon, in flow: not libyaml's"
DIRECTIVE = "a directive of no version of YAML: refused, not passed over"
TAB = "a tab before a value: refused as indentation"
COLUMN = "a block text without indentation: not libyaml's"
EMPTY = "the end of a document that has not begun: refused"
MISSES = {
    "2SXE": NAME, "W5VH": NAME, "Y2GN": NAME,
    "4MUZ/00": COLON, "4MUZ/01": COLON, "4MUZ/02": COLON, "9SA2": COLON, "NJ66": COLON, "UT92": COLON,
    "VJP3/01": COLON, "58MP": ADJACENT,
    "6LVF": DIRECTIVE, "MUS6/05": DIRECTIVE, "MUS6/06": DIRECTIVE,
    "96NN/00": TAB, "96NN/01": TAB, "DK95/00": TAB, "DK95/03": TAB, "DK95/04": TAB,
    "7Z25": "a further document without ---: libyaml wants the mark", "FP8R": COLUMN, "HWV9": EMPTY,
}
# Errors that are read: the values are those that anybody would expect.
LENIENT = {
    "DK95/01": "a tab in the indentation of quoted text",
    "QB6E": "quoted text that goes on without indentation",
    "MUS6/00": "no blank before the comment behind %YAML",
}


def values(text):
    """All JSON values of a text, one after the other; numbers exact, by value."""
    decoder = json.JSONDecoder(parse_float=lambda s: ("number", float(s)), parse_int=lambda s: ("number", float(s)))
    found, at = [], 0
    while at < len(text.rstrip()):
        at += re.compile(r"\s*").match(text, at).end() - at
        value, at = decoder.raw_decode(text, at)
        found.append(value)
    return found


def judge(name, folder):
    """(kind, verdict, words) of one case; kind: value, error or None where the suite has neither."""
    done = subprocess.run([TRANSALP, "convert", "--from", "yaml", "--to", "json", folder / "in.yaml"],
                          capture_output=True, text=True, check=False)
    said = (done.stderr.splitlines() or [""])[0].rsplit("in.yaml:", 1)[-1]
    if done.returncode not in (0, 1) or (done.returncode == 1 and "error:" not in done.stderr):
        return "value", "broken", f"status {done.returncode} {said}"
    if (folder / "error").exists():
        return "error", "right" if done.returncode else "lenient", done.stdout.strip()
    if not (folder / "in.json").exists():
        return None, "right", ""
    if done.returncode:
        return "value", "refused", said
    want = values((folder / "in.json").read_text())
    got = values(done.stdout)[0]
    right = got == (want[0] if len(want) == 1 else want)
    return "value", "right" if right else "wrong", f"{got} instead of {want}"


def main():
    if "SHARED" not in os.environ:
        print("skipped: the YAML test suite is not beside the checkout\n0 passed, 0 failed, 1 skipped")
        return 0
    suite = pathlib.Path(os.environ["SHARED"]) / "suites" / "yaml"
    counts, failed, total = {}, 0, 0
    for path in sorted(suite.rglob("in.yaml")):
        name = str(path.parent.relative_to(suite))
        kind, verdict, words = judge(name, path.parent)
        total += 1
        counts[kind, verdict] = counts.get((kind, verdict), 0) + 1
        expected = "refused" if name in MISSES else "lenient" if name in LENIENT else "right"
        if verdict != expected:
            failed += 1
            print(f"{name}: {verdict}, expected {expected}: {words}")
        elif verdict == "refused":
            print(f"{name}: {MISSES[name]} ({words})")
    sums = {kind: sum(n for (k, _), n in counts.items() if k == kind) for kind in ("value", "error")}
    silent = counts.get(("value", "wrong"), 0)
    print(f"values {counts.get(('value', 'right'), 0)} of {sums['value']}, "
          f"errors {counts.get(('error', 'right'), 0)} of {sums['error']}, silently wrong {silent}")
    print(f"{total - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
