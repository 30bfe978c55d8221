# SPDX-License-Identifier: MIT
"""transalp normalize on YAML with anchors, aliases and merge keys at random: what nobody told to change is what it was, a second
run changes nothing, and what was told is what `convert --normalize` makes of the file. SEED and ROUNDS may be set."""
import json
import os
import pathlib
import random
import subprocess
import tempfile

from tally import finish, hold

TRANSALP = os.environ.get("TRANSALP", "transalp")
SEED = int(os.environ.get("SEED", "1"))
ROUNDS = int(os.environ.get("ROUNDS", "40" if os.environ.get("SANITIZE") else "150"))
WORDS = ["Allemagne", "FR", "France", "Nowhere", "' x'", '" y  z"', "plain", "Italie"]
MEMBERS = ["country", "name", "note", "seat", "members"]
SCHEMA = {"$ref": "#/$defs/member", "$defs": {"member": {"type": "object", "properties": {
    "country": {"type": "string", "x-codes": "country"}, "name": {"type": "string"}, "note": {"type": "string", "x-normalize": False},
    "seat": {"$ref": "#/$defs/member"}, "members": {"type": "array", "items": {"$ref": "#/$defs/member"}}}}}}


def make_map(rng, depth, names):
    parts = [f"{key}: {make_value(rng, depth + 1, names)}" for key in rng.sample(MEMBERS, rng.randint(0, 4))]
    if names and rng.random() < 0.3:
        one, other = rng.choice(names), rng.choice(names)
        parts.insert(rng.randrange(len(parts) + 1), f"<<: *{one}" if rng.random() < 0.7 else f"<<: [*{one}, *{other}]")
    return "{" + ", ".join(parts) + "}"


def make_value(rng, depth, names):
    """A value in flow style; names are the anchors so far, of which few have a second value."""
    if names and rng.random() < 0.3:
        return "*" + rng.choice(names)
    name = f"n{rng.randrange(4 if rng.random() < 0.1 else 1000)}" if rng.random() < 0.4 else None
    kind = rng.random()
    if depth > 3 or kind < 0.4:
        text = rng.choice(WORDS)
    elif kind < 0.8:
        text = make_map(rng, depth, names)
    else:
        text = "[" + ", ".join(make_value(rng, depth + 1, names) for _ in range(rng.randint(0, 3))) + "]"
    if not name:
        return text
    names.append(name)
    return f"&{name} {text}"


def make_document(rng):
    names = []
    if rng.random() < 0.7:
        return "".join(f"- {make_value(rng, 0, names)}\n" for _ in range(rng.randint(1, 6)))
    return "".join(f"{key}: {make_value(rng, 0, names)}\n" for key in rng.sample(MEMBERS, 3))


def run(folder, *words):
    return subprocess.run([TRANSALP, *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def try_file(folder, text, what):
    rules = ["--schema", "./schema.json"]
    (folder / "old.yaml").write_text(text)
    (folder / "new.yaml").write_text(text)
    first = run(folder, "normalize", "new.yaml", *rules, "--write")
    hold(first.returncode in (0, 1), f"{what}: status {first.returncode}", first.stderr + text)
    again = run(folder, "normalize", "new.yaml", *rules, "--check")
    hold("changed" not in again.stdout, f"{what}: a second run changes nothing", again.stdout + text)
    if first.returncode or "[normalize-alias]" in first.stderr:
        return False
    plain = run(folder, "convert", "new.yaml", "--to", "jsonl")
    wanted = run(folder, "convert", "old.yaml", *rules, "--normalize", "--keep-invalid", "--to", "jsonl")
    hold(plain.stdout == wanted.stdout, f"{what}: as convert has it", text + plain.stdout + wanted.stdout)
    return True


def main():
    with tempfile.TemporaryDirectory(prefix="transalp-aliases-") as name:
        folder, whole = pathlib.Path(name), 0
        (folder / "schema.json").write_text(json.dumps(SCHEMA))
        for number in range(ROUNDS):
            rng = random.Random(f"{SEED} {number}")
            text = "---\n".join(make_document(rng) for _ in range(rng.choice([1, 1, 2, 3])))
            whole += try_file(folder, text, f"seed {SEED}, file {number}")
        hold(whole > ROUNDS / 6, f"{whole} of {ROUNDS} files had nothing to refuse")
    finish()


main()
