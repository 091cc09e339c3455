"""Material goes in; the first page, what was found in a handful of plain sentences and what could come next, comes out.

The report for a forum begins with it, and the one-page summary is little else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, zip_longest

from coprod_cli.model.findings import Findings, Quote
from coprod_cli.model.tables import Score
from coprod_cli.reporting.document import Block, Bullets, Figures, Paragraph, QuoteBlock, Section, Table
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.story_in_short import (
    choose_overall,
    find_ends,
    say_differences,
    say_most_raised,
    say_nothing_scored,
    say_silent,
)
from coprod_cli.reporting.story_of_changes import count_verdicts
from coprod_cli.reporting.story_of_details import STEPS
from coprod_cli.reporting.story_of_flags import count_flagged, say_held
from coprod_cli.reporting.story_of_questions import say_gaps, say_why_comments
from coprod_cli.reporting.story_of_themes import rank_quoted
from coprod_cli.reporting.wording import (
    explain_short_forms,
    list_names,
    read_limits,
    say_score,
    say_score_shortly,
)
from coprod_cli.telling import (
    COMMENTS,
    Panel,
    is_withheld,
    list_latest,
    list_panels,
    name_dimension,
    name_panel,
    name_role,
    quote_name,
    say_count,
    say_total,
    start_sentence,
    tell_correction,
)

# More projects than this do not fit on the page; each has its own further on.
MOST_ROWS = 12
# Beside a longer table there is no room for a picture.
MOST_PICTURED = 5
QUOTES = 3
THEMES = "theme_stances"
HOW_TO_READ = "0 is the worst and 100 the best. The likely range shows how sure we can be. This is not a ranking."
STEPS_FOR_ALL = (
    "Show this report to those who run each piece of work. Ask them what they will do.",
    "Tell everybody who answered what came of it.",
    "Ask the same questions again next year, to see what has changed.",
)
FLAGS_MEAN = "A red flag is a reason to ask questions. It proves nothing."


def tell_first_page(material: Material, texts: Iterable[str] = ()) -> Section:
    """What was found, scores, one picture, three quotes, what could come next, and the short forms used.

    Args:
        material: what to tell from.
        texts: of the rest of the report, whose short forms are explained here.
    """
    findings = material.findings
    told = _pick_latest(findings)
    blocks: list[Block] = [Bullets(tuple(_say_findings(findings, told)))]
    blocks += _show_picture(material)
    blocks += _tell_scores(findings, told)
    blocks += _tell_doubts(findings, told)
    blocks += _tell_next(material, told)
    blocks += _show_quotes(findings)
    forms = explain_short_forms(
        [*texts, *(each.words for each in _pick_quotes(findings)), *(panel.project for panel in list_panels(findings))]
    )
    if forms:
        blocks.append(Paragraph("; ".join(f"{short}: {full}" for short, full in forms) + ".", strong="Short forms."))
    return Section("in-short", "In short", tuple(blocks))


def _pick_latest(findings: Findings) -> list[tuple[Panel, str, Score]]:
    """(project, role, overall score), of each project in its latest round alone."""
    latest = set(list_latest(findings))
    return [each for each in choose_overall(findings) if each[0] in latest]


def _say_findings(findings: Findings, told: list[tuple[Panel, str, Score]]) -> Iterator[str]:
    latest = {panel for panel, _, _ in told}
    lately = tuple(each for each in findings.contrasts if (each.project, each.wave) in latest)
    yield _say_who(findings)
    yield from _say_weak(findings, told)
    yield from say_differences(replace(findings, contrasts=lately))
    yield from say_most_raised(findings)
    yield from _say_changes(findings)
    flagged = count_flagged(findings)
    if flagged:
        work = "1 piece of work has" if flagged == 1 else f"{flagged} pieces of work have"
        yield f"{work} red flags. {FLAGS_MEAN}"


def _say_who(findings: Findings) -> str:
    projects = len({panel.project for panel in list_panels(findings)})
    work = "1 piece of joint work" if projects == 1 else f"{projects} pieces of joint work"
    told = f" They told us about {work}." if projects else ""
    if is_withheld(findings.people):
        return f"How many people answered is not shown, so that nobody can be recognised.{told}"
    return f"{start_sentence(say_total(findings, findings.people, 'person', 'people'))} answered.{told}"


def _say_weak(findings: Findings, told: list[tuple[Panel, str, Score]]) -> Iterator[str]:
    """The dimension that is clearly the weakest in most pieces of work, where there is one."""
    where: dict[str, list[str]] = {}
    for panel, role, score in told:
        ends = find_ends(findings, panel, role) if score.reportable else None
        if ends:
            where.setdefault(ends[1], []).append(name_panel(panel))
    if not where:
        return
    most = max(where, key=lambda dimension: len(where[dimension]))
    names = where[most]
    named = list_names(map(quote_name, names)) if len(names) <= QUOTES else f"{len(names)} pieces of work"
    yield f"What {name_role(told[0][1])} scored lowest in {named}: {quote_name(name_dimension(findings, most))}."


def _say_changes(findings: Findings) -> Iterator[str]:
    better, worse, unclear = count_verdicts(findings.changes)
    if better + worse + unclear:
        yield (
            f"Since the round before, {better} overall {'score is' if better == 1 else 'scores are'} better. Worse: "
            f"{worse}. No clear change: {unclear}."
        )


def _tell_scores(findings: Findings, told: list[tuple[Panel, str, Score]]) -> list[Block]:
    """Every overall score with its range and people: a few in lines, more in a table, many on their own pages alone."""
    scored = [score for _, _, score in told if score.reportable]
    if not scored:
        return [Paragraph(say_nothing_scored(findings)), *_list_silent(findings, told)]
    who = start_sentence(name_role(scored[0].role))
    basis = ", from comments only" if any(score.basis == COMMENTS for score in scored) else ""
    if len(told) > MOST_ROWS:
        some = f"{who} scored {len(scored)} of {len(told)}{basis}. The score of each stands on its page."
        return [Paragraph(f"{some} {HOW_TO_READ}", strong="Scores.")]
    if len(told) > MOST_PICTURED:
        return [
            _show_scores(findings, told, f"Overall scores out of 100 from {name_role(scored[0].role)}{basis}, by name")
        ]
    lines = (
        f"{quote_name(name_panel(panel))}: {_say_score(findings, panel, score)}"
        for panel, _, score in told
        if score.reportable
    )
    return [
        Paragraph(HOW_TO_READ, strong=f"Scores from {name_role(scored[0].role)}."),
        Bullets((*lines, *say_silent(findings, told))),
    ]


def _say_score(findings: Findings, panel: Panel, score: Score) -> str:
    return f"{say_score(findings, score)}." if is_withheld(score.before_limits) else say_held(findings, panel, score)


def _list_silent(findings: Findings, told: list[tuple[Panel, str, Score]]) -> list[Block]:
    silent = tuple(say_silent(findings, told))
    return [Bullets(silent)] if silent else []


def _show_scores(findings: Findings, told: list[tuple[Panel, str, Score]], caption: str) -> Table:
    body = tuple(
        (name_panel(panel), say_score_shortly(score), say_count(findings, score.people) if score.reportable else "")
        for panel, _, score in told
    )
    header = ("Piece of work", "Score (likely range)", "People")
    return Table(caption, header, body, numeric=(2,), note=HOW_TO_READ, unranked=True)


def _tell_doubts(findings: Findings, told: list[tuple[Panel, str, Score]]) -> list[Block]:
    """What a reader must know before anything else: scores from comments alone, closed questions that do not count."""
    scored = [score for _, _, score in told if score.reportable]
    if any(score.basis == COMMENTS for score in scored):
        why = say_why_comments(findings)
        return [
            Paragraph(
                f"These scores come from what people wrote, because {why}. A machine sorted it. "
                f"{tell_correction(findings)} Comments tend to be more critical than ratings, so these scores read "
                "low. Use them to see where to look.",
                strong="From comments only.",
            )
        ]
    gaps = "" if scored else say_gaps(findings)
    return [Paragraph(gaps, strong="Questions that do not count yet.")] if gaps else []


def list_shown(material: Material) -> tuple[str, ...]:
    """The names of the pictures that the first page shows: what parents and carers wrote about most, if it has room."""
    if len(_pick_latest(material.findings)) > MOST_PICTURED:
        return ()
    waves = sorted({each.wave for each in material.charts if each.kind == THEMES})
    return tuple(each.name for each in material.charts if each.kind == THEMES and each.wave in waves[-1:])[:1]


def _show_picture(material: Material) -> list[Block]:
    shown = list_shown(material)
    chosen = [each for each in material.charts if each.name in shown]
    return [Figures((show_chart(chosen[0]),))] if chosen else []


def _pick_quotes(findings: Findings) -> list[Quote]:
    """Three of those shown, of the themes most people raised: what went well and what did not, in turn."""
    ranked = rank_quoted(findings)
    good = [each for each in ranked if each.stance == "positive"]
    bad = [each for each in ranked if each.stance == "negative"]
    return [each for each in chain.from_iterable(zip_longest(good, bad)) if each is not None][:QUOTES]


def _show_quotes(findings: Findings) -> list[Block]:
    return [QuoteBlock(each.words, start_sentence(name_role(each.role)), each.id) for each in _pick_quotes(findings)]


def _tell_next(material: Material, told: list[tuple[Panel, str, Score]]) -> list[Block]:
    given = material.details.next_steps
    if given:
        return [Paragraph("", strong="What comes next."), Bullets(given[:STEPS])]
    steps = [*_suggest(material.findings, told), *STEPS_FOR_ALL]
    return [Paragraph("", strong="What could come next."), Bullets(tuple(steps[:STEPS]))]


def _suggest(findings: Findings, told: list[tuple[Panel, str, Score]]) -> Iterator[str]:
    """At most two steps that these very findings call for."""
    for panel, role, score in told:
        ends = find_ends(findings, panel, role) if score.reportable else None
        if ends:
            name = quote_name(name_dimension(findings, ends[1]))
            yield f"Ask those who run {quote_name(name_panel(panel))} how they will mend {name}."
            break
    if count_flagged(findings):
        yield "Ask for a reply in writing to each red flag."
        return
    silent = [panel for panel, _, score in told if not score.reportable]
    if silent:
        least = read_limits(findings).min_composite
        yield f"Hear from more families about {quote_name(name_panel(silent[0]))}. A score takes at least {least}."
