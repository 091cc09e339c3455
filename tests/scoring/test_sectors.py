"""Practitioners of each sector are told apart from enough people on, never pooled, never to be had by subtraction."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from coprod_cli.model.findings import Scored, SectorScore
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import OVERALL, Mention, Score, rows, table
from coprod_cli.scoring import gather_evidence, score_projects

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
QUICK = tuple(
    f"{name}_1" for name in ("start", "power", "heard", "influence", "trust", "purpose", "inclusive", "sustain")
)


def make_staff(make_survey: MakeSurvey, sectors: dict[str, int], parents: int = 0) -> Survey:
    """So many practitioners of each sector, all who say what sector theirs is, and parents; sectors differ in level."""
    places = [(sector, number) for sector, count in sectors.items() for number in range(count)]
    lots = np.random.default_rng(4)
    people = {
        f"staff-{sector}-{number:02d}": {
            item: float(lots.choice((25, 50, 75))) - 25 * (sector == "education") for item in QUICK
        }
        for sector, number in places
    }
    people |= {f"p{number:02d}": dict.fromkeys(QUICK, 0.0) for number in range(parents)}
    survey = make_survey(people)
    sector_of = {f"staff-{sector}-{number:02d}": sector for sector, number in places}
    return replace(
        survey, responses=survey.responses.assign(sector=survey.responses["person"].map(sector_of).fillna(""))
    )


def score(survey: Survey, framework: Framework, audience: str = "public", said: list[Mention] | None = None) -> Scored:
    themes = [each.id for each in framework.themes]
    heard = gather_evidence(survey, table(said or [], Mention), framework, themes, themes)
    return score_projects(survey, heard, framework, framework.thresholds_for(audience), seed=7)


def find(scored: Scored, sector: str, dimension: str = OVERALL) -> SectorScore:
    return next(each for each in scored.sectors if (each.sector, each.dimension) == (sector, dimension))


def test_every_told_sector_has_a_row_for_each_dimension_and_overall(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    scored = score(make_staff(make_survey, {"education": 12, "health": 15}, parents=30), framework)
    assert len(scored.sectors) == 2 * 9
    education, health = find(scored, "education"), find(scored, "health")
    assert (education.people, health.people) == (12, 15)
    assert education.estimate < health.estimate
    for each in scored.sectors:
        assert each.reportable
        assert 0 <= each.low <= each.estimate <= each.high <= 100


def test_a_sector_scores_as_its_people_would_by_themselves(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_staff(make_survey, {"education": 12, "health": 15}, parents=30)
    alone = survey.responses[survey.responses["sector"] == "health"]
    ratings = survey.ratings[survey.ratings["response"].isin(alone["response"])]
    own = score(replace(survey, responses=alone, ratings=ratings), framework)
    [by_themselves] = [each for each in rows(own.scores, Score) if each.dimension == "power"]
    told = find(score(survey, framework), "health", "power")
    assert (told.estimate, told.low, told.high) == (by_themselves.estimate, by_themselves.low, by_themselves.high)


@pytest.mark.parametrize(
    ("sectors", "told"),
    [
        ({"education": 9, "health": 9}, set()),
        ({"education": 10, "health": 10}, {"education", "health"}),
        ({"education": 20, "health": 10, "council": 3}, {"education"}),
        ({"education": 12, "health": 3}, set()),
        ({"education": 12, "": 4, "health": 11}, {"education"}),
        ({"education": 12, "": 10}, {"education"}),
        ({"education": 12, "health": 4, "council": 4, "voluntary": 3}, {"education"}),
        ({"education": 15}, {"education"}),
    ],
)
def test_a_sector_is_told_only_if_it_and_the_rest_are_enough_people(
    sectors: dict[str, int], told: set[str], framework: Framework, make_survey: MakeSurvey
) -> None:
    scored = score(make_staff(make_survey, sectors), framework)
    assert {each.sector for each in scored.sectors} == told


def test_the_holder_of_the_data_sees_smaller_sectors(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_staff(make_survey, {"education": 4, "health": 3})
    assert {each.sector for each in score(survey, framework, "raw").sectors} == {"education", "health"}
    assert score(survey, framework, "restricted").sectors == ()


def test_a_dimension_that_too_few_of_a_sector_rated_has_no_number(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    survey = make_staff(make_survey, {"education": 12, "health": 12})
    few = survey.ratings["response"].str.contains("staff-health-0[0-4]") & (survey.ratings["item"] == "trust_1")
    scored = score(replace(survey, ratings=survey.ratings[~few]), framework)
    trust = find(scored, "health", "trust")
    assert (trust.reportable, trust.people) == (False, -1)
    assert np.isnan(trust.estimate)
    assert find(scored, "health", "power").people == 12


def test_comments_alone_make_no_sectors(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_staff(make_survey, {"education": 15, "health": 15})
    said = [make_mention(name, "trust", "negative") for name in survey.responses["response"]]
    assert score(replace(survey, ratings=survey.ratings.iloc[:0]), framework, said=said).sectors == ()


def test_comments_that_join_other_scores_join_no_sector(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_staff(make_survey, {"education": 12, "health": 15})
    said = [make_mention(name, "trust", "positive") for name in survey.responses["response"]]
    silent, spoken = score(survey, framework), score(survey, framework, said=said)
    whole = [
        next(each for each in rows(scored.scores, Score) if (each.role, each.dimension) == ("practitioner", "trust"))
        for scored in (silent, spoken)
    ]
    assert whole[0].estimate < whole[1].estimate
    assert find(silent, "health", "trust") == find(spoken, "health", "trust")
