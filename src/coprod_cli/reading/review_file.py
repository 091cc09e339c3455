"""The file that coprod review keeps goes in, however it was saved since; what people decided of answers comes out."""

from collections.abc import Mapping
from pathlib import Path

from coprod_cli.model.answers import AskedAnswer, Marked
from coprod_cli.model.codes import Code
from coprod_cli.model.errors import CoprodError, SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.review import BLIND, DEEDS, ELSEWHERE, NOTED, REVIEW_COLUMNS, Decision
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.codes_file import read_codes
from coprod_cli.reading.files import read_raw
from coprod_cli.reading.grid import SEARCHED_ROWS, get_cell
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.wording import clean_header
from coprod_cli.telling import unguard_cell

_ID, _DEEDS, _NOTE, _CODER, _WEIGHT = "id", "decision", "note", "coder", "weight"
_THEME, _LOOKED = "theme", "looked at"
_UNLOOKED = frozenset({"", "no"})
_SHOWN, _SHOWN_BY = "shown", "shown by"
_TOLD = (_DEEDS, _NOTE, _CODER, _SHOWN, _SHOWN_BY)
_NEEDED = {_ID, _DEEDS}
_HINT = "Name another file with --out; to begin from the codes in this one, give it with --codes."


def read_review(path: Path, framework: Framework, answers: Mapping[str, AskedAnswer]) -> dict[str, Decision]:
    """What was decided of each answer, or noted, by its id; nothing from a file with headings only.

    Rows may have been sorted, and the file saved by a spreadsheet, with whatever it puts between cells. An answer that
    was added there counts as decided elsewhere.

    Raises:
        SettingsFileError: it is no such file, it holds answers that are not among these, or cells hold what they may
            not.
    """
    try:
        raw = read_raw(path)
        grids = open_file(raw).grids
    except CoprodError as error:
        raise SettingsFileError(error.what, _HINT) from None
    grid, header, columns = _find_columns(grids, raw.name)
    told: dict[str, list[str]] = {}
    noted: dict[str, int] = {}
    for number, row in enumerate(grid.walk(header + 1), start=header + 2):
        said = {each: get_cell(row, place).strip() for each, place in columns.items()}
        if not said[_ID]:
            continue
        told.setdefault(said[_ID], [*(unguard_cell(said.get(each, "")) for each in _TOLD), said.get(_WEIGHT, "")])
        if _is_note(said):
            noted.setdefault(said[_ID], number)
    if told.keys() == noted.keys():
        places: dict[str, int] = {}
        marked: tuple[Code, ...] = ()
    else:
        coding = read_codes(path, framework)
        places, marked = dict(zip(coding.answers, coding.rows, strict=True)), coding.codes
    strange = [row for name, row in (noted | places).items() if name not in answers]
    if strange:
        what = (
            f"{raw.name} holds decisions on {len(strange)} answers that are not among these, the first in row "
            f"{min(strange)}. Nothing in it was changed."
        )
        hint = "It was made from another survey, with another --salt, or before forms were added. Name another --out."
        raise SettingsFileError(what, hint, min(strange))
    codes: dict[str, list[Marked]] = {}
    for code in marked:
        start, end = _find_evidence(code, answers[code.answer].words)
        coder = told[code.answer][2].strip()
        mark = Marked(code.theme, code.stance, code.level, start, end, coder=coder)
        codes.setdefault(code.answer, []).append(mark)
    made = {name: _take_decision(tuple(sorted(codes.get(name, ()))), told[name]) for name in places}
    notes = {name: Decision((), (NOTED,), told[name][1].strip(), told[name][2].strip()) for name in noted}
    return notes | made


def _is_note(said: Mapping[str, str]) -> bool:
    """Whether a row says nothing of its answer but what somebody noted."""
    return said[_DEEDS].casefold() == NOTED and not said.get(_THEME) and said.get(_LOOKED, "").casefold() in _UNLOOKED


def _find_columns(grids: tuple[Grid, ...], name: str) -> tuple[Grid, int, dict[str, int]]:
    """The table with the columns of a review, the row of its headings, and where each stands."""
    for grid in grids:
        for header, row in enumerate(grid.top[:SEARCHED_ROWS]):
            headings = [clean_header(cell).casefold() for cell in row]
            columns = {each: headings.index(each) for each in REVIEW_COLUMNS if each in headings}
            if columns.keys() >= _NEEDED:
                return grid, header, columns
    raise SettingsFileError(f"{name} is there already and is no file of coprod review.", _HINT)


def _take_decision(codes: tuple[Marked, ...], told: list[str]) -> Decision:
    deeds, note, coder, shown, shown_by, weight = told
    said = deeds.strip().casefold().split("+")
    known = tuple(each for each in DEEDS if each in said and each != NOTED)
    stands_for = int(weight == "1" and known == (BLIND,))
    return Decision(
        codes, known or (ELSEWHERE,), note.strip(), coder.strip(), stands_for, shown.strip(), shown_by.strip()
    )


def _find_evidence(code: Code, words: str) -> tuple[int, int]:
    """Where the evidence stands: as the file says if the words are the same, else where they are; else all of it."""
    quoted = unguard_cell(code.words)
    if code.start < code.end <= len(words) and quoted in {"", words[code.start : code.end].strip()}:
        return code.start, code.end
    found = words.find(quoted) if quoted else -1
    return (found, found + len(quoted)) if found >= 0 else (0, len(words))
