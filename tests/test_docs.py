"""What the docs say of commands, exit codes, options and files is what the program does.

After changing a command: COPROD_WRITE_DOCS=1 pytest tests/test_docs.py
"""

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coprod_cli import __version__
from coprod_cli.cli.choices import Engine
from coprod_cli.cli.main import COMMANDS, app
from coprod_cli.model.errors import ExitCode
from coprod_cli.model.tables import columns_of
from coprod_cli.reporting import BOOKS, FORMATS, OUTPUTS, TEMPLATES

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")])
LICENSES = sorted((ROOT / "LICENSES").iterdir())
MEANINGS = {
    ExitCode.DONE: "Done.",
    ExitCode.OUR_BUG: "Our mistake: please report the lines shown; they hold nothing from your survey.",
    ExitCode.USAGE: "The command was typed wrongly.",
    ExitCode.UNREADABLE_SURVEY: "The survey is missing, empty, not a table, or holds nothing that can be used.",
    ExitCode.BAD_SETTINGS_FILE: (
        "A file you wrote or changed is faulty (mapping, framework, governance, targets, details, quotes or codes), "
        "or an earlier report is."
    ),
    ExitCode.NOTHING_REPORTABLE: "No group was large enough for a score. The report was written all the same.",
    ExitCode.CANNOT_WRITE: "The results could not be put where they were asked for. Nothing was left half written.",
    ExitCode.GATE_NOT_MET: "A condition asked for with --require was not met. The report was written all the same.",
    ExitCode.INTERRUPTED: "Stopped from the keyboard. Nothing was left half written.",
}


def show_help(*words: str) -> str:
    environment = {"COLUMNS": "110", "NO_COLOR": "1", "TERM": "dumb", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}
    shown = CliRunner().invoke(app, [*words, "--help"], prog_name="coprod", env=environment)
    return "\n".join(line.rstrip() for line in shown.stdout.strip().splitlines())


def write_page() -> str:
    parts = [
        "# Commands\n",
        "This page is made from the program itself, by `COPROD_WRITE_DOCS=1 pytest tests/test_docs.py`.\n",
        "stdout carries results, stderr everything else. Where stdout is no terminal, text is plain.\n",
    ]
    for words in [(), *((name,) for name in COMMANDS)]:
        title = " ".join(("coprod", *words))
        parts.append(f"## {title}\n\n```text\n{show_help(*words)}\n```\n")
    parts.append("## Exit codes\n\n| code | name | meaning |\n|---|---|---|")
    parts += [f"| {code.value} | `{code.name}` | {MEANINGS[code]} |" for code in ExitCode]
    parts.append(
        "\n## Shell completion\n\n`coprod --install-completion` adds completion to your shell; "
        "`coprod --show-completion` prints it instead.\n"
    )
    return "\n".join(parts)


def test_the_page_of_commands_is_up_to_date() -> None:
    page = ROOT / "docs" / "commands.md"
    if os.environ.get("COPROD_WRITE_DOCS"):
        page.write_text(write_page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == write_page()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_pages_exist(page: Path) -> None:
    known = {*COMMANDS, "--help", "--version", "--install-completion", "--show-completion", "SURVEY"}
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL):
        for word in re.findall(r"^(?:.*/)?coprod ([\w-]+)", block, flags=re.MULTILINE):
            assert word in known, f"{page.name} uses coprod {word}"


def test_every_page_stands_in_the_list_of_pages_and_no_other() -> None:
    listed = re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    docs = ROOT / "docs"
    assert sorted(listed) == sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))


def test_the_page_of_results_names_every_file_and_every_column() -> None:
    page = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
    for name in (*OUTPUTS, "manifest.json"):
        assert name in page
    from coprod_cli.model.tables import Score, ThemeCount  # noqa: PLC0415 - used here alone

    for row in (Score, ThemeCount):
        for column in columns_of(row):
            assert f"`{column}`" in page, column


def test_the_gallery_shows_every_template_and_format_and_no_picture_that_is_not_there() -> None:
    docs = ROOT / "docs"
    page = (docs / "gallery.md").read_text(encoding="utf-8")
    parts = {part.partition("\n")[0].rpartition(": ")[2]: part for part in page.split("\n### ")[1:]}
    assert list(parts) == ["forum", "summary", "easy-read", "research", "html", "docx", "xlsx", "pdf", "md"]
    assert parts.keys() == {*TEMPLATES, *FORMATS, *BOOKS}
    for name, part in parts.items():
        option = "--template" if name in TEMPLATES else "--to"
        assert f"{option} {name}" in part.partition("```sh\n")[2].partition("```")[0]
        assert name not in TEMPLATES or "](gallery/" in part
    shown = re.findall(r"!\[([^\]]+)\]\((gallery/[\w-]+\.png)\)", page)
    assert all(len(words) > 40 for words, _ in shown)
    pictures = {path.relative_to(docs).as_posix() for path in (docs / "gallery").iterdir()}
    assert {picture for _, picture in shown} == pictures
    assert sum((docs / each).stat().st_size for each in pictures) < 1_500_000


def test_every_licence_of_others_is_named_and_none_is_named_without_its_text() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert set(re.findall(r"LICENSES/[\w.-]+\.txt", notice)) == {f"LICENSES/{path.name}" for path in LICENSES}
    text = (ROOT / "LICENSES" / "MIT-MiniLM.txt").read_text(encoding="utf-8")
    assert "Copyright (c) Microsoft Corporation" in text
    assert "shall be included in all\ncopies" in text


def test_the_readme_says_how_far_to_trust_the_coding_without_figures_that_go_stale() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    part = page.partition("## How good is the coding?")[2].partition("\n## ")[0]
    told = ("coprod themes --reliability", "training/MODEL_CARD.md", "language models", "coprod explain")
    for words in (*told, *(f"`{each.value}`" for each in Engine)):
        assert words in part
    assert not re.search(r"\d\.\d|\d ?%", part)


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
