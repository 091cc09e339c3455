"""A survey goes in; the ids of people and answers that outputs show, made anew, come out."""

from hashlib import sha256

from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, rows


class Renamer:
    """Makes ids that only this survey's holder could make.

    They are keyed with the user's own secret, so that they stay where the survey gains forms; without one with all its
    responses, so that every other survey, and the same with one form more, has other ids.
    """

    def __init__(self, survey: Survey, salt: str | None = None) -> None:
        drawn = f"salt:{salt}" if salt else "\n".join(sorted(survey.responses["response"]))
        self._key = sha256(drawn.encode()).hexdigest()

    def name_answer(self, response: str, question: str) -> str:
        """The id of one answer."""
        return "a" + self._digest(f"{response}:{question}")

    def name_person(self, person: str) -> str:
        """The id of one person."""
        return "p" + self._digest(person)

    def _digest(self, what: str) -> str:
        return sha256(f"{self._key}:{what}".encode()).hexdigest()[:10]


def find_places(survey: Survey, salt: str | None = None) -> dict[str, tuple[str, str]]:
    """By the id that outputs show of an answer, its response and question."""
    rename = Renamer(survey, salt)
    return {
        rename.name_answer(each.response, each.question): (each.response, each.question)
        for each in rows(survey.answers, Answer)
    }
