# SPDX-License-Identifier: MIT
"""tools/portable packs a program that runs where it is unpacked, with the libraries beside it that are not linked in."""
import os
import pathlib
import subprocess
import tarfile
import tempfile

from tally import finish, hold, skip

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRANSALP = os.environ["TRANSALP"]


def main():
    if os.environ.get("SANITIZE"):
        skip("sanitizers are not for other machines")
    with tempfile.TemporaryDirectory(prefix="transalp-portable-") as folder:
        done = subprocess.run([ROOT / "tools" / "portable", TRANSALP, folder], capture_output=True, text=True, check=False)
        archive = pathlib.Path(done.stdout.strip())
        if not hold(done.returncode == 0 and archive.name.endswith(".tar.gz"), f"it is packed: {done.stderr}"):
            finish()
        with tarfile.open(archive) as packed:
            packed.extractall(pathlib.Path(folder, "else where"))
        home = next(pathlib.Path(folder, "else where").iterdir())
        names = {p.name for p in home.iterdir()}
        hold({"transalp", "LICENSE", "THIRD-PARTY"} <= names <= {"transalp", "LICENSE", "THIRD-PARTY", "lib"}, f"what is in it: {names}")
        libraries = [p.name for p in home.glob("lib/*")]
        hold(not any(name.startswith(("libc.", "libm.", "ld-")) for name in libraries), "the C library stays out of it")
        env = {**os.environ, "LD_LIBRARY_PATH": str(home / "lib")}
        runs = subprocess.run([home / "transalp", "check", ROOT / "samples" / "members.xml", "--schema", "member", "--quiet"], env=env, check=False)
        hold(runs.returncode == 0, "it runs")
    finish()


main()
