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
from coprod_cli.model.tables import LEVELS

Array = NDArray[np.float64]
_BATCH = 500
_SURELY = 12.0
_NOWHERE = -1


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
    not know. levelled: whether a theme of one's own has a level read off it; else all of it is of the joint work.
    """

    presence: Presence
    places: NDArray[np.int64]
    levelled: bool

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
    shipped = load_blended().linear
    presence = coder.presence
    own = replace(shipped, themes=presence.themes, rules=_make_rules(presence, shipped.rules))
    bounds = np.concatenate(([0], np.cumsum([len(each.segments) for each in gists], dtype=np.int64)))
    scores = _Scores(
        answers=find_odds(presence, gists, [each.words for each in asked], coder.places),
        segments=[each.segments for each in gists],
        edges=bounds,
        each=_score_segments(coder, asked, gists),
    )

    def read(themed: Sequence[Themed]) -> list[Reading]:
        return [_read_stretch(coder, asked[each.answer], gists[each.answer], each) for each in themed]

    return settle(own, asked, scores, wanted, read)


def find_stretch(gist: Gist, start: int, end: int) -> NDArray[np.bool_]:
    """Which segments of an answer reach into a stretch of it."""
    return np.fromiter(
        (each.start < end and each.end > start for each in gist.segments), dtype=bool, count=len(gist.segments)
    )


def _make_rules(presence: Presence, shipped: Rules) -> Rules:
    """Scores are log odds already; how far evidence reaches, and when it is two mentions, as in the shipped coder."""
    ones = np.ones(len(presence.themes))
    return replace(shipped, slopes=ones, intercepts=0 * ones, thresholds=presence.thresholds, sure=presence.sure)


def _score_segments(coder: LearntCoder, asked: Sequence[Asked], gists: Sequence[Gist]) -> NDArray[np.float32]:
    """How strongly each segment speaks for each theme, as if it were an answer; segments x themes."""
    presence = coder.presence
    states = np.concatenate([np.zeros((0, len(presence.centre))), *(each.states for each in gists)])
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
    place = coder.places[themed.theme]
    inside = find_stretch(gist, themed.start, themed.end) & (gist.sizes > 0)
    stances = gist.stances.astype(np.float64)
    if inside.any():
        stances = (stances + np.average(gist.parts[inside], axis=0, weights=gist.sizes[inside])) / 2
    told = stances[place] if place >= 0 else stances.mean(axis=0)
    levels = gist.levels[place] if place >= 0 else gist.levels.mean(axis=0)
    if place < 0 and not coder.levelled:
        levels = np.asarray([_SURELY * (level == "project") for level in LEVELS])
    said = told.tolist()
    return Reading(said, said, levels.tolist(), count_words(asked.words[themed.start : themed.end]))
