# SPDX-License-Identifier: MIT
"""Completion: each shell that is here takes its script, and bash completes words as people type them."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROBES = [  # what is typed, what is offered among others, what is not
    (["transalp", "con"], {"convert"}, {"check"}),
    (["transalp", ""], {"check", "--help"}, {"man"}),
    (["transalp", "check", "--sch"], {"--schema", "--schema-map"}, {"--pretty"}),
    (["transalp", "convert", "a.csv", "--to", ""], {"json", "xml"}, {"a.csv"}),
    (["transalp", "check", "a.csv", "--schema", "m"], {"member"}, {"cluster"}),
    (["transalp", "check", "--report", "=", "s"], {"sarif"}, {"json"}),
    (["transalp", "convert", "--to", "="], {"json", "xml"}, {"check"}),
    (["transalp", "check", "--report", "s"], {"sarif"}, {"json"}),
    (["transalp", "explain", "loss-n"], {"loss-null", "loss-number"}, {"loss-shape"}),
    (["transalp", "init", "--ci", "g"], {"github", "gitlab"}, {"member"}),
    (["transalp", "codes", "c"], {"country", "currency"}, {"role"}),
]


def script(shell):
    return subprocess.run(["transalp", "completion", shell], capture_output=True, text=True, check=True).stdout


def complete(bash_script, words):
    """What bash offers for the last word."""
    quoted = " ".join(f"'{word}'" for word in words)
    program = f"{bash_script}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _transalp\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    return set(subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True).stdout.split())


def faults_of_bash():
    text = script("bash")
    for words, wanted, unwanted in PROBES:
        offered = complete(text, words)
        yield None if wanted <= offered and not unwanted & offered else f"{words}: offered {sorted(offered)[:8]}"


def commands():
    """Name and summary of each, as --help has them."""
    text = subprocess.run(["transalp", "--help"], capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^  ([a-z]+) +(\S.*)$", text, re.MULTILINE))


def faults_of_offers(shell, run, between):
    """The shell runs the script and offers each command with its summary."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "script")
        path.write_text(script(shell))
        done = subprocess.run([*run, str(path)], capture_output=True, text=True, env={**os.environ, "HOME": folder}, check=False)
    yield done.stderr.strip() or None
    for name, summary in commands().items():
        yield None if f"{name}{between}{summary}" in done.stdout.replace("\\:", ":").splitlines() else f"{name} is not offered as it should be"


FISH = ["fish", "-c", "source $argv[1]; complete -C 'transalp '"]
ZSH = ["zsh", "-fc", "_describe() { print -rl -- $subcommands }; CURRENT=2; words=(transalp ''); source $0"]


def faults_of_syntax(shell):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "script")
        path.write_text(script(shell))
        argv = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}[shell]
        done = subprocess.run([*argv, str(path)], capture_output=True, text=True, env={**os.environ, "HOME": folder},
                              check=False)
    yield done.stderr.strip() or None if done.returncode or done.stderr else None


def main():
    passed = failed = skipped = 0
    checks = [(shell, faults_of_syntax(shell)) for shell in ("bash", "zsh", "fish")] + [
        ("bash", faults_of_bash()), ("fish", faults_of_offers("fish", FISH, "\t")), ("zsh", faults_of_offers("zsh", ZSH, ":"))]
    for shell, faults in checks:
        if not shutil.which(shell):
            print(f"skipped: {shell} is not here")
            skipped += 1
            continue
        for fault in faults:
            passed, failed = passed + (fault is None), failed + (fault is not None)
            if fault:
                print(f"{shell}: {fault}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
