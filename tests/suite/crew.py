# SPDX-License-Identifier: MIT
"""One large input on several workers (docs/batches.md): the same bytes, findings, reports and exit status for any number
of them, whatever is wrong with the input. Records are small and --max-record is 1 MiB, so that each file is cut into
some ten chunks or more."""
import gzip
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

from tally import finish, hold

TA = os.environ["TRANSALP"]
SANITIZED = bool(os.environ.get("SANITIZE"))
SEEDS = int(os.environ.get("CREW_SEEDS", "2" if SANITIZED else "12"))
TARGETS = ["csv", "json", "jsonl", "yaml", "xml"]
WORKERS = ["1", "2", "7"]
SCHEMA = {
    "type": "object", "required": ["id", "name"], "x-key": "id", "xml": {"name": "member", "x-list": "members"},
    "properties": {"id": {"type": "integer"}, "name": {"type": "string", "maxLength": 30}, "note": {"type": "string"},
                   "amount": {"type": "number", "maximum": 90000}, "spent": {"type": "number"}, "country": {"type": "string"},
                   "code": {"type": "string", "x-personal": True}, "zone": {"type": "string"}},
    "x-rules": [{"id": "within", "compare": ["spent", "<=", "amount"]},
                {"id": "once", "over": "list", "unique": "*", "by": ["id"]},
                {"id": "name-once", "over": "list", "unique": "*", "by": ["fold(name)"], "severity": "warning"},
                {"id": "one-zone", "over": "list", "depends": "*", "from": ["country"], "to": ["zone"]}]}


def member(rnd, k, faults):
    row = {"id": k, "name": rnd.choice(["Alpha", "Bêta \"B\"", "Gamma, Inc.", "Δ" * 9, "two\nlines"]) + str(k),
           "note": "x" * rnd.choice([0, 3, 40, 900]), "amount": rnd.choice([1, 250.5, 1e4]), "spent": rnd.choice([0, 1, 99]),
           "country": rnd.choice(["IT", "FR", "AT"]), "code": f"{rnd.randint(0, 99999):05}"}
    row["zone"] = row["country"].lower()
    if rnd.random() < faults:
        rnd.choice([lambda: row.pop("amount"), lambda: row.update(id="x"), lambda: row.update(name="n" * 40), lambda: row.pop("name"),
                    lambda: row.update(amount=95000), lambda: row.update(country="Italie\u00a0"), lambda: row.update(code="1.23E+10"),
                    lambda: row.update(extra=[1, {"a": None}]), lambda: row.update(note="y" * rnd.choice([5000, 200000])),
                    lambda: row.update(code="912"), lambda: row.update(spent=None), lambda: row.update(zone="fr"), lambda: row.pop("zone"),
                    lambda: row.update(id=max(0, k - rnd.choice([1, 20, 7000]))), lambda: row.update(name=f"alpha {k // 2}")])()
    return row


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def csv_of(rnd, rows, broken):
    end = rnd.choice(["\n", "\r\n"])
    heads = list(SCHEMA["properties"])
    lines = [",".join(heads)]
    for row in rows:
        cells = [quoted(str(row[h]) if row.get(h) is not None else "") for h in heads]
        line = ",".join(cells)
        if rnd.random() < broken:
            line = rnd.choice([line + ",1", cells[0], "", line.replace(",", ',"', 1), 'a "b" c' + line, line.replace(",", ",\r", 1), '"' + line,
                               line.replace("a", "\x00", 1), line.replace(",", ",\udcff", 1), '"un\nclosed' + line])
        lines.append(line)
    return end.join(lines) + rnd.choice(["", end])


