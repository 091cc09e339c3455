"""Responses and mentions go in; how many people answered, and how many raised each theme in which way, come out.

The unit is the person: twelve mentions by one person count once.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import isnan

import pandas as pd

from coprod_cli.model.findings import Base
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Mention, Rating, Response, ThemeCount, require, rows, table

EVERY_PROJECT = ""


def count_bases(survey: Survey) -> tuple[Base, ...]:
    """How many people of each role answered, rated and commented, for each project and round."""
    rated = {each.response for each in rows(survey.ratings, Rating) if not isnan(each.score)}
    commented = {each.response for each in rows(survey.answers, Answer)}
    people: dict[tuple[str, str, str], list[set[str]]] = defaultdict(lambda: [set(), set(), set()])
    for each in rows(survey.responses, Response):
        answered, raters, commenters = people[each.project, each.role, each.wave]
        answered.add(each.person)
        if each.response in rated:
            raters.add(each.person)
        if each.response in commented:
            commenters.add(each.person)
    return tuple(Base(*group, *(len(each) for each in sets)) for group, sets in sorted(people.items()))


def count_roles(survey: Survey) -> tuple[tuple[str, int], ...]:
    """How many people of each role answered, over all projects and rounds; each person once."""
    people = survey.responses.groupby("role")["person"].nunique()
    return tuple((str(role), int(count)) for role, count in sorted(people.items()))


def count_themes(
    survey: Survey, mentions: pd.DataFrame, framework: Framework, levels: Iterable[str], *, by_project: bool
) -> pd.DataFrame:
    """ThemeCount rows for the mentions at these levels: for all projects together and, if asked, for each.

    Somebody who raised a theme both ways is mixed; one who only wondered or wished is neutral.
    """
    wanted = set(levels)
    form_of = {each.response: each for each in rows(survey.responses, Response)}
    stances: dict[tuple[str, str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention in rows(mentions, Mention):
        if mention.level in wanted:
            form = form_of[mention.response]
            for project in _places(form.project, by_project=by_project):
                stances[project, form.role, form.wave, mention.theme][form.person].add(mention.stance)
    commenters: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for answer in rows(survey.answers, Answer):
        form = form_of[answer.response]
        for project in _places(form.project, by_project=by_project):
            commenters[project, form.role, form.wave].add(form.person)
    counts = [
        _count(group, theme.id, stances[*group, theme.id], len(people))
        for group, people in commenters.items()
        for theme in framework.themes
    ]
    return require(table(counts, ThemeCount), ThemeCount)


def _places(project: str, *, by_project: bool) -> tuple[str, ...]:
    return (EVERY_PROJECT, project) if by_project else (EVERY_PROJECT,)


def _count(group: tuple[str, str, str], theme: str, said: dict[str, set[str]], commenters: int) -> ThemeCount:
    verdicts = [_judge(stances) for stances in said.values()]
    return ThemeCount(
        *group,
        theme,
        people=float(len(said)),
        positive=float(verdicts.count("positive")),
        mixed=float(verdicts.count("mixed")),
        negative=float(verdicts.count("negative")),
        neutral=float(verdicts.count("neutral")),
        commenters=float(commenters),
    )


def _judge(stances: set[str]) -> str:
    if {"positive", "negative"} <= stances:
        return "mixed"
    return next((each for each in ("positive", "negative") if each in stances), "neutral")
