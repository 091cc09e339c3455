"""What a person coded in an answer stands in place of what the machine made of it, and counts by itself."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Mention, table
from coprod_cli.scoring import Heard, gather_evidence
from coprod_cli.scoring.evidence import Said

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
ALL = ("shared_decisions", "trust", "tokenism")
MACHINE = ("fast", "cues")


@pytest.fixture
def hear(framework: Framework, make_survey: MakeSurvey) -> Callable[..., Heard]:
    def gather(mentions: Sequence[Mention], scored: tuple[str, ...] = (), **more: object) -> Heard:
        survey = make_survey({"a": {"power_1": 80, "power_2": 80}, "b": {}})
        return gather_evidence(survey, table(mentions, Mention), framework, scored, ALL, machine=MACHINE, **more)  # type: ignore[arg-type]  # passed on as given

    return gather


def mention(stance: str, coder: str, theme: str = "shared_decisions", question: str = "q") -> Mention:
    return Mention("a", question, theme, stance, "project", 0.9, 0, 5, coder)


def take(heard: Heard) -> Said:
    return next(heard.groups())


def find_power(heard: Heard) -> float:
    return float(take(heard).blend[0, heard.dimensions.index("power")])


def test_what_the_machine_made_of_an_answer_stays_out_below_the_floor(hear: Callable[..., Heard]) -> None:
    assert find_power(hear([mention("negative", "fast")])) == 80


def test_what_a_person_coded_joins_whatever_the_machine_can_do(hear: Callable[..., Heard]) -> None:
    # (80 + 80 + 0) / (2 + 1): one item's worth, the most that two items allow.
    assert find_power(hear([mention("negative", "Ann")])) == pytest.approx(160 / 3)


def test_a_persons_codes_replace_the_machines_of_the_same_answer(hear: Callable[..., Heard]) -> None:
    both = [mention("positive", "fast"), mention("negative", "Ann")._replace(start=7, end=9)]
    assert find_power(hear(both, ALL)) == pytest.approx(160 / 3)


def test_a_person_who_found_nothing_takes_the_machines_codes_away(hear: Callable[..., Heard]) -> None:
    empty = mention("neutral", "Ann", theme="")
    assert find_power(hear([mention("negative", "fast"), empty], ALL)) == 80


def test_codes_of_another_answer_stay(hear: Callable[..., Heard]) -> None:
    elsewhere = mention("positive", "Ann", theme="trust", question="other")
    assert find_power(hear([mention("negative", "fast"), elsewhere], ALL)) == pytest.approx(160 / 3)
    assert find_power(hear([mention("negative", "fast"), elsewhere])) == 80


def test_where_the_user_keeps_comments_out_a_persons_codes_stay_out_too(hear: Callable[..., Heard]) -> None:
    assert find_power(hear([mention("negative", "Ann")], checked_themes=())) == 80


def test_without_names_of_machines_every_coder_is_one(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey({"a": {"power_1": 80, "power_2": 80}})
    said = table([mention("negative", "Ann")], Mention)
    assert find_power(gather_evidence(survey, said, framework, (), ALL)) == 80


def test_answers_are_counted_by_who_coded_them(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey({"a": {}, "b": {}})
    words = [Answer(name, question, "x", "x") for name in ("a", "b") for question in ("q", "r", "s")]
    said = [
        mention("negative", "fast"),
        mention("positive", "fast")._replace(start=9, end=12),
        mention("negative", "fast", question="r"),
        mention("negative", "Ann", question="s"),
    ]
    heard = gather_evidence(
        Survey(survey.responses, table(words, Answer), survey.ratings, survey.questions, survey.sources, 2, 2),
        table(said, Mention),
        framework,
        (),
        ALL,
        machine=MACHINE,
    )
    told, theme = take(heard).told, heard.themes.names.index("shared_decisions")
    assert told.read.tolist() == [2, 3]
    # Said both ways in one answer is half of each.
    assert told.count(2, len(heard.themes.names), by_hand=False)[0, theme].tolist() == [0.5, 1.5]
    assert told.count(2, len(heard.themes.names), by_hand=True)[0, theme].tolist() == [0, 1]
    kept = take(heard).keep(np.array([False, True])).told
    assert (kept.read.tolist(), kept.voice.tolist()) == ([3], [])


def test_people_without_weight_tell_nothing(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey({"a": {}, "b": {}})
    survey.responses.loc[survey.responses["response"] == "a", "weight"] = 0.0
    said = take(gather_evidence(survey, table([mention("negative", "Ann")], Mention), framework, ALL, ALL, machine=()))
    assert not said.verdicts.any()
    assert said.told.read.tolist() == [0, 0]
    assert np.isnan(said.comments).all()
