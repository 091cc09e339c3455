"""Names of projects go in; a details file to fill in, with comments that help, comes out as TOML text."""

from collections.abc import Sequence

from coprod_cli.model.details import STATUSES
from coprod_cli.reading.mapping_text import write_comment
from coprod_cli.reading.settings_text import quote_text

_FORM = """\
# What your forum says about itself and its year. coprod prints it in the report as you write it, and makes nothing up.
# Fill in what you have, leave the rest as it is, save, and run:
#   coprod report FOLDER --details THIS_FILE
# What stands behind a # is for you; coprod does not read it. docs/details.md explains every key.
# Long texts stand between three quotation marks; a blank line begins a new paragraph.
# Write roles, not names of people, unless they have agreed to be named.

[forum]
name = ""
# As you say it: "April 2025 to March 2026".
year = ""
# The chair's welcome.
welcome = \"\"\"
\"\"\"
# Who you are and what a forum is.
about = \"\"\"
\"\"\"
# What you were given and what you spent it on.
money = \"\"\"
\"\"\"
thanks = \"\"\"
\"\"\"
# How parents and carers can get involved.
contact = \"\"\"
\"\"\"
# What comes next, a sentence each.
next_steps = [
  "",
]

[survey]
# How people were asked: "By email to all members, on paper at four coffee mornings".
asked = \"\"\"
\"\"\"
# How many people were asked, if anybody knows.
invited = ""
# When the survey opened and closed: "March 2026" or "2026-03-01".
opened = ""
closed = ""
# Who may not have been heard from, and why.
missing = \"\"\"
\"\"\"

# The year in numbers. Take lines out or add more; a line without a value is not printed.
[[numbers]]
label = "Members of the forum"
value = ""
[[numbers]]
label = "Parents and carers on the steering group"
value = ""
[[numbers]]
label = "Parent representatives"
value = ""
[[numbers]]
label = "Parents and carers heard from this year"
value = ""
[[numbers]]
label = "Events"
value = ""
[[numbers]]
label = "Boards and workstreams attended"
value = ""

# You said, we did: one [[you_said]] for each thing that people asked for.
# project  one of these, or empty where it is about all of them:
{projects}
# status   one of: {statuses}. What was not done needs a reason under why.
# date     when it was done, or when you will look again.
[[you_said]]
project = ""
you_said = ""
we_did = ""
status = "waiting"
why = ""
date = ""

# Something that went well and that others could copy. One [[good_practice]] each.
[[good_practice]]
project = ""
what = ""

[service]
# The day by which the service was asked to answer. Without a reply the report says that none came by then.
reply_by = ""

# What the service wrote back, in its own words. project is empty where the reply is about the whole report.
[[replies]]
project = ""
who = ""
date = ""
text = \"\"\"
\"\"\"

# For a research report only.
[research]
# Who ran the survey, and who coded the answers.
who_ran = ""
who_coded = ""
# What they have to do with the forum and the service.
relation = ""
ethics = ""
funding = ""
"""


def write_details(projects: Sequence[str]) -> str:
    """The form, as TOML text that read_details reads as it is: nothing is filled in yet.

    Args:
        projects: those that rows may name, told in a comment.
    """
    named = "\n".join(f"#            {quote_text(write_comment(name))}" for name in projects)
    return _FORM.format(projects=named or "#            (none known)", statuses=", ".join(STATUSES))
