"""A survey's questions and forms go in; the bytes that a survey tool or program would write of them come out.

Every shape says what it cannot hold (`fit`): the tool itself loses that before anybody can read it.
"""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

Files = dict[str, bytes]
Rows = Sequence[Sequence[str]]

MARK = "\ufeff"
START, END = "2025-10-06 19:25:00", "2025-10-06 19:41:00"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Asked(NamedTuple):
    """One question: the tool's code of it, its words, and whether it is an open one."""

    code: str
    text: str
    open: bool = False


class Shape(NamedTuple):
    """How a table is written. by_code: whether the questions' codes are all that the file says of them."""

    write: Callable[[Sequence[Asked], Rows], Files]
    fit: Callable[[str], str] = str
    by_code: bool = False


def join_cells(rows: Rows, between: str = ",", end: str = "\r\n", *, quoted: bool = False, bare: bool = False) -> str:
    """Rows as delimited text; `quoted`: every cell in quotation marks; `bare`: none, whatever it holds."""
    odd = re.compile(f'[{re.escape(between)}"\r\n]')

    def write_cell(cell: str) -> str:
        if bare or not (quoted or odd.search(cell)):
            return cell
        return '"' + cell.replace('"', '""') + '"'

    return "".join(between.join(map(write_cell, row)) + end for row in rows)


def _head(asked: Sequence[Asked]) -> list[str]:
    return [each.text for each in asked]


def _number(rows: Rows) -> list[tuple[int, Sequence[str]]]:
    """Every row with the number of its form, whatever the order; a row that is there twice has one number."""
    numbers = {row: number for number, row in enumerate(sorted({tuple(row) for row in rows}), start=1)}
    return [(numbers[tuple(row)], row) for row in rows]


def _plain(asked: Sequence[Asked], rows: Rows, between: str = ",", *, quoted: bool = False) -> Files:
    return {"survey.csv": join_cells([_head(asked), *rows], between, quoted=quoted).encode()}


def _encode(asked: Sequence[Asked], rows: Rows, encoding: str, between: str = ",", mark: str = "") -> Files:
    return {"survey.csv": (mark + join_cells([_head(asked), *rows], between)).encode(encoding)}


def _drop_unknown(text: str, encoding: str) -> str:
    return text.encode(encoding, "ignore").decode(encoding)


def _excel_hint(asked: Sequence[Asked], rows: Rows) -> Files:
    return {"survey.csv": ("sep=;\r\n" + join_cells([_head(asked), *rows], ";")).encode()}


def _qualtrics(
    asked: Sequence[Asked], rows: Rows, between: str = ",", encoding: str = "utf-8", mark: str = ""
) -> Files:
    own = {
        "StartDate": "startDate", "EndDate": "endDate", "Status": "status", "Finished": "finished",
        "ResponseId": "_recordId",
    }  # fmt: skip
    imports = [json.dumps({"ImportId": name}) for name in (*own.values(), *(f"QID{each.code[1:]}" for each in asked))]
    head = [[*own, *(each.code for each in asked)], [*own, *_head(asked)], imports]
    body = [[START, END, "IP Address", "True", f"R_{number:015}", *row] for number, row in _number(rows)]
    return {"survey.csv": (mark + join_cells([*head, *body], between, "\n")).encode(encoding)}


def _qualtrics_legacy(asked: Sequence[Asked], rows: Rows) -> Files:
    own = ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress"]
    own += ["Status", "StartDate", "EndDate", "Finished"]
    head = [[f"V{place}" for place in range(1, 11)] + [each.code for each in asked], [*own, *_head(asked)]]
    body = [
        [f"R_{number:015}", "Default Response Set", "Anonymous", "", "", "", "0", START, END, "1", *row]
        for number, row in _number(rows)
    ]
    return {"survey.csv": (MARK + join_cells([[*row, ""] for row in [*head, *body]], end="\n")).encode()}


