#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs every command that README.md and docs/*.md show, and compares what they say comes of it.

A block marked ```console holds commands (lines that begin with `$ `, continued by a backslash) and what they print, on
standard output and standard error together. The blocks of a file run one after the other in one folder that has a copy of
samples/. A line of `...` stands for any number of lines. A comment `<!-- not run: why -->` before a block leaves it out;
commands that begin with ./dev are the set-up itself and are left out too. --update writes what comes."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r"(<!-- not run: [^>]*-->\n)?^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UPDATE = "--update" in sys.argv


def split_block(text):
    """[(command, its lines as written, expected lines)]"""
    steps = []
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("$ "):
            written = [line]
            while written[-1].endswith("\\"):
                written.append(next(lines))
            command = "".join(part.strip().removesuffix("\\") for part in written)[2:]
            steps.append((command, written, []))
        elif steps:
            steps[-1][2].append(line)
    return steps


def run(command, folder):
    done = subprocess.run(["sh", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace").splitlines(), done.returncode


def matches(expected, got):
    """Whether the lines are the same, where a line of dots stands for any lines."""
    if not expected:
        return not got
    if expected[0] == "...":
        return any(matches(expected[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and expected[0] == got[0] and matches(expected[1:], got[1:])


def check_file(path):
    passed = failed = 0
    text = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="transalp-docs-") as folder:
        shutil.copytree(ROOT / "samples", pathlib.Path(folder) / "samples")
        shutil.copytree(ROOT / "schemas", pathlib.Path(folder) / "schemas")

        def block(match):
            nonlocal passed, failed
            if match[1]:
                return match[0]
            out = []
            for command, lines, expected in split_block(match[2]):
                out += lines
                if command.startswith("./dev"):
                    out += expected
                    continue
                got, status = run(command, folder)
                if matches(expected, got) and status < 3:
                    passed += 1
                elif not UPDATE:
                    failed += 1
                    print(f"{path.relative_to(ROOT)}: $ {command}\n  exit {status}, printed:\n    " + "\n    ".join(got[:30]))
                out += expected if matches(expected, got) else got
            return "```console\n" + "\n".join(out) + "\n```"

        written = BLOCK.sub(block, text)
        if UPDATE and written != text:
            path.write_text(written, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return passed, failed


def main():
    passed = failed = 0
    os.environ["LC_ALL"] = "C"
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        if path.exists():
            p, f = check_file(path)
            passed, failed = passed + p, failed + f
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
