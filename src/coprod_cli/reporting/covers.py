"""Sections of a report go in; the whole Document, with title, banner, legends and last words, comes out."""

from coprod_cli.binding import clean_words
from coprod_cli.reporting.document import Callout, Document, Section
from coprod_cli.reporting.legends import add_legends
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.wording import BANNERS

USUAL_TITLE = "How real was the co-production?"
SUBTITLE = "What parents, carers and professionals said about working together"
FOOTER = (
    "These are the views of the people who answered. They are not the views of whoever ran the survey, or of any "
    "service. Those who ran these projects should be shown this report and have the chance to reply."
)


def bind(material: Material, sections: tuple[Section, ...], look: str = "report") -> Document:
    """The document under its title; below that, whose report it is and of which year, where that is known."""
    findings, details = material.findings, material.details
    banner = BANNERS.get(findings.settings.audience)
    whose = ", ".join(filter(None, (details.name, details.year)))
    return Document(
        title=clean_words(findings.settings.title) or USUAL_TITLE,
        subtitle=f"{SUBTITLE}. {whose}" if whose else SUBTITLE,
        banner=Callout("warning", *banner) if banner else None,
        sections=add_legends(sections),
        footer=FOOTER,
        look=look,
    )
