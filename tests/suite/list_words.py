# SPDX-License-Identifier: MIT
"""A list whose items stream by is judged as the same list held as a whole is (which `transalp bowtie` does): on random
schemas of the keywords that speak of lists, and on the lists of the official JSON Schema Test Suite."""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from json_schema import LANGUAGES, ask

SCHEMAS = 400
VALUES = [0, 1, 1.0, 2, 10, "a", "b", None, True, False, [], [1], {}, {"a": 1}, {"a": 1.0}, {"a": 2, "b": 1},
          123456789012345678901234567890123456789012345]
ITEMS = [True, {"type": "number"}, {"type": "string"}, {"minimum": 2}, {"required": ["a"]}, {"const": 1},
         {"not": {"type": "object"}}, {"enum": ["a", 1, [1]]}, {"contains": {"const": 1}}, False]


def some(rng, most=4):
    return [rng.choice(VALUES) for _ in range(rng.randint(0, most))]


def part(rng, depth):
    return random_schema(rng, depth - 1)


KEYWORDS = {
    "items": lambda rng, depth: rng.choice(ITEMS),
    "prefixItems": lambda rng, depth: [rng.choice(ITEMS) for _ in range(rng.randint(1, 3))],
    "minItems": lambda rng, depth: rng.randint(0, 3),
    "maxItems": lambda rng, depth: rng.randint(0, 5),
    "uniqueItems": lambda rng, depth: rng.random() < 0.8,
    "contains": lambda rng, depth: rng.choice(ITEMS),
    "minContains": lambda rng, depth: rng.randint(0, 2),
    "maxContains": lambda rng, depth: rng.randint(0, 3),
    "type": lambda rng, depth: rng.choice(["array", ["array", "object"], "object"]),
    "enum": lambda rng, depth: [some(rng, 2) for _ in range(8)],
    "const": lambda rng, depth: some(rng, 2),
    "unevaluatedItems": lambda rng, depth: rng.choice([False, False, *ITEMS]),
    "required": lambda rng, depth: ["a"],
    "$ref": lambda rng, depth: f"#/$defs/{rng.choice('xyz')}",
    "allOf": lambda rng, depth: [part(rng, depth) for _ in range(rng.randint(1, 2))],
    "anyOf": lambda rng, depth: [part(rng, depth) for _ in range(rng.randint(1, 3))],
    "oneOf": lambda rng, depth: [part(rng, depth) for _ in range(rng.randint(1, 3))],
    "not": part,
    "if": part,
    "then": part,
    "else": part,
}
OUTER = ["$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"]


def random_schema(rng, depth):
    if rng.random() < 0.05:
        return rng.random() < 0.5
    names = [name for name in KEYWORDS if name not in OUTER or depth > 0]
    return {name: KEYWORDS[name](rng, depth) for name in rng.sample(names, rng.randint(1, 4))}


def random_root(rng):
    schema = {"$defs": {name: random_schema(rng, 0) for name in "xyz"}}
    found = random_schema(rng, 2)
    if isinstance(found, dict):
        schema.update(found)
    return schema


def stream(schema, lists, suffix):
    """For each list whether it is valid, read from a file of its own; None: it was not said."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
        names = [f"{i}.{suffix}" for i in range(len(lists))]
        for name, value in zip(names, lists, strict=True):
            (path / name).write_text(json.dumps(value), encoding="utf-8")
        done = subprocess.run([os.environ["TRANSALP"], "check", "--whole", "--schema", "./schema.json", *names], cwd=folder,
                              capture_output=True, text=True, timeout=60, check=False)
    errors = dict(re.findall(r"^(\S+): \d+ records?, (\d+) errors?", done.stderr, re.M))
    if "[schema-unchecked]" in done.stdout:
        print(f"unchecked: {json.dumps(schema)}")
        return [None] * len(lists)
    return [errors[name] == "0" if name in errors else None for name in names]


def compare(what, schema, lists, expected, suffix):
    """(passed, failed)"""
    found = stream(schema, lists, suffix)
    failed = 0
    for value, want, got in zip(lists, expected, found, strict=True):
        if want != got:
            failed += 1
            print(f"{what}: {json.dumps(schema)} on {json.dumps(value)}: valid {want}, streamed {got}")
    return len(lists) - failed, failed


def random_cases(rng):
    for i in range(SCHEMAS):
        schema, lists = random_root(rng), [some(rng) for _ in range(12)]
        answers = ask([{"cmd": "start", "version": 1}, {"cmd": "run", "seq": i, "case": {
            "description": "", "schema": schema, "tests": [{"description": "", "instance": v} for v in lists]}}], [])
        results = answers[-1].get("results")
        yield "random", schema, lists, [result["valid"] for result in results], "yaml" if i % 4 == 0 else "json"


def suite_cases(folder):
    for draft, language in LANGUAGES.items():
        for path in sorted((folder / draft).glob("*.json")):
            for group in json.loads(path.read_text(encoding="utf-8")):
                schema = group["schema"]
                tests = [test for test in group["tests"] if isinstance(test["data"], list)]
                if tests and isinstance(schema, dict) and "localhost:1234" not in json.dumps(schema):
                    yield (f"{draft}/{path.name}: {group['description']}", {"$schema": language, **schema},
                           [test["data"] for test in tests], [test["valid"] for test in tests], "json")


def main():
    seed = int(os.environ.get("SEED", "1"))
    cases = list(random_cases(random.Random(seed)))
    folder = pathlib.Path(os.environ.get("SHARED", "../shared")) / "suites" / "json-schema" / "tests"
    if folder.is_dir():
        cases += suite_cases(folder)
    else:
        print(f"skipped: {folder} is not there")
    passed = failed = 0
    for case in cases:
        counts = compare(*case)
        passed, failed = passed + counts[0], failed + counts[1]
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
