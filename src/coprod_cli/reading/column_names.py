"""Guesses about columns go in; the columns as they travel on, each with its id in the tables, come out."""

import re
from collections.abc import Mapping, Sequence

from coprod_cli.model.survey import ColumnKind, Scale, SurveyColumn
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.guesses import Guess
from coprod_cli.reading.wording import make_slug

_CODE = re.compile(r"^[\w#.\-]+$")


def name_columns(
    headings: Sequence[Heading], guesses: Sequence[Guess], given: Mapping[int, str] | None = None
) -> tuple[SurveyColumn, ...]:
    """The columns with their ids in the tables; `given` holds ids that the mapping file fixes, by position.

    An item's id is the framework's for the surest column that asks it; a second one keeps a name of its own.
    """
    fixed = dict(given or {})
    owners: dict[str, int] = {}
    ranked = sorted(range(len(guesses)), key=lambda place: (-guesses[place].certainty, place))
    for place in ranked:
        wanted = fixed.get(headings[place].position) or _first_choice(headings[place], guesses[place])
        if wanted:
            owners.setdefault(wanted, place)
    taken = set(owners)
    columns = []
    for place, (heading, guess) in enumerate(zip(headings, guesses, strict=True)):
        wanted = fixed.get(heading.position) or _first_choice(heading, guess)
        name = wanted if not wanted or owners[wanted] == place else _find_free(_own_name(heading, guess), taken)
        taken.add(name)
        columns.append(_write_column(heading, guess, name))
    return tuple(columns)


def _first_choice(heading: Heading, guess: Guess) -> str:
    match guess.kind:
        case ColumnKind.ITEM:
            return guess.match.item.id if guess.match else _own_name(heading, guess)
        case ColumnKind.OPEN | ColumnKind.ANCHOR:
            return guess.anchor or (heading.code if _CODE.match(heading.code) else _own_name(heading, guess))
        case _:
            return ""


def _own_name(heading: Heading, guess: Guess) -> str:
    slug = make_slug(heading.part or heading.text)
    return f"x_{slug}" if guess.kind is ColumnKind.ITEM else slug


def _find_free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free = f"{name}_{number}"
        number += 1
    return free


def _write_column(heading: Heading, guess: Guess, name: str) -> SurveyColumn:
    scale = None
    if guess.scale and guess.kind is ColumnKind.ITEM:
        scale = Scale(guess.scale.name, guess.scale.places, -1 if guess.reversed_ else 1)
    return SurveyColumn(
        position=heading.position,
        header=heading.header,
        kind=guess.kind,
        certainty=round(guess.certainty, 2),
        why=guess.why,
        name=name,
        question=heading.text,
        item=guess.match.item.id if guess.match and guess.kind is ColumnKind.ITEM else "",
        dimension=guess.match.item.dimension if guess.match and guess.kind is ColumnKind.ITEM else guess.dimension,
        scale=scale,
        words=guess.words,
        near=guess.near,
    )
