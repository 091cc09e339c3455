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


def test_both_engines_are_measured_on_the_same_answers() -> None:
    reports = [coder_report(engine) for engine in sorted(ENGINES)]
    assert len({(report.answers, report.writers) for report in reports}) == 1


def test_an_unmeasured_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        coder_report("oracle")
    assert "cues, fast, trained" in raised.value.hint
