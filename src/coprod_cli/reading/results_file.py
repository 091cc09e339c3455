"""A results folder of an earlier run goes in; what it published comes out. What it withheld is not in it, nor here."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from math import nan
from pathlib import Path
from typing import Any

from coprod_cli.model.compared import Makers, Published
from coprod_cli.model.comparison import Change
from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.findings import Base
from coprod_cli.model.survey import NAMELESS
from coprod_cli.model.tables import OVERALL, Score, require, table
from coprod_cli.reading.files import make_printable

_RESULTS, _MANIFEST, _SCHEMA = "results.json", "manifest.json", "coprod-results/1"
_WITHHELD = -1
_MEND = "Name a folder that coprod analyse wrote, or make it again with this version."


def read_results(folder: Path) -> Published:
    """What the results.json of a folder says; its manifest.json says what it was made by.

    Raises:
        UnreadableSurveyError: one of the two is missing, or is not what coprod writes.
    """
    name = make_printable(folder.name or folder.resolve().name)
    content = _read(folder / _RESULTS, name)
    try:
        manifest = json.loads(_read(folder / _MANIFEST, name))
        return take_results(name, content, manifest["framework"]["sha256"], manifest["weights_sha256"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableSurveyError(f"{name} does not hold results that this version can read.", _MEND) from error


def take_results(name: str, content: bytes, framework_sha256: str, weights_sha256: str) -> Published:
    """The same from the bytes of a results.json.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is not what coprod writes.
    """
    results = json.loads(content)
    if results["schema"] != _SCHEMA:
        raise ValueError(_SCHEMA)
    settings = results["settings"]
    makers = Makers(
        results["coprod_version"], settings["engine"], settings["comments"], framework_sha256, weights_sha256
    )
    return Published(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        audience=settings["audience"],
        makers=makers,
        scores=require(table(_list_scores(results["projects"]), Score), Score),
        bases=tuple(_list_bases(results["projects"])),
        changes=tuple(_take_change(each) for each in results.get("changes", [])),
        items=_list_items(results["questions"]),
        nameless=any(each["code"] == NAMELESS for each in results["notices"]),
    )


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSurveyError(f"{name} has no {path.name} that can be read.", _MEND) from error


def _list_scores(projects: list[dict[str, Any]]) -> Iterator[Score]:
    for each in projects:
        head = (str(each["project"]), str(each["role"]), str(each["wave"]))
        told = [(OVERALL, each["overall"]), *((one["dimension"], one) for one in each["dimensions"])]
        for dimension, score in told:
            if score is not None:
                yield Score(
                    *head,
                    str(dimension),
                    estimate=_number(score["estimate"]),
                    low=_number(score["low"]),
                    high=_number(score["high"]),
                    people=_count(score["people"]),
                    basis=str(score["basis"]),
                    reportable=bool(score["reportable"]),
                    why_not=score["why_not"] or "",
                    before_limits=_number(score.get("before_limits")),
                    low_before=_number(score.get("low_before")),
                    high_before=_number(score.get("high_before")),
                    weakest=score.get("weakest") or "",
                    plain_mean=_number(score.get("plain_mean")),
                    plain_low=_number(score.get("plain_low")),
                    plain_high=_number(score.get("plain_high")),
                    effective=_number(score.get("effective")),
                )


def _list_bases(projects: list[dict[str, Any]]) -> Iterator[Base]:
    for each in projects:
        answered, rated, commented = (_count(each["bases"][name]) for name in ("answered", "rated", "commented"))
        yield Base(each["project"], each["role"], each["wave"], answered, rated, commented)


def _take_change(each: Mapping[str, Any]) -> Change:
    values = {name: each[name] for name in Change._fields}
    values |= {name: each[name] or "" for name in ("verdict", "why_not", "basis")}
    values |= {name: _number(each[name]) for name in ("change", "low", "high", "probability_up", "probability_up_5")}
    values |= {name: _count(each[name]) for name in ("people_before", "people_after", "people_both")}
    return Change(**values)


def _list_items(questions: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for each in questions:
        if each["dimension"]:
            found.setdefault(each["dimension"], set()).add(each["id"])
    return {dimension: frozenset(items) for dimension, items in found.items()}


def _number(value: float | None) -> float:
    return nan if value is None else float(value)


def _count(value: int | None) -> int:
    return _WITHHELD if value is None else int(value)
