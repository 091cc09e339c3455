"""What a page prints of the quotes there are: balanced, roles in turn, the next in place of one struck out."""

from collections.abc import Callable
from dataclasses import replace

from coprod_cli.model.findings import Findings, Quote
from coprod_cli.telling import Panel, list_quoted_themes, pick_quotes

MakeFindings = Callable[..., Findings]


def make(*codes: str, project: str = "") -> tuple[Quote, ...]:
    """Quotes on trust, each by role and stance: "p+" is a parent's of something going well."""
    roles, ways = {"p": "parent", "s": "practitioner"}, {"+": "positive", "-": "negative"}
    return tuple(
        Quote(f"{code}{at}", "trust", ways[code[1]], roles[code[0]], f"Words {at} {project}", project=project)
        for at, code in enumerate(codes)
    )


def pick(findings: Findings, quotes: tuple[Quote, ...], most: int = 4, panel: Panel | None = None) -> list[str]:
    return [each.id for each in pick_quotes(replace(findings, quotes=quotes), "trust", most, panel)]


def test_as_many_for_as_against_and_roles_in_turn(usual: Findings) -> None:
    quotes = make("p+", "p+", "p+", "p-", "s+", "s-")
    assert pick(usual, quotes) == ["p+0", "p-3", "s+4", "s-5"]
    assert pick(usual, quotes, most=2) == ["p+0", "p-3"]
    assert pick(usual, quotes, most=6) == ["p+0", "p-3", "s+4", "s-5"]


def test_one_side_alone_gets_half_the_room(usual: Findings) -> None:
    assert pick(usual, make("p-", "p-", "p-", "s-")) == ["p-0", "s-3"]


def test_the_next_takes_the_place_of_one_struck_out(usual: Findings) -> None:
    quotes = make("p+", "p+", "p-", "p-", "p-")
    assert pick(usual, quotes) == ["p+0", "p-2", "p+1", "p-3"]
    assert pick(usual, (quotes[0], quotes[1], *quotes[3:])) == ["p+0", "p-3", "p+1", "p-4"]


def test_the_same_words_are_printed_once(usual: Findings) -> None:
    quotes = tuple(each._replace(words="The same.") for each in make("p+", "p+", "p+"))
    assert pick(usual, quotes) == ["p+0"]


def test_a_project_page_prints_only_what_is_said_of_it(usual: Findings) -> None:
    quotes = (*make("p+", "p-"), *make("s+", "s-", project="Rail"))
    assert pick(usual, quotes, panel=Panel("Rail", "")) == ["s+0", "s-1"]
    assert pick(usual, quotes, panel=Panel("Bus", "")) == []
    told = replace(usual, quotes=(*quotes, quotes[0]._replace(theme="openness")))
    assert set(list_quoted_themes(told)) == {"trust", "openness"}
    assert list_quoted_themes(told, Panel("Rail", "")) == ("trust",)
