# SPDX-License-Identifier: MIT
"""A repository of data in all formats, as CI sees it: status, reports, baseline, one new fault, nothing personal anywhere;
the pre-commit hook and the steps of the GitHub action run in it."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SECRETS = ["planted.person", "06 99 88 77 66"]
CONFIG = """\
files:
  - match: good/members.*
    schema: member
  - match: good/lyonbiopole.*
    schema: cluster
  - match: faulty/**
    schema: member
all:
  severities: {lint: ignore}
ignore: [attic/]
"""
FORMS = ["text", "json", "sarif", "junit", "github", "gitlab", "html"]
done = {"passed": 0, "failed": 0}


def check(what, holds, detail=""):
    done["passed" if holds else "failed"] += 1
    if not holds:
        print(f"repository: {what} {detail}"[:1500])


def run(folder, *words):
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def build(folder):
    for part in ("good", "faulty/deep", "attic", ".cache"):
        (folder / part).mkdir(parents=True)
    for stem in ("members", "lyonbiopole"):
        for suffix in ("csv", "json", "yaml", "xml"):
            shutil.copy(ROOT / "samples" / f"{stem}.{suffix}", folder / "good")
    person = "id,name,country,locality,email,telephone\nM-1,Alpha,UK,Lyon,planted.person@,06 99 88 77 66\n"
    (folder / "faulty" / "a.csv").write_text(person)
    for suffix in ("json", "yaml", "xml"):
        made = run(folder, "transalp", "convert", "faulty/a.csv", "--schema", "member", "--keep-invalid", "-o",
                   f"faulty/deep/a.{suffix}")
        check(f"a.{suffix} is made", made.returncode == 1, made.stderr)
    (folder / "attic" / "broken.json").write_text("{")
    (folder / ".cache" / "broken.json").write_text("{")
    (folder / "transalp.yaml").write_text(CONFIG)


def check_reports(folder):
    """All forms at once; files and standard output alike say nothing personal."""
    words = [f"--report={form}={form}.out" for form in FORMS]
    got = run(folder, "transalp", "check", *words)
    check("faults are found", got.returncode == 1, got.stderr)
    texts = {form: (folder / f"{form}.out").read_text() for form in FORMS}
    texts["standard output"], texts["standard error"] = got.stdout, got.stderr
    for form, text in texts.items():
        check(f"nothing personal in {form}", not any(secret in text for secret in SECRETS), text)
    found = [(f["file"], f["code"]) for f in json.loads(texts["json"])["findings"] if f["level"] == "error"]
    files = ["faulty/a.csv", *(f"faulty/deep/a.{suffix}" for suffix in ("json", "xml", "yaml"))]
    for file in files:
        codes = sorted(code for name, code in found if name == file)
        check(f"{file}: the same faults", "code-unknown" in codes and codes == sorted(
            code for name, code in found if name == files[0]), str(codes))
    check("no other file has errors", {name for name, _ in found} == set(files), str(found))
    results = json.loads(texts["sarif"])["runs"][0]["results"]
    errors = [r for r in results if r["level"] == "error"]
    check("SARIF has them all", len(errors) == len(found), str(len(errors)))


def check_ratchet(folder):
    wrote = run(folder, "transalp", "check", "--baseline", "known.jsonl", "--update-baseline")
    known = (folder / "known.jsonl").read_text()
    check("the baseline is written", wrote.returncode == 0, wrote.stderr)
    check("nothing personal in it", not any(secret in known for secret in SECRETS), known)
    check("sorted", known.splitlines() == sorted(known.splitlines()))
    got = run(folder, "transalp", "check", "--baseline", "known.jsonl")
    check("what is known passes", got.returncode == 0 and not got.stdout, got.stdout)
    again = run(folder, "transalp", "check", "--baseline", "known.jsonl", "--update-baseline")
    check("written again it is the same", again.returncode == 0 and (folder / "known.jsonl").read_text() == known)
    path = folder / "good" / "members.csv"
    text = path.read_text()
    path.write_text(text.replace(",FR,", ",XX,", 1))
    got = run(folder, "transalp", "check", "--baseline", "known.jsonl")
    check("one new fault fails", got.returncode == 1 and len(re.findall(r"\berror:", got.stdout)) == 1, got.stdout)
    path.write_text(text)


def from_yaml(path):
    made = run(ROOT, "transalp", "convert", str(path), "--to", "json")
    return json.loads(made.stdout)


def check_hook(folder):
    hook = from_yaml(ROOT / ".pre-commit-hooks.yaml")[0]
    names = ["good/members.csv", "attic/broken.json", "transalp.yaml", "a/.hidden.json", "note.md", "x.csv.gz"]
    taken = [n for n in names if re.search(hook["files"], n) and not re.search(hook["exclude"], n)]
    check("the hook's patterns", taken == ["good/members.csv", "attic/broken.json", "x.csv.gz"], str(taken))
    got = run(folder, *hook["entry"].split(), *taken[:2])
    check("the hook passes what is good", got.returncode == 0, got.stdout)
    got = run(folder, *hook["entry"].split(), "faulty/a.csv")
    check("the hook stops what is not", got.returncode == 1, got.stdout)


def check_action(folder):
    steps = from_yaml(ROOT / "action.yml")["runs"]["steps"]
    env = dict(os.environ, ARGUMENTS="good faulty/a.csv")
    got = subprocess.run([steps[-1]["shell"], "-c", steps[-1]["run"]], cwd=folder, env=env, capture_output=True, text=True,
                         timeout=120, check=False)
    check("the action's check", got.returncode == 1 and "::error file=faulty/a.csv" in got.stdout, got.stdout)
    for step in steps:
        done_sh = subprocess.run(["sh", "-n", "-c", step["run"]], capture_output=True, text=True, check=False)
        check("a step is sound", done_sh.returncode == 0, done_sh.stderr)


def check_image():
    """What is copied is there, what runs is sound, nobody is root in it."""
    text = (ROOT / "tools" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", "")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    check("known words", {word for word, _ in steps} == {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"}, str(steps))
    for word, rest in steps:
        if word == "COPY" and not rest.startswith("--from"):
            check(f"COPY {rest}", all((ROOT / name).exists() for name in rest.split()[:-1]))
        if word == "RUN":
            check(f"RUN {rest}", subprocess.run(["sh", "-n", "-c", rest], check=False).returncode == 0)
    check("a user without rights", ["USER", "transalp"] in steps)
    check("its entry", json.loads(dict(steps)["ENTRYPOINT"]) == ["transalp"])


def check_hermetic():
    """The action names no repository, and the docs have one word to fill in."""
    action = from_yaml(ROOT / "action.yml")
    check("no address in the action", not any("uses" in step for step in action["runs"]["steps"]))
    check("its own checkout", "github.action_path" in action["runs"]["steps"][0]["env"]["ACTION"])
    for name in ("docs/ci.md", "src/cli/init.c"):
        found = set(re.findall(r"([\w-]+)/transalp(?=@|\s+#)", (ROOT / name).read_text(encoding="utf-8")))
        check(f"{name}: who is to be filled in", found == {"OWNER"}, str(found))


with tempfile.TemporaryDirectory(prefix="transalp-repository-") as made:
    place = pathlib.Path(made)
    (place / ".git").mkdir()
    build(place)
    check_reports(place)
    for form in FORMS:
        (place / f"{form}.out").unlink()
    check_ratchet(place)
    check_hook(place)
    check_action(place)
    check_image()
    check_hermetic()
print(f"{done['passed']} passed, {done['failed']} failed")
sys.exit(done["failed"] != 0)
