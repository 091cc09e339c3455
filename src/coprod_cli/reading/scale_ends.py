"""A header goes in; what it says of the numbers people could tick comes out: their range, which end is good, and codes.

Survey makers write "(1 = completely, 5 = not at all)", "from 1 (poor) to 5 (excellent)" or "(1-5)" behind a question.
A number that it calls "don't know" or the like is a code for 'no answer', never an end of the scale.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from coprod_cli.reading.scale_steps import is_missing, take_words
from coprod_cli.reading.wording import clean_header, make_cell_key, make_key

_LOWEST, _HIGHEST, _LEAST_TOP, _SLIDER_TOP = 1, 10, 3, 100
_NUMBER = r"(?<![\w.])-?\d{1,3}"
_WORD = r"[a-z][a-z' /-]*?"
_STOP = r"(?=\s*(?:[,;.()\[\]]|-?\d|$|\band\b|\bto\b(?= \d)|\bup to\b|\bthrough\b))"
_PAIRS = (
    re.compile(rf"({_NUMBER})\s*(?:=|\bis\b|\bmeans\b|\bmeaning\b|\bbeing\b)\s*['\"]?({_WORD})['\"]?{_STOP}"),
    re.compile(rf"({_NUMBER})\s*\(\s*['\"]?({_WORD})['\"]?\s*\)"),
)
_IN_BRACKETS = re.compile(rf"\b(\d{{1,2}})\s*[:-]?\s*['\"]?({_WORD})['\"]?{_STOP}")
_TURNED = re.compile(rf"({_WORD})\s*(?:=|\()\s*(\d{{1,2}})\b\)?")
# Bounded, because a header may be a whole page of words.
_SAID = r"[a-z][a-z' /-]{0,60}?"
_CODED = (
    re.compile(rf"({_NUMBER})\s*(?:=|:|-|\b(?:is|means|meaning|being|for|if)\b)?\s*\(?\s*['\"]?({_SAID})['\"]?{_STOP}"),
    re.compile(rf"(?P<words>{_SAID})['\"]?\s*(?:=|:|\()\s*(?P<number>-?\d{{1,4}})\b"),
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]")
_LOOSE = (
    re.compile(rf"\b(?P<low>\d{{1,2}})\s+(?P<first>{_WORD})\s*(?:-|\bto\b|\band\b|\.\.+|,)\s*"
               rf"(?P<high>\d{{1,2}})\s+(?P<last>{_WORD})(?=$|[?.,;)\]])"),
    re.compile(rf"(?:^|[(\[:,]|\s-)\s*(?P<first>{_WORD})\s*(?P<low>\d{{1,2}})\s*(?:-|\bto\b|\.\.+)\s*"
               rf"(?P<high>\d{{1,2}})\s*(?P<last>{_WORD})(?=$|[?.,;)\]])"),
)  # fmt: skip
_RANGE = re.compile(rf"({_NUMBER})\s*%?\s*(?:-|to|up to|and)\s*(\d{{1,3}})\b")
_SAYS_RANGE = re.compile(
    r"\b(?:scale|rate|rating|score|mark|marks|points?|from|between|slider)\b[^.?!]{0,25}?"
    r"(?<![\w.])(-?\d{1,3})\s*%?\s*(?:-|to|and)\s*(\d{1,3})\b"
)
_NO_SCALE = re.compile(r"\b(?:age|aged|ages|years?|yrs|months?|weeks?|days?|hours?|minutes?|times|children|stage)\b")
_LAST_BRACKET = re.compile(
    r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[\s*\d{1,2}\s*(?:=|-|:|to\b)[^\[\]]*\])\s*[?.:]?\s*$"
)
_LEADING = re.compile(r"^(?:on|using) a scale (?:of|from)[^,:]*(?:[,:]\s*|$)", re.IGNORECASE)
_DANGLING = re.compile(r"[\s,;:.(\[\-]*\b(?:from|where|with|scale|rate)?\s*$", re.IGNORECASE)
_LITTLE_WORDS = re.compile(r"^(v|the|an?|i) ")
# Words that scales do not hold, but that leave no doubt which end is the good one.
_GOOD = frozenset(
    "best good great highest high top excellent outstanding brilliant positive full yes always strongly fully love "  # noqa: SIM905  # one string reads better than forty
    "completely definitely perfect wonderful amazing fantastic".split()
) | {"very well", "very good", "a lot", "very much", "very positive", "very true", "very happy", "very high"}
_BAD = frozenset(
    "worst bad poor lowest low bottom awful terrible dreadful negative no never none rubbish unacceptable hate "  # noqa: SIM905  # as above
    "inadequate useless".split()
) | {
    "very badly", "very bad", "very poor", "not well", "not at all well", "not at all good", "not good",
    "very negative",
    "not true", "not true at all", "not at all true", "very unhappy", "very low", "not good at all", "very little",
}  # fmt: skip


# Words that are an end or the middle of some scales: a code only if the header names the ends besides.
_HESITANT = frozenset({"not sure", "i'm not sure", "unsure", "no opinion", "no view", "unknown", "not known"})


class Ends(NamedTuple):
    """The numbers of a scale as its header gives them, worst first if that is known.

    named: whether the header says what the ends mean; understood: whether it is known which one is the good one.
    """

    worst: int
    best: int
    named: bool
    understood: bool

    @property
    def why(self) -> str:
        """What was taken from the header, in words."""
        if self.named and self.understood:
            return f"the header says that {self.worst} is the worst and {self.best} the best"
        return f"the header says {min(self.worst, self.best)} to {max(self.worst, self.best)}"


def find_ends(header: str, places: Iterable[dict[str, float]]) -> Ends | None:
    """The range, and if possible the direction, that the header speaks of; None when it speaks of neither.

    Args:
        header: the question as it stands.
        places: the known scales, words to 0 (worst) .. 100 (best), to understand the words of the ends by.
    """
    text = " ".join(clean_header(header).casefold().split())
    codes = find_codes(header)
    labels = {number: words for number, words in _find_labels(text).items() if number not in codes}
    low, high = (min(labels), max(labels)) if labels else (0, 0)
    if len(labels) > 1 and _can_be(low, high):
        return _point(low, high, labels, list(places))
    for pattern in _LOOSE:
        for said in pattern.finditer(text):
            low, high = int(said["low"]), int(said["high"])
            ends = _point(low, high, {low: said["first"], high: said["last"]}, list(places))
            if ends.understood and _can_be(low, high) and not {low, high} & codes:
                return ends
    for found in _list_ranges(text):
        low, high = _leave_codes_out(min(found), max(found), codes)
        if _can_be(low, high):
            return Ends(low, high, named=False, understood=False)
    return None


def find_codes(header: str) -> frozenset[int]:
    """The numbers that the header calls 'no answer': 6 of "(1 = not at all, 5 = completely, 6 = don't know)"."""
    text = " ".join(clean_header(header).casefold().split())
    said = [(int(number), words) for number, words in _CODED[0].findall(text)]
    said += [(int(found["number"]), found["words"]) for found in _CODED[1].finditer(text)]
    coded = {number: take_words(make_cell_key(words)) for number, words in said if _says_none(words)}
    sure = {number for number, words in coded.items() if words not in _HESITANT}
    ends = {number for number in _find_labels(text) if number not in coded}
    ends |= {number for limits in _list_ranges(text) for number in _leave_codes_out(min(limits), max(limits), sure)}
    return frozenset(sure | {number for number in coded if len(ends - {number}) > 1})


def _says_none(words: str) -> bool:
    key = make_cell_key(words)
    return is_missing(key) and key not in _GOOD | _BAD | {"pass", "blank", "missing"}


def _leave_codes_out(low: int, high: int, codes: AbstractSet[int]) -> tuple[int, int]:
    while low in codes and low < high:
        low += 1
    while high in codes and low < high:
        high -= 1
    return low, high


def names_good_end_first(header: str, places: Iterable[dict[str, float]]) -> bool:
    """Whether a bracket names the ends without numbers, the good one first: '(strongly agree to strongly disagree)'."""
    scales = list(places)
    for found in _BRACKET.finditer(" ".join(clean_header(header).casefold().split())):
        ends = re.split(r"\s+(?:-|to)\s+|\s*(?:\.\.+|\u2026)\s*", found.group(1))
        if len(ends) > 1 and _judge(ends[0], scales) > 0 > _judge(ends[-1], scales):
            return True
    return False


def _point(low: int, high: int, labels: dict[int, str], scales: list[dict[str, float]]) -> Ends:
    at_low, at_high = _judge(labels[low], scales), _judge(labels[high], scales)
    if at_low == at_high:
        return Ends(low, high, named=True, understood=False)
    turned = at_low > at_high
    return Ends(high if turned else low, low if turned else high, named=True, understood=True)


def cut_scale_words(text: str) -> str:
    """The question without what it says about its scale, and without any bracket at its end."""
    cut = text
    pairs = [found for pattern in _PAIRS for found in pattern.finditer(cut.casefold())]
    if len(pairs) > 1:
        before, after = cut[: min(each.start() for each in pairs)], cut[max(each.end() for each in pairs) :]
        before = _LEADING.sub("", _DANGLING.sub("", before))
        cut = before if make_key(before) else after.lstrip(" ,;:.)")
    return _LAST_BRACKET.sub("", _LEADING.sub("", cut)).strip()


def _find_labels(text: str) -> dict[int, str]:
    """Number to words, when at least two numbers are given words."""
    inside = [found.group(1) for found in _BRACKET.finditer(text)]
    for pattern in _PAIRS:
        labels = {int(number): words for number, words in pattern.findall(text)}
        if len(labels) > 1:
            return labels
    for part in inside:
        for labels in (
            {int(number): words for words, number in _TURNED.findall(part)},
            {int(number): words for number, words in _IN_BRACKETS.findall(part) if words.strip() != "to"},
        ):
            if len(labels) > 1:
                return {number: words.strip() for number, words in labels.items()}
    return {}


def _list_ranges(text: str) -> Iterable[tuple[int, int]]:
    for found in _BRACKET.finditer(text):
        limits = _RANGE.search(found.group(1))
        if limits and not _NO_SCALE.search(found.group(1)):
            yield int(limits.group(1)), int(limits.group(2))
    said = _SAYS_RANGE.search(text)
    if said:
        yield int(said.group(1)), int(said.group(2))


def _can_be(low: int, high: int) -> bool:
    if low < 0:
        return low == -high and high < _HIGHEST
    return low <= _LOWEST and (_LEAST_TOP <= high <= _HIGHEST or high == _SLIDER_TOP)


def _judge(words: str, scales: list[dict[str, float]]) -> int:
    """1 for the good end, -1 for the bad one, 0 when the words are not understood."""
    key = _LITTLE_WORDS.sub(lambda found: "very " if found.group(1).startswith("v") else "", make_cell_key(words))
    if key in _GOOD | _BAD:
        return 1 if key in _GOOD else -1
    known = {100 * round(place / 100) for scale in scales if (place := scale.get(key)) is not None and place != 50}  # noqa: PLR2004  # the middle points nowhere
    return 0 if len(known) != 1 else 1 if known.pop() else -1
