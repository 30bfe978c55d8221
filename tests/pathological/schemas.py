#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Schemas that are made to hurt: each refused or run to its end, with the finding told, in bounded time and memory.

(A sanitized build is given more of both; a busy machine ten times the seconds: what is caught is what grows.)"""
import json
import os
import pathlib
import subprocess
import tempfile
import time

from tally import finish, hold

TRANSALP = os.environ["TRANSALP"]
SANITIZED = bool(os.environ.get("SANITIZE"))
SECONDS = 4 * (30 if SANITIZED else 10)


def case(name, schema, data, status, says, mib=128):
    """schema, data: values, or texts as they are. says: what the findings must hold ('' for none). mib: of addresses."""
    with tempfile.TemporaryDirectory(prefix="transalp-schema-") as folder:
        paths = []
        for file, value in (("schema.json", schema), ("data.json", data)):
            paths.append(pathlib.Path(folder) / file)
            paths[-1].write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        start = time.monotonic()
        limit = "" if SANITIZED else f"ulimit -v {mib * 1024}; "
        done = subprocess.run(["sh", "-c", limit + 'exec "$@"', "sh", TRANSALP, "check", str(paths[1]), "--schema",
                               str(paths[0]), "--whole"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        got, out = done.returncode, done.stdout.decode("utf-8", "replace")
    took = time.monotonic() - start
    wrong = [w for w, bad in ((f"exit {got}, expected {status}", got != status), (f"does not say {says!r}", says not in out),
                              (f"{took:.1f} s", took > SECONDS)) if bad]
    if hold(not wrong, f"{name}: {'; '.join(wrong)}\n{out[:500]}"):
        print(f"{name}: {took:.1f} s")


def chain(count, link, end):
    """Definitions d0 to dN, each made by link(reference to the next)."""
    defs = {f"d{i}": link({"$ref": f"#/$defs/d{i + 1}"}) for i in range(count)}
    defs[f"d{count}"] = end
    return {"$ref": "#/$defs/d0", "$defs": defs}


def references():
    case("a loop", {"$ref": "#"}, "1", 2, "[schema-loop]")
    case("a loop of three", {"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]},
                                                            "b": {"not": {"$ref": "#/$defs/a"}}}}, "1", 2, "[schema-loop]")
    case("a dynamic loop", {"$dynamicRef": "#a", "$dynamicAnchor": "a"}, "1", 1, "[schema-depth]")
    case("5,000 references in a row", chain(5000, lambda r: r, True), "1", 2, "leads on to more than 1000")
    case("a fan of 2^30", chain(30, lambda r: {"allOf": [r, r]}, {"type": "string"}), '"a"', 1, "[schema-steps]")
    case("choices of 2^30", chain(30, lambda r: {"anyOf": [r, r]}, {"type": "string"}), "1", 1, "[schema-steps]")
    case("choices of 3^20, one of each", chain(20, lambda r: {"oneOf": [r, r, r]}, {"minLength": 1}), '"a"', 1,
         "[schema-steps]")
    case("choices in every item", {"$defs": {"t": {"anyOf": [
        {"type": "array", "items": {"$ref": "#/$defs/t"}}, {"type": "array", "items": {"$ref": "#/$defs/t"}},
        {"type": "string"}]}}, "additionalProperties": {"$ref": "#/$defs/t"}},
         '{"a": ' + "[" * 40 + "1" + "]" * 40 + "}", 1, "[schema-steps]")
    case("a tree of data on a schema of itself", {"type": ["object", "null"], "additionalProperties": {"$ref": "#"}},
         '{"a": ' * 900 + "null" + "}" * 900, 0, "")


def keywords():
    case("(a+)+$", {"pattern": "^(a+)+$"}, '"' + "a" * 5000 + 'b"', 1, "[pattern")
    case("patterns side by side", {"pattern": "^(a|a|a|a)*$"}, '"' + "a" * 20000 + 'b"', 1, "[pattern")
    case("a pattern of a megabyte", {"pattern": "a" * 1_000_000}, '"b"', 2, "[schema-pattern]")
    case("repetitions of repetitions", {"pattern": "(((a{1,999}){1,999}){1,999})"}, '"b"', 2, "[schema-pattern]")
    case("groups in groups", {"pattern": "(" * 5000 + ")" * 5000}, '"b"', 2, "[schema-pattern]")
    case("an enum of 10 MB", {"enum": [f"value number {i}" for i in range(400_000)]}, '"value number 400000"', 1, "[enum]",
         mib=256)
    case("an enum of numbers", {"items": {"enum": list(range(100_000))}}, json.dumps([99_999.0] * 100_000), 0, "",
         mib=192)
    case("5,000 unique objects", {"uniqueItems": True}, [{"a": i, "b": [i, {"c": str(i)}]} for i in range(5000)], 0, "")
    case("200,000 unique numbers", {"uniqueItems": True}, list(range(200_000)), 0, "", mib=192)
    case("a number of a megabyte", {"multipleOf": 7}, "7" * 1_000_000, 0, "")
    case("a divisor of 5,000 digits", {"multipleOf": int("3" * 4000)}, "9" * 8000, 0, "")
    case("exponents", {"multipleOf": 3, "maximum": 1}, "3e999999999", 1, "[maximum]")
    case("10,000 unevaluated properties", {"anyOf": [{"properties": {f"p{i}": True}} for i in range(200)],
                                           "unevaluatedProperties": False},
         {f"p{i}": i for i in range(10_000)}, 1, "[unexpected-property]")


def sizes():
    deep = {"type": "array"}
    for _ in range(400):
        deep = {"items": deep}
    case("a schema of 400 levels", deep, "[" * 400 + "]" * 400, 0, "")
    text = '{"properties": {"a": ' * 600 + "true" + "}}" * 600
    case("a schema too deep to read", text, "1", 2, "[record-depth]")
    case("10,000 properties", {"properties": {f"p{i}": {"type": "integer"} for i in range(10_000)},
                               "required": [f"p{i}" for i in range(10_000)]},
         {f"p{i}": i for i in range(10_000)}, 0, "")
    case("20,000 patterns of names", {"patternProperties": {f"^a{i}$": True for i in range(20_000)}}, {"b": 1}, 0, "",
         mib=384)


def widths():
    """What is wide on both sides, the schema's and the data's."""
    many = {f"k{i}": i for i in range(50_000)}
    case("an allOf of 20,000", {"allOf": [{"properties": {f"k{i}": {}}} for i in range(20_000)],
                                "unevaluatedProperties": False}, {"k1": 1}, 0, "")
    case("20,000 required names", {"required": list(many)}, many, 0, "")
    case("50,000 dependencies", {"dependentRequired": {f"k{i}": [f"k{i + 1}"] for i in range(50_000)}}, many, 1,
         "k50000 is missing")
    case("50,000 schemas of dependencies", {"dependentSchemas": {f"k{i}": {"required": [f"k{i + 1}"]} for i in range(50_000)}},
         many, 1, "[schema-steps]", mib=192)
    case("50,000 members in another order", {"const": many}, dict(reversed(many.items())), 0, "")
    case("20,000 patterns on 20,000 names", {"patternProperties": {f"^a{i}$": True for i in range(20_000)}},
         {f"b{i}": i for i in range(20_000)}, 1, "[schema-steps]", mib=384)
    case("50,000 definitions", {"$defs": {k: {"type": "integer"} for k in many},
                                "properties": {k: {"$ref": f"#/$defs/{k}"} for k in many}}, many, 0, "", mib=256)
    case("50,000 faults", {"properties": {k: {"type": "strnig"} for k in many}}, "1", 2, "[schema-syntax]", mib=192)
    case("each of 50,000 against all", {"x-rules": [{"each": "a.*", "sum": "a.*", "equals": "n"}]},
         {"a": [1] * 50_000, "n": 50_000}, 1, "[schema-steps]")


def main():
    for part in (references, keywords, sizes, widths):
        part()
    finish()


if __name__ == "__main__":
    main()
