import math

import pytest

from coprod_cli.model.findings import Findings
from coprod_cli.telling import say_sureness


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.7793, "about 8 in 10"), (0.85, "about 8 in 10"), (0.9593, "about 95 in 100"), (1.0, "about 100 in 100")],
)
def test_how_often_it_is_right_is_never_told_as_certain_unless_it_was(
    usual: Findings, share: float, words: str
) -> None:
    coder = usual.coder._replace(sure_precision=share, unsure_share=0.2502, calibration_error_of_named=0.0312)
    assert say_sureness(coder) == (
        f"Of what it is sure of, {words} are right about the theme; 25% of what it names is marked unsure, for a "
        "person to look at; its chances are off by 0.03 of 1 on average."
    )


def test_what_was_not_measured_is_said_not_to_be(usual: Findings) -> None:
    assert say_sureness(usual.coder) == "How often the machine is right where it is sure was not measured."
    coder = usual.coder._replace(sure_precision=0.8, unsure_share=0.25)
    assert math.isnan(coder.calibration_error_of_named)
    assert say_sureness(coder).endswith("by how much its chances are off was not measured.")
