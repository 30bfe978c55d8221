# SPDX-License-Identifier: MIT
"""currency.csv: ISO 4217; since when and until when CLDR says by country, with our corrections."""
from common import LANGUAGES, NAME_HEADS, join_words, own_rows, write_list

HEADS = ["code", "name", "code:numeric", "minor-units", "kind", *NAME_HEADS,
         "aliases", "valid-from", "valid-to", "successor"]
# ISO 4217; CLDR counts what is used in daily life (no filler for Albania).
MINOR_UNITS = {"0": "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
               "3": "BHD IQD JOD KWD LYD OMR TND", "4": "CLF UYW"}
NOT_MONEY = "metal", "test", "none"


def read_names(cldr, language):
    """{code: [name, plural ...]}"""
    found = {}
    for locale in (["pt_PT"] if language == "pt" else []) + [language]:
        for node in cldr.locale(locale).iter("currency"):
            words = [child.text for child in node.iter("displayName") if child.text and child.text != "↑↑↑"]
            if words:
                found.setdefault(node.get("type"), []).extend(words)
    return found


def read_uses(cldr):
    """{code: [(from, to or "", country)]}, and {country: the same, sorted}"""
    by_code, by_country = {}, {}
    for region in cldr.supplemental.find("currencyData").iter("region"):
        for node in region.iter("currency"):
            if node.get("tender") == "false" or not node.get("from"):
                continue
            code, use = node.get("iso4217"), (node.get("from"), node.get("to", ""))
            by_code.setdefault(code, []).append((*use, region.get("iso3166")))
            by_country.setdefault(region.get("iso3166"), []).append((*use, code))
    return by_code, {country: sorted(uses) for country, uses in by_country.items()}


def find_end(uses):
    """The last day anywhere; "" while it is in use somewhere."""
    return "" if any(not to for _, to, _ in uses) else max((to for _, to, _ in uses), default="")


def find_successors(code, by_code, by_country):
    """What each country took next that is in use now."""
    found = set()
    for begin, end, country in by_code.get(code, []):
        later = [use for use in by_country[country] if use[0] > begin and use[2] != code]
        now = [use[2] for use in later if not find_end(by_code[use[2]])]
        found.update(now[:1])
    return ";".join(sorted(found)) if len(found) <= 3 else ""


def find_minor_units(code, kind, digits):
    if kind in NOT_MONEY or code in ("XDR", "XSU", "XUA") or code.startswith("XB"):
        return ""
    for units, codes in MINOR_UNITS.items():
        if code in codes.split():
            return units
    return digits.get(code, "2")


def make_currency(code, own, names, numbers):
    made = {"code": code, **own}
    english = names["en"].get(code, [])
    made["name"] = own.get("name") or (english or [code])[0]
    made["code:numeric"] = own.get("code:numeric") or numbers.get(code, "")
    words = own.get("aliases", "").split(";") + english
    for language in LANGUAGES[1:]:
        mine = names[language].get(code, [])
        made[f"name:{language}"] = mine[0] if mine else ""
        words += mine[1:]
    made["aliases"] = join_words(words, made.values())
    return made


def build(cldr, folder):
    own = {row["code"]: row for row in own_rows("currency")}
    by_code, by_country = read_uses(cldr)
    names = {language: read_names(cldr, language) for language in LANGUAGES}
    numbers = {n.get("type"): n.get("numeric", "").zfill(3) for n in cldr.supplemental.iter("currencyCodes")
               if n.get("numeric")}
    digits = {n.get("iso4217"): n.get("digits") for n in cldr.supplemental.iter("info")}
    rows = []
    for code in sorted(set(own) | (set(by_code) & set(names["en"]))):
        row = make_currency(code, own.get(code, {}), names, numbers)
        uses, kind = by_code.get(code, []), row.get("kind", "")
        ended = find_end(uses) if code not in own else ""
        row["valid-from"] = row.get("valid-from") or min((use[0] for use in uses), default="")
        row["valid-to"] = row.get("valid-to") or ended
        if row["valid-to"] and not row.get("successor"):
            row["successor"] = find_successors(code, by_code, by_country)
        listed = code in own and not row["valid-to"]
        row["minor-units"] = row.get("minor-units") or find_minor_units(code, kind, {} if listed else digits)
        row["kind"] = kind or "money"
        rows.append(row)
    write_list(folder, "currency", HEADS, rows)
