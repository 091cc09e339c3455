"""Findings go in; how much of what people wrote a person has coded comes out, in words that every output shares."""

from math import isnan

from coprod_cli.model.checked import CheckedTheme
from coprod_cli.model.findings import Findings
from coprod_cli.telling.words import NOT_ENOUGH, is_withheld

BY_MACHINE = "coded by machine, not checked"
PARTLY = "coded by machine, some checked by a person"
BY_SOME = "some coded by a person, the others by nobody"
BY_NOBODY = "not coded"
# The notice that says that the machine knows no theme of the framework.
NO_THEME_KNOWN = "no-theme-learnt"
BY_HAND = "coded by a person"


def is_unknown(findings: Findings) -> bool:
    """Whether no machine knows any theme of the framework, so that there is only what people coded."""
    return any(each.code == NO_THEME_KNOWN for each in findings.notices)


def say_sorted(findings: Findings) -> str:
    """Whether a machine sorted the comments, as one sentence."""
    return "No machine knows these themes." if is_unknown(findings) else "A machine sorted the comments."


def say_coded(findings: Findings) -> str:
    """Who coded the comments, in a few words."""
    if findings.checked.is_all:
        return BY_HAND
    if is_unknown(findings):
        return BY_SOME if findings.checked.by_hand else BY_NOBODY
    return PARTLY if findings.checked.by_hand else BY_MACHINE


def say_coders(findings: Findings) -> str:
    """Who coded the comments, as a short sentence under a picture."""
    if findings.checked.is_all:
        return "Coded by people."
    if is_unknown(findings):
        return "Some coded by people, the others by nobody." if findings.checked.by_hand else "Coded by nobody."
    return "Coded by machine, and some by people." if findings.checked.by_hand else "Coded by machine."


def say_joined(findings: Findings) -> str:
    """That what people coded could enter a score whatever the theme, as one sentence; empty where it could not."""
    scored = any(theme.feeds for theme in findings.framework.themes)
    if not findings.checked.by_hand or not scored or findings.settings.comments == "none":
        return ""
    return "What a person coded could enter a score whatever its theme, for a third at most."


def say_checked(findings: Findings) -> str:
    """How many answers a person has coded, as one sentence; that nobody has, where nobody has."""
    checked = findings.checked
    did = "coded" if is_unknown(findings) else "checked"
    who = "People" if len(checked.coders) > 1 else "A person"
    if not checked.by_hand:
        return "No person checked it." if did == "checked" else "No person has coded the comments, either."
    if is_withheld(checked.by_hand):
        return f"{who} {did} some of the answers."
    about = "about " if checked.rounded_to > 1 else ""
    if checked.by_hand >= checked.answers:
        return f"{who} {did} {'nearly all' if about else f'all {checked.answers:,}'} answers."
    return f"{who} {did} {about}{checked.by_hand:,} of {checked.answers:,} answers."


def is_measured(findings: Findings) -> bool:
    """Whether it is known how well the machine does on answers of this very survey."""
    return _find_over_all(findings) is not None


def say_measured(findings: Findings) -> str:
    """How well the machine does where people coded, as a sentence; empty where none did, or nothing may be told."""
    checked = findings.checked
    if not checked.by_hand or is_unknown(findings) or is_withheld(checked.drawn):
        return ""
    if not checked.drawn:
        return "These do not show how often the machine is right: they were not drawn by lot, or not coded blind."
    each = _find_over_all(findings)
    if each is None:
        return f"How often the machine is right on them: {NOT_ENOUGH}."
    about = "about " if checked.rounded_to > 1 else ""
    drawn = f"{about}{checked.drawn:,} answers {'drawn by lot' if checked.is_weighted else 'that people coded'}"
    found = f"the machine found {_say_rate(each, 'recall')} of the themes that people found"
    if isnan(each.precision):
        return f"On {drawn}, {found}."
    return f"On {drawn}, {found}, and people agreed with {_say_rate(each, 'precision')} of those that it named."


def _find_over_all(findings: Findings) -> CheckedTheme | None:
    """All themes as one list, where there are enough answers to say anything of them."""
    return next((each for each in findings.checked.themes if not each.theme and not isnan(each.recall)), None)


def _say_rate(each: CheckedTheme, rate: str) -> str:
    value, low, high = (getattr(each, f"{rate}{end}") for end in ("", "_low", "_high"))
    return f"{value:.0%} (likely range {low:.0%} to {high:.0%})"
