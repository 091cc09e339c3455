"""The samples go in; docs/gallery.md and its pictures, which show every template and format, come out.

Run `python docs/make_gallery.py` from the root of the repository after a change that readers see, and look at the
pictures. It needs coprod with its extras for tests, chromium, LibreOffice with Writer and Calc, pdftoppm, and the
Liberation fonts. It takes about three minutes.
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from pypdf import PdfReader

from coprod_cli.reporting import BOOKS, FORMATS, TEMPLATES

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "gallery"
SAMPLE = ("data/samples/forum_survey.csv",)
PAPERS = ("--governance", "data/samples/governance.toml", "--details", "data/samples/details.toml")
DOTS_PER_INCH = 84
COLOURS = 48
HTML, WORD, SHEET = "report.html", "report.docx", "tables.xlsx"
PHONE, HEIGHT = 390, 844


class Plate(NamedTuple):
    """A picture: its name, the file it is of, the heading whose page it shows ("" for the first page), its words."""

    name: str
    file: str
    heading: str
    alt: str


class Entry(NamedTuple):
    """One part of the page: its title, for whom and what for, the command, pictures side by side."""

    title: str
    text: str
    command: str
    plates: tuple[Plate, ...]


TEMPLATE_ENTRIES: dict[str, Entry] = {
    "forum": Entry(
        "The forum's report: forum",
        "For parents and carers, forums, and the services they work with. One page in short; then two pages for each "
        "piece of work, with its score and likely range, the ladder, red flags with room for a reply, and what is on "
        "paper; then themes, people's own words, you said and we did, and how it was done. The forum's own words come "
        "from the details file. It is what you get where no template is named.",
        "coprod report my-report --template forum --to pdf",
        (
            Plate(
                "forum-first",
                "report.pdf",
                "",
                "First page of the forum's report: five sentences in short, bars of the themes parents and carers "
                "raised most, each project's score with its likely range, and what comes next.",
            ),
            Plate(
                "forum-project",
                "report.pdf",
                "Home to school transport policy",
                "Page of one project: who answered, its score out of 100 and what holds it down, a chart of eight "
                "dimensions with their likely ranges, and the chances of each rung of the ladder.",
            ),
        ),
    ),
    "summary": Entry(
        "One side of paper: summary",
        "For whoever has two minutes: a notice board, a newsletter, an agenda. It has the first page of the forum's "
        "report and what to be careful about.",
        "coprod report my-report --template summary --to pdf",
        (
            Plate(
                "summary",
                "summary.pdf",
                "",
                "The summary on one side of A4: in short, one chart of themes, scores with their likely ranges, what "
                "comes next, and a box of things to read with care.",
            ),
        ),
    ),
    "easy-read": Entry(
        "A draft in easy words: easy-read",
        "For people with learning disabilities, as a draft to be checked with them. Short sentences, one idea each, in "
        "large letters, with a place for a picture beside them and a list of words. Take the Word file: put pictures "
        "in, change words, take the last page out.",
        "coprod report my-report --template easy-read --to docx",
        (
            Plate(
                "easy-read-first",
                "easy-read.pdf",
                "",
                "First page of the easy read draft: large letters, marked as a draft that is not checked yet.",
            ),
            Plate(
                "easy-read-project",
                "easy-read.pdf",
                "Home to school transport policy",
                "A page in easy words: boxes on the left say which picture belongs there, short sentences on the right "
                "tell a project's score and how sure it is.",
            ),
        ),
    ),
    "research": Entry(
        "For a paper: research",
        "For researchers and reviewers: every table with bases and likely ranges, reliability, the score under other "
        "conventions, how well each theme is coded, the coding tree, all settings, and what the run knows for the "
        "guidelines COREQ, SRQR and GRIPP2-SF. Where only people know, it says so.",
        "coprod report my-report --template research --to pdf --to xlsx",
        (
            Plate(
                "research-scores",
                "research.pdf",
                "Home to school transport policy",
                "A page of the research report: the scores of one project by dimension and role with likely ranges and "
                "people, above charts of its dimensions and of the rungs of the ladder.",
            ),
            Plate(
                "research-guidelines",
                "research.pdf",
                "COREQ: 32 items for reporting qualitative research",
                "A page of the research report: items of the COREQ guideline, with what the run knows and what is left "
                "for the authors to write.",
            ),
        ),
    ),
}
FORMAT_ENTRIES: dict[str, Entry] = {
    "html": Entry(
        "A page for the browser: html",
        "One file that opens everywhere, fits a phone, is read aloud well, and loads nothing from anywhere.",
        "coprod report my-report --to html",
        (
            Plate(
                "html-phone",
                HTML,
                "",
                "The forum's report on a phone: title, list of contents, and the beginning of the first part.",
            ),
        ),
    ),
    "docx": Entry(
        "To edit: docx",
        "A Word file whose every look is a named style. It opens in Word and LibreOffice.",
        "coprod report my-report --to docx",
        (Plate("word", WORD, "", "First page of the forum's report as a Word file, with a list of contents."),),
    ),
    "xlsx": Entry(
        "To reckon with: xlsx",
        "All figures as a workbook: a sheet for each table, and a first sheet that says what is in them.",
        "coprod report my-report --to xlsx",
        (
            Plate(
                "sheet",
                SHEET,
                "",
                "First sheet of the workbook: what these tables are, and a list of the sheets with what each holds.",
            ),
        ),
    ),
    "pdf": Entry(
        "To print and to send: pdf",
        "Pages that look the same everywhere, tagged, so that they can be read aloud. The pictures of templates above "
        "are of such files.",
        "coprod report my-report --to pdf",
        (),
    ),
    "md": Entry(
        "Plain text: md",
        "Markdown, with the same words and tables, for a website, a forge or another program. It begins so:",
        "coprod report my-report --template summary --to md",
        (),
    ),
}
INTRODUCTION = """# Gallery

