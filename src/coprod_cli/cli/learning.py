"""Files of codes go in; a coder learnt from them, on disk, and what is known of it, on the screen, come out."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli import __version__
from coprod_cli.analysis import choose_scored_themes
from coprod_cli.cli.gathering import Gathering, gather, is_results
from coprod_cli.cli.progress import show_progress
from coprod_cli.cli.saving import refuse_existing, refuse_overwriting, save_file
from coprod_cli.cli.screen import show_document
from coprod_cli.cli.terminal import name_path, write_line
from coprod_cli.coding import learn
from coprod_cli.model.answers import AskedAnswer, CodedAnswers
from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import CannotWriteError, NoCodesError, SettingsFileError, UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import Lesson
from coprod_cli.protecting import mask
from coprod_cli.reading import read_coded, read_framework, read_people
from coprod_cli.reporting import tell_learning, write_card, write_learning, write_model
from coprod_cli.telling import say_entering

_CODED_ANSWERS = "coded_answers.csv"
_MEGABYTE = 1_000_000
_GIVE = (
    "Give the files that people coded: workbooks of coprod sheet, tables with the columns id and theme, or a folder "
    "made with --audience raw. The survey goes after --answers."
)


class Taught(NamedTuple):
    """What is learnt from: files of codes, the survey that was coded, and how it is read."""

    codes: tuple[Path, ...]
    answers: tuple[Path, ...]
    framework: Path | None
    mapping: Path | None
    salt: str | None
    keep_partial: bool


class Written(NamedTuple):
    """Where the coder goes, and its card; whether they may be replaced."""

    model: Path
    card: Path | None
    force: bool


def learn_coder(taught: Taught, written: Written, *, seed: int, quiet: bool, as_json: bool) -> None:
    """Learn, save the coder and its card, and say how good it is.

    Raises:
        UsageError: there are too few codes, or the words of the answers are nowhere.
        CoprodError: a file cannot be read or written.
    """
    _refuse(taught, written)
    with show_progress(quiet=quiet or as_json) as on_step:
        on_step("Reading the codes")
        lessons, framework = _gather_lessons(taught)
        on_step("Learning")
        learnt = learn(lessons, framework, seed)
    save_file(write_model(learnt, framework, __version__), written.model, force=written.force)
    if written.card:
        save_file(write_card(learnt, framework, __version__), written.card, force=written.force)
    if as_json:
        sys.stdout.buffer.write(write_learning(learnt))
        sys.stdout.buffer.flush()
    elif not quiet:
        show_document(tell_learning(learnt, framework))
        write_line(f"Coder: {written.model}, {_say_size(written.model.stat().st_size)}, with its model card inside.")
        write_line(say_entering(framework, choose_scored_themes(learnt.report, framework, "reliable")))
        write_line(f"Use it: {_say_next(taught, written)}")
        if not taught.answers:
            write_line("If SURVEY is the one that was coded, name the files of codes, too, each after --codes.")


def _say_size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= _MEGABYTE else f"{max(size // 1000, 1)} kB"


def _say_next(taught: Taught, written: Written) -> str:
    """What to type next: where the survey is known with the codes, so that nobody's work is coded over."""
    surveys = [name_path(path) for path in taught.answers if not is_results(path)] or ["SURVEY"]
    # Of another survey, they would be refused.
    codes = [f"--codes {name_path(path)}" for path in taught.codes if taught.answers and not is_results(path)]
    options = [
        *([f"--map {name_path(taught.mapping)}"] if taught.mapping else []),
        *(["--keep-partial"] if taught.keep_partial else []),
        *(["--salt YOUR-SALT"] if taught.salt else []),
    ]
    return " ".join(["coprod analyse", *surveys, "--coder", name_path(written.model), *codes, *options])


def _refuse(taught: Taught, written: Written) -> None:
    """Whatever can be told to be wrong before any work is done."""
    if len({path.resolve() for path in taught.codes}) < len(taught.codes):
        raise UsageError("One file of codes is named twice.", "Name each file once.")
    targets = [path for path in (written.model, written.card) if path]
    refuse_overwriting(targets, [*taught.codes, *taught.answers, taught.framework, taught.mapping])
    if len({path.resolve() for path in targets}) < len(targets):
        raise CannotWriteError("The coder and its card would be written in one place.", "Give them different names.")
    refuse_existing(targets, force=written.force)


