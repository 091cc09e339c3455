"""Whatever people write, in any output it changes nothing but its own words.

A hostile survey is read, coded, scored and told; the same findings with every hostile word made harmless are told, too.
Both must have the same structure in every format.
"""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from playwright.sync_api import Dialog, sync_playwright
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from tests import hostile_survey

from coprod_cli.analysis import analyse
from coprod_cli.model.findings import Settings
from coprod_cli.reading import fit_details, read_details
from coprod_cli.reporting import TEMPLATES, render
from coprod_cli.telling import list_projects

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice")
WANTED = (
    *((name, "html") for name in TEMPLATES),
    *((name, "md") for name in TEMPLATES),
    ("forum", "docx"),
    ("research", "docx"),
    ("forum", "xlsx"),
)
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
DRAWN = {"path", "use", "defs"}  # letters are drawn as shapes: others need others
SHAPE = """[...document.querySelectorAll('*')].map(
  (each) => [each.tagName, ...each.getAttributeNames().sort()].join(' '))"""
LINKS = "[...document.querySelectorAll('[href], [src], [action]')].map((each) => each.href || each.src || each.action)"

Files = dict[str, bytes]


class Told(NamedTuple):
    """Every output of the hostile survey, and of the same with harmless words, in the same order."""

    hostile: Files
    tame: Files

    def pair(self, ending: str) -> Iterator[tuple[str, bytes, bytes]]:
        """Files of one kind beside each other; charts are called by their project, so they go by their order."""
        names = [[name for name in files if name.endswith(ending)] for files in self]
        assert len(names[0]) == len(names[1]) > 0
        return ((each, self.hostile[each], self.tame[other]) for each, other in zip(*names, strict=True))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("hostile")
    survey = hostile_survey.write_survey(folder / "survey.csv")
    papers = hostile_survey.write_papers(folder / "papers.toml")
    settings = Settings(engine="cues", audience="raw", title=hostile_survey.TITLE)
    findings = analyse([survey], settings, governance_path=papers)
    details = fit_details(read_details(hostile_survey.write_details(folder / "details.toml")), list_projects(findings))
    assert findings.scores.loc[findings.scores["reportable"], "project"].nunique() == len(hostile_survey.PROJECTS)
    assert len(findings.quotes) > 10
    return Told(
        render(findings, details=details, wanted=(*WANTED, ("summary", "pdf"))),
        render(hostile_survey.tame(findings), details=hostile_survey.tame(details), wanted=WANTED),
    )


def test_file_names_are_tame_and_no_text_steers_a_terminal_or_turns_round(told: Told) -> None:
    for name, content in told.hostile.items():
        assert re.fullmatch(r"(?:charts/)?[a-z0-9_-]+\.[a-z]+", name), name
        if name.endswith((".csv", ".md", ".json", ".html", ".svg")):
            text = content.decode("utf-8")
            assert not TURNS.search(text), name
            assert not CONTROLS.search(text), name


def test_the_words_themselves_are_there(told: Told) -> None:
    answers = told.hostile["coded_answers.csv"].decode("utf-8")
    assert "{{ 7*7 }} {% raw %}" in answers
    assert "\U0001f469\u200d\U0001f469\u200d\U0001f467" in answers
    longest = max((row["words"] for row in csv.DictReader(io.StringIO(answers, newline=""))), key=len)
    assert len(longest.split()) > 0.9 * hostile_survey.LONG_ANSWER
    quotes = " ".join(row["words"] for row in csv.DictReader(io.StringIO(told.hostile["quotes.csv"].decode("utf-8"))))
    assert sum(words.split()[0] in quotes for words in hostile_survey.NASTY) > 5


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_browser_runs_and_loads_nothing_and_finds_the_same_page(told: Told, tmp_path: Path) -> None:
    complaints: list[str] = []
    requests: set[str] = set()

    def refuse(dialog: Dialog) -> None:
        complaints.append(dialog.message)
        dialog.dismiss()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", refuse)
        page.on("request", lambda request: requests.add(request.url.split(":")[0]))
        for name, hostile, tame in told.pair(".html"):
            shapes = []
            for content in (tame, hostile):
                (tmp_path / "page.html").write_bytes(content)
                page.goto((tmp_path / "page.html").as_uri())
                shapes.append(page.evaluate(SHAPE))
            assert shapes[0] == shapes[1], name
            links = [each for each in page.evaluate(LINKS) if not each.startswith("data:")]
            assert {each.split("#")[0] for each in links} <= {page.url.split("#")[0]}, name
            text = page.evaluate("document.body.textContent")
            assert "</title> # x **x** `x` ]]> &amp; {{ 7*7 }} {% raw %}" in text, name
            assert f"{hostile_survey.MARK} <script>alert(1)</script>" in page.title()
        browser.close()
    assert complaints == []
    assert requests <= {"file", "data"}


def list_tokens(content: bytes) -> list[str]:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(content.decode("utf-8"))
    return [
        f"{each.type} {each.tag} {each.attrGet('href') or ''}"
        for token in tokens
        for each in (token, *(token.children or ()))
    ]


