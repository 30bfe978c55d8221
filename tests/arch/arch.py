# SPDX-License-Identifier: MIT
"""The house held to its plan: floors, library headers, exported symbols, tables, sizes, a case for every finding."""
import collections
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src"
FLOORS = [["main.c"], ["cli"], ["api"], ["flow"], ["format", "check", "normalize", "report", "compare", "infer", "lint", "map", "tables"],
          ["schema"], ["codes"], ["record"], ["base"]]
RANK = {name: rank for rank, names in enumerate(FLOORS) for name in names}
LIBRARIES = ["jansson.h", "libxml/", "yaml.h", "csv.h", "xxhash.h", "iconv.h", "zlib.h", "zstd.h", "pcre2.h",
             "utf8proc.h", "uriparser/", "idn2.h", "nettle/"]
# All that a format may see of src/schema: shapes, and what their columns are called.
FORMAT_SEES = {"schema/shape.h", "schema/titles.h"}
LINES_MAX, HEADER_MAX, PUBLIC_MAX = 500, 120, 300
CODE = {".c", ".h", ".def", ".py", ".sh", ".build"}
SCRIPTS = ["dev", "tools/sources", "tools/package", "tools/lint", "tests/run", ".ci/run", "tools/hooks/pre-commit"]


def sources():
    return sorted(p for p in SRC.rglob("*") if p.suffix in (".c", ".h", ".def"))


def house_files():
    """Every file of ours that is code, tests and tools included."""
    files = {p for top in ("src", "include", "tests", "tools", ".ci") for p in (ROOT / top).rglob("*")
             if p.suffix in CODE and "cases" not in p.relative_to(ROOT).parts}
    return sorted(files | {ROOT / name for name in SCRIPTS + ["meson.build"] if (ROOT / name).exists()})


def name_of(path):
    return str(path.relative_to(ROOT))


def without_words(text):
    """C without comments and strings, its lines kept."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, lambda m: "\n" * m[0].count("\n") + '""', text, flags=re.DOTALL)


def includes(path):
    """(line, "x" or <x>, name) of each #include."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if found := re.match(r'\s*#\s*include\s*(["<])([^">]+)', line):
            yield number, found[1], found[2]


def floor_fault(path, name):
    """What is wrong with including src/NAME in a file of src; None: nothing."""
    here, there = (p.split("/") for p in (str(path.relative_to(SRC)), name))
    if there[0] not in RANK:
        return "is on no floor"
    if RANK[there[0]] < RANK[here[0]]:
        return "climbs"
    if RANK[there[0]] == RANK[here[0]] and there[0] != here[0]:
        return "meets a neighbour"
    if here[0] == "format" and there[0] == "schema" and name not in FORMAT_SEES:
        return "looks into schemas"
    if here[0] == there[0] == "format" and len(there) > 2 and there[1] != here[1]:
        return "knows another format"
    return None


def test_floors():
    """Arrows point down, neighbours never meet, include paths start at src."""
    for path in sources():
        if path.relative_to(SRC).parts[0] not in RANK:
            yield f"{name_of(path)} is on no floor"
            continue
        for line, mark, name in includes(path):
            if mark != '"' or name == "transalp.h":
                continue
            fault = floor_fault(path, name) if (SRC / name).exists() else "does not start at src"
            if fault:
                yield f"{name_of(path)}:{line}: {name} {fault}"


def test_circles():
    """No header includes itself in the end."""
    graph = {str(p.relative_to(SRC)): [n for _, m, n in includes(p) if m == '"'] for p in sources()}
    done, way = set(), []

    def visit(name):
        if name in way:
            return [" > ".join(way[way.index(name):] + [name])]
        if name in done or name not in graph:
            return []
        way.append(name)
        found = [circle for other in graph[name] for circle in visit(other)]
        way.pop()
        done.add(name)
        return found

    for name in graph:
        yield from visit(name)


def test_libraries():
    """Each library's header is included in one file."""
    users = collections.defaultdict(list)
    for path in sources():
        for _, mark, name in includes(path):
            for library in LIBRARIES:
                if mark == "<" and (name == library or library[-1] == "/" and name.startswith(library)):
                    users[library].append(name_of(path))
    for library, paths in users.items():
        if len(set(paths)) > 1:
            yield f"{library} in {', '.join(sorted(set(paths)))}"


