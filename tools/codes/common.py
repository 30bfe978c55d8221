# SPDX-License-Identifier: MIT
"""What the lists are made with: files of CLDR, our own tables beside this file, and writing."""
import csv
import unicodedata
import xml.etree.ElementTree as etree
from pathlib import Path

HERE = Path(__file__).resolve().parent
LANGUAGES = "en fr de it es nl pt el".split()
NAME_HEADS = [f"name:{language}" for language in LANGUAGES[1:]]


def fold(text):
    """Roughly as ta_fold_text, which makes one blank of what is no letter or digit: U.S.A. is not USA."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    marked = (c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in marked).split())


def own_rows(name):
    with open(HERE / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_list(folder, name, heads, rows):
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, heads, restval="", lineterminator="\n", extrasaction="ignore")
        out.writeheader()
        out.writerows(rows)


def join_words(words, known=()):
    """Words parted by `;`, each once, without those that are known already."""
    seen, kept = {fold(word) for word in known if word}, []
    for word in words:
        key = fold(word) or word
        if word and ";" not in word and key not in seen:
            seen.add(key)
            kept.append(word)
    return ";".join(kept)


class Cldr:
    """The folder common of the Unicode Common Locale Data Repository."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.supplemental = self.parse("supplemental/supplementalData.xml")
        self.metadata = self.parse("supplemental/supplementalMetadata.xml")

    def parse(self, path):
        return etree.parse(self.folder / path).getroot()

    def locale(self, language):
        """The root of a locale; None if there is none."""
        path = self.folder / "main" / f"{language}.xml"
        return etree.parse(path).getroot() if path.exists() else None

    def words(self, language, kind):
        """{code: [name, other names ...]} of `territory` or `language`; in Portuguese Portugal's go first."""
        found = {}
        for locale in (["pt_PT"] if language == "pt" else []) + [language]:
            root = self.locale(locale)
            for node in root.iter(kind) if root is not None else []:
                if not node.get("type") or not node.text or node.get("menu"):
                    continue
                words = found.setdefault(node.get("type"), [])
                words.append(node.text) if node.get("alt") else words.insert(locale == "pt" and len(words), node.text)
        return found

    def official(self):
        """{country: languages that are official there}"""
        found = {}
        for country in self.supplemental.iter("territory"):
            for spoken in country.iter("languagePopulation"):
                if "official" in spoken.get("officialStatus", ""):
                    found.setdefault(country.get("type"), []).append(spoken.get("type"))
        return found
