"""The cells of closed questions go in; the scale that each question was answered on comes out.

Scales of words stand in `scale_words`. Cells are compared as `make_cell_key` writes them. Numbers are a scale only when
nearly the whole column fits one; what the header says about them goes before what the cells look like.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Scale
from coprod_cli.reading.scale_ends import Ends, find_ends, names_good_end_first
from coprod_cli.reading.scale_words import MISSING_WORDS, NEITHER_GOOD, SCALES, STEP_WORDS, Steps
from coprod_cli.reading.wording import make_cell_key

_POOR_TO_EXCELLENT = "quality, poor to excellent"
RANGES = ((1, 5), (0, 4), (1, 7), (0, 10), (1, 10))
_LEAST_KNOWN = 0.8
# Odd cells among numbers: '55' or 'not sure really' do not make a question with eight good answers unreadable.
_LEAST_NUMBERS, _FEWEST_NUMBERS = 0.9, 8
_ALL_NUMBERS = "every answer is a number"
_LOWEST, _HIGHEST = 0, 10
_FOUR, _FOUR_SHOWN = 4, 50
# On a scale with a middle one answer in ten stands there at the least; none in 30 happens by chance one time in 24.
_NO_MIDDLE_SHOWN = 30
_MIDDLE = 50
_FOUR_OF_FIVE = {"agreement of 5": "agreement of 4", "satisfaction of 5": "satisfaction of 4"}
_FEWEST_OF_FOUR = 3
_NUMBER_FIRST = re.compile(r"^(\d{1,2})(?:\.0+)?\s*([-:.)=(/])?\s*([^\d()][^()]*)?\)?$")
_NUMBER_LAST = re.compile(r"^([^\d()]+?)\s*\((\d{1,2})\)$")


class Fit(NamedTuple):
    """The scale a question was answered on, how surely (0..1), and why in words; doubt: why not to score by it."""

    scale: Scale
    certainty: float
    why: str
    doubt: str = ""


def split_number(key: str) -> tuple[int | None, str]:
    """A cell such as '4 - good', 'good (4)' or '4' as its number, if it has one, and its words."""
    found = _NUMBER_FIRST.match(key)
    if found:
        words = (found.group(3) or "").strip(" -:=.")
        # '5 completely' is a number of a scale; '2 children' is not.
        if not words or found.group(2) or words in STEP_WORDS:
            return int(found.group(1)), words
    found = _NUMBER_LAST.match(key)
    if found:
        return int(found.group(2)), found.group(1).strip(" -:=.")
    return None, key


def is_missing(key: str) -> bool:
    """Whether a closed answer says that there is none; '9 - Don't know' counts, too."""
    return key in MISSING_WORDS or split_number(key)[1] in MISSING_WORDS


def list_scales(framework: Framework) -> dict[str, dict[str, float]]:
    """Every scale by name, as words to places 0..100: the framework's own labels first, as 'extent'."""
    steps: dict[str, Steps] = {"extent": tuple((make_cell_key(label),) for label in framework.labels), **SCALES}
    return {name: _place(each) for name, each in steps.items()}


def make_range_scale(low: int, high: int, cells: Mapping[str, int] | Sequence[str]) -> Scale:
    """The scale of numbers from low (worst) to high (best); low above high means that small numbers are good.

    Its places hold the cells that fit, so that '4 - good' is known as well as '4'.
    """
    first, last = min(low, high), max(low, high)
    keys = {str(number) for number in range(first, last + 1)} | set(cells)
    places = {}
    for key in sorted(keys):
        number, _ = split_number(key)
        if number is not None and first <= number <= last and not is_missing(key):
            places[key] = 100 * (number - low) / (high - low)
    return Scale(f"numbers {low} to {high}", places)


