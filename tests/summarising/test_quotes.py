"""What is quoted: a stated rule, not a favourite; the same project's quotes whatever else is in the survey."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from coprod_cli.model.findings import Findings, Provenance, Quote, Scored, Settings
from coprod_cli.model.governance import Governance
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Mention, Rating, Response, Score, table
from coprod_cli.summarising import Coded, summarise

MakeFindings = Callable[..., Findings]
WORDS = "They listened to what person {} said and then they wrote it down."
RAW = Settings(audience="raw")
PLAIN = Mention("", "q", "trust", "positive", "project", 0.8, 0, 13, "hand")


def draw(
    said: Sequence[Mention],
    model: Findings,
    *,
    settings: Settings = RAW,
    willing: bool = True,
    words: dict[str, str] | None = None,
) -> tuple[Quote, ...]:
    """Quotes from mentions whose response is "project/person"; everybody writes one answer of their own."""
    forms = sorted({each.response for each in said})
    responses = [
        Response(form, form.split("/")[1], "parent", form.split("/")[0], "", consent=willing, weight=1.0)
        for form in forms
    ]
    texts = {form: (words or {}).get(form, WORDS.format(form.split("/")[1])) for form in forms}
    survey = Survey(
        responses=table(responses, Response),
        answers=table((Answer(form, "q", texts[form], texts[form]) for form in forms), Answer),
        ratings=table([], Rating),
        questions=(),
        sources=(),
        rows_read=len(forms),
        forms=len(forms),
    )
    return summarise(
        survey=survey,
        coded=Coded(table(said, Mention), model.coder, ()),
        scored=Scored(table([], Score)),
        governance=Governance(),
        framework=model.framework,
        settings=settings,
        provenance=Provenance("0", (), "", "", ""),
    ).quotes


def say(project: str, people: range, like: Mention = PLAIN) -> list[Mention]:
    return [like._replace(response=f"{project}/{person:02d}") for person in people]


def quote(words: str, part: str, model: Findings, *others: Mention) -> list[str]:
    start = words.index(part)
    said = PLAIN._replace(response="A/ann", start=start, end=start + len(part))
    return [each.words for each in draw([said, *others], model, words={"A/ann": words})]


def test_quotes_need_consent(make_findings: MakeFindings) -> None:
    said = say("A", range(3))
    assert draw(said, make_findings())
    assert not draw(said, make_findings(), willing=False)


def test_words_that_the_machine_is_unsure_of_are_never_quoted(make_findings: MakeFindings) -> None:
    said = [*say("A", range(1)), *say("A", range(1, 5), PLAIN._replace(unsure=True))]
    assert [each.words for each in draw(said, make_findings())] == [WORDS.format("00")]


@pytest.mark.parametrize("theme", ["respect_equality", "emotional_impact"])
def test_blame_fear_and_distress_are_never_quoted(make_findings: MakeFindings, theme: str) -> None:
    assert not draw(say("A", range(20), PLAIN._replace(theme=theme, stance="negative")), make_findings())


def test_a_quote_keeps_the_words_that_turn_its_sense_or_is_left_out(make_findings: MakeFindings) -> None:
    turned = "They said all the right things to us. But they never came back."
    assert quote(f"It was cold. {turned}", "all the right things to us", make_findings()) == [turned]
    long = f"{turned[:-1]}{' and nobody told us why' * 12}."
    assert quote(long, "all the right things to us", make_findings()) == []


def test_a_whole_sentence_is_not_quoted_for_its_better_half(make_findings: MakeFindings) -> None:
    words = "They were friendly to us all at first but then I was told it was my fault."
    blamed = PLAIN._replace(
        response="A/ann", theme="respect_equality", stance="negative", start=words.index("but"), end=len(words)
    )
    assert quote(words, "They were friendly", make_findings()) == [words]
    assert quote(words, "They were friendly", make_findings(), blamed) == []


def test_spare_quotes_of_both_stances_one_a_person_drawn_by_the_seed(make_findings: MakeFindings) -> None:
    said = [*say("A", range(24)), *say("A", range(24, 30), PLAIN._replace(stance="negative"))]
    found = draw(said, make_findings())
    assert [each.stance for each in found] == ["positive"] * 4 + ["negative"] * 4
    assert len({each.words for each in found}) == 8
    assert draw(said[::-1], make_findings()) == found
    assert len({draw(said, make_findings(), settings=Settings(seed=seed, audience="raw")) for seed in range(2, 6)}) > 1


def test_a_person_with_much_to_say_is_quoted_once_about_a_project(make_findings: MakeFindings) -> None:
    said = [
        PLAIN._replace(response="A/ann", theme=each.id, start=at)
        for at, each in enumerate(make_findings().framework.themes)
    ]
    assert len(draw(said, make_findings())) == 1


def test_another_project_does_not_move_the_quotes_of_the_first(make_findings: MakeFindings) -> None:
    alone = [
        *say("A", range(20)),
        *say("A", range(10, 20), PLAIN._replace(stance="negative", theme="openness", start=1)),
    ]
    both = [*alone, *say("B", range(5, 40)), *say("B", range(60, 90), PLAIN._replace(theme="openness"))]
    first = [each for each in draw(both, make_findings()) if each.project == "A"]
    assert [each[1:] for each in first] == [each[1:] for each in draw(alone, make_findings())]


def test_a_theme_that_may_not_be_quoted_takes_up_nobody(make_findings: MakeFindings) -> None:
    rare = [each._replace(theme="listened_to", start=1) for each in say("A", range(9))]
    found = draw([*say("A", range(12)), *rare], make_findings(), settings=Settings())
    assert [each.theme for each in found] == ["trust"] * 4


def test_short_words_are_not_padded_out(make_findings: MakeFindings) -> None:
    assert quote("They listened.", "They listened", replace(make_findings())) == []


def test_words_that_a_person_coded_come_first(make_findings: MakeFindings) -> None:
    machine = RAW.engine
    by_machine = say("A", range(20), PLAIN._replace(coder=machine))
    by_hand = say("A", range(20, 23), PLAIN._replace(coder="person"))
    drawn = draw([*by_machine, *by_hand], make_findings())
    assert [each.coder for each in drawn] == ["person"] * 3 + [machine]


def test_nothing_is_quoted_of_an_answer_in_which_a_person_found_blame(make_findings: MakeFindings) -> None:
    words = {"A/00": f"{WORDS.format('00')} Something else was said. They told me that it was all my own fault."}
    start = words["A/00"].index("They told")
    blame = PLAIN._replace(response="A/00", theme="respect_equality", stance="negative", start=start, end=start + 20)
    for coder, quoted in (("person", 0), (RAW.engine, 1)):
        said = [each._replace(coder=coder) for each in (*say("A", range(1)), blame)]
        assert len(draw(said, make_findings(), words=words)) == quoted
