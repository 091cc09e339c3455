"""Material goes in; the Document of each template, and the bytes of each format and book, come out by name."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from coprod_cli.reporting.document import Document
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.template_easy_read import tell as tell_easy_read
from coprod_cli.reporting.template_forum import tell as tell_forum
from coprod_cli.reporting.template_research import tell as tell_research
from coprod_cli.reporting.template_summary import tell as tell_summary
from coprod_cli.reporting.to_docx import write_docx
from coprod_cli.reporting.to_html import write_html
from coprod_cli.reporting.to_markdown import write_markdown
from coprod_cli.reporting.to_pdf import write_pdf
from coprod_cli.reporting.to_xlsx import write_xlsx


class Template(NamedTuple):
    """The name of its file without ending, and what tells it."""

    file: str
    tell: Callable[[Material], Document]


class Book(NamedTuple):
    """The name of its file, and what writes it."""

    file: str
    write: Callable[[Material], bytes]


TEMPLATES: dict[str, Template] = {
    "forum": Template("report", tell_forum),
    "summary": Template("summary", tell_summary),
    "research": Template("research", tell_research),
    "easy-read": Template("easy-read", tell_easy_read),
}
FORMATS: dict[str, Callable[[Document], bytes]] = {
    "html": write_html,
    "md": write_markdown,
    "pdf": write_pdf,
    "docx": write_docx,
}
# Kinds of file that hold all results, whoever reads them: the same for every template.
BOOKS: dict[str, Book] = {"xlsx": Book("tables.xlsx", write_xlsx)}


def write_reports(material: Material, wanted: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Files by name, each once.

    Args:
        material: what is told.
        wanted: each a key of TEMPLATES and one of FORMATS or BOOKS.
    """
    files: dict[str, bytes] = {}
    for template, kind in wanted:
        if kind not in BOOKS:
            name, content = write_report(material, template, kind)
            files[name] = content
        elif BOOKS[kind].file not in files:
            files[BOOKS[kind].file] = BOOKS[kind].write(material)
    return files


def write_report(material: Material, template: str, kind: str) -> tuple[str, bytes]:
    """The file name and the bytes of one template in one format."""
    chosen = TEMPLATES[template]
    return f"{chosen.file}.{kind}", FORMATS[kind](chosen.tell(material))
