"""The challenge set is sound, and no engine falls below the floor it has reached on any group of it."""

import importlib
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from coprod_cli.coding import ENGINES, Asked
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import LEVELS, ROLES, STANCES, Mention

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "challenge"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
]
SIDES = [(row, row[side]) for row in ROWS for side in ("left", "right")]
FLOORS = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))["floors"]
README = (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def challenge(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("training.challenge")


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("training.measure_challenge")


def test_there_are_enough_pairs_each_with_an_id_of_its_own() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 300
    assert all(row["id"].rpartition("-")[0] == row["group"] for row in ROWS)
    assert all(row["why"] and row["role"] in ROLES for row in ROWS)


def test_the_page_beside_counts_every_group() -> None:
    groups = Counter(row["group"] for row in ROWS)
    assert f"{len(ROWS)} pairs of made-up survey answers" in README
    for group, pairs in groups.items():
        assert f"| `{group}` | {pairs} |" in README


def test_what_is_expected_is_a_code_and_its_evidence_stands_once_in_the_answer(framework: Framework) -> None:
    themes = {theme.id for theme in framework.themes}
    for row, side in SIDES:
        assert side["expect"], row["id"]
        for each in side["expect"]:
            assert each["theme"] in themes, row["id"]
            if each["has"]:
                assert each["stance"] in STANCES, row["id"]
                assert each.get("level", "project") in LEVELS, row["id"]
                assert "words" not in each or side["text"].count(each["words"]) == 1, row["id"]
            else:
                assert set(each) == {"theme", "has"}, row["id"]


def test_no_side_expects_a_theme_both_there_and_not_there() -> None:
    for row, side in SIDES:
        there = {each["theme"] for each in side["expect"] if each["has"]}
        absent = {each["theme"] for each in side["expect"] if not each["has"]}
        assert not there & absent, row["id"]


def test_the_two_sides_of_a_pair_differ() -> None:
    for row in ROWS:
        left, right = ((row[side]["text"], row[side].get("question", row["question"])) for side in ("left", "right"))
        assert left != right, row["id"]


def test_the_set_stands_in_no_file_to_learn_from() -> None:
    folder = ROOT / "data" / "corpus"
    learnt = {
        " ".join(json.loads(line)["text"].casefold().split())
        for name in ("answers.jsonl", "more.jsonl")
        for line in (folder / name).read_text(encoding="utf-8").splitlines()
    }
    told = {" ".join(side["text"].casefold().split()) for _, side in SIDES if len(side["text"].split()) > 5}
    assert not told & learnt


def test_every_engine_has_a_floor_for_every_group() -> None:
    groups = {row["group"] for row in ROWS} | {"all groups"}
    for engine in ENGINES:
        assert set(FLOORS[engine]) == groups
        for floors in FLOORS[engine].values():
            assert 0 <= floors["pairs"] <= 1
            assert 0 <= floors["expectations"] <= 1


@pytest.mark.no_cover
@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_no_group_falls_below_its_floor(engine: str, challenge: ModuleType, framework: Framework) -> None:
    fared = challenge.measure_engine(engine, challenge.read_pairs(), framework)
    below = {
        (group, measure): (round(share.share, 3), FLOORS[engine][group][measure])
        for group, measured in fared.items()
        for measure, share in measured._asdict().items()
        if share.share < FLOORS[engine][group][measure]
    }
    assert not below, f"share reached and floor: {below}. See python -m training.measure_challenge."


def mention(theme: str, stance: str, start: int, end: int, level: str = "project") -> Mention:
    return Mention("r", "q", theme, stance, level, 0.9, start, end, "trained")


def test_a_side_is_right_only_with_its_stance_level_and_evidence_and_nothing_against_it(challenge: ModuleType) -> None:
    words = "They heard us. Nothing changed."
    heard = challenge.Expected("listened_to", True, "positive", "project", "They heard us")
    silent = challenge.Expected("trust", False, "", "", "")
    side = challenge.Side(Asked(words, "How was it?", "parent"), (heard, silent))
    good = mention("listened_to", "positive", 0, 14)
    other = mention("influence_feedback", "negative", 15, 30)
    assert challenge.is_right(side, [good, other])
    assert not challenge.is_right(side, [other])
    assert not challenge.is_right(side, [good, mention("listened_to", "negative", 15, 30)])
    assert not challenge.is_right(side, [good, mention("trust", "neutral", 0, 14)])
    assert not challenge.is_right(side, [mention("listened_to", "positive", 15, 30)])
    assert not challenge.is_right(side, [mention("listened_to", "positive", 0, 14, "system")])
    anywhere = heard._replace(level="", words="")
    assert challenge.is_met(anywhere, side, [mention("listened_to", "positive", 15, 30, "system")])


def test_floors_rise_and_fall_only_when_allowed(challenge: ModuleType, measuring: ModuleType) -> None:
    def fare(right: int) -> dict[str, Any]:
        return {"lists": challenge.Fared(challenge.Share(right, 20), challenge.Share(2 * right, 40))}

    begun, falls = measuring.move_floors({}, "fast", fare(10), lower=False)
    assert (begun, falls) == ({"fast": {"lists": {"pairs": 0.45, "expectations": 0.45}}}, [])
    # One pair fewer is within the slack: nothing falls, nothing moves.
    assert measuring.move_floors(begun, "fast", fare(9), lower=False) == (begun, [])
    risen, _ = measuring.move_floors(begun, "fast", fare(15), lower=False)
    assert risen["fast"]["lists"]["pairs"] == 0.7
    stayed, falls = measuring.move_floors(risen, "fast", fare(10), lower=False)
    assert stayed == risen
    assert len(falls) == 2
    fallen, falls = measuring.move_floors(risen, "fast", fare(10), lower=True)
    assert fallen == begun
    assert len(falls) == 2
