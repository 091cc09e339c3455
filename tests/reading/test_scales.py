"""The answers to closed questions become places from 0 to 100, whatever words or numbers people ticked."""

from collections import Counter

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import SurveyColumn
from coprod_cli.reading.columns import recognise_columns
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.scale_words import SCALES
from coprod_cli.reading.scales import Fit, fit_scales, is_missing, make_range_scale, share_scales
from coprod_cli.reading.wording import make_cell_key


def fit(cells: list[str], framework: Framework) -> Fit | None:
    return fit_scales({0: Counter(make_cell_key(cell) for cell in cells)}, framework).get(0)


def places(cells: list[str], framework: Framework) -> list[float | None]:
    found = fit(cells, framework)
    assert found is not None
    return [found.scale.places.get(make_cell_key(cell)) for cell in cells]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Not at all", "A little", "PARTLY", "Mostly\u00a0", "Completely"], [0, 25, 50, 75, 100]),
        (
            ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
            [0, 25, 50, 75, 100],
        ),
        (["Strongly disagree", "Tend to disagree", "Neither", "Tend to agree", "Strongly agree"], [0, 25, 50, 75, 100]),
        (["Disagree", "Slightly disagree", "Slightly agree", "Agree"], [100 / 6, 200 / 6, 400 / 6, 500 / 6]),
        (["Never", "Rarely", "Sometimes", "Often", "Always"], [0, 25, 50, 75, 100]),
        (["Very poor", "Poor", "Fair", "Good", "Very good"], [0, 25, 50, 75, 100]),
        (["Poor", "Fair", "Good", "Very good", "Excellent"], [0, 25, 50, 75, 100]),
        (["Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"], [0, 25, 75, 100]),
        (["No", "Partly", "Yes"], [0, 50, 100]),
        (["Yes, definitely", "Yes, to some extent", "No"], [100, 50, 0]),
        (["1", "2", "3", "4", "5"], [0, 25, 50, 75, 100]),
        (["1", "4", "7"], [0, 50, 100]),
        (["0", "5", "10"], [0, 50, 100]),
        (["1 - Not good", "3", "5 - Good enough"], [0, 50, 100]),
        (["4 - Good", "2 - Poor", "Fair (3)"], [75, 25, 50]),
        (["1 - Strongly agree", "2", "5 - Strongly disagree"], [100, 75, 0]),
    ],
)
def test_scales_in_words_and_numbers(cells: list[str], expected: list[float], framework: Framework) -> None:
    assert places(cells, framework) == pytest.approx(expected)


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2", "lots"],
        ["Year 7", "Year 9"],
        ["2 children", "1 child"],
        ["5-10", "11-16"],
        ["2019", "2020"],
        ["Leeds", "York"],
        ["Don't know"],
        ["4.5", "3"],
    ],
)
def test_columns_that_only_look_alike_are_no_scale(cells: list[str], framework: Framework) -> None:
    assert fit(cells, framework) is None


def test_ways_to_say_that_there_is_no_answer() -> None:
    for cell in ("Don\u2019t know", "Doesn't apply", "Prefer not to say", "N/A", "9 - Don't know", "not applicable."):
        assert is_missing(make_cell_key(cell)), cell
    assert not is_missing(make_cell_key("Not at all"))


def test_missing_words_do_not_stand_in_the_way_of_a_scale(framework: Framework) -> None:
    assert places(["Mostly", "Partly", "Don't know", "Doesn't apply"], framework) == [75, 50, None, None]
    assert places(["1", "5", "N/A"], framework) == [0, 100, None]


def test_questions_of_one_block_share_their_labels(framework: Framework) -> None:
    seven = Counter(["slightly agree", "agree", "disagree"])
    shy = Counter(["slightly agree", "strongly agree"])
    fits = fit_scales({0: seven, 1: shy}, framework)
    assert {each.scale.name for each in fits.values()} == {"agreement of 7"}
    points = {0: Counter(["1", "7"]), 1: Counter(["2", "6"]), 2: Counter(["3", "5"])}
    assert {each.scale.name for each in fit_scales(points, framework).values()} == {"numbers 1 to 7"}


def test_an_overall_mark_does_not_stretch_the_items(framework: Framework) -> None:
    points = {0: Counter(["0", "4"]), 1: Counter(["1", "3"]), 2: Counter(["0", "10"])}
    fits = fit_scales(points, framework)
    assert [fits[place].scale.name for place in (0, 1, 2)] == ["numbers 0 to 4", "numbers 0 to 4", "numbers 0 to 10"]


def test_every_scale_runs_from_0_to_100_and_says_nothing_twice(framework: Framework) -> None:
    for name, steps in SCALES.items():
        words = [word for step in steps for word in step]
        assert len(words) == len(set(words)), name
        assert all(word == make_cell_key(word) for word in words), name
        cells = [step[0].replace("~", "useful") for step in steps]
        assert places(cells * 20, framework) == pytest.approx(
            [100 * n / (len(steps) - 1) for n in range(len(steps))] * 20
        )


