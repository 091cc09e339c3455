"""Cells of closed questions that are numbers go in; the number of each, and the range people chose from, come out.

'4', '4.0', '4 - Good', 'Good (4)', '4/5', '4 stars' and four stars drawn are all the number 4. Odd numbers, such as a
single 55 among answers from 1 to 5, do not stretch the range; usual codes for 'no answer', such as 99, are no numbers.
"""

import functools
import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from coprod_cli.reading.scale_words import STEP_WORDS

RANGES = ((1, 5), (0, 4), (1, 7), (1, 10), (0, 10), (-2, 2), (-3, 3), (-5, 5))
SLIDER = (0, 100)
_LOWEST, _HIGHEST = -5, 10
# Odd cells among numbers: '55' or 'not sure really' do not make a question with eight good answers unreadable.
LEAST_NUMBERS, FEWEST_NUMBERS = 0.9, 8
ENOUGH_TO_SEE_ODD, MOST_ODD, _LEAST_ODD = 20, 0.02, 8
# None of 50 answers at the top of a scale of five means that it has no such top.
_ENOUGH_TO_SEE_TOP = 50
_SHORT_TOPS = {(1, 5): (3, 4), (0, 4): (3,), (0, 10): (5, 6), (1, 10): (6,), (1, 7): (6,)}
_CODES = frozenset({99, 98, 97, 96, 88, 77, 66, 999, 998, 997, 888, 777, 9999, -6, -7, -8, -9})
# Beyond a range that is known, a single digit that is no neighbour of its end is a code, too.
_LOWEST_CODE, _HIGHEST_CODE = -9, 9
_MOST_BELOW_ODD = 5
# From this number on it is clear which of the usual scales it is.
_NEAR_TOPS = {(1, 5): 4, (0, 4): 3, (1, 10): 8, (0, 10): 8}
_FEWEST_SEEN = 3
_SLIDER_STEP, _LEAST_STEPS, _FEWEST_ON_SLIDER = 5, 0.6, 5
_LONGEST = 80
_NUMBER = r"[-+]?\d{1,3}(?:[.,]\d{1,6})?"
_FIRST = re.compile(rf"^[(\[]?({_NUMBER})\s*%?[)\]]?\s*([-:.)=(/])?\s*([^\d()].*?)?\)?$")
_LAST = re.compile(r"^([^\d()\[\]]+?)\s*(?:[(\[](-?\d{1,3})[)\]]|[-:=]\s*(\d{1,3}))$")
_OUT_OF = re.compile(rf"^({_NUMBER})\s*(?:/|out of|of)\s*(\d{{1,3}})$")
_STARS = re.compile("^([\u2605\u2b50\U0001f31f]+)([\u2606]*)$")
_TOPS = frozenset({3, 4, 5, 6, 7, 10, 100})
_STAR_WORDS = frozenset({"star", "stars", "point", "points", "%", "percent", "per cent"})


class Numbers(NamedTuple):
    """The cells of one column that are numbers, by key; codes for 'no answer'; how many odd ones were set aside.

    doubt: why it is not known which numbers are codes.
    """

    kept: Counter[str]
    codes: tuple[str, ...] = ()
    odd: int = 0
    doubt: str = ""


@functools.lru_cache(maxsize=65536)
def split_number(key: str) -> tuple[float | None, str]:
    """A cell such as '4 - good', 'good (4)' or '4' as its number, if it has one, and its words."""
    if len(key) > _LONGEST:
        return None, key
    stars = _STARS.match(key)
    if stars:
        return len(stars.group(1)), ""
    found = _OUT_OF.match(key)
    if found and int(found.group(2)) in _TOPS:
        return _to_number(found.group(1)), ""
    found = _FIRST.match(key)
    if found:
        words = (found.group(3) or "").strip(" -:=.")
        if words in _STAR_WORDS:
            words = ""
        # '5 completely' is a number of a scale; '2 children' is not.
        if not words or found.group(2) or words in STEP_WORDS:
            return _to_number(found.group(1)), words
    found = _LAST.match(key)
    if found:
        words = found.group(1).strip(" -:=.")
        if found.group(2) or words in STEP_WORDS:
            return _to_number(found.group(2) or found.group(3)), words
    return None, key


def _to_number(written: str) -> float:
    number = float(written.replace(",", "."))
    return int(number) if number.is_integer() else number


def find_out_of(cells: Mapping[str, int]) -> tuple[int, int] | None:
    """The range that the cells name themselves: '4/5', '8 out of 10', '75%', three of five stars drawn."""
    tops: set[int] = set()
    for key in cells:
        found, stars = _OUT_OF.match(key), _STARS.match(key)
        if found:
            tops.add(int(found.group(2)))
        elif key.endswith("%"):
            tops.add(SLIDER[1])
        elif stars and stars.group(2):
            tops.add(len(stars.group(1)) + len(stars.group(2)))
        elif stars or key.endswith((" star", " stars")):
            tops.add(5)
        else:
            return None
    if not tops or max(tops) not in _TOPS:
        return None
    lowest = min(split_number(key)[0] or 0 for key in cells)
    return (1 if lowest >= 1 and max(tops) < 10 else 0, max(tops))  # noqa: PLR2004  # marks out of ten begin at nought