def _surveymonkey(asked: Sequence[Asked], rows: Rows) -> Files:
    own = ["Respondent ID", "Collector ID", "Start Date", "End Date"]
    below = ["", "", "", "", *("Open-Ended Response" if each.open else "Response" for each in asked)]
    body = [[str(118240013500 + number), "430017755", START, END, *row] for number, row in _number(rows)]
    return {"survey.csv": (MARK + join_cells([[*own, *_head(asked)], below, *body])).encode()}


def _limesurvey(asked: Sequence[Asked], rows: Rows, style: str) -> Files:
    own = {
        "id": "Response ID",
        "submitdate": "Date submitted",
        "lastpage": "Last page",
        "startlanguage": "Start language",
    }
    named = [*own.items(), *((f"G01{each.code}", each.text) for each in asked)]
    head = [{"code": code, "text": text, "both": f"{code}. {text}"}[style] for code, text in named]
    body = [[str(number), END, "4", "en", *row] for number, row in _number(rows)]
    return {"survey.csv": (MARK + join_cells([head, *body], ";", quoted=True) + "\r\n").encode()}


def _unify_line_ends(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)


def _fit_limesurvey(text: str) -> str:
    """One kind of line end; and an apostrophe before what Excel would calculate is one that LimeSurvey put there."""
    return _unify_line_ends(re.sub(r"^'(?=[=+@-])|^-oth-$", "", text))


def _drop_seen_only(text: str) -> str:
    """Qualtrics may write -99 for a question that was seen and not answered."""
    return "" if text.strip() == "-99" else text


def _drop_nul(text: str) -> str:
    """In SPSS and Stata files, a text ends with the first NUL."""
    return text.replace("\x00", "")


def _google(asked: Sequence[Asked], rows: Rows) -> Files:
    body = [["06/10/2025 19:41:00" if any(row) else "", *row] for row in rows]
    empty = [""] * (len(asked) + 1)
    return {"survey.csv": join_cells([["Timestamp", *_head(asked)], empty, *body]).encode()}


def _sheets_tsv(asked: Sequence[Asked], rows: Rows) -> Files:
    body = [["06/10/2025 19:41:00" if any(row) else "", *row] for row in rows]
    return {"survey.tsv": join_cells([["Timestamp", *_head(asked)], *body], "\t", "\n", bare=True).encode()}


def _flatten(text: str) -> str:
    """What a sheet's own TSV leaves of a text: it knows no quotation, so tabs and line ends become blanks.

    A cell that begins with a quotation mark is one that nobody can tell from a quoted one: it is not written here.
    """
    return re.sub(r"[\t\r\n]", " ", text).lstrip('" ')


def _microsoft(asked: Sequence[Asked], rows: Rows) -> Files:
    head = ["ID", "Start time", "Completion time", "Email", "Name", *_head(asked)]
    body = [[str(number), START, END, "anonymous", "", *row] for number, row in _number(rows)]
    return {"Our survey(1-12).xlsx": write_workbook([head, *body])}


def _drop_no_characters(text: str) -> str:
    """U+FFFE and U+FFFF are no characters: Excel writes them as _xFFFE_ and _xFFFF_, and that is what is read."""
    return re.sub("[\ufffe\uffff]", "", text)


