# SPDX-License-Identifier: MIT
"""docs/library.md: its programs are compiled against transalp.h and the shared library, and print what stands below them. And
the shared library shows the functions of transalp.h, and nothing else."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ["BUILD"])
EXAMPLE = re.compile(r"^```(c|python)\n(.*?)^```$.*?^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run_example(language, text, folder):
    env = {**os.environ, "LD_LIBRARY_PATH": str(BUILD)}
    if language == "python":
        return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, env=env, check=False)
    source = pathlib.Path(folder, "example.c")
    source.write_text(text, encoding="utf-8")
    built = subprocess.run([os.environ.get("CC", "cc"), "-std=c99", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'include'}",
                            str(source), f"-L{BUILD}", "-ltransalp", "-o", f"{folder}/example"],
                           capture_output=True, text=True, check=False)
    if built.returncode:
        return built
    return subprocess.run([f"{folder}/example"], capture_output=True, text=True, env=env, check=False)


def example_faults():
    text = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    for number, (language, program, wanted) in enumerate(EXAMPLE.findall(text), 1):
        with tempfile.TemporaryDirectory() as folder:
            done = run_example(language, program, folder)
        good = done.returncode == 0 and done.stdout == wanted
        yield None if good else f"example {number} in {language} printed:\n{done.stdout}{done.stderr}"


def symbol_faults():
    declared = set(re.findall(r"\b(ta_[a-z_0-9]+)\(", re.sub(r"/\*.*?\*/", "", (ROOT / "include" / "transalp.h").read_text(), flags=re.DOTALL)))
    declared = {name for name in declared if not name.endswith("_fn")}
    listed = subprocess.run(["nm", "-D", "--defined-only", str(BUILD / "libtransalp.so")], capture_output=True, text=True,
                            check=True).stdout
    shown = {line.split()[-1] for line in listed.splitlines()}
    for name in sorted(declared ^ shown):
        yield f"{name} is {'declared and not shown' if name in declared else 'shown and not declared'}"
    yield None if declared and declared == shown else "the symbols differ"


def main():
    if os.environ.get("SANITIZE") or not shutil.which("nm") or not (BUILD / "libtransalp.so").exists():
        print("skipped: a shared library without sanitizers, and nm, are needed\n0 passed, 0 failed, 1 skipped")
        return 0
    faults = [*example_faults(), *symbol_faults()]
    wrong = [fault for fault in faults if fault]
    print("\n".join([*wrong, f"{len(faults) - len(wrong)} passed, {len(wrong)} failed"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
