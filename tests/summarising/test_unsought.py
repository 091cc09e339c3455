"""Where a codebook has themes that no machine knows, their silence is never told as nobody's having spoken of them."""

from dataclasses import replace

import pytest

from coprod_cli.coding import coder_report
from coprod_cli.model.checked import NOTHING_CHECKED, Checked
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework
from coprod_cli.summarising.unsought import list_sought, note_unsought


@pytest.fixture(scope="module")
def framework() -> Framework:
    shipped = read_framework()
    own = (replace(shipped.themes[0], id=f"own_{at}", name=f"Own theme {at}") for at in range(10))
    return replace(shipped, themes=(shipped.theme("trust"), *own))


def test_what_was_looked_for_is_what_the_machine_knows(framework: Framework) -> None:
    nothing = coder_report("cues")._replace(themes=())
    assert [each.id for each in list_sought(framework, nothing, ("trust", "openness"))] == ["trust"]
    assert list_sought(framework, nothing, ()) == ()
    assert list_sought(framework, nothing, None) == framework.themes


@pytest.mark.parametrize(
    ("checked", "told"),
    [
        (NOTHING_CHECKED, "does not mean that nobody spoke of them"),
        (Checked(answers=20, by_hand=9), "too low"),
        (Checked(answers=20, by_hand=20), "People coded all answers"),
    ],
)
def test_that_the_machine_does_not_know_themes_is_told_with_what_follows(
    checked: Checked, told: str, framework: Framework
) -> None:
    for sought in ((), (framework.theme("trust"),)):
        [notice] = note_unsought(framework, sought, "trained", checked, wrote=True)
        assert told in notice.message
        assert notice.code == ("themes-not-learnt" if sought else "no-theme-learnt")
        assert ("has not learnt 10" in notice.message) == bool(sought)
        # A codebook may be long: not all of it is said.
        assert "Own theme 9" not in notice.message
    assert not note_unsought(framework, framework.themes, "trained", checked, wrote=True)
    assert not note_unsought(framework, (), "trained", checked, wrote=False)
