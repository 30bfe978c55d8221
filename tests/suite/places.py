#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The place of every value, key and object, to the column, in random nasty documents of JSON, YAML, XML and CSV.

The documents are written by this script, which notes where it puts each thing: an account independent of every scanner
in the product. Three schemas then find fault with each scalar (at its value), each member (at its key) and each object
(at its start), and the JSON report's lines and columns are held against the notes. SEED takes other data."""
import json
import os
import pathlib
import random
import subprocess
import tempfile

from tally import finish, hold

TRANSALP = os.environ["TRANSALP"]
SEED = int(os.environ.get("SEED", "1"))
N = int(os.environ.get("PLACES_N", "120"))
rng = random.Random(SEED)

WORDS = ["a", "é", "日本", "😀", "Müller", "x y", "naïve café", "Ω", "long " * 8 + "end", "q"]


class Page:
    """Text that grows, with notes of where things begin. Python's strings count code points, as columns do."""

    def __init__(self, newline):
        self.parts, self.size, self.newline = [], 0, newline
        self.values, self.keys, self.objects = {}, {}, {}

    def put(self, text):
        text = text.replace("\n", self.newline)
        self.parts.append(text)
        self.size += len(text)

    def note(self, table, pointer):
        table[pointer] = self.size

    def text(self):
        return "".join(self.parts)

    def places(self, table):
        text = self.text()
        return {p: (text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1) for p, at in table.items()}


def step(pointer, key):
    return pointer + "/" + str(key).replace("~", "~0").replace("/", "~1")


def tree(depth, lists=True):
    kind = rng.random()
    if depth and kind < 0.45:
        return {f"k{i}{rng.choice(['', 'é', '日', '_x', '-y'])}": tree(depth - 1, lists) for i in range(rng.randrange(1, 5))}
    if depth and lists and kind < 0.65:
        return [tree(depth - 1, lists) for _ in range(rng.randrange(1, 4))]
    return rng.choice(WORDS)


# JSON

def json_blank(page):
    page.put(rng.choice(["", "", " ", "\n", "\t", "  \n ", "\n\n"]))


def json_text(text):
    return json.dumps(text, ensure_ascii=rng.random() < 0.5)


def write_json(page, v, pointer=""):
    if isinstance(v, dict):
        page.note(page.objects, pointer)
        page.put("{")
        for i, (k, x) in enumerate(v.items()):
            page.put("," if i else "")
            json_blank(page)
            page.note(page.keys, step(pointer, k))
            page.put(json_text(k))
            json_blank(page)
            page.put(":")
            json_blank(page)
            write_json(page, x, step(pointer, k))
            json_blank(page)
        page.put("}")
    elif isinstance(v, list):
        page.put("[")
        for i, x in enumerate(v):
            page.put("," if i else "")
            json_blank(page)
            write_json(page, x, step(pointer, i))
            json_blank(page)
        page.put("]")
    else:
        page.note(page.values, pointer)
        page.put(json_text(v))


# YAML

def yaml_comment(page, indent):
    if rng.random() < 0.2:
        page.put(" " * indent + rng.choice(["# a comment: é", "#", "# 'quote \" {", "# - x: y\t"]) + "\n")
    if rng.random() < 0.1:
        page.put("\n")


def yaml_double(text):
    """As JSON writes it, but for its surrogate pairs, which YAML has not."""
    return json.dumps(text, ensure_ascii=max(map(ord, text)) < 0x10000 and rng.random() < 0.5)


def yaml_props():
    return rng.choice(["", "", "", "&a1 ", "!!str ", "&b\t", "!!str  &c "])


def yaml_scalar(page, text, pointer, indent, flow=False):
    style = rng.choice(["plain", "single", "double", "multi"] + ([] if flow else ["literal", "folded"]))
    page.put(yaml_props())
    page.note(page.values, pointer)
    if style == "single":
        page.put("'" + text.replace("'", "''") + "'")
    elif style == "double":
        page.put(yaml_double(text))
    elif style == "multi" and " " in text.strip():
        page.put('"' + text.replace(" ", "\n" + " " * (indent + 2), 1) + '"')
    elif style in ("literal", "folded"):
        page.put(("|" if style == "literal" else ">") + rng.choice(["", "-", "+"]) + rng.choice(["", " # note"]))
        page.put("".join("\n" + " " * (indent + 2) + line for line in text.strip().split("\n")))
    else:
        page.put(text.strip())


def yaml_key(page, k, pointer):
    page.note(page.keys, pointer)
    page.put(rng.choice([k, k, yaml_double(k), "'" + k + "'"]))


def write_yaml_flow(page, v, pointer, indent):
    def gap():
        page.put(rng.choice(["", " ", "\n" + " " * (indent + 1), " # c\n" + " " * (indent + 1)]))

    if isinstance(v, dict):
        page.note(page.objects, pointer)
        page.put("{")
        for i, (k, x) in enumerate(v.items()):
            page.put(", " if i else "")
            gap()
            yaml_key(page, k, step(pointer, k))
            page.put(": ")
            write_yaml_flow(page, x, step(pointer, k), indent)
        page.put("}")
    elif isinstance(v, list):
        page.put("[")
        for i, x in enumerate(v):
            page.put(", " if i else "")
            gap()
            write_yaml_flow(page, x, step(pointer, i), indent)
        page.put("]")
    else:
        yaml_scalar(page, v, pointer, indent, flow=True)


