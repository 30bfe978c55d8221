# SPDX-License-Identifier: MIT
"""What normalizing makes of numbers, amounts, dates and their like: each row of tests/normalize/values.csv, in CSV and in JSON,
and values torn at random: what comes out once stays when it comes in again.

A rule with "object" behind it stands at a place with members; the context is an option, or "beside VALUE": what else the
column has. Each row is a column of its own, so that no other value decides for it."""
import collections
import csv
import json
import os
import pathlib
import random
import subprocess
import tempfile

import _normal
from tally import finish, hold

SEED = int(os.environ.get("SEED", "1"))
OPTIONS = {"": [], "fix": ["--fix-suggested"], "dmy": ["--date-order", "dmy"], "mdy": ["--date-order", "mdy"],
           "comma": ["--decimal", ","], "point": ["--decimal", "."]}
TEXT, NUMBER, KEPT = {"type": "string"}, {"type": "number"}, {"type": "string", "x-normalize": False}
MEASURE = {"value": NUMBER, "min": NUMBER, "max": NUMBER, "qualifier": TEXT, "currency": TEXT, "per": TEXT, "outOf": NUMBER,
           "unit": TEXT, "raw": KEPT}
PERIOD = {"start": TEXT, "end": TEXT, "duration": TEXT, "raw": KEPT}
MEMBERS = {"amount object": MEASURE, "quantity object": MEASURE, "period object": PERIOD, "date object": {"date": TEXT, "raw": KEPT}}
TYPES = {"number": "number", "integer": "integer", "amount": "number", "percent": "number", "fraction": "number",
         "quantity": "number", "yesno": "boolean"}
NOISE = [" ", "\u00a0", "\u202f", ".", ",", "-", "–", "/", "0", "9", "1", "à", "de", "M", "€", "%", "'", "(", ")", "é", "\u0301",
         "\U0001d4d0", "½", "mai", "ans", "1.500"]


def schema_of(rule):
    if rule in MEMBERS:
        return {"type": "object", "x-normalize": rule.split()[0], "properties": MEMBERS[rule]}
    if rule == "day":
        return {"type": "string", "format": "date"}
    if rule == "integer":
        return {"type": "integer"}
    return {"type": TYPES.get(rule, "string"), "x-normalize": rule}


def convert(data, schema, options, target):
    report = target.parent / "report.json"
    done = subprocess.run([_normal.TRANSALP, "convert", data, "--schema", schema, "--normalize", "--all", "--ignore", "type",
                           "--keep-invalid", "--report", f"json={report}", "-o", target, *options], capture_output=True, check=False, timeout=300)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode()[-2000:])
    told = json.loads(report.read_text(encoding="utf-8"))
    hold(_normal.adds_up(told["summary"]["files"][0]), f"the totals do not add up: {told['summary']}")
    return told["findings"]


