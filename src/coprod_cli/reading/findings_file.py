"""The folder of a report goes in; its Findings, as they were fit for their audience, come out, to be told again.

What the report withheld is not in it, nor here. The coded answers are not taken back: no report tells them.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from coprod_cli.model.checked import NOTHING_CHECKED, Checked
from coprod_cli.model.closed_items import ItemSpread
from coprod_cli.model.coders import NOBODY_COMPARED, CodersAgreement
from coprod_cli.model.comparison import Change
from coprod_cli.model.emerging import Emerging
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.findings import (
    CODED,
    Alpha,
    CoderReport,
    Contrast,
    Correlation,
    Findings,
    Flag,
    Habits,
    Provenance,
    Quality,
    Quote,
    SectorScore,
    Settings,
    Unanswered,
    Variant,
)
from coprod_cli.model.framework import Framework
from coprod_cli.model.gates import GateResult
from coprod_cli.model.governance import Body, Fact, Governance, Origin, ProjectFacts
from coprod_cli.model.population import ClosedGroup, Weighting
from coprod_cli.model.survey import ColumnKind, Notice, Question
from coprod_cli.model.tables import RungChance, Score, ThemeCount, require, table
from coprod_cli.reading.framework_file import read_framework
from coprod_cli.reading.json_rows import WITHHELD, take_value
from coprod_cli.reading.results_file import MANIFEST, RESULTS, SCHEMA, list_bases, list_scores, name_group

FRAMEWORK = "framework.toml"
_MANIFEST_SCHEMA = "coprod-manifest/1"
_HINT = "Give the whole folder that coprod analyse wrote with this version, or make it again."


def read_findings(folder: Path) -> Findings:
    """What the results.json of that folder tells, by the framework beside it.

    Raises:
        SettingsFileError: one of the two is missing, or is not what this version writes.
    """
    try:
        results = json.loads((folder / RESULTS).read_bytes())
    except OSError:
        raise SettingsFileError(f"{folder} holds no report: there is no {RESULTS} in it.", _HINT) from None
    except ValueError:
        raise SettingsFileError(f"{folder / RESULTS} is not what coprod writes.", _HINT) from None
    framework = read_own_framework(folder)
    try:
        if results["schema"] != SCHEMA or results["framework"]["sha256"] != framework.sha256:
            raise ValueError(SCHEMA)  # noqa: TRY301 - told below, with every other way of not fitting
        return take_findings(results, framework)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SettingsFileError(f"{folder / RESULTS} is not what this version of coprod writes.", _HINT) from None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the report in that folder.

    Raises:
        SettingsFileError: it is missing, or is not what coprod writes.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if manifest["schema"] != _MANIFEST_SCHEMA or not isinstance(manifest["outputs"], list):
            raise ValueError(_MANIFEST_SCHEMA)  # noqa: TRY301 - told below, with every other way of not fitting
    except (OSError, ValueError, TypeError, KeyError):
        raise SettingsFileError(f"{folder} holds no report: it has no {MANIFEST} of coprod's.", _HINT) from None
    return manifest


def read_own_framework(folder: Path) -> Framework:
    """The framework that a results folder was made with: its own, or the one that comes with coprod.

    Raises:
        SettingsFileError: its framework is not as it should be.
    """
    return read_framework(folder / FRAMEWORK if (folder / FRAMEWORK).exists() else None)


def take_findings(results: Mapping[str, Any], framework: Framework) -> Findings:
    """The same from the contents of a results.json.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is not what coprod writes.
    """
    survey, projects = results["survey"], results["projects"]
    quality = results["quality"]
    return Findings(
        settings=take_value(Settings, results["settings"]),
        framework=framework,
        provenance=Provenance(
            version=results["coprod_version"],
            sources=(),
            framework_sha256=framework.sha256,
            weights_sha256="",
            mapping_sha256="",
            previous_sha256=tuple(results["made_with"]["previous_sha256"]),
            own_framework=bool(results["made_with"]["own_framework"]),
            own_weights=bool(results["made_with"]["own_weights"]),
        ),
        questions=tuple(
            Question(each["id"], each["text"], ColumnKind(each["kind"]), each["dimension"] or "")
            for each in results["questions"]
        ),
        rows_read=_count(survey["rows_read"]),
        forms=_count(survey["forms"]),
        responses=_count(survey["responses"]),
        people=_count(survey["people"]),
        totals_step=int(survey["rounded_to"]),
        period=(survey["first_month"] or "", survey["last_month"] or ""),
        spreads=tuple(take_value(ItemSpread, each) for each in results["closed_items"]),
        people_by_role=tuple((each["role"], _count(each["people"])) for each in survey["people_by_role"]),
        bases=tuple(list_bases(projects)),
        scores=require(table(list_scores(projects), Score), Score),
        rungs=require(table(_list_rungs(projects), RungChance), RungChance),
        themes=_take_themes(results["themes"]),
        themes_beside=_take_themes(results["themes_beside"]),
        unled=frozenset((each["project"], each["role"], each["wave"]) for each in results["unled"]),
        several=frozenset(
            (each["project"], each["role"], each["wave"], each["theme"])
            for each in results["themes"]
            if each["several"]
        ),
        contrasts=tuple(take_value(Contrast, each) for each in results["contrasts"]),
        quotes=tuple(take_value(Quote, each) for each in results["quotes"]),
        emerging=tuple(take_value(Emerging, each) for each in results["emerging"]),
        coded=pd.DataFrame(columns=list(CODED)),
        consented=frozenset(),
        coder=take_value(CoderReport, results["coder"]),
        checked=take_value(Checked, results["checked"]) if "checked" in results else NOTHING_CHECKED,
        coders=take_value(CodersAgreement, results["coders"]) if "coders" in results else NOBODY_COMPARED,
        scored_themes=tuple(results["coder"]["may_enter_scores"]),
        notices=tuple(take_value(Notice, each) for each in results["notices"]),
        flags=tuple(take_value(Flag, each) for each in results["flags"]),
        governance=_take_governance(results["governance"]),
        changes=tuple(take_value(Change, each) for each in results["changes"]),
        variants=tuple(take_value(Variant, each) for each in results["sensitivity"]),
        sectors=tuple(take_value(SectorScore, each) for each in results["sectors"]),
        quality=Quality(
            tuple(take_value(Alpha, each) for each in quality["alphas"]),
            tuple(take_value(Correlation, each) for each in quality["correlations"]),
            tuple(take_value(Habits, each) for each in quality["habits"]),
            tuple(take_value(Unanswered, each) for each in quality["unanswered"]),
        ),
        weighting=tuple(take_value(Weighting, each) for each in results["weighting"]),
        closed=tuple(take_value(ClosedGroup, each) for each in results["closed_groups"]),
        gates=tuple(
            take_value(GateResult, each, gate=each["condition"], met=each["met"]) for each in results["conditions"]
        ),
    )


def _count(value: int | None) -> int:
    return WITHHELD if value is None else int(value)


def _list_rungs(projects: list[dict[str, Any]]) -> Iterator[RungChance]:
    for each in projects:
        yield from (take_value(RungChance, told, **name_group(each)) for told in each["rungs"])


def _take_themes(told: list[dict[str, Any]]) -> pd.DataFrame:
    return require(table((take_value(ThemeCount, each) for each in told), ThemeCount), ThemeCount)


def _take_governance(told: Mapping[str, Any]) -> Governance:
    return Governance(
        projects=tuple(_take_project(each) for each in told["projects"]),
        as_of=told["as_of"] or "",
    )


def _take_project(told: Mapping[str, Any]) -> ProjectFacts:
    dates, producers = told["dates"], told["producers"] or {"number": None, "status": "claimed"}
    return take_value(
        ProjectFacts,
        {**dates, "project": told["project"], "called": told["called"], "promised": told["promised"]},
        facts=tuple(take_value(Fact, each) for each in told["facts"]),
        bodies=tuple(take_value(Body, each) for each in told["bodies"]),
        dates_status=dates["status"],
        dates_origin=take_value(Origin, dates),
        asked=tuple((role, int(number)) for role, number in told["asked"].items() if number is not None),
        changed=tuple(told["changed"]),
        replies=tuple(told["replies"].items()),
        producers=_count(producers["number"]),
        producers_status=producers["status"],
        producers_origin=take_value(Origin, producers),
    )
