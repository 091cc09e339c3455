"""A theme goes in; its description, as people who code read it in a codebook of any program, comes out."""

from collections.abc import Iterator

from coprod_cli.model.framework import Theme

_UNJUDGED = "It is spoken of, without saying whether it was good or bad."


def describe_theme(theme: Theme) -> str:
    """The definition, both stances, and what counts and what does not, in lines; what a theme lacks is left out."""
    return "\n".join(_list_lines(theme))


def describe_stance(theme: Theme, stance: str) -> str:
    """What a stance means for this theme; empty where the theme does not say."""
    return {"positive": theme.positive, "negative": theme.negative, "neutral": _UNJUDGED}[stance]


def _list_lines(theme: Theme) -> Iterator[str]:
    if theme.definition:
        yield theme.definition
    for called, words in (("Positive", theme.positive), ("Negative", theme.negative)):
        if words:
            yield f"{called}: {words}"
    for called, listed in (("Counts as this theme", theme.include), ("Belongs elsewhere", theme.exclude)):
        if listed:
            yield f"{called}: {'; '.join(listed)}."
