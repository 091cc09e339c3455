"""What a person types for a theme goes in; the themes it may mean, and what the codebook says of one, come out."""

import difflib
import re
from collections.abc import Iterator, Sequence

from coprod_cli.model.framework import Framework, Theme
from coprod_cli.telling import describe_theme, name_themes

_ALL = "?"
_LEAST_INSIDE = 3
_NUMBERED = re.compile(r"((?:.*\D)?) ?([0-9]{1,3})")


def match_themes(typed: str, framework: Framework, offered: Sequence[str] = ()) -> tuple[str, ...]:
    """Ids of the themes meant, in the order of the framework; none where nothing comes near.

    A number is a place in what was offered, or else among all themes; ? is all of them; anything else parts of words of
    a name, with a number behind them the place among those. A whole name is that theme alone. What stands inside of a
    word counts from three letters on.
    """
    every = tuple(theme.id for theme in framework.themes)
    said = " ".join(typed.casefold().replace("_", " ").split())
    if said == _ALL:
        return every
    if numbered := _NUMBERED.fullmatch(said):
        listed = match_themes(numbered[1], framework) if numbered[1] else tuple(offered) or every
        number = int(numbered[2])
        return (listed[number - 1],) if 0 < number <= len(listed) else ()
    names = {theme.id: (theme.name.casefold(), theme.id.casefold().replace("_", " ")) for theme in framework.themes}
    exact = tuple(theme for theme, called in names.items() if said in called)
    if exact or not said:
        return exact
    begun = tuple(
        theme
        for theme, called in names.items()
        if all(any(word.startswith(part) for name in called for word in name.split()) for part in said.split())
    )
    if begun or len(said) < _LEAST_INSIDE:
        return begun
    return tuple(theme for theme, called in names.items() if any(said in name for name in called))


def guess_themes(typed: str, framework: Framework) -> tuple[str, ...]:
    """Ids of themes with a name or a word of one that is spelt much like this, the nearest first."""
    words = {
        word: theme.id for theme in framework.themes for word in (theme.name.casefold(), *theme.name.casefold().split())
    }
    return tuple(dict.fromkeys(words[near] for near in difflib.get_close_matches(typed.casefold(), list(words), n=3)))


def explain_theme(theme: Theme, framework: Framework) -> Iterator[str]:
    """The definition and the rules of a theme, paragraph by paragraph, without its examples."""
    names = {each.id: each.name for each in framework.themes}
    yield f"{theme.name}:"
    yield from (name_themes(line, names) for line in describe_theme(theme).splitlines())
    for border in framework.borders_of(theme.id):
        yield f"{border.name}: {name_themes(' '.join(border.rules), names)}"
