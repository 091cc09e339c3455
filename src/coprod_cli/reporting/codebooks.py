"""A framework goes in; its themes, as a codebook for other programs or for people to read, come out as bytes."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, indent, tostring

from coprod_cli import __version__
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.reporting.document import Block, Bullets, Definitions, Document, Paragraph, Section
from coprod_cli.reporting.refi_codes import add_codes, list_codes
from coprod_cli.reporting.to_csv import write_rows
from coprod_cli.reporting.to_markdown import write_markdown

_NAMESPACE = "urn:QDA-XML:codebook:1.0"
_TAGUETTE = ("tag", "description")
_COLUMNS = ("id", "name", "definition", "positive", "negative", "include", "exclude", "feeds")
_BETWEEN = "; "


def write_qdc(framework: Framework) -> bytes:
    """REFI-QDA codebook 1.0: themes with their stances below them. No Sets: the schema wants none rather than empty."""
    root = Element("CodeBook", {"xmlns": _NAMESPACE, "origin": f"coprod {__version__}"})
    add_codes(root, list_codes(framework))
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def write_taguette(framework: Framework) -> bytes:
    """What Taguette's Import codebook takes: a tag for each theme and each of its stances, with its description."""
    return write_rows(_TAGUETTE, ((each.name, each.description) for each in list_codes(framework)))


def write_table(framework: Framework) -> bytes:
    """A row a theme, for a spreadsheet; lists are joined by semicolons."""
    return write_rows(_COLUMNS, (_list_cells(each) for each in framework.themes))


def write_page(framework: Framework) -> bytes:
    """The themes to read, in Markdown."""
    sections = tuple(Section(each.id.replace("_", "-"), each.name, tuple(_tell(each))) for each in framework.themes)
    document = Document(
        title="Codebook",
        subtitle=f"{len(framework.themes)} themes of {framework.id}, version {framework.version}.",
        banner=None,
        sections=sections,
        footer=framework.status,
    )
    return write_markdown(document)


CODEBOOKS: dict[str, Callable[[Framework], bytes]] = {
    "qdc": write_qdc,
    "taguette": write_taguette,
    "csv": write_table,
    "md": write_page,
    "toml": lambda framework: framework.source.encode("utf-8"),
}


def _list_cells(theme: Theme) -> tuple[str, ...]:
    feeds = _BETWEEN.join(f"{name} {weight:g}" for name, weight in theme.feeds)
    include, exclude = _BETWEEN.join(theme.include), _BETWEEN.join(theme.exclude)
    return theme.id, theme.name, theme.definition, theme.positive, theme.negative, include, exclude, feeds


def _tell(theme: Theme) -> Iterator[Block]:
    yield Paragraph(theme.definition, strong=f"{theme.id}.")
    stances = tuple(
        (name, words) for name, words in (("Positive", theme.positive), ("Negative", theme.negative)) if words
    )
    if stances:
        yield Definitions(stances)
    for title, points in (("Counts as this theme:", theme.include), ("Belongs elsewhere:", theme.exclude)):
        if points:
            yield Paragraph("", strong=title)
            yield Bullets(points)
    if theme.examples:
        yield Paragraph("", strong="Made-up examples:")
        yield Bullets(tuple(f"{each.stance} ({each.role}): {each.text}" for each in theme.examples))
