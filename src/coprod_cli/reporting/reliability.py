"""Findings go in; how often the machine is right about themes, and about how many that is known, comes out in words."""

from coprod_cli.model.findings import Findings, ThemeReliability
from coprod_cli.reporting.wording import list_names, say_about
from coprod_cli.telling import is_withheld, name_tried, quote_name

# More names than this are not listed in a sentence.
_MOST_NAMED = 3


def list_measured(findings: Findings) -> list[ThemeReliability]:
    """The themes of which it is known how well the machine finds them."""
    return [each for each in findings.coder.themes if not is_withheld(each.f1)]


def say_rates(findings: Findings, *, past: bool) -> str:
    """How often it is right when it names a theme, and how much it finds, in sentences; empty where nothing is known.

    A mean over themes; where only some were measured that is said first, since it tells nothing of the others.

    past: whether the sentence stands in the past tense.
    """
    measured, coder = list_measured(findings), findings.coder
    if not measured:
        return ""
    # Of a theme that was never named nothing was right, and nothing wrong.
    named = [each.precision for each in measured if not is_withheld(each.precision)]
    right = say_about(sum(named) / len(named)) if named else ""
    found = say_about(sum(each.recall for each in measured) / len(measured))
    be, name, find = ("was", "named", "found") if past else ("is", "names", "finds")
    told = f"it {be} right about {right} times when it {name} a theme, and {find}" if right else f"it {find}"
    rates = f"{told} about {found} of those there."
    rest = len(coder.themes) - len(measured)
    if not rest:
        return f"On {name_tried(coder)}, {rates}"
    names = [quote_name(findings.framework.theme(each.theme).name) for each in measured[:_MOST_NAMED]]
    which = f" ({list_names(names)})" if len(measured) <= _MOST_NAMED else ""
    others = "the other one" if rest == 1 else f"the other {rest}"
    return (
        f"How often it {be} right was measured for only {len(measured)} of the {len(coder.themes)} themes that it "
        f"codes{which}: there, on {name_tried(coder)}, {rates} For {others} there are too few of these to say."
    )