def test_exports():
    """What libtransalp exports is what transalp.h declares."""
    archive = pathlib.Path(os.environ["BUILD"]) / "libtransalp.a"
    declared = set(re.findall(r"\bTA_API\b[^;]*?\b(ta_\w+)\(", without_words(
        (ROOT / "include" / "transalp.h").read_text())))
    table = subprocess.run(["readelf", "-sW", str(archive)], capture_output=True, text=True, check=True).stdout
    exported = {m[2] for m in re.finditer(r" (GLOBAL|WEAK)\s+DEFAULT\s+\d+ (\S+)", table)}
    exported = {name for name in exported if not name.startswith("__")}
    yield from (f"{name} is exported, but not in transalp.h" for name in sorted(exported - declared))
    yield from (f"{name} is in transalp.h, but not exported" for name in sorted(declared - exported))


def test_exits():
    """Only main.c ends the process, and nothing asserts about input."""
    for path in sources():
        if path == SRC / "main.c":
            continue
        for number, line in enumerate(without_words(path.read_text()).splitlines(), 1):
            if found := re.search(r"\b(_?_?exit|_Exit|quick_exit|abort|assert)\s*\(", line):
                yield f"{name_of(path)}:{number}: {found[1]}"


def test_no_double():
    """No binary floating point and no locale for data: numbers are text and exact decimals."""
    for path in sources():
        if path.relative_to(SRC).parts[0] in ("main.c", "cli", "flow"):  # times, not data
            continue
        for number, line in enumerate(without_words(path.read_text()).splitlines(), 1):
            if re.search(r"\b(double|float|strtod|atof|setlocale)\b", line):
                yield f"{name_of(path)}:{number}: {line.strip()}"


def rows(path):
    """The rows of a .def table as lists of arguments, comments left out."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    for row in re.finditer(r"^(TA_\w+)\(([^,)]+)(?:,\s*\"([^\"]*)\")?([^\n]*)", text, re.MULTILINE):
        yield row[1], row[2].strip(), row[3], row[4]


def test_tables():
    """No table has a row twice; of an option's name there may be one for each command."""
    for path in sources():
        if path.suffix == ".def":
            for column in (1, 2):
                names = collections.Counter((r[0], r[column], r[3] if r[0] == "TA_OPTION" else "")
                                            for r in rows(path) if r[column])
                yield from (f"{name_of(path)}: {name[1]} twice" for name, n in names.items() if n > 1)


def test_finding_cases():
    """Each row of finding.def is what some case expects."""
    seen = set()
    for path in (ROOT / "tests" / "cases").rglob("*"):
        if path.is_file() and (path.name in ("out", "err") or "after" in path.parts):
            text = path.read_text(encoding="utf-8", errors="replace")
            seen.update(re.findall(r'\[([a-z0-9-]+)[]:]|"code": ?"([a-z0-9-]+)"', text))
    codes = {code for pair in seen for code in pair}
    missing = [r[2] for r in rows(SRC / "base" / "finding.def") if r[2] not in codes]
    if missing:
        yield f"no case for {', '.join(missing)}"


def test_layout():
    """An SPDX line first, no tabs, no long files."""
    for path in house_files():
        text = path.read_text()
        if "SPDX-License-Identifier: MIT" not in "".join(text.splitlines()[:2]):
            yield f"{name_of(path)}: no SPDX line"
        if "\t" in text:
            yield f"{name_of(path)}: a tab"
        most = LINES_MAX
        if path.suffix == ".h" and "tests" not in path.relative_to(ROOT).parts:
            most = PUBLIC_MAX if path.parent.name == "include" else HEADER_MAX
        if path.suffix == ".def":
            continue
        if (lines := text.count("\n")) > most:
            yield f"{name_of(path)}: {lines} lines, at most {most}"


def main():
    tests = [fn for name, fn in globals().items() if name.startswith("test_")]
    failed = 0
    for test in tests:
        faults = list(test())
        failed += bool(faults)
        if faults:
            print(f"{test.__name__}: {test.__doc__}", *faults, sep="\n    ")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
