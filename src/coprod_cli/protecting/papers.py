"""What is on paper goes in as it was typed; the same, with people and ways to reach them masked, comes out.

A governance file is written to be published, so that the names of schools, councils and places stay: evidence must be
found again. Who says so should be a role; what looks like a person's name is masked.
"""

import re
from dataclasses import replace

from coprod_cli.model.governance import Body, Fact, Governance, Origin, ProjectFacts
from coprod_cli.model.survey import Notice
from coprod_cli.protecting.masking import PERSON_KINDS, cut_out, mask

_HIDDEN = PERSON_KINDS | {"address"}
# Minutes lie where a link leads to.
_HIDDEN_IN_EVIDENCE = _HIDDEN - {"link"}
# "J. Smith", "J B Smith" and "Smith, J": in prose too much else looks like this, but not where a role should stand.
_INITIALS = re.compile(
    r"\b[A-Z](?:\.\s?|\s)(?:[A-Z](?:\.\s?|\s))*[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b"
    r"|\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?,\s?[A-Z]\b(?!\w)\.?"
)
_NAME = "[name]"


class _Pen:
    """Masks words, and counts in how many of them something had to be masked."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self.masked = 0

    def hide(self, words: str, kinds: frozenset[str] = _HIDDEN) -> str:
        cuts = tuple(cut for cut in mask(words, self._known).cuts if cut.kind in kinds)
        return self._count(words, cut_out(words, cuts).text)

    def hide_label(self, words: str) -> str:
        """A name of a project or a board, as in a survey: its capitals mean nothing."""
        return self._count(words, mask(words, self._known, PERSON_KINDS).text)

    def hide_who(self, words: str) -> str:
        return self._count(words, _INITIALS.sub(_NAME, self.hide(words)))

    def hide_origin(self, said: Origin | Fact | Body) -> Origin:
        return Origin(self.hide_who(said.who), self.hide(said.evidence, _HIDDEN_IN_EVIDENCE), said.date)

    def _count(self, words: str, shown: str) -> str:
        self.masked += shown != words
        return shown


def mask_governance(governance: Governance, known: frozenset[str] = frozenset()) -> Governance:
    """The same with every free text masked, and a notice where anything was.

    Args:
        governance: as it was read.
        known: names that the survey holds elsewhere, as in Survey.private_words.
    """
    pen = _Pen(known)
    projects = tuple(_mask_project(each, pen) for each in governance.projects)
    masked = pen.masked
    # They name projects, which are masked already wherever else they stand.
    notices = [
        each._replace(message=pen.hide_label(each.message), hint=pen.hide_label(each.hint))
        for each in governance.notices
    ]
    if masked:
        notices.append(
            Notice(
                "governance-masked",
                "The governance file holds what looks like a person's name or a way to reach one. It is hidden in all "
                "results.",
                hint='In the governance file, write roles, such as "Chair of the forum".',
            )
        )
    return replace(governance, projects=projects, notices=tuple(notices))


def _mask_project(project: ProjectFacts, pen: _Pen) -> ProjectFacts:
    return replace(
        project,
        project=pen.hide_label(project.project),
        called=pen.hide(project.called),
        changed=tuple(map(pen.hide, project.changed)),
        replies=tuple((flag, pen.hide(words)) for flag, words in project.replies),
        facts=tuple(Fact(each.id, each.answer, each.status, *pen.hide_origin(each)) for each in project.facts),
        bodies=tuple(Body(pen.hide_label(each.name), *each[1:5], *pen.hide_origin(each)) for each in project.bodies),
        dates_origin=pen.hide_origin(project.dates_origin),
        producers_origin=pen.hide_origin(project.producers_origin),
    )
