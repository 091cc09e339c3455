import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.model.survey import Notice
from coprod_cli.reporting import OUTPUTS, Material, list_results, render
from coprod_cli.reporting.templates import write_report as write_page

VOID = {"meta", "img", "link", "br", "hr", "input"}


class Page(HTMLParser):
    """A page as a list of (tag, attributes, words directly inside), with unclosed tags counted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in VOID:
            self.open.append(len(self.tags) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.tags[self.open.pop()][0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for at in self.open:
            self.tags[at][2].append(data)

    def find(self, *names: str) -> Iterator[tuple[str, dict[str, str], str]]:
        for tag, attributes, words in self.tags:
            if tag in names:
                yield tag, attributes, " ".join(" ".join(words).split())


def write_report(findings: Findings, *, pictures: bool = True) -> str:
    return OUTPUTS["report.html"](Material(findings, draw_charts(findings) if pictures else ())).decode("utf-8")


@pytest.fixture(scope="module")
def text(usual: Findings) -> str:
    return write_report(usual)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_the_page_is_whole(page: Page) -> None:
    assert page.open == []
    assert next(page.find("html"))[1]["lang"] == "en-GB"
    assert next(page.find("title"))[2] == "How real was the co-production?"
    ids = [attributes["id"] for _, attributes, _ in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for _, attributes, _ in page.find("a")}
    assert targets <= set(ids)
    assert "main" in targets


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _, _ in page.find("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_has_words_and_every_table_a_caption_and_scopes(page: Page) -> None:
    pictures = list(page.find("img"))
    assert pictures
    assert all(len(attributes["alt"]) > 80 for _, attributes, _ in pictures)
    tables = sum(1 for _ in page.find("table"))
    captions = [words for _, _, words in page.find("caption")]
    assert len(captions) == tables
    assert all(captions)
    assert {attributes.get("scope") for _, attributes, _ in page.find("th")} == {"col", "row"}
    boxes = [attributes["aria-label"] for _, attributes, _ in page.find("div") if attributes.get("role") == "group"]
    assert len(boxes) == tables
    assert len(boxes) == len(set(boxes)), "two tables of one name cannot be told apart by ear"


def test_nothing_is_loaded_from_elsewhere(page: Page, text: str) -> None:
    sources = [attributes["src"] for _, attributes, _ in page.tags if "src" in attributes]
    assert all(source.startswith("data:") for source in sources)
    assert not {"link", "iframe", "object"} & {tag for tag, _, _ in page.tags}
    assert sum(1 for _ in page.find("script")) == 1
    assert "src" not in next(page.find("script"))[1]
    style = next(page.find("style"))[2]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"https?:", re.sub(r"data:[^\"]+", "", text))


def test_the_order_is_that_of_a_report(page: Page) -> None:
    titles = [words for _, _, words in page.find("h2")]
    assert titles == [
        "In short",
        "Who answered",
        "Project by project",
        "What people wrote about",
        "In people's own words",
        "The service's response",
        "How it was done",
        "What nobody may claim from this report",
    ]
    projects = [words for _, _, words in page.find("h3")][:4]
    assert projects == sorted(projects, key=str.casefold)
    assert "School transport panel" in projects


def test_no_score_stands_without_its_range_and_people(text: str) -> None:
    found = re.findall(r"\d+ out of 100[^<]{0,60}", text)
    assert found
    assert all(re.search(r"likely range \d+ to \d+; (about )?\d+ people", each) for each in found)
    assert "not enough answers to say" in text.lower()
    assert "margin of error" not in text
    assert not re.search(r"\bnan\b", text, flags=re.IGNORECASE)


def test_the_small_project_says_what_would_be_needed(text: str) -> None:
    part = text.split('id="project-school-transport-panel"')[1].split("</section>", maxsplit=1)[0]
    assert "at least 10 parents and carers" in part
    assert "<img" not in part


def test_short_forms_are_explained_where_they_are_first_used(text: str) -> None:
    assert text.index("EHCP: education, health and care plan") < text.index('id="who"')
    assert "LA: local authority" in text


def test_quotes_are_balanced_and_carry_their_ids(page: Page) -> None:
    captions = [words for _, attributes, words in page.find("figure") if attributes.get("class") == "quote"]
    ids = [re.search(r"; (a\d{3}[pn])$", words) for words in captions]
    assert ids
    assert all(ids)
    signs = [name[-1] for name in {found[1] for found in ids if found}]
    assert signs.count("p") == signs.count("n")
    assert not any("going well" in words or "go well" in words or "went well" in words for words in captions)


def test_how_quotes_were_chosen_is_said_once(text: str) -> None:
    assert text.count("half of the words were drawn by lot from answers coded as going well") == 1
    assert "a person must read each before it is published" in text
    assert "about being blamed, or about distress, are never quoted" in text


def test_every_notice_reaches_the_reader(usual: Findings, text: str) -> None:
    assert all(notice.message in text for notice in usual.notices)
    assert "6 rows were left out" in text


@pytest.mark.parametrize(("audience", "words"), [("restricted", "Restricted: do not publish"), ("raw", "Raw: for the")])
def test_what_is_not_for_everybody_says_so_at_the_top(usual: Findings, audience: str, words: str) -> None:
    settings = Settings(audience=audience)
    report = write_report(replace(usual, settings=settings), pictures=False)
    assert report.index(words) < report.index("<h1")
    assert words in OUTPUTS["summary.md"](Material(replace(usual, settings=settings))).decode()


def test_a_public_report_has_no_banner(text: str) -> None:
    assert 'class="banner"' not in text


def test_comments_only_says_so_wherever_a_score_stands(comments_only: Findings) -> None:
    report = write_report(comments_only, pictures=False)
    assert len(re.findall(r"overall score, from comments only", report)) == 3
    assert report.count("from comments only: ") == 3
    assert report.count("omments tend to be more critical than ratings, so these scores read low") == 1


def test_scores_from_closed_questions_are_not_said_to_be_from_comments(usual: Findings) -> None:
    assert "from comments only" not in write_report(usual).lower()


def test_nothing_told_is_still_a_report(nothing_told: Findings) -> None:
    report = write_report(nothing_told)
    assert "No group was large enough, or asked enough, for a score." in report
    assert "“School transport panel” and “Sensory room”: not enough answers to say (fewer than 10 people)." in report
    assert "<img" not in report
    assert "out of 100 (" not in report


def test_how_to_check_the_coding_is_said_to_those_who_can(usual: Findings) -> None:
    notice = Notice("coded-by-machine", "Coded by machine.", hint="Run again with --audience raw.")
    hinted = replace(usual, notices=(notice,))
    research = write_page(Material(hinted), "research", "html")[1].decode("utf-8")
    told = re.sub(r"</?span[^>]*>", "", research)
    assert told.index("For whoever made this report") < told.index("Run again with --audience raw.")
    assert "--audience" not in re.sub(r"</?span[^>]*>", "", write_report(hinted))
    summary = OUTPUTS["summary.md"](Material(hinted)).decode()
    assert "--" not in re.sub(r"\| ?---.*|^---+$", "", summary, flags=re.MULTILINE)
    assert "coprod analyse" not in summary
    raw = write_report(replace(usual, settings=Settings(audience="raw")), pictures=False)
    assert "--audience" not in raw


def test_one_picture_of_scores_a_project_both_roles_where_they_can_be_compared(usual: Findings, text: str) -> None:
    compared = {each.project for each in usual.contrasts}
    assert "Autism assessment pathway" in compared
    assert "Short breaks strategy" not in compared
    assert 'id="parents-beside-practitioners-autism-assessment-pathway"' in text
    assert 'id="dimension-profile-autism-assessment-pathway"' not in text
    assert 'id="dimension-profile-short-breaks-strategy"' in text
    assert 'id="parents-beside-practitioners-short-breaks-strategy"' not in text


def test_themes_by_project_is_left_out_where_it_compares_nothing(
    text: str, make_findings: Callable[..., Findings]
) -> None:
    assert 'id="themes-by-project-1"' in text
    one = make_findings([("Short breaks", 40, 20)])
    assert 'id="themes-by-project-1"' not in write_report(one)
    assert "charts/themes-by-project-1.svg" in render(one)


def test_what_only_researchers_want_is_left_to_them(usual: Findings, text: str) -> None:
    research = write_page(Material(usual), "research", "html")[1].decode("utf-8")
    for words in ("Bayesian bootstrap", "How well each theme is found", "Columns of scores.csv", "Cronbach"):
        assert words not in text, words
    assert "Bayesian bootstrap" in research
    assert "How well each theme is found" in research


def test_words_that_look_like_markup_stay_words(usual: Findings, make_findings: Callable[..., Findings]) -> None:
    nasty = "<script>alert(1)</script> | *a* [x](http://example.org) =1+1 \u202e `b`"
    quotes = tuple(quote._replace(words=nasty) for quote in usual.quotes)
    findings = make_findings(
        [(nasty, 30, 20)],
        quotes=quotes,
        settings=Settings(title=nasty),
        notices=(Notice("nasty", nasty, 0),),
    )
    report = write_report(findings, pictures=False)
    assert "<script>alert" not in report
    assert "&lt;script&gt;" in report
    summary = OUTPUTS["summary.md"](Material(findings)).decode()
    assert "<script" not in summary.replace("\\<script", "")
    assert not re.search(r"(?<!\\)\]\(", summary), "no link is made of anybody's words"


def test_an_overall_score_without_dimensions_has_no_empty_table(comments_only: Findings) -> None:
    scores = comments_only.scores
    alone = replace(comments_only, scores=scores[scores["dimension"] == "overall"].reset_index(drop=True))
    report = write_report(alone)
    assert "scores by dimension" not in report
    assert "overall score, from comments only" in report


def test_every_score_in_the_page_is_one_of_the_results(usual: Findings, page: Page) -> None:
    shown = {
        (round(score["estimate"]), round(score["low"]), round(score["high"]))
        for project in list_results(usual)["projects"]
        for score in [project["overall"], *project["dimensions"]]
        if score["reportable"]
    }
    words = " ".join(words for _, _, words in page.find("li", "p"))
    found = re.findall(r"(\d+) out of 100 \(?likely range (\d+) to (\d+); (?:about )?\d+ people", words)
    told = {tuple(map(int, each)) for each in found}
    assert told
    assert told <= shown
