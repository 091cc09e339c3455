"""coprod agree tells how far people who coded the same answers agree, and what to talk through."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.model.errors import ExitCode

Run = Callable[..., CompletedProcess[str]]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
A, B = SAMPLES / "codes_a.csv", SAMPLES / "codes_b.csv"
CORPUS = SAMPLES.parent / "corpus" / "two_coders.jsonl"


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A third coder, who looked at five of the answers and one more, and found little."""
    path = tmp_path / "codes_c.csv"
    rows = [
        "id,theme,stance,level",
        "1,influence_feedback,negative,project",
        "2,,,",
        "5,,,",
        "6,trust,,",
        "7,,,",
        "99,,,",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_the_samples_are_compared_in_plain_lines(run: Run) -> None:
    done = run("agree", A, B)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "  - a and b: 8 answers that both looked at." in lines
    assert "  - 5 answers with the same themes from both who looked." in lines
    [respect] = [line for line in lines if line.startswith("  Respect and being treated as equals | Found")]
    assert (
        "Found by a: 2 (25%) | Found by b: 1 (12%) | Agreement: 88% (62% to 100%) | Positive agreement: 67%" in respect
    )
    [pooled] = [line for line in lines if line.startswith("  All themes as one list | Krippendorff's alpha: 0.79 (")]
    assert "| Cohen's kappa: 0.79 (" in pooled
    assert "| F1 of b against a: 0.82 (" in pooled
    assert "  - Theme: a said Give and take; b said no theme here: 1" in lines
    assert "  Stance, a: positive | b: positive: 5 | b: negative: 0 | b: mixed: 1" in lines
    assert "  - Answer 6, Trust. a: negative, system; b: negative, project." in lines
    assert "Fewer than 50 answers: too few to rely on" in done.stdout
    for caution in ("convention, not a test", "fall where a theme is rare", "reflexive thematic analysis"):
        assert caution in done.stdout


def test_everything_can_be_had_as_json_and_csv(run: Run, tmp_path: Path) -> None:
    figures, differences = tmp_path / "figures.csv", tmp_path / "talk.csv"
    answers = SAMPLES / "answers.csv"
    done = run("agree", A, B, "--answers", answers, "--csv", figures, "--disagreements", differences, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["answers"], told["same_themes"], told["bootstrap"]["draws"]) == (8, 5, 2000)
    assert told["coders"][0] == {"coder": "a", "looked_at": 8, "left_out": 0, "without_theme": 1}
    [respect] = [row for row in told["agreement"] if (row["measure"], row["theme"]) == ("theme", "respect_equality")]
    assert respect["said"] == {"a": {"no": 6, "yes": 2}, "b": {"no": 7, "yes": 1}}
    assert respect["prevalence"] == [0.25, 0.125]
    assert respect["figures"]["agreement"]["value"] == 0.875
    assert respect["f1"][0]["coder"] == "b"
    [stance] = [row for row in told["agreement"] if (row["measure"], row["scope"]) == ("stance", "pooled")]
    assert stance["figures"]["positive"] == {"value": None, "low": None, "high": None}
    assert {"coder": "a", "said": "positive", "other_coder": "b", "other_said": "mixed", "cases": 1} in [
        {name: value for name, value in each.items() if name != "measure"} for each in told["confusion"]
    ]
    rows = read_csv(figures)
    wanted = ("theme", "respect_equality", "alpha")
    [cell] = [row for row in rows if (row["measure"], row["theme"], row["figure"]) == wanted]
    assert (cell["value"], cell["answers"]) == (f"{respect['figures']['alpha']['value']:.3f}", "8")
    assert differences.stat().st_mode & 0o077 == 0 or os.name == "nt"
    listed = read_csv(differences)
    assert [row["answer"] for row in listed] == [each["answer"] for each in told["differences"]]
    assert listed[0]["a"] == "positive, individual"
    assert listed[0]["words"].startswith("They came to us, on a Saturday")


def test_names_in_the_words_are_masked(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text("nr,said\n6,Ring Denise Okafor on 01632 960123.\n", encoding="utf-8")
    done = run("agree", A, B, "--answers", answers, "--id", "nr", "--text", "said")
    assert "Answer 6, Trust. a: negative, system; b: negative, project." in done.stdout
    assert "Ring" in done.stdout
    assert not {"Okafor", "01632"} & set(done.stdout.replace(".", " ").split())
    assert done.stderr == f"{answers} lacks 7 of the answers that were coded.\n"


def test_of_three_coders_fleiss_is_told_and_who_missed_an_answer(run: Run, third: Path) -> None:
    done = run("agree", A, B, third)
    assert done.returncode == 0, done.stderr
    assert "a, b and c: 8 answers that at least two looked at." in done.stdout
    assert "1 answer that only c looked at: left out." in done.stdout
    assert "Fleiss' kappa" in done.stdout
    assert "Cohen" not in done.stdout
    assert "F1 of c against a" in done.stdout
    assert "Answer 4, Genuine or tick-box. a: negative, project; b: not found." in done.stdout


def test_a_file_that_lists_no_answer_without_a_theme_may_mean_that_they_were_not_listed(
    run: Run, tmp_path: Path
) -> None:
    machine = tmp_path / "machine.csv"
    machine.write_text("id,theme,stance,level\n1,influence_feedback,negative,project\n", encoding="utf-8")
    done = run("agree", A, machine)
    assert "codes a and machine: 1 answer that both looked at." in done.stdout
    assert "machine lists no answer without a theme. If machine looked at all answers, add --all-looked" in done.stdout
    done = run("agree", A, machine, "--all-looked")
    assert "codes a and machine: 8 answers that both looked at." in done.stdout
    assert "--all-looked" not in done.stdout
    answers = tmp_path / "answers.csv"
    answers.write_text("id,text\n" + "".join(f"{number},Fine.\n" for number in range(1, 21)), encoding="utf-8")
    done = run("agree", machine, B, "--all-looked", "--answers", answers)
    assert "machine and codes b: 20 answers that both looked at." in done.stdout


def test_the_two_coders_of_the_corpus_can_be_compared_by_anybody(run: Run, tmp_path: Path) -> None:
    cut = tmp_path / CORPUS.name
    lines = CORPUS.read_text(encoding="utf-8").splitlines()[:200]
    cut.write_text("\n".join(lines), encoding="utf-8")
    told = json.loads(run("agree", cut, "--json").stdout)
    assert [(each["coder"], each["looked_at"]) for each in told["coders"]] == [("a", 200), ("b", 200)]
    assert told["answers"] == 200
    assert len(told["agreement"]) == 3 * (2 + 20 - len(told["unused_themes"]))
    for who in "ab":
        split = [{"id": each["id"], "codes": each[who]} for each in map(json.loads, lines)]
        (tmp_path / f"{who}.jsonl").write_text("".join(json.dumps(each) + "\n" for each in split), encoding="utf-8")
    alone = json.loads(run("agree", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--json").stdout)
    assert (alone["agreement"], alone["differences"]) == (told["agreement"], told["differences"])


def test_in_such_a_file_no_list_is_no_look_and_faults_are_told_by_entry(run: Run, tmp_path: Path) -> None:
    both = tmp_path / "both.jsonl"
    trust = [{"theme": "trust", "stance": "negative"}]
    lines = [{"id": 1, "anna": trust, "ben": []}, {"id": 2, "anna": []}, {"id": 3, "anna": trust, "ben": trust}]
    both.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    told = json.loads(run("agree", both, "--json").stdout)
    assert [(each["coder"], each["looked_at"]) for each in told["coders"]] == [("anna", 3), ("ben", 2)]
    lines[2]["ben"] = [{"theme": "My son was never asked"}]
    both.write_text(json.dumps(lines), encoding="utf-8")
    done = run("agree", both)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "both.jsonl, entry 3, column 'theme': there is no such theme." in done.stderr
    assert "My son" not in done.stderr


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (("coder-1.csv", "coder-2.csv"), ["coder 1", "coder 2"]),
        (("coder-1.csv", "anna.csv"), ["coder 1", "anna"]),
        (("codes_anna.csv", "codes_ben.csv"), ["anna", "ben"]),
        (("1.csv", "2.csv"), ["1.csv", "2.csv"]),
    ],
)
def test_coders_are_called_after_their_files_and_never_by_a_bare_number(
    run: Run, tmp_path: Path, files: tuple[str, ...], names: list[str]
) -> None:
    for name, source in zip(files, (A, B), strict=True):
        shutil.copy(source, tmp_path / name)
    done = run("agree", *(tmp_path / name for name in files), "--json")
    assert [each["coder"] for each in json.loads(done.stdout)["coders"]] == names, done.stderr


def test_coders_whose_files_are_called_alike_are_told_apart(run: Run, tmp_path: Path) -> None:
    alike = [tmp_path / "anna_x.csv", tmp_path / "anna-x.csv"]
    for path in alike:
        path.write_bytes(A.read_bytes())
    done = run("agree", *alike, "--json")
    assert len({each["coder"] for each in json.loads(done.stdout)["coders"]}) == 2


def test_it_says_the_same_again_in_whatever_order_the_rows_stand(run: Run, tmp_path: Path) -> None:
    header, *rows = B.read_text(encoding="utf-8").splitlines()
    turned = tmp_path / B.name
    turned.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    assert run("agree", A, turned, "--json").stdout == run("agree", A, B, "--json").stdout


def test_coders_who_never_differ_have_nothing_to_talk_through(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    copy.write_bytes(A.read_bytes())
    done = run("agree", A, copy)
    assert "Coders see no theme in any answer differently." in done.stdout
    assert "Krippendorff's alpha: 1.00 (no range)" in done.stdout


def test_that_nobody_found_any_theme_is_told(run: Run, tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / f"{name}.csv").write_text("id,theme\n1,\n2,none\n", encoding="utf-8")
    done = run("agree", tmp_path / "x.csv", tmp_path / "y.csv")
    assert done.returncode == 0
    assert "  - Nobody found any theme in them.\n" in done.stdout
    assert json.loads(run("agree", tmp_path / "x.csv", tmp_path / "y.csv", "--json").stdout)["agreement"] == []


def test_what_cannot_be_compared_is_told(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,theme\nx1,trust\n", encoding="utf-8")
    for words, code, told in (
        ((A,), ExitCode.USAGE, "There are the codes of one coder only."),
        ((A, A), ExitCode.USAGE, "One file of codes is named twice."),
        ((f"anna={A}", f"ben={A}"), ExitCode.USAGE, "One file of codes is named twice."),
        ((f"={A}", B), ExitCode.USAGE, "A label before a file of codes cannot be used."),
        (
            (A, other),
            ExitCode.BAD_SETTINGS_FILE,
            "than one coder: codes a looked at 8 answers; other looked at 1 answer.",
        ),
    ):
        done = run("agree", *words)
        assert done.returncode == code
        assert told in done.stderr


def test_coders_are_called_by_the_labels_before_their_files(run: Run) -> None:
    assert "  - anna and b: 8 answers" in run("agree", f"anna={A}", B).stdout
    assert "  - anna and ben: 8 answers" in run("agree", f"anna={A}", f"ben={B}").stdout


def test_what_to_talk_through_stands_in_the_order_of_ids(run: Run, tmp_path: Path) -> None:
    made = ["a0a63d42da8", "a06a1b2c3d4", "a5af0000001", "a1df0000001"]
    for who, theme in (("x", "trust"), ("y", "openness")):
        rows = "".join(f"{name},{theme}\n" for name in made)
        (tmp_path / f"{who}.csv").write_text(f"id,theme\n{rows}", encoding="utf-8")
    told = json.loads(run("agree", tmp_path / "x.csv", tmp_path / "y.csv", "--json").stdout)
    assert list(dict.fromkeys(each["answer"] for each in told["differences"])) == sorted(made)


def test_a_file_with_faults_is_refused_with_all_of_them(run: Run, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.csv"
    faulty.write_text("id,theme,stance\n1,Trsut,\n2,trust,cross\n", encoding="utf-8")
    done = run("agree", A, faulty)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "faulty.csv: 2 things to mend." in done.stderr
    assert "row 3, column 'stance'" in done.stderr


def test_no_file_is_written_over_unless_told_to(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    assert run("agree", A, B, "--csv", out).returncode == ExitCode.CANNOT_WRITE
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("agree", A, B, "--csv", A, "--force").returncode == ExitCode.CANNOT_WRITE
    assert run("agree", A, B, "--csv", out, "--disagreements", out, "--force").returncode == ExitCode.CANNOT_WRITE
    done = run("agree", A, B, "--csv", out, "--force")
    assert f"Written: {out}" in done.stdout
    assert read_csv(out)
