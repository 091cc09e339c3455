"""Rows of words, or elements, go in; tables of a Word file that can be read aloud, edited and printed come out.

Word sets columns by what is in them, other programs do not; so their widths are worked out here, once for all.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.binding import Element, clean_words, make_element

TWIPS_A_CM = 567
_CM_A_POINT = 2.54 / 72
# Arial's letters by width, in parts of the size; what is not listed is as wide as a small letter.
_WIDTHS = (
    dict.fromkeys("iljt.,:;'|!I()[]f \u2018\u2019\xa0", 0.28)
    | dict.fromkeys("r-/\u201c\u201d", 0.36)
    | dict.fromkeys("mMWw%@", 0.88)
    | dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ", 0.7)
)
_USUAL, _WIDE, _BOLD = 0.56, 0.9, 1.1
# From here on, letters and signs come from other fonts, most of them wider.
_FOREIGN = "\u0250"
# Lines are never quite full; a table that fits is set a little wider than it must be.
_SLACK, _AIRIER = 1.05, 1.25
_PARTS, _STEPS, _FULLER = 40, (1, 2, 3, 4, 5, 6, 8, 10, 13, 16), 0.05
_PADDING_CM = 0.36
# A short table is never cut by the end of a page: so many rows at most, their longest cells of so many letters in all.
# A row with a longer cell than this is cut, as it may not fit on any page.
SHORT_ROWS, SHORT_WORDS, LONG_CELL = 12, 500, 900


class Cut(NamedTuple):
    """How a table is set: the names of its cells' styles begin with `part`; `size` in points, `width` in cm.

    `whole` says that it stays on one page if it is short.
    """

    part: str
    size: float
    width: float
    whole: bool = True


def write_line(style: str, *runs: Element, **flags: bool) -> Element:
    """A paragraph in a style. Flags are Word's own names of switches: keepNext, pageBreakBefore."""
    switches = [make_element(f"w:{name}") for name, on in flags.items() if on]
    named = [make_element("w:pStyle", {"w:val": style})] if style else []
    before = [make_element("w:pPr", None, *named, *switches)] if named or switches else []
    return make_element("w:p", None, *before, *runs)


def say(words: str, style: str = "") -> Element:
    """Words in the line, in a character style if there is one. Whatever they hold, they are words and no more."""
    text = make_element("w:t", {"xml:space": "preserve"})
    text.text = clean_words(words)
    look = [make_element("w:rPr", None, make_element("w:rStyle", {"w:val": style}))] if style else []
    return make_element("w:r", None, *look, text)


def lay_rows(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], cut: Cut, numeric: Iterable[int] = ()
) -> Element:
    """A table whose header comes again on every page and whose first column names its rows.

    If it is to stay whole and is short, it stays on one page, and on that of what stands just below it.
    """
    numbers = set(numeric)
    widths = share_widths((header, *rows), cut)
    longest = [max(map(len, row), default=0) for row in (header, *rows)]
    short = cut.whole and len(rows) <= SHORT_ROWS and sum(longest) <= SHORT_WORDS
    names = [["Row", *("Number" if at in numbers else "Text" for at in range(1, len(header)))]]
    names.insert(0, ["Head", *("NumberHead" if at in numbers else "Head" for at in range(1, len(header)))])
    lines = [
        lay_row(
            (
                lay_cell([write_line(f"{cut.part}{name}", say(cell), keepNext=short and at > 0)], width)
                for name, cell, width in zip(names[at > 0], row, widths, strict=True)
            ),
            header=at == 0,
            whole=longest[at] <= LONG_CELL,
        )
        for at, row in enumerate((header, *rows))
    ]
    told = (caption, "The first row names the columns; the first column names the rows.")
    return lay_table("ReportTable", told, widths, lines)


