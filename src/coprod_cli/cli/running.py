"""Survey files and settings go in; results on disk, a summary on the screen and an exit code come out."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.analysis import analyse
from coprod_cli.cli.progress import show_progress
from coprod_cli.cli.pruning import prune_quotes
from coprod_cli.cli.saving import check_folder, save_folder
from coprod_cli.cli.screen import show_findings
from coprod_cli.model.details import Details
from coprod_cli.model.errors import ExitCode
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.reading import fit_details, read_details, read_quotes
from coprod_cli.reporting import render
from coprod_cli.telling import list_projects

_OF_WORDS = ("coded_answers.csv",)


class SurveyFiles(NamedTuple):
    """What the user named: the survey's files, settings, papers, a secret for ids, details, quotes, codes, a coder."""

    survey: tuple[Path, ...]
    mapping: Path | None = None
    framework: Path | None = None
    governance: Path | None = None
    targets: Path | None = None
    previous: tuple[Path, ...] = ()
    salt: str | None = None
    details: Path | None = None
    quotes: Path | None = None
    codes: tuple[tuple[str, Path], ...] = ()
    coder: Path | None = None


def analyse_files(
    files: SurveyFiles,
    paths: Sequence[Path],
    settings: Settings,
    on_step: Callable[[str], None],
    rounds: Sequence[str] | None = None,
) -> Findings:
    """Findings of some of the files, with the same mapping, framework and papers; `rounds` as in `analyse`."""
    return analyse(
        paths,
        settings,
        framework_path=files.framework,
        mapping_path=files.mapping,
        governance_path=files.governance,
        targets_path=files.targets,
        previous_paths=files.previous,
        codes=files.codes,
        coder_path=files.coder,
        salt=files.salt,
        rounds=rounds,
        on_step=on_step,
    )


def run_analysis(
    files: SurveyFiles,
    settings: Settings,
    folder: Path,
    *,
    force: bool,
    quiet: bool,
    as_json: bool,
    wanted: Iterable[tuple[str, str]] = (),
) -> ExitCode:
    """Analyse, save all files together, and show the summary; NOTHING_REPORTABLE when no score may be shown.

    GATE_NOT_MET when a condition of the settings is not met by a project that can be scored. wanted: further reports,
    each a template and a format.
    """
    check_folder(folder, force=force)
    details = read_details(files.details) if files.details else Details()
    listed = read_quotes(files.quotes) if files.quotes else None
    with show_progress(quiet=quiet or as_json) as on_step:
        findings = analyse_files(files, files.survey, settings, on_step)
        if listed:
            findings = prune_quotes(findings, listed, quiet=quiet or as_json)
        on_step("Writing the report")
        # These hold every answer's words for the data's holder, and none for anybody else.
        private = _OF_WORDS if settings.audience == "raw" else ()
        written = render(findings, details=fit_details(details, list_projects(findings)), wanted=wanted)
        save_folder(written, folder, force=force, private=private)
    if as_json:
        sys.stdout.buffer.write(written["results.json"])
    elif not quiet:
        show_findings(findings, folder)
    if any(each.met is False for each in findings.gates):
        return ExitCode.GATE_NOT_MET
    return ExitCode.DONE if findings.scores["reportable"].any() else ExitCode.NOTHING_REPORTABLE
