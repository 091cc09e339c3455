"""The look that a document asks for goes in; its sizes, and the style sheet of its Word file, come out.

Whoever edits the file changes a style, not each paragraph: see docx_styles.xml.jinja, where every style stands.
"""

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

STYLE_SHEET = "docx_styles.xml.jinja"
PAPER_CM = 21.0


@dataclass(frozen=True)
class Look:
    """How a document is set.

    text, table, small: sizes in points of running words, of tables, and of what stands below pictures and quotes.
    title, subtitle, headings: sizes in points. leading: lines from line to line. after: points below a paragraph.
    margin_cm: all around. picture_cm: the widest and the tallest that a picture gets. contents: how many levels of
    headings the list of contents has; 0 for no list. room_cm: how tall an empty box to write in is.
    """

    text: float
    table: float
    small: float
    title: float
    subtitle: float
    headings: tuple[float, float, float, float]
    leading: float
    after: float
    margin_cm: float
    picture_cm: tuple[float, float]
    contents: int
    room_cm: float

    @property
    def width_cm(self) -> float:
        """From margin to margin."""
        return PAPER_CM - 2 * self.margin_cm


LOOKS: dict[str, Look] = {
    "report": Look(
        text=11,
        table=9.5,
        small=9,
        title=25,
        subtitle=13,
        headings=(17, 14, 12, 11),
        leading=1.15,
        after=6,
        margin_cm=2.0,
        picture_cm=(8.6, 16.5),
        contents=2,
        room_cm=2.4,
    ),
    "page": Look(
        text=10,
        table=9,
        small=9,
        title=18,
        subtitle=11,
        headings=(12.5, 11, 10, 10),
        leading=1.05,
        after=3,
        margin_cm=1.5,
        picture_cm=(8.6, 12.0),
        contents=0,
        room_cm=1.6,
    ),
    "easy-read": Look(
        text=14,
        table=14,
        small=14,
        title=30,
        subtitle=18,
        headings=(22, 18, 16, 14),
        leading=1.5,
        after=12,
        margin_cm=2.0,
        picture_cm=(14.0, 15.0),
        contents=1,
        room_cm=4.0,
    ),
}


def write_styles(look: Look, language: str) -> bytes:
    """The style sheet as Word's own XML."""
    environment = Environment(
        loader=PackageLoader("coprod_cli.reporting", ""), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(STYLE_SHEET).render(look=look, language=language).encode("utf-8")
