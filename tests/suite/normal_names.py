# SPDX-License-Identifier: MIT
"""What normalizing makes of codes, addresses and identifiers: each row of tests/normalize/names.csv, every country's name in
eight languages, values torn at random, and CORDIS's two files: what comes out once stays when it comes in again."""
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
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NOISE = [" ", "\u00a0", ".", "-", ";", "0", "9", "A", "z", "é", "@", "/", ":", "(0)", "+", "\u200b", "ß", "\U0001d4d0", "\u0301", "'"]


def hold_countries():
    """Every name of every country of today leads to its code."""
    with (ROOT / "schemas" / "codes" / "country.csv").open(encoding="utf-8", newline="") as file:
        table = [row for row in csv.DictReader(file) if not row["valid-to"]]
    names = [(row[head], row["code"]) for row in table for head in row if head.split(":")[0] == "name" and row[head]]
    schema = _normal.schema_of("country country")
    out, _ = _normal.normalize(schema, [("", name) for name, _ in names], ".csv")
    for (name, code), (got, _) in zip(names, out):
        hold(got == code, f"country: {name!r} becomes {got!r}, expected {code}")
    hold(len(names) > 1900, f"{len(names)} names of countries")


def tear(chance, value):
    """A value with characters put in, taken out or doubled."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(value))
        value = chance.choice([value[:at] + chance.choice(NOISE) + value[at:], value[:at] + value[at + 1:], value[:at] + value[at - 1:]])
    return value


def hold_torn(rule, table):
    """Whatever comes in: what comes out stays, with and without suggestions."""
    chance = random.Random(f"{SEED} {rule}")
    cases = [(_normal.country_of(row), tear(chance, row.input)) for row in table for _ in range(12)]
    for options in ([], ["--fix-suggested"]):
        for suffix in (".csv", ".jsonl"):
            schema = _normal.schema_of(rule)
            out, summary = _normal.normalize(schema, cases, suffix, options)
            hold(_normal.adds_up(summary), f"{rule}: {summary}")
            again, _ = _normal.normalize(schema, [(c, v) for (c, _), (v, _) in zip(cases, out)], suffix, options)
            wrong = [(c, a, b) for c, a, b in zip(cases, out, again) if a[0] != b[0]]
            hold(not wrong, f"{rule}{suffix} {options}, seed {SEED}: {wrong[:3]}")


def convert(source, options, folder):
    target, report = folder / "out.json", folder / "report.json"
    done = subprocess.run([_normal.TRANSALP, "convert", source, "--schema", "member", "--normalize", "--keep-invalid", "-o", target,
                           "--report", f"json={report}", *options], capture_output=True, text=True, check=False, timeout=300)
    summary = json.loads(report.read_text(encoding="utf-8"))["summary"]["files"][0]
    hold(done.returncode in (0, 1) and _normal.adds_up(summary), f"{source.name}: {done.stderr[-300:]} {summary}")
    return target.read_bytes()


def hold_cordis():
    """The two files of CORDIS under their maps: the totals add up, and a second time nothing changes."""
    if "SHARED" not in os.environ:
        return False
    data, maps = pathlib.Path(os.environ["SHARED"]) / "data", ROOT / "samples" / "maps"
    for source, map_file in (("cordis-dashboard-export-2021-400.csv", "cordis-dashboard.yaml"),
                             ("cordis-h2020-organization.json", "cordis-organization.yaml")):
        with tempfile.TemporaryDirectory() as name:
            once = convert(data / source, ["--map", maps / map_file], pathlib.Path(name))
            copy = pathlib.Path(name) / "once.json"
            copy.write_bytes(once)
            hold(convert(copy, [], pathlib.Path(name)) == once, f"{source}: normalized again, it is another file")
    return True


def hold_messy():
    """The messy list: each value is told once, the totals add up, each rule of the schema has something to do, twice = once."""
    source, rules = ROOT / "samples" / "members-messy.csv", {"blanks", "country", "code", "region", "legalform", "phone", "url", "email",
                                                             "date", "amount", "number", "yesno", "siren", "siret", "vat", "lei", "ror", "pic"}
    with tempfile.TemporaryDirectory() as name:
        report, once, twice = (pathlib.Path(name) / n for n in ("report.json", "once.csv", "twice.csv"))
        command = [_normal.TRANSALP, "normalize", "--schema", "member", "--quiet", "--report", f"json={report}"]
        subprocess.run([*command, source, "-o", once], check=False, timeout=60, capture_output=True)
        told = json.loads(report.read_text(encoding="utf-8"))
        summary = told["summary"]["files"][0]
        changed = [f for f in told["findings"] if f["level"] == "note" and f["message"].startswith("changed")]
        refused = [f for f in told["findings"] if f["level"] == "error"]
        hold(summary["records"] == 40 and _normal.adds_up(summary), f"the messy list: {summary}")
        hold(len(changed) == summary["values_changed"] and len(refused) == summary["values_refused"],
             f"the messy list: {len(changed)} changes and {len(refused)} refusals, and {summary}")
        places = [(f["line"], f["path"]) for f in changed + refused]
        hold(len(places) == len(set(places)), "the messy list: a value is told twice")
        done = {f["code"].split("-")[0] for f in changed}
        hold(rules <= done, f"the messy list: {rules - done} have nothing to do")
        subprocess.run([*command, once, "-o", twice], check=False, timeout=60, capture_output=True)
        hold(once.read_bytes() == twice.read_bytes(), "the messy list: normalized again, it is another file")


def main():
    print(f"seed {SEED}")
    table = _normal.rows("names.csv")
    hold(len(table) >= 200, f"{len(table)} rows")
    for (rule, words), part in _normal.groups(table).items():
        _normal.hold_group(rule, words, part, hold)
    for rule in sorted({row.rule for row in table}):
        hold_torn(rule, [row for row in table if row.rule == rule])
    hold_countries()
    hold_messy()
    real = hold_cordis()
    if not real:
        print("skipped: the published files are not here")
    finish(skipped=0 if real else 1)


if __name__ == "__main__":
    main()
