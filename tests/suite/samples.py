# SPDX-License-Identifier: MIT
"""samples/: the good ones have the warnings that are known and nothing else, each faulty one the one finding that its README
says; in every format that it converts to."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TRANSALP, SAMPLES = os.environ["TRANSALP"], pathlib.Path(os.environ["SAMPLES"])
FORMATS = ["json", "csv", "yaml", "xml"]
ROW = re.compile(r"\| `(\S+)` \| (\w+) \| `(\S+)` \| (\w+) \| `(\S+)` \|")
GOOD = {
    "alps-bio-cluster": ("cluster", ["claim-regions"]),
    "biocluster-sud-europe": ("cluster", ["claim-regions", "claim-signatories"]),
    "lyonbiopole": ("cluster", []),
    "rhone-alpes-poles": ("cluster", []),
    "members": ("member", []),
    "projects": ("project", []),
}
faults, passed, skipped = [], 0, []


def hold(ok, words):
    global passed
    passed += bool(ok)
    if not ok:
        faults.append(words)


def check(path, schema):
    """(findings, keywords that this version does not check)"""
    done = subprocess.run([TRANSALP, "check", path, "--schema", schema, "--report", "json", "--all"],
                          capture_output=True, text=True, check=False)
    findings = json.loads(done.stdout)["findings"]
    unchecked = [f for f in findings if f["code"] == "schema-unchecked"]
    return [f for f in findings if f["code"] != "schema-unchecked"], unchecked


def convert(path, schema, folder):
    """The file in all formats; those that lose something on the way are left out."""
    for name in FORMATS:
        out = folder / f"{path.stem}.{name}"
        subprocess.run([TRANSALP, "convert", path, "--schema", schema, "-o", out, "--keep-invalid", "--quiet"],
                       capture_output=True, check=False)
        back = subprocess.run([TRANSALP, "convert", out, "--schema", schema, "--to", "json", "--pretty", "--quiet"],
                              capture_output=True, check=False)
        same = subprocess.run([TRANSALP, "convert", path, "--schema", schema, "--to", "json", "--pretty", "--quiet"],
                              capture_output=True, check=False)
        if out.exists() and json.loads(back.stdout or "0") == json.loads(same.stdout or "1"):
            yield out


def check_good(folder):
    for name, (schema, rules) in GOOD.items():
        path = next(SAMPLES.glob(f"{name}.*"))
        files = list(convert(path, schema, folder))
        hold(len(files) == len(FORMATS), f"{name}: only {[f.suffix for f in files]} give it back")
        for file in files:
            findings, _ = check(file, schema)
            hold([f.get("rule") for f in findings] == rules and {f["level"] for f in findings} <= {"warning"},
                 f"{file.name}: {[f['message'] for f in findings]}")
            hold(all(f["related"] for f in findings), f"{file.name}: a place is missing")


def check_faulty(folder):
    rows = ROW.findall((SAMPLES / "faulty" / "README.md").read_text(encoding="utf-8"))
    files = {p.stem for p in (SAMPLES / "faulty").glob("*.json")}
    hold({row[0] for row in rows} == files, f"README and files differ: {files ^ {row[0] for row in rows}}")
    for name, schema, code, level, path in rows:
        for file in convert(SAMPLES / "faulty" / f"{name}.json", schema, folder):
            findings, unchecked = check(file, schema)
            if not findings and unchecked:
                skipped.append(file.name)
                continue
            got = [(f["code"], f["level"], f["path"] or ".") for f in findings]
            hold(got == [(code, level, path)], f"{file.name}: {got}, expected {code} at {path}")


def main():
    with tempfile.TemporaryDirectory() as name:
        check_good(pathlib.Path(name))
        check_faulty(pathlib.Path(name))
    if skipped:
        print("skipped: keywords that are not checked yet:", *skipped)
    for fault in faults:
        print(fault)
    print(f"{passed} passed, {len(faults)} failed" + (f", {len(skipped)} skipped" if skipped else ""))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
