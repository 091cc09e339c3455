"""A session and where to save go in; questions and answers line by line, and the session as it ends, come out.

Nothing is drawn twice and no cursor is moved: for screen readers, pipes, and terminals that only print.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from coprod_cli.cli.reviewing.on_screen import Save
from coprod_cli.cli.reviewing.sentences import (
    say_code,
    say_end,
    say_no_code,
    say_progress,
    say_prompt,
    say_sure,
    say_where,
)
from coprod_cli.cli.reviewing.session import KEYED, Place, Session
from coprod_cli.cli.reviewing.steps import NOT_A_KEY, list_keys, step
from coprod_cli.cli.terminal import make_harmless

Read = Callable[[], str]
Write = Callable[[str], None]
_QUESTIONS = {
    Place.answer: "What do you say",
    Place.code: "What is to be changed",
    Place.stance: "Which stance",
    Place.level: "What is it about",
    Place.ticked: "What next",
    Place.leaving: "What becomes of your changes",
    Place.end: "What next",
}


def review_line_by_line(session: Session, save: Save, read: Read, write: Write) -> Session:
    """Ask line by line until the person is done, or nothing more comes.

    Args:
        session: where to begin.
        save: what is called after every line, with the session before and after it; gives back the one to go on with.
        read: the next line with its end, or nothing when no more come.
        write: takes one line to show.
    """
    told: Session | None = None
    while not session.ended:
        for line in tell(session, told):
            write(make_harmless(line))
        told = session
        typed = read()
        session = step(session, typed) if typed else replace(session, ended=True)
        session = save(told, session)
    return session


def tell(session: Session, told: Session | None) -> Iterator[str]:
    """What is new since the session that was told last, and what is asked now."""
    if session.message:
        yield session.message
    place = session.form.place
    fresh = told is None or (told.at, told.form.place is Place.end) != (session.at, place is Place.end)
    if place is Place.end:
        if fresh:
            yield from ("", *say_end(session))
    elif fresh:
        yield from _tell_answer(session)
        yield from _tell_codes(session)
    elif told and told.codes != session.codes:
        yield from _tell_codes(session)
    if place in {Place.rules, Place.ticked} and (told is None or told.page != session.page):
        yield from session.page
    if session.form.offered and (told is None or told.form.offered != session.form.offered):
        names = session.names
        yield from (f"{number} is {names[theme]}." for number, theme in enumerate(session.form.offered, start=1))
    yield _ask(session, in_full=session.at == 0 or session.message == NOT_A_KEY)


def _tell_answer(session: Session) -> Iterator[str]:
    answer = session.now.answer
    yield ""
    yield say_progress(session)
    if say_where(answer):
        yield f"From: {say_where(answer)}"
    if answer.question:
        yield f"Asked: {answer.question}"
    yield f"Answer: {answer.words}"


def _tell_codes(session: Session) -> Iterator[str]:
    words = session.now.answer.words
    for number, mark in enumerate(session.codes, start=1):
        whole = words[mark.start : mark.end].strip() == words.strip()
        evidence = "the whole answer" if whole else f'"{" ".join(words[mark.start : mark.end].split())}"'
        yield f"Code {number}: {say_code(mark, session.names)}; {say_sure(mark, session)}. Evidence: {evidence}"
    if not session.codes:
        yield say_no_code(session)
    if session.note:
        yield f"Your note: {session.note}"


def _ask(session: Session, *, in_full: bool) -> str:
    """The question; whoever has seen what the keys of an answer do is told the keys alone."""
    place = session.form.place
    if place not in KEYED:
        return say_prompt(session)
    in_full = in_full or place is not Place.answer
    listed = ", ".join(f"{key} {what}" if in_full else key for key, what in list_keys(session))
    return f"{_QUESTIONS[place]}? {listed}:"
