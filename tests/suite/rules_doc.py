# SPDX-License-Identifier: MIT
"""Runs each rule of docs/rules.md on the data beside it: it holds, fails with these words, and is skipped, where it says so."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TRANSALP = os.environ["TRANSALP"]
DOC = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "rules.md"
BLOCK = re.compile(r"^```rule\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def check(folder, data):
    """(messages, whether it was skipped)"""
    path = folder / "data.jsonl"
    values = json.loads(data)
    if not isinstance(values, list):
        path.write_text(data + "\n", encoding="utf-8")
    else:
        path.write_text("".join(json.dumps(v) + "\n" for v in values), encoding="utf-8")
    done = subprocess.run([TRANSALP, "check", path, "--rules", folder / "rules.json", "--report", "json", "--error",
                           "skipped"], capture_output=True, text=True, check=False)
    findings = json.loads(done.stdout)["findings"]
    return ([f["message"] for f in findings if f["code"] != "skipped-rule"],
            any(f["code"] == "skipped-rule" for f in findings))


def run_block(folder, lines):
    """What is wrong with a block, line by line."""
    said = [line[7:] for line in lines if line.startswith("says")]
    for line in lines:
        word, value = line[:7].strip(), line[7:]
        if word == "rule":
            (folder / "rules.json").write_text(f"[{value}]", encoding="utf-8")
        elif word == "file":
            name, text = value.split(" ", 1)
            (folder / name).write_text(text.replace("\\n", "\n"), encoding="utf-8")
        elif word != "says":
            want = {"holds": ([], False), "fails": (said, False), "skips": ([], True)}[word]
            got = check(folder, value)
            if got != want:
                yield f"{value}: {got}, expected {want}"


def main():
    passed = failed = 0
    for block in BLOCK.findall(DOC.read_text(encoding="utf-8")):
        with tempfile.TemporaryDirectory() as name:
            faults = list(run_block(pathlib.Path(name), block.splitlines()))
        passed, failed = passed + (not faults), failed + bool(faults)
        for fault in faults:
            print(fault)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
