#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a reader guesses or takes from a schema, against what the writers write.

Small tables at the edges of each guess (delimiter, title, comment, quotes that mean nothing, decimal sign, null words, names
of columns and elements, list or document) go to a file with random output options and back: the same data, unless it was told
what is lost. SEED takes other data, ROUNDTRIP_N sets how many."""
import json
import os
import subprocess
import tempfile

import roundtrip as make
from roundtrip import Number, rng
from tally import finish, hold

N = int(os.environ.get("ROUNDTRIP_N", "60"))

CELLS = ["", " ", "a", "b", "0", "1", "007", "1.5", "1.500", "1,500", "1,5", "-1", "+1", "1e5", "1 234,56", "1.234,56", "true", "null", "NA", "-", "~",
         "#", "# note", "sep=;", "sep=x", "Title", "Source: x", "Total", "a;b", "a,b", "a|b", "a\tb", "x|y|z", '"', '""', '"a"', "'a'", "\n", "\r", "a\r\nb",
         "=1", "@a", "'=1", "\ta", " a", "a ", "\ufeff", "\ufeffa", "2008-10", "M-001", "a@b.c", "\u00a0", "\\", '\\"', "- a", "{", "[1]", "<a/>", "%"]
HEADS = ["a", "b", "id", "name", "é", "1", "2020", "#", "# a", "- a", "sep=;", "sep=x", "a;b", "a,b", "a|b", "a\tb", "a:b", '"a"', "'a'", "a\nb", "a ", " ",
         "\ufeff", "\ufeffa", "true", "12", "=a", "Total", "*", "{", "<", "a; b", "N°", "record", "ta:type", "@id", "#text"]
NUMBERS = ["0", "-1", "1.5", "1.500", "-1.500", "12.345", "0.500", "1500", "1e5", "1.500e3", "1E-7", "1234.5", "123456789012345678901234567890"]
DELIMITERS = [",", ";", "\t", "|", ":", " ", "="]
ROWS = [0, 1, 1, 2, 3, 5, 30]
NAMES = ["a", "b", "name", "item", "record", "é", "n-1", "#text", "@id", "p:q", "x y", "ta:type"]


def transalp(*args):
    """(exit status, what is said of losses, all that is said)"""
    done = subprocess.run([make.TRANSALP, *args, "--report", "json", "--quiet"], capture_output=True, timeout=60, check=False)
    try:
        findings = json.loads(done.stderr)["findings"]
    except ValueError:
        findings = [{"code": "none", "message": done.stderr.decode("utf-8", "replace")}]
    return done.returncode, [f for f in findings if is_loss(f)], findings


def is_loss(finding):
    """That CSV without a schema has no types and no nesting is no excuse under --infer."""
    if "without a schema has no types" in finding["message"]:
        return False
    return finding["code"].startswith("loss-") and finding["code"] != "loss-nesting" or finding["code"] == "csv-ambiguous"


def turn(folder, name, source, target, out, back=(), order=True):
    """source to target and back."""
    target, end = os.path.join(folder, target), os.path.join(folder, "back.json")
    status, lost, said = transalp("convert", source, "-o", target, *out)
    if hold(status == 0 or lost, name, f"{out}: {said}\n{open(source, encoding='utf-8').read()[:600]}") and status == 0:
        status, more, said = transalp("convert", target, "-o", end, *back)
        lost += more
        if lost or not hold(status == 0, name, f"{out}: written, and not read: {said}\n{open(target, 'rb').read()[:600]}"):
            return
        want, got = make.load(source), make.load(end)
        if not order:
            want, got = make.sort_keys(want), make.sort_keys(got)
        hold(want == got, name, f"{out}: differs, and nobody told\n was {json.dumps(want)[:600]}\n is  {json.dumps(got)[:600]}\n"
             f" by  {open(target, 'rb').read()[:600]}")


def column(kinds):
    """A maker of values that are much alike."""
    texts, numbers = rng.choices(CELLS, k=rng.choice([1, 2, 3, 20])), [Number(n) for n in rng.choices(NUMBERS, k=rng.choice([1, 2]))]
    makers = {"s": lambda: rng.choice(texts), "n": lambda: rng.choice(numbers), "b": lambda: rng.random() < 0.5, "z": lambda: None}
    return lambda: makers[rng.choice(kinds)]()


def table(kinds, heads):
    columns = {head: column(rng.choice(kinds)) for head in heads}
    return [{head: value() for head, value in columns.items()} for _ in range(rng.choice(ROWS))]


def csv_options():
    """Options that write CSV, and those that its reader needs beside what it finds out."""
    out, back, kind = [], [], rng.random()
    if kind < 0.4:
        delimiter = rng.choice(DELIMITERS)
        out, back = ["--out-delimiter", delimiter], [] if delimiter in ",;\t|" else ["--delimiter", delimiter]
    elif kind < 0.6:
        out = ["--out-dialect", rng.choice(["rfc4180", "tsv", "excel-en", "excel-fr", "cordis"])]
    if rng.random() < 0.3:
        out += ["--out-quote-all"]
    if rng.random() < 0.2:
        out, back = out + ["--spreadsheet-safe"], back + ["--strip-apostrophes"]
    if rng.random() < 0.2:
        out, back = out + ["--out-encoding", "UTF-16"], back + ["--encoding", "UTF-16"]
    return out, back


def test_texts(folder):
    """Texts and null, without a schema."""
    out, back = csv_options()
    source = make.write(folder, "in.json", table(["s", "sz"], rng.sample(HEADS, rng.choice([1, 1, 2, 3]))))
    turn(folder, "texts in csv", source, "out.csv", out, back)


def test_inferred(folder):
    out, back = csv_options()
    if rng.random() < 0.3:
        out += ["--out-decimal", ","]
    source = make.write(folder, "in.json", table(["s", "n", "b", "nb", "snz"], rng.sample(HEADS, rng.choice([1, 2, 3]))))
    turn(folder, "csv --infer", source, "out.csv", out, [*back, "--infer"])


def test_rewritten(folder):
    """From one way of writing CSV to another, without typing it in between."""
    (first, read), (second, back) = csv_options(), csv_options()
    table_of = table(["s", "n", "b", "snz"], rng.sample(HEADS, rng.choice([1, 2, 3])))
    source, middle = make.write(folder, "in.json", table_of), os.path.join(folder, "middle.csv")
    _, lost, _ = transalp("convert", source, "-o", middle, *first)
    straight = os.path.join(folder, "straight.json")
    status, more, said = transalp("convert", middle, "-o", straight, *read, "--infer")
    if not lost + more and hold(status == 0, "csv again", f"{first}: {said}") and make.load(source) == make.load(straight):
        target, end = os.path.join(folder, "out.csv"), os.path.join(folder, "back.json")
        _, lost, _ = transalp("convert", middle, "-o", target, *read, *second)
        _, more, said = transalp("convert", target, "-o", end, *back, "--infer")
        hold(lost + more or make.load(end) == make.load(straight), "csv again", f"{first} {second}: differs\n {open(middle, 'rb').read()[:600]}\n {said}")


def test_signs(folder):
    """Numbers whose signs the schema gives, beside texts that look like them."""
    signs = [{"decimal": ","}, {"group": "."}, {"decimal": ",", "group": "."}, {"group": " "}, {"decimal": ".", "group": ","}, {}]
    heads = rng.sample(HEADS, 3)
    properties = {heads[0]: {"type": "number", "x-csv": rng.choice(signs)}, heads[1]: {"type": ["number", "string"], "x-csv": rng.choice(signs)},
                  heads[2]: {"type": "array", "items": {"type": "number", "x-csv": rng.choice(signs)}, "x-csv": {"separator": rng.choice([";", "|", "/"])}}}
    schema = make.write(folder, "schema.json", {"type": "object", "additionalProperties": False, "required": heads, "properties": properties})
    number, either = column("n"), column("ns")
    rows = [{heads[0]: number(), heads[1]: either(), heads[2]: [number() for _ in range(rng.choice([1, 2]))]} for _ in range(rng.choice(ROWS))]
    out, back = csv_options()
    turn(folder, "signs", make.write(folder, "in.json", rows), "out.csv", [*out, "--schema", schema], [*back, "--schema", schema], order=False)


def test_tabular(folder):
    """A Data Package's own dialect."""
    heads = rng.sample([h for h in HEADS if h.strip() == h], rng.choice([1, 2, 3]))
    dialect = {word: rng.choice(values) for word, values in (("delimiter", [";", "|", ":"]), ("quoteChar", ["'", '"']), ("commentChar", ["#", "-"]),
                                                             ("header", [False, True]), ("escapeChar", ["\\"])) if rng.random() < 0.4}
    fields = [{"name": head, "type": rng.choice(["string", "string", "number"])} for head in heads]
    for field in fields:
        if field["type"] == "number" and rng.random() < 0.5:
            field["decimalChar"] = ","
    missing = ["", *rng.sample(["NA", "-", "0", "Total", "'a'"], 2)]
    package = {"resources": [{"name": "r", "path": "r.csv", "dialect": dialect, "schema": {"fields": fields, "missingValues": missing}}]}
    schema = make.write(folder, "package.json", package)
    columns = [column("n" if f["type"] == "number" else "s") for f in fields]
    rows = [{h: v() for h, v in zip(heads, columns) if rng.random() < 0.9} for _ in range(rng.choice(ROWS))]
    out = ["--out-quote-all"] if rng.random() < 0.2 and dialect.get("header", True) else []
    turn(folder, "data package", make.write(folder, "in.json", rows), "out.csv", [*out, "--schema", schema], ["--schema", schema], order=False)


