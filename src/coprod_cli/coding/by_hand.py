"""The machine's mentions and people's codes go in; the mentions that count, a person's before a machine's, come out.

Where two people coded an answer, the codes of the one named first count, so that what both settled can be given first.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.survey import Notice
from coprod_cli.model.tables import Answer, Mention, require, rows, table

Place = tuple[str, str]
_PLACE = ["response", "question"]
# What a person leaves open, where the machine did not find the theme, either.
_STANCE, _LEVEL = "neutral", "project"
_SHOWN = 8
# Weights are the same to so much of themselves: files hold six decimals. Sums are too far off from so many standard
# deviations on, a convention.
_SAME, _FAR = 1e-4, 3.0
_TWO_DRAWS = Notice(
    "several-draws",
    "The files of codes are of several draws from this survey, and their weights do not go together. All codes count, "
    "but they do not say how well the machine does, and correct no share.",
    hint="To have that measured, give only the coding sheets that one run of coprod sheet made.",
)
_WORD = re.compile(r"(?<!\S)\S")
_HINT = (
    "Codes go by the ids of coded_answers.csv, made of this same survey with the same --salt or none. Without --salt "
    "all ids change as soon as the survey has a form more or less: take --salt for both runs where it still grows."
)


class _Filled(NamedTuple):
    """A person's code, the machine's of its theme in the answer, and what counts as its stance and level.

    left_open: which of these the person did not say, as in LEFT_OPEN.
    """

    code: Code
    alike: Sequence[Mention]
    stance: str
    level: str
    left_open: str


@dataclass(frozen=True)
class ByHand:
    """Mentions once people's codes have taken their place.

    mentions: Mention rows that count. replaced: the machine's, of answers that people coded. answers: response and
    question of each answer that people coded, with who did. empty: of these, those without a theme. weights: of each
    of them, how many answers it stands for where something is measured, 0 for none but itself; empty where all count
    alike. notices: what to tell.
    """

    mentions: pd.DataFrame
    replaced: pd.DataFrame
    answers: Mapping[Place, str]
    empty: Collection[Place]
    notices: tuple[Notice, ...] = ()
    weights: Mapping[Place, float] = field(default_factory=dict)

    def list_all(self) -> pd.DataFrame:
        """The mentions that count, and one without a theme for each answer in which people found none."""
        nothing = [Mention(*place, "", "", "", 1.0, 0, 0, self.answers[place]) for place in sorted(self.empty)]
        if not nothing:
            return self.mentions
        return table([*rows(self.mentions, Mention), *nothing], Mention)


def put_codes(
    mentions: pd.DataFrame, codings: Sequence[Coding], places: Mapping[str, Place], answers: pd.DataFrame
) -> ByHand:
    """People's codes in the place of the machine's.

    What a person's file leaves open is taken from what the machine found of the same theme there: its evidence and
    stance; where it found none, the evidence is the whole answer, the stance neutral. A level that the person cannot
    tell is the joint work, which the questions are about; so is one that a file without any level leaves open, unless
    the machine says otherwise of the same theme. Mention.left_open tells what was not the person's.

    Args:
        mentions: Mention rows of the machine.
        codings: of people, by the ids of answers that outputs show; the first counts where several coded an answer.
        places: response and question by these ids.
        answers: Answer rows.

    Raises:
        SettingsFileError: there is an id that this survey does not have.
    """
    words = {(each.response, each.question): each.masked for each in rows(answers, Answer)}
    coder_of: dict[Place, str] = {}
    codes: dict[Place, list[Code]] = {}
    levelled: set[Place] = set()
    seen: set[Place] = set()
    twice = 0
    for coding in codings:
        _require_known(coding, places)
        fresh = {places[each] for each in coding.answers} - set(coder_of)
        twice += len(coding.answers) - len(fresh)
        levelled |= fresh if coding.says_level else set()
        coder_of |= dict.fromkeys(fresh, coding.who)
        seen |= fresh & {places[each] for each in coding.seen}
        for code in coding.codes:
            if places[code.answer] in fresh:
                codes.setdefault(places[code.answer], []).append(code)
    is_replaced = pd.MultiIndex.from_frame(mentions[_PLACE]).isin(list(coder_of))
    kept, replaced = mentions[~is_replaced], mentions[is_replaced].reset_index(drop=True)
    found: dict[Place, list[Mention]] = {}
    for each in rows(replaced, Mention):
        found.setdefault((each.response, each.question), []).append(each)
    taken = [
        mention
        for place, own in sorted(codes.items())
        for mention in _take_codes(
            place, _fill(own, found.get(place, []), levelled=place in levelled), words[place], coder_of[place]
        )
    ]
    counting = require(table([*rows(kept, Mention), *taken], Mention), Mention)
    told = _gather_weights(codings, places)
    weights = _list_weights(told, seen, coder_of)
    notices = (
        *_note_twice(twice, [coding.who for coding in codings]),
        *_note_left_out(codings),
        *_note_weights(weights, seen),
    )
    if any(weights.values()) and not _is_one_draw(told, len(answers)):
        weights, notices = dict.fromkeys(weights, 0.0), (*notices, _TWO_DRAWS)
    return ByHand(counting, replaced, coder_of, frozenset(coder_of) - set(codes), notices, weights)


def _require_known(coding: Coding, places: Mapping[str, Place]) -> None:
    unknown = [row for answer, row in zip(coding.answers, coding.rows, strict=True) if answer not in places]
    if not unknown:
        return
    where = f" ({coding.file})" if coding.file else ""
    if len(unknown) == len(coding.answers):
        what = (
            f"The codes of {coding.who}{where} are of another survey: none of their {len(unknown)} answers is in this "
            "one."
        )
        raise SettingsFileError(what, _HINT, min(unknown))
    listed = ", ".join(map(str, sorted(unknown)[:_SHOWN])) + (" and more" if len(unknown) > _SHOWN else "")
    what = (
        f"The codes of {coding.who}{where}: {len(unknown)} of their {len(coding.answers)} answers are not in this "
        f"survey (row {listed})."
    )
    raise SettingsFileError(what, f"Was an id changed there? {_HINT}", min(unknown))


def _fill(codes: Iterable[Code], machine: Sequence[Mention], *, levelled: bool) -> Iterator[_Filled]:
    """One person's codes of one answer, with what a rule says where they do not.

    levelled: whether their file says levels at all, so that an empty one is one that they could not tell.
    """
    for code in codes:
        alike = sorted(
            (each for each in machine if each.theme == code.theme),
            key=lambda each: (each.stance != code.stance, each.level != code.level, each.start),
        )
        stance = code.stance or (alike[0].stance if alike else _STANCE)
        level = code.level or (alike[0].level if alike and not levelled else _LEVEL)
        left_open = " and ".join(name for name, said in (("stance", code.stance), ("level", code.level)) if not said)
        yield _Filled(code, alike, stance, level, left_open)


def _take_codes(place: Place, codes: Iterable[_Filled], words: str, who: str) -> Iterator[Mention]:
    """One person's codes of one answer; two of one theme never start at the same character."""
    taken: set[tuple[str, str, str]] = set()
    starts: set[tuple[str, int]] = set()
    for code, alike, stance, level, left_open in codes:
        spans = list(_list_spans(code, alike, words))
        start, end = next((span for span in spans if (code.theme, span[0]) not in starts), spans[-1])
        if (code.theme, start) in starts:
            later = [each.start() for each in _WORD.finditer(words, start + 1)] or [start + 1]
            start = next((each for each in later if (code.theme, each) not in starts), max(later) + 1)
            end = max(end, start + 1)
        if (code.theme, stance, level) in taken and not _is_marked(code, words):
            continue
        starts.add((code.theme, start))
        taken.add((code.theme, stance, level))
        yield Mention(*place, code.theme, stance, level, 1.0, start, end, who, left_open=left_open)


