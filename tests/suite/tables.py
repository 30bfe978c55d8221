#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generated records through --tables and back: what a schema describes comes back as it was. SEED takes other data.
Real files without a schema: exact under --infer, with --omit-empty where values are missing rather than null."""
import json
import os
import random
import subprocess
import sys
import tempfile

TRANSALP = os.environ["TRANSALP"]
SEED = int(os.environ.get("SEED", "1"))
ROUNDS, RECORDS = 12, 40
SHARED = os.environ.get("SHARED", "")
REAL = [("360g-ABCT-150grants.json", ["--records", "grants"], ["--omit-empty"]),
        ("ocds-fictional-releases-1.1.json", ["--records", "releases"], ["--omit-empty"]), ("ror-v2-alpine-sample-200.json", [], [])]
WORDS = ["a", "Ünal", "x;y", 'say "so"', "two\nlines", " blank ", "12", "true", "007", "a,b", "=1+1", "#", "[]", "{}", "null", "–"]
LEAVES = [{"type": "string", "minLength": 1}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}]


def schema_of(rng, depth):
    """An object with scalars (optional, or required and nullable), objects and lists."""
    members, required = {}, []
    for i in range(rng.randint(2, 4)):
        leaf = dict(rng.choice(LEAVES))
        if rng.random() < 0.3:
            leaf["type"] = [leaf["type"], "null"]
            required.append(f"v{i}")
        members[f"v{i}"] = leaf
    for i in range(rng.randint(1, 2) if depth else 0):
        kind = rng.random()
        inner = schema_of(rng, depth - 1)
        items = dict(rng.choice(LEAVES)) if kind < 0.3 else {"type": "array", "items": inner} if kind < 0.4 else inner
        name = rng.choice(["list", "l.dot", "l/slash", "Übung", "l d"]) + str(i)
        members[name] = {"type": "array", "items": items} if kind < 0.8 else inner
    return {"type": "object", "properties": members, "required": required, "additionalProperties": False}


def holds_null(schema):
    """Whether an object has a place that is null where its cell is empty: then CSV cannot tell that the object is absent."""
    return schema["type"] == "object" and (bool(schema["required"]) or any(map(holds_null, schema["properties"].values())))


def value_of(rng, schema):
    kind = schema["type"]
    if isinstance(kind, list):
        if rng.random() < 0.3:
            return None
        kind = kind[0]
    if kind == "object":
        made = {n: value_of(rng, s) for n, s in schema["properties"].items() if n in schema["required"] or holds_null(s) or rng.random() < 0.8}
        # CSV has no objects without members, and says so: that is not asked for here
        return {n: v for n, v in made.items() if v != {}}
    if kind == "array":
        return [value_of(rng, schema["items"]) for _ in range(rng.choice([0, 1, 1, 2, 3]))]
    if kind == "string":
        return rng.choice(WORDS)
    if kind == "boolean":
        return rng.random() < 0.5
    return rng.choice([0, -1, 7, 10**30, 42]) if kind == "integer" else rng.choice([0.5, -2, 1e-7, 3.25])


def run(folder, *words):
    return subprocess.run([TRANSALP, *words], cwd=folder, capture_output=True, text=True, timeout=60)


def round_trip(rng, folder):
    """None, or what went wrong."""
    schema = schema_of(rng, 3)
    schema["properties"] = {"id": {"type": "integer"}, **schema["properties"]}
    schema["required"].append("id")
    records = [{**value_of(rng, schema), "id": i + 1} for i in range(RECORDS)]
    for name, data in (("schema.json", schema), ("in.json", records)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
    with_schema = ["--schema", "schema.json", "--key", "id"]
    steps = [["convert", "in.json", *with_schema, "--tables", "out"],
             ["convert", "out/in.csv", *with_schema, "--tables", "out", "-o", "back.json"], ["diff", "in.json", "back.json"]]
    for step in steps:
        done = run(folder, *step)
        if done.returncode:
            return f"{' '.join(step)}: exit {done.returncode}\n{(done.stdout + done.stderr)[:600]}"
    return None


def real_trip(name, records, empty, folder):
    """None, or what went wrong."""
    tables = ["--tables", "out", "--key", "id"]
    steps = [["convert", os.path.join(SHARED, "data", name), *records, "-o", "in.json"], ["convert", "in.json", *tables],
             ["convert", "out/in.csv", *tables, "--infer", *empty, "-o", "back.json"], ["diff", "in.json", "back.json"]]
    for step in steps:
        done = run(folder, *step)
        if done.returncode:
            return f"{' '.join(step)}: exit {done.returncode}\n{(done.stdout + done.stderr)[-600:]}"
    return None


def main():
    print(f"seed {SEED}")
    failed = 0
    real = REAL if os.path.isdir(os.path.join(SHARED, "data")) else []
    if not real:
        print("skipped the real files: no ../shared/data")
    for name, records, empty in real:
        with tempfile.TemporaryDirectory() as folder:
            if wrong := real_trip(name, records, empty, folder):
                failed += 1
                print(f"{name}: {wrong}")
    for i in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            if wrong := round_trip(random.Random(SEED + i), folder):
                failed += 1
                print(f"SEED={SEED + i}: {wrong}")
    print(f"{ROUNDS + len(real) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
