"""Scores from comments only: corrected for the coder's known mistakes, with a range that carries them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from coprod_cli.model.findings import ThemeReliability
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Mention, Score, rows, table
from coprod_cli.scoring import gather_evidence, score_projects
from coprod_cli.scoring.corrected import learn_correction

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
SEED = 7
# Rows: truly nothing, for, against, both; columns: coded so.
PERFECT = ((9000, 0, 0, 0), (0, 500, 0, 0), (0, 0, 500, 0), (0, 0, 0, 0))
# Of what is for, half is missed and a tenth taken for against; what is against is found nearly always.
HARSH = ((9000, 0, 0, 0), (200, 200, 50, 0), (50, 0, 450, 0), (0, 0, 0, 0))


def measure(verdicts: tuple[tuple[int, ...], ...], theme: str = "trust", design: float = 1.0) -> ThemeReliability:
    figures = ThemeReliability(theme, *(0.5,) * 6, cases=100)
    return figures._replace(verdicts=verdicts, verdict_designs=(design,) * 4)


def say(place: int, stance: str, theme: str = "trust", coder: str = "fast") -> Mention:
    return Mention(f"p{place:03d}", "q", theme, stance, "project", 0.9, 0, 5, coder)


@pytest.fixture
def score(framework: Framework, make_survey: MakeSurvey) -> Callable[..., dict[str, Score]]:
    """Scores of 100 parents with one answer each, as coded in mentions, with what is known of the coder."""

    def run(
        mentions: list[Mention], *coder: ThemeReliability, people: int = 100, audience: str = "raw", seed: int = SEED
    ) -> dict[str, Score]:
        survey = make_survey({f"p{place:03d}": {} for place in range(people)})
        answers = table([Answer(f"p{place:03d}", "q", "words", "words") for place in range(people)], Answer)
        survey = replace(survey, answers=answers, questions=())
        themes = tuple(each.id for each in framework.themes)
        heard = gather_evidence(survey, table(mentions, Mention), framework, (), themes, machine=("fast",))
        scored = score_projects(survey, heard, framework, framework.thresholds_for(audience), seed, coder=coder)
        return {each.dimension: each for each in rows(scored.scores, Score)}

    return run


def speak(good: int, bad: int, **more: str) -> list[Mention]:
    praised = [say(place, "positive", **more) for place in range(good)]
    return praised + [say(place, "negative", **more) for place in range(good, good + bad)]


def width(score: Score) -> float:
    return score.high - score.low


def test_a_perfect_coder_is_left_as_it_is(score: Callable[..., dict[str, Score]]) -> None:
    corrected = score(speak(30, 20), measure(PERFECT))
    for dimension in ("trust", "overall"):
        assert corrected[dimension].estimate == pytest.approx(60)
        assert corrected[dimension].people == 50


def test_the_missed_and_the_mistaken_are_put_right(score: Callable[..., dict[str, Score]]) -> None:
    # Truly 40 for and 20 against: 40 x 200/450 are coded for, 40 x 50/450 + 20 x 0.9 against.
    said = speak(18, 22)
    as_coded, corrected = score(said)["trust"], score(said, measure(HARSH))["trust"]
    assert as_coded.estimate == pytest.approx(45)
    true_for = 18 * 450 / 200
    true_against = (22 - true_for * 50 / 450) / 0.9
    assert corrected.estimate == pytest.approx(100 * true_for / (true_for + true_against))
    assert corrected.low <= corrected.estimate <= corrected.high
    assert corrected.basis == "comments"


def test_with_two_verdicts_it_is_the_formula_of_rogan_and_gladen(framework: Framework) -> None:
    sensitivity, specificity = 0.65, 0.9
    # The second coder never mistakes for and against; per verdict the formula is that of two verdicts.
    counts = ((9000, 1000, 0, 0), (350, 650, 0, 0), (0, 0, 1000, 0), (0, 0, 0, 0))
    correction = learn_correction([measure(counts)], ["trust"], framework, SEED)
    assert correction is not None
    for apparent in (0.127, 0.375, 0.5):
        found = correction.best[0] @ np.array([1 - apparent, apparent, 0.0])
        assert found[0] == pytest.approx((apparent + specificity - 1) / (sensitivity + specificity - 1))
        assert found[1] == pytest.approx(0)


def test_the_range_carries_what_is_not_known_of_the_coder(score: Callable[..., dict[str, Score]]) -> None:
    said = speak(18, 22)
    as_coded, well, hardly = (
        score(said, *coder)["trust"] for coder in ((), (measure(HARSH),), (measure(HARSH, design=20.0),))
    )
    assert width(as_coded) < width(well) < width(hardly)
    assert well.estimate == hardly.estimate


@pytest.mark.parametrize(("good", "bad"), [(30, 20), (0, 40), (40, 0), (1, 39), (2, 1)])
@pytest.mark.parametrize("verdicts", [PERFECT, HARSH])
def test_a_range_is_never_narrower_than_as_coded(
    score: Callable[..., dict[str, Score]], good: int, bad: int, verdicts: tuple[tuple[int, ...], ...]
) -> None:
    as_coded, corrected = score(speak(good, bad)), score(speak(good, bad), measure(verdicts))
    for dimension in ("trust", "overall"):
        # The ends lie between two draws, one of which may be held at 0 or 100: equal to a tenth of a point.
        assert width(corrected[dimension]) >= width(as_coded[dimension]) - 0.1
        assert 0 <= corrected[dimension].low <= corrected[dimension].estimate <= corrected[dimension].high <= 100


def test_people_of_one_mind_are_not_certainty(score: Callable[..., dict[str, Score]]) -> None:
    overall = score(speak(0, 20), measure(PERFECT))["overall"]
    assert overall.estimate == 0
    assert overall.high > 10


@pytest.mark.parametrize(
    "verdicts",
    [
        # Too few cases against.
        ((9000, 0, 0, 0), (0, 500, 0, 0), (0, 0, 9, 0), (0, 0, 0, 0)),
        # Hardly ever found.
        ((9000, 100, 0, 0), (400, 90, 10, 0), (0, 0, 500, 0), (0, 0, 0, 0)),
        # What is against is nearly as often taken for being for as what is for.
        ((9000, 0, 0, 0), (0, 500, 0, 0), (0, 425, 75, 0), (0, 0, 0, 0)),
    ],
)
def test_a_theme_that_is_read_too_badly_drops_out(
    score: Callable[..., dict[str, Score]], verdicts: tuple[tuple[int, ...], ...]
) -> None:
    said = [*speak(30, 20), *speak(20, 30, theme="child_voice")]
    scores = score(said, measure(verdicts), measure(PERFECT, "child_voice"))
    assert not scores["trust"].reportable
    assert scores["trust"].why_not == (
        "Not enough answers to say: the machine does not read comments about this well enough."
    )
    assert scores["overall"].estimate == pytest.approx(40)
    alone = score(speak(30, 20), measure(verdicts))
    assert alone["overall"].why_not == (
        "Not enough answers to say: the machine does not read these comments well enough."
    )


def test_mistakes_alone_leave_nothing_to_say(score: Callable[..., dict[str, Score]]) -> None:
    # The coder finds as much where nothing is said: all that it found may be its own.
    noisy = ((900, 50, 50, 0), (0, 500, 0, 0), (0, 0, 500, 0), (0, 0, 0, 0))
    scores = score(speak(3, 3), measure(noisy))
    assert not scores["trust"].reportable


def test_people_whose_words_count_make_the_base(score: Callable[..., dict[str, Score]]) -> None:
    said = [*speak(6, 3), *speak(6, 6, theme="child_voice")]
    scores = score(said, measure(PERFECT), measure(PERFECT, "child_voice"), audience="public")
    assert scores["trust"].why_not == "Not enough answers to say: fewer than 10 people wrote about this."
    assert scores["inclusive"].people == 12


def test_what_a_person_coded_is_not_corrected(score: Callable[..., dict[str, Score]]) -> None:
    checked = score(speak(18, 22, coder="Ann"), measure(HARSH))["trust"]
    assert checked.estimate == pytest.approx(45)


def test_a_group_that_answered_closed_items_is_left_alone(framework: Framework, make_survey: MakeSurvey) -> None:
    items = [each.id for each in framework.items if each.quick]
    survey = make_survey({f"p{place:03d}": dict.fromkeys(items, 25.0 * (place % 5)) for place in range(20)})
    themes = tuple(each.id for each in framework.themes)
    heard = gather_evidence(survey, table(speak(10, 10), Mention), framework, (), themes, machine=("fast",))
    limits = framework.thresholds_for("raw")
    plain = score_projects(survey, heard, framework, limits, SEED)
    told = score_projects(survey, heard, framework, limits, SEED, coder=[measure(HARSH)])
    assert told.scores.equals(plain.scores)


def test_it_is_the_same_every_time_and_whatever_the_order(score: Callable[..., dict[str, Score]]) -> None:
    said = speak(18, 22)
    assert repr(score(said, measure(HARSH))) == repr(score(said[::-1], measure(HARSH)))
    assert score(said, measure(HARSH))["trust"] != score(said, measure(HARSH), seed=8)["trust"]


def test_a_coder_of_whom_nothing_was_measured_corrects_nothing(framework: Framework) -> None:
    bare = ThemeReliability("trust", *(0.5,) * 6, cases=100)
    assert learn_correction([bare], ["trust"], framework, SEED) is None
