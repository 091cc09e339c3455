"""A LimeSurvey export goes in; its headings, and the rows of people who never pressed "Submit", come out.

One header row in one of four styles: codes (`Q3[SQ002]`), codes and texts (`Q3[SQ002]. How far ... [row]`), texts
(`How far ... [row]`), or texts cut to 15 letters. LimeSurvey's own columns are `submitdate`, `lastpage` ..., or their
names in the language of whoever exported. A form without a submit date is unfinished. Exports as JSON and SPSS keep the
codes apart from the answers.
"""

import re
from collections.abc import Sequence

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.own_columns import (
    ASKS_FOR_ALL,
    OTHER_TEXT,
    RANKING,
    blank_marks,
    change_cells,
    find_blank,
    head_own,
    holds_only,
    list_siblings,
    mark_ticked,
    read_names,
    take_cells,
    tell_dates,
)
from coprod_cli.reading.grid import Heading, Hint, Layout, find_header_row, get_cell, list_heads, measure_width
from coprod_cli.reading.wording import clean_header

_TOOL = Hint(ColumnKind.METADATA, 0.95, "LimeSurvey fills it in")
_PERSONAL = Hint(ColumnKind.METADATA, 0.95, "LimeSurvey writes who or where the person is; it is dropped")
_WHEN = Hint(ColumnKind.DATE, 0.95, "LimeSurvey writes when the form was begun and sent")
_NO_DATE = Hint(ColumnKind.METADATA, 0.95, "the survey is anonymised: every form has the same date")
_TOKEN = Hint(ColumnKind.PERSON, 0.85, "it holds the invitation's own code for the person")
HINTS = {
    "id": _TOOL,
    "submitdate": _WHEN,
    "lastpage": _TOOL,
    "startlanguage": _TOOL,
    "seed": _TOOL,
    "startdate": _WHEN,
    "datestamp": _WHEN,
    "ipaddr": _PERSONAL,
    "refurl": _TOOL,
    "token": _TOKEN,
    "firstname": _PERSONAL,
    "lastname": _PERSONAL,
    "email": _PERSONAL,
}
# The names in English, German, French, Spanish, Dutch and Italian, as somebody's admin pages write them.
_NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        "response id", "antwort id", "antwort-id", "id de la réponse", "id de respuesta", "antwoord id", "id risposta",
    ),
    "submitdate": (
        "date submitted", "datum abgeschickt", "date de soumission", "fecha de envío", "datum ingezonden", "data invio",
    ),
    "lastpage": ("last page", "letzte seite", "dernière page", "última página", "laatste pagina", "ultima pagina"),
    "startlanguage": (
        "start language", "start-sprache", "startsprache", "langue de départ", "lenguaje inicial", "idioma inicial",
        "begintaal", "starttaal", "lingua iniziale",
    ),
    "seed": ("seed", "zufallsgeneratorstartwert", "tête de série", "semilla", "startwaarde", "seme"),
    "startdate": (
        "date started", "datum gestartet", "date de lancement", "fecha de inicio", "datum gestart", "data di inizio",
    ),
    "datestamp": (
        "date last action", "datum letzte aktivität", "date de la dernière action", "fecha de la última acción",
        "datum laatste actie", "data dell'ultima azione",
    ),
    "ipaddr": ("ip address", "ip-adresse", "adresse ip", "dirección ip", "ip-adres", "indirizzo ip"),
    "refurl": (
        "referrer url", "weiterleitungs-url", "url de référence", "url de referencia", "verwijzende url",
        "url di riferimento",
    ),
    "token": ("token", "access code", "zugangscode", "zugangsschlüssel", "kontakt"),
    "firstname": ("first name", "vorname"),
    "lastname": ("last name", "nachname"),
    "email": ("email address", "e-mail-adresse"),
}  # fmt: skip
_CODES = {name: code for code, names in _NAMES.items() for name in (code, *names)}
_TELLING = frozenset({"submitdate", "lastpage", "startlanguage", "datestamp", "refurl"})
_LEAST_OWN = 2
_SHORTEST_CUT = 8
_QUESTION_CODE = r"[A-Za-z][A-Za-z0-9_]*(?:\[[^\[\]]*\]){0,2}"
_CODED = re.compile(rf"^{_QUESTION_CODE}$")
_BRACKETED = re.compile(r"^[A-Za-z]\w*\[\w+\](?:\[\d\])?$")
_BOTH = re.compile(rf"^({_QUESTION_CODE})\. (?=\S)")
_LEAST_CODED = 3
_DOTTED = re.compile(r"^([A-Za-z]\w*)\.(\w+)\.(?:\.?(\d)\.)?$")
_OWN_BOTH = re.compile(rf"^({'|'.join(HINTS)})(\W{{1,4}})(?=\S)", re.IGNORECASE)
_TIMES = re.compile(
    r"^(?:interviewtime|grouptime\d+|questiontime\d+|total time|group time: .*|question time: .*)$", re.IGNORECASE
)
_DEEPEST = 9
_EXPRESSION = re.compile(r"\{[^{}]*\}")
_OTHER = frozenset({"other", "sonstiges", "autre", "otro", "otra", "anders", "altro"})
_RANK = re.compile(r"^(?:rank|rang|rango|puesto)? ?\d{1,2}$", re.IGNORECASE)
_RANKED = re.compile(r"^(?:rank|rang|rango|puesto) \d{1,2}$", re.IGNORECASE)
_YES = frozenset({"yes", "ja", "oui", "sí", "si"})
_NO_ANSWERS = frozenset({"n/a", "na", "k.a.", "s/o"})
_YES_NO = _YES | _NO_ANSWERS | {"no", "nein", "non", "nee"}
_Y = frozenset({"y"})
_CALCULATES = frozenset("=+-@")
_CONVERTED = frozenset({"0", "1", "2", "y", "n"})


