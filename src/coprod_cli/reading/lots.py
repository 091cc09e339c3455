"""Lines of forms go in; the lot of each line's person, by which scoring draws the person's chances, comes out.

A published range must not move because somebody added another project. So a lot is made of what the survey says of that
person alone: of the id where there is one, so that all that a person says is drawn together; else of the form's own
words. An id of a person hangs on everybody's words (see hashing.py), so that nobody can try out who is who; a lot does
not, and so it stays in memory: it is in no output, log or error.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.reading.hashing import Hashes, hash_text, mix, write_ids
from coprod_cli.reading.wording import make_cell_key

_ABOUT = ("project", "role", "wave")


def write_lots(lines: pd.DataFrame) -> npt.NDArray[np.object_]:
    """The lot of each line's person: the same wherever a person with an id speaks, no two people's within a project.

    Where two people of a project would have the same lot (forms alike to the last cell, or running numbers of two files
    of one kind), they are numbered by what they say of that project.

    Args:
        lines: one for each form and project, those of a form next to each other, with `who` (a number made of the
            person's id), `known` (whether there is one) and `said` (a number made of the form's filled-in cells).
    """
    said = lines["said"].to_numpy()
    for name in _ABOUT:
        said = mix(said, _hash_names(lines[name]))
    lots = np.where(lines["known"], lines["who"], _add_up(lines, said))
    return write_ids(mix(lots, _number_people(lines, lots, said)))


def _hash_names(names: pd.Series) -> Hashes:
    """One number for each name; spellings of one project that differ in capitals or blanks have the same."""
    codes, found = pd.factorize(names)
    return np.array([*(hash_text(make_cell_key(name) or name) for name in found), 0], np.uint64)[codes]


def _add_up(lines: pd.DataFrame, numbers: Hashes) -> Hashes:
    """The sum over the lines of each form, for each line; it does not hang on their order."""
    first = np.flatnonzero(~lines.duplicated(["file", "form"]).to_numpy())
    if not len(first):
        return numbers
    sizes = np.diff([*first, len(lines)])
    return np.repeat(np.add.reduceat(numbers, first), sizes)


def _number_people(lines: pd.DataFrame, lots: Hashes, said: Hashes) -> Hashes:
    """How many people of the line's project with the same lot come before this line's person; 0 nearly always."""
    numbers = np.zeros(len(lines), np.uint64)
    frame = pd.DataFrame({"project": lines["project"].to_numpy(), "lot": lots, "person": lines["person"].to_numpy()})
    again = frame.duplicated(["project", "lot"], keep=False).to_numpy()
    if not again.any():
        return numbers
    frame = frame[again].assign(said=said[again])
    whole = frame.groupby(["project", "lot", "person"], sort=True)["said"].sum().reset_index()
    whole = whole.sort_values(["project", "lot", "said", "person"], kind="stable")
    whole["number"] = whole.groupby(["project", "lot"]).cumcount().astype(np.uint64)
    numbers[again] = frame.merge(whole, on=["project", "lot", "person"], how="left")["number"].to_numpy()
    return numbers
