"""A framework and what its coder knows go in; the themes that were looked for, and what to tell of others, come out."""

from collections.abc import Collection

from coprod_cli.model.checked import Checked
from coprod_cli.model.findings import LEARNT, CoderReport
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.model.survey import Notice
from coprod_cli.telling import NO_THEME_KNOWN

_SHOWN = 8
_HINT = (
    "Code answers by hand and give your codes with --codes; see docs/exchange.md. Or write cue phrases into the "
    "framework and use --engine cues."
)


def list_sought(framework: Framework, coder: CoderReport, known: Collection[str] | None) -> tuple[Theme, ...]:
    """The themes that the machine looked for.

    known: their ids; where nobody says, those that the coder was measured on, or all if it was measured on none.
    """
    ids = {each.theme for each in coder.themes} if known is None else set(known)
    if known is None and not ids:
        return framework.themes
    return tuple(theme for theme in framework.themes if theme.id in ids)


def note_unsought(
    framework: Framework, sought: Collection[Theme], engine: str, checked: Checked, *, wrote: bool
) -> tuple[Notice, ...]:
    """That themes of a framework of the user's own were never taught to the machine, and what follows from that.

    wrote: whether there is any answer in words.
    """
    names = [theme.name for theme in framework.themes if theme not in sought]
    if not names or not wrote:
        return ()
    if not sought:
        return (Notice(NO_THEME_KNOWN, _say_none(checked), hint=_choose_hint(engine, checked)),)
    listed = "; ".join(names[:_SHOWN]) + ("; and others" if len(names) > _SHOWN else "")
    who = "The coder of your own" if engine == LEARNT else f'The engine "{engine}"'
    one = len(names) == 1
    finds = "does not find it" if one else "finds none of them"
    message = (
        f"{who} has not learnt {len(names)} of the themes ({listed}), so it {finds}. {_say_some(checked, one=one)}"
    )
    return (Notice("themes-not-learnt", message, hint=_choose_hint(engine, checked)),)


def _choose_hint(engine: str, checked: Checked) -> str:
    """What may still be done: codes that were given need not be given again."""
    if checked.is_all:
        return ""
    if engine == LEARNT:
        return "Code more answers with these themes, and learn again: see docs/learning.md."
    if checked.by_hand:
        return "Code the other answers by hand, too; see docs/exchange.md."
    return _HINT


def _say_none(checked: Checked) -> str:
    known = "No machine coder knows these themes."
    if checked.is_all:
        return f"{known} People coded all answers."
    if checked.by_hand:
        return (
            f"{known} Only the answers that people coded count in what is told of themes; the others nobody has coded. "
            "So the numbers of people are too low."
        )
    return (
        f"{known} Nobody has coded the answers, either. So nothing is told of themes, which does not mean that nobody "
        "spoke of them."
    )


def _say_some(checked: Checked, *, one: bool) -> str:
    if checked.is_all:
        return "People coded all answers."
    if checked.by_hand:
        of, their = ("it", "its") if one else ("these", "their")
        return f"Of {of} only what people coded is counted, so {their} numbers of people are too low."
    what, of = ("It is", "it") if one else ("They are", "them")
    return f"{what} left out of what is told of themes, which does not mean that nobody spoke of {of}."
