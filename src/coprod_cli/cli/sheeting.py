"""A survey's files and what is wanted go in; a folder with a workbook for each coder, and what to do next, come out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from coprod_cli import __version__
from coprod_cli.cli.gathering import Gathering, gather
from coprod_cli.cli.machines import choose_machine_for
from coprod_cli.cli.retyping import name_codes, name_settings, name_survey
from coprod_cli.cli.saving import check_folder, refuse_changed, save_folder
from coprod_cli.cli.terminal import name_path, write_line
from coprod_cli.coding import (
    Asked,
    Draw,
    Machine,
    code_answers,
    draw_answers,
    draw_lot,
)
from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.sheets import CodingSheet, SheetRow, Suggestion
from coprod_cli.model.tables import Answer, Mention, rows, table
from coprod_cli.reporting import SAMPLE, write_coding_folder, write_drawn

_ROUNDING = 1e-9


class Wanted(NamedTuple):
    """How many answers for how many coders, drawn by which lots, with or without what the machine says."""

    sample: int
    coders: int
    seed: int
    blind: bool
    split: bool


def write_sheets(
    paths: Sequence[Path], how: Gathering, wanted: Wanted, folder: Path, *, force: bool, quiet: bool
) -> None:
    """Draw the answers, write all workbooks together, and say what to do with them.

    Raises:
        UnreadableSurveyError: the survey cannot be read, or nobody wrote anything.
        CannotWriteError: the folder may not be replaced, or somebody has filled in a workbook there.
    """
    check_folder(folder, force=force)
    refuse_changed(folder)
    told = gather(paths, how._replace(engine="") if wanted.blind else how)
    machine = choose_machine_for(told.framework, how.engine, how.coder)
    asked = {name: ask(answer) for name, answer in told.answers.items()}
    draw = draw_answers(asked, told.framework, machine.chances, wanted.sample, wanted.seed)
    if not draw.chances:
        raise UnreadableSurveyError(
            "There is no answer in words to code.",
            "See with coprod inspect which columns were taken for open questions, and name them with --map.",
        )
    if not wanted.blind:
        told = _ask_machine(told, draw, machine)
    sheets = tuple(_make_sheets(told, draw, wanted))
    settings = {**wanted._asdict(), "engine": how.engine, "keep_partial": how.keep_partial}
    made = list_made(told, machine, settings)
    files = write_coding_folder(sheets, (SAMPLE, write_drawn(draw.chances)), told.framework, made)
    save_folder(files, folder, force=force, private=files)
    if not quiet:
        again = f"{name_survey(paths)}{name_settings(how)}"
        themes = name_settings(Gathering(framework=how.framework))
        for line in _tell(sheets, draw, wanted, folder, again, themes):
            write_line(line)


def ask(answer: AskedAnswer) -> Asked:
    """An answer as the machine sees it."""
    return Asked(answer.words, answer.question, answer.role)


def list_made(told: CodedAnswers, machine: Machine, settings: Mapping[str, object]) -> dict[str, object]:
    """What the manifest of a folder for coders says of how its answers were chosen: from what, by whom, and how."""
    return {
        "coprod_version": __version__,
        "inputs": [{"name": name, "sha256": sha256} for name, sha256 in told.sources],
        "mapping_sha256": told.mapping_sha256,
        "coder_sha256": machine.sha256,
        "settings": settings,
    }


def _ask_machine(told: CodedAnswers, draw: Draw, machine: Machine) -> CodedAnswers:
    """The same with the machine's codes in place of people's, of answers that people coded."""
    coded = sorted(told.by_hand.keys() & draw.chances.keys())
    asked = {name: told.answers[name] for name in coded}
    answers = table((Answer(name, name, each.words, each.words) for name, each in asked.items()), Answer)
    questions = {name: each.question for name, each in asked.items()}
    roles = {name: each.role for name, each in asked.items()}
    found: dict[str, list[Marked]] = {name: [] for name in coded}
    for each in rows(code_answers(answers, questions, roles, told.framework, machine), Mention):
        mark = Marked(
            each.theme, each.stance, each.level, each.start, each.end, each.confidence, each.unsure, machine.name
        )
        found[each.response].append(mark)
    return replace(told, found={**told.found, **{name: tuple(sorted(marks)) for name, marks in found.items()}})


def _make_sheets(told: CodedAnswers, draw: Draw, wanted: Wanted) -> Iterator[CodingSheet]:
    """A sheet for each coder, in an order of the coder's own."""
    dealt = sorted(draw.chances, key=lambda name: (draw_lot(wanted.seed, "deal", name), name))
    for number in range(wanted.coders):
        coder = f"coder-{number + 1}"
        own = dealt[number :: wanted.coders] if wanted.split else dealt
        order = sorted(own, key=lambda name: (draw_lot(wanted.seed, coder, name), name))
        listed = tuple(make_row(told, name, 1 / draw.chances[name], blind=wanted.blind) for name in order)
        yield CodingSheet(coder, listed, told.closed, wanted.blind, draw.frame, len(draw.chances))


