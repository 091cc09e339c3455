"""Findings and one project go in; what is said of its closed groups, of which everybody was asked, comes out."""

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Block, Paragraph
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import Panel, is_withheld, name_role, say_count, start_sentence


def tell_closed(findings: Findings, panel: Panel) -> list[Block]:
    """How many of those asked answered, where a base may be shown, and whether ranges are of those people alone."""
    return [*_tell_used(findings, panel), *_tell_few(findings, panel)]


def _tell_used(findings: Findings, panel: Panel) -> list[Block]:
    bases = {
        (base.project, base.wave, base.role): base.answered
        for base in findings.bases
        if not is_withheld(base.answered) and base.answered > 0
    }
    told = [
        (each.role, bases[each.project, each.wave, each.role], each.asked)
        for each in findings.closed
        if each.used and (each.project, each.wave) == panel and (each.project, each.wave, each.role) in bases
    ]
    if not told:
        return []
    first, *others = [f"{_say_share(findings, answered, asked)} {name_role(role)}" for role, answered, asked in told]
    answered = list_names([f"{first} who were asked answered", *others])
    return [
        Paragraph(
            f"{start_sentence(answered)}. The scores are about those people alone, so their likely ranges are narrower "
            "(finite population factor, Cochran 1977). Those who did not answer may see things differently.",
            strong="Everybody in the group was asked.",
        )
    ]


def _tell_few(findings: Findings, panel: Panel) -> list[Block]:
    """That too few of those asked answered, without how many did: the size of the group is in the governance file."""
    few = [name_role(each.role) for each in findings.closed if each.few and (each.project, each.wave) == panel]
    if not few:
        return []
    return [
        Paragraph(
            f"Of the {list_names(few)} who were asked, fewer than {findings.framework.scoring.least_answered:.0%} "
            "answered. That is too few to narrow the likely ranges: they say what people like those who answered would "
            "say, not what all who were asked would.",
            strong="Too few of the group answered.",
        )
    ]


def _say_share(findings: Findings, answered: float, asked: int) -> str:
    """How many of how many; a base that rounding takes up to all of them, or beyond, is told in words."""
    limits = findings.framework.thresholds_for(findings.settings.audience)
    if answered >= asked and limits.round_base > 1:
        return f"all or nearly all of the {asked:,}"
    return f"{say_count(findings, answered)} of the {asked:,}"
