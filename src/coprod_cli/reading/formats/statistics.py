"""An SPSS or Stata file of no survey tool that coprod knows goes in; its headings, from names and labels, come out.

Two header rows: the variables' names and their labels. A question with several columns has its words in every label,
before or behind those of the row or choice: `question - row`, `question [row]`, `question: row`, `row: question`.
"""

from collections.abc import Sequence

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.groups import are_boxes, mark_rankings
from coprod_cli.reading.formats.own_columns import list_siblings, tell_dates
from coprod_cli.reading.formats.surveymonkey import HINTS as SURVEYMONKEY_HINTS
from coprod_cli.reading.grid import Heading, Layout, get_cell, split_bracket
from coprod_cli.reading.wording import clean_header

HEADER_ROWS = 2
_BETWEEN = (" - ", ": ")
_LEAST_OWN = 2


def recognises(grid: Grid) -> float:
    """Whether names and labels stand apart from the answers, as they do in such files."""
    return 0.3 if grid.given_headers == HEADER_ROWS else 0.0


def questions(grid: Grid) -> Layout:
    """Names are codes, labels are questions; boxes to tick and rankings are known by their cells."""
    names, labels = ([*grid.top, [], []])[:HEADER_ROWS]
    texts = [clean_header(get_cell(labels, place)) or clean_header(name) for place, name in enumerate(names)]
    keys = [clean_header(name).casefold() for name in names]
    # A survey tool's own names say something only in company: a variable 'name' may be anything.
    own = SURVEYMONKEY_HINTS if sum(key in SURVEYMONKEY_HINTS for key in keys) >= _LEAST_OWN else {}
    headings = [
        Heading(place, text, text, stem, part, clean_header(name), own.get(key), key == "respondentid")
        for place, (name, key, text, (stem, part)) in enumerate(
            zip(names, keys, texts, split_labels(texts), strict=True)
        )
    ]
    for places in list_siblings(headings).values():
        if are_boxes(grid, HEADER_ROWS, [headings[place] for place in places]):
            for place in places:
                headings[place] = headings[place]._replace(choice=True)
    when = [heading.position for heading in headings if heading.hint and heading.hint.kind is ColumnKind.DATE]
    return Layout(
        HEADER_ROWS,
        HEADER_ROWS,
        mark_rankings(grid, HEADER_ROWS, headings),
        dates=tell_dates(grid, HEADER_ROWS, when) if when else "",
    )


def split_labels(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Every text as question and row; (text, '') where no neighbour shares the question."""
    ways = [[split_bracket(text) for text in texts]]
    for between in _BETWEEN:
        ways.append([_part(text.rpartition(between), text) for text in texts])
        ways.append([_part(text.partition(between), text) for text in texts])
        ways.append([_part(text.rpartition(between)[::-1], text) for text in texts])
    found = [(text, "") for text in texts]
    for way in ways:
        for place, (stem, part) in enumerate(way):
            near = way[max(place - 1, 0) : place] + way[place + 1 : place + 2]
            if part and not found[place][1] and any(other == stem and row for other, row in near):
                found[place] = (stem, part)
    return found


def _part(pieces: tuple[str, str, str], text: str) -> tuple[str, str]:
    stem, _, part = (piece.strip() for piece in pieces)
    return (stem, part) if stem and part else (text, "")
