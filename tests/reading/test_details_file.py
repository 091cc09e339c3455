"""What a forum says of its year is taken as it stands; every slip in it is told at once, with its line."""

import re
import tomllib
from pathlib import Path

import pytest

from coprod_cli.model.details import Deed, Details, Practice, ServiceReply, YearNumber
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading import fit_details, read_details, write_details

PROJECTS = ("Short breaks offer", 'The "new" EHCP form')
FILLED = '''
[forum]
name = "Larkfield Parent Carer Forum"
year = "April 2025 to March 2026"
welcome = """
It was a full year.

Thank you
all."""
next_steps = ["Meet in May.", ""]

[survey]
invited = 412
opened = "March 2026"

[[numbers]]
label = "Members"
value = 1203
[[numbers]]
label = "Events"
value = "9, two of them online"
[[numbers]]
label = "Boards"
value = ""

[[you_said]]
project = "short BREAKS offer"
you_said = "Breaks at weekends."
we_did = "Saturday clubs began in two towns."
status = "done"
date = "2026-01-31"

[[good_practice]]
what = "Papers came a week before."

[service]
reply_by = "1 June 2026"

[[replies]]
who = "Head of short breaks"
text = "We agree."
'''


def save(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "details.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_form_can_be_read_as_it_is_and_holds_nothing(tmp_path: Path) -> None:
    read = read_details(save(tmp_path, write_details(PROJECTS)))
    assert read == Details(sha256=read.sha256)
    assert all(name.replace('"', "") in write_details(PROJECTS).replace('\\"', "") for name in ("Short breaks offer",))


def test_what_is_filled_in_is_taken_as_it_stands(tmp_path: Path) -> None:
    read = fit_details(read_details(save(tmp_path, FILLED)), PROJECTS)
    assert read.welcome == "It was a full year.\n\nThank you all."
    assert (read.name, read.invited, read.opened, read.reply_by) == (
        "Larkfield Parent Carer Forum",
        412,
        "March 2026",
        "1 June 2026",
    )
    assert read.next_steps == ("Meet in May.",)
    assert read.numbers == (YearNumber("Members", "1,203"), YearNumber("Events", "9, two of them online"))
    assert read.deeds == (
        Deed(
            "Short breaks offer",
            "Breaks at weekends.",
            "Saturday clubs began in two towns.",
            "done",
            "",
            "2026-01-31",
        ),
    )
    assert read.practice == (Practice("", "Papers came a week before."),)
    assert read.replies == (ServiceReply("", "Head of short breaks", "", "We agree."),)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('name = "Larkfield', 'nmae = "Larkfield', 3, "nmae"),
        ("invited = 412", 'invited = "lots"', 13, "invited"),
        ('status = "done"', 'status = "maybe"', 30, "maybe"),
        ('status = "done"', 'status = "not done"', 26, "reason"),
        ('label = "Members"', 'label = ""', 17, "counts"),
        ('who = "Head of short breaks"', 'who = ""', 40, "who wrote it"),
        ('next_steps = ["Meet in May.", ""]', 'next_steps = "Meet in May."', 10, "next_steps"),
    ],
)
def test_every_slip_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in FILLED
    with pytest.raises(SettingsFileError) as caught:
        read_details(save(tmp_path, FILLED.replace(old, new)))
    assert f"line {line}:" in caught.value.what
    assert said in caught.value.what
    assert caught.value.hint


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsFileError, match="2 things to mend") as caught:
        read_details(save(tmp_path, FILLED.replace("412", '"lots"').replace('"done"', '"maybe"')))
    assert "line 13" in caught.value.hint
    assert "line 30" in caught.value.hint


def test_a_project_that_the_results_lack_is_told_with_the_one_meant(tmp_path: Path) -> None:
    read = read_details(save(tmp_path, FILLED.replace("short BREAKS offer", "Short braks offer")))
    with pytest.raises(SettingsFileError, match="Short braks offer") as caught:
        fit_details(read, PROJECTS)
    assert 'Did you mean "Short breaks offer"?' in caught.value.hint


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsFileError, match="There is no file"):
        read_details(tmp_path / "details.toml")


def test_the_page_explains_every_key_and_its_examples_can_be_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "details.md").read_text(encoding="utf-8")
    form = tomllib.loads(write_details(()))
    for name, value in form.items():
        keys = value[0] if isinstance(value, list) else value
        for key in (name, *keys):
            assert f"`{key}`" in page or f"[{key}]" in page, key
    examples = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert len(examples) == 7
    path = tmp_path / "details.toml"
    path.write_text("\n".join(examples), encoding="utf-8")
    told = read_details(path)
    assert told.name == "Larkfield Parent Carer Forum"
    assert (told.invited, len(told.deeds), len(told.replies)) == (412, 1, 1)
    assert all(told.reflexivity)
