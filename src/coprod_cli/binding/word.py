"""A title and Word elements go in; a blank Word document to fill, its parts, and at last its bytes come out."""

import io
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph

from coprod_cli.binding.words import clean_words
from coprod_cli.binding.zipped import fix_times

Element = BaseOxmlElement
# No clock: the same pages are the same file.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
A4 = (Cm(21), Cm(29.7))
_WORD_2013 = "15"
# Word shows no more of it, and python-docx takes no more.
_LONGEST_TITLE = 255
_SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
# The blank page that the library brings holds a picture of itself, another program's notes and its styles twice over.
_NEEDLESS = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def open_blank(title: str, language: str, *, margin_cm: float, edge_cm: float) -> Document:
    """An empty A4 document of today's kind, with a title, a language, no author, and a date that never changes.

    Args:
        title: what programs show as the document's name.
        language: of all its words, such as en-GB.
        margin_cm: from each edge of the paper to the words.
        edge_cm: from the edge of the paper to header and footer.
    """
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin_cm)
    section.header_distance = section.footer_distance = Cm(edge_cm)
    properties = document.core_properties
    properties.title, properties.language = clean_words(title)[:_LONGEST_TITLE], language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = WRITTEN
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)
    for setting in document.settings.element.iter(qn("w:themeFontLang")):
        setting.set(qn("w:val"), language)
    for part in (document.part.package, document.part):
        for name in [name for name, each in part.rels.items() if each.reltype in _NEEDLESS]:
            del part.rels[name]
    return document


def dress(document: Document, styles: bytes) -> None:
    """Puts a style sheet of our own, as XML, in the place of all that the library brings."""
    document.styles.element[:] = list(parse_xml(styles))


def set_language(document: Document, language: str) -> None:
    """Every style that names a language names this one: for spelling, hyphens and reading aloud."""
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)


def set_fonts(style: BaseStyle, font: str) -> None:
    """A style's font for every script, whatever the theme says."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in _SCRIPTS:
        fonts.set(qn(f"w:{script}"), font)


def make_element(tag: str, attributes: dict[str, str] | None = None, *children: Element) -> Element:
    """One element with its attributes and children, in the order given; names as in "w:p"."""
    element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(name), value)
    element.extend(children)
    return element


def add_element(parent: Element, tag: str, attributes: dict[str, str] | None = None) -> Element:
    """A new element, the last within its parent."""
    element = make_element(tag, attributes)
    parent.append(element)
    return element


def add_field(paragraph: Paragraph, name: str) -> None:
    """A number that Word fills in, such as the page's."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()._r  # noqa: SLF001  # python-docx has no other way
        if kind:
            add_element(run, "w:fldChar", {"w:fldCharType": kind})
        else:
            add_element(run, "w:instrText", {"xml:space": "preserve"}).text = f" {name} "


def make_picture(document: Document, number: int, png: bytes, words: tuple[str, str], width_cm: float) -> Element:
    """A run that holds a picture in the line of words, kept in the file once however often it is shown.

    Args:
        document: the document that the picture will stand in.
        number: unlike that of any other picture of the document, from 1 up.
        png: the picture.
        words: its title, and its alternative text.
        width_cm: how wide it stands on the page; its height follows.
    """
    inline = document.part.new_pic_inline(io.BytesIO(png), width=Cm(width_cm))
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    title, alternative = map(clean_words, words)
    for each in inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        each.set("id", str(number))
        each.set("name", f"Picture {number}")
        each.set("descr", alternative)
        each.set("title", title)
    return make_element("w:r", None, make_element("w:drawing", None, inline))


def measure_picture(png: bytes) -> tuple[float, float]:
    """A PNG picture's own width and height in centimetres, by the dots per inch that it names."""
    picture = Image.from_blob(png)
    return picture.width.cm, picture.height.cm


def bind(document: Document) -> bytes:
    """The document's bytes, the same for the same pages."""
    out = io.BytesIO()
    document.save(out)
    return fix_times(out.getvalue())
