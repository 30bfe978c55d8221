#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Schemas from data: each file fits the schema that was made of it, and another edition fits the schema once widened; through CSV
and back under it the data is the same, to the byte from the second turn on. Real files, samples, and 200 made up from SEED."""
import json
import os
import pathlib
import random
import subprocess
import tempfile

from tally import finish, hold

TRANSALP = os.environ["TRANSALP"]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = os.environ.get("SHARED")
# Rows that are not RFC 4180: they are refused, and no schema is made.
REFUSED = {"cordis-horizon-topics-malformed-quotes.csv"}
TEXTS = ["", "x", "é", "12", "007", "1.5", "true", "null", " a ", "a;b", "2001-01-31", "a@example.org", "a,b", "line\nend", '"', "FR"]


def run(*words, cwd):
    done = subprocess.run([TRANSALP, *map(str, words), "--quiet"], cwd=cwd, capture_output=True, timeout=120, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def check_file(source, folder, name):
    """The file fits its schema, and so does what the schema says of it once more."""
    schema = folder / "in.schema.json"
    status, words = run("infer", source, "-o", schema, cwd=folder)
    hold(status == 0, f"{name}: infer: {words[:300]}")
    if status:
        return False
    status, words = run("check", source, "--schema", schema, "--assert-formats", cwd=folder)
    hold(status == 0, f"{name} does not fit its schema: {words[:300]}")
    return status == 0


def check_turns(source, folder, name):
    """Any format -> CSV -> JSON -> CSV: the second CSV is the first."""
    steps = [(source, "1.csv"), ("1.csv", "2.json"), ("2.json", "3.csv"), ("3.csv", "4.json")]
    for a, b in steps:
        status, words = run("convert", a, "--schema", folder / "in.schema.json", "-o", b, cwd=folder)
        if status:
            hold(False, f"{name}: {a} -> {b}: {words[:300]}")
            return
    for a, b in (("1.csv", "3.csv"), ("2.json", "4.json")):
        hold((folder / a).read_bytes() == (folder / b).read_bytes(), f"{name}: {a} and {b} differ")


def check_merge(parts, folder, name):
    """A schema made of the first part fits both, once the second was merged."""
    status, words = run("infer", parts[0], "-o", "1.schema.json", cwd=folder)
    if status == 0:
        status, words = run("infer", parts[1], "--merge", "./1.schema.json", "-o", "2.schema.json", cwd=folder)
    for part in parts:
        if status == 0:
            status, words = run("check", part, "--schema", "./2.schema.json", "--assert-formats", cwd=folder)
    hold(status == 0, f"{name}: merged: {words[:300]}")


def make_value(rng, depth):
    kind = rng.randrange(9 if depth < 3 else 7)
    if kind == 7:
        return [make_value(rng, depth + 1) for _ in range(rng.randrange(3))]
    if kind == 8:
        return make_object(rng, depth + 1)
    return [None, True, rng.randrange(-9, 99999), rng.choice([0.5, 12.25, 1e-7]), rng.choice(TEXTS), rng.choice(TEXTS),
            "tag%d" % rng.randrange(3)][kind]


def make_object(rng, depth):
    names = ["id", "name", "code", "n", "a b", "x.y", "été", "list"]
    return {name: make_value(rng, depth) for name in names if rng.random() < 0.6}


def check_made(seed, folder):
    rng = random.Random(seed)
    parts = []
    for i in range(2):
        records = [make_object(rng, 0) for _ in range(rng.randrange(1, 12))]
        parts.append(folder / f"part{i}.json")
        parts[i].write_text(json.dumps(records))
    if check_file(parts[0], folder, f"seed {seed}"):
        check_merge(parts, folder, f"seed {seed}")
    for suffix in ("yaml", "xml", "csv"):
        other = folder / f"in.{suffix}"
        if run("convert", parts[0], "-o", other, cwd=folder)[0] == 0:
            check_file(other, folder, f"seed {seed}.{suffix}")


def main():
    files = sorted(p for p in (ROOT / "samples").iterdir() if p.is_file() and p.suffix != ".md")
    if SHARED:
        files += sorted(p for p in (pathlib.Path(SHARED) / "data").iterdir() if p.is_file() and p.suffix != ".md")
    for path in files:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            if path.name not in REFUSED and check_file(path, folder, path.name) and path.parent.name == "samples":
                check_turns(path, folder, path.name)
    first = int(os.environ.get("SEED", "1"))
    for seed in range(first, first + 200):
        with tempfile.TemporaryDirectory() as name:
            check_made(seed, pathlib.Path(name))
    if not SHARED:
        print("skipped the real files: they are not here")
    finish()


main()
