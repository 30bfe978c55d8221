# SPDX-License-Identifier: MIT
"""26 real projects with their partners inside, put together from CORDIS's two files, in all formats: they obey the rules of
the schema `project`, and one cent more anywhere is one finding that points at both places. And the two files as they are,
joined by a file of rules."""
import copy
import decimal
import json
import os
import pathlib
import random
import subprocess
import tempfile

from exact import dump
from tally import finish, hold, skip

TRANSALP = os.environ["TRANSALP"]
FORMATS = ["json", "csv", "yaml", "xml"]
TOTALS = [{"id": "contribution", "over": "list", "sum": "*.ecContribution", "by": "projectID", "in": "project.FORMAT:id",
           "equals": ".ecMaxContribution"},
          {"id": "one-coordinator", "over": "list", "count": "*", "by": "projectID", "in": "project.FORMAT:id",
           "where": {"required": ["role"], "properties": {"role": {"const": "coordinator"}}}, "equals": 1},
          {"id": "three-countries", "over": "list", "distinct": "*.country", "by": "projectID", "min": 3},
          {"id": "dates", "compare": [".startDate", "<", ".endDate"], "as": "date", "by": "projectID",
           "in": "project.FORMAT:id"},
          {"id": "share", "compare": ["ecContribution", "<=", ".ecMaxContribution"], "by": "projectID",
           "in": "project.FORMAT:id", "if": {"not": {"properties": {"ecContribution": {"const": ""}}}}},
          {"id": "known", "ref": "projectID", "in": "project.FORMAT:id"},
          {"id": "role-once", "over": "list", "unique": "*", "by": ["projectID", "organisationID", "role"]}]
COUNTRIES = {"UK": "GB", "EL": "GR", "FI;FI": "FI"}
PROJECT = ["acronym", "title", "startDate", "endDate", "totalCost", "ecMaxContribution"]
PARTNER = {"name": "name", "role": "role", "order": "order", "ecContribution": "ecContribution", "totalCost": "totalCost"}
RULES = [{"id": "known", "ref": "projectID", "in": "project.json:id"},
         {"id": "role-once", "over": "list", "unique": "*", "by": ["projectID", "organisationID", "role"]},
         {"id": "one-name", "over": "list", "depends": "*", "from": "organisationID", "to": "fold(name)",
          "severity": "warning"},
         {"id": "one-country", "over": "list", "depends": "*", "from": "organisationID", "to": "country",
          "severity": "warning"}]
CENT = decimal.Decimal("0.01")


def load(path):
    return json.loads(path.read_text(encoding="utf-8"), parse_float=decimal.Decimal)


def build(folder):
    projects, partners = (load(folder / f"cordis-h2020-{n}.json") for n in ("project", "organization"))
    made = []
    for project in projects:
        inside = []
        for partner in sorted((p for p in partners if p["projectID"] == project["id"]), key=lambda p: p["order"]):
            row = {new: partner[old] for old, new in PARTNER.items() if partner[old] != ""}
            country = partner["country"]
            inside.append(row | {"pic": str(partner["organisationID"]), "country": COUNTRIES.get(country, country)})
        made.append({"id": str(project["id"])} | {k: project[k] for k in PROJECT if project[k] != ""} |
                    {"partners": inside})
    return made


def run(*words):
    return subprocess.run([TRANSALP, *map(str, words)], capture_output=True, text=True, check=False)


def check(path, *words):
    done = run("check", path, "--ignore", "schema-unchecked", "--report", "json", "--all", *words)
    return json.loads(done.stdout)["findings"], done.stderr.strip()


def text_at(path, place):
    return path.read_text(encoding="utf-8").splitlines()[place["line"] - 1][place["column"] - 1:]


def write_all(folder, projects):
    """{format: file}"""
    files = {"json": folder / "projects.json"}
    files["json"].write_text(dump(projects), encoding="utf-8")
    for name in FORMATS[1:]:
        files[name] = folder / f"projects.{name}"
        done = run("convert", files["json"], "--schema", "project", "-o", files[name], "--keep-invalid", "--quiet")
        hold(files[name].exists(), f"{name}: {done.stderr}")
    return {name: path for name, path in files.items() if path.exists()}


def check_clean(files):
    for name, path in files.items():
        findings, said = check(path, "--schema", "project")
        hold(not findings, f"{name}: {len(findings)} findings, the first: {findings[:1]}")
        hold("26 records, 0 errors" in said and "skipped" not in said, f"{name}: {said}")


def starts_with(path, place, number):
    return text_at(path, place).lstrip('"').startswith(str(number))


def check_cent(folder, projects, changed, partner):
    """partner: the index of one whose contribution grows by a cent; None: the total shrinks by one."""
    projects = copy.deepcopy(projects)
    project = projects[changed]
    owner, field = (project, "ecMaxContribution") if partner is None else (project["partners"][partner], "ecContribution")
    owner[field] += -CENT if partner is None else CENT
    for name, path in write_all(folder, projects).items():
        findings, _ = check(path, "--schema", "project")
        where = f"{name}: project {changed}, partner {partner}"
        if len(findings) != 1:
            hold(False, f"{where}: {len(findings)} findings")
            continue
        found = findings[0]
        hold(found["code"] == "rule-sum" and found["rule"] == "contribution-total" and "difference 0.01" in found["message"],
             f"{where}: {found}")
        hold(starts_with(path, found, project["ecMaxContribution"]), f"{where}: points at {text_at(path, found)[:20]}")
        amounts = [p["ecContribution"] for p in project["partners"] if "ecContribution" in p][:20]
        hold(len(found["related"]) == len(amounts) and
             all(starts_with(path, place, amount) for place, amount in zip(found["related"], amounts)),
             f"{where}: the related places are not the amounts")


