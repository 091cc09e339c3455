"""What is on paper about a project, as filled in by hand: facts with who says so, bodies, dates and the reply."""

from dataclasses import dataclass, field
from typing import NamedTuple

from coprod_cli.model.survey import Notice

FACT_ANSWERS = ("yes", "partly", "no", "not known")
STATUSES = ("verified", "claimed", "disputed")
BODY_KINDS = ("workstream", "board")


class Fact(NamedTuple):
    """One governance fact (G01 to G17) of one project. Facts earn no points; only verified ones limit a score.

    answer: one of FACT_ANSWERS. status: one of STATUSES. who: who says so. evidence: the document or record that shows
    it. date: of that evidence, as YYYY-MM-DD; empty when not given.
    """

    id: str
    answer: str
    status: str
    who: str = ""
    evidence: str = ""
    date: str = ""


class Body(NamedTuple):
    """One workstream or board: whether parents have a seat (one of FACT_ANSWERS), and whether it decides."""

    name: str
    kind: str
    parent_seat: str
    decides: bool
    status: str
    who: str = ""
    evidence: str = ""
    date: str = ""


class Origin(NamedTuple):
    """Where something comes from: who says so, the document or record that shows it, and that one's date."""

    who: str = ""
    evidence: str = ""
    date: str = ""


@dataclass(frozen=True)
class ProjectFacts:
    """What is known of one project. Dates are YYYY-MM-DD, empty when not known; dates_status is one of STATUSES.

    first_contact: when parents were first asked. decided: when the decision or final draft was made. called: what the
    service calls it ("co-production" and the like). promised: label of the rung that was promised. producers: how many
    parents or young people are named among those who made it, -1 when not known; producers_status is one of STATUSES.
    dates_origin, producers_origin: who says so, and what shows it. asked: role to how many people the closed group has
    that was asked, for the finite population factor. changed: what changed, in the user's words.
    replies: id of a red flag to the service's reply.
    """

    project: str
    facts: tuple[Fact, ...] = ()
    bodies: tuple[Body, ...] = ()
    started: str = ""
    first_contact: str = ""
    decided: str = ""
    ended: str = ""
    dates_status: str = "claimed"
    called: str = ""
    promised: str = ""
    producers: int = -1
    asked: tuple[tuple[str, int], ...] = ()
    changed: tuple[str, ...] = ()
    replies: tuple[tuple[str, str], ...] = ()
    dates_origin: Origin = field(default=Origin())
    producers_status: str = "claimed"
    producers_origin: Origin = field(default=Origin())

    def fact(self, name: str) -> Fact | None:
        """The fact of that id; None when the file does not give it."""
        return next((each for each in self.facts if each.id == name), None)


@dataclass(frozen=True)
class Governance:
    """A governance file as read. as_of: the day that "six months ago" is counted from, YYYY-MM-DD.

    notices: what the user should know of it, such as a fact that a board of the same file contradicts.
    surveyed: names of the survey's projects as the form holds them, to check spellings by; empty when it holds none.
    """

    projects: tuple[ProjectFacts, ...] = ()
    as_of: str = ""
    sha256: str = ""
    notices: tuple[Notice, ...] = field(default=())
    surveyed: tuple[str, ...] = ()

    def of(self, project: str) -> ProjectFacts | None:
        """What is known of that project; None when the file does not name it."""
        return next((each for each in self.projects if each.project == project), None)
