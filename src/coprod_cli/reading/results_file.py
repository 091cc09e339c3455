"""A results folder of an earlier run goes in; what it published comes out. What it withheld is not in it, nor here."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coprod_cli.model.compared import Makers, Published
from coprod_cli.model.comparison import Change
from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.findings import Base
from coprod_cli.model.survey import NAMELESS
from coprod_cli.model.tables import OVERALL, Score, require, table
from coprod_cli.reading.files import make_printable
from coprod_cli.reading.json_rows import take_value

RESULTS, MANIFEST, SCHEMA = "results.json", "manifest.json", "coprod-results/1"
_MEND = "Name a folder that coprod analyse wrote, or make it again with this version."


def read_results(folder: Path) -> Published:
    """What the results.json of a folder says; its manifest.json says what it was made by.

    Raises:
        UnreadableSurveyError: one of the two is missing, or is not what coprod writes.
    """
    name = make_printable(folder.name or folder.resolve().name)
    content = _read(folder / RESULTS, name)
    try:
        manifest = json.loads(_read(folder / MANIFEST, name))
        weights = manifest.get("coder_sha256") or manifest["weights_sha256"]
        return take_results(name, content, manifest["framework"]["sha256"], weights)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableSurveyError(f"{name} does not hold results that this version can read.", _MEND) from error


def take_results(name: str, content: bytes, framework_sha256: str, weights_sha256: str) -> Published:
    """The same from the bytes of a results.json.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is not what coprod writes.
    """
    results = json.loads(content)
    if results["schema"] != SCHEMA:
        raise ValueError(SCHEMA)
    settings = results["settings"]
    makers = Makers(
        results["coprod_version"], settings["engine"], settings["comments"], framework_sha256, weights_sha256
    )
    return Published(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        audience=settings["audience"],
        makers=makers,
        scores=require(table(list_scores(results["projects"]), Score), Score),
        bases=tuple(list_bases(results["projects"])),
        changes=tuple(take_value(Change, each) for each in results.get("changes", [])),
        items=_list_items(results["questions"]),
        nameless=any(each["code"] == NAMELESS for each in results["notices"]),
    )


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSurveyError(f"{name} has no {path.name} that can be read.", _MEND) from error


def name_group(each: Mapping[str, Any]) -> dict[str, str]:
    """The project, role and round that an object of results.json is about."""
    return {name: str(each[name]) for name in ("project", "role", "wave")}


def list_scores(projects: list[dict[str, Any]]) -> Iterator[Score]:
    """Every score of the projects in results.json, told or not.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is not what coprod writes.
    """
    for each in projects:
        told = [(OVERALL, each["overall"]), *((one["dimension"], one) for one in each["dimensions"])]
        for dimension, score in told:
            if score is not None:
                yield take_value(Score, score, **name_group(each), dimension=str(dimension))


def list_bases(projects: list[dict[str, Any]]) -> Iterator[Base]:
    """How many answered, of each group of the projects in results.json.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is not what coprod writes.
    """
    return (take_value(Base, each["bases"], **name_group(each)) for each in projects)


def _list_items(questions: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for each in questions:
        if each["dimension"]:
            found.setdefault(each["dimension"], set()).add(each["id"])
    return {dimension: frozenset(items) for dimension, items in found.items()}
