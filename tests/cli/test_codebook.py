"""coprod codebook takes the themes to other programs, and a codebook of one's own the whole way to a report."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from coprod_cli.analysis import analyse
from coprod_cli.cli.choices import BookFormat
from coprod_cli.model.errors import ExitCode, SettingsFileError
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.model.tables import ThemeCount, rows
from coprod_cli.reading import read_codes, read_framework
from coprod_cli.reporting import CODEBOOKS, Material
from coprod_cli.reporting.templates import write_report

Run = Callable[..., subprocess.CompletedProcess[str]]
SURVEY = Path(__file__).parents[2] / "data" / "samples" / "forum_survey.csv"
BOOK = """\
<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Somebody's program"><Codes>
 <Code guid="{A0000000-0000-0000-0000-000000000001}" name="\u00c9coute" isCodable="true">
  <Description>Being heard, or not.</Description>
  <Code guid="A0000000-0000-0000-0000-000000000002" name="D\u00e9lais" isCodable="true"/>
  <Code guid="A0000000-0000-0000-0000-000000000003" name="Negative" isCodable="true"/></Code>
 <Code guid="A0000000-0000-0000-0000-000000000004" name="Waiting" isCodable="true">
  <Code guid="A0000000-0000-0000-0000-000000000005" name="D\u00e9lais" isCodable="true"/></Code>
 <Code guid="A0000000-0000-0000-0000-000000000006" name="Trust" isCodable="true"/>
 <Code guid="A0000000-0000-0000-0000-000000000007" name="\u4fe1\u4efb" isCodable="true"/>
