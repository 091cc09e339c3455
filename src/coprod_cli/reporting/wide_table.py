"""Answers with their codes go in; a row an answer or person, with 0 and 1 for each theme and stance, comes out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.tables import STANCES
from coprod_cli.reporting.export_choices import ExportChoices
from coprod_cli.reporting.to_csv import write_rows
from coprod_cli.telling import FIXED, PERSONAL, name_closed_columns, name_theme_columns

LABELS = {
    "answer": "Id of the answer",
    "person": "Id of the person",
    "project": "Project",
    "role": "Role of the person",
    "round": "Round of the survey",
    "question": "Question as it was asked",
    "coder": "Who coded the answer",
    "by_hand": "Coded by a person",
    "looked_at": "Whether anybody or any machine could look",
    "unsure": "Whether the machine is not sure of a code, and a person should look",
    "weight": "How many answers of the survey it stands for; 0: it tells nothing of the machine",
    "words": "Words of the answer, masked by machine",
}
LABELS_OF_PEOPLE = {
    "answers": "How many answers the person wrote about it",
    "answers_by_hand": "How many of them a person coded",
    "answers_looked_at": "At how many of them anybody or any machine could look",
    "answers_unsure": "In how many of them the machine is not sure of a code",
}
TEXT, COUNT, NUMBER, YES_NO, CODED = "text", "count", "number", "yes or no", "coded or not"
_KINDS = {**dict.fromkeys(("by_hand", "looked_at", "unsure"), YES_NO), **dict.fromkeys(LABELS_OF_PEOPLE, COUNT)}
_KINDS |= {"weight": NUMBER}

Value = str | int | float | None


class Variable(NamedTuple):
    """One column. kind: TEXT; COUNT, a whole number; NUMBER; YES_NO or CODED, which are 1, 0 or nothing."""

    name: str
    label: str
    kind: str


class WideTable(NamedTuple):
    """Columns and rows; each row has a value for each column, None where nobody could say."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Value, ...], ...]


class Look(NamedTuple):
    """One coder's look at one answer. coder: empty where there was none. looked_for: the themes that could be seen."""

    answer: AskedAnswer
    coder: str
    by_hand: bool
    looked_for: frozenset[str]
    codes: tuple[Marked, ...]


def make_wide(told: CodedAnswers, choices: ExportChoices) -> WideTable:
    """The table. Where everybody's codes stand side by side there is a row for each coder of each answer."""
    labels = LABELS | LABELS_OF_PEOPLE
    about = {theme.id: theme for theme in told.framework.themes}
    closed = name_closed_columns(told.closed, told.framework)
    variables = [
        *(Variable(name, labels[name], _KINDS.get(name, TEXT)) for name in (PERSONAL if choices.people else FIXED)),
        *(Variable(name, f"Ticked: {asked}", TEXT) for name, asked in zip(closed, told.closed, strict=True)),
    ]
    for (theme, stance), name in name_theme_columns(told.framework).items():
        label = f"{about[theme].name} - {stance}" if stance else _describe(about[theme].name, about[theme].definition)
        variables.append(Variable(name, label, CODED))
    listed = _list_people(told) if choices.people else (_list_values(look, told) for look in list_looks(told))
    return WideTable(tuple(variables), tuple(listed))


def write_wide(told: CodedAnswers, choices: ExportChoices) -> bytes:
    """The same as CSV: 0, 1, and nothing where nobody and no machine could look."""
    wide = make_wide(told, choices)
    body = (["" if value is None else str(value) for value in row] for row in wide.rows)
    return write_rows((each.name for each in wide.variables), body)


def list_looks(told: CodedAnswers) -> Iterator[Look]:
    """Every look at every answer, by answer; one without a coder where nobody and no machine could look."""
    every = frozenset(theme.id for theme in told.framework.themes)
    for name, answer in told.answers.items():
        marks = told.found.get(name, ())
        by_hand = told.by_hand.get(name, "")
        people = told.looked.get(name, ()) or ((by_hand,) if by_hand else ())
        looks = [Look(answer, who, True, every, _pick(marks, who)) for who in people]
        machine = tuple(mark for mark in marks if mark.coder not in people)
        # Where a person's codes took the place of the machine's, the answer is among those unread.
        reads = told.machine_themes and name not in told.unread
        seen = frozenset(told.machine_themes) if reads else frozenset()
        seen |= {mark.theme for mark in machine}
        if seen:
            looks.append(Look(answer, machine[0].coder if machine else told.engine, False, seen, machine))
        yield from looks or [Look(answer, "", False, frozenset(), ())]


def say_weight(look: Look, told: CodedAnswers) -> float | None:
    """How many answers of the survey one stands for that a person coded; None where that is not known."""
    weight = told.weights.get(look.answer.id) if look.by_hand else None
    return None if weight is None else round(weight, 6)


def _is_unsure(look: Look) -> int | None:
    return int(any(mark.unsure for mark in look.codes)) if look.looked_for else None


def _pick(marks: Sequence[Marked], who: str) -> tuple[Marked, ...]:
    return tuple(mark for mark in marks if mark.coder == who)


def _list_values(look: Look, told: CodedAnswers) -> tuple[Value, ...]:
    answer = look.answer
    head: tuple[Value, ...] = (
        *(answer.id, answer.person, answer.project, answer.role, answer.wave, answer.question),
        *(look.coder, int(look.by_hand), int(bool(look.looked_for))),
        *(_is_unsure(look), say_weight(look, told), answer.words),
    )
    return (*head, *_list_ticked(answer, told), *_list_flags(look, told))


def _list_ticked(answer: AskedAnswer, told: CodedAnswers) -> tuple[str, ...]:
    return answer.closed or ("",) * len(told.closed)


def _list_flags(look: Look, told: CodedAnswers) -> list[int | None]:
    """Of each theme, then of each stance of it, whether it was found; None where nobody could say."""
    found = {(mark.theme, stance) for mark in look.codes for stance in ("", mark.stance)}
    # Codes without a stance, as some people make them, say nothing of for and against.
    unsaid = {mark.theme for mark in look.codes if not mark.stance}
    return [
        None if theme.id not in look.looked_for or (stance and theme.id in unsaid) else int((theme.id, stance) in found)
        for theme in told.framework.themes
        for stance in ("", *STANCES)
    ]


def _list_people(told: CodedAnswers) -> Iterator[tuple[Value, ...]]:
    """A row for each person, project, role and round: 1 where any answer holds it, 0 where one was looked at."""
    groups: dict[tuple[str, ...], list[Look]] = {}
    for look in list_looks(told):
        answer = look.answer
        groups.setdefault((answer.person, answer.project, answer.role, answer.wave), []).append(look)
    for key, looks in sorted(groups.items()):
        closed = zip(*(_list_ticked(look.answer, told) for look in looks), strict=True)
        flags = zip(*(_list_flags(look, told) for look in looks), strict=True)
        counts = (
            *(len(looks), sum(look.by_hand for look in looks), sum(bool(look.looked_for) for look in looks)),
            sum(_is_unsure(look) or 0 for look in looks),
        )
        ticked = (next(filter(None, said), "") for said in closed)
        known = ([each for each in one if each is not None] for one in flags)
        yield (*key, *counts, *ticked, *(max(one, default=None) for one in known))


def _describe(name: str, definition: str) -> str:
    return f"{name}: {' '.join(definition.split())}" if definition else name
