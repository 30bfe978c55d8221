# SPDX-License-Identifier: MIT
"""Values and what normalizing makes of them: tables of tests/normalize, run in CSV and in JSON, twice.

A row: rule (with the code list behind a blank), input, context (words: a country, options such as fix), output (empty: the
input stays), finding (empty: nothing is said), source."""
import collections
import csv
import json
import os
import pathlib
import subprocess
import tempfile

TRANSALP = os.environ["TRANSALP"]
OPTIONS = {"fix": ["--fix-suggested"], "mdy": ["--date-order", "mdy"], "dmy": ["--date-order", "dmy"]}
Row = collections.namedtuple("Row", "rule input context output finding source")


def rows(name):
    path = pathlib.Path(__file__).resolve().parent.parent / "normalize" / name
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def schema_of(rule, types="string"):
    """One value beside its country, which stays as it is."""
    name, _, codes = rule.partition(" ")
    value = {"type": types, "x-normalize": name} | ({"x-codes": codes} if codes else {})
    kept = {"type": "string", "x-normalize": False}
    return {"type": "object", "properties": {"n": kept, "country": kept, "it": value}}


def country_of(row):
    return next((word for word in row.context.split() if word.isupper()), "")


def write_data(path, cases):
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, quoting=csv.QUOTE_ALL)
            out.writerow(["n", "country", "it"])
            out.writerows([str(i), country, value] for i, (country, value) in enumerate(cases))
    else:
        path.write_text("".join(json.dumps({"n": str(i), "country": country, "it": value}, ensure_ascii=False) + "\n"
                                for i, (country, value) in enumerate(cases)), encoding="utf-8")


def normalize(schema, cases, suffix, options=()):
    """[(value, finding's code or "")] for [(country, value)], and the totals; what the schema's check says is left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        data, report = folder / f"in{suffix}", folder / "report.json"
        (folder / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
        write_data(data, cases)
        done = subprocess.run([TRANSALP, "convert", data, "--schema", folder / "schema.json", "--normalize", "--to", "jsonl", "--all",
                               "--show-personal", "--report", f"json={report}", "--ignore", "type",
                               "--ignore", "code-unknown", *options], capture_output=True, check=False, timeout=300)
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr.decode()[-2000:])
        values = [json.loads(line).get("it") for line in done.stdout.decode().splitlines()]
        said = [""] * len(values)
        told = json.loads(report.read_text(encoding="utf-8"))
        for finding in told["findings"]:
            if finding.get("path") == "it":
                said[finding["line"] - (2 if suffix == ".csv" else 1)] = finding["code"]
        return list(zip(values, said)), told["summary"]["files"][0]


def adds_up(summary):
    """Whether each value that was seen is unchanged, changed or refused."""
    return summary["values_seen"] == sum(summary[f"values_{what}"] for what in ("unchanged", "changed", "refused"))


def groups(table):
    """Rows that one run takes: one rule, one set of options."""
    found = collections.defaultdict(list)
    for row in table:
        words = tuple(word for word in row.context.split() if not word.isupper())
        found[row.rule, words].append(row)
    return found


def hold_group(rule, words, table, hold, types="string"):
    """Each row in CSV and in JSON; and what comes out stays as it is when it comes in again."""
    options = [option for word in words for option in OPTIONS[word]]
    for suffix in (".csv", ".jsonl"):
        cases = [(country_of(row), row.input) for row in table]
        out, summary = normalize(schema_of(rule, types), cases, suffix, options)
        hold(adds_up(summary), f"{rule}: the totals of {suffix} do not add up: {summary}")
        for row, got in zip(table, out):
            want = (row.output or row.input, row.finding)
            hold(got == want, f"{rule} {row.context}: {row.input!r}{suffix}: expected {want}, got {got}")
        again, _ = normalize(schema_of(rule, types), [(c, v) for (c, _), (v, _) in zip(cases, out)], suffix, options)
        for row, first, second in zip(table, out, again):
            hold(first[0] == second[0], f"{rule}: {row.input!r}{suffix} becomes {first[0]!r}, and that {second[0]!r}")
