#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Words that blanks split: the founding texts give the five that they have and no other, whole and line by line; joined, they
are whole; published prose of many projects gives none."""
import json
import os
import pathlib
import subprocess
import tempfile

from tally import finish, hold, skip

TRANSALP = os.environ["TRANSALP"]
SCHEMA = {"properties": {"text": {"type": "string", "x-normalize": "splitword"}}}
KNOWN = ["rech erche", "S ud", "économi que", "Biocluste r", "San té"]


def normalize(texts, *options):
    """The texts as they come out, and all that was found in them."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
        (folder / "in.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        done = subprocess.run([TRANSALP, "normalize", folder / "in.jsonl", "--schema", folder / "schema.json", *options],
                              capture_output=True, text=True, check=False, timeout=120)
        return [json.loads(line)["text"] for line in done.stdout.splitlines()], done.stderr


def hold_text(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for texts in ([" ".join(" ".join(lines).split())], lines):
        want = [word for word in KNOWN if any(word in text for text in texts)]
        _, said = normalize(texts)
        hold(all(f'"{word}" ({word.replace(" ", "")})' in said for word in want), f"{path.name}: {said}")
        hold(said.count('" (') == len(want), f"{path.name}: more than {want}: {said}")
        joined, _ = normalize(texts, "--fix-suggested")
        hold(not any(word in text for word in want for text in joined), f"{path.name}: not joined")
        hold(normalize(joined, "--fix-suggested")[0] == joined, f"{path.name}: twice is not once")


def main():
    if "SHARED" not in os.environ:
        skip("the founding texts are not here")
    shared = pathlib.Path(os.environ["SHARED"])
    for path in sorted((shared / "seeds").glob("*.txt")):
        hold_text(path)
    projects = json.loads((shared / "data" / "cordis-h2020-project.json").read_text(encoding="utf-8"))
    prose = [project.get("objective") or "" for project in (projects if isinstance(projects, list) else next(iter(projects.values())))]
    hold("splitword" not in normalize(prose)[1], "published prose has split words")
    finish()


if __name__ == "__main__":
    main()
