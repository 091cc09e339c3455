"""What one person says of a dimension: items, at most one item's worth of comment, never more than a third."""

from collections.abc import Callable
from math import isnan, nan
from typing import NamedTuple

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Mention, table
from coprod_cli.scoring import Heard, gather_evidence

ALL = ("shared_decisions", "respect_equality", "tokenism", "trust", "child_voice", "listened_to", "lived_expertise")
MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]


class Spoken(NamedTuple):
    """What one person says of one dimension."""

    items: float
    comments: float
    comment_weight: float
    blend: float


def find(heard: Heard, person: str, dimension: str) -> Spoken:
    said = next(each for each in heard.groups() if person in each.people)
    row, column = said.people.index(person), heard.dimensions.index(dimension)
    return Spoken(*(float(part[row, column]) for part in (said.items, said.comments, said.comment_weight, said.blend)))


def test_the_worked_example_of_the_measurement_notes(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_survey(
        {
            "a": {"power_1": 25, "power_2": 0, "power_3": 0},
            "b": {"power_1": 50, "power_2": 50, "power_3": 50},
            "c": {"power_1": 75, "power_2": nan, "power_3": 75},
        }
    )
    said = [make_mention("a", "shared_decisions", "negative"), make_mention("c", "respect_equality", "positive")]
    evidence = gather_evidence(survey, table(said, Mention), framework, ALL, ALL)
    assert find(evidence, "a", "power").blend == pytest.approx(6.25)
    assert find(evidence, "b", "power").blend == pytest.approx(50)
    assert find(evidence, "c", "power").blend == pytest.approx(77.78, abs=0.01)


def test_fewer_than_half_of_the_items_is_no_score(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey({"a": {"heard_1": 80, "heard_2": nan, "heard_3": nan}, "b": {"heard_1": 80}})
    evidence = gather_evidence(survey, table([], Mention), framework, ALL, ALL)
    assert isnan(find(evidence, "a", "heard").blend)
    assert find(evidence, "b", "heard").blend == 80


@pytest.mark.parametrize("items", [1, 2, 3])
def test_comments_never_weigh_more_than_a_third(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention], items: int
) -> None:
    survey = make_survey({"a": {f"heard_{number}": 100 for number in range(1, items + 1)}})
    said = [make_mention("a", theme, "negative") for theme in ("listened_to", "lived_expertise")]
    found = find(gather_evidence(survey, table(said, Mention), framework, ALL, ALL), "a", "heard")
    share = found.comment_weight / (found.comment_weight + items)
    assert share <= 1 / 3 + 1e-9
    assert found.blend >= 100 * 2 / 3 - 1e-9


def test_only_the_joint_work_and_only_a_judgement_counts(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_survey({"a": {"power_1": 75}})
    said = [
        make_mention("a", "shared_decisions", "negative", level="individual"),
        make_mention("a", "tokenism", "negative", level="system"),
        make_mention("a", "respect_equality", "neutral"),
    ]
    found = find(gather_evidence(survey, table(said, Mention), framework, ALL, ALL), "a", "power")
    assert found.blend == 75
    assert isnan(found.comments)
    assert found.comment_weight == 0


def test_a_theme_said_both_ways_is_half_way(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_survey({"a": {"start_1": 50, "start_2": 50}})
    said = [make_mention("a", "involved_early", "positive"), make_mention("a", "involved_early", "negative", start=9)]
    found = find(
        gather_evidence(survey, table(said, Mention), framework, ("involved_early",), ("involved_early",)), "a", "start"
    )
    assert found.comments == 50


def test_themes_not_coded_well_enough_stay_out_of_scores_with_items(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_survey({"a": {"power_1": 75}})
    said = table([make_mention("a", "shared_decisions", "negative")], Mention)
    assert find(gather_evidence(survey, said, framework, (), ALL), "a", "power").blend == 75
    assert find(gather_evidence(survey, said, framework, ALL, ALL), "a", "power").blend == 50


def test_without_any_closed_item_comments_stand_alone_and_blend_nothing(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_survey({"a": {}, "b": {}})
    said = table([make_mention("a", "trust", "negative")], Mention)
    found = find(gather_evidence(survey, said, framework, (), ALL), "a", "trust")
    assert found.comments == 0
    assert isnan(found.blend)
    assert isnan(found.items)


def test_one_person_with_two_forms_for_one_project_counts_once(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey({"a": {"trust_1": 0}, "b": {"trust_1": 100}})
    survey.responses["person"] = "same"
    evidence = gather_evidence(survey, table([], Mention), framework, ALL, ALL)
    assert find(evidence, "same", "trust").blend == 50
