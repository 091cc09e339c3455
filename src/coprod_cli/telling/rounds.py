"""Names of rounds of a survey go in; the same in the order of time, as far as their names tell it, come out."""

import re
from collections.abc import Collection, Sequence

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\d+")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORTEST = 3
_SEASONS = {"spring": 4.0, "summer": 7.0, "autumn": 10.0, "winter": 12.5}
_SIDES = dict.fromkeys(("baseline", "before", "pre", "start", "first", "initial"), -1)
_SIDES |= dict.fromkeys(("follow", "followup", "after", "post", "end", "last", "final"), 1)
_Moment = tuple[int, int, float, tuple[int, ...], str, str]


def order_rounds(names: Collection[str], given: Sequence[str] = ()) -> tuple[str, ...]:
    """The rounds, earliest first: by the years in their names; without a year in all of them, in the order given.

    Rounds that nobody put in order go by "before" and "after", then by month or season, then by the numbers in their
    names, then by the letters.
    """
    if given and not all(map(_YEAR.search, names)):
        place = {name: at for at, name in enumerate(given)}
        return tuple(sorted(names, key=lambda name: (place.get(name, len(place)), _find_moment(name))))
    return tuple(sorted(names, key=_find_moment))


def _find_moment(name: str) -> _Moment:
    plain = name.casefold()
    year = _YEAR.search(plain)
    words = re.findall(r"[a-z]+", plain)
    side = next((_SIDES[word] for word in words if word in _SIDES), 0)
    months = [
        float(number)
        for word in words
        for number, month in enumerate(_MONTHS, start=1)
        if len(word) >= _SHORTEST and month.startswith(word)
    ]
    seasons = [_SEASONS[word] for word in words if word in _SEASONS]
    numbers = tuple(map(int, _NUMBER.findall(_YEAR.sub("", plain))))
    return int(year.group()) if year else 0, side, (months or seasons or [0.0])[0], numbers, plain, name
