"""LimeSurvey's export in all its styles and languages, with its boxes, rankings, marks and unfinished forms."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.grid import Layout

Write = Callable[..., Path]
HOW_FAR = "How far did people really listen to what parents said?"
DONE, NOT_DONE = "2025-10-06 07:09:00", ""


def lay_out(rows: Sequence[Sequence[str]], given_headers: int = 0) -> tuple[str, Layout]:
    grid = Grid.of(rows, given_headers=given_headers)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid)


def kinds(layout: Layout) -> list[str]:
    return ["box" if heading.choice else str(heading.hint.kind) if heading.hint else "" for heading in layout.headings]


CODES = ["id", "submitdate", "lastpage", "startlanguage", "Role", "Ag2[SQ001]", "Ag2[SQ002]"]
TEXTS = [
    "Response ID", "Date submitted", "Last page", "Start language", "I am a...", f"Please tell us [{HOW_FAR}]",
    "Please tell us [Was it fair?]",
]  # fmt: skip
FORM = ["7", DONE, "3", "en", "Parent", "Mostly", "Completely"]


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        (CODES, ["Role", "Ag2[SQ001]"]),
        (TEXTS, ["I am a...", TEXTS[5]]),
        ([f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)], ["I am a...", TEXTS[5]]),
        ([f"{code} - {text}" for code, text in zip(CODES, TEXTS, strict=True)], ["I am a...", TEXTS[5]]),
        ([text if len(text) < 16 else f"{text[:15]}.. " for text in TEXTS], ["I am a...", "Please tell us .."]),
        ([text.replace(" ", "_") for text in TEXTS[:4]] + TEXTS[4:], ["I am a...", TEXTS[5]]),
        ([*CODES[:5], "Ag2_SQ001", "Ag2_SQ002"], ["Role", "Ag2_SQ001"]),
    ],
)
def test_limesurvey_in_its_styles_of_headings(header: list[str], texts: list[str]) -> None:
    name, layout = lay_out([header, FORM])
    assert (name, layout.header_rows, layout.first_row) == ("limesurvey", 1, 1)
    assert [heading.text for heading in layout.headings[4:6]] == texts
    assert kinds(layout) == ["metadata", "date", "metadata", "metadata", "", "", ""]


def test_limesurvey_codes_and_rows_are_kept_apart() -> None:
    both = [f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)]
    heading = lay_out([both, FORM])[1].headings[5]
    assert (heading.code, heading.stem, heading.part) == ("Ag2_SQ001", "Please tell us", HOW_FAR)
    assert heading.header == both[5]
    coded = lay_out([CODES, FORM])[1].headings[5]
    assert (coded.code, coded.stem, coded.part) == ("Ag2_SQ001", "Ag2", "SQ001")


@pytest.mark.parametrize(
    "own",
    [
        ["Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache"],
        ["ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ"],
        ["ID de respuesta", "Fecha de envío", "Última página", "Idioma inicial"],
        ["id. Antwort ID", "submitdate. Datum Abgeschickt", "lastpage. Letzte Seite", "startlanguage. Start-Sprache"],
    ],
)
def test_limesurvey_in_another_language(own: list[str]) -> None:
    rows = [[*own, *TEXTS[4:]], FORM, ["8", NOT_DONE, *FORM[2:]]]
    name, layout = lay_out(rows)
    assert name == "limesurvey"
    assert layout.unfinished is not None
    assert layout.unfinished.tolist() == [False, False, True]


@pytest.mark.parametrize("header", [CODES[4:], [f"{c}. {t}" for c, t in zip(CODES, TEXTS, strict=True)][4:]])
def test_limesurvey_is_known_by_its_codes_when_its_own_columns_are_deleted(header: list[str]) -> None:
    name, layout = lay_out([[*header, header[-1].replace("SQ002", "SQ003")], [*FORM[4:], "Partly"]])
    assert name == "limesurvey"
    assert layout.headings[1].part in (HOW_FAR, "SQ001")


def test_limesurvey_without_any_mark_of_its_own_is_read_as_a_plain_table() -> None:
    name, layout = lay_out([TEXTS[4:], FORM[4:]])
    assert name == "plain"
    assert (layout.headings[1].stem, layout.headings[1].part) == ("Please tell us", HOW_FAR)


def test_limesurvey_after_excel(write: Write, framework: Framework) -> None:
    header = [f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)]
    rows = [header, *([str(number), "06/10/2025 07:09", *FORM[2:]] for number in range(5))]
    survey = read_survey([write(rows)], framework)
    assert survey.sources[0].format == "limesurvey"
    assert survey.forms == 5
    assert lay_out(rows)[1].dates == ""
    assert lay_out([header, FORM])[1].dates == "iso"


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_limesurvey_bytes_with_mark_quotes_blank_last_line_and_nothing_for_null(
    write: Write, framework: Framework, between: str
) -> None:
    header = [f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)]
    rows = [header, *([str(number), *FORM[1:]] for number in range(1, 6)), ["6", "", "1", "en", "Parent", "", ""]]
    lines = [between.join(f'"{cell}"' for cell in row) for row in rows]
    # LimeSurvey writes nothing at all, not even quotes, for a question that was not reached.
    lines[-1] = between.join(['"6"', "", '"1"', '"en"', '"Parent"', '""', ""])
    survey = read_survey([write(("\ufeff" + "\r\n".join(lines) + "\r\n\r\n").encode())], framework)
    assert (survey.rows_read, survey.forms) == (6, 5)
    assert [notice.code for notice in survey.notices if notice.rows] == ["partial_rows"]
    assert set(survey.ratings["score"]) == {75, 100}


def test_limesurvey_forms_without_submit_date_are_unfinished_unless_no_form_has_one() -> None:
    layout = lay_out([CODES, FORM, ["8", NOT_DONE, *FORM[2:]], [""]])[1]
    assert layout.unfinished is not None
    assert layout.unfinished.tolist() == [False, False, True, False]
    assert lay_out([CODES, ["8", NOT_DONE, *FORM[2:]]])[1].unfinished is None


def test_limesurvey_anonymised_dates_are_no_dates() -> None:
    never = "1980-01-01 00:00:00"
    layout = lay_out([CODES, ["7", never, *FORM[2:]], ["8", never, *FORM[2:]], ["9", "", *FORM[2:]]])[1]
    assert kinds(layout)[1] == "metadata"
    assert layout.unfinished is not None
    assert layout.unfinished.tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("ways", "cells", "boxes"),
    [
        (["SQ001", "SQ002"], [["Y", ""], ["", "Y"]], True),
        (["SQ001", "SQ002", "other"], [["Yes", "No", ""], ["N/A", "N/A", ""]], True),
        (["SQ001", "SQ002"], [["Yes", "No"], ["No", "No"]], False),
        (["SQ001", "SQ002"], [["Y", "N"], ["N", "N"]], False),
    ],
)
def test_limesurvey_boxes_to_tick_and_questions_of_yes_and_no(
    ways: list[str], cells: list[list[str]], *, boxes: bool
) -> None:
    header = [*CODES[:4], *(f"Heard[{way}]" for way in ways)]
    layout = lay_out([header, *([*FORM[:4], *each] for each in cells)])[1]
    assert [heading.choice for heading in layout.headings[4:6]] == [boxes, boxes]
    assert kinds(layout)[6:] == ["unused"] * (len(ways) - 2)


def test_limesurvey_yes_and_no_are_boxes_where_the_question_asks_for_all_that_apply() -> None:
    asked = "How did you hear of it? Please choose all that apply"
    header = [*TEXTS[:4], f"{asked} [Letter]", f"{asked} [Other]"]
    layout = lay_out([header, [*FORM[:4], "Yes", "No"], [*FORM[:4], "N/A", "N/A"]])[1]
    assert kinds(layout)[4:] == ["box", "box"]


def test_limesurvey_other_is_a_choice_and_the_text_beside_it_is_not() -> None:
    rows = [[*CODES[:5], "Role[other]"], [*FORM[:4], "-oth-", "Volunteer driver"], [*FORM[:4], "A1", ""]]
    layout = lay_out(rows)[1]
    assert layout.columns[4].values == ("Role", "Other", "A1")
    assert kinds(layout)[5] == "unused"
    assert kinds(lay_out([[*TEXTS[:5], "Ich bin ... [Sonstiges]"], [*FORM[:5], "Fahrer"]])[1])[5] == "unused"


def test_limesurvey_dual_scales_nested_brackets_expressions_and_empty_questions() -> None:
    header = [*TEXTS[:4], "How was it [Talks][Importance]", "How far [Parents [all] were heard]"]
    header += ['Dear {if(is_empty({"A"}),"you","x")} what was good?', "How far [once] did it work", "x []"]
    headings = lay_out([header, [*FORM[:4], "a", "b", "c", "d", "e"]])[1].headings[4:]
    assert (headings[0].stem, headings[0].part) == ("How was it [Importance]", "Talks")
    assert (headings[1].stem, headings[1].part) == ("How far", "Parents [all] were heard")
    assert headings[2].text == "Dear what was good?"
    assert (headings[3].text, headings[3].part) == ("How far [once] did it work", "")
    assert headings[4].part == ""
    coded = [*CODES[:4], "Q[SQ001][1]", "Q[SQ001][2]", "Q[SQ002][1]"]
    parts = [(heading.stem, heading.part) for heading in lay_out([coded, [*FORM[:4], "1", "2", "3"]])[1].headings[4:]]
    assert parts == [("Q [1]", "SQ001"), ("Q [2]", "SQ001"), ("Q [1]", "SQ002")]
    assert headings[4].text == "x"
    nameless = lay_out([["id. Response ID", "submitdate. Date submitted", "G0. "], ["1", DONE, "a"]])[1]
    assert nameless.headings[2].text == "G0"


def test_limesurvey_rankings_are_known_from_grids_numbered_alike() -> None:
    header = [*CODES[:4], "Rank[1]", "Rank[2]"]
    ranked = [[*FORM[:4], "Trust", "Lunch"], [*FORM[:4], "Lunch", "Trust"], [*FORM[:4], "", ""]]
    layout = lay_out([header, *ranked])[1]
    assert kinds(layout)[4:] == ["unused", "unused"]
    assert layout.headings[4].hint is not None
    assert "ranking" in layout.headings[4].hint.why
    rated = [[*FORM[:4], "Agree", "Agree"], [*FORM[:4], "Agree", "Disagree"]]
    assert kinds(lay_out([header, *rated])[1])[4:] == ["", ""]


def test_limesurvey_not_asked_is_blank_and_masked_sums_are_themselves_again() -> None:
    rows = [[*CODES[:4], "Quote", "Words"], [*FORM[:4], "Yes", "N/A"], [*FORM[:4], "N/A", "'=) it was fun"]]
    quote, words = lay_out(rows)[1].columns[4:6]
    assert quote.values == ("Quote", "Yes", "")
    assert words.values == ("Words", "N/A", "=) it was fun")


def test_limesurvey_answers_as_records_and_as_spss_keep_codes_apart(write: Write, framework: Framework) -> None:
    name, layout = lay_out([CODES, TEXTS, FORM], given_headers=2)
    assert (name, layout.first_row) == ("limesurvey", 2)
    assert (layout.headings[5].code, layout.headings[5].part) == ("Ag2_SQ001", HOW_FAR)
    form = ", ".join(f'"{key}": "{cell}"' for key, cell in zip(TEXTS, FORM, strict=True))
    json = '{"responses": [{"7": {%s}}, {"8": {%s}}]}' % (form, form.replace(DONE, ""))  # noqa: UP031  # braces all over
    survey = read_survey([write(json, "results.json")], framework)
    assert survey.sources[0].format == "limesurvey"
    assert (survey.rows_read, survey.forms) == (2, 1)


def test_limesurvey_times_and_participants_are_no_questions() -> None:
    header = [*CODES[:4], "token", "firstname", "email", "interviewtime", "groupTime12", "questionTime7"]
    own = [*FORM[:4], "HM-101", "Jo", "jo@example.org", "61.2", "3.1", "2"]
    assert kinds(lay_out([header, own])[1])[4:] == ["person", *["metadata"] * 5]


def test_limesurvey_with_one_column_of_its_own_left_or_saved_by_r() -> None:
    name, layout = lay_out([["id. Response ID", "T01. Was it fair?", "T02. Was it open?"], ["7", "Agree", "Disagree"]])
    assert name == "limesurvey"
    assert [(each.text, each.code) for each in layout.headings[1:]] == [
        ("Was it fair?", "T01"),
        ("Was it open?", "T02"),
    ]
    dotted = [*CODES[:4], "Who.SQ001.", "Who.other.", "Q.SQ002..1."]
    headings = lay_out([dotted, [*FORM[:4], "Y", "", "4"]])[1].headings[4:]
    assert [(each.stem, each.part) for each in headings] == [("Who", "SQ001"), ("Who", "other"), ("Q [1]", "SQ002")]


def test_limesurvey_texts_above_codes() -> None:
    name, layout = lay_out([TEXTS, CODES, FORM])
    assert (name, layout.header_rows, layout.first_row) == ("limesurvey", 2, 2)
    assert (layout.headings[5].code, layout.headings[5].part) == ("Ag2_SQ001", HOW_FAR)
