"""The cells of closed questions go in; the scale that each question was answered on comes out.

Scales of words stand in `scale_words` and are chosen by `scale_steps`; numbers are read by `scale_numbers`. Cells are
compared as `make_cell_key` writes them. What the header says about numbers goes before what the cells look like.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Scale, SurveyColumn
from coprod_cli.reading.scale_codes import count_values, set_codes_aside
from coprod_cli.reading.scale_ends import Ends, find_codes, find_ends, names_good_end_first
from coprod_cli.reading.scale_numbers import (
    SLIDER,
    Numbers,
    drop_odd,
    find_out_of,
    group_by_range,
    is_slider,
    name_codes,
    say_unknown,
    settle_top,
    split_number,
    take_numbers,
)
from coprod_cli.reading.scale_steps import (
    ENOUGH_TO_SEE_STEPS,
    HESITANT,
    MOST_LABELS,
    choose_scale,
    find_place,
    is_missing,
    is_of_something_bad,
    list_scales,
    may_be_scale,
    may_lack_middle,
    name_family,
    place_all,
    settle_steps,
    share_known,
    take_words,
    tidy_words,
)
from coprod_cli.reading.wording import make_key, strip_numbering

_YES = "yes, partly, no"
_ALL_NUMBERS = "every answer is a number"
_SURE, _YES_OR_NO, _TOLD_ENDS, _RANGE_SEEN, _RANGE_HALF_SEEN = 0.95, 0.9, 0.9, 0.8, 0.7
_UNSURE = 0.5
_WITH_MIDDLE = {"agreement of 4": "agreement of 5", "agreement of 6": "agreement of 7"}
__all__ = ["Fit", "fit_scales", "is_missing", "list_scales", "make_range_scale", "make_word_scale", "share_scales"]


class Fit(NamedTuple):
    """The scale a question was answered on, how surely (0..1), and why in words.

    doubt: why not to score by it; missing: numbers that stand for 'no answer'.
    """

    scale: Scale
    certainty: float
    why: str
    doubt: str = ""
    missing: tuple[str, ...] = ()


def make_range_scale(low: float, high: float, cells: Mapping[str, int] | Sequence[str]) -> Scale:
    """The scale of numbers from low (worst) to high (best); low above high means that small numbers are good.

    Its places hold the cells that fit, so that '4 - good' is known as well as '4'.
    """
    first, last = min(low, high), max(low, high)
    keys = {str(number) for number in range(int(first), int(last) + 1)} | set(cells)
    places = {}
    for key in sorted(keys):
        number, _ = split_number(key)
        if number is not None and first <= number <= last and not is_missing(key):
            places[key] = 100 * (number - low) / (high - low) + 0.0  # never minus zero
    return Scale(f"numbers {low} to {high}", places)


def make_word_scale(name: str, places: dict[str, float], cells: Mapping[str, int] | Sequence[str]) -> Scale:
    """A scale of words that also knows the cells which only add a number to them, such as '4 - good' or 'good (4)'."""
    known = {word: place for word, place in places.items() if "~" not in word}
    for key in sorted(cells):
        place = find_place(take_words(key), places)
        if key not in known and place is not None:
            known[key] = place
    return Scale(name, known)


def fit_scales(
    columns: Mapping[int, Counter[str]], framework: Framework, headers: Mapping[int, str] | None = None
) -> dict[int, Fit]:
    """The scale of every column whose cells fit one.

    Columns of one family are fitted together, because a block of questions shares its labels: one column alone may
    never show the label, or the number, that tells two scales apart. Few odd cells do not stand in the way.

    Args:
        columns: positions to counts of cell keys.
        framework: whose labels are a scale, too.
        headers: positions to questions, which may say what the numbers mean.
    """
    scales = place_all(framework.labels)
    told = headers or {}
    coded = {position: _find_coded(told.get(position, ""), cells) for position, cells in columns.items()}
    filled = {
        position: Counter(
            {key: count for key, count in cells.items() if not is_missing(key) and key not in coded[position]}
        )
        for position, cells in columns.items()
    }
    names = {
        position: "" if _holds_bare_numbers(cells) else choose_scale(cells, scales)
        for position, cells in filled.items()
        if cells and may_be_scale(cells)
    }
    pooled: dict[str, Counter[str]] = {}
    for position, name in names.items():
        if name:
            pooled.setdefault(name_family(name), Counter()).update(filled[position])
    hesitant = {name_family(name) for position, name in names.items() if name and columns[position].keys() & HESITANT}
    fits: dict[int, Fit] = {}
    numbers: dict[int, Numbers] = {}
    for position, name in names.items():
        cells = filled[position]
        if name:
            family = name_family(name)
            fits[position] = _fit_words(name, cells, pooled[family], scales, hesitant=family in hesitant)
        elif fit := _fit_to_header(told.get(position, ""), cells, scales):
            fits[position] = fit
        elif (taken := take_numbers(cells)).kept:
            numbers[position] = taken
        elif is_slider(cells):
            fits[position] = _fit_slider(cells)
    own = _list_own_questions(framework)
    known = {position for position in numbers if make_key(strip_numbering(told.get(position, ""))) in own}
    ranges = {position: (1, len(framework.labels)) for position in known}
    fits.update(_fit_numbers(set_codes_aside(_set_odd_aside(numbers)), told, scales, ranges))
    return {
        position: _take_codes_out(_tell_odd(each, filled[position]), coded[position])
        for position, each in sorted(fits.items())
    }


def _find_coded(header: str, cells: Counter[str]) -> tuple[str, ...]:
    """The cells that the header says stand for 'no answer': bare numbers only, for '6 - very good' says otherwise."""
    codes = find_codes(header)
    split = {key: split_number(key) for key in cells} if codes else {}
    return tuple(sorted(key for key, (number, words) in split.items() if number in codes and not words))


def _take_codes_out(fit: Fit, coded: tuple[str, ...]) -> Fit:
    """The same scale without the places of codes, so that no answer is scored and missing at once."""
    missing = tuple(sorted({*fit.missing, *coded}))
    places = {key: place for key, place in fit.scale.places.items() if key not in missing}
    why = f"{fit.why}; {' and '.join(coded)} taken as no answer, as the header says" if coded else fit.why
    return fit._replace(scale=dataclasses.replace(fit.scale, places=places), missing=missing, why=why)


def _list_own_questions(framework: Framework) -> frozenset[str]:
    """The framework's own questions as headers are compared: they are typed as numbers of its labels."""
    return frozenset(make_key(words) for item in framework.items for words in (item.id, item.parent, item.practitioner))


