"""The statements of item_statements.jsonl go in; how surely closed questions find their dimension comes out.

Run `python benchmarks/items.py`: precision and recall at several certainties, with likely ranges after Wilson. A guess
is right when dimension and direction are both right. `--half test` (the default) was written before the rules and never
tuned on, but by the same hand; `--half last` was written after them, in other words: first measured, then mended by,
once. `--half dev` is what the rules were tuned on. `--half dev2` and `--half test2` are near misses (the framework's
own items, turned round, wished for, or about others) and rewordings of these items. What scores unseen, and what
`--accept-guesses` would score, are told apart. `--misses` lists what went wrong.
"""

import argparse
import json
import math
from pathlib import Path
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework
from coprod_cli.reading.dimensions import LEAST_ACCEPTED, guess_dimension
from coprod_cli.reading.grid import Heading

CERTAINTIES = (0.95, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4)
Z = 1.959964


class Guessed(NamedTuple):
    """One statement, what is true of it, and what was guessed, how surely."""

    text: str
    kind: str
    dimension: str
    direction: int
    guess: str
    guessed_direction: int
    certainty: float

    @property
    def right(self) -> bool:
        """Whether dimension and direction are both right."""
        return bool(self.guess) and (self.guess, self.guessed_direction) == (self.dimension, self.direction)


def read_statements(half: str, framework: Framework) -> list[Guessed]:
    """Every statement of one half with its guess."""
    found = []
    path = Path(__file__).parent / "item_statements.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if said["half"] != half:
            continue
        guess = guess_dimension(Heading(0, said["text"], said["text"], said["stem"], said["part"]), framework)
        found.append(
            Guessed(
                said["text"], said["kind"], said["dimension"], said["direction"],
                guess.dimension, guess.direction, guess.certainty,
            )
        )  # fmt: skip
    return found


def find_likely_range(right: int, of: int) -> tuple[float, float]:
    """The Wilson score interval, 95 %."""
    share = right / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def write_share(right: int, of: int) -> str:
    """A share with its likely range and its counts."""
    if not of:
        return "nothing to say (0/0)"
    low, high = find_likely_range(right, of)
    return f"{right / of:.2f} ({low:.2f}-{high:.2f}; {right}/{of})"


def main() -> None:
    """Print the table, the bands of certainty, and what each kind of statement did."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("dev", "test", "last", "dev2", "test2"), default="test")
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    framework = read_framework()
    found = read_statements(chosen.half, framework)
    about = sum(1 for each in found if each.dimension)
    print(f"{len(found)} statements, {about} of them about a dimension; guesses accepted from {LEAST_ACCEPTED:.2f}")
    for name, least in (("unseen", framework.scoring.min_item_certainty), ("with --accept-guesses", LEAST_ACCEPTED)):
        scored = [each for each in found if each.guess and each.certainty >= least]
        right = sum(each.right for each in scored)
        shares = f"precision {write_share(right, len(scored))}, recall {write_share(right, about)}"
        print(f"scored {name}: {len(scored)}, {shares}")
    for least in CERTAINTIES:
        scored = [each for each in found if each.guess and each.certainty >= least]
        right = sum(each.right for each in scored)
        print(f"from {least:.2f}: precision {write_share(right, len(scored))}, recall {write_share(right, about)}")
    edges = (*sorted({*CERTAINTIES, LEAST_ACCEPTED}, reverse=True), 0.0)
    for high, low in zip((1.01, *edges), edges, strict=False):
        band = [each for each in found if each.guess and low <= each.certainty < high]
        if band:
            said = sum(each.certainty for each in band) / len(band)
            print(f"band {low:.2f}: said {said:.2f}, right {write_share(sum(each.right for each in band), len(band))}")
    for kind in sorted({each.kind for each in found}):
        group = [each for each in found if each.kind == kind]
        scored = [each for each in group if each.guess and each.certainty >= LEAST_ACCEPTED]
        unseen = [each for each in scored if each.certainty >= framework.scoring.min_item_certainty]
        print(
            f"{kind}: {len(group)} said; unseen {len(unseen)} scored, {sum(each.right for each in unseen)} right; "
            f"with --accept-guesses {len(scored)} scored, {sum(each.right for each in scored)} right"
        )
    if chosen.misses:
        for each in sorted(found, key=lambda each: (each.dimension, each.text)):
            if not each.right and (each.dimension or each.guess):
                wanted = f"{each.dimension or 'none'} {each.direction:+d}"
                guess = f"{each.guess or '-'} {each.guessed_direction:+d} {each.certainty:.2f}"
                print(f"{wanted:13} guessed {guess:20} {each.text}")


if __name__ == "__main__":
    main()
