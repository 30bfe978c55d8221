# SPDX-License-Identifier: MIT
"""A repository of data in all formats, as CI sees it: status, reports, baseline, one new fault, nothing personal anywhere;
the pre-commit hook and the steps of the GitHub action run in it."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from tally import finish, hold

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
        hold(made.returncode == 1, f"a.{suffix} is made", made.stderr)
    (folder / "attic" / "broken.json").write_text("{")
    (folder / ".cache" / "broken.json").write_text("{")
    (folder / "transalp.yaml").write_text(CONFIG)


def check_reports(folder):
    """All forms at once; files and standard output alike say nothing personal."""
    words = [f"--report={form}={form}.out" for form in FORMS]
    got = run(folder, "transalp", "check", *words)
    hold(got.returncode == 1, "faults are found", got.stderr)
    texts = {form: (folder / f"{form}.out").read_text() for form in FORMS}
    texts["standard output"], texts["standard error"] = got.stdout, got.stderr
    for form, text in texts.items():
        hold(not any(secret in text for secret in SECRETS), f"nothing personal in {form}", text)
    found = [(f["file"], f["code"]) for f in json.loads(texts["json"])["findings"] if f["level"] == "error"]
    files = ["faulty/a.csv", *(f"faulty/deep/a.{suffix}" for suffix in ("json", "xml", "yaml"))]
    for file in files:
        codes = sorted(code for name, code in found if name == file)
        hold("code-unknown" in codes and codes == sorted(
            code for name, code in found if name == files[0]), f"{file}: the same faults", str(codes))
    hold({name for name, _ in found} == set(files), "no other file has errors", str(found))
    results = json.loads(texts["sarif"])["runs"][0]["results"]
    errors = [r for r in results if r["level"] == "error"]
    hold(len(errors) == len(found), "SARIF has them all", str(len(errors)))


def check_ratchet(folder):
    wrote = run(folder, "transalp", "check", "--baseline", "known.jsonl", "--update-baseline")
    known = (folder / "known.jsonl").read_text()
    hold(wrote.returncode == 0, "the baseline is written", wrote.stderr)
    hold(not any(secret in known for secret in SECRETS), "nothing personal in it", known)
    hold(known.splitlines() == sorted(known.splitlines()), "sorted")
    got = run(folder, "transalp", "check", "--baseline", "known.jsonl")
    hold(got.returncode == 0 and not got.stdout, "what is known passes", got.stdout)
    again = run(folder, "transalp", "check", "--baseline", "known.jsonl", "--update-baseline")
    hold(again.returncode == 0 and (folder / "known.jsonl").read_text() == known, "written again it is the same")
    path = folder / "good" / "members.csv"
    text = path.read_text()
    path.write_text(text.replace(",FR,", ",XX,", 1))
    got = run(folder, "transalp", "check", "--baseline", "known.jsonl")
    hold(got.returncode == 1 and len(re.findall(r"\berror:", got.stdout)) == 1, "one new fault fails", got.stdout)
    path.write_text(text)


def from_yaml(path):
    made = run(ROOT, "transalp", "convert", str(path), "--to", "json")
    return json.loads(made.stdout)


def check_hook(folder):
    hook = from_yaml(ROOT / ".pre-commit-hooks.yaml")[0]
    names = ["good/members.csv", "attic/broken.json", "transalp.yaml", "a/.hidden.json", "note.md", "x.csv.gz"]
    taken = [n for n in names if re.search(hook["files"], n) and not re.search(hook["exclude"], n)]
    hold(taken == ["good/members.csv", "attic/broken.json", "x.csv.gz"], "the hook's patterns", str(taken))
    got = run(folder, *hook["entry"].split(), *taken[:2])
    hold(got.returncode == 0, "the hook passes what is good", got.stdout)
    got = run(folder, *hook["entry"].split(), "faulty/a.csv")
    hold(got.returncode == 1, "the hook stops what is not", got.stdout)


def check_action(folder):
    steps = from_yaml(ROOT / "action.yml")["runs"]["steps"]
    env = dict(os.environ, ARGUMENTS="good faulty/a.csv")
    got = subprocess.run([steps[-1]["shell"], "-c", steps[-1]["run"]], cwd=folder, env=env, capture_output=True, text=True,
                         timeout=120, check=False)
    hold(got.returncode == 1 and "::error file=faulty/a.csv" in got.stdout, "the action's check", got.stdout)
    for step in steps:
        done_sh = subprocess.run(["sh", "-n", "-c", step["run"]], capture_output=True, text=True, check=False)
        hold(done_sh.returncode == 0, "a step is sound", done_sh.stderr)


def check_image():
    """What is copied is there, what runs is sound, nobody is root in it."""
    text = (ROOT / "tools" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", "")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    hold({word for word, _ in steps} == {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"}, "known words", str(steps))
    for word, rest in steps:
        if word == "COPY" and not rest.startswith("--from"):
            hold(all((ROOT / name).exists() for name in rest.split()[:-1]), f"COPY {rest}")
        if word == "RUN":
            hold(subprocess.run(["sh", "-n", "-c", rest], check=False).returncode == 0, f"RUN {rest}")
    hold(["USER", "transalp"] in steps, "a user without rights")
    hold(json.loads(dict(steps)["ENTRYPOINT"]) == ["transalp"], "its entry")


def check_hermetic():
    """The action names no repository, and the docs have one word to fill in."""
    action = from_yaml(ROOT / "action.yml")
    hold(not any("uses" in step for step in action["runs"]["steps"]), "no address in the action")
    hold("github.action_path" in action["runs"]["steps"][0]["env"]["ACTION"], "its own checkout")
    for name in ("docs/ci.md", "src/cli/init.c"):
        found = set(re.findall(r"([\w-]+)/transalp(?=@|\s+#)", (ROOT / name).read_text(encoding="utf-8")))
        hold(found == {"OWNER"}, f"{name}: who is to be filled in", str(found))


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
finish()
