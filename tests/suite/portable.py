# SPDX-License-Identifier: MIT
"""tools/portable packs a program that runs where it is unpacked, with the libraries beside it that are not linked in."""
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRANSALP = os.environ["TRANSALP"]
passed = failed = 0


def hold(what, fits):
    global passed, failed
    passed, failed = passed + bool(fits), failed + (not fits)
    if not fits:
        print("failed:", what)


def main():
    if os.environ.get("SANITIZE"):
        print("skipped: sanitizers are not for other machines\n0 passed, 0 failed, 1 skipped")
        return 0
    with tempfile.TemporaryDirectory(prefix="transalp-portable-") as folder:
        done = subprocess.run([ROOT / "tools" / "portable", TRANSALP, folder], capture_output=True, text=True, check=False)
        archive = pathlib.Path(done.stdout.strip())
        hold(f"it is packed: {done.stderr}", done.returncode == 0 and archive.name.endswith(".tar.gz"))
        if failed:
            print(f"{passed} passed, {failed} failed")
            return 1
        with tarfile.open(archive) as packed:
            packed.extractall(pathlib.Path(folder, "else where"))
        home = next(pathlib.Path(folder, "else where").iterdir())
        names = {p.name for p in home.iterdir()}
        hold(f"what is in it: {names}", {"transalp", "LICENSE", "THIRD-PARTY"} <= names <= {"transalp", "LICENSE", "THIRD-PARTY", "lib"})
        libraries = [p.name for p in home.glob("lib/*")]
        hold("the C library stays out of it", not any(name.startswith(("libc.", "libm.", "ld-")) for name in libraries))
        env = {**os.environ, "LD_LIBRARY_PATH": str(home / "lib")}
        runs = subprocess.run([home / "transalp", "check", ROOT / "samples" / "members.xml", "--schema", "member", "--quiet"], env=env, check=False)
        hold("it runs", runs.returncode == 0)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