def write_workbook(rows: Rows) -> bytes:
    """Rows as the one sheet of a workbook, every cell a text; what XML cannot hold is written as Excel writes it."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Sheet1", 0)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            if cell:
                written = sheet.cell(number, place, escape_as_excel(cell))
                # Not a formula, whatever it begins with.
                written.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def escape_as_excel(text: str) -> str:
    """The text with `_x000B_` for characters that XML cannot hold, and `_x005F_` before what only looks so."""
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def _workbook(asked: Sequence[Asked], rows: Rows) -> Files:
    return {"survey.xlsx": write_workbook([_head(asked), *rows])}


def _titled_workbook(asked: Sequence[Asked], rows: Rows) -> Files:
    return {"survey.xlsx": write_workbook([["What people told us"], [], _head(asked), *rows])}


def _ods(asked: Sequence[Asked], rows: Rows) -> Files:
    """An OpenDocument sheet: a paragraph for every line, and runs of blanks counted."""

    def write_line(line: str) -> str:
        blanks = re.compile(r"  +|^ | $")
        marked = blanks.sub(lambda found: f'<text:s text:c="{len(found.group())}"/>', escape(line))
        return f"<text:p>{marked.replace(chr(9), '<text:tab/>')}</text:p>"

    def write_cell(cell: str) -> str:
        if not cell:
            return "<table:table-cell/>"
        inner = "".join(map(write_line, cell.split("\n")))
        return f'<table:table-cell office:value-type="string">{inner}</table:table-cell>'

    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    lines = (f"<table:table-row>{''.join(map(write_cell, row))}</table:table-row>" for row in [_head(asked), *rows])
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{"".join(lines)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<?xml version='1.0'?><manifest/>")
    return {"survey.ods": out.getvalue()}


def _drop_not_in_xml(text: str) -> str:
    """OpenDocument has no way to write controls; its tabs are lost by the library that reads it (calamine)."""
    return _NOT_IN_XML.sub("", _unify_line_ends(text)).replace("\t", " ")


def _redcap(asked: Sequence[Asked], rows: Rows) -> Files:
    head = ["Record ID", "Survey Identifier", "Survey Timestamp", *_head(asked), "Complete?"]
    body = [[str(number), "", END, *row, "Complete"] for number, row in _number(rows)]
    return {"survey.csv": join_cells([head, *body], end="\n").encode()}


def _kobo(asked: Sequence[Asked], rows: Rows) -> Files:
    own = ["start", "end", "_id", "_uuid", "_submission_time", "_validation_status", "_index"]
    body = []
    for number, row in _number(rows):
        last = [str(350218000 + number), f"5f3a4c1d-{number:012x}", END.replace(" ", "T"), "", str(number)]
        body.append([START, END, *row, *last])
    return {"survey.csv": join_cells([[*own[:2], *_head(asked), *own[2:]], *body], ";", "\n", quoted=True).encode()}


def _typeform(asked: Sequence[Asked], rows: Rows) -> Files:
    head = ["#", *_head(asked), "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
    body = [[f"{number:032x}", *row, START, END, f"{number:010x}"] for number, row in _number(rows)]
    return {"survey.csv": join_cells([head, *body], end="\n").encode()}


def _alchemer(asked: Sequence[Asked], rows: Rows) -> Files:
    head = ["Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "Language", *_head(asked)]
    body = [[str(number), START, END, "Complete", "", "English", *row] for number, row in _number(rows)]
    return {"survey.csv": join_cells([head, *body]).encode()}


def _jisc(asked: Sequence[Asked], rows: Rows) -> Files:
    questions = [f"{number}. {each.text}" for number, each in enumerate(asked, start=1)]
    head = ["Unique Response Number", *questions, "Started", "Completed"]
    times = ["6th Oct 2025 7:25 am", "6th Oct 2025 7:41 am"]
    body = [[f"412806-412797-{33882794 + number}", *row, *times] for number, row in _number(rows)]
    return {"survey.csv": join_cells([head, *body]).encode()}


def _json(asked: Sequence[Asked], rows: Rows, *, escaped: bool) -> Files:
    return {"survey.json": json.dumps({"responses": _list_objects(asked, rows)}, ensure_ascii=escaped).encode()}


def _json_lines(asked: Sequence[Asked], rows: Rows) -> Files:
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in _list_objects(asked, rows))
    return {"survey.jsonl": "".join(lines).encode()}


def _list_objects(asked: Sequence[Asked], rows: Rows) -> list[dict[str, str | None]]:
    return [dict(zip(_head(asked), (cell or None for cell in row), strict=True)) for row in rows]


def _parquet(asked: Sequence[Asked], rows: Rows) -> Files:
    columns = [pa.array([row[place] or None for row in rows], pa.string()) for place in range(len(asked))]
    out = io.BytesIO()
    pq.write_table(pa.table(columns, names=_head(asked)), out)
    return {"survey.parquet": out.getvalue()}


def _statistics(asked: Sequence[Asked], rows: Rows, ending: str) -> Files:
    frame = pd.DataFrame([list(row) for row in rows], columns=[each.code for each in asked], dtype=object)
    write: Any = {"sav": pyreadstat.write_sav, "dta": pyreadstat.write_dta}[ending]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"survey.{ending}")
        write(frame, str(path), column_labels=_head(asked))
        return {path.name: path.read_bytes()}


def _zip(asked: Sequence[Asked], rows: Rows) -> Files:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _limesurvey(asked, rows, "text").items():
            archive.writestr(f"export/{name}", data)
        archive.writestr("export/readme.txt", "Exported on a Monday.")
    return {"survey.zip": out.getvalue()}


def _folder(asked: Sequence[Asked], rows: Rows) -> Files:
    """The forms split over two files of different kinds; equal rows stay together, and empty rows with the first."""
    numbered = _number(rows)
    first = [row for number, row in numbered if not any(row) or number % 2]
    second = [row for number, row in numbered if any(row) and not number % 2]
    files = _plain(asked, first, ";") if any(map(any, first)) else {}
    return files | _workbook(asked, second) if second else files


SHAPES: dict[str, Shape] = {
    **{
        f"plain{'_quoted' * quoted}_{name}": Shape(partial(_plain, between=between, quoted=quoted))
        for name, between in {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}.items()
        for quoted in (False, True)
    },
    "plain_with_mark": Shape(partial(_encode, encoding="utf-8", mark=MARK)),
    "plain_utf16_le": Shape(partial(_encode, encoding="utf-16-le", between="\t", mark=MARK)),
    "plain_utf16_be": Shape(partial(_encode, encoding="utf-16-be", between="\t", mark=MARK)),
    "plain_excel_hint": Shape(_excel_hint),
    "workbook": Shape(_workbook, _drop_no_characters),
    "workbook_with_title": Shape(_titled_workbook, _drop_no_characters),
    "ods": Shape(_ods, _drop_not_in_xml),
    "qualtrics": Shape(_qualtrics, _drop_seen_only),
    "qualtrics_tsv": Shape(partial(_qualtrics, between="\t", encoding="utf-16-le", mark=MARK), _drop_seen_only),
    "qualtrics_legacy": Shape(_qualtrics_legacy, _drop_seen_only),
    "surveymonkey": Shape(_surveymonkey),
    "limesurvey_code": Shape(partial(_limesurvey, style="code"), _fit_limesurvey, by_code=True),
    "limesurvey_text": Shape(partial(_limesurvey, style="text"), _fit_limesurvey),
    "limesurvey_both": Shape(partial(_limesurvey, style="both"), _fit_limesurvey),
    "google_forms": Shape(_google),
    "google_sheets_tsv": Shape(_sheets_tsv, _flatten),
    "microsoft_forms": Shape(_microsoft, _drop_no_characters),
    "redcap": Shape(_redcap),
    "kobo": Shape(_kobo),
    "typeform": Shape(_typeform),
    "alchemer": Shape(_alchemer),
    "jisc": Shape(_jisc),
    "json": Shape(partial(_json, escaped=False)),
    "json_escaped": Shape(partial(_json, escaped=True)),
    "json_lines": Shape(_json_lines),
    "parquet": Shape(_parquet),
    "spss": Shape(partial(_statistics, ending="sav"), _drop_nul),
    "stata": Shape(partial(_statistics, ending="dta"), _drop_nul),
    "zip": Shape(_zip, _fit_limesurvey),
    "folder": Shape(_folder, _drop_no_characters),
}

# Which of them a file is in must be guessed: from the letters of sentences it can be, from any letters it cannot.
SINGLE_BYTE: dict[str, Shape] = {
    f"plain_{encoding}": Shape(partial(_encode, encoding=encoding), partial(_drop_unknown, encoding=encoding))
    for encoding in ("cp1252", "mac_roman")
}
