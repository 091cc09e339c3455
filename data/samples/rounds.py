"""Questions and what two rounds were like go in; the sample surveys of both rounds, one file each, come out.

Two of three people of the first round answer again, under the same reference, and other people join. The second round
asks one question more. One project has changed, the other has not.
"""

import csv
import io
from collections.abc import Sequence
from random import Random
from statistics import NormalDist
from typing import Any

STAYING = 2 / 3


def make_rounds(known: dict[str, Any], labels: Sequence[str], headers: tuple[str, str, str]) -> dict[str, bytes]:
    """Two samples by name.

    Args:
        known: what survey.toml says; its table "rounds" says what the rounds were like.
        labels: the steps of the scale, from the worst to the best.
        headers: the questions for reference, role and project.
    """
    rng, told = Random(known["rounds"]["seed"]), known["rounds"]
    asked = {text: name for text, name in known["extent"].items() if text != told["only_later"]}
    before: list[list[str]] = []
    after: list[list[str]] = []
    for project, groups in told["people"].items():
        for role, count in groups.items():
            for _ in range(count):
                reference = f"RD-{101 + len(before)}"
                mood = bend(rng, 14)
                stays = rng.random() < STAYING
                head = [reference, told["role_words"][role], known["projects"][project]]
                first, second = told["quality"][project], told["quality"][project] + told["rise"][project]
                before.append([*head, *tick(rng, asked, labels, first + mood)])
                if not stays:
                    head, mood = [f"{reference}-N", *head[1:]], bend(rng, 14)
                after.append([*head, *tick(rng, known["extent"], labels, second + mood)])
    return {
        "forum_2024.csv": write([*headers, *asked], sorted(before)),
        "forum_2025.csv": write([*headers, *known["extent"]], sorted(after)),
    }


def bend(rng: Random, spread: float) -> float:
    """A normal deviate, made from random() alone: the one stream that Python promises to keep."""
    return spread * NormalDist().inv_cdf(min(max(rng.random(), 1e-9), 1 - 1e-9))


def tick(rng: Random, asked: dict[str, str], labels: Sequence[str], level: float) -> list[str]:
    """What somebody of this level, 0 to 100, ticks; now and then nothing."""
    ticked = []
    for name in asked.values():
        own = level + bend(rng, 14)
        step = round((100 - own if name.startswith("-") else own) / 100 * (len(labels) - 1))
        ticked.append("" if rng.random() < 0.04 else labels[min(max(step, 0), len(labels) - 1)])  # noqa: PLR2004 -- the share of blanks
    return ticked


def write(header: Sequence[str], body: Sequence[Sequence[str]]) -> bytes:
    """Plain CSV in UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *body])
    return text.getvalue().encode()