def recognises(grid: Grid) -> float:
    """Whether a top row has LimeSurvey's own columns, or codes as only LimeSurvey writes them."""
    if _find_header(grid) is not None:
        return 0.9
    return 0.6 if _find_coded(grid) is not None or _is_worded(grid) else 0.0


def questions(grid: Grid) -> Layout:
    """Headings by their style; unfinished forms, boxes to tick, rankings and texts beside "Other" are known."""
    found = _find_header(grid)
    coded = _find_coded(grid)
    header = next((row for row in (found, coded) if row is not None), find_header_row(grid))
    codes, texts, rows = _take_rows(grid, header)
    first_row = header + rows
    between = _find_separator(codes)
    headings = [
        _head(position, get_cell(codes, position), get_cell(texts, position), between)
        for position in range(measure_width(grid, header, first_row))
    ]
    headings = _mark_groups(grid, first_row, headings)
    own = {_read_own(get_cell(codes, heading.position)): heading.position for heading in headings if heading.hint}
    dates = [own[code] for code in ("submitdate", "startdate", "datestamp") if code in own]
    for place in dates:
        if len(take_cells(grid, place, first_row)) == 1 and holds_only(
            grid, place, first_row, frozenset({"1980-01-01 00:00:00", "1980-01-01"})
        ):
            headings[place] = headings[place]._replace(hint=_NO_DATE)
    asked = frozenset(
        place for place, heading in enumerate(headings) if not heading.hint and _may_be_blanked(grid, place, first_row)
    )
    return Layout(
        rows,
        first_row,
        tuple(headings),
        unfinished=find_blank(grid, own.get("submitdate", -1), first_row),
        dates=tell_dates(grid, first_row, dates),
        columns=change_cells(blank_marks(grid.columns, _NO_ANSWERS, asked.__contains__), _restore),
    )


def _restore(cell: str) -> str:
    """A cell without LimeSurvey's code for "Other", and without the apostrophe that keeps Excel from calculating."""
    if cell == "-oth-":
        return "Other"
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _CALCULATES else cell


def _find_header(grid: Grid) -> int | None:
    for index, row in enumerate(list_heads(grid)):
        own = {_read_own(cell) for cell in row}
        # 'id. Response ID', a code and its text, is enough.
        named = any(_split_own(clean_header(cell)) for cell in row)
        if named or (len(own - {""}) >= _LEAST_OWN and own & _TELLING and not _is_alchemer(row)):
            return index
    return None


