"""The name of an engine goes in; what is known of how well it codes, from the shipped measurements, comes out."""

from collections.abc import Mapping
from math import nan
from typing import Any

from coprod_cli.coding.shipped import load_measured
from coprod_cli.model.errors import UsageError
from coprod_cli.model.findings import CoderReport, ThemeReliability

_MADE_UP = (
    "Answers and codes were made up by language models, each writer with a voice of its own, and most answers were "
    "coded once, by the model that wrote them. Agreement with people is not yet known and is likely to be lower."
)
_LEFT_OUT = (
    "Five writers at a time were coded after learning from the others, and from answers written for training alone; "
    "the cut-offs were set on other writers' answers, as coders had scored them that knew these five. "
)
# Each of these was chosen by its figures on the very writers that are measured.
_CHOSEN_ON_THEM = "The weights of the kinds of features were chosen on these very writers, some on one group of five. "
_LEARNT_CUES = "The cue phrases of the codebook were learnt too. "
_TOO_GOOD = f"So the figures may be slightly too good. {_MADE_UP}"
HOW_MEASURED = {
    "trained": (
        f"{_LEFT_OUT}{_CHOSEN_ON_THEM}So were the share of each of its two readers and the lengths of teaching. "
        f"{_LEARNT_CUES}{_TOO_GOOD}"
    ),
    "fast": f"{_LEFT_OUT}{_CHOSEN_ON_THEM}{_LEARNT_CUES}{_TOO_GOOD}",
    "cues": f"This engine learns nothing from answers: it looks for the cue phrases of the codebook. {_MADE_UP}",
}


def coder_report(engine: str) -> CoderReport:
    """How well an engine codes, measured on the corpus five of its writers left out at a time (cues learns nothing).

    What was not measured of an engine is NaN.

    Raises:
        UsageError: nothing was measured for an engine of that name.
        CoprodError: the shipped measurements are missing or not as they were shipped.
    """
    measured = load_measured()
    if engine not in measured["engines"]:
        what = f"Nothing was measured for a coding engine called {engine}."
        raise UsageError(what, f"Choose one of: {', '.join(sorted(measured['engines']))}.")
    figures = measured["engines"][engine]
    return CoderReport(
        engine=engine,
        version=figures["version"],
        answers=figures["answers"],
        writers=figures["writers"],
        macro_f1=figures["macro_f1"],
        macro_f1_low=figures["macro_f1_low"],
        macro_f1_high=figures["macro_f1_high"],
        micro_f1=figures["micro_f1"],
        stance_accuracy=figures["stance_accuracy"],
        level_accuracy=figures["level_accuracy"],
        evidence_overlap=figures["evidence_overlap"],
        how_measured=HOW_MEASURED[engine],
        themes=tuple(_read_theme(theme) for theme in figures["themes"]),
        whole_code_f1=figures["whole_code_f1"],
        whole_code_f1_low=figures["whole_code_f1_low"],
        whole_code_f1_high=figures["whole_code_f1_high"],
        plain_question_f1=figures["plain_question_f1"],
        stance_swayed=figures["stance_swayed"],
        calibration_error_of_named=figures.get("examined", {}).get("calibration_error_of_named", nan),
        unsure_share=figures.get("unsure_share", nan),
        sure_precision=figures.get("sure_precision", nan),
    )


def _read_theme(told: Mapping[str, Any]) -> ThemeReliability:
    """What was measured of one theme; measurements of long ago have no verdicts."""
    verdicts = tuple(tuple(row) for row in told.get("verdicts", ()))
    return ThemeReliability(**{**told, "verdicts": verdicts, "verdict_designs": tuple(told.get("verdict_designs", ()))})
