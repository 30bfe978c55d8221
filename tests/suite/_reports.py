# SPDX-License-Identifier: MIT
"""What each form of report must be, whatever was reported: one function a form, which yields what is wrong."""
import html.parser
import json
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent / "reports"
TRANSALP = os.environ.get("TRANSALP", "transalp")
VOID = {"meta", "input"}
COMMAND = re.compile(r"::(error|warning|notice) (?:[a-zA-Z]+=(?:[^,:%]|%[0-9A-F]{2})*,?)*::.*")
FORMS = ["json", "sarif", "junit", "github", "gitlab", "html"]


def command(*words):
    return subprocess.run([os.fsencode(TRANSALP), *(os.fsencode(str(w) if isinstance(w, pathlib.Path) else w) for w in words)],
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)


def write(folder, words, more=()):
    """Runs a command with a report of every form; {form: its file}, and the run."""
    files = {form: folder / f"report.{form}" for form in FORMS}
    wishes = [word for form, file in files.items() for word in ("--report", f"{form}={file}")]
    return files, command(*words, *wishes, *more, "--quiet")


def fits(file, schema, form):
    """What our own check says against a schema."""
    done = command("check", file, "--from", form, "--schema", schema, "--quiet", "--ignore", "text-format-unchecked", "--ignore", "lint")
    if done.returncode:
        yield done.stdout.decode("utf-8", "replace")[:400] + done.stderr.decode("utf-8", "replace")[:400]


def known(value, schema, top, place="$"):
    """Members that the schema does not name: it lets them be, since there may be more one day."""
    while "$ref" in schema:
        schema = top["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, list):
        for item in value:
            yield from known(item, schema["items"], top, place + "[]")
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in schema.get("properties", {}):
                yield f"schemas/report.json does not name {place}.{name}"
            else:
                yield from known(inner, schema["properties"][name], top, f"{place}.{name}")


def read_json(file):
    return json.loads(file.read_text(encoding="utf-8"))


def faults_of_json(files, _sarif):
    schema = read_json(ROOT / "schemas" / "report.json")
    yield from fits(files["json"], "report", "json")
    yield from known(read_json(files["json"]), schema, schema)


def faults_of_sarif(files, sarif):
    if sarif:
        yield from fits(files["sarif"], sarif, "json")
    run = read_json(files["sarif"])["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    findings = read_json(files["json"])["findings"]
    if len(set(rules)) != len(rules) or set(rules) != {f["code"] for f in findings}:
        yield "the rules are not those of the findings"
    if len(run["results"]) != min(len(findings), 25000):
        yield f"{len(run['results'])} results of {len(findings)} findings"
    for result, finding in zip(run["results"], findings):
        if rules[result["ruleIndex"]] != result["ruleId"] or result["ruleId"] != finding["code"]:
            yield f"a result of {finding['code']} names {result['ruleId']}, number {result['ruleIndex']}"
        places = [place["physicalLocation"] for place in result.get("locations", [])]
        if finding.get("line") != (places[0].get("region", {}).get("startLine") if places else None):
            yield f"another line than {finding.get('line')}"
        if any(re.search(r"[^!-~]|^\./|\\", place["artifactLocation"]["uri"]) for place in places):
            yield f"no URI: {places}"
    if [result.get("fixes", [{}])[0].get("artifactChanges", [{}])[0].get("replacements", [{}])[0].get("insertedContent", {}).get("text")
            for result in run["results"]] != [finding.get("fix") for finding in findings][:25000]:
        yield "other fixes than in the JSON report"
    prints = [result["partialFingerprints"]["transalp/v1"] for result in run["results"]]
    if len(set(prints)) != len(prints):
        yield "two results have one fingerprint"


def faults_of_junit(files, _sarif):
    yield from fits(files["junit"], HERE / "junit.xsd", "xml")
    for suite in xml.etree.ElementTree.parse(files["junit"]).getroot():
        if int(suite.get("tests")) != len(suite) or int(suite.get("failures")) != len(suite.findall("testcase/failure")):
            yield f"the numbers of {suite.get('name')} are not those of its cases"


def faults_of_github(files, _sarif):
    text = files["github"].read_bytes()
    for line in text.decode("utf-8", "replace").split("\n")[:-1]:
        if not COMMAND.fullmatch(line):
            yield f"no workflow command: {line[:200]!r}"
    if text and not text.endswith(b"\n"):
        yield "the last line does not end"


def faults_of_gitlab(files, _sarif):
    yield from fits(files["gitlab"], HERE / "codequality.json", "json")
    prints = [issue["fingerprint"] for issue in read_json(files["gitlab"])]
    if len(set(prints)) != len(prints):
        yield "two issues have one fingerprint"


class Page(html.parser.HTMLParser):
    """Keeps what is open, and notes what would load or run something."""

    def __init__(self):
        super().__init__()
        self.open, self.faults, self.ids, self.items, self.scripts = [], [], [], 0, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.items += tag == "li" and "data-level" in given
        self.scripts += tag == "script"
        self.ids += [given["id"]] if "id" in given else []
        leads_within = tag == "a" and given in ({"href": "#findings"}, {"href": "#pictures"})
        loads = tag in ("link", "img", "iframe", "object", "embed", "base", "a") or {"src", "href", "style"} & set(given)
        if loads and not leads_within:
            self.faults.append(f"<{tag}> {given}")
        self.faults += [f"{name} runs something" for name in given if name.startswith("on")]
        if tag not in VOID and not (self.open and self.open[-1] == "svg"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


def faults_of_html(files, _sarif):
    text = files["html"].read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    page.close()
    yield from page.faults
    if page.open or page.scripts != 1 or len(set(page.ids)) != len(page.ids):
        yield f"left open {page.open}, {page.scripts} scripts, ids {page.ids}"
    if re.search("[\u0080-\u009f\u202a-\u202e\u2066-\u2069]", text):
        yield "a character that turns the direction, or controls, stands in the page"
    if len(text) > 48 << 20:
        yield f"{len(text)} bytes"
    findings = read_json(files["json"])["findings"]
    if page.items != len(findings) and page.items < 500:
        yield f"{page.items} of {len(findings)} findings"


def faults(files, sarif):
    """All forms of one run; sarif: the official schema's file, or None."""
    for form in FORMS:
        try:
            for fault in globals()[f"faults_of_{form}"](files, sarif):
                yield f"{form}: {fault}"
        except (ValueError, KeyError, IndexError, OSError, xml.etree.ElementTree.ParseError) as error:
            yield f"{form}: {type(error).__name__}: {error}"
