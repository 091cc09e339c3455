"""A survey's files, or the folder of a run, go in; every answer there is to code, with its codes, comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import isnan
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from coprod_cli.cli.machines import choose_machine
from coprod_cli.cli.terminal import name_path
from coprod_cli.coding import (
    CHANCES,
    Machine,
    code_answers,
    is_left_to_a_person,
    list_known,
    note_languages,
    put_codes,
)
from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.codes import Coding
from coprod_cli.model.errors import UnreadableSurveyError, UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Notice, Scale, Survey
from coprod_cli.model.tables import RATIO_DECIMALS, AnchorValue, Answer, Mention, Rating, Response, rows, table
from coprod_cli.protecting import mask_survey
from coprod_cli.reading import (
    CODES,
    CODING_SHEET,
    REVIEW,
    find_codes,
    read_coded,
    read_framework,
    read_mapping,
    read_people,
    read_survey,
    require_questions,
)
from coprod_cli.reporting import SAMPLE
from coprod_cli.summarising import Renamer, find_places
from coprod_cli.telling import start_sentence

Place = tuple[str, str]
# Before the command by which codes are checked.
_ON_WITH_CODES = {
    CODING_SHEET: "To fill it in, open it in a spreadsheet. To check what is coded:",
    REVIEW: "To go on with it, give the survey and this file with --out. To check what is coded, beginning from it:",
    CODES: "Give the survey, and this file with --codes, as in",
}
# Fewer answers in another language are not told of: their number would tell of few people.
_FEW = 5


class Gathering(NamedTuple):
    """How a survey is read and coded. engine: empty for none, where nothing is to be coded by machine.

    coder: a learnt coder in the place of an engine, LEARNT then; its framework counts where none is given.
    codes: files of people's codes with what to call each coder; the first counts where several coded an answer.
    everybody: whether nobody's codes take another's place, but all stand side by side, the machine's among them.
    """

    mapping: Path | None = None
    framework: Path | None = None
    keep_partial: bool = False
    salt: str | None = None
    engine: str = "trained"
    codes: tuple[tuple[str, Path], ...] = ()
    everybody: bool = False
    coder: Path | None = None


def gather(paths: Sequence[Path], how: Gathering) -> CodedAnswers:
    """Every answer of a survey, or of a results folder made for the data's holder, with its codes.

    A folder tells of itself how it was made: nothing of `how` but the codes changes it.

    Raises:
        UsageError: a folder is given beside something else, or with options that only a survey bears.
        CoprodError: a file cannot be read or does not say what it should.
    """
    known = _gather_folder(paths, how) if any(is_results(path) for path in paths) else _gather_survey(paths, how)
    if not known.engine:
        return known
    unread = {name for name, each in known.answers.items() if is_left_to_a_person(each.words)}
    # Of an answer that a person coded the machine's codes are gone, unless all stand side by side.
    unread |= set() if how.everybody else set(known.by_hand)
    # What a coder of one's own looks for is not known from its name: all its framework's themes, as a rule.
    everything = tuple(theme.id for theme in known.framework.themes)
    themes = list_known(known.framework, known.engine) if known.engine in CHANCES else everything
    return replace(known, machine_themes=themes, unread=frozenset(unread))


def is_results(path: Path) -> bool:
    """Whether it is the folder of a run, rather than a survey or a folder with a survey's files."""
    return path.is_dir() and (path / "results.json").exists()


def refuse_options(how: Gathering) -> None:
    """Refuse what only a survey bears, where a results folder is given.

    Raises:
        UsageError: there is such an option.
    """
    if how.mapping or how.framework or how.keep_partial or how.salt:
        what = "A results folder bears no --map, --framework, --keep-partial or --salt: it was made with its own."
        raise UsageError(what, "Leave them out, or give the survey itself.")


def _refuse_codes(paths: Sequence[Path]) -> None:
    """Codes have ids of their own answers: read as a survey they would all get new ones, and fit nothing any more."""
    for path in paths:
        if (path / SAMPLE).exists() and any(path.glob("*.xlsx")):
            what = f"{path.name} is a folder with coding sheets, and no survey."
            raise UnreadableSurveyError(what, "Give the survey that they were drawn from.")
        if kind := find_codes(path):
            again = f"coprod review SURVEY --codes {name_path(path)}"
            raise UnreadableSurveyError(
                f"{path.name} is no survey: it is a {kind}.",
                f"{_ON_WITH_CODES[kind]} {again}",
            )


