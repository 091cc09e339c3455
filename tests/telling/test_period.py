import pytest

from coprod_cli.telling import say_period


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (("2026-03", "2026-03"), "March 2026"),
        (("2026-03", "2026-05"), "March to May 2026"),
        (("2025-11", "2026-01"), "November 2025 to January 2026"),
        (("", ""), ""),
    ],
)
def test_a_period_is_said_in_months(period: tuple[str, str], words: str) -> None:
    assert say_period(period) == words
