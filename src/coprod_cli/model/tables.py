"""A row type goes in; tables checked against it, and their rows as typed values, come out.

Each table that travels between stages is declared once, by the NamedTuple of its row. A field's `Column` gives its
meaning, unit, bounds, allowed words and whether it belongs to the key. `require` holds a table to that.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import nan
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import numpy.typing as npt
import pandas as pd

from coprod_cli.model.errors import BrokenTableError

ROLES = ("parent", "practitioner", "young_person", "volunteer", "other")
STANCES = ("positive", "negative", "neutral")
LEVELS = ("project", "individual", "system")
# What a person who coded may not have said; a file writes UNCLEAR where they cannot tell the level.
LEFT_OPEN = ("", "stance", "level", "stance and level")
UNCLEAR = "unclear"
SECTORS = ("", "education", "health", "social_care", "council", "voluntary")
BASES = ("items", "items+comments", "comments")
OVERALL = "overall"
SCORE_DECIMALS, RATIO_DECIMALS = 1, 3  # of points, and of shares, chances and correlations, in every output


class Column(NamedTuple):
    """What one field of a row means, and what it may hold."""

    meaning: str
    key: bool = False
    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()


class Response(NamedTuple):
    """One form filled in, for one project."""

    response: Annotated[
        str, Column("id of the filled-in form; made from its content, so row order does not matter", key=True)
    ]
    person: Annotated[str, Column("id of the person; the unit of resampling")]
    role: Annotated[str, Column("what the person is in the joint work", words=ROLES)]
    project: Annotated[str, Column("the piece of joint work, as the survey names it")]
    wave: Annotated[str, Column("the round of the survey; empty when there is one only")]
    consent: Annotated[bool, Column("whether the words may be quoted without the name")]
    weight: Annotated[float, Column("survey weight; 1 when there is none", low=0)]
    sector: Annotated[str, Column("where a practitioner works; empty when not known", words=SECTORS)] = ""
    lot: Annotated[
        str, Column("what the person's chances are drawn by, the id where empty; in memory only, never written")
    ] = ""


class Answer(NamedTuple):
    """One answer to one open question."""

    response: Annotated[str, Column("the form it stands in", key=True)]
    question: Annotated[str, Column("id of the open question", key=True)]
    words: Annotated[str, Column("the words as written; never leaves the process")]
    masked: Annotated[str, Column("the words with names and contacts masked; the only ones coded and shown")]


class Rating(NamedTuple):
    """One answer to one closed item."""

    response: Annotated[str, Column("the form it stands in", key=True)]
    item: Annotated[str, Column("id of the item in the framework, or of the survey's column", key=True)]
    score: Annotated[float, Column("0 (worst) to 100 (best) after direction; NaN when missing", low=0, high=100)]


class AnchorValue(NamedTuple):
    """One answer to a question that is never scored: where a person puts the work as a whole."""

    response: Annotated[str, Column("the form it stands in", key=True)]
    anchor: Annotated[str, Column("id of the anchor in the framework", key=True)]
    value: Annotated[
        float, Column("a mark as 0 to 100, or the number of the rung chosen; NaN when missing", low=0, high=100)
    ]


class MarginValue(NamedTuple):
    """One answer to a question about people that a targets file names, to weight them by."""

    response: Annotated[str, Column("the form it stands in", key=True)]
    margin: Annotated[str, Column("the question, as the targets file names it", key=True)]
    category: Annotated[str, Column("the answer of the targets file that it counts as")]


class Mention(NamedTuple):
    """One theme in one stretch of one answer."""

    response: Annotated[str, Column("the form the answer stands in", key=True)]
    question: Annotated[str, Column("id of the open question", key=True)]
    theme: Annotated[str, Column("id of the theme", key=True)]
    stance: Annotated[str, Column("whether the good form happened", words=STANCES)]
    level: Annotated[
        str, Column("what is spoken of: the joint work, one child's case, or services at large", words=LEVELS)
    ]
    confidence: Annotated[float, Column("calibrated chance that the theme is there", low=0, high=1)]
    start: Annotated[int, Column("first character of the evidence in the masked words", key=True, low=0)]
    end: Annotated[int, Column("one past the last character of the evidence", low=0)]
    coder: Annotated[str, Column("who coded it: an engine's name, or a person's")]
    unsure: Annotated[bool, Column("whether the machine is not sure and a person should look")] = False
    left_open: Annotated[
        str, Column("what the person who coded did not say or could not tell, so that a rule did", words=LEFT_OPEN)
    ] = ""


class Score(NamedTuple):
    """One role's view of one project on one dimension, or overall: never a number without its range and people."""

    project: Annotated[str, Column("the project", key=True)]
    role: Annotated[str, Column("whose view", key=True, words=ROLES)]
    wave: Annotated[str, Column("the round of the survey", key=True)]
    dimension: Annotated[str, Column("id of the dimension, or 'overall'", key=True)]
    estimate: Annotated[float, Column("0..100; NaN when not reportable", low=0, high=100)]
    low: Annotated[float, Column("lower end of the likely range", low=0, high=100)]
    high: Annotated[float, Column("upper end of the likely range", low=0, high=100)]
    people: Annotated[int, Column("how many people it rests on; -1 when withheld", low=-1)]
    basis: Annotated[str, Column("what it rests on", words=BASES)]
    reportable: Annotated[bool, Column("whether the minimum base was reached")]
    why_not: Annotated[str, Column("one sentence when it is not reportable, else empty")]
    before_limits: Annotated[
        float, Column("overall, the score before facts limited it; NaN where none did", low=0, high=100)
    ] = nan
    low_before: Annotated[float, Column("lower end of its likely range before limits", low=0, high=100)] = nan
    high_before: Annotated[float, Column("upper end of its likely range before limits", low=0, high=100)] = nan
    weakest: Annotated[str, Column("overall, the core dimension that it is held near; empty where none holds it")] = ""
    plain_mean: Annotated[
        float, Column("overall, the weighted mean that this dimension holds down; NaN where none does", low=0, high=100)
    ] = nan
    plain_low: Annotated[float, Column("lower end of the likely range of that mean", low=0, high=100)] = nan
    plain_high: Annotated[float, Column("upper end of the likely range of that mean", low=0, high=100)] = nan
    effective: Annotated[
        float, Column("how many people of equal weight would tell as much; NaN where all weigh the same", low=0)
    ] = nan


