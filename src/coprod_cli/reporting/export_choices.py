"""What may be chosen of a file for other programs: the contract between the command line and the files' writers."""

from typing import NamedTuple


class ExportChoices(NamedTuple):
    """What may be chosen of a file for other programs.

    documents: "project" for one document a project and round, "answer" for one an answer. Tables have no documents.
    people: whether a wide table has a row for each person in a project, rather than for each answer.
    """

    documents: str = "project"
    people: bool = False