def take_numbers(cells: Counter[str], low: int = _LOWEST, high: int = _HIGHEST) -> Numbers:
    """The cells that are numbers in the range, if nearly all are; else none. Codes for 'no answer' are set aside."""
    numbers = {key: number for key in cells if (number := split_number(key)[0]) is not None}
    inside = Counter({key: cells[key] for key, number in numbers.items() if low <= number <= high})
    if not inside:
        return Numbers(Counter())
    codes = {key for key, number in numbers.items() if _is_code(number, low, high) and not split_number(key)[1]}
    total = cells.total() - sum(cells[key] for key in codes)
    odd = total - inside.total()
    if odd and inside.total() < max(FEWEST_NUMBERS, LEAST_NUMBERS * total):
        return Numbers(Counter())
    return Numbers(inside, tuple(sorted(codes)), odd)


def _is_code(number: float, low: float, high: float) -> bool:
    """Whether a number beyond a range is one that survey tools use for 'no answer'."""
    if low <= number <= high:
        return False
    near = number == int(number) and (_LOWEST_CODE <= number < 0 <= low or high + 1 < number <= _HIGHEST_CODE)
    return number in _CODES or near


def drop_odd(inside: Counter[str]) -> Counter[str]:
    """The cells without a top number that is hardly ever given and far above a scale of five."""
    if inside.total() < ENOUGH_TO_SEE_ODD:
        return inside
    ranked = sorted(inside, key=lambda key: split_number(key)[0] or 0)
    top = split_number(ranked[-1])[0] or 0
    same = [key for key in ranked if split_number(key)[0] == top]
    rest = ranked[: len(ranked) - len(same)]
    few = sum(inside[key] for key in same) <= max(1, MOST_ODD * inside.total())
    if rest and few and (split_number(rest[-1])[0] or 0) <= _MOST_BELOW_ODD and top >= _LEAST_ODD:
        return Counter({key: inside[key] for key in rest})
    return inside


def is_slider(cells: Counter[str]) -> bool:
    """Whether numbers up to 100 look like marks on a slider: both ends used, or mostly steps of five."""
    numbers = Counter[float]()
    for key, count in cells.items():
        number, words = split_number(key)
        if number is None or words or not SLIDER[0] <= number <= SLIDER[1]:
            return False
        numbers[number] += count
    if max(numbers, default=0) <= _HIGHEST or numbers.total() < _FEWEST_ON_SLIDER:
        return False
    steps = sum(count for number, count in numbers.items() if number % _SLIDER_STEP == 0) / numbers.total()
    return steps >= _LEAST_STEPS


def group_by_range(filled: Mapping[int, Counter[str]]) -> dict[tuple[int, int], list[int]]:
    """Columns (by position) by the range that their whole numbers stand in, those of one block together."""
    groups: dict[tuple[int, int], list[int]] = {}
    fives = False
    for position, cells in filled.items():
        seen = {split_number(key)[0] or 0 for key in cells}
        if any(number != int(number) for number in seen) and not _are_half_steps(cells):
            continue
        limits = next((limits for limits in RANGES if limits[0] <= min(seen) and max(seen) <= limits[1]), None)
        if limits:
            groups.setdefault(limits, []).append(position)
            fives = fives or (limits == (1, 5) and 5 in seen)  # noqa: PLR2004  # the top of the usual scale
    if (0, 10) in groups and any(
        (split_number(key)[0] or 0) >= _NEAR_TOPS[0, 10] for place in groups[0, 10] for key in filled[place]
    ):
        groups[0, 10] += groups.pop((1, 10), [])
    if (0, 4) in groups and not fives:
        groups[0, 4] += groups.pop((1, 5), [])
    for narrow, wide in (((1, 5), (1, 7)), ((1, 7), (1, 10)), ((0, 4), (0, 10)), ((1, 5), (-2, 2)), ((0, 4), (-2, 2))):
        # Among many questions of seven points, one whose highest answers nobody gave is of seven points as well.
        fits = wide[1] > narrow[1] or all(
            (split_number(key)[0] or 0) <= wide[1] for place in groups.get(narrow, []) for key in filled[place]
        )
        if fits and len(groups.get(wide, [])) > len(groups.get(narrow, [])) > 0:
            groups[wide] += groups.pop(narrow)
    return groups


def _are_half_steps(cells: Counter[str]) -> bool:
    """Whether people only put some marks between two steps: '3,5' or '3.5' among whole numbers."""
    numbers = {key: split_number(key)[0] or 0 for key in cells}
    whole = sum(cells[key] for key, number in numbers.items() if number == int(number))
    halves = all(number * 2 == int(number * 2) for number in numbers.values())
    return halves and len(set(numbers.values())) >= _FEWEST_SEEN and whole * 2 >= cells.total() >= FEWEST_NUMBERS


def say_unknown(limits: tuple[int, int], top: int, values: Counter[float]) -> str:
    """Why the ends of a scale are not known from all numbers of its block, or nothing.

    Three different numbers have to occur, one of them near the top; many answers show by themselves how far it goes.
    """
    nearest = max(*values, -min(values)) if limits[0] < 0 else max(values)
    if len(values) >= _FEWEST_SEEN and (top < limits[1] or nearest >= _NEAR_TOPS.get(limits, limits[1])):
        return ""
    return f"the answers do not go beyond {max(values):g}, which does not show how far the numbers go"


def settle_top(limits: tuple[int, int], cells: Counter[str]) -> int:
    """The highest number people could choose: lower than usual when many answered and none chose a higher one."""
    top = max(split_number(key)[0] or 0 for key in cells)
    short = top in _SHORT_TOPS.get(limits, ()) and cells.total() >= _ENOUGH_TO_SEE_TOP
    return int(top) if short else limits[1]


def name_codes(numbers: Numbers) -> str:
    """What to say of codes for 'no answer', or nothing."""
    return f"; {' and '.join(numbers.codes)} taken as no answer" if numbers.codes else ""
