"""Words go in; where an address, or the name of a town, village, street or estate stands comes out.

A place is betrayed by being on the list of places of the United Kingdom, by standing where only places stand ("in
Hexley", "moved to Hexley", "the Hexley parents") with a capital that no ordinary word has, or by a word such as estate
behind it. Nations, regions and countries are left alone: they give nobody away.
"""

import re
from collections.abc import Iterator

from coprod_cli.protecting.line import SPACE, Line, Span
from coprod_cli.protecting.name_runs import is_unknown
from coprod_cli.protecting.word_lists import (
    BODIES,
    GIVEN,
    NAMES,
    NEVER,
    NEVER_PLACES,
    NOT_NAMES,
    ORDINARY,
    PLACES,
    RELATIONS,
    ROLES,
    TITLES,
    WORD_PLACES,
    list_words,
)

_STREETS = "|".join(sorted(list_words("streets", "places.toml")))
_MAYBE = "|".join(sorted(list_words("maybe_streets", "places.toml")))
_NAMED = r"[A-Z][\w'\u2019-]*"
_FLAT_NUMBER = r"\b(?i:flat|apartment|apt|unit)[ ]?\d{1,4}[A-Za-z]?,?[ ]"
_HOUSE = rf"{_NAMED}[ ](?i:house|court|lodge|tower|point|heights),?[ ]"
_NUMBER = (
    rf"(?:{_FLAT_NUMBER}(?:{_HOUSE})?)?(?:\b(?:The[ ])?{_NAMED}(?:[ ]{_NAMED})?,[ ])?"
    r"(?<![\d.,:/\u00a3$-])\b\d{1,4}[A-Za-z]?,?[ \u00a0]"
)
# No street has these before it: "2 miles down the road".
_NO_STREET = r"(?!(?:in|of|on|to|the|a|more|other|miles?|minutes?|mins?|per|days?|weeks?|years?|hours?)\b)"
_ADDRESSES = (
    re.compile(
        rf"{_NUMBER}(?:[Tt]he[ ])?(?:{_NAMED}[ ]){{1,3}}(?i:{_STREETS}|{_MAYBE})\b",
        re.VERBOSE,
    ),
    re.compile(
        rf"{_FLAT_NUMBER}{_NAMED}[ ](?i:house|tower|point|heights|{_STREETS}|{_MAYBE})\b"
        rf"(?:,[ ]{_NAMED}[ ](?i:{_STREETS}|{_MAYBE})\b)?",
        re.VERBOSE,
    ),
    re.compile(
        rf"{_NUMBER}(?i:(?:(?:the|st)[ ])?(?:{_NO_STREET}[\w'\u2019-]+[ ]){{1,3}}?(?:{_STREETS}))\b",
        re.VERBOSE,
    ),
)
_STREET_ALONE = list_words("street_words", "places.toml")
_WAYS = frozenset({"goes", "went", "way", "outside", "not"})
_ESTATES = frozenset({"estate", "estates", "village"})
_BEFORE = list_words("before_places", "places.toml")
_MOVES = list_words("moves", "places.toml")
_PEOPLE = list_words("people_of", "places.toml")
_FRONT = list_words("front", "places.toml")
_BEHIND = list_words("behind", "places.toml")
_LINKS = list_words("links", "places.toml")
_ENDINGS = re.compile(
    r"[a-z]{2,}(?:ton|ham|bury|ford|ley|wick|wich|worth|shire|field|borough|burgh|brough|mouth|minster|bridge|thorpe|stead|combe"
    r"|dale|well|mere|marsh|ness|pool|stone|hurst|chester|caster|cester|cliffe|holme|wold|moor|haven|port|wood|wells|stow"
    r"|minton|sea|gate|beck|by|don|den|hithe|stoke|side)\Z|(?:llan|aber|pen|tre|inver|kirk|caer|pont|bally|strath|auchter)[a-z]{3,}\Z"
)
_LONGEST = max(place.count(" ") + place.count("-") for place in PLACES) + 1
_MANY = frozenset(place for place in PLACES if " " in place)
_STARTS = frozenset(place.split(" ", 1)[0] for place in _MANY)
_TITLED = TITLES | RELATIONS | ROLES


def find_addresses(text: str) -> Iterator[Span]:
    """14 Larch Close; Flat 3, 27 Osprey Road; 212b Mill Lane."""
    if not re.search(r"\d", text):
        return
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), "address"


def find_places(line: Line) -> Iterator[Span]:
    """Towns and villages of the list, unknown ones in a place's place, streets and estates."""
    place = 0
    while place < len(line.words):
        stop = _match_many(line, place) or _match_street(line, place) or _match_one(line, place)
        if stop:
            yield line.words[place].start, line.words[stop - 1].end, "place"
        place = stop or place + 1


