"""How many answers people checked, and how well the machine did on them, is told to everybody who reads the results."""

from dataclasses import replace
from math import nan

import pytest

from coprod_cli.model.checked import Checked, CheckedTheme
from coprod_cli.model.findings import Findings
from coprod_cli.reporting import OUTPUTS, Material, tell_screen
from coprod_cli.reporting.to_markdown import write_markdown

OVER_ALL = CheckedTheme("", 90, 70, 0.7, 0.6, 0.8, 0.65, 0.55, 0.75, 0.67, 0.6, 0.75)
CHECKED = Checked(180, 80, 5, ("anna",), (OVER_ALL,), drawn=60, effective=55)
FOUND = "the machine found 65% (likely range 55% to 75%) of the themes that people found"
RIGHT = "and people agreed with 70% (likely range 60% to 80%) of those that it named."


def tell(findings: Findings, checked: Checked) -> dict[str, str]:
    """The words of the screen, the forum's report and the page for everybody."""
    told = replace(findings, checked=checked)
    material = Material(told)
    return {
        "screen": write_markdown(tell_screen(told)).decode(),
        "report": OUTPUTS["report.html"](material).decode(),
        "summary": OUTPUTS["summary.md"](material).decode(),
    }


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (CHECKED, (f"A person checked about 80 of 180 answers. On about 60 answers drawn by lot, {FOUND}, {RIGHT}",)),
        (
            replace(CHECKED, rounded_to=1, by_hand=83, drawn=83, effective=0, coders=("anna", "ben")),
            ("People checked 83 of 180 answers.", f"On 83 answers that people coded, {FOUND}, {RIGHT}"),
        ),
        (replace(CHECKED, themes=(OVER_ALL._replace(precision=nan),)), (f"by lot, {FOUND}.",)),
        (
            replace(CHECKED, themes=(CheckedTheme("", 20, 12),)),
            ("How often the machine is right on them: not enough answers to say.",),
        ),
        (replace(CHECKED, drawn=0, themes=()), ("they were not drawn by lot, or not coded blind.",)),
    ],
)
def test_how_the_machine_did_on_what_people_coded_is_said_in_one_sentence(
    usual: Findings, checked: Checked, said: tuple[str, ...]
) -> None:
    is_measured = any(theme.recall > 0 for theme in checked.themes)
    told = tell(usual, checked)
    for words in told.values():
        for each in said:
            assert each in words
    assert "coprod report DIR --template research" in told["screen"]
    # What is known of this very survey stands in the place of what was measured on made-up answers.
    assert ("made-up answers" in told["summary"]) is not is_measured


def test_beside_an_earlier_report_only_that_some_were_checked_is_told(usual: Findings) -> None:
    for words in tell(usual, Checked(-1, -1, 5, ("anna",), drawn=-1)).values():
        assert "A person checked some of the answers." in words
        assert "drawn" not in words.partition("checked some of the answers")[2][:80]


def test_nothing_is_said_where_nobody_checked(usual: Findings) -> None:
    assert "--template research" not in tell(usual, Checked())["screen"]
