"""Finished samples go in; the same survey in further kinds of file, and as older exports have it, comes out.

`make_samples.py` calls `make_file_exports` with the samples it has made. Whatever is not of the survey (addresses,
networks) is made up: IP addresses from ranges kept free for documents, e-mail addresses at example.org.
"""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

from handmade import make_handmade, make_open_document
from tool_exports import Asked

Cells = list[list[Any]]
NBSP = "\u00a0"
OWN_QUALTRICS = 11
LEGACY = ("V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10")
LEGACY_NAMES = (
    "ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status", "StartDate",
    "EndDate", "Finished",
)  # fmt: skip
STATUS = {0.0: "IP Address", 1.0: "Survey Preview", 2.0: "Survey Test", 4.0: "Imported", 8.0: "Spam"}
LONGEST_STATA_LABEL = 80
FROZEN = (2025, 11, 17, 9, 0, 0)
NOT_ASKED = 9.0
MISSING = "Don't know"


def make_file_exports(made: Mapping[str, bytes], asked: Asked, steps: Sequence[Sequence[str]]) -> dict[str, bytes]:
    """Every sample of this module by file name, from the plain, the Qualtrics and the SurveyMonkey one."""
    plain = _read(made["forum_survey.csv"])
    qualtrics = _read(made["forum_survey_qualtrics.csv"])
    monkey = _read(made["forum_survey_surveymonkey.csv"])
    google = _read(made["forum_survey_google_forms.csv"])
    return {
        "forum_survey_qualtrics_legacy.csv": make_qualtrics_legacy(qualtrics),
        "forum_survey_qualtrics_utf16.tsv": make_qualtrics_utf16(qualtrics, asked),
        "forum_survey_qualtrics.sav": make_qualtrics_sav(qualtrics, asked),
        "forum_survey_surveymonkey_expanded.csv": make_surveymonkey_expanded(monkey, asked),
        "forum_survey_surveymonkey_no_ids.csv": make_surveymonkey_no_ids(monkey, asked),
        "forum_survey_google_forms.tsv": make_google_forms_tsv(google),
        "forum_survey_handmade.xlsx": make_handmade(plain, asked),
        "forum_survey_handmade.ods": make_open_document(make_handmade(plain, asked)),
        "forum_survey.sav": make_sav(plain, asked, steps),
        "forum_survey.dta": make_dta(plain, asked, steps),
        "forum_survey.json": make_json(plain),
        "forum_survey.jsonl": make_json_lines(plain),
        "forum_survey.parquet": make_parquet(plain),
        "forum_survey.zip": make_zip(made["forum_survey.csv"]),
    }


def _read(content: bytes) -> Cells:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _write(cells: Cells, between: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=between, lineterminator=end).writerows(cells)
    return out.getvalue()


def make_qualtrics_legacy(rows: Cells) -> bytes:
    """The export of before 2017: V1 to V10, names in the second row only, a comma too many at the end of every line."""
    codes, texts, _, *body = rows
    place = {code: number for number, code in enumerate(codes)}
    places = ["LocationLatitude", "LocationLongitude", "LocationAccuracy"]
    cells: Cells = [
        [*LEGACY, *codes[OWN_QUALTRICS:], *places, ""],
        [*LEGACY_NAMES, *texts[OWN_QUALTRICS:], *places, ""],
    ]
    for number, row in enumerate(body):
        status = {"IP Address": "0", "Survey Preview": "1"}[row[place["Status"]]]
        about = [row[place["ResponseId"]], "Default Response Set", "Anonymous", row[place["ExternalReference"]], ""]
        about += [f"203.0.113.{number % 250 + 1}", status, row[place["StartDate"]], row[place["EndDate"]]]
        about.append({"True": "1", "False": "0"}[row[place["Finished"]]])
        cells.append([*about, *row[OWN_QUALTRICS:], "51.5", "-0.1", "-1", ""])
    return ("\ufeff" + _write(cells)).encode()


def _split_heard_of(row: Sequence[str], ways: Sequence[str], label: Callable[[str], str]) -> list[str]:
    return [*row[:-1], *(label(way) if row[-1] == way else "" for way in ways)]


def make_qualtrics_utf16(rows: Cells, asked: Asked) -> bytes:
    """The TSV: UTF-16 with its mark, CRLF, and the last question as one column for each choice."""
    codes, texts, imports, *body = rows
    ways = sorted({row[-1] for row in body} - {""})
    several = range(1, len(ways) + 1)
    cells: Cells = [
        [*codes[:-1], *(f"{codes[-1]}_{number}" for number in several)],
        [*texts[:-1], *(f"{asked.heard_of} - Selected Choice - {way}" for way in ways)],
        [*imports[:-1], *(json.dumps({"ImportId": "QID12", "choiceId": str(number)}) for number in several)],
        *(_split_heard_of(row, ways, str) for row in body),
    ]
    return b"\xff\xfe" + _write(cells, "\t").encode("utf-16-le")