def make_row(told: CodedAnswers, name: str, weight: float, *, blind: bool) -> SheetRow:
    """The row of one answer in a workbook."""
    said = told.answers[name]
    return SheetRow(
        id=name,
        project=said.project,
        wave=said.wave,
        role=said.role,
        question=said.question,
        words=said.words,
        closed=said.closed,
        suggestions=() if blind else tuple(_suggest(told, name)),
        weight=weight,
    )


def _suggest(told: CodedAnswers, name: str) -> Iterator[Suggestion]:
    """What the machine finds in an answer, by theme."""
    words = told.answers[name].words
    for each in told.found.get(name, ()):
        yield Suggestion(each.theme, each.stance, each.level, each.unsure, words[each.start : each.end])


def _count_worth(draw: Draw) -> float:
    """How many answers drawn alike would tell as much of the survey as these do (Kish 1965, Survey Sampling)."""
    weights = [1 / chance for chance in draw.chances.values()]
    return sum(weights) ** 2 / sum(weight**2 for weight in weights)


def _say_chances(draw: Draw) -> str:
    """How they were drawn; nothing where all were taken."""
    if len(draw.chances) == draw.frame:
        return ""
    unequal = max(draw.chances.values()) - min(draw.chances.values()) > _ROUNDING
    return " by lot; those with rare themes, or in doubt, are drawn more often" if unequal else " by lot"


def _tell(
    sheets: Sequence[CodingSheet], draw: Draw, wanted: Wanted, folder: Path, again: str, themes: str
) -> Iterator[str]:
    """again: what to type after coprod analyse for the survey to be read the same way; themes: for their framework."""
    drawn = len(draw.chances)
    yield f"{drawn} of {draw.frame} answers drawn{_say_chances(draw)}."
    if draw.silent:
        yield f'{draw.silent} answers that say nothing, such as "n/a", were left out.'
    if drawn < wanted.sample:
        yield f"There are no more than {drawn}."
    if 0 < (worth := round(_count_worth(draw))) < drawn:
        yield f"Weighted, they tell as much of the survey as about {worth} drawn alike."
    for each in sheets:
        path = folder / f"{each.coder}.xlsx"
        yield f"  {path}  {len(each.rows)} answers{', without suggestions' if each.blind else ''}"
    yield f"  {folder / 'sample.csv'}  chance and weight of each answer drawn"
    yield "These hold people's own words, masked by machine: give them to the coders and to nobody else."
    books = [folder / f"{each.coder}.xlsx" for each in sheets]
    if len(sheets) > 1 and not wanted.split:
        yield f"When all have finished: coprod agree {' '.join(map(name_path, books))}{themes}"
    else:
        when = "When it is filled in" if len(sheets) == 1 else "When all have finished"
        yield f"{when}: coprod analyse {again}{name_codes((), *books)}"
