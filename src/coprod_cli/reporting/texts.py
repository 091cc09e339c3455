"""Sections of a report go in; all the words that a reader meets in them, piece by piece, come out."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from coprod_cli.reporting.document import (
    Block,
    Bullets,
    Callout,
    Definitions,
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

# What a block says itself, without the blocks inside it.
TEXTS: dict[str, Callable[[Any], Iterable[str]]] = {
    Paragraph.kind: lambda block: (block.strong, block.text),
    Bullets.kind: lambda block: block.items,
    Headline.kind: lambda block: (f"{block.label}: {block.figure} {block.unit} ({block.detail})",),
    Table.kind: lambda block: (block.caption, *block.header, *chain.from_iterable(block.rows), block.note),
    Figure.kind: lambda block: (block.title, block.subtitle, block.alt),
    Figures.kind: lambda _: (),
    QuoteBlock.kind: lambda block: (block.words, block.who),
    Callout.kind: lambda block: (block.title, block.text),
    Room.kind: lambda block: (block.text,),
    Folded.kind: lambda block: (block.title,),
    Definitions.kind: lambda block: chain.from_iterable(block.items),
    PictureLine.kind: lambda block: (block.picture, *block.sentences),
    Section.kind: lambda block: (block.title,),
}


def list_texts(blocks: Iterable[Block], *, quoted: bool = True) -> Iterator[str]:
    """Every piece of text of these blocks and of those inside them, in the order of reading.

    quoted: whether people's own words are among them.
    """
    for block in blocks:
        if quoted or not isinstance(block, QuoteBlock):
            yield from filter(None, TEXTS[block.kind](block))
        if isinstance(block, Section | Folded):
            yield from list_texts(block.blocks, quoted=quoted)
        elif isinstance(block, Figures):
            yield from list_texts(block.figures, quoted=quoted)