class RungChance(NamedTuple):
    """How likely it is that a project stands on one rung of the ladder, as one role sees it."""

    project: Annotated[str, Column("the project", key=True)]
    role: Annotated[str, Column("whose view", key=True, words=ROLES)]
    wave: Annotated[str, Column("the round of the survey", key=True)]
    rung: Annotated[int, Column("the rung, 0 for the lowest", key=True, low=0)]
    chance: Annotated[float, Column("share of plausible draws on this rung, after limits", low=0, high=1)]
    people: Annotated[
        int, Column("fewest people, by effective number, behind a dimension of the axis; -1 when withheld", low=-1)
    ]
    said: Annotated[
        float,
        Column(
            "share of those who say which rung they see that chose this one; NaN when none or withheld", low=0, high=1
        ),
    ] = nan
    said_people: Annotated[int, Column("how many people say which rung they see; -1 when too few or none", low=-1)] = -1
    chance_before: Annotated[
        float, Column("share of plausible draws before limits; NaN where facts hold none of them down", low=0, high=1)
    ] = nan


class ThemeCount(NamedTuple):
    """How many people of one role raised one theme, split by what they said of it; the four parts add up to people."""

    project: Annotated[str, Column("the project; empty for all projects together", key=True)]
    role: Annotated[str, Column("whose words", key=True, words=ROLES)]
    wave: Annotated[str, Column("the round of the survey", key=True)]
    theme: Annotated[str, Column("id of the theme", key=True)]
    people: Annotated[float, Column("people who raised it; NaN when withheld", low=0)]
    positive: Annotated[float, Column("of them, only said the good form happened; NaN when withheld", low=0)]
    mixed: Annotated[float, Column("of them, said both; NaN when withheld", low=0)]
    negative: Annotated[float, Column("of them, only said the bad form happened; NaN when withheld", low=0)]
    neutral: Annotated[float, Column("of them, raised it without a judgement; NaN when withheld", low=0)]
    commenters: Annotated[
        float, Column("people of that role and project who commented at all; NaN when withheld", low=0)
    ]


