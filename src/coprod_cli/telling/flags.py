"""Findings go in; the red flags of one project, and those that hold its rung down, come out."""

from coprod_cli.model.findings import Findings, Flag
from coprod_cli.telling.choosing import Panel


def pick_flags(findings: Findings, panel: Panel) -> list[Flag]:
    """The flags of that project: those of the round, and those of the project whatever the round."""
    return [each for each in findings.flags if each.project == panel.project and each.wave in ("", panel.wave)]


def find_rung_limit(findings: Findings, panel: Panel) -> tuple[int, tuple[str, ...]] | None:
    """The highest rung that verified facts allow, with the ids of the flags that hold it there; None where none do."""
    rules = {rule.id: rule.rung_max for rule in findings.framework.flags}
    limits = [(each.id, rules.get(each.id)) for each in pick_flags(findings, panel) if each.effect != "note"]
    lowest = min((rung for _, rung in limits if rung is not None), default=None)
    if lowest is None:
        return None
    return lowest, tuple(name for name, rung in limits if rung == lowest)
