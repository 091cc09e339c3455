"""What the codebook may lack is offered as a suggestion, with its people and its words, or said not to be known."""

from dataclasses import replace

from coprod_cli.model.emerging import RolePeople
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Document
from coprod_cli.reporting.story_of_emerging import tell_emerging
from coprod_cli.reporting.to_markdown import write_markdown


def tell(findings: Findings) -> str:
    section = tell_emerging(findings)
    return write_markdown(Document("Title", "Subtitle", None, (section,), "Footer")).decode("utf-8")


def test_a_suggestion_names_words_people_and_stability(usual: Findings) -> None:
    text = tell(usual)
    assert "\u201ccar park\u201d and \u201cbus\u201d" in text
    assert "about 25 parents and carers and about 10 practitioners" in text
    assert "0.91" in text
    assert "nowhere to park within a mile" in text
    assert "a090e" in text
    assert "suggestions" in text


def test_people_that_are_withheld_are_named_without_a_number(usual: Findings) -> None:
    withheld = usual.emerging[0]._replace(people=(RolePeople("parent", -1),), typical=())
    text = tell(replace(usual, emerging=(withheld,)))
    assert "Who wrote of it: parents and carers." in text
    assert "-1" not in text
    assert "most typical" not in text


def test_nothing_found_is_said_so(usual: Findings) -> None:
    assert "Not enough answers to say" in tell(replace(usual, emerging=()))
