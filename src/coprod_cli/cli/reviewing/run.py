"""A survey or a results folder goes in; the review of its answers, from reading them to what to do next, comes out."""

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from coprod_cli.cli.describing import choose_themes
from coprod_cli.cli.gathering import Gathering, gather, is_results
from coprod_cli.cli.labels import MAY_CALL, may_call
from coprod_cli.cli.progress import show_progress
from coprod_cli.cli.retyping import name_settings, name_survey
from coprod_cli.cli.reviewing.keys import Terminal, may_take_keys
from coprod_cli.cli.reviewing.line_by_line import review_line_by_line
from coprod_cli.cli.reviewing.on_screen import review_on_screen
from coprod_cli.cli.reviewing.queue import Choice, choose_answers
from coprod_cli.cli.reviewing.record import Record
from coprod_cli.cli.reviewing.session import Session, begin
from coprod_cli.cli.saving import hold_lock, refuse_overwriting
from coprod_cli.cli.terminal import make_harmless, name_path, name_program, write_line
from coprod_cli.model.answers import CodedAnswers
from coprod_cli.model.errors import CannotWriteError, SettingsFileError, UnreadableSurveyError, UsageError
from coprod_cli.reading import read_manifest

_SALT = "--salt"
_DROPPED = (
    "The answer shown last is not decided: what you changed of its codes was not kept. It is asked again next time."
)
# Of what is noticed in a survey, what matters to whoever codes.
_TOLD = frozenset({"other_language", "coded-twice"})


def review_answers(
    paths: Sequence[Path], how: Gathering, choice: Choice, *, who: str, out: Path | None, plain: bool
) -> None:
    """Gather the answers, go on with what is decided, ask, save every decision, and say what to do next.

    Raises:
        UsageError: options do not go together, or there is no such theme.
        UnreadableSurveyError: the survey cannot be read, or nobody wrote anything.
        SettingsFileError: the file of decisions is there and is not of these answers.
        CannotWriteError: the file is in use, or may not be written where it was asked for.
    """
    path = _choose_path(paths, how, choice, who, out)
    with hold_lock(path):
        with show_progress(quiet=False) as begin_step:
            begin_step("Reading and coding")
            told = gather(paths, _gather_less(how, choice))
        if choice.theme:
            choice = choice._replace(theme=choose_themes(choice.theme, told.framework)[0].id)
        if not told.answers:
            raise UnreadableSurveyError(
                "There is no answer in words to review.",
                "See with coprod inspect which columns were taken for open questions, and name them with --map.",
            )
        record = Record(path, told)
        queue = choose_answers(told, record.made, choice)
        for line in _greet(told, record, who):
            write_line(make_harmless(line))
        if queue.shown:
            session = begin(
                told.framework,
                queue.shown,
                record.decided,
                who,
                people=told.by_hand.values(),
                blind=choice.blind,
                # What is left once others were picked is no lot any more.
                weight=int(choice.is_by_lot and all(each.weight for each in record.made.values())),
                # A sitting with a limit is told by itself.
                earlier=0 if choice.again or choice.limit else queue.decided,
                closed=told.closed,
                unread=_list_unread(told),
            )
            if _ask(session, record, plain=plain).is_half_done:
                write_line(_DROPPED)
        left = choose_answers(told, record.made, choice).left
        for line in _tell(record, left, paths, how):
            write_line(make_harmless(line))


def _choose_path(paths: Sequence[Path], how: Gathering, choice: Choice, who: str, out: Path | None) -> Path:
    """Where decisions are kept; refuses early what cannot be meant."""
    if choice.blind and how.codes:
        raise UsageError("--blind shows no codes, so there is nothing to begin from.", "Leave out --blind or --codes.")
    if not may_call(who):
        raise UsageError("--who is no name for a coder.", f"Give {MAY_CALL}, as in --who 'carer 1'.")
    path = out or paths[0].parent / f"{paths[0].name if paths[0].is_dir() else paths[0].stem}-review.csv"
    refuse_overwriting([path], [*paths, how.mapping, how.framework, how.coder, *(each for _, each in how.codes)])
    if path.is_dir():
        raise CannotWriteError(f"{path} is a folder.", "Give the name of a file with --out, such as review.csv.")
    folder = path.absolute().parent
    if is_results(folder) and _is_ours(folder):
        what = (
            f"The file of a review holds people's own words, and {folder} is a results folder, which may be passed on."
        )
        raise CannotWriteError(what, "Name a file outside that folder with --out.")
    return path


