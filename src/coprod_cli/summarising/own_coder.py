"""A coder learnt from people's codes goes in; that it settles which themes may enter scores comes out as a notice."""

from collections.abc import Collection

from coprod_cli.model.findings import LEARNT, CoderReport, Settings
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Notice
from coprod_cli.telling import say_entering


def note_own_coder(
    framework: Framework, coder: CoderReport, scored_themes: Collection[str], settings: Settings
) -> tuple[Notice, ...]:
    """Which themes may enter scores, where a coder that was measured on other answers than the shipped one says it."""
    if coder.engine != LEARNT or settings.comments != "reliable" or not scored_themes:
        return ()
    told = say_entering(framework, scored_themes)
    message = f"{told} With the coder that ships with coprod these may be others: do not set such scores side by side."
    return (Notice("own-coder-scores", message, hint="coprod learn says how well each theme was measured."),)
