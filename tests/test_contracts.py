"""Whatever is named in a registry keeps its contract from that day on."""

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.analysis import choose_scored_themes
from coprod_cli.cli.choices import Audience, Comments, Engine
from coprod_cli.coding import ENGINES, code_answers, coder_report
from coprod_cli.drawing import CHARTS
from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import AUDIENCES, COMMENT_RULES, Findings
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import AnchorValue, Answer, Mention, Rating, Response, require, rows, table
from coprod_cli.reading import FORMATS, read_framework, read_survey
from coprod_cli.reporting import BOOKS, OUTPUTS, render

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
SAMPLE_OF = {
    "plain": "forum_survey.csv",
    "google_forms": "forum_survey_google_forms.csv",
    "microsoft_forms": "forum_survey_microsoft_forms.xlsx",
    "surveymonkey": "forum_survey_surveymonkey.csv",
    "qualtrics": "forum_survey_qualtrics.csv",
    "limesurvey": "forum_survey_limesurvey.csv",
    "redcap": "forum_survey_redcap.csv",
    "kobo": "forum_survey_kobo.csv",
    "typeform": "forum_survey_typeform.csv",
    "alchemer": "forum_survey_alchemer.csv",
    "jisc": "forum_survey_jisc.csv",
    "statistics": "forum_survey.sav",
}
WORDS = (
    "They listened, and the letter now uses our wording. But the real decision was made in another room.",
    "Nothing changed. It was already decided before we were asked & nobody came back to us 🙄",
    "",
    "n/a",
)
MakeFindings = Callable[..., Findings]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_sample_that_is_read_as_its_own(name: str) -> None:
    survey = read_survey([SAMPLES / SAMPLE_OF[name]], read_framework())
    assert [source.format for source in survey.sources] == [name]
    assert survey.rows_read == survey.forms + sum(notice.rows for notice in survey.notices)
    assert len(survey.answers) > 0
    assert len(survey.ratings) > 0


def tell_forms(survey: Survey) -> Counter[tuple[object, ...]]:
    """Every form by what it says: how many its person filled in, project, role, consent, scores, anchors, words."""
    dimensions = {question.name: question.dimension for question in survey.questions}
    people = Counter(survey.responses["person"])
    scores: dict[str, list[tuple[str, float]]] = {}
    for each in rows(survey.ratings, Rating):
        if not math.isnan(each.score):
            scores.setdefault(each.response, []).append((dimensions[each.item], each.score))
    anchors: dict[str, list[tuple[str, float]]] = {}
    for put in rows(survey.anchors, AnchorValue):
        anchors.setdefault(put.response, []).append((put.anchor, put.value))
    words: dict[str, list[str]] = {}
    for answer in rows(survey.answers, Answer):
        words.setdefault(answer.response, []).append(" ".join(answer.words.split()))
    return Counter(
        (
            people[form.person], form.project, form.role, form.wave, form.consent,
            tuple(sorted(scores.get(form.response, []))), tuple(sorted(anchors.get(form.response, []))),
            tuple(sorted(words.get(form.response, []))),
        )
        for form in rows(survey.responses, Response)
    )  # fmt: skip


@pytest.fixture(scope="module")
def plain_forms() -> Counter[tuple[object, ...]]:
    return tell_forms(read_survey([SAMPLES / "forum_survey.csv"], read_framework()))


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("forum_survey*")))
def test_every_sample_says_the_same(name: str, plain_forms: Counter[tuple[object, ...]]) -> None:
    assert tell_forms(read_survey([SAMPLES / name], read_framework())) == plain_forms


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_gives_mentions_inside_the_answers(name: str) -> None:
    answers = table((Answer(f"r{place}", "q1", words, words) for place, words in enumerate(WORDS)), Answer)
    asked, roles = {"q1": "What was not good?"}, {f"r{place}": "parent" for place in range(len(WORDS))}
    mentions = require(code_answers(answers, asked, roles, read_framework(), name), Mention)
    assert len(mentions) > 0
    themes = {theme.id for theme in read_framework().themes}
    for each in rows(mentions, Mention):
        assert each.theme in themes
        assert 0 <= each.start < each.end <= len(WORDS[int(each.response[1:])])


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_tells_how_good_it_is_and_on_what(name: str) -> None:
    report = coder_report(name)
    assert report.engine == name
    assert 0 < report.macro_f1_low <= report.macro_f1 <= report.macro_f1_high < 1
    assert {each.theme for each in report.themes} == {theme.id for theme in read_framework().themes}
    assert all(each.f1_low <= each.f1 <= each.f1_high for each in report.themes)
    assert "language model" in report.how_measured


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_in_words_what_it_shows(name: str, make_findings: MakeFindings) -> None:
    rounds = ("2025", "2026")
    change = Change(
        "Short breaks", "parent", "power", *rounds, 12.0, 6.0, 18.0, 0.99, 0.9, 30, 30, -1,
        linked=False, items=9, verdict="better", basis="items",
    )  # fmt: skip
    wide = [("Short breaks", 30, 20, 50.0, 6.0, wave) for wave in rounds]
    findings = make_findings(wide, changes=(change,))
    charts = CHARTS[name](findings)
    assert charts
    for chart in charts:
        assert chart.png.startswith(b"\x89PNG")
        assert b"<svg" in chart.svg
        assert min(len(chart.title), len(chart.alt), len(chart.rows)) > 0
        assert {len(row) for row in chart.rows} == {len(chart.header)}
    assert CHARTS[name](findings) == charts


@pytest.fixture(scope="module")
def rendered(make_findings: MakeFindings) -> tuple[dict[str, bytes], dict[str, bytes]]:
    wanted = [("forum", name) for name in BOOKS]
    return render(make_findings(), wanted=wanted), render(make_findings(), wanted=wanted)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", [*OUTPUTS, *(book.file for book in BOOKS.values())])
def test_every_output_is_the_same_bytes_twice(name: str, rendered: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    assert rendered[0][name] == rendered[1][name] != b""


def test_the_door_offers_what_the_rooms_have() -> None:
    assert {each.value for each in Engine} == set(ENGINES)
    assert tuple(each.value for each in Audience) == AUDIENCES == tuple(t.audience for t in read_framework().thresholds)
    assert tuple(each.value for each in Comments) == COMMENT_RULES
    report = coder_report("trained")
    chosen = {rule: choose_scored_themes(report, read_framework(), rule) for rule in COMMENT_RULES}
    assert chosen["none"] == ()
    assert set(chosen["reliable"]) <= set(chosen["all"])