def _take_rows(grid: Grid, header: int) -> tuple[Sequence[str], Sequence[str], int]:
    """The codes, the texts, and how many rows they stand in: one for both, or two."""
    first, second = [*grid.top[header : header + 2], (), ()][:2]
    if grid.given_headers > 1:
        return first, second, 2
    # The file for the import of answers ("VV") has the texts first, and the codes below.
    if len(set(read_names(second)) & _TELLING) >= _LEAST_OWN:
        return second, first, 2
    return first, first, 1


def _is_alchemer(row: Sequence[str]) -> bool:
    return bool({"time started", "status", "sessionid", "legacy comments"} & set(read_names(row)))


def _find_coded(grid: Grid) -> int | None:
    """The row whose cells are LimeSurvey's codes for the rows of grids, when its own columns have been deleted."""
    for index, row in enumerate(list_heads(grid)):
        cells = [clean_header(cell) for cell in row if cell.strip()]
        if sum(bool(_BRACKETED.match(cell)) for cell in cells) >= _LEAST_CODED:
            return index
        both = [found.group(1) for cell in cells if (found := _BOTH.match(cell))]
        if len(both) * 2 >= len(cells) and sum("[" in code for code in both) >= _LEAST_CODED:
            return index
    return None


def _is_worded(grid: Grid) -> bool:
    """Whether the header has rows in brackets as only LimeSurvey writes them, when its own columns have been deleted.

    So are the ranks of a ranking, the text beside "Other" among boxes of yes and no, or any rows behind LimeSurvey's
    own number for the form in another language than English.
    """
    header = find_header_row(grid)
    texts = [clean_header(cell) for cell in (grid.top[header] if grid.top else ())]
    split = [_split_brackets(text) for text in texts]
    stems = [stem for stem, part in split if part]
    if len(stems) < _LEAST_CODED:
        return False
    named = {text.casefold() for text in texts} & (set(_NAMES["id"]) - {"response id"})
    if named or any(_RANKED.match(part) for _, part in split):
        return True
    for place, (stem, part) in enumerate(split):
        if part.casefold() not in _OTHER or holds_only(grid, place, header + 1, _YES_NO):
            continue
        boxes = [each for each, (other, _) in enumerate(split) if other == stem and each != place]
        words = {cell.casefold() for box in boxes for cell in take_cells(grid, box, header + 1)}
        if len(boxes) > 1 and len(words) > 1 and words <= _YES_NO:
            return True
    return False


def _read_own(cell: str) -> str:
    """LimeSurvey's code of one of its own columns, in whatever style the header is; empty for a question."""
    name = clean_header(cell).casefold()
    both = _split_own(name)
    if both:
        return both[0]
    for way in (name, name.replace("_", " ")):
        if way in _CODES:
            return _CODES[way]
    cut = name.removesuffix("..").strip()
    if cut != name and len(cut) >= _SHORTEST_CUT:
        return next((code for full, code in _CODES.items() if full.startswith(cut)), "")
    return ""


def _find_separator(row: Sequence[str]) -> str:
    """What stands between code and text, as LimeSurvey's own columns show it; empty in the other styles."""
    for cell in row:
        both = _split_own(clean_header(cell))
        if both:
            return both[1]
    cells = [clean_header(cell) for cell in row if cell.strip()]
    return "." if cells and sum(bool(_BOTH.match(cell)) for cell in cells) * 2 >= len(cells) else ""


def _split_own(text: str) -> tuple[str, str] | None:
    """'id. Response ID' as ('id', '.'), what stands between code and text; None when it is something else."""
    both = _OWN_BOTH.match(text)
    if both and text[both.end() :].casefold() in _NAMES[both.group(1).casefold()]:
        return both.group(1).casefold(), both.group(2).strip()
    return None


