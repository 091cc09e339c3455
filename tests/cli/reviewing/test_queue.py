"""What is asked begins from what others said; what they left open is no word that they could not tell."""

from dataclasses import replace

from coprod_cli.cli.reviewing.queue import Choice, choose_answers
from coprod_cli.model.answers import CodedAnswers, Marked


def test_a_level_that_nobody_was_asked_for_is_the_joint_work_and_one_that_nobody_could_tell_stays_so(
    told: CodedAnswers,
) -> None:
    found = {name: (Marked("trust", "negative", "", 0, 5, coder=who),) for name, who in (("a1", "anna"), ("a2", "ben"))}
    begun = replace(told, found=found, by_hand={"a1": "anna", "a2": "ben"}, levelless=frozenset({"anna"}))
    shown = {each.answer.id: [code.level for code in each.codes] for each in choose_answers(begun, (), Choice()).shown}
    assert shown == {"a1": ["project"], "a2": [""], "a3": []}
