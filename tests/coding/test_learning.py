"""What learning says of itself where codes are chance, or were made with a machine's in sight."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from coprod_cli.coding import learn, leaving_out
from coprod_cli.coding.learning import lay_out_lessons
from coprod_cli.coding.learning_figures import Measure, tell_apart
from coprod_cli.coding.leaving_out import Lessons
from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import LEARNT_ONE, NOBODY, Lesson
from coprod_cli.reading import read_framework

TOLD = (
    "They wrote back to tell us what they had changed",
    "Nobody ever told us what came of our answers",
    "We got a letter with what was decided because of us",
    "No feedback, we never heard what happened",
)
OTHER = ("The biscuits were nice", "It rained on the way home", "The form was blue", "We talked about money")
FEEDBACK, CHANCE = "our_feedback", "zebra"
COUNT = 48


@pytest.fixture(scope="module")
def framework() -> Framework:
    shipped = read_framework()
    plain = replace(
        shipped.themes[0],
        definition="",
        positive="",
        negative="",
        include=(),
        positive_cues=(),
        negative_cues=(),
        examples=(),
    )
    ours = replace(plain, id=FEEDBACK, name="Feedback")
    return replace(shipped, themes=(ours, replace(plain, id=CHANCE, name="Zebra")))


def make_lessons(*, seen: int = 0, themes: Sequence[str] = (FEEDBACK, CHANCE)) -> list[Lesson]:
    lessons = []
    for number in range(COUNT):
        words = f"{(TOLD + OTHER)[number % 8]}{' again' * (number % 3)}"
        stance = "negative" if number % 8 in {1, 3} else "positive"
        holds = {FEEDBACK: number % 8 < len(TOLD), CHANCE: number // 8 % 2 == 0}
        name = f"{number:02d}"
        codes = tuple(Code(name, theme, stance, "project") for theme in themes if holds[theme])
        answer = AskedAnswer(name, words, "What happened?", "parent", person=f"p{number}")
        lessons.append(Lesson(answer, codes, seen=number < seen))
    return lessons


@pytest.fixture(scope="module")
def laid(framework: Framework) -> Lessons:
    lessons = make_lessons()
    people = [each.answer.person for each in lessons]
    return lay_out_lessons(lessons, framework, people, people)


def test_a_theme_coded_by_chance_is_not_named_and_one_that_words_tell_is(framework: Framework) -> None:
    learnt = learn(make_lessons(), framework, 1)
    told = {each.theme: each for each in learnt.themes}
    assert (told[FEEDBACK].by, told[CHANCE].by) == (LEARNT_ONE, NOBODY)
    assert told[CHANCE].coded >= learnt.least
    assert told[FEEDBACK].low <= told[FEEDBACK].f1 <= told[FEEDBACK].high
    assert [each.theme for each in learnt.report.themes] == [FEEDBACK]
    assert learnt.report.themes[0].verdict_alpha > 0
    assert learnt.gain.low <= learnt.gain.gain <= learnt.gain.high


def test_codes_made_by_chance_alone_teach_nothing(framework: Framework) -> None:
    with pytest.raises(UsageError, match="No theme can be learnt"):
        learn(make_lessons(themes=[CHANCE]), framework, 1)


def test_codes_made_with_a_machine_in_sight_let_no_theme_into_scores(framework: Framework) -> None:
    learnt = learn(make_lessons(seen=COUNT - 6), framework, 1)
    assert learnt.seen == COUNT - 6
    assert f"{COUNT - 6} of these were coded with a machine's codes in sight" in learnt.report.how_measured
    theme = learnt.report.themes[0]
    assert theme.f1 > 0
    assert math.isnan(theme.verdict_alpha)
    assert theme.verdicts == ()


def test_whether_chances_tell_answers_apart_is_asked_within_the_parts_left_out(laid: Lessons) -> None:
    held = laid.school.held
    parts = np.arange(COUNT) % 5
    # Chances that differ by the part alone say nothing of the first theme; of the second they are right within each.
    chances = np.column_stack((parts / 10.0, parts / 10.0 + 0.05 * held[:, 1]))
    tested = leaving_out.Tested(chances, chances > 0.5, chances > 0.5, parts, 40, ())
    assert tell_apart(laid, [tested]).tolist() == [False, True]
    upside_down = tested._replace(chances=-chances)
    assert not tell_apart(laid, [upside_down]).any()


def test_a_range_of_a_theme_that_three_people_hold_holds_its_figure(laid: Lessons) -> None:
    held = np.zeros((COUNT, 2), bool)
    held[:3, 0], held[:, 1] = True, True
    few = replace(laid, school=replace(laid.school, held=held))
    measure = Measure(few, [str(number) for number in range(COUNT)], 1)
    drawn, mean = measure.find_mean(held, np.ones(2, bool))
    assert mean == 1
    np.testing.assert_allclose(drawn, 1)
    named = held.copy()
    named[2, 0], named[3, 0] = False, True
    drawn, mean = measure.find_mean(named, np.asarray([True, False]))
    assert abs(float(np.median(drawn)) - mean) < 0.05
    assert drawn.min() > 0