def _match_many(line: Line, place: int) -> int:
    """The end of a place of several words that is on the list; 0 if none begins here."""
    if line.low(place) not in _STARTS or not line.is_capital(place):
        return 0
    name, found = line.low(place), 0
    for stop in range(place + 1, min(place + _LONGEST, len(line.words))):
        name = f"{name} {line.follows(stop)}"
        if name in _MANY and line.is_capital(stop):
            found = stop + 1
    return found


def _match_street(line: Line, place: int) -> int:
    """Station Road, the Larkhill estate."""
    if not line.is_capital(place) or line.words[place].owned:
        return 0
    if line.low(place) in NEVER - BODIES or (line.starts_sentence(place) and line.low(place) in ORDINARY):
        return 0
    stop = place + 1
    while stop < place + 3 and line.is_capital(stop) and line.follows(stop) and line.low(stop) not in _STREET_ALONE:
        stop += 1
    kind = line.follows(stop)
    if kind in _STREET_ALONE and line.is_capital(stop):
        return stop + 1
    return stop + 1 if kind in _ESTATES and line.low(place) not in ORDINARY else 0


def _match_one(line: Line, place: int) -> int:
    """A single word, or one with Little before or Magna behind, that is a place for where it stands."""
    word = line.words[place]
    before = line.low(place - 1) if SPACE.match(line.gap(place)) else ""
    if word.text.islower():
        return _match_lower(line, place, before)
    front = word.low in _FRONT and word.low not in PLACES and not line.starts_sentence(place)
    if not front and (word.low in NEVER or word.low in NOT_NAMES or word.low in NEVER_PLACES):
        return 0
    after_name = line.is_capital(place - 1) and before in GIVEN and before not in PLACES
    if not word.capital or word.owned or before in _TITLED or after_name:
        return 0
    stop = _take_rest(line, place)
    return stop if _is_place(line, place, before, stop, front=front) else 0


def _is_place(line: Line, place: int, before: str, stop: int, *, front: bool) -> bool:
    """Whether words with a capital are a place: those on the list nearly anywhere, others for where they stand."""
    low = line.low(place)
    here = _stands_here(line, place, before, stop)
    if front:
        return (here or before == "from") and stop > place + 1
    if low in PLACES:
        return here or (low not in NAMES and not line.starts_sentence(place))
    if low in WORD_PLACES:
        return before in _BEFORE or (before == "from" and not line.starts_sentence(place))
    if not here or not is_unknown(low) or (low in GIVEN and not _ENDINGS.search(low)):
        return False
    sure = before in _BEFORE | {"to", "at", "of", "the"} or stop > place + 1
    return sure or _ENDINGS.search(low) is not None


def _match_lower(line: Line, place: int, before: str) -> int:
    """In norwich: lower case, on the list, no word of any dictionary, no name, and where a place stands."""
    low = line.low(place)
    if before not in _BEFORE | {"from", "to", "at"}:
        return 0
    if low in PLACES and low not in NAMES and low not in ORDINARY and len(low) > len("bath"):
        return place + 1
    after = line.follows(place + 1)
    fit = after and after not in ORDINARY and after not in NEVER and _ENDINGS.search(after)
    return place + 2 if low in _FRONT and before == "in" and fit else 0


def _take_rest(line: Line, place: int) -> int:
    """The end of a place's name that begins here: Little Wenham, Ashby Magna, Stoke on Trent."""
    stop = place + 1
    if line.is_capital(stop) and line.follows(stop):
        low = line.low(stop)
        if low in _BEHIND or (line.low(place) in _FRONT and low not in NEVER and low not in ORDINARY):
            stop += 1
    elif line.follows(stop) in _LINKS and line.follows(stop + 1) and line.is_capital(stop + 1):
        linked = line.follows(stop) in {"on", "upon", "under", "le"} and line.low(stop + 1) not in NEVER
        stop += 2 if linked else 0
    return stop


def _stands_here(line: Line, place: int, before: str, stop: int) -> bool:
    """Whether the words before and behind are those that stand around a place."""
    if line.is_capital(stop) and line.follows(stop) and not is_unknown(line.low(stop)) and line.low(stop) not in PLACES:
        return False
    if before in _BEFORE or (before == "the" and line.follows(stop) in _PEOPLE):
        return True
    two = line.low(place - 2)
    if before in {"to", "at", "from", "of"}:
        low = line.low(place)
        sounds = low in PLACES or (low not in NAMES and _ENDINGS.search(low) is not None)
        at = before == "at" and low not in NAMES
        return at or (before == "from" and sounds) or two in _MOVES | _PEOPLE | _WAYS
    joined = before in {"and", "or"} and line.low(place) in PLACES and line.low(place - 2) in PLACES
    return joined or (line.follows(stop) in _PEOPLE and line.low(place) in PLACES)
