#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A -> B -> A gives A back: values, types, digits, key order; and the second turn gives the same bytes.

Random documents and lists go through every pair of formats that carry everything without a schema, and random
records through CSV under a schema made with them. SEED takes other data, ROUNDTRIP_N sets how many."""
import json
import os
import random
import subprocess
import tempfile

from tally import finish, hold

TRANSALP = os.environ["TRANSALP"]
SEED = int(os.environ.get("SEED", "1"))
N = int(os.environ.get("ROUNDTRIP_N", "60"))
LIST = 60  # records of a list
rng = random.Random(SEED)

NASTY = ["", " ", "a", "é", "日本", "😀", "007", "12", "-0", "1e5", "1.0", "+1", ".5", "0x1F", "012", "1_000", "true", "True", "no", "NO",
         "null", "~", "NaN", ".inf", "12:30", "2001-01-01", "a: b", "- a", "#x", "a #b", "'", '"', '""', "a,b", "a;b", "a\tb", "\t", "a\nb",
         "\n", "a\r\nb", "\r", "x\n\n", "\n x", " x", "x ", "]]>", "<a>&amp;", "&", "<![CDATA[", "{", "[", "*a", "&a", "!a", "%a", "@a", "`", "|",
         ">", "?", "? a", "-", "--- ", "...", "=", "<<", "\u2028", "\u00a0", "\u0085", "\ufeff", "\u007f", "\u0001", "\u0000", "\u001b", "\\", "\\n", "/",
         "a" * 300, "x\u0301", "0.30", "1" * 30, "ta:type", "#text", "@id"]
KEYS = ["a", "b", "id", "name", "é", "x y", "1", "a.b", "a\\b", "@x", "#text", "", "-", "xml", "xmlns", "ta:type", "a:b", "null", "true", "NO", "~", "0",
        "a\nb", "\u0001", "item", "record", "_x0020_", "?", "<<", "*", "key with: colon", "ü" * 20]
NUMBERS = ["0", "-0", "1", "-1", "10", "0.30", "1.0", "1e400", "1E-7", "-1.5e+10", "123456789012345678901234567890", "0.1", "100", "1e5",
           "3.141592653589793238462643383279"]


class Number(str):
    """A number as its digits."""


def text():
    if rng.random() < 0.6:
        return rng.choice(NASTY)
    return "".join(rng.choice(["a", "é", " ", "\n", "'", '"', ":", "#", ",", "-", "\\", "<", "&", "1", "日", "\t"]) for _ in range(rng.randrange(12)))


def value(depth):
    kind = rng.random()
    if depth > 0 and kind < 0.22:
        return [value(depth - 1) for _ in range(rng.choice([0, 1, 1, 2, 3]))]
    if depth > 0 and kind < 0.5:
        return record(depth - 1)
    if kind < 0.75:
        return text()
    return rng.choice([None, True, False, Number(rng.choice(NUMBERS)), Number(str(rng.randrange(10**9)))])


def record(depth):
    keys = rng.sample(KEYS, rng.randrange(0, 7))
    return {key: value(depth) for key in keys}


def dump(v):
    """JSON with the numbers' own digits, in a form of our choice, so that readers meet more than one."""
    if isinstance(v, Number):
        return str(v)
    if isinstance(v, dict):
        return "{" + ",".join(json.dumps(k, ensure_ascii=rng.random() < 0.3) + ":" + dump(x) for k, x in v.items()) + "}"
    if isinstance(v, list):
        return "[" + ", ".join(map(dump, v)) + "]"
    return json.dumps(v, ensure_ascii=rng.random() < 0.3)


def load(path):
    """Values with digits and order, for comparing."""
    with open(path, encoding="utf-8", newline="") as file:
        return json.load(file, parse_int=Number, parse_float=Number, object_pairs_hook=lambda pairs: ("object", pairs))


def transalp(*args):
    done = subprocess.run([TRANSALP, *args], capture_output=True, timeout=60)
    return done.returncode, done.stderr.decode("utf-8", "replace")


