"""The words of every template: plain, with every number in company, short forms explained, and none that hurt.

Reading age is the Flesch-Kincaid grade plus five years (Kincaid and others 1975, US Navy Research Branch Report 8-75).
It is measured on our own sentences: people's own words are left out, names of projects are read as "this", and numbers
as "ten", since the one is not ours and nobody reads the other letter by letter. Sentences and words are counted by
textstat. Its count of syllables needs a dictionary from the internet, so vowels in a row are counted, a silent e less,
which is more than are spoken rather than fewer.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat

from coprod_cli.analysis import analyse
from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.reporting.document import Block, Document, Folded, Section, Table
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.templates import TEMPLATES
from coprod_cli.reporting.texts import list_texts
from coprod_cli.reporting.wording import SHORT_FORMS
from coprod_cli.telling import list_projects

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SURVEYS = ("forum_survey.csv", "comments_only.csv", "forum_2024.csv", "forum_2025.csv", "forum_survey_wide.csv")
OLDEST, SCHOOL_BEGINS = 11, 5
FORBIDDEN = (
    "margin of error", "hard to reach", "hard-to-reach", "sharp-elbowed", "sharp elbowed", "service user",
    "statistically", "significant", "vulnerable", "the disabled",
)  # fmt: skip
ALL_CAPITALS = re.compile(r"(?<![\w.-])[A-Z]{2,}s?(?![\w-])")
# Explained where they stand, or names by themselves.
KNOWN = {"TLAP"}
NAKED = re.compile(r"\d+ out of 100(?! \((?:likely range \d+ to \d+|held there by a verified fact))")
IN_CELLS = re.compile(r"^\d+$")


@pytest.fixture(scope="module", params=SURVEYS)
def surveyed(request: pytest.FixtureRequest, sample: Findings) -> Findings:
    """Each sample survey as the public may see it."""
    if request.param == SURVEYS[0]:
        return sample
    return analyse([SAMPLES / request.param], Settings(engine="fast"))


def list_sentences(document: Document, findings: Findings) -> Iterator[str]:
    names = sorted(list_projects(findings), key=len, reverse=True)
    for text in (document.subtitle, *list_texts(document.sections, quoted=False), document.footer):
        for name in names:
            text = text.replace(name, "this")  # noqa: PLW2901 - one text, name by name
        words = re.sub(r"\d[\d,.]*(?<![,.])", "ten", text).replace("“", "").replace("”", "")
        yield words if words.rstrip().endswith((".", "?", "!", ":")) else f"{words}."


def count_syllables(word: str) -> int:
    plain = word.casefold()
    count = len(re.findall(r"[aeiouy]+", plain))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", plain)
    return max(count - bool(silent), 1)


def measure_age(text: str) -> float:
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(map(count_syllables, words)) / len(words)
    return 0.39 * float(textstat.words_per_sentence(text)) + 11.8 * syllables - 15.59 + SCHOOL_BEGINS


def test_the_measure_knows_easy_words_from_hard_ones() -> None:
    assert measure_age("The cat sat on the mat. It was fat.") < 7
    hard = "Notwithstanding considerable methodological heterogeneity, participatory governance remains aspirational."
    assert measure_age(hard) > 18


def test_a_child_of_eleven_can_read_the_summary(surveyed: Findings) -> None:
    document = TEMPLATES["summary"].tell(Material(surveyed))
    assert measure_age(" ".join(list_sentences(document, surveyed))) <= OLDEST


def test_the_forums_report_is_not_much_harder(sample: Findings) -> None:
    document = TEMPLATES["forum"].tell(Material(sample))
    assert measure_age(" ".join(list_sentences(document, sample))) <= OLDEST + 1


@pytest.fixture(scope="module")
def told(surveyed: Findings) -> dict[str, Document]:
    """Every template."""
    material = Material(surveyed, draw_charts(surveyed))
    return {name: template.tell(material) for name, template in TEMPLATES.items()}


def test_no_words_that_hurt_or_mislead(told: dict[str, Document]) -> None:
    for name, document in told.items():
        text = " ".join(list_texts(document.sections, quoted=False)).casefold()
        found = [each for each in FORBIDDEN if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)]
        assert not found, name
        cells = {cell.casefold() for table in list_tables(document.sections) for row in table.rows for cell in row}
        assert not cells & {"n/a", "na", "nan"}, name


def list_tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Section | Folded):
            yield from list_tables(block.blocks)


def test_no_score_stands_without_its_range_and_its_people(told: dict[str, Document]) -> None:
    for name, document in told.items():
        for text in list_texts(document.sections, quoted=False):
            assert not NAKED.search(text), (name, text)
            for found in re.finditer(r"\d+ out of 100 \(([^)]*)", text):
                assert re.search(r"likely range \d+ to \d+", text[found.start() :]), name
                assert re.search(r"\d+ people|too few people", text[found.start() :]), name
        for table in list_tables(document.sections):
            scored = [at for at, head in enumerate(table.header) if head.startswith("Score (")]
            ranges = "likely range" in " ".join((*table.header, table.caption, table.note)).casefold()
            assert not scored or ("People" in table.header and ranges), (name, table.caption)


def test_few_people_are_never_counted(told: dict[str, Document], surveyed: Findings) -> None:
    least = surveyed.framework.thresholds_for("public").small_cell
    for name in ("forum", "summary"):
        text = " ".join(list_texts(told[name].sections, quoted=False))
        for number in re.findall(r"(?<![\d,.] )(?<!under )\b(\d+) (?:people|person|parents|practitioners)\b", text):
            assert int(number) >= least, name


@pytest.mark.parametrize("name", ["forum", "summary"])
def test_short_forms_are_explained_on_the_first_page(told: dict[str, Document], name: str) -> None:
    document = told[name]
    used = set(ALL_CAPITALS.findall(" ".join(list_texts(document.sections, quoted=False))))
    used = {each for each in used if not re.fullmatch(r"RF|G", each)} - KNOWN
    first = " ".join(list_texts(document.sections[:1]))
    unexplained = [each for each in used if f"{each}: {SHORT_FORMS.get(each, '?')}" not in first]
    assert not unexplained


def test_short_forms_of_projects_and_quotes_are_explained(usual: Findings) -> None:
    for name in ("forum", "summary"):
        document = TEMPLATES[name].tell(Material(usual))
        assert "EHCP: education, health and care plan" in " ".join(list_texts(document.sections[:1]))
    quoted = " ".join(quote.words for quote in usual.quotes)
    forms = [each for each in SHORT_FORMS if re.search(rf"\b{each}\b", quoted)]
    words = " ".join(list_texts(TEMPLATES["forum"].tell(Material(usual)).sections))
    assert forms
    assert all(f"{each}: {SHORT_FORMS[each]}" in words for each in forms)


def test_the_summary_speaks_of_parents_and_carers_together(surveyed: Findings) -> None:
    text = " ".join(list_sentences(TEMPLATES["summary"].tell(Material(surveyed)), surveyed))
    for found in re.finditer(r"\b[Pp]arents\b(?!')", text):
        assert re.match(r"[Pp]arents(?: and carers|, carers)", text[found.start() :]), text[found.start() :][:60]
