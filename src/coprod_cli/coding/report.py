"""The name of an engine goes in; what is known of how well it codes, from the shipped measurements, comes out."""

from coprod_cli.coding.shipped import load_measured
from coprod_cli.model.errors import UsageError
from coprod_cli.model.findings import CoderReport, ThemeReliability


def coder_report(engine: str) -> CoderReport:
    """How well an engine codes, measured on the corpus by leaving each writer out in turn.

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
        how_measured=_tell_measurement(
            engine, figures["answers"], figures["writers"], measured["sampled_answers_left_out"]
        ),
        themes=tuple(ThemeReliability(**theme) for theme in figures["themes"]),
    )


def _tell_measurement(engine: str, answers: int, writers: int, sampled: int) -> str:
    way = (
        "leaving each writer out in turn: every answer was coded by a coder that had seen nothing by its writer"
        if engine == "trained"
        else "writer by writer, although this engine learns nothing from them"
    )
    return (
        f"Measured on {answers:,} made-up answers by {writers} writers ({answers + sampled:,} less the {sampled:,} "
        f"that stand in the sample surveys), {way}. Ranges come from drawing whole writers again. The answers and "
        "their codes were written by language models, so agreement with people is not yet known and is likely to be "
        "lower."
    )
