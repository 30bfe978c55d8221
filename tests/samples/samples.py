#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples/: each sample stands there in four formats that convert into each other byte for byte. The good ones have the
warnings that are known and nothing else; each faulty one has the one finding that its README says, with the same code,
level and path in each format and at its own right place, which is looked up without the product (_places.py).

--update writes the files of the other formats from the first one."""
import json
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "kit"))  # for --update by hand
import _places  # noqa: E402
from tally import finish, hold  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRANSALP = os.environ.get("TRANSALP", "transalp")
SAMPLES, FAULTY = ROOT / "samples", ROOT / "samples" / "faulty"
FORMATS = ["json", "csv", "yaml", "xml"]
FAULT = re.compile(r"^\| `(\S+)` \| (\w+) \| `(\S+)` \| (\w+) \| `(\S+)` \|", re.MULTILINE)
EXCEPTION = re.compile(r"^\| `(\S+)` \| (CSV|YAML|XML) \|", re.MULTILINE)
GOOD = {  # name: (schema, the rules that warn, the format it was written in)
    "alps-bio-cluster": ("cluster", ["claim-regions"], "json"),
    "biocluster-sud-europe": ("cluster", ["claim-regions", "claim-signatories"], "json"),
    "lyonbiopole": ("cluster", [], "json"),
    "rhone-alpes-poles": ("cluster", [], "json"),
    "members": ("member", [], "csv"),
    "projects": ("project", [], "json"),
}


def convert(path, schema, form):
    """What the file is in another format; the tool's own words are not looked at here."""
    pretty = ["--pretty"] if form == "json" else []
    command = [TRANSALP, "convert", path, "--schema", schema, "--to", form, "--keep-invalid", "--quiet", *pretty]
    return subprocess.run(command, capture_output=True, check=False).stdout


def check(path, schema):
    done = subprocess.run([TRANSALP, "check", path, "--schema", schema, "--report", "json", "--all", "--quiet"],
                          capture_output=True, check=False)
    return json.loads(done.stdout)["findings"]


def exceptions(readme):
    return {(name, form.lower()) for name, form in EXCEPTION.findall(readme)}


def hold_places(path, form, findings, data):
    """Each finding, and what it points at beside, stands where an independent look-up finds it."""
    values, keys = _places.places(form, path.read_text(encoding="utf-8"), data)
    known = set(values.values())
    for f in findings:
        table = keys if f["code"] == "unexpected-property" else values
        place = table.get((f["record"], f["path"]))
        hold((f["line"], f["column"]) == place, f"{path.name}: {f['code']} at {f['line']}:{f['column']}, not {place}")
        for other in f.get("related", []):
            hold((other["line"], other["column"]) in known, f"{path.name}: related {other} is no value's place")


def check_good(name, schema, rules):
    data = _places.load(SAMPLES / f"{name}.json")
    for form in FORMATS:
        path = SAMPLES / f"{name}.{form}"
        findings = check(path, schema)
        hold([(f.get("rule"), f["level"]) for f in findings] == [(rule, "warning") for rule in rules],
             f"{path.name}: {[f['message'] for f in findings]}")
        hold(all(f["related"] for f in findings), f"{path.name}: a place is missing")
        hold_places(path, form, findings, data)
        for other in FORMATS:
            if other != form:
                hold(convert(path, schema, other) == (SAMPLES / f"{name}.{other}").read_bytes(),
                     f"{path.name} to {other}: other bytes than samples/{name}.{other}")


def check_faulty(row, without):
    name, schema, code, level, path = row
    source = FAULTY / f"{name}.json"
    data = _places.load(source)
    for form in [f for f in FORMATS if (name, f) not in without]:
        file = FAULTY / f"{name}.{form}"
        findings = check(file, schema)
        got = [(f["code"], f["level"], f["path"] or ".") for f in findings]
        hold(got == [(code, level, path)], f"{file.name}: {got}, expected {code} at {path}")
        hold_places(file, form, findings, data)
        if form != "json":
            hold(convert(source, schema, form) == file.read_bytes(), f"{file.name} is not what {source.name} gives")
            hold(convert(file, schema, "json") == source.read_bytes(), f"{file.name} does not give {source.name}")


def update(rows, without):
    jobs = [(SAMPLES / f"{name}.{first}", schema) for name, (schema, _, first) in GOOD.items()]
    jobs += [(FAULTY / f"{row[0]}.json", row[1]) for row in rows]
    for source, schema in jobs:
        for form in FORMATS:
            if source.suffix != f".{form}" and (source.stem, form) not in without:
                source.with_suffix(f".{form}").write_bytes(convert(source, schema, form))


def main():
    readme = (FAULTY / "README.md").read_text(encoding="utf-8")
    rows, without = FAULT.findall(readme), exceptions(readme)
    if "--update" in sys.argv:
        update(rows, without)
    for name, (schema, rules, _) in GOOD.items():
        check_good(name, schema, rules)
    files = {p.name for p in FAULTY.iterdir()} - {"README.md"}
    told = {f"{row[0]}.{form}" for row in rows for form in FORMATS if (row[0], form) not in without}
    hold(files == told, f"README and files differ: {sorted(files ^ told)}")
    for row in rows:
        check_faulty(row, without)
    finish()


if __name__ == "__main__":
    main()
