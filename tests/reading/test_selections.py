"""Ticked choices become one column whatever shape the survey tool gave them; nothing else is changed."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column, number_cells
from coprod_cli.reading.choices import count_parts, find_choices
from coprod_cli.reading.grid import BETWEEN_CHOICES, Heading, Hint, split_bracket
from coprod_cli.reading.selections import find_left_whole, gather_choices

ASKS = "Which projects were you involved in? (tick all that apply)"
PROJECTS = ("Short breaks, Overby", "Transport", "Autism pathway")
TICKED = [("Short breaks, Overby", "Transport"), ("Transport",), (), ("Short breaks, Overby", "Autism pathway")]
TICKED += [("Autism pathway",), PROJECTS, ("Transport", "Autism pathway"), ("Short breaks, Overby",)]
EXPECTED = [BETWEEN_CHOICES.join(each) for each in TICKED]


def head(headers: Sequence[str], *, choice: bool = False) -> list[Heading]:
    headings = []
    for position, header in enumerate(headers):
        stem, part = split_bracket(header)
        headings.append(Heading(position, header, header, stem, part, choice=choice and bool(part)))
    return headings


def gather(
    headers: Sequence[str], rows: Sequence[Sequence[str]], separator: str = "", *, choice: bool = False
) -> tuple[tuple[Heading, ...], list[list[str]]]:
    columns = [number_cells(cells) for cells in zip(*rows, strict=True)]
    headings, gathered = gather_choices(head(headers, choice=choice), columns, separator)
    return headings, [column.expand() for column in gathered]


def box_rows(ticked: Sequence[Sequence[str]], on: str, off: str, unseen: str = "") -> list[list[str]]:
    """One column for each project. `on` is a mark, or '=' for the choice itself; nothing ticked at all is `unseen`."""
    return [
        [(name if on == "=" else on) if name in each else off if each else unseen for name in PROJECTS]
        for each in ticked
    ]


BOXES = [f"{ASKS} [{name}]" for name in PROJECTS]


@pytest.mark.parametrize(
    ("on", "off", "unseen", "flagged"),
    [
        ("=", "", "", False),
        ("=", "0", "", False),
        ("1", "0", "", False),
        ("1", "0", "0", True),
        ("1", "", "", False),
        ("True", "False", "", False),
        ("TRUE", "FALSE", "FALSE", False),
        ("Yes", "No", "", False),
        ("Yes", "No", "N/A", True),
        ("Y", "", "", False),
        ("Y", "N/A", "N/A", False),
        ("Checked", "Unchecked", "Unchecked", False),
        ("x", "", "", False),
        ("X ", "", "", False),
        ("✓", "", "", False),
        ("Selected", "Not selected", "", False),
        ("17", "", "", True),
    ],
)
def test_boxes_of_any_kind_are_one_column(on: str, off: str, unseen: str, *, flagged: bool) -> None:
    headers = ["Role", *BOXES, "Comments"]
    rows = [["Mum", *each, "words"] for each in box_rows(TICKED, on, off, unseen)]
    headings, columns = gather(headers, rows, choice=flagged)
    assert [heading.header for heading in headings] == ["Role", ASKS, "Comments"]
    assert headings[1] == Heading(1, ASKS, ASKS, ASKS, several=True)
    assert columns[1] == EXPECTED


@pytest.mark.parametrize(
    "between",
    ["{stem} - {name}", "{stem}: {name}", "{stem} ({name})", "{stem} | {name}", "{stem}/{name}", "{stem}___{name}"],
)
def test_boxes_of_unknown_tools_are_found_by_the_question_before_a_mark(between: str) -> None:
    stem = "Which projects were you involved in"
    headers = ["Role", *(between.format(stem=stem, name=name) for name in PROJECTS), "Note - more"]
    rows = [["Mum", *each, "words"] for each in box_rows(TICKED, "1", "0")]
    headings, columns = gather(headers, rows)
    assert [heading.header for heading in headings] == ["Role", stem, "Note - more"]
    assert columns[1] == EXPECTED


@pytest.mark.parametrize(
    ("separator", "written"),
    [
        (", ", ", "),
        ("", ", "),
        ("", "; "),
        ("", ";"),
        (",", ","),
        (";", ";"),
        ("; ", "; "),
        (", ", ";"),
    ],
)
def test_one_cell_with_every_choice_is_taken_apart(separator: str, written: str) -> None:
    headings, [found] = gather([ASKS], [[written.join(each)] for each in TICKED], separator)
    assert found == EXPECTED
    assert headings[0].several


def test_cells_that_all_end_with_a_semicolon_are_lists() -> None:
    rows = [["".join(f"{name};" for name in each)] for each in TICKED]
    headings, [found] = gather(["Which project?"], rows, ";")
    assert found == EXPECTED
    assert headings[0].several
    two = [["Buses;Respite;"], ["Buses;"]]
    assert gather(["Which project?"], two, ";")[1] == [[f"Buses{BETWEEN_CHOICES}Respite", "Buses"]]


def test_codes_with_blanks_between_are_taken_apart_only_where_the_tool_says_so() -> None:
    cells = number_cells(["red blue", "blue", "", "red green"])
    heading = Heading(0, "q", "Colours", "Colours")
    assert gather_choices([heading], [cells], " ")[1][0].expand() == ["red blue", "blue", "", "red green"]
    flagged = gather_choices([heading._replace(several=True)], [cells], " ")[1][0].expand()
    assert flagged == [each.replace(" ", BETWEEN_CHOICES) for each in cells.expand()]


def test_choices_that_came_apart_before_stay_as_they_are() -> None:
    cells = number_cells([f"Short; sharp{BETWEEN_CHOICES}Buses", "Buses"])
    heading = Heading(0, "q", "Which?", "Which?", several=True)
    assert gather_choices([heading], [cells], ";")[1][0].expand() == cells.expand()


def test_a_question_written_both_ways_is_kept_once() -> None:
    headings = [Heading(0, "grp/q", "Which parts?", "Which parts?", code="q", several=True)]
    headings += [
        Heading(place, f"grp/q/{name}", f"Which parts? {name}", "Which parts?", name, code=f"q/{name}", choice=True)
        for place, name in enumerate(("red", "blue"), start=1)
    ]
    columns = [number_cells(cells) for cells in (["red blue", "blue", ""], ["1", "0", ""], ["1", "1", ""])]
    found, [cells] = gather_choices(headings, columns, " ")
    assert [(each.header, each.code, each.position) for each in found] == [("grp/q", "q", 0)]
    assert cells.expand() == [f"red{BETWEEN_CHOICES}blue", "blue", ""]
    only_part = [headings[0]._replace(several=False), *headings[1:]]
    assert len(gather_choices(only_part, columns, " ")[0]) == 1
    other = [headings[0]._replace(text="How many?", several=False), *headings[1:]]
    assert len(gather_choices(other, columns, " ")[0]) == 2


def test_columns_named_only_by_their_choice_are_one_column() -> None:
    headers = ["Role", "By post", "By phone", "At a meeting", "Other", "None"]
    rows = [
        ["Mum", "By post", "By phone", "", "a pigeon", ""],
        ["Dad", "", "", "At a meeting", "", ""],
        ["Dad", "", "By phone", "", "smoke", ""],
    ]
    headings, columns = gather(headers, rows)
    assert [heading.header for heading in headings] == ["Role", "By post", "Other", "None"]
    assert headings[1] == Heading(1, "By post", "", "", several=True)
    assert columns[1] == [f"By post{BETWEEN_CHOICES}By phone", "At a meeting", "By phone"]
    flagged = [Heading(place, name, name, choice=True) for place, name in enumerate(("Post", "Phone"))]
    [heading], [cells] = gather_choices(flagged, [number_cells(["1", "0"]), number_cells(["0", "1"])], "")
    assert (heading.header, heading.several, cells.expand()) == ("Post", False, ["Post", "Phone"])


def test_a_single_choice_spread_over_columns_is_an_ordinary_column() -> None:
    asked = "I felt listened to"
    headings = [
        Heading(place, f"{asked} - {label}", f"{asked} - {label}", asked, label, code=f"Q7_{place}", choice=True)
        for place, label in enumerate(("Agree", "Neither", "Disagree"))
    ]
    columns = [
        number_cells(cells) for cells in (["Agree", "", "", ""], ["", "", "", ""], ["", "Disagree", "", "Disagree"])
    ]
    [heading], [cells] = gather_choices(headings, columns, "")
    assert heading == Heading(0, asked, asked, asked, code="Q7")
    assert cells.expand() == ["Agree", "Disagree", "", "Disagree"]


def test_rows_of_a_grid_spread_over_columns_are_rows_again() -> None:
    rows = ("Parents had an equal say", "We heard back")
    headings = [
        Heading(
            place, f"How far? - {row} - {label}", f"How far? - {row} - {label}", f"How far? - {row}", label, choice=True
        )
        for place, (row, label) in enumerate((row, label) for row in rows for label in ("Agree", "Disagree"))
    ]
    columns = [number_cells(cells) for cells in (["1", ""], ["", "1"], ["", ""], ["1", "1"])]
    found, cells = gather_choices(headings, columns, "")
    assert [(each.stem, each.part, each.several) for each in found] == [("How far?", row, False) for row in rows]
    assert [each.expand() for each in cells] == [["Agree", "Disagree"], ["Disagree", "Disagree"]]


def test_text_beside_other_stays_apart() -> None:
    beside = Hint(ColumnKind.UNUSED, 0.85, "text beside a choice")
    headings = head([f"{ASKS} [Buses]", f"{ASKS} [Respite]", f"{ASKS} [Other - Text]", f"{ASKS} [None of these]"])
    headings[2] = headings[2]._replace(hint=beside)
    rows = [["x", "", "", ""], ["", "x", "my own words", ""], ["x", "x", "", ""], ["", "", "", "x"]]
    columns = [number_cells(cells) for cells in zip(*rows, strict=True)]
    found, cells = gather_choices(headings, columns, "")
    assert [each.header for each in found] == [ASKS, headings[2].header]
    assert cells[0].expand() == ["Buses", "Respite", f"Buses{BETWEEN_CHOICES}Respite", "None of these"]
    unknown = [f"{ASKS} [{name}]" for name in ("Buses", "Respite", "Other (please specify)")]
    told, kept = gather(unknown, [each[:3] for each in rows])
    assert [each.header for each in told] == [ASKS, f"{ASKS} [Other (please specify)]"]
    assert kept[1] == ["", "my own words", "", ""]


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (["How far? [Heard]", "How far? [Trust]"], [["1", "0"], ["0", "1"], ["1", "1"]]),
        (["Were you? [Heard]", "Were you? [Told]"], [["Yes", "No"], ["No", "Yes"], ["Yes", "Yes"]]),
        (["Are you happy with [Time]", "Are you happy with [Place]"], [["Yes", "No"], ["No", "Yes"], ["Yes", "Yes"]]),
        (["Were you told: why", "Were you told: how"], [["Yes", "No"], ["No", "Yes"], ["Yes", "Yes"]]),
        (["How far? [Heard]", "How far? [Trust]"], [["Yes", "Yes"], ["Yes", "Yes"], ["Yes", ""]]),
        (["How far? [Heard]", "How far? [Trust]"], [["1", "1"], ["1", "1"]]),
        (["Rank [Buses]", "Rank [Respite]"], [["1", "2"], ["2", "1"]]),
        (["Rank [Buses]", "Rank [Respite]", "Rank [Play]"], [["1", "2", "3"], ["2", "1", "3"], ["", "", ""]]),
        (["How far? [Heard]", "How far? [Trust]"], [["Agree", "Disagree"], ["Agree", ""]]),
        (["By post", "By phone"], [["By post", "Agree"], ["Agree", "By phone"]]),
        (["Which project? [Buses]", "Comments"], [["Buses", "a"], ["", "b"]]),
        (["Weight", "Role"], [["0,5", "Mum"], ["5", "Dad"], ["0", "Mum"]]),
        (["Topic", "Role"], [["Play, sport and rest", "Mum"], ["Buses", "Dad"], ["Play, sport and rest", "Mum"]]),
        (["What was good?", "Comments"], [["Buses; food", "Buses"], ["Buses", "Food"], ["food", "Buses, food"]]),
    ],
)
def test_what_is_no_multiple_choice_is_left_alone(headers: list[str], rows: list[list[str]]) -> None:
    headings, columns = gather(headers, rows, ", ")
    assert list(headings) == head(headers)
    assert columns == [list(cells) for cells in zip(*rows, strict=True)]


def test_a_column_of_projects_is_taken_apart_only_into_known_projects() -> None:
    cells = ["Buses", "Respite", "Buses, Respite", "Respite; Buses", "Buses, Play", "Buses"]
    [heading], [found] = gather(["Which project?"], [[cell] for cell in cells])
    both = f"Buses{BETWEEN_CHOICES}Respite"
    assert found == ["Buses", "Respite", both, f"Respite{BETWEEN_CHOICES}Buses", "Buses, Play", "Buses"]
    assert heading.several
    assert find_left_whole(heading, number_cells(found)) == {"Buses, Play"}
    plain = head(["Which project?"])[0]
    assert find_left_whole(plain, number_cells(["Play, sport", "Buses"])) == frozenset()
    assert find_left_whole(plain, number_cells(["Buses, sport", "Buses"])) == {"Buses, sport"}


def test_a_known_choice_with_a_comma_goes_before_its_parts() -> None:
    cells = ["Breaks", "Breaks, Overby", "Breaks, Overby", "Breaks, Overby, Transport", "Transport"]
    [found] = gather(["Which projects?"], [[cell] for cell in cells])[1]
    assert found == [*cells[:3], f"Breaks, Overby{BETWEEN_CHOICES}Transport", "Transport"]


def test_many_boxes_are_joined_all_the_same() -> None:
    headers = [f"{ASKS} [P{number}]" for number in range(70)]
    rows = [["x" if number % (row + 2) == 0 else "" for number in range(70)] for row in range(5)]
    [found] = gather(headers, rows)[1]
    assert [cell.split(BETWEEN_CHOICES) for cell in found] == [
        [f"P{number}" for number in range(70) if number % (row + 2) == 0] for row in range(5)
    ]


def test_nothing_in_nothing_out() -> None:
    assert gather_choices([], [], "") == ((), ())
    empty = [Column(("",), number_cells([]).codes)] * 2
    assert len(gather_choices(head(["Which? [a]", "Which? [b]"]), empty, "; ")[1]) == 2


WORDS = st.text(st.sampled_from("aboutAB ,;.é\n"), max_size=30)


@given(
    st.lists(WORDS, min_size=1, max_size=12),
    st.sampled_from(["What was good?", "Comments", "What changed because parents were involved?", "Please explain"]),
    st.sampled_from(["", ", ", ",", "; ", " "]),
)
def test_open_words_are_never_cut(cells: list[str], header: str, separator: str) -> None:
    if cells and all(cell.strip().endswith(";") for cell in cells if cell.strip()):
        cells = [*cells, "end."]
    headings, [found] = gather([header], [[cell] for cell in cells], separator)
    assert found == cells
    assert not headings[0].several


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)


@given(
    st.lists(st.lists(st.sampled_from(range(3)), unique=True).map(sorted), min_size=1, max_size=20),
    st.lists(NAMES, min_size=3, max_size=3, unique_by=str.casefold),
)
def test_boxes_hold_what_was_ticked(ticked: list[list[int]], names: list[str]) -> None:
    headers = [f"{ASKS} [{name}]" for name in names]
    rows = [["x" if place in each else "" for place in range(3)] for each in ticked]
    assume(any(ticked))
    [found] = gather(headers, rows)[1]
    assert found == [BETWEEN_CHOICES.join(names[place] for place in each) for each in ticked]


def test_the_order_of_rows_changes_no_cell() -> None:
    cells = ["Buses, Respite", "Buses", "Respite, Play", "Play", "Buses, Play, Sport", "Respite"] * 3
    [found] = gather([ASKS], [[cell] for cell in cells])[1]
    [turned] = gather([ASKS], [[cell] for cell in cells[::-1]])[1]
    assert found == turned[::-1]


def test_parts_are_counted_in_any_shape() -> None:
    cells = gather([ASKS], [["Buses, Respite"], ["Buses"], ["Respite"]])[1][0]
    assert count_parts(number_cells(cells).count_cells()) == {"buses": 2, "respite": 2}
    assert find_choices(number_cells(["a;b;", "a", "b"]).count_cells(), several=False).parts == {"a;b;": ("a", "b")}
