from dataclasses import replace

import pytest

from coprod_cli.model.survey import ColumnKind, Question, Survey
from coprod_cli.model.tables import Answer, Rating, Response, table
from coprod_cli.protecting import mask_survey

WORDS = ("my son Jareth, 07700 900456, is ten", "then brindlewick rang from Stowbridge", "nothing to say")


@pytest.fixture
def survey() -> Survey:
    answers = [Answer(f"r{number}", "went_well", words, words) for number, words in enumerate(WORDS)]
    answers.append(Answer("r0", "any_other", WORDS[0], WORDS[0]))
    return Survey(
        responses=table(
            [Response(f"r{number}", f"p{number}", "parent", "Hexley Hub", "", True, 1.0) for number in range(3)],
            Response,
        ),
        answers=table(answers, Answer),
        ratings=table([], Rating),
        questions=(Question("went_well", "What did Mrs Dunnock do well in Leicester?", ColumnKind.OPEN),),
        sources=(),
        rows_read=3,
        forms=3,
        private_words=frozenset({"Ada Brindlewick"}),
    )


def test_every_answer_is_masked_and_the_words_as_written_stay(survey: Survey) -> None:
    masked = mask_survey(survey)
    assert dict(zip(masked.answers["words"], masked.answers["masked"], strict=True)) == {
        WORDS[0]: "my son [name], [phone], is ten",
        WORDS[1]: "then [name] rang from [place]",
        WORDS[2]: WORDS[2],
    }


def test_a_project_keeps_its_place_and_a_question_loses_its_people(survey: Survey) -> None:
    masked = mask_survey(survey)
    assert set(masked.responses["project"]) == {"Hexley Hub"}
    assert masked.questions[0].text == "What did Mrs [name] do well in Leicester?"


def test_names_from_dropped_columns_matter_only_where_the_survey_holds_them(survey: Survey) -> None:
    without = mask_survey(replace(survey, private_words=frozenset()))
    assert "then brindlewick rang from [place]" in set(without.answers["masked"])


def test_the_names_of_dropped_columns_do_not_show_when_a_survey_is_printed(survey: Survey) -> None:
    assert "Brindlewick" not in repr(survey)
