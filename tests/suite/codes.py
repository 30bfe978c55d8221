# SPDX-License-Identifier: MIT
"""The code lists: each country by its name in eight languages and by what people write, no word for two countries, every
code of the Debian package iso-codes (where that is installed), and every row sound by itself."""
import csv
import json
import os
import pathlib
import re
import subprocess

from tally import finish, hold

TRANSALP = os.environ["TRANSALP"]
TOP = pathlib.Path(__file__).resolve().parent.parent.parent
LISTS = TOP / "schemas" / "codes"
ISO = pathlib.Path("/usr/share/iso-codes/json")
DATE = re.compile(r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?\Z")
LANGUAGES = ["name", *(f"name:{language}" for language in "fr de it es nl pt el".split())]
# What lists of members write that the standards' own names do not have.
MISSES = {"Russie": "RU", "Russie, Fédération de": "RU", "Turquie": "TR", "Turkey": "TR", "Türkiye": "TR", "Macédoine": "MK",
          "UK": "GB", "USA": "US", "Grande-Bretagne": "GB", "Holland": "NL", "Hollande": "NL", "England": "GB",
          "Kosovo": "XK", "Union européenne": "EU", "ΕΛΛΑΔΑ": "GR", "EL": "GR", "Tchéquie": "CZ", "République tchèque": "CZ",
          "Corée du Sud": "KR", "Pays-Bas": "NL", "Allemagne": "DE", "XI": "GB"}


def rows_of(name):
    with open(LISTS / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def look_up(name, words):
    """The codes that words mean; where one means none, all is asked again one by one."""
    done = subprocess.run([TRANSALP, "codes", name, *words, "--as", "code"], capture_output=True, text=True, check=False)
    codes = done.stdout.split()
    if len(codes) == len(words):
        return codes
    return [""] if len(words) == 1 else [look_up(name, [word])[0] for word in words]


def test_names():
    countries = [row for row in rows_of("country") if not row["valid-to"]]
    codes = [row["code"] for row in countries]
    for head in LANGUAGES + ["code:alpha3", "code:numeric"]:
        named = [row for row in countries if row[head]]
        hold(len(named) >= len(countries) - (head == "code:numeric") * 2 - (head == "code:alpha3"), f"{head}: names are missing")
        for row, code in zip(named, look_up("country", [row[head] for row in named])):
            hold(code == row["code"], f"{head}: {row[head]} is {code}, not {row['code']}")
    hold(len(set(codes)) == len(codes) == 251, f"{len(codes)} countries")
    for word, code in zip(MISSES, look_up("country", list(MISSES))):
        hold(code == MISSES[word], f"{word} is {code}, not {MISSES[word]}")


def test_words():
    """No two countries that there are share a word, whatever its case and accents."""
    words = {}
    for row in rows_of("country"):
        if not row["valid-to"]:
            texts = [row[head] for head in row if head.split(":")[0] in ("code", "name")] + row["aliases"].split(";")
            for text in filter(None, texts):
                words.setdefault(text, row["code"])
    for word, code in zip(words, look_up("country", list(words))):
        hold(code == words[word], f"{word} is {code}, not {words[word]}")


def test_rows():
    package = json.loads((LISTS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    hold(sorted(r["path"] for r in package) == sorted(p.name for p in LISTS.glob("*.csv")), "datapackage.json names other files")
    hold(all(r.get("version") and r.get("sources") and r.get("licenses") for r in package), "a list without source or licence")
    for name in [r["name"] for r in package]:
        rows = rows_of(name)
        known = {row["code"] for row in rows} | {row["code"] for row in rows_of("country")}
        for row in rows:
            dates = DATE.match(row.get("valid-from", "")) and DATE.match(row.get("valid-to", ""))
            next_codes = set(filter(None, row.get("successor", "").split(";")))
            hold(row["code"] and dates and next_codes <= known, f"{name}: {row['code']}: {row}")
        hold(len(look_up(name, [rows[0]["code"]])) == 1, f"{name} cannot be read")


def test_iso():
    def iso(part):
        return next(iter(json.loads((ISO / f"iso_{part}.json").read_text(encoding="utf-8")).values()))

    if not ISO.exists():
        print("skipped: iso-codes is not installed")
        return
    wanted = {"country": [(r["alpha_2"], r["alpha_3"], r["numeric"]) for r in iso("3166-1")],
              "subdivision": [(r["code"],) for r in iso("3166-2")],
              "currency": [(r["alpha_3"],) for r in iso("4217")],
              "language": [(r["alpha_2"], r["alpha_3"]) for r in iso("639-2") if "alpha_2" in r]}
    for name, codes in wanted.items():
        known = {row["code"]: row for row in reversed(rows_of(name))}  # the first row of a code is that of today
        for code, *others in codes:
            row = known.get(code, {})
            cells = [row.get("code:alpha3"), row.get("code:numeric")]
            hold(row and all(other in cells for other in others), f"{name}: {code} {others} is not known")
    former = {(row["code"], row["code:alpha3"]) for row in rows_of("country")}
    for r in iso("3166-3"):
        own = r["alpha_2"] if "alpha_2" in r else r["alpha_4"][:2]
        hold(own in {code for code, _ in former}, f"withdrawn {r['alpha_4']} is not known")


def main():
    test_names()
    test_words()
    test_rows()
    test_iso()
    finish()


if __name__ == "__main__":
    main()
