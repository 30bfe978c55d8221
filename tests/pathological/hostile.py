#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""YAML and XML that are made to hurt: each refused or read, with the finding told, within 2 s and 64 MiB.

(A sanitized build is given more of both; a busy machine ten times the seconds: what is caught is what grows.)"""
import os

from _feed import run
from tally import finish, hold

SANITIZED = bool(os.environ.get("SANITIZE"))
SECONDS = 2 * (30 if SANITIZED else 10)


def case(name, source, data, status, says, *more, mib=64):
    """data: bytes, or an iterable of bytes. says: what the findings must hold ('' for none)."""
    got, err, took, peak = run(["convert", "-", "--from", source, "--to", "json", *more], [data] if isinstance(data, bytes) else data)
    wrong = [w for w, bad in ((f"exit {got}, expected {status}", got != status), (f"does not say {says!r}", says not in err),
                              (f"{took:.1f} s", took > SECONDS), (f"{peak:.0f} MiB", not SANITIZED and peak > mib)) if bad]
    if hold(not wrong, f"{source}: {name}: {'; '.join(wrong)}\n{err[:500]}"):
        print(f"{source}: {name}: {took:.1f} s, {peak:.0f} MiB")


def bomb(levels, width):
    lines = [b"a0: &a0 [" + b",".join([b"x"] * width) + b"]\n"]
    for i in range(1, levels):
        lines.append(b"a%d: &a%d [" % (i, i) + b",".join([b"*a%d" % (i - 1)] * width) + b"]\n")
    return b"".join(lines)


def yaml():
    case("100,000 flow braces", "yaml", b"{" * 100_000, 1, "[yaml-key]")
    case("100,000 flow values", "yaml", b"{a: " * 100_000, 1, "[record-depth]")
    case("100,000 flow brackets", "yaml", b"[" * 100_000, 1, "[record-depth]")
    case("100,000 dashes", "yaml", b"- " * 100_000, 1, "[record-depth]")
    case("100,000 question marks", "yaml", b"? " * 100_000, 1, "[")
    case("deep indentation", "yaml", (b" " * i + b"a:\n" for i in range(3000)), 1, "[record-depth]")
    case("a bomb of aliases", "yaml", bomb(10, 10), 1, "[yaml-alias]")
    case("an alias of itself", "yaml", b"a: &a [*a]\n", 1, "[yaml-alias]")
    case("an unknown alias", "yaml", b"a: *b\n", 1, "[yaml-alias]")
    case("an anchor that runs on", "yaml", b"a: &b]c d\n", 1, "[yaml-syntax]")
    case("duplicate keys", "yaml", b"a: 1\nb: 2\na: 3\n", 1, "[record-duplicate-key]")
    case("merge keys", "yaml", b"base: &b {x: 1}\nd:\n  <<: *b\n  y: 2\n", 0, "[yaml-merge]")
    case("a key of 2 MB", "yaml", [b'"', b"k" * 2_000_000, b'": 1\n'], 1, "[yaml-syntax]")
    case("a plain scalar of 20 MB", "yaml", (b"a: x" if i == 0 else b"x" * 65536 for i in range(300)), 0, "", mib=160)
    case("a tab as indentation", "yaml", b"a:\n\tb: 1\n", 1, "[yaml-syntax]")
    case("NUL bytes", "yaml", b"a: b\0c\n", 1, "[encoding-nul]")
    case("colons without end", "yaml", b"a" + b": a" * 100_000, 1, "[yaml-syntax]")
    case("quotes without end", "yaml", b'"' * 100_001, 1, "[yaml-syntax]")
    case("a million small documents", "yaml", (b"---\na: %d\n" % i for i in range(300_000)), 0, "")
    case("a list of 300,000 items", "yaml", (b"- a: %d\n  b: x\n" % i for i in range(300_000)), 0, "")


def xml():
    billion = b'<!DOCTYPE a [<!ENTITY a0 "lol">' + b"".join(
        b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10)) + b"]><a>&a9;</a>"
    quadratic = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 50_000 + b'">]><a>' + b"&b;" * 50_000 + b"</a>"
    outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    case("a bomb of entities", "xml", billion, 1, "[xml-doctype]")
    case("a bomb of entities, allowed", "xml", billion, 1, "[xml-", "--allow-doctype")
    case("a quadratic bomb, allowed", "xml", quadratic, 1, "[xml-", "--allow-doctype")
    case("an external entity", "xml", outside, 1, "[xml-doctype]")
    case("an external entity, allowed", "xml", outside, 1, "[xml-", "--allow-doctype")
    case("an external DTD", "xml", b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', 1, "[xml-doctype]")
    case("a parameter entity, allowed", "xml", b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><a/>', 1, "[xml-", "--allow-doctype")
    case("an internal entity, allowed", "xml", b'<!DOCTYPE a [<!ENTITY co "Company &amp; Co">]><a>&co;</a>', 0, "", "--allow-doctype")
    case("184,000 attributes", "xml", b"<a " + b" ".join(b'a%d="1"' % i for i in range(184_000)) + b"/>", 1, "[xml-limit]")
    case("12 MB of text", "xml", (b"<a>" if i == 0 else b"x" * 65536 if i < 190 else b"</a>" for i in range(191)), 0, "", mib=128)
    case("100,000 elements deep", "xml", b"<a>" * 100_000, 1, "[record-depth]")
    case("an unclosed tag", "xml", b"<a><b></a>", 1, "[xml-tag]")
    case("an unbound prefix", "xml", b"<a><x:b/></a>", 1, "[xml-namespace]")
    case("a declared encoding", "xml", b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', 0, "1 record")
    case("a wrong encoding", "xml", b'<?xml version="1.0" encoding="no-such"?><a>\xe9</a>', 1, "--encoding")
    case("a mark against the declaration", "xml", b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?><a>x</a>', 1, "[xml-encoding]")
    case("UTF-16", "xml", "\ufeff<a>x</a>".encode("utf-16-le"), 0, "")
    case("a name of 2 MB", "xml", [b"<", b"n" * 2_000_000, b"/>"], 1, "[xml-")
    case("an open comment", "xml", (b"<a><!--" if i == 0 else b"x" * 65536 for i in range(300)), 1, "[xml-", mib=160)
    case("300,000 records", "xml",
         (b'<r ta:type="array" xmlns:ta="https://transalp.dev/ns">' if i == 0 else b"<record><a>x</a></record>\n" if i < 300_000 else b"</r>"
          for i in range(300_001)), 0, "")


yaml()
xml()
finish()