def write_data(path, columns):
    """[(value, another value of the column or "")]: two records."""
    heads = [f"v{i}" for i in range(len(columns))]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads, *zip(*columns)])
    else:
        records = [{head: value for head, value in zip(heads, row) if value} for row in zip(*columns)]
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def normalize(rules, columns, suffix, options):
    """[(value, finding's code or "")] of the first record; a second time nothing may change."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        schema, data = folder / "schema.json", folder / f"in{suffix}"
        once, twice, shown = folder / f"once{suffix}", folder / "twice.jsonl", folder / "shown.jsonl"
        schema.write_text(json.dumps({"type": "object", "properties": {f"v{i}": schema_of(rule) for i, rule in enumerate(rules)}}),
                          encoding="utf-8")
        write_data(data, columns)
        findings = convert(data, schema, options, shown)
        convert(data, schema, options, once)
        if "--decimal" not in options:
            convert(once, schema, options, twice)
            hold_same(rules, shown, twice, suffix)
        first = json.loads(shown.read_text(encoding="utf-8").splitlines()[0], parse_int=str, parse_float=str)
        line = 2 if suffix == ".csv" else 1
        said = {f["path"]: f["code"] for f in findings if f.get("line") == line and not f["code"].startswith("text-")}
        return [(first.get(f"v{i}"), said.get(f"v{i}", "")) for i in range(len(rules))]


def hold_same(rules, once, twice, suffix):
    """Of CSV only what stands in a column of its own: its cells cannot hold a text here and an object there."""
    pairs = zip(once.read_text(encoding="utf-8").splitlines(), twice.read_text(encoding="utf-8").splitlines())
    for a, b in ((json.loads(a, parse_float=str), json.loads(b, parse_float=str)) for a, b in pairs):
        wrong = [(rule, a.get(f"v{i}"), b.get(f"v{i}")) for i, rule in enumerate(rules)
                 if a.get(f"v{i}") != b.get(f"v{i}") and (suffix != ".csv" or rule not in MEMBERS)]
        hold(not wrong, f"{suffix}: normalized again: {wrong[:3]}")


def said_of(value):
    """A value as the table writes it; what was written must stand in raw."""
    if isinstance(value, dict):
        return ", ".join(f"{key}={part}" for key, part in value.items() if key != "raw")
    return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


def hold_table(table):
    groups = collections.defaultdict(list)
    for row in table:
        groups["" if row.context.startswith("beside ") else row.context].append(row)
    for context, rows in groups.items():
        rules = [row.rule for row in rows]
        columns = [(row.input, row.context.removeprefix("beside ") if row.context.startswith("beside ") else "") for row in rows]
        for suffix in (".csv", ".jsonl"):
            for row, (value, code) in zip(rows, normalize(rules, columns, suffix, OPTIONS[context])):
                got, want = (said_of(value), code), (row.output or row.input, row.finding)
                hold(got == want, f"{row.rule} {row.context}: {row.input!r} in {suffix}: expected {want}, got {got}")
                if isinstance(value, dict):
                    hold(value["raw"] == row.input, f"{row.rule}: {row.input!r} has raw {value['raw']!r}")


def tear(chance, value):
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(value))
        value = chance.choice([value[:at] + chance.choice(NOISE) + value[at:], value[:at] + value[at + 1:], value[:at] + value[at - 1:]])
    return value


def hold_torn(table):
    """Whatever comes in: what comes out stays, with and without suggestions."""
    chance = random.Random(SEED)
    for turn in range(6):
        rules = [row.rule for row in table]
        columns = [(tear(chance, row.input), chance.choice(["", tear(chance, row.input)])) for row in table]
        for suffix in (".csv", ".jsonl"):
            normalize(rules, columns, suffix, OPTIONS["fix" if turn % 2 else ""])


AMBIGUOUS = ["1.500", "1,500", "-2.000", "12,500", "1.500 €", "1,500 EUR", "12,500 %", "1.500 - 2.000", "près de 1,500", "2 de 1.500"]
SHOWING = ["12,50", "12.50", "1.862.505,5", "1,862,505.5", "1'400.00", "12,50 €", "12.50 €", "près de 12,50", "1.234,5 - 2", "0,76", "7.5 %",
           "1500.00", "12,50 M€ par an", "7 des 12,5"]
DATES = ["02/07/2010", "1.2.2010", "02/07/2010 - 03/07/2010", "27/05/2014", "05/27/2014", "27.05.2014 10:30", "05/27/2014 - 05/28/2014",
         "27/05/14", "fin 05/2014", "Monday, 05/27/2014", "31/02/2014", "2014-05-27"]


def hold_mixtures(table):
    """Columns of values that are not certain beside others that show how they are meant, or contradict each other: what a second run
    decides, the first has decided."""
    chance = random.Random(f"{SEED} mixtures")
    for turn in range(8):
        rules, columns = [], []
        for rule in sorted({row.rule for row in table}) * 4:
            own = [row.input for row in table if row.rule == rule]
            pool = DATES if rule.split()[0] in ("date", "day", "period") else AMBIGUOUS + SHOWING
            rules.append(rule)
            columns.append([chance.choice(chance.choice([own, pool, pool])) for _ in range(6)])
        for suffix in (".csv", ".jsonl"):
            normalize(rules, columns, suffix, OPTIONS["fix" if turn % 4 == 3 else ""])
            edit(rules, columns, suffix)


def edit(rules, columns, suffix):
    """The same where the text is edited."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        schema, files = folder / "schema.json", [folder / f"{n}{suffix}" for n in ("in", "once", "twice")]
        schema.write_text(json.dumps({"type": "object", "properties": {f"v{i}": schema_of(rule) for i, rule in enumerate(rules)}}),
                          encoding="utf-8")
        write_data(files[0], columns)
        for source, target in zip(files, files[1:]):
            done = subprocess.run([_normal.TRANSALP, "normalize", source, "--schema", schema, "-o", target, "--quiet"], capture_output=True,
                                  check=False, timeout=300)
            hold(done.returncode in (0, 1), f"{suffix}: {done.stderr.decode()[-300:]}")
        once, twice = (path.read_text(encoding="utf-8").splitlines() for path in files[1:])
        hold(once == twice, f"{suffix}: edited again: {[pair for pair in zip(once, twice) if pair[0] != pair[1]][:2]}")


def main():
    print(f"seed {SEED}")
    table = _normal.rows("values.csv")
    hold(len(table) >= 250, f"{len(table)} rows")
    hold_table(table)
    hold_torn(table)
    hold_mixtures(table)
    finish()


if __name__ == "__main__":
    main()
