"""A codebook of any program becomes a framework: nothing of it is lost, and nothing of it is mistaken for ours."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_codes, read_framework
from coprod_cli.reporting import CODEBOOKS

Write = Callable[..., Path]
GUID = "00000000-0000-0000-0000-0000000000"


def code(number: int, name: str, inside: str = "", *, codable: str = "true", about: str = "") -> str:
    said = f"<Description>{about}</Description>" if about else ""
    return f'<Code guid="{GUID}{number:02}" name="{name}" isCodable="{codable}">{said}{inside}</Code>'


CODES = "".join(
    (
        code(
            1,
            "\u00c9coute &amp; respect",
            code(2, "Positive")
            + code(3, "\u00c9coute &amp; respect - negative", about="Cut off.")
            + code(4, "D\u00e9lais"),
            about="\u00catre entendu.",
        ),
        code(5, "Waiting", code(6, "D\u00e9lais", about="Too\nlong.") + code(7, "Stra\u00dfe"), codable="false"),
        code(8, "Trust"),
        code(9, "\u4fe1\u4efb"),
    )
)
IDS = ["ecoute_respect", "ecoute_respect_delais", "waiting_delais", "waiting_strasse", "trust_2", "theme_d1cd93"]
NAMES = [
    "\u00c9coute & respect",
    "\u00c9coute & respect: D\u00e9lais",
    "Waiting: D\u00e9lais",
    "Waiting: Stra\u00dfe",
    "Trust",
    "\u4fe1\u4efb",
]


def make_qdc(codes: str = CODES, namespace: str = "urn:QDA-XML:codebook:1.0") -> str:
    return f'<?xml version="1.0"?><CodeBook xmlns="{namespace}"><Codes>{codes}</Codes><Sets/></CodeBook>'


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:x:codebook:1:0"])
def test_codes_of_another_program_become_themes_that_nothing_takes_for_ours(namespace: str, write: Write) -> None:
    read = read_framework(write(make_qdc(namespace=namespace), "My bo\u00f6k.qdc"))
    assert [theme.id for theme in read.themes] == IDS
    assert [theme.name for theme in read.themes] == NAMES
    first, _, waits, *_ = read.themes
    assert (first.definition, first.positive, first.negative) == ("\u00catre entendu.", "", "Cut off.")
    assert waits.definition == "Too\nlong."
    assert not any(theme.feeds or theme.positive_cues or theme.examples for theme in read.themes)
    assert all(theme.why_not_scored for theme in read.themes)
    assert read.id == "my_book"
    # A theme of the same name is not ours: its id is not one that the machine has learnt.
    assert not {theme.id for theme in read.themes} & {theme.id for theme in read_framework().themes}


def test_everything_else_is_as_it_ships_and_nothing_speaks_of_themes_that_are_gone(
    framework: Framework, write: Write
) -> None:
    read = read_framework(write(make_qdc(), "mine.qdc"))
    for field in ("labels", "dimensions", "items", "anchors", "scoring", "thresholds", "ladder", "facts"):
        assert getattr(read, field) == getattr(framework, field), field
    assert [flag for flag in framework.flags if not flag.themes] == list(read.flags)
    assert [border.id for border in framework.borders if not border.themes] == [border.id for border in read.borders]
    # Written down it is a file like any other, with the comments that explain the numbers.
    again = read_framework(write(read.source, "mine.toml"))
    assert again == read
    assert "# The likely range: Bayesian bootstrap" in read.source
    assert "mine.qdc" in read.source.partition("\n")[0]


@pytest.mark.parametrize("kind", ["qdc", "taguette", "csv"])
def test_our_own_themes_come_back_as_they_went(kind: str, framework: Framework, write: Write) -> None:
    ending = "qdc" if kind == "qdc" else "csv"
    read = read_framework(write(CODEBOOKS[kind](framework).decode(), f"back.{ending}"))
    assert read.themes == framework.themes
    assert (read.flags, read.borders) == (framework.flags, framework.borders)


@pytest.mark.parametrize("kind", ["qdc", "taguette"])
def test_themes_of_ones_own_come_back_as_they_went(kind: str, write: Write) -> None:
    mine = read_framework(write(make_qdc(), "mine.qdc"))
    ending = "qdc" if kind == "qdc" else "csv"
    back = read_framework(write(CODEBOOKS[kind](mine).decode(), f"mine.{ending}"))
    assert [(each.id, each.name, each.definition, each.negative) for each in back.themes] == [
        (each.id, each.name, each.definition, each.negative) for each in mine.themes
    ]


def test_some_of_our_themes_are_kept_with_all_that_hangs_on_them(framework: Framework, write: Write) -> None:
    """A codebook taken from coprod, cut down, and given codes of its own."""
    codes = CODEBOOKS["csv"](framework).decode().splitlines(keepends=True)
    kept = [line for line in codes[1:] if line.startswith(("trust,", "adversarial,", "tokenism,"))]
    read = read_framework(write("".join([codes[0], *kept, ",Parking,Where to leave the car\n"]), "cut.csv"))
    assert {theme.id for theme in read.themes} == {"trust", "adversarial", "tokenism", "parking"}
    trust = read.theme("trust")
    assert trust.feeds == framework.theme("trust").feeds
    assert set(trust.confusable_with) <= {theme.id for theme in read.themes}
    assert "RF12" in {flag.id for flag in read.flags}
    assert "RF09" not in {flag.id for flag in read.flags}
    assert "trust_or_battle" in {border.id for border in read.borders}


def test_taguettes_codebook_as_csv_and_as_a_workbook(write: Write, tmp_path: Path) -> None:
    rows = [("tag", "description", "number of highlights", "number of documents"), ("N\u00e4he", "Close by", 3, 1)]
    text = "\r\n".join(",".join(map(str, row)) for row in rows)
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "codebook.xlsx")
    for path in (write(text, "codebook.csv"), tmp_path / "codebook.xlsx"):
        theme = read_framework(path).themes[0]
        assert (theme.id, theme.name, theme.definition) == ("nahe", "N\u00e4he", "Close by")


def test_a_table_may_say_which_code_stands_under_which(write: Write) -> None:
    text = "Name;Parent;Description\nInner;Outer;within\nOuter;;around\nRound;Round;itself\n"
    names = [(theme.name, theme.definition) for theme in read_framework(write(text, "nested.csv")).themes]
    assert names == [("Outer", "around"), ("Outer: Inner", "within"), ("Round", "itself")]


def test_the_codebook_of_a_project_is_read(tmp_path: Path) -> None:
    data = io.BytesIO()
    project = f'<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes>{CODES}</Codes></CodeBook></Project>'
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("project.qde", project)
        archive.writestr("sources/a.txt", "Words of somebody")
    path = tmp_path / "mine.qdpx"
    path.write_bytes(data.getvalue())
    assert [theme.id for theme in read_framework(path).themes] == IDS


def test_a_code_called_as_a_heading_of_coprod_s_is_a_theme_like_any(write: Write) -> None:
    codes = code(1, "Questions") + code(2, "About the coding") + code(3, "Trust")
    names = [theme.name for theme in read_framework(write(make_qdc(codes), "mine.qdc")).themes]
    assert names == ["Questions", "About the coding", "Trust"]


def test_codes_go_by_the_names_that_people_know(write: Write) -> None:
    read = read_framework(write(make_qdc(), "mine.qdc"))
    coded = read_codes(
        write("id,theme\n1,Waiting: d\u00e9lais\n2,\u00c9COUTE & RESPECT\n3,\u4fe1\u4efb\n", "codes.csv"), read
    )
    assert [each.theme for each in coded.codes] == ["waiting_delais", "ecoute_respect", "theme_d1cd93"]


ENTITY = '<!DOCTYPE CodeBook [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        (make_qdc().replace("<CodeBook", f"{ENTITY}<CodeBook"), "a.qdc", "has a DTD"),
        (make_qdc()[:-9], "a.qdc", "not XML that can be read"),
        ("<html/>", "a.qdc", "no codebook in it"),
        (make_qdc(""), "a.qdc", "holds no code"),
        (make_qdc(code(1, "Alone", codable="false")), "a.qdc", "holds no code"),
        (make_qdc(code(1, " ")), "a.qdc", "a code without a name"),
        (make_qdc(code(1, "Same") + code(2, "SAME")), "a.qdc", "code 1 and code 2 are called alike"),
        (make_qdc("".join(code(n % 100, f"Code {n}") for n in range(301))), "a.qdc", "301 codes"),
        (make_qdc(code(1, "a" * 201)), "a.qdc", "more than 200 letters"),
        ("name,description\nJo Bloggs,\nJo Bloggs,\n", "a.csv", "code 1 and code 2 are called alike"),
        ("name,description\n,something\n", "a.csv", "row 2: there is a description but no name"),
        ("Frage,Antwort\n1,2\n", "a.csv", "no column 'name', 'tag' or 'code'"),
        ("name,description\n", "a.csv", "a.csv holds no code"),
        ("", "a.csv", "a.csv is empty"),
    ],
)
def test_what_is_no_codebook_is_told_without_a_word_of_it(text: str, name: str, what: str, write: Write) -> None:
    with pytest.raises(SettingsFileError) as told:
        read_framework(write(text, name))
    assert what in told.value.what
    assert told.value.hint
    assert "Bloggs" not in told.value.what + told.value.hint