def _head(position: int, code: str, raw: str, between: str) -> Heading:
    own = _read_own(code)
    if own:
        return head_own(position, raw or code, HINTS[own], submission=own == "id")
    # R writes dots in place of brackets.
    code = _DOTTED.sub(_write_brackets, clean_header(code))
    text = _DOTTED.sub(_write_brackets, clean_header(raw))
    if _TIMES.match(text) or _TIMES.match(code):
        return Heading(position, raw, text, text, hint=_TOOL)
    name = code if _CODED.match(code) else ""
    found = re.match(rf"^({_QUESTION_CODE})\s*{re.escape(between)}\s*(.*)$", text) if between else None
    if found:
        name, text = found.group(1), found.group(2)
    if _EXPRESSION.search(text) and not re.search(r"\w", _drop_expressions(text)):
        # A question that is an expression and nothing else is calculated; nobody answers it.
        return Heading(position, raw, text, text, hint=_TOOL)
    text = " ".join(_drop_expressions(text).removesuffix("[]").split()) or name or code
    stem, part = _split_brackets(text)
    code = re.sub(r"\]?\[|\]", "_", name).strip("_")
    if re.search(r"\[other\]$|_other$", name) or part.casefold().rstrip(":") in _OTHER:
        return Heading(position, raw or code, text, stem, part, code, OTHER_TEXT)
    return Heading(position, raw or code, text, stem, part, code)


def _write_brackets(found: re.Match[str]) -> str:
    scale = f"[{found.group(3)}]" if found.group(3) else ""
    return f"{found.group(1)}[{found.group(2)}]{scale}"


def _drop_expressions(text: str) -> str:
    """The text without `{...}`, LimeSurvey's expressions, also one inside the other."""
    for _ in range(_DEEPEST):
        text = _EXPRESSION.sub(" ", text)
    return text


def _split_brackets(text: str) -> tuple[str, str]:
    """'How far ... [Parents [all] were heard]' as ('How far ...', 'Parents [all] were heard').

    Of two pairs that touch, `stem [row][scale]`, the first is the row; the scale belongs to what is asked.
    """
    groups: list[str] = []
    rest = text
    while rest.endswith("]") and len(groups) < 2:  # noqa: PLR2004  # a row and a scale
        depth, start = 0, -1
        for place in range(len(rest) - 1, -1, -1):
            depth += (rest[place] == "]") - (rest[place] == "[")
            if depth == 0:
                start = place
                break
        if start <= 0:
            break
        groups.insert(0, rest[start + 1 : -1].strip())
        rest = rest[:start]
    stem = rest.strip()
    if not groups or not stem or not groups[0]:
        return text, ""
    return (f"{stem} [{groups[1]}]", groups[0]) if len(groups) > 1 else (stem, groups[0])


def _mark_groups(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with boxes to tick and rankings known by the cells of the whole question."""
    marked = list(headings)
    others = {heading.stem for heading in headings if heading.hint is OTHER_TEXT}
    # A box that says "Other" is ticked like the others; the text beside it is not.
    for place, heading in enumerate(headings):
        if heading.hint is OTHER_TEXT and holds_only(grid, place, first_row, _YES_NO | _Y):
            marked[place] = heading._replace(hint=None)
    for stem, places in list_siblings(marked).items():
        boxes = [place for place in places if not _is_comment(marked[place])]
        words = {cell.casefold() for place in boxes for cell in take_cells(grid, place, first_row)}
        asked = stem in others or bool(ASKS_FOR_ALL.search(stem))
        ticks = words and (words <= _Y or (asked and (words <= _YES_NO or words <= _CONVERTED)))
        for place in boxes:
            if ticks:
                marked[place] = mark_ticked(marked[place])
            elif _is_ranking(grid, first_row, marked, boxes):
                marked[place] = marked[place]._replace(hint=RANKING)
    return marked


def _is_comment(heading: Heading) -> bool:
    return heading.code.endswith("comment") or heading.part.casefold().endswith("comment")


def _is_ranking(grid: Grid, first_row: int, headings: Sequence[Heading], places: Sequence[int]) -> bool:
    """Whether the parts are places 1, 2, 3 ... and nobody put one thing in the first two of them."""
    parts = [headings[place].part for place in places]
    if not all(_RANK.match(part) for part in parts):
        return False
    one, other = (grid.columns[place] for place in places[:2])
    known = {value: code for code, value in enumerate(other.values) if value.strip()}
    same = np.array([known.get(value, -1) for value in one.values])[one.codes] == other.codes
    return not bool(same[first_row:].any())


def _may_be_blanked(grid: Grid, place: int, first_row: int) -> bool:
    """Whether `N/A` below is LimeSurvey's mark for a question nobody was asked, not somebody's answer."""
    cells = {cell.casefold() for cell in take_cells(grid, place, first_row)}
    return bool(cells & _NO_ANSWERS) and cells <= _YES_NO | {"uncertain", "unsicher"}
