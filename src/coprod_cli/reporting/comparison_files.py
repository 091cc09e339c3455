"""A Comparison goes in; every file of its folder, by name and as bytes, comes out."""

import dataclasses
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

from coprod_cli.model.compared import Comparison
from coprod_cli.model.comparison import Standing
from coprod_cli.model.tables import OVERALL, Score
from coprod_cli.reporting.change_figures import CHANGES, list_change_rows, list_changes, show_value
from coprod_cli.reporting.story_of_comparison import judge_pair, list_compared, tell_comparison
from coprod_cli.reporting.to_csv import write_rows
from coprod_cli.reporting.to_html import write_html
from coprod_cli.reporting.to_manifest import begin_manifest, finish_manifest
from coprod_cli.reporting.to_markdown import write_markdown
from coprod_cli.telling import is_withheld, name_dimension

SCHEMA = "coprod-comparison/1"
MANIFEST = "manifest.json"
_POINTS, _PARTS = 1, 3
_SHRUNKEN = ("shrunken", "shrunken_low", "shrunken_high", "reliability", "rank_low", "rank_high", "ranked")
SCORES = (
    "project",
    "wave",
    "role",
    "dimension",
    "dimension_name",
    "estimate",
    "low",
    "high",
    "people",
    "basis",
    "reportable",
    "why_not",
    *_SHRUNKEN,
)
PAIRS = (
    "role",
    "basis",
    "first",
    "second",
    "difference",
    "low",
    "high",
    "probability_higher",
    "verdict",
    "people_first",
    "people_second",
)


def render_comparison(comparison: Comparison) -> dict[str, bytes]:
    """Every file of the folder; the manifest, made of all others, comes last. None holds the time."""
    files = {name: write(comparison) for name, write in COMPARISON_OUTPUTS.items()}
    return {**files, MANIFEST: _write_manifest(comparison, files)}


def write_comparison(comparison: Comparison) -> bytes:
    """compare.json as UTF-8: keys sorted, never NaN; what is withheld or not there is null."""
    framework = comparison.framework
    listed = {
        "schema": SCHEMA,
        "coprod_version": comparison.version,
        "settings": dataclasses.asdict(comparison.settings),
        "framework": {"id": framework.id, "version": framework.version, "sha256": framework.sha256},
        "chances": comparison.chances,
        "breaks": list(comparison.breaks),
        "rounds": list(comparison.rounds),
        "scores": list_scores(comparison),
        "spreads": [
            {
                **each._asdict(),
                "mean": _round(each.mean, _POINTS),
                "between": _round(each.between, _POINTS),
                "reliability": _round(each.reliability, _PARTS),
            }
            for each in comparison.beside.spreads
        ],
        "pairs": list_pairs(comparison),
        "changes": list_changes(comparison),
        "notices": [notice._asdict() for notice in comparison.notices],
    }
    return (json.dumps(listed, ensure_ascii=False, allow_nan=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def list_scores(comparison: Comparison) -> list[dict[str, Any]]:
    """Every score by project, round, role and dimension; overall ones of latest rounds with shrunken score and rank."""
    standings = {(each.project, each.wave, each.role): each for each in comparison.beside.standings}
    order = [*(each.id for each in comparison.framework.dimensions), OVERALL]
    found = []
    for panel, scores in list_compared(comparison):
        for (role, dimension), score in sorted(scores.items(), key=lambda each: (each[0][0], order.index(each[0][1]))):
            standing = standings.get((*panel, role)) if dimension == OVERALL else None
            found.append(
                {
                    "project": panel.project,
                    "wave": panel.wave,
                    "role": role,
                    "dimension": dimension,
                    "dimension_name": name_dimension(comparison, dimension),
                    **_list_score(score),
                    **_list_standing(standing),
                }
            )
    return found


def list_pairs(comparison: Comparison) -> list[dict[str, Any]]:
    """Every two projects, each in its latest round, as one role sees them."""
    return [
        {
            **each._asdict(),
            **{name: _round(getattr(each, name), _POINTS) for name in ("difference", "low", "high")},
            "probability_higher": _round(each.probability_higher, _PARTS),
            "verdict": judge_pair(each, comparison.framework.scoring),
            **{name: _count(getattr(each, name)) for name in ("people_first", "people_second")},
        }
        for each in comparison.beside.pairings
    ]


def _list_score(score: Score) -> dict[str, Any]:
    return {
        **{name: _round(getattr(score, name), _POINTS) for name in ("estimate", "low", "high")},
        "people": _count(score.people) if score.reportable else None,
        "basis": score.basis,
        "reportable": score.reportable,
        "why_not": score.why_not or None,
    }


def _list_standing(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return dict.fromkeys(_SHRUNKEN)
    ranks = ("rank_low", "rank_high", "ranked")
    return {
        **{name: _round(getattr(standing, name), _POINTS) for name in ("shrunken", "shrunken_low", "shrunken_high")},
        "reliability": _round(standing.reliability, _PARTS),
        **{name: getattr(standing, name) or None for name in ranks},
    }


def _list_rows(listed: list[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for each in listed:
        yield tuple(show_value(each[column]) for column in columns)


def _write_manifest(comparison: Comparison, outputs: dict[str, bytes]) -> bytes:
    inputs = [{"name": name, "sha256": sha256} for name, sha256 in comparison.inputs]
    begun = begin_manifest(comparison.version, comparison.settings, comparison.framework)
    return finish_manifest({**begun, "inputs": inputs}, outputs)


def _count(value: int) -> int | None:
    return None if is_withheld(value) else value


def _round(value: float, decimals: int) -> float | None:
    return None if math.isnan(value) else round(float(value), decimals) + 0.0


COMPARISON_OUTPUTS: dict[str, Callable[[Comparison], bytes]] = {
    "compare.html": lambda comparison: write_html(tell_comparison(comparison)),
    "compare.md": lambda comparison: write_markdown(tell_comparison(comparison)),
    "compare.json": write_comparison,
    "compare.csv": lambda comparison: write_rows(SCORES, _list_rows(list_scores(comparison), SCORES)),
    "pairs.csv": lambda comparison: write_rows(PAIRS, _list_rows(list_pairs(comparison), PAIRS)),
    "changes.csv": lambda comparison: write_rows(CHANGES, list_change_rows(comparison)),
}
