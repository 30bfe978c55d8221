#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The pages that tools/fields writes are in docs/ as it writes them now, and they tell of every field."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tally import finish, hold

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = {"cluster": "cluster.md", "member": "members.md", "project": "projects.md"}


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-B", ROOT / "tools" / "fields", folder], check=True)
        for name, page in PAGES.items():
            text = (pathlib.Path(folder) / page).read_text(encoding="utf-8")
            hold(text == (ROOT / "docs" / page).read_text(encoding="utf-8"), f"docs/{page} is out of date: run tools/fields")
            table = subprocess.run([os.environ["TRANSALP"], "schemas", name, "--fields"], capture_output=True, check=True)
            fields = [line.split()[0].split(".") for line in table.stdout.decode().splitlines()[1:]]
            told = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
            missing = {path[-1] for path in fields} - told - {"*"}
            hold(not missing, f"docs/{page} does not tell of {sorted(missing)}")
    finish()


if __name__ == "__main__":
    main()