def make_word_scale(name: str, places: dict[str, float], cells: Mapping[str, int] | Sequence[str]) -> Scale:
    """A scale of words that also knows the cells which only add a number to them, such as '4 - good' or 'good (4)'."""
    known = dict(places)
    for key in sorted(cells):
        words = split_number(key)[1]
        if key not in known and words in places:
            known[key] = places[words]
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
    scales = list_scales(framework)
    filled = {
        position: Counter({key: count for key, count in cells.items() if not is_missing(key)})
        for position, cells in columns.items()
    }
    names = {position: _choose_words(cells, scales) for position, cells in filled.items() if cells}
    pooled: dict[str, Counter[str]] = {}
    for position, name in names.items():
        if name:
            pooled.setdefault(_family(name), Counter()).update(filled[position])
    fits: dict[int, Fit] = {}
    numbers: dict[int, Counter[str]] = {}
    for position, name in names.items():
        ends = None if name else find_ends((headers or {}).get(position, ""), scales.values())
        if name:
            block = pooled[_family(name)]
            together = _choose_words(block, scales)
            chosen = together if together and _family(together) == _family(name) else name
            fits[position] = _explain_words(_settle_steps(chosen, block, scales), filled[position], scales)
        elif ends and (kept := _keep_numbers(filled[position], min(ends[:2]), max(ends[:2]))):
            fits[position] = _fit_to_header(ends, kept, scales)
        elif kept := _keep_numbers(filled[position], _LOWEST, _HIGHEST):
            numbers[position] = kept
    fits.update(_fit_numbers(list(numbers), numbers, scales))
    for position, kept in numbers.items():
        header = (headers or {}).get(position, "")
        ends = find_ends(header, scales.values())
        if ends and position in fits:
            fits[position] = fits[position]._replace(doubt=f"{ends.why}, but the answers go beyond it")
        elif position in fits and not _point(kept, scales) and names_good_end_first(header, scales.values()):
            fits[position] = fits[position]._replace(doubt="its header names the good end first, but no number for it")
    return {position: _tell_odd(each, filled[position]) for position, each in fits.items()}


def _tell_odd(fit: Fit, cells: Counter[str]) -> Fit:
    odd = sum(count for key, count in cells.items() if key not in fit.scale.places)
    if not odd or not fit.scale.name.startswith("numbers"):
        return fit
    share = 1 - odd / cells.total()
    why = fit.why.replace(_ALL_NUMBERS, f"{share:.0%} of the answers are numbers")
    return fit._replace(certainty=fit.certainty * share, why=why)


def _keep_numbers(cells: Counter[str], low: int, high: int) -> Counter[str]:
    """The cells that are numbers in the range, if nearly all are; else none."""
    kept: Counter[str] = Counter()
    for key, count in cells.items():
        number = split_number(key)[0]
        if number is not None and low <= number <= high:
            kept[key] = count
    if kept.total() == cells.total():
        return kept
    enough = kept.total() >= max(_FEWEST_NUMBERS, _LEAST_NUMBERS * cells.total())
    return kept if enough else Counter()


def _fit_to_header(ends: Ends, cells: Counter[str], scales: dict[str, dict[str, float]]) -> Fit:
    """The scale as the header names it; words beside the numbers help where the header is not understood."""
    pointed = _point(cells, scales)
    low, high = sorted(ends[:2])
    worst, best = ends[:2] if ends.understood else (high, low) if pointed < 0 else (low, high)
    unclear = ends.named and not ends.understood and not pointed
    doubt = "its header names the ends of the scale in words that coprod does not understand" if unclear else ""
    why = f"{ends.why}; {_ALL_NUMBERS}, taken as {worst} (worst) to {best} (best)"
    certainty = 0.95 if ends.understood or pointed else 0.5 if unclear else 0.9
    return Fit(make_range_scale(worst, best, cells), certainty, why, doubt)


def _settle_steps(name: str, cells: Counter[str], scales: dict[str, dict[str, float]]) -> str:
    """The scale with as many steps as people were offered, as far as the answers of the whole block show it.

    'Excellent' without 'Very poor' is the top of a scale from poor; without 'Very good' that scale has four steps. Four
    steps of agreement or satisfaction need all four labels and 30 answers without one in the middle.
    """
    words = _words_of(cells)
    if _family(name) == "quality" and words.keys() & {"excellent", "outstanding"}:
        if words.keys() & {*SCALES["quality of 5"][0], *NEITHER_GOOD}:
            return "quality of 5"
        four = scales["quality of 4"]
        seen = {four[word] for word in words if word in four}
        return "quality of 4" if "very good" not in words and len(seen) >= _FEWEST_OF_FOUR else _POOR_TO_EXCELLENT
    four_steps = _FOUR_OF_FIVE.get(name, "")
    if four_steps and words.total() >= _NO_MIDDLE_SHOWN and not any(split_number(key)[0] is not None for key in cells):
        seen = {scales[name][word] for word in words if word in scales[name]}
        if _MIDDLE not in seen and len(seen) == _FOUR and _share_known(cells, scales[four_steps]) >= _LEAST_KNOWN:
            return four_steps
    return name