def _list_spans(code: Code, machine: Sequence[Mention], words: str) -> Iterator[tuple[int, int]]:
    """Where the evidence may stand, the best first: as marked, as quoted, the machine's, the whole answer."""
    if _is_marked(code, words):
        yield code.start, code.end
    quoted = words.find(code.words) if code.words else -1
    if quoted >= 0:
        yield quoted, quoted + len(code.words)
    yield from ((each.start, each.end) for each in machine)
    yield 0, len(words)


def _is_marked(code: Code, words: str) -> bool:
    return code.start < code.end <= len(words)


def _gather_weights(codings: Sequence[Coding], places: Mapping[str, Place]) -> dict[Place, list[float]]:
    """Of each answer every weight that a file gives it, save where the machine's codes were in sight."""
    told: dict[Place, list[float]] = {}
    for coding in codings:
        for name, weight in coding.weights.items():
            if name not in coding.seen:
                told.setdefault(places[name], []).append(weight)
    return told


def _list_weights(
    told: Mapping[Place, Sequence[float]], seen: Collection[Place], coded: Collection[Place]
) -> dict[Place, float]:
    """What each answer that people coded stands for; nothing where no file says so, and all count alike.

    The first file that says more than nothing of an answer counts. Beside answers that were drawn by their chances, one
    of which no file says how it was come by stands for itself alone.
    """
    if not told and not seen:
        return {}
    first = {place: next(filter(None, weights), 0.0) for place, weights in told.items()}
    other = 0.0 if any(first.values()) else 1.0
    return {place: 0.0 if place in seen else first.get(place, other) for place in sorted(coded)}


