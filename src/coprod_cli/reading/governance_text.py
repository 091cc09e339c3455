"""Names of projects and a framework go in; a governance file to fill in, with comments that help, comes out."""

from collections.abc import Sequence

from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import BODY_KINDS, FACT_ANSWERS, STATUSES
from coprod_cli.model.tables import ROLES
from coprod_cli.reading.forms import ALL_ANSWERS
from coprod_cli.reading.mapping_text import write_comment
from coprod_cli.reading.settings_text import quote_text

EXAMPLE = "Name of the project, as in the survey"
_HEAD = """\
# What is on paper about each project: who was in from the start, who sits where it is decided, who was told what came
# of it. Write between the quotation marks what you know, leave the rest as it is, save, and run:
#   coprod governance --check THIS_FILE
#   coprod analyse SURVEY --governance THIS_FILE
# What stands behind a # is for you; coprod does not read it. docs/governance.md explains every key.
#
# Facts never earn points. Ticking boxes cannot raise a score; only verified facts can hold one down.
#
# called     what the service calls this way of working, such as "co-production"
# promised   the rung that parents were promised{rungs}
# changed    what changed because parents and carers took part, a sentence each: ["...", "..."]. No names.
# dates      started: when the work began. first_contact: when parents and carers were first asked. decided: when the
#            decision was made or the final draft was ready. ended: when the work was over; empty while it goes on.
# producers  number: how many parents or young people are named among those who made it
# asked      only for a closed group: how many people were asked, by role:
#            {roles}
# replies    the service's reply to a red flag of the report: {{ {flag} = "..." }}
# bodies     workstreams and boards, a line each; take the # away. kind is one of: {kinds}.
#            decides = true where decisions are made there; parent_seat is an answer as below.
# facts      one line each. answer is one of: {answers}.
#
# Who says so, of facts, dates, producers and bodies:
# status     one of: {statuses}
#            claimed:  somebody says so. The usual one.
#            verified: somebody outside the project team has seen the document. Needs who, evidence and date.
#            disputed: people do not agree. Say in who and evidence what each side says. It limits no score.
# who        who says so, as a role: "Chair of the forum", "Programme manager". Never a person's name.
# evidence   the document that shows it: "Minutes of the change board, item 4"
# date       of that document. All dates have the year first: "2026-01-31".

# The day this file speaks of. Rules such as "six months after the end" count to it.
as_of = ""
"""
_SURVEYED = """
# The projects of the survey, to check the names below by. Leave these lines as they are.
survey_projects = [
{names}
]
"""
_ORIGIN = 'status = "claimed", who = "", evidence = "", date = ""'
_PROJECT = f"""
# --------------------------------------------------------------------------------------------------
[[projects]]
project = {{project}}
called = ""
promised = ""
changed = []
dates = {{{{ started = "", first_contact = "", decided = "", ended = "", {_ORIGIN} }}}}
producers = {{{{ number = "", {_ORIGIN} }}}}
asked = {{{{ parent = "", practitioner = "" }}}}
replies = {{{{}}}}
bodies = [
  # {{{{ name = "Change board", kind = "board", decides = true, parent_seat = "not known", {_ORIGIN} }}}},
]
[projects.facts]
{{facts}}
"""
_FACT = f'{{id}} = {{{{ answer = "not known", {_ORIGIN} }}}}  # {{text}}'


def write_governance(projects: Sequence[str], framework: Framework) -> str:
    """The form, as TOML text that read_governance reads as it is: every fact of every project, nothing known yet.

    Args:
        projects: of the survey, in the order in which they are to stand; one to write the name of when there are none.
        framework: its facts, rungs and flags are those that may be named.
    """
    labels = "; ".join(write_comment(each.label) for each in framework.ladder.rungs)
    head = _HEAD.format(
        rungs=f", one of:\n#            {labels}" if labels else "; this framework has none, so leave it empty",
        roles=", ".join(ROLES),
        flag=framework.flags[0].id if framework.flags else "RF01",
        kinds=", ".join(BODY_KINDS),
        answers=", ".join(FACT_ANSWERS),
        statuses=", ".join(STATUSES),
    )
    facts = "\n".join(_FACT.format(id=_quote_key(each.id), text=write_comment(each.text)) for each in framework.facts)
    named = [name for name in projects if name != ALL_ANSWERS]
    surveyed = _SURVEYED.format(names="\n".join(f"  {quote_text(name)}," for name in named)) if named else ""
    parts = (_PROJECT.format(project=quote_text(name), facts=facts) for name in projects or [EXAMPLE])
    return "".join((head, surveyed, *parts))


def _quote_key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else quote_text(name)
