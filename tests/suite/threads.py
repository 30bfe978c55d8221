# SPDX-License-Identifier: MIT
"""Under the thread sanitizer: the library's calls from many threads, and batches of four workers over all formats, schemas and
XML Schemas. The build stands in build-threads/ and is kept; where a first one takes too long, the next run goes on with it."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from tally import finish, hold, skip

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "build-threads"
BUILD_SECONDS, RUN_SECONDS = 150, 30
CREW_RECORDS, CREW_ROUNDS = 60_000, 6
RACE = 66
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="list"><xs:complexType><xs:sequence>
<xs:element name="id" type="xs:int" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>
"""


def can_sanitize(folder):
    source = folder / "empty.c"
    source.write_text("int main(void) { return 0; }\n", encoding="utf-8")
    made = subprocess.run(["clang", "-fsanitize=thread", source, "-o", folder / "empty"], capture_output=True, check=False)
    return made.returncode == 0 and subprocess.run([folder / "empty"], capture_output=True, check=False).returncode == 0


def build():
    """Whether there is one; None: it did not come to its end in time."""
    compiler = "ccache clang" if shutil.which("ccache") else "clang"
    setup = ["meson", "setup", "-Doptimization=0", "-Db_sanitize=thread", "-Db_lundef=false", FOLDER, ROOT]
    make = ["ninja", "-C", FOLDER, "-j", "2", "transalp", "tests/test_api"]
    env = {**os.environ, "CC": compiler}
    try:
        for again in ([], ["--reconfigure"]):
            if again or not (FOLDER / "build.ninja").exists():
                subprocess.run([*setup, *again], env=env, capture_output=True, timeout=BUILD_SECONDS, check=True)
            made = subprocess.run(make, env=env, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False)
            if made.returncode == 0:
                return True
    except subprocess.TimeoutExpired:
        return None
    return hold(False, "the build", made.stdout[-2000:])


def run(*words, cwd):
    env = {**os.environ, "TSAN_OPTIONS": f"exitcode={RACE}"}
    return subprocess.run([*map(str, words)], cwd=cwd, env=env, capture_output=True, text=True, timeout=RUN_SECONDS, check=False)


def make_data(folder):
    for k in range(6):
        for suffix in ("csv", "json", "yaml", "xml"):
            for name in ("members", "projects"):
                place = folder / name / suffix
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / "samples" / f"{name}.{suffix}", place / f"{k}.{suffix}")
        shutil.copy(ROOT / "samples" / "members-messy.csv", folder / "members" / "csv" / f"messy{k}.csv")
        (folder / f"good{k}.xml").write_text("<list><id>1</id><id>2</id></list>", encoding="utf-8")
        (folder / f"cut{k}.xml").write_text("<list><id>1</id><id>x</id>", encoding="utf-8")
    (folder / "list.xsd").write_text(XSD, encoding="utf-8")
    make_large(folder)


def make_large(folder):
    """More than 8 MiB each, which several workers share; a row in the middle is broken."""
    name = "Exemple Bio " * 10
    rows = [f"M-{i},{name}{i},FR,Lyon" for i in range(CREW_RECORDS)]
    rows[CREW_RECORDS // 2] = 'M-0,"broken" row,FR'
    (folder / "large.csv").write_text("id,name,country,locality\n" + "\n".join(rows) + "\n", encoding="utf-8")
    line = f'{{"id": "M-%d", "name": "{name}", "country": "FR", "locality": "Lyon"}}\n'
    (folder / "large.jsonl").write_text("".join(line % i for i in range(CREW_RECORDS)), encoding="utf-8")
    (folder / "large.yaml").write_text("".join(f"- id: M-{i}\n  name: {name}{i}\n" for i in range(CREW_RECORDS)), encoding="utf-8")
    days = ["27/05/2014" if i == CREW_RECORDS - 1 else "01/02/2010" if i % 100 == 50 else "2010-02-01" for i in range(CREW_RECORDS)]
    rows = [f"M-{i},{name},{'France' if i % 9 == 0 else 'FR'},{day}" for i, day in enumerate(days)]
    (folder / "typed.csv").write_text("id,name,country,joined\n" + "\n".join(rows) + "\n", encoding="utf-8")


def try_all(folder):
    done = run(FOLDER / "tests" / "test_api", cwd=folder)
    hold(done.returncode == 0, "the library", done.stderr)
    transalp = FOLDER / "transalp"
    for words, status in (
            ("check members --schema member --jobs 4 --report json --report sarif=a.sarif", 1),
            ("check projects --jobs 4", 0),
            ("convert members --schema member --jobs 4 --normalize --to json -o out/ --rejects rejects --summary lines", 1),
            ("normalize members --schema member --jobs 4 --diff", 1),
            ("normalize members --schema member --jobs 4 -o clean/ --duplicates --summary lines --report json=report", 1),
            ("convert projects/xml --jobs 4 --to csv -o flat/", 0),
            ("check . --no-config --schema ./list.xsd --jobs 4", 1),
            *[("convert large.csv --to json -o large.json --jobs 3", 1), ("convert large.jsonl --to xml -o large.xml --jobs 2", 0),
              ("check large.csv --no-auto-schema --jobs 4", 1), ("convert large.yaml --to csv -o large.out --jobs 3", 0),
              ("normalize typed.csv --schema member --jobs 3 -o clean.csv", 0)] * CREW_ROUNDS):
        inputs = words.split()
        if "." in inputs:
            inputs[inputs.index("."):1 + inputs.index(".")] = sorted(p.name for p in folder.glob("*.xml"))
        done = run(transalp, *inputs, cwd=folder)
        hold(done.returncode == status and "ThreadSanitizer" not in done.stderr, f"transalp {words}: status {done.returncode}", done.stderr)


def main():
    if os.environ.get("SANITIZE") or not shutil.which("clang"):
        skip("clang, without other sanitizers, is needed")
    with tempfile.TemporaryDirectory(prefix="transalp-threads-") as folder:
        if not can_sanitize(pathlib.Path(folder)):
            skip("this clang has no thread sanitizer")
        built = build()
        if built is None:
            skip(f"the build takes longer than {BUILD_SECONDS} s here; it goes on at the next run")
        if built:
            make_data(pathlib.Path(folder))
            try_all(pathlib.Path(folder))
    finish()


main()
