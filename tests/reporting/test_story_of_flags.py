"""What readers see of red flags: the reason, both scores, the reply or room for one, and what a flag is not."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from math import nan

import pytest

from coprod_cli.model.findings import Findings, Flag
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import Governance
from coprod_cli.model.tables import OVERALL, RungChance, table
from coprod_cli.reporting import OUTPUTS, Material, list_results, tell_screen
from coprod_cli.reporting.document import Bullets, Document
from coprod_cli.reporting.story_of_pages import tell_pages
from coprod_cli.reporting.to_html import write_html
from coprod_cli.reporting.to_markdown import write_markdown
from coprod_cli.telling import Panel, pick_rungs, say_rung

MakeFindings = Callable[..., Findings]
PROJECT = "Short breaks strategy"
DECIDED = "It is verified that decisions were dated before parents were asked."
BOTH = "61 before limits (likely range 55 to 67); 49 because decisions were dated before parents were asked (RF02)."


def flag(name: str, effect: str = "note", reply: str = "", *, escalate: bool = False, project: str = PROJECT) -> Flag:
    titles = {"RF02": "Decided already", "RF13": "Afraid to speak / blamed", "RF15": "No parent view"}
    return Flag(project, "", name, titles.get(name, "Stops with the money"), effect, DECIDED, escalate, reply)


def hold(findings: Findings, *flags: Flag, as_of: str = "") -> Findings:
    """With these flags up, and the score of parents of the project held from 61 to 49."""
    scores = findings.scores.copy()
    own = (scores["project"] == PROJECT) & (scores["dimension"] == OVERALL) & (scores["role"] == "parent")
    names = ["estimate", "low", "high", "before_limits", "low_before", "high_before"]
    scores.loc[own, names] = [49.0, 49.0, 49.0, 61.0, 55.0, 67.0]
    return replace(findings, scores=scores, flags=flags, governance=Governance(as_of=as_of))


def write(findings: Findings, name: str = "report.html") -> str:
    return OUTPUTS[name](Material(findings)).decode("utf-8")


def list_lines(document: Document, section: str) -> list[str]:
    blocks = next((each.blocks for each in document.sections if each.id == section), ())
    return [item for block in blocks if isinstance(block, Bullets) for item in block.items]


def test_both_scores_and_the_reason_stand_together_wherever_a_score_is_told(usual: Findings) -> None:
    held = hold(usual, flag("RF02", "limit"))
    report, summary = write(held), write(held, "summary.md")
    assert BOTH in report
    assert "61 out of 100 (likely range 55 to 67;" in summary
    assert "It is held at 49, because decisions were dated before parents were asked (RF02)." in summary
    assert "held at 49; 61 (55 to 67) before limits" in str(tell_screen(held))
    weakest = held.scores.assign(weakest="influence", plain_mean=64.0, plain_low=58.0, plain_high=70.0)
    both = write(replace(held, scores=weakest))
    assert "Before that, the score was held to 15 points above its weakest dimension" in both
    assert "The plain weighted mean would be 64 (likely range 58 to 70)." in both
    rows = list(csv.DictReader(io.StringIO(write(held, "scores.csv"))))
    told = {(row["project"], row["role"]): row["before_limits"] for row in rows if row["dimension"] == OVERALL}
    assert told[PROJECT, "parent"] == "61.0"
    assert set(told.values()) == {"61.0", ""}
    overall = [each["overall"] for each in list_results(held)["projects"]]
    assert [each["before_limits"] for each in overall if each["before_limits"]] == [61.0]


def test_a_range_that_a_limit_cuts_above_the_score_says_how_far_it_would_reach(usual: Findings) -> None:
    held = hold(usual, flag("RF02", "limit"))
    scores = held.scores.copy()
    own = scores["before_limits"] == 61.0
    names = ["estimate", "low", "high", "before_limits", "low_before", "high_before"]
    scores.loc[own, names] = [39.0, 29.0, 49.0, nan, 29.0, 61.0]
    cut = replace(held, scores=scores)
    assert "39 (29 to 49; to 61 before limits)" in str(tell_screen(cut))
    report = write(cut)
    assert "The likely range would reach to 61 before limits; it ends at 49 because decisions were dated" in report
    assert "likely range 29 to 49; to 61 before limits" in write(cut, "summary.md")
    row = next(each for each in csv.DictReader(io.StringIO(write(cut, "scores.csv"))) if each["high_before"])
    assert (row["before_limits"], row["low_before"], row["high_before"]) == ("", "29.0", "61.0")


def test_a_limit_shared_by_two_facts_names_both_and_not_a_laxer_one(usual: Findings) -> None:
    flags = (flag("RF03", "limit"), flag("RF04", "limit"), flag("RF05", "limit"))
    because = (
        "because deciding meetings took place without parents (RF03) and parents had no seat on the board that decides "
        "(RF04)."
    )
    assert because in write(hold(usual, *flags))


def test_the_reply_is_printed_or_room_is_left_for_it(usual: Findings) -> None:
    replied = write(hold(usual, flag("RF02", "limit", reply="We <changed> four points."), as_of="2026-03-01"))
    assert "We &lt;changed&gt; four points." in replied
    assert "No response received" not in replied
    assert replied.count('class="room"') == 1, "for the response to the whole report"
    silent = write(hold(usual, flag("RF02", "limit"), as_of="2026-03-01"))
    assert "No response received by 1 March 2026." in silent
    assert silent.count('class="room"') == 2
    nobody_asked = write(hold(usual, flag("RF02", "limit")))
    assert "Room for the service&#39;s reply" in nobody_asked
    assert "No response received" not in nobody_asked


def test_what_a_flag_is_not_is_said_with_flags_and_without(usual: Findings) -> None:
    assert "does not prove that anybody meant badly" in write(hold(usual, flag("RF02", "limit")))
    plain = write(usual)
    assert plain.count("None is up, as far as could be seen. That does not prove that all is well.") == 4
    assert "61 before limits" not in plain


def test_a_note_says_that_it_is_one_and_a_grave_one_asks_for_a_person(usual: Findings) -> None:
    report = write(hold(usual, flag("RF17"), flag("RF13", escalate=True)))
    assert "Stops with the money (RF17), a note beside the score." in report
    assert report.count("A named person should look into this.") == 1


def test_the_screen_names_every_flag_and_the_summary_never_the_gravest(usual: Findings) -> None:
    held = hold(
        usual, flag("RF13", escalate=True), flag("RF17"), flag("RF15", "withheld", project="School transport panel")
    )
    screen = list_lines(tell_screen(held), "flags")
    assert screen[1] == f"Red flags for “{PROJECT}”: Afraid to speak / blamed (RF13) and Stops with the money (RF17)."
    assert "does not prove" in screen[-1]
    assert screen[0] == "Red flags for “School transport panel”: No parent view (RF15)."
    assert "2 pieces of work have red flags." in write(held, "summary.md")
    alone = write(hold(usual, flag("RF13", escalate=True)), "summary.md")
    assert "RF13" not in alone
    assert "red flag" not in alone
    assert list_lines(tell_screen(usual), "flags") == []


def test_many_projects_with_flags_are_told_in_one_line(many: Findings) -> None:
    names = sorted(set(many.scores["project"]))
    lines = list_lines(tell_screen(replace(many, flags=tuple(flag("RF17", project=name) for name in names))), "flags")
    assert len(lines) == 1
    assert lines[0].startswith("Red flags are up for 40 projects")


def test_flags_travel_whole_into_csv_and_json(usual: Findings) -> None:
    held = hold(usual, flag("RF02", "limit", reply="=We changed it"), flag("RF13", escalate=True))
    rows = list(csv.DictReader(io.StringIO(write(held, "flags.csv"))))
    assert [(row["id"], row["effect"], row["escalate"]) for row in rows] == [
        ("RF02", "limit", ""),
        ("RF13", "note", "yes"),
    ]
    assert rows[0]["reply"] == "'=We changed it", "a spreadsheet must not run it"
    listed = list_results(held)["flags"]
    assert [each["reply"] for each in listed] == ["=We changed it", None]
    assert listed[1]["escalate"] is True


def test_a_score_that_a_fact_takes_away_says_so_and_never_that_people_are_missing(usual: Findings) -> None:
    scores = usual.scores.copy()
    own = (scores["project"] == PROJECT) & (scores["dimension"] == OVERALL)
    why = "Withheld, because no parent or young person is named among those who made it (RF01)."
    scores.loc[own, ["estimate", "low", "high"]] = float("nan")
    scores.loc[own, "reportable"] = False
    scores.loc[own, "why_not"] = why
    gone = replace(usual, scores=scores, flags=(flag("RF01", "withheld"),))
    summary = write(gone, "summary.md")
    line = next(line for line in summary.splitlines() if f"“{PROJECT}”: " in line and "withheld" in line)
    assert line.endswith("score withheld, because no parent or young person is named among those who made it (RF01).")
    assert "not enough answers" not in line
    assert "Score withheld, because" in write(gone)


@pytest.mark.parametrize(("chances", "told"), [((0, 0, 1.0), 1), ((0.9, 0.1, 0), 0)])
def test_a_rung_that_a_fact_holds_down_is_not_put_down_to_the_answers(
    chances: tuple[float, ...], told: int, usual: Findings, framework: Framework
) -> None:
    filled = [*chances, *[0.0] * (len(framework.ladder.rungs) - len(chances))]
    rungs = [RungChance(PROJECT, "parent", "", at, chance, 35) for at, chance in enumerate(filled)]
    held = replace(usual, rungs=table(rungs, RungChance), flags=(flag("RF02", "limit"),))
    words = say_rung(held, pick_rungs(held, Panel(PROJECT, ""), "parent"))
    assert words.count("held down by a verified fact (RF02)") == told


def test_room_for_a_reply_is_kept_in_every_format(usual: Findings) -> None:
    held = hold(usual, flag("RF02", "limit"))
    document = Document("Flags", "", None, (tell_pages(Material(held)),), "")
    assert b"Room for the service's reply to RF02." in write_markdown(document)
    assert b'class="room"' in write_html(document)
