# SPDX-License-Identifier: MIT
"""Validators of JSON Schema in turn: transalp, Blaze (the jsonschema command of Sourcemeta), ajv and python3-jsonschema,
whole processes, CPU time of user and system (and of user alone: what the system takes for
a peer's memory varies with the machine); and evaluation alone. Schemas are the ones beside this file without our
own words. Blaze and ajv come from npm, in the versions of package.json, into data/npm; what cannot be had is left out
with a word."""
import json
import os
import platform
import re
import shutil
import statistics
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "data", "npm")
MODULES = os.path.join(FOLDER, "node_modules")
PY_LIST = """import json,sys,jsonschema
v=jsonschema.Draft202012Validator(json.load(open(sys.argv[2])))
print(sum(1 for e in v.iter_errors(json.load(open(sys.argv[1])))))"""
PY_LINES = """import json,sys,jsonschema
v=jsonschema.Draft202012Validator(json.load(open(sys.argv[2])))
print(sum(1 for l in open(sys.argv[1]) for e in v.iter_errors(json.loads(l))))"""


def install():
    """Whether Blaze and ajv are there."""
    os.makedirs(FOLDER, exist_ok=True)
    shutil.copy(os.path.join(HERE, "package.json"), FOLDER)
    if not shutil.which("npm"):
        print("  (npm is not installed: no Blaze, no ajv)")
        return False
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"], cwd=FOLDER,
                          capture_output=True, timeout=300, check=False)
    if done.returncode:
        print("  (npm could not install package.json: no Blaze, no ajv)")
    return not done.returncode


def without_ours(value):
    if isinstance(value, dict):
        return {k: without_ours(v) for k, v in value.items() if not k.startswith("x-")}
    return [without_ours(v) for v in value] if isinstance(value, list) else value


def write_schemas(kind):
    """The schema of a record, and of a list of such."""
    with open(os.path.join(HERE, f"{kind}.schema.json"), encoding="utf-8") as file:
        record = without_ours(json.load(file))
    inner = {k: v for k, v in record.items() if k not in ("$schema", "$defs")}
    listed = {"$schema": record["$schema"], "type": "array", "items": inner, "$defs": record.get("$defs", {})}
    paths = []
    for name, schema in ((f"{kind}.json", record), (f"{kind}-list.json", listed)):
        paths.append(os.path.join(HERE, "data", name))
        with open(paths[-1], "w", encoding="utf-8") as file:
            json.dump(schema, file)
    return paths


def commands(bench, schema, path, small, installed):
    """name: (command, file)"""
    lines = path.endswith(".jsonl")
    rows = {"transalp": ([bench.ta, "check", "--quiet", "--schema", schema, path], path),
            "transalp, no schema": ([bench.ta, "check", "--quiet", path], path)}
    if installed:
        machine = platform.machine()
        blaze = os.path.join(MODULES, "@sourcemeta", "jsonschema", "build", "github-releases",
                             f"jsonschema-linux-{'arm64' if machine == 'aarch64' else machine}")
        rows["Blaze"] = ([blaze, "validate", "--fast", schema, path], path)
        rows["ajv"] = (["node", os.path.join(HERE, "ajv.js"), MODULES, schema, path], path)
    rows["python3-jsonschema"] = ([bench.python, "-c", PY_LINES if lines else PY_LIST, small, schema], small)
    return rows


def measure(bench, title, rows):
    got = {name: [] for name in rows}
    for turn in range(bench.runs + 1):
        for name, (argv, _) in rows.items():
            row = bench.once(argv)
            if turn:
                got[name].append(row)
    # Peers that are slow get a part of the data: what counts is the time a byte takes.
    cost, user = ({name: statistics.median(r[column] for r in got[name]) / os.path.getsize(rows[name][1]) for name in rows}
                  for column in (1, 4))
    for name, (_, path) in rows.items():
        cpu = statistics.median(r[1] for r in got[name])
        rss = max(r[2] for r in got[name])
        codes = {r[3] for r in got[name]}
        odd = "" if codes == {0} else f" exit {codes}"
        print(f"| {title:14} | {name:19} | {os.path.getsize(path) / 1e6:6.1f} MB | cpu {cpu:6.2f} s | {rss:7.1f} MiB | "
              f"{cost[name] / cost['transalp']:6.1f} x, user {user[name] / user['transalp']:6.1f} x{odd} |", flush=True)
    return cost["transalp"] - cost["transalp, no schema"]


def evaluate(title, rows, ours):
    """What is left without reading: by difference, and as Blaze and ajv say it themselves."""
    size = os.path.getsize(rows["transalp"][1])
    words = [f"transalp {ours * size * 1000:.0f} ms"]
    if "Blaze" in rows:
        argv = rows["Blaze"][0]
        said = subprocess.run([*argv[:3], "--benchmark", *argv[3:]], capture_output=True, text=True, check=False).stdout
        micros = re.search(r"([0-9.]+) \+-", said)
        words.append(f"Blaze {float(micros[1]) / 1000:.0f} ms" if micros else "Blaze ?")
        said = subprocess.run(rows["ajv"][0], capture_output=True, text=True, check=False).stdout.split()
        words.append(f"ajv {float(said[1]):.0f} ms" if len(said) > 1 else "ajv ?")
    print(f"  {title}, evaluation alone: {', '.join(words)}")


def run(bench):
    print("validators, CPU time a byte against transalp's:")
    installed = install()
    for kind in ("member", "cluster"):
        record, listed = write_schemas(kind)
        for form, schema in (("json", listed), ("ndjson", record)):
            title = f"{kind}s, {'array' if form == 'json' else 'JSONL'}"
            rows = commands(bench, schema, bench.data(f"{kind}s", form), bench.data(f"{kind}s", form, bench.peer_n),
                            installed)
            ours = measure(bench, title, rows)
            if form == "json":
                evaluate(title, rows, ours)
