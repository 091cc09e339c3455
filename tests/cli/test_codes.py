"""Codes that people made count before the machine's, in everything that is told, and name nobody."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path
from subprocess import CompletedProcess

import jsonschema
import pytest

from coprod_cli.model.errors import ExitCode

Run = Callable[..., CompletedProcess[str]]
Rows = list[dict[str, str]]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SAMPLE = SAMPLES / "forum_survey.csv"
QUICKLY = ("--engine", "cues", "-q")
# A name like those that people give their files.
FILE = "codes_zebedee.csv"
SHOW = "tokenism"


def read_coded(folder: Path) -> Rows:
    return list(csv.DictReader(io.StringIO((folder / "coded_answers.csv").read_text(encoding="utf-8"))))


def write_codes(path: Path, codes: Iterable[tuple[str, ...]], *more: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "theme", "stance", "level", *more), *codes])
    return path


def weigh(codes: Path, path: Path, find: Callable[[int], float]) -> Path:
    """The same codes with a weight for each answer, by its place among them."""
    with codes.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    place = {answer: at for at, answer in enumerate(sorted({row[0] for row in rows}))}
    return write_codes(path, [(*row, f"{find(place[row[0]]):.6f}") for row in rows], "weight")


def pick(rows: Rows, **wanted: str) -> Rows:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


@pytest.fixture(scope="module")
def raw(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("raw") / "out"
    assert run("analyse", SAMPLE, *QUICKLY, "--audience", "raw", "--out", out).returncode == 0
    return out


@pytest.fixture(scope="module")
def codes(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """80 answers: what the machine found, save in every fifth, where there is nothing; trust in every third besides."""
    by_answer: dict[str, Rows] = {}
    for row in read_coded(raw):
        by_answer.setdefault(row["answer"], []).append(row)
    codes: list[tuple[str, ...]] = []
    for place, answer in enumerate(sorted(by_answer)[:80]):
        found = [] if place % 5 == 0 else [row for row in by_answer[answer] if row["theme"]]
        codes += [(answer, row["theme"], row["stance"], row["level"]) for row in found]
        codes += [(answer, "trust", "negative", "project")] if place % 3 == 0 else []
        codes += [(answer, "", "", "")] if place % 5 == 0 and place % 3 else []
        codes += [(answer, "", "", "")] if not found and place % 3 and place % 5 else []
    return write_codes(tmp_path_factory.mktemp("codes") / FILE, codes)


def analyse(run: Run, out: Path, *words: object, audience: str = "raw") -> Path:
    done = run("analyse", SAMPLE, *QUICKLY, "--audience", audience, "--out", out, *words)
    assert done.returncode in {ExitCode.DONE, ExitCode.NOTHING_REPORTABLE}, done.stderr
    return out


def test_what_a_person_coded_stands_in_place_of_what_the_machine_made_of_it(
    run: Run, raw: Path, tmp_path: Path
) -> None:
    before = read_coded(raw)
    first, second = sorted({row["answer"] for row in before if row["theme"] and row["theme"] != "trust"})[:2]
    codes = write_codes(tmp_path / FILE, [(first, "trust", "negative", "project"), (second, "none", "", "")])
    after = read_coded(analyse(run, tmp_path / "out", "--codes", codes))
    told = [
        (row["theme"], row["stance"], row["level"], row["coder"], row["unsure"]) for row in pick(after, answer=first)
    ]
    assert told == [("trust", "negative", "project", "person", "")]
    assert pick(after, answer=first)[0]["evidence"] == pick(after, answer=first)[0]["words"]
    looked = [(row["theme"], row["stance"], row["level"], row["coder"]) for row in pick(after, answer=second)]
    assert looked == [("", "", "", "person")]
    others = [row for row in before if row["answer"] not in {first, second}]
    assert [row for row in after if row["answer"] not in {first, second}] == others


def test_theme_tables_count_what_people_found(run: Run, raw: Path, codes: Path, tmp_path: Path) -> None:
    def count(folder: Path) -> int:
        themes = json.loads((folder / "results.json").read_bytes())["themes"]
        return sum(each["people"] for each in themes if each["theme"] == "trust" and not each["project"])

    assert count(analyse(run, tmp_path / "out", "--codes", codes)) > count(raw) + 10


def test_flags_that_need_a_person_go_up_once_a_person_coded(run: Run, raw: Path, tmp_path: Path) -> None:
    rows = read_coded(raw)
    project = max({row["project"] for row in rows}, key=lambda name: len(pick(rows, project=name, role="parent")))
    answers = sorted({row["answer"] for row in pick(rows, project=project, role="parent")})
    codes = write_codes(tmp_path / FILE, [(each, SHOW, "negative", "project") for each in answers])
    flags = json.loads((analyse(run, tmp_path / "out", "--codes", codes) / "results.json").read_bytes())["flags"]
    up = [each["reason"] for each in flags if each["id"] == "RF12" and each["project"] == project]
    assert up
    assert "A person checked these codes." in up[0]
    assert "RF12" not in {each["id"] for each in json.loads((raw / "results.json").read_bytes())["flags"]}


def test_the_report_says_how_much_was_checked_and_how_well_the_machine_does(
    run: Run, codes: Path, tmp_path: Path
) -> None:
    out = analyse(run, tmp_path / "out", "--codes", codes, "--template", "research", "--to", "md")
    results = json.loads((out / "results.json").read_bytes())
    total = len({row["answer"] for row in read_coded(out)})
    assert (results["checked"]["by_hand"], results["checked"]["answers"]) == (80, total)
    assert results["coder"]["checked_by_a_person"]
    assert f"A person checked 80 of {total:,} answers." in (out / "report.html").read_text(encoding="utf-8")
    research = (out / "research.md").read_text(encoding="utf-8")
    assert "What people coded, against the machine" in research
    assert "not drawn at random" in research
    # What people coded joins scores, so nothing may say that comments do not.
    assert "What a person coded could enter a score" in research
    assert "do not move them" not in (out / "report.html").read_text(encoding="utf-8")
    assert "rest on the closed questions alone" not in (out / "results.json").read_text(encoding="utf-8")
    assert "No person checked" not in research + (out / "report.html").read_text(encoding="utf-8")
    trust = next(each for each in results["checked"]["themes"] if each["theme"] == "trust")
    assert 0 <= trust["recall_low"] <= trust["recall"] <= trust["recall_high"] < 0.5
    schema = resources.files("coprod_cli.reporting").joinpath("results.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(results, json.loads(schema))


@pytest.mark.parametrize("audience", ["public", pytest.param("raw", marks=pytest.mark.no_cover)])
def test_a_report_with_checked_codes_can_be_told_again(run: Run, codes: Path, tmp_path: Path, audience: str) -> None:
    words = ("--template", "research", "--to", "md")
    out = analyse(run, tmp_path / "out", "--codes", codes, *words, audience=audience)
    assert run("report", out, *words, "--out", tmp_path / "again", "-q").returncode == 0
    for name in ("report.html", "research.md", "summary.md", "results.json"):
        if (tmp_path / "again" / name).exists():
            assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes(), name
    assert (tmp_path / "again" / "research.md").exists()


def test_a_public_report_rounds_what_it_tells_of_checking(run: Run, codes: Path, tmp_path: Path) -> None:
    out = analyse(run, tmp_path / "out", "--codes", codes, audience="public")
    checked = json.loads((out / "results.json").read_bytes())["checked"]
    assert checked["rounded_to"] == 5
    assert "A person checked about 80 of" in (out / "report.html").read_text(encoding="utf-8")
    for each in checked["themes"]:
        assert each["found"] is None or not each["found"] % 5
        assert each["recall"] is None or not round(each["recall"] * 100) % 5


@pytest.mark.no_cover
def test_no_output_names_the_file_and_a_label_is_told(run: Run, codes: Path, tmp_path: Path) -> None:
    plain = analyse(run, tmp_path / "plain", "--codes", codes, audience="public")
    named = analyse(run, tmp_path / "named", "--codes", f"two carers={codes}")
    for path in (path for out in (plain, named) for path in out.rglob("*") if path.is_file()):
        assert b"zebedee" not in path.read_bytes().lower(), path.name
    assert {row["coder"] for row in read_coded(named)} == {"two carers", "cues", ""}
    assert json.loads((plain / "manifest.json").read_bytes())["codes_sha256"]


def test_of_two_who_coded_an_answer_the_first_named_counts_and_that_is_said(
    run: Run, raw: Path, tmp_path: Path
) -> None:
    answer, other = sorted({row["answer"] for row in read_coded(raw)})[:2]
    first = write_codes(tmp_path / "first.csv", [(answer, "trust", "positive", "project")])
    second = write_codes(
        tmp_path / "second.csv", [(answer, "trust", "negative", "project"), (other, "trust", "negative", "project")]
    )
    out = analyse(run, tmp_path / "out", "--codes", first, "--codes", second)
    after = read_coded(out)
    assert [(row["stance"], row["coder"]) for row in pick(after, answer=answer)] == [("positive", "person 1")]
    assert [(row["stance"], row["coder"]) for row in pick(after, answer=other)] == [("negative", "person 2")]
    results = json.loads((out / "results.json").read_bytes())
    [said] = [each["message"] for each in results["notices"] if each["code"] == "coded-twice"]
    assert said.endswith("the codes of whoever comes first here count: person 1, person 2.")
    assert results["checked"]["coders"] == ["person 1", "person 2"]


def test_weights_of_a_coding_sheet_are_used_and_said(run: Run, codes: Path, tmp_path: Path) -> None:
    weighed = weigh(codes, tmp_path / FILE, lambda place: 1.5 + place % 3 / 2)
    words = ("--template", "research", "--to", "md")
    out = analyse(run, tmp_path / "out", "--codes", weighed, *words, audience="public")
    checked = json.loads((out / "results.json").read_bytes())["checked"]
    assert (checked["by_hand"], checked["drawn"], checked["effective"]) == (80, 80, 75)
    trust = next(each for each in checked["themes"] if each["theme"] == "trust")
    assert trust["recall"] is not None
    research = (out / "research.md").read_text(encoding="utf-8")
    assert "rest on about 80 answers, drawn with chances that differ" in research
    assert "as much as about 75 drawn alike" in research
    assert "not drawn at random" not in research
    assert run("report", out, *words, "--out", tmp_path / "again", "-q").returncode == 0
    assert (tmp_path / "again" / "research.md").read_text(encoding="utf-8") == research


def test_where_two_coded_the_same_answers_the_research_report_says_how_far_they_agree(
    run: Run, codes: Path, tmp_path: Path
) -> None:
    with codes.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    # The other coder finds trust in half of the answers only where the first does.
    other = [(row[0], "", "", "") if row[1] == "trust" and place % 2 else tuple(row) for place, row in enumerate(rows)]
    words = ("--codes", codes, "--codes", write_codes(tmp_path / FILE, other), "--template", "research", "--to", "md")
    out = analyse(run, tmp_path / "out", *words, audience="public")
    results = json.loads((out / "results.json").read_bytes())
    told = results["coders"]
    assert (told["answers"], told["rounded_to"], told["coders"]) == (80, 5, ["person 1", "person 2"])
    trust = next(each for each in told["figures"] if each["theme"] == "trust")
    assert trust["alpha_low"] < trust["alpha"] < trust["alpha_high"] < 1
    research = (out / "research.md").read_text(encoding="utf-8")
    assert (
        "About 80 of the same answers were coded by person 1 and person 2. Mean over the themes: Krippendorff's alpha"
        in research
    )
    assert research.count("How far coders agree") > 1
    assert "TO BE FILLED: agreement" not in research
    schema = resources.files("coprod_cli.reporting").joinpath("results.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(results, json.loads(schema))
    assert run("report", out, *words[4:], "--out", tmp_path / "again", "-q").returncode == 0
    assert (tmp_path / "again" / "research.md").read_bytes() == (out / "research.md").read_bytes()


def test_answers_picked_as_worth_coding_count_but_measure_nothing(run: Run, codes: Path, tmp_path: Path) -> None:
    words = ("--template", "research", "--to", "md")
    out = analyse(run, tmp_path / "out", "--codes", weigh(codes, tmp_path / FILE, lambda _: 0), *words)
    results = json.loads((out / "results.json").read_bytes())
    assert (results["checked"]["by_hand"], results["checked"]["drawn"]) == (80, 0)
    assert {each["recall"] for each in results["checked"]["themes"]} == {None}
    assert not results["checked"]["shares"]
    assert "answers-not-drawn" in {each["code"] for each in results["notices"]}
    research = (out / "research.md").read_text(encoding="utf-8")
    assert "picked as worth coding, and not drawn by lot" in research
    assert len(pick(read_coded(out), coder="person")) >= 80


def test_what_was_coded_with_suggestions_in_sight_counts_but_measures_nothing(
    run: Run, codes: Path, tmp_path: Path
) -> None:
    with weigh(codes, tmp_path / "drawn.csv", lambda _: 2).open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    shown = write_codes(tmp_path / FILE, [(*row, "No theme found.") for row in rows], "weight", "machine suggests")
    out = analyse(run, tmp_path / "out", "--codes", shown)
    results = json.loads((out / "results.json").read_bytes())
    assert (results["checked"]["by_hand"], results["checked"]["drawn"]) == (80, 0)
    assert not results["checked"]["shares"]
    told = {each["code"]: each["message"] for each in results["notices"]}
    assert "saw the machine's suggestions when they coded these answers" in told["coded-in-sight"]
    assert "answers-not-drawn" not in told
    assert len(pick(read_coded(out), coder="person")) >= 80
    # Another coder's blind codes of the same answers change nothing while the first named count; named first they do.
    blind = tmp_path / "drawn.csv"
    drawn = [
        json.loads((analyse(run, tmp_path / name, "--codes", one, "--codes", two) / "results.json").read_bytes())
        for name, one, two in (("a", shown, blind), ("b", blind, shown))
    ]
    assert [each["checked"]["drawn"] for each in drawn] == [0, 80]


@pytest.mark.parametrize(("first", "second"), [("odd", "even"), ("all", "other")])
def test_sheets_of_two_draws_measure_nothing(run: Run, codes: Path, tmp_path: Path, first: str, second: str) -> None:
    find: dict[str, Callable[[int], float]] = {
        "all": lambda place: 1.5 + place % 3 / 2,
        "other": lambda place: 2 + place % 2,
        # Each adds up to the whole survey, 181 answers.
        "odd": lambda place: 4.5 if place % 2 else 0,
        "even": lambda place: 0 if place % 2 else 4.5,
    }
    files = [weigh(codes, tmp_path / f"{name}.csv", find[name]) for name in (first, second)]
    alone = json.loads((analyse(run, tmp_path / "alone", "--codes", files[0]) / "results.json").read_bytes())
    assert alone["checked"]["drawn"] > 0
    assert "several-draws" not in {each["code"] for each in alone["notices"]}
    out = analyse(run, tmp_path / "out", "--codes", files[0], "--codes", files[1])
    results = json.loads((out / "results.json").read_bytes())
    assert (results["checked"]["by_hand"], results["checked"]["drawn"]) == (80, 0)
    assert not results["checked"]["shares"]
    assert "several-draws" in {each["code"] for each in results["notices"]}


def test_a_weight_that_is_none_is_told_by_row(run: Run, raw: Path, tmp_path: Path) -> None:
    answer = read_coded(raw)[0]["answer"]
    told = [(answer, "trust", "positive", "project", "2,5"), (answer, "openness", "positive", "project", "lots")]
    done = run(
        "analyse", SAMPLE, *QUICKLY, "--codes", write_codes(tmp_path / FILE, told, "weight"), "--out", tmp_path / "out"
    )
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "row 3, column 'weight'" in done.stderr
    told[1] = (*told[1][:4], "1.5")
    done = run(
        "analyse", SAMPLE, *QUICKLY, "--codes", write_codes(tmp_path / FILE, told, "weight"), "--out", tmp_path / "out"
    )
    assert "another weight" in done.stderr


def test_ids_of_another_survey_are_refused_with_row_and_hint(run: Run, raw: Path, tmp_path: Path) -> None:
    known = read_coded(raw)[0]["answer"]
    codes = write_codes(
        tmp_path / FILE, [(known, "trust", "positive", "project"), ("a0123456789", "trust", "positive", "project")]
    )
    done = run("analyse", SAMPLE, *QUICKLY, "--codes", codes, "--out", tmp_path / "out")
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "1 of their 2 answers" in done.stderr
    assert "row 3" in done.stderr
    assert "--salt" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.no_cover
def test_with_a_salt_ids_outlast_a_survey_that_grows(run: Run, tmp_path: Path) -> None:
    header, *rows = csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8-sig")))
    grown, small = tmp_path / "grown.csv", tmp_path / "small.csv"
    for path, kept in ((grown, rows), (small, rows[:-2])):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *kept])
    for salt, expected in ((("--salt", "a long secret"), 0), ((), ExitCode.BAD_SETTINGS_FILE)):
        out = tmp_path / f"out{len(salt)}"
        run("analyse", small, *QUICKLY, "--audience", "raw", "--out", out, *salt)
        answer = read_coded(out)[0]["answer"]
        codes = write_codes(tmp_path / FILE, [(answer, "trust", "positive", "project")])
        again = tmp_path / f"again{len(salt)}"
        done = run("analyse", grown, *QUICKLY, "--audience", "raw", "--codes", codes, "--out", again, *salt)
        assert done.returncode == expected, done.stderr


@pytest.mark.parametrize("label", ["", "cues", "x" * 41])
def test_a_label_that_cannot_be_used_is_refused(run: Run, codes: Path, tmp_path: Path, label: str) -> None:
    done = run("analyse", SAMPLE, *QUICKLY, "--codes", f"{label}={codes}", "--out", tmp_path / "out")
    assert done.returncode == ExitCode.USAGE
    assert "--codes" in done.stderr


def test_one_file_named_twice_is_refused(run: Run, codes: Path, tmp_path: Path) -> None:
    done = run("analyse", SAMPLE, *QUICKLY, "--codes", codes, "--codes", codes, "--out", tmp_path / "out")
    assert done.returncode == ExitCode.USAGE
