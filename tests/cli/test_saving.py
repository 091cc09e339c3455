"""Results appear all together or not at all, and nothing of the user's is ever overwritten by surprise."""

import os
import stat
from pathlib import Path

import pytest

from coprod_cli.cli.saving import save_file, save_folder
from coprod_cli.model.errors import CannotWriteError, ExitCode

MANIFEST = b'{"outputs": [{"name": "report.html"}, {"name": "charts/one.svg"}]}'
FILES = {"report.html": b"<p>", "charts/one.svg": b"<svg>", "manifest.json": MANIFEST}


def test_all_files_are_written(tmp_path: Path) -> None:
    save_folder(FILES, tmp_path / "new" / "out", force=False)
    found = {
        str(path.relative_to(tmp_path / "new" / "out")) for path in (tmp_path / "new").rglob("*") if path.is_file()
    }
    assert found == set(FILES)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_files_that_are_private_are_their_owners_alone_and_so_is_a_folder_of_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    usual = stat.S_IMODE((tmp_path / "other").stat().st_mode)
    save_folder(FILES, tmp_path / "mixed", force=False, private=["report.html"])
    save_folder(FILES, tmp_path / "all", force=False, private=FILES)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [*tmp_path.iterdir(), *tmp_path.glob("mixed/*")]}
    assert (modes["report.html"], modes["mixed"], modes["all"]) == (0o600, usual, 0o700)
    assert modes["manifest.json"] == usual & 0o666
    save_folder(FILES, tmp_path / "all", force=True)
    assert stat.S_IMODE((tmp_path / "all").stat().st_mode) == usual


def test_an_earlier_report_is_kept_without_force_and_replaced_whole_with_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    save_folder(FILES, out, force=False)
    with pytest.raises(CannotWriteError) as refused:
        save_folder({"manifest.json": b'{"outputs": []}'}, out, force=False)
    assert "--force" in refused.value.hint
    assert refused.value.exit_code == ExitCode.CANNOT_WRITE
    assert (out / "report.html").read_bytes() == b"<p>"
    save_folder({"manifest.json": b'{"outputs": []}'}, out, force=True)
    assert [path.name for path in out.iterdir()] == ["manifest.json"]


def test_a_folder_of_somebody_elses_is_never_touched_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(CannotWriteError, match="did not write"):
        save_folder(FILES, tmp_path / "photos", force=True)
    assert (tmp_path / "photos" / "holiday.jpg").read_bytes() == b"x"


def test_a_name_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"x")
    with pytest.raises(CannotWriteError, match="is a file"):
        save_folder(FILES, tmp_path / "out", force=True)


def test_a_failure_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    impossible = FILES | {"x" * 300: b"a name that no disk takes"}
    with pytest.raises(CannotWriteError, match="cannot be written"):
        save_folder(impossible, tmp_path / "out", force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_leaves_the_earlier_report_as_it_was(tmp_path: Path) -> None:
    save_folder(FILES, tmp_path / "out", force=False)
    with pytest.raises(CannotWriteError):
        save_folder({"manifest.json": b"", "x" * 300: b""}, tmp_path / "out", force=True)
    assert (tmp_path / "out" / "report.html").read_bytes() == b"<p>"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_one_file_is_not_overwritten_without_force(tmp_path: Path) -> None:
    save_file(b"one", tmp_path / "map.toml")
    with pytest.raises(CannotWriteError, match="exists already"):
        save_file(b"two", tmp_path / "map.toml")
    save_file(b"two", tmp_path / "map.toml", force=True)
    assert (tmp_path / "map.toml").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["map.toml"]


@pytest.mark.parametrize("manifest", [b"{}", b"[]", b"not json", MANIFEST])
def test_a_file_of_ones_own_beside_a_manifest_is_never_deleted(manifest: bytes, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_bytes(manifest)
    (tmp_path / "out" / "thesis.docx").write_bytes(b"precious")
    with pytest.raises(CannotWriteError, match="did not write"):
        save_folder(FILES, tmp_path / "out", force=True)
    assert (tmp_path / "out" / "thesis.docx").read_bytes() == b"precious"


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    save_folder(FILES, tmp_path / "real", force=False)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    save_folder(FILES | {"report.html": b"new"}, tmp_path / "link", force=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "report.html").read_bytes() == b"new"
