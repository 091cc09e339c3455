"""Themes that may enter scores go in; a sentence that says which these are with a coder of one's own comes out."""

from collections.abc import Collection

from coprod_cli.model.framework import Framework
from coprod_cli.telling.words import quote_name

_MOST_NAMED = 8


def say_entering(framework: Framework, scored: Collection[str]) -> str:
    """Which themes may enter a score with a coder learnt from hand codes.

    Args:
        framework: the themes.
        scored: ids of those that may.
    """
    names = [quote_name(theme.name) for theme in framework.themes if theme.id in scored]
    of = f"of {len(framework.themes)} themes"
    if not names:
        return f"With this coder none {of} may enter a score: comments stand beside the scores."
    listed = "; ".join(names[:_MOST_NAMED]) + ("; and others" if len(names) > _MOST_NAMED else "")
    rest = "" if len(names) == len(framework.themes) else " The others stand beside the scores."
    return f"With this coder {len(names)} {of} may enter a score: {listed}.{rest}"
