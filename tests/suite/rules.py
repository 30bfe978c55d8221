# SPDX-License-Identifier: MIT
"""Each operator against a second, plain implementation (_oracle.py), on random records: which rules fail on which record,
and how often each was skipped, must be the same. The seed is fixed; RULES_SEED takes another."""
import collections
import decimal
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import _oracle

TRANSALP = os.environ["TRANSALP"]
RECORDS = 1500
ROLE = {"properties": {"role": {"const": "b"}}}
RULES = [
    {"sum": "items.*.a", "equals": "total"}, {"sum": "items.*.a", "equals": "total", "complete": True},
    {"sum": "items.*.a", "max": 3, "tolerance": {"abs": "0.5"}}, {"sum": ["total", "limit"], "min": "1", "max": "4"},
    {"sum": "items.*.a", "where": ROLE, "equals": "total", "tolerance": {"rel": "0.5"}},
    {"each": "items.*", "sum": [".a", ".b"], "equals": "total"},
    {"each": "items.*", "product": [".a", "0.5", "total"], "equals": ".b", "tolerance": {"abs": 1}},
    {"product": ["total", "limit"], "max": 2}, {"product": ["total", "total"], "min": "limit"},
    {"count": "items.*", "equals": "total"}, {"count": "items.*", "where": ROLE, "max": 1},
    {"count": "items.*.a", "min": 2, "if": {"required": ["limit"]}}, {"count": "refs.*", "max": 2},
    {"distinct": "items.*.role", "max": 1}, {"distinct": ["items.*.a", "total"], "min": 2, "complete": True},
    {"distinct": "refs.*", "equals": "total"}, {"distinct": "items.*.a", "where": ROLE, "max": 1},
    {"unique": "items.*", "by": [".role", ".a"]}, {"unique": "refs.*"}, {"unique": "items.*", "by": ".name"},
    {"unique": "items.*", "by": ["fold(.name)"]}, {"unique": "items.*"}, {"unique": "items.*", "by": ".a", "where": ROLE},
    {"depends": "items.*", "from": ".role", "to": ".a"}, {"depends": "items.*", "from": "fold(.name)", "to": ".role"},
    {"depends": "items.*", "from": [".role", ".a"], "to": "fold(.name)", "if": {"required": ["total"]}},
    {"ref": "total", "in": "refs.*"}, {"ref": "refs.*", "in": "items.*.a"}, {"each": "items.*", "ref": ".a", "in": "refs.*"},
    {"ref": "items.*.a", "in": "refs.*", "where": ROLE}, {"each": "items.*", "ref": ".role", "in": ".name"},
    {"compare": ["total", "<=", "limit"]}, {"compare": ["total", "<", "limit"], "as": "text"},
    {"compare": ["total", "=", "limit"], "as": "number", "tolerance": {"abs": "0.3"}},
    {"compare": ["total", ">", "1"]}, {"each": "items.*", "compare": [".a", ">=", ".b"]},
    {"compare": ["start", "<=", "end"], "as": "date"}, {"compare": ["start", "<", "end"], "as": "date"},
    {"compare": ["start", "=", "end"], "as": "date"}, {"compare": ["start", ">", "end"], "as": "date"},
    {"compare": ["start", ">=", "end"], "as": "date"},
    {"duration": ["start", "end"], "equals": "duration"}, {"duration": ["start", "end"], "equals": "P1Y"},
    {"duration": ["start", "end"], "min": "P1M", "max": "P2Y6M"}, {"duration": ["start", "end"], "max": "duration"},
    {"prefix": "code", "of": "prefix"}, {"prefix": "code", "of": {"map": "nuts-prefix", "value": "prefix"}},
    {"each": "items.*", "prefix": ".name", "of": ".role"}, {"prefix": "items.*.name", "of": "prefix", "where": ROLE},
    {"atLeastOne": ["total", "code", "refs.*"]}, {"allOrNone": ["total", "limit", "items.*.b"]},
    {"onlyOneOf": ["total", "limit", "code"]}, {"each": "items.*", "allOrNone": [".a", ".b"]},
]
LIST_RULES = [
    {"over": "list", "unique": "*", "by": ["code", "total"]}, {"over": "list", "unique": "*", "by": "fold(name)"},
    {"over": "list", "depends": "*", "from": "fold(name)", "to": "code"},
    {"over": "list", "depends": "*", "from": "total", "to": ["prefix", "fold(name)"]},
]


