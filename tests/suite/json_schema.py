# SPDX-License-Identifier: MIT
"""The official JSON Schema Test Suite, all drafts, through `transalp bowtie`."""
import collections
import json
import os
import pathlib
import subprocess
import sys

LANGUAGES = {
    "draft4": "http://json-schema.org/draft-04/schema#",
    "draft6": "http://json-schema.org/draft-06/schema#",
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}
REMOTES = "http://localhost:1234/"

# What of draft2020-12/optional is answered in another way than the suite has it, and why:
# (file below optional, group's beginning, test's beginning): reason.
BIDI = "libidn2 does not check the rule on right-to-left names (RFC 5893)"
MISSES = {
    ("format/ecmascript-regex.json", "ECMA 262 lookbehind", "a variable-width lookbehind"):
        "PCRE2 looks behind by a fixed length only; the schema is refused, at the pattern's place",
    ("format/idn-hostname.json", "validation", "Bidi domain name with a digit-first label"): BIDI,
    ("format/idn-hostname.json", "validation", "right-to-left label mixing both digit types"): BIDI,
}


def read_remotes(folder):
    """URI: schema, as the suite serves them."""
    return {REMOTES + str(path.relative_to(folder)): json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(folder.rglob("*.json"))}


def needed(schema, remotes):
    return remotes if "localhost:1234" in json.dumps(schema) else {}


def cases(folder, remotes):
    """(file, group, command) of each group of tests."""
    for path in sorted(folder.rglob("*.json")):
        for group in json.loads(path.read_text(encoding="utf-8")):
            tests = [{"description": t["description"], "instance": t["data"]} for t in group["tests"]]
            yield str(path.relative_to(folder)), group, {
                "description": group["description"], "schema": group["schema"], "tests": tests,
                "registry": needed(group["schema"], remotes)}


def ask(commands, options):
    """The answers of `transalp bowtie`, one a command."""
    lines = "".join(json.dumps(command) + "\n" for command in commands)
    done = subprocess.run([os.environ["TRANSALP"], "bowtie", *options], input=lines, capture_output=True, text=True,
                          timeout=600, check=False)
    if done.stderr:
        print(done.stderr, end="")
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_missed(name, group, test):
    optional = name.removeprefix("optional/")
    return next((key for key in MISSES if key[0] == optional and group.startswith(key[1]) and test.startswith(key[2])),
                None)


def judge(name, group, answer, seen):
    """(passed, failed, missed) of one group; what failed is printed."""
    counts = [0, 0, 0]
    results = answer.get("results") or [None] * len(group["tests"])
    for test, result in zip(group["tests"], results, strict=True):
        miss = is_missed(name, group["description"], test["description"]) if name.startswith("optional/") else None
        right = result is not None and result["valid"] == test["valid"]
        if miss and not right:
            counts[2] += 1
            seen[miss] += 1
            continue
        counts[0 if right else 1] += 1
        if not right:
            why = answer.get("context", {}).get("message") or f"expected valid: {test['valid']}"
            print(f"{name}: {group['description']}: {test['description']}: {why}")
    return counts


def run_draft(draft, suite, seen):
    """[passed, failed, missed] of one draft, required and optional."""
    remotes = read_remotes(suite / "remotes")
    counts = [0, 0, 0]
    for optional in (False, True):
        rows = [row for row in cases(suite / "tests" / draft, remotes) if row[0].startswith("optional/") == optional]
        start = [{"cmd": "start", "version": 1}, {"cmd": "dialect", "dialect": LANGUAGES[draft]}]
        asserts = {"optional/format/"}
        for formats in ((False, True) if optional else (False,)):
            part = [row for row in rows if any(row[0].startswith(a) for a in asserts) == formats]
            runs = [{"cmd": "run", "seq": i, "case": row[2]} for i, row in enumerate(part)]
            answers = ask(start + runs + [{"cmd": "stop"}], ["--assert-formats"] if formats else [])[2:]
            for (name, group, _), answer in zip(part, answers, strict=True):
                counts = [a + b for a, b in zip(counts, judge(f"{draft}/{name}" if not optional else name, group, answer,
                                                              seen))]
    return counts


def main():
    shared = os.environ.get("SHARED")
    suite = pathlib.Path(shared or ".") / "suites" / "json-schema"
    if not shared or not suite.is_dir():
        print("skipped: the JSON Schema Test Suite is not at hand")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    seen = collections.Counter()
    total = [0, 0, 0]
    for draft in LANGUAGES:
        counts = run_draft(draft, suite, seen)
        print(f"{draft}: {counts[0]} passed, {counts[1]} failed, {counts[2]} expected misses")
        total = [a + b for a, b in zip(total, counts)]
    for miss in MISSES:
        if not seen[miss]:
            print(f"no longer missed: {miss}")
            total[1] += 1
    print(f"{total[0]} passed, {total[1]} failed")
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main())