def xml_words(*words):
    xml = {word: rng.choice(NAMES) if word == "name" else True for word in words if rng.random() < 0.4}
    return {"xml": xml} if xml else {}


def xml_schema(depth):
    """A schema whose names are others than the keys, and a function that makes a value of it."""
    kind = rng.random()
    if kind < 0.4 or not depth:
        types = rng.choice(["string", "number", "boolean", ["string", "null"], ["number", "string"]])
        makers = {"string": lambda: rng.choice(CELLS), "number": lambda: Number(rng.choice(NUMBERS)), "boolean": lambda: True, "null": lambda: None}
        return {"type": types, **xml_words("name", "attribute")}, lambda: makers[types if isinstance(types, str) else rng.choice(types)]()
    if kind < 0.7:
        items, item = xml_schema(depth - 1)
        return {"type": "array", "items": items, **xml_words("name", "wrapped")}, lambda: [item() for _ in range(rng.choice([0, 1, 2]))]
    return xml_object(depth)


def xml_object(depth):
    members = {key: xml_schema(depth - 1) for key in rng.sample(NAMES, rng.choice([1, 2, 3]))}
    others = [] if rng.random() < 0.5 else [n for n in rng.sample(NAMES, 2) if n not in members]
    schema = {"type": "object", "properties": {k: s for k, (s, _) in members.items()}, "additionalProperties": bool(others), **xml_words("name")}
    return schema, lambda: {**{k: m() for k, (_, m) in members.items() if rng.random() < 0.8}, **{k: make.value(1) for k in others if rng.random() < 0.5}}


