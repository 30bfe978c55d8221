# SPDX-License-Identifier: MIT
"""Makes the n-th allocation, read, write, open or closing call fail, for every n, in each of a set of commands.

Demanded each time: no crash; either the undisturbed result, or exit status 2 with a message; old output untouched and
no temporary file left. A sample runs under valgrind, which sees what is leaked on the way out.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TRANSALP = os.environ["TRANSALP"]
SHIM = pathlib.Path(os.environ["BUILD"]) / "tests" / "chaos.so"
KINDS = ["ALLOC", "READ", "WRITE", "OPEN", "FINISH"]
ALL_UP_TO, THEN = 100, 60  # each of the first calls, then so many of the rest
VALGRIND_RUNS = 20
SECONDS = 60
# glibc's iconv_open says EINVAL, an unknown encoding, when its own allocations fail.
WORDS = {"ALLOC": b"out of memory|encoding-unknown"}
OLD = b"what stood here before\n"
LIST = b"id,c,d,n\nb,Italie,27/05/2014, x\na,fr,02/07/2010,y\n"


def old_of(words):
    """What stands in the file out before: what `normalize out` edits is a list."""
    return LIST if words.startswith("normalize out ") else OLD


FILES = {
    "plain.csv": "id,name,country\n" + "".join(f"{i},Name {i},FR\n" for i in range(40)),
    "broken.csv": 'id,name\n1,ab"c\n2,"d\n',
    "quotes.csv": 'id,name\n1,"a" b\n2,c\n',
    "nested.json": '[{"id": 1, "p": [{"a": "x"}, {"a": "y"}]},\n {"id": 2.50, "p": [], "n": null}]\n',
    "damaged.csv": 'name,zip\nSociÃ©tÃ© ,01000\nLyon\u200b,69007\nLуоn,38000\nx,140\n',
    "lines.jsonl": '{"id": 1}\n{"id": }\n{"id": "\\u00e9\\ud83d\\ude00"}\n',
    "around.json": '{"v": 1, "d": {"x": [2, null], "g": [{"id": 1}, {"id": 2}], "y\\n": "z"}, "t": []}\n',
    "twins.json": '{"v": 1, "g": [{"id": 1}], "v": 2}\n',
    "envelope.json": "",
    "way.yaml": "files: [{match: '*.json', normalize: {only: [code, amount], sort-key: true}}]\n",
    "messy.json": '[{"id": "b", "c": "Italie", "f": "1.500,00 €", "n": " x"},\n {"id": "a", "c": "fr", "f": "3.000"}]\n',
    "alias.yaml": "- {c: &g Italie}\n- &w {c: *g, n: &n ' x'}\n- *w\n- {<<: *w, f: 1}\n- {n: *n}\n",
    "clean.json": '{"type": "object", "x-key": "id", "properties": {"c": {"x-codes": "country"}, "d": {"x-normalize": "date"},\n'
                  ' "n": {"type": "string", "x-normalize": "splitword"}, "f": {"x-normalize": "amount"}}}\n',
    "list.xsd": '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="code.xsd"/>\n'
                '<xs:element name="list"><xs:complexType><xs:sequence><xs:element name="item" maxOccurs="unbounded">\n'
                '<xs:complexType><xs:sequence><xs:element name="id" type="xs:int"/><xs:element name="code" type="code"/>\n'
                '</xs:sequence><xs:attribute name="k" use="required"/></xs:complexType></xs:element></xs:sequence>\n'
                '</xs:complexType><xs:key name="k"><xs:selector xpath="item"/><xs:field xpath="id"/></xs:key></xs:element>\n'
                '</xs:schema>\n',
    "code.xsd": '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="code"><xs:restriction\n'
                ' base="xs:string"><xs:pattern value="[A-Z]{2}"/></xs:restriction></xs:simpleType></xs:schema>\n',
    "list.xml": '<list><item k="1"><id>1</id><code>FR</code></item>\n<item q="2"><id>1</id><code>x</code><b/></item></list>\n',
    "latin.csv": b"id,name\n1,caf\xe9\n",
    "list.json": '[{"id": "a", "country": "FR", "total": 3, "parts": [{"amount": 1.5}, {"amount": 1.5}]},\n'
                 ' {"id": "a", "country": "UK", "total": 4, "parts": [{"amount": 1.5}]}, {"country": 1}]\n',
    "schema.json": '{"$defs": {"c": {"x-codes": "country"}}, "type": "object", "required": ["id"],\n'
                   ' "additionalProperties": false, "properties": {"id": {"type": "string"},\n'
                   ' "country": {"type": "string", "$ref": "#/$defs/c"}, "total": {"type": "number", "minimum": 0},\n'
                   ' "parts": {"type": "array", "items": {"type": "object"}}},\n'
                   ' "x-rules": [{"id": "total", "sum": "parts.*.amount", "equals": "total"},\n'
                   ' {"id": "some", "count": "parts.*", "min": 2},\n'
                   ' {"id": "once", "over": "list", "unique": "*", "by": ["id"]}]}\n',
    "values.json": '[{"a": "x1", "b": [1, 1.0], "c": "12", "d": {"k": 1, "L": 2}, "e": 5, "m": "2024-02-30"},\n'
                   ' {"a": "y", "b": ["z"], "c": true, "e": 3, "x-f": 1, "m": "a@b.fr", "n": 1}]\n',
    "words.json": '{"type": "array", "minItems": 3, "uniqueItems": true, "contains": {"required": ["z"]}, "items": {\n'
                  ' "$id": "https://example.org/item", "$dynamicAnchor": "item", "properties": {"a": {"pattern": "^x[0-9]$"},\n'
                  ' "b": {"uniqueItems": true, "prefixItems": [{"type": "number"}], "contains": {"const": 2}},\n'
                  ' "c": {"anyOf": [{"type": "string", "maxLength": 1}, {"type": "object", "required": ["q"]}]},\n'
                  ' "d": {"propertyNames": {"pattern": "^[a-z]$"}, "additionalProperties": {"enum": [3, 4, 5, 6, 7, 8, 9, 0, "x"]}},\n'
                  ' "e": {"oneOf": [{"minimum": 1}, {"multipleOf": 2.5}, {"$dynamicRef": "#item"}]}, "m": {"format": "email"}},\n'
                  ' "patternProperties": {"^x-": false}, "dependentRequired": {"a": ["o"]}, "if": {"required": ["n"]},\n'
                  ' "then": {"not": {"required": ["c"]}}, "unevaluatedProperties": false}}\n',
    "choices.json": '{"anyOf": [{"items": {"required": ["country", "id"]}}, {"minItems": 9, "uniqueItems": true}],\n'
                    ' "if": {"not": {"const": []}}, "then": {"items": {"required": ["total"]}, "contains": {"const": 1}},\n'
                    ' "oneOf": [{"maxItems": 9}, {"enum": [[1], [2]]}, {"contains": true}],\n'
                    ' "allOf": [{"anyOf": [{"prefixItems": [true]}, false]}], "unevaluatedItems": {"required": ["id"]}}\n',
    "sums": "0" * 64 + "  list.json\n" + "1" * 64 + " *nested.json\nx\n",
    "map.yaml": "name: {to: label, values: {'Name 3': three, none: null}}\nid: {to: ids, split: '1'}\n"
                "+both: {join: [id, country], with: '-'}\n+made: {const: 1}\ncountry: seat.country\nNone: drop\nother: x\n",
    "set.yaml": "files:\n  - match: plain.csv\n    severities: {lint: error}\n    codes: {country: plain.csv}\n"
                "  - match: ['**/list.json', no.csv]\n    schema: schema.json\nignore: [x/]\nbaseline: known.jsonl\n",
    "known.jsonl": '{"file": "list.json", "record": 1, "code": "type", "path": "id", "count": 1}\n'
                   '{"file": "gone.csv", "record": "a", "code": "type", "path": "id", "count": 2}\n',
    "nested.yaml": "p.*.a: q.*.b\nid: n.id\n",
    "rules.json": '[{"id": "a", "each": "parts.*", "product": [".amount", "2"], "equals": "total", "link": "x"},\n'
                  ' {"distinct": ["id", "parts.*.amount"], "max": 1, "message": "{found} of {name}"},\n'
                  ' {"unique": "parts.*", "by": "fold(.amount)"}, {"ref": "id", "in": "plain.csv:id"},\n'
                  ' {"ref": "total", "in": "parts.*.amount"}, {"compare": ["total", "<", "3"]},\n'
                  ' {"duration": ["2008", "2011"], "equals": "P9Y"}, {"onlyOneOf": ["id", "total"]},\n'
                  ' {"prefix": "country", "of": {"map": "nuts-prefix", "value": "id"}}, {"sum": "none.*", "max": 1},\n'
                  ' {"over": "list", "depends": "*", "from": "id", "to": ["fold(country)", "total"]}]\n',
    "join.json": '[{"over": "list", "sum": "*.total", "by": "id", "max": 6}, {"over": "list", "distinct": "*.country", "by": "id", "max": 1},\n'
                 ' {"over": "list", "count": "*.parts.*", "by": "total", "in": "plain.csv:id", "min": ".id"},\n'
                 ' {"by": "total", "in": "plain.csv:id", "compare": ["country", "=", ".country"], "message": "{found} is {expected}"}]\n',
}
COMMANDS = {  # the last two words of those that write are always -o out
    "normalize": "normalize messy.json --schema clean.json -o out",
    "normalize-sorted": "normalize messy.json --schema clean.json --sort-key -o out",
    "normalize-diff": "normalize messy.json --schema clean.json --diff",
    "normalize-check": "normalize messy.json --schema clean.json --sort-key --check",
    "normalize-write": "normalize out --from csv --schema clean.json --write",
    "normalize-write-sorted": "normalize out --from csv --schema clean.json --sort-key --write --backup",
    "normalize-alias": "normalize alias.yaml --schema clean.json -o out",
    "normalize-files": "normalize messy.json nested.json plain.csv --schema clean.json --diff --duplicates --jobs 1",
    "normalize-summary": "normalize messy.json nested.json --schema clean.json --check --jobs 1 --summary /dev/null",
    "convert-normalize": "convert messy.json --schema clean.json --normalize --sort-key --keep-invalid --to csv -o out",
    "convert-config": "convert messy.json --schema clean.json --normalize --config way.yaml --keep-invalid --to csv -o out",
    "map": "convert plain.csv --map map.yaml --to json -o out",
    "map-nested": "convert nested.json --map nested.yaml --out-map nested.yaml --to csv -o out",
    "csv-to-json": "convert plain.csv --to json -o out",
    "json-to-csv": "convert nested.json --to csv -o out",
    "json-to-stdout": "convert nested.json --to jsonl",
    "schema": "convert list.json --schema schema.json --keep-invalid --to csv -o out",
    "keywords": "check values.json --schema words.json --assert-formats",
    "choices": "check list.json --schema choices.json",
    "encoding": "convert latin.csv --encoding windows-1252 --to json -o out",
    "recover": "convert quotes.csv --recover --to json -o out",
    "errors": "convert broken.csv --to json -o out",
    "xml-schema": "check list.xml --schema list.xsd",
    "records": "convert around.json --records d.g --envelope envelope.json -o out",
    "records-lost": "check around.json --records *.g",
    "records-wrong": "check around.json --records d.h",
    "records-twins": "check twins.json --records g",
    "check": "check list.json --schema schema.json",
    "config": "check --config set.yaml",
    "config-file": "config list.json plain.csv --config set.yaml",
    "baseline": "check list.json --schema schema.json --baseline known.jsonl",
    "choose": "check plain.csv values.json --no-config",
    "check-csv": "check broken.csv plain.csv",
    "lint": "check damaged.csv",
    "report": "check lines.jsonl --report json",
    "rules": "check list.json --rules rules.json --error skipped",
    "join": "check list.json --rules join.json --error skipped",
    "codes": "codes country Allemagne frence",
    "fields": "schemas project --fields",
    "template": "schemas schema.json --template csv",
    "infer": "infer plain.csv nested.json --ranges -o out",
    "infer-merge": "infer list.json --merge ./schema.json -o out",
    "diff": "diff list.json nested.json --key id,country",
    "diff-order": "diff nested.json list.json --schema schema.json --report json",
    "digest": "digest nested.json plain.csv",
    "digest-check": "digest --check sums",
    "canonical": "convert nested.json --canonical --to json -o out",
    "report-file": "check list.json --schema schema.json --report text --report json=out",
    "report-html": "check list.json --schema schema.json --report html --report sarif=out",
    "report-junit": "check list.json --schema schema.json --report junit --report gitlab=out",
}


def run(words, env, wrap=()):
    """Runs one command in a folder of its own: (status, out, err, the file out, the names left)."""
    with tempfile.TemporaryDirectory(prefix="transalp-chaos-") as folder:
        at = pathlib.Path(folder)
        for name, text in FILES.items():
            (at / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        (at / "out").write_bytes(old_of(words))
        done = subprocess.run([*wrap, TRANSALP, *words.split()], cwd=at, env={**os.environ, "TMPDIR": folder, **env},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
        left = sorted({p.name for p in at.iterdir()} - set(FILES) - {"out", "counts"})
        if "--backup" in words and "out.bak" in left and (at / "out.bak").read_bytes() == LIST:
            left.remove("out.bak")
        written = (at / "out").read_bytes() if (at / "out").exists() else b"(gone)"
        counts = at / "counts"
        text = counts.read_text() if counts.exists() else ""
        return done.returncode, done.stdout, done.stderr, written, left, text


def preload(**more):
    return {"LD_PRELOAD": str(SHIM), **more}


def count_calls(words):
    """How often each kind of call is made, and the undisturbed result."""
    result = run(words, preload(TA_FAIL_COUNTS="counts"))
    return {k: int(n) for k, n in re.findall(r"(\w+) (\d+)", result[5])}, result


def sample(count):
    """All of the first calls, then every k-th, and the last."""
    rest = range(ALL_UP_TO + 1, count + 1)
    return sorted({*range(1, min(count, ALL_UP_TO) + 1), *rest[:: max(1, len(rest) // THEN)], *rest[-1:]})


def judge(words, kind, result, calm):
    """What is wrong with a disturbed result; None: nothing."""
    status, out, err, written, left, _ = result
    if status < 0:
        return f"killed by signal {-status}"
    if left:
        return f"left {', '.join(left)} behind"
    if (status, out, written) == (calm[0], calm[1], calm[3]):
        return None
    if status != 2:
        return f"status {status}, neither 2 nor the undisturbed result"
    if not re.search(WORDS.get(kind, b"error|cannot"), out + err):
        return "no message"
    if words.startswith(("convert", "normalize")) and written not in (old_of(words), calm[3]):
        return "the old output was touched"
    return None


def disturb(name, words, kind, n, on, calm):
    """One run with the n-th call of a kind failing (on: all later ones too); a line if it is wrong."""
    env = preload(**{f"TA_FAIL_{kind}": str(n)}, **({"TA_FAIL_ON": "1"} if on else {}))
    try:
        wrong = judge(words, kind, result := run(words, env), calm)
    except subprocess.TimeoutExpired:
        return f"{name}: {kind} {n}{' on' if on else ''}: still running after {SECONDS} s"
    if not wrong:
        return None
    said = (result[1] + result[2]).decode(errors="replace").strip().splitlines()
    return f"{name}: {kind} {n}{' on' if on else ''}: {wrong}" + "".join(f"\n    {s}" for s in said[-3:])


def watch_leaks(name, words, n):
    """One run with the n-th allocation failing, under valgrind."""
    wrap = ["valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect",
            "--show-leak-kinds=definite,indirect", "--error-exitcode=99", "--soname-synonyms=somalloc=nouserintercepts"]
    status, _, err, *_ = run(words, preload(TA_FAIL_ALLOC=str(n)), wrap)
    if status != 99 and status >= 0:
        return None
    return f"{name}: ALLOC {n} under valgrind:\n" + err.decode(errors="replace")[:3000]


def plan():
    """All runs as (function, arguments); the commands that cannot run at all as lines."""
    jobs, wrong, leaks = [], [], []
    for name, words in COMMANDS.items():
        counts, calm = count_calls(words)
        if calm[0] < 0 or set(counts) != set(KINDS):
            wrong.append(f"{name}: cannot run undisturbed: status {calm[0]}\n{calm[2].decode(errors='replace')}")
            continue
        for kind in KINDS:
            for i, n in enumerate(sample(counts[kind])):
                jobs.append((disturb, (name, words, kind, n, False, calm)))
                if i < 10 or i % 5 == 0:
                    jobs.append((disturb, (name, words, kind, n, True, calm)))
        leaks += [(watch_leaks, (name, words, n)) for n in sample(counts["ALLOC"])]
    return jobs, wrong, leaks


def main():
    if os.environ.get("SANITIZE"):
        print("skipped: sanitizers have an allocator of their own\n0 passed, 0 failed, 1 skipped")
        return 0
    jobs, wrong, leaks = plan()
    skipped = 0
    if shutil.which("valgrind"):
        jobs += leaks[:: max(1, len(leaks) // VALGRIND_RUNS)]
    else:
        skipped = 1
        print("skipped: leaks, since valgrind is not here")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        lines = [line for line in pool.map(lambda job: job[0](*job[1]), jobs) if line]
    print(*(wrong + lines)[:40], sep="\n")
    if len(wrong + lines) > 40:
        print(f"... and {len(wrong + lines) - 40} more")
    failed = len(wrong) + len(lines)
    print(f"{len(jobs) - len(lines)} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
