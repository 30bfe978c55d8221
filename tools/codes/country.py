# SPDX-License-Identifier: MIT
"""country.csv: ISO 3166-1 with names in eight languages and those that the country itself uses."""
from common import LANGUAGES, NAME_HEADS, join_words, own_rows, write_list

HEADS = ["code", "name", "code:alpha3", "code:numeric", "code:eu", *NAME_HEADS,
         "aliases", "valid-from", "valid-to", "successor"]
EU_CODES = {"GR": "EL", "GB": "UK"}
RESERVED = {"EU": "", "XK": "XKX"}
# CLDR's long names of these say more than the name.
UNCERTAIN = {"É.-U."}  # the European Union is written so, too
SHORT_FIRST = {"HK", "MO", "PS"}


def pick_name(code, words):
    return words[1] if code in SHORT_FIRST and len(words) > 1 else words[0]


def make_country(cldr, row, codes, names, endonyms, own):
    code = row["code"]
    made = {"code": code, "name": row["name"], "code:eu": EU_CODES.get(code, code)}
    made["code:alpha3"] = codes.get(code, {}).get("alpha3", "")
    made["code:numeric"] = codes.get(code, {}).get("numeric", "")
    if code in RESERVED:  # CLDR makes up codes of its own for them
        made["code:alpha3"], made["code:numeric"] = RESERVED[code], ""
    words = row["aliases"].split(";")
    for language in LANGUAGES:
        mine = names[language].get(code, [])
        if language != "en" and mine:
            made[f"name:{language}"] = pick_name(code, mine)
        words += mine
    for language in endonyms.get(code, []):
        if language not in names:
            names[language] = cldr.words(language, "territory")
        words += names[language].get(code, [])[:1]
    others = own - {code} | UNCERTAIN  # a code means its own country: RU is not Royaume-Uni
    made["aliases"] = join_words((word for word in words if word not in others), made.values())
    return made


def build(cldr, folder):
    codes = {node.get("type"): node.attrib for node in cldr.supplemental.iter("territoryCodes")}
    names = {language: cldr.words(language, "territory") for language in LANGUAGES}
    since = {row["code"]: row["valid-from"] for row in own_rows("since")}
    endonyms = cldr.official()
    own = {row["code"] for row in own_rows("country")}
    rows = [make_country(cldr, row, codes, names, endonyms, own) for row in own_rows("country")]
    for row in rows:
        row["valid-from"] = since.get(row["code"], "")
    rows.sort(key=lambda row: row["code"])
    write_list(folder, "country", HEADS, rows + own_rows("withdrawn"))
