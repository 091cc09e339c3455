import math
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest

from coprod_cli.drawing import CHARTS, Chart, draw_changes, draw_charts
from coprod_cli.drawing.closed_items import LOOKS
from coprod_cli.drawing.look import INK, PAPER, PARENTS, PRACTITIONERS, QUIET, TRACK, UNCLEAR
from coprod_cli.model.closed_items import Part
from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import Findings
from coprod_cli.model.framework import Framework
from coprod_cli.telling import list_panels, name_files

PHONE = 360
POINTS_WIDE = 324
SMALLEST_ON_A_PHONE = 10.5


def change(dimension: str, move: float, verdict: str, project: str = "Short breaks", role: str = "parent") -> Change:
    """A change of so many points, six either way; one without a verdict says nothing, since nobody is enough."""
    why_not = "" if verdict else "Not enough answers to say: it takes at least 20 people in each round."
    move = move if verdict else math.nan
    people = 30 if verdict else -1
    return Change(
        project, role, dimension, "2025", "2026", move, move - 6, move + 6, 0.9, 0.7, people, people, -1,
        linked=False, items=9, verdict=verdict, why_not=why_not, basis="items" if verdict else "",
    )  # fmt: skip


VERDICTS = {
    "overall": (4, "probably better"),
    "start": (12, "better"),
    "power": (-9, "worse"),
    "heard": (1, "no clear change"),
}


@pytest.fixture(scope="module")
def changed(make_findings: Callable[..., Findings]) -> Findings:
    """Two rounds, with what changed between them."""
    both = make_findings([("Short breaks", 30, 20, 50.0, 6.0, wave) for wave in ("2025", "2026")])
    changes = [change(name, *move) for name, move in VERDICTS.items()]
    return replace(both, changes=(*changes, change("trust", 0, "")))


@pytest.fixture(scope="module")
def charts(changed: Findings) -> tuple[Chart, ...]:
    return draw_charts(changed)


@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_says_its_finding_its_measure_and_its_figures(kind: str, changed: Findings) -> None:
    drawn = CHARTS[kind](changed)
    assert drawn
    for chart in drawn:
        assert chart.kind == kind
        assert chart.title
        assert not chart.title.endswith(".")
        assert "people" in chart.subtitle or "Number of" in chart.subtitle
        assert chart.alt.startswith(chart.title)
        assert len(chart.rows) > 0
        assert {len(row) for row in chart.rows} == {len(chart.header)}


@pytest.mark.parametrize("kind", CHARTS)
def test_nothing_reportable_means_no_chart(kind: str, nothing_told: Findings) -> None:
    assert CHARTS[kind](nothing_told) == ()


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_findings_give_the_same_bytes(kind: str, changed: Findings) -> None:
    usual = changed
    assert CHARTS[kind](usual) == CHARTS[kind](replace(usual, scores=usual.scores.copy(), themes=usual.themes.copy()))


