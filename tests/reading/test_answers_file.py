"""A table of answers is read by the names of its columns, in its order, from any text file or workbook."""

import io

import openpyxl
import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading import AnswerRow, read_answers

CSV = b'id,text,question,role\n7,"They listened, at last",q1,Mum\n3,,q2,SENCO\n,,,\n5,Nothing changed,q1,Tree surgeon\n'


def test_rows_keep_the_order_of_the_file() -> None:
    read = read_answers(CSV, "answers.csv", "text", "id", "question", "role")
    assert read.rows == (
        AnswerRow("7", "They listened, at last", "q1", "parent", 2),
        AnswerRow("3", "", "q2", "practitioner", 3),
        AnswerRow("5", "Nothing changed", "q1", "other", 5),
    )
    assert {notice.code: notice.rows for notice in read.notices} == {"empty_rows": 1, "role_unknown_answers": 0}
    assert len(read.sha256) == 64


def test_question_role_and_id_may_be_missing() -> None:
    read = read_answers(b"Text\tx\nFine\t1\nGood\t2\n", "-", "text", "", "", "")
    assert read.rows == (AnswerRow("1", "Fine", "", "other", 2), AnswerRow("2", "Good", "", "other", 3))
    assert read.notices == ()


def test_a_workbook_through_a_pipe_is_read_by_what_it_is() -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(["Nr", "What was good?"])
    book["Sheet"].append([1, "They listened"])
    out = io.BytesIO()
    book.save(out)
    read = read_answers(out.getvalue(), "-", "what was good", "Nr", "", "")
    assert read.rows == (AnswerRow("1", "They listened", "", "other", 2),)


def test_a_missing_column_is_told_with_those_there_are() -> None:
    with pytest.raises(UnreadableSurveyError, match="no column 'words'") as told:
        read_answers(CSV, "answers.csv", "words", "id", "", "")
    assert told.value.hint == "Its columns are: 'id', 'text', 'question', 'role'."


@pytest.mark.parametrize("data", [b"", b"id,text\n", b"\x89PNG1234"])
def test_files_without_answers_are_told(data: bytes) -> None:
    with pytest.raises(UnreadableSurveyError):
        read_answers(data, "answers.csv", "text", "id", "", "")
