#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Files in other encodings, named by an option or by their XML declaration: normalize touches only the changed values, byte for
byte, wherever it writes; --rejects sets records aside with their own bytes, which are read again as the file was."""
import os
import pathlib
import subprocess
import tempfile

from tally import finish, hold

TA = os.environ["TRANSALP"]
DECLARED = ["ISO-8859-1", "windows-1252", "ISO-8859-15", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"]
NAMED = ["ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE"]
XML = """<?xml version="1.0" encoding="{}"?>
<!-- Annuaire, été -->
<list><m><id>2</id><country>Allemagne</country><name>Société générale</name></m>
  <m><country>FR</country><name>Été sans numéro</name></m>
<m><id>1</id><country>Suède</country><name>À côté</name></m></list>
"""
CSV = "id,country,name\n2,Allemagne,Société générale\n,FR,Été sans numéro\n1,Suède,À côté\n"
CHANGES = [("Allemagne", "DE"), ("Suède", "SE")]


def run(folder, *words, status=0):
    done = subprocess.run([TA, *words], cwd=folder, capture_output=True, timeout=60, check=False)
    hold(done.returncode == status, *words, "exit", done.returncode, done.stderr[-400:])
    return done.stdout


def changed(text):
    for old, new in CHANGES:
        text = text.replace(f">{old}<", f">{new}<").replace(f",{old},", f",{new},")
    return text


def check_file(folder, name, text, encoding, options):
    path, good, quiet = folder / name, changed(text).encode(encoding), ["--schema", "member", *options]
    path.write_bytes(text.encode(encoding))
    hold(run(folder, "normalize", name, *quiet) == good, name, encoding, "standard output")
    run(folder, "normalize", name, "-o", "out", *quiet)
    hold((folder / "out").read_bytes() == good, name, encoding, "-o")
    run(folder, "normalize", name, "--check", *quiet, status=1)
    hold(path.read_bytes() == text.encode(encoding), name, encoding, "--check writes nothing")
    if not encoding.startswith("UTF"):
        lines = run(folder, "normalize", name, "--diff", *quiet).decode(encoding).splitlines()
        signs = [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]
        lost, new = [line[1:] for line in signs if line[0] == "-"], [line[1:] for line in signs if line[0] == "+"]
        hold(new == [changed(line) for line in lost] and len(new) == 2, name, encoding, "--diff", signs)
    run(folder, "normalize", name, "--write", "--backup", *quiet)
    hold(path.read_bytes() == good, name, encoding, "--write")
    hold((folder / (name + ".bak")).read_bytes() == text.encode(encoding), name, encoding, "--backup")
    (folder / (name + ".bak")).unlink()
    check_rejects(folder, name, changed(text), encoding, options)


def check_rejects(folder, name, text, encoding, options):
    """Of the three records the second lacks its id."""
    run(folder, "convert", name, "--schema", "member", "--to", "json", "-o", "good.json", "--rejects", "aside", *options, status=1)
    rows = text.splitlines(keepends=True)
    kept = rows[:1] + rows[2:3] if name.endswith("csv") else [*rows[:2], "<list>", rows[3].strip(), "</list>\n"]
    hold((folder / "aside" / name).read_bytes() == "".join(kept).encode(encoding), name, encoding, "--rejects",
         (folder / "aside" / name).read_bytes())
    again = run(folder, "convert", "aside/" + name, "--to", "jsonl", *options)
    hold("Été sans numéro" in again.decode(), name, encoding, "read again", again)


with tempfile.TemporaryDirectory() as root:
    place = pathlib.Path(root)
    check_file(place, "utf8.xml", XML.format("UTF-8"), "UTF-8", ["--records", "list.m"])
    for n, word in enumerate(DECLARED):
        check_file(place, f"declared-{n}.xml", XML.format(word), word, ["--records", "list.m"])
    for n, word in enumerate(NAMED):
        check_file(place, f"named-{n}.csv", CSV, word, ["--encoding", word])
        check_file(place, f"named-{n}.xml", XML.format("UTF-8"), word, ["--records", "list.m", "--encoding", word])
finish()