</Codes></CodeBook>
"""
NAMES = ("\u00c9coute", "\u00c9coute: D\u00e9lais", "Waiting", "Waiting: D\u00e9lais", "Trust", "\u4fe1\u4efb")


@pytest.fixture(scope="module")
def mine(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    (folder / "mine.qdc").write_text(BOOK, encoding="utf-8")
    done = run("codebook", folder / "mine.qdc", "--to", "toml", "--out", folder / "mine.toml")
    assert done.returncode == 0, done.stderr
    assert "6 themes" in done.stdout
    assert "No machine coder knows" in done.stdout
    assert f"coprod sheet SURVEY --framework {folder / 'mine.toml'} --blind" in done.stdout
    return folder


def find(folder: Path, *codes: Path) -> tuple[Findings, str]:
    """What a run finds with these themes, and all that is told for researchers; without the time that charts take."""
    settings = Settings(engine="cues", audience="raw")
    given = [("Anna", path) for path in codes]
    findings = analyse([SURVEY], settings, framework_path=folder / "mine.toml", codes=given)
    pages = [
        write_report(Material(findings), template, "md")[1].decode() for template in ("summary", "forum", "research")
    ]
    return findings, "\n".join(pages)


def list_notices(findings: Findings) -> dict[str, str]:
    return {each.code: each.message for each in findings.notices}


def test_every_kind_of_codebook_is_written_and_is_the_same_every_time(run: Run, tmp_path: Path) -> None:
    assert {each.value for each in BookFormat} == set(CODEBOOKS)
    for kind in BookFormat:
        for name in ("once", "again"):
            done = run("codebook", "--to", kind.value, "--out", tmp_path / name, "--force")
            assert done.returncode == 0, done.stderr
        assert (tmp_path / "once").read_bytes() == (tmp_path / "again").read_bytes()
        assert b"Being listened to" in (tmp_path / "once").read_bytes()


def test_the_codebook_for_other_programs_has_what_they_need(run: Run, tmp_path: Path) -> None:
    run("codebook", "--to", "qdc", "--out", tmp_path / "coprod.qdc")
    space = "{urn:QDA-XML:codebook:1.0}"
    root = ET.parse(tmp_path / "coprod.qdc").getroot()  # noqa: S314  # just written by ourselves
    assert root.tag == f"{space}CodeBook"
    # The schema allows no Sets without a Set in it.
    assert [child.tag for child in root] == [f"{space}Codes"]
    codes = list(root.iter(f"{space}Code"))
    assert len({each.get("guid") for each in codes}) == len({str(each.get("name")).casefold() for each in codes}) == 80
    assert {each.get("isCodable") for each in codes} == {"true"}


def test_taguette_takes_tag_and_description(run: Run, tmp_path: Path) -> None:
    run("codebook", "--to", "taguette", "--out", tmp_path / "tags.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "tags.csv").read_text(encoding="utf-8"))))
    assert rows[0] == ["tag", "description"]
    # What Taguette 1.5.2 refuses: a row without a name, a name twice, one longer than 200 letters.
    tags = [row[0] for row in rows[1:]]
    assert all(0 < len(tag) <= 200 for tag in tags)
    assert len(set(tags)) == len(tags)


def test_nothing_is_written_over_and_one_codebook_is_enough(run: Run, mine: Path, tmp_path: Path) -> None:
    told = run("codebook", "--to", "md", "--out", tmp_path / "book.md")
    assert told.returncode == 0
    back = run("codebook", tmp_path / "book.md", "--to", "toml", "--out", tmp_path / "book.toml")
    assert "is a codebook for people to read" in back.stderr
    both = run("codebook", mine / "mine.qdc", "--framework", mine / "mine.toml", "--to", "md", "--out", tmp_path / "a")
    assert both.returncode == ExitCode.USAGE
    again = run("codebook", mine / "mine.qdc", "--to", "toml", "--out", mine / "mine.toml")
    assert again.returncode == ExitCode.CANNOT_WRITE
    itself = run("codebook", mine / "mine.qdc", "--to", "qdc", "--out", mine / "mine.qdc", "--force")
    assert itself.returncode == ExitCode.CANNOT_WRITE
    wrong = run("codebook", SURVEY, "--to", "toml", "--out", tmp_path / "b")
    assert wrong.returncode == ExitCode.BAD_SETTINGS_FILE
    assert not (tmp_path / "b").exists()


def test_a_codebook_of_ones_own_without_codes_tells_of_no_theme(mine: Path) -> None:
    findings, told = find(mine)
    assert findings.themes.empty
    assert not findings.emerging
    notices = list_notices(findings)
    assert "does not mean that nobody spoke of them" in notices["no-theme-learnt"]
    assert "coded-by-machine" not in notices
    assert "No machine knows these themes. No person has coded the comments, either." in told
    assert "machine sorted" not in told
    # The closed questions are scored as ever.
    assert findings.scores["reportable"].any()


def test_codes_by_hand_in_themes_of_ones_own_reach_the_report(run: Run, mine: Path) -> None:
    own = ("--framework", mine / "mine.toml", "--engine", "cues")
    done = run("sheet", SURVEY, *own, "--blind", "--sample", 60, "--coders", 1, "--out", mine / "coding")
    assert done.returncode == 0, done.stderr
    book = load_workbook(mine / "coding" / "coder-1.xlsx")
    sheet = book["Coding"]
    columns = {str(cell.value): cell.column for cell in sheet[2] if cell.value}
    for at in range(60):
        sheet.cell(3 + at, columns["theme 1"]).value = NAMES[at % 2]
        sheet.cell(3 + at, columns["stance 1"]).value = "positive"
    book.save(mine / "filled.xlsx")
    with pytest.raises(SettingsFileError, match=r"filled\.xlsx was made with the framework “mine”, and 60 of 60 codes"):
        read_codes(mine / "filled.xlsx", read_framework())
    findings, told = find(mine, mine / "filled.xlsx")
    people = {(row.project, row.role, row.theme): row.people for row in rows(findings.themes, ThemeCount)}
    assert people["", "parent", "ecoute"] > 5
    assert people["", "parent", "ecoute_delais"] > 5
    assert "the others nobody has coded" in list_notices(findings)["no-theme-learnt"]
    # Themes of one's own feed no score, and the machine is not measured on what it never looked for.
    assert set(findings.scores["basis"][findings.scores["reportable"]]) == {"items"}
    assert not findings.checked.themes
    assert "wrote most about" in told
    assert "against the machine" not in told
    assert "machine sorted" not in told


def test_codes_in_themes_of_ones_own_go_to_spss(run: Run, mine: Path) -> None:
    own = ("--framework", mine / "mine.qdc", "--blind")
    for kind in ("long", "wide", "sav"):
        out = mine / f"{kind}.{'sav' if kind == 'sav' else 'csv'}"
        done = run("export", SURVEY, *own, "--to", kind, "--out", out)
        assert done.returncode == 0, done.stderr
        assert "people's own words" in done.stdout
        assert out.stat().st_mode & 0o777 == 0o600
    header = (mine / "wide.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert {"ecoute", "ecoute_negative", "waiting_delais", "theme_d1cd93", "trust_2_positive"} <= set(header)


def test_a_row_for_each_person_is_for_wide_tables_alone(run: Run, mine: Path) -> None:
    own = ("--framework", mine / "mine.qdc", "--blind", "--people")
    done = run("export", SURVEY, *own, "--to", "wide", "--out", mine / "people.csv")
    assert done.returncode == 0, done.stderr
    assert "It tells of single people" in done.stdout
    for more in (("--to", "long"), ("--to", "qdpx"), ("--to", "sav", "--everybody")):
        assert run("export", SURVEY, *own, *more, "--out", mine / "no").returncode == ExitCode.USAGE


def test_whoever_asks_a_machine_for_themes_that_it_does_not_know_is_told(run: Run, mine: Path, tmp_path: Path) -> None:
    own = ("--framework", mine / "mine.toml", "--engine", "cues")
    unknown = "The machine knows none of the themes of this framework"
    explained = run("explain", "They never listened to us.", *own)
    assert f"{unknown}: people code them." in explained.stdout
    (tmp_path / "answers.csv").write_text("id,text\n1,They never listened to us.\n", encoding="utf-8")
    coded = run("code", tmp_path / "answers.csv", "--id", "id", *own)
    assert f"{unknown}: people code them." in coded.stderr
    picked = run("suggest", SURVEY, *own, "--out", tmp_path / "next")
    assert picked.returncode == ExitCode.USAGE
    assert "coprod sheet --blind" in picked.stderr
    ours = run("explain", "They never listened to us.", "--engine", "cues")
    assert "does not know" not in ours.stdout
