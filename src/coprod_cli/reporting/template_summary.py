"""Material goes in; the summary for everybody, one side of A4 in plain English, comes out as a Document."""

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.covers import bind
from coprod_cli.reporting.document import Bullets, Document, Section
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_of_care import say_reliability
from coprod_cli.reporting.story_of_first_page import tell_first_page
from coprod_cli.telling import is_unknown, say_checked, say_sorted

CARE = (
    "These are the views of the people who answered. They do not speak for everyone.",
    "The scores are no exam marks. They cannot be set beside other scores or an inspection.",
)
SILENCE = "If nobody wrote about something, it can still be a problem."


def tell(material: Material) -> Document:
    """What was found, three quotes, what could come next, and what to keep in mind."""
    findings = material.findings
    commented = any(base.commented for base in findings.bases)
    cautions = (
        *CARE,
        *((_say_sorting(findings), SILENCE) if commented else ()),
    )
    sections = (
        tell_first_page(material, cautions),
        Section("care", "Please read with care", (Bullets(cautions),)),
    )
    return bind(material, sections, look="page")


def _say_sorting(findings: Findings) -> str:
    """Who sorted the comments, and how often that is right."""
    reliability = "" if is_unknown(findings) else f" {say_reliability(findings)}"
    return f"{say_sorted(findings)} {say_checked(findings)}{reliability}"
