"""coprod review by a pipe, as scripts and screen readers drive it: what is decided is in the file, and counts."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.model.errors import ExitCode
from coprod_cli.reading import read_codes, read_framework

Run = Callable[..., CompletedProcess[str]]
ROWS = (
    "1,Parent or carer,Short breaks,Mostly,They listened to us,Nobody told us what changed since",
    "2,Parent or carer,Short breaks,A little,n/a,They decided before the first meeting",
    "3,Parent or carer,Transport,Mostly,They listened and it changed,I was told what happened by Katie Wood \U0001f600",
    "4,I work in health,Transport,Not at all,Mae pawb wedi gwrando arnom ni a roedd hynny yn dda,It was a tick box",
    "5,Parent or carer,Short breaks,Partly,Equal say in every decision,No feedback at all",
)
HEADER = "Respondent ID,I am a...,Which project?,How far did people listen?,What was good?,What was not good?"
QUICKLY = ("--engine", "cues")
OWN = "name,description\nWaiting,How long it took\nKindness,How people were met\n"


def write_survey(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEADER, *(rows or ROWS))) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    return write_survey(tmp_path / "survey.csv")


def read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def list_asked(text: str) -> list[str]:
    return re.findall(r"^Answer: (.*)$", text, flags=re.MULTILINE)


def review(run: Run, survey: Path, typed: str, *words: object) -> CompletedProcess[str]:
    return run("review", survey, *QUICKLY, *words, stdin="".join(f"{each}\n" for each in typed.split()))


def test_decisions_are_kept_and_gone_on_with_and_the_end_of_input_ends_it(run: Run, survey: Path) -> None:
    first = review(run, survey, "a r q")
    assert first.returncode == 0, first.stderr
    file = survey.with_name("survey-review.csv")
    assert "Answer 1 of 9. 0 done, 9 left." in first.stdout
    assert "2 answers decided, 7 left." in first.stdout
    assert {row["decision"] for row in read_rows(file)} <= {"accepted", "removed"}
    assert {row["weight"] for row in read_rows(file)} == {"0"}
    before = file.read_bytes()
    second = review(run, survey, "s")
    assert f"Going on with {file}: 2 answers decided." in second.stdout
    assert "Answer 3 of 9. 2 done, 7 left." in second.stdout
    assert not set(list_asked(second.stdout)) & set(list_asked(first.stdout)[:2])
    assert file.read_bytes() == before
    third = review(run, survey, "a " * 8 + "q")
    assert "That was the last answer." in third.stdout
    assert "9 answers decided, 0 left." in third.stdout
    assert "To go on" not in third.stdout
    assert "9 answers decided, 0 left." in review(run, survey, "").stdout


def test_themes_that_no_machine_knows_are_not_accepted_as_absent_and_go_along_in_the_next_steps(
    run: Run, survey: Path
) -> None:
    own = survey.with_name("mine.csv")
    own.write_text(OWN, encoding="utf-8")
    done = review(run, survey, "a r q", "--framework", own)
    assert "The machine knows none of these themes" in done.stdout
    assert "There is no code yet." in done.stdout
    assert "a accept" not in done.stdout
    assert "1 answer decided, 8 left." in done.stdout
    file = survey.with_name("survey-review.csv")
    assert f"agree {file} OTHER-FILE --framework {own}" in done.stdout
    assert f"learn {file} --answers {survey} --framework {own} --out MODEL" in done.stdout


def test_what_was_decided_goes_into_results_and_is_compared(run: Run, survey: Path, tmp_path: Path) -> None:
    done = review(run, survey, "r " * 9 + "q")
    file = survey.with_name("survey-review.csv")
    assert f"analyse {survey} --codes {file}" in done.stdout
    out = tmp_path / "out"
    counted = run("analyse", survey, *QUICKLY, "--codes", file, "--audience", "raw", "--out", out, "-q")
    assert counted.returncode in {ExitCode.DONE, ExitCode.NOTHING_REPORTABLE}, counted.stderr
    coded = read_rows(out / "coded_answers.csv")
    assert {row["theme"] for row in coded} == {""}
    assert {row["coder"] for row in coded if row["answer"] in {each["id"] for each in read_rows(file)}} == {"person"}
    assert f"learn {file} --answers {survey} --out MODEL" in done.stdout
    other = tmp_path / "other.csv"
    blind = review(run, survey, "r r + trust n j all a q", "--blind", "--who", "carer 2", "--out", other)
    assert blind.returncode == 0, blind.stderr
    agreed = run("agree", file, other)
    assert agreed.returncode == 0, agreed.stderr
    assert "3 answers" in agreed.stdout


def test_the_order_hangs_on_the_seed_and_not_on_the_rows_and_the_unsure_come_first(
    run: Run, survey: Path, tmp_path: Path
) -> None:
    asked = list_asked(review(run, survey, "s " * 10).stdout)
    assert len(asked) == 9
    assert "n/a" not in asked
    welsh = next(each for each in asked if each.startswith("Mae pawb"))
    unsure = list_asked(review(run, survey, "s " * 10, "--only", "unsure").stdout)
    assert asked[: len(unsure)] == unsure
    assert welsh in unsure
    assert 0 < len(unsure) < 9
    turned = write_survey(tmp_path / "other.csv", *reversed(ROWS))
    assert list_asked(review(run, turned, "s " * 10).stdout) == asked
    assert list_asked(review(run, survey, "s " * 10, "--seed", 2).stdout) != asked
    assert list_asked(review(run, survey, "s " * 10, "--limit", 2).stdout) == asked[:2]
    themed = review(run, survey, "s " * 10, "--theme", "tokenism").stdout
    assert list_asked(themed) == ["It was a tick box"]
    assert "Genuine or tick-box" in themed


def test_blind_hides_every_code_asks_by_lot_and_stands_for_others(run: Run, survey: Path) -> None:
    done = review(run, survey, "a s " * 9, "--blind")
    assert "Code 1" not in done.stdout
    assert "machine" not in done.stdout
    assert "There is no code yet." in done.stdout
    assert not survey.with_name("survey-review.csv").exists()
    review(run, survey, "r s q", "--blind", "--limit", 2)
    row = read_rows(survey.with_name("survey-review.csv"))[0]
    assert (row["decision"], row["weight"], row["theme"]) == ("blind", "1", "")
    review(run, survey, "a q")
    review(run, survey, "r q", "--blind")
    weights = sorted((each["decision"], each["weight"]) for each in read_rows(survey.with_name("survey-review.csv")))
    assert weights == [("accepted", "0"), ("blind", "0"), ("blind", "1")]


def test_what_was_shown_is_kept_beside_what_was_decided(run: Run, survey: Path, tmp_path: Path) -> None:
    file = survey.with_name("survey-review.csv")
    review(run, survey, "r q", "--theme", "tokenism", "--limit", 1)
    (first,) = read_rows(file)
    assert (first["decision"], first["theme"]) == ("removed", "")
    assert re.fullmatch(r"(?:[a-z_]+:[a-z]+:[a-z]+!? ?)+", first["shown"])
    assert first["shown"].startswith("tokenism:negative:")
    assert re.fullmatch(r"cues \d+\.\d+\S*", first["shown by"])
    review(run, survey, "+ trust n j all a q", "--again", "--theme", "tokenism")
    again = read_rows(file)[0]
    assert again["theme"] == "trust"
    assert (again["shown"], again["shown by"]) == (first["shown"], first["shown by"])
    review(run, survey, "a q")
    assert first["shown"] in {each["shown"] for each in read_rows(file)}
    # Who settles what people see differently sees theirs; who codes blind sees none.
    settled, blind = tmp_path / "settled.csv", tmp_path / "blind.csv"
    review(run, survey, "r " * 9 + "q", "--codes", f"anna={file}", "--out", settled)
    review(run, survey, "r q", "--blind", "--out", blind)
    assert {(row["shown"], row["shown by"]) for row in read_rows(blind)} == {("", "")}
    own = {row["id"] for row in read_rows(file)}
    assert {row["shown by"] for row in read_rows(settled) if row["id"] in own} == {"anna"}
    seen = {name: read_codes(path, read_framework()).seen for name, path in (("own", file), ("settled", settled))}
    assert seen["own"] == own
    assert seen["settled"] == {row["id"] for row in read_rows(settled)} - own
    assert not read_codes(blind, read_framework()).seen


def test_a_note_stays_and_of_codes_half_changed_it_is_said_that_they_do_not(run: Run, survey: Path) -> None:
    file = survey.with_name("survey-review.csv")
    noted = review(run, survey, "n odd? q")
    assert "0 answers decided, 9 left. Notes on answers not decided: 1." in noted.stdout
    assert f"Saved: {file}" in noted.stdout
    assert "To count them" not in noted.stdout
    for typed in ("+ trust n j all q q", "+ trust n j all"):
        dropped = review(run, survey, typed)
        assert "Your note: odd?" in dropped.stdout
        assert "what you changed of its codes was not kept" in dropped.stdout
        assert [(row["decision"], row["note"]) for row in read_rows(file)] == [("noted", "odd?")]
    kept = review(run, survey, "+ trust n j all q a")
    assert "have not decided it yet" in kept.stdout
    assert "not kept" not in kept.stdout
    assert {(row["decision"], row["note"]) for row in read_rows(file)} == {("added", "odd?")}
    assert "1 answer decided, 8 left.\n" in kept.stdout


def test_a_sitting_with_a_limit_is_counted_by_itself(run: Run, survey: Path) -> None:
    assert "Answer 1 of 2. 0 done, 2 left." in review(run, survey, "r q", "--limit", 2).stdout
    assert "Answer 1 of 2. 0 done, 2 left." in review(run, survey, "q", "--limit", 2).stdout


def test_what_is_decided_can_be_asked_again(run: Run, survey: Path) -> None:
    review(run, survey, "n odd? r q")
    again = review(run, survey, "s " * 10, "--again")
    assert "Answer 1 of 9. 1 done, 8 left." in again.stdout
    assert "Your note: odd?" in again.stdout
    assert len(list_asked(again.stdout)) == 9


def test_a_folder_for_the_holder_is_as_good_as_the_survey_and_is_never_written_into(
    run: Run, survey: Path, tmp_path: Path
) -> None:
    out = tmp_path / "raw"
    run("analyse", survey, *QUICKLY, "--audience", "raw", "--out", out, "-q")
    kept = sorted(each.name for each in out.rglob("*"))
    done = run("review", out, stdin="a\nq\n")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "raw-review.csv").exists()
    assert sorted(each.name for each in out.rglob("*")) == kept
    assert "SURVEY --codes" in done.stdout
    went_on = review(run, survey, "q", "--out", tmp_path / "raw-review.csv")
    assert "1 answer decided." in went_on.stdout
    refused = run("review", out, "--out", out / "mine.csv")
    assert refused.returncode == ExitCode.CANNOT_WRITE
    assert "may be passed on" in refused.stderr
    assert str(out) in refused.stderr


def test_a_results_json_of_another_program_is_no_results_folder(run: Run, survey: Path, tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text('{"numTotalTests": 3}', encoding="utf-8")
    below = tmp_path / "below"
    below.mkdir()
    for path in (tmp_path / "mine.csv", below / "mine.csv"):
        done = review(run, survey, "a q", "--out", path)
        assert done.returncode == 0, done.stderr
        assert len(read_rows(path)) >= 1


def test_codes_of_a_person_are_what_it_begins_from(run: Run, survey: Path, tmp_path: Path) -> None:
    review(run, survey, "+ trust n j all a q", "--limit", 1)
    codes = survey.with_name("survey-review.csv")
    done = review(run, survey, "s " * 9, "--codes", f"school={codes}", "--out", tmp_path / "second.csv")
    assert done.returncode == 0, done.stderr
    assert "coded by school" in done.stdout


def test_another_survey_s_decisions_are_refused_and_left_alone(run: Run, survey: Path, tmp_path: Path) -> None:
    review(run, survey, "a q")
    file = survey.with_name("survey-review.csv")
    before = file.read_bytes()
    grown = write_survey(tmp_path / "grown.csv", *ROWS, "6,Parent or carer,Transport,Mostly,More of this,Late again")
    refused = review(run, grown, "a q", "--out", file)
    assert refused.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "answers that are not among these" in refused.stderr
    assert file.read_bytes() == before
    with_salt = review(run, grown, "a q", "--out", tmp_path / "salted.csv", "--salt", "open sesame")
    assert "--salt SECRET" in with_salt.stdout
    assert "sesame" not in with_salt.stdout
    assert (
        "1 answer decided." in review(run, grown, "q", "--out", tmp_path / "salted.csv", "--salt", "open sesame").stdout
    )


def test_only_masked_words_are_shown_and_another_s_decisions_are_told(run: Run, survey: Path) -> None:
    done = review(run, survey, "s " * 10 + "q")
    assert "Katie" not in done.stdout
    assert "[name]" in done.stdout
    review(run, survey, "a q", "--who", "carer 1")
    assert "1 answer there decided by somebody else." in review(run, survey, "q").stdout


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (("--blind", "--codes", "codes.csv"), ExitCode.USAGE, "nothing to begin from"),
        (("--who", "trained"), ExitCode.USAGE, "no name for a coder"),
        (("--who", " "), ExitCode.USAGE, "no name for a coder"),
        (("--theme", "nonsense"), ExitCode.USAGE, "no theme called nonsense"),
    ],
)
def test_what_cannot_be_meant_is_told(run: Run, survey: Path, words: tuple[str, ...], code: int, what: str) -> None:
    done = review(run, survey, "a q", *words)
    assert done.returncode == code
    assert what in done.stderr
    assert not survey.with_name("survey-review.csv").exists()


def test_a_file_that_is_read_is_never_written_over(run: Run, survey: Path) -> None:
    before = survey.read_bytes()
    for out in (survey, survey.parent):
        assert review(run, survey, "a q", "--out", out).returncode == ExitCode.CANNOT_WRITE
    assert survey.read_bytes() == before


def test_a_disk_that_refuses_ends_a_script_with_an_error(run: Run, survey: Path) -> None:
    survey.with_name(".survey-review.csv.new").mkdir()
    done = review(run, survey, "a a")
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "cannot be written" in done.stderr
    assert not survey.with_name("survey-review.csv").exists()
