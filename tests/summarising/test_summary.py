"""What is counted: people, not mentions; and what a reader must know of it."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from coprod_cli.model.findings import Findings, Provenance, Scored, Settings
from coprod_cli.model.governance import Governance
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Mention, Rating, Response, Score, ThemeCount, rows, table
from coprod_cli.summarising import Coded, summarise

WORDS = "They listened to what we said and then they wrote it down."
Said = dict[str, list[tuple[str, str]]]
MakeFindings = Callable[..., Findings]


def make_survey(people: list[str], *, consent: bool = True) -> Survey:
    forms = [Response(f"r-{name}", name, "parent", "Transport", "", consent=consent, weight=1.0) for name in people]
    return Survey(
        responses=table(forms, Response),
        answers=table((Answer(each.response, "q", WORDS, WORDS) for each in forms), Answer),
        ratings=table([], Rating),
        questions=(),
        sources=(),
        rows_read=len(forms),
        forms=len(forms),
    )


def sum_up(survey: Survey, mentions: list[Mention], model: Findings, seed: int = 1) -> Findings:
    return summarise(
        survey=survey,
        coded=Coded(table(mentions, Mention), model.coder, ()),
        scored=Scored(table([], Score)),
        governance=Governance(),
        framework=model.framework,
        settings=Settings(seed=seed),
        provenance=Provenance("0", (), "", "", ""),
    )


def mention(person: str, theme: str, stance: str, level: str = "project", start: int = 0) -> Mention:
    return Mention(f"r-{person}", "q", theme, stance, level, 0.8, start, len(WORDS), "hand")


def count(findings: Findings, theme: str, project: str = "Transport") -> ThemeCount:
    return next(each for each in rows(findings.themes, ThemeCount) if (each.project, each.theme) == (project, theme))


def test_people_are_counted_once_and_split_by_what_they_said(make_findings: MakeFindings) -> None:
    said = [
        mention("ann", "trust", "positive"),
        mention("ann", "trust", "negative", start=5),
        mention("bob", "trust", "negative"),
        mention("bob", "trust", "negative", start=9),
        mention("cat", "trust", "neutral"),
        mention("dan", "openness", "positive"),
    ]
    found = sum_up(make_survey(["ann", "bob", "cat", "dan"]), said, make_findings())
    for project in ("Transport", ""):
        each = count(found, "trust", project)
        assert (each.people, each.positive, each.mixed, each.negative, each.neutral) == (3, 0, 1, 1, 1)
        assert each.commenters == 4
    assert count(found, "tokenism").people == 0


def test_one_childs_case_is_told_beside_the_project_never_in_it(make_findings: MakeFindings) -> None:
    said = [
        mention("ann", "trust", "negative", level="individual"),
        mention("bob", "trust", "negative", level="system"),
    ]
    found = sum_up(make_survey(["ann", "bob"]), said, make_findings())
    assert count(found, "trust").people == 0
    beside = [each for each in rows(found.themes_beside, ThemeCount) if each.theme == "trust"]
    assert [(each.project, each.people) for each in beside] == [("", 2)]


def test_somebody_who_answered_for_two_projects_is_one_person(make_findings: MakeFindings) -> None:
    survey = make_survey(["ann", "bob"])
    responses = survey.responses.assign(person="ann", project=["Transport", "Short breaks"]).astype("object")
    survey = replace(survey, responses=responses.astype({"consent": "bool", "weight": "float64"}))
    found = sum_up(survey, [mention("ann", "trust", "negative"), mention("bob", "trust", "negative")], make_findings())
    assert found.people == 1
    assert found.responses == 2
    assert count(found, "trust", "").people == 1
    assert sorted(each.answered for each in found.bases) == [1, 1]


def test_ids_of_people_and_answers_cannot_be_looked_up(make_findings: MakeFindings) -> None:
    found = sum_up(make_survey(["ann", "bob"]), [mention("ann", "trust", "negative")], make_findings())
    assert not {"ann", "bob", "r-ann", "r-bob"} & set(found.coded["person"]) | set(found.coded["answer"]) & {"r-ann"}
    more = sum_up(make_survey(["ann", "bob", "cat"]), [], make_findings())
    assert not set(found.coded["person"]) & set(more.coded["person"])


def test_an_answer_without_a_theme_is_still_listed(make_findings: MakeFindings) -> None:
    found = sum_up(make_survey(["ann"]), [], make_findings())
    assert found.coded["theme"].tolist() == [""]
    assert isinstance(found.coded, pd.DataFrame)


def test_a_reader_is_told_that_a_machine_coded(make_findings: MakeFindings) -> None:
    found = sum_up(make_survey(["ann"]), [], make_findings())
    assert "coded-by-machine" in {each.code for each in found.notices}


def test_a_theme_of_ones_own_that_the_engine_never_learnt_is_told(make_findings: MakeFindings) -> None:
    model = make_findings()
    own = replace(model.framework.themes[0], id="transport", name="Getting there")
    wider = replace(model.framework, themes=(*model.framework.themes, own))
    found = sum_up(make_survey(["ann"]), [], replace(model, framework=wider))
    [told] = [each.message for each in found.notices if each.code == "themes-not-learnt"]
    assert "Getting there" in told
    assert "themes-not-learnt" not in {each.code for each in sum_up(make_survey(["ann"]), [], model).notices}


def test_people_with_several_forms_or_roles_are_told(make_findings: MakeFindings) -> None:
    survey = make_survey(["ann", "bob"])
    twice = replace(survey, responses=survey.responses.assign(person="ann"))
    assert "person-twice" in {each.code for each in sum_up(twice, [], make_findings()).notices}
    both = replace(survey, responses=survey.responses.assign(person="ann", role=["parent", "practitioner"]))
    assert "person-in-several-roles" in {each.code for each in sum_up(both, [], make_findings()).notices}
    plain = {each.code for each in sum_up(survey, [], make_findings()).notices}
    assert not {"person-twice", "person-in-several-roles"} & plain
