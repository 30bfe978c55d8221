#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bad input in bounded time and memory: each case must end as told, say so in few lines, and stay under its caps.

Inputs are fed through a pipe, piece by piece, so that gigabytes need no disk and no memory here (a child's peak
counts what its parent had when it forked). The caps are far above what is used (a sanitized
build has wider ones): they catch what grows with the input, not what is slow on a busy machine."""
import os

from _feed import run
from tally import finish, hold

SANITIZED = bool(os.environ.get("SANITIZE"))
MIB = 256 if SANITIZED else 1


def repeat(unit, times, before=b"", after=b""):
    """The bytes before + unit * times + after, in blocks."""
    yield before
    block = unit * max(1, 65536 // len(unit))
    per = len(block) // len(unit)
    for _ in range(times // per):
        yield block
    yield unit * (times % per)
    yield after


def case(name, args, blocks, status, says, mib=64, seconds=60):
    got, err, took, peak = run(args, blocks)
    wrong = []
    if got != status:
        wrong.append(f"exit status {got}, expected {status}")
    if says not in err:
        wrong.append(f"does not say {says!r}")
    if len(err.splitlines()) > 1100:
        wrong.append(f"{len(err.splitlines())} lines of findings")
    if not SANITIZED and peak > mib * MIB:
        wrong.append(f"{peak:.0f} MiB, allowed {mib}")
    if took > seconds * (10 if SANITIZED else 1):
        wrong.append(f"{took:.0f} s, allowed {seconds}")
    if hold(not wrong, f"{name}: {'; '.join(wrong)}\n{err[:600]}"):
        print(f"{name}: {took:.1f} s, {peak:.0f} MiB")


def convert(source, target, *more):
    return ["convert", "-", "--from", source, "--to", target, *more]


def rows(*parts):
    """Each part: what stands before, cells or members (# is a number), how many."""
    for before, cell, count in parts:
        yield before
        for i in range(count):
            yield b"," * (i > 0) + cell.replace(b"#", b"%d" % i)


def wide():
    """What grows with the square of a record's width takes minutes here."""
    count = 5_000 if SANITIZED else 50_000
    case("csv: columns that nobody expects", ["check", "-", "--from", "csv", "--schema", "cluster"],
         rows((b"", b"c#", count), (b"\n", b"#", count)), 1, "", 160, 10)
    case("csv: codes that are none, each with a remedy", ["check", "-", "--from", "csv", "--schema", "project"],
         rows((b"", b"partners.#.country", count * 4), (b"\n", b"Frankreich", count * 4)), 1, "", 256, 10)
    case("json: columns that the other record lacks", convert("json", "csv"),
         rows((b"[{", b'"a#":1', count * 4), (b"},{", b'"b#":1', count), (b"}]", b"", 0)), 0, "[loss-absent]", 256, 10)


def main():
    gig = 1 if SANITIZED else 16  # of 64 MiB
    size = 64 * 1024 * 1024 * gig
    # depth
    for f in ("json", "jsonl"):
        case(f"{f}: 100,000 brackets", convert(f, "json"), [b"[" * 100_000], 1, "[record-depth]")
        case(f"{f}: 100,000 braces", convert(f, "json"), [b'{"a":' * 100_000], 1, "[record-depth]")
    case("json: depth 1000 is read", convert("json", "json"), [b"[" * 1000 + b"]" * 1000], 0, "")
    # width
    case("json: a string of 1 GB", convert("json", "json"), repeat(b"x", size, b'["', b'"]'), 1, "[record-size]", 160)
    case("jsonl: a line of 1 GB", convert("jsonl", "json"), repeat(b"x", size, b'"', b'"\n{"a":1}\n'), 1, "[record-size]", 160)
    case("csv: a line of 1 GB", convert("csv", "json"), repeat(b"x", size, b"a,b\n", b"\n1,2\n"), 1, "[record-size]", 160)
    case("csv: a quoted cell of 1 GB", convert("csv", "json"), repeat(b"x" * 999 + b"\n", size // 1000, b'a,b\n"', b"\n1,2\n"), 1, "", 200)
    case("csv: a head of 1 GB", convert("csv", "json"), repeat(b"x", size), 1, "", 160)
    case("csv: a million columns", convert("csv", "json"), (b"%sc%d" % (b"," if i else b"", i) for i in range(1_000_000)), 0, "", 400)
    case("json: a document of many small values", convert("json", "json"), repeat(b"1,", 30_000_000, b'{"a":[', b"1]}"), 1, "[record-size]", 320)
    case("json: a million keys in one object", convert("json", "json"),
         (b"%s\"k%d\":1%s" % (b"," if i else b"{", i, b"" if i < 999_999 else b"}") for i in range(1_000_000)), 0, "", 320)
    case("jsonl: new keys without end", convert("jsonl", "json"),
         (b'{"key%d":1}\n' % i for i in range(1_000_000)), 0, "", 64)
    case("json: duplicate keys without end", convert("json", "json"), repeat(b'"a":1,', 500_000, b"{", b'"a":1}'), 1,
         "[record-duplicate-key]", 200)
    wide()
    # endless faults
    case("jsonl: a million bad lines", convert("jsonl", "json"), repeat(b"{\n", 1_000_000), 1, "[json-", 64)
    case("csv: a million ragged rows", convert("csv", "json"), repeat(b"1,2,3\n", 1_000_000, b"a,b\n"), 1, "[csv-ragged]", 64)
    case("csv: a million stray quotes", convert("csv", "json"), repeat(b'a"b,1\n', 1_000_000, b"a,b\n"), 1, "[csv-stray-quote]", 64)
    case("csv: an open quote, then a million rows", convert("csv", "json"), repeat(b"1,2\n", 1_000_000, b'a,b\n"x,1\n'), 1,
         "[csv-unclosed-quote]", 64)
    case("csv: a million open quotes", convert("csv", "json"), repeat(b'x,"1\n', 1_000_000, b"a,b\n"), 1, "", 64)
    case("csv: invalid bytes in each of a million rows", convert("csv", "json"), repeat(b"1,\xe9\n", 1_000_000, b"a,b\n"), 1,
         "[encoding-invalid]", 64)
    case("jsonl: NULs in each line", convert("jsonl", "json"), repeat(b'{"a":"\0"}\n', 300_000), 1, "[encoding-nul]", 64)
    case("json: blanks without end", convert("json", "json"), repeat(b" ", size, b"[", b"]"), 0, "", 64)
    case("jsonl: empty lines without end", convert("jsonl", "json"), repeat(b"\n", size // 4), 0, "", 64)
    # memory stays flat over long lists
    row = b"M0000001,Name,GmbH,DE,DEA1,Berlin,10115,partner,true,12,2001-01-01,10.00,,a@example.org\n"
    head = b"id,name,form,country,region,city,code,role,sme,staff,founded,money,web,mail\n"
    case("csv: 300 MB of rows", convert("csv", "json"), repeat(row, 3_500_000, head), 0, "", 24)
    line = b'{"id":"M1","name":"Name","country":"DE","list":[1,2,{"x":null}],"money":10.00}\n'
    case("jsonl: 300 MB of lines", convert("jsonl", "json"), repeat(line, 3_900_000), 0, "", 24)
    case("json: 300 MB of items", convert("json", "jsonl"), repeat(line.strip() + b",\n", 3_900_000, b"[", b"1]"), 0, "", 24)
    case("json: 300 MB of items inside a document", [*convert("json", "jsonl"), "--records", "d.g"],
         repeat(line.strip() + b",\n", 3_900_000, b'{"v":1,"d":{"g":[', b'1]},"t":2}'), 0, "v, t (convert", 24)
    case("json: the same, by a path that is astray", [*convert("json", "jsonl"), "--records", "d.h"],
         repeat(line.strip() + b",\n", 3_900_000, b'{"v":1,"d":{"g":[', b'1]},"t":2}'), 1, "--records d.g would stream it", 320)
    case("json: a million lists, one after the other", [*convert("json", "jsonl"), "--records", "*"],
         repeat(b"[1,2],\n", 1_000_000, b"[", b"[1]]"), 0, "[loss-lists]", 200)
    case("json: lists without end", [*convert("json", "jsonl"), "--records", "*"],
         repeat(b"[],", 30_000_000, b"[", b"[1]]"), 1, "[record-size]", 320)
    case("jsonl to csv, first pass over a pipe", convert("jsonl", "csv"), repeat(line, 1_000_000), 0, "", 24)
    finish()


main()
