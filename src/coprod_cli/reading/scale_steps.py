"""The words of closed answers go in; the scale they stand on, and how many steps people were offered, come out."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from coprod_cli.model.framework import Framework
from coprod_cli.reading.scale_numbers import split_number
from coprod_cli.reading.scale_words import MISSING_WORDS, NEITHER_GOOD, SCALES, Steps
from coprod_cli.reading.wording import make_cell_key

_POOR_TO_EXCELLENT = "quality, poor to excellent"
LEAST_KNOWN = 0.8
# On a scale with a middle one answer in ten stands there at the least; none in 30 happens by chance one time in 24.
ENOUGH_TO_SEE_STEPS = 30
_FEWEST_OF_FOUR = 3
# A column with more different answers than this is no choice from a list of words.
MOST_LABELS = 60
LONGEST_LABEL = 60
_DEGREE = re.compile(
    r"^(not at all|not very|not so|not that|not|slightly|a little|a bit|somewhat|moderately|fairly|quite|reasonably|"
    r"partly|mostly|largely|very|extremely|completely|fully|totally|entirely) ([a-z]+(?: (?:to|of|in|at|"
    r"out))?)( at all)?$"
)
_BAD_DEGREE = re.compile(
    r"^(?:un(?!der|ique|ited)\w{4,}|dis\w{5,}|difficult|hard|bad|poor|worr\w+|anxious|concerned|stress\w+|"
    r"frustrat\w+|angry|confus\w+|"
    r"sad|afraid|negative|harmful|lonely|isolated|tokenistic|excluded|ignored|insecure|ineffective|inaccessible)"
)
_MARKS = " -:=.!?\"'*"
_EXPLAINED = re.compile(r"\s*[(),;]\s*|\s+or\s+|\s+-\s+|\s+/\s+")
# Not an answer, but people who made a scale of agreement may have put it in the middle.
HESITANT = frozenset({"unsure", "not sure", "i'm not sure", "i am not sure"})
_MISSING_EVEN_EXPLAINED = MISSING_WORDS - {"none", "pass", "missing", "blank", "-", "--", "?"}


def list_scales(framework: Framework) -> dict[str, dict[str, float]]:
    """Every scale by name, as words to places 0..100: the framework's own labels first, as 'extent'."""
    return dict(place_all(framework.labels))


@functools.cache
def place_all(labels: tuple[str, ...]) -> Mapping[str, dict[str, float]]:
    """Every scale by name, as words to places, with these labels as 'extent'; made once, not to be changed."""
    steps: dict[str, Steps] = {"extent": tuple((make_cell_key(label),) for label in labels), **SCALES}
    return {name: _place(each) for name, each in steps.items()}


def choose_scale(cells: Counter[str], scales: Mapping[str, dict[str, float]]) -> str:
    """The scale that knows most cells; of several, the one that tells all of them apart, then the first named."""
    words = _count_words(Counter(dict(_list_commonest(cells))))
    total = cells.total()
    best, name = (LEAST_KNOWN, 0.0), ""
    for other in _list_possible(words, scales):
        places = [
            (place, count) for word, count in words.items() if (place := find_place(word, scales[other])) is not None
        ]
        share = sum(count for _, count in places) / total
        apart = len({place for place, _ in places}) / len(places) if places else 0.0
        if (share, apart) > best or (not name and share >= LEAST_KNOWN):
            best, name = (share, apart), other
    return name


def settle_steps(name: str, cells: Counter[str], scales: Mapping[str, dict[str, float]]) -> str:
    """The scale with as many steps as people were offered, as far as the answers of the whole block show it.

    Numbers beside the words leave no doubt. 'Excellent' without 'Very poor' is the top of a scale from poor; without
    'Very good' that scale has four steps. Otherwise it has just the steps that were chosen if at least 30 answers show
    all of them.
    """
    words = _count_words(cells)
    family = [other for other in scales if name_family(other) == name_family(name)]
    known = [other for other in family if share_known(cells, scales[other]) >= LEAST_KNOWN]
    numbered = {other: _agree_with_numbers(cells, scales[other]) for other in known}
    if any(numbered.values()):
        return max(known, key=lambda other: (numbered[other], other == name, -family.index(other)))
    if name == "quality of 5" or name.startswith("quality,"):
        best, middle = (
            words.keys() & {"excellent", "outstanding"},
            words.keys() & {*SCALES["quality of 5"][0], *NEITHER_GOOD},
        )
        if best and middle:
            return "quality of 5"
        if best:
            four = scales["quality of 4"]
            seen = {four[word] for word in words if word in four}
            return "quality of 4" if "very good" not in words and len(seen) >= _FEWEST_OF_FOUR else _POOR_TO_EXCELLENT
    if words.total() >= ENOUGH_TO_SEE_STEPS and not any(split_number(key)[0] is not None for key in cells):
        full = [other for other in known if _shows_all(words, scales[other])]
        if full:
            return max(full, key=lambda other: (len(set(scales[other].values())), -family.index(other)))
    return name


