import pytest

from coprod_cli.coding import ENGINES, coder_report
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_every_engine_is_measured_on_every_theme(engine: str, framework: Framework) -> None:
    assert {theme.theme for theme in coder_report(engine).themes} == {theme.id for theme in framework.themes}


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_a_report_says_how_it_was_measured_and_who_made_the_labels(engine: str) -> None:
    report = coder_report(engine)
    assert f"{report.answers:,} made-up answers by {report.writers} writers" in report.how_measured
    assert "written by language models" in report.how_measured
    assert "likely to be lower" in report.how_measured


def test_both_engines_are_measured_on_the_same_answers() -> None:
    reports = [coder_report(engine) for engine in sorted(ENGINES)]
    assert len({(report.answers, report.writers) for report in reports}) == 1


def test_an_unmeasured_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError) as raised:
        coder_report("oracle")
    assert "cues, trained" in raised.value.hint
