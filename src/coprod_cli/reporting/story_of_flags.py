"""Findings go in; the red flags of a project, with what they do to its score and the service's reply, come out."""

from coprod_cli.model.findings import Findings
from coprod_cli.model.framework import FlagRule
from coprod_cli.model.tables import Score
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import (
    Panel,
    is_withheld,
    list_panels,
    name_panel,
    pick_flags,
    quote_name,
    say_people,
    say_range,
)

EFFECT_WORDS = {
    "note": "a note beside the score",
    "limit": "limits the score",
    "withheld": "no score",
}
NO_PROOF = (
    "A red flag is a reason to ask questions. It does not prove that anybody meant badly. No red flag does not prove "
    "that all is well."
)
NONE_UP = "None is up, as far as could be seen. That does not prove that all is well."
NAMED_ONE_BY_ONE = 4


def say_before_limits(findings: Findings, panel: Panel, score: Score) -> str:
    """Both scores and the fact between them: "61 before limits; 49 because ... (RF02)."; nothing where none held."""
    if is_withheld(score.before_limits):
        return _say_cut(findings, panel, score)
    free = f"likely range {say_range(score.low_before, score.high_before)}"
    because = _say_because(findings, panel)
    return f"{score.before_limits:.0f} before limits ({free}); {score.estimate:.0f} because {because}."


def _say_cut(findings: Findings, panel: Panel, score: Score) -> str:
    """Where the range would reach, if a limit above the score cuts it; else nothing."""
    if is_withheld(score.high_before):
        return ""
    return (
        f"The likely range would reach to {score.high_before:.0f} before limits; it ends at {score.high:.0f} because "
        f"{_say_because(findings, panel)}."
    )


def say_held(findings: Findings, panel: Panel, score: Score) -> str:
    """What people gave, and what holds it down: "61 out of 100 (...). It is held at 49, because ... (RF02)."."""
    free = f"likely range {say_range(score.low_before, score.high_before)}; {say_people(findings, score.people)}"
    held = f"It is held at {score.estimate:.0f}, because {_say_because(findings, panel)}."
    return f"{score.before_limits:.0f} out of 100 ({free}). {held}"


def _say_because(findings: Findings, panel: Panel) -> str:
    rules = {rule.id: rule for rule in findings.framework.flags}
    held = [rules[each.id] for each in pick_flags(findings, panel) if each.effect == "limit" and each.id in rules]
    lowest = min((each.score_max for each in held if each.score_max is not None), default=None)
    return " and ".join(f"{each.because} ({each.id})" for each in held if each.score_max == lowest)


def say_flags(findings: Findings, *, gravest: bool) -> list[str]:
    """One line a project with the names of its flags; one line in all where there are many.

    gravest: whether to name those, too, that must never be counted or quoted.
    """
    told = _list_flagged(findings, gravest=gravest)
    if len(told) > NAMED_ONE_BY_ONE:
        return [f"Red flags are up for {len(told)} projects: see each of them. {NO_PROOF}"]
    lines = [f"Red flags for {quote_name(name)}: {list_names(names)}." for name, names in told]
    return [*lines, NO_PROOF] if lines else []


def count_flagged(findings: Findings) -> int:
    """Of how many projects and rounds a flag is up, but for those that must never be counted."""
    return len(_list_flagged(findings, gravest=False))


def _list_flagged(findings: Findings, *, gravest: bool) -> list[tuple[str, list[str]]]:
    """Projects with the names of their flags; none without."""
    rules = {rule.id: rule for rule in findings.framework.flags}
    told: list[tuple[str, list[str]]] = []
    for panel in list_panels(findings):
        names = [
            f"{each.name} ({each.id})" for each in pick_flags(findings, panel) if _may_name(rules.get(each.id), gravest)
        ]
        if names:
            told.append((name_panel(panel), names))
    return told


def _may_name(rule: FlagRule | None, gravest: bool) -> bool:  # noqa: FBT001  # as say_flags
    return rule is not None and (gravest or not rule.uncounted)