def lay_table(style: str, told: tuple[str, str], widths: Sequence[float], lines: Iterable[Element]) -> Element:
    """A table in a style. told: its name and what is where in it, for those who cannot see it. widths in cm."""
    heads = str(int(style == "ReportTable"))
    look = {"w:val": "06A0" if heads == "1" else "0600", "w:firstRow": heads, "w:lastRow": "0", "w:firstColumn": heads}
    total = str(sum(map(_count_twips, widths)))
    name, where = map(clean_words, told)
    properties = make_element(
        "w:tblPr",
        None,
        make_element("w:tblStyle", {"w:val": style}),
        make_element("w:tblW", {"w:w": total, "w:type": "dxa"}),
        make_element("w:tblLayout", {"w:type": "fixed"}),
        make_element("w:tblLook", look | {"w:lastColumn": "0", "w:noHBand": "1", "w:noVBand": "1"}),
        make_element("w:tblCaption", {"w:val": name}),
        make_element("w:tblDescription", {"w:val": where}),
    )
    columns = [make_element("w:gridCol", {"w:w": str(_count_twips(width))}) for width in widths]
    return make_element("w:tbl", None, properties, make_element("w:tblGrid", None, *columns), *lines)


def lay_row(cells: Iterable[Element], *, header: bool = False, whole: bool = True, tall_cm: float = 0) -> Element:
    """A row of cells. header: it comes again on every page. whole: it is never cut by the end of a page."""
    switches = []
    if whole:
        switches.append(make_element("w:cantSplit"))
    if tall_cm:
        switches.append(make_element("w:trHeight", {"w:val": str(_count_twips(tall_cm)), "w:hRule": "atLeast"}))
    if header:
        switches.append(make_element("w:tblHeader"))
    properties = [make_element("w:trPr", None, *switches)] if switches else []
    return make_element("w:tr", None, *properties, *cells)


def lay_cell(lines: Iterable[Element], width: float, *, centred: bool = False) -> Element:
    """A cell of so many cm, filled with paragraphs from its top, or about its middle."""
    wide = make_element("w:tcW", {"w:w": str(_count_twips(width)), "w:type": "dxa"})
    middle = [make_element("w:vAlign", {"w:val": "center"})] if centred else []
    return make_element("w:tc", None, make_element("w:tcPr", None, wide, *middle), *lines)


def share_widths(rows: Sequence[Sequence[str]], cut: Cut) -> list[float]:
    """Column widths in cm, under which no word is broken where that can be, and the table takes few lines.

    Every column begins as wide as its longest word; the rest is dealt out in parts, one or some at a time, to the
    column where they save most lines a part. Arguments: all rows, the header first, and the sizes of the table.
    """
    wanted = np.array([[_measure(cell, cut.size) for cell in row] for row in rows])
    wanted[0] *= _BOLD
    wanted[:, 0] *= _BOLD
    most = wanted.max(axis=0) * _SLACK + _PADDING_CM
    if most.sum() <= cut.width:
        return [float(width) for width in most * min(_AIRIER, cut.width / most.sum())]
    columns = zip(*rows, strict=True)
    words = [[_measure(word, cut.size) for cell in each for word in clean_words(cell).split(" ")] for each in columns]
    longest = np.array([max(each) for each in words])
    least = np.minimum(longest * _BOLD, cut.width / 2) + _PADDING_CM
    if least.sum() >= cut.width:
        return [float(width) for width in least * cut.width / least.sum()]
    widths, part, left = least, (cut.width - least.sum()) / _PARTS, _PARTS
    while left:
        now = _count_lines(wanted, widths)
        steps = [(parts, column) for parts in _STEPS if parts <= left for column in range(len(widths))]
        tries = [widths + parts * part * (np.arange(len(widths)) == column) for parts, column in steps]
        gains = [(now - _count_lines(wanted, each)) / parts for each, (parts, _) in zip(tries, steps, strict=True)]
        best = int(np.argmax(gains))
        widths, left = tries[best], left - steps[best][0]
    return [float(width) for width in widths]


def _count_lines(wanted: NDArray[np.float64], widths: NDArray[np.float64]) -> float:
    """How many lines a table takes (each row as many as its longest cell); of equal tables, fuller cells count more."""
    lines = wanted * _SLACK / (widths - _PADDING_CM)
    return float(np.ceil(lines).max(axis=1).sum() + _FULLER * lines.sum())


def _measure(words: str, size: float) -> float:
    """About how wide words are in cm, on one line."""
    return sum(_WIDTHS.get(letter, _USUAL if letter < _FOREIGN else _WIDE) for letter in words) * size * _CM_A_POINT


def _count_twips(width_cm: float) -> int:
    return round(width_cm * TWIPS_A_CM)
