# SPDX-License-Identifier: MIT
"""Identifiers as they are published: 200 ROR ids and 10 LEIs, each of them good; 721 VAT numbers of CORDIS, of which three with
a prefix of the EU are wrong (too long or too short), while numbers from elsewhere are not judged."""
import json
import os
import pathlib
import re
import subprocess
import tempfile

from tally import finish, hold, skip

TRANSALP = os.environ["TRANSALP"]
WRONG = ["DE8117115450", "ES62879721", "FR2641403193"]
MEMBERS = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()


def wrong_among(folder, form, values):
    """Those that are refused as a text of the format."""
    schema, data = folder / "schema.json", folder / f"{form}.jsonl"
    schema.write_text(json.dumps({"properties": {"it": {"type": "string", "format": form}}}))
    data.write_text("".join(json.dumps({"it": value}) + "\n" for value in values))
    done = subprocess.run([TRANSALP, "check", data, "--schema", schema, "--assert-formats", "--report", "json", "--all",
                           "--quiet"], capture_output=True, check=False)
    return [values[f["line"] - 1] for f in json.loads(done.stdout)["findings"] if f["code"] == "text-format"]


def main():
    if "SHARED" not in os.environ:
        skip("the published files are not here")
    data = pathlib.Path(os.environ["SHARED"]) / "data"
    ror = [r["id"] for r in json.loads((data / "ror-v2-alpine-sample-200.json").read_text(encoding="utf-8"))]
    lei = re.findall(r"<lei:LEI>([^<]+)<", (data / "gleif-lei2-top10.xml").read_text(encoding="utf-8"))
    rows = json.loads((data / "cordis-h2020-organization.json").read_text(encoding="utf-8"))
    vat = sorted({r["vatNumber"] for r in rows} - {""})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        hold(len(ror) == 200 and not wrong_among(folder, "ror", ror), "a ROR id is refused")
        hold(len(lei) == 10 and not wrong_among(folder, "lei", lei), "an LEI is refused")
        wrong = wrong_among(folder, "vat", vat)
        hold([v for v in wrong if v[:2] in MEMBERS] == WRONG, f"VAT numbers of the EU: {wrong}")
        hold(wrong == WRONG, f"VAT numbers from elsewhere: {[v for v in wrong if v[:2] not in MEMBERS]}")
        spoilt = [v[:-1] + "0123456789"[(int(v[-1]) + 1) % 10] for v in ror + lei]
        hold(len(wrong_among(folder, "ror", spoilt[:200])) == 200, "a ROR id with another check digit passes")
        hold(len(wrong_among(folder, "lei", spoilt[200:])) == 10, "an LEI with another check digit passes")
    finish()


if __name__ == "__main__":
    main()