def make_qualtrics_sav(rows: Cells, asked: Asked) -> bytes:
    """The SPSS file: tags as names, texts as labels, numbers with value labels, boxes with a single one."""
    codes, texts, _, *body = rows
    ways = sorted({row[-1] for row in body} - {""})
    names = [*codes[:-1], *(f"{codes[-1]}_{number}" for number, _ in enumerate(ways, start=1))]
    names = [re.sub(r"\W", "_", name) for name in names]
    labels = [*texts[:-1], *(f"{asked.heard_of} - Selected Choice {way}" for way in ways)]
    closed = [place for place, text in enumerate(texts) if place >= OWN_QUALTRICS and text not in asked.opens]
    known = {place: _number_labels(row[place] for row in body) for place in closed[:-1]}
    known |= {codes.index("Status"): STATUS, codes.index("Finished"): {0.0: "False", 1.0: "True"}}
    known |= {len(codes) - 1 + number: {1.0: way} for number, way in enumerate(ways)}
    table: dict[str, list[Any]] = {}
    for place, name in enumerate(names):
        column = [_split_heard_of(row, ways, str)[place] for row in body]
        table[name] = _code(column, known[place]) if place in known else _type_column(name, column)
    return _save(
        pyreadstat.write_sav,
        pd.DataFrame(table),
        ".sav",
        column_labels=labels,
        variable_value_labels={names[place]: words for place, words in known.items()},
        row_compress=True,
    )


def _number_labels(cells: Any) -> dict[float, str]:  # noqa: ANN401  # any cells
    return {float(number): word for number, word in enumerate(sorted(set(cells) - {""}), start=1)}


def _code(column: Sequence[str], labels: Mapping[float, str]) -> list[float | None]:
    codes = {word: code for code, word in labels.items()}
    return [codes[cell] if cell else None for cell in column]


def _type_column(name: str, column: Sequence[str]) -> list[Any]:
    if name.endswith("Date"):
        return list(pd.to_datetime(pd.Series(column), format="%Y-%m-%d %H:%M:%S"))
    if name in ("Progress", "Duration__in_seconds_"):
        return [float(cell) for cell in column]
    return list(column)


def _save(write: Callable[..., None], frame: pd.DataFrame, ending: str, **said: Any) -> bytes:  # noqa: ANN401  # pyreadstat's own options
    """The file as pyreadstat writes it, with a time in it that is always the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"survey{ending}"
        write(frame, path, **said)
        content = path.read_bytes()
    content = re.sub(rb"\d\d [A-Z][a-z]{2} \d\d\d\d:\d\d:\d\d(?= )", b"17 Nov 2509:00:00", content, count=1)
    return re.sub(rb"\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d(?=</timestamp>)", b"17 Nov 2025 09:00", content, count=1)


def make_surveymonkey_expanded(rows: Cells, asked: Asked) -> bytes:
    """A column for each choice of every closed question, and `row - choice` in grids, the label where it is ticked."""
    top, below, *body = rows
    stems = list(top)
    for place, stem in enumerate(stems):
        stems[place] = stem or (stems[place - 1] if below[place] else "")
    header: Cells = [[], []]
    parts: list[list[str]] = [[] for _ in body]
    for place, (stem, part) in enumerate(zip(stems, below, strict=True)):
        cells = [row[place] for row in body]
        words = sorted(set(cells) - {""}, key=lambda word: (not word.isdigit(), word.zfill(2)))
        closed = bool(part) and part != "Open-Ended Response"
        first = stem if top[place] else ""
        choices = [None] if not closed else words
        for number, word in enumerate(choices):
            header[0].append(first if number == 0 else "")
            said = part if word is None else word if part == "Response" else f"{part} - {word}"
            header[1].append(f" - {word}" if stem == asked.overall and word is not None else said)
            for form, cell in zip(parts, cells, strict=True):
                form.append(cell if word is None or cell == word else "")
    return ("\ufeff" + _write([*header, *parts])).encode()


def make_surveymonkey_no_ids(rows: Cells, asked: Asked) -> bytes:
    """Somebody took the tool's own columns out, and asked for the reference in a question of its own."""
    top, below, *body = rows
    own = top.index(asked.role)
    cells: Cells = [[asked.reference, *top[own:]], ["Open-Ended Response", *below[own:]]]
    cells += [[row[own - 1], *row[own:]] for row in body]
    return _write(cells).encode()


def make_google_forms_tsv(rows: Cells) -> bytes:
    """What Sheets downloads as TSV: no quotation marks, and a space where a cell had a new line."""
    return "\r\n".join("\t".join(" ".join(cell.split("\n")) for cell in row) for row in rows).encode()


def _name_variables(header: Sequence[str], asked: Asked) -> dict[str, str]:
    """Questions by the short names that somebody gave them in SPSS or Stata, in the order of the columns."""
    items = [item for _, item in asked.list_items()]
    codes = {text: f"item_{number}" for number, text in enumerate(items, start=1)}
    codes |= {asked.role: "role", asked.project: "project", asked.ladder: "ladder", asked.overall: "overall"}
    codes |= {text: f"words_{number}" for number, text in enumerate(asked.opens, start=1)}
    codes |= {asked.consent: "quote", asked.heard_of: "heard_of", "Respondent ID": "person", "Date": "date"}
    return {codes[text]: text for text in header}


