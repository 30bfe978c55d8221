# SPDX-License-Identifier: MIT
"""Real files into every format: `diff` and `digest` find the same data there. CSV is read with --infer throughout."""
import os
import pathlib
import subprocess
import sys
import tempfile

TRANSALP = os.environ["TRANSALP"]
SIZE_MAX = 3_000_000
BROKEN = {"cordis-horizon-topics-malformed-quotes.csv"}


def run(*words):
    return subprocess.run([TRANSALP, *words], capture_output=True, text=True, errors="replace", timeout=120, check=False)


def fault(source, target, options):
    """What is wrong with a file's copy in another format; None: nothing."""
    made = run("convert", str(source), "-o", target, *options, "--quiet")
    if made.returncode:
        return f"convert: {made.stderr[:300]}"
    compared = run("diff", str(source), target, *options)
    if compared.returncode:
        return f"diff {compared.returncode}: {compared.stdout[:600]}"
    hashes = {line.split(" ")[0] for line in run("digest", str(source), target, *options).stdout.splitlines()}
    return None if len(hashes) == 1 else f"{len(hashes)} digests"


def main():
    if "SHARED" not in os.environ:
        print("skipped: no folder of real files")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    files = [p for p in sorted((pathlib.Path(os.environ["SHARED"]) / "data").rglob("*"))
             if p.suffix in (".csv", ".json") and p.stat().st_size < SIZE_MAX and p.name not in BROKEN]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            for suffix in ("json", "yaml", "xml"):
                options = ["--infer"] if path.suffix == ".csv" else []
                wrong = fault(path, os.path.join(folder, f"copy.{suffix}"), options)
                passed, failed = passed + (not wrong), failed + bool(wrong)
                if wrong:
                    print(f"{path.name} as {suffix}: {wrong}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