def _holds_bare_numbers(cells: Counter[str]) -> bool:
    """Whether only some numbers have words, as on a scale that names its ends: '1 - Not at all', '2', ..."""
    parts = [split_number(key) for key in cells] if len(cells) <= MOST_LABELS else []
    return any(number is not None and not words for number, words in parts)


def _tell_odd(fit: Fit, cells: Counter[str]) -> Fit:
    odd = sum(count for key, count in cells.items() if key not in fit.scale.places and key not in fit.missing)
    if not odd or not fit.scale.name.startswith("numbers"):
        return fit
    share = 1 - odd / cells.total()
    why = fit.why.replace(_ALL_NUMBERS, f"{min(share, 0.999):.0%} of the answers are numbers of the scale")
    return fit._replace(
        certainty=fit.certainty * share, why=f"{why}; {odd} odd {'one counts' if odd == 1 else 'ones count'} as missing"
    )


def _set_odd_aside(numbers: dict[int, Numbers]) -> dict[int, Numbers]:
    """The same numbers without single odd ones, unless another question uses the wide range, too."""
    trimmed = {position: drop_odd(each.kept) for position, each in numbers.items()}
    wide = any(
        len(trimmed[position]) == len(each.kept) and any((split_number(key)[0] or 0) > 5 for key in each.kept)  # noqa: PLR2004  # beyond the usual scale
        for position, each in numbers.items()
    )
    return numbers if wide else {place: each._replace(kept=trimmed[place]) for place, each in numbers.items()}


