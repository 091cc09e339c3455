"""Questions asked once for each project or round are told apart from grids, lists of statements and mere repeats."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.blocks import find_blocks
from coprod_cli.reading.cells import number_cells
from coprod_cli.reading.grid import Heading, Hint, split_bracket

SAY = "When decisions were made, how far did parents have an equal say?"
BACK = "How clearly were parents told what was done with their views, and why?"
OPEN = "What was good about how parents and professionals worked together?"
SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def head(headers: Sequence[str], between: str = "") -> list[Heading]:
    headings = []
    for position, header in enumerate(headers):
        stem, part = split_bracket(header)
        if between and between in header:
            stem, _, part = header.partition(between)
        headings.append(Heading(position, header, header, stem, part))
    return headings


def find(headers: Sequence[str], cells: Sequence[str] = ("Mostly", "Partly"), between: str = "") -> list[Heading]:
    headings = head(headers, between)
    found, told = find_blocks(headings, [number_cells(cells)] * len(headings))
    assert told == ()
    return list(found)


@pytest.mark.parametrize(
    "form",
    [
        "{label}: {question}",
        "{label} - {question}",
        "{label} – {question}",  # noqa: RUF001  # people write long dashes
        "[{label}] {question}",
        "({label}) {question}",
        "{question} ({label})",
        "{question} - {label}",
        "{question} [{label}]",
        "{label} [{question}]",
    ],
)
@pytest.mark.parametrize(
    ("labels", "about"),
    [
        (("Short breaks", "Transport"), "project"),
        (("Short breaks, Overby", "EHCP annual review redesign", "Home to school transport"), "project"),
        (("Project 1", "Project 2", "Project 3"), "project"),
        (("T1", "T2"), "wave"),
        (("Wave 1", "Wave 2"), "wave"),
        (("Before", "After"), "wave"),
        (("2024", "2025"), "wave"),
        (("2024/25", "2025/26"), "wave"),
        (("Baseline", "Follow-up"), "wave"),
        (("Then", "Now"), "wave"),
        (("At the start", "At the end"), "wave"),
        (("Autumn 2024", "Spring 2025"), "wave"),
    ],
)
def test_blocks_named_before_or_behind_every_question(form: str, labels: Sequence[str], about: str) -> None:
    headers = ["Role", *(form.format(label=label, question=asked) for label in labels for asked in (SAY, BACK, OPEN))]
    form = form.replace("–", "-")  # noqa: RUF001  # as clean_header does
    headings = find([header.replace("–", "-") for header in headers])  # noqa: RUF001  # see above
    assert headings[0] == head(["Role"])[0]
    assert [(each.block, each.about) for each in headings[1:]] == [(label, about) for label in labels for _ in range(3)]
    assert [each.text.rstrip("?") for each in headings[1:]] == [each.rstrip("?") for each in (SAY, BACK, OPEN)] * len(
        labels
    )
    assert [each.header for each in headings] == [header.replace("–", "-") for header in headers]  # noqa: RUF001  # see above


@pytest.mark.parametrize(
    "form", ["{label}_{code}", "{code}_{label}", "{label} {code}", "{code} {label}", "{code}.{label}"]
)
@pytest.mark.parametrize("labels", [("t1", "t2"), ("pre", "post"), ("w1", "w2", "w3")])
def test_rounds_in_short_codes(form: str, labels: Sequence[str]) -> None:
    headers = [form.format(label=label, code=code) for label in labels for code in ("power_1", "heard_1", "trust_2")]
    headings = find(["id", *headers])
    assert [each.block for each in headings] == ["", *(label for label in labels for _ in range(3))]
    assert {each.about for each in headings[1:]} == {"wave"}
    assert [each.text for each in headings[1:4]] == ["power_1", "heard_1", "trust_2"]


def test_rounds_may_stand_side_by_side_in_a_grid() -> None:
    headings = find([f"{asked} [{label}]" for asked in (SAY, BACK) for label in ("Before", "After")])
    assert [(each.block, each.text) for each in headings] == [
        ("Before", SAY), ("After", SAY), ("Before", BACK), ("After", BACK)
    ]  # fmt: skip


def test_blocks_within_grids_keep_their_rows() -> None:
    headings = find(
        [
            f"{name}: How far? [{row}]"
            for name in ("Short breaks", "Transport")
            for row in ("Parents had a real say", "We heard back from them")
        ]
    )
    assert [(each.block, each.stem, each.part) for each in headings[1:3]] == [
        ("Short breaks", "How far?", "We heard back from them"),
        ("Transport", "How far?", "Parents had a real say"),
    ]
    assert headings[1].text == "How far? [We heard back from them]"
    dashes = find([f"How far? (T{number}) - {row}" for number in (1, 2) for row in ("Heard", "Trust")], between=" - ")
    assert [(each.block, each.text) for each in dashes[:2]] == [("T1", "How far? - Heard"), ("T1", "How far? - Trust")]
    titled = find([f"{name} - {row}" for name in ("Short breaks", "Transport") for row in (SAY, BACK)], between=" - ")
    assert [(each.block, each.text) for each in titled[:2]] == [("Short breaks", SAY), ("Short breaks", BACK)]


def test_rows_of_a_grid_are_blocks_where_they_are_projects_that_the_forms_name() -> None:
    headers = ["Which project?", *(f"{asked} [{name}]" for asked in (SAY, BACK) for name in ("Buses", "Respite"))]
    assert [each.block for each in find(headers)] == [""] * 5
    assert [each.block for each in find(headers, ["Buses", "Respite"])] == ["", "Buses", "Respite", "Buses", "Respite"]


def test_nearly_equal_sets_are_blocks_and_others_are_not() -> None:
    asked = [f"How far did they do the {number}th thing?" for number in range(6)]
    headers = [f"Buses: {each}" for each in asked] + [f"Respite: {each}" for each in asked[:5]]
    assert [each.block for each in find(headers)] == ["Buses"] * 6 + ["Respite"] * 5
    assert {each.block for each in find(headers[:-1])} == {""}
    assert {each.block for each in find(headers[:1] + headers[6:7])} == {""}


@pytest.mark.parametrize(
    "headers",
    [
        [f"{asked} [{row}]" for asked in ("How important is", "How well went") for row in ("Listening", "Trust")],
        [f"{asked} [{row}]" for asked in (SAY, BACK) for row in ("Buses", "Respite")],
        [f"{asked} - {row}" for asked in (SAY, BACK) for row in ("Buses", "Respite")],
        [f"Importance - {row}" for row in (SAY, BACK)] + [f"Performance - {row}" for row in (SAY, BACK)],
        [f"{who}: {row}" for who in ("Parents", "Professionals") for row in ("I felt listened to here", SAY)],
        [f"{row} ({who})" for row in ("I felt listened to here", SAY) for who in ("parents", "practitioners")],
        [f"{who}: {row}" for who in ("Education", "Health", "Social care") for row in (SAY, BACK)],
        [f"My school: {row}" for row in (SAY, BACK)] + [f"My council: {row}" for row in (SAY, BACK)],
        [f"Section {number}: {row}" for number in (1, 2) for row in (SAY, BACK)],
        [f"Importance: {row}" for row in ("Listening", "Trust")] + [f"Buses: {row}" for row in ("Listening", "Trust")],
        ["I felt listened to", "I felt respected", "I felt informed", "We felt listened to", "We felt respected"],
        ["Before decisions were made, we were asked", "Before plans were written, we were asked"],
        ["power_1", "power_2", "heard_1", "heard_2", "Q1_1", "Q1_2", "Q2_1", "Q2_2"],
        ["Buses: how far?", "Respite: how clearly?", "Comments", "Comments.1"],
        ["How far? [Heard]", "How far? [Trust]", "Comments", "How well? [Heard]", "How well? [Trust]", "Comments2"],
        ["Q1", "Comments", "Please explain", "Q2", "Comments2", "Please explain2"],
        ["Other", "Other", "Other", "None", "None"],
        [],
    ],
)  # fmt: skip
def test_what_only_looks_like_blocks_is_left_alone(headers: list[str]) -> None:
    for between in ("", " - "):
        assert find(headers, between=between) == head(headers, between)


def test_wordings_for_parents_and_practitioners_are_no_blocks(framework: Framework) -> None:
    headers = [wording for item in framework.items for wording in (item.parent, item.practitioner)]
    assert find(headers) == head(headers)
    for people in (("Parents", "SENCOs"), ("Parents", "Services"), ("SENCOs", "Social workers"), ("Staff", "Buses")):
        headers = [f"{who}: {item.parent}" for who in people for item in framework.items]
        assert find(headers) == head(headers)


@pytest.mark.parametrize("number", ["", ".1", "2", " 2", "_2", " (2)"])
def test_equal_headers_turn_after_turn_belong_to_the_project_named_among_them(number: str) -> None:
    turn = ["Which project is this about?", SAY, "Comments"]
    headings = find(["Role", *turn, *(f"{header}{number}" for header in turn), "Date"])
    assert [each.block for each in headings] == ["", "1", "1", "1", "2", "2", "2", ""]
    assert {each.about for each in headings[1:7]} == {"project"}
    assert [each.text for each in headings[4:7]] == turn


def test_equal_headers_without_a_project_are_told_and_left_alone() -> None:
    headings = head([SAY, BACK, OPEN, f"{SAY}.1", f"{BACK}.1", f"{OPEN}.1"])
    found, told = find_blocks(headings, [number_cells(["Mostly"])] * 6)
    assert list(found) == headings
    assert [(each.code, each.number) for each in told] == [("blocks_unclear", 3)]
    mixed = head([SAY, BACK, f"{BACK}.1", f"{SAY}.1"])
    assert find_blocks(mixed, [number_cells(["Mostly"])] * 4) == (tuple(mixed), ())


def test_a_numbered_project_has_its_name_in_a_column_of_that_header() -> None:
    headers = [
        header
        for number in (1, 2)
        for header in (f"Project {number}", *(f"{each} (Project {number})" for each in (SAY, BACK)))
    ]
    headings = find(headers, ["Buses"])
    assert [each.block for each in headings] == ["Project 1"] * 3 + ["Project 2"] * 3
    assert [each.text for each in headings[3:]] == ["Project", SAY, BACK]


@pytest.mark.parametrize(
    ("labels", "more", "about"),
    [
        (("1", "2"), "Which project is this?", "project"),
        (("1", "2"), "", ""),
        (("Buses", "Respite"), "", "project"),
        (("Parents", "Importance"), "", ""),
        (("Wave 1", "Wave 2"), "", "wave"),
    ],
)
def test_loops_of_the_survey_tool(labels: Sequence[str], more: str, about: str) -> None:
    asked = [SAY, BACK, *([more] if more else [])]
    headings = [
        Heading(place, f"{label}_{each}", each, each, block=label)
        for place, (label, each) in enumerate((label, each) for label in labels for each in asked)
    ]
    found, told = find_blocks(headings, [number_cells(["Mostly"])] * len(headings))
    assert {each.about for each in found} == {about}
    assert [each.block for each in found] == [each.block for each in headings]
    assert bool(told) == (about == "")
    settled = [each._replace(about="wave") for each in headings]
    assert find_blocks(settled, [number_cells(["Mostly"])] * len(headings)) == (tuple(settled), ())


def test_a_tools_own_columns_take_no_part() -> None:
    hint = Hint(ColumnKind.METADATA, 0.9, "the tool fills it in")
    headings = [each._replace(hint=hint) for each in head(["T1 Click", "T1 Submit", "T2 Click", "T2 Submit"])]
    assert find_blocks(headings, [number_cells(["1"])] * 4)[0] == tuple(headings)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.name)
def test_only_the_samples_with_one_row_a_person_have_blocks(path: Path) -> None:
    headers = next(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    blocks = {each.block for each in find(headers)} - {""}
    assert len(blocks) == {"forum_survey_wide.csv": 4, "forum_survey_two_turns.csv": 2}.get(path.name, 0)
