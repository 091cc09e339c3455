"""Headings and rows of a file of codes go in; the answers themselves, where the file carries their words, come out."""

from collections.abc import Mapping, Sequence

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.reading.grid import get_cell
from coprod_cli.reading.roles import find_role
from coprod_cli.reading.wording import make_key
from coprod_cli.telling import unguard_cell

WORDS = "words"
# The first of these headings that a file has is the column, as in codes_file.
_HEADINGS: dict[str, tuple[str, ...]] = {
    WORDS: ("masked words", "answer words", "answer text", "text", "comment", "answer in words"),
    "question": ("asked", "question"),
    "role": ("role",),
    "project": ("project",),
    "wave": ("wave", "round"),
    "person": ("person", "respondent", "participant"),
}
# Where evidence has a column of its own, "words" are the whole answer's, as in coded_answers.csv.
_EVIDENCE = "evidence"
_OTHER = "other"


def find_told(headings: Sequence[str]) -> Mapping[str, int]:
    """Which column holds what of the answers; nothing where none holds their words."""
    keys = [make_key(heading) for heading in headings]
    places: dict[str, int] = {}
    for name, called in _HEADINGS.items():
        there = next((each for each in called if each in keys), None)
        if there is not None:
            places[name] = keys.index(there)
    if WORDS not in places and WORDS in keys and _EVIDENCE in keys:
        places[WORDS] = keys.index(WORDS)
    return places if WORDS in places else {}


def take_told(name: str, row: Sequence[str], places: Mapping[str, int]) -> AskedAnswer:
    """The answer of one row; a role that nobody knows is "other"."""
    said = {field: unguard_cell(get_cell(row, at)) for field, at in places.items()}
    role = find_role(said["role"]) if said.get("role", "").strip() else None
    return AskedAnswer(
        id=name,
        words=said[WORDS],
        question=said.get("question", "").strip(),
        role=role or _OTHER,
        project=said.get("project", "").strip(),
        wave=said.get("wave", "").strip(),
        person=said.get("person", "").strip(),
    )