def write_yaml(page, v, pointer="", indent=0, inline=False):
    """inline: the first line is begun already (behind `- `)."""
    if isinstance(v, dict):
        page.note(page.objects, pointer)
        first = True
        for k, x in v.items():
            if not (first and inline):
                yaml_comment(page, indent)
                page.put(" " * indent)
            if first:
                page.note(page.objects, pointer)
            first = False
            yaml_key(page, k, step(pointer, k))
            page.put(":")
            write_yaml_inner(page, x, step(pointer, k), indent)
    elif isinstance(v, list):
        for i, x in enumerate(v):
            if not (i == 0 and inline):
                yaml_comment(page, indent)
                page.put(" " * indent)
            page.put("-")
            write_yaml_inner(page, x, step(pointer, i), indent, item=True)


def write_yaml_inner(page, x, pointer, indent, item=False):
    if isinstance(x, str):
        page.put(" ")
        yaml_scalar(page, x, pointer, indent)
        page.put("\n")
    elif rng.random() < 0.25:
        page.put(" ")
        write_yaml_flow(page, x, pointer, indent + 1)
        page.put(rng.choice(["", " # after"]) + "\n")
    elif item and rng.random() < 0.6:
        page.put(" ")
        write_yaml(page, x, pointer, indent + 2, inline=True)
    else:
        page.put(rng.choice(["", "", " &n", " # why"]) + "\n")
        write_yaml(page, x, pointer, indent + 2)


# XML (without lists: what is a list is the schema's word)

def xml_text(page, text, pointer, attribute=False):
    if not attribute:
        page.put(rng.choice(["", "", "<!-- c -->", "<?p x?>"]))
    page.note(page.values, pointer)
    text = text.strip()
    if rng.random() < 0.2:
        text += rng.choice(["&amp;", "&#233;", "&lt;b", "&#x1F600;"])
    if not attribute and rng.random() < 0.15:
        page.put("<![CDATA[" + text + "]]>")
    else:
        page.put(text)


def xml_gap(page):
    page.put(rng.choice(["", "\n", "\n  ", " <!-- é - --> ", "\t", "<?pi 日?>\n"]))


def write_xml(page, name, v, pointer):
    start = page.size
    page.put("<")
    page.note(page.keys, pointer)
    page.put(name)
    if isinstance(v, dict):
        page.objects[pointer] = start
        items = list(v.items())
        while items and isinstance(items[0][1], str) and rng.random() < 0.5:
            k, x = items.pop(0)
            page.put(rng.choice([" ", "\n   ", "\t"]))
            page.note(page.keys, step(pointer, "@" + k))
            page.put(k + rng.choice(["=", " = "]))
            quote = rng.choice("'\"")
            page.put(quote)
            xml_text(page, x, step(pointer, "@" + k), attribute=True)
            page.put(quote)
        page.put(rng.choice(["", " ", "\n"]) + ">")
        xml_gap(page)
        for k, x in items:
            write_xml(page, k, x, step(pointer, k))
            xml_gap(page)
        page.put(f"</{name}{rng.choice(['', ' '])}>")
    else:
        page.put(rng.choice(["", " "]) + ">")
        xml_text(page, v, pointer)
        page.put(f"</{name}>")


def check(path, schema, code, want, kind):
    """The findings of one schema against the notes."""
    done = subprocess.run([TRANSALP, "check", path, "--schema", schema, "--report", "json", "--quiet"], capture_output=True, timeout=60)
    try:
        findings = json.loads(done.stdout)["findings"]
    except (ValueError, KeyError):
        findings = []
    got = {f.get("pointer", ""): (f["line"], f["column"]) for f in findings if f["code"] == code}
    bad = {p: (want.get(p), got.get(p)) for p in set(want) | set(got) if want.get(p) != got.get(p)}
    hold(not bad, f"{path}: {kind}: (noted, told) {dict(list(sorted(bad.items()))[:4])}\n{done.stderr.decode()[:300]}\n",
         bad and pathlib.Path(path).read_bytes()[:700], count=len(want))


def schemas(folder, lists):
    types = ["object", "array"] if lists else ["object"]
    inner = {"additionalProperties": {"$ref": "#/$defs/v"}, **({"items": {"$ref": "#/$defs/v"}} if lists else {})}
    rows = {
        "type": {"type": types, **inner},
        "unexpected-property": {"additionalProperties": False},
        "required": {"required": ["none such"], **inner},
    }
    for code, v in rows.items():
        path = os.path.join(folder, f"{code}-{lists}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"$ref": "#/$defs/v", "$defs": {"v": v}}, file)
        yield code, path


def top_keys(page):
    return {p: at for p, at in page.keys.items() if p.count("/") == 1}


def one(folder, n, suffix, write, lists):
    newline = "\r\n" if n % 3 == 2 else "\n"
    page = Page(newline)
    v = {f"top{i}": tree(4, lists) for i in range(rng.randrange(1, 5))}
    mark = "\ufeff" if n % 5 == 4 else ""
    write(page, v)
    path = os.path.join(folder, f"doc{n}.{suffix}")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(mark + page.text())
    tables = {"type": page.values, "unexpected-property": top_keys(page), "required": page.objects}
    for code, schema in schemas(folder, lists):
        check(path, schema, code, page.places(tables[code]), code)


def xml_document(page, v):
    page.put(rng.choice(["", '<?xml version="1.0" encoding="UTF-8"?>\n', "<!-- first -->\n"]))
    page.objects[""] = page.size
    write_xml(page, "root", v, "/root")
    page.put("\n")


def main():
    print(f"seed {SEED}")
    with tempfile.TemporaryDirectory() as folder:
        for n in range(N):
            one(folder, n, "json", write_json, True)
            one(folder, n, "yaml", write_yaml, True)
            one(folder, n, "xml", xml_document, False)
    finish()


main()
