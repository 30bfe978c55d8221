#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""transalp normalize edits text: files made at random, with comments, odd quoting, mixed line ends, marks and tabs, differ from
what they were exactly at the reported places; read again they hold the normalized values; a second run changes nothing; the
diff applies. SEED and ROUNDS may be set."""
import json
import os
import pathlib
import random
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time

from tally import finish, hold

TRANSALP = os.environ.get("TRANSALP", "transalp")
SEED = int(os.environ.get("SEED", "1"))
ROUNDS = int(os.environ.get("ROUNDS", "12" if os.environ.get("SANITIZE") else "30"))
FIELDS = ["name", "region", "street", "note"]
SCHEMA = {"type": "object", "xml": {"name": "item", "x-list": "list"}, "additionalProperties": {"type": "string", "x-normalize": "blanks"}}
WORDS = ["Lyon", "Bio", "Léo", "NO", "no", "12", "0.5", "a,b", "[x]", "c: d", "#e", "- f", '"q"', "it's", "<b>", "A&B", "]]>", "é\u0301",
         "true", "~", "*s", "&t", "2020-01-01", "\\", "x\u200by"]


def run(*args):
    return subprocess.run([TRANSALP, *args], capture_output=True, timeout=60)


def value(rng):
    gaps = [" ", "  ", "\t ", "\u00a0"]
    text = "".join(rng.choice(WORDS) + rng.choice(gaps) for _ in range(rng.randint(1, 4)))
    return rng.choice(["", " ", "  "]) + (text if rng.random() < 0.5 else text.strip())


def records(rng):
    return [{f: value(rng) for f in FIELDS if rng.random() < 0.8} | {"id": str(i)} for i in range(rng.randint(1, 12))]


def make_csv(rng, data):
    def cell(text):
        if rng.random() < 0.4 or re.search(r'[",\r\n]', text) or text.strip(" \t") != text and rng.random() < 0.5 or not text:
            return '"' + text.replace('"', '""') + '"'
        return text
    heads = ["id", *FIELDS]
    rows = [heads] + [[cell(r[h]) if h in r else "" for h in heads] for r in data]
    return "".join(",".join(row) + rng.choice(["\n", "\r\n"]) for row in rows)


def make_json(rng, data):
    blank = lambda: rng.choice(["", " ", "\n", "\r\n\t", "  "])  # noqa: E731
    text = lambda t: json.dumps(t, ensure_ascii=rng.random() < 0.5)  # noqa: E731
    rows = ["{" + ",".join(f"{blank()}{text(k)}{blank()}:{blank()}{text(v)}{blank()}" for k, v in r.items()) + "}" for r in data]
    return blank() + "[" + ("," + blank()).join(rows) + blank() + "]" + blank()


def yaml_scalar(rng, text, flow):
    style = rng.choice(["double", "single", "plain", "block"])
    odd = re.search(r"[\t\u00a0\u200b\u0301\\]", text)
    if style == "single" and not odd:
        return "'" + text.replace("'", "''") + "'"
    if style == "plain" and re.fullmatch(r"[A-Za-zé][A-Za-zé ]*[A-Za-zé]", text) and text.lower() not in ("no", "true"):
        return text
    if style == "block" and not flow and text.strip() and not odd and text[0] != " ":
        return rng.choice(["|", "|-", ">", ">-  # note"]) + "\n     " + text
    return json.dumps(text, ensure_ascii=rng.random() < 0.5)


def make_yaml(rng, data):
    out = rng.choice(["", "# the list\n", "---\n"])
    for r in data:
        if rng.random() < 0.3:
            out += "- {" + ", ".join(f"{k}: {yaml_scalar(rng, v, True)}" for k, v in r.items()) + "}   # flow\n"
            continue
        lead = "- "
        for k, v in r.items():
            scalar = yaml_scalar(rng, v, False)
            out += f"{lead}{k}: {rng.choice(['', ' '])}{scalar}{'' if chr(10) in scalar else rng.choice(['', '  # remark'])}\n"
            out += rng.choice(["", "", "\n"])
            lead = "  "
    return out


def make_xml(rng, data):
    def esc(text):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")

    def content(text):
        if rng.random() < 0.3 and "]]>" not in text and text:
            return f"<![CDATA[{text}]]>"
        return esc(text)
    out = "<?xml version='1.0'?>\n<!-- top -->\n<list>" + rng.choice(["\n", "\r\n"])
    for r in data:
        out += f"  <item{rng.choice([' ', chr(10) + '    '])}lang='{esc(value(rng)).replace(chr(39), '&apos;').replace(chr(9), '&#9;')}'>"
        out += "".join(f"{rng.choice(['', chr(10), '<!-- c -->'])}<{k}>{content(v)}</{k}>" for k, v in r.items())
        out += "</item>" + rng.choice(["\n", "\r\n", ""])
    return out + "</list>\n"


MAKERS = {"csv": make_csv, "json": make_json, "yaml": make_yaml, "xml": make_xml}


def values(path, schema, *more):
    done = run("convert", str(path), "--schema", schema, "--to", "jsonl", "--quiet", "--keep-invalid", *more)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def places(report, refused):
    """The offsets at which changes were reported, as (line, column)."""
    for f in json.loads(report)["findings"]:
        if (f["code"] == "normalize-place") == refused and re.match("blanks|normalize-place", f["code"]):
            yield f["line"], f["column"]


def lines_of(text):
    return [line + "\n" for line in text.split("\n")]


def one(rng, form, folder, schema, label):
    text = MAKERS[form](rng, records(rng))
    if form == "csv" and rng.random() < 0.3:
        text = "\ufeff" + text
    path, before = folder / f"in.{form}", folder / f"before.{form}"
    path.write_bytes(text.encode())
    shutil.copy(path, before)
    wanted = values(before, schema, "--normalize")
    diff = run("normalize", str(path), "--schema", schema, "--diff", "--quiet").stdout
    piped = run("normalize", str(path), "--schema", schema, "--quiet").stdout
    done = run("normalize", str(path), "--schema", schema, "--write", "--report", "json", "--quiet")
    if not hold(done.returncode in (0, 1), f"{label}: {done.stderr.decode()[:300]}"):
        return 0
    after = path.read_bytes()
    hold(piped == after, f"{label}: standard output is what --write writes")
    (folder / "patched").write_bytes(before.read_bytes())
    if diff:
        patch = subprocess.run(["patch", "--binary", "-s", str(folder / "patched")], input=diff, capture_output=True)
        hold(patch.returncode == 0, f"{label}: the diff applies: {patch.stdout[:200]}")
    hold((folder / "patched").read_bytes() == after, f"{label}: the diff is the change")
    refused = list(places(done.stderr, True))
    got = values(path, schema)
    if not refused:
        hold(got == wanted, f"{label}: values\n{[p for p in zip(got, wanted) if p[0] != p[1]][:2]}")
    changed_lines = {line for line, _ in places(done.stderr, False)}
    if "\\n" not in json.dumps(wanted) and text.count("\n") == after.decode().count("\n"):
        differing = {n for n, (a, b) in enumerate(zip(lines_of(text), lines_of(after.decode())), 1) if a != b}
        near = changed_lines | {n + 1 for n in changed_lines}
        hold(differing <= near, f"{label}: lines {sorted(differing - near)[:5]} differ and were not reported")
    again = run("normalize", str(path), "--schema", schema, "--write", "--quiet")
    hold(path.read_bytes() == after, f"{label}: twice = once")
    hold(again.returncode == done.returncode, f"{label}: a second run refuses what the first did")
    return len(list(places(done.stderr, False)))


def test_random(folder, schema):
    rng = random.Random(SEED)
    changes = dict.fromkeys(MAKERS, 0)
    for i in range(ROUNDS):
        for form in MAKERS:
            changes[form] += one(rng, form, folder, schema, f"seed {SEED}, round {i}, {form}")
    hold(all(n > ROUNDS for n in changes.values()), f"each format is changed: {changes}")


def test_sorted(folder, schema):
    """--sort-key moves records with their own bytes: nothing is lost, and read again they stand in the order of their keys."""
    rng = random.Random(SEED)
    moved = dict.fromkeys(MAKERS, 0)
    for i in range(ROUNDS):
        for form in MAKERS:
            data, path, out = records(rng), folder / f"in.{form}", folder / f"out.{form}"
            rng.shuffle(data)
            path.write_bytes(MAKERS[form](rng, data).encode())
            out.unlink(missing_ok=True)
            label = f"seed {SEED}, round {i}, {form} sorted"
            done = run("normalize", str(path), "--schema", schema, "--only", "country", "--sort-key", "--quiet", "-o", str(out))
            if done.returncode == 2:
                hold(form == "yaml" and b"its records cannot be moved" in done.stderr, f"{label}: {done.stderr.decode()[:300]}")
                continue
            old, new = values(path, schema), values(out, schema)
            hold(new == sorted(old, key=lambda r: (not r["id"].isdigit(), int(r["id"]))), f"{label}: {[r['id'] for r in old]} -> {[r['id'] for r in new]}")
            hold(sorted(path.read_bytes()) == sorted(out.read_bytes()), f"{label}: the bytes are the same")
            moved[form] += old != new
            again = run("normalize", str(out), "--schema", schema, "--only", "country", "--sort-key", "--check", "--quiet")
            hold(again.returncode == 0, f"{label}: twice = once")
            wanted = values(path, schema, "--sort-key")
            hold(wanted == new, f"{label}: convert sorts as normalize does")
    hold(all(n > ROUNDS / 6 for n in moved.values()), f"each format is sorted: {moved}")


def test_killed(folder, schema):
    """A run that is killed leaves the old file or the new one, and nothing beside it."""
    path = folder / "large.csv"
    old = ("id,name\n" + "".join(f"{i}, x  {i} \n" for i in range(60000))).encode()
    new = ("id,name\n" + "".join(f"{i},x {i}\n" for i in range(60000))).encode()
    for delay in (0.01, 0.05, 0.1, 0.2, 0.4):
        path.write_bytes(old)
        job = subprocess.Popen([TRANSALP, "normalize", str(path), "--schema", schema, "--write"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        job.send_signal(signal.SIGKILL)
        job.wait()
        hold(path.read_bytes() in (old, new), f"killed after {delay} s: the file is whole")


def test_odd_targets(folder, schema):
    path = folder / "odd.csv"
    path.write_bytes(b"id,name\n1, a\n")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([TRANSALP, "normalize", str(path), "--schema", schema], stdout=full, stderr=subprocess.PIPE, timeout=60)
    hold(done.returncode == 2, "a full disk is told")
    for form in MAKERS:
        empty = folder / f"empty.{form}"
        empty.write_bytes(b"")
        done = run("normalize", str(empty), "--schema", schema, "--write")
        hold(done.returncode in (0, 1) and empty.read_bytes() == b"", f"an empty {form} file stays empty")


def test_meanwhile(folder, schema):
    """What another program writes while a run is under way stays, and so do an access list and attributes."""
    path, other = folder / "large.csv", folder / "other.csv"
    old = ("id,name\n" + "".join(f"{i}, x  {i} \n" for i in range(60000))).encode()
    for way in ("append", "replace", "remove"):
        path.write_bytes(old)
        other.write_bytes(b"id,name\n")
        job = subprocess.Popen([TRANSALP, "normalize", str(path), "--schema", schema, "--write"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
        time.sleep(0.02)
        job.send_signal(signal.SIGSTOP)
        if path.read_bytes() == old:
            if way == "append":
                with path.open("ab") as file:
                    file.write(b"new,line\n")
            else:
                other.replace(path) if way == "replace" else path.unlink()
            found = path.read_bytes() if path.exists() else None
        job.send_signal(signal.SIGCONT)
        said = job.communicate(timeout=60)[1]
        if job.returncode == 2:
            hold((path.read_bytes() if path.exists() else None) == found, f"{way} meanwhile: it stays")
            hold(re.search(b"meanwhile|cannot open", said), f"{way} meanwhile: {said[-300:]}")
        hold(not list(folder.glob(".*")), f"{way} meanwhile: nothing is left behind")


def test_attributes(folder, schema):
    path = folder / "marked.csv"
    path.write_bytes(b"id,name\n1, a\n")
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in (
        (1, 6, 2**32 - 1), (2, 4, 12345), (4, 4, 2**32 - 1), (16, 4, 2**32 - 1), (32, 0, 2**32 - 1)))
    marks = {"user.source": b"by mail", "system.posix_acl_access": acl}
    try:
        for name, value in marks.items():
            os.setxattr(path, name, value)
    except OSError as error:
        print(f"skipped: {name}: {error.strerror}")
        return
    mode = path.stat().st_mode
    run("normalize", str(path), "--schema", schema, "--write")
    hold(path.read_bytes() == b"id,name\n1,a\n" and path.stat().st_mode == mode, "the mode stays")
    hold(all(os.getxattr(path, name) == value for name, value in marks.items()), "the access list and attributes stay")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        schema = folder / "schema.json"
        schema.write_text(json.dumps(SCHEMA))
        test_random(folder, str(schema))
        test_sorted(folder, str(schema))
        test_killed(folder, str(schema))
        test_odd_targets(folder, str(schema))
        test_meanwhile(folder, str(schema))
        test_attributes(folder, str(schema))
    finish()


if __name__ == "__main__":
    main()
