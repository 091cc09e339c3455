"""A session and what a person typed go in; the session after it comes out. Nothing here shows, reads or saves.

What is typed is one key where KEYED says so, and else a line; a whole word ("accept") does as well as its key.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from coprod_cli.cli.reviewing.evidence import find_stretch
from coprod_cli.cli.reviewing.sentences import say_code
from coprod_cli.cli.reviewing.session import Form, Place, Session, decide, edit, skip, take_note, undo
from coprod_cli.cli.reviewing.themes import explain_theme, guess_themes, match_themes
from coprod_cli.cli.terminal import make_harmless
from coprod_cli.model.answers import Marked

Step = Callable[[Session, str], Session]

STANCES = {"p": "positive", "n": "negative", "u": "neutral"}
LEVELS = {"j": "project", "c": "individual", "s": "system", "x": ""}
MANY = 9
_DIGITS = 3
# Theme, stance, level, start and end of a code: what it says.
_SAID = 5
_WORDS = {
    "accept": "a", "add": "+", "none": "r", "reject": "r", "skip": "s", "note": "n", "undo": "u", "help": "?",
    "redraw": "c", "clear": "c", "ticked": "t", "quit": "q", "exit": "q",
}  # fmt: skip
_CODE_WORDS = {
    "theme": "t", "evidence": "e", "delete": "d", "positive": "p", "negative": "n", "neutral": "u", "project": "j",
    "joint work": "j", "individual": "c", "child": "c", "system": "s", "services": "s", "unclear": "x", "help": "?",
}  # fmt: skip
HELP = (
    "a: take the codes as they stand, and go on. r: the answer holds no theme at all.",
    "A number: pick a code, to change its theme, stance, level or evidence, or to delete it. +: add a code.",
    "s: leave the answer for another day. u: take back the last thing you did, also the answer before.",
    "t: what the same form ticked, where that is known. n: write a note of your own. c: draw the screen again.",
    "q: stop, as do Ctrl-C and Ctrl-D. Decisions and notes are saved at once, and you go on there next time.",
    "Positive: the good form of a theme happened. Negative: it did not. Neutral: spoken of without a judgement.",
    "Joint work: what the survey asks about. One child: a family's own case. Services: services at large.",
)
NOT_A_KEY = "That does nothing here."
# From here back leads to the code that is being changed; and, where one is added, to what was asked before.
_OF_CODES = frozenset({Place.theme, Place.evidence, Place.rules})
_BEFORE = {Place.stance: Place.theme, Place.level: Place.stance, Place.evidence: Place.level}


def step(session: Session, said: str) -> Session:
    """The session once this was typed; nothing typed goes back a step, and at the answer does nothing."""
    if session.ended:
        return session
    return _STEPS[session.form.place](replace(session, message=""), make_harmless(said).strip())


def leave(session: Session) -> Session:
    """Back to the answer without what was begun."""
    return replace(session, form=Form(), page=(), message="")


def go_back(session: Session) -> Session:
    """Back one step: to the code that is being changed, to what was asked before of a new one, or to the answer."""
    form = session.form
    if form.code >= 0 and form.place in _OF_CODES:
        return replace(session, form=form._replace(place=Place.code, offered=()), page=(), message="")
    if form.code < 0 and form.place in _BEFORE:
        return replace(session, form=form._replace(place=_BEFORE[form.place], offered=()), message="")
    return leave(session)


def _take_main(session: Session, said: str) -> Session:
    key = _WORDS.get(said.casefold(), said.casefold())
    if key.isdecimal():
        return _choose_code(session, key)
    if key in _KEYS:
        return _KEYS[key](session)
    return replace(session, message=NOT_A_KEY if key else "")


def _accept(session: Session) -> Session:
    if session.is_uncoded:
        told = "There is no code yet. Press + to add one, or r if the answer holds no theme."
        return replace(session, message=told)
    return decide(session, session.codes)


def _add(session: Session) -> Session:
    return replace(session, form=Form(Place.theme, part=Marked("", "", "", 0, 0, coder=session.who)))


def _explain(session: Session) -> Session:
    return replace(session, form=Form(Place.rules), page=HELP)


def _choose_code(session: Session, typed: str) -> Session:
    if typed == "0" and len(session.codes) > MANY:
        return replace(session, form=Form(Place.number))
    number = _read_number(typed)
    if not 0 < number <= len(session.codes):
        return replace(session, form=Form(), message=f"There is no code {typed[:3]}." if typed else "")
    return replace(session, form=Form(Place.code, number - 1, session.codes[number - 1]))


def _ask_which(session: Session) -> Session:
    """The word is told, and may be typed, where a number is meant: the only code, or say which."""
    if len(session.codes) == 1:
        return _choose_code(session, "1")
    return replace(session, message="Type the number of the code." if session.codes else "There is no code to change.")


def _read_number(typed: str) -> int:
    """The number that was typed; 0 for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) <= _DIGITS else 0


