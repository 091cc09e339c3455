"""The rows of a table go in; which of them are totals and averages that somebody wrote among the forms comes out.

Such a row is not a person. It is known by its first word ('Total', 'Average'), or by its numbers: it says nothing but
numbers, most of which nobody else gave, and is silent wherever the forms have words.
"""

import re
from collections import Counter
from collections.abc import Sequence

from coprod_cli.reading.scale_words import STEP_WORDS
from coprod_cli.reading.wording import make_cell_key, make_key

_LABEL = re.compile(
    r"^(?:(?:grand|sub|overall|column) ?)?(?:totals?|averages?|avg|mean|median|sum|count|standard deviation|std dev)"
    r"(?: (?:scores?|ratings?|marks?|responses?|answers?|forms?|of (?:responses|answers|forms|scores)|\d+))*$"
)
_NUMBER = re.compile(
    r"^[-+(\u00a3$\u20ac]{0,2}\d[\d,. ]*%?\)?$|^#(?:div/0!|n/a|ref!|value!|name\?|num!)$|^[-\u2013\u2014]$"
)
_PLAIN_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_MOSTLY = 0.8
_FEWEST_FORMS = 3


def find_totals(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Places in `rows` (the forms, without header) of those that only sum up others."""
    stripped = [[cell.strip() for cell in row] for row in rows]
    labelled = {index for index, row in enumerate(stripped) if _is_labelled(row, stripped)}
    forms = [row for index, row in enumerate(stripped) if index not in labelled and any(row)]
    worded = _find_worded(forms)
    if len(forms) <= _FEWEST_FORMS or not worded:
        return frozenset(labelled)
    given = [_count_numbers(forms, place) for place in range(max(map(len, forms)))]
    silent = {index for index, row in enumerate(stripped) if _only_numbers(row) and not _fills(row, worded)}
    return frozenset(labelled | {index for index in silent if _sums_up(stripped[index], given)})


def _find_worded(forms: Sequence[Sequence[str]]) -> list[int]:
    """The columns in which nearly all forms have words."""
    words = Counter(
        place for form in forms for place, cell in enumerate(form) if cell and not _NUMBER.match(cell.casefold())
    )
    return sorted(place for place, count in words.items() if count >= _MOSTLY * (len(forms) - 1))


def _fills(row: Sequence[str], places: Sequence[int]) -> bool:
    return any(place < len(row) and row[place] for place in places)


def _count_numbers(forms: Sequence[Sequence[str]], place: int) -> Counter[float]:
    cells = Counter(form[place] for form in forms if place < len(form) and _PLAIN_NUMBER.match(form[place]))
    return Counter({float(cell): count for cell, count in sorted(cells.items())})


def _only_numbers(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(_NUMBER.match(cell.casefold()) for cell in filled)


def _is_labelled(row: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    place = next((place for place, cell in enumerate(row) if cell), -1)
    if place < 0 or not _LABEL.match(make_key(row[place])):
        return False
    others = [cell for cell in row[place + 1 :] if cell]
    if not all(_NUMBER.match(cell.casefold()) for cell in others) or not any(re.search(r"\d", cell) for cell in row):
        return False
    key = make_cell_key(row[place])
    if key not in STEP_WORDS:
        return True
    # 'Average' may as well be an answer between 'Good' and 'Poor'.
    beside = {make_cell_key(other[place]) for other in rows if place < len(other) and other[place]} - {key}
    return not beside & STEP_WORDS


def _sums_up(row: Sequence[str], given: Sequence[Counter[float]]) -> bool:
    filled = [place for place, cell in enumerate(row) if cell]
    odd = sum(1 for place in filled if _is_odd(row[place], given[place]))
    return odd * 2 >= len(filled)


def _is_odd(cell: str, given: Counter[float]) -> bool:
    """Whether nobody can have ticked this number: a fraction among whole numbers, or beyond what all others gave."""
    if not _PLAIN_NUMBER.match(cell):
        return True
    number = float(cell)
    others = [each for each, count in given.items() if count > (each == number)]
    if not others:
        return True
    if not all(each.is_integer() for each in others):
        return number > max(others)
    # The next running number of a form is no total.
    running = all(count == 1 for count in given.values())
    return number > max(others) * (2 if running else 1) or not number.is_integer()
