"""The rows of a table go in; which of them are totals and averages that somebody wrote among the forms comes out.

Such a row is not a person. It is known by its first word ('Total', 'Average'), or by its numbers: it says nothing but
numbers, most of which nobody else gave, and is silent wherever the forms have words.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from coprod_cli.reading.cells import Column, Mask
from coprod_cli.reading.scale_words import STEP_WORDS
from coprod_cli.reading.wording import make_cell_key, make_key

_LABEL = re.compile(
    r"^(?:(?:grand|sub|overall|column) ?)?(?:totals?|averages?|avg|mean|median|sum|count|standard deviation|std dev)"
    r"(?: (?:scores?|ratings?|marks?|responses?|answers?|forms?|of (?:responses|answers|forms|scores)|\d+))*$"
)
_SUMS = re.compile(r"total|average|avg|mean|median|sum|count|deviation|std", re.IGNORECASE)
_NUMBER = re.compile(
    r"^[-+(\u00a3$\u20ac]{0,2}\d[\d,. ]*%?\)?$|^#(?:div/0!|n/a|ref!|value!|name\?|num!)$|^[-\u2013\u2014]$"
)
_PLAIN_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_MOSTLY = 0.8
_FEWEST_FORMS = 3
_FEW_CHOICES = 200


def find_totals(columns: Sequence[Column]) -> Mask:
    """For every form (a row without the header), whether it only sums up others."""
    height = len(columns[0].codes) if columns else 0
    labelled = np.zeros(height, bool)
    begun = np.zeros(height, bool)
    quiet = _find_quiet(columns, height)
    for place, column in enumerate(columns):
        filled = column.filled
        first = np.flatnonzero(filled & ~begun & quiet)
        for row in first[column.keep(first).test(_is_label)].tolist():
            labelled[row] = _is_labelled([each.values[each.codes[row]].strip() for each in columns], place, column)
        begun |= filled
    forms = begun & ~labelled
    # Columns of few choices are looked at first: where they leave nothing silent, the long ones need not be.
    silent, worded = forms.copy(), False
    for column in sorted(columns, key=lambda each: len(each.values)):
        if silent.any() and _has_words(column, forms):
            silent &= ~column.filled
            worded = True
    if forms.sum() <= _FEWEST_FORMS or not worded:
        return labelled
    if silent.any():
        silent &= _only_numbers([column.keep(silent) for column in columns], silent)
    if silent.any():
        given = [_count_numbers(column.keep(forms)) for column in columns]
        for row in np.flatnonzero(silent).tolist():
            labelled[row] = _sums_up([each.values[each.codes[row]].strip() for each in columns], given)
    return labelled


def _find_quiet(columns: Sequence[Column], height: int) -> Mask:
    """Rows with words in one column of choices at most, as a row of totals has beside its label."""
    words = np.zeros(height, np.int32)
    for column in columns:
        if len(column.values) <= _FEW_CHOICES:
            words += column.test(lambda cell: cell.strip() and not _is_number(cell))
    quiet: Mask = words <= 1
    return quiet


def _has_words(column: Column, forms: Mask) -> bool:
    """Whether nearly all forms have words in that column."""
    words = column.test(lambda cell: cell.strip() and not _is_number(cell)) & forms
    return bool(words.sum() >= max(_MOSTLY * (forms.sum() - 1), 1))


def _is_number(cell: str) -> bool:
    return _NUMBER.match(cell.strip().casefold()) is not None


def _only_numbers(columns: Sequence[Column], rows: Mask) -> Mask:
    """Which of these rows hold nothing but numbers; `columns` hold these rows alone."""
    numbers = [column.test(lambda cell: not cell.strip() or _is_number(cell)) for column in columns]
    only = np.zeros(len(rows), bool)
    only[rows] = np.logical_and.reduce(numbers)
    return only


def _is_label(cell: str) -> bool:
    return bool(_SUMS.search(cell)) and _LABEL.match(make_key(cell)) is not None


def _count_numbers(column: Column) -> Counter[float]:
    counts = column.count_cells()
    return Counter({float(cell): count for cell, count in sorted(counts.items()) if _PLAIN_NUMBER.match(cell)})


def _is_labelled(row: Sequence[str], place: int, column: Column) -> bool:
    """Whether a row whose first filled cell, at that place, names a total is one, not a form that says 'Average'."""
    others = [cell for cell in row[place + 1 :] if cell]
    if not all(map(_is_number, others)) or not any(re.search(r"\d", cell) for cell in row):
        return False
    key = make_cell_key(row[place])
    if key not in STEP_WORDS:
        return True
    # 'Average' may as well be an answer between 'Good' and 'Poor'.
    beside = {make_cell_key(other) for other in column.values} - {key}
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
