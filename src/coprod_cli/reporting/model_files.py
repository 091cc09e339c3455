"""A coder learnt from people's codes goes in; its model file, its card and its figures as JSON come out as bytes.

The model file is a zip of plain numbers, JSON, TOML and Markdown with fixed times: the same codes give the same bytes.
"""

import hashlib
import json

from coprod_cli.binding import pack_zip
from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import CARD, FRAMEWORK, PARTS, Beside, CurvePoint, Gain, Learnt, ThemeLearnt
from coprod_cli.reporting.numbers import RATIO_DECIMALS, round_value
from coprod_cli.reporting.story_of_learning import say_gain, tell_card
from coprod_cli.reporting.to_markdown import write_markdown


def write_card(learnt: Learnt, framework: Framework, version: str) -> bytes:
    """The model card as Markdown."""
    return write_markdown(tell_card(learnt, framework, version))


def write_model(learnt: Learnt, framework: Framework, version: str) -> bytes:
    """The model file, with the SHA-256 of each of its parts."""
    parts = {
        **learnt.parts,
        FRAMEWORK: framework.source.encode("utf-8"),
        CARD: write_card(learnt, framework, version),
    }
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(parts.items())}
    parts[PARTS] = (json.dumps({"parts": listed}, indent=1) + "\n").encode()
    return pack_zip(dict(sorted(parts.items())))


def write_learning(learnt: Learnt) -> bytes:
    """Everything known of the coder as JSON; a figure that is not there is null. docs/learning.md explains the keys."""
    report = learnt.report

    def tell(row: ThemeLearnt | CurvePoint | Gain | Beside) -> dict[str, object]:
        return {
            name: round_value(value, RATIO_DECIMALS) if isinstance(value, float) else value
            for name, value in row._asdict().items()
        }

    whole = {
        "schema": "coprod-learning/1",
        "version": report.version,
        "answers": learnt.answers,
        "without_theme": learnt.empty,
        "left_aside": learnt.silent,
        "machine_codes_in_sight": learnt.seen,
        "left_out_by": learnt.grouped,
        "groups": learnt.groups,
        "macro_f1": report.macro_f1,
        "macro_f1_low": report.macro_f1_low,
        "macro_f1_high": report.macro_f1_high,
        "sure_precision": round_value(report.sure_precision, RATIO_DECIMALS),
        "sure_precision_low": round_value(learnt.sure_low, RATIO_DECIMALS),
        "sure_precision_high": round_value(learnt.sure_high, RATIO_DECIMALS),
        "unsure_share": round_value(report.unsure_share, RATIO_DECIMALS),
        "stance": {
            "cases": learnt.stances,
            "accuracy": round_value(report.stance_accuracy, RATIO_DECIMALS),
            "low": round_value(learnt.stance_low, RATIO_DECIMALS),
            "high": round_value(learnt.stance_high, RATIO_DECIMALS),
        },
        "level": {
            "cases": learnt.levels,
            "accuracy": round_value(report.level_accuracy, RATIO_DECIMALS),
            "low": round_value(learnt.level_low, RATIO_DECIMALS),
            "high": round_value(learnt.level_high, RATIO_DECIMALS),
        },
        "evidence_overlap": round_value(report.evidence_overlap, RATIO_DECIMALS),
        "projects": learnt.projects,
        "by_project": tell(learnt.by_project) if learnt.by_project else None,
        "beside_shipped": tell(learnt.beside) if learnt.beside else None,
        "themes": [tell(each) for each in learnt.themes],
        "curve": [tell(each) for each in learnt.curve],
        "gain": {**tell(learnt.gain), "told": say_gain(learnt.gain)},
        "terms": learnt.words,
        "least_people_a_term": learnt.people_a_word,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
