"""The cells of closed questions go in; the scale that each question was answered on comes out.

A scale is data: its steps from worst to best, each with the words people and tools use for it. Cells are compared as
`make_cell_key` writes them. Numbers are a scale only when the whole column fits one.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Scale
from coprod_cli.reading.wording import make_cell_key

Steps = tuple[tuple[str, ...], ...]

_NEITHER = (
    "neither agree nor disagree", "neither agree or disagree", "neither", "neutral", "undecided", "no strong view",
    "neither agree/disagree", "no opinion either way",
)  # fmt: skip
SCALES: dict[str, Steps] = {
    "agreement of 5": (
        ("strongly disagree", "disagree strongly", "completely disagree", "totally disagree"),
        ("disagree", "tend to disagree", "somewhat disagree", "slightly disagree", "disagree slightly",
        "mostly disagree"),
        _NEITHER,
        ("agree", "tend to agree", "somewhat agree", "slightly agree", "agree slightly", "mostly agree"),
        ("strongly agree", "agree strongly", "completely agree", "totally agree"),
    ),
    "agreement of 7": (
        ("strongly disagree", "completely disagree", "totally disagree"),
        ("disagree", "mostly disagree"),
        ("somewhat disagree", "slightly disagree", "tend to disagree", "disagree slightly"),
        _NEITHER,
        ("somewhat agree", "slightly agree", "tend to agree", "agree slightly"),
        ("agree", "mostly agree"),
        ("strongly agree", "completely agree", "totally agree"),
    ),
    "amount of 5": (
        ("not at all", "to no extent", "none at all"),
        ("a little", "slightly", "a little bit", "to a small extent", "not very much", "not much"),
        ("somewhat", "to some extent", "moderately", "a moderate amount", "partly", "a fair amount"),
        ("mostly", "to a large extent", "to a great extent", "a lot", "quite a lot", "very much"),
        ("completely", "fully", "entirely", "totally", "a great deal", "extremely", "to a very large extent",
         "to a very great extent"),
    ),
    "amount of 4": (
        ("not at all",), ("a little", "slightly", "to a small extent"), ("quite a lot", "quite a bit",
        "to some extent"),
        ("a lot", "very much", "a great deal", "to a large extent", "to a great extent"),
    ),
    "frequency of 5": (
        ("never", "not at any time"),
        ("rarely", "seldom", "hardly ever", "almost never", "not often"),
        ("sometimes", "occasionally", "now and then", "about half the time"),
        ("often", "usually", "frequently", "most of the time", "mostly"),
        ("always", "all of the time", "all the time", "every time", "almost always"),
    ),
    "satisfaction of 5": (
        ("very dissatisfied", "very unsatisfied", "extremely dissatisfied", "very unhappy"),
        ("dissatisfied", "unsatisfied", "fairly dissatisfied", "somewhat dissatisfied", "quite dissatisfied",
        "unhappy"),
        ("neither satisfied nor dissatisfied", "neither", "neutral", "neither happy nor unhappy"),
        ("satisfied", "fairly satisfied", "somewhat satisfied", "quite satisfied", "happy"),
        ("very satisfied", "extremely satisfied", "very happy"),
    ),
    "quality of 5": (
        ("very poor", "very bad", "terrible"),
        ("poor", "bad"),
        ("fair", "ok", "okay", "average", "adequate", "acceptable", "neither good nor poor",
        "neither good nor bad", "mixed"),
        ("good",),
        ("very good", "excellent"),
    ),
    "quality, poor to excellent": (("poor", "very poor"), ("fair", "ok",
    "average"), ("good",), ("very good",), ("excellent",)),
    "ease of 5": (
        ("very difficult", "very hard"),
        ("difficult", "fairly difficult", "quite difficult", "somewhat difficult", "hard"),
        ("neither easy nor difficult", "neither", "ok", "okay"),
        ("easy", "fairly easy", "quite easy", "somewhat easy"),
        ("very easy",),
    ),
    "change of 5": (
        ("much worse", "a lot worse"),
        ("worse", "a little worse", "slightly worse", "somewhat worse"),
        ("about the same", "the same", "no change", "no different", "same"),
        ("better", "a little better", "slightly better", "somewhat better"),
        ("much better", "a lot better"),
    ),
    "yes, partly, no": (
        ("no", "n", "no, not at all", "not at all", "definitely not", "false"),
        ("partly", "sometimes", "somewhat", "in part", "to some extent", "yes, to some extent", "yes, partly",
         "yes, sometimes", "yes and no", "maybe", "a bit", "mixed"),
        ("yes", "y", "yes, definitely", "yes, completely", "yes, always", "yes, fully", "definitely", "true"),
    ),
}  # fmt: skip
MISSING_WORDS = frozenset(
    (
        "don't know", "dont know", "do not know", "i don't know", "doesn't apply", "does not apply", "doesnt apply",
        "not applicable", "n/a", "na", "n.a", "prefer not to say", "prefer not to answer", "rather not say", "not sure",
        "unsure", "no answer", "can't say", "cannot say", "no opinion", "not relevant", "don't know / not sure",
        "don't know/not sure", "don't remember", "can't remember", "not answered", "no response", "?", "-", "dk",
        "none",
        "not applicable to me", "this doesn't apply to me", "doesn't apply to me", "don't know / doesn't apply",
        "don't know/doesn't apply", "don't know or doesn't apply",
    ),
)  # fmt: skip
RANGES = ((1, 5), (0, 4), (1, 7), (0, 10), (1, 10))
_LEAST_KNOWN = 0.8
_FOUR, _FOUR_SHOWN = 4, 50
_NUMBER_FIRST = re.compile(r"^(\d{1,2})(?:\.0+)?\s*([-:.)=(/])?\s*([^\d()][^()]*)?\)?$")
_NUMBER_LAST = re.compile(r"^([^\d()]+?)\s*\((\d{1,2})\)$")
_STEP_WORDS = frozenset(word for steps in SCALES.values() for words in steps for word in words)


class Fit(NamedTuple):
    """The scale a question was answered on, how surely (0..1), and why in words."""

    scale: Scale
    certainty: float
    why: str


def split_number(key: str) -> tuple[int | None, str]:
    """A cell such as '4 - good', 'good (4)' or '4' as its number, if it has one, and its words."""
    found = _NUMBER_FIRST.match(key)
    if found:
        words = (found.group(3) or "").strip(" -:=.")
        # '5 completely' is a number of a scale; '2 children' is not.
        if not words or found.group(2) or words in _STEP_WORDS:
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


def fit_scales(columns: Mapping[int, Counter[str]], framework: Framework) -> dict[int, Fit]:
    """The scale of every column whose cells fit one; columns map positions to counts of cell keys.

    Columns of one family are fitted together, because a block of questions shares its labels: one column alone may
    never show the label, or the number, that tells two scales apart.
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
    numbers: list[int] = []
    for position, name in names.items():
        if name:
            together = _choose_words(pooled[_family(name)], scales)
            chosen = together if together and _family(together) == _family(name) else name
            fits[position] = _explain_words(chosen, filled[position], scales)
        elif _all_numbers(filled[position]):
            numbers.append(position)
    fits.update(_fit_numbers(numbers, filled, scales))
    return fits


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


def _all_numbers(cells: Counter[str]) -> bool:
    return bool(cells) and all(split_number(key)[0] is not None for key in cells)


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
            why = f"every answer is a number, taken as {ends[0]} (worst) to {ends[1]} (best)"
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
    """Whether the words beside the numbers say that the small number is the good one: '1 - strongly agree'."""
    for places in scales.values():
        known = sorted((number or 0, places[words]) for number, words in map(split_number, cells) if words in places)
        if len(known) > 1 and known[0][0] < known[-1][0]:
            return known[0][1] > known[-1][1]
    return False