def _gather_lessons(taught: Taught) -> tuple[list[Lesson], Framework]:
    """Every answer that a person coded, with what the first of the files says of it."""
    known = _gather_answers(taught)
    folders = [_read_folder(path) for path in taught.codes if is_results(path)]
    framework = _choose_framework(taught, known, folders)
    lessons: dict[str, Lesson] = {}
    wordless = twice = 0
    for path in taught.codes:
        if path.name == _CODED_ANSWERS and is_results(path.parent):
            what = f"{path} holds the machine's codes beside people's."
            raise UsageError(what, "Give its folder: then people's codes alone are learnt from.")
        if is_results(path):
            found = _take_folder(_read_folder(path))
            twice += len(found.keys() & lessons.keys())
            lessons = {**found, **lessons}
            continue
        for coding in _read_people(path, framework):
            found = _take_coding(coding, known)
            worded = {name: lesson for name, lesson in found.items() if lesson.answer.words.strip()}
            wordless += len(found) - len(worded)
            twice += len(worded.keys() & lessons.keys())
            lessons = {**worded, **lessons}
    if wordless and not lessons:
        raise UsageError(
            "The words of the coded answers are nowhere to be found.",
            "Add --answers SURVEY, with the survey that was coded; its ids must be those of the codes.",
        )
    if wordless:
        write_line(f"The words of {wordless:,} coded answers were not found: these are left out.", stderr=True)
    if twice:
        write_line(
            f"{twice:,} answers were coded more than once: the codes of the file named first count.", stderr=True
        )
    return list(lessons.values()), framework


def _read_folder(path: Path) -> CodedAnswers:
    """A folder that people coded in; of others it is said what to give, which is never the survey."""
    try:
        return read_coded(path)
    except SettingsFileError as error:
        raise SettingsFileError(error.what, _GIVE) from None


def _read_people(path: Path, framework: Framework) -> tuple[Coding, ...]:
    try:
        return read_people(path, framework)
    except NoCodesError:
        raise NoCodesError(f"{path.name} holds nobody's codes: is it the survey?", _GIVE) from None


def _gather_answers(taught: Taught) -> CodedAnswers | None:
    """Every answer of the survey that was coded, if it is given."""
    if not taught.answers:
        return None
    how = Gathering(taught.mapping, taught.framework, taught.keep_partial, taught.salt, "")
    if any(is_results(path) for path in taught.answers):
        how = how._replace(framework=None)
    return gather(taught.answers, how)


def _choose_framework(taught: Taught, known: CodedAnswers | None, folders: Sequence[CodedAnswers]) -> Framework:
    """The one that is given; else that of the folder that was coded; else coprod's."""
    if taught.framework:
        return read_framework(taught.framework)
    return next((each.framework for each in (*folders, *([known] if known else ()))), None) or read_framework()


def _take_folder(coded: CodedAnswers) -> dict[str, Lesson]:
    """What people coded in a results folder, which does not say what was in sight: so the worst is taken."""
    return {
        name: Lesson(
            coded.answers[name],
            tuple(
                Code(name, each.theme, each.stance, each.level, each.start, each.end)
                for each in coded.found.get(name, ())
            ),
            seen=True,
        )
        for name in coded.by_hand
    }


def _take_coding(coding: Coding, known: CodedAnswers | None) -> dict[str, Lesson]:
    """What one person coded, with the words of the survey, or else of the file itself, masked."""
    told: Mapping[str, AskedAnswer] = {each.id: each for each in coding.told}
    codes: dict[str, list[Code]] = {}
    for code in coding.codes:
        codes.setdefault(code.answer, []).append(code)
    lessons = {}
    for name in coding.answers:
        own = tuple(codes.get(name, ()))
        answer = known.answers.get(name) if known else None
        if answer is None and name in told:
            answer = told[name]._replace(words=mask(told[name].words).text)
            if answer.words != told[name].words:
                # Where a name was masked, offsets into the answer as it was no longer hold.
                own = tuple(code._replace(start=0, end=0) for code in own)
        seen = name in coding.seen
        lessons[name] = Lesson(answer or AskedAnswer(name, ""), own, coding.weights.get(name, 1.0), seen)
    return lessons
