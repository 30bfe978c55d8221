# SPDX-License-Identifier: MIT
"""Each operator against a second, plain implementation (_oracle.py), on random records: which rules fail on which record,
and how often each was skipped, must be the same. SEED takes other data."""
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
from exact import dump

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
    {"valid": "code", "codes": "codes.csv", "at": "start"}, {"valid": "code", "codes": "codes.csv", "at": "2018"},
    {"valid": "items.*.code", "codes": "codes.csv", "at": "end", "where": ROLE},
    {"atLeastOne": ["total", "code", "refs.*"]}, {"allOrNone": ["total", "limit", "items.*.b"]},
    {"onlyOneOf": ["total", "limit", "code"]}, {"each": "items.*", "allOrNone": [".a", ".b"]},
]
LIST_RULES = [
    {"over": "list", "unique": "*", "by": ["code", "total"]}, {"over": "list", "unique": "*", "by": "fold(name)"},
    {"over": "list", "depends": "*", "from": "fold(name)", "to": "code"},
    {"over": "list", "depends": "*", "from": "total", "to": ["prefix", "fold(name)"]},
]
JOIN = {"by": "key", "in": "other.json:id"}
RULES += [rule | JOIN for rule in [
    {"compare": ["total", "<=", ".most"]}, {"compare": [".start", "<", "end"], "as": "date"},
    {"compare": [".most", ">", ".least"], "as": "number"}, {"compare": ["code", "=", ".code"], "as": "text"},
    {"product": ["total", ".least"], "max": ".most"}, {"sum": "items.*.a", "equals": ".most", "tolerance": {"abs": 1}},
    {"count": "items.*", "min": ".least"}, {"distinct": "items.*.role", "max": ".least"}]]
GROUP_RULES = [{"over": "list"} | rule for rule in [
    {"sum": "*.total", "by": "key", "max": 3}, {"sum": ["*.total", "*.limit"], "by": ["code", "prefix"], "equals": 2},
    {"sum": "*.items.*.a", "by": ["fold(name)", "key"], "min": 1}, {"sum": "*.total", "by": ["code", "prefix", "start"], "max": 1, "complete": True},
    {"count": "*", "by": "key", "max": 7}, {"count": "*", "by": "key", "max": 4, "where": {"required": ["refs"]}},
    {"count": "*.items.*", "by": "prefix", "where": ROLE, "max": 3, "if": {"required": ["limit"]}},
    {"distinct": "*.code", "by": "key", "max": 3}, {"distinct": "*.items.*.role", "by": ["key", "code"], "max": 2},
    {"sum": "*.total", "equals": ".most"} | JOIN, {"sum": "*.items.*.b", "min": ".least", "tolerance": {"rel": "0.5"}} | JOIN,
    {"sum": "*.limit", "max": ".most", "where": {"required": ["total"]}} | JOIN, {"count": "*", "max": ".most"} | JOIN,
    {"count": "*", "min": 1, "where": {"required": ["total", "code", "end", "start", "duration", "name"]}} | JOIN,
    {"distinct": "*.code", "equals": ".least"} | JOIN]]


def random_quantity(pick):
    return some(pick, {"value": lambda: pick.randint(0, 3), "min": lambda: pick.choice([0, "1", decimal.Decimal("2.5")]),
                       "max": lambda: pick.choice([1, 3]), "qualifier": lambda: pick.choice([*_oracle.QUALIFIERS, "x", ""])}
                if pick.random() < 0.4 else {"value": lambda: pick.randint(0, 3),
                                             "qualifier": lambda: pick.choice([*_oracle.QUALIFIERS])})


def random_key(pick):
    return pick.choice([*range(300), "1", "2", "x1", "x2", "", None, True, decimal.Decimal("1.0")])


def random_row(pick):
    """A record of the other file."""
    return {"id": random_key(pick)} | some(pick, {
        "most": lambda: pick.choice([0, 1, "2.5", "x", 90, ""]), "least": lambda: pick.choice([0, 1, "5", None]),
        "start": lambda: random_date(pick), "code": lambda: pick.choice(["EL30", "FRK2"])})


def random_number(pick):
    if pick.random() < 0.1:
        return random_quantity(pick)
    return pick.choice([0, 1, 1, 2, 3, decimal.Decimal("1.0"), decimal.Decimal("0.5"), decimal.Decimal("-1.25"),
                        decimal.Decimal("2.50"), "1", "2.5", "x", "", None, True, decimal.Decimal("1e1")])


