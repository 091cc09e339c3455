"""What a volunteer writes into a governance file is read, or the line is named that must be mended."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.governance import Body, Fact, Governance, Origin
from coprod_cli.reading import read_framework, read_governance

Write = Callable[..., Path]
WHOLE = """\
as_of = 2026-01-31

[[projects]]
project = "Short breaks offer"
called = "co-production"
promised = "co-design"
changed = ["Bookings open a month earlier.", "  "]

[projects.dates]
started = "2025-01-13"
first_contact = 2025-02-03
decided = "2025-01-20"
ended = ""
status = "verified"
who = "Board clerk"
evidence = "Decision record 14"
date = "2025-01-20"

[projects.producers]
number = 0
status = "disputed"

[projects.asked]
parent = 120
practitioner = 40

[[projects.facts]]
fact = "G07"
answer = "Partly"

[[projects.facts]]
fact = "G01"
answer = "no"
status = "verified"
who = "Chair of the forum"
evidence = "Minutes"
date = "2025-02-04"

[[projects.bodies]]
name = "Change board"
kind = "board"
parent_seat = "not known"
decides = true

[projects.replies]
RF02 = "We should have asked sooner."

[[projects]]
project = "School transport"
"""


def read(write: Write, text: str) -> Governance:
    return read_governance(write(text, "governance.toml"), read_framework())


def test_a_whole_file_is_read_as_it_is_written(write: Write) -> None:
    found = read(write, WHOLE)
    assert (found.as_of, len(found.sha256), found.notices) == ("2026-01-31", 64, ())
    first, second = found.projects
    assert second.project == "School transport"
    assert (second.facts, second.producers, second.dates_status) == ((), -1, "claimed")
    assert (first.called, first.promised, first.changed) == (
        "co-production", "Co-design", ("Bookings open a month earlier.",),
    )  # fmt: skip
    assert (first.started, first.first_contact, first.decided, first.ended) == (
        "2025-01-13", "2025-02-03", "2025-01-20", "",
    )  # fmt: skip
    assert (first.dates_status, first.dates_origin) == (
        "verified", Origin("Board clerk", "Decision record 14", "2025-01-20"),
    )  # fmt: skip
    assert (first.producers, first.producers_status) == (0, "disputed")
    assert first.asked == (("parent", 120), ("practitioner", 40))
    assert first.facts == (
        Fact("G01", "no", "verified", "Chair of the forum", "Minutes", "2025-02-04"),
        Fact("G07", "partly", "claimed"),
    )
    assert first.bodies == (Body("Change board", "board", "not known", decides=True, status="claimed"),)
    assert first.replies == (("RF02", "We should have asked sooner."),)


PROJECT = '[[projects]]\nproject = "A"\n'
BODY = '[[projects.bodies]]\nkind = "board"\nparent_seat = "no"\n'
FACT = '[[projects.facts]]\nfact = "G03"\nanswer = "no"\n'


@pytest.mark.parametrize(
    ("text", "line", "what", "hint"),
    [
        ("", 0, "no project", "[[projects]]"),
        ("[[project]]\n", 1, "no key 'project'", "projects"),
        ("[projects]\n", 1, "must be tables", "[[projects]]"),
        ('[[projects]]\nproject = " "\n', 2, "no name", "named as in the survey"),
        ("[[projects]]\n", 1, "'project' is missing", "project"),
        (PROJECT + 'colour = "red"\n', 3, "no key 'colour'", "called"),
        (PROJECT + 'promised = "Magic"\n', 3, "cannot be 'Magic'", "Co-design"),
        (PROJECT + 'changed = "Much"\n', 3, "a list of words", "changed = ["),
        (PROJECT + PROJECT.replace("A", "a."), 4, "named twice", "one [[projects]]"),
        ("as_of = 2026\n" + PROJECT, 1, "must be words", "as_of"),
        ('as_of = "31/01/2026"\n' + PROJECT, 1, "must be a date", '"2026-01-31"'),
        ('as_of = "2026-02-30"\n' + PROJECT, 1, "a day that there is not", "Correct"),
        (PROJECT + '[projects.dates]\nstarted = "2026-02-01"\nended = "2026-01-01"\n', 5, "ended before", "Correct"),
        (PROJECT + '[projects.dates]\nbegun = "2026-02-01"\n', 4, "no key 'begun'", "started"),
        (PROJECT + "[[projects.dates]]\n", 3, "must be a table", "[projects.dates]"),
        (PROJECT + "dates = { begun = 2026-02-01 }\n", 3, "no key 'begun'", "started"),
        (PROJECT + 'dates = { start = "" }\n', 3, "no key 'start'", "Do you mean 'started'?"),
        (PROJECT + 'dates = { started = "2062-01-01", ended = "20260-01-01" }\n', 3, "must be a date", "2026-01-31"),
        (PROJECT + 'dates = { started = "0025-01-01" }\n', 3, "cannot be in the year 25", "Correct"),
        (PROJECT + "dates = { started = 2025-02-30 }\n", 3, "there is no such day", "year first"),
        ("as_of = 31/01/2026\n" + PROJECT, 1, "this is no date", "2026-01-31"),
        (PROJECT + 'producers = { number = "six" }\n', 3, "a number from 0", "number"),
        (
            PROJECT + 'bodies = [\n  # { name = "A" },\n  { name = "B", kind = "bored", parent_seat = "no" },\n]\n',
            5,
            "cannot be 'bored'",
            "workstream",
        ),
        (PROJECT + '[projects.facts]\nG01 = "yes"\nG03 = "aye"\n', 5, "cannot be 'aye'", "not known"),
        (
            PROJECT + '[projects.facts]\nG01 = { answer = "yes", status = "verified" }\n',
            4,
            "who, evidence and date",
            "seen",
        ),
        (PROJECT + '[projects.facts]\nG99 = "yes"\n', 4, "no fact 'G99'", "G17"),
        (PROJECT + "[projects.facts]\nG01 = 1\n", 4, "must be words", "quotation marks"),
        (PROJECT + 'facts = "none"\n', 3, "must be tables", "[[projects.facts]]"),
        (PROJECT + "[projects.producers]\nnumber = -1\n", 4, "a number from 0", "number"),
        (PROJECT + "[projects.asked]\nparent = 2.5\n", 4, "whole number", "people"),
        (PROJECT + "[projects.asked]\nmum = 2\n", 4, "no key 'mum'", "parent"),
        (PROJECT + '[projects.replies]\nRF99 = "No."\n', 4, "no key 'RF99'", "RF01"),
        (PROJECT + FACT.replace("G03", "G99"), 4, "no fact 'G99'", "G17"),
        (PROJECT + FACT.replace("no", "maybe"), 5, "cannot be 'maybe'", "not known"),
        (PROJECT + FACT + FACT, 7, "given twice", "disputed"),
        (PROJECT + FACT + PROJECT.replace("A", "B") + FACT + 'status = "sure"\n', 11, "cannot be 'sure'", "claimed"),
        (PROJECT + BODY, 3, "'name' is missing", "name"),
        (PROJECT + BODY.replace("board", "panel") + 'name = "B"\n', 4, "cannot be 'panel'", "workstream"),
        (PROJECT + BODY + 'name = "B"\ndecides = "yes"\n', 7, "true or false", "decides"),
        (PROJECT + BODY + 'name = "B"\n' + BODY + 'name = "B"\n', 10, "a name of its own", "each row"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(text: str, line: int, what: str, hint: str, write: Write) -> None:
    with pytest.raises(SettingsFileError) as told:
        read(write, text)
    assert re.match(rf"governance\.toml, line {line}: " if line else r"governance\.toml: ", told.value.what)
    assert what in told.value.what
    assert hint in told.value.hint


MANY = """\
as_of = "2025-13-01"
[[projects]]
project = "A"
called = co-production
promsed = "Co-design"
dates = { started = 2025-02-30, who = "" }
producers = { number = "7", status = "verified", who = "Clerk" }
[projects.facts]
G01 = { answer = "aye", status = "sure" }
G02 = { answer = "yes", status = "verified", who = "Clerk, evidence = "Minutes", date = "2025-01-01" }
"""


def test_all_faults_of_a_file_are_told_at_once_each_with_line_and_hint(write: Write) -> None:
    with pytest.raises(SettingsFileError) as told:
        read(write, MANY)
    assert told.value.what == "governance.toml: 8 things to mend."
    lines = told.value.hint.splitlines()
    assert [int(number) for number in re.findall(r"line (\d+):", told.value.hint)] == [1, 4, 5, 6, 7, 9, 9, 10]
    assert len(lines) == 16
    assert all(hint.startswith("            ") for hint in lines[1::2])
    assert "evidence and date are not given" in told.value.hint


def test_what_stands_beyond_a_broken_bracket_is_not_guessed_at(write: Write) -> None:
    for text in (
        '[[projects]\nproject = "A"\ncolour = 1\n',
        PROJECT + 'changed = ["a",\n[projects.dates]\nbegun = ""\n',
    ):
        with pytest.raises(SettingsFileError, match="this cannot be read as a setting") as told:
            read(write, text)
        assert "Mend this first" in told.value.hint
        assert "no key" not in told.value.hint


def test_the_short_layout_says_the_same_as_the_long_one(write: Write) -> None:
    short = """\
as_of = 2026-01-31
survey_projects = ["Short breaks offer", "School transport"]
[[projects]]
project = "Short breaks offer"
called = "co-production"
promised = "co-design"
changed = ["Bookings open a month earlier.", "  "]
dates = { started = "2025-01-13", first_contact = 2025-02-03, decided = "2025-01-20", status = "verified", \
who = "Board clerk", evidence = "Decision record 14", date = "2025-01-20" }
producers = { number = "0", status = "disputed" }
asked = { parent = "120", practitioner = 40, other = "" }
replies = { RF02 = "We should have asked sooner." }
bodies = [
  { name = "Change board", kind = "board", parent_seat = "not known", decides = true },
]
[projects.facts]
G07 = "Partly"
G01 = { answer = "no", status = "verified", who = "Chair of the forum", evidence = "Minutes", date = "2025-02-04" }
[[projects]]
project = "School transport"
""".replace("\\\n", "")
    found = read(write, short)
    assert found.projects == read(write, WHOLE).projects
    assert found.surveyed == ("Short breaks offer", "School transport")


def test_dates_that_are_still_to_come_are_told(write: Write) -> None:
    text = 'as_of = "2025-06-01"\n' + PROJECT + 'dates = { started = "2025-05-01", decided = "2025-07-01" }\n'
    (notice,) = read(write, text).notices
    assert notice.code == "governance-to-come"
    assert notice.message.count("decided") == 1
    assert "started" not in notice.message


ORIGIN = 'who = "Clerk"\nevidence = "Minutes"\ndate = "2025-03-01"\n'


@pytest.mark.parametrize("key", ["who", "evidence", "date"])
@pytest.mark.parametrize(
    "table",
    [
        FACT,
        '[[projects.bodies]]\nname = "B"\nkind = "board"\nparent_seat = "no"\n',
        '[projects.dates]\ndecided = "2025-03-01"\n',
        "[projects.producers]\nnumber = 0\n",
    ],
)
def test_what_is_called_verified_says_who_on_what_evidence_and_of_what_day(key: str, table: str, write: Write) -> None:
    whole = PROJECT + table + 'status = "verified"\n' + ORIGIN
    read(write, whole)
    lacking = re.sub(rf"(?m)^{key} = .*\n", "", whole)
    with pytest.raises(SettingsFileError, match=rf"called verified, but .*{key}.* not given") as told:
        read(write, lacking)
    line = lacking.splitlines().index('status = "verified"') + 1
    assert f"line {line}:" in told.value.what
    assert 'status = "claimed"' in told.value.hint


@pytest.mark.parametrize("table", [FACT, "[projects.producers]\n"])
def test_evidence_is_not_dated_after_the_day_the_file_speaks_of(table: str, write: Write) -> None:
    read(write, 'as_of = "2025-03-01"\n' + PROJECT + table + ORIGIN)
    with pytest.raises(SettingsFileError, match="dated after 2025-02-28"):
        read(write, 'as_of = "2025-02-28"\n' + PROJECT + table + ORIGIN)


TOLD_NOBODY = FACT.replace("G03", "G08") + 'status = "verified"\n' + ORIGIN
ENDED = '[projects.dates]\nended = "2025-06-30"\nstatus = "verified"\n' + ORIGIN


def test_a_rule_that_counts_months_needs_the_day_it_counts_to(write: Write) -> None:
    with pytest.raises(SettingsFileError, match=r"'as_of' is missing, and RF05 \(Nobody came back\)") as told:
        read(write, PROJECT + ENDED + TOLD_NOBODY)
    assert 'as_of = "2026-01-31"' in told.value.hint
    assert read(write, 'as_of = "2026-01-31"\n' + PROJECT + ENDED + TOLD_NOBODY).notices == ()
    assert read(write, PROJECT + ENDED + TOLD_NOBODY.replace("verified", "claimed")).notices == ()
    assert read(write, PROJECT + ENDED.replace("verified", "claimed") + TOLD_NOBODY).notices == ()
    (notice,) = read(write, PROJECT + TOLD_NOBODY).notices
    assert notice.code == "governance-undated"
    assert "RF05" in notice.message


def test_no_file_and_no_toml_are_told(tmp_path: Path, write: Write) -> None:
    with pytest.raises(SettingsFileError, match="There is no file"):
        read_governance(tmp_path / "none.toml", read_framework())
    with pytest.raises(SettingsFileError, match="line 2: this cannot be read as a setting"):
        read(write, "[[projects]]\nproject = A\n")
