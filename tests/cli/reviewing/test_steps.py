"""Whatever a person types, the session says what is decided; and every step can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from coprod_cli.cli.reviewing.session import Place, Session, Shown, begin
from coprod_cli.cli.reviewing.steps import list_keys, step
from coprod_cli.model.answers import Marked
from coprod_cli.model.review import Decision

TypeIn = Callable[[Session, Sequence[str]], Session]


def list_said(session: Session) -> list[tuple[str, str, str, str]]:
    words = session.now.answer.words
    return [(each.theme, each.stance, each.level, words[each.start : each.end]) for each in session.codes]


def test_accepting_keeps_what_the_machine_found_and_goes_on(session: Session) -> None:
    after = step(session, "a")
    assert after.decided == {"a1": Decision(session.now.codes, ("accepted",), "", "carer", 0)}
    assert after.now.answer.id == "a2"
    assert after.count_done() == 1


def test_that_the_machine_finds_nothing_can_be_accepted_too(session: Session, type_in: TypeIn) -> None:
    assert type_in(session, ["s", "accept"]).decided["a2"] == Decision((), ("accepted",), "", "carer", 0)


def test_no_theme_at_all_takes_every_code_away(session: Session) -> None:
    assert step(session, "r").decided["a1"] == Decision((), ("removed",), "", "carer", 0)


@pytest.mark.parametrize(
    ("typed", "said", "deeds"),
    [
        (["2", "n"], ("trust", "negative", "project", "Trust grew"), ("changed",)),
        (["2", "u"], ("trust", "neutral", "project", "Trust grew"), ("changed",)),
        (["2", "c"], ("trust", "positive", "individual", "Trust grew"), ("changed",)),
        (["2", "s"], ("trust", "positive", "system", "Trust grew"), ("changed",)),
        (["2", "x"], ("trust", "positive", "", "Trust grew"), ("changed",)),
        (
            ["2", "e", "trust ... changed"],
            ("trust", "positive", "project", "Trust grew, but nothing changed"),
            ("changed",),
        ),
        (["2", "t", "being list"], ("listened_to", "positive", "project", "Trust grew"), ("added", "removed")),
        (["2", "p"], ("trust", "positive", "project", "Trust grew"), ("accepted",)),
    ],
)
def test_one_thing_of_a_code_is_changed_by_two_keys(
    session: Session, type_in: TypeIn, typed: list[str], said: tuple[str, ...], deeds: tuple[str, ...]
) -> None:
    after = type_in(session, typed)
    assert list_said(after)[1] == said
    assert list_said(after)[0] == list_said(session)[0]
    assert after.form.place is Place.answer
    assert after.decided == {}
    assert step(after, "a").decided["a1"].deeds == deeds


def test_what_a_person_changed_is_the_persons_own_and_sure(session: Session, type_in: TypeIn) -> None:
    changed = type_in(session, ["2", "n"]).codes[1]
    assert (changed.coder, changed.confidence, changed.unsure) == ("carer", 1.0, False)


def test_a_code_is_deleted_and_added(session: Session, type_in: TypeIn) -> None:
    after = type_in(session, ["1", "d", "+", "making a diff", "n", "j", "nothing changed"])
    assert list_said(after) == [
        ("trust", "positive", "project", "Trust grew"),
        ("influence_feedback", "negative", "project", "nothing changed"),
    ]
    assert step(after, "a").decided["a1"].deeds == ("added", "removed")


def test_nothing_typed_for_evidence_is_the_whole_answer(session: Session, type_in: TypeIn) -> None:
    after = type_in(session, ["+", "give and take", "p", "s", ""])
    assert list_said(after)[2] == ("reciprocity", "positive", "system", session.now.answer.words)


def test_of_several_themes_one_is_chosen_by_its_number_and_of_a_slip_the_nearest_is_offered(
    session: Session, type_in: TypeIn
) -> None:
    several = type_in(session, ["+", "and"])
    assert several.form.place is Place.theme
    assert len(several.form.offered) > 1
    assert step(several, "2").form.part.theme == several.form.offered[1]
    assert type_in(session, ["+", "and 2"]).form.part.theme == several.form.offered[1]
    slip = type_in(session, ["+", "trsut"])
    assert "come near" in slip.message
    assert step(slip, "1").form.part.theme == "trust"
    assert "No theme" in type_in(session, ["+", "qqqq"]).message
    assert len(type_in(session, ["+", "?"]).form.offered) == 20


def test_an_equal_code_is_not_put_beside_another(session: Session, type_in: TypeIn) -> None:
    after = type_in(session, ["+", "trust", "p", "j", "trust grew"])
    assert after.codes == session.codes
    assert "there already" in after.message


def test_words_that_are_not_there_are_asked_for_again_and_words_that_stand_there_twice_are_told(
    session: Session, type_in: TypeIn
) -> None:
    missing = type_in(session, ["1", "e", "nobody said"])
    assert missing.form.place is Place.evidence
    assert "do not stand" in missing.message
    assert "nobody" not in missing.message
    twice = begin(session.framework, [Shown(session.now.answer._replace(words="We asked. We asked."), ())], {}, "carer")
    after = type_in(twice, ["+", "trust", "n", "j", "we asked"])
    assert "more than once" in after.message
    assert (after.codes[0].start, after.codes[0].end) == (0, 8)


def test_nothing_typed_goes_back_from_wherever_one_is(session: Session, type_in: TypeIn) -> None:
    for way, places in (
        (["1"], []), (["+"], []), (["+", "trust"], [Place.theme]), (["+", "trust", "n"], [Place.stance, Place.theme]),
        (["n"], []), (["?"], []), (["t"], []), (["2", "t"], [Place.code]), (["2", "e"], [Place.code]),
        (["1", "?"], [Place.code]),
    ):  # fmt: skip
        back = type_in(session, way)
        for place in (*places, Place.answer):
            assert back.form.place is not Place.answer
            back = step(back, "")
            assert back.form.place is place
        assert (back.form.code, back.codes, back.past) == (-1, session.codes, ())


def test_back_from_its_rules_one_goes_on_with_the_same_code(session: Session, type_in: TypeIn) -> None:
    assert list_said(type_in(session, ["2", "?", "", "n"]))[1][:2] == ("trust", "negative")


def test_what_no_machine_could_code_is_not_accepted_as_without_a_theme(session: Session, type_in: TypeIn) -> None:
    alone = begin(session.framework, [each._replace(codes=()) for each in session.shown], {}, "carer", unread=["a1"])
    after = type_in(alone, ["a"])
    assert after.decided == {}
    assert "r if the answer holds no theme" in after.message
    assert "a" not in dict(list_keys(alone))
    assert type_in(alone, ["+", "trust", "n", "j", "all", "a"]).decided["a1"].deeds == ("added",)
    again = type_in(alone, ["r", "u"])
    assert again.decided == {}
    assert dict(list_keys(step(alone, "r")))["a"] == "accept"


def test_one_letter_never_takes_a_theme_by_itself(session: Session, type_in: TypeIn) -> None:
    assert type_in(session, ["+", "q"]).form.place is Place.theme
    begun = type_in(session, ["+", "o"])
    assert begun.form.place is Place.theme
    assert type_in(begun, ["1"]).form.place is Place.stance


def test_beneath_what_was_ticked_nothing_is_looked_up(session: Session, type_in: TypeIn) -> None:
    begun = type_in(session, ["t", "trust"])
    assert begun.form.place is Place.ticked
    assert list(list_keys(begun)) == [("Enter", "back")]


def test_a_note_is_kept_with_the_decision_and_can_be_taken_out(session: Session, type_in: TypeIn) -> None:
    assert type_in(session, ["n", "Ask Ben?", "a"]).decided["a1"].note == "Ask Ben?"
    assert type_in(session, ["n", "Ask Ben?", "n", "-", "a"]).decided["a1"].note == ""


def test_a_note_is_kept_at_once_and_decides_nothing(session: Session, type_in: TypeIn) -> None:
    noted = type_in(session, ["n", "Ask Ben?"])
    assert noted.decided == {"a1": Decision((), ("noted",), "Ask Ben?", "carer", 0)}
    assert noted.count_done() == 0
    assert step(noted, "q").ended
    again = begin(session.framework, session.shown, noted.decided, "carer")
    assert (again.codes, again.note) == (session.codes, "Ask Ben?")
    assert step(again, "a").decided["a1"] == Decision(session.codes, ("accepted",), "Ask Ben?", "carer", 0)
    assert type_in(again, ["a", "u"]).decided == noted.decided
    assert "it is open again" in type_in(again, ["a", "u"]).message
    assert type_in(again, ["n", "-"]).decided == {}
    decided = begin(session.framework, session.shown, step(session, "a").decided, "carer")
    assert type_in(decided, ["n", "Ben says yes"]).decided["a1"][:3] == (session.codes, ("accepted",), "Ben says yes")


def test_who_quits_with_codes_half_changed_is_asked_what_becomes_of_them(session: Session, type_in: TypeIn) -> None:
    for typed in (["q"], ["2", "n", "u", "q"], ["2", "n", "a", "q"], ["1", "q"]):
        after = type_in(session, typed)
        assert not after.is_half_done
        assert after.ended is (typed != ["1", "q"])
    asked = type_in(session, ["2", "n", "q"])
    assert not asked.ended
    assert "have not decided" in asked.message
    assert list(dict(list_keys(asked))) == ["a", "q", "Enter"]
    kept, left, back = step(asked, "a"), step(asked, "q"), step(asked, "")
    assert (kept.ended, kept.is_half_done, kept.decided["a1"].deeds) == (True, False, ("changed",))
    assert (left.ended, left.is_half_done, left.decided) == (True, True, {})
    assert (back.ended, back.form.place, back.codes) == (False, Place.answer, asked.codes)


def test_a_code_that_says_so_already_is_told_from_another_that_does(session: Session, type_in: TypeIn) -> None:
    assert type_in(session, ["2", "p"]).message == "Code 2 says that already."
    assert type_in(session, ["1", "d", "change"]).form.place is Place.code
    assert type_in(session, ["change"]).message == "Type the number of the code."


def test_a_chain_of_undo_goes_back_through_changes_skips_and_decisions_to_the_beginning(
    session: Session, type_in: TypeIn
) -> None:
    trail = [session]
    steps = [["1", "n"], ["n", "odd"], ["2", "d"], ["a"], ["s"], ["+", "trust", "n", "j", "all"], ["r"]]
    for typed in steps:
        trail.append(type_in(trail[-1], typed))
    now = trail[-1]
    assert set(now.decided) == {"a1", "a3"}
    assert now.form.place is Place.end
    for before in reversed(trail[:-1]):
        now = step(now, "u")
        assert (now.at, now.codes, now.note) == (before.at, before.codes, before.note)
        assert (now.decided, now.skipped) == (before.decided, before.skipped)
    assert step(now, "u").message == "There is nothing to undo in this sitting."


def test_undo_of_a_decision_taken_again_gives_the_earlier_one_back(session: Session, type_in: TypeIn) -> None:
    earlier = Decision((), ("removed",), "as agreed", "carer", 0)
    again = begin(session.framework, session.shown, {"a1": earlier}, "carer")
    assert (again.codes, again.note) == ((), "as agreed")
    after = type_in(again, ["+", "trust", "n", "j", "all", "a"])
    assert after.decided["a1"].deeds == ("changed", "removed")
    back = step(after, "u")
    assert back.decided == {"a1": earlier}
    assert "stands" in back.message


def test_behind_the_last_answer_one_can_still_go_back(session: Session, type_in: TypeIn) -> None:
    end = type_in(session, ["a", "a", "a"])
    assert end.form.place is Place.end
    assert not end.ended
    assert not step(end, "a").ended
    assert step(end, "u").now.answer.id == "a3"
    assert step(end, "").ended
    assert step(step(end, "q"), "u").ended


def test_blind_shows_nothing_to_accept_and_its_decisions_stand_for_others(blind: Session, type_in: TypeIn) -> None:
    refused = step(blind, "a")
    assert refused.decided == {}
    assert "no code yet" in refused.message
    assert "a" not in dict(list_keys(blind))
    after = type_in(blind, ["+", "openness", "p", "j", "They told us why", "a", "r"])
    assert (after.decided["a1"].deeds, after.decided["a1"].weight) == (("blind",), 1)
    assert after.decided["a2"] == Decision((), ("blind",), "", "carer", 1)


def test_rules_and_ticks_can_be_read_without_changing_anything(session: Session, type_in: TypeIn) -> None:
    assert "a: take the codes" in step(session, "?").page[0]
    for typed in (["?", "2"], ["?", "trust"], ["2", "?"]):
        page = type_in(session, typed).page
        assert page[0] == "Trust:"
        assert any("Broken promises are trust" in line for line in page)
    assert step(session, "t").page == ("How genuine?: Mostly",)
    assert "Nothing is known" in type_in(session, ["s", "t"]).message
    assert step(step(session, "?"), "").decided == {}


@pytest.mark.parametrize("typed", ["z", "9", "0", "accept all", "\u00b2", "\u0663", "\x1b[2J", "-1", "aa"])
def test_what_means_nothing_does_nothing(session: Session, typed: str) -> None:
    after = step(session, typed)
    assert replace(after, message="") == session
    assert after.message
    assert "\x1b" not in after.message


def test_more_codes_than_there_are_keys_are_chosen_by_number(session: Session, type_in: TypeIn) -> None:
    codes = tuple(
        Marked(theme.id, "neutral", "project", 0, 5, 0.9, unsure=False, coder="cues")
        for theme in session.framework.themes[:12]
    )
    many = begin(session.framework, [Shown(session.now.answer, codes)], {}, "carer")
    assert "0" in dict(list_keys(many))
    assert type_in(many, ["0", "11", "n"]).codes[10].stance == "negative"
    assert type_in(many, ["12", "d"]).codes == codes[:11]
    assert type_in(many, ["0", "13"]).message == "There is no code 13."


@pytest.mark.parametrize("place", list(Place))
def test_every_place_bears_every_key_and_hostile_words(session: Session, type_in: TypeIn, place: Place) -> None:
    ways = {
        Place.answer: [], Place.code: ["1"], Place.theme: ["+"], Place.stance: ["+", "trust"],
        Place.level: ["+", "trust", "n"], Place.evidence: ["1", "e"], Place.note: ["n"], Place.rules: ["?"],
        Place.ticked: ["t"], Place.leaving: ["2", "n", "q"],
        Place.end: ["a", "a", "a"],
    }  # fmt: skip
    if place is Place.number:
        begun = replace(session, form=session.form._replace(place=place))
    else:
        begun = type_in(session, ways[place])
    assert begun.form.place is place
    for typed in [*map(chr, range(0x20, 0x7F)), "", "\ud800", "\u202e", "9" * 5000, "...", "\u2026", "?" * 50, "(*["]:
        after = step(begun, typed)
        assert isinstance(after, Session)
        assert all(0 <= each.start < each.end for each in after.codes)
