"""Findings go in; how people were weighted to the shares of a population, and what that cannot mend, comes out."""

from coprod_cli.model.findings import Findings
from coprod_cli.model.population import Weighting
from coprod_cli.reporting.document import Block, Bullets, Callout, Paragraph, Section
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import is_withheld, name_role, quote_name, say_people, start_sentence

_NOTICEABLE = 0.005


def tell_weights(findings: Findings) -> tuple[Section, ...]:
    """One section where people were weighted, none where they were not."""
    if not findings.weighting:
        return ()
    first = findings.weighting[0]
    rules = findings.framework.scoring
    blocks: list[Block] = [
        Paragraph(
            f"In the scores, some {name_role(first.role)} count for more than one person and some for less, so that "
            f"those who answered are like a wider group of people in {_count(first.margins)}: "
            f"{_name_margins(first.margins)}. Whoever ran coprod gave what that "
            "group looks like, in a file. Counts of people and of themes are not weighted."
        ),
        Bullets(tuple(_say_round(findings, each) for each in findings.weighting)),
        Paragraph(
            f"Nobody counts for less than {rules.least_weight:g} or for more than {rules.most_weight:g} people. "
            "Whoever left one of these questions out is weighted by the others. A score needs enough people, and "
            "enough after weighting, too."
        ),
        Callout(
            "note",
            "Weighting does not mend who chose to answer",
            "People chose themselves whether to answer. Weighting makes them like the wider group in these questions "
            "only. It cannot make up for people who did not answer, and who may see things differently.",
        ),
    ]
    return (Section("weights", "How answers were weighted", tuple(blocks)),)


def note_people(findings: Findings) -> tuple[Paragraph, ...]:
    """For the note on method: how people were weighted, and which groups are closed; nothing where neither holds."""
    told = []
    for each in findings.weighting[:1]:
        rules = findings.framework.scoring
        told.append(
            Paragraph(
                f"{start_sentence(name_role(each.role))} were weighted by raking (Deming and Stephan 1940) to given "
                f"shares of the answers to {_name_margins(each.margins)}; weights have mean 1 and are held between "
                f"{rules.least_weight:g} and {rules.most_weight:g}. The effective number of people is Kish's. "
                "Weighting does not cure self-selection.",
                strong="Weights.",
            )
        )
    if any(each.used for each in findings.closed):
        told.append(
            Paragraph(
                "Where everybody of a closed group was asked, and at least "
                f"{findings.framework.scoring.least_answered:.0%} of them answered, the reach of the likely range is "
                "multiplied by the finite population factor, the square root of (N - n) / (N - 1) for n of N people "
                "(Cochran 1977).",
                strong="Closed groups.",
            )
        )
    return tuple(told)


def _name_margins(margins: tuple[str, ...]) -> str:
    return list_names(quote_name(" ".join(each.split())) for each in margins)


def _count(margins: tuple[str, ...]) -> str:
    return "their answers to one question" if len(margins) == 1 else f"their answers to {len(margins)} questions"


def _say_round(findings: Findings, each: Weighting) -> str:
    where = f" in {each.wave}" if each.wave else ""
    if is_withheld(each.people):
        return f"{start_sentence(name_role(each.role))}{where}: too few people to show."
    words = (
        f"{start_sentence(name_role(each.role))}{where}: {say_people(findings, each.people)}, who tell as much as "
        f"{each.effective:.0f} with equal weights would (the effective number of people)."
    )
    if not each.converged:
        words += " No weights could match all the shares at once."
    if each.furthest >= _NOTICEABLE:
        words += f" After weighting, the shares are within {100 * each.furthest:.0f} in 100 of those wanted."
    return words
