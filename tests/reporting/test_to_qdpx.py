"""What other programs get is whole, fits their schema, and comes back as it was."""

import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.exchange_case import CLOSED, LONG, WORDS, make_case, make_framework

from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_codings, read_framework
from coprod_cli.reading.codebook_file import read_codebook
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.qdpx_file import read_project
from coprod_cli.reporting import EXPORTS, ExportChoices
from coprod_cli.telling.exchange import settle_words

SPACE = "{urn:QDA-XML:project:1.0}"
ROOT = Path(__file__).parents[2]
SCHEMAS = Path(os.environ.get("COPROD_REFI_SCHEMAS", ROOT.parent / "shared" / "reference" / "refi"))
DOCUMENTS = ("project", "answer")
# As the schema has them: what may stand in what, in which order.
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Cases", "Sources", "Description"],
    "Code": ["Description", "Code"],
    "Case": ["VariableValue", "SourceRef", "SelectionRef"],
    "TextSource": ["PlainTextSelection", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding"],
    "VariableValue": ["VariableRef", "TextValue"],
}
GUID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[0-9A-F]{4}-[0-9A-F]{12}")


class Opened:
    """A project as another program opens it: its XML, and the text of each document by GUID."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.names = archive.namelist()
            self.xml = archive.read("project.qde")
            self.texts = {name[8:-4]: archive.read(name).decode("utf-8") for name in self.names[1:]}
        self.root = fromstring(self.xml)  # noqa: S314  # our own file

    def walk(self, name: str) -> Iterator[Element]:
        return self.root.iter(f"{SPACE}{name}")

    def name_codes(self) -> dict[str, str]:
        return {each.attrib["guid"]: each.attrib["name"] for each in self.walk("Code")}


@pytest.fixture(scope="module")
def framework() -> Framework:
    return make_framework(read_framework())


@pytest.fixture(scope="module")
def case(framework: Framework) -> CodedAnswers:
    return make_case(framework)


@pytest.fixture(scope="module", params=DOCUMENTS)
def written(request: pytest.FixtureRequest, case: CodedAnswers) -> bytes:
    return EXPORTS["qdpx"](case, ExportChoices(request.param))


@pytest.fixture(scope="module")
def opened(written: bytes) -> Opened:
    return Opened(written)


def test_ends_are_one_past_the_last_character_and_the_exact_words_stand_beside_them(opened: Opened) -> None:
    """With the last character as the end QualCoder loses a letter; Potato tells the two apart by the words."""
    seen = 0
    for source in opened.walk("TextSource"):
        text = opened.texts[source.attrib["guid"]]
        for each in source.findall(f"{SPACE}PlainTextSelection"):
            start, end = int(each.attrib["startPosition"]), int(each.attrib["endPosition"])
            assert 0 <= start < end <= len(text)
            assert text[start:end] == each.attrib["name"]
            seen += 1
    assert seen > len(WORDS)


def test_no_two_codes_of_the_whole_tree_are_called_alike(opened: Opened) -> None:
    """QualCoder silently drops what is coded with the second "Negative" of two."""
    names = [name.casefold() for name in opened.name_codes().values()]
    assert len(set(names)) == len(names)
    assert {"trust", "trust (2)", "trust - negative", "trust - negative (2)", "trust - negative - negative"} <= set(
        names
    )


def test_a_theme_called_as_a_heading_beside_the_themes_keeps_its_name_and_comes_back(
    case: CodedAnswers, tmp_path: Path
) -> None:
    names = {"trust": "Questions", "adversarial": "About the coding"}
    themes = tuple(replace(each, name=names.get(each.id, each.name)) for each in case.framework.themes)
    mine = replace(case.framework, themes=themes)
    path = tmp_path / "mine.qdpx"
    path.write_bytes(EXPORTS["qdpx"](replace(case, framework=mine), ExportChoices()))
    called = [name.casefold() for name in Opened(path.read_bytes()).name_codes().values()]
    assert len(set(called)) == len(called)
    assert {"questions", "questions (2)", "about the coding", "about the coding (2)"} <= set(called)
    assert [each.name for each in read_codebook(path).codes] == [each.name for each in themes]
    ann = read_codings(path, mine)[0]
    assert {code[:2] for code in ann.codes} == {("a1", "influence_feedback"), ("a2", "trust")}


def test_the_project_says_where_it_comes_from(opened: Opened) -> None:
    """QualCoder does not open a project without it."""
    assert opened.root.attrib["origin"] == "coprod"
    assert opened.root.attrib["name"]


def test_what_is_known_of_a_document_stands_on_the_document(opened: Opened, case: CodedAnswers) -> None:
    """QualCoder does not follow a case to its documents; and takes no variable for both."""
    names = {each.attrib["guid"]: each.attrib["name"] for each in opened.walk("Variable")}
    of_cases: set[str] = set()
    of_documents: set[str] = set()
    for kind, found in (("Case", of_cases), ("TextSource", of_documents)):
        for element in opened.walk(kind):
            values = {
                names[each[0].attrib["targetGUID"]]: each[1].text for each in element.findall(f"{SPACE}VariableValue")
            }
            found |= set(values)
            if kind == "TextSource" and element.attrib["name"].startswith("Short breaks, 2024"):
                assert values["Project (document)"] == "Short breaks"
                assert values["Round (document)"] == "2024"
    assert not of_cases & of_documents
    assert {"Person", "Role", "Project", "Round", CLOSED[0]} <= of_cases
    one_each = len(opened.texts) == len(case.answers)
    assert (
        {"Person (document)", "Role (document)", "Question (document)", f"{CLOSED[0]} (document)"} <= of_documents
    ) == one_each


def test_it_is_built_as_the_schema_says(opened: Opened) -> None:
    assert opened.names[0] == "project.qde"
    assert all(re.fullmatch(rf"sources/{GUID.pattern}\.txt", name) for name in opened.names[1:])
    for element in opened.root.iter():
        assert element.tag.startswith(SPACE)
        name = element.tag.removeprefix(SPACE)
        order = [ORDER[name].index(child.tag.removeprefix(SPACE)) for child in element] if name in ORDER else []
        assert order == sorted(order), name
        if name in {"Users", "Codes", "Variables", "Cases", "Sources"}:
            assert len(element)
    guids = [each.attrib["guid"] for each in opened.root.iter() if "guid" in each.attrib]
    assert len(set(guids)) == len(guids)
    assert all(GUID.fullmatch(each) for each in guids)
    for element in opened.root.iter():
        for name in ("targetGUID", "creatingUser", "creatingUserGUID"):
            assert element.attrib.get(name, guids[0]) in guids
    for source in opened.walk("TextSource"):
        assert source.attrib["plainTextPath"] == f"internal://{source.attrib['guid']}.txt"
        assert source.attrib["guid"] in opened.texts
        assert not set(source.attrib["name"]) & set('\\/:*?"<>|.')
        assert len(source.attrib["name"]) < 120


@pytest.mark.skipif(not (SCHEMAS / "Project.xsd").exists(), reason="the schema is not ours to ship: docs/exchange.md")
def test_it_is_valid_by_the_schema_of_the_exchange(opened: Opened) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "Project.xsd"))
    schema.assertValid(etree.fromstring(opened.xml))


def tell(case: CodedAnswers, who: str, looked: set[str]) -> Coding:
    """What the file should give back of one coder."""
    codes = []
    for name, marks in case.found.items():
        words = case.answers[name].words
        for mark in (each for each in marks if each.coder == who):
            start, end = (len(settle_words(words[:at])) for at in (mark.start, mark.end))
            quoted = settle_words(words)[start:end]
            codes.append(Code(name, mark.theme, mark.stance, mark.level, start, end, quoted))
    looked |= {code.answer for code in codes}
    told = tuple(case.answers[name]._replace(words=settle_words(case.answers[name].words)) for name in sorted(looked))
    return Coding(who, tuple(sorted(looked)), tuple(sorted(codes)), told=told)


def test_our_own_reader_gets_everything_back(
    written: bytes, case: CodedAnswers, framework: Framework, tmp_path: Path
) -> None:
    path = tmp_path / "case.qdpx"
    path.write_bytes(written)
    ann, ben, machine = read_codings(path, framework)
    for read, expected in (
        (ann, tell(case, "Ann", {"c2"})),
        (ben, tell(case, "Ben & <co>", {"b2"})),
        (machine, replace(tell(case, "trained", set(case.answers)), who="coprod trained")),
    ):
        assert replace(read, sha256="") == expected
        assert read.told == expected.told
        assert len(read.rows) == len(read.answers)


def test_what_xml_cannot_hold_is_marked_and_keeps_its_place(opened: Opened) -> None:
    [text] = [text for text in opened.texts.values() if "on Windows" in text]
    assert "\ufffdIn two projects,\non Windows\nand a Mac\nwith\ufffd a null" in text
    assert not set(text) & set("\r\x00\x0b\ufeff")


def test_levels_doubts_and_confidence_go_with_the_code(opened: Opened) -> None:
    names = opened.name_codes()
    users = {each.attrib["guid"]: each.attrib["name"] for each in opened.walk("User")}
    told = {}
    for each in opened.walk("PlainTextSelection"):
        codes = [names[code.attrib["targetGUID"]] for code in each.iter(f"{SPACE}CodeRef")]
        told[users[each.attrib["creatingUser"]], codes[0]] = (codes[1:], each.findtext(f"{SPACE}Description"))
    assert list(users.values()) == ["Ann", "Ben & <co>", "coprod trained", "coprod"]
    assert told["coprod trained", "Change & hearing back - positive"] == (
        ["Level - one child's case", "To check"],
        "Level: individual. Confidence: 0.52 (coprod trained). Not sure: a person should look.",
    )
    assert told["Ben & <co>", "Being listened to - negative"] == (["Level - services at large"], "Level: system.")
    assert told["Ann", "No theme found"] == ([], None)
    assert ("coprod", "Question - What went well?") in told


def test_a_person_in_two_rounds_is_two_cases_that_hold_their_own_words(opened: Opened, case: CodedAnswers) -> None:
    names = {each.attrib["guid"]: each.attrib["name"] for each in opened.walk("PlainTextSelection")}
    cases = {
        each.attrib["name"]: {names[ref.attrib["targetGUID"]] for ref in each.findall(f"{SPACE}SelectionRef")}
        for each in opened.walk("Case")
    }
    assert set(cases) == {"p1 (Short breaks, 2024)", "p1 (Short breaks, 2025)", "p2", "p3", "p4", "p5"}
    assert cases["p1 (Short breaks, 2025)"] == {WORDS["a3"]}
    assert cases["p4"] == {case.answers["c2"].words}


def test_documents_are_one_a_project_and_round_or_one_an_answer(case: CodedAnswers) -> None:
    by_project, by_answer = (Opened(EXPORTS["qdpx"](case, ExportChoices(each))) for each in DOCUMENTS)
    names = [each.attrib["name"] for each in by_project.walk("TextSource")]
    assert [name for name in names if name.startswith("Short breaks,")] == ["Short breaks, 2024", "Short breaks, 2025"]
    assert "No project named" in names
    assert len(names) == len(set(names)) == 5
    assert sorted(by_answer.texts.values()) == sorted(map(settle_words, WORDS.values()))
    assert len(LONG) > 300


def test_a_code_without_words_marked_is_of_the_whole_answer(case: CodedAnswers) -> None:
    found = {"c2": (Marked("trust", "negative", "project", 0, 0, coder="Ann"),)}
    opened = Opened(EXPORTS["qdpx"](replace(case, found=found), ExportChoices()))
    names = opened.name_codes()
    told = {
        names[ref.attrib["targetGUID"]]: each.attrib["name"]
        for each in opened.walk("PlainTextSelection")
        for ref in each.iter(f"{SPACE}CodeRef")
    }
    assert told["Trust - negative (2)"] == WORDS["c2"]


def test_the_same_answers_in_any_order_are_the_same_bytes(case: CodedAnswers) -> None:
    turned = replace(
        case,
        answers=dict(reversed(list(case.answers.items()))),
        found={name: tuple(reversed(marks)) for name, marks in reversed(list(case.found.items()))},
        looked=dict(reversed(list(case.looked.items()))),
    )
    for each in DOCUMENTS:
        assert EXPORTS["qdpx"](turned, ExportChoices(each)) == EXPORTS["qdpx"](case, ExportChoices(each))


def test_without_any_code_there_is_still_a_project_to_code_in(case: CodedAnswers) -> None:
    empty = Opened(EXPORTS["qdpx"](replace(case, found={}, looked={}, by_hand={}, engine=""), ExportChoices()))
    names = empty.name_codes()
    assert {names[each.attrib["targetGUID"]].split(" - ")[0] for each in empty.walk("CodeRef")} == {"Question"}
    assert [each.attrib["name"] for each in empty.walk("User")] == ["coprod"]


def test_the_themes_of_a_project_become_a_framework_without_what_stands_beside_them(
    case: CodedAnswers, tmp_path: Path
) -> None:
    path = tmp_path / "case.qdpx"
    shipped = replace(case, framework=read_framework())
    path.write_bytes(EXPORTS["qdpx"](shipped, ExportChoices()))
    assert [each.name for each in read_codebook(path).codes] == [each.name for each in shipped.framework.themes]


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("#\r\n \ufeff|"))), min_size=1, max_size=4))
def test_anybody_s_words_come_back(framework: Framework, words: list[str]) -> None:
    answers = {f"a{number}": AskedAnswer(f"a{number}", each, "Why?", "parent") for number, each in enumerate(words)}
    found = {name: (Marked("trust", "positive", "system", 0, len(each.words)),) for name, each in answers.items()}
    case = CodedAnswers(framework, answers, found, engine="cues")
    for documents in DOCUMENTS:
        content = EXPORTS["qdpx"](case, ExportChoices(documents))
        told = {each.id: each.words for each in read_words(content, framework)}
        assert told == {name: settle_words(each.words) for name, each in answers.items() if each.words}


def read_words(content: bytes, framework: Framework) -> tuple[AskedAnswer, ...]:
    try:
        [said] = read_project(take_raw(content, "case.qdpx"), framework)
    except SettingsFileError:
        # Nobody wrote a word.
        return ()
    return said.coding.told
