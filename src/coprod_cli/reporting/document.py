"""A report before it has a format: sections, paragraphs, tables and figures, as frozen values that renderers walk.

Every block says its `kind`, the word by which a renderer finds what to do with it. Text is plain: a renderer escapes.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of plain text; `strong` is said first and stands out."""

    kind: ClassVar[str] = "paragraph"
    text: str
    strong: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list whose order carries no meaning."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Headline:
    """One figure that must not be missed, with what it is and what it rests on."""

    kind: ClassVar[str] = "headline"
    label: str
    figure: str
    unit: str
    detail: str


@dataclass(frozen=True)
class Table:
    """Rows of words; the first column names its row. `numeric` says which columns are set to the right.

    `unranked`: rows that no reader should be helped to put in the order of a figure, such as projects with scores.
    """

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""
    unranked: bool = False


@dataclass(frozen=True)
class Figure:
    """A picture: its file name without ending, its words, its bytes, and its figures as a table."""

    kind: ClassVar[str] = "figure"
    name: str
    title: str
    subtitle: str
    alt: str
    svg: bytes
    png: bytes
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figures:
    """Pictures that stand side by side where there is room."""

    kind: ClassVar[str] = "figures"
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class QuoteBlock:
    """Somebody's masked words, who they are by role, and the id to trace them by."""

    kind: ClassVar[str] = "quote"
    words: str
    who: str
    id: str


@dataclass(frozen=True)
class Callout:
    """Something that must be read: `tone` is "note" or "warning"."""

    kind: ClassVar[str] = "callout"
    tone: str
    title: str
    text: str


@dataclass(frozen=True)
class Room:
    """An empty box for somebody to write in; `text` says who, and on what."""

    kind: ClassVar[str] = "room"
    text: str


@dataclass(frozen=True)
class Folded:
    """What most readers pass over: shut until it is opened where pages can do that, plain text elsewhere.

    `on_paper` says whether it is printed.
    """

    kind: ClassVar[str] = "folded"
    title: str
    blocks: "tuple[Paragraph | Bullets | Table, ...]"
    on_paper: bool = True


@dataclass(frozen=True)
class Definitions:
    """Words and what they mean, in pairs."""

    kind: ClassVar[str] = "definitions"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PictureLine:
    """A row of an easy read page: a place for a picture on the left, short sentences on the right.

    `picture` says in a few words what somebody should put there.
    """

    kind: ClassVar[str] = "picture_line"
    picture: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; `id` is unique in the document. `new_page`: on paper it begins a page."""

    kind: ClassVar[str] = "section"
    id: str
    title: str
    blocks: "tuple[Block, ...]"
    new_page: bool = False


Block = (
    Paragraph
    | Bullets
    | Headline
    | Table
    | Figure
    | Figures
    | QuoteBlock
    | Callout
    | Room
    | Folded
    | Definitions
    | PictureLine
    | Section
)


@dataclass(frozen=True)
class Document:
    """A whole report. `banner` stands above everything when the report is not for everybody.

    `look` says how it is set: "report" (headings, contents, any number of pages), "page" (no contents, set close, to
    fit one side of A4) or "easy-read" (14 point or bigger, wide lines, pictures on the left).
    """

    title: str
    subtitle: str
    banner: Callout | None
    sections: tuple[Section, ...]
    footer: str
    language: str = "en-GB"
    look: str = "report"
