"""An engine's name, or none for all, goes in; how it fares on the challenge set is printed, and floors are raised.

Run from the root of the repository: `python -m training.measure_challenge`. Floors stand a little below what was
measured (SLACK), since processors differ in the last bits and so may tip a single pair. They only rise: a floor that
would have to fall is left as it is and told, and the exit code is 1, unless `--lower "reason"` is given; the reason is
kept in the file. `--dry` writes nothing.
"""

import argparse
import json
import math
import sys
from typing import Any

from training.challenge import Fared, Share, measure_engine, read_pairs
from training.corpus import ROOT

from coprod_cli.coding import ENGINES
from coprod_cli.reading import read_framework

FLOORS = ROOT / "tests" / "challenge" / "floors.json"
SLACK = {"pairs": 1, "expectations": 2}
DECIMALS = 1000

Floors = dict[str, dict[str, dict[str, float]]]


def find_floor(share: Share, slack: int) -> float:
    """The share of all but `slack` of those that are right, rounded down to three decimals."""
    return math.floor(max(share.right - slack, 0) * DECIMALS / share.of) / DECIMALS


def move_floors(floors: Floors, engine: str, fared: dict[str, Fared], *, lower: bool) -> tuple[Floors, list[str]]:
    """The floors with one engine's moved to what was measured, and the moves down there are, or would have to be.

    Args:
        floors: engine to group to measure (pairs, expectations) to least share.
        engine: whose floors move.
        fared: group to how the engine fares on it.
        lower: whether floors may fall; if not, those that would stay as they are.
    """
    falls = []
    moved: dict[str, dict[str, float]] = {}
    for group, measured in fared.items():
        moved[group] = {}
        for measure, share in measured._asdict().items():
            old = floors.get(engine, {}).get(group, {}).get(measure, 0.0)
            new = find_floor(share, SLACK[measure])
            # What still holds is no fall: the floor is only moved down when the engine is below it.
            if share.share < old:
                falls.append(f"{engine}, {group}, {measure}: from {old:.3f} to {new:.3f}")
            moved[group][measure] = new if share.share < old and lower else max(old, new)
    return {**floors, engine: moved}, falls


def write_table(engine: str, fared: dict[str, Fared]) -> str:
    """A Markdown table: for each group the pairs right and the expectations met, with their likely ranges."""
    lines = [
        f"Engine `{engine}`",
        "",
        "| group | pairs right | share (likely range) | expectations met | share (likely range) |",
        "|---|---|---|---|---|",
    ]
    for group, (pairs, expectations) in fared.items():
        lines.append(f"| {group} | {_write_share(pairs)} | {_write_share(expectations)} |")
    return "\n".join(lines)


def _write_share(share: Share) -> str:
    low, high = share.likely
    return f"{share.right} of {share.of} | {share.share:.2f} ({low:.2f} to {high:.2f})"


def main() -> int:
    """Print the tables and move the floors; 1 when a floor would have to fall and no reason was given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=f"of {', '.join(sorted(ENGINES))}; none for all")
    parser.add_argument("--lower", metavar="REASON", default="", help="let floors fall, and keep the reason")
    parser.add_argument("--dry", action="store_true", help="only print")
    wanted = parser.parse_args()
    unknown = sorted(set(wanted.engines) - set(ENGINES))
    if unknown:
        parser.error(f"there is no engine {unknown[0]}; choose of {', '.join(sorted(ENGINES))}")
    kept: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    falls = []
    for engine in wanted.engines or sorted(ENGINES):
        fared = measure_engine(engine, read_pairs(), read_framework())
        print(write_table(engine, fared), end="\n\n")
        kept["floors"], fallen = move_floors(kept["floors"], engine, fared, lower=bool(wanted.lower))
        falls += fallen
    if wanted.lower and falls:
        kept["lowered"].append({"reason": wanted.lower, "floors": falls})
    if not wanted.dry:
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8", newline="\n")
    if falls:
        print("Floors lowered:" if wanted.lower else 'Below the floor (--lower "reason" would lower it):')
        print("\n".join(f"- {fall}" for fall in falls))
    return 1 if falls and not wanted.lower else 0


if __name__ == "__main__":
    sys.exit(main())
