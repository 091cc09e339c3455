"""Whether a learnt coder is better than the shipped one is never told more surely than answers left out allow."""

import pytest

from coprod_cli.coding import coder_report
from coprod_cli.model.learning import BY_PERSON, Beside, Gain, Learnt
from coprod_cli.reporting.story_of_learning import say_beside

GAIN = Gain(32, 64, 0.0, 0.0, 0.0)


def make(answers: int, low: float, high: float) -> Learnt:
    beside = Beside(5, answers, 0.7, 0.6, 0.8, 0.69, 0.6, 0.8, (low + high) / 2, low, high)
    return Learnt(coder_report("cues"), (), BY_PERSON, 40, 80, 8, 0, (), GAIN, beside=beside)


@pytest.mark.parametrize(
    ("answers", "low", "high", "told"),
    [
        (80, 0.01, 0.1, "Likely yes."),
        (80, -0.1, -0.01, "Likely not."),
        (80, -0.04, 0.05, "About as good."),
        (80, -0.06, 0.09, "There are not enough answers to say."),
        (59, 0.01, 0.1, "There are not enough answers to say."),
    ],
)
def test_the_verdict_follows_the_whole_range(answers: int, low: float, high: float, told: str) -> None:
    said = say_beside(make(answers, low, high))
    assert said.startswith(told)
    assert f"(likely range {low:+.2f} to {high:+.2f}), on {answers} answers" in said
