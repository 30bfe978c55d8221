# SPDX-License-Identifier: MIT
"""Cases: a folder with a shell script `cmd`, inputs, and what must come of it.

`cmd` runs with sh in a copy of its folder. `out`, `err` and `status` are compared whole (absent: empty, empty, 0), and
each `after/NAME` with the file NAME that was left in the copy. `cmd` may begin with lines `# needs: WORD`; a case
whose need is not met is skipped and says so. The words: `shared` (the folder of real files beside the checkout,
$SHARED), `plain` (no sanitizers), `user` (not root), else a program.
"""
import collections
import difflib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

Case = collections.namedtuple("Case", "name folder")
SECONDS = 60
EXPECTED = {"out", "err", "status", "after"}


def find(root):
    """All cases below root, in order."""
    for cmd in sorted(root.rglob("cmd")):
        yield Case(f"cases/{cmd.parent.relative_to(root)}", cmd.parent)


def count_text(passed, failed, skipped):
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


def unmet(case, env):
    """The first need of a case that is not met; None: it can run."""
    text = (case.folder / "cmd").read_text(encoding="utf-8")
    for need in re.findall(r"^# needs: (\S+)", text, re.MULTILINE):
        known = {"shared": "SHARED" in env, "plain": not env["SANITIZE"], "user": os.geteuid() != 0}
        if not known.get(need, bool(shutil.which(need, path=env["PATH"]))):
            return need
    return None


def execute(case, env, copy):
    """Runs cmd in the copy: {name: bytes}, the names as in EXPECTED, after/NAME for files."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(["sh", "cmd"], cwd=copy, env=env, stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=err, start_new_session=True)
        try:
            status = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = f"none after {SECONDS} s"
        out.seek(0)
        err.seek(0)
        got = {"out": out.read(), "err": err.read(), "status": f"{status}\n".encode()}
    after = case.folder / "after"
    for path in sorted(after.rglob("*")) if after.is_dir() else []:
        if path.is_file():
            name = path.relative_to(after)
            left = copy / name
            got[f"after/{name}"] = left.read_bytes() if left.is_file() else b"(there is no such file)\n"
    return got


def expected(case, name):
    path = case.folder / name
    if not path.is_file():
        return b"0\n" if name == "status" else b""
    data = path.read_bytes()
    return data.strip() + b"\n" if name == "status" else data


def difference(name, want, got):
    lines = [data.decode(errors="backslashreplace").splitlines() for data in (want, got)]
    text = list(difflib.unified_diff(*lines, f"{name} expected", f"{name} got", lineterm=""))
    if not text:
        text = [f"{name}: the bytes differ only in line ends or at the end"]
    return "".join(f"    {line}\n" for line in text[:80])


def update(case, got):
    """Writes what came where it differs from what is expected; the names written."""
    changed = [name for name, data in got.items() if data != expected(case, name)]
    for name in changed:
        path = case.folder / name
        if got[name] == {"out": b"", "err": b"", "status": b"0\n"}.get(name):
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(got[name])
    return changed


def run(case, env, rewrite):
    """(passed, failed, skipped, text) of one case."""
    need = unmet(case, env)
    if need:
        return 0, 0, 1, f"{case.name}: skipped, needs {need}\n"
    with tempfile.TemporaryDirectory(prefix="transalp-case-") as temporary:
        copy = pathlib.Path(temporary) / "case"
        shutil.copytree(case.folder, copy, ignore=lambda at, names: EXPECTED & set(names)
                        if pathlib.Path(at) == case.folder else [])
        got = execute(case, dict(env, TMPDIR=temporary), copy)
        for path in copy.rglob("*"):  # what a case made unreadable must not stay
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
    if rewrite:
        changed = update(case, got)
        return 1, 0, 0, f"{case.name}: wrote {', '.join(changed)}\n" if changed else ""
    text = "".join(difference(name, expected(case, name), data) for name, data in got.items()
                   if data != expected(case, name))
    return (0, 1, 0, f"{case.name}: failed\n{text}") if text else (1, 0, 0, "")
