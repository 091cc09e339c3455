"""The red flags of a framework are data: all 19 of the measurement model, and a broken rule is told with its line."""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

Write = Callable[..., Path]
PACKAGED = resources.files("coprod_cli").joinpath("frameworks", "send.toml").read_text(encoding="utf-8")
LIMITS = {"RF01": (None, 0), "RF02": (49, 2), "RF03": (62, 3), "RF04": (62, 3), "RF05": (74, 4)}


def test_all_flags_of_the_measurement_model_are_there_with_their_limits(framework: Framework) -> None:
    assert [rule.id for rule in framework.flags] == [f"RF{number:02d}" for number in range(1, 20)]
    limits = {rule.id: (rule.score_max, rule.rung_max) for rule in framework.flags}
    assert {name: each for name, each in limits.items() if each != (None, None)} == LIMITS
    assert {rule.id for rule in framework.flags if rule.withholds} == {"RF01", "RF15"}
    assert {rule.id for rule in framework.flags if rule.escalate} == {"RF08", "RF13"}
    assert {rule.id for rule in framework.flags if rule.checked_only} == {"RF02", "RF12", "RF13"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('facts = [{ fact = "G05"', 'facts = [{ fact = "G99"', "no 'G99'"),
        ('answers = ["no"]', 'answers = ["nope"]', "no 'nope'"),
        ('themes = ["tokenism"]', 'themes = ["tokens"]', "no 'tokens'"),
        ('items = ["purpose_3"]', 'items = ["purpose_9"]', "no 'purpose_9'"),
        ('anchor = "anchor_ladder"', 'anchor = "ladder"', "no 'ladder'"),
        ('missing_role = "parent"', 'missing_role = "parents"', "no 'parents'"),
        ('roles = ["parent"]', 'roles = ["mother"]', "no 'mother'"),
        ('before = ["decided", "first_contact"]', 'before = ["decided"]', "'before' must be two dates"),
        ('before = ["decided", "first_contact"]', 'before = ["decided", "born"]', "no 'born'"),
        ("rung_max = 4", "rung_max = 6", "'rung_max' must be a number from 0 to 5"),
        ("score_max = 74", "score_max = 740", "'score_max' must be a number from 0 to 100"),
        ("values = { people = 5, share = 0.25 }", "values = { people = 5 }", "needs the number people and share"),
        ("values = { below = 37.5 }", "", "needs the number below"),
        ("values = { points = 20, probability = 0.9 }", "values = { points = 20 }", "needs the number probability"),
        ("values = { months = 6 }", "values = { month = 6 }", "no 'month'"),
        ('because = "deciding meetings took place without parents"\n', "", "needs 'because'"),
        ('says = "it was for show, or that the word was misused"\n', "", "needs 'says'"),
        ("checked_only = true", 'checked_only = "yes"', "'checked_only' must be true or false"),
        ('id = "RF02"', 'id = "RF01"', "the id 'RF01' is given twice"),
        ("disputed = true", "argued = true", "no key 'argued'"),
    ],
)
def test_a_rule_that_cannot_be_is_told_with_its_line(old: str, new: str, what: str, write: Write) -> None:
    assert old in PACKAGED
    with pytest.raises(SettingsFileError, match=what) as told:
        read_framework(write(PACKAGED.replace(old, new, 1), "mine.toml"))
    assert told.value.what.startswith("mine.toml, line ")
    assert told.value.hint


def test_a_framework_without_flags_raises_none(write: Write) -> None:
    start, end = PACKAGED.index('[[flags]]\nid = "RF01"'), PACKAGED.index('[[anchors]]\nid = "anchor_ladder"')
    assert read_framework(write(PACKAGED[:start] + PACKAGED[end:], "mine.toml")).flags == ()
