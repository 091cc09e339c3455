"""Findings and the folder they were saved in go in; a summary on stdout comes out, plain when no terminal reads it."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as Grid

from coprod_cli.cli.terminal import open_stdout, write_line
from coprod_cli.model.findings import Findings
from coprod_cli.reporting import Bullets, Document, Paragraph, Table, tell_screen


def show_findings(findings: Findings, folder: Path) -> None:
    """Projects with score, range and people; the strongest themes; notices; and where the report is."""
    show_document(tell_screen(findings))
    write_line(f"Report: {folder / 'report.html'}")


def show_document(document: Document) -> None:
    """The document on stdout."""
    console = open_stdout()
    if console.is_terminal:
        _show(document, console)
    else:
        for line in _write(document):
            write_line(line)


def _show(document: Document, console: Console) -> None:
    """As rich draws it."""
    if document.banner:
        console.print(f"[bold]{escape(document.banner.title)}[/] {escape(document.banner.text)}\n")
    for section in document.sections:
        console.print(f"[bold]{escape(section.title)}[/]")
        for block in section.blocks:
            if isinstance(block, Table):
                grid = Grid(
                    *(escape(name) for name in block.header), caption=escape(block.note), caption_justify="left"
                )
                for cells in block.rows:
                    grid.add_row(*(escape(cell) for cell in cells))
                console.print(grid)
            elif isinstance(block, Bullets):
                for item in block.items:
                    console.print(Padding(f"• {escape(item)}", (0, 0, 0, 2)))
            elif isinstance(block, Paragraph):
                console.print(Padding(escape(block.text), (0, 0, 0, 2)))
        console.print()


def _write(document: Document) -> Iterator[str]:
    """As plain lines, one fact a line, that scripts and screen readers can take."""
    if document.banner:
        yield f"{document.banner.title}. {document.banner.text}"
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Table):
                for name, *cells in block.rows:
                    told = (f"{role}: {cell}" for role, cell in zip(block.header[1:], cells, strict=True))
                    yield f"  {name} | {' | '.join(told)}"
                yield f"  ({block.note})"
            elif isinstance(block, Bullets):
                yield from (f"  - {item}" for item in block.items)
            elif isinstance(block, Paragraph):
                yield f"  {block.text}"
        yield ""
