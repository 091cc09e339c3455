"""What a report told can be told again from its folder alone, to the last byte."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.analysis import analyse
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.reading import read_findings, read_manifest
from coprod_cli.reporting import MANIFEST, render

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
# What only the survey itself holds: coded words, and the check sums of what was read.
ONLY_FROM_THE_SURVEY = {"coded_answers.csv", MANIFEST}
SaveFolder = Callable[[dict[str, bytes]], Path]


@pytest.fixture
def save_folder(tmp_path: Path) -> SaveFolder:
    def save(files: dict[str, bytes]) -> Path:
        for name in ("results.json", "framework.toml", MANIFEST):
            (tmp_path / name).write_bytes(files[name])
        return tmp_path

    return save


def analyse_sample(*names: str, audience: str = "public", governed: bool = False) -> Findings:
    return analyse(
        [SAMPLES / name for name in names],
        Settings(engine="cues", audience=audience, gates=("P(overall < 40) < 0.9",)),
        governance_path=SAMPLES / "governance.toml" if governed else None,
    )


@pytest.mark.parametrize(
    "audience", ["public", *(pytest.param(each, marks=pytest.mark.no_cover) for each in ("restricted", "raw"))]
)
def test_a_report_told_again_is_the_same_bytes(save_folder: SaveFolder, audience: str) -> None:
    first = render(analyse_sample("forum_survey.csv", audience=audience, governed=True))
    again = render(read_findings(save_folder(first)))
    assert set(again) == set(first)
    assert [name for name in first if first[name] != again[name]] == [
        name for name in first if name in ONLY_FROM_THE_SURVEY and first[name] != again[name]
    ]


@pytest.mark.parametrize("names", [("comments_only.csv",), ("forum_2024.csv", "forum_2025.csv")], ids="+".join)
def test_so_are_comments_alone_and_rounds(save_folder: SaveFolder, names: tuple[str, ...]) -> None:
    first = render(analyse_sample(*names))
    again = render(read_findings(save_folder(first)))
    assert {name for name in first if first[name] != again.get(name)} <= ONLY_FROM_THE_SURVEY


@pytest.mark.parametrize(
    "change",
    [
        lambda results: results.pop("projects"),
        lambda results: results.update(schema="coprod-results/0"),
        lambda results: results["framework"].update(sha256="0" * 64),
        lambda results: results["survey"].update(people="many"),
        lambda results: results.update(themes=[{}]),
    ],
)
def test_what_is_not_ours_is_refused_with_a_hint(
    save_folder: SaveFolder, sample_files: dict[str, bytes], change: Callable[[dict[str, object]], object]
) -> None:
    results = json.loads(sample_files["results.json"])
    change(results)
    folder = save_folder({**sample_files, "results.json": json.dumps(results).encode()})
    with pytest.raises(SettingsFileError, match=r"results\.json") as caught:
        read_findings(folder)
    assert "coprod analyse" in caught.value.hint


def test_a_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsFileError, match="no report"):
        read_findings(tmp_path)
    with pytest.raises(SettingsFileError, match="no report"):
        read_manifest(tmp_path)
    (tmp_path / "results.json").write_text("{", encoding="utf-8")
    with pytest.raises(SettingsFileError, match="not what coprod writes"):
        read_findings(tmp_path)


@pytest.fixture(scope="module")
def sample_files() -> dict[str, bytes]:
    return render(analyse_sample("comments_only.csv"))
