"""A survey and the mentions coded in it go in; what each person says of each dimension, 0 to 100, comes out.

The rules are those of docs/method.md: closed items first; a person's comments count for at most one item more, and
never for more than half of the items that person answered, so never for more than a third of the whole.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.scoring.ratings import NO_RATINGS, Ratings, average_by_dimension, find_asked, list_ratings

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
# What a person's words say of one theme of the joint work, as stored in Heard.verdicts.
NOTHING, FOR, AGAINST, BOTH = range(4)
PLACES = np.array([0.0, 100.0, 0.0, 50.0])
_VOICE = ["project", "role", "wave", "person"]


class Group(NamedTuple):
    """One role in one project in one round: what a score is of."""

    project: str
    role: str
    wave: str


@dataclass(frozen=True)
class Themes:
    """The themes of a framework with what they weigh in each dimension; weights are themes x dimensions.

    joining: of the themes that may join closed items; alone: of those that may speak where there are comments only.
    """

    names: tuple[str, ...]
    joining: Matrix
    alone: Matrix


@dataclass(frozen=True)
class Said:
    """What the people of one group said. Rows are people, sorted; columns are dimensions; NaN where nothing is said.

    sectors: of the people, "" where not known. weights: of the survey, 0 for people who do not count. items: mean of
    the closed items. comments: what their comments say where they stand alone. comment_weight: how many items the
    comments count for in `blend`, which is items and comments together. verdicts: people x themes. commented: whether
    they wrote anything. asked: closed items that anybody of the group answered. ratings: item by item, by row, where
    other rounds asked other items. joining, most: as in Heard.
    """

    group: Group
    people: tuple[str, ...]
    sectors: tuple[str, ...]
    weights: Matrix
    items: Matrix
    comments: Matrix
    comment_weight: Matrix
    blend: Matrix
    verdicts: npt.NDArray[np.int8]
    commented: npt.NDArray[np.bool_]
    asked: frozenset[str] = frozenset()
    ratings: Ratings = NO_RATINGS
    joining: Matrix = field(default_factory=lambda: np.zeros((0, 0)))
    most: float = 0.0

    def keep(self, kept: npt.NDArray[np.bool_]) -> "Said":
        """The same with these people only."""
        places = np.flatnonzero(kept).tolist()
        return replace(
            self,
            people=tuple(self.people[place] for place in places),
            sectors=tuple(self.sectors[place] for place in places),
            weights=self.weights[kept],
            items=self.items[kept],
            comments=self.comments[kept],
            comment_weight=self.comment_weight[kept],
            blend=self.blend[kept],
            verdicts=self.verdicts[kept],
            commented=self.commented[kept],
            ratings=self.ratings.keep(kept),
        )

    def narrow(self, items: frozenset[str]) -> "Said":
        """The same as if only these closed items had been asked; for rounds that asked different ones."""
        if self.asked <= items:
            return self
        means, answered = average_by_dimension(self.ratings.only(items), len(self.people), self.items.shape[1])
        weight, blend = blend_comments(means, answered, self.verdicts, self.joining, self.most)
        return replace(self, items=means, comment_weight=weight, blend=blend, asked=self.asked & items)


@dataclass(frozen=True)
class Heard:
    """Everything that was said, by voice: one person in one role, project and round. Voices are sorted by group.

    voices: project, role, wave, person, weight, sector. items: means of closed items, voices x dimensions, NaN where
    fewer than half of those asked were answered. answered: how many were. verdicts: voices x themes. commented: whether
    the voice wrote anything. most: how many items comments may count for. asked: by group, the closed items that
    anybody answered. ratings: item by item, of the projects and roles that were asked different items in two rounds.
    """

    voices: pd.DataFrame
    dimensions: tuple[str, ...]
    themes: Themes
    items: Matrix
    answered: npt.NDArray[np.int16]
    verdicts: npt.NDArray[np.int8]
    commented: npt.NDArray[np.bool_]
    most: float
    asked: Mapping[Group, frozenset[str]] = field(default_factory=dict)
    ratings: Ratings = NO_RATINGS

    def groups(self) -> Iterator[Said]:
        """What each group said, in the order of groups; one at a time, so that memory does not grow with them."""
        if not len(self.voices):
            return
        codes = np.stack([pd.factorize(self.voices[name])[0] for name in _VOICE[:3]])
        starts = np.flatnonzero(np.r_[True, (codes[:, 1:] != codes[:, :-1]).any(axis=0)])
        for start, end in zip(starts, np.r_[starts[1:], len(self.voices)], strict=True):
            yield self._take(slice(int(start), int(end)))

    def _take(self, part: slice) -> Said:
        own = self.voices.iloc[part]
        project, role, wave = (str(own[name].iloc[0]) for name in _VOICE[:3])
        items, answered, verdicts = self.items[part], self.answered[part], self.verdicts[part]
        alone, _ = weigh_verdicts(verdicts, self.themes.alone)
        weight, blend = blend_comments(items, answered, verdicts, self.themes.joining, self.most)
        group = Group(project, role, wave)
        return Said(
            group,
            tuple(own["person"]),
            tuple(own["sector"]),
            own["weight"].to_numpy(),
            items,
            alone,
            weight,
            blend,
            verdicts,
            self.commented[part],
            self.asked.get(group, frozenset()),
            self.ratings.take(part.start, part.stop),
            self.themes.joining,
            self.most,
        )


def weigh_verdicts(verdicts: npt.NDArray[np.int8], weights: Matrix) -> tuple[Matrix, Matrix]:
    """What comments say of dimensions, 0..100, NaN for nothing, and the theme weights it rests on.

    Both are people x dimensions. A theme raised both ways counts 50.
    """
    raised = (verdicts != NOTHING).astype(float)
    total = raised @ weights
    spoken = (PLACES[verdicts] * raised) @ weights
    return np.divide(spoken, total, out=np.full_like(total, np.nan), where=total > 0), total


def blend_comments(
    items: Matrix, answered: npt.NDArray[np.int16], verdicts: npt.NDArray[np.int8], joining: Matrix, most: float
) -> tuple[Matrix, Matrix]:
    """How many items each person's comments count for, and items and comments together; people x dimensions.

    (sum of items + w x comments) / (n items + w), with w = min(most, theme weights, n items / 2).
    """
    said, weight = weigh_verdicts(verdicts, joining)
    rated = ~np.isnan(items)
    weight = np.where(rated, np.minimum(np.minimum(weight, most), answered / 2), 0.0)
    spoken = np.where(weight > 0, weight * said, 0.0)
    return weight, np.where(
        rated, (np.nan_to_num(items) * answered + spoken) / np.maximum(answered + weight, 1), np.nan
    )


def gather_evidence(
    survey: Survey,
    mentions: pd.DataFrame,
    framework: Framework,
    scored_themes: Collection[str],
    comment_themes: Collection[str],
) -> Heard:
    """What everybody said, by voice.

    Args:
        survey: its responses and ratings are used, never its words.
        mentions: Mention rows; only those of level "project" with a stance for or against count.
        framework: which theme feeds which dimension, and how much.
        scored_themes: themes whose mentions may join the closed items.
        comment_themes: themes that may speak where a group's score must rest on comments only.
    """
    voices, voice_of = _list_voices(survey.responses)
    places = {response: place for place, response in enumerate(survey.responses["response"])}

    def find_voices(responses: pd.Series) -> Places:
        return np.asarray(voice_of[responses.map(places).to_numpy(dtype=np.int64)])

    dimensions = tuple(each.id for each in framework.dimensions)
    ratings = list_ratings(survey.ratings, find_voices(survey.ratings["response"]), survey.questions, dimensions)
    names = tuple(each.id for each in framework.themes)
    counting = mentions[(mentions["level"] == "project") & mentions["stance"].isin(["positive", "negative"])]
    counting = counting[counting["theme"].isin(names)]
    verdicts = np.zeros((len(voices), len(names)), dtype=np.int8)
    theme_of = counting["theme"].map({name: place for place, name in enumerate(names)}).to_numpy(dtype=np.int64)
    stances = np.where(counting["stance"] == "positive", FOR, AGAINST).astype(np.int8)
    np.bitwise_or.at(verdicts, (find_voices(counting["response"]), theme_of), stances)
    commented = np.zeros(len(voices), dtype=np.bool_)
    commented[find_voices(survey.answers["response"])] = True
    mute = ~(voices["weight"].to_numpy() > 0)
    verdicts[mute], commented[mute] = NOTHING, False
    ratings = ratings.hold(~mute) if mute.any() else ratings
    items, answered = average_by_dimension(ratings, len(voices), len(dimensions))
    asked, ratings = _find_asked(voices, ratings)
    themes = Themes(
        names, _list_weights(framework, dimensions, scored_themes), _list_weights(framework, dimensions, comment_themes)
    )
    most = framework.scoring.max_comment_weight
    return Heard(voices, dimensions, themes, items, answered, verdicts, commented, most, asked, ratings)


def _list_voices(responses: pd.DataFrame) -> tuple[pd.DataFrame, Places]:
    """The voices, sorted, and for each response the place of its voice. A voice's weight is the mean of its forms'."""
    own: Places = np.asarray(responses.groupby(_VOICE, sort=True, dropna=False).ngroup(), dtype=np.int64)
    voices = responses[[*_VOICE, "sector"]].assign(voice=own).sort_values(["voice", "sector"], kind="stable")
    voices = voices.drop_duplicates("voice", keep="last").drop(columns="voice").reset_index(drop=True)
    weights = responses["weight"].to_numpy()
    order = np.lexsort((weights, own))
    count = np.bincount(own, minlength=len(voices))
    total = np.bincount(own[order], weights=weights[order], minlength=len(voices))
    return voices.assign(weight=total / np.maximum(count, 1)), own


def _find_asked(voices: pd.DataFrame, ratings: Ratings) -> tuple[dict[Group, frozenset[str]], Ratings]:
    """By group the items that anybody answered, and the ratings of projects and roles whose rounds differ in them."""
    by_round = voices.groupby(_VOICE[:3], sort=True)
    place: Places = np.asarray(by_round.ngroup(), dtype=np.int64)
    asked = find_asked(ratings, place, by_round.ngroups)
    groups = [Group(*(str(name) for name in each)) for each in by_round.size().index]
    named = {
        group: frozenset(name for name, there in zip(ratings.names, row, strict=True) if there)
        for group, row in zip(groups, asked, strict=True)
    }
    sets: dict[tuple[str, str], set[frozenset[str]]] = {}
    for group, items in named.items():
        sets.setdefault((group.project, group.role), set()).add(items)
    differ = {whose for whose, different in sets.items() if len(different) > 1}
    mixed = np.array([(group.project, group.role) in differ for group in groups], dtype=np.bool_)
    return named, ratings.hold(mixed[place]) if differ else NO_RATINGS


def _list_weights(framework: Framework, dimensions: Sequence[str], themes: Collection[str]) -> Matrix:
    weights = np.zeros((len(framework.themes), len(dimensions)))
    for row, theme in enumerate(framework.themes):
        for dimension, weight in theme.feeds if theme.id in themes else ():
            weights[row, dimensions.index(dimension)] = weight
    return weights
