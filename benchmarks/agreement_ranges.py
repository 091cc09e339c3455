"""Two made-up coders with known mistakes go in; how often the likely range holds the true figure comes out, printed.

Run: python benchmarks/agreement_ranges.py (some minutes; docs/agreement.md quotes what it prints).
"""

import math

import numpy as np

from coprod_cli.coding import find_agreements
from coprod_cli.model.codes import Code, Coding

ROUNDS, DRAWS = 300, 1000
FOUND, FALSELY_FOUND = 0.85, 0.03
FIGURES = ("agreement", "positive", "alpha", "ac1")


def find_truth(share: float) -> dict[str, float]:
    """What two coders without end would reach, where a theme is in this share of answers."""
    both = share * FOUND**2 + (1 - share) * FALSELY_FOUND**2
    each = share * FOUND + (1 - share) * FALSELY_FOUND
    alike = 1 - 2 * (each - both)
    chance = each**2 + (1 - each) ** 2
    return {
        "agreement": alike,
        "positive": both / each,
        "alpha": (alike - chance) / (1 - chance),
        "ac1": (alike - (1 - chance)) / chance,
    }


def code(who: str, there: np.ndarray, generator: np.random.Generator) -> Coding:
    """One coder's codes of one theme, with mistakes."""
    said = generator.random(len(there)) < np.where(there, FOUND, FALSELY_FOUND)
    names = [f"{number:04d}" for number in range(len(there))]
    codes = tuple(Code(name, "theme") for name, found in zip(names, said.tolist(), strict=True) if found)
    return Coding(who, tuple(names), codes)


def main() -> None:
    """Print, for each number of answers and share of the theme, how often the range holds the truth."""
    generator = np.random.default_rng(7)
    for answers in (50, 100, 200, 400):
        for share in (0.05, 0.2):
            truth = find_truth(share)
            held: dict[str, list[bool]] = {name: [] for name in FIGURES}
            for seed in range(ROUNDS):
                there = generator.random(answers) < share
                codings = [code(who, there, generator) for who in "ab"]
                rows = find_agreements(codings, ["theme"], seed, DRAWS).rows
                for name in FIGURES if rows else ():
                    figure = rows[0].figures[name]
                    if not math.isnan(figure.low):
                        held[name].append(figure.low <= truth[name] <= figure.high)
            told = ", ".join(f"{name} {truth[name]:.2f}: {np.mean(each):.0%}" for name, each in held.items())
            print(f"{answers} answers, theme in {share:.0%}: {told}", flush=True)


if __name__ == "__main__":
    main()
