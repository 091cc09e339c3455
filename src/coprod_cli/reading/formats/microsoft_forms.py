"""A Microsoft Forms workbook goes in; its headings come out.

One header row: ID, Start time, Completion time, Email, Name, then the questions. A grid has one column for each
statement, headed by the statement alone. Excel glues a number to a header that occurs twice ('Comments2').
"""

import re

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.groups import is_ranked_list
from coprod_cli.reading.formats.own_columns import RANKING, read_names, tell_dates
from coprod_cli.reading.grid import Heading, Hint, Layout, lay_out_one_row, list_heads, split_bracket

_TOOL = "Microsoft Forms fills it in"
_STARTS = (
    "start time", "startzeit", "heure de d\u00e9but", "hora de inicio", "begintijd", "ora di inizio",
    "hora de in\u00edcio",
)  # fmt: skip
_ENDS = (
    "completion time", "fertigstellungszeit", "heure de fin", "hora de finalizaci\u00f3n", "tijd van voltooien",
    "ora di completamento", "hora de conclus\u00e3o",
)  # fmt: skip
_ADDRESSES = ("email", "e-mail", "adresse de messagerie", "correo electr\u00f3nico", "posta elettronica")
_PEOPLE = ("name", "nom", "nombre", "naam", "nome")
HINTS = {
    "id": Hint(ColumnKind.METADATA, 0.95, "Microsoft Forms numbers the forms"),
    **dict.fromkeys(_STARTS, Hint(ColumnKind.DATE, 0.95, "Microsoft Forms writes when the form was begun")),
    **dict.fromkeys(_ENDS, Hint(ColumnKind.DATE, 0.95, "Microsoft Forms writes when the form was sent")),
    "last modified time": Hint(ColumnKind.METADATA, 0.95, _TOOL),
    **dict.fromkeys(
        _ADDRESSES, Hint(ColumnKind.METADATA, 0.95, "Microsoft Forms writes the e-mail address; it is dropped")
    ),
    **dict.fromkeys(_PEOPLE, Hint(ColumnKind.METADATA, 0.95, "Microsoft Forms writes the name; it is dropped")),
    "total points": Hint(ColumnKind.METADATA, 0.9, _TOOL),
    "quiz feedback": Hint(ColumnKind.METADATA, 0.9, _TOOL),
}
_QUIZ = re.compile(r"^(?:points|feedback) - ", re.IGNORECASE)
# Excel writes 'Comments2', pandas 'Comments.1'.
_GLUED = re.compile(r"^(.*?[^\d.])[ .]?(\d{1,3})$", re.DOTALL)
_SEPARATOR = ";"


def recognises(grid: Grid) -> float:
    """Whether a top row has the tool's own columns, in one of a few languages."""
    return 0.9 if grid.given_headers < 2 and _find_header(grid) is not None else 0.0  # noqa: PLR2004  # names and labels


def questions(grid: Grid) -> Layout:
    """One header row; glued numbers are taken off where the same header stands without one, too."""
    layout = lay_out_one_row(grid, _find_header(grid) or 0, HINTS, frozenset({"id"}))
    texts = {heading.text for heading in layout.headings}
    headings = [_mend(heading, texts) for heading in layout.headings]
    for place, heading in enumerate(headings):
        if heading.hint is None and is_ranked_list(grid, heading.position, layout.first_row, _SEPARATOR):
            headings[place] = heading._replace(hint=RANKING)
    when = [heading.position for heading in headings if heading.hint and heading.hint.kind is ColumnKind.DATE]
    return layout._replace(
        headings=tuple(headings), dates=tell_dates(grid, layout.first_row, when), separator=_SEPARATOR
    )


def _find_header(grid: Grid) -> int | None:
    for index, row in enumerate(list_heads(grid)):
        names = set(read_names(row))
        if names.intersection(_STARTS) and names.intersection(_ENDS):
            return index
    return None


def _mend(heading: Heading, texts: set[str]) -> Heading:
    if _QUIZ.match(heading.text):
        return heading._replace(hint=Hint(ColumnKind.METADATA, 0.9, _TOOL))
    glued = _GLUED.match(heading.text)
    if glued and glued.group(1).strip() in texts:
        text = glued.group(1).strip()
        stem, part = split_bracket(text)
        return heading._replace(text=text, stem=stem, part=part)
    return heading
