#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--rejects: made-up files with all kinds of bad records (a value, a type, a key twice, a row too long, bytes that are no text) from
SEED. What was seen was written or set aside; what was written is good; the ids of both are those of the file; what was set aside
is set aside again, byte for byte. Any format to any other, one or two workers."""
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

from tally import finish, hold

TA = os.environ["TRANSALP"]
ROUNDS = 40 if os.environ.get("SANITIZE") else 150
FORMATS = ["csv", "tsv", "jsonl", "json", "yaml", "xml"]
KINDS = ["good"] * 8 + ["value", "type", "twins", "long", "quote", "nul", "bytes"]
SCHEMA = {"type": "object", "required": ["id"], "xml": {"name": "record", "x-list": "records"},
          "properties": {"id": {"type": "string", "pattern": "^id[0-9]+$"}, "n": {"type": "integer"}, "t": {"type": "string"}}}


def make_row(fmt, kind, i):
    """One record, and whether its id is in it; \\udcff is the byte 0xFF."""
    name, n = (f"ID{i}" if kind == "value" else f"id{i}"), ("x" if kind == "type" else i)
    text = {"nul": "a\0b", "bytes": "a\udcff"}.get(kind, f"text {i}")
    if fmt in ("csv", "tsv"):
        gap = "," if fmt == "csv" else "\t"
        tail = {"long": ["x", "y"], "quote": ['a"b']}.get(kind, [f'"{text}"'])
        return gap.join([name, str(n), *tail])
    twin = kind == "twins"
    if fmt in ("json", "jsonl"):
        if kind in ("long", "quote") and fmt == "jsonl":
            return f'{{"id": "{name}" "n": 1}}'
        return f'{{"id": "{name}", "n": {json.dumps(n)}, "t": "{text.replace(chr(0), " ")}"' + (', "n": 2}' if twin else "}")
    if fmt == "yaml":
        return f"- id: {name}\n  n: {n}\n  t: text\n" + ("  n: 2\n" if twin else "")
    return f"<record><id>{name}</id><n>{n}</n><t>text</t>" + ("<n>2</n>" if twin else "") + "</record>"


def make_file(path, fmt, rng):
    rows = [make_row(fmt, rng.choice(KINDS), i) for i in range(rng.choice([1, 3, 20, 2000]))]
    head, gap, foot = {"csv": ("id,n,t\n", "\n", "\n"), "tsv": ("id\tn\tt\n", "\n", "\n"), "json": ("[\n", ",\n", "\n]\n"),
                       "xml": ("<records>\n", "\n", "\n</records>\n"), "yaml": ("", "", "")}.get(fmt, ("", "\n", "\n"))
    path.write_bytes((head + gap.join(rows) + foot).encode("utf-8", "surrogateescape"))
    return len(rows)


def convert(folder, source, out, name, jobs):
    words = ["convert", source, "--schema", "./schema.json", "-o", out, "--rejects", name, "--summary", name + ".summary", "--quiet"]
    done = subprocess.run([TA, *words, "--jobs", jobs], cwd=folder, capture_output=True, timeout=60, check=False)
    hold(done.returncode in (0, 1), source, "exit", done.returncode, done.stderr[-300:])
    return json.loads((folder / (name + ".summary")).read_text())


def ids_of(*files):
    return sorted(i for file in files if file.exists() for i in re.findall(rb"(?i:id)[0-9]+", file.read_bytes()))


def check_file(folder, rng, what):
    fmt, to = rng.choice(FORMATS), rng.choice(FORMATS)
    source, out, rejects = folder / f"in.{fmt}", folder / f"out.{to}", folder / "rejects" / f"in.{fmt}"
    count = make_file(source, fmt, rng)
    said = convert(folder, source.name, out.name, "rejects", rng.choice("12"))
    what = f"{what}: {count} records of {fmt} to {to}: {said}"
    hold(said["seen"] == said["written"] + said["rejected"], what)
    if said["read"] == "all":
        hold(said["seen"] == count, what)
        hold(ids_of(source) == ids_of(out, rejects), what, "other ids")
    if said["rejected"]:
        again = convert(folder, f"rejects/in.{fmt}", f"again.{to}", "again", "1")
        hold(again["rejected"] == again["seen"] == said["rejected"], what, "then", again)
        hold(rejects.read_bytes() == (folder / "again" / f"in.{fmt}").read_bytes(), what, "other bytes the second time")


def main():
    seed = int(os.environ.get("SEED", "1"))
    for i in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "schema.json").write_text(json.dumps(SCHEMA))
            check_file(folder, random.Random(seed * 1000 + i), f"seed {seed}, {i}")
    finish()


main()
