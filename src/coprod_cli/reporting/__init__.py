"""Findings go in; every file of the output folder, by name and as bytes, comes out."""

from collections.abc import Callable, Iterable

from coprod_cli.drawing import draw_charts
from coprod_cli.model.details import Details
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.agreement_files import write_agreement, write_differences, write_figures
from coprod_cli.reporting.codebooks import CODEBOOKS
from coprod_cli.reporting.coded_answers import ANSWERS, list_coded_rows
from coprod_cli.reporting.coding_workbook import SAMPLE, write_coding_folder, write_drawn
from coprod_cli.reporting.comparison_files import COMPARISON_OUTPUTS, render_comparison, write_comparison
from coprod_cli.reporting.data_tables import TABLES, DataTable
from coprod_cli.reporting.document import Bullets, Document, Paragraph, Table
from coprod_cli.reporting.export_choices import ExportChoices
from coprod_cli.reporting.exports import EXPORTS
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.model_files import write_card, write_learning, write_model
from coprod_cli.reporting.pictures import list_pictures
from coprod_cli.reporting.review_file import write_review
from coprod_cli.reporting.story_of_agreement import tell_agreement
from coprod_cli.reporting.story_of_comparison import tell_comparison_screen
from coprod_cli.reporting.story_of_learning import tell_learning
from coprod_cli.reporting.story_of_screen import tell_screen
from coprod_cli.reporting.suggested_files import SUGGESTED, list_suggestions, write_suggestions
from coprod_cli.reporting.templates import BOOKS, FORMATS, TEMPLATES, write_report, write_reports
from coprod_cli.reporting.to_csv import write_rows
from coprod_cli.reporting.to_json import list_results, write_json
from coprod_cli.reporting.to_manifest import amend_manifest, write_manifest

MANIFEST = "manifest.json"
ALWAYS = (("forum", "html"), ("summary", "md"))


def _write_csv(table: DataTable) -> Callable[[Material], bytes]:
    return lambda material: write_rows(table.columns, table.list_rows(material.findings))


OUTPUTS: dict[str, Callable[[Material], bytes]] = {
    "report.html": lambda material: write_report(material, "forum", "html")[1],
    "summary.md": lambda material: write_report(material, "summary", "md")[1],
    "results.json": lambda material: write_json(material.findings),
    **{f"{name}.csv": _write_csv(table) for name, table in TABLES.items()},
    "framework.toml": lambda material: material.findings.framework.source.encode("utf-8"),
    "coded_answers.csv": lambda material: write_rows(ANSWERS, list_coded_rows(material.findings)),
}

__all__ = [
    "ALWAYS",
    "BOOKS",
    "CODEBOOKS",
    "COMPARISON_OUTPUTS",
    "EXPORTS",
    "FORMATS",
    "OUTPUTS",
    "SAMPLE",
    "SUGGESTED",
    "TEMPLATES",
    "Bullets",
    "Document",
    "ExportChoices",
    "Material",
    "Paragraph",
    "Table",
    "amend_manifest",
    "list_results",
    "list_suggestions",
    "render",
    "render_comparison",
    "retell",
    "tell_agreement",
    "tell_comparison_screen",
    "tell_learning",
    "tell_screen",
    "write_agreement",
    "write_card",
    "write_coding_folder",
    "write_comparison",
    "write_differences",
    "write_drawn",
    "write_figures",
    "write_json",
    "write_learning",
    "write_model",
    "write_review",
    "write_suggestions",
]


def render(
    findings: Findings, *, details: Details | None = None, wanted: Iterable[tuple[str, str]] = ()
) -> dict[str, bytes]:
    """Every file of the output folder by its path with forward slashes; the manifest, made of all others, comes last.

    No file but the manifest holds names or hashes of inputs, and none holds the time.

    Args:
        findings: what to report.
        details: what the forum says of itself and its year.
        wanted: further reports, each a key of TEMPLATES and one of FORMATS or BOOKS.
    """
    charts = draw_charts(findings)
    material = Material(findings, charts, details or Details())
    files = {name: write(material) for name, write in OUTPUTS.items()}
    files |= write_reports(material, (pair for pair in wanted if pair not in ALWAYS))
    files |= list_pictures(charts)
    return {**files, MANIFEST: write_manifest(findings, files, material.details.sha256)}


def retell(
    findings: Findings, wanted: Iterable[tuple[str, str]], *, details: Details | None = None
) -> dict[str, bytes]:
    """Reports alone, each a key of TEMPLATES and one of FORMATS or BOOKS, and the charts that they show."""
    charts = draw_charts(findings)
    material = Material(findings, charts, details or Details())
    return {**write_reports(material, wanted), **list_pictures(charts)}