def test_a_range_may_run_downwards() -> None:
    assert make_range_scale(4, 1, ["4 - poor"]).places == {
        "1": 100,
        "2": pytest.approx(200 / 3),
        "3": pytest.approx(100 / 3),
        "4": 0,
        "4 - poor": 0,
    }


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Agree strongly", "Strongly Agree ", "\u201cAgree\u201d", "disagree."], [100, 100, 75, 25]),
        (["strongly_agree", "agree", "neutral", "disagree"], [100, 75, 50, 25]),
        (["SA", "A", "N", "D", "SD"], [100, 75, 50, 25, 0]),
        (["Very likely", "Unlikely", "Neither likely nor unlikely"], [100, 25, 50]),
        (["Extremely confident", "Very confident", "Somewhat confident", "Not at all confident"], [100, 75, 50, 0]),
        (["Very helpful", "Fairly helpful", "Not very helpful", "Not at all helpful"] * 8, [100, 200 / 3, 100 / 3, 0]),
        (["Not at all difficult", "Very difficult"], [100, 25]),
        (["All of the time", "Some of the time", "None of the time"], [100, 50, 0]),
        (["Outstanding", "Good", "Requires improvement", "Inadequate"], [100, 200 / 3, 100 / 3, 0]),
        (["TRUE", "FALSE"], [100, 0]),
        (["Yes \u2013 definitely", "Yes, partly", "No"], [100, 50, 0]),
        (["\U0001f600", "\U0001f610", "\u2639\ufe0f"], [100, 50, 25]),
        (["\u2605\u2605\u2605\u2605\u2606", "\u2605\u2606\u2606\u2606\u2606"], [75, 0]),
        (["4 stars", "1 star"], [75, 0]),
        (["4/5", "1/5"], [75, 0]),
        (["8 out of 10", "0 out of 10"], [80, 0]),
        (["75%", "10%"], [75, 10]),
        (["4.0", "5.0", "1.0"], [75, 100, 0]),
        (["-2", "0", "2"], [0, 50, 100]),
        (["1 - Not at all", "2", "3", "4", "5 - Completely"], [0, 25, 50, 75, 100]),
        (["1 - Not at all"] * 9 + ["3"] + ["5 - Completely"] * 9, [0] * 9 + [50] + [100] * 9),
        (["1 - Strongly disagree", "2 - Disagree", "3 - Agree", "4 - Strongly agree"], [0, 100 / 3, 200 / 3, 100]),
        (["Strongly disagree (1)", "Disagree (2)", "Agree (4)"], [0, 25, 75]),
        (["9: No answer", "1: Good", "2: Fair", "3: Poor"], [None, 100, 50, 0]),
        (["N/A (was not there)", "Good", "Poor"], [None, 75, 25]),
        (["1", "2", "3"] * 20, [0, 50, 100] * 20),
    ],
)
def test_scales_as_tools_and_people_write_them(
    cells: list[str], expected: list[float | None], framework: Framework
) -> None:
    wanted = expected * (len(cells) // len(expected))
    for found, place in zip(places(cells, framework), wanted, strict=True):
        assert found == (place if place is None else pytest.approx(place))


@pytest.mark.parametrize("odd", ["11", "55", "8"])
def test_one_odd_number_does_not_stretch_a_scale_and_is_told(odd: str, framework: Framework) -> None:
    found = fit([*"12345" * 6, odd], framework)
    assert found is not None
    assert found.scale.name == "numbers 1 to 5"
    assert odd not in found.scale.places
    assert "1 odd one counts as missing" in found.why
    assert found.certainty < 0.8


@pytest.mark.parametrize(("code", "rest"), [("99", "12345"), ("-99", "12345"), ("9", "12345"), ("88", "1234567")])
def test_codes_for_no_answer_are_missing(code: str, rest: str, framework: Framework) -> None:
    found = fit([*rest * 6, code, code, code], framework)
    assert found is not None
    assert code not in found.scale.places
    assert code in found.missing or is_missing(code)
    assert "odd" not in found.why


def test_numbers_that_may_be_yes_and_no_or_a_slider_wait_for_the_mapping(framework: Framework) -> None:
    for cells in (["0", "1"] * 20, ["1", "2"] * 20, ["0", "100", "50", "25", "75"]):
        found = fit(cells, framework)
        assert found is not None
        assert found.doubt
    fits = fit_scales({0: Counter(["0", "63.5", "100"])}, framework, {0: "How was it? (0 to 100)"})
    assert fits[0].scale.places["63.5"] == 63.5
    assert not fits[0].doubt


def test_what_cannot_be_known_is_said_and_less_certain(framework: Framework) -> None:
    bare, labelled = fit([*"12345"], framework), fit(["1 - Never", "5 - Always", "3"], framework)
    assert bare is not None
    assert labelled is not None
    assert "no word says which end is the good one" in bare.why
    assert "no word says" not in labelled.why
    four = fit(["Strongly disagree", "Disagree", "Agree", "Strongly agree"], framework)
    assert four is not None
    assert "no answer stands in the middle, so it may have fewer steps" in four.why
    assert four.certainty == 0.9


def test_files_of_one_survey_share_their_scales(framework: Framework) -> None:
    def column(header: str, cells: list[str]) -> SurveyColumn:
        [found] = recognise_columns([Heading(0, header, header)], [Counter(cells)], framework)
        return found

    four = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"] * 8
    one, other = column("We were heard", four), column("We were heard", [*four, "Neutral"])
    [[shared], [same]] = share_scales([[one], [other]])
    assert one.scale is not None
    assert one.scale.name == "agreement of 4"
    assert shared.scale is not None
    assert same.scale is not None
    assert shared.scale.name == same.scale.name == "agreement of 5"
    assert shared.scale.places["disagree"] == 25
    assert "as in another file" in shared.why
    few, many = column("We were heard", ["1", "2", "3", "4"] * 20), column("We were heard", [*"12345"])
    [[shared], _] = share_scales([[few], [many]])
    assert shared.scale is not None
    assert shared.scale.places["4"] == 75
