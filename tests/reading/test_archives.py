"""A folder or a zip is read file by file; what is no survey is told; what cannot be opened says what to do."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import files, read_survey
from coprod_cli.reading.archives import Listed, list_raws

Write = Callable[..., Path]
TABLE = "Role,What was good?\nParent,They really listened to us\nSENCO,We met every week\n"
OTHER = "Role,What was good?\nCarer,The letter was clear at last\n"


def pack(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def names(listed: Listed) -> list[str]:
    return [raw.name for raw in listed.raws]


def others(listed: Listed) -> list[str]:
    return [each.detail for each in listed.told]


def test_a_file_is_itself(write: Write) -> None:
    assert names(list_raws(write(TABLE, "survey.csv"))) == ["survey.csv"]


def test_a_folder_is_read_by_name_with_the_folders_and_zips_inside(tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("parents.csv", "later/b.csv", ".hidden/c.csv", "~$parents.xlsx", "Thumbs.db", ".DS_Store"):
        (tmp_path / name).write_text(TABLE, encoding="utf-8")
    (tmp_path / "a.zip").write_bytes(pack({"CSV/Sheet_1.csv": OTHER, "__MACOSX/CSV/._Sheet_1.csv": "\x00"}))
    listed = list_raws(tmp_path)
    assert names(listed) == ["a.zip/CSV/Sheet_1.csv", "later/b.csv", "parents.csv"]
    assert others(listed) == []


def test_what_is_no_survey_is_told_by_its_kind(tmp_path: Path, framework: Framework) -> None:
    (tmp_path / "survey.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "consent.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "README.txt").write_text("Answers of the spring survey.\n", encoding="utf-8")
    (tmp_path / "todo.txt").write_text("Ring Sam.\nBuy biscuits.\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text("[constants]\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("\n", encoding="utf-8")
    (tmp_path / "plan.xyz").write_text("?", encoding="utf-8")
    assert others(list_raws(tmp_path)) == [
        "a PDF", "a settings file", "an empty file", "another kind of file", "notes", "notes",
    ]  # fmt: skip
    survey = read_survey([tmp_path], framework)
    assert survey.forms == 2
    said = [notice.message for notice in survey.notices if notice.code == "other_files"]
    assert "Not read: 2 files in a folder or zip, which are no survey (notes)." in said


def test_a_text_file_that_is_a_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "answers.txt").write_text(TABLE.replace(",", "\t"), encoding="utf-8")
    assert names(list_raws(tmp_path)) == ["answers.txt"]


def test_a_zip_is_read_and_a_workbook_in_it_stays_one_file(write: Write) -> None:
    workbook = (Path(__file__).parents[2] / "data/samples/forum_survey_handmade.xlsx").read_bytes()
    listed = list_raws(write(pack({"in\\one.xlsx": workbook, "two.csv": TABLE, "photo.jpg": "x"}), "both.zip"))
    assert names(listed) == ["both.zip/in/one.xlsx", "both.zip/two.csv"]
    assert others(listed) == ["a picture"]


def test_zip_and_folder_and_files_give_the_same_survey(tmp_path: Path, framework: Framework) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.csv").write_text(TABLE, encoding="utf-8")
    (folder / "two.csv").write_text(OTHER, encoding="utf-8")
    (tmp_path / "both.zip").write_bytes(pack({"x/two.csv": OTHER, "x/one.csv": TABLE}))
    found = [
        read_survey(paths, framework)
        for paths in ([folder], [tmp_path / "both.zip"], [folder / "two.csv", folder / "one.csv"])
    ]
    assert {survey.forms for survey in found} == {3}
    assert found[0].responses.equals(found[1].responses)
    assert found[0].answers.equals(found[2].answers)


def test_a_report_that_coprod_wrote_is_no_survey(tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.mkdir()
    (report / "manifest.json").write_text(json.dumps({"schema": "coprod-manifest/1"}), encoding="utf-8")
    (report / "scores.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableSurveyError, match="a report that coprod wrote"):
        list_raws(report)
    (tmp_path / "survey.csv").write_text(TABLE, encoding="utf-8")
    listed = list_raws(tmp_path)
    assert names(listed) == ["survey.csv"]
    assert set(others(listed)) == {"part of a report that coprod wrote"}


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({}, "no survey in x.zip"),
        ({"a.pdf": "%PDF"}, "no survey in x.zip; it holds a PDF"),
        ({"survey_1.lss": "<x/>", "survey_1_responses.lsr": "<x/>"}, "a LimeSurvey archive"),
    ],
)
def test_zips_without_a_survey_are_told(write: Write, members: dict[str, str], what: str) -> None:
    with pytest.raises(UnreadableSurveyError, match=what) as told:
        list_raws(write(pack(members), "x.zip"))
    assert told.value.hint.endswith(".")


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSurveyError, match="no survey in"):
        list_raws(tmp_path)


def test_a_zip_that_unpacks_to_too_much_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1_000_000_000)
    bomb = bytearray(pack({"a.csv": TABLE}))
    directory = bomb.rindex(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = (1_500_000_000).to_bytes(4, "little")
    with pytest.raises(UnreadableSurveyError, match="more than 1 GB"):
        list_raws(write(bytes(bomb), "x.zip"))


def test_a_zip_in_a_zip_in_a_zip_has_an_end(write: Write) -> None:
    data = pack({"a.csv": TABLE})
    for _ in range(6):
        data = pack({"inner.zip": data})
    with pytest.raises(UnreadableSurveyError, match="inside too many others"):
        list_raws(write(data, "x.zip"))


def test_a_zip_with_a_password_or_broken_says_what_to_do(write: Write) -> None:
    data = bytearray(pack({"a.csv": TABLE}))
    locked = bytearray(data)
    for start, flags in ((locked.index(b"PK\x03\x04"), 6), (locked.rindex(b"PK\x01\x02"), 8)):
        locked[start + flags] |= 1
    with pytest.raises(UnreadableSurveyError, match="protected by a password") as told:
        list_raws(write(bytes(locked), "x.zip"))
    assert "Unpack" in told.value.hint
    data[45] ^= 0xFF
    with pytest.raises(UnreadableSurveyError, match="broken zip"):
        list_raws(write(bytes(data), "x.zip"))


def test_a_zip_whose_list_leads_beyond_any_file_is_broken(write: Write) -> None:
    """Where a member begins may be a number of 64 bits, more than Python can go to."""
    data = bytearray(pack({"a.csv": TABLE}))
    listed, end = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    far = b"\x01\x00\x08\x00" + (2**64 - 10**9).to_bytes(8, "little")
    data[end + 12] += len(far)
    data[listed + 30] = len(far)
    data[listed + 42 : listed + 46] = b"\xff" * 4
    data[listed + 46 + len("a.csv") : listed + 46 + len("a.csv")] = far
    with pytest.raises(UnreadableSurveyError, match="broken zip"):
        list_raws(write(bytes(data), "x.zip"))


def test_names_from_a_zip_do_not_steer_a_terminal(write: Write) -> None:
    assert names(list_raws(write(pack({"a\x1b[31m.csv": TABLE}), "x.zip"))) == ["x.zip/a[31m.csv"]


def test_members_whose_folders_lead_out_of_the_zip_are_read_under_their_last_name(write: Write) -> None:
    members = {"../../etc/one.csv": TABLE, "a/b/../../two.csv": OTHER, "/root/three.csv": TABLE, "./in/four.csv": OTHER}
    listed = list_raws(write(pack({**members, "../.hidden/five.csv": TABLE}), "slip.zip"))
    assert names(listed) == [f"slip.zip/{name}" for name in ("in/four.csv", "one.csv", "three.csv", "two.csv")]
    assert others(listed) == []
