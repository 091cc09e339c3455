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
from coprod_cli.scoring.told import NOTHING, NOTHING_TOLD, Told, Verdicts, collect_told

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
PLACES = np.array([0.0, 100.0, 0.0, 50.0])
VOICE = ["project", "role", "wave", "person"]


class Group(NamedTuple):
    """One role in one project in one round: what a score is of."""

    project: str
    role: str
    wave: str


@dataclass(frozen=True)
class Themes:
    """The themes of a framework with what they weigh in each dimension; weights are themes x dimensions.

    joining: of the themes that may join closed items; alone: of those that may speak where there are comments only.
    by_hand: of those that may join closed items where a person coded them; None where no person did.
    """

    names: tuple[str, ...]
    joining: Matrix
    alone: Matrix
    by_hand: Matrix | None = None

    def choose(self, verdicts: Verdicts, checked: Verdicts) -> tuple[Verdicts, Matrix]:
        """The verdicts that may join closed items, and what they weigh: of themes kept out, a person's alone."""
        if self.by_hand is None:
            return verdicts, self.joining
        kept_out = (self.joining == 0).all(axis=1)
        return np.where(kept_out, checked, verdicts), np.where(kept_out[:, None], self.by_hand, self.joining)


@dataclass(frozen=True)
class Said:
    """What the people of one group said. Rows are people, sorted; columns are dimensions; NaN where nothing is said.

    lots: what the people's chances are drawn by. sectors: theirs, "" where not known. weights: of the survey, 0 for
    people who do not count. items: mean of the closed items. comments: what their comments say where they stand alone.
    comment_weight: how many items the comments count for in `blend`, which is items and comments together. verdicts:
    people x themes; joined: those that may join closed items, with weights `joining`, for `most` items at most.
    commented: whether they wrote anything. asked: closed items that anybody of the group answered. ratings: item by
    item, by row, where other rounds asked other items. told: answer by answer. alone: as in Themes.
    """

    group: Group
    people: tuple[str, ...]
    lots: tuple[str, ...]
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
    joined: Verdicts = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int8))
    told: Told = NOTHING_TOLD
    alone: Matrix = field(default_factory=lambda: np.zeros((0, 0)))

    def keep(self, kept: npt.NDArray[np.bool_]) -> "Said":
        """The same with these people only."""
        places = np.flatnonzero(kept).tolist()
        return replace(
            self,
            people=tuple(self.people[place] for place in places),
            lots=tuple(self.lots[place] for place in places),
            sectors=tuple(self.sectors[place] for place in places),
            weights=self.weights[kept],
            items=self.items[kept],
            comments=self.comments[kept],
            comment_weight=self.comment_weight[kept],
            blend=self.blend[kept],
            verdicts=self.verdicts[kept],
            commented=self.commented[kept],
            ratings=self.ratings.keep(kept),
            joined=self.joined[kept],
            told=self.told.keep(kept),
        )

    def narrow(self, items: frozenset[str]) -> "Said":
        """The same as if only these closed items had been asked; for rounds that asked different ones."""
        if self.asked <= items:
            return self
        means, answered = average_by_dimension(self.ratings.only(items), len(self.people), self.items.shape[1])
        weight, blend = blend_comments(means, answered, self.joined, self.joining, self.most)
        return replace(self, items=means, comment_weight=weight, blend=blend, asked=self.asked & items)


