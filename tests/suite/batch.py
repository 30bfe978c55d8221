# SPDX-License-Identifier: MIT
"""Batches: killed at any moment they leave whole files only, and the next run makes up for it; any number of workers
says and writes the same; what was seen was written or set aside; thousands of files and a bomb take no more memory."""
import gzip
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import time

from tally import finish, hold

TA = os.environ["TRANSALP"]
SANITIZED = bool(os.environ.get("SANITIZE"))
FORMATS = ["csv", "json", "jsonl", "yaml", "xml"]
SCHEMA = {"type": "object", "required": ["id"], "xml": {"name": "record", "x-list": "records"},
          "properties": {"id": {"type": "integer"}, "name": {"type": "string", "maxLength": 8}}}
KILLS, SMALL_FILES = (10, 100) if SANITIZED else (100, 2000)


def run(*words, cwd, **more):
    return subprocess.run([TA, *map(str, words)], cwd=cwd, capture_output=True, text=True, **more)


def text_of(fmt, rows):
    """Rows (id, name) as a file, one record a line; an id that is no number is an error."""
    if fmt == "csv":
        return "id,name\n" + "".join(f"{i},{n}\n" for i, n in rows)
    if fmt in ("json", "jsonl"):
        lines = [json.dumps({"id": i, "name": n}) for i, n in rows]
        return "[\n" + ",\n".join(lines) + "\n]\n" if fmt == "json" else "".join(line + "\n" for line in lines)
    if fmt == "yaml":
        return "".join(f"- id: {i}\n  name: {n}\n" for i, n in rows) or "[]\n"
    return "<records>\n" + "".join(f"<record><id>{i}</id><name>{n}</name></record>\n" for i, n in rows) + "</records>\n"


def make_rows(rnd, count, faulty):
    return [("x" if rnd.random() < faulty else k, "n" * rnd.randint(1, 10 if rnd.random() < faulty else 8))
            for k in range(count)]


def make_tree(folder, rnd, files, rows, faulty, formats=tuple(FORMATS)):
    (folder / "schema.json").write_text(json.dumps(SCHEMA))
    for k in range(files):
        fmt = formats[k % len(formats)]
        path = folder / "data" / f"part{k % 7}" / f"f{k}.{fmt}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(fmt, make_rows(rnd, rows, faulty)))


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def without_seconds(data):
    return [{k: v for k, v in json.loads(line).items() if k != "seconds"} for line in data.splitlines()]


def convert(folder, to, name, *more, **how):
    return run("convert", "data", "--schema", "./schema.json", "--to", to, "-o", f"{name}/out/", "--rejects", f"{name}/rejects",
               "--summary", f"{name}.summary", *more, cwd=folder, **how)


def test_jobs(folder, rnd):
    """Any pair of formats, any number of workers: the same bytes."""
    make_tree(folder, rnd, 15, 30, 0.1)
    for to in FORMATS:
        first = None
        for jobs in (1, 2, 7):
            name = f"{to}{jobs}"
            done = convert(folder, to, name, "--jobs", jobs)
            got = (contents(folder / name), done.stdout, done.stderr.replace(name + "/", ""), done.returncode,
                   [{**line, "output": ""} for line in without_seconds((folder / f"{name}.summary").read_text())])
            hold(done.returncode == 1, f"to {to}, {jobs} workers: status {done.returncode}")
            first = first or got
            hold(got == first, f"to {to}, {jobs} workers: the same")
    for jobs in (2, 7):
        one, more = (run("check", "data", "--schema", "./schema.json", "--report", "json", "--jobs", n, cwd=folder)
                     for n in (1, jobs))
        hold((one.stdout, one.stderr) == (more.stdout, more.stderr) and one.stdout, f"check with {jobs} workers: the same")


def edit(folder, name, how, jobs):
    """What comes of normalizing all files: they, all that was printed and said, and the summary."""
    shutil.copytree(folder / "edits", folder / name / "edits")
    done = run("normalize", "edits", "--schema", "./schema.json", *how, "--summary", "summary", "--jobs", jobs, cwd=folder / name)
    lines = without_seconds((folder / name / "summary").read_text())
    (folder / name / "summary").unlink()
    return contents(folder / name), done.stdout, done.stderr, done.returncode, lines


