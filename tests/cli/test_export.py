"""Answers and codes go to another program in one command, and what is made of them there comes back in another."""

import csv
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.coding import MACHINES
from coprod_cli.model.codes import MACHINE_NAMES
from coprod_cli.model.errors import ExitCode
from coprod_cli.reading import read_codings, read_framework, read_people

Run = Callable[..., CompletedProcess[str]]
SURVEY = """Respondent ID,I am a...,Which project?,How far did people listen?,What was good?,What was not good?
1,Parent or carer,Short breaks,Mostly,They listened to us 😀,Nobody told us what changed
2,Parent or carer,Short breaks,A little,They did listen,They decided before the first meeting
3,Parent or carer,Transport,Mostly,They listened and it changed,I do not trust them any more
4,I work in health,Transport,Not at all,We worked as equals,Two sides fighting each other
5,Parent or carer,Transport,Partly,Equal say in every decision,No feedback at all
"""
CODES = {
    "ann": ((0, "trust", "negative", "individual"), (1, "", "", ""), (2, "openness", "positive", "project")),
    "ben": ((0, "trust", "negative", "project"), (1, "openness", "negative", "system"), (3, "", "", "")),
}
QUICK = ("--engine", "cues")


@pytest.fixture(scope="module")
def folder(survey: Path, run: Run) -> Path:
    out = survey.with_name("raw")
    done = run("analyse", survey, *QUICK, "-q", "--audience", "raw", "--out", out)
    assert done.returncode in {0, 5}, done.stderr
    return out


@pytest.fixture(scope="module")
def codes(survey: Path, folder: Path) -> dict[str, Path]:
    """What two people coded of the first answers, by their ids."""
    with (folder / "coded_answers.csv").open(encoding="utf-8", newline="") as file:
        ids = sorted({row["answer"] for row in csv.DictReader(file)})
    paths = {}
    for who, coded in CODES.items():
        paths[who] = survey.with_name(f"{who}.csv")
        with paths[who].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [("id", "theme", "stance", "level"), *((ids[place], *said) for place, *said in coded)]
            )
    return paths


@pytest.fixture(scope="module")
def project(survey: Path, codes: dict[str, Path], run: Run) -> Path:
    """What everybody coded, side by side, in one project."""
    out = survey.with_name("all.qdpx")
    named = [part for who, path in codes.items() for part in ("--codes", f"{who}={path}")]
    done = run("export", survey, *QUICK, "--to", "qdpx", "--everybody", *named, "--out", out)
    assert done.returncode == 0, done.stderr
    held, then = done.stdout.splitlines()[-2:]
    assert held == "It holds people's own words, for whoever analyses: keep it as safe as the survey."
    assert "set your own name as the coder" in then
    assert "codes under “coprod cues” count as the machine's" in then
    return out


def test_only_its_owner_may_read_it_and_nothing_is_written_over(project: Path, survey: Path, run: Run) -> None:
    assert stat.S_IMODE(project.stat().st_mode) == 0o600
    before = project.read_bytes()
    again = run("export", survey, *QUICK, "--to", "qdpx", "--out", project)
    assert again.returncode == 6
    assert "exists already" in again.stderr
    assert run("export", survey, *QUICK, "--to", "qdpx", "--out", survey, "--force").returncode == 6
    assert project.read_bytes() == before
    assert survey.read_text(encoding="utf-8") == SURVEY


@pytest.mark.parametrize(("kind", "ending"), [("long", ".csv"), ("wide", ".csv"), ("sav", ".sav"), ("qdpx", ".qdpx")])
def test_a_file_is_called_as_what_it_is(survey: Path, run: Run, tmp_path: Path, kind: str, ending: str) -> None:
    done = run("export", survey, *QUICK, "--to", kind, "--out", tmp_path / "codes.xlsx")
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert f"Call it codes{ending}." in done.stderr
    assert not list(tmp_path.iterdir())


