"""Answers go in; themes, stances, levels and evidence by a coder learnt from people's own codes come out.

It is the route of the other engines with other scores: a theme is named above its threshold, the segments that speak
most of it are its evidence, and its stance and level are read off these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.fast import cut_batches, settle
from coprod_cli.coding.gist import Gist, find_gists
from coprod_cli.coding.linear import Reading, Rules, Themed
from coprod_cli.coding.presence import Presence, find_chances, find_odds
from coprod_cli.coding.segments import Segment
from coprod_cli.coding.silence import says_nothing
from coprod_cli.coding.tokens import count_words
from coprod_cli.coding.trained import load_blended
from coprod_cli.model.framework import Framework

Array = NDArray[np.float64]
_BATCH = 500
_FAR = 1e6


class Manner(NamedTuple):
    """What is added to the logits of stances and of levels, in the order of STANCES and LEVELS.

    stances, levels: of every theme; far below 0 for what nobody coded, so that it is never said. own_levels: on top of
    that, of themes that the shipped coder does not know.
    """

    stances: Array
    levels: Array
    own_levels: Array


class _Scores(NamedTuple):
    """Log odds of a batch of answers and of their segments; as in linear.Scores."""

    answers: Array
    segments: list[tuple[Segment, ...]]
    edges: NDArray[np.int64]
    each: NDArray[np.float32]


@dataclass(frozen=True)
class LearntCoder:
    """A coder learnt from people's codes.

    presence: how themes are told. places: of each theme, its place among the shipped coder's; -1 of one that it does
    not know. manner: how stances and levels are told.
    """

    presence: Presence
    places: NDArray[np.int64]
    manner: Manner

    def keep(self, themes: NDArray[np.bool_]) -> "LearntCoder":
        """The same coder of some of the themes."""
        return replace(self, presence=self.presence.keep(themes), places=self.places[themes])

    def code(self, asked: Sequence[Asked], framework: Framework) -> list[tuple[Found, ...]]:
        """Code answers, as an Engine does.

        Raises:
            CoprodError: a shipped file is missing or not as it was shipped.
        """
        wanted = {theme.id for theme in framework.themes}
        coded: list[tuple[Found, ...]] = []
        for batch in cut_batches(asked, _BATCH):
            coded.extend(code_gists(self, batch, find_gists(batch), wanted))
        return coded

    def find_chances(self, asked: Sequence[Asked], framework: Framework) -> tuple[tuple[str, ...], Array, Array]:
        """Chances, as a Chances function tells them.

        Raises:
            CoprodError: a shipped file is missing or not as it was shipped.
        """
        wanted = {theme.id for theme in framework.themes}
        kept = [place for place, theme in enumerate(self.presence.themes) if theme in wanted]
        odds = [
            find_odds(self.presence, find_gists(batch), [each.words for each in batch], self.places)
            for batch in cut_batches(asked, _BATCH)
        ]
        chances = find_chances(np.concatenate([np.zeros((0, len(self.presence.themes))), *odds]))
        chances[[says_nothing(each.words) for each in asked]] = 0.0
        themes = tuple(self.presence.themes[place] for place in kept)
        return themes, chances[:, kept], self.presence.thresholds[kept]


def code_gists(
    coder: LearntCoder, asked: Sequence[Asked], gists: Sequence[Gist], wanted: set[str]
) -> list[tuple[Found, ...]]:
    """Code answers of which the gist is known."""
    presence = coder.presence
    bounds = np.concatenate(([0], np.cumsum([len(each.segments) for each in gists], dtype=np.int64)))
    scores = _Scores(
        answers=find_odds(presence, gists, [each.words for each in asked], coder.places),
        segments=[each.segments for each in gists],
        edges=bounds,
        each=_score_segments(coder, asked, gists),
    )

    def read(themed: Sequence[Themed]) -> list[Reading]:
        return [_read_stretch(coder, asked[each.answer], gists[each.answer], each) for each in themed]

    shipped = load_blended().linear
    known = {theme for theme, place in zip(presence.themes, coder.places.tolist(), strict=True) if place >= 0}
    coded: list[tuple[Found, ...]] = [()] * len(asked)
    for themes, rules in ((wanted & known, shipped.rules), (wanted - known, _take_sentences(shipped.rules))):
        own = replace(shipped, themes=presence.themes, rules=_take_chances(rules, presence))
        for place, found in enumerate(settle(own, asked, scores, themes, read)):
            coded[place] = tuple(sorted((*coded[place], *found), key=lambda each: (each.theme, each.start)))
    return coded


def find_stretch(gist: Gist, start: int, end: int) -> NDArray[np.bool_]:
    """Which segments of an answer reach into a stretch of it."""
    return np.fromiter(
        (each.start < end and each.end > start for each in gist.segments), dtype=bool, count=len(gist.segments)
    )


def _take_chances(rules: Rules, presence: Presence) -> Rules:
    """Rules for scores that are log odds already."""
    ones = np.ones(len(presence.themes))
    return replace(rules, slopes=ones, intercepts=0 * ones, thresholds=presence.thresholds, sure=presence.sure)


def _take_sentences(rules: Rules) -> Rules:
    """Evidence is the whole sentence of the segment that speaks most of the theme (docs/learning.md)."""
    return replace(rules, reach_inside=_FAR, reach_across=-_FAR)


def _score_segments(coder: LearntCoder, asked: Sequence[Asked], gists: Sequence[Gist]) -> NDArray[np.float32]:
    """How strongly each segment speaks for each theme, as if it were an answer; segments x themes."""
    presence = coder.presence
    # A segment that the encoder read nothing of means neither this nor that.
    known = [np.where(each.sizes[:, None] > 0, each.states, presence.centre) for each in gists]
    states = np.concatenate([np.zeros((0, len(presence.centre))), *known])
    texts = [
        each.words[segment.start : segment.end]
        for each, gist in zip(asked, gists, strict=True)
        for segment in gist.segments
    ]
    carried = np.zeros((len(texts), len(presence.themes)))
    if texts:
        told = np.concatenate([each.carried for each in gists]).astype(np.float64)
        carried = np.where(coder.places >= 0, told[:, coder.places], 0.0)
    return presence.weigh(presence.score(states, texts), carried).astype(np.float32)


def _read_stretch(coder: LearntCoder, asked: Asked, gist: Gist, themed: Themed) -> Reading:
    """Stance and level of a stretch: of a theme of one's own, the mean of what is read of all shipped themes."""
    place, manner = coder.places[themed.theme], coder.manner
    inside = find_stretch(gist, themed.start, themed.end) & (gist.sizes > 0)
    whole = gist.stances.astype(np.float64)
    parts = np.average(gist.parts[inside], axis=0, weights=gist.sizes[inside]) if inside.any() else whole
    known = place >= 0
    stances = ((whole[place] + parts[place]) / 2 if known else parts.mean(axis=0)) + manner.stances
    levels = (gist.levels[place] if known else read_levels(gist) + manner.own_levels) + manner.levels
    said = stances.tolist()
    return Reading(said, said, levels.tolist(), count_words(asked.words[themed.start : themed.end]))


def read_levels(gist: Gist) -> Array:
    """The level of a theme of one's own, as the mean log chances over all shipped themes."""
    levels = gist.levels.astype(np.float64)
    return np.asarray((levels - np.log(np.exp(levels).sum(axis=1, keepdims=True))).mean(axis=0))
