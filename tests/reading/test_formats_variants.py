"""Qualtrics, SurveyMonkey, Google Forms and Microsoft Forms in the variants that they and their users make."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.grid import Heading, Layout

Write = Callable[..., Path]
Cells = list[list[str]]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def lay_out(rows: Sequence[Sequence[str]], given_headers: int = 0) -> tuple[str, Layout]:
    grid = Grid.of(rows, given_headers=given_headers)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid)


def parts(headings: Sequence[Heading]) -> list[tuple[str, str, bool]]:
    return [(heading.stem, heading.part, heading.choice) for heading in headings]


def whys(headings: Sequence[Heading]) -> list[str]:
    return [heading.hint.why if heading.hint else "" for heading in headings]


# Qualtrics


def make_qualtrics(columns: Sequence[tuple[str, str, str]], body: Cells) -> Cells:
    """Columns as code, text and what stands behind ImportId; every form finished and sent."""
    own = [("StartDate", "Start Date", "startDate"), ("Finished", "Finished", "finished")]
    own.append(("ResponseId", "Response ID", "_recordId"))
    codes, texts, imports = zip(*own, *columns, strict=True)
    head = [list(codes), list(texts), [f'{{"ImportId":"{each}"}}' for each in imports]]
    return [*head, *(["2025-10-06 07:00:00", "True", f"R_{number}", *row] for number, row in enumerate(body))]


def lay_out_qualtrics(columns: Sequence[tuple[str, str, str]], body: Cells) -> list[Heading]:
    name, layout = lay_out(make_qualtrics(columns, body))
    assert name == "qualtrics"
    return list(layout.headings[3:])


def test_qualtrics_loops_are_turns_of_one_question() -> None:
    columns = [
        ("1_Q5", "How far?", "1_QID21"), ("1_Q6", "What was good?", "1_QID22_TEXT"),
        ("2_Q5", "How far?", "2_QID21"), ("2_Q6", "What was good?", "2_QID22_TEXT"),
    ]  # fmt: skip
    headings = lay_out_qualtrics(columns, [["Mostly", "x", "Partly", "y"]])
    assert [(each.block, each.code, each.text) for each in headings] == [
        ("1", "Q5", "How far?"), ("1", "Q6", "What was good?"), ("2", "Q5", "How far?"), ("2", "Q6", "What was good?"),
    ]  # fmt: skip


def test_qualtrics_loops_are_called_by_the_words_before_their_questions() -> None:
    columns = [
        (f"{turn}_Q{number}", f"{project} - {text}", f"{turn}_QID{number}")
        for turn, project in ((1, "Short breaks"), (2, "Transport"))
        for number, text in ((5, "How far - Heard?"), (6, "What was good?"))
    ]
    headings = lay_out_qualtrics(columns, [["Mostly", "x", "Partly", "y"]])
    assert [(each.block, each.text, each.stem, each.part) for each in headings] == [
        (project, *rest)
        for project in ("Short breaks", "Transport")
        for rest in (("How far - Heard?", "How far", "Heard?"), ("What was good?", "What was good?", ""))
    ]


def test_qualtrics_multi_selects_in_their_shapes() -> None:
    columns = [
        ("Q6_1", "Which ways? - Selected Choice - Letter", 'QID6","choiceId":"1'),
        ("Q6_2", "Which ways? - Selected Choice - Other (please say)", 'QID6","choiceId":"2'),
        ("Q6_2_TEXT", "Which ways? - Other (please say) - Text", "QID6_2_TEXT"),
        ("Q7_1", "Who came? - Mum", "QID7_1"), ("Q7_2", "Who came? - Dad", "QID7_2"),
        ("Q8_1_1", "Who did what? - Mum - Letters", "QID8_1_1"), ("Q8_1_2", "Who did what? - Mum - Talks", "QID8_1_2"),
    ]  # fmt: skip
    body = [
        ["Letter", "", "", "1", "", "1", ""], ["", "Other (please say)", "By bus", "", "1", "", "1"],
        ["Letter", "", "", "1", "", "", "1"],
    ]  # fmt: skip
    headings = lay_out_qualtrics(columns, body)
    assert parts(headings[:2]) == [("Which ways?", "Letter", True), ("Which ways?", "Other (please say)", True)]
    assert "beside" in whys(headings)[2]
    assert parts(headings[3:]) == [
        ("Who came?", "Mum", True), ("Who came?", "Dad", True),
        ("Who did what? - Mum", "Letters", True), ("Who did what? - Mum", "Talks", True),
    ]  # fmt: skip


def test_qualtrics_a_grid_in_which_everybody_ticked_one_is_no_multi_select() -> None:
    columns = [("Q7_1", "How far? - Heard", "QID7_1"), ("Q7_2", "How far? - Fair", "QID7_2")]
    assert not any(each.choice for each in lay_out_qualtrics(columns, [["1", "1"]] * 5))


def test_qualtrics_side_by_side_rankings_and_what_machines_add() -> None:
    columns = [
        ("Q22#1_1", "The work - Now - Heard", "QID22#1_1"), ("Q22#1_2", "The work - Now - Fair", "QID22#1_2"),
        *((f"Q9_{n}", f"Put in order - {item}", f"QID9_{n}") for n, item in enumerate(("time", "money", "trust"), 1)),
        ("Q2 - Topics", "Q2 - Topics", "QID2_TEXT_topics"), ("Q3_Page Submit", "Timing - Page Submit", "QID3_SUBMIT"),
        ("SC0", "Score", "SC_1"), ("Q_RecaptchaScore", "Q_RecaptchaScore", "Q_RecaptchaScore"),
    ]  # fmt: skip
    orders = [["1", "2", "3"], ["3", "1", "2"], ["2", "3", "1"]]
    headings = lay_out_qualtrics(
        columns, [["Mostly", "Partly", *order, "Lunch", "3.2", "7", "0.9"] for order in orders]
    )
    assert parts(headings[:2]) == [("The work - Now", "Heard", False), ("The work - Now", "Fair", False)]
    assert all("ranking" in why for why in whys(headings)[2:5])
    assert {each.hint.kind for each in headings[5:] if each.hint} == {ColumnKind.METADATA}


def test_qualtrics_numbers_for_seen_but_not_answered_are_blank() -> None:
    rows = make_qualtrics([("Q1", "How far?", "QID1")], [["-99"], ["4"]])
    layout = lay_out(rows)[1]
    assert [layout.columns[3].values[code] for code in layout.columns[3].codes][3:] == ["", "4"]


def test_qualtrics_own_columns_are_known_by_their_import_ids_when_the_codes_are_gone() -> None:
    rows = make_qualtrics([("Q1", "Wie weit?", "QID1")], [["Mostly"], ["Partly"]])
    rows[4][1] = "False"
    name, layout = lay_out([["Anfang", "Beendet", "Antwort-ID", "Wie weit?"], *rows[2:]])
    assert name == "qualtrics"
    assert [heading.hint is not None for heading in layout.headings] == [True, True, True, False]
    assert layout.unfinished is not None
    assert layout.unfinished.tolist() == [False, False, False, True]


def test_qualtrics_dates_are_known_until_a_spreadsheet_rewrites_them() -> None:
    rows = make_qualtrics([("Q1", "How far?", "QID1")], [["Mostly"]])
    assert lay_out(rows)[1].dates == "iso"
    rows[3][0] = "06/10/2025 07:00"
    assert lay_out(rows)[1].dates == ""


def test_qualtrics_records_have_names_alone() -> None:
    rows = [
        ["StartDate", "EndDate", "ResponseId", "QID1"],
        ["2025-10-06T07:00:00Z", "2025-10-06T07:09:00Z", "R_1", "4"],
    ]
    name, layout = lay_out(rows, given_headers=1)
    assert (name, layout.first_row, layout.headings[3].text) == ("qualtrics", 1, "QID1")


# SurveyMonkey


OWN = ["Respondent ID", "Collector ID", "Start Date", "End Date"]
WHEN = ["118", "43", "2025-10-06 07:00:00", "2025-10-06 07:09:00"]
BLANK = [""] * 4


def lay_out_surveymonkey(top: list[str], below: list[str], body: Cells) -> list[Heading]:
    name, layout = lay_out([[*OWN, *top], [*BLANK, *below], *([*WHEN, *row] for row in body)])
    assert name == "surveymonkey"
    return list(layout.headings[4:])


def test_surveymonkey_condensed_and_expanded_choices() -> None:
    top = ["Which ways?", "", "", "Who are you?", "", "Words"]
    below = ["Letter", "Meeting", "Other (please specify)", "Mum", "Dad", "Open-Ended Response"]
    body = [["Letter", "", "", "Mum", "", "a"], ["Letter", "Meeting", "By bus", "", "Dad", "b"]]
    headings = lay_out_surveymonkey(top, below, body)
    assert parts(headings) == [
        ("Which ways?", "Letter", True), ("Which ways?", "Meeting", True),
        ("Which ways?", "Other (please specify)", False),
        ("Who are you?", "Mum", True), ("Who are you?", "Dad", True), ("Words", "", False),
    ]  # fmt: skip
    assert "beside" in whys(headings)[2]


@pytest.mark.parametrize("marks", [("Mostly", "Partly"), ("1", "2"), ("4", "3")])
def test_surveymonkey_expanded_grids_are_a_question_each_row(marks: tuple[str, str]) -> None:
    top = ["How far?", "", "", ""]
    below = ["Heard - Mostly", "Heard - Partly", "Fair - in the end - Mostly", "Fair - in the end - Partly"]
    one, two = marks
    body = [[one, "", "", two], ["", two, one, ""], ["", two, "", two], [one, "", one, ""]]
    assert parts(lay_out_surveymonkey(top, below, body)) == [
        ("How far? - Heard", "Mostly", True), ("How far? - Heard", "Partly", True),
        ("How far? - Fair - in the end", "Mostly", True), ("How far? - Fair - in the end", "Partly", True),
    ]  # fmt: skip


def test_surveymonkey_a_rating_of_one_row_expanded() -> None:
    below = [" - 1", " - 2", " - 3"]
    body = [["1", "", ""], ["", "2", ""], ["", "", "3"]]
    assert parts(lay_out_surveymonkey(["How far?", "", ""], below, body)) == [
        ("How far?", "1", True), ("How far?", "2", True), ("How far?", "3", True),
    ]  # fmt: skip


def test_surveymonkey_condensed_grids_stay_grids_whatever_stands_in_their_rows() -> None:
    below = ["Planning - early", "Planning - late", "Doing - early", "Doing - late"]
    body = [["Mostly", "Partly", "Partly", "Mostly"], ["Partly", "Partly", "Mostly", "Mostly"]]
    headings = lay_out_surveymonkey(["How far?", "", "", ""], below, body)
    assert [each.part for each in headings] == below
    assert not any(each.choice for each in headings)


def test_surveymonkey_rankings_are_not_scored() -> None:
    below = ["time", "money", "trust"]
    body = [["1", "2", "3"], ["3", "1", "2"], ["2", "3", "1"], ["1", "", "2"]]
    assert all("ranking" in why for why in whys(lay_out_surveymonkey(["Put in order", "", ""], below, body)))


TOP = ["Role", "How far?", "Unnamed: 2", "Words"]
BELOW = ["Response", "Heard", "Fair", "Open-Ended Response"]
FORM = ["Mum", "Mostly", "Partly", "The lunch"]


@pytest.mark.parametrize(
    "rows",
    [
        [TOP, BELOW, FORM],
        [["Role", "How far?", "", "Words"], [], BELOW, FORM],
        [["Part one", "", "", ""], ["Role", "How far?", "", "Words"], [], BELOW, FORM],
        [["Role - Response", "How far? - Heard", "How far? - Fair", "Words - Open-Ended Response"], FORM],
    ],
)
def test_surveymonkey_after_pandas_with_blank_rows_and_flattened(rows: Cells) -> None:
    name, layout = lay_out(rows)
    assert name == "surveymonkey"
    assert parts(layout.headings) == [
        ("Role", "", False), ("How far?", "Heard", False), ("How far?", "Fair", False), ("Words", "", False),
    ]  # fmt: skip
    assert layout.first_row == len(rows) - 1


@pytest.mark.parametrize(
    ("when", "dates"),
    [
        ("2019-03-08 20:34:44", "iso"),
        ("04/25/2017 23:03:44", "month"),
        ("25/04/2017 23:03", ""),
        ("7/28/2022 18:15", ""),
    ],
)
def test_surveymonkey_dates(when: str, dates: str) -> None:
    rows = [[*OWN, "Role"], [*BLANK, "Response"], ["118", "43", when, when, "Mum"]]
    assert lay_out(rows)[1].dates == dates


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252"])
def test_surveymonkey_saved_again_on_a_mac_or_under_windows(encoding: str, write: Write, framework: Framework) -> None:
    words = "We weren\u2019t asked \u2013 \u201cnot now\u201d they said"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Role", "Words"], ["Response", "Open-Ended Response"], ["Parent", words]])
    survey = read_survey([write(out.getvalue().encode(encoding))], framework)
    assert survey.answers["words"].tolist() == [words]
    assert "encoding" in {notice.code for notice in survey.notices}


# Google Forms


@pytest.mark.parametrize(
    ("stamp", "dates"),
    [
        ("2026/05/20 1:43:01 PM GMT+1", "iso"),
        ("2023/02/11 7:10:31 PM AST", "iso"),
        ("29/10/2018 15:52:25", ""),
        ("8/20/2014 15:33:45", ""),
    ],
)
def test_google_forms_stamps(stamp: str, dates: str) -> None:
    name, layout = lay_out([["Timestamp", "E-mail Address", "Role"], [stamp, "a@example.org", "Mum"]])
    assert (name, layout.dates, layout.separator) == ("google_forms", dates, ", ")
    assert layout.headings[1].hint
    assert layout.headings[1].hint.kind is ColumnKind.METADATA


def test_google_forms_without_quoting_keeps_bare_quotation_marks(write: Write, framework: Framework) -> None:
    rows = ["Timestamp\tRole\tWhat was good?", '8/20/2014 15:33:45\tParent\t"Us" and them, at last we met']
    rows += [
        '8/20/2014 15:34:45\tParent\t"not closed and not cared for',
        "8/20/2014 15:35:45\tParent\tnothing at all here",
    ]
    survey = read_survey([write("\r\n".join(rows), "form.tsv")], framework)
    assert survey.forms == 3
    assert '"not closed and not cared for' in survey.answers["words"].tolist()


# Microsoft Forms


@pytest.mark.parametrize(
    "own",
    [
        ["ID", "Start time", "Completion time", "Email", "Name"],
        ["Id", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"],
        ["ID", "Heure de d\u00e9but", "Heure de fin", "Adresse de messagerie", "Nom"],
        ["ID", "Hora de inicio", "Hora de finalizaci\u00f3n", "Correo electr\u00f3nico", "Nombre"],
    ],
)
def test_microsoft_forms_in_other_languages(own: list[str]) -> None:
    name, layout = lay_out(
        [[*own, "Role"], ["1", "2025-10-06 07:00:00", "2025-10-06 07:09:00", "anonymous", "", "Mum"]]
    )
    assert (name, layout.dates, layout.separator) == ("microsoft_forms", "iso", ";")
    assert [heading.hint is not None for heading in layout.headings] == [True] * 5 + [False]


def test_microsoft_forms_rankings_and_ticked_choices() -> None:
    header = ["ID", "Start time", "Completion time", "Put in order", "Which ways?", "Comments", "Comments.1"]
    orders = ["a;b;c;", "b;a;c;", "c;a;b;", "a;b;c;"]
    rows = [
        [str(n), "", "", order, "Letter;Meeting;" if n else "Letter;", "x; y", ""] for n, order in enumerate(orders)
    ]
    headings = lay_out([header, *rows])[1].headings
    assert "ranking" in whys(headings)[3]
    assert whys(headings)[4:] == ["", "", ""]
    assert headings[6].text == "Comments"


def test_the_tools_own_columns_stay_out_of_every_sample_of_theirs(framework: Framework) -> None:
    for path in sorted(SAMPLES.glob("forum_survey_[gmqs]*")):
        columns = read_survey([path], framework).sources[0].columns
        kinds = {column.kind for column in columns if column.header in ("IPAddress", "IP Address", "Email", "Name")}
        assert kinds <= {ColumnKind.METADATA, ColumnKind.UNUSED}, path.name
