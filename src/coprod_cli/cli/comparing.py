"""Surveys and results folders go in; a comparison on disk, a summary on the screen and an exit code come out."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from coprod_cli.cli.progress import show_progress
from coprod_cli.cli.running import SurveyFiles, analyse_files
from coprod_cli.cli.saving import check_folder, save_folder
from coprod_cli.cli.screen import show_document
from coprod_cli.cli.terminal import write_line
from coprod_cli.comparing import compare_findings, compare_results
from coprod_cli.model.compared import Comparison, Published
from coprod_cli.model.errors import ExitCode, UsageError
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.reading import read_framework, read_model, read_results, take_results
from coprod_cli.reporting import render_comparison, tell_comparison_screen, write_json

_ENDING = "-coprod"
_BETWEEN_WORDS = re.compile(r"[_\s-]+")


def run_comparison(  # what may be chosen is named
    files: SurveyFiles,
    settings: Settings,
    folder: Path,
    *,
    force: bool,
    allow_break: bool,
    quiet: bool,
    as_json: bool,
) -> ExitCode:
    """Compare, save all files together, and show the summary; NOTHING_REPORTABLE when no score may be shown.

    Raises:
        CoprodError: a survey or a folder cannot be read, they cannot be compared, or the disk refused.
    """
    check_folder(folder, force=force)
    _refuse_twice(files.survey)
    with show_progress(quiet=quiet or as_json) as on_step:
        comparison = _compare(files, settings, allow_break=allow_break, on_step=on_step)
        on_step("Writing the comparison")
        written = render_comparison(comparison)
        save_folder(written, folder, force=force)
    if as_json:
        sys.stdout.buffer.write(written["compare.json"])
    elif not quiet:
        show_document(tell_comparison_screen(comparison))
        write_line(f"Comparison: {folder / 'compare.html'}")
    return ExitCode.DONE if comparison.scores["reportable"].any() else ExitCode.NOTHING_REPORTABLE


def name_rounds(paths: Sequence[Path]) -> tuple[str, ...]:
    """A name for each path: that of the file without ending, or of the folder; with its folder where two are alike.

    Words that all of them begin with are left out: "forum_2024.csv" and "forum_2025.csv" are 2024 and 2025.
    """
    names = [path.resolve().name if path.is_dir() else path.stem for path in paths]
    names = [name.removesuffix(_ENDING) or name for name in names]
    counts = Counter(names)
    told = [
        [path.resolve().parent.name, name] if counts[name] > 1 else _BETWEEN_WORDS.split(name)
        for path, name in zip(paths, names, strict=True)
    ]
    while len(told) > 1 and all(len(words) > 1 for words in told) and len({words[0] for words in told}) == 1:
        told = [words[1:] for words in told]
    return tuple(" ".join(words) for words in told)


def _compare(
    files: SurveyFiles, settings: Settings, *, allow_break: bool, on_step: Callable[[str], None]
) -> Comparison:
    """From draws where all are surveys; from what was, or would be, published where one of them is a folder."""
    rounds = name_rounds(files.survey)
    if not any(path.is_dir() for path in files.survey):
        told = rounds if len(rounds) > 1 else ()
        return compare_findings(analyse_files(files, files.survey, settings, on_step, told), told)
    several = []
    for path, name in zip(files.survey, rounds, strict=True):
        if path.is_dir():
            several.append(replace(read_results(path), name=name))
        else:
            several.append(_publish(analyse_files(files, (path,), settings, on_step), name))
    own = read_model(files.coder).framework if files.coder and not files.framework else read_framework(files.framework)
    return compare_results(several, settings, own, allow_break=allow_break)


def _publish(findings: Findings, name: str) -> Published:
    provenance = findings.provenance
    weights = provenance.coder_sha256 or provenance.weights_sha256
    return take_results(name, write_json(findings), provenance.framework_sha256, weights)


def _refuse_twice(paths: Sequence[Path]) -> None:
    found: set[Path] = set()
    for path in paths:
        if path.resolve() in found:
            raise UsageError(f"{path.name} is named twice.", "Name each round once.")
        found.add(path.resolve())
