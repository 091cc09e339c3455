"""What is decided is in the file after every decision, whatever else was done to the file; and nobody's is lost."""

import csv
import io
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.cli.reviewing.record import Record
from coprod_cli.cli.reviewing.session import Session
from coprod_cli.cli.saving import hold_lock, save_durably
from coprod_cli.model.answers import CodedAnswers, Marked
from coprod_cli.model.errors import CannotWriteError, SettingsFileError
from coprod_cli.model.review import Decision
from coprod_cli.reading import read_codes, read_review

TypeIn = Callable[[Session, Sequence[str]], Session]
REMOVED = Decision((), ("removed",), "", "carer", 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "review.csv"


@pytest.fixture
def decided(session: Session, type_in: TypeIn) -> dict[str, Decision]:
    """All three answers: changed, with a note that looks like a formula; no theme; accepted."""
    typed = ["2", "n", "n", "=1+1; said \u201cyes\u201d", "+", "give and take", "u", "x", "all", "a", "r", "a"]
    return dict(type_in(session, typed).decided)


def read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def own(decisions: dict[str, Decision]) -> dict[str, Decision]:
    """With codes as they come back: a file holds no confidence, and says who decided."""
    back = {}
    for name, each in decisions.items():
        codes = (code._replace(confidence=1.0, unsure=False, coder=each.coder) for code in each.codes)
        back[name] = each._replace(codes=tuple(sorted(codes)))
    return back


def test_what_is_saved_comes_back_and_may_be_read_by_its_owner_alone(
    path: Path, told: CodedAnswers, decided: dict[str, Decision]
) -> None:
    assert Record(path, told).save(decided) == decided
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Record(path, told).decided == own(decided)
    assert [each.name for each in path.parent.iterdir()] == ["review.csv"]
    assert [row["decision"] for row in read_rows(path)] == ["changed+added"] * 3 + ["accepted"] * 2
    # Nobody could tell what it is about: that is an answer, and not a cell left open.
    assert {row["level"] for row in read_rows(path) if row["theme"] == "reciprocity"} == {"unclear"}
    before = path.read_bytes()
    Record(path, told).save(decided)
    assert path.read_bytes() == before


def test_a_note_on_an_answer_that_is_not_decided_is_kept_and_is_no_code(path: Path, told: CodedAnswers) -> None:
    noted = {"a2": Decision((), ("noted",), "Ask Ben?", "carer", 0)}
    Record(path, told).save(noted)
    assert [(row["id"], row["looked at"], row["theme"]) for row in read_rows(path)] == [("a2", "no", "")]
    alone = Record(path, told)
    assert (alone.decided, alone.made) == (noted, {})
    before = path.read_bytes()
    alone.save({**noted, "a1": REMOVED})
    both = Record(path, told)
    assert (both.decided, both.made) == ({**noted, "a1": REMOVED}, {"a1": REMOVED})
    assert read_codes(path, told.framework).answers == ("a1",)
    path.write_bytes(before.replace(b"a2,no,,", b"a2,yes,trust,"))
    assert Record(path, told).decided["a2"].deeds == ("elsewhere",)
    path.write_bytes(before.replace(b"a2,", b"zz,"))
    with pytest.raises(SettingsFileError, match="1 answers that are not among these, the first in row 2"):
        Record(path, told)


def test_the_file_is_a_file_of_codes_with_the_words_of_its_answers(
    path: Path, told: CodedAnswers, decided: dict[str, Decision]
) -> None:
    Record(path, told).save(decided)
    coding = read_codes(path, told.framework)
    assert coding.answers == ("a1", "a2", "a3")
    assert coding.count_empty() == 1
    assert {(code.answer, code.theme, code.stance, code.level, code.start, code.end) for code in coding.codes} == {
        ("a1", "openness", "positive", "project", 0, 16),
        ("a1", "trust", "negative", "project", 18, 28),
        ("a1", "reciprocity", "neutral", "", 0, 61),
        ("a3", "shared_decisions", "positive", "project", 0, 27),
    }
    assert coding.told == tuple(each._replace(closed=()) for each in told.answers.values())


def test_a_file_that_a_spreadsheet_saved_sorted_and_added_to_is_gone_on_with_and_kept_as_it_was(
    path: Path, told: CodedAnswers, decided: dict[str, Decision]
) -> None:
    Record(path, told).save({name: each for name, each in decided.items() if name != "a3"})
    rows = [{**row, "seen by": "Zoe"} for row in read_rows(path)]
    rows.sort(key=lambda row: row["theme"], reverse=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows([*rows, {"id": "a3", "looked at": "yes", "theme": "Trust"}])
    edited = path.read_bytes()
    record = Record(path, told)
    earlier = own(decided)
    assert {name: record.decided[name] for name in ("a1", "a2")} == {name: earlier[name] for name in ("a1", "a2")}
    assert record.decided["a3"].deeds == ("elsewhere",)
    assert [code.theme for code in record.decided["a3"].codes] == ["trust"]
    assert path.read_bytes() == edited
    record.save({**record.decided, "a2": REMOVED._replace(note="again")})
    assert record.kept
    assert record.kept.read_bytes() == edited
    assert stat.S_IMODE(record.kept.stat().st_mode) == 0o600
    assert record.kept.name.startswith("review-before-")
    after = Record(path, told).decided
    assert after["a2"].note == "again"
    assert after["a1"] == earlier["a1"]
    record.save({**record.decided, "a2": REMOVED})
    assert len(list(path.parent.iterdir())) == 2


def test_undone_decisions_leave_the_file_and_a_file_of_headings_is_begun_anew(path: Path, told: CodedAnswers) -> None:
    record = Record(path, told)
    record.save({"a1": REMOVED})
    record.save({})
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1
    again = Record(path, told)
    assert again.decided == {}
    again.save({"a2": REMOVED})
    assert Record(path, told).decided == {"a2": REMOVED}


def test_what_somebody_else_decided_meanwhile_stands_and_ours_is_put_beside_it(path: Path, told: CodedAnswers) -> None:
    ours = Record(path, told)
    ours.save({"a1": REMOVED})
    theirs = Record(path, told)
    theirs.save({"a1": REMOVED, "a2": REMOVED._replace(coder="school")})
    mixed = ours.save({"a1": REMOVED, "a2": REMOVED, "a3": REMOVED})
    assert mixed == {"a1": REMOVED, "a2": REMOVED._replace(coder="school"), "a3": REMOVED}
    assert ours.strangers == 1
    assert Record(path, told).decided == mixed


def test_a_file_that_went_missing_is_written_whole_again(path: Path, told: CodedAnswers) -> None:
    record = Record(path, told)
    record.save({"a1": REMOVED})
    path.unlink()
    record.save({"a1": REMOVED, "a2": REMOVED})
    assert sorted(Record(path, told).decided) == ["a1", "a2"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"id,theme,decision\nzzz,trust,accepted\n", "1 answers that are not among these, the first in row 2"),
        (b"id,theme\na1,trust\n", "no file of coprod review"),
        (b"id,theme,decision\na1,trsut,accepted\n", "there is no such theme"),
        (b"\x89PNG\r\n", "picture"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_gone_on_with_is_refused_and_left_as_it_is(
    path: Path, told: CodedAnswers, content: bytes, what: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(SettingsFileError) as refused:
        Record(path, told)
    assert what in f"{refused.value.what} {refused.value.hint}"
    assert path.read_bytes() == content


def test_evidence_is_found_again_where_the_masked_words_have_moved(path: Path, told: CodedAnswers) -> None:
    Record(path, told).save(
        {"a1": Decision((Marked("trust", "negative", "project", 18, 28),), ("changed",), "", "c", 0)}
    )
    moved = told.answers["a1"]._replace(words="Well. They told us why. Trust grew, but nothing changed.")
    code = read_review(path, told.framework, {"a1": moved})["a1"].codes[0]
    assert moved.words[code.start : code.end] == "Trust grew"
    gone = told.answers["a1"]._replace(words="All is new.")
    assert read_review(path, told.framework, {"a1": gone})["a1"].codes[0][3:5] == (0, 11)


def test_one_file_is_held_by_one_at_a_time_and_let_go_of(path: Path) -> None:
    with hold_lock(path):
        with pytest.raises(CannotWriteError, match="in use in another window"), hold_lock(path):
            pytest.fail("held twice")
        assert sorted(each.name for each in path.parent.iterdir()) == [".review.csv.lock"]
    with hold_lock(path):
        save_durably(b"x", path)
    assert [each.name for each in path.parent.iterdir()] == ["review.csv"]


def test_a_disk_that_refuses_is_told_and_leaves_the_file_as_it_was(path: Path) -> None:
    save_durably(b"one", path)
    path.with_name(".review.csv.new").mkdir()
    with pytest.raises(CannotWriteError, match="cannot be written"):
        save_durably(b"two", path)
    assert path.read_bytes() == b"one"


def test_a_link_to_a_file_stays_a_link(path: Path) -> None:
    real = path.with_name("real.csv")
    save_durably(b"one", real)
    path.symlink_to(real)
    save_durably(b"two", path)
    assert path.is_symlink()
    assert real.read_bytes() == b"two"
