"""A survey and what everybody said go in; how far these answers bear the scores comes out.

Everything is of one role over all projects and rounds: reliability belongs to the questions, not to one project.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from coprod_cli.model.findings import Quality
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import ROLES, RungChance, require
from coprod_cli.scoring.evidence import VOICE, Heard, Matrix, Places, number_voices
from coprod_cli.scoring.habits import Voices, find_habits, find_unanswered
from coprod_cli.scoring.reliability import combine_people, correlate_anchors, correlate_dimensions, measure_alphas
from coprod_cli.scoring.scorer import Scorer
from coprod_cli.scoring.ticks import Mask, Ticks, list_parts

_LADDER = "ordinal"


def judge_quality(survey: Survey, heard: Heard, ticks: Ticks, scorer: Scorer) -> Quality:
    """Reliability, correlations, habits and gaps of every role; nothing below the minimum number of people.

    Args:
        survey: its anchors are used.
        heard: what everybody said.
        ticks: what every voice of `heard` ticked.
        scorer: dimensions, the floor for alpha, the fewest people for this audience, the seed. Two things are
            correlated only where as many as for a comparison said both.
    """
    found = Quality()
    framework, thresholds = scorer.framework, scorer.thresholds
    rules = framework.scoring.level, thresholds.min_compare
    anchors = _average_anchors(survey, heard)
    for part in _list_roles(heard, ticks):
        kept = (heard.voices["role"] == part.role).to_numpy() & (heard.voices["weight"] > 0).to_numpy()
        own = {name: values[kept] for name, values in anchors.items()}
        overall = combine_people(part.items, framework)
        found = replace(
            found,
            alphas=(*found.alphas, *measure_alphas(part.role, part.ticks, part.people, framework)),
            correlations=(
                *found.correlations,
                *correlate_dimensions(part.role, part.items, part.people, framework, thresholds.min_compare),
                *correlate_anchors(part.role, overall, own, part.people, rules),
            ),
            habits=(*found.habits, *find_habits(part, framework, thresholds, scorer.seed)),
            unanswered=(*found.unanswered, *find_unanswered(part, thresholds)),
        )
    return found


def tell_said(rungs: pd.DataFrame, survey: Survey, framework: Framework, thresholds: Thresholds) -> pd.DataFrame:
    """The same RungChance rows with the share of people who chose each rung when asked, and how many chose any.

    Neither is told where fewer than a percentage needs chose one. Where few chose a rung, that rung is not told, nor
    the least chosen of the others, which would give it away.
    """
    ladder = next((each.id for each in framework.anchors if each.kind == _LADDER), "")
    chosen = survey.anchors[(survey.anchors["anchor"] == ladder) & survey.anchors["value"].notna()]
    if rungs.empty or chosen.empty:
        return rungs
    placed = chosen.merge(survey.responses[[*VOICE, "response", "weight"]], on="response")
    # Several forms of one person about one project count once, at the rung nearest to their mean.
    placed = placed[placed["weight"] > 0].groupby(VOICE, sort=True, dropna=False)["value"].mean().reset_index()
    placed["rung"] = (placed["value"] + 0.5).astype("int64")
    counts = placed.groupby([*VOICE[:3], "rung"]).size()
    whole = placed.groupby(VOICE[:3]).size()
    told = rungs.copy()
    for group, own in rungs.groupby(VOICE[:3], sort=False):
        people = int(whole.get(group, 0))
        if people >= max(thresholds.percent_base, 1):
            number = np.array([counts.get((*group, rung), 0) for rung in own["rung"]])
            told.loc[own.index, "said_people"] = people
            told.loc[own.index, "said"] = np.where(_find_small(number, thresholds.small_cell), np.nan, number / people)
    return require(told, RungChance)


def _find_small(counts: Places, small: int) -> Mask:
    hidden = (counts > 0) & (counts < small)
    others = np.flatnonzero((counts > 0) & ~hidden)
    if hidden.any() and len(others):
        hidden[others[np.argmin(counts[others])]] = True
    return np.asarray(hidden)


def _list_roles(heard: Heard, ticks: Ticks) -> Iterator[Voices]:
    asked = np.zeros(ticks.given.shape, dtype=np.bool_)
    for part in list_parts(heard).values():
        asked[part] = ticks.given[part].any(axis=0)
    people = pd.factorize(heard.voices["person"])[0].astype(np.int64)
    weights = heard.voices["weight"].to_numpy()
    for role in ROLES:
        kept = (heard.voices["role"] == role).to_numpy() & (weights > 0)
        if kept.any():
            names = tuple(heard.voices["lot"][kept])
            yield Voices(
                role,
                names,
                people[kept],
                weights[kept],
                heard.items[kept],
                heard.commented[kept],
                ticks.take(kept),
                asked[kept],
            )


def _average_anchors(survey: Survey, heard: Heard) -> dict[str, Matrix]:
    """What each voice says of the work as a whole, by anchor, (voices,); NaN for nothing."""
    voices, _ = number_voices(survey.responses)
    places = {response: place for place, response in enumerate(survey.responses["response"])}
    said = survey.anchors[survey.anchors["value"].notna()]
    voice_of = voices[said["response"].map(places).to_numpy(dtype=np.int64)]
    means = said["value"].groupby([said["anchor"].to_numpy(), voice_of]).mean()
    found = {str(name): np.full(len(heard.voices), np.nan) for name in sorted(set(said["anchor"]))}
    for name, values in found.items():
        own = means.loc[name]
        values[own.index.to_numpy()] = own.to_numpy()
    return found
