"""A theme goes in; its description, as people who code read it in a codebook of any program, comes out; and back."""

from collections.abc import Iterator
from typing import NamedTuple

from coprod_cli.model.framework import Theme

_POSITIVE, _NEGATIVE = "Positive: ", "Negative: "
_INCLUDE, _EXCLUDE = "Counts as this theme: ", "Belongs elsewhere: "
_LISTS = (_INCLUDE, _EXCLUDE)
_BETWEEN = "; "
_UNJUDGED = "It is spoken of, without saying whether it was good or bad."


def describe_theme(theme: Theme) -> str:
    """The definition, both stances, and what counts and what does not, in lines; what a theme lacks is left out."""
    return "\n".join(_list_lines(theme))


def describe_stance(theme: Theme, stance: str) -> str:
    """What a stance means for this theme; empty where the theme does not say."""
    return {"positive": theme.positive, "negative": theme.negative, "neutral": _UNJUDGED}[stance]


class Described(NamedTuple):
    """What a description says of a theme, by the fields of Theme."""

    definition: str
    positive: str = ""
    negative: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def take_description(words: str) -> Described:
    """What describe_theme wrote, taken apart again; a description of anybody else's is the definition alone."""
    kept, said = [], {}
    for line in words.splitlines():
        start = next((each for each in (_POSITIVE, _NEGATIVE, *_LISTS) if line.startswith(each)), "")
        if start and start not in said:
            said[start] = line.removeprefix(start).strip()
        else:
            kept.append(line)
    include, exclude = (tuple(filter(None, said.get(each, "").removesuffix(".").split(_BETWEEN))) for each in _LISTS)
    return Described("\n".join(kept).strip(), said.get(_POSITIVE, ""), said.get(_NEGATIVE, ""), include, exclude)


def _list_lines(theme: Theme) -> Iterator[str]:
    if theme.definition:
        yield theme.definition
    for start, words in ((_POSITIVE, theme.positive), (_NEGATIVE, theme.negative)):
        if words:
            yield f"{start}{words}"
    for start, listed in ((_INCLUDE, theme.include), (_EXCLUDE, theme.exclude)):
        if listed:
            yield f"{start}{_BETWEEN.join(listed)}."
