"""Findings go in; half a page on how it was done, and what nobody may claim from it, come out in plain words."""

from collections.abc import Iterator

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import Score, rows
from coprod_cli.reporting.document import Bullets, Folded, Paragraph, Section
from coprod_cli.reporting.reliability import say_rates
from coprod_cli.reporting.story_of_method import say_totals
from coprod_cli.reporting.story_of_questions import say_gaps
from coprod_cli.reporting.wording import LIKE_THESE, list_names, read_limits
from coprod_cli.telling import (
    COMMENTS,
    is_measured,
    is_unknown,
    name_coder,
    name_role,
    quote_name,
    say_checked,
    say_joined,
    say_measured,
    say_sorted,
    warn_of_others,
)

CLAIMS = (
    "Do not say that this speaks for all parents and carers, or all practitioners. It speaks for those who answered.",
    "Do not set a score beside other scales or an inspection. It is not a validated scale.",
    "Do not rank projects, councils, forums or people by it.",
    "Do not say that joint work caused anything, or that life got better for children and young people.",
    "Do not say that a higher score means better or better-funded services, or that a low rung is always wrong.",
    "Do not say that anybody lied, because their group scored higher. People stand in different places.",
    "Do not say that a flag proves bad faith, or that no flag proves good faith.",
    "Do not say that a theme that few raised is no problem, or that twice as many people means twice as bad.",
    "Do not say that a person read and coded every answer, if none did.",
    "Do not say that the law was kept or broken.",
)
OF_CHANGE = "Do not call something a change where the report says that there is no clear change."


def tell_care(findings: Findings) -> tuple[Section, ...]:
    """The method note and what must not be claimed."""
    claims = (*CLAIMS, *((OF_CHANGE,) if findings.changes else ()))
    told = {
        "Scores.": _tell_scores(findings),
        "Likely range.": _tell_ranges(findings),
        "Comments.": _tell_comments(findings),
        "Small numbers.": _tell_held_back(findings),
        "What was used.": _tell_used(findings),
    }
    written = {strong: " ".join(sentences) for strong, sentences in told.items()}
    note = tuple(Paragraph(text, strong=strong) for strong, text in written.items() if text)
    notices = tuple(notice.message for notice in findings.notices)
    known = (Folded("What else to know about this survey", (Bullets(notices),), on_paper=False),) if notices else ()
    return (
        Section("method", "How it was done", (*note, *known)),
        Section("claims", "What nobody may claim from this report", (Bullets(claims),)),
    )


def _tell_scores(findings: Findings) -> Iterator[str]:
    framework = findings.framework
    bases = {score.basis for score in rows(findings.scores, Score) if score.reportable}
    if not bases:
        return
    core = [each for each in framework.dimensions if each.core]
    if bases - {COMMENTS}:
        yield "Each answer to a closed question became a number from 0 to 100. Each group of people has its own mean."
    yield (
        f"A score sums up {len(framework.dimensions)} dimensions. It may lie at most {framework.scoring.slack:g} "
        f"points above the lowest of these {len(core)}: {list_names(quote_name(each.name) for each in core)}. Friendly "
        "meetings do not make up for decisions made without families. This is a judgement."
    )
    if COMMENTS in bases:
        yield "Some scores rest on comments alone. They usually read low."
    for each in findings.weighting[:1]:
        yield f"Some {name_role(each.role)} count for more and some for less, to be more like a wider group."
    gaps = say_gaps(findings)
    if gaps:
        yield gaps


def _tell_ranges(findings: Findings) -> Iterator[str]:
    if findings.scores["reportable"].any():
        yield f"{LIKE_THESE} It knows nothing of those who did not answer. Where two ranges overlap a lot, say so."


def _tell_comments(findings: Findings) -> Iterator[str]:
    if not any(each.commented for each in findings.bases):
        return
    if is_unknown(findings):
        yield f"{say_sorted(findings)} {say_checked(findings)}"
    else:
        told = say_checked(findings) if findings.checked.by_hand else "No person checked that."
        yield f"A computer program sorted the comments. {told}"
        yield say_reliability(findings)
    counted = findings.settings.comments != "none" and (findings.scored_themes or say_joined(findings))
    yield (
        "What people wrote counts for at most a third of what one person says in a score."
        if counted
        else "Comments stand beside the scores and do not move them."
    )


def say_reliability(findings: Findings) -> str:
    """How often the machine is right about a theme, as measured, in a few sentences; or that it was not measured.

    By what people coded of this very survey where that is enough; else on the answers that the coder was tried on.
    """
    own = say_measured(findings)
    if is_measured(findings):
        return own
    rates = say_rates(findings, past=True)
    tried = f"{rates} {warn_of_others(findings.coder)}" if rates else "How often it is right was not measured."
    return f"{own} {tried}".strip()


def _tell_held_back(findings: Findings) -> Iterator[str]:
    if findings.settings.audience == "raw":
        yield "Nothing is held back. This report must not be published."
        return
    limits = read_limits(findings)
    yield (
        f"So that nobody can be recognised, nothing is told about fewer than {limits.min_base} people, and no number "
        f"of people under {limits.small_cell}, or that would give one away."
    )


def _tell_used(findings: Findings) -> Iterator[str]:
    framework, coder = findings.framework, findings.coder
    yield say_totals(findings)
    engine = f", {name_coder(coder)}" if any(each.commented for each in findings.bases) else ""
    yield (
        f"Made offline with coprod {findings.provenance.version}{engine} and the framework {framework.id}, version "
        f"{framework.version}. A longer report for researchers can be made from the same results."
    )
