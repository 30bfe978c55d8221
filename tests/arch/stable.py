# SPDX-License-Identifier: MIT
"""docs/stable.md kept: each command, option, code of a finding and member of the JSON report that tests/stable.txt lists is
still there, and what is new is listed. --update adds what is new; what goes must be taken out by hand."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LIST = ROOT / "tests" / "stable.txt"


def names(path, pattern):
    return re.findall(pattern, (ROOT / "src" / path).read_text(encoding="utf-8"), re.MULTILINE)


def found():
    """Every name, with the kind of thing it is."""
    kinds = {
        "command": names("cli/commands.def", r"^TA_COMMAND\((\w+)\)"),
        "option": ["--" + name for name in names("cli/options.def", r'^TA_OPTION\("([\w-]+)"')],
        "finding": names("base/finding.def", r'^TA_FINDING\(\w+, "([\w-]+)"'),
        "report": names("report/reports.def", r"^TA_REPORT\((\w+)\)"),
        "member": names("report/json.c", r'ta_(?:object|line)_\w+\(&?\w+, "(\w+)"'),
        "function": re.findall(r"^TA_API .*?\b(ta_\w+)\(", (ROOT / "include" / "transalp.h").read_text(), re.MULTILINE),
    }
    return {f"{kind} {name}" for kind, names_of in kinds.items() for name in names_of}


def main():
    listed = set(LIST.read_text(encoding="utf-8").splitlines()) if LIST.exists() else set()
    here = found()
    gone, new = sorted(listed - here), sorted(here - listed)
    if "--update" in sys.argv:
        LIST.write_text("".join(f"{line}\n" for line in sorted(listed | here)), encoding="utf-8")
        new = []
    for line in gone:
        print(f"{line} is gone: docs/stable.md promises it; give it back, or take it out of tests/stable.txt in a new major version")
    for line in new:
        print(f"{line} is not in tests/stable.txt: python3 tests/arch/stable.py --update")
    print(f"{len(here) - len(new)} passed, {len(gone) + len(new)} failed")
    return 1 if gone or new else 0


if __name__ == "__main__":
    sys.exit(main())
