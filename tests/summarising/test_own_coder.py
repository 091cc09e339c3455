"""With a coder of one's own it is told which themes may enter scores: these are not those of the shipped one."""

from dataclasses import replace

from coprod_cli.coding import coder_report
from coprod_cli.model.checked import Checked
from coprod_cli.model.findings import LEARNT, Settings
from coprod_cli.reading import read_framework
from coprod_cli.summarising.own_coder import note_own_coder
from coprod_cli.summarising.unsought import note_unsought
from coprod_cli.telling import name_coder, say_entering

OWN = coder_report("cues")._replace(engine=LEARNT, answers=60)


def test_what_may_enter_is_told_of_an_own_coder_alone() -> None:
    framework = read_framework()
    [notice] = note_own_coder(framework, OWN, ("trust",), Settings(engine=LEARNT))
    assert f"With this coder 1 of {len(framework.themes)} themes may enter a score: " in notice.message
    assert framework.theme("trust").name in notice.message
    assert not note_own_coder(framework, coder_report("cues"), ("trust",), Settings())
    assert not note_own_coder(framework, OWN, ("trust",), Settings(comments="all"))
    assert "none of 20 themes may enter a score" in say_entering(framework, ())


def test_it_is_called_what_it_is() -> None:
    assert name_coder(OWN) == "a coder learnt from 60 hand-coded answers"


def test_codes_that_were_given_are_not_asked_for_again() -> None:
    shipped = read_framework()
    own = replace(shipped, themes=(shipped.themes[0], replace(shipped.themes[1], id="mine", name="Mine")))
    [notice] = note_unsought(own, own.themes[:1], LEARNT, Checked(answers=20, by_hand=9), wrote=True)
    assert notice.message.startswith("The coder of your own has not learnt 1 of the themes (Mine), so it does not find")
    assert "--codes" not in notice.hint