def may_lack_middle(name: str, cells: Counter[str], scales: Mapping[str, dict[str, float]]) -> bool:
    """Whether a scale of five may be one of fewer steps, because no answer of the block stands in the middle."""
    if (
        not name.endswith("of 5")
        or f"{name_family(name)} of 4" not in scales
        or _agree_with_numbers(cells, scales[name])
    ):
        return False
    seen = {find_place(word, scales[name]) for word in _count_words(cells)} - {None}
    return len(seen) > 1 and 50 not in seen  # noqa: PLR2004  # the middle of 0..100


@functools.lru_cache(maxsize=65536)
def is_missing(key: str) -> bool:
    """Whether a closed answer says that there is none; '9 - Don't know' and 'N/A (was not there)' count, too."""
    if key in MISSING_WORDS:
        return True
    if len(key) > LONGEST_LABEL:
        return False
    words = tidy_words(split_number(key)[1])
    if words in MISSING_WORDS:
        return True
    said = {words.partition("/")[0].strip(_MARKS), _EXPLAINED.split(words)[0].strip(_MARKS)}
    return bool(said & _MISSING_EVEN_EXPLAINED)


def may_be_scale(cells: Counter[str]) -> bool:
    """Whether it is worth looking at every cell: of many different ones, half of the commonest must look like steps."""
    if len(cells) <= MOST_LABELS:
        return True
    commonest = [key for key, _ in _list_commonest(cells)]
    looks = sum(split_number(key)[0] is not None or take_words(key) in _known_words() for key in commonest)
    return looks * 2 >= len(commonest)


def share_known(cells: Counter[str], places: Mapping[str, float]) -> float:
    """The share (0..1) of the cells that stand on a scale."""
    words = _count_words(cells)
    return sum(count for word, count in words.items() if find_place(word, places) is not None) / words.total()


def find_place(word: str, places: Mapping[str, float]) -> float | None:
    """The place of a word on a scale; a degree of anything ('very clear') has the place of 'very ~'."""
    place = places.get(word)
    if place is not None or "not at all ~" not in places:
        return place
    found = _DEGREE.match(word)
    if not found:
        return None
    return places.get(f"not ~{found.group(3)}" if found.group(3) else f"{found.group(1)} ~")


def is_of_something_bad(word: str) -> bool:
    """Whether a word is a degree of something bad, such as 'very difficult', of which much is bad news."""
    found = _DEGREE.match(word)
    return bool(found and _BAD_DEGREE.match(found.group(2)) and word not in _known_words())


def take_words(key: str) -> str:
    """The words of a cell as the scales know them."""
    if len(key) > LONGEST_LABEL:
        return key
    words = split_number(key)[1]
    return words if words in _known_words() else tidy_words(words) or key


def tidy_words(words: str) -> str:
    """The words as scales are written: a tool's 'strongly_agree' is 'strongly agree'."""
    return words.replace("_", " ").replace("\ufe0f", "").strip(_MARKS)


def name_family(name: str) -> str:
    """What scales that differ only in their steps have in common: 'agreement' of 'agreement of 5'."""
    return name.split(maxsplit=1)[0].rstrip(",")


def _shows_all(words: Counter[str], places: dict[str, float]) -> bool:
    """Whether every step was chosen, and no two words of the answers are the same step."""
    found = [place for word in words if (place := find_place(word, places)) is not None]
    return len(set(found)) == len(found) == len(set(places.values())) == len(words)


def _agree_with_numbers(cells: Counter[str], places: dict[str, float]) -> int:
    """How well numbers and words of cells ('2 - Disagree') count the same steps: 2 from one, 1 from nought, else 0."""
    steps = len(set(places.values())) - 1
    pairs = set()
    for key in cells:
        number, _ = split_number(key)
        place = find_place(take_words(key), places)
        if number is None or place is None:
            return 0
        pairs.add((number, round(place * steps / 100)))
    starts = {number - step for number, step in pairs} if len(pairs) > 1 else set()
    if len(starts) != 1:
        starts = {number - (steps - step) for number, step in pairs} if len(pairs) > 1 else set()
    return 0 if len(starts) != 1 else 2 if starts == {1} else 1 if starts == {0} else 0


def _place(steps: Steps) -> dict[str, float]:
    return {word: 100 * index / (len(steps) - 1) for index, words in enumerate(steps) for word in words}


@functools.cache
def _known_words() -> frozenset[str]:
    return frozenset(word for steps in SCALES.values() for words in steps for word in words)


def _count_words(cells: Counter[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for key, count in cells.items():
        words[take_words(key)] += count
    return words


def _list_commonest(cells: Counter[str]) -> Iterable[tuple[str, int]]:
    return sorted(cells.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_LABELS]


def _list_possible(words: Counter[str], scales: Mapping[str, dict[str, float]]) -> Iterable[str]:
    """The scales that know any of the words: hardly any column of names or sentences gets further than here."""
    some = any(word in _known_words() or word in scales["extent"] or _DEGREE.match(word) for word in words)
    return scales if some else ()
