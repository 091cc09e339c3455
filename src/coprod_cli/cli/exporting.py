"""Paths and a kind of file go in; the file for another program comes out, its owner's alone where it holds answers."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from coprod_cli.cli.gathering import Gathering, gather, is_results, refuse_options
from coprod_cli.cli.machines import choose_machine
from coprod_cli.cli.saving import refuse_overwriting, save_file
from coprod_cli.cli.terminal import write_line
from coprod_cli.model.answers import CodedAnswers
from coprod_cli.model.errors import CannotWriteError, UnreadableSurveyError, UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_manifest, read_own_framework
from coprod_cli.reporting import CODEBOOKS, EXPORTS, ExportChoices

# Others are of scores, which are not written here.
_OF_CODES = frozenset({"coded-twice", "other_language"})
_OF_PEOPLE = frozenset({"wide", "sav"})
_BOOK = "qdc"
_ENDINGS = {"qdpx": ".qdpx", _BOOK: ".qdc", "long": ".csv", "wide": ".csv", "sav": ".sav"}
_IMPORT = "In the other program, import it as a REFI-QDA project, and set your own name as the coder before you code"


class Target(NamedTuple):
    """What is written, and where. kind: a key of EXPORTS. choices: what its file may have this way or that."""

    kind: str
    choices: ExportChoices
    path: Path


def write_export(paths: Sequence[Path], how: Gathering, target: Target, *, force: bool, quiet: bool) -> None:
    """Gather the answers with their codes, and write them.

    Raises:
        UsageError: a row for each person is asked for where that cannot be.
        UnreadableSurveyError: the survey cannot be read, or nobody wrote anything.
        CannotWriteError: the file exists and may not be replaced, or is one of those that are read, or is called as
            another kind of file is.
    """
    _refuse(paths, how, target, force=force)
    if target.kind == _BOOK:
        _write_book(_choose_framework(paths, how), target, force=force, quiet=quiet)
        return
    told = gather(paths, how)
    if not how.engine:
        told = _keep_people(told)
    if not told.answers:
        raise UnreadableSurveyError(
            "There is no answer in words to write.",
            "See with coprod inspect which columns were taken for open questions, and name them with --map.",
        )
    content = EXPORTS[target.kind](told, target.choices)
    save_file(content, target.path, force=force, private=True)
    if quiet:
        return
    for notice in told.notices:
        if notice.code in _OF_CODES:
            write_line(notice.in_full, stderr=True)
    codes = sum(map(len, told.found.values()))
    write_line(f"Written: {target.path}  {len(told.answers)} answers, {codes} codes")
    held = "It tells of single people" if target.choices.people else "It holds people's own words"
    write_line(f"{held}, for whoever analyses: keep it as safe as the survey.")
    if target.kind == "qdpx":
        of_machine = f": codes under “coprod {told.engine}” count as the machine's" if told.engine else ""
        write_line(f"{_IMPORT}{of_machine}.")


def _refuse(paths: Sequence[Path], how: Gathering, target: Target, *, force: bool) -> None:
    """Whatever can be told to be wrong before any work is done."""
    if target.choices.people and (how.everybody or target.kind not in _OF_PEOPLE):
        what = "--people goes with --to wide or --to sav, and not with --everybody."
        raise UsageError(what, "Leave it out: each answer then has a row of its own.")
    if target.kind == _BOOK and (how.codes or how.everybody or not how.engine):
        what = "A codebook holds no codes, so --to qdc goes with no --codes, --everybody or --blind."
        raise UsageError(what, "Leave them out; for answers with their codes take --to qdpx.")
    if target.choices.documents != ExportChoices().documents and target.kind != "qdpx":
        raise UsageError("--documents goes with --to qdpx only.", "Leave it out: tables hold no documents.")
    refuse_overwriting([target.path], [*paths, how.mapping, how.framework, how.coder, *(path for _, path in how.codes)])
    if target.path.suffix.casefold() != (ending := _ENDINGS[target.kind]):
        what = f"What --to {target.kind} writes is a {ending} file, and {target.path.name} does not end in that."
        raise CannotWriteError(what, f"Call it {target.path.with_suffix(ending).name}.")
    if target.path.exists() and not force:
        raise CannotWriteError(f"{target.path} exists already.", "Add --force to replace it, or give another name.")


def _choose_framework(paths: Sequence[Path], how: Gathering) -> Framework:
    """The one that codes of this survey go by: a results folder's own, or that of the options. Nothing is coded."""
    for path in paths:
        if not path.exists():
            raise UnreadableSurveyError(f"There is no file {path}.", "Check the name and the folder.")
        if is_results(path):
            refuse_options(how)
            read_manifest(path)
            return read_own_framework(path)
    return choose_machine(how.engine, how.coder, how.framework)[1]


def _write_book(framework: Framework, target: Target, *, force: bool, quiet: bool) -> None:
    """The codebook alone, with the identifiers that its codes have in a project."""
    save_file(CODEBOOKS[_BOOK](framework), target.path, force=force)
    if not quiet:
        write_line(f"Written: {target.path}  {len(framework.themes)} themes, and nobody's words")


def _keep_people(told: CodedAnswers) -> CodedAnswers:
    """The same without a machine's codes, which a results folder holds in any case."""
    found = {
        name: kept
        for name, marks in told.found.items()
        if (kept := tuple(mark for mark in marks if mark.coder in told.looked.get(name, ())))
    }
    return replace(told, found=found, engine="", machine_themes=(), unread=frozenset())