def test_edits(folder, rnd):
    """normalize: any way that the text goes, any number of workers; every file is edited on its own evidence."""
    words = ["FR", "France", "Allemagne", "Nowhere", "NO"]
    (folder / "edits").mkdir(parents=True)
    for k in range(30):
        fmt, count = FORMATS[k % len(FORMATS)], rnd.choice([0, 1, 40, 3000])
        (folder / "edits" / f"f{k}.{fmt}").write_text(text_of(fmt, [(i, rnd.choice(words)) for i in range(count)]))
    schema = {**SCHEMA, "properties": {"id": {"type": "integer"}, "name": {"type": "string", "x-codes": "country"}}}
    for number, how in enumerate((["--diff"], ["--check"], ["--write", "--backup"], ["-o", "out/"], ["-o", "out/", "--sort-key"])):
        first = None
        for jobs in (1, 2, 7):
            (folder / f"way{number}.{jobs}").mkdir()
            (folder / f"way{number}.{jobs}" / "schema.json").write_text(json.dumps(schema))
            got = edit(folder, f"way{number}.{jobs}", how, jobs)
            hold(got[3] == 1 and len(got[4]) == 30, f"normalize {how[0]}, {jobs} workers: status {got[3]}, {len(got[4])} lines")
            first = first or got
            hold(got == first, f"normalize {how[0]}, {jobs} workers: the same")


def test_sums(folder):
    """seen = written + rejected; rejects are read again, and have the records that were wrong alone."""
    for line in map(json.loads, (folder / "json1.summary").read_text().splitlines()):
        name = pathlib.Path(line["input"]).relative_to("data")
        hold(line["seen"] == 30 and line["seen"] == line["written"] + line["rejected"], f"{name}: seen {line['seen']} = 30")
        written = json.loads((folder / line["output"]).read_text())
        hold(len(written) == line["written"], f"{name}: {line['written']} written")
        rejects = folder / "json1" / "rejects" / name
        again = run("convert", rejects, "--schema", "./schema.json", "--keep-invalid", "-o", "again.json", cwd=folder)
        bad = json.loads((folder / "again.json").read_text())
        hold(len(bad) == line["rejected"], f"{name}: {line['rejected']} set aside")
        hold(all(r["id"] == "x" or len(r["name"]) > 8 for r in bad) and again.returncode == 1, f"{name}: all of those are wrong")
        source = (folder / line["input"]).read_text()
        hold(all(part.rstrip(",") in source for part in rejects.read_text().splitlines()), f"{name}: their own bytes")
        findings = (rejects.parent / (rejects.name + ".findings.jsonl")).read_text().splitlines()
        hold(len({json.loads(f)["record"] for f in findings}) == line["rejected"], f"{name}: a finding each")


