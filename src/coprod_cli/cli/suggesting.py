"""Paths and codes so far go in; the answers worth coding next, as a workbook or as JSON, and why, come out."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.cli.gathering import Gathering, gather
from coprod_cli.cli.machines import choose_machine_for
from coprod_cli.cli.retyping import name_codes, name_settings, name_survey
from coprod_cli.cli.saving import check_folder, refuse_changed, save_folder
from coprod_cli.cli.sheeting import ask, list_made, make_row
from coprod_cli.cli.terminal import write_line
from coprod_cli.coding import list_known, suggest_answers
from coprod_cli.model.answers import CodedAnswers
from coprod_cli.model.errors import UnreadableSurveyError, UsageError
from coprod_cli.model.sheets import CodingSheet
from coprod_cli.model.suggested import Suggested, Suggestions
from coprod_cli.reporting import SUGGESTED, list_suggestions, write_coding_folder, write_suggestions

_SHEET = "suggested"


class Asking(NamedTuple):
    """How many answers are wanted, and where the workbook goes; whether without what the machine says."""

    size: int
    folder: Path
    blind: bool
    force: bool


def show_suggestions(paths: Sequence[Path], how: Gathering, asking: Asking, *, quiet: bool, as_json: bool) -> None:
    """Pick the answers, and write the workbook and say what to do with it, or print them as JSON.

    Raises:
        UnreadableSurveyError: the survey cannot be read, or no answer is left to code.
        UsageError: the machine knows no theme of the framework.
        CannotWriteError: the folder may not be replaced, or somebody has filled in a workbook there.
    """
    if not as_json:
        check_folder(asking.folder, force=asking.force)
        refuse_changed(asking.folder)
    told = gather(paths, how)
    machine = choose_machine_for(told.framework, how.engine, how.coder)
    if not list_known(told.framework, machine):
        what = "The machine knows none of the themes of this framework, so it cannot tell what is worth coding."
        hint = "Draw answers with coprod sheet --blind; from some hundred codes coprod learn makes a coder of your own."
        raise UsageError(what, hint)
    found = suggest_answers(
        {name: ask(answer) for name, answer in told.answers.items()},
        {name: {mark.theme for mark in told.found.get(name, ())} for name in told.by_hand},
        told.framework,
        machine.chances,
        asking.size,
    )
    if not found.answers:
        what = "There is no answer left to code." if found.coded else "There is no answer in words to code."
        raise UnreadableSurveyError(what, "See with coprod inspect which columns were taken for open questions.")
    if as_json:
        sys.stdout.buffer.write(list_suggestions(found))
        sys.stdout.buffer.flush()
        return
    sheet = CodingSheet(
        coder=_SHEET,
        rows=tuple(make_row(told, each.id, 0.0, blind=asking.blind) for each in found.answers),
        closed=told.closed,
        blind=asking.blind,
        frame=found.left,
        drawn=len(found.answers),
        is_picked=True,
    )
    settings = {"size": asking.size, "engine": how.engine, "blind": asking.blind, "keep_partial": how.keep_partial}
    made = list_made(told, machine, settings)
    files = write_coding_folder((sheet,), (SUGGESTED, write_suggestions(found)), told.framework, made)
    save_folder(files, asking.folder, force=asking.force, private=files)
    if not quiet:
        again = f"{name_survey(paths)}{name_settings(how)}{name_codes(how.codes, asking.folder / f'{_SHEET}.xlsx')}"
        for line in _tell(found, told, asking, again):
            write_line(line)


def _tell(found: Suggestions, told: CodedAnswers, asking: Asking, again: str) -> Iterator[str]:
    """again: what to type after coprod analyse, so that no code is lost."""
    yield f"{found.coded} answers are coded by people, {found.left} are left. Worth coding next, the most useful first:"
    names = {theme.id: theme.name for theme in told.framework.themes}
    for each in found.answers:
        yield f"  {each.id}  {_say_why(each, names)}"
    if found.unread:
        yield f"{found.unread} answers in another language are not among them: the machine cannot read them."
    path = asking.folder / f"{_SHEET}.xlsx"
    yield f"Written: {path}. It holds people's own words: give it to the coder and to nobody else."
    yield (
        "These were picked, not drawn by lot: do not use them to say how often a theme is raised, how far coders agree "
        "or how well the machine does. For that, code what coprod sheet draws."
    )
    yield f"When it is filled in: coprod analyse {again}"


def _say_why(each: Suggested, names: dict[str, str]) -> str:
    sure = "does not name it, but may be wrong" if each.chance < each.line else "names it, but may be wrong"
    coded = {0: "nobody has coded it yet", 1: "people coded it once"}.get(
        each.coded, f"people coded it {each.coded} times"
    )
    return f"{names[each.theme]}? The machine {sure}; {coded}."
