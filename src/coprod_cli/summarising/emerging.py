"""Suggestions of themes and the survey go in; each with its people and its most typical answers comes out, exact."""

from collections.abc import Callable, Container, Iterable, Iterator

from coprod_cli.model.emerging import Emerging, RolePeople, Suggestion, Typical
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Response, rows
from coprod_cli.summarising.quotes import LONGEST, SHORTEST

MOST_TYPICAL = 6


def describe_emerging(
    suggestions: Iterable[Suggestion],
    survey: Survey,
    name_answer: Callable[[str, str], str],
    quotable: Container[str],
    least: int,
) -> tuple[Emerging, ...]:
    """Each suggestion with people by role, and whole answers of people who agreed to be quoted, one a person.

    Args:
        suggestions: in the order to tell them in.
        survey: where they were found.
        name_answer: makes the id of an answer from its response and question.
        quotable: ids of the answers that may be quoted: of people who agreed, without a code that might be unsure.
        least: fewest people of a role in the suggestion behind an answer of that role.
    """
    form_of = {each.response: each for each in rows(survey.responses, Response)}
    words = {(each.response, each.question): each.masked for each in rows(survey.answers, Answer)}
    described = []
    for each in suggestions:
        people: dict[str, set[str]] = {}
        for response, _ in each.answers:
            people.setdefault(form_of[response].role, set()).add(form_of[response].person)
        listed = (
            (form_of[place[0]], Typical(name_answer(*place), form_of[place[0]].role, " ".join(words[place].split())))
            for place in each.answers
        )
        typical = _pick_typical(
            (form.person, told) for form, told in listed if told.id in quotable and len(people[form.role]) >= least
        )
        counted = tuple(RolePeople(role, len(who)) for role, who in sorted(people.items()))
        described.append(Emerging(each.phrases, counted, each.stability, tuple(typical)))
    return tuple(described)


def _pick_typical(listed: Iterable[tuple[str, Typical]]) -> Iterator[Typical]:
    """The first of each person, none said twice, of the length of a quote."""
    seen: set[str] = set()
    picked = 0
    for person, each in listed:
        if SHORTEST <= len(each.words) <= LONGEST and not seen & {person, each.words}:
            seen |= {person, each.words}
            picked += 1
            yield each
        if picked == MOST_TYPICAL:
            return