def broken_json(rnd, text):
    return rnd.choice([text[:-1], text.replace(":", "", 1), text.replace('"', "'", 1), text[:-1] + ',"id":1}', text + "}", text + ",",
                       "[" + text, text.replace('"id"', '"name"', 1), text.replace("a", "\x01", 1), text.replace("a", "\udcff", 1),
                       text.replace("a", "\\q", 1), "", text + text, text[: len(text) // 2]])


def json_of(rnd, rows, broken, lines):
    indent = None if lines else rnd.choice([None, None, 1, 2])
    texts = [json.dumps(row, ensure_ascii=rnd.random() < 0.5, indent=indent) for row in rows]
    texts = [broken_json(rnd, t) if rnd.random() < broken else t for t in texts]
    if lines:
        return rnd.choice(["\n", "\r\n", "\n\n"]).join(texts) + rnd.choice(["", "\n"])
    lead = rnd.choice(["", " ", "    "])
    between = rnd.choice([",\n", ",\n", ",\r\n", ", ", " ,\n", "\n,"])
    return rnd.choice(["[\n", "[", "\n [\n"]) + lead + (between + lead).join(texts) + rnd.choice(["\n]\n", "]", "\n", "\n]]"] if broken else ["\n]\n"])


def yaml_value(rnd, value, indent):
    pad = "\n" + " " * (indent + 4)
    if not isinstance(value, str) or rnd.random() < 0.9:
        return json.dumps(value, ensure_ascii=rnd.random() < 0.5)
    return rnd.choice([json.dumps(value), "'" + value.replace("'", "''").replace("\n", pad) + "'", "|-" + pad + value.replace("\n", pad),
                       ">" + pad + "- id: 5" + pad + "x", '"a\n- id: 7\n  b"', "!!str 5", "!odd x", ".inf"])


def broken_yaml(rnd, text):
    return rnd.choice([text.replace(":", "", 1), text.replace('"', "'", 1), text.replace("- ", "-", 1), " " + text, text.replace("  ", " ", 1),
                       text.replace("\n", "\n\t", 1), text + "\n---", text + "\n...", text.replace("a", "\udcff", 1), text.replace("- ", "? ", 1),
                       text.replace("id:", "id: &a", 1), text.replace("id:", "more: *a", 1), "%TAG ! x", "", text.replace("a", "\u2028", 1)])


def yaml_of(rnd, rows, broken):
    indent, flow, comments = rnd.choice([0, 0, 2]), rnd.choice([0, 0.1, 1]), rnd.choice([0, 0, 0.0005, 0.3])
    texts = []
    for row in rows:
        if rnd.random() < flow:
            text = "- " + json.dumps(row, ensure_ascii=False)
        else:
            text = "- " + f"\n{' ' * indent}  ".join(f"{k}: {yaml_value(rnd, v, indent)}" for k, v in row.items())
        if rnd.random() < comments:
            text += rnd.choice([" # a word", "\n# a line", "\n\n  # - id: 3"])
        texts.append(" " * indent + (broken_yaml(rnd, text) if rnd.random() < broken else text))
    end = rnd.choice(["\n", "\n", "\r\n"])
    return rnd.choice(["", "", "---\n", "# a list\n"]) + "\n".join(texts).replace("\n", end) + rnd.choice(["", "\n", "\n...\n", "\n---\n- id: 1\n"])


def text_of(rnd, fmt, rows, broken):
    if fmt == "yaml":
        return yaml_of(rnd, rows, broken)
    if fmt == "csv":
        return csv_of(rnd, rows, broken)
    return json_of(rnd, rows, broken, fmt == "jsonl")


def outcome(words, folder, stdin=None):
    """All that a run leaves behind: what it says, its status, its files."""
    for name in ("out", "report.json", "summary.jsonl"):
        (folder / name).unlink(missing_ok=True)
    got = subprocess.run([TA, *words], cwd=folder, capture_output=True, stdin=stdin)
    files = [(folder / name).read_bytes() if (folder / name).exists() else None for name in ("out", "report.json", "summary.jsonl")]
    files[2] = re.sub(rb'"seconds": [0-9.]+', b"", files[2] or b"")
    return got.returncode, got.stdout, got.stderr, files


def compare(title, words, folder, **more):
    first = outcome([*words, "--jobs", WORKERS[0]], folder)
    for workers in WORKERS[1:]:
        other = outcome([*words, "--jobs", workers], folder)
        hold(other == first, f"{title}: {' '.join(words)} with {workers} workers")
        if other != first and os.environ.get("CREW_KEEP"):
            sys.exit(f"see {folder}")
    return first


def try_seed(seed, root):
    rnd = random.Random(seed)
    folder = root / str(seed)
    folder.mkdir()
    (folder / "schema.json").write_text(json.dumps(SCHEMA))
    fmt = ["csv", "jsonl", "json", "yaml"][seed % 4]
    rows = [member(rnd, k, rnd.choice([0, 0.001, 0.05])) for k in range(rnd.randint(8000, 16000))]
    text = text_of(rnd, fmt, rows, rnd.choice([0, 0, 0.0001, 0.002]))
    name = f"in.{fmt}"
    (folder / name).write_text(text, errors="surrogateescape", newline="")
    if seed % 5 == 3:
        with gzip.open(folder / f"{name}.gz", "wb") as out:
            out.write((folder / name).read_bytes())
        name += ".gz"
        packed = (folder / name).read_bytes()
        if seed % 10 == 8:
            (folder / name).write_bytes(rnd.choice([packed[:-len(packed) // 3], packed[:len(packed) // 2] + b"xx" + packed[len(packed) // 2:]]))
    common = ["--max-record", "1", "--schema", "schema.json", "--report", "json=report.json", "--summary", "summary.jsonl", name]
    compare(f"seed {seed}", ["check", *common], folder)
    compare(f"seed {seed}", ["check", "--max-record", "1", name], folder)
    compare(f"seed {seed}", ["check", *common, "--color", "always"], folder)
    for to in TARGETS:
        compare(f"seed {seed}", ["convert", *common, "--to", to, "-o", "out", "--keep-invalid"], folder)
    to = rnd.choice(TARGETS)
    extra = rnd.choice([["--pretty"], ["--limit", "5000"], ["--fail-fast"], ["--normalize"], ["--drop-personal"], ["--rejects", "rejects"],
                        ["--strict"], ["--plain"], ["--out-encoding", "windows-1252"], ["--infer"], ["--recover"]])
    compare(f"seed {seed}", ["convert", "--max-record", "1", name, "--to", to, *extra], folder)


EDITED = {
    "type": "object", "x-key": "id",
    "properties": {"id": {"type": "integer"}, "name": {"type": "string", "x-normalize": "name"}, "country": {"type": "string", "x-codes": "country"},
                   "joined": {"type": "string", "format": "date"}, "fee": {"type": "number"}, "sme": {"type": "boolean"},
                   "note": {"type": "string"}, "more": {"type": "string"}}}


def typed(rnd, k, messy, late):
    """As people type it: what other values must decide (01/02/2010, 1.500), and what shows that, some of it late in the list."""
    row = {"id": k, "name": f"Alpha {k}", "country": "DE", "joined": "2010-02-01", "fee": 12.5, "sme": True, "note": "x" * rnd.choice([3, 600]), "more": ""}
    changes = [lambda: row.update(name=f" Alpha\u00a0 {k}"), lambda: row.update(country=rnd.choice(["Allemagne", "France", "UK", "Nowhere"])),
               lambda: row.update(joined=rnd.choice(["01/02/2010", "2 mars 2011", "02.03.2012"])), lambda: row.update(sme="oui"),
               lambda: row.update(fee=rnd.choice(["1.500", "1 500,25 €", "12,5 M€", "n/a"])), lambda: row.update(note="anna.berg@example.org")]
    proofs = [lambda: row.update(joined="27/05/2014"), lambda: row.update(joined="05/27/2014"), lambda: row.update(more="p.roe@example.org"),
              lambda: row.update(fee="1.234,56"), lambda: row.update(note="+33 5 99 00 12 34"), lambda: row.update(note="z" * 300000)]
    if rnd.random() < messy:
        rnd.choice(changes)()
    if late and rnd.random() < 0.0005:
        rnd.choice(proofs)()
    return row


def edited_text(rnd, fmt, rows):
    if fmt == "csv":
        lines = [",".join(quoted("" if v is None else str(v).lower() if isinstance(v, bool) else str(v)) for v in row.values()) for row in rows]
        return "\n".join([",".join(rows[0]), *lines]) + "\n"
    return text_of(rnd, fmt, rows, rnd.choice([0, 0, 0.0001]))


def try_edit(seed, root):
    """normalize: the text, the diff, the file itself, and all that is said of it."""
    rnd = random.Random(1000 + seed)
    folder = root / f"edit-{seed}"
    folder.mkdir()
    (folder / "schema.json").write_text(json.dumps(EDITED))
    fmt, count, messy = ["csv", "jsonl", "json", "yaml"][seed % 4], rnd.randint(8000, 16000), rnd.choice([0, 0.01, 0.3])
    rows = [typed(rnd, k, messy, k > count * seed % 4 / 4) for k in range(count)]
    coding = "cp1252" if seed % 4 == 2 and fmt == "csv" else "utf-8"
    text = edited_text(rnd, fmt, rows)
    name = f"in.{fmt}"
    (folder / name).write_bytes(text.encode(coding, errors="surrogateescape"))
    common = ["--max-record", "1", "--schema", "schema.json", "--report", "json=report.json"] + (["--encoding", coding] if coding != "utf-8" else [])
    for extra in ([], ["-o", "out"], ["--check"], ["--diff"], rnd.choice([["--sort-key"], ["--decimal", ","], ["--only", "country"], ["--limit", "7000"]])):
        compare(f"edit {seed}", ["normalize", *common, *extra, name], folder)
    written = []
    for workers in WORKERS:
        (folder / f"own.{fmt}").write_bytes((folder / name).read_bytes())
        run = subprocess.run([TA, "normalize", *common, "--write", f"own.{fmt}", "--jobs", workers], cwd=folder, capture_output=True)
        written.append((run.returncode, run.stderr, (folder / f"own.{fmt}").read_bytes()))
    hold(written[0] == written[1] == written[2], f"edit {seed}: the file itself")
    piped = [subprocess.run([TA, "normalize", *common, "--from", fmt, "-", "--jobs", workers], cwd=folder, capture_output=True,
                            input=(folder / name).read_bytes()) for workers in WORKERS]
    hold(len({(run.returncode, run.stdout, run.stderr) for run in piped}) == 1, f"edit {seed}: a pipe")


def try_ends(root):
    """A YAML list that ends in `...` just where a chunk is cut, before a long item, has no further items."""
    for count in (3000, 3200):
        small = "".join(f"- id: {k}\n  name: {'x' * 60}\n" for k in range(count))
        rest = "".join(f"- id: {k}\n  name: {'y' * 60}\n" for k in range(60000))
        (root / "ends.yaml").write_text(f"{small}...\n- id: big\n  name: {'z' * 150000}\n{rest}")
        first = compare(f"{count} items", ["convert", "--max-record", "1", "ends.yaml", "--to", "jsonl"], root)
        hold(first[0] == 1 and first[1].count(b"\n") == count, f"{count} items before `...`: status {first[0]}")


def try_device(root):
    """A full disk, and a reader that goes away."""
    rows = [member(random.Random(1), k, 0) for k in range(20000)]
    (root / "big.csv").write_text(csv_of(random.Random(1), rows, 0))
    got = []
    for workers in WORKERS:
        with open("/dev/full", "wb") as full:
            run = subprocess.run([TA, "convert", "--max-record", "1", "big.csv", "--to", "json", "--jobs", workers], cwd=root, stdout=full,
                                 stderr=subprocess.PIPE)
        got.append((run.returncode, run.stderr))
        head = subprocess.run(f"{TA} convert --max-record 1 big.csv --to json --jobs {workers} | head -c 300000 | cksum; echo ${{PIPESTATUS[0]}}",
                              cwd=root, shell=True, executable="/bin/bash", capture_output=True)
        got[-1] += (head.stdout, head.stderr)
    hold(got[0][:3] == got[1][:3] == got[2][:3] and got[0][0] == 2, "a full disk and a closed pipe")


def try_stream(root):
    """From a pipe: several threads once there is enough of it, one before."""
    rows = [member(random.Random(k), k, 0) for k in range(20000)]
    data = csv_of(random.Random(2), rows, 0).encode()
    with subprocess.Popen([TA, "convert", "--max-record", "1", "-", "--from", "csv", "--to", "json", "--jobs", "2"], stdin=subprocess.PIPE,
                          stdout=open(root / "streamed", "wb"), stderr=subprocess.PIPE) as run:
        threads = []
        for part in (data[:200000], data[200000:-1000]):
            run.stdin.write(part)
            run.stdin.flush()
            time.sleep(0.5)
            threads.append(len(os.listdir(f"/proc/{run.pid}/task")))
        run.stdin.write(data[-1000:])
        run.stdin.close()
        run.wait()
    (root / "whole.csv").write_bytes(data)
    whole = subprocess.run([TA, "convert", "whole.csv", "--to", "json", "--jobs", "1"], cwd=root, capture_output=True)
    hold(threads[0] == 1 and (threads[1] > 1 or SANITIZED), f"threads on a pipe: {threads}")
    hold((root / "streamed").read_bytes() == whole.stdout, "the same from a pipe")


def main():
    with tempfile.TemporaryDirectory(prefix="transalp-crew-") as name:
        root = pathlib.Path(name)
        first = int(os.environ.get("CREW_FIRST", "0"))
        for seed in range(first, first + SEEDS):
            try_seed(seed, root)
            try_edit(seed, root)
        if not first:
            try_ends(root)
            try_device(root)
            try_stream(root)
    finish()


main()