def _take_number(session: Session, said: str) -> Session:
    return _choose_code(session, said) if said.isdecimal() else leave(session)


def _take_code(session: Session, said: str) -> Session:
    """One key changes one thing of a code, and the answer is shown again."""
    form, key = session.form, _CODE_WORDS.get(said.casefold(), said.casefold())
    if key in STANCES:
        return _put(session, form.part._replace(stance=STANCES[key]))
    if key in LEVELS:
        return _put(session, form.part._replace(level=LEVELS[key]))
    if key == "d":
        codes = tuple(each for place, each in enumerate(session.codes) if place != form.code)
        return replace(edit(session, codes), message=f"Deleted: {session.names[form.part.theme]}.")
    if key == "?":
        return _show_rules(session, form.part.theme)
    further = {"t": Place.theme, "e": Place.evidence}
    if key in further:
        return replace(session, form=form._replace(place=further[key], offered=()))
    return replace(session, message=NOT_A_KEY) if key else leave(session)


def _take_theme(session: Session, said: str) -> Session:
    form = session.form
    if not said:
        return go_back(session)
    found = match_themes(said, session.framework, form.offered)
    if _is_clear(said, found):
        part = form.part._replace(theme=found[0])
        if form.code >= 0:
            return _put(session, part)
        return replace(session, form=Form(Place.stance, part=part))
    return _offer(session, said, found)


def _is_clear(said: str, found: tuple[str, ...]) -> bool:
    """Whether one theme is meant; a single letter may be a slip."""
    return len(found) == 1 and (len(said) > 1 or said.isdecimal())


def _offer(session: Session, said: str, found: tuple[str, ...]) -> Session:
    """Several themes to choose from by number; what comes near where none is called so."""
    told = "Type the number of the one you mean." if found else ""
    found = found or (() if said.isdecimal() else guess_themes(said, session.framework))
    told = told or ("No theme is called so. These come near." if found else "No theme is called so. ? lists them all.")
    return replace(session, form=session.form._replace(offered=found), message=told)


def _take_stance(session: Session, said: str) -> Session:
    key = _CODE_WORDS.get(said.casefold(), said.casefold())
    if key in STANCES:
        form = session.form
        return replace(session, form=form._replace(place=Place.level, part=form.part._replace(stance=STANCES[key])))
    return replace(session, message="Type p, n or u.") if key else go_back(session)


def _take_level(session: Session, said: str) -> Session:
    key = _CODE_WORDS.get(said.casefold(), said.casefold())
    if key in LEVELS:
        form = session.form
        return replace(session, form=form._replace(place=Place.evidence, part=form.part._replace(level=LEVELS[key])))
    return replace(session, message="Type j, c, s or x.") if key else go_back(session)


def _take_evidence(session: Session, said: str) -> Session:
    """Where a code is added, nothing typed means the whole answer; where one is changed, that nothing changes."""
    form = session.form
    if not said and form.code >= 0:
        return go_back(session)
    found = find_stretch(session.now.answer.words, said)
    if found is None:
        told = "These words do not stand in the answer. Type them as they stand there, or all."
        return replace(session, message=told)
    after = _put(session, form.part._replace(start=found.start, end=found.end))
    if found.several:
        told = f"{after.message} The words stand there more than once: the first place was taken."
        return replace(after, message=told)
    return after


def _take_end(session: Session, said: str) -> Session:
    """Behind the last answer, where one can still go back."""
    key = _WORDS.get(said.casefold(), said.casefold())
    if key == "u":
        return undo(session)
    return replace(session, ended=True) if key in {"", "q"} else replace(session, message=NOT_A_KEY)


def _put(session: Session, part: Marked) -> Session:
    """The code in work among the others, as the person's own."""
    form = session.form
    if form.code >= 0 and part[:_SAID] == session.codes[form.code][:_SAID]:
        return replace(leave(session), message=f"Code {form.code + 1} says that already.")
    if any(each[:_SAID] == part[:_SAID] for each in session.codes):
        return replace(leave(session), message="That code is there already.")
    own = part._replace(confidence=1.0, unsure=False, coder=session.who)
    if form.code < 0:
        codes, number = (*session.codes, own), len(session.codes) + 1
    else:
        codes, number = (*session.codes[: form.code], own, *session.codes[form.code + 1 :]), form.code + 1
    told = f"Code {number} is now {say_code(own, session.names)}."
    return replace(edit(session, codes), message=told)