@dataclass(frozen=True)
class Heard:
    """Everything that was said, by voice: one person in one role, project and round. Voices are sorted by group.

    voices: project, role, wave, person, lot, weight, sector. items: means of closed items, voices x dimensions, NaN
    where fewer than half of those asked were answered. answered: how many were. verdicts: voices x themes. commented:
    whether the voice wrote anything. most: how many items comments may count for. asked: by group, the closed items
    that anybody answered. ratings: item by item, of the projects and roles that were asked different items in two
    rounds. told: answer by answer, what was said of themes.
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
    told: Told = NOTHING_TOLD

    def groups(self) -> Iterator[Said]:
        """What each group said, in the order of groups; one at a time, so that memory does not grow with them."""
        if not len(self.voices):
            return
        codes = np.stack([pd.factorize(self.voices[name])[0] for name in VOICE[:3]])
        starts = np.flatnonzero(np.r_[True, (codes[:, 1:] != codes[:, :-1]).any(axis=0)])
        for start, end in zip(starts, np.r_[starts[1:], len(self.voices)], strict=True):
            yield self._take(slice(int(start), int(end)))

    def _take(self, part: slice) -> Said:
        own = self.voices.iloc[part]
        project, role, wave = (str(own[name].iloc[0]) for name in VOICE[:3])
        items, answered, verdicts = self.items[part], self.answered[part], self.verdicts[part]
        told = self.told.take(part.start, part.stop)
        joined, joining = self.themes.choose(verdicts, told.judge(*verdicts.shape, by_hand_only=True))
        alone, _ = weigh_verdicts(verdicts, self.themes.alone)
        weight, blend = blend_comments(items, answered, joined, joining, self.most)
        group = Group(project, role, wave)
        return Said(
            group,
            tuple(own["person"]),
            tuple(own["lot"]),
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
            joining,
            self.most,
            joined,
            told,
            self.themes.alone,
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


def gather_evidence(  # noqa: PLR0913  # every input is named by its caller
    survey: Survey,
    mentions: pd.DataFrame,
    framework: Framework,
    scored_themes: Collection[str],
    comment_themes: Collection[str],
    *,
    machine: Collection[str] | None = None,
    checked_themes: Collection[str] | None = None,
) -> Heard:
    """What everybody said, by voice.

    Where a person coded an answer, what the machine made of it is left out.

    Args:
        survey: its responses and ratings are used, never its words.
        mentions: Mention rows; only those of level "project" with a stance for or against count.
        framework: which theme feeds which dimension, and how much.
        scored_themes: themes whose mentions may join the closed items.
        comment_themes: themes that may speak where a group's score must rest on comments only.
        machine: the coders that are machines; None when all are.
        checked_themes: themes whose mentions may join the closed items where a person coded them; None for all.
    """
    voices, voice_of = _list_voices(survey.responses)
    places = pd.Series(voice_of, index=survey.responses["response"].to_numpy())

    def find_voices(responses: pd.Series) -> Places:
        return responses.map(places).to_numpy(dtype=np.int64)

    dimensions = tuple(each.id for each in framework.dimensions)
    ratings = list_ratings(survey.ratings, find_voices(survey.ratings["response"]), survey.questions, dimensions)
    names = tuple(each.id for each in framework.themes)
    told = collect_told(mentions, survey.answers, places, names, machine)
    commented = np.zeros(len(voices), dtype=np.bool_)
    commented[find_voices(survey.answers["response"])] = True
    mute = ~(voices["weight"].to_numpy() > 0)
    if mute.any():
        ratings, told = ratings.hold(~mute), told.hold(~mute)
        commented[mute] = False
    items, answered = average_by_dimension(ratings, len(voices), len(dimensions))
    asked, ratings = _find_asked(voices, ratings)
    themes = Themes(
        names,
        _list_weights(framework, dimensions, scored_themes),
        _list_weights(framework, dimensions, comment_themes),
        _list_weights(framework, dimensions, names if checked_themes is None else checked_themes)
        if told.by_hand.any()
        else None,
    )
    return Heard(
        voices,
        dimensions,
        themes,
        items,
        answered,
        told.judge(len(voices), len(names)),
        commented,
        framework.scoring.max_comment_weight,
        asked,
        ratings,
        told,
    )


def number_voices(responses: pd.DataFrame) -> tuple[Places, npt.NDArray[np.object_]]:
    """For each response the place of its voice, and the lot that the voice's chances are drawn by.

    Voices are sorted by group and then by lot, so that sums over people have the same last digit whatever else is in
    the survey. Responses without a lot are drawn by the person's id.
    """
    lots = responses["lot"].where(responses["lot"] != "", responses["person"])
    codes, names = pd.factorize(lots.to_numpy(object), sort=True)
    own = responses[VOICE].assign(lot=codes)
    # Names of projects that are alike once masked may bring one voice two lots.
    own["lot"] = own.groupby(VOICE, sort=False, dropna=False)["lot"].transform("min")
    place = own.groupby([*VOICE[:3], "lot", "person"], sort=True, dropna=False).ngroup()
    return np.asarray(place, dtype=np.int64), np.asarray(names, dtype=object)[own["lot"].to_numpy()]


def _list_voices(responses: pd.DataFrame) -> tuple[pd.DataFrame, Places]:
    """The voices, sorted, and for each response the place of its voice. A voice's weight is the mean of its forms'."""
    own, lots = number_voices(responses)
    voices = responses[[*VOICE, "sector"]].assign(voice=own, lot=lots).sort_values(["voice", "sector"], kind="stable")
    voices = voices.drop_duplicates("voice", keep="last").drop(columns="voice").reset_index(drop=True)
    weights = responses["weight"].to_numpy()
    order = np.lexsort((weights, own))
    count = np.bincount(own, minlength=len(voices))
    total = np.bincount(own[order], weights=weights[order], minlength=len(voices))
    return voices.assign(weight=total / np.maximum(count, 1)), own


def _find_asked(voices: pd.DataFrame, ratings: Ratings) -> tuple[dict[Group, frozenset[str]], Ratings]:
    """By group the items that anybody answered, and the ratings of projects and roles whose rounds differ in them."""
    by_round = voices.groupby(VOICE[:3], sort=True)
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
