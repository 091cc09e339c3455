"""Every figure that a page shows is the one in results.json: the page is read as a person would, and compared."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple

import pytest

from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Findings
from coprod_cli.reporting import Material, list_results
from coprod_cli.reporting.templates import TEMPLATES
from coprod_cli.reporting.to_html import write_html

Results = dict[str, Any]
ROLES = {"Parents and carers": "parent", "Practitioners": "practitioner"}
SCORE = re.compile(r"(\d+) \((\d+) to (\d+)(?:; to \d+ before limits)?\), (?:about )?(\d+) people(?: \[u\])?")
HELD = re.compile(r"held at (\d+); (\d+) \((\d+) to (\d+)\) before limits, (?:about )?(\d+) people")
IN_WORDS = re.compile(r"(\d+) out of 100,? \(?likely range (\d+) to (\d+)[;,] (?:about )?(\d+) people")
CHECK_SUM = re.compile(r"[0-9a-f]{12,}")
FIGURE = re.compile(r"[-\u2212]?\d+(?:,\d{3})*(?:\.\d+)?")
STANCES = {"Went well": "positive", "Both": "mixed", "Did not go well": "negative", "No judgement": "neutral"}


class Shown(NamedTuple):
    """A table as somebody sees it."""

    caption: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]


class Reader(HTMLParser):
    """The tables of a page, and all its words on one line."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[Shown] = []
        self.words: list[str] = []
        self._into: list[str] | None = None
        self._silent = False
        self.feed(page)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._silent = self._silent or tag in {"style", "script"}
        if tag == "table":
            self.tables.append(Shown("", (), []))
        elif tag == "tr":
            self._row: list[str] = []
        elif tag in {"th", "td", "caption"}:
            self._into = []

    def handle_endtag(self, tag: str) -> None:
        self._silent = self._silent and tag not in {"style", "script"}
        if tag in {"th", "td", "caption"} and self._into is not None:
            cell = " ".join("".join(self._into).split())
            self._into = None
            if tag == "caption":
                self.tables[-1] = self.tables[-1]._replace(caption=cell)
            else:
                self._row.append(cell)
        elif tag == "tr" and not self.tables[-1].header:
            self.tables[-1] = self.tables[-1]._replace(header=tuple(self._row))
        elif tag == "tr":
            self.tables[-1].rows.append(tuple(self._row))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)
            if self._into is not None:
                self._into.append(data)


@pytest.fixture(scope="module")
def results(sample: Findings) -> Results:
    return dict(list_results(sample))


@pytest.fixture(scope="module")
def pages(sample: Findings) -> list[Reader]:
    material = Material(sample, draw_charts(sample))
    return [Reader(write_html(each.tell(material)).decode()) for each in TEMPLATES.values()]


def list_groups(results: Results, caption: str) -> dict[str, Any]:
    """Of the project that a caption names, what is told of each role."""
    found = {each["role"]: each for each in results["projects"] if each["project"] in caption}
    assert found, caption
    return found


def find_score(group: Results, name: str) -> Results:
    if name == "Overall":
        return dict(group["overall"])
    return next(each for each in group["dimensions"] if each["name"] == name.removesuffix(" (core)"))


def show(score: Results) -> tuple[str, ...]:
    return tuple(f"{score[each]:.0f}" for each in ("estimate", "low", "high", "people"))


def check_scores(table: Shown, results: Results) -> None:
    groups = list_groups(results, table.caption)
    for name, *cells in table.rows:
        for at, head in enumerate(table.header[1:]):
            if head not in ROLES:
                continue
            apart = table.header[at + 2 : at + 3] == ("People",) and cells[at + 1]
            cell = f"{cells[at]}, {cells[at + 1]} people" if apart else cells[at]
            score = find_score(groups[ROLES[head]], name)
            held, shown = HELD.match(cell), SCORE.match(cell)
            if held:
                told = ("estimate", "before_limits", "low_before", "high_before", "people")
                assert held.groups() == tuple(f"{score[each]:.0f}" for each in told)
            elif shown:
                assert shown.groups() == show(score)
            else:
                assert not score["reportable"]
                assert cell == f"[{score['mark']}]"


