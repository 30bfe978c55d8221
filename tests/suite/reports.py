#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every form of report, several at once, over good, faulty and hostile data: each is what its readers take (SARIF by its
official schema, JUnit's XML by an XSD, GitLab's and our own JSON by schemas), no form shows a value that is personal, and a
killed run leaves whole files only. SEED takes other data."""
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import _reports  # noqa: E402
from _reports import FORMS, ROOT, TRANSALP  # noqa: E402
from tally import finish, hold  # noqa: E402

SARIF = "@microsoft/jest-sarif@1.0.0-beta.0"  # carries SARIF's official schema
SEED = int(os.environ.get("SEED", "1"))
HOSTILE = ["</script><script>alert(1)</script>", "<!--", "]]>", "&amp;", "a\u202eb", "\u2066x", "\x01\x1b[31m", "\x7f", "\x85", "\ufffe",
           "::error::x", "%0A%", "a,b:c", "\r\n", "\u2028", "\U0001f600", "'\"`", "\\", "é" * 40, "x" * 1000, "{found}", "&lt;"]
PERSONAL = "Planted7Zq"


def fetch_sarif(folder):
    """The official schema from the npm registry; None: it cannot be had here."""
    if not shutil.which("npm"):
        return None
    try:
        done = subprocess.run(["npm", "pack", "--silent", SARIF], cwd=folder, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    subprocess.run(["tar", "xzf", *(p.name for p in folder.glob("*.tgz"))], cwd=folder, check=True)
    return next(folder.glob("package/lib/schemas/sarif-2.1.0*.json"), None)


def hold_forms(files, sarif, what):
    found = list(_reports.faults(files, sarif))
    hold(not found, what, *found[:4])


def test_samples(folder, sarif):
    """All samples, good and faulty, against each schema and none: thousands of findings of most codes."""
    samples = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "samples").rglob("*.*") if p.suffix in (".csv", ".json", ".xml", ".yaml"))
    os.chdir(ROOT)
    for schema in ([], ["--schema", "member"], ["--schema", "project"], ["--schema", "cluster"]):
        files, done = _reports.write(folder, ["check", *samples, *schema])
        hold(done.returncode in (0, 1), "exit", done.returncode, done.stderr[:300])
        hold_forms(files, sarif, f"samples {schema}")
    files, done = _reports.write(folder, ["normalize", "samples/members-messy.csv", "--schema", "member", "-o", str(folder / "out.csv")])
    hold_forms(files, sarif, "normalize")
    files, done = _reports.write(folder, ["diff", "samples/members.csv", "samples/members-messy.csv", "--schema", "member"])
    hold_forms(files, sarif, "diff")
    files, done = _reports.write(folder, ["check", "none.csv", "--schema", "none.json"])
    hold(done.returncode == 2, "a schema that is not there: exit", done.returncode)
    hold_forms(files, sarif, "nothing read")


def hostile_value(rng):
    return "".join(rng.choice(HOSTILE + ["a", "b "]) for _ in range(rng.randrange(1, 4)))


def write_hostile(rng, folder):
    """A file with an invalid name and hostile keys and values; against a schema that nothing of it fits."""
    name = os.fsencode(str(folder)) + rng.choice([b"/\xff\xfe%s.json", b"/a b&<%s>.json", b"/\xe2\x80\xae%s:1.json", b"/%s%%0A,'.json"]) % (
        b"%d" % rng.randrange(100))
    records = [{hostile_value(rng): hostile_value(rng), "country": hostile_value(rng), "n": hostile_value(rng)} for _ in range(5)]
    with open(name, "w", encoding="utf-8") as file:
        json.dump(records, file, ensure_ascii=rng.random() < 0.3)
    keys = {key: {"maxLength": 0} for record in records[:3] for key in record if key != "country"}
    schema = {"type": "object", "properties": {**keys, "country": {"x-codes": "country"}, "n": {"type": "number"}}, "additionalProperties": False,
              "x-rules": [{"id": hostile_value(rng), "ref": "country", "in": "n"}, {"id": "d", "unique": "*", "by": ["n"], "over": "list"}]}
    if rng.random() < 0.7:
        del schema["x-rules"]
    (folder / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return name


def test_hostile(folder, sarif):
    rng = random.Random(SEED)
    for _ in range(25):
        data = folder / "data"
        data.mkdir()
        name = write_hostile(rng, data)
        files, done = _reports.write(folder, ["check", name, "--schema", str(data / "schema.json")], ["--records", "x"] * (rng.random() < 0.1))
        hold(done.returncode in (1, 2), "exit", done.returncode, done.stderr[:300])
        hold_forms(files, sarif, f"hostile {name!r}")
        shutil.rmtree(data)


def test_large(folder, sarif):
    """Values of a megabyte, and more findings than any form tells."""
    big = folder / "big.json"
    big.write_text(json.dumps([{"a": "é" * 500_000, "\x01" * 300_000: 1}, {"a": "<" * 1_000_000}]), encoding="utf-8")
    (folder / "schema.json").write_text('{"type": "object", "properties": {"a": {"type": "number"}}, "additionalProperties": false}')
    files, _ = _reports.write(folder, ["check", str(big), "--schema", str(folder / "schema.json")])
    hold_forms(files, sarif, "values of a megabyte")
    hold(files["html"].stat().st_size < 1 << 20, "a page of", files["html"].stat().st_size, "bytes for four findings")
    many = folder / "many.csv"
    many.write_text("a,b\n" + "x,y\n" * 26_000)
    files, _ = _reports.write(folder, ["check", str(many), "--schema", str(folder / "schema.json")])
    hold_forms(files, sarif, "52,000 findings")
    told = json.loads(files["sarif"].read_text())["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    hold("left out" in told[0]["message"]["text"], "what SARIF leaves out is not told")


def write_personal(folder, key):
    """Records with planted values, some of which are wrong, beside each other and in lists, in each format."""
    shape = {"type": "string", "x-personal": True, "pattern": "^[a-z]+$", "maxLength": 3}
    schema = {"type": "object", "additionalProperties": False, "required": ["id"], "x-key": [key],
              "properties": {"id": {"type": "string", "maxLength": 2}, "mail": {**shape, "format": "email"}, "age": {"type": "integer", "x-personal": True},
                             "country": {"type": "string", "x-codes": "country", "x-personal": True},
                             "fee": {"type": "number"}, "other": {"type": "string", "enum": ["a"]}},
              "x-rules": [{"id": "same", "compare": ["mail", "=", "country"]}, {"id": "once", "over": "list", "unique": "*", "by": ["mail"]}]}
    (folder / "schema.json").write_text(json.dumps(schema))
    rows = [{"id": "long id", "mail": f"{PERSONAL}1@x", "age": f"{PERSONAL}2", "country": f"{PERSONAL}3", "fee": 1.5, "other": "b"},
            {"mail": f"{PERSONAL}1@x", "age": f"{PERSONAL}4", "country": f"{PERSONAL}3", "fee": 2.5, "other": "c"}]
    (folder / "p.json").write_text(json.dumps(rows))
    (folder / "line.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"id": "1", "mail": ' + PERSONAL + "}\n")
    (folder / "p.yaml").write_text("".join(f"- {json.dumps(row)}\n" for row in rows))
    (folder / "p.csv").write_text("id,mail,age,country,fee,other\n" + "".join(
        ",".join(str(row.get(name, "")) for name in ("id", "mail", "age", "country", "fee", "other")) + "\n" for row in rows))
    (folder / "p.xml").write_text("<list>" + "".join("<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in row.items()) + "</item>\n"
                                                     for row in rows) + "</list>\n")


def test_personal(folder, sarif):
    for key, name in itertools.product(("id", "mail"), ("p.json", "line.jsonl", "p.yaml", "p.csv", "p.xml")):
        write_personal(folder, key)
        more = ["--records", "list.item"] if name == "p.xml" else []
        files, done = _reports.write(folder, ["check", str(folder / name), "--schema", str(folder / "schema.json")], more)
        hold(done.returncode == 1, name, "exit", done.returncode, done.stderr[:300])
        hold_forms(files, sarif, name)
        for form in FORMS:
            hold(PERSONAL.encode() not in files[form].read_bytes(), f"{form} shows a personal value of {name}")
        hold(PERSONAL.encode() not in done.stdout + done.stderr, f"text shows a personal value of {name}")
        hold(b"[personal]" in files["html"].read_bytes(), f"nothing is kept back in the page of {name}")


def apply_fixes(file, findings):
    """The file with each fix in its place; what was fixed."""
    lines = file.read_text(encoding="utf-8").split("\n")
    fixed = [finding for finding in findings if "fix" in finding]
    for finding in sorted(fixed, key=lambda f: (f["line"], f["column"]), reverse=True):
        line = lines[finding["line"] - 1]
        hold(finding["line"] == finding["end_line"], "a fix over several lines")
        lines[finding["line"] - 1] = line[:finding["column"] - 1] + finding["fix"] + line[finding["end_column"] - 1:]
    file.write_text("\n".join(lines), encoding="utf-8")
    return fixed


def test_fixes(folder, sarif):
    """In each format: what a fix says, written where it says, mends the finding and nothing else."""
    rows = [("M-1", "a, b", "Allemagne"), ("M-2", "Norvège", "Norvège"), ("M-3", 'c "d"', "fra"), ("M-4", "FRANCE", "FRANCE")]
    files = {"csv": "id,name,country\n" + "".join('{},"{}",{}\n'.format(i, n.replace('"', '""'), c) for i, n, c in rows),
             "json": json.dumps([dict(zip(("id", "name", "country"), row)) for row in rows], indent=1, ensure_ascii=False),
             "yaml": "".join(f"- {{id: {i}, name: {json.dumps(n)}, country: {c}}}\n" for i, n, c in rows),
             "xml": "<members>\n" + "".join(f"<member id='{i}'><name>{n}</name><country>{c}</country></member>\n" for i, n, c in rows)
                    + "</members>\n"}
    for form, text in files.items():
        file = folder / f"list.{form}"
        file.write_text(text, encoding="utf-8")
        reports, _ = _reports.write(folder, ["check", str(file), "--schema", "member"])
        hold_forms(reports, sarif, file.name)
        before = json.loads(reports["json"].read_text(encoding="utf-8"))["findings"]
        fixed = apply_fixes(file, before)
        reports, _ = _reports.write(folder, ["check", str(file), "--schema", "member"])
        after = json.loads(reports["json"].read_text(encoding="utf-8"))["findings"]
        wanted = [(f["code"], f["path"]) for f in before if f not in fixed]
        hold(len(fixed) == len(rows) and [(f["code"], f["path"]) for f in after] == wanted, form, [f["message"] for f in after])


def test_killed(folder, _sarif):
    """A run is killed while its reports are under way: what stood there stands there, and nothing else."""
    rng = random.Random(SEED)
    old = {form: f"the {form} report of yesterday" for form in FORMS}
    for _ in range(6):
        place = folder / "reports"
        place.mkdir()
        for form in FORMS:
            (place / form).write_text(old[form])
        wishes = [word for form in FORMS for word in ("--report", f"{form}={place / form}")]
        with subprocess.Popen([TRANSALP, "check", "-", "--from", "csv", "--schema", "member", *wishes], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            run.stdin.write(b"id,name,country\n" + b"M 1,x,UK\n" * rng.randrange(1, 20_000))
            run.stdin.flush()
            time.sleep(rng.random() / 10)
            run.kill()
        hold({p.name: p.read_text() for p in place.iterdir()} == old, "a killed run left", sorted(place.iterdir()))
        shutil.rmtree(place)


def main():
    print(f"seed {SEED}")
    with tempfile.TemporaryDirectory(prefix="transalp-reports-") as top:
        top = pathlib.Path(top)
        (top / "npm").mkdir()
        sarif = fetch_sarif(top / "npm")
        if not sarif:
            print("skipped SARIF's official schema: it cannot be fetched here")
        for name, test in sorted(globals().items()):
            if not name.startswith("test_"):
                continue
            (top / name).mkdir()
            test(top / name, sarif)
    finish()


if __name__ == "__main__":
    main()
