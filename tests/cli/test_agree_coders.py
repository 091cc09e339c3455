"""Whatever file several coders' work stands in, each is a coder; what a machine coded or nobody said is no person's."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.reading import read_codings, read_framework

Run = Callable[..., CompletedProcess[str]]
QUICK = ("--engine", "cues")
SURVEY = """Respondent ID,I am a...,Which project?,How far did people listen?,What was good?,What was not good?
1,Parent or carer,Short breaks,Mostly,They listened to us,Nobody told us what changed
2,Parent or carer,Short breaks,A little,They did listen,They decided before the first meeting
3,Parent or carer,Transport,Mostly,They listened and it changed,I do not trust them any more
4,I work in health,Transport,Not at all,We worked as equals,Two sides fighting each other
5,Parent or carer,Transport,Partly,Equal say in every decision,No feedback at all
"""
# Of the same three answers; Anna cannot tell one level, and writes it; Ben leaves one empty.
CODES = {
    "anna": ((0, "trust", "negative", "unclear"), (1, "", "", ""), (2, "openness", "positive", "system")),
    "ben": ((0, "trust", "negative", ""), (1, "openness", "negative", "system"), (2, "openness", "positive", "system")),
}
ONE_OF_EACH = {"anna": 3, "ben": 3}


@pytest.fixture(scope="module")
def codes(survey: Path, run: Run) -> dict[str, Path]:
    raw = survey.with_name("raw")
    done = run("analyse", survey, *QUICK, "-q", "--audience", "raw", "--out", raw)
    assert done.returncode in {0, 5}, done.stderr
    ids = sorted({row["answer"] for row in read_csv(raw / "coded_answers.csv")})
    paths = {}
    for who, coded in CODES.items():
        paths[who] = survey.with_name(f"{who}.csv")
        rows = "".join(f"{ids[place]},{','.join(said)}\n" for place, *said in coded)
        paths[who].write_text(f"id,theme,stance,level\n{rows}", encoding="utf-8")
    return paths


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(run: Run, *files: Path | str) -> tuple[dict[str, int], list[dict[str, object]]]:
    """How many answers each coder looked at, and the figures."""
    done = run("agree", *files, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return {each["coder"]: each["looked_at"] for each in told["coders"]}, told["agreement"]


@pytest.mark.parametrize("kind", ["long", "wide", "qdpx", "coded_answers"])
def test_what_the_machine_coded_beside_a_person_is_not_compared(
    survey: Path, codes: dict[str, Path], run: Run, tmp_path: Path, kind: str
) -> None:
    files = {}
    for who, path in codes.items():
        named = ("--codes", f"{who}={path}")
        if kind == "coded_answers":
            run("analyse", survey, *QUICK, "-q", "--audience", "raw", *named, "--out", tmp_path / who)
            files[who] = tmp_path / who / "coded_answers.csv"
        else:
            files[who] = tmp_path / f"{who}.{'qdpx' if kind == 'qdpx' else 'csv'}"
            run("export", survey, *QUICK, "--to", kind, *named, "--out", files[who])
    looked, figures = compare(run, *(f"{who}={path}" for who, path in files.items()))
    assert looked == ONE_OF_EACH
    if kind != "wide":  # which holds no levels
        assert figures == compare(run, *codes.values())[1]
    assert "7 answers is left out" in run("agree", *files.values()).stderr.replace("7 answer,", "")


@pytest.mark.parametrize("kind", ["long", "wide", "qdpx"])
def test_everybody_in_one_file_is_a_coder(
    survey: Path, codes: dict[str, Path], run: Run, tmp_path: Path, kind: str
) -> None:
    everybody = tmp_path / f"all.{'qdpx' if kind == 'qdpx' else 'csv'}"
    named = [part for who, path in codes.items() for part in ("--codes", f"{who}={path}")]
    run("export", survey, *QUICK, "--to", kind, "--everybody", *named, "--out", everybody)
    looked, _ = compare(run, everybody)
    assert looked == {**ONE_OF_EACH, "coprod cues" if kind == "qdpx" else "cues": 10}
    told = []
    for name, given in (("one", [str(everybody)]), ("two", [str(path) for path in codes.values()])):
        typed = [part for each in given for part in ("--codes", each)]
        done = run("analyse", survey, *QUICK, "-q", "--audience", "raw", *typed, "--out", tmp_path / name)
        assert done.returncode in {0, 5}, done.stderr
        results = json.loads((tmp_path / name / "results.json").read_bytes())
        [twice] = [each for each in results["notices"] if each["code"] == "coded-twice"]
        rows = [row for row in read_csv(tmp_path / name / "coded_answers.csv") if row["coder"].startswith("person")]
        same = ("answer", "theme", "stance", "coder", *(() if kind == "wide" else ("level", "left_open")))
        told.append((twice, results["checked"]["coders"], [{each: row[each] for each in same} for row in rows]))
    assert told[0] == told[1]
    assert told[0][1] == ["person 1", "person 2"]


@pytest.mark.parametrize("kind", ["long", "qdpx", "coded_answers"])
def test_a_level_that_a_person_cannot_tell_stays_so(
    survey: Path, codes: dict[str, Path], run: Run, tmp_path: Path, kind: str
) -> None:
    for who, path in codes.items():
        [typed] = read_codings(path, read_framework())
        if kind == "coded_answers":
            run("analyse", survey, *QUICK, "-q", "--audience", "raw", "--codes", path, "--out", tmp_path / who)
            file = tmp_path / who / "coded_answers.csv"
            [row] = [row for row in read_csv(file) if row["left_open"]]
            assert (row["theme"], row["level"], row["left_open"], row["coder"]) == (
                "trust",
                "project",
                "level",
                "person",
            )
        else:
            file = tmp_path / f"{who}.{'qdpx' if kind == 'qdpx' else 'csv'}"
            run("export", survey, *QUICK, "--to", kind, "--codes", f"{who}={path}", "--out", file)
        if kind == "long":
            assert [row["level"] for row in read_csv(file) if row["theme"] == "trust" and row["coder"] == who] == [
                "unclear"
            ]
        [read] = read_codings(file, read_framework())
        assert [code[:4] for code in read.codes] == [code[:4] for code in typed.codes]
        assert read.says_level


def test_who_says_no_level_at_all_is_not_said_to_be_unclear(survey: Path, codes: dict[str, Path], run: Run) -> None:
    plain, out = survey.with_name("plain.csv"), survey.with_name("again.csv")
    [row, *_] = read_csv(codes["anna"])
    plain.write_text(f"id,theme\n{row['id']},trust\n", encoding="utf-8")
    run("export", survey, *QUICK, "--to", "long", "--codes", f"anna={plain}", "--out", out)
    assert [(row["stance"], row["level"]) for row in read_csv(out) if row["coder"] == "anna"] == [("", "")]


def test_a_table_of_several_is_several_coders_however_their_names_are_written(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "team.csv"
    table.write_text("id,theme,coder\n1,trust,Anna\n1,trust,ben\n2,openness, anna \n2,,Ben\n", encoding="utf-8")
    looked, _ = compare(run, table)
    assert looked == {"Anna": 2, "Ben": 2}
    third = tmp_path / "cleo.csv"
    third.write_text("id,theme\n1,trust\n2,\n", encoding="utf-8")
    assert compare(run, f"team={table}", third)[0] == {"team: Anna": 2, "team: Ben": 2, "cleo": 2}
