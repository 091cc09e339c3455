"""Forms and a targets file go in; what each form answers to the questions about people that it names comes out.

Only the answers that the targets file names ever leave this room: a margin may be a personal column, such as ethnicity.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.population import MISSING
from coprod_cli.model.tables import MarginValue, gather
from coprod_cli.reading.columns import FEWEST_TO_SHOW
from coprod_cli.reading.export import Export
from coprod_cli.reading.grid import BETWEEN_CHOICES
from coprod_cli.reading.mapping import write_header_key
from coprod_cli.reading.mapping_fit import find_nearest
from coprod_cli.reading.scales import is_missing
from coprod_cli.reading.targets_file import MARGINS, TargetsFile
from coprod_cli.reading.wording import make_cell_key


class _Found(NamedTuple):
    """What the forms of one file say to one margin: in which lines, and with which cell, as it is compared."""

    lines: npt.NDArray[np.intp]
    keys: npt.NDArray[np.object_]


def read_margins(lines: pd.DataFrame, exports: Sequence[Export], file: TargetsFile | None) -> pd.DataFrame:
    """MarginValue rows: for each response of the file's role and each margin the answer; none where it is missing.

    Args:
        lines: one for each response, sorted by it, with `response`, `role`, `file` (place in exports) and `form`.
        exports: the files as understood.
        file: the targets file; None for no margins.

    Raises:
        SettingsFileError: no file has a margin's column, people could choose several answers, or an answer of the
            survey has no share, or the other way round.
    """
    margins = () if file is None else file.targets.margins
    pieces = [_read_margin(lines, exports, file, index) for index in range(len(margins)) if file is not None]
    pieces = [each for each in pieces if len(each)] or [pd.DataFrame(columns=list(MarginValue._fields))]
    found = pd.concat(pieces, ignore_index=True).sort_values(["response", "margin"], kind="stable", ignore_index=True)
    return gather({name: found[name].to_numpy(object) for name in MarginValue._fields}, MarginValue)


def _read_margin(lines: pd.DataFrame, exports: Sequence[Export], file: TargetsFile, index: int) -> pd.DataFrame:
    margin, meanings = file.targets.margins[index], file.meanings[index]
    pieces = list(_find_answers(lines, exports, file.targets.role, margin.name))
    if not pieces:
        raise _blame_header(exports, file, index)
    places = np.concatenate([each.lines for each in pieces])
    keys = np.concatenate([each.keys for each in pieces])
    counts = Counter(keys.tolist())
    if BETWEEN_CHOICES in counts and not file.others[index]:
        raise file.settings.blame(
            "some people chose several answers to this question.",
            f'Take a question with one answer a person, or leave them out of this margin: others = "{MISSING}".',
            MARGINS,
            index,
            "header",
        )
    others = file.others[index]
    meant = {key: meanings.get(key, MISSING if not key or is_missing(key) else others) for key in counts}
    _refuse_unknown(Counter({key: count for key, count in counts.items() if not meant[key]}), file, index)
    categories = np.array([*map(meant.__getitem__, keys.tolist()), ""], object)[:-1]
    empty = [word for word, _ in margin.shares if word not in set(categories)]
    if empty:
        named = ", ".join(f"'{word}'" for word in empty)
        raise file.settings.blame(
            f"nobody in the survey gave an answer that has a share here: {named}.",
            'Nobody can be weighted up to speak for them: join each with another answer, add up the shares, and say so '
            'in words = { "..." = "..." }.',
            MARGINS,
            index,
            "shares",
        )  # fmt: skip
    told = categories != MISSING
    responses = lines["response"].to_numpy()[places[told]]
    return pd.DataFrame({"response": responses, "margin": margin.name, "category": categories[told]})


def _find_answers(lines: pd.DataFrame, exports: Sequence[Export], role: str, header: str) -> Iterator[_Found]:
    """What the lines of that role say, for each file that has the column."""
    file, form = lines["file"].to_numpy(), lines["form"].to_numpy()
    speaking = (lines["role"] == role).to_numpy()
    for number, export in enumerate(exports):
        place = _find_place(export, header)
        if place is not None:
            here = np.flatnonzero((file == number) & speaking)
            column = export.cells[place]
            keys = np.array([*map(_make_key, column.values), ""], object)[:-1]
            yield _Found(here, keys[column.codes[form[here]]])


def _make_key(cell: str) -> str:
    return BETWEEN_CHOICES if BETWEEN_CHOICES in cell else make_cell_key(cell)


def _find_place(export: Export, header: str) -> int | None:
    """The first column of that header; else of that question, else of that code."""
    wanted = write_header_key(header)
    named = [(heading.header, heading.text, heading.code) for heading in export.headings]
    places = (
        place
        for level in range(3)
        for place, names in enumerate(named)
        if names[level] and write_header_key(names[level]) == wanted
    )
    return next(places, None)


def _blame_header(exports: Sequence[Export], file: TargetsFile, index: int) -> SettingsFileError:
    headers = [heading.header for export in exports for heading in export.headings]
    nearest = find_nearest(file.targets.margins[index].name, list(dict.fromkeys(headers)))
    hint = f"Perhaps it is now '{' '.join(nearest.split())}'." if nearest else "Copy a header from the survey."
    return file.settings.blame(
        "no survey file has this column.",
        f"{hint} coprod inspect SURVEY shows the headers as they stand.",
        MARGINS,
        index,
        "header",
    )


def _refuse_unknown(unknown: Mapping[str, int], file: TargetsFile, index: int) -> None:
    """Blame the file for answers it gives no share; rare ones may be somebody's own words and are only counted."""
    if not unknown:
        return
    shown = sorted(key for key, count in unknown.items() if count >= FEWEST_TO_SHOW)
    rarer = len(unknown) - len(shown)
    parts = [f"'{key}'" for key in shown]
    if rarer:
        parts.append(f"{rarer} rarer {'one' if rarer == 1 else 'ones'}, not shown")
    raise file.settings.blame(
        f"the survey has answers to this question that are given no share: {', '.join(parts)}.",
        f'Give each a share, or say what it counts as: words = {{ "..." = "{MISSING}" }}; or, for all of them, '
        f'others = "{MISSING}".',
        MARGINS,
        index,
        "shares",
    )
