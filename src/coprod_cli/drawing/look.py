"""Words, marks and bars placed in points go in; PNG and SVG bytes in one look, the same on every run, come out.

Pictures are laid out from top to bottom in points, 324 wide, so that nothing gets smaller than 11 pixels when a phone
shows them 360 pixels wide. Every mark differs by shape or pattern as well as by colour, so black and white is enough.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from typing import Literal, NamedTuple

import matplotlib as mpl
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextToPath

INK = "#1f1f1f"
QUIET = "#545454"
RULE = "#b8b8b8"
TRACK = "#efefec"
UNCLEAR = "#6b6b6b"
PARENTS = "#0b4f8a"
PRACTITIONERS = "#a23b00"
PAPER = "#ffffff"

WIDTH = 324.0
MARGIN = 10.0
INNER = WIDTH - 2 * MARGIN
TITLE, LABEL, SMALL = 13.5, 11.0, 10.0
LEADING = 1.28
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)  # matplotlib repeats every word in one
_SPACE = re.compile(r"\s+")
POINTS_PER_INCH = 72
PIXELS_PER_INCH = 200

FONT = "DejaVu Sans"


@contextmanager
def style() -> Iterator[None]:
    """Holds matplotlib to our own settings whatever the user's are; `@style()` goes above every draw function."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc("svg", hashsalt="coprod", fonttype="path")
        mpl.rc("font", family=[FONT])
        mpl.rc("hatch", linewidth=0.9)
        mpl.rc("figure", dpi=PIXELS_PER_INCH)
        mpl.rc("savefig", dpi=PIXELS_PER_INCH)
        yield


@cache
def _font(*, bold: bool) -> FontProperties:
    return FontProperties(family=FONT, weight="bold" if bold else "normal")


@cache
def _known_letters() -> frozenset[int]:
    return frozenset(get_font(findfont(_font(bold=False))).get_charmap())


def clean(words: str) -> str:
    """The words on one line, with a box for each letter that the shipped font lacks."""
    known = _known_letters()
    return "".join(letter if ord(letter) in known else "□" for letter in " ".join(words.split()))


@cache
def measure(words: str, size: float, *, bold: bool = False) -> float:
    """Width of the words in points."""
    font = _font(bold=bold).copy()
    font.set_size(size)
    width, _, _ = TextToPath().get_text_width_height_descent(words, font, ismath=False)
    return float(width)


def wrap(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `width` points; a word that is wider by itself is cut with a hyphen."""
    lines: list[str] = []
    line = ""
    for whole in clean(words).split(" "):
        word = whole
        while measure(word, size, bold=bold) > width:
            room = width - (measure(f"{line} ", size, bold=bold) if line else 0)
            fits = next((n for n in range(len(word) - 1, 2, -1) if measure(f"{word[:n]}-", size, bold=bold) <= room), 0)
            if not fits and not line:
                break
            lines.append(f"{line} {word[:fits]}-".strip() if fits else line)
            line, word = "", word[fits:]
        longer = f"{line} {word}".strip()
        if line and measure(longer, size, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


class _Rule(NamedTuple):
    """One straight line."""

    ends: tuple[tuple[float, float], tuple[float, float]]
    colour: str
    thick: float


class Sheet:
    """One picture while it is being laid out, from the top down. `y` is how far down it has come, in points."""

    def __init__(self) -> None:
        self.y = MARGIN
        self._figure = Figure()
        self._axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_axis_off()
        self._rules: list[_Rule] = []
        self._blocks: list[Rectangle] = []

    def write(  # noqa: PLR0913 - each is one plain property of a piece of text, and all have defaults
        self,
        words: str,
        *,
        x: float = MARGIN,
        width: float = INNER,
        size: float = LABEL,
        bold: bool = False,
        colour: str = INK,
        after: float = 0.0,
    ) -> None:
        """Puts wrapped words at the left edge x and moves down past them."""
        for line in wrap(words, width, size, bold=bold):
            self.put(line, x, self.y + size * LEADING / 2, size=size, bold=bold, colour=colour)
            self.y += size * LEADING
        self.y += after

    def put(  # noqa: PLR0913 - as above
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float = LABEL,
        bold: bool = False,
        colour: str = INK,
        align: Literal["left", "center", "right"] = "left",
        backed: bool = False,
    ) -> None:
        """Puts one line of words at a place, centred on y; `backed` lays paper between them and a pattern."""
        font = _font(bold=bold).copy()
        font.set_size(size)
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2} if backed else None
        self._axes.text(
            x, y, words, fontproperties=font, color=colour, ha=align, va="center_baseline", parse_math=False, bbox=box
        )

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str = RULE, thick: float = 0.8
    ) -> None:
        """Draws a straight line between two places."""
        self._rules.append(_Rule((start, end), colour, thick))

    def mark(self, x: float, y: float, shape: str, *, colour: str, filled: bool) -> None:
        """Draws a marker; outlined ones are filled with paper, so that shape and fill both tell them apart."""
        self._axes.add_line(
            Line2D(
                [x],
                [y],
                marker=shape,
                markersize=8.5,
                markerfacecolor=colour if filled else PAPER,
                markeredgecolor=colour,
                markeredgewidth=1.8,
                linestyle="none",
                zorder=3,
            )
        ).set_clip_on(False)

    def block(  # noqa: PLR0913 - as above
        self, x: float, y: float, width: float, height: float, *, colour: str, pattern: str = "", edge: str = "none"
    ) -> None:
        """Draws a rectangle, with a pattern where one is given."""
        block = Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge, linewidth=0.9)
        if pattern:
            block.set_hatch(pattern)
            self._axes.add_artist(block).set_clip_on(False)
        else:
            self._blocks.append(block)

    def finish(self, alt: str) -> tuple[bytes, bytes]:
        """The picture as PNG and SVG bytes; the SVG carries its alternative text."""
        # Thousands of lines one by one take longer than the rest of the picture.
        for many in (
            PatchCollection(self._blocks, match_original=True, zorder=1),
            LineCollection(
                [each.ends for each in self._rules],
                colors=[each.colour for each in self._rules],
                linewidths=[each.thick for each in self._rules],
                capstyle="butt",
                zorder=2,
            ),
        ):
            self._axes.add_collection(many, autolim=False).set_clip_on(False)
        height = self.y + MARGIN
        self._figure.set_size_inches(WIDTH / POINTS_PER_INCH, height / POINTS_PER_INCH)
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        png, svg = io.BytesIO(), io.BytesIO()
        self._figure.savefig(png, format="png", metadata={"Software": None}, pil_kwargs={"compress_level": 3})
        self._figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        drawn = _SPACE.sub(" ", _COMMENT.sub("", svg.getvalue().decode("utf-8")))
        told = f'role="img" aria-label="{escape(_plain(alt))}" '
        return png.getvalue(), drawn.replace("<svg ", f"<svg {told}", 1).encode("utf-8")


def _plain(words: str) -> str:
    return "".join(letter for letter in " ".join(words.split()) if letter.isprintable())
