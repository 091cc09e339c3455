"""What was read of a survey: its questions, its columns and why each was taken so, its rows, and what was left out."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.tables import AnchorValue, MarginValue, table

# The code of the notice that nothing tells who sent which form: projects of such results are not compared.
NAMELESS = "no-ids"


class Notice(NamedTuple):
    """Something the user should know; it travels with the results into every output.

    `rows` counts survey rows left out for this reason, and is 0 for a notice that leaves none out.
    `message` is one or two plain sentences for every reader and never holds words from an answer. `hint` says what
    whoever runs coprod may do about it; it names commands, so it stays off the pages that others read.
    """

    code: str
    message: str
    rows: int = 0
    hint: str = ""

    @property
    def in_full(self) -> str:
        """The message with the hint, for whoever runs coprod."""
        return f"{self.message} {self.hint}".strip()


class ColumnKind(StrEnum):
    """What a column of the export can be taken for."""

    PERSON = "person"
    ROLE = "role"
    SECTOR = "sector"
    PROJECT = "project"
    WAVE = "wave"
    DATE = "date"
    CONSENT = "consent"
    WEIGHT = "weight"
    ITEM = "item"
    ANCHOR = "anchor"
    OPEN = "open"
    METADATA = "metadata"
    UNUSED = "unused"


@dataclass(frozen=True)
class Scale:
    """How a closed item's cells turn into 0..100: each known answer, in lower case, to its place before direction."""

    name: str
    places: dict[str, float]
    direction: int = 1


@dataclass(frozen=True)
class SurveyColumn:
    """One column of the export: what it was taken for, how surely (0..1), and why, in words for `inspect`.

    words: answers, in lower case, to which the mapping file gives a meaning ('missing' for those of a closed question).
    unknown: choices of a role column that nobody knows, if often enough given to be shown.
    near: ids of the dimensions that a closed question may be about, to suggest; nothing is scored by them.
    project, wave: where the same questions stand in several columns, the project or round that this column is about;
    if a column of kind project has the same `project`, its cells name it. several: cells hold any number of choices.
    """

    position: int
    header: str
    kind: ColumnKind
    certainty: float
    why: str
    name: str = ""
    question: str = ""
    item: str = ""
    dimension: str = ""
    scale: Scale | None = None
    words: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    project: str = ""
    wave: str = ""
    several: bool = False


@dataclass(frozen=True)
class Question:
    """One question put to people. `name` is its id in the tables; `text` is how it was asked."""

    name: str
    text: str
    kind: ColumnKind
    dimension: str = ""


@dataclass(frozen=True)
class Source:
    """One file as it was read. `name` is its file name without folders; it goes into the manifest only."""

    name: str
    sha256: str
    format: str
    encoding: str
    delimiter: str
    header_rows: int
    rows_read: int
    columns: tuple[SurveyColumn, ...]


@dataclass(frozen=True)
class Survey:
    """Everything that was read: `rows_read` equals the filled-in forms kept plus the rows told of in notices.

    responses: Response rows; answers: Answer rows (masked = words until they are masked); ratings: Rating rows.
    anchors: AnchorValue rows, of the same responses; reported beside scores, never part of one.
    margins: MarginValue rows, where a targets file asks for them.
    forms: how many rows of the export were kept (a form that covers two projects is two responses, one form).
    unfit: headers that the mapping file names and no file has, each with the header it may be now, for `inspect`.
    period: first and last month in which the forms were filled in, as "2026-03"; empty where no column says it.
    private_words: names that dropped personal columns held; in memory only, for masking, never written.
    """

    responses: pd.DataFrame
    answers: pd.DataFrame
    ratings: pd.DataFrame
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    rows_read: int
    forms: int
    notices: tuple[Notice, ...] = field(default=())
    unfit: tuple[tuple[str, str], ...] = ()
    private_words: frozenset[str] = field(default=frozenset(), repr=False)
    anchors: pd.DataFrame = field(default_factory=lambda: table([], AnchorValue))
    margins: pd.DataFrame = field(default_factory=lambda: table([], MarginValue))
    period: tuple[str, str] = ("", "")

    @property
    def nameless(self) -> frozenset[str]:
        """Roles of whom no form says who sent it, so that nobody is known again from one form to another."""
        columns = [column for source in self.sources for column in source.columns]
        known = self.responses["person"] != self.responses["response"]
        if columns and not any(column.kind is ColumnKind.PERSON for column in columns):
            known[:] = False
        return frozenset(self.responses["role"]) - frozenset(self.responses.loc[known, "role"])
