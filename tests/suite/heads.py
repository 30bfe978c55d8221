#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Heads and data told apart: no head of a real file is doubted, and of the files without one each is noticed."""
import glob
import os
import subprocess
import tempfile

from tally import finish, hold

TRANSALP = os.environ["TRANSALP"]
TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SHARED = os.environ.get("SHARED", os.path.join(TOP, "..", "shared"))

# Real heads that look odd.
HEADS = {
    "years": "country,2019,2020,2021\nFR,1,2019,3\nDE,2,2,2\n",
    "dates": "country,2020-01-01,2020-02-01\nFR,1,2\nDE,3,4\n",
    "numbered": ",0,1,2\n".replace(",", "row,", 1) + "a,0.1,0.2,0.3\nb,1,2,3\n",
    "quantiles": "model,0.05,0.5,0.95\na,1.5,2.5,9\nb,1.2,2.2,8\n",
    "answers": "id,Red,Green\n1,Red,\n2,,Green\n3,Red,Green\n",
    "twice": "id,name\n1,a\nid,name\n2,b\n",
    "one": "name\nname\nothers\n",
    "questions": "Q1,Q2,Q3\nyes,no,4\nno,no,5\n",
}
# Data without a head.
HEADLESS = {
    "mail": "Exemple,jean@example.org\nAutre,a@example.com\n",
    "dates": "a,2008-10-01\nb,2011-04-30\n",
    "dates fr": "a;1.10.2008\nb;30.4.2011\n",
    "numbers": "1,Alice,30\n2,Bob,25\n3,Eve,41\n",
    "iris": "5.1,3.5,1.4,0.2,setosa\n4.9,3.0,1.4,0.2,setosa\n6.3,3.3,6.0,2.5,virginica\n",
    "codes": "M-001,Exemple,FR\nM-002,Autre,DE\nM-003,Zeta,FR\n",
}


def findings(path):
    done = subprocess.run([TRANSALP, "check", path, "--from", "csv", "--no-auto-schema", "--quiet", "--color", "never", "--all"], capture_output=True, timeout=120)
    return done.stdout.decode("utf-8", "replace")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for kind, files, doubted in (("head", HEADS, False), ("no head", HEADLESS, True)):
            for name, text in files.items():
                path = os.path.join(folder, "a.csv")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                said = findings(path)
                hold(("[csv-head-data]" in said) == doubted, f"{kind}: {name}", said)
        real = sorted(glob.glob(os.path.join(TOP, "samples", "**", "*.csv"), recursive=True)) + sorted(glob.glob(os.path.join(SHARED, "data", "*.csv")))
        for path in real:
            said = findings(path)
            hold("[csv-head-data]" not in said, f"real head: {os.path.basename(path)}", said)
        if not os.path.isdir(os.path.join(SHARED, "data")):
            print("skipped the downloaded files: no ../shared/data")
    finish()


main()
