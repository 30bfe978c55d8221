#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Schemas from data that is made to hurt: deep, wide, of endless names, long texts and numbers. Each is described within seconds
and little memory, whatever its size, and fits what was made of it."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TRANSALP = os.environ["TRANSALP"]
SANITIZED = bool(os.environ.get("SANITIZE"))
SECONDS, MIB = (100, 800) if SANITIZED else (20, 100)
DEEP = '{"a":' * 990 + "1" + "}" * 990

CASES = {
    "deep.json": DEEP,
    "deep-lists.json": "[" * 990 + "]" * 990,
    "names.json": "{" + ",".join(f'"name {i}":{i}' for i in range(100000)) + "}",
    "new-names.jsonl": "".join(f'{{"a{i}":1,"b":{{"c{i}":"x"}}}}\n' for i in range(100000)),
    "many-places.json": json.dumps({f"a{i}": {f"b{j}": {"c": j} for j in range(200)} for i in range(200)}),
    "columns.csv": ",".join(f"c{i}" for i in range(20000)) + "\n" + ",".join("1" * 20000) + "\n",
    "nested-columns.csv": ",".join(f"a.{i}.b" for i in range(5000)) + "\n" + ",".join("x" * 5000) + "\n",
    "semicolons.csv": "a,b\n" + ('"' + ";".join("x" * 100000) + '",1\n') * 2,
    "long.jsonl": json.dumps({"t": "é" * 4000000, "n": 1}) + "\n" + '{"t":"","n":' + "9" * 1000000 + "}\n",
    "exponents.json": '[{"n":1e999999999},{"n":-1e-999999999},{"n":0.' + "0" * 100000 + "1}]",
    "values.jsonl": "".join(f'{{"id":"{i}","v":{i}}}\n' for i in range(300000)),
    "mixed.jsonl": "".join(line + "\n" for line in ('{"a":1}', '{"a":"x"}', '{"a":null}', '{"a":[{}]}', '{"a":{"b":true}}') * 5000),
    "elements.xml": "<r>" + "<a><b/><b>1</b><c x='1'>2</c></a>" * 50000 + "</r>",
    "names.xml": "<r>" + "".join(f"<a{i} b{i}='1'/>" for i in range(20000)) + "</r>",
    "nothing.json": "[]", "null.json": "null", "blank.json": "[{},{}]",
}


def run(folder, *words):
    start = time.monotonic()
    child = subprocess.Popen([TRANSALP, *words, "--quiet"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    took, mib = time.monotonic() - start, usage.ru_maxrss / 1024
    wrong = [f"exit {child.returncode}: {out[:200].decode('utf-8', 'replace')}"] if child.returncode else []
    wrong += [f"{took:.1f} s"] * (took > SECONDS) + [f"{mib:.0f} MiB"] * (mib > MIB)
    return wrong


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, text in CASES.items():
            (folder / file).write_text(text, encoding="utf-8")
            wrong = run(folder, "infer", file, "--ranges", "-o", "s.json")
            wrong = wrong or run(folder, "check", file, "--schema", "./s.json", "--assert-formats")
            wrong = wrong or run(folder, "infer", file, "--merge", "./s.json", "-o", "t.json")
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print(file, *wrong)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
