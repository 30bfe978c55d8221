#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two real files of CORDIS mapped to the schema `member` by samples/maps, to XML and back: what comes out is what a program
of a few lines makes of the same rows, the way back gives the mapped cells, and the second turn the same bytes."""
import csv
import json
import os
import pathlib
import subprocess
import tempfile

from tally import finish, hold, skip

TRANSALP = os.environ["TRANSALP"]
MAPS = pathlib.Path(__file__).resolve().parent.parent.parent / "samples" / "maps"
KINDS = {"PRC": "company", "HES": "university", "REC": "research", "PUB": "public", "OTH": "other", "PRC;PRC": "company"}
COUNTRIES = {"EL": "GR", "UK": "GB", "FI;FI": "FI"}


def dashboard(row):
    return {"id": "-".join([row["project_id"], row["pic"], row["partner_role"]]), "name": row["legal_name"],
            "kind": KINDS[row["legal_entity_type"]], "sme": {"Yes": True, "No": False}[row["sme_flag"]],
            "role": row["partner_role"].lower(), "country": COUNTRIES.get(row["country_code"], row["country_code"]),
            "region": row["nuts_3_name"], "nuts": row["nuts_3_code"], "locality": row["city"],
            "vat": row["legal_entity_vat"], "pic": row["pic"]}


def organization(row):
    return {"id": "-".join([row["projectID"], row["organisationID"], row["role"]]), "name": row["name"],
            "alternateNames": [name.strip(" ") for name in row["shortName"].split("|") if row["shortName"]],
            "kind": KINDS.get(row["activityType"], ""), "sme": {"true": True, "false": False}.get(row["SME"], ""),
            "role": row["role"], "country": COUNTRIES.get(row["country"], row["country"]), "nuts": row["nutsCode"],
            "locality": row["city"], "postalCode": row["postCode"], "street": row["street"], "url": row["contactForm"],
            "vat": row["vatNumber"], "pic": row["organisationID"]}


FILES = [("cordis-dashboard-export-2021-400.csv", "cordis-dashboard", ",", dashboard, ("", ".", "-")),
         ("derived-cordis-h2020-organization.csv", "cordis-organization", ";", organization, ("",))]


def convert(*words):
    done = subprocess.run([TRANSALP, "convert", *map(str, words), "--schema", "member", "--keep-invalid", "--quiet"],
                          capture_output=True, text=True, timeout=120, check=False)
    hold(done.returncode < 2, f"convert {words}: {done.stderr[:500]}")
    return done.stderr


def rows_of(path, delimiter):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def check_file(folder, source, name, delimiter, expect, nothing):
    told = MAPS / f"{name}.yaml"
    mapped, listed, back, again = (folder / f for f in ("a.xml", "a.json", "back.csv", "again.xml"))
    said = convert(source, "--map", told, "-o", mapped)
    hold(not any(code in said for code in ("map-missing", "map-unknown", "map-clash")), f"{name}: {said[:300]}")
    convert(mapped, "-o", listed)
    rows = rows_of(source, delimiter)
    got = json.loads(listed.read_text(encoding="utf-8"))
    hold(len(got) == len(rows), f"{name}: {len(got)} records of {len(rows)} rows")
    for number, (row, record) in enumerate(zip(rows, got), 2):
        want = {key: value for key, value in expect(row).items() if value not in nothing and value != []}
        hold(record == want, f"{name}, row {number}: {record} is not {want}")
    convert(mapped, "--out-map", told, "-o", back)
    for number, (row, returned) in enumerate(zip(rows, rows_of(back, ",")), 2):
        changed = {head: (cell, row[head]) for head, cell in returned.items()
                   if head in row and cell != row[head] and row[head] not in nothing + ("PRC;PRC", "FI;FI")}
        hold(not changed, f"{name}, row {number} on the way back: {changed}")
    convert(back, "--map", told, "-o", again)
    hold(again.read_bytes() == mapped.read_bytes(), f"{name}: other bytes on the second turn")


def main():
    if "SHARED" not in os.environ:
        skip("the CORDIS files are not here")
    with tempfile.TemporaryDirectory() as name:
        for file, *rest in FILES:
            check_file(pathlib.Path(name), pathlib.Path(os.environ["SHARED"]) / "data" / file, *rest)
    finish()


main()
