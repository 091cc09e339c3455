"""What was measured of the engines, and the challenge set, go in; the tables of training/MODEL_CARD.md come out.

Run from the root of the repository: `python -m training.write_model_card` (half a minute, as the minimal pairs are
coded anew). Each table stands between two marks; the words around them are written by hand. With `--check` nothing is
written, and the exit code is 1 when a table, minimal pairs aside, is not what was measured.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from training.challenge import ALL, Fared, Share, measure_engine, read_pairs
from training.corpus import MORE, ROOT
from training.listing import MEASURED
from training.theme_pages import write_head, write_row

from coprod_cli.reading import read_framework

CARD = ROOT / "training" / "MODEL_CARD.md"
END = "<!-- End. -->"
# The themes that a machine may be trusted with, by the rule "reliable" of the shipped framework.
_FLOOR = 0.667
_BOTH = ("trained", "fast")

Figures = Mapping[str, Any]


def begin(name: str) -> str:
    """The mark before a table."""
    return f"<!-- {name}: written by `python -m training.write_model_card`. -->"


def replace_tables(card: str, tables: Mapping[str, str]) -> str:
    """The card with what stands between its marks replaced.

    Raises:
        ValueError: a mark is missing.
    """
    for name, table in tables.items():
        before, mark, rest = card.partition(begin(name))
        _, end, after = rest.partition(END)
        if not mark or not end:
            raise ValueError(f"The card has no marks for {name}.")
        card = f"{before}{mark}\n\n{table}\n\n{end}{after}"
    return card


def list_tables(engines: Mapping[str, Figures], written: int, hands: int) -> dict[str, str]:
    """Every table but that of the minimal pairs, by its name. written, hands: answers and writers of more.jsonl."""
    return {
        "Written": f"`data/corpus/more.jsonl` holds {written:,} answers by {hands} writers.",
        "Engines": "\n".join(_tell_engines(engines)),
        "Unsure": "\n".join(_tell_unsure(engines)),
        "Chances": "\n".join(_tell_chances(engines["trained"]["examined"]["reliability"])),
        "Groups": "\n".join(_tell_groups(engines)),
        "Verdicts": _tell_verdicts(engines["trained"]["themes"]),
    }


def tell_pairs(fared: Mapping[str, Mapping[str, Fared]]) -> str:
    """The table of minimal pairs: engine to group to the pairs right and the expectations met."""
    rows = [write_head("group", *(f"`{engine}`: {what}" for engine in _BOTH for what in ("pairs", "expectations")))]
    rows += [
        write_row(group.replace("_", " "), *(cell for engine in _BOTH for cell in _tell_shares(*fared[engine][group])))
        for group in sorted(fared[_BOTH[0]], key=lambda each: each == ALL)
    ]
    return "\n".join(rows)


def _tell_shares(pairs: Share, expectations: Share) -> tuple[str, str]:
    (low, high), (least, most) = pairs.likely, expectations.likely
    return (
        f"{pairs.right} of {pairs.of}, {pairs.share:.2f} ({low:.2f} to {high:.2f})",
        f"{expectations.share:.2f} ({least:.2f} to {most:.2f})",
    )


def _tell_engines(engines: Mapping[str, Figures]) -> Iterator[str]:
    first = engines["trained"]
    yield (
        f"{first['answers']:,} answers, {first['writers']} writers; ranges are the middle 95 % of 2,000 draws of whole "
        "writers:"
    )
    yield ""
    yield write_head(
        "engine", "macro-F1 (likely range)", "micro-F1", "whole codes F1 (likely range)", "plain questions F1",
        "stances right", "stances swayed", "levels right", "evidence", "ECE (of what is named)",
    )  # fmt: skip
    for engine in (*_BOTH, "cues"):
        told = engines[engine]
        examined = told.get("examined")
        of_named = examined and examined["calibration_error_of_named"]
        yield write_row(
            f"`{engine}`",
            _say_range(told["macro_f1"], told["macro_f1_low"], told["macro_f1_high"]),
            f"{told['micro_f1']:.3f}",
            _say_range(told["whole_code_f1"], told["whole_code_f1_low"], told["whole_code_f1_high"]),
            *(f"{told[part]:.3f}" for part in ("plain_question_f1", "stance_accuracy", "stance_swayed")),
            *(f"{told[part]:.3f}" for part in ("level_accuracy", "evidence_overlap")),
            f"{told['calibration_error']:.3f} ({of_named:.3f})" if examined else "-",
        )


def _tell_unsure(engines: Mapping[str, Figures]) -> Iterator[str]:
    yield write_head("left to a person", *(f"`{engine}`" for engine in _BOTH))
    for pair in zip(*(engines[engine]["examined"]["coverage"] for engine in _BOTH), strict=True):
        yield write_row(
            f"{pair[0]['doubted']:.0%}", *(_say_range(each["precision"], each["low"], each["high"]) for each in pair)
        )


def _tell_chances(bins: Sequence[Figures]) -> Iterator[str]:
    yield write_head("chances", "mean chance", "share there")
    yield from (write_row(f"{each['cases']:,}", f"{each['chance']:.3f}", f"{each['share']:.3f}") for each in bins)


def _tell_groups(engines: Mapping[str, Figures]) -> Iterator[str]:
    yield write_head("group", "answers", *(f"`{engine}`" for engine in _BOTH))
    for part in ("roles", "lengths"):
        groups = [engines[engine]["examined"][part] for engine in _BOTH]
        for name in groups[0]:
            each = [group[name] for group in groups]
            ranges = (_say_range(one["micro_f1"], one["low"], one["high"]) for one in each)
            yield write_row(name.replace("_", " "), f"{each[0]['answers']:,}", *ranges)


def _tell_verdicts(themes: Sequence[Figures]) -> str:
    ranked = sorted((each["verdict_alpha"], each["theme"]) for each in themes)
    (least, worst), (most, best) = ranked[0], ranked[-1]
    reached = [f"`{theme}`" for alpha, theme in ranked if alpha >= _FLOOR]
    which = f"is reached by {', '.join(reached)}: only these enter" if reached else "is reached by none: none enters"
    return (
        f"Krippendorff's alpha of that verdict is {least:.3f} (`{worst}`) to {most:.3f} (`{best}`); the framework's "
        f'floor of {_FLOOR} {which} a score by the rule "reliable".'
    )


def _say_range(value: float, low: float, high: float) -> str:
    return f"{value:.3f} ({low:.3f} to {high:.3f})"


def main() -> int:
    """Write the tables into the card, or say whether it holds them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only check, and leave out the minimal pairs")
    check = parser.parse_args().check
    engines = json.loads(MEASURED.read_text(encoding="utf-8"))["engines"]
    hands = [json.loads(line)["writer"] for line in MORE.read_text(encoding="utf-8").splitlines()]
    tables = list_tables(engines, len(hands), len(set(hands)))
    card = CARD.read_text(encoding="utf-8")
    if check:
        same = replace_tables(card, tables) == card
        print("The card tells what was measured." if same else "Run python -m training.write_model_card.")
        return 0 if same else 1
    tables["Pairs"] = tell_pairs({engine: measure_engine(engine, read_pairs(), read_framework()) for engine in _BOTH})
    CARD.write_text(replace_tables(card, tables), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
