#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`diff` and `digest` on random data: the same data is the same in every format, and one thing that is changed is found.

A list as roundtrip.py makes it goes into every format: status 0, one digest. Then one thing is changed in it (a digit, 1 to
"1", null to absent, a text, a record less, a record more): `diff` says that and nothing else, at its place, and the digest
differs; the order of keys changes neither. SEED takes other data, ROUNDTRIP_N sets how many lists."""
import copy
import json
import os
import subprocess
import tempfile

import roundtrip as make
from roundtrip import Number, rng, transalp
from tally import finish, hold

N = int(os.environ.get("ROUNDTRIP_N", "25"))
RECORDS = 12


def write_lines(folder, name, records):
    """A record a line, the first on line 2: so that the line says which."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("[\n" + ",\n".join(make.dump(r) for r in records) + "\n]\n")
    return path


def digest(path, *more):
    done = subprocess.run([make.TRANSALP, "digest", path, *more], capture_output=True, timeout=60, check=False)
    return done.stdout.split(b" ")[0].decode() if done.returncode == 0 else f"status {done.returncode}: {done.stderr}"


def diff(old, new, *more):
    """(exit status, findings)"""
    done = subprocess.run([make.TRANSALP, "diff", old, new, "--report", "json", "--quiet", *more], capture_output=True,
                          timeout=60, check=False)
    try:
        return done.returncode, [f for f in json.loads(done.stdout)["findings"] if f["level"] == "error"]
    except ValueError:
        return done.returncode, [{"code": "none", "message": done.stderr.decode("utf-8", "replace")}]


def places(v, path=()):
    """(path, holder, key, value) of all values within a record."""
    if isinstance(v, (dict, list)):
        for key, x in list(v.items() if isinstance(v, dict) else enumerate(v)):
            yield (*path, key), v, key, x
            yield from places(x, (*path, key))


def path_text(path):
    return ".".join(str(step).replace("\\", "\\\\").replace(".", "\\.") for step in path)


def other_digit(number):
    """One digit before the exponent is another one, and none a zero in front."""
    end = min((number.index(c) for c in "eE" if c in number), default=len(number))
    at = rng.choice([i for i in range(end) if number[i].isdigit()])
    if at == 0 or not number[:at].strip("-0."):
        return Number(number[:at] + str(int(number[at]) % 9 + 1) + number[at + 1:])
    return Number(number[:at] + str((int(number[at]) + 1 + rng.randrange(9)) % 10) + number[at + 1:])


# name: (does a value suit?, what becomes of it, the finding's code)
CHANGES = {
    "digit": (lambda v: isinstance(v, Number), other_digit, "diff-value"),
    "number to text": (lambda v: isinstance(v, Number), str, "diff-type"),
    "text": (lambda v: isinstance(v, str) and not isinstance(v, Number), lambda v: v + "x", "diff-value"),
    "boolean": (lambda v: isinstance(v, bool), lambda v: not v, "diff-value"),
    "null": (lambda v: v is None, lambda v: "", "diff-type"),
}


def change_value(records):
    """Changes one value in place: (name, record, path, code), or None where nothing suits."""
    name, (suits, becomes, code) = rng.choice(list(CHANGES.items()))
    found = [(i, *p) for i, r in enumerate(records) for p in places(r) if suits(p[3])]
    if not found:
        return None
    i, path, holder, key, value = rng.choice(found)
    holder[key] = becomes(value)
    return name, i, path_text(path), code


def drop_null(records):
    found = [(i, *p) for i, r in enumerate(records) for p in places(r) if p[3] is None and isinstance(p[1], dict)]
    if not found:
        return None
    i, path, holder, key, _ = rng.choice(found)
    del holder[key]
    return "null to absent", i, path_text(path), "diff-removed"


def test_change(folder, records, old, change):
    changed = copy.deepcopy(records)
    what = change(changed)
    if not what:
        return
    name, i, path, code = what
    new = write_lines(folder, "new.json", changed)
    status, found = diff(old, new)
    ok = status == 1 and [(f["code"], f["path"], f["line"]) for f in found] == [(code, path, i + 2)]
    hold(ok, name, f"status {status}, wanted {what}: {found}\n was {make.dump(records[i])}\n is  {make.dump(changed[i])}")
    hold(digest(old) != digest(new), name, "the digest is the same")
    target = os.path.join(folder, "new." + rng.choice(["yaml", "xml", "jsonl"]))
    transalp("convert", new, "-o", target)
    status, found = diff(old, target)
    hold(status == 1 and [(f["code"], f["path"]) for f in found] == [(code, path)], name,
          f"{target}: status {status}, wanted {what}: {found}")


def test_record(folder, records, old):
    """A record less, and seen from the other side a record more."""
    i = rng.randrange(len(records))
    new = write_lines(folder, "new.json", records[:i] + records[i + 1:])
    for name, a, b, code in (("less", old, new, "diff-left"), ("more", new, old, "diff-joined")):
        status, found = diff(a, b)
        ok = status == 1 and len(found) == 1 and (found[0]["code"], found[0]["file"]) == (code, old)
        same = ok and canonical(records[found[0]["record"] - 1]) == canonical(records[i])
        hold(same, f"a record {name}", f"status {status}, record {i + 1}: {found}")
    hold(digest(old) != digest(new), "a record less", "the digest is the same")


def canonical(v):
    """What makes two values one: for records that stand twice."""
    if isinstance(v, dict):
        return sorted((k, canonical(x)) for k, x in v.items())
    return [canonical(x) for x in v] if isinstance(v, list) else (type(v).__name__, v)


def shuffle(v):
    if isinstance(v, dict):
        keys = rng.sample(list(v), len(v))
        return {k: shuffle(v[k]) for k in keys}
    return [shuffle(x) for x in v] if isinstance(v, list) else v


def test_same(folder, records, old):
    """In each format and with its keys in another order, the data is the same."""
    files = [write_lines(folder, "shuffled.json", shuffle(records))]
    for target in ("jsonl", "yaml", "xml"):
        files.append(os.path.join(folder, "same." + target))
        transalp("convert", old, "-o", files[-1])
    want = digest(old)
    for path in files:
        hold(diff(old, path) == (0, []), "the same", f"{path}: {diff(old, path)}")
        hold(digest(path) == want, "the same", f"{path}: {digest(path)}, not {want}")


def test_csv(folder):
    """Through CSV, under a schema."""
    schema, record = make.random_schema(2)
    rules = make.write(folder, "schema.json", schema)
    old = make.write(folder, "rows.json", [record() for _ in range(RECORDS)])
    new = os.path.join(folder, "rows.csv")
    transalp("convert", old, "-o", new, "--schema", rules)
    hold(diff(old, new, "--schema", rules) == (0, []), "csv", f"{diff(old, new, '--schema', rules)}")
    hold(digest(old, "--schema", rules) == digest(new, "--schema", rules), "csv", "the digests differ")


def main():
    print(f"seed {make.SEED}")
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(N):
            records = [make.record(rng.randrange(5)) for _ in range(RECORDS)]
            old = write_lines(folder, "old.json", records)
            test_same(folder, records, old)
            test_record(folder, records, old)
            for _ in range(3):
                test_change(folder, records, old, change_value)
            test_change(folder, records, old, drop_null)
            test_csv(folder)
    finish()


if __name__ == "__main__":
    main()
