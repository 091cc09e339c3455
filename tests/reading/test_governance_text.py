"""The form that coprod governance writes is read back as it is, and once filled in says what was filled in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.model.governance import Fact
from coprod_cli.reading import read_framework, read_governance, write_governance

Write = Callable[..., Path]
FRAMEWORK = read_framework()
ODD = 'Mum & Dad\'s "Short breaks" \\ Zoë\u2019s\ttable\x7f #1'


@pytest.mark.parametrize("projects", [[], ["Short breaks"], ["B", "A", ODD]])
def test_the_form_is_read_back_with_every_fact_not_known(projects: list[str], write: Write) -> None:
    found = read_governance(write(write_governance(projects, FRAMEWORK), "governance.toml"), FRAMEWORK)
    names = [each.project for each in found.projects]
    assert names == [" ".join(name.replace("\x7f", "").split()) for name in projects] or not projects
    for project in found.projects:
        assert project.facts == tuple(Fact(each.id, "not known", "claimed") for each in FRAMEWORK.facts)
        assert (project.producers, project.bodies, project.replies, project.changed) == (-1, (), (), ())


def test_the_form_tells_what_may_be_written(write: Write) -> None:
    form = write_governance(["Short breaks"], FRAMEWORK)
    assert max(map(len, form.splitlines())) <= 120
    for words in ("yes, partly, no, not known", "verified, claimed, disputed", "Co-design", "Facts never earn points"):
        assert words in form
    for fact in FRAMEWORK.facts:
        assert f"# {fact.id}. {fact.text}" in form
    # With the # taken away, the examples are read, too.
    used = re.sub(r"(?m)^# (\[\[projects\.bodies\]\]|[a-zA-Z_0-9]+ = )", r"\1", form)
    (project,) = read_governance(write(used, "governance.toml"), FRAMEWORK).projects
    assert (project.bodies[0].name, project.bodies[0].decides) == ("Change board", True)
    assert (project.producers, project.asked) == (0, (("parent", 60), ("practitioner", 25)))
    assert project.replies == (("RF01", "..."),)
