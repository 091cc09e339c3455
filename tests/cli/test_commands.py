"""The other commands as people and scripts run them: real files, real exit codes."""

import csv
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from coprod_cli.cli.choices import Engine
from coprod_cli.cli.main import COMMANDS
from coprod_cli.model.errors import ExitCode

Run = Callable[..., Any]
ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "data" / "samples"
MAIN = SAMPLES / "forum_survey.csv"


def test_a_wrong_option_is_a_usage_error(run: Run) -> None:
    assert run("analyse", MAIN, "--no-such-option").returncode == ExitCode.USAGE
    assert run("themes", "astrology").returncode == ExitCode.USAGE


def test_inspect_shows_every_column_and_writes_a_mapping_that_changes_nothing(
    run: Run, quick: tuple[Path, Any], tmp_path: Path
) -> None:
    done = run("inspect", MAIN, "--write", tmp_path / "map.toml")
    assert done.returncode == 0
    assert "project" in done.stdout
    assert "reversed" in done.stdout
    check, everything = done.stdout.split("Please check")[1].split("Every column of forum_survey.csv")
    assert "I know what happened because of what we said" in check
    assert "May we quote your words" not in check
    assert "May we quote your words" in everything
    assert run("inspect", MAIN, "--write", tmp_path / "map.toml").returncode == ExitCode.CANNOT_WRITE
    mapped = run("analyse", MAIN, "--engine", "cues", "--map", tmp_path / "map.toml", "--out", tmp_path / "out")
    assert mapped.returncode == 0, mapped.stderr
    assert (tmp_path / "out" / "scores.csv").read_bytes() == (quick[0] / "scores.csv").read_bytes()
    columns = json.loads(run("inspect", MAIN, "--json").stdout)["files"][0]["columns"]
    assert {"role", "project", "person", "consent", "item", "open"} <= {each["kind"] for each in columns}
    assert all(each["why"] for each in columns)


ANSWERS = [
    (
        "1",
        "They never listened to us. My son Zebedee Quill was ignored as well, ring 07700 900123.",
        "How was it?",
        "parent",
    ),
    ("2", "n/a", "How was it?", "parent"),
    ("3", "It was already decided before we were asked, a tick box exercise.", "", ""),
]


@pytest.mark.parametrize("engine", ["trained", "cues"])
def test_code_prints_one_json_object_a_mention_with_offsets_into_the_answer(
    run: Run, engine: str, tmp_path: Path
) -> None:
    table = tmp_path / "answers.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("id", "text", "question", "role"), *ANSWERS])
    words = ("--text", "text", "--id", "id", "--question", "question", "--role", "role", "--to", "jsonl", "--out", "-")
    done = run("code", table, *words, "--engine", engine)
    assert done.returncode == 0, done.stderr
    mentions = [json.loads(line) for line in done.stdout.splitlines()]
    texts = {number: text for number, text, *_ in ANSWERS}
    assert {each["id"] for each in mentions} <= {"1", "3"}
    assert "3" in {each["id"] for each in mentions}
    for each in mentions:
        assert list(each) == ["id", "theme", "stance", "level", "confidence", "unsure", "start", "end", "words"]
        assert 0 <= each["confidence"] <= 1
        given = texts[each["id"]][each["start"] : each["end"]]
        assert given == each["words"] or "[" in each["words"]
    assert "Zebedee" not in done.stdout
    assert "07700" not in done.stdout
    piped = run("code", "-", *words, "--engine", engine, stdin=table.read_text(encoding="utf-8"))
    assert piped.stdout == done.stdout
    as_csv = run("code", table, *words[:-4], "--to", "csv", "--engine", engine)
    assert len(list(csv.DictReader(as_csv.stdout.splitlines()))) == len(mentions)


def test_code_names_the_columns_there_are_when_one_is_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("number,comment\n1,Fine\n", encoding="utf-8")
    done = run("code", tmp_path / "answers.csv")
    assert done.returncode in {ExitCode.USAGE, ExitCode.UNREADABLE_SURVEY}
    assert "comment" in done.stderr


def test_themes_are_readable(run: Run) -> None:
    everything = run("themes").stdout
    assert all(name in everything for name in ("involved_early", "tokenism", "provision_delivery"))
    assert "Often confused with" in run("themes", "trust").stdout
    assert run("themes", "Being listened to").stdout == run("themes", "listened_to").stdout
    assert len(json.loads(run("themes", "--json").stdout)) == 20


def test_a_theme_is_shown_with_its_borders_and_the_rules_for_every_theme(run: Run) -> None:
    shown = run("themes", "adversarial").stdout
    assert "Trust, or a battle:" in shown
    assert "Often confused with: trust, respect_equality, emotional_impact, provision_delivery" in shown
    assert "For every theme:" in shown
    assert "No difference" not in shown
    (told,) = json.loads(run("themes", "adversarial", "--json").stdout)
    assert {"trust_or_battle", "meaning"} <= {each["id"] for each in told["borders"]}
    assert told["neighbours"][0] == "trust"


