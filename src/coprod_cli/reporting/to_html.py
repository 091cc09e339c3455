"""A Document goes in; one self-contained HTML page, pictures and style inside and no script, comes out."""

import base64
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from coprod_cli.reporting.document import Document, Section

TEMPLATE = "report.html.jinja"
STYLE = "report.css"


def write_html(document: Document) -> bytes:
    """The page as UTF-8. Every word is escaped; nothing is loaded from elsewhere."""
    environment = Environment(
        loader=PackageLoader("coprod_cli.reporting", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["as_data"] = _encode_picture
    style = resources.files("coprod_cli.reporting").joinpath(STYLE).read_text(encoding="utf-8")
    page = environment.get_template(TEMPLATE).render(
        document=document,
        style=style,
        contents=[
            (section, [block for block in section.blocks if isinstance(block, Section)])
            for section in document.sections
        ],
    )
    return page.encode("utf-8")


def _encode_picture(picture: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(picture).decode("ascii")
