# SPDX-License-Identifier: MIT
"""Every example that --help shows runs, in a folder that has samples/."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRANSALP = os.environ["TRANSALP"]


def examples():
    """The lines under "Examples:" in the help of each command."""
    rows = (ROOT / "src" / "cli" / "commands.def").read_text(encoding="utf-8")
    for command in re.findall(r"^TA_COMMAND\((\w+)\)", rows, re.MULTILINE):
        text = subprocess.run([TRANSALP, command, "--help"], capture_output=True, text=True, check=False).stdout
        yield from re.findall(r"^  (transalp .*)$", text, re.MULTILINE)


def main():
    passed, failed = 0, 0
    lines = list(examples())
    if not lines:
        print("no --help shows an example")
        failed = 1
    for line in lines:
        with tempfile.TemporaryDirectory(prefix="transalp-example-") as folder:
            shutil.copytree(ROOT / "samples", pathlib.Path(folder) / "samples")
            done = subprocess.run(["sh", "-c", line], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  errors="replace", timeout=60, check=False)
        if done.returncode in (0, 1):  # 1: the example shows what is found in faulty data
            passed += 1
        else:
            failed += 1
            print(f"$ {line}\n    status {done.returncode}", *(done.stderr + done.stdout).splitlines()[:5], sep="\n    ")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