def _take_note(session: Session, said: str) -> Session:
    """A dash takes the note out; nothing typed leaves it as it is."""
    if not said:
        return leave(session)
    return replace(take_note(session, "" if said == "-" else said), message="Noted." if said != "-" else "No note.")


def _quit(session: Session) -> Session:
    """The end; but where codes were changed and not decided, first what is to become of them."""
    if not session.is_half_done:
        return replace(session, ended=True)
    told = "You changed the codes of this answer and have not decided it yet."
    return replace(session, form=Form(Place.leaving), message=told)


def _take_leaving(session: Session, said: str) -> Session:
    key = _WORDS.get(said.casefold(), said.casefold())
    if key == "a":
        return replace(decide(session, session.codes), ended=True)
    if key == "q":
        return replace(session, ended=True)
    return replace(session, message=NOT_A_KEY) if key else leave(session)


def _take_rules(session: Session, said: str) -> Session:
    """The rules of a code, by its number, or of a theme."""
    if not said:
        return go_back(session)
    number = _read_number(said)
    if 0 < number <= len(session.codes) and not session.form.offered:
        return _show_rules(session, session.codes[number - 1].theme)
    found = match_themes(said, session.framework, session.form.offered)
    return _show_rules(session, found[0]) if _is_clear(said, found) else _offer(session, said, found)


def _show_rules(session: Session, theme: str) -> Session:
    page = tuple(explain_theme(session.framework.theme(theme), session.framework))
    return replace(session, form=session.form._replace(place=Place.rules, offered=()), page=page)


def _show_ticked(session: Session) -> Session:
    """What the same form says to closed questions."""
    pairs = zip(session.closed, session.now.answer.closed, strict=False)
    page = tuple(f"{question}: {ticked}" for question, ticked in pairs if ticked)
    if not page:
        return replace(session, message="Nothing is known of what this form ticked.")
    return replace(session, form=Form(Place.ticked), page=page)


def _leave_ticked(session: Session, said: str) -> Session:
    return replace(session, message=NOT_A_KEY) if said else leave(session)


_KEYS: Mapping[str, Callable[[Session], Session]] = {
    "a": _accept,
    "+": _add,
    "r": lambda session: decide(session, ()),
    "s": skip,
    "n": lambda session: replace(session, form=Form(Place.note)),
    "u": undo,
    "?": _explain,
    "t": _show_ticked,
    "change": _ask_which,
    "c": lambda session: session,
    "q": _quit,
}
_STEPS: Mapping[Place, Step] = {
    Place.answer: _take_main,
    Place.number: _take_number,
    Place.code: _take_code,
    Place.theme: _take_theme,
    Place.stance: _take_stance,
    Place.level: _take_level,
    Place.evidence: _take_evidence,
    Place.note: _take_note,
    Place.rules: _take_rules,
    Place.ticked: _leave_ticked,
    Place.leaving: _take_leaving,
    Place.end: _take_end,
}


_BACK = ("Enter", "back")
_STANCE_KEYS = (("p", "positive"), ("n", "negative"), ("u", "neutral"))
_LEVEL_KEYS = (("j", "joint work"), ("c", "one child"), ("s", "services"), ("x", "cannot tell"))
_KEYS_TOLD: Mapping[Place, tuple[tuple[str, str], ...]] = {
    Place.code: (
        ("t", "theme"), *_STANCE_KEYS, *_LEVEL_KEYS, ("e", "evidence"), ("d", "delete"), ("?", "its rules"), _BACK,
    ),
    Place.stance: (*_STANCE_KEYS, _BACK),
    Place.level: (*_LEVEL_KEYS, _BACK),
    Place.ticked: (_BACK,),
    Place.leaving: (("a", "accept them and stop"), ("q", "stop without them"), _BACK),
    Place.end: (("u", "undo"), ("q", "finish")),
}  # fmt: skip


def list_keys(session: Session) -> Iterator[tuple[str, str]]:
    """Each key that does something here, with what it does in a word or two."""
    if session.form.place is not Place.answer:
        yield from _KEYS_TOLD.get(session.form.place, ())
        return
    count = len(session.codes)
    if not session.is_uncoded:
        yield "a", "accept" if not session.blind else "done"
    if count:
        yield ("1" if count == 1 else f"1-{min(count, MANY)}"), "change"
    if count > MANY:
        yield "0", "change a later one"
    yield from (("+", "add"), ("r", "no theme"), ("s", "skip"), ("u", "undo"), ("n", "note"), ("?", "help"))
    if session.closed:
        yield "t", "ticked"
    yield "q", "quit"
