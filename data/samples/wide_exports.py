"""The plain sample survey goes in; the same survey with one row a person, and its questions once a project, comes out.

People who told about two projects fill in the same questions twice: either in a block of columns for every project
there is, headed by its name, or in a second turn of equal questions that begins by asking for the project.
"""

import csv
import io

Row = dict[str, str]
SHARED = (0, 1, 2, -2, -1)  # who, when and as whom stand at the beginning, consent and how they heard of it at the end


def make_wide_exports(plain: bytes, project: str) -> dict[str, bytes]:
    """Two samples by name; `project` is the question for the project in the plain survey."""
    reader = csv.DictReader(io.StringIO(plain.decode(), newline=""))
    header = list(reader.fieldnames or ())
    people: dict[str, list[Row]] = {}
    for row in reader:
        people.setdefault(row[header[0]], []).append(row)
    shared = [header[place] for place in SHARED]
    asked = [each for each in header if each not in (*shared, project)]
    return {
        "forum_survey_wide.csv": write_by_project(list(people.values()), shared, asked, project),
        "forum_survey_two_turns.csv": write_by_turn(list(people.values()), shared, [project, *asked]),
    }


def write_by_project(people: list[list[Row]], shared: list[str], asked: list[str], project: str) -> bytes:
    """Every question once for every project, with the project's name before it."""
    names = sorted({row[project] for rows in people for row in rows})
    headers = [f"{name}: {each}" for name in names for each in asked]
    lines = [[*shared[:3], *headers, *shared[3:]]]
    for rows in people:
        told = {f"{row[project]}: {each}": row[each] for row in rows for each in asked}
        lines.append(
            [*take(rows[0], shared[:3]), *(told.get(each, "") for each in headers), *take(rows[0], shared[3:])]
        )
    return write_lines(lines)


def write_by_turn(people: list[list[Row]], shared: list[str], asked: list[str]) -> bytes:
    """Every question twice, under equal headers; the second turn is empty for whoever told about one project."""
    lines = [[*shared[:3], *asked, *asked, *shared[3:]]]
    for rows in people:
        turns = [*rows, {}][:2]
        told = [turn.get(each, "") for turn in turns for each in asked]
        lines.append([*take(rows[0], shared[:3]), *told, *take(rows[0], shared[3:])])
    return write_lines(lines)


def take(row: Row, headers: list[str]) -> list[str]:
    """The row's cells under these headers."""
    return [row[header] for header in headers]


def write_lines(lines: list[list[str]]) -> bytes:
    """Lines of cells as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()
