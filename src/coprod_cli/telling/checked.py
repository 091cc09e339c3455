"""Findings go in; how much of what people wrote a person has coded comes out, in words that every output shares."""

from coprod_cli.model.findings import Findings
from coprod_cli.telling.words import is_withheld

BY_MACHINE = "coded by machine, not checked"
PARTLY = "coded by machine, some checked by a person"
BY_HAND = "coded by a person"


def say_coded(findings: Findings) -> str:
    """Who coded the comments, in a few words."""
    if findings.checked.is_all:
        return BY_HAND
    return PARTLY if findings.checked.by_hand else BY_MACHINE


def say_coders(findings: Findings) -> str:
    """Who coded the comments, as a short sentence under a picture."""
    if findings.checked.is_all:
        return "Coded by people."
    return "Coded by machine, and some by people." if findings.checked.by_hand else "Coded by machine."


def say_joined(findings: Findings) -> str:
    """That what people coded could enter a score whatever the theme, as one sentence; empty where it could not."""
    if not findings.checked.by_hand or findings.settings.comments == "none":
        return ""
    return "What a person coded could enter a score whatever its theme, for a third at most."


def say_checked(findings: Findings) -> str:
    """How many answers a person has coded, as one sentence; that nobody has, where nobody has."""
    checked = findings.checked
    if not checked.by_hand:
        return "No person checked it."
    if is_withheld(checked.by_hand):
        return "A person checked some of the answers."
    about = "about " if checked.rounded_to > 1 else ""
    if checked.by_hand >= checked.answers:
        return f"A person checked {'nearly all' if about else f'all {checked.answers:,}'} answers."
    return f"A person checked {about}{checked.by_hand:,} of {checked.answers:,} answers."
