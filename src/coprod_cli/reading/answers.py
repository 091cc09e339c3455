"""The columns of one export's questions go in; what every form answers to them comes out.

Every distinct cell is read once and then looked up for all forms that have it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.cells import Column, Mask
from coprod_cli.reading.column_rules import is_empty_answer
from coprod_cli.reading.export import Export
from coprod_cli.reading.grid import BETWEEN_CHOICES
from coprod_cli.reading.scales import is_missing
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import make_cell_key

ALL_TOGETHER = "All together"
LONG_ANSWER = 5_000
_LONGEST_NO_ANSWER = 60
_DIGITS = 9
_ASKED = (ColumnKind.ITEM, ColumnKind.OPEN)


class Ratings(NamedTuple):
    """Every form's answer to one closed item: scores 0..100, NaN for a missing one, and whether it said anything."""

    scores: npt.NDArray[np.float64]
    given: Mask


class Words(NamedTuple):
    """Every form's answer to one open question: the words, "" for none, and whether there are any."""

    words: npt.NDArray[np.object_]
    given: Mask


class Part(NamedTuple):
    """The questions that are about one project or round, where a form asks the same several times; else all questions.

    project and wave: what the block of columns is about ("" where the form itself says). items and opens: by name, the
    places of their columns, of which a form has at most one filled; anchors: the same of what is asked beside them and
    never scored, for which alone no form counts. is_block: whether there are other parts, too.
    """

    project: str
    wave: str
    items: Mapping[str, tuple[int, ...]]
    opens: Mapping[str, tuple[int, ...]]
    anchors: Mapping[str, tuple[int, ...]]
    is_block: bool


class Answered(NamedTuple):
    """All that the forms of one export answer, by question and place of the column, and what there is to tell of."""

    ratings: Mapping[int, Ratings]
    words: Mapping[int, Words]
    told: tuple[Told, ...]


def read_answered(export: Export, forms: Mask) -> Answered:
    """Every answer of an export; `forms` are those to count in what is told."""
    ratings: dict[int, Ratings] = {}
    words: dict[int, Words] = {}
    told: list[Told] = []
    for place, column in enumerate(export.source.columns):
        if column.kind is ColumnKind.ITEM or _is_anchor(column):
            ratings[place] = _rate(column, export.cells[place])
            told += _tell_unrated(column, export.cells[place].keep(forms))
        elif column.kind is ColumnKind.OPEN:
            words[place], noted = _take_words(export.cells[place], forms)
            told += noted
    return Answered(ratings, words, tuple(told))


def list_words(export: Export) -> Iterator[str]:
    """The words of all open answers, each once for every column."""
    for place in export.places(ColumnKind.OPEN):
        yield from map(_clean_words, export.cells[place].values)


def list_parts(export: Export) -> list[Part]:
    """The blocks of questions of an export, and what is asked once for all of them; one part if there are no blocks.

    What is asked once is about none of the projects more than the others: it stands by itself, under ALL_TOGETHER.
    """
    columns = export.source.columns
    asked = [place for place, column in enumerate(columns) if column.kind in _ASKED]
    labels = sorted({(columns[place].project, columns[place].wave) for place in asked} - {("", "")})
    shared = [place for place in asked if not columns[place].project and not columns[place].wave]
    if not labels:
        return [_make_part(columns, ("", ""), shared, is_block=False)]
    parts = [
        _make_part(columns, label, [place for place in asked if _label(columns[place]) == label], is_block=True)
        for label in labels
    ]
    if not shared:
        return parts
    rest = (
        ALL_TOGETHER if any(project for project, _ in labels) else "",
        ALL_TOGETHER if any(wave for _, wave in labels) else "",
    )
    return [*parts, _make_part(columns, rest, shared, is_block=True)]


def find_answering(part: Part, answered: Answered, height: int) -> Mask:
    """The forms that answer a question of this part; where it is a block, one of the block's own."""
    filled = np.zeros(height, bool)
    for places in part.opens.values():
        filled |= pick_words(places, answered).given
    for places in part.items.values():
        scores, given = pick_ratings(places, answered)
        # "Did not take part" to all that is asked about a project is no answer about it.
        filled |= ~np.isnan(scores) if part.is_block else given
    return filled