def turn(folder, source, chain, more, order=True):
    """source (JSON) through the chain of formats and back to JSON, twice."""
    name = " -> ".join(["json", *chain, "json"])
    files, at = [], source
    for lap in (1, 2):
        for i, target in enumerate([*chain, "json"]):
            out = os.path.join(folder, f"{lap}{i}.{target}")
            status, err = transalp("convert", at, "-o", out, "--to", target, *more)
            if not hold(status == 0, name, f"exit {status} at {target}: {err}\n{open(source, encoding='utf-8').read()[:600]}"):
                return
            files.append(out)
            at = out
    half = len(chain) + 1
    want, got = load(source), load(files[half - 1])
    if not order:
        want, got = sort_keys(want), sort_keys(got)
    hold(want == got, name, f"differs\n was {json.dumps(want)[:700]}\n is  {json.dumps(got)[:700]}")
    for a, b in zip(files[:half], files[half:]):
        hold(open(a, "rb").read() == open(b, "rb").read(), name, f"the second turn wrote other bytes: {a} {b}")


def sort_keys(v):
    if isinstance(v, tuple):
        return ("object", sorted((k, sort_keys(x)) for k, x in v[1]))
    return [sort_keys(x) for x in v] if isinstance(v, list) else v


def write(folder, name, v):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(v if isinstance(v, str) and not isinstance(v, Number) and name.endswith(".raw") else dump(v))
    return path


# CSV has no way to write U+0000, and says so: tests/cases/csv has that.
TYPES = {"string": lambda: text().replace("\0", ""), "number": lambda: Number(rng.choice(NUMBERS)), "boolean": lambda: rng.random() < 0.5, "null": lambda: None}


def random_schema(depth):
    """A closed object schema, and a function that makes a record of it."""
    members = {}
    for key in rng.sample([k for k in KEYS if k], rng.randrange(1, 6)):
        if depth and rng.random() < 0.25:
            members[key] = random_schema(depth - 1)
        else:
            types = rng.sample(list(TYPES), rng.choice([1, 1, 1, 2, 3]))
            members[key] = ({"type": types if len(types) > 1 or rng.random() < 0.5 else types[0]}, scalar_maker(types))
    schema = {"type": "object", "additionalProperties": False, "required": list(members),
              "properties": {k: s for k, (s, _) in members.items()}}
    return schema, lambda: {k: make() for k, (_, make) in members.items()}


def scalar_maker(types):
    return lambda: TYPES[rng.choice(types)]()


def turn_inferred(folder, keys):
    """Rows without a schema: --infer gives the types back by the quotes; where all cells are quoted, what it cannot is told."""
    rows = [{key: TYPES[rng.choice(list(TYPES))]() for key in keys} for _ in range(rng.choice([1, 2, LIST]))]
    source, table, back = write(folder, "flat.json", rows), os.path.join(folder, "flat.csv"), os.path.join(folder, "back.json")
    for more in [[], ["--out-quote-all"]]:
        status, told = transalp("convert", source, "-o", table, *more)
        hold(status == 0, "json -> csv", told)
        status, err = transalp("convert", table, "-o", back, "--infer")
        if hold(status == 0, "csv -> json --infer", err) and "--infer takes them" not in told and "an empty text" not in told:
            want, got = load(source), load(back)
            hold(want == got, f"json -> csv -> json --infer {more}", f"differs\n was {json.dumps(want)[:700]}\n is  {json.dumps(got)[:700]}")


def formats():
    listed = subprocess.run([TRANSALP, "formats"], capture_output=True, text=True, check=True).stdout
    return [f for f in ("json", "yaml", "xml") if any(line.split()[:1] == [f] for line in listed.splitlines())]


def main():
    print(f"seed {SEED}")
    carriers = formats()
    chains = [["jsonl"], ["json"]] + [[f] for f in carriers if f != "json"] + [[a, b] for a in carriers for b in carriers if a != b and "json" not in (a, b)]
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(N):
            items = write(folder, "list.json", [record(rng.randrange(4)) for _ in range(rng.choice([0, 1, LIST]))])
            for chain in chains:
                turn(folder, items, chain, [])
            for _ in range(3):
                document = write(folder, "document.json", rng.choice([lambda: record(5), lambda: value(3), lambda: {text(): value(4)}])())
                for chain in chains:
                    if chain != ["jsonl"]:
                        turn(folder, document, chain, ["--pretty"] if rng.random() < 0.3 else [])
            schema, make = random_schema(3)
            rules = write(folder, "schema.json", schema)
            items = write(folder, "rows.json", [make() for _ in range(LIST)])
            # A head that needs no quotes shows whether its file quotes all cells.
            turn_inferred(folder, ["plain", *rng.sample([k for k in KEYS if k and not set(k) & {".", "\\"}], rng.randrange(5))])
            for chain in [["csv"], ["tsv"], *[[f, "csv"] for f in carriers if f != "json"]]:
                turn(folder, items, chain, ["--schema", rules], order=False)
    finish()


if __name__ == "__main__":
    main()
