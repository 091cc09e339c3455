"""Names of projects and a framework go in; a governance file to fill in, with comments that help, comes out."""

from collections.abc import Iterator, Sequence

from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import BODY_KINDS, FACT_ANSWERS, STATUSES
from coprod_cli.model.tables import ROLES
from coprod_cli.reading.mapping_text import quote_text, write_comment

EXAMPLE = "Name of the project, as in the survey"
_HEAD = """\
# What is on paper about each project: who was in from the start, who sits where it is decided, who was told what came
# of it. Fill in what you know, leave the rest as it is, save, and run:
#   coprod governance --check THIS_FILE
#   coprod analyse SURVEY --governance THIS_FILE
# Lines that begin with # are for you; coprod does not read them. docs/governance.md explains every key.
#
# Facts never earn points. Ticking boxes cannot raise a score; only verified facts can hold one down.
#
# answer     one of: {answers}
# status     one of: {statuses}
#            claimed:  somebody says so. The usual one.
#            verified: somebody outside the project team has seen the document. Needs who, evidence and date.
#            disputed: people do not agree. Say in who and evidence what each side says. It limits no score.
# who        who says so, as a role: "Chair of the forum", "Programme manager". Never a person's name.
# evidence   the document that shows it: "Minutes of the change board, item 4".
# date       of that document, year first: "2026-01-31".

# The day this file speaks of. Rules such as "six months after the end" count to it.
as_of = ""
"""
_PROJECT = """\

# ==================================================================================================
[[projects]]
project = {project}
# What the service calls this way of working, such as "co-production".
called = ""
# Which rung parents were promised{rungs}
promised = ""
# What changed because parents and carers took part: one sentence each, ["...", "..."]. No names.
changed = []

[projects.dates]
started = ""         # when the work began
first_contact = ""   # when parents and carers were first asked
decided = ""         # when the decision was made or the final draft was ready
ended = ""           # when the work was over; leave it empty while it goes on
status = "claimed"
who = ""
evidence = ""
date = ""            # of the evidence

# Who made it. Take the # away to use it: how many parents or young people are named among those who made it.
[projects.producers]
# number = 0
status = "claimed"
who = ""
evidence = ""
date = ""

# Only for a closed group: how many people were asked, by role ({roles}).
[projects.asked]
# parent = 60
# practitioner = 25

# The service's reply to a red flag of the report, under the flag's id.
[projects.replies]
# {flag} = "..."
"""
_BODIES = """\
# Workstreams and boards of this project: four lines for each, and where you know it, who says so. Take the # away.
# kind is one of: {kinds}. decides = true where decisions are made there.
# [[projects.bodies]]
# name = "Change board"
# kind = "board"
# decides = true
# parent_seat = "not known"
# status = "claimed"
# who = ""
# evidence = ""
# date = ""
"""
_FACT = """\
# {id}. {text}
[[projects.facts]]
fact = {quoted}
answer = "not known"
status = "claimed"
who = ""
evidence = ""
date = ""
"""


def write_governance(projects: Sequence[str], framework: Framework) -> str:
    """The form, as TOML text that read_governance reads as it is: every fact of every project, nothing known yet.

    Args:
        projects: in the order in which they are to stand; one to write the name of when there are none.
        framework: its facts, rungs and flags are those that may be named.
    """
    head = _HEAD.format(answers=", ".join(FACT_ANSWERS), statuses=", ".join(STATUSES))
    parts = [head, *(part for name in projects or [EXAMPLE] for part in _write_project(name, framework))]
    return "\n".join(parts)


def _write_project(name: str, framework: Framework) -> Iterator[str]:
    rungs = "; ".join(write_comment(each.label) for each in framework.ladder.rungs)
    yield _PROJECT.format(
        project=quote_text(name),
        rungs=f", one of:\n# {rungs}" if rungs else "; this framework has none, so leave it empty.",
        roles=", ".join(ROLES),
        flag=framework.flags[0].id if framework.flags else "RF01",
    )
    for each in framework.facts:
        yield _FACT.format(id=write_comment(each.id), text=write_comment(each.text), quoted=quote_text(each.id))
    yield _BODIES.format(kinds=", ".join(BODY_KINDS))
