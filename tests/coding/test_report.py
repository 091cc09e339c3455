import math
import re

import pytest

from coprod_cli.coding import ENGINES, coder_report
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_every_engine_is_measured_on_every_theme(engine: str, framework: Framework) -> None:
    assert {theme.theme for theme in coder_report(engine).themes} == {theme.id for theme in framework.themes}


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_a_report_says_how_it_was_measured_and_who_made_the_labels(engine: str) -> None:
    how = coder_report(engine).how_measured
    assert "made up by language models" in how
    assert "likely to be lower" in how
    # Numbers stand beside these words wherever they are printed.
    assert not re.search(r"\d", how)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_what_enters_a_score_is_measured_by_itself(engine: str) -> None:
    report = coder_report(engine)
    assert 0 < report.whole_code_f1_low <= report.whole_code_f1 <= report.whole_code_f1_high < report.micro_f1
    assert 0 < report.plain_question_f1 < 1
    assert 0 <= report.stance_swayed < 0.15
    for theme in report.themes:
        assert -1 <= theme.verdict_low <= theme.verdict_alpha <= 1


@pytest.mark.parametrize(
    ("engine", "chosen"),
    [
        ("fast", ("cut-offs were set", "weights of the kinds of features", "cue phrases of the codebook were learnt")),
        (
            "trained",
            (
                "cut-offs were set",
                "weights of the kinds of features",
                "cue phrases of the codebook were learnt",
                "share of each of its two readers",
                "lengths of teaching",
            ),
        ),
    ],
)
def test_everything_chosen_on_the_measured_writers_is_owned_up_to(engine: str, chosen: tuple[str, ...]) -> None:
    how = coder_report(engine).how_measured
    for words in (*chosen, "chosen on these very writers", "slightly too good"):
        assert words in how


def test_how_often_it_is_right_where_it_is_sure_is_reported_where_it_was_measured() -> None:
    fast, cues = coder_report("fast"), coder_report("cues")
    assert fast.sure_precision > sum(each.precision * each.cases for each in fast.themes) / sum(
        each.cases for each in fast.themes
    )
    assert 0 < fast.unsure_share < 0.5
    assert 0 < fast.calibration_error_of_named < 0.1
    for measured in (cues.sure_precision, cues.unsure_share, cues.calibration_error_of_named):
        assert math.isnan(measured)


def test_both_engines_are_measured_on_the_same_answers() -> None:
    reports = [coder_report(engine) for engine in sorted(ENGINES)]
    assert len({(report.answers, report.writers) for report in reports}) == 1


def test_an_unmeasured_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        coder_report("oracle")
    assert "cues, fast, trained" in raised.value.hint
