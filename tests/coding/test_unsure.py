import pytest

from coprod_cli.coding import note_unsure
from coprod_cli.model.tables import Mention, table


def told(unsure: int, least: int) -> list[str]:
    mentions = [
        Mention(f"r{place}", "q1", "trust", "negative", "project", 0.6, 0, 4, "cues", unsure=place < unsure)
        for place in range(9)
    ]
    return [notice.in_full for notice in note_unsure(table(mentions, Mention), least, "coprod review SURVEY")]


@pytest.mark.parametrize(
    ("unsure", "least", "said"),
    [
        (7, 5, "7 codes are marked unsure"),
        (5, 5, "5 codes are marked unsure"),
        (4, 5, "Fewer than 5 codes are marked unsure"),
        (1, 1, "1 code is marked unsure"),
    ],
)
def test_how_many_codes_are_unsure_is_told_unless_they_are_few(unsure: int, least: int, said: str) -> None:
    (message,) = told(unsure, least)
    assert message.startswith(said)
    assert message.endswith("coprod review SURVEY --only unsure")
    # The number of all codes could tell a count that is withheld.
    assert "9" not in message


def test_nothing_is_told_where_the_machine_is_sure_of_all() -> None:
    assert told(0, 5) == []
