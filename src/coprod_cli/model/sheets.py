"""What a coder's workbook holds: the answers drawn for people to code, each with what helps to code it."""

from dataclasses import dataclass
from typing import NamedTuple

# So many themes of one answer have columns of their own.
SETS = 4


class Suggestion(NamedTuple):
    """One theme that the machine suggests for an answer, and the masked words that it rests on."""

    theme: str
    stance: str
    level: str
    unsure: bool
    words: str


class SheetRow(NamedTuple):
    """One answer to code.

    id: as in coded_answers.csv. wave: empty when there is one round only. words: masked. closed: what the same form
    says to each closed question of the sheet, in words, empty where it says nothing. suggestions: the machine's;
    none in a blind sheet. weight: how many answers of the survey this one stands for; 0 of one that was picked.
    """

    id: str
    project: str
    wave: str
    role: str
    question: str
    words: str
    closed: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    weight: float


@dataclass(frozen=True)
class CodingSheet:
    """One coder's workbook: rows in this coder's own order.

    coder: what the coder is called. closed: the closed questions. blind: whether the machine's suggestions are left
    out. frame: how many answers of the survey could have been drawn. drawn: how many were, for all coders together.
    is_picked: whether they were picked as worth coding, the most useful first, and not drawn by lot.
    """

    coder: str
    rows: tuple[SheetRow, ...]
    closed: tuple[str, ...]
    blind: bool
    frame: int
    drawn: int
    is_picked: bool = False