def check_picture_of_scores(table: Shown, results: Results) -> None:
    group = list_groups(results, table.caption)["parent"]
    for name, estimate, span, people in table.rows:
        assert (estimate, *re.findall(r"\d+", span), *re.findall(r"\d+", people)) == show(find_score(group, name))


def check_picture_of_both(table: Shown, results: Results) -> None:
    groups = list_groups(results, table.caption)
    for name, parents, parents_span, practitioners, practitioners_span, gap in table.rows:
        assert (parents, *parents_span.split(" to ")) == show(find_score(groups["parent"], name))[:3]
        assert (practitioners, *practitioners_span.split(" to ")) == show(find_score(groups["practitioner"], name))[:3]
        dimension = find_score(groups["parent"], name)["dimension"]
        project = groups["parent"]["project"]
        gaps = [each for each in results["contrasts"] if (each["project"], each["dimension"]) == (project, dimension)]
        told = {f"{abs(each[part]):.0f}" for each in gaps for part in ("gap", "low", "high")}
        assert set(re.findall(r"\d+", gap)) <= told
        assert gaps or gap == "too few people to compare"


def check_rungs(table: Shown, results: Results) -> None:
    rungs = {each["label"]: each for each in list_groups(results, table.caption)["parent"]["rungs"]}
    at = {head: place for place, head in enumerate(table.header)}
    for row in table.rows:
        told = rungs[row[0]]
        chance = told["chance"]
        words = "under 1%" if chance < 0.01 else "over 99%" if chance > 0.99 else f"{chance:.0%}"
        assert row[at["Chance"]] == words
        said = row[at.get("Chose it when asked", at.get("What people chose", -1))]
        if told["said"] is None:
            assert said in {"", "[c]"}
        else:
            shares = [100 * told[each] for each in ("said", "said_low", "said_high")]
            shown = [int(each) for each in re.findall(r"(\d+)%", said)]
            assert len(shown) in {1, 3}
            assert shown == pytest.approx(shares[: len(shown)], abs=0.55)


def check_rungs_of_all(table: Shown, results: Results) -> None:
    groups = list_groups(results, table.caption)
    for row in table.rows:
        for head, cell in zip(table.header[1:], row[1:], strict=True):
            who, what = head.split(": ")
            told = {each["label"]: each for each in groups[ROLES[who]]["rungs"]}[row[0]]
            if what == "chose it":
                assert cell == "[c]" if told["said"] is None else cell.startswith(f"{told['said']:.0%} (")
                continue
            chance = told["chance" if what == "chance" else "chance_before"]
            assert cell == ("under 1%" if chance < 0.01 else "over 99%" if chance > 0.99 else f"{chance:.0%}")


def check_bases(table: Shown, results: Results) -> None:
    for name, *cells in table.rows:
        groups = {each["role"]: each["bases"] for each in results["projects"] if each["project"] == name}
        for head, cell in zip(table.header[1:], cells, strict=True):
            told = groups[ROLES[head]]
            numbers = [told["answered"], told["commented"]] if told["answered"] is not None else []
            assert re.findall(r"\d+", cell) == [f"{each:.0f}" for each in numbers if each is not None]


def check_themes(table: Shown, results: Results) -> None:
    role = next(role for words, role in ROLES.items() if words.casefold() in table.caption.casefold().split(".")[0])
    counts = {each["name"]: each for each in results["themes"] if each["role"] == role and not each["project"]}
    for name, *cells in table.rows:
        told = [counts[name][each] for each in ("people", *(STANCES[head] for head in table.header[2:]))]
        assert cells == ["[c]" if each is None else f"{each:.0f}" for each in told]


