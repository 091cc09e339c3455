"""What inspect says of a survey in a few lines."""

from coprod_cli.cli.overview import sum_up_rows
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Rating, Response, table


def test_headers_of_the_mapping_file_that_are_no_more_are_shown_with_what_they_may_be_now() -> None:
    empty = table([], Response), table([], Answer), table([], Rating)
    gone = (("Was it\nfair?", "Was it fair to you?"), ("Which hat?", ""), ("Say " * 30, ""))
    lines = list(sum_up_rows(Survey(*empty, (), (), 0, 0, unfit=gone)))
    assert lines[-4:-1] == [
        "Named in the mapping file, but in no survey file:",
        "  Was it fair?: perhaps it is now Was it fair to you?",
        "  Which hat?",
    ]
    assert lines[-1].endswith("…")
    assert not any("mapping file" in line for line in sum_up_rows(Survey(*empty, (), (), 0, 0)))