@pytest.mark.parametrize("engine", [each.value for each in Engine])
def test_reliability_is_a_table_that_fits_a_screen_and_the_same_figures_as_json(run: Run, engine: str) -> None:
    shown = run("themes", "--reliability", "--engine", engine).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "labelled by language models" in shown
    assert "Agreement with people is not yet" in " ".join(shown.split())
    told = json.loads(run("themes", "--reliability", "--engine", engine, "--json").stdout)
    assert (told["engine"], len(told["themes"]), told["not_measured"]) == (engine, 20, [])
    assert ("Of what it is sure of" in shown) == (told["overall"]["sure_precision"] is not None)
    lines = {line.split()[0]: line for line in shown.splitlines() if line and line[0] != " "}
    for each in told["themes"]:
        theme, cases, precision, *_, score = lines[each["theme"]].split()
        assert (theme, int(cases), float(precision)) == (each["theme"], each["cases"], round(each["precision"], 2))
        floor = told["floor"]
        reached = each["verdict_alpha"] >= floor["verdict_alpha"] and each["cases"] >= floor["cases"]
        assert score == {True: "yes", False: "no", None: "-"}[each["may_enter_score"]]
        assert each["may_enter_score"] in {reached, None}
    assert {each["theme"] for each in told["themes"] if each["may_enter_score"] is None} >= {"joined_up"}
    one = run("themes", "trust", "--reliability", "--engine", engine).stdout
    assert lines["trust"] in one
    assert "openness" not in one


def test_a_theme_of_ones_own_has_no_reliability_and_one_left_out_is_not_missed(run: Run, tmp_path: Path) -> None:
    text = files("coprod_cli").joinpath("frameworks/send.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace("joined_up", "in_one_piece"), encoding="utf-8")
    shown = run("themes", "--reliability", "--framework", mine).stdout
    assert re.search(r"^in_one_piece +not measured$", shown, flags=re.MULTILINE)
    assert "joined_up" not in shown
    told = json.loads(run("themes", "--reliability", "--framework", mine, "--json").stdout)
    assert told["not_measured"] == ["in_one_piece"]
    words = ("analyse", MAIN, "--framework", mine, "--engine", "fast", "--out", tmp_path / "out")
    done = run(*words, "--template", "research", "--to", "md")
    assert done.returncode == 0, done.stderr
    assert "has not learnt 1 of the themes" in (tmp_path / "out" / "research.md").read_text(encoding="utf-8")


def test_demo_writes_a_survey_and_its_report(run: Run, tmp_path: Path) -> None:
    done = run("demo", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "coprod-demo" / "forum_survey.csv").read_bytes() == MAIN.read_bytes()
    assert (tmp_path / "coprod-demo" / "report" / "report.html").is_file()
    assert files("coprod_cli").joinpath("samples/forum_survey.csv").read_bytes() == MAIN.read_bytes()
    again = run("demo", cwd=tmp_path)
    assert again.returncode == ExitCode.CANNOT_WRITE
    commands = re.findall(r"^  \S*coprod (.+)$", done.stdout, flags=re.MULTILINE)
    assert [run(*shlex.split(each), cwd=tmp_path).returncode for each in commands] == [0, 0]
    assert (tmp_path / "coprod-demo" / "report" / "report.docx").is_file()


def test_help_ends_in_an_example_and_version_is_told(run: Run) -> None:
    assert run("--version").stdout.startswith("coprod 0.")
    for command in ("analyse", "inspect", "code", "themes", "demo"):
        assert "Example: coprod" in run(command, "--help").stdout.strip().splitlines()[-1]


@pytest.mark.no_cover
@pytest.mark.parametrize(("command", "example"), [(name, example) for name, (_, example) in COMMANDS.items()])
def test_the_example_of_every_help_text_runs(
    run: Run, quick: tuple[Path, Any], command: str, example: str, tmp_path: Path
) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    words = shlex.split(example.removeprefix("Example: coprod "))
    assert words[0] == command
    if command == "report":
        shutil.copytree(quick[0], tmp_path / "coprod-demo" / "report")
    done = run(*words, cwd=tmp_path)
    assert (done.returncode, done.stderr.count("coprod: ")) == (0, 0)
    assert done.stdout


def test_the_help_of_every_command_has_room_in_one_line(run: Run) -> None:
    told = run("--help").stdout
    assert set(COMMANDS) <= set(told.split())
    assert "..." not in told.partition("Commands:")[2]


def test_help_does_not_import_pandas() -> None:
    script = (
        "import sys; sys.argv = ['coprod', '--help']\n"
        "from coprod_cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "assert not {'pandas', 'numpy', 'scipy', 'nltk', 'matplotlib', 'jinja2'} & set(sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_our_own_mistakes_show_where_but_never_the_words(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['coprod', 'themes']\n"
        "import coprod_cli.reading\n"
        "def read_framework(path): raise KeyError('words of Zebedee Quill')\n"
        "coprod_cli.reading.read_framework = read_framework\n"
        "from coprod_cli.__main__ import main\nmain()\n"
    )
    (tmp_path / "broken.py").write_text(script, encoding="utf-8")
    done = subprocess.run([sys.executable, tmp_path / "broken.py"], capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.OUR_BUG
    assert "report" in done.stderr
    assert "Quill" not in done.stderr.replace("raise KeyError('words of Zebedee Quill')", "")