def _is_ours(folder: Path) -> bool:
    """Whether coprod made the folder: other programs write a results.json, too."""
    try:
        read_manifest(folder)
    except SettingsFileError:
        return False
    return True


def _gather_less(how: Gathering, choice: Choice) -> Gathering:
    """Without the machine where nothing of it is needed."""
    return how._replace(engine="") if choice.is_by_lot else how


def _list_unread(told: CodedAnswers) -> frozenset[str]:
    """The answers of which neither a machine nor a person said anything, so that no code does not mean no theme."""
    unread = told.unread if told.machine_themes else frozenset(told.answers)
    return unread - told.by_hand.keys()


def _ask(session: Session, record: Record, *, plain: bool) -> Session:
    """Ask on the screen or line by line, and leave nothing undone; the session as it ends."""
    is_awaited = sys.stdin.isatty()
    latest = session

    def save(before: Session, after: Session) -> Session:
        nonlocal latest
        latest = keep(before, after)
        return latest

    def keep(before: Session, after: Session) -> Session:
        if before.decided == after.decided:
            return after
        strangers = record.strangers
        try:
            decided = record.save(after.decided)
        except (CannotWriteError, SettingsFileError) as error:
            if not is_awaited:
                raise
            return replace(before, message=f"Not saved. {error.what} Then try again. {error.hint}")
        told = "Somebody changed the file meanwhile: what they decided stands." if record.strangers > strangers else ""
        return replace(after, decided=decided, message=told or after.message)

    if plain or not may_take_keys():
        _forgive_letters()
        try:
            review_line_by_line(session, save, sys.stdin.readline, _write)
        except KeyboardInterrupt:
            write_line("")
    else:
        review_on_screen(session, save, Terminal())
    return latest


def _write(line: str) -> None:
    write_line(line)
    sys.stdout.flush()


def _forgive_letters() -> None:
    """What a console cannot show, or send, becomes a mark in its place, rather than the end of the session."""
    for stream in (sys.stdin, sys.stdout):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _greet(told: CodedAnswers, record: Record, who: str) -> Iterator[str]:
    yield from (notice.in_full for notice in told.notices if notice.code in _TOLD)
    if told.engine and not told.machine_themes:
        yield "The machine knows none of these themes: + adds one, r says that an answer holds none."
    if record.decided:
        yield f"Going on with {record.path}: {_count(len(record.made))} decided."
    others = sum(each.coder != who for each in record.made.values())
    if others:
        yield f"{_count(others)} there decided by somebody else. To code them yourself, name another file with --out."


def _tell(record: Record, left: int, paths: Sequence[Path], how: Gathering) -> Iterator[str]:
    done, program = len(record.made), name_program()
    notes = len(record.decided) - done
    yield f"{_count(done)} decided, {left} left." + (f" Notes on answers not decided: {notes}." if notes else "")
    if record.kept:
        yield f"The file had been changed by another program. As it was, it is kept in {record.kept}"
    if record.decided:
        yield f"Saved: {record.path}  It holds people's own words: keep it as safe as the survey."
    if not done:
        return
    if left:
        yield f"To go on:       {program} {_name_again(sys.argv[1:])}"
    file = name_path(record.path)
    survey = name_survey(paths)
    themes = name_settings(Gathering(framework=how.framework))
    answers = "".join(f" --answers {name_path(each)}" for each in paths) + name_settings(how._replace(coder=None))
    yield f"To count them:  {program} analyse {survey}{name_settings(how)} --codes {file}"
    yield f"To compare:     {program} agree {file} OTHER-FILE{themes}"
    yield f"To learn:       {program} learn {file}{answers} --out MODEL"


def _count(answers: int) -> str:
    return f"{answers} {'answer' if answers == 1 else 'answers'}"


def _name_again(typed: Sequence[str]) -> str:
    """The same command line without the secret in it."""
    words = list(typed)
    for at, word in enumerate(words):
        if word.startswith(f"{_SALT}="):
            words[at] = f"{_SALT}=SECRET"
        elif at and words[at - 1] == _SALT:
            words[at] = "SECRET"
    return shlex.join(words)