def _code_answers(
    rows: Cells, asked: Asked, steps: Sequence[Sequence[str]], missing: float | str
) -> tuple[pd.DataFrame, dict[str, dict[Any, str]]]:
    """The answers as numbers, and what the numbers mean; 'Don't know' is a code of its own."""
    header, *body = rows
    table: dict[str, Any] = {}
    meanings: dict[str, dict[Any, str]] = {}
    for place, (name, text) in enumerate(_name_variables(header, asked).items()):
        cells = [row[place] for row in body]
        if name == "date":
            table[name] = list(pd.to_datetime(pd.Series(cells), format="%d/%m/%Y").dt.date)
        elif name == "overall":
            table[name] = [float(cell) if cell else None for cell in cells]
        elif name == "person" or text in asked.opens:
            table[name] = cells
        else:
            given = set(cells) - {""}
            order = next((list(each) for each in steps if given - {MISSING} <= set(each)), sorted(given - {MISSING}))
            labels: dict[Any, str] = {float(number): word for number, word in enumerate(order, start=1)}
            labels |= {missing: MISSING} if MISSING in given else {}
            codes = {word: code for code, word in labels.items()}
            table[name] = [codes[cell] if cell else None for cell in cells]
            meanings[name] = labels
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in table.items()}), meanings


def make_sav(rows: Cells, asked: Asked, steps: Sequence[Sequence[str]]) -> bytes:
    """The plain survey in SPSS: `question - row` as labels, 9 declared as missing where it means Don't know."""
    frame, meanings = _code_answers(rows, asked, steps, NOT_ASKED)
    stems = {item: f"{stem} - {item}" for stem, item in asked.list_items()}
    labels = [stems.get(text, text) for text in _name_variables(rows[0], asked).values()]
    return _save(
        pyreadstat.write_sav,
        frame.infer_objects(),
        ".sav",
        column_labels=labels,
        variable_value_labels=meanings,
        missing_ranges={name: [NOT_ASKED] for name, labels in meanings.items() if NOT_ASKED in labels},
        row_compress=True,
    )


def make_dta(rows: Cells, asked: Asked, steps: Sequence[Sequence[str]]) -> bytes:
    """The plain survey in Stata: labels cut after 80 letters, Don't know as the missing value .a."""
    frame, meanings = _code_answers(rows, asked, steps, "a")
    labels = [text[:LONGEST_STATA_LABEL] for text in _name_variables(rows[0], asked).values()]
    return _save(
        pyreadstat.write_dta,
        frame,
        ".dta",
        column_labels=labels,
        variable_value_labels=meanings,
        missing_user_values={name: ["a"] for name, labels in meanings.items() if "a" in labels},
    )


def make_json(rows: Cells) -> bytes:
    """A list of objects under a name, as interfaces give it: who answered apart from the answers, null for nothing."""
    header, *body = rows
    forms = [
        {
            "id": row[0],
            "submitted": row[1],
            "answers": {text: cell or None for text, cell in zip(header[2:], row[2:], strict=True)},
        }
        for row in body
    ]
    return (
        json.dumps({"survey": "Co-production", "responses": forms}, ensure_ascii=False, separators=(",", ":")) + "\n"
    ).encode()


def make_json_lines(rows: Cells) -> bytes:
    """One object a line, with nothing said of questions that were passed over, and a blank line at the end."""
    header, *body = rows
    lines = [{text: cell for text, cell in zip(header, row, strict=True) if cell} for row in body]
    return ("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n").encode()


def make_parquet(rows: Cells) -> bytes:
    """A table with its types: dates as such, choices as a dictionary, blanks as null, and the index pandas had."""
    header, *body = rows
    columns: dict[str, pa.Array] = {}
    for place, text in enumerate(header):
        cells = [row[place] or None for row in body]
        if text == "Date":
            columns[text] = pa.array(pd.to_datetime(pd.Series(cells), format="%d/%m/%Y"))
        else:
            words = pa.array(cells, pa.string())
            columns[text] = words.dictionary_encode() if len(set(cells)) < len(cells) / 2 else words
    columns["__index_level_0__"] = pa.array(range(10, 10 + len(body)))
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd", row_group_size=50)
    return out.getvalue()


def make_zip(plain: bytes) -> bytes:
    """A folder that somebody packed on a Mac: the survey, a readme, and what the Mac puts beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (
            ("survey/forum_survey.csv", plain),
            ("survey/README.txt", b"The answers are in forum_survey.csv.\n"),
            ("__MACOSX/survey/._forum_survey.csv", b"\x00\x05\x16\x07"),
        ):
            archive.writestr(zipfile.ZipInfo(name, FROZEN), content)
    return out.getvalue()
