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


def test_the_form_tells_what_may_be_written() -> None:
    form = write_governance(["Short breaks"], FRAMEWORK)
    assert max(len(line) for line in form.splitlines() if line.startswith("#")) <= 120
    assert len(write_governance(["A", "B", "C", "D"], FRAMEWORK).splitlines()) <= 170
    for words in ("yes, partly, no, not known", "verified, claimed, disputed", "Co-design", "Facts never earn points"):
        assert words in form
    for fact in FRAMEWORK.facts:
        assert re.search(rf"(?m)^{fact.id} = .*  # {re.escape(fact.text)}$", form)


def test_the_form_filled_in_between_its_marks_says_what_was_filled_in(write: Write) -> None:
    form = write_governance(["Short breaks", "School transport"], FRAMEWORK)
    for blank, filled in {
        "  # { name": "  { name",
        'number = ""': 'number = "6"',
        'parent = ""': 'parent = "60"',
        "replies = {}": 'replies = { RF01 = "..." }',
        'started = ""': 'started = "2025-01-31"',
        'G03 = { answer = "not known"': 'G03 = { answer = "no"',
    }.items():
        assert blank in form
        form = form.replace(blank, filled, 1)
    governance = read_governance(write(form, "governance.toml"), FRAMEWORK)
    first, second = governance.projects
    assert (first.bodies[0].name, first.bodies[0].decides) == ("Change board", True)
    assert (first.producers, first.asked, first.started) == (6, (("parent", 60),), "2025-01-31")
    assert first.replies == (("RF01", "..."),)
    assert first.fact("G03") == Fact("G03", "no", "claimed")
    assert (second.bodies, second.producers, second.asked) == ((), -1, ())
    assert governance.surveyed == ("Short breaks", "School transport")
