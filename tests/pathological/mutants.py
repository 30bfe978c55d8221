#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whole commands on broken files: inputs, schemas and maps of the cases and samples, mutated, under options drawn at random. Each
run ends by itself, with status 0, 1 or 2, and never without a word when it fails. MUTANTS_SECONDS (20) says how long;
MUTANTS_SEED repeats what a failure names. The files of a failure are left in BUILD/mutants."""
import os
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import tempfile
import time

TRANSALP = os.environ["TRANSALP"]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KEPT = pathlib.Path(os.environ["BUILD"]) / "mutants"
SEED = os.environ.get("MUTANTS_SEED")
SECONDS = float(os.environ.get("MUTANTS_SECONDS", "20"))
RUN_SECONDS = 60  # far more than any run takes, also on a busy machine under sanitizers
FILE_MAX = 16 * 1024
SUFFIXES = {"csv": ".csv .tsv .txt", "json": ".json .jsonl", "yaml": ".yaml .yml", "xml": ".xml"}
LENGTHS = [1, 15, 16, 17, 31, 33, 60, 63, 64, 65, 67, 70, 129, 200, 255, 1009, 1025, 4096, 5000, 65537]
TOKENS = ["\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "{", "}", "[", "]", ":", ": ", "- ", "? ", "|\n", ">-\n  ", "&a ", "*a", "<<: *a",
          "!!str ", " #c", "---\n", "%YAML 1.1\n", "<", ">", "/>", "</", "&amp;", "&#0;", "&#10;", "<![CDATA[", "]]>", "<!--", "-->", "<?x ?>",
          "<!DOCTYPE a>", " ta:type=\"array\"", "null", "true", "-0", "1e400", "0x1F", ".5", "007", "12,5", "1.234,56", "\\", "\\u0000",
          "\\ud83d", "\ufeff", "\0", "\x01", "\x85", "\u2028", "\u200b", "\u0301", "\U0001f600", "a.b", "a.0.b", "..", "*", "$ref", "@a",
          "#text", "_x0020_", "id", "country", "2020-02-30", "31/12/2020", "'", "=1+1", "+33 1 23", "99999999999999999999", "   ", "~"]
BYTES = [b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\x80", b"\xf8"]
FORMATS = ["json", "jsonl", "csv", "tsv", "yaml", "xml"]
REPORTS = ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "html"]
PATHS = ["*", "items", "data.items", "a.*", "*.*", "partners", "0", "x.y.z"]


def load_corpus():
    files = [f for place in ("tests/cases", "samples") for f in sorted((ROOT / place).rglob("*"))
             if f.is_file() and f.name not in ("cmd", "out", "err", "status") and 0 < f.stat().st_size <= FILE_MAX]
    return {kind: [f.read_bytes() for f in files if f.suffix in words.split()] for kind, words in SUFFIXES.items()}


CORPUS = load_corpus()
WORDED = CORPUS["json"] + CORPUS["yaml"]
SCHEMAS = [text for text in WORDED if b"properties" in text or b"x-rules" in text]


def token(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice(["a", "é", "0", "\"", "[", "{\"a\":", "<a>", "- ", "\\", ",", " ", "\n", ".1"]).encode() * rng.choice(LENGTHS)
    if kind == 1:
        name = "".join(rng.choice("abcdefgh") for _ in range(rng.choice(LENGTHS)))
        return rng.choice(['"%s": 1, ', "%s: 1\n", "<%s>x</%s>", ",%s,", "%s"]).replace("%s", name).encode()
    return rng.choice(BYTES) if kind == 2 else rng.choice(TOKENS).encode()


def mutate_once(rng, text):
    at, more = rng.randrange(len(text) + 1), rng.choice([1, 1, 2, 4, 10, 100])
    words = list(re.finditer(rb"[\w.+-]+", text))
    kind = rng.randrange(8)
    if kind == 0:
        return text[:at] + text[at + more:]
    if kind == 1:
        return text[:at] + bytes(b ^ 1 << rng.randrange(8) for b in text[at:at + 1]) + text[at + 1:]
    if kind == 2:
        return text[:at] + text[at:at + more] * rng.choice([2, 3, 50]) + text[at + more:]
    if kind == 3 and words:
        word = rng.choice(words)
        return text[:word.start()] + rng.choice([token(rng), rng.choice(words).group()]) + text[word.end():]
    if kind == 4:
        lines = text.split(b"\n")
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
        return b"\n".join(lines)
    if kind == 5 and rng.random() < 0.3:
        return rng.choice([text[:at], text.replace(b"\n", b"\r\n"), text.decode("utf-8", "replace").encode("utf-16"), text * 30])
    return text[:at] + token(rng) + text[at:]


def mutant(rng, texts):
    text = rng.choice(texts)
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3, 6])):
        text = mutate_once(rng, text)
    return text


def some(rng, *choices):
    """Of (chance, words...) those that chance wants."""
    return [word for chance, *words in choices if rng.random() < chance for word in words]


def schema_words(rng, folder, command):
    words = []
    if rng.random() < (0.95 if command == "normalize" else 0.5):
        (folder / "s.json").write_bytes(mutant(rng, SCHEMAS))
        words += ["--schema", rng.choice(["member", "cluster", "project", "./s.json", "./s.json"])]
    if command != "infer" and rng.random() < 0.15:
        (folder / "m.yaml").write_bytes(mutant(rng, [text for text in WORDED if b"to:" in text or b": drop" in text]))
        words += ["--map", "m.yaml"]
    return words


def output_words(rng, command):
    if command == "convert":
        where = rng.choice([["--to", rng.choice(FORMATS)]] * 5 + [["-o", "out." + rng.choice(FORMATS)]] * 3 + [["-o", "out/"], ["--tables", "tables"]])
        return where + some(rng, (0.2, "--keep-invalid"), (0.15, "--normalize"), (0.1, "--rejects", "rejects"), (0.1, "--drop-personal"),
                            (0.1, "--only-fields", "id,name,partners.name"), (0.05, "--emit-schema", "e.json"), (0.05, "--xml-style", "plain"))
    if command == "normalize":
        return rng.choice([[], ["--diff"], ["--check"], ["--write"], ["-o", "out/"]]) + some(rng, (0.2, "--fix-suggested"))
    if command == "infer":
        return some(rng, (0.2, "--merge", "member"), (0.3, "--ranges"), (0.2, "--tables", "tables"))
    return some(rng, (0.1, "--key", "id"))


def make_tables(rng, folder):
    """The files of a list and of the lists in it, one of them a mutant."""
    (folder / "in.json").write_bytes(rng.choice(CORPUS["json"]))
    subprocess.run([TRANSALP, "convert", "in.json", "--tables", "tables", "--keep-invalid"], cwd=folder, stdin=subprocess.DEVNULL,
                   capture_output=True, timeout=RUN_SECONDS, check=False)
    files = sorted((folder / "tables").glob("*.csv"))
    if files:
        file = rng.choice(files)
        file.write_bytes(mutant(rng, [file.read_bytes()]))
    return ["tables/in.csv", "--tables", "tables"]


def make_inputs(rng, folder, command):
    if command in ("convert", "check", "infer") and rng.random() < 0.15:
        return make_tables(rng, folder) + (["--to", rng.choice(FORMATS)] if command == "convert" else [])
    inputs = []
    for i in range(2 if command == "diff" else rng.choice([1, 1, 1, 2, 3])):
        kind = rng.choice(sorted(CORPUS))
        inputs.append(f"in{i}.{kind}")
        (folder / inputs[-1]).write_bytes(mutant(rng, CORPUS[kind]))
    return inputs + output_words(rng, command)


def command_line(rng, folder):
    command = rng.choice(["convert"] * 4 + ["check"] * 3 + ["normalize"] * 3 + ["infer"] * 2 + ["diff", "digest"])
    words = [command, *make_inputs(rng, folder, command), *schema_words(rng, folder, command)]
    words += some(rng, (0.1, "--recover"), (0.1, "--records", rng.choice(PATHS)), (0.05, "--limit", "2"), (0.05, "--from", rng.choice(FORMATS)),
                  (0.3, "--all"), (0.05, "--max-depth", "3"), (0.05, "--error", "loss"), (0.2, "--report", rng.choice(REPORTS)),
                  (0.1, "--report", f"{rng.choice(REPORTS)}=report"))
    if command in ("convert", "check"):
        words += some(rng, (0.1, "--infer"), (0.1, "--duplicates"), (0.1, "--strict"), (0.1, "--jobs", "3"), (0.1, "--assert-formats"))
    return words


def fault_of(words, folder):
    try:
        done = subprocess.run([TRANSALP, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=RUN_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"ran for more than {RUN_SECONDS} s"
    said = done.stdout + done.stderr
    if done.returncode not in (0, 1, 2):
        return f"status {done.returncode}\n{done.stderr.decode('utf-8', 'replace')[-3000:]}"
    return "failed without a word" if done.returncode and not said else ""


def turn(seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="transalp-mutants-") as name:
        folder = pathlib.Path(name)
        words = command_line(rng, folder)
        before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        fault = fault_of(words, folder)
    if fault:
        print(f"MUTANTS_SEED={seed}: transalp {shlex.join(words)}: {fault}")
        shutil.rmtree(KEPT / str(seed), ignore_errors=True)
        for file, data in before.items():
            (KEPT / str(seed) / file).parent.mkdir(parents=True, exist_ok=True)
            (KEPT / str(seed) / file).write_bytes(data)
    return not fault


def main():
    seed, end, results = int(SEED or random.randrange(10**9)), time.monotonic() + SECONDS, []
    print(f"seed {seed}")
    while not results or (not SEED and time.monotonic() < end):
        results.append(turn(seed + len(results)))
    print(f"{sum(results)} passed, {results.count(False)} failed")
    return not all(results)


if __name__ == "__main__":
    raise SystemExit(main())