def test_kills(folder, rnd):
    """Killed at random moments, then repeated."""
    make_tree(folder, rnd, 40, 2000, 0.02)
    start = time.monotonic()
    convert(folder, "json", "calm")
    seconds, want = time.monotonic() - start, contents(folder / "calm")
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
    (folder / "tmp").mkdir()
    for _ in range(KILLS):
        child = subprocess.Popen([TA, "convert", "data", "--schema", "./schema.json", "--to", "json", "-o", "killed/out/",
                                  "--rejects", "killed/rejects", "--summary", "killed.summary"],
                                 cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        time.sleep(rnd.random() * seconds)
        child.send_signal(signal.SIGKILL)
        child.wait()
        # Between the link and the rename a hidden name is left; nobody reads it as data.
        left = {k: v for k, v in contents(folder / "killed").items() if ".transalp-" not in k}
        hold(all(want.get(k) == v for k, v in left.items()), "killed: whole files only")
    convert(folder, "json", "killed", env=environment)
    got = contents(folder / "killed")
    hold({k: v for k, v in got.items() if ".transalp-" not in k} == want, "repeated: the same as undisturbed")
    hold(not [k for k in got if ".transalp-" in k], "repeated: nothing is left over")
    hold(not list((folder / "tmp").iterdir()), "repeated: nothing is left in TMPDIR")


def test_edit_kills(folder, rnd):
    """normalize --write --backup, killed: each file is as it was or as it becomes, and what it was is kept whole."""
    schema = {"type": "object", "properties": {"name": {"type": "string", "x-codes": "country"}}}
    (folder / "schema.json").write_text(json.dumps(schema))
    (folder / "old").mkdir()
    for k in range(24):
        fmt = FORMATS[k % len(FORMATS)]
        (folder / "old" / f"f{k}.{fmt}").write_text(text_of(fmt, [(i, rnd.choice(["FR", "France"])) for i in range(2000)]))
    words = ["normalize", "data", "--schema", "./schema.json", "--write", "--backup", "--quiet"]
    shutil.copytree(folder / "old", folder / "data")
    start = time.monotonic()
    hold(run(*words, cwd=folder).returncode == 0, "normalize --write: undisturbed")
    seconds, old, want = time.monotonic() - start, contents(folder / "old"), contents(folder / "data")
    for _ in range(KILLS // 5):
        shutil.rmtree(folder / "data")
        shutil.copytree(folder / "old", folder / "data")
        child = subprocess.Popen([TA, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rnd.random() * seconds)
        child.send_signal(signal.SIGKILL)
        child.wait()
        left = contents(folder / "data")
        hold(all(left[k] in (old[k], want[k]) for k in old), "killed: each file is the old one or the new one")
        hold(all(v == old[k[:-4]] for k, v in left.items() if k.endswith(".bak")), "killed: whole backups only")
        hold(run(*words, cwd=folder).returncode == 0, "repeated: nothing is in the way")
        got = contents(folder / "data")
        hold(all(got.get(k) == v for k, v in want.items()), "repeated: the same as undisturbed")
        hold(all(v == old[k[:-6]] for k, v in got.items() if k.endswith(".2.bak")), "repeated: a second backup is like the first")
        hold(not [k for k in got if ".transalp-" in k], "repeated: nothing is left over")


def peak_of(*words, cwd):
    """(status, MiB) of a run."""
    child = subprocess.Popen([TA, *map(str, words)], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024


def test_many(folder, rnd):
    make_tree(folder, rnd, SMALL_FILES, 3, 0)
    status, peak = peak_of("convert", "data", "--schema", "./schema.json", "--to", "xml", "-o", "out/", cwd=folder)
    hold(status == 0, f"{SMALL_FILES} files: status {status}")
    hold(len(list((folder / "out").rglob("*.xml"))) == SMALL_FILES, f"{SMALL_FILES} files: each has an output")
    hold(SANITIZED or peak < 64, f"{SMALL_FILES} files: {peak:.0f} MiB")


def test_bomb(folder):
    """A hundred times as large unpacked: it streams; a record without an end is refused."""
    size = (8 if SANITIZED else 256) << 20
    with gzip.open(folder / "lines.jsonl.gz", "wb", 9) as out:
        line = b'{"id":1,"name":"' + b"a" * 1000 + b'"}\n'
        for _ in range(size // len(line)):
            out.write(line)
    with gzip.open(folder / "one.json.gz", "wb", 9) as out:
        out.write(b'["')
        for _ in range(size >> 20):
            out.write(b"a" * (1 << 20))
    status, peak = peak_of("convert", "lines.jsonl.gz", "one.json.gz", "-o", "out/", "--jobs", 2, cwd=folder)
    hold(status == 1, f"bombs: status {status}")
    hold(SANITIZED or peak < 300, f"bombs: {peak:.0f} MiB")
    hold(sorted(contents(folder / "out")) == ["lines.json.gz"], "bombs: what is whole was written")


def main():
    rnd = random.Random(9)
    for tests in ((test_jobs, test_sums), (test_edits,), (test_kills,), (test_edit_kills,), (test_many,), (test_bomb,)):
        with tempfile.TemporaryDirectory(prefix="transalp-batch-") as temporary:
            for test in tests:
                test(*(pathlib.Path(temporary), rnd)[:test.__code__.co_argcount])
    finish()


main()
