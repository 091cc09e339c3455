"""The folder of an earlier report goes in; what that report told comes out, to set a new one against."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import nan
from pathlib import Path
from typing import Any

from coprod_cli.model.closed_items import Part
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.findings import AUDIENCES, Flag
from coprod_cli.model.release import Counts, Group, Release
from coprod_cli.reading.json_rows import take_value
from coprod_cli.reading.results_file import MANIFEST, RESULTS, SCHEMA

SCOPES = ("themes", "themes_beside")
_RAW = "raw"
_BASES = ("answered", "rated", "commented")
_PARTS = ("people", "positive", "mixed", "negative", "neutral")
_HINT = "Give the whole folder that coprod analyse wrote, as it was published."


def read_release(folder: Path) -> Release:
    """What the report in that folder told.

    Raises:
        SettingsFileError: there is no results.json, it is not what coprod wrote, or it was changed since.
    """
    try:
        data = (folder / RESULTS).read_bytes()
    except OSError:
        raise SettingsFileError(f"{folder} holds no earlier report.", _HINT) from None
    sha256 = hashlib.sha256(data).hexdigest()
    manifest = _read_manifest(folder, sha256)
    try:
        results = json.loads(data)
        audience = results["settings"]["audience"] if results["schema"] == SCHEMA else ""
        release = _read_results(results, manifest)
    except (ValueError, TypeError, KeyError, AttributeError):
        audience = ""
    if audience not in AUDIENCES:
        raise SettingsFileError(f"{folder / RESULTS} is not what this coprod writes.", _HINT)
    if audience == _RAW:
        what = f"{folder} is a raw report, which is never published."
        raise SettingsFileError(what, "Give the folder of the report that others have seen.")
    return replace(release, sha256=sha256)


def _read_results(results: Mapping[str, Any], manifest: Mapping[str, Any]) -> Release:
    return Release(
        sha256="",
        audience=results["settings"]["audience"],
        bases={
            _name_group(each): tuple(_read_number(each["bases"][name]) for name in _BASES)
            for each in results["projects"]
        },
        scores={_name_group(each): dict(_read_scores(each)) for each in results["projects"]},
        said={_name_group(each): _read_said(each.get("rungs", [])) for each in results["projects"]},
        commenters={
            (scope, *_name_group(each)): _read_number(each["commenters"]) for scope in SCOPES for each in results[scope]
        },
        counts={
            (scope, *_name_group(each), str(each["theme"])): tuple(_read_number(each[part]) for part in _PARTS)
            for scope in SCOPES
            for each in results[scope]
        },
        flags=_read_flags(results.get("flags", [])),
        inputs=frozenset(str(each["sha256"]) for each in manifest.get("inputs", [])) or frozenset({""}),
        mapping_sha256=str(manifest.get("mapping_sha256", "")),
        keep_partial=bool(results["settings"].get("keep_partial", False)),
        spreads={
            (*_name_group(each), str(each["item"])): tuple(
                Part(int(part["first"]), int(part["last"]), int(part["percent"])) for part in each["parts"]
            )
            for each in results.get("closed_items", [])
        },
    )


def _read_manifest(folder: Path, sha256: str) -> Mapping[str, Any]:
    """The manifest beside the results; nothing where it is not there or cannot be read."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        listed = {str(each["name"]): str(each["sha256"]) for each in manifest["outputs"]}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    if listed.get(RESULTS, sha256) != sha256:
        raise SettingsFileError(f"{folder / RESULTS} was changed after coprod wrote it.", _HINT)
    return manifest


def _name_group(each: Mapping[str, Any]) -> Group:
    return str(each["project"]), str(each["role"]), str(each["wave"])


def _read_number(value: float | None) -> float:
    return nan if value is None else float(value)


def _read_scores(each: Mapping[str, Any]) -> Iterator[tuple[str, Counts]]:
    for score in [{"dimension": "overall", **(each["overall"] or {})}, *each["dimensions"]]:
        if score.get("reportable"):
            yield str(score["dimension"]), tuple(_read_number(score[name]) for name in ("estimate", "low", "high"))


def _read_said(rungs: list[Mapping[str, Any]]) -> Counts:
    people = [_read_number(each["said_people"]) for each in rungs[:1] if "said_people" in each]
    return (*(_read_number(each.get("said")) for each in rungs), *people)


def _read_flags(flags: list[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[Flag, ...]]:
    found: dict[tuple[str, str], tuple[Flag, ...]] = {}
    for each in flags:
        flag = take_value(Flag, each)
        found[flag.project, flag.wave] = (*found.get((flag.project, flag.wave), ()), flag)
    return found