What comes out, for whom, and how to make it. All of it is of the made-up survey in `data/samples`, with a made-up
forum's own words. This page and its pictures are made by `python docs/make_gallery.py`.

Analyse a survey once:
"""
ONCE_ANALYSED = """Then have its results told in any template and format, as often as you like, without the survey.
`--template` and `--to` may be given again; `coprod details` writes the form for the forum's own words.
[Reports](reports.md) says more.
"""
OPENING = 8


def run(*words: str) -> None:
    """One command, in the root of the repository, whose output nobody reads."""
    subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_reports(folder: Path) -> None:
    """The sample's reports in every template and format, in a new folder."""
    wanted = [word for name in TEMPLATES for word in ("--template", name)]
    wanted += [word for name in (*FORMATS, *BOOKS) for word in ("--to", name)]
    run(sys.executable, "-m", "coprod_cli", "analyse", *SAMPLE, *PAPERS, *wanted, "--out", str(folder))


def find_page(reader: PdfReader, heading: str) -> int:
    """The number, from 1, of the page where a bookmark of that name leads; the first page where there is no name.

    Raises:
        LookupError: no bookmark is called so.
    """
    if not heading:
        return 1

    def list_bookmarks(entries: Sequence[Any]) -> Iterator[Any]:
        for each in entries:
            yield from list_bookmarks(each) if isinstance(each, list) else (each,)

    for each in list_bookmarks(reader.outline):
        if each.title == heading:
            return (reader.get_destination_page_number(each) or 0) + 1
    raise LookupError(heading)


def print_office(path: Path) -> Path:
    """A Word file or workbook as PDF, printed by LibreOffice."""
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    run("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", f"{path.parent}/office", str(path))
    return path.parent / "office" / path.with_suffix(".pdf").name


def take_picture(plate: Plate, folder: Path) -> bytes:
    """A page of a file, as a browser, a printer or an office program shows it: PNG."""
    path, shot = folder / plate.file, folder / f"{plate.name}-shot"
    if plate.file == HTML:
        # Chromium's window has a least width that is wider than a phone: a frame of a phone's width stands in.
        frame = folder / "phone.html"
        frame.write_text(
            f'<body style="margin:0"><iframe src="{HTML}" width="{PHONE}" height="{HEIGHT}" style="border:0"></iframe>',
            encoding="utf-8",
        )
        size, target = f"--window-size={PHONE},{HEIGHT}", f"--screenshot={shot}.png"
        run("chromium", "--headless", "--no-sandbox", "--hide-scrollbars", size, target, frame.as_uri())
        return Path(f"{shot}.png").read_bytes()
    paper = path if path.suffix == ".pdf" else print_office(path)
    page = str(find_page(PdfReader(paper), plate.heading))
    run("pdftoppm", "-r", str(DOTS_PER_INCH), "-f", page, "-l", page, "-singlefile", "-png", str(paper), str(shot))
    return Path(f"{shot}.png").read_bytes()


def shrink_picture(content: bytes) -> bytes:
    """The same picture in few colours, with a grey edge so that white paper ends somewhere."""
    paper = Image.open(io.BytesIO(content)).convert("RGB")
    framed = Image.new("RGB", (paper.width + 2, paper.height + 2), (160, 160, 160))
    framed.paste(paper, (1, 1))
    small = io.BytesIO()
    framed.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def list_plates() -> tuple[Plate, ...]:
    """Every picture of the page."""
    return tuple(plate for each in (*TEMPLATE_ENTRIES.values(), *FORMAT_ENTRIES.values()) for plate in each.plates)


def write_page(opening: str) -> str:
    """The page's Markdown; `opening` is how the summary begins in Markdown."""
    analyse = " ".join(("coprod analyse", *SAMPLE, *PAPERS, "--out my-report"))
    lines = [INTRODUCTION, f"```sh\n{analyse}\n```\n", ONCE_ANALYSED, "## Templates\n"]
    for entry in TEMPLATE_ENTRIES.values():
        lines += write_entry(entry)
    lines += ["## Formats\n", "Every template comes in each of these; the workbook is the same for all.\n"]
    for name, entry in FORMAT_ENTRIES.items():
        lines += write_entry(entry)
        if name == "md":
            lines.append(f"```markdown\n{opening}\n```\n")
    return "\n".join(lines).rstrip() + "\n"


def write_entry(entry: Entry) -> Iterator[str]:
    """One part of the page, as paragraphs."""
    yield f"### {entry.title}\n"
    yield f"{entry.text}\n"
    yield f"```sh\n{entry.command}\n```\n"
    yield from (f"![{plate.alt}](gallery/{plate.name}.png)\n" for plate in entry.plates)


def main() -> None:
    """Make the reports in a folder that goes away, and from them the pictures and the page."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "report"
        make_reports(folder)
        pictures = {plate.name: shrink_picture(take_picture(plate, folder)) for plate in list_plates()}
        opening = "\n".join((folder / "summary.md").read_text(encoding="utf-8").splitlines()[:OPENING])
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for name, content in pictures.items():
        (PICTURES / f"{name}.png").write_bytes(content)
    PAGE.write_text(write_page(opening), encoding="utf-8")
    total = sum(map(len, pictures.values()))
    print(f"{PAGE.relative_to(ROOT)}: {len(pictures)} pictures, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
