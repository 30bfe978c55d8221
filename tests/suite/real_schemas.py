# SPDX-License-Identifier: MIT
"""Real schemas on real data, as they are and with faults put in, against python3-jsonschema.

360Giving's package schema (2020-12, whose reference --schema-map must find) on its grants, OCDS's release schema
(draft 4) on its releases. Both must find the same faults at the same places. Four differences are by design, and evened
out here: a value of a wrong type is told once, where jsonschema adds that it is in no enum either; an unexpected
property is told at the property, and an item that stands twice at the item, where jsonschema names the object and the
list; of anyOf and oneOf the nearest choice is told with its own faults, where jsonschema names the value.
"""
import copy
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
try:
    import jsonschema
except ImportError:
    jsonschema = None

BASE = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.2/schema/"
KEYWORDS = {
    "type": "type", "required": "required", "enum": "enum", "const": "const", "pattern": "pattern",
    "minimum": "minimum", "maximum": "maximum", "min-length": "minLength", "max-length": "maxLength",
    "min-items": "minItems", "max-items": "maxItems", "min-properties": "minProperties",
    "unexpected-property": "additionalProperties", "unique-items": "uniqueItems", "multiple-of": "multipleOf",
}
AT_PARENT = {"unexpected-property", "unique-items"}
CHOICES = {"anyOf", "oneOf"}
MUTANTS = 60


def transalp(*args):
    return subprocess.run([os.environ["TRANSALP"], "check", *args], capture_output=True, text=True, timeout=120,
                          check=False)


def our_faults(data, schema, options, folder):
    """{(pointer, keyword)} of all errors."""
    path = pathlib.Path(folder) / "data.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = transalp(str(path), "--schema", str(schema), "--report", "json", *options)
    faults = set()
    for finding in json.loads(done.stdout)["findings"]:
        if finding["level"] == "error":
            code, pointer = finding["code"], finding.get("pointer", "")
            faults.add((pointer.rpartition("/")[0] if code in AT_PARENT else pointer, KEYWORDS.get(code, code)))
    return faults


def their_faults(validator, data):
    """{(pointer, keyword)} of all errors of python3-jsonschema."""
    def pointer(error):
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in error.absolute_path)
    return {(pointer(e), e.validator) for e in validator.iter_errors(data)}


def differences(ours, theirs):
    """What one has and the other has not, choices evened out."""
    choices = {pointer for pointer, keyword in theirs if keyword in CHOICES}
    def in_choice(pointer):
        return any(pointer == c or pointer.startswith(c + "/") for c in choices)
    typed = {pointer for pointer, keyword in ours & theirs if keyword == "type"}
    yield from (("not found", f) for f in theirs - ours
                if f[1] not in CHOICES and not (f[1] in ("enum", "const") and f[0] in typed))
    yield from (("not found", f) for f in theirs if f[1] in CHOICES
                and not any(p == f[0] or p.startswith(f[0] + "/") for p, _ in ours))
    yield from (("found", f) for f in ours - theirs if not in_choice(f[0]))


def places(value, path=()):
    """All (path, value) of a document."""
    yield path, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, path + (key,))


def mutate(data, rng):
    """A copy with one to four faults."""
    data = copy.deepcopy(data)
    for _ in range(rng.randint(1, 4)):
        spots = [(path, value) for path, value in places(data) if path]
        if not spots:
            break
        path, value = rng.choice(spots)
        parent = data
        for step in path[:-1]:
            parent = parent[step]
        kind = rng.randrange(5)
        if kind == 0:
            del parent[path[-1]]
        elif kind == 1:
            parent[path[-1]] = rng.choice([12, "x", None, True, [], {}, -3.5, "2020-01-01"])
        elif kind == 2 and isinstance(parent, dict):
            parent["unheardOf"] = 1
        elif isinstance(parent, list):
            parent.append(copy.deepcopy(value))
        else:
            parent[path[-1]] = [value]
    return data


def compare(name, validator, data, schema, options):
    """(passed, failed) over the data itself and mutants of it."""
    passed, failed, found = 0, 0, 0
    rng = random.Random(360)
    with tempfile.TemporaryDirectory(prefix="transalp-real-") as folder:
        for i in range(MUTANTS):
            document = mutate(data, rng) if i else data
            ours, theirs = our_faults(document, schema, options, folder), their_faults(validator, document)
            faults = list(differences(ours, theirs))
            found += len(theirs)
            passed, failed = passed + (not faults), failed + bool(faults)
            for side, fault in faults[:3]:
                print(f"{name}, mutant {i}: {side} by transalp alone or not at all: {fault}")
    print(f"{name}: {found} faults in {MUTANTS} documents")
    return passed, failed


def test_grants(shared):
    """The package schema; without the map its reference leads nowhere, and nothing is checked."""
    schemas = shared / "data" / "schemas"
    package = schemas / "360-giving-package-schema.json"
    data = shared / "data" / "360g-ABCT-150grants.json"
    done = transalp(str(data), "--schema", str(package))
    refused = done.returncode == 2 and "1.4.2/schema/360-giving-schema.json leads nowhere" in done.stdout
    if not refused:
        print(f"360Giving without --schema-map: status {done.returncode}\n{done.stdout}")
    schema = json.loads(package.read_text(encoding="utf-8"))
    grant = json.loads((schemas / "360-giving-schema.json").read_text(encoding="utf-8"))
    resolver = jsonschema.RefResolver(schema["$id"], schema, store={BASE + "360-giving-schema.json": grant})
    validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
    grants = json.loads(data.read_text(encoding="utf-8"))
    whole = their_faults(validator, grants) == our_faults(grants, package, [f"--schema-map={BASE}={schemas}"],
                                                          tempfile.gettempdir())
    grants["grants"] = grants["grants"][:6]
    passed, failed = compare("360Giving", validator, grants, package, [f"--schema-map={BASE}={schemas}"])
    return passed + refused + whole, failed + (not refused) + (not whole)


def test_releases(shared):
    path = shared / "data" / "schemas" / "ocds-release-schema-1.1.json"
    data = json.loads((shared / "data" / "ocds-fictional-releases-1.1.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(json.loads(path.read_text(encoding="utf-8")))
    passed, failed = 0, 0
    for release in data["releases"]:
        counts = compare(f"OCDS {release['tag'][0]}", validator, release, path, [])
        passed, failed = passed + counts[0], failed + counts[1]
    return passed, failed


def main():
    shared = os.environ.get("SHARED")
    if not shared or jsonschema is None:
        print("skipped: the schemas or python3-jsonschema are not at hand")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    counts = [test(pathlib.Path(shared)) for test in (test_grants, test_releases)]
    passed, failed = (sum(c[i] for c in counts) for i in range(2))
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