def _fit_to_header(header: str, cells: Counter[str], scales: Mapping[str, dict[str, float]]) -> Fit | None:
    """The scale as the header, or the cells ('4 out of 5'), name it; None when they name none that the cells fit."""
    ends = find_ends(header, scales.values())
    limits = find_out_of(cells)
    if ends is None and limits:
        ends = Ends(*limits, named=False, understood=True)
        scale = make_range_scale(*limits, cells)
        return Fit(scale, _TOLD_ENDS, f"the answers are marks from {limits[0]} (worst) to {limits[1]} (best)")
    if ends is None:
        return None
    taken = take_numbers(cells, *sorted(ends[:2]))
    if not taken.kept:
        return None
    pointed = _point(taken.kept, scales)
    low, high = sorted(ends[:2])
    worst, best = ends[:2] if ends.understood else (high, low) if pointed < 0 else (low, high)
    unclear = ends.named and not ends.understood and not pointed
    doubt = "its header names the ends of the scale in words that coprod does not understand" if unclear else ""
    why = f"{ends.why}; {_ALL_NUMBERS}, taken as {worst} (worst) to {best} (best){name_codes(taken)}"
    certainty = _SURE if ends.understood or pointed else _UNSURE if unclear else _TOLD_ENDS
    return Fit(make_range_scale(worst, best, taken.kept), certainty, why, doubt, taken.codes)


def _fit_slider(cells: Counter[str]) -> Fit:
    why = (
        f"{_ALL_NUMBERS}, perhaps marks from {SLIDER[0]} (worst) to {SLIDER[1]} (best), but the header does not say so"
    )
    return Fit(make_range_scale(*SLIDER, cells), _UNSURE, why, "the range of the numbers is not known")


def _fit_words(
    name: str, cells: Counter[str], block: Counter[str], scales: Mapping[str, dict[str, float]], *, hesitant: bool
) -> Fit:
    together = choose_scale(block, scales)
    chosen = together if together and name_family(together) == name_family(name) else name
    chosen = settle_steps(chosen, block, scales)
    offered = _WITH_MIDDLE.get(chosen, chosen if may_lack_middle(chosen, block, scales) else "")
    unsure_between = hesitant and offered in _WITH_MIDDLE.values()
    chosen = offered if unsure_between else chosen
    share = share_known(cells, scales[chosen])
    scale = make_word_scale(chosen, scales[chosen], cells)
    if any(is_of_something_bad(take_words(key)) for key in cells):
        # 'Not at all difficult' is the good end: a degree of something bad.
        scale = Scale(f"{chosen}, of something bad", {word: 100 - place for word, place in scale.places.items()})
    why = (
        f"the answers are the scale '{scale.name}'"
        if share == 1
        else f"{share:.0%} of the answers are the scale '{scale.name}'"
    )
    certainty = _YES_OR_NO if chosen == _YES else _SURE
    if chosen == _YES:
        why += "; yes and no are a coarse scale"
    elif unsure_between:
        why += "; 'unsure' was offered where the middle stands: it counts as missing, the steps keep their places"
    elif may_lack_middle(chosen, block, scales):
        why += "; no answer stands in the middle, so it may have fewer steps"
        certainty = _TOLD_ENDS
    return Fit(scale, certainty * share, why)


def _fit_numbers(
    numbers: Mapping[int, Numbers],
    headers: Mapping[int, str],
    scales: Mapping[str, dict[str, float]],
    known: Mapping[int, tuple[int, int]],
) -> dict[int, Fit]:
    """The columns of numbers (by position) whose header tells no range; known: the range of those that have their own.

    A question of known range tells the range of its whole block.
    """
    fits = {}
    filled = {position: each.kept for position, each in numbers.items()}
    for limits, members in group_by_range(filled).items():
        pooled = sum((filled[position] for position in members), Counter[str]())
        top = settle_top(limits, pooled)
        values = count_values(pooled)
        unknown = "" if any(known.get(position) == limits for position in members) else say_unknown(limits, top, values)
        begin = "; nobody gave 0, so it begins with 1" if limits == (1, 10) else ""
        for position in members:
            pointed = _point(filled[position], scales)
            low, high = (top, limits[0]) if pointed < 0 else (limits[0], top)
            certainty = _RANGE_SEEN if {limits[0], top} <= count_values(filled[position]).keys() else _RANGE_HALF_SEEN
            usual = "" if pointed else "; no word says which end is the good one"
            why = (
                f"{_ALL_NUMBERS}, taken as {low} (worst) to {high} (best){begin}{usual}{name_codes(numbers[position])}"
            )
            scale = make_range_scale(low, high, filled[position])
            doubt = _find_doubt(headers.get(position, ""), set(values), filled[position], pointed, scales)
            doubt = doubt or numbers[position].doubt or unknown
            certainty = _UNSURE if doubt in (numbers[position].doubt, unknown) and doubt else certainty
            fits[position] = Fit(scale, certainty, why, doubt, numbers[position].codes)
    return fits