def check_themes_by_project(table: Shown, results: Results) -> None:
    role = next(role for words, role in ROLES.items() if words.casefold() in table.caption.casefold())
    counts = {(each["project"], each["name"]): each for each in results["themes"] if each["role"] == role}
    for name, *cells in table.rows:
        for project, cell in zip(table.header[1:], cells, strict=True):
            if name in {theme for _, theme in counts}:
                told = counts[project, name]["people"]
                assert cell == ("[c]" if told is None else f"{told:.0f}")


def check_sensitivity(table: Shown, results: Results) -> None:
    told = {(each["project"], each["role"], each["name"]): each for each in results["sensitivity"]}
    for project, who, name, *cells in table.rows:
        shown = tuple(re.findall(r"\d+", " ".join(cells)))
        assert shown == show(told[project, ROLES[who], name])


OF_THE_FRAMEWORK = ("Rules of the score", "Rungs of the ladder", "Dimensions", "Smallest numbers told")  # not results
CHECKS: dict[str, tuple[Callable[[Shown], bool], Callable[[Shown, Results], None]]] = {
    "picture of scores": (
        lambda table: table.header == ("Dimension", "Score out of 100", "Likely range", "People"),
        check_picture_of_scores,
    ),
    "picture of both": (lambda table: table.header[-1] == "Difference", check_picture_of_both),
    "scores": (lambda table: table.header[0] == "Dimension" and table.header[1] in ROLES, check_scores),
    "rungs": (lambda table: table.header[0] == "Rung" and "Chance" in table.header, check_rungs),
    "rungs of all": (
        lambda table: table.header[0] == "Rung" and table.header[1].endswith(": chance"),
        check_rungs_of_all,
    ),
    "bases": (lambda table: table.header[0] == "Project" and set(table.header[1:]) <= set(ROLES), check_bases),
    "themes": (lambda table: table.header[:2] == ("Theme", "People"), check_themes),
    "themes by project": (
        lambda table: table.header[0] == "Theme" and "by project" in table.caption,
        check_themes_by_project,
    ),
    "sensitivity": (lambda table: "Convention" in table.header, check_sensitivity),
}


def choose_check(table: Shown) -> str:
    return next((name for name, (fits, _) in CHECKS.items() if fits(table)), "")


@pytest.mark.parametrize("name", CHECKS)
def test_tables_show_what_results_hold(pages: list[Reader], results: Results, name: str) -> None:
    tables = [table for page in pages for table in page.tables if choose_check(table) == name]
    assert tables, "some template shows it"
    for table in tables:
        assert table.rows
        CHECKS[name][1](table, results)


def list_numbers(value: object) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from list_numbers(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def test_no_table_holds_a_figure_that_results_do_not(pages: list[Reader], results: Results) -> None:
    known = {
        words.removeprefix("-")
        for number in list_numbers(results)
        for words in (f"{number:.0f}", f"{number:.1f}", f"{number:.2f}", f"{100 * number:.0f}", f"{number:,.0f}")
    } | {"0.00", "1", "99"}
    for page in pages:
        for table in page.tables:
            if table.caption.startswith(OF_THE_FRAMEWORK):
                continue
            cells = [
                cell
                for row in table.rows
                for cell in row[1:]
                if FIGURE.match(cell.removeprefix("about ")) and not CHECK_SUM.fullmatch(cell)
            ]
            unknown = {each for cell in cells for each in FIGURE.findall(cell) if each.strip("-\u2212") not in known}
            assert not unknown, table.caption


def test_scores_in_words_are_those_of_results(pages: list[Reader], results: Results) -> None:
    told = {
        show(score)
        for group in results["projects"]
        for score in (group["overall"], *group["dimensions"])
        if score["reportable"]
    }
    for page in pages:
        said = set(IN_WORDS.findall(page.text))
        assert said <= told
    assert any(IN_WORDS.search(page.text) for page in pages)


def test_how_many_answered_is_what_results_hold(pages: list[Reader], results: Results) -> None:
    said = {each for page in pages for each in re.findall(r"(?<![Aa]bout )\b(\d+) people answered\.", page.text)}
    assert said == {str(results["survey"]["people"])}
