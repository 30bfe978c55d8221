# SPDX-License-Identifier: MIT
"""Runs each fuzz target where it was built with the fuzzer, else over its corpus: for FUZZ_SECONDS with a seed of its
own, or else FUZZ_RUNS inputs that are the same each time, so that what CI says depends on the code alone.

The corpus is derived: the inputs of the cases, and samples up to 8 KiB, of the format's suffixes. What a target found
is left in BUILD/fuzz/FORMAT.
"""
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ["BUILD"])
SECONDS = os.environ.get("FUZZ_SECONDS")
SEED = os.environ.get("SEED", "1")
FUZZ_RUNS = 4000
FILE_MAX = 8 * 1024
DICTIONARY = ['"\\""', '","', '";"', '"\\x0a"', '"\\x0d\\x0a"', '"null"', '"true"', '"\\\\u00e9"', '"\\\\ud83d"',
              '"1e400"', '"-0"', '"[{"', '"}]"', '"\\":"', '"a.0.b"', '"\\xef\\xbb\\xbf"', '"\\xc3\\xa9"', '"\\x00"']


def formats():
    rows = subprocess.run([str(ROOT / "tools" / "sources"), "formats"], capture_output=True, text=True,
                          check=True)
    return rows.stdout.split()


def suffixes(name):
    return {"json": {".json"}, "jsonl": {".jsonl", ".ndjson", ".json"}, "csv": {".csv", ".txt"},
            "tsv": {".tsv", ".csv"}, "yaml": {".yaml", ".yml"}}.get(name, {f".{name}"})


def corpus(name):
    files = list((ROOT / "tests" / "cases").rglob("*")) + list((ROOT / "samples").rglob("*"))
    return sorted(f for f in files
                  if f.suffix in suffixes(name) and f.is_file() and f.stat().st_size <= FILE_MAX)


def command(target, name, folder):
    """The argv that fuzzes, or replays where the fuzzer is not linked in."""
    files = corpus(name)
    if not os.environ.get("SANITIZE"):
        return [str(target), *map(str, files)]
    seeds, found = folder / "seeds", folder / "found"
    for path in (seeds, *([] if SECONDS else [found])):
        shutil.rmtree(path, ignore_errors=True)
    for path in (seeds, found):
        path.mkdir(parents=True, exist_ok=True)
    for i, file in enumerate(files):
        shutil.copyfile(file, seeds / f"{i}{file.suffix}")
    words = folder / "words"
    words.write_text("\n".join(DICTIONARY) + "\n", encoding="utf-8")
    bound = [f"-max_total_time={SECONDS}", "-seed=0"] if SECONDS else [f"-runs={FUZZ_RUNS}", f"-seed={SEED}"]
    return [str(target), str(found), str(seeds), *bound, "-timeout=20", "-rss_limit_mb=1024", f"-max_len={FILE_MAX}",
            f"-dict={words}", f"-artifact_prefix={folder}/", "-print_final_stats=1"]


def main():
    passed = failed = 0
    for name in formats():
        folder = BUILD / "fuzz" / name
        folder.mkdir(parents=True, exist_ok=True)
        target = BUILD / "tests" / f"fuzz_{name}"
        argv = command(target, name, folder)
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        text = done.stderr.decode(errors="replace").splitlines()
        if done.returncode:
            failed += 1
            print(f"fuzz_{name}: status {done.returncode}", *text[-40:], sep="\n    ")
        else:
            passed += 1
            runs = next((line.split()[-1] for line in text if "number_of_executed_units" in line), len(argv) - 1)
            print(f"fuzz_{name}: {runs} inputs")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
