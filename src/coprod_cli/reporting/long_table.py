"""Answers with their codes go in; a table with a row for each code, that reads back whole, comes out."""

from collections.abc import Collection, Iterator

from coprod_cli.model.answers import CodedAnswers, Marked
from coprod_cli.model.tables import UNCLEAR
from coprod_cli.reporting.export_choices import ExportChoices
from coprod_cli.reporting.to_csv import write_rows
from coprod_cli.reporting.wide_table import Look, list_looks, say_weight

COLUMNS = (
    "answer", "person", "project", "role", "round", "question", "theme", "theme_name", "stance", "level", "start",
    "end", "evidence", "confidence", "unsure", "coder", "by_hand", "looked_at", "weight", "words",
)  # fmt: skip
_YES = {True: "yes", False: "no"}


def write_long(told: CodedAnswers, choices: ExportChoices) -> bytes:
    """A row for each code, and one with an empty theme for each look at an answer that found none, as CSV."""
    del choices
    names = {theme.id: theme.name for theme in told.framework.themes}
    return write_rows(
        COLUMNS,
        (row for look in list_looks(told) for row in _list_rows(look, names, say_weight(look, told), told.levelless)),
    )


def _list_rows(
    look: Look, names: dict[str, str], weight: float | None, levelless: Collection[str]
) -> Iterator[tuple[str, ...]]:
    answer = look.answer
    head = (answer.id, answer.person, answer.project, answer.role, answer.wave, answer.question)
    tail = (
        look.coder,
        _YES[look.by_hand],
        _YES[bool(look.looked_for)],
        "" if weight is None else f"{weight:.6f}",
        answer.words,
    )
    for mark in look.codes:
        level = mark.level or (UNCLEAR if look.by_hand and look.coder not in levelless else "")
        yield (*head, mark.theme, names[mark.theme], mark.stance, level, *_list_cells(mark, answer.words), *tail)
    if not look.codes:
        yield (*head, *[""] * 9, *tail)


def _list_cells(mark: Marked, words: str) -> tuple[str, ...]:
    is_marked = mark.start < mark.end
    place = (str(mark.start), str(mark.end), words[mark.start : mark.end]) if is_marked else ("", "", "")
    return *place, f"{mark.confidence:.4g}", _YES[mark.unsure]
