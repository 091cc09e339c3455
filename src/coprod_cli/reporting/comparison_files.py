"""A Comparison goes in; every file of its folder, by name and as bytes, comes out."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

from coprod_cli.drawing import Chart, draw_changes
from coprod_cli.model.compared import Comparison
from coprod_cli.model.comparison import Standing
from coprod_cli.model.tables import OVERALL, Score
from coprod_cli.reporting.change_figures import CHANGES, list_change_rows, list_changes, show_value
from coprod_cli.reporting.numbers import RATIO_DECIMALS, SCORE_DECIMALS, count_people, round_value
from coprod_cli.reporting.pictures import list_pictures
from coprod_cli.reporting.story_of_comparison import judge_pair, list_compared, tell_comparison
from coprod_cli.reporting.to_csv import write_rows
from coprod_cli.reporting.to_html import write_html
from coprod_cli.reporting.to_manifest import begin_manifest, finish_manifest
from coprod_cli.reporting.to_markdown import write_markdown
from coprod_cli.telling import name_dimension

SCHEMA = "coprod-comparison/1"
MANIFEST = "manifest.json"
_BEFORE = ("before_limits", "low_before", "high_before")
_PLAIN = ("plain_mean", "plain_low", "plain_high", "effective")
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
    *_BEFORE,
    "weakest",
    *_PLAIN,
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
    charts = draw_changes(comparison, comparison.breaks)
    files = {name: write(comparison, charts) for name, write in COMPARISON_OUTPUTS.items()}
    files |= list_pictures(charts)
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
                "mean": round_value(each.mean, SCORE_DECIMALS),
                "between": round_value(each.between, SCORE_DECIMALS),
                "reliability": round_value(each.reliability, RATIO_DECIMALS),
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
            **{name: round_value(getattr(each, name), SCORE_DECIMALS) for name in ("difference", "low", "high")},
            "probability_higher": round_value(each.probability_higher, RATIO_DECIMALS),
            "verdict": judge_pair(each, comparison.framework.scoring),
            **{name: count_people(getattr(each, name)) for name in ("people_first", "people_second")},
        }
        for each in comparison.beside.pairings
    ]


def _list_score(score: Score) -> dict[str, Any]:
    return {
        **{name: round_value(getattr(score, name), SCORE_DECIMALS) for name in ("estimate", "low", "high")},
        "people": count_people(score.people) if score.reportable else None,
        "basis": score.basis,
        "reportable": score.reportable,
        "why_not": score.why_not or None,
        **{name: round_value(getattr(score, name), SCORE_DECIMALS) for name in (*_BEFORE, *_PLAIN)},
        "weakest": score.weakest or None,
    }


def _list_standing(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return dict.fromkeys(_SHRUNKEN)
    return {
        **{name: round_value(getattr(standing, name), SCORE_DECIMALS) for name in _SHRUNKEN[:3]},
        "reliability": round_value(standing.reliability, RATIO_DECIMALS),
        **{name: getattr(standing, name) or None for name in _SHRUNKEN[4:]},
    }


def _list_rows(listed: list[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for each in listed:
        yield tuple(show_value(each[column]) for column in columns)


def _write_manifest(comparison: Comparison, outputs: dict[str, bytes]) -> bytes:
    inputs = [{"name": name, "sha256": sha256} for name, sha256 in comparison.inputs]
    begun = begin_manifest(comparison.version, comparison.settings, comparison.framework)
    return finish_manifest({**begun, "inputs": inputs}, outputs)


COMPARISON_OUTPUTS: dict[str, Callable[[Comparison, tuple[Chart, ...]], bytes]] = {
    "compare.html": lambda comparison, charts: write_html(tell_comparison(comparison, charts)),
    "compare.md": lambda comparison, charts: write_markdown(tell_comparison(comparison, charts)),
    "compare.json": lambda comparison, _: write_comparison(comparison),
    "compare.csv": lambda comparison, _: write_rows(SCORES, _list_rows(list_scores(comparison), SCORES)),
    "pairs.csv": lambda comparison, _: write_rows(PAIRS, _list_rows(list_pairs(comparison), PAIRS)),
    "changes.csv": lambda comparison, _: write_rows(CHANGES, list_change_rows(comparison)),
}