def test_pictures_are_real_and_no_wider_than_a_phone_can_show(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        assert chart.png.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", chart.png[16:24])
        assert width == pytest.approx(POINTS_WIDE / 72 * 200, abs=1)
        assert height > width, "tall and narrow"
        root = ET.fromstring(chart.svg)  # noqa: S314 - a picture we have just drawn
        assert root.get("width") == "324pt"
        assert root.get("role") == "img"
        assert root.get("aria-label") == chart.alt


def test_no_letter_is_too_small_to_read_on_a_phone(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        sizes = [float(scale) * 100 for scale in re.findall(r"scale\(([\d.]+) -[\d.]+\)", chart.svg.decode())]
        assert sizes
        assert min(sizes) * PHONE / POINTS_WIDE >= SMALLEST_ON_A_PHONE, chart.name


def test_pictures_hold_no_date_and_load_nothing(charts: tuple[Chart, ...]) -> None:
    for chart in charts:
        text = chart.svg.decode()
        assert "dc:date" not in text
        assert "<text" not in text, "letters are shapes, so that every machine shows the same"
        assert not re.search(r'(?:href|src)="(?!#)', text)
        assert b"tIME" not in chart.png


def test_names_are_told_apart_and_fit_any_disk(many: Findings) -> None:
    names = list(name_files(list_panels(many)).values())
    assert len(set(names)) == len(names) == 40
    assert all(re.fullmatch(r"[a-z0-9-]{1,60}", name) for name in names)


def test_forty_projects_with_long_names_are_all_in_the_tables(many: Findings) -> None:
    drawn = CHARTS["themes_by_project"](many)
    assert {name for chart in drawn for name in chart.header[1:]} == {base.project for base in many.bases}
    assert max(len(chart.header) for chart in drawn) <= 5


def test_core_dimensions_come_first_in_the_profile(usual: Findings, framework: Framework) -> None:
    names = [row[0] for row in CHARTS["dimension_profile"](usual)[0].rows]
    core = [each.name for each in framework.dimensions if each.core]
    assert names[: len(core)] == core


def test_a_dimension_with_too_few_answers_stays_in_the_profile_and_says_so(usual: Findings) -> None:
    scores = usual.scores.copy()
    few = (scores["dimension"] == "power") & (scores["role"] == "parent")
    scores.loc[few, ["estimate", "low", "high"]] = math.nan
    scores.loc[few, "reportable"] = False
    chart = CHARTS["dimension_profile"](replace(usual, scores=scores))[0]
    assert ("Sharing decisions", "not enough answers to say", "", "") in chart.rows
    assert "Sharing decisions: not enough answers to say." in chart.alt


@pytest.mark.parametrize(
    ("spread", "words"),
    [
        (2.0, "Parents and carers scored “Being heard and valued” higher than “Making a difference”"),
        (30.0, "Parents and carers: no dimension stands clearly apart from the others"),
    ],
)
def test_the_title_claims_a_difference_only_where_ranges_lie_apart(usual: Findings, spread: float, words: str) -> None:
    scores = usual.scores.assign(low=usual.scores["estimate"] - spread, high=usual.scores["estimate"] + spread)
    scores = scores.assign(low=scores["low"].clip(lower=0), high=scores["high"].clip(upper=100))
    titles = {chart.title for chart in CHARTS["dimension_profile"](replace(usual, scores=scores))}
    assert words in titles


def test_only_clear_contrasts_are_told_as_differences(usual: Findings) -> None:
    unclear = replace(usual, contrasts=tuple(each._replace(clear=False) for each in usual.contrasts))
    for chart in CHARTS["parents_beside_practitioners"](unclear):
        assert "higher" not in chart.title
        assert not any("higher" in cell for row in chart.rows for cell in row)
    assert any("higher" in chart.title for chart in CHARTS["parents_beside_practitioners"](usual))


def test_too_few_to_compare_is_not_called_no_difference(usual: Findings) -> None:
    titles = {chart.title for chart in CHARTS["parents_beside_practitioners"](replace(usual, contrasts=()))}
    assert titles == {"Too few people to compare parents and carers with practitioners"}


def test_clear_differences_come_first(usual: Findings) -> None:
    clear = [["higher" in row[-1] for row in chart.rows] for chart in CHARTS["parents_beside_practitioners"](usual)]
    assert any(any(each) for each in clear)
    assert all(each == sorted(each, reverse=True) for each in clear)


def test_scores_from_comments_are_drawn_and_say_so(comments_only: Findings) -> None:
    drawn = CHARTS["dimension_profile"](comments_only)
    assert drawn
    assert all("From comments only" in chart.subtitle for chart in drawn)


def test_parents_lead_and_practitioners_stand_in_only_where_parents_cannot_be_told(usual: Findings) -> None:
    assert {chart.role for chart in CHARTS["dimension_profile"](usual)} == {"parent"}
    alone = replace(usual, scores=usual.scores[usual.scores["role"] == "practitioner"].reset_index(drop=True))
    drawn = CHARTS["dimension_profile"](alone)
    assert {chart.role for chart in drawn} == {"practitioner"}
    assert all("Practitioners" in chart.title for chart in drawn)
    assert CHARTS["parents_beside_practitioners"](alone) == ()


def test_withheld_counts_stay_withheld(usual: Findings, split: Findings) -> None:
    for findings, kind in ((split, "theme_stances"), (usual, "themes_by_project")):
        chart = CHARTS[kind](findings)[0]
        cells = [cell for row in chart.rows for cell in row[1:]]
        assert "[c]" in cells
        assert not any(cell.isdigit() and 0 < int(cell) < 5 for cell in cells)


def test_themes_are_split_only_where_every_part_may_be_told(split: Findings) -> None:
    chart = CHARTS["theme_stances"](split)[0]
    assert chart.rows[0] == ("Making a difference and hearing back", "46", "13", "5", "23", "5")
    assert "46 people (13 coded as going well, 23 as not going well, 5 as both, 5 as neither)." in chart.alt
    unsplit = [row for row in chart.rows if row[2] == "[c]"]
    assert unsplit
    assert all(set(row[2:]) == {"[c]"} for row in unsplit)
    assert "by how their words were coded" in chart.subtitle


def test_where_no_split_may_be_told_bars_are_plain(usual: Findings) -> None:
    few = usual.themes.assign(positive=math.nan, mixed=math.nan, negative=math.nan, neutral=math.nan)
    chart = CHARTS["theme_stances"](replace(usual, themes=few))[0]
    assert chart.header == ("Theme", "People")
    assert "coded as" not in chart.alt
    assert "going well" not in chart.subtitle
    assert "pattern" not in chart.svg.decode()


def test_themes_by_project_claims_nothing_that_a_missing_number_might_deny(
    usual: Findings, make_findings: Callable[..., Findings]
) -> None:
    drawn = CHARTS["themes_by_project"](usual)
    assert {chart.title for chart in drawn} == {"Themes that parents and carers raised, by project"}
    whole = make_findings([("Short breaks", 40, 20), ("Transport", 40, 20)])
    themes = whole.themes.assign(people=whole.themes["people"].where(whole.themes["theme"] == "trust", 7.0))
    themes.loc[themes["theme"] == "trust", "people"] = 20.0
    told = CHARTS["themes_by_project"](replace(whole, themes=themes))
    assert [chart.title for chart in told] == ["In both projects, more people raised “Trust” than any other theme"]


def test_a_rounded_base_is_told_as_rounded_in_picture_and_table_alike(usual: Findings) -> None:
    (chart,) = CHARTS["themes_by_project"](usual)
    assert chart.rows[0][0] == "People who wrote comments"
    assert all(cell.startswith("about ") for cell in chart.rows[0][1:])


def test_parents_themes_come_first(usual: Findings) -> None:
    assert [chart.role for chart in CHARTS["theme_stances"](usual)] == ["parent", "practitioner"]
    assert {chart.role for chart in CHARTS["themes_by_project"](usual)} == {"parent"}


def test_two_rounds_are_drawn_apart(make_findings: Callable[..., Findings]) -> None:
    both = make_findings([("Short breaks", 30, 20, 50.0, 6.0, wave) for wave in ("2025", "2026")])
    for kind, draw in CHARTS.items():
        if kind == "changes":
            continue
        drawn = draw(both)
        assert {chart.wave for chart in drawn} == {"2025", "2026"}
        assert len({chart.name for chart in drawn}) == len(drawn)
        assert all(chart.wave in chart.subtitle for chart in drawn)


@pytest.mark.parametrize(
    "name", ["Costs $5 & $6 <b>", "短休息 plan", "Line\nbreak\ttab", "x" * 300, "Cafe\u0301 \u202eevil"]
)
def test_any_project_name_can_be_drawn(make_findings: Callable[..., Findings], name: str) -> None:
    for kind in ("dimension_profile", "themes_by_project"):
        (chart,) = CHARTS[kind](make_findings([(name, 30, 20)]))
        ET.fromstring(chart.svg)  # noqa: S314 - a picture we have just drawn


def test_what_matplotlib_was_told_elsewhere_changes_nothing(usual: Findings) -> None:
    before = CHARTS["theme_stances"](usual)
    with mpl.rc_context({"font.size": 30, "savefig.dpi": 50, "axes.facecolor": "red", "svg.fonttype": "none"}):
        assert CHARTS["theme_stances"](usual) == before
        assert mpl.rcParams["font.size"] == 30


def test_the_months_of_the_answers_stand_with_every_chart(usual: Findings) -> None:
    dated = replace(usual, period=("2026-03", "2026-05"))
    for chart in draw_charts(dated):
        assert chart.subtitle.endswith("Answers from March to May 2026."), chart.name


def test_a_change_is_told_in_the_words_of_its_verdict(changed: Findings) -> None:
    (chart,) = CHARTS["changes"](changed)
    assert chart.title == "Parents and carers: of 3 dimensions 1 better and 1 worse, 2026 beside 2025"
    assert chart.rows[0][0] == "Overall"
    assert (
        "Starting together and staying in",
        "44",
        "56",
        "better: up 12 points (likely range: up 6 to 18)",
    ) in chart.rows
    assert ("Trust and everyday behaviour", "", "", "not enough answers to say") in chart.rows
    assert "Starting together and staying in: 2025 44, 2026 56; better" in chart.alt


def test_no_change_is_claimed_where_none_is_clear(changed: Findings) -> None:
    unclear = tuple(each._replace(verdict="no clear change") for each in changed.changes if each.verdict)
    (chart,) = CHARTS["changes"](replace(changed, changes=unclear))
    assert chart.title == "Parents and carers: no clear change, 2026 beside 2025"
    assert CHARTS["changes"](replace(changed, changes=(change("trust", 0, ""),))) == ()


def test_a_broken_series_bears_a_mark_and_says_so(changed: Findings) -> None:
    (plain,) = draw_changes(changed)
    (broken,) = draw_changes(changed, ["The questions were worded otherwise."])
    assert "The series is broken" in broken.subtitle
    assert "The questions were worded otherwise." in broken.subtitle
    assert "broken" not in plain.alt
    assert broken.png != plain.png
    unlike = "One round rests on closed questions, the other on comments alone, so they cannot be compared."
    odd = (change("start", 12, "better"), change("power", 0, "")._replace(why_not=unlike))
    (chart,) = draw_changes(replace(changed, changes=odd))
    assert chart.rows[1][3] == "series broken: cannot be compared"


def test_closed_questions_tell_what_people_said_and_how_many(usual: Findings) -> None:
    chart = next(each for each in CHARTS["closed_items"](usual) if each.project)
    asked = "When decisions were made, how far did parents have an equal say?"
    assert [row for row in chart.rows if row[0] == asked] == [
        (asked, label, f"{percent}%", "about 30 people")
        for label, percent in zip(usual.framework.labels, (12, 20, 28, 24, 16), strict=True)
    ]
    assert any(row[1] == "Not at all or A little" for row in chart.rows)
    assert chart.rows[-1][1] == "Mostly or Completely", "questions that are bad news come last"
    assert "put together" in chart.subtitle


def test_a_majority_is_claimed_only_where_its_range_is_clear_of_one_half(usual: Findings) -> None:
    def say(percent: int) -> str:
        parts = (Part(0, 2, 100 - percent), Part(3, 4, percent))
        spreads = tuple(each._replace(parts=parts, bad_high=False) for each in usual.spreads[:3])
        return CHARTS["closed_items"](replace(usual, spreads=spreads))[0].title

    assert say(55) == "Parents and carers: no clear majority on any question"
    assert say(80) == "More than half of parents and carers answered “Mostly” or “Completely” to 3 of 3 questions"
    assert say(20) == "Fewer than half of parents and carers answered “Mostly” or “Completely” to 3 of 3 questions"


def test_questions_on_other_scales_have_a_picture_of_their_own(usual: Findings) -> None:
    others = ("Never", "Rarely", "Sometimes", "Often", "Always")
    first, *rest = usual.spreads[:3]
    drawn = CHARTS["closed_items"](replace(usual, spreads=(first._replace(labels=others), *rest)))
    assert len(drawn) == 2
    assert len({chart.name for chart in drawn}) == 2
    assert {"Often"} <= {row[1] for row in drawn[0].rows} ^ {row[1] for row in drawn[1].rows}


def find_brightness(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0..1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def find_contrast(one: str, other: str) -> float:
    low, high = sorted(map(find_brightness, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_figures_on_bars_have_the_contrast_that_small_letters_need() -> None:
    for look in LOOKS.values():
        assert find_contrast(look.ink, PAPER if look.pattern else look.colour) >= 4.5, look
    for colour in (INK, QUIET, PARENTS, PRACTITIONERS, UNCLEAR):
        assert find_contrast(colour, PAPER) >= 4.5, colour
    for colour in (PARENTS, PRACTITIONERS, UNCLEAR):
        assert find_contrast(colour, TRACK) >= 3, "marks"


def test_both_sides_of_a_bar_are_told_apart_in_black_and_white() -> None:
    low = [look for (first, _), look in LOOKS.items() if first < 2 and look.pattern]
    high = [look for (first, last), look in LOOKS.items() if last > 2]
    assert len(low) + len(high) + 1 == len(LOOKS), "low answers have a pattern, high ones and the middle none"
    assert not any(look.pattern for look in high)
    assert find_contrast(LOOKS[3, 3].colour, LOOKS[4, 4].colour) >= 3
