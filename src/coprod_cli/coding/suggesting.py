"""Answers of a survey, and what people coded so far, go in; the answers that are worth coding next come out.

An answer is worth coding if the machine is unsure of it and it is unlike what is coded already. Doubt: the variance of
each theme's chance, p (1 - p), greatest at 1/2 (Lewis and Gale 1994, SIGIR, 3-12, for several classes at once), a theme
counting the less the more codes tell of it. Variety: the answers are taken one by one, each time the one with the most
doubt times its distance to the nearest that is coded or taken (farthest first, Gonzalez 1985, Theoretical Computer
Science 38:293-306; with doubt Sener and Savarese 2018, ICLR). docs/coding_sheet.md tells how much that helps.
"""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked, Chances
from coprod_cli.coding.language import is_left_to_a_person
from coprod_cli.coding.meaning import find_meanings
from coprod_cli.coding.silence import says_nothing
from coprod_cli.model.framework import Framework
from coprod_cli.model.suggested import Suggested, Suggestions

Array = NDArray[np.float64]
# So many of the most doubtful are looked at for variety, which needs the meaning of each.
MOST_LOOKED_AT = 1000
_DECIMALS = 9


def suggest_answers(
    asked: Mapping[str, Asked],
    coded: Mapping[str, Collection[str]],
    framework: Framework,
    find: Chances,
    size: int,
) -> Suggestions:
    """The answers to code next, the most useful first; their order in `asked` changes nothing.

    Args:
        asked: all answers of the survey, by id.
        coded: of the answers that people coded, the themes they found.
        framework: the themes.
        find: the chances of the coder that is to learn; one of CHANCES, say.
        size: how many.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    speaking = sorted(name for name, each in asked.items() if not says_nothing(each.words))
    read = [name for name in speaking if not is_left_to_a_person(asked[name].words)]
    left = [name for name in read if name not in coded]
    themes, chances, lines = find([asked[name] for name in left], framework)
    counts = np.array([sum(theme in held for held in coded.values()) for theme in themes], float)
    weighed = weigh_doubt(chances, counts)
    doubt = weighed.sum(axis=1)
    looked = np.sort(np.argsort(-doubt, kind="stable")[:MOST_LOOKED_AT])
    known = [name for name in read if name in coded]
    meanings = find_meanings([asked[left[place]] for place in looked] + [asked[name] for name in known]).astype(float)
    taken, distances = spread_out(doubt[looked], meanings[: len(looked)], meanings[len(looked) :], size)
    return Suggestions(
        answers=tuple(
            _explain(left[place], place, distance, (themes, chances, lines, weighed, counts))
            for place, distance in zip(looked[taken].tolist(), distances, strict=True)
        ),
        coded=len(coded),
        left=len(left),
        unread=sum(name not in coded for name in speaking) - len(left),
        silent=len(asked) - len(speaking),
    )


def weigh_doubt(chances: Array, counts: Array) -> Array:
    """How much is to be learnt of each theme from each answer, answers x themes.

    Args:
        chances: answers x themes.
        counts: in how many answers people have found each theme so far.
    """
    return np.asarray(chances * (1 - chances) / np.sqrt(1 + counts))


def spread_out(doubt: Array, meanings: Array, coded: Array, size: int) -> tuple[list[int], list[float]]:
    """The places of the answers to take, in turn, and how far each lay from what was there before, 0..2.

    Args:
        doubt: of each answer, above 0.
        meanings: of each, answers x numbers.
        coded: of those that people coded.
        size: how many to take.
    """
    centre = np.concatenate([meanings, coded]).mean(axis=0) if len(meanings) else 0.0
    there, before = _set_apart(meanings - centre), _set_apart(coded - centre)
    nearest = 1 - (there @ before.T).max(axis=1) if len(before) else np.ones(len(there))
    taken: list[int] = []
    distances: list[float] = []
    left = np.ones(len(there), bool)
    for _ in range(min(size, len(there))):
        worth = np.where(left, np.round(doubt * np.maximum(nearest, 0.0), _DECIMALS), -1.0)
        place = int(worth.argmax())
        taken.append(place)
        distances.append(max(float(nearest[place]), 0.0))
        left[place] = False
        nearest = np.minimum(nearest, 1 - there @ there[place])
    return taken, distances


def _set_apart(meanings: Array) -> Array:
    """Of length 1 each; 0 where there is nothing."""
    lengths = np.sqrt((meanings**2).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(meanings, lengths, out=np.zeros_like(meanings), where=lengths > 0))


def _explain(
    name: str, place: int, distance: float, known: tuple[tuple[str, ...], Array, Array, Array, Array]
) -> Suggested:
    themes, chances, lines, weighed, counts = known
    most = int(weighed[place].argmax())
    return Suggested(name, themes[most], float(chances[place, most]), float(lines[most]), int(counts[most]), distance)