def pick_ratings(places: Sequence[int], answered: Answered) -> Ratings:
    """One item's answers, from whichever of its columns a form has filled."""
    return Ratings(*_pick([answered.ratings[place] for place in places]))


def pick_words(places: Sequence[int], answered: Answered) -> Words:
    """One open question's answers, from whichever of its columns a form has filled."""
    return Words(*_pick([answered.words[place] for place in places]))


def _pick(columns: Sequence[tuple[npt.NDArray[Any], Mask]]) -> tuple[npt.NDArray[Any], Mask]:
    (said, given), *others = columns
    for other, filled in others:
        said, given = np.where(given, said, other), given | filled
    return said, given


def _is_anchor(column: SurveyColumn) -> bool:
    """Whether it is a question that is never scored, and its answers have a place all the same."""
    return column.kind is ColumnKind.ANCHOR and column.scale is not None


def _label(column: SurveyColumn) -> tuple[str, str]:
    return column.project, column.wave


def _make_part(
    columns: Sequence[SurveyColumn], label: tuple[str, str], places: Sequence[int], *, is_block: bool
) -> Part:
    return Part(
        project=label[0],
        wave=label[1],
        items=_group(columns, [place for place in places if columns[place].kind is ColumnKind.ITEM]),
        opens=_group(columns, [place for place in places if columns[place].kind is ColumnKind.OPEN]),
        anchors=_group(
            columns, [place for place, each in enumerate(columns) if _is_anchor(each) and _label(each) == label]
        ),
        is_block=is_block,
    )


def _group(columns: Sequence[SurveyColumn], places: Sequence[int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for place in places:
        found[columns[place].name] = (*found.get(columns[place].name, ()), place)
    return dict(sorted(found.items()))


def _rate(column: SurveyColumn, cells: Column) -> Ratings:
    if column.scale is None:
        return Ratings(np.full(len(cells.codes), math.nan), np.zeros(len(cells.codes), bool))
    keys = [make_cell_key(value) for value in cells.values]
    scores = np.array([*(column.scale.places.get(key, math.nan) for key in keys), math.nan])[:-1]
    if column.scale.direction < 0:
        scores = 100 - scores
    # A question mirrored, with its direction turned, is to give the same to the last digit on every scale.
    scores = np.round(scores, _DIGITS)
    return Ratings(scores[cells.codes], cells.test(make_cell_key))


def _tell_unrated(column: SurveyColumn, cells: Column) -> Iterator[Told]:
    if column.scale is None:
        return
    named = {word for word, _ in column.words}
    for cell, count in cells.count_cells().items():
        key = make_cell_key(cell)
        if key and key not in column.scale.places:
            yield Told("closed_missing" if is_missing(key) or key in named else "closed_unknown", count)


def _take_words(cells: Column, forms: Mask) -> tuple[Words, list[Told]]:
    values = [_clean_words(value) for value in cells.values]
    words = np.array([*values, ""], object)[:-1][cells.codes]
    given = np.fromiter(map(bool, values), bool, len(values))[cells.codes]
    empty = int((forms & ~given & cells.filled).sum())
    is_long = np.fromiter(map(_is_long, values), bool, len(values))[cells.codes]
    return Words(words, given), [Told("empty_words", empty), Told("long_answers", int((forms & is_long).sum()))]


def _is_long(words: str) -> bool:
    return len(words) > LONG_ANSWER and len(words.split()) > LONG_ANSWER


def _clean_words(cell: str) -> str:
    """The answer with plain line ends, or nothing where the cell says no more than that there is none."""
    words = cell.replace(BETWEEN_CHOICES, "; ").strip()
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    if len(words) > _LONGEST_NO_ANSWER:
        return words if any(map(str.isalpha, words)) else ""
    return "" if is_empty_answer(make_cell_key(words)) else words
