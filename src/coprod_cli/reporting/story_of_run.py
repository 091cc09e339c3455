"""Findings go in; half a page on how this very run was done, and of nothing that it did not use, comes out."""

from collections.abc import Iterable

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import Score, rows
from coprod_cli.reporting.document import Paragraph
from coprod_cli.reporting.reliability import list_measured, say_rates
from coprod_cli.reporting.wording import list_names, read_limits
from coprod_cli.telling import (
    COMMENTS,
    is_corrected,
    is_unknown,
    name_coder,
    name_role,
    quote_name,
    say_checked,
    say_joined,
    say_sorted,
    start_sentence,
    warn_of_others,
)

WORST_NAMED = 3
# More themes than this are counted, not named.
MOST_NAMED = 2


def tell_run(findings: Findings) -> tuple[Paragraph, ...]:
    """What was used, how scores, ranges and codes were made, what is on paper, what is held back; a paragraph each."""
    told = {
        "What was used.": _tell_used(findings),
        "Scores.": _tell_scores(findings),
        "Likely ranges.": _tell_ranges(findings),
        "Comments.": _tell_comments(findings),
        "On paper.": _tell_paper(findings),
        "Small numbers.": _tell_held_back(findings),
    }
    written = {strong: " ".join(sentences) for strong, sentences in told.items()}
    return tuple(Paragraph(text, strong=strong) for strong, text in written.items() if text)


def _tell_used(findings: Findings) -> Iterable[str]:
    framework, provenance, settings = findings.framework, findings.provenance, findings.settings
    whose = "a framework file of the user's own" if provenance.own_framework else "coprod's own framework"
    yield (
        f"coprod {provenance.version}, offline, with {whose} ({framework.id}, "
        f"version {framework.version}). {framework.status}"
    )
    if settings.keep_partial:
        yield "By choice, forms never sent off count."
    if settings.accept_guesses:
        yield "By choice, guessed questions count."
    if settings.gates:
        several = len(settings.gates) > 1
        yield f"{len(settings.gates)} condition{'s were' if several else ' was'} set on chances."


def _tell_scores(findings: Findings) -> Iterable[str]:
    framework = findings.framework
    bases = _list_bases(findings)
    if bases - {COMMENTS}:
        core = sum(each.core for each in framework.dimensions)
        yield (
            "Closed answers were turned into 0 to 100 and averaged over people, each role by itself. The overall score "
            f"is at most {framework.scoring.slack:g} points above the lowest of the {core} dimensions at the heart of "
            "co-production."
        )
    if findings.provenance.own_weights:
        yield "The survey's own weights were used."
    for each in findings.weighting[:1]:
        asked = len(each.margins)
        yield (
            f"{start_sentence(name_role(each.role))} were weighted by raking to given shares in {asked} "
            f"question{'s' if asked > 1 else ''}."
        )
    if len(findings.rungs):
        yield (
            f"A rung is named from {read_limits(findings).min_rung_label} people and a chance of "
            f"{framework.scoring.named_rung:.0%} on; where rungs end is a convention."
        )
    if findings.changes:
        yield (
            "Rounds were compared on shared questions: “better” or “worse” needs a chance of "
            f"{framework.scoring.sure_change:.0%}."
        )


def _tell_ranges(findings: Findings) -> Iterable[str]:
    rules = findings.framework.scoring
    if not _list_bases(findings):
        return
    yield (
        f"The middle {rules.level:.0%} of {rules.draws:,} draws (seed {findings.settings.seed}). "
        f"{say_spread(findings)} They know nothing of people who did not answer."
    )
    if any(each.used for each in findings.closed):
        yield "Those of closed groups are narrower."


def say_spread(findings: Findings) -> str:
    """What is done about few people, who do not show how far people differ: in one sentence, from the settings."""
    rules, bases = findings.framework.scoring, _list_bases(findings)
    usual = f"{rules.comments_prior_sd if bases == {COMMENTS} else rules.prior_sd:g} points"
    if len(bases - {COMMENTS}) and COMMENTS in bases:
        usual += f" ({rules.comments_prior_sd:g} from comments alone)"
    return f"These are score intervals that count in a usual spread of {usual}, as of {rules.prior_df:g} more people."


def _tell_comments(findings: Findings) -> Iterable[str]:
    if not any(each.commented for each in findings.bases):
        return
    coder = findings.coder
    if is_unknown(findings):
        yield f"{say_sorted(findings)} {say_checked(findings)}"
        return
    yield f"Sorted by machine: {name_coder(coder)}, version {coder.version}."
    themes = list_measured(findings)
    if themes:
        worst = sorted(themes, key=lambda each: each.f1)[: min(WORST_NAMED, len(themes) // 4 or 1)]
        names = list_names(quote_name(findings.framework.theme(each.theme).name) for each in worst)
        least = f" It finds these themes worst: {names}." if len(themes) > 1 else ""
        yield f"{say_rates(findings, past=False)}{least} {warn_of_others(coder)}"
    else:
        yield "How often it is right has not been measured."
    yield " ".join(filter(None, (_say_entered(findings), say_joined(findings))))
    if COMMENTS in _list_bases(findings):
        corrected = ", corrected for the machine's known mistakes" if is_corrected(findings) else ""
        yield f"Some scores rest on comments alone{corrected}; they usually read low."


def _say_entered(findings: Findings) -> str:
    """Which themes could join closed questions in a score."""
    names = [quote_name(findings.framework.theme(theme).name) for theme in findings.scored_themes]
    if findings.settings.comments == "none":
        return "By choice, none entered a score."
    if not names:
        by_machine = " by machine" if findings.checked.by_hand else ""
        return f"No theme is coded{by_machine} reliably enough to enter a score beside closed questions."
    which = "this theme" if len(names) == 1 else "these themes"
    how = f"By choice, {which}" if findings.settings.comments == "all" else start_sentence(which)
    if len(names) > MOST_NAMED:
        return f"{how} could enter a score: {len(names)} of {len(findings.framework.themes)}."
    return f"{how} could enter a score, for a third at most: {list_names(names)}."


def _tell_paper(findings: Findings) -> Iterable[str]:
    if not findings.governance.projects:
        return
    yield "Filled in by hand. Only verified facts limit a score; none earns points."
    answered = {rule.id for rule in findings.framework.flags if rule.missing_role}
    limited = {each.project for each in findings.flags if each.effect != "note" and each.id not in answered}
    if limited:
        yield f"They limit {len(limited)} project{'s' if len(limited) > 1 else ''}."


def _tell_held_back(findings: Findings) -> Iterable[str]:
    limits, settings = read_limits(findings), findings.settings
    if settings.audience == "raw":
        yield "Nothing is held back. This report must not be published."
        return
    who = "the public" if settings.audience == "public" else "a named group only"
    yield (
        f"This report is for {who}. Nothing is told about fewer than {limits.min_base} people, and no counts under "
        f"{limits.small_cell} or that give these away."
    )
    earlier = len(findings.provenance.previous_sha256)
    if earlier:
        reports = "an earlier report" if earlier == 1 else f"{earlier} earlier reports"
        yield f"Nor is what, beside {reports}, would tell of a few."


def _list_bases(findings: Findings) -> set[str]:
    return {score.basis for score in rows(findings.scores, Score) if score.reportable}
