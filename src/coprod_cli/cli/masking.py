"""A survey file goes in; the masked file, a log of what was masked if asked for, and a summary come out."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.cli.saving import refuse_existing, refuse_overwriting, save_file
from coprod_cli.cli.terminal import write_line
from coprod_cli.model.errors import CannotWriteError
from coprod_cli.model.survey import ColumnKind
from coprod_cli.protecting import KINDS, PERSON_KINDS, Masked, mask
from coprod_cli.reading import Change, read_framework, read_mapping, rewrite_survey

# Whoever makes a survey names its projects, often after a school or a town; that name stays.
_NAMED_BY_US = frozenset({ColumnKind.PROJECT, ColumnKind.WAVE})
_LOG_FIELDS = ("row", "column", "kind", "start", "end", "words")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class MaskFiles(NamedTuple):
    """Where the masked file and the log go, and the mapping and framework to read the survey with."""

    out: Path | None
    log: Path | None
    mapping: Path | None
    framework: Path | None


class _Cut(NamedTuple):
    """One masked stretch of a cell."""

    kind: str
    start: int
    end: int


def mask_file(survey: Path, files: MaskFiles, *, salt: str | None, force: bool) -> None:
    """Mask the survey and write it.

    Raises:
        CoprodError: it cannot be read, or a file cannot be written.
    """
    framework = read_framework(files.framework)
    mapping = read_mapping(files.mapping) if files.mapping else None
    masked: dict[tuple[str, ColumnKind], Masked] = {}

    def mask_words(words: str, known: frozenset[str], kind: ColumnKind) -> str:
        if (words, kind) not in masked:
            masked[words, kind] = mask(words, known, PERSON_KINDS if kind in _NAMED_BY_US else KINDS)
        return masked[words, kind].text

    rewritten = rewrite_survey(survey, framework, mapping, mask_words, salt)
    out = files.out or survey.with_name(f"{survey.stem}-masked{rewritten.ending}")
    _refuse_paths(survey, out, files.log, force=force)
    if out.suffix.casefold() != rewritten.ending.casefold():
        raise CannotWriteError(
            f"{out} is masked as a {rewritten.ending} file.", f"Give a name that ends in {rewritten.ending} with --out."
        )
    save_file(rewritten.data, out, force=force)
    write_line(f"Masked survey written to {out}")
    kinds = Counter(cut.kind for change in rewritten.changes for cut in _find_cuts(change, masked))
    found = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))
    write_line(f"Masked: {found or 'nothing was found'}.")
    if rewritten.emptied:
        write_line(f"Emptied, because they say who people are or are not used: {'; '.join(rewritten.emptied)}.")
        write_line("To keep one of these, say what it is in a mapping file: coprod inspect SURVEY --write map.toml")
    if files.log:
        save_file(_write_log(rewritten.changes, masked), files.log, force=force, private=True)
        write_line(f"What was masked is in {files.log}. It undoes the masking: keep it as safe as the survey itself.")
    write_line("Masking misses some. Read the masked file before you pass it on.")


def _refuse_paths(survey: Path, out: Path, log: Path | None, *, force: bool) -> None:
    """Refuse before anything is written what would overwrite the survey, or one of the two files that exists."""
    refuse_overwriting([out, log], [survey])
    if log and log.resolve() == out.resolve():
        raise CannotWriteError("The masked survey and the log have the same name.", "Give the log another name.")
    refuse_existing([log] if log else [], force=force)


def _find_cuts(change: Change, masked: Mapping[tuple[str, ColumnKind], Masked]) -> list[_Cut]:
    known = masked.get((change.words, change.kind))
    return [_Cut(cut.kind, cut.start, cut.end) for cut in known.cuts] if known else [_Cut("id", 0, len(change.words))]


def _write_log(changes: Sequence[Change], masked: Mapping[tuple[str, ColumnKind], Masked]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_LOG_FIELDS)
    for change in sorted(changes):
        for cut in _find_cuts(change, masked):
            words = change.words[cut.start : cut.end]
            shown = f"'{words}" if words.startswith(_FORMULA_STARTS) else words
            writer.writerow((change.row, change.header, cut.kind, cut.start, cut.end, shown))
    return out.getvalue().encode("utf-8-sig")
