"""coprod learn makes a coder from hand codes; analyse --coder codes with it and says how it was measured."""

import csv
import hashlib
import io
import json
import random
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import numpy as np
import pytest
from openpyxl import load_workbook

from coprod_cli.model.errors import ExitCode
from coprod_cli.model.learning import CARD, CODER, FRAMEWORK, NUMBERS, PARTS

Run = Callable[..., CompletedProcess[str]]
BOOK = """name,description
Getting there,"Whether the place, the time and the way there let people come. Parking, buses, late meetings."
Kindness,How people are spoken to and treated. Warm or cold words.
Being told,"Whether anybody told people afterwards what had come of what they said: letters, calls, feedback."
Music,Songs.
"""
TOLD = tomllib.loads(Path(__file__).with_name("lessons.toml").read_text(encoding="utf-8"))
GETTING_THERE, OTHER = TOLD["Getting there"], TOLD["Other"]
THEMES = {"" if theme == "Other" else theme: answers for theme, answers in TOLD.items()}
BAD = ("full", "no ", "nine", "rude", "cold on", "like a child", "rolled", "Nobody", "never", "No feedback", "not know")
HEAD = ("id", "theme", "stance", "text", "person", "project")
ONLY_ONE = "Zebedeeish"


class Made(NamedTuple):
    codes: Path
    book: Path
    model: Path
    card: Path
    said: str


def list_codes() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for theme, answers in THEMES.items():
        for number, words in enumerate(answers):
            stance = ("negative" if any(each in words for each in BAD) else "positive") if theme else ""
            who = f"person {len(rows) % 12}"
            told = f"{words}, [name] said {ONLY_ONE}" if words == OTHER[0] else words
            rows.append((f"{theme[:2]}{number}", theme, stance, told, who, "one" if number % 2 else "two"))
    return rows