def test_xml(folder):
    """Names that the schema gives, and members of other names beside them."""
    rules, record = xml_object(3)
    schema = make.write(folder, "schema.json", rules)
    data = record() if rng.random() < 0.2 else [record() for _ in range(rng.choice(ROWS[:6]))]
    turn(folder, "xml names", make.write(folder, "in.json", data), "out.xml", ["--schema", schema], ["--schema", schema], order=False)


def test_tables(folder):
    """Lists in files of their own, in one encoding and dialect."""
    out, back = csv_options()
    inner = rng.sample(HEADS, 2)
    records = [{"key": str(i), "list": [{h: rng.choice(CELLS) for h in inner} for _ in range(rng.choice([1, 2]))]} for i in range(rng.choice([1, 2, 5]))]
    source, tables = make.write(folder, "in.json", records), os.path.join(folder, "tables")
    status, lost, said = transalp("convert", source, "--tables", tables, "--key", "key", *out)
    hold(status == 0, "tables", f"{out}: {said}")
    end = os.path.join(folder, "back.json")
    status, more, said = transalp("convert", os.path.join(tables, "in.csv"), "--tables", tables, "--key", "key", "-o", end, *back)
    if hold(status == 0, "tables", f"{out}: written, and not read: {said}") and not lost + more:
        hold(make.load(source) == make.load(end), "tables", f"{out}: differs\n was {make.dump(records)[:600]}\n is  {open(end, encoding='utf-8').read()[:600]}")


def main():
    print(f"seed {make.SEED}")
    for _ in range(N):
        for test in (test_texts, test_texts, test_inferred, test_rewritten, test_signs, test_tabular, test_xml, test_tables):
            with tempfile.TemporaryDirectory() as folder:
                test(folder)
    finish()


if __name__ == "__main__":
    main()
