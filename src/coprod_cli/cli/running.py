"""Survey files and settings go in; results on disk, a summary on the screen and an exit code come out."""

import sys
from collections.abc import Sequence
from pathlib import Path

from coprod_cli.analysis import analyse
from coprod_cli.cli.progress import show_progress
from coprod_cli.cli.saving import check_folder, save_folder
from coprod_cli.cli.screen import show_findings
from coprod_cli.model.errors import ExitCode
from coprod_cli.model.findings import Settings
from coprod_cli.reporting import render


def run_analysis(
    survey: Sequence[Path],
    settings: Settings,
    folder: Path,
    *,
    force: bool,
    mapping: Path | None,
    framework: Path | None,
    quiet: bool,
    as_json: bool,
) -> ExitCode:
    """Analyse, save all files together, and show the summary; NOTHING_REPORTABLE when no score may be shown."""
    check_folder(folder, force=force)
    with show_progress(quiet=quiet or as_json) as on_step:
        findings = analyse(survey, settings, framework_path=framework, mapping_path=mapping, on_step=on_step)
        on_step("Writing the report")
        files = render(findings)
        save_folder(files, folder, force=force)
    if as_json:
        sys.stdout.buffer.write(files["results.json"])
    elif not quiet:
        show_findings(findings, folder)
    return ExitCode.DONE if findings.scores["reportable"].any() else ExitCode.NOTHING_REPORTABLE