def _find_doubt(
    header: str,
    values: AbstractSet[float],
    cells: Counter[str],
    pointed: int,
    scales: Mapping[str, dict[str, float]],
) -> str:
    """Why numbers cannot be scored as they look, or nothing."""
    ends = find_ends(header, scales.values())
    if ends:
        return f"{ends.why}, but the answers go beyond it"
    if not pointed and names_good_end_first(header, scales.values()):
        return "its header names the good end first, but no number for it"
    if values in ({0, 1}, {1, 2}) and cells.total() >= ENOUGH_TO_SEE_STEPS:
        first, second = sorted(values)
        return f"only {first:g} and {second:g} occur, which may be codes for yes and no"
    return ""


def _point(cells: Counter[str], scales: Mapping[str, dict[str, float]]) -> int:
    """-1 when the words beside the numbers say that the small one is good ('1 - strongly agree'), 1 if bad, else 0."""
    for places in scales.values():
        known = sorted(
            (number or 0, place)
            for number, words in map(split_number, cells)
            if words and (place := find_place(tidy_words(words), places)) is not None
        )
        if len(known) > 1 and known[0][0] < known[-1][0] and known[0][1] != known[-1][1]:
            return -1 if known[0][1] > known[-1][1] else 1
    return 0


def share_scales(columns: Sequence[Sequence[SurveyColumn]]) -> list[tuple[SurveyColumn, ...]]:
    """The columns of several files of one survey, where a question that stands in several has one scale in all.

    How many steps a scale has shows in the answers, and one file may show fewer than another: the scale with most steps
    is taken, of word scales of one family and of ranges of numbers that begin with the same number.
    """
    widest: dict[str, Scale] = {}
    for column in chain.from_iterable(columns):
        if column.kind is ColumnKind.ITEM and column.scale:
            kept = widest.get(_name_shared(column))
            if kept is None or _count_steps(column.scale) > _count_steps(kept):
                widest[_name_shared(column)] = column.scale
    return [tuple(_take_shared(column, widest.get(_name_shared(column))) for column in each) for each in columns]


def _name_shared(column: SurveyColumn) -> str:
    """What columns of one question have in common that could share a scale."""
    name = column.scale.name if column.scale else ""
    family = name.rpartition(" to ")[0] if name.startswith("numbers") or not name else name_family(name)
    return f"{make_key(column.question or column.header)}\x1f{family}"


def _count_steps(scale: Scale) -> int:
    return len(set(scale.places.values()))


def _take_shared(column: SurveyColumn, widest: Scale | None) -> SurveyColumn:
    if column.kind is not ColumnKind.ITEM or not column.scale or not widest or widest.name == column.scale.name:
        return column
    if widest.name.startswith("numbers"):
        low, high = (int(end) for end in widest.name.removeprefix("numbers ").split(" to "))
        places = make_range_scale(low, high, list(column.scale.places)).places
    else:
        places = {**widest.places, **make_word_scale(widest.name, widest.places, list(column.scale.places)).places}
    named = {word for word, _ in column.words}
    places = {key: place for key, place in places.items() if key not in named}
    why = f"{column.why}; taken as '{widest.name}', as in another file of the same survey"
    return dataclasses.replace(column, why=why, scale=Scale(widest.name, places, column.scale.direction))
