"""Findings and charts go in; everything that can be told of them comes out as one Document."""

from coprod_cli.drawing import Chart
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.covers import bind
from coprod_cli.reporting.document import Document
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_in_short import tell_in_short
from coprod_cli.reporting.story_of_answers import tell_who_answered
from coprod_cli.reporting.story_of_changes import tell_changes
from coprod_cli.reporting.story_of_files import tell_files
from coprod_cli.reporting.story_of_method import tell_left_out, tell_meaning, tell_method
from coprod_cli.reporting.story_of_projects import tell_projects
from coprod_cli.reporting.story_of_quality import tell_quality
from coprod_cli.reporting.story_of_sectors import tell_sectors
from coprod_cli.reporting.story_of_themes import tell_quotes, tell_themes
from coprod_cli.reporting.story_of_weights import tell_weights


def tell_report(findings: Findings, charts: tuple[Chart, ...]) -> Document:
    """All of it, for researchers."""
    sections = (
        tell_in_short(findings),
        tell_who_answered(findings),
        *tell_weights(findings),
        tell_projects(findings, charts),
        *tell_sectors(findings),
        *tell_changes(findings),
        tell_themes(findings, charts),
        tell_quotes(findings),
        tell_meaning(),
        *tell_quality(findings),
        tell_method(findings),
        tell_left_out(findings),
        tell_files(),
    )
    return bind(Material(findings, charts), sections)