def test_everybody_s_codes_come_back_from_one_project(project: Path, codes: dict[str, Path]) -> None:
    framework = read_framework()
    ann, ben, machine = read_codings(project, framework)
    assert [ann.who, ben.who, machine.who] == ["ann", "ben", "coprod cues"]
    for read in (ann, ben):
        [typed] = read_codings(codes[read.who], framework)
        assert read.answers == typed.answers
        assert {code[:4] for code in read.codes} == {code[:4] for code in typed.codes}
    assert len(machine.answers) == 10


def test_coders_within_one_project_are_compared(project: Path, codes: dict[str, Path], run: Run) -> None:
    told = json.loads(run("agree", project, "--json").stdout)
    assert [(each["coder"], each["looked_at"]) for each in told["coders"]] == [
        ("ann", 3),
        ("ben", 3),
        ("coprod cues", 10),
    ]
    mixed = run("agree", project, codes["ben"])
    assert mixed.returncode == 0, mixed.stderr
    assert "all: ann" in mixed.stdout
    alone = run("agree", codes["ben"])
    assert alone.returncode == 2
    assert "one coder only" in alone.stderr


def test_people_s_codes_in_a_project_count_as_those_of_a_table(
    survey: Path, codes: dict[str, Path], run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "ann.qdpx"
    made = run("export", survey, *QUICK, "-q", "--to", "qdpx", "--codes", f"ann={codes['ann']}", "--out", out)
    assert (made.returncode, made.stdout) == (0, "")
    told = []
    for name, path in (("table", codes["ann"]), ("project", out)):
        done = run(
            "analyse", survey, *QUICK, "-q", "--audience", "raw", "--codes", f"ann={path}", "--out", tmp_path / name
        )
        assert done.returncode in {0, 5}, done.stderr
        told.append((tmp_path / name / "coded_answers.csv").read_bytes())
    assert told[0] == told[1]


def test_a_results_folder_gives_what_the_survey_does_but_closed_answers(
    survey: Path, folder: Path, run: Run, tmp_path: Path
) -> None:
    read = []
    for name, given in (("survey", survey), ("folder", folder)):
        out = tmp_path / f"{name}.qdpx"
        assert run("export", given, *QUICK, "--to", "qdpx", "--documents", "answer", "--out", out).returncode == 0
        read.append(read_codings(out, read_framework())[0])
        with zipfile.ZipFile(out) as archive:
            assert len(archive.namelist()) == 11
    assert read[0].codes == read[1].codes
    assert [each._replace(closed=()) for each in read[0].told] == list(read[1].told)


def test_the_codebook_of_a_survey_or_a_folder_is_written_without_reading_a_word(
    survey: Path, folder: Path, run: Run, tmp_path: Path
) -> None:
    shipped = tmp_path / "shipped.qdc"
    assert run("codebook", "--to", "qdc", "--out", shipped).returncode == 0
    for given in (survey, folder):
        done = run("export", given, "--to", "qdc", "--out", tmp_path / f"{given.stem}.qdc")
        assert done.returncode == 0, done.stderr
        assert "20 themes, and nobody's words" in done.stdout
        assert (tmp_path / f"{given.stem}.qdc").read_bytes() == shipped.read_bytes()
    book = tmp_path / "own.csv"
    book.write_text("name,description\nWaiting,How long it took\n", encoding="utf-8")
    run("analyse", survey, *QUICK, "-q", "--framework", book, "--audience", "raw", "--out", tmp_path / "own")
    own: dict[str, tuple[object, ...]] = {"a": (survey, "--framework", book), "b": (tmp_path / "own",)}
    for name, words in own.items():
        done = run("export", *words, "--to", "qdc", "--out", tmp_path / f"{name}.qdc")
        assert done.returncode == 0, done.stderr
        assert b'name="Waiting"' in (tmp_path / f"{name}.qdc").read_bytes()
    assert run("export", tmp_path / "none.csv", "--to", "qdc", "--out", tmp_path / "c.qdc").returncode != 0
    assert run("export", survey, "--to", "qdc", "--out", tmp_path / "c.qdpx").returncode == ExitCode.CANNOT_WRITE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--to", "long", "--documents", "answer"), "--documents goes with --to qdpx only"),
        (("--to", "qdc", "--blind"), "A codebook holds no codes"),
        (("--to", "qdc", "--people"), "--people goes with"),
    ],
)
def test_an_option_that_does_nothing_is_refused(
    survey: Path, run: Run, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = run("export", survey, *words, "--out", tmp_path / "out")
    assert done.returncode == ExitCode.USAGE
    assert told in done.stderr


def test_blind_leaves_the_machine_s_codes_out(survey: Path, folder: Path, run: Run, tmp_path: Path) -> None:
    for name, given in (("survey", survey), ("folder", folder)):
        out = tmp_path / f"{name}.qdpx"
        done = run("export", given, "--blind", "--to", "qdpx", "--out", out)
        assert "10 answers, 0 codes" in done.stdout
        assert b"coprod cues" not in zipfile.ZipFile(out).read("project.qde")


def test_what_the_machine_alone_coded_is_no_person_s_work(survey: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "machine.qdpx"
    run("export", survey, *QUICK, "--to", "qdpx", "--out", out)
    done = run("analyse", survey, *QUICK, "--codes", out, "--out", tmp_path / "report")
    assert done.returncode == 4
    assert "no codes by a person" in done.stderr


@pytest.mark.parametrize("kind", ["long", "wide", "coded_answers"])
def test_what_the_machine_coded_in_a_table_is_no_person_s_work_either(
    folder: Path, codes: dict[str, Path], run: Run, tmp_path: Path, kind: str
) -> None:
    survey = folder.with_name("survey.csv")
    alone, both = tmp_path / "alone.csv", tmp_path / "both.csv"
    ann = ("--codes", f"ann={codes['ann']}")
    if kind == "coded_answers":
        checked = tmp_path / "checked"
        run("analyse", survey, *QUICK, "-q", "--audience", "raw", *ann, "--out", checked)
        for path, source in ((alone, folder), (both, checked)):
            path.write_bytes((source / "coded_answers.csv").read_bytes())
    else:
        run("export", survey, *QUICK, "--to", kind, "--out", alone)
        run("export", survey, *QUICK, "--to", kind, *ann, "--out", both)
    done = run("analyse", survey, *QUICK, "--codes", alone, "--out", tmp_path / "report")
    assert done.returncode == 4
    assert "no codes by a person: only what the machine coded" in done.stderr
    told = []
    for name, path in (("typed", codes["ann"]), ("table", both)):
        out = tmp_path / name
        done = run("analyse", survey, *QUICK, "-q", "--audience", "raw", "--codes", f"ann={path}", "--out", out)
        assert done.returncode in {0, 5}, done.stderr
        with (out / "coded_answers.csv").open(encoding="utf-8", newline="") as file:
            by_hand = {(row["answer"], row["theme"], row["coder"]) for row in csv.DictReader(file)}
        notices = {each["code"] for each in json.loads((out / "results.json").read_bytes())["notices"]}
        told.append((by_hand, "machine-in-codes" in notices))
    assert told[0][0] == told[1][0]
    assert [each[1] for each in told] == [False, True]


@pytest.mark.parametrize("kind", ["long", "wide", "qdpx"])
def test_what_an_answer_weighs_goes_along_and_comes_back(
    survey: Path, codes: dict[str, Path], run: Run, tmp_path: Path, kind: str
) -> None:
    with codes["ann"].open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    weights = ("2.5", "1.25", "0")
    weighed, out = tmp_path / "weighed.csv", tmp_path / f"table.{'qdpx' if kind == 'qdpx' else 'csv'}"
    with weighed.open("w", encoding="utf-8", newline="") as file:
        listed = zip(rows, weights, strict=True)
        csv.writer(file).writerows([(*head, "weight"), *((*row, weight) for row, weight in listed)])
    run("export", survey, *QUICK, "--to", kind, "--codes", f"ann={weighed}", "--out", out)
    [read] = read_people(out, read_framework())
    assert read.weights == {row[0]: float(weight) for row, weight in zip(rows, weights, strict=True)}


def test_the_names_of_machines_are_nobody_else_s() -> None:
    assert MACHINE_NAMES == MACHINES
