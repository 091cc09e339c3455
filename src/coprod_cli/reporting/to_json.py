"""Findings go in; results.json, as docs/results.md and results.schema.json describe it, comes out."""

import dataclasses
import json
from typing import Any

from coprod_cli.model.findings import Base, Findings
from coprod_cli.model.tables import OVERALL, ROLES, Score, ThemeCount, rows
from coprod_cli.reporting.change_figures import list_changes
from coprod_cli.reporting.checked_figures import list_checked, list_coders
from coprod_cli.reporting.closed_items import list_closed_items
from coprod_cli.reporting.numbers import RATIO_DECIMALS, SCORE_DECIMALS, count_people, round_value
from coprod_cli.reporting.papers import list_papers
from coprod_cli.reporting.people import list_closed, list_sectors, list_weighting
from coprod_cli.reporting.quality_figures import list_quality, list_sensitivity
from coprod_cli.telling import (
    Panel,
    find_share_range,
    is_withheld,
    list_panels,
    mark_score,
    name_rung,
    pick_rungs,
    pick_scores,
    say_basis,
)

SCHEMA = "coprod-results/1"
PARTS = ("people", "positive", "mixed", "negative", "neutral", "commenters")


def write_json(findings: Findings) -> bytes:
    """The results as UTF-8 JSON, keys sorted, two spaces of indent; never NaN: what is withheld is null."""
    text = json.dumps(list_results(findings), ensure_ascii=False, allow_nan=False, indent=2, sort_keys=True)
    return (text + "\n").encode("utf-8")


def list_results(findings: Findings) -> dict[str, Any]:
    """The same as plain lists and dicts."""
    framework = findings.framework
    return {
        "schema": SCHEMA,
        "coprod_version": findings.provenance.version,
        "settings": {**dataclasses.asdict(findings.settings), "gates": list(findings.settings.gates)},
        "framework": {
            "id": framework.id,
            "version": framework.version,
            "status": framework.status,
            "sha256": framework.sha256,
        },
        "made_with": {
            "own_framework": findings.provenance.own_framework,
            "own_weights": findings.provenance.own_weights,
            "previous_sha256": list(findings.provenance.previous_sha256),
        },
        "survey": {
            "rows_read": count_people(findings.rows_read),
            "forms": count_people(findings.forms),
            "responses": count_people(findings.responses),
            "people": count_people(findings.people),
            "rounded_to": findings.totals_step,
            "first_month": findings.period[0] or None,
            "last_month": findings.period[1] or None,
            "people_by_role": [
                {"role": role, "people": count_people(people)} for role, people in findings.people_by_role
            ],
            "left_out": [notice._asdict() for notice in findings.notices if notice.rows],
        },
        "questions": [
            {"id": each.name, "text": each.text, "kind": each.kind.value, "dimension": each.dimension or None}
            for each in findings.questions
        ],
        "projects": _list_projects(findings),
        "contrasts": _list_contrasts(findings),
        "changes": list_changes(findings),
        "sectors": list_sectors(findings),
        "closed_groups": list_closed(findings),
        "closed_items": list_closed_items(findings),
        "weighting": list_weighting(findings),
        "flags": [{**each._asdict(), "reply": each.reply or None} for each in findings.flags],
        "conditions": [
            {
                "project": each.project,
                "wave": each.wave,
                "condition": each.gate,
                "chance": round_value(each.chance, RATIO_DECIMALS),
                "met": each.met,
            }
            for each in findings.gates
        ],
        "quality": list_quality(findings),
        "sensitivity": list_sensitivity(findings),
        "themes": [_show_theme(findings, row) for row in rows(findings.themes, ThemeCount)],
        "themes_beside": [_show_theme(findings, row) for row in rows(findings.themes_beside, ThemeCount)],
        "unled": [{"project": project, "role": role, "wave": wave} for project, role, wave in sorted(findings.unled)],
        "governance": list_papers(findings),
        "coder": _show_coder(findings),
        **({"checked": list_checked(findings.checked)} if findings.checked.by_hand else {}),
        **({"coders": list_coders(findings.coders)} if findings.coders.answers else {}),
        "quotes": [each._asdict() for each in findings.quotes],
        "emerging": [
            {
                "phrases": list(each.phrases),
                "people": [{"role": part.role, "people": count_people(part.people)} for part in each.people],
                "stability": round_value(each.stability, RATIO_DECIMALS),
                "typical": [answer._asdict() for answer in each.typical],
            }
            for each in findings.emerging
        ],
        "notices": [notice._asdict() for notice in findings.notices],
    }


def _list_projects(findings: Findings) -> list[dict[str, Any]]:
    bases = {(base.project, base.wave, base.role): base for base in findings.bases}
    listed = []
    for panel in list_panels(findings):
        scores = pick_scores(findings, panel)
        for role in ROLES:
            base = bases.get((*panel, role))
            if base is None and not any(each == role for each, _ in scores):
                continue
            listed.append(
                {
                    "project": panel.project,
                    "wave": panel.wave,
                    "role": role,
                    "bases": _show_base(base),
                    "overall": _show_score(findings, scores.get((role, OVERALL))),
                    "rungs": _list_rungs(findings, panel, role),
                    "dimensions": [
                        {"dimension": each.id, "name": each.name, "core": each.core, **shown}
                        for each in findings.framework.dimensions
                        if (shown := _show_score(findings, scores.get((role, each.id)))) is not None
                    ],
                }
            )
    return listed