def random_number(pick):
    return pick.choice([0, 1, 1, 2, 3, decimal.Decimal("1.0"), decimal.Decimal("0.5"), decimal.Decimal("-1.25"),
                        decimal.Decimal("2.50"), "1", "2.5", "x", "", None, True, decimal.Decimal("1e1")])


def random_date(pick):
    year = pick.choice(["2019", "2020", "2021"])
    month = f"{year}-{pick.randint(1, 12):02}"
    return pick.choice([year, month, f"{month}-{pick.randint(1, 31):02}", f"{month}-{pick.randint(1, 28):02}", "soon", ""])


def random_name(pick):
    return pick.choice(pick.choice(_oracle.NAMES))


def random_duration(pick):
    return pick.choice(["P1Y", "P2Y", "P6M", "P1M", "P18M", "P30D", "P4W", "P1Y1D", "P0D", "long"])


def some(pick, values):
    """An object with some of these members."""
    return {name: make() for name, make in values.items() if pick.random() < 0.75}


def random_record(pick):
    def item():
        return some(pick, {"a": lambda: random_number(pick), "b": lambda: random_number(pick),
                           "role": lambda: pick.choice(["a", "b", "E", ""]), "name": lambda: random_name(pick)})
    return some(pick, {
        "total": lambda: random_number(pick), "limit": lambda: random_number(pick), "start": lambda: random_date(pick),
        "end": lambda: random_date(pick), "duration": lambda: random_duration(pick), "name": lambda: random_name(pick),
        "code": lambda: pick.choice(["EL30", "UKJ1", "FRK2", "GR30", "", "30"]),
        "prefix": lambda: pick.choice(["GR", "GB", "FR", "", 3, "Ł", "E"]),
        "refs": lambda: [random_number(pick) for _ in range(pick.randint(0, 4))],
        "items": lambda: pick.choice([None, "", 1, []]) if pick.random() < 0.15 else
        [item() for _ in range(pick.choice([0, 1, 2, 3, 4, 15]))]})


def dump(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {dump(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(dump, value)) + "]"
    return str(value) if isinstance(value, decimal.Decimal) else json.dumps(value, ensure_ascii=False)


def expected(rules, records):
    """({(rule, record)} that fail, {rule: how often it was skipped})"""
    failed, skipped = set(), collections.Counter()
    for rule in rules:
        made = [[o] for o in _oracle.list_outcomes(rule, records)] if "over" in rule else \
            [_oracle.outcomes(rule, record) for record in records]
        for number, outcomes in enumerate(made, 1):
            skipped[rule["id"]] += outcomes.count(None)
            if False in outcomes:
                failed.add((rule["id"], number))
    return failed, +skipped


def found(folder, rules, records):
    (folder / "rules.json").write_text(json.dumps(rules), encoding="utf-8")
    data = folder / "data.jsonl"
    data.write_text("".join(dump(r) + "\n" for r in records), encoding="utf-8")
    done = subprocess.run([TRANSALP, "check", data, "--rules", folder / "rules.json", "--report", "json", "--all",
                           "--error", "skipped"], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"status {done.returncode}: {done.stderr}{done.stdout}")
    findings = json.loads(done.stdout)["findings"]
    skipped = {f["rule"]: f["count"] for f in findings if f["code"] == "skipped-rule"}
    return {(f["rule"], f["record"]) for f in findings if f["code"] != "skipped-rule"}, skipped


def main():
    pick = random.Random(int(os.environ.get("RULES_SEED", "6")))
    rules = [{"id": f"{i}-{next(n for n in rule if n in _oracle.OPERATORS)}"} | rule
             for i, rule in enumerate(RULES + LIST_RULES)]
    records = [random_record(pick) for _ in range(RECORDS)]
    with tempfile.TemporaryDirectory() as name:
        got_failed, got_skipped = found(pathlib.Path(name), rules, records)
    want_failed, want_skipped = expected(rules, records)
    failed = 0
    for rule in rules:
        label = rule["id"]
        differ = sorted(n for r, n in got_failed ^ want_failed if r == label)
        same = not differ and got_skipped.get(label, 0) == want_skipped[label]
        failed += not same
        if not same:
            print(f"{rule}: skipped {got_skipped.get(label, 0)}, expected {want_skipped[label]}")
        for number in differ[:2]:
            print(f"    {'found' if (label, number) in got_failed else 'not found'} on {dump(records[number - 1])}")
    ran = {r for r, _ in want_failed}
    for rule in rules:
        if rule["id"] not in ran:
            print(f"{rule}: fails on no record, so that the test says little")
            failed += 1
    print(f"{len(rules) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
