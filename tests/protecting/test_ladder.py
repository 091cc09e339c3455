"""What people chose on the ladder when asked: never told anew where too few people came since an earlier report."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from coprod_cli.model.findings import CODED, Base, Findings
from coprod_cli.model.tables import RungChance, Score, ThemeCount, table
from coprod_cli.protecting import for_publication
from coprod_cli.reading import read_release
from coprod_cli.reporting.to_json import list_results, write_json

MakeFindings = Callable[..., Findings]


def choose(make_findings: MakeFindings, counts: list[int], answered: int = 41) -> Findings:
    """A project of whose people so many chose each rung, as many as answered or fewer, and nothing else."""
    people = sum(counts)
    rungs = [
        RungChance("A", "parent", "", at, 1 / 6, answered, each / people, people) for at, each in enumerate(counts)
    ]
    return make_findings(
        bases=(Base("A", "parent", "", answered, answered, 0),),
        rungs=table(rungs, RungChance),
        scores=table([], Score),
        themes=table([], ThemeCount),
        themes_beside=table([], ThemeCount),
        contrasts=(),
        quotes=(),
        coded=pd.DataFrame(columns=list(CODED)),
    )


def publish(findings: Findings, folder: Path) -> Findings:
    shown = for_publication(findings)
    (folder / "results.json").write_bytes(write_json(shown))
    return shown


def test_the_base_of_what_people_chose_is_their_own(make_findings: MakeFindings, tmp_path: Path) -> None:
    shown = publish(choose(make_findings, [0, 10, 10, 12, 0, 0]), tmp_path)
    told = json.loads((tmp_path / "results.json").read_bytes())["projects"][0]["rungs"]
    assert [each["people"] for each in told] == [40] * 6
    assert [each["said_people"] for each in told] == [30] * 6
    assert all(each["said_low"] <= each["said"] <= each["said_high"] for each in told)
    assert set(shown.rungs["said_people"]) == {30}


@pytest.mark.parametrize("more", [[0, 0, 0, 1, 0, 0], [0, 1, 1, 0, 0, 0]])
def test_one_who_chose_a_rung_since_is_not_found_by_subtraction(
    make_findings: MakeFindings, tmp_path: Path, more: list[int]
) -> None:
    counts = [0, 10, 10, 12, 0, 0]
    publish(choose(make_findings, counts), tmp_path)
    later = choose(make_findings, [had + new for had, new in zip(counts, more, strict=True)], 41 + sum(more))
    release = read_release(tmp_path)
    assert for_publication(later, [release]).rungs.empty
    same = for_publication(choose(make_findings, counts), [release])
    assert len(same.rungs) == 6


def test_a_report_that_told_nothing_of_the_ladder_holds_nothing_back(
    make_findings: MakeFindings, tmp_path: Path
) -> None:
    counts = [0, 10, 10, 12, 0, 0]
    before = choose(make_findings, counts)
    publish(replace(before, rungs=before.rungs.assign(said=float("nan"), said_people=-1)), tmp_path)
    assert list_results(for_publication(before, [read_release(tmp_path)]))["projects"][0]["rungs"][1]["said"] == 0.31
