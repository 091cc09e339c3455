"""A framework goes in; its codes as programs for qualitative analysis exchange them (REFI-QDA 1.0) come out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from coprod_cli.binding import clean_words
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import STANCES
from coprod_cli.telling import describe_stance, describe_theme, exchange, make_guid, name_themes


class RefiCode(NamedTuple):
    """One code of the exchange: a theme (stance empty), or a stance of a theme, which stands below it."""

    guid: str
    name: str
    description: str
    theme: str
    stance: str = ""


def list_codes(framework: Framework) -> tuple[RefiCode, ...]:
    """Every theme, in the framework's order, each followed by its stances.

    No two names are alike, in any case of letters: QualCoder drops what is coded with the second of two, even where
    they stand below different codes.
    """
    return tuple(_list_all(framework))


def add_codes(parent: Element, codes: Iterable[RefiCode]) -> None:
    """Put the element Codes with all codes below an element: CodeBook, of a project or of a codebook alone."""
    listed = SubElement(parent, "Codes")
    theme = listed
    for each in codes:
        code = SubElement(theme if each.stance else listed, "Code", guid=each.guid, name=each.name, isCodable="true")
        if each.description:
            SubElement(code, "Description").text = each.description
        theme = theme if each.stance else code


def _list_all(framework: Framework) -> Iterator[RefiCode]:
    taken: set[str] = set()
    # Themes first: where two names clash, a theme keeps its own and the stance of another gives way.
    names = [exchange.make_unique(clean_words(theme.name) or theme.id, taken) for theme in framework.themes]
    called = {theme.id: theme.name for theme in framework.themes}
    for theme, name in zip(framework.themes, names, strict=True):
        about = _clean_lines(name_themes(describe_theme(theme), called))
        yield RefiCode(make_guid("code", framework.id, theme.id), name, about, theme.id)
        for stance in STANCES:
            guid = make_guid("code", framework.id, theme.id, stance)
            about = _clean_lines(describe_stance(theme, stance))
            yield RefiCode(guid, exchange.make_unique(f"{name} - {stance}", taken), about, theme.id, stance)


def _clean_lines(words: str) -> str:
    return "\n".join(map(clean_words, words.splitlines()))
