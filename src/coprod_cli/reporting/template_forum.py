"""Material goes in; the report that a forum prints, sends to the council and reads out at its meeting comes out.

Anything without content is left out. What only researchers want stands in another template.
"""

from collections.abc import Iterator

from coprod_cli.drawing import Chart
from coprod_cli.model.details import Details
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.covers import FOOTER, bind
from coprod_cli.reporting.document import Block, Document, Figures, Paragraph, Section
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.story_of_answers import tell_who_answered
from coprod_cli.reporting.story_of_care import tell_care
from coprod_cli.reporting.story_of_changes import tell_changes_shortly
from coprod_cli.reporting.story_of_details import (
    tell_deeds,
    tell_end,
    tell_numbers,
    tell_practice,
    tell_replies,
    tell_welcome,
)
from coprod_cli.reporting.story_of_first_page import list_shown, tell_first_page
from coprod_cli.reporting.story_of_pages import tell_pages
from coprod_cli.reporting.story_of_themes import rank_quoted, tell_quotes, tell_themes_shortly
from coprod_cli.reporting.texts import list_texts

CHANGES, LEADING = "changes", "parent"
QUOTED, QUOTES_EACH = 3, 2


def tell(material: Material) -> Document:
    """The whole report; the first page is told last, since it explains the short forms of all others."""
    sections = tuple(_tell_sections(material))
    first = tell_first_page(material, (*list_texts(sections, quoted=False), FOOTER))
    return bind(material, (first, *sections))


def _tell_sections(material: Material) -> Iterator[Section]:
    findings, details, charts = material.findings, material.details, material.charts
    yield from tell_welcome(details)
    yield tell_who_answered(findings, details)
    yield from tell_numbers(details)
    yield tell_pages(material, {each.id for each in rank_quoted(findings, QUOTED, QUOTES_EACH)})
    yield from _tell_changes(findings, charts)
    if any(each.commented for each in findings.bases) or findings.quotes:
        yield tell_themes_shortly(findings, charts, list_shown(material))
        yield tell_quotes(findings, QUOTED, QUOTES_EACH)
    yield from _tell_deeds(details)
    yield _tell_response(details)
    yield from tell_end(details)
    yield from tell_care(findings)


def _tell_changes(findings: Findings, charts: tuple[Chart, ...]) -> Iterator[Section]:
    """What changed since the round before, with its pictures: of parents and carers where there are any."""
    drawn = [each for each in charts if each.kind == CHANGES]
    pictures = tuple(map(show_chart, [each for each in drawn if each.role == LEADING] or drawn))
    for each in tell_changes_shortly(findings):
        shown: tuple[Block, ...] = (Figures(pictures),) if pictures else ()
        yield Section(each.id, each.title, (*each.blocks, *shown))


def _tell_deeds(details: Details) -> Iterator[Section]:
    deeds, practice = tell_deeds(details), tell_practice(details)
    if deeds:
        yield Section("you-said", "You said, we did", deeds)
    if practice:
        lead = Paragraph("These went well. Others could do the same.")
        yield Section("practice", "Good practice", (lead, *practice))


def _tell_response(details: Details) -> Section:
    """What the service answered to the whole report, or room for it."""
    own = any(each.project for each in details.replies)
    lead = (Paragraph("What it says of single projects stands on their pages."),) if own else ()
    return Section("response", "The service's response", (*lead, *tell_replies(details)))
