"""Sections of a report go in; the same, with what the marks mean said below each table that has any, come out."""

from collections.abc import Iterable
from dataclasses import replace

from coprod_cli.reporting.document import Block, Folded, Section, Table
from coprod_cli.telling import explain_marks


def add_legends(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections, each table with its legend where it has marks."""
    return tuple(_explain_section(each) for each in sections)


def _explain_section(section: Section) -> Section:
    return replace(section, blocks=tuple(_explain(each) for each in section.blocks))


def _explain(block: Block) -> Block:
    if isinstance(block, Section):
        return _explain_section(block)
    if isinstance(block, Folded):
        inner = (_explain_table(each) if isinstance(each, Table) else each for each in block.blocks)
        return replace(block, blocks=tuple(inner))
    return _explain_table(block) if isinstance(block, Table) else block


def _explain_table(table: Table) -> Table:
    legend = explain_marks(cell for row in table.rows for cell in row)
    return replace(table, note=f"{table.note} {legend}".strip()) if legend else table
