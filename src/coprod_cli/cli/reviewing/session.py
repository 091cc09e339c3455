"""Answers to review go in; the session as one frozen value - where it stands, and what is decided - comes out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from coprod_cli.model.answers import AskedAnswer, Marked
from coprod_cli.model.framework import Framework
from coprod_cli.model.review import BLIND, NOTED, Decision, keep_made, name_deeds, say_shown


class Place(StrEnum):
    """What the person is asked for just now."""

    answer = "answer"
    number = "number"
    code = "code"
    theme = "theme"
    stance = "stance"
    level = "level"
    evidence = "evidence"
    note = "note"
    ticked = "ticked"
    leaving = "leaving"
    rules = "rules"
    end = "end"


# Here one key says it all; everywhere else words are typed.
KEYED = frozenset({Place.answer, Place.code, Place.stance, Place.level, Place.ticked, Place.leaving, Place.end})


class Shown(NamedTuple):
    """One answer with the codes that are shown for it; none where the person codes blind. by: whose codes they are."""

    answer: AskedAnswer
    codes: tuple[Marked, ...] = ()
    by: str = ""


class Form(NamedTuple):
    """Where the person is.

    code: place among the codes of the one in work, -1 for one that is being added. part: that code so far. offered:
    themes that were listed to choose from by number.
    """

    place: Place = Place.answer
    code: int = -1
    part: Marked = Marked("", "", "", 0, 0)
    offered: tuple[str, ...] = ()


class Moment(NamedTuple):
    """What undo goes back to. decided: what was, of the answer decided or noted then, before; None for nothing."""

    at: int
    codes: tuple[Marked, ...]
    note: str
    was_decided: bool
    decided: Decision | None
    skipped: frozenset[str]


@dataclass(frozen=True)
class Session:
    """One sitting.

    shown: the answers in the order in which they are asked. decided: by id, what is decided of any answer, or noted,
    also of those not asked now; this is what is saved. who: what the coder is called. people: what all
    are called who coded by hand. weight: of a blind decision. earlier: how many answers more were decided before, and
    are not asked again. closed: the closed questions. unread: ids of answers that no machine could code. at: the
    answer asked now, len(shown) behind the last. codes, note: of that answer as they stand. past: the way back,
    the last step last. skipped: ids. message: what to tell before the next question. page: text to read, by
    paragraph; empty for none. ended: whether the person is done.
    """

    framework: Framework
    shown: tuple[Shown, ...]
    decided: Mapping[str, Decision]
    who: str
    people: frozenset[str] = frozenset()
    blind: bool = False
    weight: int = 0
    earlier: int = 0
    closed: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    at: int = 0
    codes: tuple[Marked, ...] = ()
    note: str = ""
    form: Form = field(default_factory=Form)
    past: tuple[Moment, ...] = ()
    skipped: frozenset[str] = frozenset()
    message: str = ""
    page: tuple[str, ...] = field(default=(), repr=False)
    ended: bool = False

    @property
    def now(self) -> Shown:
        """The answer asked now."""
        return self.shown[self.at]

    @property
    def names(self) -> dict[str, str]:
        """The names of the themes, by id."""
        return {theme.id: theme.name for theme in self.framework.themes}

    @property
    def is_uncoded(self) -> bool:
        """Whether nobody has said anything of the answer asked now: then there is nothing to accept."""
        is_unread = self.now.answer.id in self.unread and self._made is None
        return not self.codes and (self.blind or is_unread)

    @property
    def is_half_done(self) -> bool:
        """Whether codes of the answer asked now were changed, and nothing is decided of them yet."""
        return self.form.place is not Place.end and self.codes != self.begun

    @property
    def begun(self) -> tuple[Marked, ...]:
        """The codes that the answer asked now began with: as decided, or else as shown."""
        return self.now.codes if self._made is None else self._made.codes

    @property
    def _made(self) -> Decision | None:
        """What was decided of the answer asked now."""
        decision = self.decided.get(self.now.answer.id)
        return decision if decision and decision.is_made else None

    def count_done(self) -> int:
        """How many answers are decided, in this sitting and before."""
        made = keep_made(self.decided)
        return self.earlier + sum(each.answer.id in made for each in self.shown)


def begin(
    framework: Framework,
    shown: Sequence[Shown],
    decided: Mapping[str, Decision],
    who: str,
    *,
    people: Iterable[str] = (),
    blind: bool = False,
    weight: int = 0,
    earlier: int = 0,
    closed: tuple[str, ...] = (),
    unread: Iterable[str] = (),
) -> Session:
    """A session that stands at its first answer; there must be one."""
    known = frozenset({who, *people, *(each.coder for each in decided.values())})
    session = Session(
        framework, tuple(shown), dict(decided), who, known, blind, weight, earlier, closed, frozenset(unread)
    )
    return open_answer(session, 0)


def open_answer(session: Session, at: int) -> Session:
    """The same at another answer, with its codes as decided or else as shown; or behind the last."""
    if at >= len(session.shown):
        return replace(session, at=at, codes=(), note="", form=Form(Place.end), page=())
    decided = session.decided.get(session.shown[at].answer.id)
    opened = replace(session, at=at, note=decided.note if decided else "", form=Form(), page=())
    return replace(opened, codes=opened.begun)


def decide(session: Session, codes: tuple[Marked, ...]) -> Session:
    """The answer holds these codes: decided, and on to the next."""
    name = session.now.answer.id
    deeds = (BLIND,) if session.blind else name_deeds(session.now.codes, codes)
    # Asked again, an answer shows what was decided: what was suggested at first is kept.
    earlier = session.decided.get(name)
    shown = (earlier.shown, earlier.shown_by) if earlier and earlier.shown_by else _list_shown(session)
    decision = Decision(codes, deeds, session.note, session.who, session.weight if session.blind else 0, *shown)
    past = (*session.past, _remember(session, was_decided=True))
    skipped = session.skipped - {name}
    decided = {**session.decided, name: decision}
    return open_answer(replace(session, decided=decided, past=past, skipped=skipped), session.at + 1)


def _list_shown(session: Session) -> tuple[str, str]:
    """The codes that the person saw, and whose they are; nothing where there was nothing to see."""
    return ("", "") if session.blind or not session.now.by else (say_shown(session.now.codes), session.now.by)


def skip(session: Session) -> Session:
    """On to the next answer, with nothing decided of this one, or what was decided earlier."""
    past = (*session.past, _remember(session))
    skipped = session.skipped | {session.now.answer.id}
    return open_answer(replace(session, past=past, skipped=skipped), session.at + 1)


def edit(session: Session, codes: tuple[Marked, ...]) -> Session:
    """The same answer with other codes, not yet decided."""
    return replace(session, codes=codes, past=(*session.past, _remember(session)), form=Form(), page=())


def take_note(session: Session, note: str) -> Session:
    """The same answer with this note, kept at once whether or not anything is decided; none takes the note out."""
    name = session.now.answer.id
    decided = dict(session.decided)
    past = (*session.past, _remember(session, was_decided=True))
    noted = decided.get(name, Decision((), (NOTED,), coder=session.who))._replace(note=note)
    if note or noted.is_made:
        decided[name] = noted
    else:
        decided.pop(name, None)
    return replace(session, decided=decided, note=note, past=past, form=Form(), page=())


def undo(session: Session) -> Session:
    """As it was before the last change, skip or decision, which is taken back; the same with nothing to take back."""
    if not session.past:
        return replace(session, message="There is nothing to undo in this sitting.", form=Form(), page=())
    *past, last = session.past
    decided = session.decided
    if last.was_decided:
        name = session.shown[last.at].answer.id
        decided = {each: decision for each, decision in decided.items() if each != name}
        if last.decided:
            decided[name] = last.decided
    told = "The last change is undone." if last.at == session.at else "Back at the answer before: it is open again."
    if last.at != session.at and last.decided and last.decided.is_made:
        told = "Back at the answer before. What was decided of it earlier stands."
    return replace(
        session,
        at=last.at,
        codes=last.codes,
        note=last.note,
        skipped=last.skipped,
        decided=decided,
        past=tuple(past),
        form=Form(),
        page=(),
        ended=False,
        message=told,
    )


def _remember(session: Session, *, was_decided: bool = False) -> Moment:
    earlier = session.decided.get(session.now.answer.id) if was_decided else None
    return Moment(session.at, session.codes, session.note, was_decided, earlier, session.skipped)