def _is_one_draw(told: Mapping[Place, Sequence[float]], answers: int) -> bool:
    """Whether all weights can be of one draw: an answer has one weight, and they add up to no more than the survey.

    Of answers drawn one by one, the sum of the weights has the variance sum w (w - 1) (Horvitz and Thompson 1952).
    """
    drawn = [sorted(filter(None, weights)) for weights in told.values() if any(weights)]
    if any(not math.isclose(weights[0], weights[-1], rel_tol=_SAME) for weights in drawn):
        return False
    each = [weights[0] for weights in drawn]
    spread = math.sqrt(sum(weight * max(weight - 1, 0.0) for weight in each))
    return sum(each) <= answers + _FAR * spread + _SAME * answers


def _note_weights(weights: Mapping[Place, float], seen: Collection[Place]) -> Iterator[Notice]:
    if seen:
        coded, these = ("these answers", "the answers") if len(seen) == len(weights) else ("some answers", "these")
        message = (
            f"People saw the machine's suggestions when they coded {coded}, so {these} cannot tell how well the "
            "machine codes. Their codes count like any other."
        )
        hint = "To have the machine measured, use coprod sheet --blind."
        yield Notice("coded-in-sight", message, hint=hint)
    if any(not weight for place, weight in weights.items() if place not in seen):
        message = (
            "Some answers that people coded were not drawn by lot. Their codes count like any other, but they do not "
            "say how well the machine does, and correct no share."
        )
        hint = "To have that measured, code what coprod sheet draws. What coprod suggest gives is picked, not drawn."
        yield Notice("answers-not-drawn", message, hint=hint)


def _note_twice(twice: int, people: Sequence[str]) -> tuple[Notice, ...]:
    if not twice:
        return ()
    message = (
        "Some answers were coded by several people. Of these the codes of whoever comes first here count: "
        f"{', '.join(dict.fromkeys(people))}."
    )
    hint = "coprod agree says how far they agree; give a file with what they settled on first."
    return (Notice("coded-twice", message, hint=hint),)


def _note_left_out(codings: Sequence[Coding]) -> tuple[Notice, ...]:
    if not any(coding.left_out for coding in codings):
        return ()
    message = "A file of codes holds the machine's codes beside a person's: the machine's were left out of it."
    return (Notice("machine-in-codes", message),)
