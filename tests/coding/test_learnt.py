"""A learnt coder on awkward answers; what users see of it is tested in tests/cli/test_learn.py."""

from collections.abc import Sequence

import numpy as np
import pytest

from coprod_cli.coding import Asked, find_machine
from coprod_cli.coding.gist import find_gists
from coprod_cli.coding.learning import lay_out_lessons
from coprod_cli.coding.learnt import LearntCoder, code_gists
from coprod_cli.coding.leaving_out import teach
from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code
from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import Lesson
from coprod_cli.reading import read_framework

TOLD = (
    "They wrote back to tell us what they had changed",
    "Nobody ever told us what came of our answers",
    "We got a letter with what was decided because of us",
    "No feedback, we never heard what happened",
)
OTHER = ("The biscuits were nice", "It rained on the way home", "The form was blue", "We talked about money")
AWKWARD = (
    "",
    "n/a",
    "?!",
    "\N{THUMBS UP SIGN}\N{THUMBS UP SIGN}",
    "- They told us nothing.\r\n- The hall was cold\r\n\r\n--- \r\n",
    "They told us what had changed. " * 60,
    "e\u0301 \u200b they told us nothing\u2028 at all",
)


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


@pytest.fixture(scope="module")
def coder(framework: Framework) -> LearntCoder:
    lessons = [
        Lesson(
            AskedAnswer(f"{number:02d}", f"{words} {'again ' * (number % 3)}".strip(), "What happened?", "parent"),
            (Code(f"{number:02d}", "influence_feedback", "negative"),) if words in TOLD else (),
        )
        for number, words in enumerate((TOLD + OTHER) * 4)
    ]
    people = [each.answer.id for each in lessons]
    return teach(lay_out_lessons(lessons, framework, people, people), np.arange(len(lessons)), 1)


def ask(words: Sequence[str]) -> list[Asked]:
    return [Asked(each, "What happened?", "parent") for each in words]


def test_evidence_lies_inside_every_answer_however_awkward(coder: LearntCoder, framework: Framework) -> None:
    asked = ask((*AWKWARD, *TOLD))
    coded = coder.code(asked, framework)
    for each, found in zip(asked, coded, strict=True):
        for one in found:
            assert each.words[one.start : one.end].strip() == each.words[one.start : one.end] != ""
            assert 0 < one.confidence < 1
    assert not any(coded[:2])
    assert any(one.theme == "influence_feedback" for found in coded[len(AWKWARD) :] for one in found)


def test_an_answer_is_coded_the_same_alone_and_among_others(coder: LearntCoder, framework: Framework) -> None:
    asked = ask((*AWKWARD, *TOLD))
    together = coder.code(asked, framework)
    assert [coder.code([each], framework)[0] for each in asked] == together
    _, chances, _ = coder.find_chances(asked, framework)
    for each, row in zip(asked, chances, strict=True):
        np.testing.assert_array_equal(coder.find_chances([each], framework)[1][0], row)


def test_a_stance_that_nobody_used_is_never_given(coder: LearntCoder, framework: Framework) -> None:
    praise = "They wrote back to tell us everything that they had changed, wonderful"
    assert {one.stance for one in coder.code(ask([praise, *TOLD]), framework)[0]} == {"negative"}


def test_themes_that_were_not_learnt_are_coded_as_they_ship(coder: LearntCoder, framework: Framework) -> None:
    asked = ask(["Trust has gone. We do not believe a word they say any more."])
    shipped = find_machine("trained").code(asked, framework)[0]
    found = {one.theme for one in code_gists(coder, asked, find_gists(asked), {"trust"})[0]}
    assert found == {one.theme for one in shipped if one.theme == "trust"} == {"trust"}
