"""A path to a codebook, or none, goes in; the file that was asked for, and what to do next, come out."""

from collections.abc import Iterator
from pathlib import Path

from coprod_cli.cli.saving import refuse_overwriting, save_file
from coprod_cli.cli.terminal import name_path, write_line
from coprod_cli.model.errors import CannotWriteError, UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework
from coprod_cli.reporting import CODEBOOKS

_TOML = "toml"


def convert_codebook(
    book: Path | None, framework_path: Path | None, kind: str, out: Path, *, force: bool, quiet: bool
) -> None:
    """Write the themes of a codebook, of a framework, or those that ship, in another form.

    Raises:
        UsageError: both a codebook and a framework are given.
        SettingsFileError: it is no codebook, or does not say what it should.
        CannotWriteError: the file exists and may not be replaced, or is the one that is read.
    """
    if book and framework_path:
        raise UsageError("A codebook and --framework are both given.", "Give one of them: its themes are written.")
    refuse_overwriting([out], [book, framework_path])
    if out.exists() and not force:
        raise CannotWriteError(f"{out} exists already.", "Add --force to replace it, or give another name.")
    framework = read_framework(book or framework_path)
    save_file(CODEBOOKS[kind](framework), out, force=force)
    if not quiet:
        for line in _tell(framework, kind, out, is_own=book is not None):
            write_line(line)


def _tell(framework: Framework, kind: str, out: Path, *, is_own: bool) -> Iterator[str]:
    yield f"Written: {out}  {len(framework.themes)} themes"
    if kind != _TOML or not is_own:
        return
    shipped = {theme.id: theme for theme in read_framework().themes}
    kept = [theme.name for theme in framework.themes if theme.id in shipped]
    if kept:
        have, stay = ("has", "stays") if len(kept) == 1 else ("have", "stay")
        yield f"{len(kept)} of them {have} the name and description of a shipped one, and {stay} as shipped."
    if len(kept) < len(framework.themes):
        which = "the others" if kept else "these themes"
        yield f"No machine coder knows {which}: people code them, and they enter no score. What to do next:"
        yield f"  coprod sheet SURVEY --framework {name_path(out)} --blind --out coding"
        yield f"  coprod analyse SURVEY --framework {name_path(out)} --codes coding/coder-1.xlsx --out report"