def _gather_survey(paths: Sequence[Path], how: Gathering) -> CodedAnswers:
    _refuse_codes(paths)
    # A coder of one's own brings its framework, also where it is not to code.
    machine: Machine | str = how.engine
    if how.coder:
        machine, framework = choose_machine(how.engine, how.coder, how.framework)
    else:
        framework = read_framework(how.framework)
    mapping = read_mapping(how.mapping) if how.mapping else None
    codings = [each for who, path in how.codes for each in read_people(path, framework, who)]
    read = read_survey(paths, framework, mapping, keep_partial=how.keep_partial, salt=how.salt)
    survey = mask_survey(require_questions(read))
    texts = {each.name: each.text for each in survey.questions}
    roles = {each.response: each.role for each in rows(survey.responses, Response)}
    mentions = table([], Mention)
    if how.engine:
        mentions = code_answers(survey.answers, texts, roles, framework, machine)
    places = find_places(survey, how.salt)
    by_hand = _put(mentions, codings, places, survey.answers, everybody=how.everybody)
    closed = _list_closed(survey, framework)
    return _join(
        CodedAnswers(
            framework=framework,
            answers=_list_answers(survey, places, closed, how.salt),
            found={},
            closed=tuple(closed.values()),
            engine=how.engine,
            sources=tuple((each.name, each.sha256) for each in survey.sources),
            mapping_sha256=mapping.sha256 if mapping else "",
            levelless=_list_levelless(codings),
            notices=(*survey.notices, *by_hand.notices, *note_languages(survey.answers, _FEW)),
        ),
        by_hand,
        places,
    )


def _gather_folder(paths: Sequence[Path], how: Gathering) -> CodedAnswers:
    if len(paths) > 1:
        raise UsageError("A results folder is given beside other files.", "Give one folder, or the survey's files.")
    refuse_options(how)
    read = read_coded(paths[0])
    if not how.codes:
        return read
    places = {name: (name, "") for name in read.answers}
    found = [Mention(name, "", *_spread(mark)) for name, marks in read.found.items() for mark in marks]
    answers = [Answer(name, "", each.words, each.words) for name, each in read.answers.items()]
    codings = [each for who, path in how.codes for each in read_people(path, read.framework, who)]
    asked = table(answers, Answer)
    by_hand = _put(table(found, Mention), codings, places, asked, everybody=how.everybody)
    earlier: dict[Place, tuple[str, ...]] = {places[name]: (who,) for name, who in read.by_hand.items()}
    looked: dict[Place, tuple[str, ...]] = {**earlier, **by_hand.looked}
    if how.everybody:
        looked |= {place: (*who, *by_hand.looked.get(place, ())) for place, who in earlier.items()}
    levelless = read.levelless | _list_levelless(codings)
    return _join(replace(read, notices=by_hand.notices, levelless=levelless), by_hand._replace(looked=looked), places)


def _list_levelless(codings: Sequence[Coding]) -> frozenset[str]:
    return frozenset(coding.who for coding in codings) - {coding.who for coding in codings if coding.says_level}


class _ByHand(NamedTuple):
    """Mentions by machine and by hand, who looked at which answers by hand, what each weighs, and what to tell."""

    mentions: tuple[pd.DataFrame, ...]
    looked: Mapping[Place, tuple[str, ...]]
    weights: Mapping[Place, float]
    notices: tuple[Notice, ...] = ()


def _put(
    mentions: pd.DataFrame,
    codings: Sequence[Coding],
    places: Mapping[str, Place],
    answers: pd.DataFrame,
    *,
    everybody: bool,
) -> _ByHand:
    """People's codes in the place of the machine's, or beside them and each other's."""
    if not everybody:
        put = put_codes(mentions, codings, places, answers)
        return _ByHand((put.mentions,), {place: (who,) for place, who in put.answers.items()}, put.weights, put.notices)
    looked: dict[Place, tuple[str, ...]] = {}
    weights: dict[Place, float] = {}
    tables = [mentions]
    for coding in codings:
        put = put_codes(mentions, [coding], places, answers)
        tables.append(put.mentions[put.mentions["coder"] == coding.who])
        looked |= {place: (*looked.get(place, ()), coding.who) for place in put.answers}
        # What anybody saw suggestions for tells nothing of the machine, whoever else coded it.
        weights |= {place: min(weight, weights.get(place, weight)) for place, weight in put.weights.items()}
    return _ByHand(tuple(tables), looked, weights)


