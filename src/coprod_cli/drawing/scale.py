"""Scores go in; marks and likely ranges on a scale from 0 to 100 come out on the sheet."""

import math

from coprod_cli.drawing.look import INK, INNER, LABEL, MARGIN, PAPER, QUIET, SMALL, TRACK, Sheet, measure
from coprod_cli.model.tables import Score
from coprod_cli.telling import DASH, NOT_ENOUGH

LANE = 15.0
VALUES = 88.0
LEFT = MARGIN + 6
RIGHT = MARGIN + INNER - VALUES
TICKS = (0, 25, 50, 75, 100)
CAP = 3.5


def place(score: float) -> float:
    """Where a score of 0 to 100 lies across the sheet, in points."""
    return LEFT + (RIGHT - LEFT) * score / 100


def draw_tracks(sheet: Sheet, lanes: int) -> None:
    """The pale band that one dimension's marks lie on, with lines at the ticks."""
    sheet.block(LEFT - 6, sheet.y, RIGHT - LEFT + 12, LANE * lanes, colour=TRACK)
    for tick in TICKS:
        sheet.rule((place(tick), sheet.y), (place(tick), sheet.y + LANE * lanes))


def draw_score(sheet: Sheet, score: Score | None, *, colour: str, shape: str, filled: bool) -> None:
    """One lane: the likely range as a line, the estimate as a marker, both as words at the right; then moves down."""
    middle = sheet.y + LANE / 2
    if score is None or not score.reportable or math.isnan(score.estimate):
        sheet.put(NOT_ENOUGH, LEFT, middle, size=SMALL, colour=QUIET, backed=True)
    else:
        draw_whisker(sheet, score.low, score.high, middle, colour)
        sheet.mark(place(score.estimate), middle, shape, colour=colour, filled=filled)
        spread = DASH.join(f"{end:.0f}" for end in (score.low, score.high))
        put_values(sheet, f"{score.estimate:.0f}", spread, middle)
    sheet.y += LANE


def draw_whisker(sheet: Sheet, low: float, high: float, middle: float, colour: str) -> None:
    """A likely range as a line with ends."""
    ends = place(low), place(high)
    sheet.rule((ends[0], middle), (ends[1], middle), colour=colour, thick=2.4)
    for end in ends:
        sheet.rule((end, middle - CAP), (end, middle + CAP), colour=colour, thick=1.8)


def put_values(sheet: Sheet, figure: str, beside: str, middle: float) -> None:
    """A figure in bold at the right of the scale, and what stands beside it."""
    sheet.put(figure, RIGHT + 16, middle, bold=True)
    sheet.put(beside, RIGHT + 16 + measure(figure, LABEL, bold=True) + 5, middle, size=SMALL, colour=QUIET)


def draw_break(sheet: Sheet, x: float, middle: float) -> None:
    """Two slanted strokes: what stands left and right of them is no one series."""
    sheet.block(x - 4, middle - 5, 8, 10, colour=PAPER)
    for shift in (-2.5, 2.5):
        sheet.rule((x + shift - 2, middle + 6), (x + shift + 2, middle - 6), colour=INK, thick=1.6)


def draw_axis(sheet: Sheet) -> None:
    """The figures under the scale and what its ends mean; then moves down."""
    for tick in TICKS:
        sheet.put(str(tick), place(tick), sheet.y + SMALL * 0.7, size=SMALL, colour=QUIET, align="center")
    sheet.y += SMALL * 1.5
    sheet.put("worst", LEFT - 6, sheet.y + SMALL * 0.6, size=SMALL, colour=QUIET)
    sheet.put("best", RIGHT + 6, sheet.y + SMALL * 0.6, size=SMALL, colour=QUIET, align="right")
    sheet.y += SMALL * 1.4