def test_markdown_gives_no_html_no_link_and_the_same_page(told: Told) -> None:
    for name, hostile, tame in told.pair(".md"):
        tokens = list_tokens(hostile)
        assert tokens == list_tokens(tame), name
        assert not any(each.startswith(("html", "link", "code", "fence", "s_")) for each in tokens)
        shown = "".join(re.findall(r">([^<]*)<", MarkdownIt("commonmark").render(hostile.decode("utf-8"))))
        assert "&lt;/title&gt; # x **x** `x` ]]&gt; &amp;amp; {{ 7*7 }} {% raw %}" in shown, name


def list_elements(xml: bytes) -> list[str]:
    return [each.tag.rsplit("}")[-1] for each in ET.fromstring(xml).iter()]  # noqa: S314  # we wrote it


def test_word_files_have_the_same_elements_and_no_link_out(told: Told) -> None:
    for name, hostile, tame in told.pair(".docx"):
        with zipfile.ZipFile(io.BytesIO(hostile)) as one, zipfile.ZipFile(io.BytesIO(tame)) as other:
            assert one.namelist() == other.namelist()
            for part in one.namelist():
                if part.endswith((".xml", ".rels")):
                    content = one.read(part)
                    assert list_elements(content) == list_elements(other.read(part)), (name, part)
                    assert b'TargetMode="External"' not in content


def list_cells(content: bytes) -> dict[str, str]:
    """Where anything stands, and of what kind it is; no formula and no link is among them."""
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type in "fe" or cell.hyperlink]
    return {f"{cell.parent.title} {cell.coordinate}": cell.data_type for cell in cells}


def test_a_workbook_has_the_same_cells_and_no_formula(told: Told) -> None:
    assert list_cells(told.hostile["tables.xlsx"]) == list_cells(told.tame["tables.xlsx"])


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here")
def test_a_workbook_saved_again_by_another_program_has_no_formula_either(told: Told, tmp_path: Path) -> None:
    (tmp_path / "tables.xlsx").write_bytes(told.hostile["tables.xlsx"])
    order = [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    order += ["--outdir", str(tmp_path / "again"), str(tmp_path / "tables.xlsx")]
    done = subprocess.run(order, check=True, capture_output=True, text=True, timeout=240)
    if "could not be loaded" in done.stdout + done.stderr:
        pytest.skip("no LibreOffice Calc here")
    again = (tmp_path / "again" / "tables.xlsx").read_bytes()
    assert set(list_cells(again).values()) <= {"s", "n", "d"}
    sheets = [
        [str(cell.value) for cell in load_workbook(io.BytesIO(each))["Scores"]["A"]]
        for each in (told.hostile["tables.xlsx"], again)
    ]
    assert sheets[0] == sheets[1]


def test_csv_files_have_the_same_grid_and_nothing_a_spreadsheet_runs(told: Told) -> None:
    for name, hostile, tame in told.pair(".csv"):
        grids = [list(csv.reader(io.StringIO(each.decode("utf-8"), newline=""))) for each in (hostile, tame)]
        assert [len(row) for row in grids[0]] == [len(row) for row in grids[1]], name
        cells = {cell for row in grids[0] for cell in row}
        assert not [cell for cell in cells if re.match(r"[=+@\t\r\n]|-(?!\d+\.\d+$)", cell)], name
    assert any(row[0].startswith("'=HYPERLINK") for row in csv.reader(io.StringIO(told.hostile["scores.csv"].decode())))


def find_shape(value: object) -> object:
    if isinstance(value, dict):
        return {hostile_survey.tame(key): find_shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [find_shape(each) for each in value]
    return "words" if isinstance(value, str) else value


def test_results_have_the_same_keys_and_figures(told: Told) -> None:
    hostile, tame = (json.loads(each["results.json"]) for each in told)
    assert find_shape(hostile) == find_shape(tame)


def test_charts_are_pictures_and_nothing_else(told: Told) -> None:
    for name, hostile, tame in told.pair(".svg"):
        elements = ET.fromstring(hostile).iter()  # noqa: S314  # we wrote it
        assert not [key for each in elements for key in each.attrib if key.startswith("on")]
        links = re.findall(rb'href="([^"]*)"', hostile)
        assert all(each.startswith(b"#") for each in links), name
        assert set(list_elements(hostile)) - DRAWN == set(list_elements(tame)) - DRAWN, name
    pictures = [content for name, content in told.hostile.items() if name.endswith(".png")]
    assert all(each.startswith(b"\x89PNG") for each in pictures)


def test_a_pdf_has_no_script_and_no_link_out(told: Told) -> None:
    reader = PdfReader(io.BytesIO(told.hostile["summary.pdf"]))
    names = set(reader.root_object)
    assert not names & {"/OpenAction", "/AA", "/AcroForm"}
    notes = [note.get_object() for page in reader.pages for note in page.annotations or ()]
    actions = [note.get("/A", {}) for note in notes if isinstance(note, DictionaryObject)]
    assert not [each for each in actions if each.get("/S") in {"/URI", "/JavaScript", "/Launch", "/GoToR"}]
    assert "7*7" in "".join(page.extract_text() for page in reader.pages).replace("\x00", "")
