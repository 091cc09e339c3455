"""The folder of an earlier report, and the templates and formats wanted, go in; the reports come out beside it."""

from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path

from coprod_cli.cli.choices import Format, Template
from coprod_cli.cli.pruning import prune_quotes
from coprod_cli.cli.saving import add_files
from coprod_cli.reading import fit_details, read_details, read_findings, read_manifest, read_quotes
from coprod_cli.reporting import amend_manifest, retell
from coprod_cli.telling import list_projects

QUOTES = "quotes.csv"


def pair_wanted(templates: Sequence[Template] | None, formats: Sequence[Format] | None) -> tuple[tuple[str, str], ...]:
    """Each template in each format; the forum's report and HTML where nothing is named."""
    return tuple(
        (template.value, kind.value)
        for template, kind in product(templates or [Template.forum], formats or [Format.html])
    )


def tell_again(
    folder: Path,
    wanted: Iterable[tuple[str, str]],
    target: Path,
    *,
    force: bool,
    details: Path | None = None,
    quotes: Path | None = None,
    quiet: bool = False,
) -> list[str]:
    """The names of the reports written; the charts that they show are written with them.

    Args:
        folder: of the earlier report.
        wanted: each a template and a format.
        target: the folder to write to, which may be the same.
        force: whether files may be replaced that were changed by hand since coprod wrote them.
        details: file with what the forum says of itself and its year.
        quotes: the list of quotes without those struck out; None for the one in the folder, which may be changed, too.
        quiet: whether to say nothing of words that were changed in it.

    Raises:
        CoprodError: the folder holds no report of this version, or the target cannot be written.
    """
    manifest = read_manifest(folder)
    findings = read_findings(folder)
    listed = quotes or folder / QUOTES
    if quotes or listed.exists():
        findings = prune_quotes(findings, read_quotes(listed), quiet=quiet)
    said = fit_details(read_details(details), list_projects(findings)) if details else None
    files = retell(findings, wanted, details=said)
    add_files(
        files, target, force=force, manifest=amend_manifest(manifest, files, keep=target.resolve() == folder.resolve())
    )
    return sorted(name for name in files if "/" not in name)
