"""Closed questions are matched to the framework's items by id, wording and shared words, not by resemblance."""

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.items import LEAST_OVERLAP, match_item, resembles_wrongly, sounds_reversed


def find(text: str, framework: Framework, part: str = "", code: str = "") -> tuple[str, bool] | None:
    match = match_item(Heading(0, text, text, text, part, code), framework)
    return (match.item.id, match.certainty >= 0.95) if match else None


def test_every_item_is_found_by_id_and_by_both_wordings(framework: Framework) -> None:
    for item in framework.items:
        for text in (
            item.id,
            item.parent,
            item.practitioner,
            f"Q7. {item.parent.upper()}",
            f"Please tell us - {item.parent}",
        ):
            assert find(text, framework) == (item.id, True), text
        assert find("Please tell us", framework, part=item.practitioner) == (item.id, True)
        assert find("anything", framework, code=item.id) == (item.id, True)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Parents had an equal say", "power_1"),
        ("It felt like a tick-box exercise", "influence_3"),
        ("Professionals knew best", "heard_3"),
        ("Children and young people had a say", "inclusive_2"),
        ("I was told what was done with my views", "influence_2"),
    ],
)
def test_statements_are_found_by_the_words_they_share(text: str, item: str, framework: Framework) -> None:
    match = match_item(Heading(0, text, text), framework)
    assert match is not None
    assert match.item.id == item
    assert LEAST_OVERLAP <= match.certainty < framework.scoring.min_item_certainty
    assert "shares most of its words" in match.why


@pytest.mark.parametrize(
    "text",
    [
        "Parents did not have an equal say",
        "Professionals did not keep the last word",
        "Parents' unpaid time was recognised and paid",
        "How satisfied are you with your child's school?",
        "The venue was accessible",
        "How far did people really fail to listen to what parents said?",
        "How little did people really listen to what parents said?",
        "How far did parents and professionals distrust each other?",
        "How sad are you that people really listen to what parents said?",
        "When decisions were made, how far did parents want an equal say?",
        "How far did people really listen to what professionals said?",
        "How far did parents really listen to what people said?",
        "How far were young people involved from the very beginning, before plans were written?",
        "",
    ],
)
def test_resemblance_and_opposites_are_no_match(text: str, framework: Framework) -> None:
    assert find(text, framework) is None


def test_an_opposite_of_an_item_resembles_it_wrongly(framework: Framework) -> None:
    turned = "How far did people really fail to listen to what parents said?"
    assert resembles_wrongly(Heading(0, turned, turned), framework)
    for item in framework.items:
        assert not resembles_wrongly(Heading(0, item.parent, item.parent), framework)
    assert not resembles_wrongly(Heading(0, "", "The venue was accessible"), framework)


def test_a_wording_cut_off_by_the_tool_is_still_the_items_own(framework: Framework) -> None:
    for item in framework.items:
        assert find(item.parent[:80], framework) == (item.id, True)
    match = match_item(Heading(0, "", "How far did parents"), framework)
    assert match is None or match.certainty < framework.scoring.min_item_certainty


def test_complaints_are_known_by_their_cues() -> None:
    assert sounds_reversed(Heading(0, "", "It was just ticking a box"))
    assert sounds_reversed(Heading(0, "", "Things had already been decided"))
    assert not sounds_reversed(Heading(0, "", "We were listened to"))