def _show_base(base: Base | None) -> dict[str, int | str | None]:
    fields = ("answered", "rated", "commented")
    shown = {field: None if base is None else count_people(getattr(base, field)) for field in fields}
    return {**shown, "mark": "c" if None in shown.values() else ""}


def _show_score(findings: Findings, score: Score | None) -> dict[str, Any] | None:
    if score is None:
        return None
    told = score.reportable
    return {
        "estimate": round_value(score.estimate, SCORE_DECIMALS) if told else None,
        "low": round_value(score.low, SCORE_DECIMALS) if told else None,
        "high": round_value(score.high, SCORE_DECIMALS) if told else None,
        "people": count_people(score.people) if told else None,
        "basis": score.basis,
        "basis_note": say_basis(findings, score.basis),
        "reportable": score.reportable,
        "why_not": score.why_not or None,
        "mark": mark_score(score),
        "before_limits": round_value(score.before_limits, SCORE_DECIMALS),
        "low_before": round_value(score.low_before, SCORE_DECIMALS),
        "high_before": round_value(score.high_before, SCORE_DECIMALS),
        "weakest": score.weakest or None,
        "plain_mean": round_value(score.plain_mean, SCORE_DECIMALS),
        "plain_low": round_value(score.plain_low, SCORE_DECIMALS),
        "plain_high": round_value(score.plain_high, SCORE_DECIMALS),
        "effective": round_value(score.effective, SCORE_DECIMALS),
    }


def _list_rungs(findings: Findings, panel: Panel, role: str) -> list[dict[str, Any]]:
    listed = []
    for each in pick_rungs(findings, panel, role):
        low, high = find_share_range(findings, each.said, each.said_people)
        listed.append(
            {
                "rung": each.rung,
                "label": name_rung(findings, each.rung),
                "chance": round_value(each.chance, RATIO_DECIMALS),
                "chance_before": round_value(each.chance_before, RATIO_DECIMALS),
                "people": count_people(each.people),
                "said": round_value(each.said, RATIO_DECIMALS),
                "said_low": round_value(low, RATIO_DECIMALS),
                "said_high": round_value(high, RATIO_DECIMALS),
                "said_people": count_people(each.said_people),
            }
        )
    return listed


def _list_contrasts(findings: Findings) -> list[dict[str, Any]]:
    return [
        {
            "project": each.project,
            "wave": each.wave,
            "dimension": each.dimension,
            "gap": round_value(each.gap, SCORE_DECIMALS),
            "low": round_value(each.low, SCORE_DECIMALS),
            "high": round_value(each.high, SCORE_DECIMALS),
            "probability_higher": round_value(each.probability_higher, RATIO_DECIMALS),
            "parents": count_people(each.parents),
            "practitioners": count_people(each.practitioners),
            "clear": each.clear,
        }
        for each in findings.contrasts
    ]


def _show_theme(findings: Findings, row: ThemeCount) -> dict[str, Any]:
    counts = {part: count_people(getattr(row, part)) for part in PARTS}
    return {
        "scope": "project" if row.project else "all projects",
        "project": row.project,
        "wave": row.wave,
        "role": row.role,
        "theme": row.theme,
        "name": findings.framework.theme(row.theme).name,
        **counts,
        "several": (row.project, row.role, row.wave, row.theme) in findings.several,
        "mark": mark_withheld(row),
    }


def mark_withheld(row: ThemeCount) -> str:
    """The letter "c" when any count of the row is withheld, else nothing."""
    return "c" if any(is_withheld(getattr(row, part)) for part in PARTS) else ""


def _show_coder(findings: Findings) -> dict[str, Any]:
    coder = findings.coder
    ratios = (
        "macro_f1",
        "macro_f1_low",
        "macro_f1_high",
        "micro_f1",
        "stance_accuracy",
        "level_accuracy",
        "evidence_overlap",
        "whole_code_f1",
        "whole_code_f1_low",
        "whole_code_f1_high",
        "plain_question_f1",
        "stance_swayed",
        "calibration_error_of_named",
        "unsure_share",
        "sure_precision",
    )
    return {
        "engine": coder.engine,
        "version": coder.version,
        "answers": coder.answers,
        "writers": coder.writers,
        **{name: round_value(getattr(coder, name), RATIO_DECIMALS) for name in ratios},
        "how_measured": coder.how_measured,
        "checked_by_a_person": findings.checked.by_hand != 0,
        "may_enter_scores": list(findings.scored_themes),
        "themes": [
            {
                name: round_value(value, RATIO_DECIMALS) if isinstance(value, float) else value
                for name, value in each._asdict().items()
            }
            for each in coder.themes
        ],
    }
