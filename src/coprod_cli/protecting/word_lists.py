"""The toml files of this room go in; what masking knows of names, places and ordinary words comes out, as sets.

All words are in lower case. names.toml holds cues and words that are no names; places.toml the same for places;
families.toml names written by hand; gathered.toml names, places and ordinary words made by benchmarks/masking_lists.py.
"""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _read_lists(file: str) -> dict[str, str | list[str]]:
    return tomllib.loads((files("coprod_cli.protecting") / file).read_text(encoding="utf-8"))


def list_words(name: str, file: str = "names.toml") -> frozenset[str]:
    """The words of one entry; of one that holds commas, what stands between them."""
    held = _read_lists(file)[name]
    if isinstance(held, list):
        return frozenset(held)
    if "," in held:
        return frozenset(" ".join(each.split()) for each in held.split(","))
    return frozenset(held.split())


TITLES, STRONG_TITLES, SHORT_TITLES = map(list_words, ("titles", "strong_titles", "short_titles"))
RELATIONS, OWNERS, ROLES = list_words("relations"), list_words("owners"), list_words("roles")
BODIES, PARTICLES, NOT_NAMES = map(list_words, ("bodies", "particles", "not_names"))
ORDINARY = list_words("ordinary", "gathered.toml")

_OWN = list_words("given")
_BY_HAND = frozenset(word for family in _read_lists("families.toml") for word in list_words(family, "families.toml"))
_GATHERED = list_words("names", "gathered.toml")
_IN_DICTIONARY = list_words("dictionary_names", "gathered.toml")

NEVER_PLACES = list_words("never_places", "places.toml")
# Names that are words too. Masked in mid-sentence with a capital, or after a cue:
WORD_NAMES = list_words("word_names") | (_IN_DICTIONARY - ORDINARY - _BY_HAND - _OWN - NEVER_PLACES - NOT_NAMES)
# Masked after a cue only:
PLACE_NAMES = list_words("place_names")
ALSO_WORDS = WORD_NAMES | PLACE_NAMES | list_words("word_surnames") | (_IN_DICTIONARY & ORDINARY)
NEVER = (list_words("never") | TITLES | RELATIONS | ROLES | BODIES) - WORD_NAMES - PLACE_NAMES - _OWN
# Masked wherever they stand with a capital:
GIVEN = (_OWN | ((_BY_HAND | _GATHERED) - ORDINARY - ALSO_WORDS - NEVER_PLACES)) - NEVER - NOT_NAMES
# ... and in lower case:
LOWER = frozenset(word for word in GIVEN - _IN_DICTIONARY - list_words("not_in_lower_case") if len(word) >= len("abcd"))
NAMES = GIVEN | WORD_NAMES

_PLACES = list_words("places", "gathered.toml") - NEVER_PLACES
PLACES = frozenset(place for place in _PLACES if place not in NEVER)
WORD_PLACES = list_words("dictionary_places", "gathered.toml") - NEVER_PLACES
SCHOOL_WORDS = list_words("school_words", "places.toml")
