"""What is on paper about one project goes in; the same, with its facts and its rows of boards at one, comes out.

Some facts are answered twice: by a row of their own, and by the rows of workstreams and boards. Where a fact is not
given, the rows answer it. Where the two differ, what is verified stands against what is only claimed; else the fact is
disputed, so that it limits no score, and the user is told.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from coprod_cli.model.framework import FactKind, Framework
from coprod_cli.model.governance import Body, Fact, ProjectFacts
from coprod_cli.model.survey import Notice

_CODE = "governance-contradiction"
# One board without parents raises one flag, not two: it speaks against this fact, but does not stand in for it.
_ONLY_AGAINST = "meetings"
_MOST_NAMED = 3
_VERIFIED, _CLAIMED, _DISPUTED = "verified", "claimed", "disputed"


def settle_seats(project: ProjectFacts, framework: Framework) -> tuple[ProjectFacts, tuple[Notice, ...]]:
    """The project with facts settled, in the framework's order, and what the user should know of it."""
    facts: list[Fact] = []
    notices: list[Notice] = []
    for kind in framework.facts:
        given = project.fact(kind.id)
        shown = SEATS_RULES[kind.seats](kind, project.bodies) if kind.seats else None
        fact, notice = _settle(project, given, shown, may_answer=kind.seats != _ONLY_AGAINST)
        facts += [fact] if fact else []
        notices += [notice] if notice else []
    return replace(project, facts=tuple(facts)), tuple(notices)


def _settle(
    project: ProjectFacts, given: Fact | None, shown: Fact | None, *, may_answer: bool
) -> tuple[Fact | None, Notice | None]:
    """One fact of the two that may be there, and a notice where they differ.

    may_answer: whether the rows stand in for a fact that is not given, or is less sure.
    """
    if shown is None or (not may_answer and given is None):
        return given, None
    if given is None or given.answer == "not known":
        return (shown if may_answer else given), None
    surer = may_answer and shown.status == _VERIFIED and given.status == _CLAIMED
    if given.answer == shown.answer:
        return (shown if surer else given), None
    start = f'{given.id} of "{project.project}" is "{given.answer}", but the rows of its boards say "{shown.answer}".'
    if surer or (given.status, shown.status) == (_VERIFIED, _CLAIMED):
        stands = shown if surer else given
        return stands, Notice(_CODE, f'{start} What is verified stands: "{stands.answer}".')
    told = f"{start} It is shown as disputed and limits no score until the governance file is put right."
    return given._replace(status=_DISPUTED), Notice(_CODE, told)


def _ask_workstreams(kind: FactKind, bodies: Sequence[Body]) -> Fact | None:
    """Whether parents sit on all of them."""
    return _sum_up(kind, [each for each in bodies if each.kind == "workstream"])


def _ask_deciding(kind: FactKind, bodies: Sequence[Body]) -> Fact | None:
    """Whether parents sit where it is decided."""
    return _sum_up(kind, [each for each in bodies if each.decides])


def _ask_meetings(kind: FactKind, bodies: Sequence[Body]) -> Fact | None:
    """Only "no": a seat does not show that no meeting takes place without parents."""
    without = [each for each in bodies if each.decides and each.parent_seat == "no"]
    return _sum_up(kind, without)


SEATS_RULES: dict[str, Callable[[FactKind, Sequence[Body]], Fact | None]] = {
    "workstreams": _ask_workstreams,
    "deciding": _ask_deciding,
    "meetings": _ask_meetings,
}


def _sum_up(kind: FactKind, bodies: Sequence[Body]) -> Fact | None:
    """Yes or no where all say so; partly where they differ; nothing while a seat that matters is not known."""
    seats = {each.parent_seat for each in bodies}
    known = seats - {"not known"}
    if not known or (len(known) == 1 and known != {"partly"} and len(seats) > 1):
        return None
    (answer,) = known if len(known) == 1 else ("partly",)
    rows = [each for each in bodies if each.parent_seat in known]
    statuses = {each.status for each in rows}
    status = next((each for each in (_DISPUTED, _CLAIMED) if each in statuses), _VERIFIED)
    evidence = _list(f"{each.name}: {each.evidence}" if each.evidence else each.name for each in rows)
    if len(rows) > _MOST_NAMED:
        evidence = f"rows of {len(rows)} workstreams and boards"
    return Fact(kind.id, answer, status, _list(each.who for each in rows), evidence, max(each.date for each in rows))


def _list(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(each for each in words if each))
