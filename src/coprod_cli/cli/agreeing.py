"""Files of codes go in; how far their coders agree comes out on the screen, as JSON, and as files."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from coprod_cli.cli.coding import read_bytes
from coprod_cli.cli.comparing import name_rounds
from coprod_cli.cli.gathering import Gathering, gather, is_results
from coprod_cli.cli.labels import part_label
from coprod_cli.cli.saving import refuse_existing, refuse_overwriting, save_file
from coprod_cli.cli.screen import show_document
from coprod_cli.cli.terminal import write_line
from coprod_cli.coding import find_agreements
from coprod_cli.model.codes import Coding
from coprod_cli.model.errors import CannotWriteError, CoprodError, SettingsFileError, UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.protecting import mask
from coprod_cli.reading import read_answers, read_codings, read_framework
from coprod_cli.reporting import tell_agreement, write_agreement, write_differences, write_figures

_FEWEST = 2
_BETWEEN_WORDS = re.compile(r"[_\s-]+")
_LETTER = re.compile(r"[^\W\d_]")


class Named(NamedTuple):
    """The table of answers, if there is one, and its columns with their words and their ids."""

    path: Path | None
    text: str
    answer_id: str


class Written(NamedTuple):
    """Files to write: every figure, and everything that coders see differently; whether they may be replaced."""

    figures: Path | None
    differences: Path | None
    force: bool


def show_agreement(
    codes: Sequence[str],
    answers: Named,
    framework_path: Path | None,
    written: Written,
    *,
    seed: int,
    all_looked: bool,
    as_json: bool,
) -> None:
    """Compare what the coders said, write the files asked for, and print the rest.

    Raises:
        UsageError: there is one coder only, a file is named twice, or a label cannot be used.
        SettingsFileError: no answer was looked at by two coders.
        CoprodError: a file cannot be read or written.
    """
    files = [part_label(each) for each in codes]
    _refuse([path for _, path in files], answers, framework_path, written)
    framework = read_framework(framework_path)
    codings = _read_all(files, framework)
    table = _read_table(answers, framework_path)
    coded = {answer for coding in codings for answer in coding.answers}
    if all_looked:
        coded |= set(table or ())
        codings = [replace(coding, answers=tuple(sorted(coded))) for coding in codings]
    told = table or {row.id: row.words for each in codings for row in each.told}
    words = {name: mask(text).text for name, text in told.items() if name in coded} if table or told else None
    if table is not None and words is not None and len(words) < len(coded):
        write_line(f"{answers.path} lacks {len(coded) - len(words)} of the answers that were coded.", stderr=True)
    agreement = find_agreements(codings, [theme.id for theme in framework.themes], seed)
    if not agreement.answers:
        raise SettingsFileError(
            f"No answer was looked at by more than one coder: {'; '.join(map(_say_looked, codings))}.",
            "Give everybody the same sheet to code. If they had it, check that nobody changed its ids.",
        )
    _warn_of_fillers(codings)
    _warn_of_picked(codings)
    if written.figures:
        save_file(write_figures(agreement), written.figures, force=written.force)
    if written.differences:
        save_file(write_differences(agreement, words), written.differences, force=written.force, private=True)
    if as_json:
        sys.stdout.buffer.write(write_agreement(agreement))
        sys.stdout.buffer.flush()
    else:
        show_document(tell_agreement(agreement, framework, words or {}))
        for path in filter(None, (written.figures, written.differences)):
            write_line(f"Written: {path}")


def _say_looked(coding: Coding) -> str:
    looked = len(coding.answers)
    return f"{coding.who} looked at {looked} {'answer' if looked == 1 else 'answers'}"


def _warn_of_fillers(codings: Sequence[Coding]) -> None:
    """Say so where a machine's codes are left out that stand in a file for want of a person's."""
    for file, left_out in sorted({(coding.file, coding.left_out) for coding in codings if coding.left_out}):
        answers = "1 answer" if left_out == 1 else f"{left_out} answers"
        write_line(f"{file}: what the machine coded in {answers} is left out, as no person there did.", stderr=True)


def _warn_of_picked(codings: Sequence[Coding]) -> None:
    """Say so where coders saw the same suggestions, and where answers were not drawn by lot."""
    seen = frozenset[str]().union(*(coding.seen for coding in codings))
    idle = {name for coding in codings for name, weight in coding.weights.items() if not weight}
    if seen:
        also = " They did not come by lot, either: on hard ones coders agree less." if seen & idle else ""
        write_line(
            f"{len(seen)} of the answers were coded with suggestions in sight: coders agree more on these than they "
            f"would on their own. Measure agreement with --blind.{also}",
            stderr=True,
        )
    picked = idle - seen
    if picked:
        write_line(
            f"{len(picked)} of the answers were picked as hard to code (coprod suggest), not drawn by lot: coders "
            "agree less on these than on the survey's answers at large.",
            stderr=True,
        )


def _refuse(paths: Sequence[Path], answers: Named, framework: Path | None, written: Written) -> None:
    """Whatever can be told to be wrong before any work is done."""
    if len({path.resolve() for path in paths}) < len(paths):
        raise UsageError("One file of codes is named twice.", "Name each coder's file once.")
    targets = [path for path in (written.figures, written.differences) if path]
    refuse_overwriting(targets, [*paths, answers.path, framework])
    if len({path.resolve() for path in targets}) < len(targets):
        raise CannotWriteError("Both files would be written in one place.", "Give them different names.")
    refuse_existing(targets, force=written.force)


def _read_all(files: Sequence[tuple[str, Path]], framework: Framework) -> list[Coding]:
    """What every coder said: one of a file, or several.

    Who is alone in a file is called by its label, else after the file; several have names of their own.
    """
    names = _name_coders(files)
    read = [
        (name, _call(label, read_codings(path, framework, name)))
        for (label, path), name in zip(files, names, strict=True)
    ]
    codings = [coding for _, several in read for coding in several]
    if len(codings) < _FEWEST:
        raise UsageError(
            "There are the codes of one coder only.",
            "Name at least two files, one for each coder, or one in which several coded: a project (.qdpx), or a table "
            "with a column coder.",
        )
    if len({coding.who for coding in codings}) == len(codings):
        return codings
    return [replace(coding, who=f"{who}: {coding.who}") for who, several in read for coding in several]


def _call(label: str, codings: Sequence[Coding]) -> Sequence[Coding]:
    """The same as the user calls them: one by the label, several with it before their names."""
    if not label:
        return codings
    several = len(codings) > 1
    return [replace(each, who=f"{label}: {each.who}" if several else label) for each in codings]


def _name_coders(files: Sequence[tuple[str, Path]]) -> Sequence[str]:
    """A name for each file: its label, or as much of what it is called as tells them apart, but never a bare number."""
    paths = [path for _, path in files]
    whole = [" ".join(_BETWEEN_WORDS.split(path.stem)) for path in paths]
    for told in (name_rounds(paths), whole, [path.name for path in paths]):
        names = [label or name for (label, _), name in zip(files, told, strict=True)]
        if len(set(names)) == len(names) and all(map(_LETTER.search, names)):
            break
    return names


def _read_table(answers: Named, framework: Path | None) -> Mapping[str, str] | None:
    """Words of answers by id, from a table with those columns, a survey or the folder of a run; None without any."""
    if answers.path is None:
        return None
    if answers.path.is_dir():
        return _read_survey(answers.path, framework)
    try:
        table = read_answers(read_bytes(answers.path), answers.path.name, answers.text, answers.answer_id, "", "")
    except CoprodError as error:
        try:
            return _read_survey(answers.path, framework)
        except CoprodError:
            raise error from None
    for notice in table.notices:
        write_line(notice.in_full, stderr=True)
    return {row.id: row.text for row in table.rows}


def _read_survey(path: Path, framework: Path | None) -> Mapping[str, str]:
    """The same, by the ids that coding sheets have."""
    known = gather([path], Gathering(framework=None if is_results(path) else framework, engine=""))
    return {name: each.words for name, each in known.answers.items()}