def _spread(mark: Marked) -> tuple[str, str, str, float, int, int, str, bool]:
    return mark.theme, mark.stance, mark.level, mark.confidence, mark.start, mark.end, mark.coder, mark.unsure


def _take_mark(each: Mention) -> Marked:
    """A mention without what a rule filled in for the person who coded it."""
    sureness = round(each.confidence, RATIO_DECIMALS)
    stance = "" if "stance" in each.left_open else each.stance
    level = "" if "level" in each.left_open else each.level
    return Marked(each.theme, stance, level, each.start, each.end, sureness, each.unsure, each.coder)


def _join(
    known: CodedAnswers,
    by_hand: _ByHand,
    places: Mapping[str, Place],
) -> CodedAnswers:
    """The same with these codes."""
    names = {place: name for name, place in places.items()}
    found: dict[str, list[Marked]] = {}
    for each in chain.from_iterable(rows(part, Mention) for part in by_hand.mentions):
        found.setdefault(names[each.response, each.question], []).append(_take_mark(each))
    looked = by_hand.looked
    return replace(
        known,
        found={name: tuple(sorted(found[name])) for name in sorted(found)},
        by_hand=dict(sorted((names[place], who[0]) for place, who in looked.items())),
        looked=dict(sorted((names[place], who) for place, who in looked.items())),
        weights=dict(sorted((names[place], weight) for place, weight in by_hand.weights.items())),
    )


def _list_answers(
    survey: Survey, places: Mapping[str, Place], closed: Mapping[str, str], salt: str | None
) -> dict[str, AskedAnswer]:
    texts = {each.name: each.text for each in survey.questions}
    forms = {each.response: each for each in rows(survey.responses, Response)}
    words = {(each.response, each.question): each.masked for each in rows(survey.answers, Answer)}
    ticked = _list_ticked(survey)
    rename = Renamer(survey, salt)
    listed = {}
    for name in sorted(places):
        response, question = places[name]
        form = forms[response]
        listed[name] = AskedAnswer(
            id=name,
            words=words[response, question],
            question=texts.get(question, ""),
            role=form.role,
            project=form.project,
            wave=form.wave,
            person=rename.name_person(form.person),
            closed=tuple(ticked.get((response, each), "") for each in closed),
        )
    return listed


def _list_closed(survey: Survey, framework: Framework) -> dict[str, str]:
    """The closed questions that anybody answered, by name, as they were asked."""
    answered = {*survey.ratings["item"], *survey.anchors["anchor"]}
    texts = {each.name: each.text for each in survey.questions} | {each.id: each.text for each in framework.anchors}
    return {name: text for name, text in texts.items() if name in answered} | {
        name: name for name in sorted(answered - texts.keys())
    }


def _list_ticked(survey: Survey) -> dict[tuple[str, str], str]:
    """By response and question, what was ticked, in the words of the survey where they are known."""
    scales: dict[str, list[Scale]] = {}
    for source in survey.sources:
        for column in source.columns:
            if column.kind in (ColumnKind.ITEM, ColumnKind.ANCHOR) and column.scale:
                scales.setdefault(column.name, []).append(column.scale)
    ratings = [(each.response, each.item, each.score) for each in rows(survey.ratings, Rating)]
    anchors = [(each.response, each.anchor, each.value) for each in rows(survey.anchors, AnchorValue)]
    return {
        (response, name): _say_ticked(value, scales.get(name, ()))
        for response, name, value in (*ratings, *anchors)
        if not isnan(value)
    }


def _say_ticked(value: float, scales: Sequence[Scale]) -> str:
    """The first word of a scale that means this value; without one, the value itself, where 100 is best."""
    for scale in scales:
        place = value if scale.direction > 0 else 100 - value
        for word, at in scale.places.items():
            if abs(at - place) < 0.001:  # noqa: PLR2004  # rounding aside
                return start_sentence(word)
    return f"{value:.0f} of 100"