def check_joined(folder, data):
    """The two files as they are published, with rules of one's own."""
    (folder / "rules.json").write_text(json.dumps(RULES))
    (folder / "project.json").write_bytes((data / "cordis-h2020-project.json").read_bytes())
    partners = json.loads((data / "cordis-h2020-organization.json").read_text(encoding="utf-8"))
    (folder / "organization.json").write_text(json.dumps(partners, ensure_ascii=False), encoding="utf-8")
    names, countries = {}, {}
    for partner in partners:
        names.setdefault(partner["organisationID"], set()).add(partner["name"].casefold())
        countries.setdefault(partner["organisationID"], set()).add(partner["country"])
    run("convert", folder / "organization.json", "-o", folder / "organization.csv", "--quiet")
    for path in (folder / "organization.json", folder / "organization.csv"):
        findings, said = check(path, "--rules", folder / "rules.json")
        codes = [f["rule"] for f in findings]
        hold("1076 records, 0 errors" in said, f"{path.name}: {said}")
        hold(codes.count("one-country") == sum(len(c) > 1 for c in countries.values()), f"{path.name}: {codes}")
        hold(codes.count("one-name") <= sum(len(n) - 1 for n in names.values()), f"{path.name}: {codes}")
    partners[500]["projectID"] = 1
    (folder / "organization.json").write_text(json.dumps(partners), encoding="utf-8")
    findings, _ = check(folder / "organization.json", "--rules", folder / "rules.json")
    hold([f["path"] for f in findings if f["rule"] == "known"] == ["projectID"], f"a project that is none: {findings[:3]}")


def write_pair(folder, projects, partners):
    """The two files in all formats, and the rules that join them."""
    for name, rows in (("project", projects), ("organization", partners)):
        source = folder / f"{name}.json"
        source.write_text(dump(rows), encoding="utf-8")
        for form in FORMATS[1:]:
            run("convert", source, "-o", folder / f"{name}.{form}", "--quiet")
    for form in FORMATS:
        (folder / f"totals-{form}.json").write_text(json.dumps(TOTALS).replace("FORMAT", form))


def check_totals(folder, data):
    """Totals of one file against the amounts of the other, in all formats."""
    projects, partners = (load(data / f"cordis-h2020-{n}.json") for n in ("project", "organization"))
    pick = random.Random(99)
    write_pair(folder, projects, partners)
    for form in FORMATS:
        findings, said = check(folder / f"organization.{form}", "--rules", folder / f"totals-{form}.json")
        hold(not findings and "1076 records, 0 errors" in said, f"totals in {form}: {findings[:1]} {said}")
    for owner in ("project", "organization", "organization"):
        changed = copy.deepcopy({"project": projects, "organization": partners})
        row = pick.choice([r for r in changed[owner] if r.get("ecContribution", 1) != ""])
        row["ecMaxContribution" if owner == "project" else "ecContribution"] += CENT
        write_pair(folder, changed["project"], changed["organization"])
        for form in FORMATS:
            check_total(folder, form, row["id" if owner == "project" else "projectID"], changed)


def check_total(folder, form, project, changed):
    """One finding, in the one file with the amounts, and beside them the total in the other."""
    path, where = folder / f"organization.{form}", f"a cent in {form}, project {project}"
    findings, _ = check(path, "--rules", folder / f"totals-{form}.json")
    if len(findings) != 1:
        hold(False, f"{where}: {len(findings)} findings")
        return
    found, (*amounts, total) = findings[0], findings[0]["related"]
    paid = [p["ecContribution"] for p in changed["organization"] if p["projectID"] == project and p["ecContribution"] != ""]
    most = next(p["ecMaxContribution"] for p in changed["project"] if p["id"] == project)
    hold(found["rule"] == "contribution" and "difference 0.01" in found["message"] and str(project) in found["message"],
         f"{where}: {found}")
    hold(found["file"] == str(path) and starts_with(path, found, project), f"{where}: points at {text_at(path, found)[:20]}")
    hold(amounts and all(starts_with(path, place, amount) for place, amount in zip(amounts, paid)),
         f"{where}: the related places are not the amounts")
    other = folder / f"project.{form}"
    hold(total["file"] == str(other) and starts_with(other, total, most), f"{where}: the total is at {total}")


def main():
    if "SHARED" not in os.environ:
        skip("the CORDIS files are not here")
    data = pathlib.Path(os.environ["SHARED"]) / "data"
    projects, pick = build(data), random.Random(26)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = write_all(folder, projects)
        check_clean(files)
        for changed in pick.sample(range(len(projects)), 5):
            paid = [i for i, p in enumerate(projects[changed]["partners"]) if "ecContribution" in p]
            for partner in (None, pick.choice(paid)):
                check_cent(folder, projects, changed, partner)
        check_joined(folder, data)
        check_totals(folder, data)
    finish()


if __name__ == "__main__":
    main()