def _family(name: str) -> str:
    return name.split(maxsplit=1)[0].rstrip(",")


def _place(steps: Steps) -> dict[str, float]:
    return {word: 100 * index / (len(steps) - 1) for index, words in enumerate(steps) for word in words}


def _words_of(cells: Counter[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for key, count in cells.items():
        words[split_number(key)[1] or key] += count
    return words


def _share_known(cells: Counter[str], places: Mapping[str, float]) -> float:
    words = _words_of(cells)
    return sum(count for word, count in words.items() if word in places) / words.total()


def _choose_words(cells: Counter[str], scales: dict[str, dict[str, float]]) -> str:
    """The scale that knows most cells; of several, the one that tells all of them apart, then the first named."""
    words = _words_of(cells)

    def rank(name: str) -> tuple[float, float]:
        known = [word for word in words if word in scales[name]]
        apart = len({scales[name][word] for word in known}) / len(known) if known else 0
        return _share_known(cells, scales[name]), apart

    best = max(scales, key=rank, default="")
    return best if best and rank(best)[0] >= _LEAST_KNOWN else ""


def _explain_words(name: str, cells: Counter[str], scales: dict[str, dict[str, float]]) -> Fit:
    share = _share_known(cells, scales[name])
    scale = make_word_scale(name, scales[name], cells)
    why = f"the answers are the scale '{name}'" if share == 1 else f"{share:.0%} of the answers are the scale '{name}'"
    return Fit(scale, 0.95 if share == 1 else 0.95 * share, why)


def _fit_numbers(
    positions: list[int], filled: Mapping[int, Counter[str]], scales: dict[str, dict[str, float]]
) -> dict[int, Fit]:
    fits = {}
    for (low, high), members in _group_by_range(positions, filled).items():
        pooled = sum((filled[position] for position in members), Counter[str]())
        four = (low, high) == (1, 5) and max(map(_read_number, pooled)) == _FOUR and pooled.total() >= _FOUR_SHOWN
        top = _FOUR if four else high
        for position in members:
            ends = (top, low) if _runs_downwards(filled[position], scales) else (low, top)
            seen = set(map(_read_number, filled[position]))
            certainty = 0.85 if {low, top} <= seen else 0.7
            why = f"{_ALL_NUMBERS}, taken as {ends[0]} (worst) to {ends[1]} (best)"
            fits[position] = Fit(make_range_scale(*ends, filled[position]), certainty, why)
    return fits


def _group_by_range(positions: list[int], filled: Mapping[int, Counter[str]]) -> dict[tuple[int, int], list[int]]:
    groups: dict[tuple[int, int], list[int]] = {}
    for position in positions:
        seen = set(map(_read_number, filled[position]))
        limits = next((limits for limits in RANGES if limits[0] <= min(seen) and max(seen) <= limits[1]), None)
        if limits:
            groups.setdefault(limits, []).append(position)
    if (0, 4) in groups and not any("5" in filled[position] for position in groups.get((1, 5), [])):
        groups[0, 4] += groups.pop((1, 5), [])
    for narrow, wide in (((1, 5), (1, 7)), ((0, 4), (0, 10))):
        # Among many questions of seven points, one whose highest answers nobody gave is of seven points as well.
        if len(groups.get(wide, [])) > len(groups.get(narrow, [])) > 0:
            groups[wide] += groups.pop(narrow)
    return groups


def _read_number(key: str) -> int:
    return split_number(key)[0] or 0


def _runs_downwards(cells: Counter[str], scales: dict[str, dict[str, float]]) -> bool:
    return _point(cells, scales) < 0


def _point(cells: Counter[str], scales: dict[str, dict[str, float]]) -> int:
    """-1 when the words beside the numbers say that the small one is good ('1 - strongly agree'), 1 if bad, else 0."""
    for places in scales.values():
        known = sorted((number or 0, places[words]) for number, words in map(split_number, cells) if words in places)
        if len(known) > 1 and known[0][0] < known[-1][0] and known[0][1] != known[-1][1]:
            return -1 if known[0][1] > known[-1][1] else 1
    return 0
