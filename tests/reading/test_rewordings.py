"""What forums change in an item's wording without changing what is asked is data; whatever else differs, counts."""

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.items import match_item
from coprod_cli.reading.rewordings import cut_harmless, is_cut_off, is_turned_by_stem, make_canonical
from coprod_cli.reading.wording import make_key


def find(text: str, framework: Framework) -> str:
    """The id of the item that a heading surely asks, else ''."""
    match = match_item(Heading(0, text, text), framework)
    return match.item.id if match and match.certainty >= 0.95 else ""


@pytest.mark.parametrize("parents", ["parents/carers", "parent carers", "parents and carers", "families", "we"])
def test_every_item_is_found_whatever_parents_are_called(parents: str, framework: Framework) -> None:
    for item in framework.items:
        for numbered in ("", "Q7. ", "Thinking of the transport project - "):
            text = numbered + item.parent.replace("parents", parents)
            assert find(text, framework) == item.id, text


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Did people really listen to what parents said?", "heard_1"),
        ("People listened to what parents said", "heard_1"),
        ("We feel that people really listened to what families said", "heard_1"),
        ("In this project, people really listened to what parents said (1 = not at all, 5 = completely)", "heard_1"),
        ("We had an equal say when decisions were made (please tick one)", "power_1"),
        ("Professionals acted as if they knew best", "heard_3"),
        ("It was made easy for all sorts of families to take part", "inclusive_1"),
        ("Parents and professionals trusted one another", "trust_1"),
    ],
)
def test_statements_in_other_tenses_and_with_harmless_words_are_the_item(
    text: str, item: str, framework: Framework
) -> None:
    assert find(text, framework) == item


@pytest.mark.parametrize(
    "text",
    [
        "People really listened to what some parents said",
        "People listened to what parents said at the end",
        "Parents really listened to what people said",
        "People had to listen to what parents said",
        "People will listen to what parents said",
        "People really listened to what parents said (at school)",
        "People really listened to what young parents said",
        "How important is it to you? - People really listened to what parents said",
        "How sad are you about this? - How far did people really listen to what parents said?",
    ],
)
def test_any_other_word_and_any_other_order_is_not_the_item(text: str, framework: Framework) -> None:
    assert not find(text, framework)


def test_order_counts_and_names_of_parents_fall_together() -> None:
    assert make_canonical("Parents and carers listened") == make_canonical("families listen") == ("PARENT", "LISTEN")
    assert make_canonical("Parents listened to people") != make_canonical("people listened to parents")


def test_only_what_is_said_of_the_scale_is_cut() -> None:
    for scale in ("(1 = poor, 5 = good)", "(strongly agree to strongly disagree)", "(please tick one)", "(1-5)"):
        assert make_key(cut_harmless(f"Trust {scale}")) == "trust"
    for text in ("Trust (which academy trust)", "Trust (Year 9)", "Trust (not)"):
        assert cut_harmless(text) == text


def test_a_stem_may_turn_an_item_and_manners_do_not() -> None:
    item = "Parents had an equal say"
    assert is_turned_by_stem(f"How important are these? - {item}", item)
    assert not is_turned_by_stem(f"We want to know what you think. This should take a minute. - {item}", item)
    assert not is_turned_by_stem(f"How far do you agree or disagree? - {item}", item)


def test_a_short_beginning_is_not_a_wording_cut_off() -> None:
    wording = "how far were parents involved from the very beginning before plans were written"
    assert is_cut_off(wording[:70], wording)
    assert not is_cut_off(wording[:20], wording)
    assert not is_cut_off(wording, wording)
