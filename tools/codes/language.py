# SPDX-License-Identifier: MIT
"""language.csv: ISO 639-1, and the regional languages of Europe that have three letters only."""
from common import LANGUAGES, NAME_HEADS, join_words, write_list

HEADS = ["code", "name", "code:alpha3", *NAME_HEADS, "aliases"]
REGIONAL = "ast csb dsb frp fur frr fy gsw hsb lij lld lmo lzz nap nds pms rup scn sco sgs smj smn sms sma szl vec".split()


# CLDR leads these to other languages' codes.
THREE = {"bh": "bih", "ro": "ron", "tl": "tgl", "tw": "twi"}


def build(cldr, folder):
    names = {language: cldr.words(language, "language") for language in LANGUAGES}
    three, other = {}, {}
    for node in cldr.metadata.iter("languageAlias"):
        where = {"overlong": three, "bibliographic": other}.get(node.get("reason"))
        if where is not None and len(node.get("type")) == 3:
            where.setdefault(node.get("replacement"), []).append(node.get("type"))
    rows = []
    names["en"].setdefault("bh", ["Bihari languages"])
    for code in sorted(names["en"]):
        if len(code) != 2 and code not in REGIONAL:
            continue
        row = {"code": code, "name": names["en"][code][0], "code:alpha3": THREE.get(code) or three.get(code, [""])[0]}
        words = list(names["en"][code][1:])
        for language in LANGUAGES[1:]:
            mine = names[language].get(code, [])
            row[f"name:{language}"] = mine[0] if mine else ""
            words += mine[1:]
        words += cldr.words(code, "language").get(code, []) + three.get(code, [])[1:] + other.get(code, [])
        row["aliases"] = join_words(words, row.values())
        rows.append(row)
    write_list(folder, "language", HEADS, rows)