RowT = TypeVar("RowT", bound=tuple[object, ...])
_DTYPES: dict[type, str] = {str: "object", float: "float64", int: "int64", bool: "bool"}


@cache
def columns_of(row: type[RowT]) -> Mapping[str, tuple[type, Column]]:
    """Field name to (plain type, Column) in the order of the row's declaration."""
    found: dict[str, tuple[type, Column]] = {}
    for name, hint in get_type_hints(row, include_extras=True).items():
        if get_origin(hint) is Annotated:
            plain, column = get_args(hint)[:2]
            found[name] = (plain, column)
    return MappingProxyType(found)


def table(values: Iterable[RowT], row: type[RowT]) -> pd.DataFrame:
    """Rows as a table with the row type's columns and dtypes, sorted by key; empty tables keep both."""
    columns = columns_of(row)
    # Column by column: pandas would guess a type first, and make every word anew on the way back from its guess.
    each = list(zip(*values, strict=True)) or [()] * len(columns)
    frame = gather(dict(zip(columns, map(list, each), strict=True)), row)
    keys = [name for name, (_, column) in columns.items() if column.key]
    return frame.sort_values(keys, kind="stable", ignore_index=True)


def gather(columns: Mapping[str, npt.NDArray[Any] | list[Any]], row: type[RowT]) -> pd.DataFrame:
    """Whole columns, in the order of the rows, as a table with the row type's dtypes; nothing is sorted.

    Args:
        columns: every field of the row type with its values, all of one length.
        row: the row type.
    """
    dtypes = {name: _DTYPES[plain] for name, (plain, _) in columns_of(row).items()}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=dtype) for name, dtype in dtypes.items()})


def require(frame: pd.DataFrame, row: type[RowT]) -> pd.DataFrame:
    """The same table, once it is known to keep its row type's promises.

    Raises:
        BrokenTableError: a column is missing or of the wrong type, a value is out of bounds, or a key occurs twice.
    """
    columns = columns_of(row)
    if list(frame.columns) != list(columns):
        _broken(row, f"columns are {list(frame.columns)}, not {list(columns)}")
    for name, (plain, column) in columns.items():
        values = frame[name]
        if plain is str and pd.api.types.infer_dtype(values, skipna=False) not in ("string", "empty"):
            _broken(row, f"{name} holds something other than words")
        if plain is not str and str(values.dtype) != _DTYPES[plain]:
            _broken(row, f"{name} is {values.dtype}, not {_DTYPES[plain]}")
        if column.words and not set(values) <= set(column.words):
            _broken(row, f"{name} holds a word other than {column.words}")
        if column.low is not None and (values < column.low).any():
            _broken(row, f"{name} goes below {column.low}")
        if column.high is not None and (values > column.high).any():
            _broken(row, f"{name} goes above {column.high}")
    keys = [name for name, (_, column) in columns.items() if column.key]
    if frame.duplicated(keys).any():
        _broken(row, f"the key {keys} occurs more than once")
    return frame


def rows(frame: pd.DataFrame, row: type[RowT]) -> Iterator[RowT]:
    """The rows of a table as typed values, in its order."""
    names = list(columns_of(row))
    for values in zip(*(frame[name].tolist() for name in names), strict=True):
        yield row(*values)


def _broken(row: type, why: str) -> None:
    message = f"{row.__name__} table: {why}"
    raise BrokenTableError(message)
