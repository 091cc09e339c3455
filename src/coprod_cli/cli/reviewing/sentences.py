"""Codes, answers and where a session stands go in; the words for them that both ways of showing share come out."""

from collections.abc import Iterator, Mapping

from coprod_cli.cli.reviewing.session import Place, Session
from coprod_cli.model.answers import AskedAnswer, Marked
from coprod_cli.telling import name_role, start_sentence

_LEVELS = {"project": "joint work", "individual": "one child", "system": "services", "": "cannot tell what it is about"}
_SURE = 0.9
_PROMPTS = {
    Place.number: "Number of the code: ",
    Place.theme: "Theme, as part of its name or its number: ",
    Place.evidence: "Evidence, as first words ... last words, or all: ",
    Place.note: "Your note, or - to take it out: ",
    Place.rules: "For the rules of a theme, part of its name or its number: ",
}


def say_code(mark: Marked, names: Mapping[str, str]) -> str:
    """Theme, stance and level: "Trust, negative, joint work"."""
    return f"{names[mark.theme]}, {mark.stance or 'no stance'}, {_LEVELS[mark.level]}"


def say_sure(mark: Marked, session: Session) -> str:
    """Whose code it is, and how sure the machine is of it."""
    if mark.coder == session.who:
        return "yours"
    if mark.coder in session.people:
        return f"coded by {mark.coder}"
    if mark.unsure:
        return "machine not sure"
    return "machine sure" if mark.confidence >= _SURE else "machine fairly sure"


def say_no_code(session: Session) -> str:
    """That an answer has no code, and whether that is a finding of the machine."""
    if session.blind:
        return "There is no code yet."
    return "The machine could not code this answer." if session.is_uncoded else "No theme."


def say_where(answer: AskedAnswer) -> str:
    """Who wrote it, of what, and when."""
    parts = (answer.project, answer.wave, start_sentence(name_role(answer.role)) if answer.role else "")
    return ", ".join(part for part in parts if part)


def say_progress(session: Session) -> str:
    """Which answer it is, how many are done, and how many are left."""
    count, done = session.earlier + len(session.shown), session.count_done()
    return f"Answer {min(session.earlier + session.at + 1, count)} of {count}. {done} done, {count - done} left."


def say_prompt(session: Session) -> str:
    """What is to be typed where a line is asked for."""
    return _PROMPTS[session.form.place]


def say_end(session: Session) -> Iterator[str]:
    """That there is no answer any more."""
    yield "That was the last answer."
    if session.skipped:
        left = len(session.skipped)
        yield f"{left} {'was' if left == 1 else 'were'} skipped: asked again next time."
