"""A Document goes in; one self-contained HTML page, with pictures, style and script inside, comes out.

The page holds everything without its script, which only lets tables be sorted and sifted. Its policy forbids the
browser to load, send or run anything that is not in the page itself.
"""

import base64
import hashlib
import re
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from coprod_cli.reporting.document import Document, Section

TEMPLATE = "report.html.jinja"
STYLE = "report.css"
SCRIPT = "report.js"
# An option of a command as sentences name it, with the sign that ends a sentence.
_OPTION = re.compile(r"--[a-z]{2,12}(?:-[a-z]{2,12})?[.,;:)]?")


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
    environment.tests["option"] = _OPTION.fullmatch
    environment.filters["as_data"] = _encode_picture
    environment.filters["fingerprint"] = _hash_source
    page = environment.get_template(TEMPLATE).render(
        document=document,
        style=_read(STYLE),
        script=_read(SCRIPT),
        contents=[
            (section, [block for block in section.blocks if isinstance(block, Section)])
            for section in document.sections
        ],
    )
    return page.encode("utf-8")


def _read(name: str) -> str:
    return resources.files("coprod_cli.reporting").joinpath(name).read_text(encoding="utf-8")


def _encode_picture(picture: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(picture).decode("ascii")


def _hash_source(source: str) -> str:
    """What a content security policy calls this style or script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")
