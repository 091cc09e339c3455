"""Numbers of closed questions go in; those that stand for 'no answer' come out apart from those of the scale.

Nobody declared these codes: 8 and 9 beside answers from 1 to 5, -1 beside answers from 0 to 10, a few 6 beside a block
of questions that runs from 1 to 5. What one question leaves open the others of its block may settle.
"""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from coprod_cli.reading.scale_numbers import ENOUGH_TO_SEE_ODD, MOST_ODD, Numbers, split_number

_HIGH_CODES, _TELLING_CODES, _NINE = frozenset({7, 8, 9}), frozenset({8, 9}), 9
_USUAL_TOP, _WIDE_TOP, _TEN = 5, 7, 10
# With so large a share above a gap the numbers may as well be good marks out of ten.
_MOST_ABOVE_GAP = 0.3
_FEW = 0.5
_FEWEST_VALUES = 2
_LEAST_OF_BLOCK = 3
_SYMMETRIC_TOPS = (3, 5)


class _Codes(NamedTuple):
    """Numbers that are codes for 'no answer' by themselves, and numbers that may be."""

    sure: AbstractSet[float] = frozenset()
    perhaps: AbstractSet[float] = frozenset()


def set_codes_aside(columns: Mapping[int, Numbers]) -> dict[int, Numbers]:
    """The same columns (by position) without codes for 'no answer', which are added to `codes`.

    A column whose codes might as well be answers, and for which no block of questions decides, gets a `doubt`.
    """
    seen = {position: count_values(numbers.kept) for position, numbers in columns.items()}
    found = {position: _find_codes(values) for position, values in seen.items()}
    bare = {position: set(values) - found[position].sure for position, values in seen.items()}
    told = {}
    for position, numbers in columns.items():
        codes, perhaps = found[position]
        doubt = ""
        if perhaps:
            rest = bare[position] - perhaps
            alike = [place for place, other in bare.items() if place != position and _is_range_of(other, rest)]
            alike = [place for place in alike if not found[place].perhaps]
            held = [place for place in found if perhaps & bare[place] and max(bare[place]) == max(bare[position])]
            wider = [place for place in bare if bare[place] and max(bare[place]) > max(bare[position])]
            if len(alike) >= len(held):
                codes = codes | perhaps
            elif len(wider) <= len(held):
                codes = codes | perhaps
                doubt = f"{_join(perhaps)} may be an answer or a code for 'no answer'"
        told[position] = _set_aside(numbers, codes)._replace(doubt=doubt)
    return told


def count_values(cells: Counter[str]) -> Counter[float]:
    """How often each number was given, however it was written."""
    values = Counter[float]()
    for key, count in cells.items():
        number = split_number(key)[0]
        if number is not None:
            values[number] += count
    return values


def _set_aside(numbers: Numbers, codes: AbstractSet[float]) -> Numbers:
    # A number with words of its own ('8 - Very good') is an answer, whatever its neighbours look like.
    keys = {key for key in numbers.kept if split_number(key)[0] in codes and not split_number(key)[1]}
    kept = Counter({key: count for key, count in numbers.kept.items() if key not in keys})
    return numbers._replace(kept=kept, codes=tuple(sorted({*numbers.codes, *keys}))) if kept else numbers


def _find_codes(values: Counter[float]) -> _Codes:
    below = {number for number in values if number < 0}
    rest = Counter({number: count for number, count in values.items() if number >= 0})
    if not rest or (below and _is_symmetric(values)):
        return _Codes()
    open_below = below if below == {-1} and 0 in rest and max(rest) in _SYMMETRIC_TOPS else set()
    above = _find_above(rest)
    low = Counter({number: count for number, count in rest.items() if number not in above.sure})
    perhaps = above.perhaps | open_below | _find_ends_hardly_given(low)
    return _Codes((below - open_below) | above.sure, perhaps)


def _is_symmetric(values: Counter[float]) -> bool:
    """Whether negative numbers are half of a scale around nought, of which hardly a step was not chosen."""
    low, high = -min(values), max(values)
    return (0 in values and low >= high - 1) or low == high


def _find_above(rest: Counter[float]) -> _Codes:
    """Codes above a gap: 8 and 9 after 1 to 5, 9 after 1 to 7."""
    enough = rest.total() >= ENOUGH_TO_SEE_ODD
    top = max(rest)
    usual = {number for number in rest if number <= _USUAL_TOP}
    above = set(rest) - usual
    if above and above <= _HIGH_CODES and above & _TELLING_CODES and len(usual) >= _FEWEST_VALUES:
        count = sum(rest[number] for number in above)
        if above != {_NINE} and enough and count <= max(1, MOST_ODD * rest.total()):
            # A single one is an odd answer rather than a code.
            return _Codes()
        few = count <= _MOST_ABOVE_GAP * rest.total()
        full = usual >= set(range(1, _USUAL_TOP + 1)) or above == {_NINE}
        return _Codes(sure=above) if enough and (few or full) else _Codes(perhaps=above) if few else _Codes()
    seven = set(range(1, _WIDE_TOP + 1))
    if enough and 0 not in rest and top == _NINE and set(rest) == seven | {_NINE}:
        return _Codes(sure={_NINE})
    if enough and 0 not in rest and top == _WIDE_TOP + 1 and len(set(rest) & seven) >= _WIDE_TOP - 1:
        return _Codes(perhaps={top})
    return _Codes()


def _find_ends_hardly_given(rest: Counter[float]) -> AbstractSet[float]:
    """A 6 or a nought that few people gave beside 1 to 5 (or a nought beside 1 to 7): an end, or a code."""
    perhaps: set[float] = set()
    if rest.total() < ENOUGH_TO_SEE_ODD:
        return perhaps
    top = max(rest)
    if top == _USUAL_TOP + 1 and _is_rare(top, rest) and len(rest) >= _USUAL_TOP:
        perhaps.add(top)
        top = _USUAL_TOP
    if 0 in rest and top in (_USUAL_TOP, _WIDE_TOP) and _is_rare(0, rest) and len(rest) > top - 1:
        perhaps.add(0)
    return perhaps


def _is_rare(number: float, values: Counter[float]) -> bool:
    others = values.total() - values[number]
    return values[number] * (len(values) - 1) <= _FEW * others


def _is_range_of(other: AbstractSet[float], rest: AbstractSet[float]) -> bool:
    """Whether another question shows the range that these numbers stand in."""
    return (
        len(other) >= _LEAST_OF_BLOCK
        and min(other) <= min(rest)
        and max(rest) <= max(other) < _TEN
        and (max(other) in (3, 4, _USUAL_TOP, _WIDE_TOP))
    )


def _join(numbers: AbstractSet[float]) -> str:
    return " and ".join(f"{number:g}" for number in sorted(numbers))
