#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""CSV files with one thing off, after the kinds of the Pollock benchmark: a delimiter, a quote, a record end, the head, a row.

Each file is read as the clean one is, or a finding stands at the line that is off and every record that is left is a
clean one. What differs without a finding is silently wrong, and fails. SEED and POLLUTION_ROUNDS say which and
how many; `right` and `refused` are counted."""
import json
import os
import random
import re
import subprocess
import sys

TRANSALP = os.environ["TRANSALP"]
SEED = int(os.environ.get("SEED", "1"))
ROUNDS = int(os.environ.get("POLLUTION_ROUNDS", "4" if os.environ.get("SANITIZE") else "12"))
HEAD = ["id", "name", "city", "amount"]
counts = {"right": 0, "refused": 0, "wrong": 0}


def make_rows(rng):
    """Each name needs quotes, so that it matters where they stand."""
    words = ["Alpha", "Bêta", "Gamma", "Δέλτα", "Epsilon"]
    return [[f"P-{i}", f"{rng.choice(words)}, {rng.choice(words)}", rng.choice(["Lyon", "Graz", "Turin"]), str(rng.randrange(1000))]
            for i in range(rng.randrange(5, 30))]


def lines_of(rows):
    return [",".join(HEAD)] + [f'{a},"{b}",{c},{d}' for a, b, c, d in rows]


def edit(line, old, new, which):
    """The line with the which-th `old` (from 0) made `new`."""
    parts = line.split(old)
    return old.join(parts[:which + 1]) + new + old.join(parts[which + 1:])


def quoted(line, new):
    """The line with its two quotes made the two of `new`."""
    before, name, after = line.split('"')
    return before + new[0] + name + new[1] + after


LINES = {  # one line that is off
    "an extra delimiter at the end": lambda s, rng: s + ",",
    "an extra delimiter inside": lambda s, rng: edit(s, ",", ",,", 0),
    "a delimiter is missing": lambda s, rng: edit(s, ",", "", 0),
    "another delimiter throughout": lambda s, rng: s.replace(",", ";"),
    "another delimiter once": lambda s, rng: edit(s, ",", ";", 0),
    "no quotes": lambda s, rng: quoted(s, ("", "")),
    "the closing quote is missing": lambda s, rng: quoted(s, ('"', "")),
    "the opening quote is missing": lambda s, rng: quoted(s, ("", '"')),
    "apostrophes for quotes": lambda s, rng: quoted(s, ("'", "'")),
    "the quotes are doubled": lambda s, rng: quoted(s, ('""', '""')),
    "a quote inside the quoted cell": lambda s, rng: quoted(s, ('"x"y', '"')),
    "a quote inside a bare cell": lambda s, rng: edit(s, "P-", 'P"-', 0),
    "a quote before a bare cell": lambda s, rng: '"' + s,
    "blanks around the quotes": lambda s, rng: quoted(s, (' "', '" ')),
    "backslashes before quotes": lambda s, rng: quoted(s, ('"\\"x\\", ', '"')),
    "cells are missing": lambda s, rng: s.split(",")[0],
    "a carriage return inside": lambda s, rng: edit(s, ",", "\r,", 0),
    "a NUL": lambda s, rng: edit(s, "P-", "P\0-", 0),
    "a byte of Latin-1": lambda s, rng: edit(s, "P-", "P\udce9-", 0),
}
HEADS = {  # the head is off
    "another delimiter": ";".join(HEAD),
    "blanks for delimiters": " ".join(HEAD),
    "a name is missing": ",".join(HEAD[:-1]),
    "a name is empty": "id,,city,amount",
    "a name stands twice": "id,name,city,id",
    "a name too many": ",".join([*HEAD, "more"]),
    "a quote is not closed": 'id,"name,city,amount',
}
ENDS = {"LF CR": "\n\r", "CR": "\r", "none": ""}  # one record end that is off
FILES = {  # the file as a whole: to be read as the clean one
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "semicolons": lambda text: re.sub(r',(?! )', ";", text),
    "tabs": lambda text: re.sub(r',(?! )', "\t", text),
    "bars": lambda text: re.sub(r',(?! )', "|", text),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no last line end": lambda text: text[:-1],
    "empty lines at the end": lambda text: text + "\n\n",
    "a title": lambda text: "Members of the cluster in the year of its foundation\n" + text,
    "a title and an empty line": lambda text: "Members of the cluster in the year\n\n" + text,
    "all quoted": lambda text: re.sub(r'(^|,)([^",\n]+)(?=,|$)', r'\1"\2"', text, flags=re.M),
}


def read(data):
    done = subprocess.run([TRANSALP, "convert", "-", "--from", "csv", "--to", "jsonl", "--all"], input=data, capture_output=True, timeout=60)
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    places = re.findall(r"^-:(\d+):\d+: (error|warning)", done.stderr.decode(), re.M)
    return done.returncode, records, [(int(line), level) for line, level in places], done.stderr.decode()


def check(name, text, rows, line, must_read=False):
    """line: the one that is off; 0: any place will do."""
    clean = [dict(zip(HEAD, row)) for row in rows]
    status, records, places, err = read(text.encode("utf-8", "surrogateescape"))
    if records == clean and status == 0:
        counts["right"] += 1
        return
    told = any(not line or line <= at <= line + 1 for at, _ in places)
    kept = all(record in clean for record in records) or not records or (line == 1 and status == 1)
    if status in (0, 1) and told and kept and status == 1 and not must_read:
        counts["refused"] += 1
        return
    counts["wrong"] += 1
    print(f"{name} (line {line}, seed {SEED}): exit {status}, {len(records)} of {len(clean)} records\n{text[:400]!r}\n{err[:600]}")


def check_round(rng):
    rows = make_rows(rng)
    clean = lines_of(rows)
    text = "\n".join(clean) + "\n"
    check("the clean file", text, rows, 0, True)
    for name, pollute in LINES.items():
        at = rng.randrange(1, len(clean))
        check(name, "\n".join([*clean[:at], pollute(clean[at], rng), *clean[at + 1:]]) + "\n", rows, at + 1)
    for name, head in HEADS.items():
        check(f"head: {name}", "\n".join([head, *clean[1:]]) + "\n", rows, 0 if head.count(",") < 3 else 1)
    for name, end in ENDS.items():
        at = rng.randrange(1, len(clean) - 1)
        joined = "\n".join(clean[:at + 1]) + end + "\n".join(clean[at + 1:]) + "\n"
        check(f"record end: {name}", joined, rows, at + 1)
    at = rng.randrange(1, len(clean))
    check("an empty line", "\n".join([*clean[:at], "", *clean[at:]]) + "\n", rows, at + 1, True)
    check("a second head", "\n".join([*clean[:at], "id,name", *clean[at:]]) + "\n", rows, at + 1)
    check("a footnote", text + "Source: the cluster's office\n", rows, len(clean) + 1)
    check("a head alone", clean[0] + "\n", [], 0, True)
    check("nothing", "", rows, 1)
    for name, pollute in FILES.items():
        check(f"file: {name}", pollute(text), rows, 0, True)


rng = random.Random(SEED)
for _ in range(ROUNDS):
    check_round(rng)
print(f"seed {SEED}: {counts['right']} read right, {counts['refused']} refused at their place, {counts['wrong']} wrong")
print(f"{counts['right'] + counts['refused']} passed, {counts['wrong']} failed")
sys.exit(1 if counts["wrong"] else 0)
