"""Findings go in; what people coded by hand, how far the machine agrees, and corrected shares, come out for a paper."""

import math
from collections.abc import Iterator

from coprod_cli.model.checked import Checked, CheckedTheme
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Block, Paragraph, Section, Table
from coprod_cli.reporting.wording import list_names, say_ratio
from coprod_cli.telling import NO_FIGURE, NOT_ENOUGH, is_unknown, is_withheld, name_role, say_checked, start_sentence

RATES = ("precision", "recall", "f1")


def tell_checked(findings: Findings) -> tuple[Section, ...]:
    """How much was checked, the machine's figures against it, and shares corrected by them; nothing where none was."""
    if not findings.checked.by_hand:
        return ()
    title = "What people coded" if is_unknown(findings) else "What people coded, against the machine"
    return (Section("coding-checked", title, tuple(_tell(findings))),)


def _tell(findings: Findings) -> Iterator[Block]:
    checked = findings.checked
    coded = f"{say_checked(findings)} Coded by: {list_names(checked.coders)}."
    if is_unknown(findings):
        yield Paragraph(coded)
        return
    yield Paragraph(
        f"{coded} Wherever a person coded an answer, that counts in every table, score, flag and quote, in place of "
        "what the machine made of it."
    )
    yield Paragraph(" ".join(_say_which(checked)), strong="Of which answers.")
    known = [each for each in checked.themes if not math.isnan(each.recall)]
    if not known:
        yield Paragraph(f"How well the machine codes them: {NOT_ENOUGH}.")
        return
    yield _show_rates(findings, known)
    yield from _show_shares(findings)


def _say_which(checked: Checked) -> Iterator[str]:
    """Of which answers the figures are, and what follows from how they were come by."""
    if checked.is_weighted:
        about = "about " if checked.rounded_to > 1 else ""
        yield (
            f"The figures rest on {about}{checked.drawn:,} answers, drawn with chances that differ: rare and doubtful "
            "ones more often, as in a coding sheet. Each counts by its weight, one over its chance, so that the "
            f"figures hold for all answers. They tell as much as {about}{checked.effective:,} drawn alike."
        )
    elif checked.drawn:
        yield (
            "These figures hold for the answers that people coded. Where those were not drawn at random from all "
            "answers - unsure or rare ones first, say - they tell nothing of the others."
        )
    if not checked.drawn:
        yield (
            "The answers that people coded were picked as worth coding, and not drawn by lot, or coded with the "
            "machine's suggestions in sight, or the machine had learnt from them. So they do not say how well it does "
            "on the others."
        )
    elif not is_withheld(checked.drawn) and checked.drawn < checked.by_hand:
        yield (
            "Other answers that people coded were not drawn by lot, or coded with the machine's suggestions in sight, "
            "or the machine had learnt from them. They count in tables and scores, and not in these figures."
        )
    yield (
        "A person who saw the machine's codes before coding tends to agree with them. Whether two people agree is "
        "another question."
    )


def _show_rates(findings: Findings, known: list[CheckedTheme]) -> Table:
    rounded = findings.checked.rounded_to > 1
    body = tuple(
        (
            findings.framework.theme(each.theme).name if each.theme else "All themes as one list",
            *(_count(each.found), _count(each.named)),
            *(_say_rate(each, rate) for rate in RATES),
        )
        for each in known
    )
    note = (
        "Answers that speak of the theme in the joint work, whatever the stance; people's codes are taken as right. "
        "Precision: of those that the machine names, the share in which people found the theme. Recall: of those in "
        "which people found it, the share that the machine names. Themes that people found in few answers, or few "
        "people's, are left out. Of all themes as one list, each theme in each answer counts."
    )
    if findings.checked.is_weighted:
        note += " The two numbers are of the answers drawn; the rates are weighted."
    if rounded:
        note += " Numbers are rounded, and rates go to the nearest 0.05, so that nobody can be recognised."
    header = ("Theme", "People found it in", "Machine named it in", "Precision", "Recall", "F1")
    return Table("The machine against people, with likely ranges", header, body, (1, 2), note)


def _count(answers: int) -> str:
    return NO_FIGURE if is_withheld(answers) else f"{answers:,}"


def _say_rate(each: CheckedTheme, rate: str) -> str:
    value = getattr(each, rate)
    if math.isnan(value):
        return NO_FIGURE
    low, high = (say_ratio(getattr(each, f"{rate}_{end}")) for end in ("low", "high"))
    return f"{say_ratio(value)} ({low} to {high})"


def _show_shares(findings: Findings) -> Iterator[Block]:
    shares = findings.checked.shares
    if not shares:
        yield Paragraph(f"Shares of themes corrected for the machine's mistakes: {NOT_ENOUGH}.")
        return
    body = tuple(
        (
            findings.framework.theme(each.theme).name,
            start_sentence(name_role(each.role)) + (f", {each.wave}" if each.wave else ""),
            f"{each.coded:.0%}",
            f"{each.share:.0%}",
            f"{each.low:.0%} to {each.high:.0%}",
        )
        for each in shares
    )
    note = (
        "Of all answers of that role, over all projects, the share that speaks of the theme in the joint work. Those "
        "that people coded count as they are; of the others, what the machine names is corrected by how often it "
        "misses the theme, and how often it names it wrongly, in the answers that people coded (Rogan and Gladen "
        "1978), taken to be alike in all roles. The tables of themes count people as coded, without this."
    )
    header = ("Theme", "Who", "As coded", "Corrected", "Likely range")
    yield Table("Shares of answers, corrected for the machine's mistakes", header, body, (2, 3), note)
