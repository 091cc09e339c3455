"""The corpus goes in; how often a theme that the codebook lacks is suggested, and how often nothing is, comes out.

Run: python benchmarks/emerging.py [--runs 10]. Each run makes a survey of 400 answers: 300 with codes; 25 whose codes
the machine missed; 50 without any code, as people write them about lunch and the survey; and 25 of the theme that is
left out of the codebook. "found" is a suggestion of which most answers are of that theme. Nothing here was looked at
when the rules were made but the lines on parking and buses, and the themes adversarial, child_voice, inclusion_access,
provision_delivery and trust.
"""

import argparse
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from coprod_cli.coding import find_emerging
from coprod_cli.model.emerging import Suggestion
from coprod_cli.model.tables import Answer, Mention, table

HERE = Path(__file__).parent
CORPUS = HERE.parent / "data" / "corpus" / "answers.jsonl"
OWN_WORDS = "parking and buses"
HELD, IDLE, MISSED, CODED = 25, 50, 25, 300
LEAST, FEW = 10, 5


def main() -> None:
    """Print a table by theme, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10, help="surveys for each theme")
    runs = parser.parse_args().runs
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    parking = (HERE / "emerging_answers.txt").read_text(encoding="utf-8").splitlines()
    themes = sorted({code["theme"] for row in rows for code in row["codes"]})
    print(f"{runs} surveys each of {HELD + IDLE + MISSED + CODED} answers, {HELD} of the theme left out\n")
    print("| theme left out | found | share of it found | share of the suggestion that is it | other suggestions |")
    print("|---|---|---|---|---|")
    for theme in (OWN_WORDS, *themes, ""):
        tried = [try_theme(rows, parking, theme, seed) for seed in range(runs)]
        hits = [hit for hit, _ in tried if hit]
        shares = [f"{statistics.median(each):.2f}" for each in zip(*hits, strict=True)] or ["-", "-"]
        others = sum(other for _, other in tried)
        print(f"| {theme or 'none'} | {len(hits)} of {runs} | {' | '.join(shares)} | {others} |", flush=True)


def try_theme(
    rows: Sequence[dict[str, Any]], parking: Sequence[str], theme: str, seed: int
) -> tuple[tuple[float, float] | None, int]:
    """Recall and precision of the suggestion that is mostly of the theme (None: there is none); how many others."""
    generator = np.random.default_rng(seed)
    shuffled = [rows[at] for at in generator.permutation(len(rows))]
    held = parking if theme == OWN_WORDS else [row["text"] for row in shuffled if list_themes(row) == {theme}][:HELD]
    idle = [row["text"] for row in shuffled if not row["codes"]][:IDLE]
    others = [row["text"] for row in shuffled if row["codes"] and theme not in list_themes(row)][: MISSED + CODED]
    found = suggest([*held, *idle, *others[:MISSED]], others[MISSED:], seed)
    sizes = [(sum(int(response) < len(held) for response, _ in each.answers), len(each.answers)) for each in found]
    hits = [(right / len(held), right / size) for right, size in sizes if right * 2 > size]
    return max(hits, default=None), len(found) - bool(hits)


def list_themes(row: dict[str, Any]) -> set[str]:
    """The themes of one answer of the corpus."""
    return {code["theme"] for code in row["codes"]}


def suggest(uncoded: Sequence[str], coded: Sequence[str], seed: int) -> tuple[Suggestion, ...]:
    """Suggestions from answers of one person each, whose response ids are their places."""
    words = [*uncoded, *coded]
    answers = table((Answer(str(at), "q", text, text) for at, text in enumerate(words)), Answer)
    mentions = table(
        (
            Mention(str(at), "q", "trust", "positive", "project", 0.9, 0, 1, "x")
            for at in range(len(uncoded), len(words))
        ),
        Mention,
    )
    people = {str(at): str(at) for at in range(len(words))}
    return find_emerging(answers, mentions, people, seed=seed, least=LEAST, few=FEW)


if __name__ == "__main__":
    main()
