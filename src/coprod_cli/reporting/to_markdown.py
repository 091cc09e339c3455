"""A Document goes in; Markdown that reads well as plain text, too, comes out."""

import re
from collections.abc import Callable
from typing import Any

from coprod_cli.reporting.document import (
    Bullets,
    Callout,
    Definitions,
    Document,
    Figure,
    Figures,
    Folded,
    Headline,
    Paragraph,
    PictureLine,
    QuoteBlock,
    Room,
    Section,
    Table,
)

# The last is an ampersand that begins the name or number of a letter, such as &amp;.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$]|&(?=#?\w+;))")
_LIST_START = re.compile(r"^(\d*)([-+.)])(?=\s)")


def write_markdown(document: Document) -> bytes:
    """The document as UTF-8 Markdown (CommonMark with pipe tables); every word that could be markup is escaped."""
    lines = [f"# {escape(document.title)}", escape(document.subtitle)]
    if document.banner:
        lines.append(_write_callout(document.banner))
    lines += [_write_section(section, 2) for section in document.sections]
    lines += ["---", escape(document.footer)]
    return ("\n\n".join(lines) + "\n").encode("utf-8")


def escape(words: str) -> str:
    """Words on one line with every character that Markdown might take for markup made harmless."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(words.split()))
    return _LIST_START.sub(r"\1\\\2", plain)


def _write_section(section: Section, level: int) -> str:
    parts = [f"{'#' * level} {escape(section.title)}"]
    parts += [
        _write_section(block, level + 1) if isinstance(block, Section) else WRITERS[block.kind](block)
        for block in section.blocks
    ]
    return "\n\n".join(parts)


def _write_paragraph(block: Paragraph) -> str:
    return " ".join(
        part for part in (f"**{escape(block.strong)}**" if block.strong else "", escape(block.text)) if part
    )


def _write_bullets(block: Bullets) -> str:
    return "\n".join(f"- {escape(item)}" for item in block.items)


def _write_headline(block: Headline) -> str:
    return f"**{escape(block.label)}: {escape(block.figure)} {escape(block.unit)}** ({escape(block.detail)})"


def _write_table(block: Table) -> str:
    rule = ["---:" if at in block.numeric else "---" for at in range(len(block.header))]
    cells = [[escape(cell) for cell in row] for row in (block.header, *block.rows)]
    cells.insert(1, rule)
    lines = [f"**{escape(block.caption)}**", "\n".join(f"| {' | '.join(row)} |" for row in cells)]
    return "\n\n".join([*lines, escape(block.note)] if block.note else lines)


def _write_figure(block: Figure) -> str:
    return f"![{escape(block.alt)}](charts/{block.name}.svg)"


def _write_figures(block: Figures) -> str:
    return "\n\n".join(_write_figure(figure) for figure in block.figures)


def _write_quote(block: QuoteBlock) -> str:
    return f"> {escape(block.words)}\n>\n> {escape(f'{block.who}; {block.id}')}"


def _write_callout(block: Callout) -> str:
    return f"> **{escape(block.title)}.** {escape(block.text)}"


def _write_room(block: Room) -> str:
    return f"> {escape(block.text)}\n>\n> \\_\\_\\_"


def _write_folded(block: Folded) -> str:
    return "\n\n".join([f"**{escape(block.title)}**", *(WRITERS[each.kind](each) for each in block.blocks)])


def _write_definitions(block: Definitions) -> str:
    return "\n".join(f"- **{escape(word)}**: {escape(meaning)}" for word, meaning in block.items)


def _write_picture_line(block: PictureLine) -> str:
    return "\n\n".join([f"*{escape(f'[Picture: {block.picture}]')}*", *map(escape, block.sentences)])


WRITERS: dict[str, Callable[[Any], str]] = {
    Paragraph.kind: _write_paragraph,
    Bullets.kind: _write_bullets,
    Headline.kind: _write_headline,
    Table.kind: _write_table,
    Figure.kind: _write_figure,
    Figures.kind: _write_figures,
    QuoteBlock.kind: _write_quote,
    Callout.kind: _write_callout,
    Room.kind: _write_room,
    Folded.kind: _write_folded,
    Definitions.kind: _write_definitions,
    PictureLine.kind: _write_picture_line,
}