def write_codes(path: Path, rows: Sequence[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.fixture(scope="module")
def made(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("learn")
    book = folder / "book.csv"
    book.write_text(BOOK, encoding="utf-8")
    codes = write_codes(folder / "codes.csv", list_codes())
    model, card = folder / "mine.coder", folder / "card.md"
    done = run("learn", codes, "--framework", book, "--out", model, "--card", card)
    assert done.returncode == 0, done.stderr
    return Made(codes, book, model, card, done.stdout)


@pytest.fixture(scope="module")
def analysed(made: Made, run: Run) -> Path:
    survey = made.model.with_name("survey.csv")
    lines = ["Respondent ID,I am a...,Which project?,What was good?"]
    lines += [f'{number},Parent or carer,Short breaks,"{words}"' for number, words in enumerate(GETTING_THERE + OTHER)]
    survey.write_text("\n".join(lines), encoding="utf-8")
    out = made.model.with_name("report")
    done = run("analyse", survey, "--coder", made.model, "--audience", "raw", "--out", out, "--template", "research")
    assert done.returncode in {ExitCode.DONE, ExitCode.NOTHING_REPORTABLE}, done.stderr
    return out


def pack(path: Path, parts: dict[str, bytes]) -> Path:
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items() if name != PARTS}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**parts, PARTS: json.dumps({"parts": listed}).encode()}.items():
            archive.writestr(name, content)
    return path


def unpack(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_screen_says_how_good_it_is_and_whether_more_coding_will_help(made: Made) -> None:
    assert "32 hand-coded answers, 8 of them without any theme" in made.said
    assert "a fifth of the people was left out at a time (12 in all)" in made.said
    assert "Getting there | Hand codes: 8 (few) | F1 and likely range: " in made.said
    assert "“Music” (0)" in made.said
    assert "Will more coding help?" in made.said
    assert "not enough answers to say. It takes at least 60 answers to learn from." in made.said
    # It shares no theme with the coder that ships, so there is nothing to set beside it.
    assert "better than the coder that ships" not in made.said
    assert "With this coder none of 4 themes may enter a score" in made.said
    # Whose survey it is, is not known: codes of another one would be refused.
    assert f"Use it: coprod analyse SURVEY --coder {made.model}\n" in made.said
    assert "If SURVEY is the one that was coded, name the files of codes, too" in made.said
    assert " kB, with its model card inside." in made.said
    assert "Level: no hand code says one" in made.said


def test_the_card_stands_in_the_model_and_beside_it(made: Made) -> None:
    card = made.card.read_bytes()
    assert unpack(made.model)[CARD] == card
    told = card.decode()
    for expected in ("What this is", "What was learnt", "What of people's words is in it", "What it is not for"):
        assert expected in told
    assert "No answer, no evidence, no name" in told


def test_the_same_codes_give_the_same_bytes_in_any_order(made: Made, run: Run, tmp_path: Path) -> None:
    rows = list_codes()
    random.Random(3).shuffle(rows)  # noqa: S311 - repeatable, not secret
    again = tmp_path / "again.coder"
    done = run("learn", write_codes(tmp_path / "other name.csv", rows), "--framework", made.book, "--out", again, "-q")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert again.read_bytes() == made.model.read_bytes()


def test_the_model_holds_no_word_of_one_person_no_id_and_no_mask(made: Made) -> None:
    parts = unpack(made.model)
    told = json.loads(parts[CODER])
    terms = {*told["words"], *told["pieces"]}
    assert terms
    assert not {term for term in terms if "zebe" in term or "[" in term or "name" in term.split()}
    whole = b"".join(parts[name] for name in (CODER, CARD)).decode()
    for secret in (ONLY_ONE.lower(), "person 1", "biscuit", "codes.csv", "Ge1"):
        assert secret not in whole.lower()


def test_its_numbers_are_those_of_the_coder_alone_and_bear_no_time(made: Made) -> None:
    # NumPy before 2 would take savez's `allow_pickle` for one more array.
    with zipfile.ZipFile(io.BytesIO(unpack(made.model)[NUMBERS])) as numbers:
        listed = [each.filename for each in numbers.infolist()]
        assert {each.date_time for each in numbers.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert listed == sorted(listed)
    assert not [name for name in listed if "pickle" in name]


def test_nothing_in_the_model_is_a_pickle(made: Made) -> None:
    with np.load(io.BytesIO(unpack(made.model)[NUMBERS]), allow_pickle=False) as numbers:
        assert all(numbers[name].dtype.kind == "f" for name in numbers.files)


def test_it_codes_a_survey_by_its_own_themes_and_marks_words_that_are_there(analysed: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((analysed / "coded_answers.csv").read_text(encoding="utf-8"))))
    found = [row for row in rows if row["theme"]]
    assert {row["coder"] for row in found} == {"learnt"}
    assert {row["theme_name"] for row in found} <= {"Getting there", "Kindness", "Being told"}
    right = sum(row["theme_name"] == "Getting there" and row["words"] in GETTING_THERE for row in found)
    assert right >= 6
    for row in found:
        assert row["words"][int(row["start"]) : int(row["end"])] == row["evidence"] != ""
        assert row["level"] == "project"
        assert row["stance"] in {"positive", "negative"}


def test_the_report_says_how_this_coder_was_measured(analysed: Path, made: Made) -> None:
    results = json.loads((analysed / "results.json").read_text(encoding="utf-8"))
    assert results["settings"]["engine"] == results["coder"]["engine"] == "learnt"
    assert results["coder"]["how_measured"].startswith("Measured on 32 hand-coded answers")
    assert results["framework"]["id"] == "book"
    assert "one by one: coprod review SURVEY --coder MODEL" in {each["hint"][-46:] for each in results["notices"]}
    # Eight answers a theme are too few to tell of.
    assert {each["cases"] for each in results["coder"]["themes"]} == {0}
    research = (analysed / "research.html").read_text(encoding="utf-8")
    assert "Measured on 32 hand-coded answers" in research
    assert "made-up answers" not in research
    manifest = json.loads((analysed / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["coder_sha256"] == hashlib.sha256(made.model.read_bytes()).hexdigest()


def test_other_commands_take_it_too(made: Made, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    table.write_text(f"text\n{GETTING_THERE[0]}\n", encoding="utf-8")
    done = run("code", table, "--coder", made.model)
    assert [json.loads(line)["theme"] for line in done.stdout.splitlines()] == ["getting_there"]
    done = run("explain", GETTING_THERE[0], "--coder", made.model)
    assert "Engine: learnt." in done.stdout
    assert "Named" in done.stdout


@pytest.mark.parametrize("command", ["sheet", "suggest"])
def test_a_folder_for_coders_says_which_coder_chose_its_answers(
    made: Made, run: Run, tmp_path: Path, command: str
) -> None:
    survey = tmp_path / "survey.csv"
    asked = "\n".join(f"{at},Parent or carer,{words}" for at, words in enumerate(GETTING_THERE))
    survey.write_text(f"Respondent ID,I am a...,What was good?\n{asked}\n", encoding="utf-8")
    done = run(command, survey, "--coder", made.model, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["coder_sha256"] == hashlib.sha256(made.model.read_bytes()).hexdigest()


def test_figures_come_as_json(run: Run, tmp_path: Path) -> None:
    # Themes that the shipped coder knows start from what it knows; those with few codes are left to it.
    rows = [
        (name, {"Kindness": "respect_equality", "Being told": "influence_feedback"}.get(theme, ""), stance, *rest)
        for name, theme, stance, *rest in list_codes()
    ]
    rows = [(name, theme, stance if theme else "", *rest) for name, theme, stance, *rest in rows]
    codes = write_codes(tmp_path / "codes.csv", rows)
    done = run("learn", codes, "--out", tmp_path / "send.coder", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    by = {each["theme"]: each["by"] for each in told["themes"]}
    assert by.pop("respect_equality") == by.pop("influence_feedback") == "learnt"
    assert set(by.values()) == {"shipped"}
    shown = next(each for each in told["themes"] if each["theme"] == "influence_feedback")
    assert shown["coded"] == 8
    assert shown["low"] <= shown["f1"] <= shown["high"]
    assert shown["shipped_f1"] is not None
    stance = told["stance"]
    assert stance["low"] <= stance["accuracy"] <= stance["high"]
    assert set(told["level"]) == set(stance)
    assert told["sure_precision_low"] <= told["sure_precision"] <= told["sure_precision_high"]
    beside = told["beside_shipped"]
    assert (beside["themes"], beside["answers"]) == (2, 32)
    assert beside["difference_low"] <= beside["difference"] <= beside["difference_high"]
    assert [each["codes"] for each in told["curve"]] == sorted(each["codes"] for each in told["curve"])


def test_words_and_people_come_from_the_survey_that_was_coded(made: Made, run: Run, tmp_path: Path) -> None:
    survey = tmp_path / "survey.csv"
    lines = ["Respondent ID,I am a...,Which project?,What was good?"]
    lines += [f'{row[0]},Parent or carer,Project {at % 4},"{row[3]}"' for at, row in enumerate(list_codes())]
    survey.write_text("\n".join(lines), encoding="utf-8")
    sheets = tmp_path / "sheets"
    done = run("sheet", survey, "--blind", "--engine", "cues", "--framework", made.book, "--coders", 1, "--out", sheets)
    assert done.returncode == 0, done.stderr
    themes = {row[3]: row[1] for row in list_codes()}
    book = load_workbook(sheets / "coder-1.xlsx")
    sheet = book["Coding"]
    column = {str(cell.value): cell.column for cell in sheet[2] if cell.value}
    read = [[row[column[name] - 1] for name in ("id", "masked words")] for row in sheet.iter_rows(3, values_only=True)]
    coded = [(str(name), themes.get(str(words), "")) for name, words in read if name]
    codes = write_codes(tmp_path / "codes.csv", coded, ("id", "theme"))
    model = tmp_path / "mine.coder"
    done = run("learn", codes, "--answers", survey, "--framework", made.book, "--out", model)
    assert done.returncode == 0, done.stderr
    assert "a fifth of the people was left out at a time (32 in all)" in done.stdout
    assert "On projects that it never saw, of 4 left out in turn" in done.stdout
    assert "Stance: not measured, as no hand code says one." in done.stdout
    assert "unequal chances" not in done.stdout
    assert f"Use it: coprod analyse {survey} --coder {model} --codes {codes}\n" in done.stdout
    assert_lessons_are_set_aside(run, survey, model, codes)


def assert_lessons_are_set_aside(run: Run, survey: Path, model: Path, codes: Path) -> None:
    """A coder says nothing of itself on what it learnt from, with the codes that it learnt from or without."""
    flags = ("--coder", model, "--audience", "raw", "--template", "research", "--to", "md")
    without = run("analyse", survey, *flags, "--out", survey.with_name("without"))
    assert "32 of the answers taught this coder and were coded by it again" in without.stdout + without.stderr
    beside = run("analyse", survey, *flags, "--codes", codes, "--out", survey.with_name("beside"))
    assert "32 of the answers that people coded taught this coder" in beside.stdout + beside.stderr
    assert "coded by it again" not in beside.stdout + beside.stderr
    results = json.loads((survey.with_name("beside") / "results.json").read_text(encoding="utf-8"))
    assert results["checked"]["by_hand"] == 32
    assert results["checked"]["drawn"] == 0
    assert "or the machine had learnt from them" in (survey.with_name("beside") / "research.md").read_text("utf-8")


def test_codes_made_with_suggestions_in_sight_are_told_of(made: Made, run: Run, tmp_path: Path) -> None:
    rows = [(row[0], row[1], row[3], "" if at < 12 else "A theme") for at, row in enumerate(list_codes())]
    codes = write_codes(tmp_path / "codes.csv", rows, ("id", "theme", "text", "machine suggests"))
    done = run("learn", codes, "--framework", made.book, "--out", tmp_path / "seen.coder")
    assert done.returncode == 0, done.stderr
    assert "20 of them were coded with a machine's codes in sight" in done.stdout
    assert "no words but those that ship with coprod" in done.stdout
    card = unpack(tmp_path / "seen.coder")[CARD].decode()
    assert "20 of them were coded with a machine's codes in sight" in card
    assert "no other word is taken" in card


@pytest.mark.parametrize("by", [0, 1])
def test_codes_of_several_files_and_uneven_draws_are_told_of(made: Made, run: Run, tmp_path: Path, by: int) -> None:
    rows = list_codes()
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    for path, weight, own in ((first, by, rows[:20]), (second, 2 * by, rows[16:])):
        write_codes(path, [(row[0], row[1], row[3], str(weight)) for row in own], ("id", "theme", "text", "weight"))
    done = run("learn", first, second, "--framework", made.book, "--out", tmp_path / "two.coder")
    assert done.returncode == 0, done.stderr
    assert "4 answers were coded more than once" in done.stderr
    assert "32 hand-coded answers" in done.stdout
    assert "The answers had unequal chances of being drawn" in done.stdout
    assert "It is not known who wrote which answer." in done.stdout


def test_the_folder_of_a_report_teaches_what_people_coded_there(made: Made, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    ids = {"Getting there": "getting_there", "Kindness": "kindness", "Being told": "being_told", "": ""}
    lines = [
        "answer,person,project,role,wave,question,asked,theme,stance,level,confidence,start,end,evidence,words,coder,unsure"
    ]
    for name, theme, stance, words, who, project in list_codes():
        code = f'{ids[theme]},{stance},project,1,0,5,"{words[:5]}"' if theme else ",,,,0,0,"
        lines.append(f'{name},{who},{project},parent,,q1,What was good?,{code},"{words}",person,no')
    # What only the machine coded is not learnt from.
    lines.append("zz1,p,one,parent,,q1,What was good?,kindness,positive,project,0.9,0,4,Kind,Kind folk,trained,no")
    lines.append("zz2,p,one,parent,,q1,What was good?,,,,,0,0,,Rain again,,no")
    (folder / "coded_answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "framework.toml").write_bytes(unpack(made.model)[FRAMEWORK])
    settings = {"settings": {"audience": "raw", "engine": "trained"}, "coder": {"engine": "trained"}}
    (folder / "results.json").write_text(json.dumps({"schema": "coprod-results/1", **settings}), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"schema": "coprod-manifest/1", "outputs": []}), encoding="utf-8")
    done = run("learn", folder, "--out", tmp_path / "mine.coder", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["answers"], told["left_out_by"], told["groups"]) == (32, "person", 12)
    assert {each["theme"]: each["coded"] for each in told["themes"]}["kindness"] == 8
    done = run("learn", folder / "coded_answers.csv", "--out", tmp_path / "other.coder")
    assert done.returncode == ExitCode.USAGE
    assert "Give its folder" in done.stderr


@pytest.mark.parametrize("name", [CODER, NUMBERS, FRAMEWORK, PARTS])
def test_a_damaged_model_is_refused(name: str, made: Made, run: Run, tmp_path: Path) -> None:
    parts = unpack(made.model)
    changed = tmp_path / "changed.coder"
    with zipfile.ZipFile(changed, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content.replace(b"0", b"1", 1) if each == name else content)
    done = run("explain", "The bus was late.", "--coder", changed)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "changed.coder is no model that coprod learn wrote, or it is damaged." in done.stderr


def test_a_pickle_in_a_model_is_never_opened(made: Made, run: Run, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, centre=np.asarray([{"a": 1}], dtype=object))
    changed = pack(tmp_path / "evil.coder", {**unpack(made.model), NUMBERS: buffer.getvalue()})
    done = run("explain", "The bus was late.", "--coder", changed)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "evil.coder is not as coprod learn wrote it." in done.stderr


def test_a_model_of_another_version_must_be_learnt_again(made: Made, run: Run, tmp_path: Path) -> None:
    parts = unpack(made.model)
    told = {**json.loads(parts[CODER]), "shipped_sha256": "0" * 64}
    changed = pack(tmp_path / "old.coder", {**parts, CODER: json.dumps(told).encode()})
    done = run("explain", "The bus was late.", "--coder", changed)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "old.coder was made with another version of coprod." in done.stderr
    assert "coprod learn" in done.stderr


def test_a_framework_without_its_themes_is_refused(made: Made, run: Run, tmp_path: Path) -> None:
    book = tmp_path / "other.csv"
    book.write_text("name,description\nKindness,Warm words\n", encoding="utf-8")
    done = run("explain", "The bus was late.", "--coder", made.model, "--framework", book)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "codes 2 themes that the framework does not have" in done.stderr


def test_an_engine_beside_it_is_refused(made: Made, run: Run) -> None:
    done = run("explain", "The bus was late.", "--coder", made.model, "--engine", "fast")
    assert done.returncode == ExitCode.USAGE
    assert "Both --engine and --coder are given." in done.stderr


def test_what_cannot_be_learnt_from_is_told_plainly(made: Made, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "x.coder"
    few = write_codes(tmp_path / "few.csv", list_codes()[:20])
    done = run("learn", few, "--framework", made.book, "--out", out)
    assert done.returncode == ExitCode.USAGE
    assert "There are 20 hand-coded answers that say something: too few to learn from." in done.stderr
    assert "Code at least 30" in done.stderr
    alike = write_codes(tmp_path / "alike.csv", [(row[0], "Kindness", "positive", *row[3:]) for row in list_codes()])
    done = run("learn", alike, "--framework", made.book, "--out", out)
    assert "No theme can be learnt" in done.stderr
    assert "stands in 32 of 32" in done.stderr
    survey = write_codes(tmp_path / "survey.csv", [("1", "The bus")], ("Respondent ID", "What was good?"))
    done = run("learn", survey, "--out", out)
    assert "survey.csv holds nobody's codes: is it the survey?" in done.stderr
    assert "The survey goes after --answers." in done.stderr
    wordless = write_codes(tmp_path / "wordless.csv", [row[:2] for row in list_codes()], ("id", "theme"))
    done = run("learn", wordless, "--framework", made.book, "--out", out)
    assert "The words of the coded answers are nowhere to be found." in done.stderr
    assert "--answers SURVEY" in done.stderr
    done = run("learn", made.codes, "--framework", made.book, "--out", made.model)
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "exists already" in done.stderr
    assert not out.exists()
