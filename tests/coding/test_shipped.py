import json
from pathlib import Path

import pytest

from coprod_cli.coding import coder_report, weights_sha256
from coprod_cli.coding.shipped import find_weights, hash_linear, load_linear, load_measured, read_checked, read_linear
from coprod_cli.model.errors import CoprodError

SHIPPED = (
    "encoder/asked.onnx",
    "encoder/pieces.json",
    "encoder/unasked.onnx",
    "encoder/weights.json",
    "encoder/words.npz",
    "fast/arrays.npz",
    "fast/vocabulary.json",
    "fast/weights.json",
    "measured.json",
    "manifest.json",
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in SHIPPED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(find_weights().joinpath(*name.split("/")).read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["fast/arrays.npz", "fast/vocabulary.json", "fast/weights.json"])
def test_a_changed_file_is_refused_with_what_to_do(name: str, copied: Path) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(bytes(content))
    with pytest.raises(CoprodError) as raised:
        read_linear(copied)
    assert name in raised.value.what
    assert "Install coprod-cli again" in raised.value.hint


@pytest.mark.parametrize("name", ["fast/arrays.npz", "fast/vocabulary.json", "fast/weights.json", "manifest.json"])
def test_a_missing_file_is_told_with_what_to_do(name: str, copied: Path) -> None:
    (copied / name).unlink()
    with pytest.raises(CoprodError) as raised:
        read_linear(copied)
    assert name in raised.value.what
    assert "Install coprod-cli again" in raised.value.hint


def test_changed_measurements_are_refused(copied: Path) -> None:
    (copied / "measured.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CoprodError):
        read_checked(copied, "measured.json")


def test_a_coder_elsewhere_is_read_as_the_shipped_one(copied: Path) -> None:
    assert read_linear(copied).themes == read_linear(find_weights()).themes


def test_the_shipped_weights_are_small_enough_for_a_wheel() -> None:
    listed = json.loads((find_weights() / "manifest.json").read_bytes())["files"]
    assert set(SHIPPED) == {*listed, "manifest.json"}
    assert sum(len(read_checked(find_weights(), name)) for name in listed) < 40_000_000


def test_their_fingerprint_is_a_sha256() -> None:
    assert len(bytes.fromhex(weights_sha256())) == 32


def test_every_figure_of_a_report_is_the_shipped_measurement() -> None:
    for engine, figures in load_measured()["engines"].items():
        report = coder_report(engine)
        assert report.macro_f1 == figures["macro_f1"]
        told = json.loads(json.dumps([theme._asdict() for theme in report.themes]))
        for theme, measured in zip(told, figures["themes"], strict=True):
            assert {name: theme[name] for name in measured} == measured
        assert report.macro_f1_low <= report.macro_f1 <= report.macro_f1_high
        for theme in report.themes:
            assert 0 <= theme.f1_low <= theme.f1 <= theme.f1_high <= 1


def test_figures_are_those_of_the_weights_that_ship() -> None:
    measured = load_measured()
    for engine, folder in (("trained", "encoder"), ("fast", "fast")):
        told = json.loads(read_checked(find_weights(), f"{folder}/weights.json"))
        assert measured["engines"][engine]["version"] == told["version"]
        assert measured["corpus_sha256"] == told["corpus_sha256"]


def test_a_damaged_list_of_files_is_told_with_what_to_do(copied: Path) -> None:
    (copied / "manifest.json").write_text('{"files": ', encoding="utf-8")
    with pytest.raises(CoprodError) as raised:
        read_linear(copied)
    assert "manifest.json" in raised.value.what


def test_the_encoder_and_the_linear_coder_beside_it_belong_together() -> None:
    told = json.loads(read_checked(find_weights(), "encoder/weights.json"))
    assert told["fast_sha256"] == hash_linear()
    assert told["themes"] == list(load_linear().themes)


def test_the_weights_are_no_larger_than_was_promised() -> None:
    promised = 40_000_000
    assert sum(path.stat().st_size for path in Path(str(find_weights())).rglob("*") if path.is_file()) <= promised
