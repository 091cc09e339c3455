"""The headings and cells of one export go in; what each column was taken for, how surely and why, comes out."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.column_names import name_columns
from coprod_cli.reading.column_rules import Cells, are_surely_roles
from coprod_cli.reading.grid import BETWEEN_CHOICES, Heading
from coprod_cli.reading.guesses import TICKS, UNKNOWN, UNKNOWN_CHOICES, Guess, guess_column, match_anchor
from coprod_cli.reading.roles import find_role
from coprod_cli.reading.scales import fit_scales, is_missing
from coprod_cli.reading.wording import make_cell_key, make_key
from coprod_cli.reading.workplaces import find_sector

__all__ = [
    "ONE_OF_EACH",
    "TICKS",
    "UNKNOWN",
    "UNKNOWN_CHOICES",
    "Guess",
    "match_anchor",
    "name_columns",
    "recognise_columns",
    "tell_unknown_roles",
]
ONE_OF_EACH = (
    ColumnKind.PERSON, ColumnKind.ROLE, ColumnKind.SECTOR, ColumnKind.PROJECT, ColumnKind.WAVE, ColumnKind.CONSENT,
    ColumnKind.WEIGHT,
)  # fmt: skip
_TICKABLE = (ColumnKind.ROLE, ColumnKind.SECTOR, ColumnKind.PROJECT)
FEWEST_TO_SHOW = 5
_KNOWN_BY: dict[ColumnKind, Callable[[str], object]] = {
    ColumnKind.ROLE: find_role,
    ColumnKind.SECTOR: lambda cell: find_sector(cell) or find_role(cell) == "other" or is_missing(make_cell_key(cell)),
}
_UNKNOWN_WORDS = "; words that coprod does not know: "


def recognise_columns(
    headings: Sequence[Heading], counts: Sequence[Counter[str]], framework: Framework
) -> tuple[SurveyColumn, ...]:
    """Every column of an export as coprod takes it, in its order; `counts` holds the filled cells of each, counted."""
    cells = [
        Cells(_part_choices(counted) if heading.several else counted)
        for heading, counted in zip(headings, counts, strict=True)
    ]
    keys = {heading.position: each.keys for heading, each in zip(headings, cells, strict=True)}
    fits = fit_scales(keys, framework, {heading.position: heading.text or heading.header for heading in headings})
    guesses = [
        guess_column(heading, each, fits.get(heading.position), framework)
        for heading, each in zip(headings, cells, strict=True)
    ]
    guesses = _keep_one_of_each(headings, _take_places_for_roles(guesses, cells))
    return tell_unknown_roles(name_columns(headings, guesses), headings, counts)


def tell_unknown_roles(
    columns: Sequence[SurveyColumn], headings: Sequence[Heading], counts: Sequence[Counter[str]]
) -> tuple[SurveyColumn, ...]:
    """The columns, where one of roles or of places of work says which of its words are not known.

    They are choices, not answers; but a word that fewer than FEWEST_TO_SHOW forms hold may be somebody's own, and is
    counted only.
    """
    told = []
    for column, heading, counted in zip(columns, headings, counts, strict=True):
        is_known = _KNOWN_BY.get(column.kind)
        if is_known is None or heading.part:
            told.append(column)
            continue
        meant = {word for word, _ in column.words}
        unknown: Counter[str] = Counter()
        for cell, count in counted.items():
            if not is_known(cell) and make_cell_key(cell) not in meant:
                unknown[" ".join(cell.split())] += count
        shown = tuple(sorted(word for word, count in unknown.items() if count >= FEWEST_TO_SHOW))
        rarer = len(unknown) - len(shown)
        parts = [f"'{word}' ({unknown[word]})" for word in shown]
        if rarer:
            parts.append(f"{rarer} rarer {'one' if rarer == 1 else 'ones'}, not shown")
        plain = column.why.partition(_UNKNOWN_WORDS)[0]
        why = f"{plain}{_UNKNOWN_WORDS}{', '.join(parts)}" if parts else plain
        told.append(dataclasses.replace(column, why=why, unknown=shown))
    return tuple(told)


def _take_places_for_roles(guesses: list[Guess], cells: Sequence[Cells]) -> list[Guess]:
    """The same guesses, where the places that people work at say who they are if no other column does."""
    if any(guess.kind is ColumnKind.ROLE for guess in guesses):
        return guesses
    return [
        Guess(ColumnKind.ROLE, 0.75, "the answers say where people work, and so who they are")
        if guess.kind is ColumnKind.SECTOR and are_surely_roles(each)
        else guess
        for guess, each in zip(guesses, cells, strict=True)
    ]


def _keep_one_of_each(headings: Sequence[Heading], guesses: list[Guess]) -> list[Guess]:
    """The same guesses with one person, role, project ... column: the surest, then the first; the others set aside.

    Boxes to tick of one question stay together.
    """
    kept = list(guesses)
    blocks = sorted({heading.block for heading in headings if heading.about} | {""})
    # Of several questions about quoting none outweighs the others: all of them are kept, and must agree.
    for kind, block in product((kind for kind in ONE_OF_EACH if kind is not ColumnKind.CONSENT), blocks):
        # Every block of questions may have a column of its own that names its project.
        places = [
            place
            for place, (heading, guess) in enumerate(zip(headings, kept, strict=True))
            if guess.kind is kind and (heading.block if heading.about else "") == block
        ]
        if len(places) > 1:
            best = max(places, key=lambda place: (kept[place].certainty, -place))
            stem = make_key(headings[best].stem)
            together = bool(headings[best].part) and kind in _TICKABLE
            for place in places:
                if place != best and not (together and make_key(headings[place].stem) == stem):
                    rest = ColumnKind.METADATA if kind is ColumnKind.PERSON else ColumnKind.UNUSED
                    kept[place] = Guess(rest, kept[place].certainty, f"another column is the surer {kind.value} column")
    return kept


def _part_choices(counted: Counter[str]) -> Counter[str]:
    """The choices of cells that hold several, counted."""
    parts: Counter[str] = Counter()
    for cell, count in counted.items():
        for part in cell.split(BETWEEN_CHOICES):
            parts[part.strip()] += count
    return parts
