"""A survey's files and what is wanted go in; a folder with a workbook for each coder, and what to do next, come out."""

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import NamedTuple

from coprod_cli import __version__
from coprod_cli.cli.saving import check_folder, refuse_changed, save_folder
from coprod_cli.cli.terminal import name_path, write_line
from coprod_cli.coding import CHANCES, Asked, Draw, code_answers, draw_answers, draw_lot
from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.sheets import CodingSheet, SheetRow, Suggestion
from coprod_cli.model.survey import ColumnKind, Scale, Survey
from coprod_cli.model.tables import AnchorValue, Answer, Mention, Rating, Response, rows
from coprod_cli.protecting import mask_survey
from coprod_cli.reading import read_framework, read_mapping, read_survey, require_questions
from coprod_cli.reporting import write_coding_folder
from coprod_cli.summarising import find_places
from coprod_cli.telling import start_sentence

Place = tuple[str, str]


class Wanted(NamedTuple):
    """How many answers for how many coders, drawn how, with or without what the machine says; salt: of the ids."""

    sample: int
    coders: int
    seed: int
    engine: str
    salt: str | None
    blind: bool
    split: bool


def write_sheets(
    paths: Sequence[Path],
    wanted: Wanted,
    folder: Path,
    framework_path: Path | None,
    mapping_path: Path | None,
    *,
    keep_partial: bool,
    force: bool,
    quiet: bool,
) -> None:
    """Draw the answers, write all workbooks together, and say what to do with them.

    Raises:
        UnreadableSurveyError: the survey cannot be read, or nobody wrote anything.
        CannotWriteError: the folder may not be replaced, or somebody has filled in a workbook there.
    """
    check_folder(folder, force=force)
    refuse_changed(folder)
    framework = read_framework(framework_path)
    mapping = read_mapping(mapping_path) if mapping_path else None
    read = read_survey(paths, framework, mapping, keep_partial=keep_partial, salt=wanted.salt)
    survey = mask_survey(require_questions(read))
    places = find_places(survey, wanted.salt)
    asked = _list_asked(survey, places)
    draw = draw_answers(asked, framework, CHANCES[wanted.engine], wanted.sample, wanted.seed)
    if not draw.chances:
        raise UnreadableSurveyError(
            "There is no answer in words to code.",
            "See with coprod inspect which columns were taken for open questions, and name them with --map.",
        )
    sheets = tuple(_make_sheets(survey, places, draw, wanted, framework))
    chosen = {name: value for name, value in wanted._asdict().items() if name != "salt"}
    settings = {
        "coprod_version": __version__,
        "inputs": [{"name": each.name, "sha256": each.sha256} for each in survey.sources],
        "mapping_sha256": mapping.sha256 if mapping else "",
        "settings": {**chosen, "keep_partial": keep_partial},
    }
    save_folder(write_coding_folder(sheets, draw.chances, framework, settings), folder, force=force)
    if not quiet:
        for line in _tell(sheets, draw, wanted, folder):
            write_line(line)


def _list_asked(survey: Survey, places: Mapping[str, Place]) -> dict[str, Asked]:
    """Every answer by its id, as the machine sees it."""
    texts = {each.name: each.text for each in survey.questions}
    roles = {each.response: each.role for each in rows(survey.responses, Response)}
    words = {(each.response, each.question): each.masked for each in rows(survey.answers, Answer)}
    return {
        name: Asked(words[response, question], texts.get(question, ""), roles.get(response, "other"))
        for name, (response, question) in places.items()
    }


def _make_sheets(
    survey: Survey, places: Mapping[str, Place], draw: Draw, wanted: Wanted, framework: Framework
) -> Iterator[CodingSheet]:
    """A sheet for each coder, in an order of the coder's own."""
    answers = _list_asked(survey, places)
    suggestions = {} if wanted.blind else _suggest(survey, {places[each] for each in draw.chances}, framework, wanted)
    closed = _list_closed(survey, framework)
    ticked = _list_ticked(survey)
    forms = {each.response: each for each in rows(survey.responses, Response)}
    dealt = sorted(draw.chances, key=lambda name: (draw_lot(wanted.seed, "deal", name), name))
    for number in range(wanted.coders):
        coder = f"coder-{number + 1}"
        own = dealt[number :: wanted.coders] if wanted.split else dealt
        listed = []
        for name in sorted(own, key=lambda name: (draw_lot(wanted.seed, coder, name), name)):
            form, said = forms[places[name][0]], answers[name]
            listed.append(
                SheetRow(
                    id=name,
                    project=form.project,
                    wave=form.wave,
                    role=form.role,
                    question=said.question,
                    words=said.words,
                    closed=tuple(ticked.get((form.response, each), "") for each in closed),
                    suggestions=suggestions.get(places[name], ()),
                    weight=1 / draw.chances[name],
                )
            )
        yield CodingSheet(coder, tuple(listed), tuple(closed.values()), wanted.blind, draw.frame, len(draw.chances))


def _suggest(
    survey: Survey, drawn: set[Place], framework: Framework, wanted: Wanted
) -> dict[Place, tuple[Suggestion, ...]]:
    """What the machine finds in the answers drawn, by theme."""
    keep = [place in drawn for place in zip(survey.answers["response"], survey.answers["question"], strict=True)]
    answers = survey.answers[keep]
    words = {(each.response, each.question): each.masked for each in rows(answers, Answer)}
    texts = {each.name: each.text for each in survey.questions}
    roles = {each.response: each.role for each in rows(survey.responses, Response)}
    found: dict[Place, tuple[Suggestion, ...]] = {}
    for each in rows(code_answers(answers, texts, roles, framework, wanted.engine), Mention):
        place = each.response, each.question
        evidence = words[place][each.start : each.end]
        suggestion = Suggestion(each.theme, each.stance, each.level, each.unsure, evidence)
        found[place] = (*found.get(place, ()), suggestion)
    return found


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


def _tell(sheets: Sequence[CodingSheet], draw: Draw, wanted: Wanted, folder: Path) -> Iterator[str]:
    drawn = len(draw.chances)
    yield f"{drawn} of {draw.frame} answers drawn: half of the chance the same for all, half by rarity and doubt."
    if draw.silent:
        yield f'{draw.silent} answers that say nothing, such as "n/a", were left out.'
    if drawn < wanted.sample:
        yield f"There are no more than {drawn}."
    for each in sheets:
        path = folder / f"{each.coder}.xlsx"
        yield f"  {path}  {len(each.rows)} answers{', without suggestions' if each.blind else ''}"
    yield f"  {folder / 'sample.csv'}  chance and weight of each answer drawn"
    yield "These hold people's own words, masked by machine: give them to the coders and to nobody else."
    if len(sheets) > 1 and not wanted.split:
        named = " ".join(name_path(folder / f"{each.coder}.xlsx") for each in sheets)
        yield f"When all have finished: coprod agree {named}"
