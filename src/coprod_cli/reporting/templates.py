"""Material goes in; the Document of each template, and the bytes of each format, come out by name."""

from collections.abc import Callable
from typing import NamedTuple

from coprod_cli.reporting.document import Document
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story import tell_report
from coprod_cli.reporting.template_forum import tell as tell_forum
from coprod_cli.reporting.template_summary import tell as tell_summary
from coprod_cli.reporting.to_docx import write_docx
from coprod_cli.reporting.to_html import write_html
from coprod_cli.reporting.to_markdown import write_markdown
from coprod_cli.reporting.to_pdf import write_pdf


class Template(NamedTuple):
    """The name of its file without ending, and what tells it."""

    file: str
    tell: Callable[[Material], Document]


TEMPLATES: dict[str, Template] = {
    "forum": Template("report", tell_forum),
    "summary": Template("summary", tell_summary),
    "research": Template("research", lambda material: tell_report(material.findings, material.charts)),
}
FORMATS: dict[str, Callable[[Document], bytes]] = {
    "html": write_html,
    "md": write_markdown,
    "pdf": write_pdf,
    "docx": write_docx,
}


def write_report(material: Material, template: str, kind: str) -> tuple[str, bytes]:
    """The file name and the bytes of one template in one format."""
    chosen = TEMPLATES[template]
    return f"{chosen.file}.{kind}", FORMATS[kind](chosen.tell(material))
