"""Nobody is quoted who did not say a plain yes to being quoted without their name."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey, SurveyColumn
from coprod_cli.reading import read_mapping, read_survey
from coprod_cli.reading.consent import read_consent
from coprod_cli.reading.mapping_text import write_mapping

Write = Callable[..., Path]
WORDS = "What was good?"
ASKED = "May we quote your words without your name?"


def ask(write: Write, framework: Framework, asked: Sequence[str], given: Sequence[Sequence[str]]) -> Survey:
    rows = [[f"P{number:02}", f"They listened to all {number} of us", *cells] for number, cells in enumerate(given)]
    return read_survey([write([["Participant code", WORDS, *asked], *rows])], framework)


def list_quoted(survey: Survey) -> list[int]:
    """The numbers of the forms whose words may be quoted."""
    answers = survey.responses.merge(survey.answers, on="response")
    return sorted(int(words.split()[-3]) for words in answers.loc[answers["consent"], "words"])


def find_column(survey: Survey, header: str) -> SurveyColumn:
    return next(column for column in survey.sources[0].columns if column.header == header)


def list_codes(survey: Survey) -> set[str]:
    return {notice.code for notice in survey.notices}


@pytest.mark.parametrize(
    "header",
    [
        ASKED, "May we quote your words?", "Can we quote you anonymously?", "Consent to quote", "Permission to quote",
        "I consent to being quoted", "Are you happy for us to use your comments in our report?",
        "7. Are you happy to be quoted?", "I am happy for you to quote my words without my name", "quote_consent",
    ],
)  # fmt: skip
def test_plain_questions_are_consent_beyond_doubt(header: str, write: Write, framework: Framework) -> None:
    survey = ask(write, framework, [header], [["Yes"], ["No"], ["Yes"], [""]])
    column = find_column(survey, header)
    assert (column.kind, column.certainty >= 0.8) == ("consent", True), column.why
    assert list_quoted(survey) == [0, 2]


@pytest.mark.parametrize(
    "header",
    [
        "I understand that my words may be quoted", "Can your words be shared?", "Consent",
        "Do you agree to our using your comments on posters?", "May we quote you? Your name will not be used.",
        "Is it OK to quote you?", "I agree that my anonymised comments may be used in reports", "Quote: yes/no",
        "You can quote my words, but not my child's name",
        "May we use what you said in quotes (you will not be named)?", "May we quote you, with or without your name?",
    ],
)  # fmt: skip
def test_other_questions_about_quoting_are_shown_for_checking(header: str, write: Write, framework: Framework) -> None:
    survey = ask(write, framework, [header], [["Yes"], ["No"], ["Yes"]])
    column = find_column(survey, header)
    assert column.kind == "consent", column.why
    assert column.certainty < 0.8
    assert list_quoted(survey) == [0, 2]


@pytest.mark.parametrize(
    "header",
    [
        "I do not want my words to be quoted", "I don't want my comments to be used",
        "Do you object to your words being quoted anonymously?", "Opt out of being quoted",
        "I would prefer you not to quote my words", "I do not consent to being quoted", "Please do not quote me",
        "Would you prefer us not to quote your words?",
    ],
)  # fmt: skip
def test_a_yes_to_not_being_quoted_is_a_no(header: str, write: Write, framework: Framework, tmp_path: Path) -> None:
    given = [["Yes"], ["No"], [""], ["Yes, please"], ["No, unless I say so"]]
    survey = ask(write, framework, [header], given)
    column = find_column(survey, header)
    assert column.kind == "consent", column.why
    assert column.certainty < 0.8
    assert "a yes is taken for a no" in column.why
    assert list_quoted(survey) == [1]
    assert "consent_unclear" in list_codes(survey)
    # The mapping file that coprod writes means the same, also for an answer that it has not seen.
    mapping = tmp_path / "map.toml"
    mapping.write_text(write_mapping(survey, framework), encoding="utf-8")
    again = write([["Participant code", WORDS, header], ["P1", "They listened to all 1 of us", "Yes thanks"]], "b.csv")
    assert not read_survey([again], framework, read_mapping(mapping)).responses["consent"].any()
    assert list_quoted(read_survey([tmp_path / "survey.csv"], framework, read_mapping(mapping))) == [1]


def test_an_empty_box_for_opting_out_is_no_consent(write: Write, framework: Framework) -> None:
    survey = ask(write, framework, ["Please tick if you do NOT want to be quoted"], [["Yes"], [""], [""], ["Yes"]])
    assert list_quoted(survey) == []
    assert any(notice.code == "consent_unclear" and "2 forms" in notice.message for notice in survey.notices)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("We may quote your words unless you tick here", '"Yes" = "no"'),
        ("Please tick if you do not object to being quoted", '"Yes" = "no"'),
        ("Do you mind if we quote your words?", '"Yes" = "no"'),
        ("Would you rather we withheld your words from quotes?", '"Yes" = "no"'),
        ("Tick to be left out of quotes", '"Yes" = "no"'),
        ("Tick here to stop us quoting you", '"Yes" = "no"'),
        ("I would like to remain anonymous in any quotes", '"Yes" = "no"'),
        ("Delete my comments from your quotes", '"Yes" = "no"'),
        ("Quotes in the newsletter were fair", "not of leave to quote"),
        ("May we quote your child?", "somebody else"),
        ("What may we quote?", "yes or no"),
        ("Have you been quoted before?", "what has been quoted"),
        ("May we contact you about quotes?", "contacted"),
        ("Would you like to see any quotes before we use them?", "asked first"),
        ("Can we use your words in a private report to the council only?", "not published"),
        ("May we share your answers with the council?", "not published"),
        ("Are you happy for us to use your answers for research?", "not published"),
        ("Can we quote you, with your name?", "with the name"),
        ("May we quote your words with your name?", "with the name"),
        ("May your words be attributed to you in quotes?", "with the name"),
    ],
)
def test_what_is_no_consent_to_quote_without_the_name_quotes_nobody(
    header: str, why: str, write: Write, framework: Framework
) -> None:
    survey = ask(write, framework, [header], [["Yes"], ["No"], ["Yes"]])
    column = find_column(survey, header)
    assert column.kind == "unused", column.why
    assert why in column.why
    assert 'kind = "consent"' in column.why
    assert list_quoted(survey) == []
    assert "consent_missing" in list_codes(survey)


@pytest.mark.parametrize("header", ["Could you use your own words in the meetings?", "I was happy to share comments"])
def test_questions_about_speaking_up_are_no_consent(header: str, write: Write, framework: Framework) -> None:
    survey = ask(write, framework, [header], [["Yes"], ["No"], ["Yes"]])
    assert find_column(survey, header).kind != "consent"
    assert list_quoted(survey) == []


@pytest.mark.parametrize(
    "cell",
    [
        "Yes", "yes.", "YES!", "Yes please", "Yes, please", "Y", "OK", "Yes - anonymously", "Yes, you may quote me",
        "yes, that's fine", "Yes, without my name", "I agree", "I consent", "I agree to be quoted",
        "Happy to be quoted",
        "You may use my words", "\u2713", "1", "x", "True", "Ticked",
    ],
)  # fmt: skip
def test_a_plain_yes(cell: str) -> None:
    assert read_consent(cell) is True


@pytest.mark.parametrize(
    "cell",
    [
        "Yes if you ask me first", "Yes, but not about my child", "Yes, only in the internal report",
        "Yes when I have seen it",
        "Yes please, not with the council", "Yes, unless it is about the school",
        "Yes - ask first", "Yes - with changes", "Yes, with my name", "I consent to take part only", "Maybe",
        "Only in the internal report", "I do not agree to this",
    ],
)  # fmt: skip
def test_a_yes_with_a_condition_is_neither(cell: str) -> None:
    assert read_consent(cell) is None


@pytest.mark.parametrize("cell", ["No", "no!", "No thank you", "", " ", "0", "Not sure", "Disagree", "No, never"])
def test_a_no_or_nothing(cell: str) -> None:
    assert read_consent(cell) is False


@pytest.mark.parametrize("turn", [1, -1])
def test_of_several_questions_about_quoting_none_outweighs_another(
    turn: int, write: Write, framework: Framework
) -> None:
    asked = [ASKED, "Are you happy for us to use your comments in our report?"][::turn]
    given = [["Yes", "Yes"], ["Yes", "No"], ["No", "Yes"], ["No", "No"], ["Yes", ""]]
    survey = ask(write, framework, asked, [row[::turn] for row in given])
    assert list_quoted(survey) == [0, 4]
    assert any(notice.code == "consent_differs" and "2 forms" in notice.message for notice in survey.notices)


@pytest.mark.parametrize("turn", [1, -1])
def test_quoting_with_the_name_is_another_consent(turn: int, write: Write, framework: Framework) -> None:
    asked = ["May we quote your words with your name?", ASKED][::turn]
    given = [["Yes", "No"], ["No", "Yes"], ["Yes", "Yes"]]
    assert list_quoted(ask(write, framework, asked, [row[::turn] for row in given])) == [1, 2]


@pytest.mark.parametrize("later", [1, 0])
def test_a_no_on_one_form_holds_for_all_forms_of_the_person(later: int, write: Write, framework: Framework) -> None:
    header = ["Participant code", "Date", "Project", WORDS, ASKED]
    others = [[f"P{number:02}", "2026-03-02", "Buses", f"It was good for {number}", "Yes"] for number in range(20)]
    more = [
        ["P03", "2026-04-02" if later else "2026-02-02", "Buses", "", "No"],
        ["P04", "2026-04-02", "Respite", "They rang me back", "No"],
        ["P05", "2026-04-02", "Respite", "They wrote to me", ""],
    ]
    survey = read_survey([write([header, *others, *(more if later else more[::-1])])], framework)
    answers = survey.responses.merge(survey.answers, on="response").set_index("words")["consent"]
    assert [bool(answers[f"It was good for {number}"]) for number in (2, 3, 4, 5)] == [True, True, False, True]
    assert not answers["They rang me back"]
    assert not answers["They wrote to me"]
