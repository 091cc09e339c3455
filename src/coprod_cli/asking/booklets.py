"""What was ordered goes in; one questionnaire for each audience comes out, for paper and for tools without routing."""

from coprod_cli.asking.questions import Order, Questionnaire, make_questionnaire
from coprod_cli.model.framework import Framework

_NAMES: dict[str, str] = {"parent": "questionnaire_for_parents", "practitioner": "questionnaire_for_professionals"}


def make_booklets(framework: Framework, order: Order, *, paper: bool) -> tuple[Questionnaire, ...]:
    """One for parents, one for practitioners, or both."""
    audiences = tuple(_NAMES) if order.audience == "both" else (order.audience,)
    return tuple(make_questionnaire(framework, order, audience, paper=paper) for audience in audiences)


def name_booklet(booklet: Questionnaire, ending: str) -> str:
    """The file name of a booklet."""
    return f"{_NAMES[booklet.audience]}.{ending}"
