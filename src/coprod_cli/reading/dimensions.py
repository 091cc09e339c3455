"""What stands over a closed question goes in; the dimension it is about, its direction, and how surely, come out.

First the framework's own items (`items`), then key phrases (`key_phrases`). A guess less sure than the framework's
`min_item_certainty` is not scored before somebody confirms it in a mapping file, or accepts all guesses from
LEAST_ACCEPTED up. How often guesses are right is measured by benchmarks/items.py.
"""

import dataclasses
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.items import Match, find_near, match_item, resembles_wrongly, sounds_reversed
from coprod_cli.reading.key_phrases import DOUBTED, TURNED, Spoken, find_dimension
from coprod_cli.reading.subjects import find_other_subject

LEAST_ACCEPTED = 0.6
# An item's own words, or its id; nothing that key phrases say can put that in doubt.
_ITSELF = 0.95
_AT_ODDS = 0.5


class DimensionGuess(NamedTuple):
    """A dimension or '', its direction (-1: much agreement is bad news), how surely (0..1), and why in words.

    match: the framework's item that is asked; near: dimensions it may be about, when it is not certain enough.
    """

    dimension: str = ""
    direction: int = 1
    certainty: float = 0.0
    why: str = ""
    match: Match | None = None
    near: tuple[str, ...] = ()

    def is_scored(self, framework: Framework) -> bool:
        """Whether the guess is sure enough to be scored unconfirmed."""
        return bool(self.dimension) and self.certainty >= framework.scoring.min_item_certainty


def accept_guesses(framework: Framework) -> Framework:
    """The same framework, by which every guess from LEAST_ACCEPTED up is scored unconfirmed."""
    least = min(LEAST_ACCEPTED, framework.scoring.min_item_certainty)
    return dataclasses.replace(framework, scoring=dataclasses.replace(framework.scoring, min_item_certainty=least))


def guess_dimension(heading: Heading, framework: Framework) -> DimensionGuess:
    """The dimension a closed question is about, however unsure; the direction holds even where there is none."""
    match = match_item(heading, framework)
    if match and match.certainty >= _ITSELF:
        return _take_match(match, match.certainty)
    spoken = find_dimension(heading, framework)
    if match:
        if spoken.near and match.item.dimension not in spoken.near:
            near = tuple(sorted({match.item.dimension, *spoken.near}))
            return _take_match(match, _AT_ODDS)._replace(near=near, match=None)
        return _take_match(match, max(match.certainty, _agreeing(match, spoken)))
    if spoken.dimension:
        # A denial is understood; of other words that turn an item's wording it is only known that they do.
        unclear = spoken.certainty > TURNED and resembles_wrongly(heading, framework)
        certainty = DOUBTED if unclear else spoken.certainty
        return DimensionGuess(spoken.dimension, spoken.direction, certainty, spoken.why, None, spoken.near)
    direction = -1 if sounds_reversed(heading) else 1
    other = find_other_subject(heading.text)
    near = () if other else spoken.near or find_near(heading, framework)
    return DimensionGuess("", direction, 0.0, other, None, near)


def _agreeing(match: Match, spoken: Spoken) -> float:
    agrees = (spoken.dimension, spoken.direction) == (match.item.dimension, match.item.direction)
    return spoken.certainty if agrees else 0.0


def _take_match(match: Match, certainty: float) -> DimensionGuess:
    item = match.item
    return DimensionGuess(item.dimension, item.direction, certainty, match.why, match, (item.dimension,))


def list_names(dimensions: tuple[str, ...], framework: Framework) -> str:
    """The dimensions' names as a person reads them: "'Being heard and valued' (heard) or 'Trust ...' (trust)"."""
    named = {dimension.id: dimension.name for dimension in framework.dimensions}
    return " or ".join(f"'{named[each]}' ({each})" for each in dimensions if each in named)
