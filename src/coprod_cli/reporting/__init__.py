"""Findings go in; every file of the output folder, by name and as bytes, comes out."""

from collections.abc import Callable

from coprod_cli.drawing import Chart, draw_charts
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.change_figures import CHANGES, list_change_rows
from coprod_cli.reporting.comparison_files import COMPARISON_OUTPUTS, render_comparison, write_comparison
from coprod_cli.reporting.document import Bullets, Document, Paragraph, Table
from coprod_cli.reporting.papers import PAPERS, list_paper_rows
from coprod_cli.reporting.people import SECTOR_ROWS, list_sector_rows
from coprod_cli.reporting.quality_figures import QUALITY, SENSITIVITY, list_quality_rows, list_sensitivity_rows
from coprod_cli.reporting.story import tell_report, tell_summary
from coprod_cli.reporting.story_of_comparison import tell_comparison_screen
from coprod_cli.reporting.story_of_screen import tell_screen
from coprod_cli.reporting.to_csv import write_coded, write_flags, write_rows, write_rungs, write_scores, write_themes
from coprod_cli.reporting.to_html import write_html
from coprod_cli.reporting.to_json import list_results, write_json
from coprod_cli.reporting.to_manifest import write_manifest
from coprod_cli.reporting.to_markdown import write_markdown

MANIFEST = "manifest.json"
CHART_FOLDER = "charts"

OUTPUTS: dict[str, Callable[[Findings, tuple[Chart, ...]], bytes]] = {
    "report.html": lambda findings, charts: write_html(tell_report(findings, charts)),
    "summary.md": lambda findings, _: write_markdown(tell_summary(findings)),
    "results.json": lambda findings, _: write_json(findings),
    "scores.csv": lambda findings, _: write_scores(findings),
    "changes.csv": lambda findings, _: write_rows(CHANGES, list_change_rows(findings)),
    "flags.csv": lambda findings, _: write_flags(findings),
    "sectors.csv": lambda findings, _: write_rows(SECTOR_ROWS, list_sector_rows(findings)),
    "sensitivity.csv": lambda findings, _: write_rows(SENSITIVITY, list_sensitivity_rows(findings)),
    "quality.csv": lambda findings, _: write_rows(QUALITY, list_quality_rows(findings)),
    "rungs.csv": lambda findings, _: write_rungs(findings),
    "themes.csv": lambda findings, _: write_themes(findings),
    "governance.csv": lambda findings, _: write_rows(PAPERS, list_paper_rows(findings)),
    "coded_answers.csv": lambda findings, _: write_coded(findings),
}

__all__ = [
    "COMPARISON_OUTPUTS",
    "OUTPUTS",
    "Bullets",
    "Document",
    "Paragraph",
    "Table",
    "list_results",
    "render",
    "render_comparison",
    "tell_comparison_screen",
    "tell_screen",
    "write_comparison",
    "write_json",
]


def render(findings: Findings) -> dict[str, bytes]:
    """Every file of the output folder by its path with forward slashes; the manifest, made of all others, comes last.

    No file but the manifest holds names or hashes of inputs, and none holds the time.
    """
    charts = draw_charts(findings)
    files = {name: write(findings, charts) for name, write in OUTPUTS.items()}
    for chart in charts:
        files[f"{CHART_FOLDER}/{chart.name}.svg"] = chart.svg
        files[f"{CHART_FOLDER}/{chart.name}.png"] = chart.png
    return {**files, MANIFEST: write_manifest(findings, files)}