def random_date(pick):
    year = pick.choice(["2019", "2020", "2021"])
    month = f"{year}-{pick.randint(1, 12):02}"
    return pick.choice([year, month, f"{month}-{pick.randint(1, 31):02}", f"{month}-{pick.randint(1, 28):02}", "soon", ""])


def random_name(pick):
    return pick.choice(pick.choice(_oracle.NAMES))


def random_code(pick):
    return pick.choice(["EL30", "UKJ1", "FRK2", "GR30", "", "30"])


def random_duration(pick):
    return pick.choice(["P1Y", "P2Y", "P6M", "P1M", "P18M", "P30D", "P4W", "P1Y1D", "P0D", "long"])


def some(pick, values):
    """An object with some of these members."""
    return {name: make() for name, make in values.items() if pick.random() < 0.75}


def random_record(pick):
    def item():
        return some(pick, {"a": lambda: random_number(pick), "b": lambda: random_number(pick),
                           "role": lambda: pick.choice(["a", "b", "E", ""]),
                           "code": lambda: random_code(pick), "name": lambda: random_name(pick)})

    def items():
        made = [item() for _ in range(pick.choice([0, 1, 2, 3, 4, 15]))]
        return made + made[:1] if pick.random() < 0.05 else made
    return some(pick, {
        "total": lambda: random_number(pick), "limit": lambda: random_number(pick), "start": lambda: random_date(pick),
        "end": lambda: random_date(pick), "duration": lambda: random_duration(pick), "name": lambda: random_name(pick),
        "code": lambda: random_code(pick),
        "key": lambda: random_key(pick),
        "prefix": lambda: pick.choice(["GR", "GB", "FR", "", 3, "Ł", "E"]),
        "refs": lambda: [random_number(pick) for _ in range(pick.randint(0, 4))],
        "items": lambda: pick.choice([None, "", 1, []]) if pick.random() < 0.15 else
        items()})


def dump_list(values):
    return "[" + ",\n".join(map(dump, values)) + "]"


def expected(rules, records, others):
    """({(rule, record)} that fail, {rule: how often it was skipped}); of groups they are only numbered"""
    failed, skipped = set(), collections.Counter()
    for rule in rules:
        made = [_oracle.outcomes(rule, record, others) for record in records] if "over" not in rule else \
            [[o] for o in _oracle.list_outcomes(rule, records)] if "unique" in rule or "depends" in rule else \
            [[o] for o in sorted(_oracle.group_outcomes(rule, records, others), key=lambda o: o is not False)]
        for number, outcomes in enumerate(made, 1):
            skipped[rule["id"]] += outcomes.count(None)
            if False in outcomes:
                failed.add((rule["id"], number))
    return failed, +skipped


def found(folder, rules, records, others):
    (folder / "other.json").write_text(dump_list(others), encoding="utf-8")
    rows = [f"{code},{first},{last}\n" for code, (first, last) in _oracle.CODE_DAYS.items()]
    (folder / "codes.csv").write_text("code,valid-from,valid-to\n" + "".join(rows), encoding="utf-8")
    (folder / "rules.json").write_text(json.dumps(rules), encoding="utf-8")
    data = folder / "data.jsonl"
    data.write_text("".join(dump(r) + "\n" for r in records), encoding="utf-8")
    done = subprocess.run([TRANSALP, "check", data, "--rules", folder / "rules.json", "--report", "json", "--all",
                           "--error", "skipped"], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"status {done.returncode}: {done.stderr}{done.stdout}")
    findings = json.loads(done.stdout)["findings"]
    skipped = {f["rule"]: f["count"] for f in findings if f["code"] == "skipped-rule"}
    failed, groups = set(), collections.Counter()
    for finding in findings:
        if finding["code"] != "skipped-rule":
            groups[finding["rule"]] += "record" not in finding
            failed.add((finding["rule"], finding.get("record", groups[finding["rule"]])))
    return failed, skipped


def main():
    pick = random.Random(int(os.environ.get("SEED", "1")))
    rules = [{"id": f"{i}-{next(n for n in rule if n in _oracle.OPERATORS)}"} | rule
             for i, rule in enumerate(RULES + LIST_RULES + GROUP_RULES)]
    records = [random_record(pick) for _ in range(RECORDS)]
    others = [random_row(pick) for _ in range(250)]
    with tempfile.TemporaryDirectory() as name:
        got_failed, got_skipped = found(pathlib.Path(name), rules, records, others)
    want_failed, want_skipped = expected(rules, records, others)
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
