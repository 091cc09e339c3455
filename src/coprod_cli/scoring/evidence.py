"""A survey and the mentions coded in it go in; what each person says of each dimension, 0 to 100, comes out.

The rules are those of docs/method.md: closed items first; a person's comments count for at most one item more, and
never for more than half of the items that person answered, so never for more than a third of the whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, isnan, nan
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Evidence, Mention, Rating, Response, require, rows, table

PLACES = {"positive": 100.0, "negative": 0.0}
MIXED = 50.0


class Voice(NamedTuple):
    """One person speaking of one project in one round: what evidence is gathered by."""

    person: str
    role: str
    project: str
    wave: str


class Comments(NamedTuple):
    """What the comments say of one dimension, 0..100, and the theme weights it rests on."""

    score: float
    weight: float


@dataclass
class _Said:
    """What one voice said, while it is being gathered."""

    weights: list[float] = field(default_factory=list)
    items: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    stances: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def gather_evidence(
    survey: Survey,
    mentions: pd.DataFrame,
    framework: Framework,
    scored_themes: Collection[str],
    comment_themes: Collection[str],
) -> pd.DataFrame:
    """Evidence rows, one a person, role, project, round and dimension.

    Args:
        survey: its responses and ratings are used, never its words.
        mentions: Mention rows; only those of level "project" with a stance for or against count.
        framework: which theme feeds which dimension, and how much.
        scored_themes: themes whose mentions may join the closed items.
        comment_themes: themes that may speak where a group's score must rest on comments only.
    """
    said = _listen(survey, mentions)
    dimension_of = {each.name: each.dimension for each in survey.questions if each.dimension}
    found: list[Evidence] = []
    for voice, words in said.items():
        weight = _mean(words.weights)
        if weight <= 0:
            continue
        joining = _weigh_comments(words.stances, framework, scored_themes)
        alone = _weigh_comments(words.stances, framework, comment_themes)
        for dimension in framework.dimensions:
            scores = [_mean(values) for item, values in words.items.items() if dimension_of.get(item) == dimension.id]
            comments = joining.get(dimension.id, Comments(nan, 0.0))
            evidence = _blend(voice, dimension.id, scores, comments, framework.scoring.max_comment_weight)
            evidence = evidence._replace(comments=alone.get(dimension.id, Comments(nan, 0.0)).score)
            if not (isnan(evidence.items) and isnan(evidence.comments)):
                found.append(evidence._replace(weight=weight))
    return require(table(found, Evidence), Evidence)


def _listen(survey: Survey, mentions: pd.DataFrame) -> dict[Voice, _Said]:
    """Everything each voice said, whichever of its responses it stands in."""
    said: dict[Voice, _Said] = defaultdict(_Said)
    voice_of: dict[str, Voice] = {}
    for response in rows(survey.responses, Response):
        voice = Voice(response.person, response.role, response.project, response.wave)
        voice_of[response.response] = voice
        said[voice].weights.append(response.weight)
    for rating in rows(survey.ratings, Rating):
        said[voice_of[rating.response]].items[rating.item].append(rating.score)
    for mention in rows(mentions, Mention):
        if mention.level == "project" and mention.stance in PLACES:
            said[voice_of[mention.response]].stances[mention.theme].add(mention.stance)
    return dict(sorted(said.items()))


def _weigh_comments(
    stances: Mapping[str, set[str]], framework: Framework, themes: Collection[str]
) -> dict[str, Comments]:
    """Per dimension: the weighted mean of the themes a person raised. A theme raised both ways counts 50."""
    parts: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for theme in framework.themes:
        if theme.id in themes and theme.id in stances:
            both = len(stances[theme.id]) > 1
            place = MIXED if both else PLACES[next(iter(stances[theme.id]))]
            for dimension, weight in theme.feeds:
                parts[dimension].append((place, weight))
    return {
        dimension: Comments(sum(place * weight for place, weight in pairs) / _total(pairs), _total(pairs))
        for dimension, pairs in parts.items()
    }


def _blend(voice: Voice, dimension: str, scores: list[float], comments: Comments, most: float) -> Evidence:
    """(sum of items + w x comments) / (n items + w), with w = min(most, theme weights, n items / 2).

    Needs at least half of the items asked, rounded up; with fewer there is no item score and no blend.
    """
    given = sorted(score for score in scores if not isnan(score))
    if not given or len(given) < ceil(len(scores) / 2):
        return Evidence(*voice, dimension, nan, nan, 0.0, nan, 1.0)
    weight = 0.0 if isnan(comments.score) else min(most, comments.weight, len(given) / 2)
    spoken = weight * comments.score if weight else 0.0
    blend = (sum(given) + spoken) / (len(given) + weight)
    return Evidence(*voice, dimension, sum(given) / len(given), nan, weight, blend, 1.0)


def _mean(values: Iterable[float]) -> float:
    """The mean of what is there; NaN when nothing is. Sorted first, so that the order of rows changes no bit."""
    given = sorted(value for value in values if not isnan(value))
    return sum(given) / len(given) if given else nan


def _total(pairs: list[tuple[float, float]]) -> float:
    return sum(weight for _, weight in pairs)
