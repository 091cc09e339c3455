"""Projects that other programs make are read whatever their dialect; what cannot be meant is told in one sentence."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pytest

from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_codes, read_codings, read_framework, read_people

Write = Callable[..., Path]
TEXT = "We were 😀 heard.\nNobody told us why.\nThey came late."
HEARD, TOLD, LATE = "We were 😀 heard", "Nobody told us why", "They came late"
SPACE = "urn:QDA-XML:project:1.0"
FOUND = {("listened_to", "positive", HEARD), ("openness", "negative", TOLD)}


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


def count(text: str, *, units: bool) -> int:
    return len(text.encode("utf-16-le")) // 2 if units else len(text)


class Way(NamedTuple):
    """How a program counts: in UTF-16 units or not, to the last character or past it, with the words beside or not."""

    units: bool = False
    last: bool = False
    name: bool = True


USUAL = Way()


def select(text: str, words: str, code: str, user: str = "u1", way: Way = USUAL) -> str:
    start = count(text[: text.index(words)], units=way.units)
    end = start + count(words, units=way.units) - way.last
    said = f" name={quoteattr(words)}" if way.name else ""
    return (
        f'<PlainTextSelection guid="s-{code}-{start}-{user}" startPosition="{start}" endPosition="{end}"{said}>'
        f'<Coding guid="c-{code}-{start}-{user}" creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding>'
        "</PlainTextSelection>"
    )


CODES = """
<Code guid="k1" name="Being listened to" isCodable="true"><Code guid="{K2}" name="Positive" isCodable="true"/></Code>
<Code guid="k3" name="openness - NEGATIVE" isCodable="true"/><Code guid="k4" name="My own idea" isCodable="true"/>
<Code guid="k7" name="Feelings" isCodable="false"><Code guid="k8" name="Tired" isCodable="true"/></Code>
<Code guid="k5" name="Trust" isCodable="true"><Code guid="k6" name="In the SENCO" isCodable="true"/></Code>
"""
DOCUMENT = 'guid="d1" name="Interview 1" plainTextPath="internal://d1.txt"'


class Dialect(NamedTuple):
    """What differs between programs beside positions. begin: what stands before the project."""

    text: str = TEXT
    space: str = SPACE
    folder: str = "sources"
    source: str = DOCUMENT
    cases: str = ""
    begin: str = ""


def build(selections: str, **differing: str) -> bytes:
    text, space, folder, source, cases, begin = Dialect(**differing)
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?>{begin}<Project xmlns={quoteattr(space)} name="x" origin="Other 1.2">'
        '<Users><User guid="u1" name="Mo"/><User guid="u2" name="Di"/></Users>'
        f"<CodeBook><Codes>{CODES}</Codes></CodeBook>"
        '<Variables><Variable guid="v1" name="role" typeOfVariable="Text"/></Variables>'
        f"{cases}<Sources><TextSource {source}>{selections}"
        '<VariableValue><VariableRef targetGUID="v1"/><TextValue>Parent or carer</TextValue></VariableValue>'
        "</TextSource></Sources></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml.encode())
        archive.writestr(f"{folder}/D1.txt", text.encode())
    return out.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(content: bytes, name: str = "other.qdpx") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put


def list_found(coding: Coding) -> set[tuple[str, str, str]]:
    return {(code.theme, code.stance, code.words) for code in coding.codes}


@pytest.mark.parametrize("last", [False, True], ids=["exclusive", "inclusive"])
@pytest.mark.parametrize("units", [False, True], ids=["characters", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r\n but counted as one"])
def test_positions_are_read_as_the_program_counts_them(
    write: Write, framework: Framework, *, last: bool, units: bool, ends: str
) -> None:
    text = TEXT.replace("\n", ends[:2].strip(" "))
    counted = TEXT if "one" in ends else text
    way = Way(units=units, last=last)
    selections = select(counted, HEARD, "{K2}", way=way) + select(counted, TOLD, "k3", way=way)
    read = read_codes(write(build(selections, text=text)), framework)
    assert list_found(read) == FOUND
    assert read.told[0].words == TEXT


@pytest.mark.parametrize("space", [SPACE, "urn:QDA-XML:project:1:0", "http://example.org/other"])
@pytest.mark.parametrize("folder", ["sources", "Sources", "../../tmp/Sources"])
def test_any_namespace_and_folder_is_read_and_nothing_is_unpacked(
    write: Write, framework: Framework, space: str, folder: str, tmp_path: Path
) -> None:
    read = read_codes(write(build(select(TEXT, HEARD, "K2"), space=space, folder=folder)), framework)
    assert list_found(read) == {("listened_to", "positive", HEARD)}
    assert read.who == "Mo"
    assert [(each.id, each.role) for each in read.told] == [("Interview 1", "parent")]
    assert [path.name for path in tmp_path.iterdir()] == ["other.qdpx"]


def test_every_user_is_a_coder_and_a_code_below_a_theme_s_is_the_theme(write: Write, framework: Framework) -> None:
    path = write(build(select(TEXT, HEARD, "k1") + select(TEXT, LATE, "k6", "u2")))
    di, mo = read_codings(path, framework)
    assert (di.who, mo.who) == ("Di", "Mo")
    assert di.codes == (Code("Interview 1", "trust", "", "", 37, 51, LATE),)
    assert list_found(mo) == {("listened_to", "", HEARD)}
    assert [each.who for each in read_people(path, framework, "carers")] == ["carers 1", "carers 2"]
    with pytest.raises(SettingsFileError, match="codes of 2 people"):
        read_codes(path, framework)


def test_a_theme_may_be_called_after_the_codes_above_it(write: Write, framework: Framework) -> None:
    """As coprod codebook calls what it makes of a project's codes."""
    tired = replace(framework.themes[0], id="tired", name="Feelings: Tired")
    read = read_codes(write(build(select(TEXT, LATE, "k8"))), replace(framework, themes=(*framework.themes, tired)))
    assert list_found(read) == {("tired", "", LATE)}


def test_without_words_beside_them_ends_are_one_past_the_last(write: Write, framework: Framework) -> None:
    read = read_codes(write(build(select(TEXT, HEARD, "k3", way=Way(name=False)))), framework)
    assert read.codes[0].words == HEARD


def test_a_code_of_a_whole_document_marks_no_words(write: Write, framework: Framework) -> None:
    whole = '<Coding guid="w1" creatingUser="u2"><CodeRef targetGUID="k3"/></Coding>'
    read = read_codes(write(build(whole)), framework)
    assert read.codes == (Code("Interview 1", "openness", "negative"),)


def test_what_a_case_holds_of_a_document_is_an_answer_of_its_own(write: Write, framework: Framework) -> None:
    """NVivo lists cases among the codes, too."""
    lines = TEXT.split("\n")
    selections = "".join(select(TEXT, line, f"p{number}") for number, line in enumerate(lines[:2], start=1))
    refs = ["s-p1-0-u1", f"s-p2-{TEXT.index(lines[1])}-u1"]
    cases = "".join(
        f'<Case guid="p{number}" name="Person {number}"><SelectionRef targetGUID="{ref}"/></Case>'
        for number, ref in enumerate(refs, start=1)
    )
    content = build(selections + select(TEXT, TOLD, "k3"), cases=f"<Cases>{cases}</Cases>")
    read = read_codes(write(content), framework)
    assert [(each.id, each.person, each.words) for each in read.told] == [
        ("Interview 1: Person 2", "Person 2", "Nobody told us why.")
    ]
    assert list_found(read) == {("openness", "negative", TOLD)}
    outside = build(selections + select(TEXT, LATE, "k3"), cases=f"<Cases>{cases}</Cases>")
    assert [each.id for each in read_codes(write(outside), framework).told] == ["Interview 1"]


def test_words_within_the_xml_and_braces_round_a_guid_are_read(write: Write, framework: Framework) -> None:
    inline = f"<PlainTextContent>{escape(TEXT)}</PlainTextContent>"
    content = build(inline + select(TEXT, HEARD, "{K2}"), source='guid="{D1}" name="Interview 1"')
    assert read_codes(write(content), framework).codes[0].words == HEARD
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unzipped = archive.read("project.qde")
    assert read_codes(write(unzipped, "project.qde"), framework).codes[0].words == HEARD


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        (build(select(TEXT, HEARD, "k4")), "1 codes are no theme of the framework: 'My own idea'", "coprod codebook"),
        (build(""), "holds no codes", "Code its documents"),
        (
            build(select(TEXT, HEARD, "k3"), source='guid="d1" name="A" plainTextPath="absolute:///etc/hostname"'),
            "whose text is not inside it",
            "Export the project again",
        ),
        (
            build("", begin='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "has a DTD",
            "Take those lines out",
        ),
        (build("<broken"), "is not XML that can be read", "Export it again"),
    ],
)
def test_what_cannot_be_meant_is_told(write: Write, framework: Framework, content: bytes, what: str, hint: str) -> None:
    with pytest.raises(SettingsFileError) as told:
        read_codes(write(content), framework)
    assert what in told.value.what
    assert hint in told.value.hint
    assert "told us" not in told.value.what + told.value.hint


def test_a_codebook_is_no_codes_and_a_document_must_be_text(write: Write, framework: Framework) -> None:
    book = f'<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{CODES}</Codes></CodeBook>'
    with pytest.raises(SettingsFileError, match="is a codebook, not a project"):
        read_codes(write(book.encode(), "themes.qdc"), framework)
    spoilt = build(select(TEXT, HEARD, "k3")).replace("\U0001f600".encode(), b"\xff\xff\xff\xff")
    with pytest.raises(SettingsFileError, match="broken project"):
        read_codes(write(spoilt), framework)
    deep = '<Code guid="z" name="n">' * 30 + "</Code>" * 30
    content = build(select(TEXT, HEARD, "k3"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml, text = archive.read("project.qde").decode(), archive.read("sources/D1.txt")
    for inner, words, what in (
        (xml.replace("<Codes>", f"<Codes>{deep}"), text, "nested more than 20 deep"),
        (xml, b"\xff\x81 not text", "not text in UTF-8"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("project.qde", inner)
            archive.writestr("sources/d1.txt", words)
        with pytest.raises(SettingsFileError, match=what):
            read_codes(write(out.getvalue()), framework)


def test_headings_of_anybody_else_s_are_words_of_the_document(write: Write, framework: Framework) -> None:
    text = f"### Interview 1\n{TEXT}"
    [told] = read_codes(write(build(select(text, HEARD, "k3"), text=text)), framework).told
    assert (told.id, told.words) == ("Interview 1", text)


def test_what_is_known_of_a_case_is_known_of_its_document(write: Write, framework: Framework) -> None:
    case = """<Cases><Case guid="p1" name="Person 1"><VariableValue><VariableRef targetGUID="v1"/>
    <TextValue>Social worker</TextValue></VariableValue><SourceRef targetGUID="d1"/></Case></Cases>"""
    content = build(select(TEXT, HEARD, "k3"), cases=case)
    [told] = read_codes(write(content), framework).told
    assert (told.id, told.person, told.role) == ("Interview 1", "Person 1", "parent")


def test_two_documents_of_one_name_are_refused(write: Write, framework: Framework) -> None:
    twice = build(
        select(TEXT, HEARD, "k3")
        + "</TextSource><TextSource guid='d2' name='Interview 1' plainTextPath='internal://d1.txt'>"
    )
    with pytest.raises(SettingsFileError, match="same name as another"):
        read_codes(write(twice), framework)


@pytest.mark.parametrize("name", ["sources/big.txt", "big.qde"])
def test_a_bomb_is_not_unpacked(write: Write, framework: Framework, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("coprod_cli.reading.refi_xml._LARGEST", 2_000_000)
    out = io.BytesIO(build(select(TEXT, HEARD, "k3")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * 2_000_001)
    with pytest.raises(SettingsFileError, match="would unpack to more than 2 MB"):
        read_codes(write(out.getvalue()), framework)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_project_damaged_inside_is_told_whatever_packed_it(write: Write, framework: Framework, method: int) -> None:
    """Each way of packing has an error of its own for bytes that it cannot unpack."""
    with zipfile.ZipFile(io.BytesIO(build(select(TEXT, HEARD, "k3")))) as archive:
        xml = archive.read("project.qde")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("project.qde", xml)
    content = bytearray(out.getvalue())
    content[80:110] = bytes(each ^ 0x5A for each in content[80:110])
    with pytest.raises(SettingsFileError, match="is a broken project"):
        read_codes(write(bytes(content)), framework)


OURS = """### answer a1 | person p1 | parent | What went well?
They heard us.

### answer a2 | person - | other | So?
No.
"""


def say(users: Sequence[tuple[str, str]], marks: str) -> bytes:
    """A project as another program has made of ours: GUIDs of its own, a selection a code, names and notes kept."""
    listed = "".join(f'<User guid="{guid}" name="{name}"/>' for guid, name in users)
    codes = "".join(
        f'<Code guid="{guid}" name="{name}" isCodable="true"/>'
        for guid, name in (
            ("t1", "Being listened to - positive"),
            ("l1", "Level - one child&apos;s case"),
            ("l2", "Level - services at large"),
            ("ok", "All codes checked"),
            ("no", "No theme found"),
        )
    )
    xml = (
        f'<Project xmlns="{SPACE}" name="x" origin="QualCoder 4.0"><Users>{listed}</Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>"
        '<Sources><TextSource guid="d1" name="Short breaks" plainTextPath="internal://d1.txt">'
        f"{marks}</TextSource></Sources></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", b"\xef\xbb\xbf" + xml.encode())
        archive.writestr("Sources/d1.txt", b"\xef\xbb\xbf" + OURS.encode())
    return out.getvalue()


def mark(words: str, code: str, user: str, note: str = "") -> str:
    made = select(OURS, words, code, user)
    return made.replace("><Coding", f"><Description>{note}</Description><Coding", 1) if note else made


USERS = (("u1", "coprod trained"), ("u2", "Anna"), ("u3", "coprod"))


@pytest.mark.parametrize(
    ("marks", "level"),
    [
        (mark("They heard us", "t1", "u2", "Level: project. Confidence: 0.90 (coprod trained)."), "project"),
        (mark("They heard us", "t1", "u2", "Level: individual.") + mark("They heard us", "l1", "u2"), "individual"),
        (mark("They heard us", "t1", "u2", "Level: project.") + mark("They heard us", "l2", "u2"), "system"),
        (mark("They heard us", "t1", "u2", "Level: individual."), "project"),
        (mark("They heard us", "t1", "u2") + mark("They heard us", "l1", "u2"), "individual"),
        (mark("They heard us", "t1", "u2"), ""),
    ],
    ids=["noted", "kept", "added", "taken away", "no note", "nothing"],
)
def test_levels_come_back_from_programs_that_part_codes(
    write: Write, framework: Framework, marks: str, level: str
) -> None:
    read = read_codes(write(say(USERS, marks)), framework)
    assert read.codes == (Code("a1", "listened_to", "positive", level, 0, 13, "They heard us"),)
    told = read.told[0]
    assert (told.id, told.person, told.role, told.project, told.question) == (
        "a1", "p1", "parent", "Short breaks", "What went well?",
    )  # fmt: skip


def test_a_person_may_accept_what_the_machine_says_and_say_that_there_is_nothing(
    write: Write, framework: Framework
) -> None:
    machine = mark("They heard us", "t1", "u1", "Level: system.") + mark("They heard us", "l2", "u1")
    path = write(say(USERS, machine + mark("heard", "ok", "u2") + mark("No", "no", "u2")))
    anna, trained = read_codings(path, framework)
    assert (anna.who, trained.who) == ("Anna", "coprod trained")
    assert anna.codes == trained.codes
    assert [code.level for code in anna.codes] == ["system"]
    assert anna.answers == ("a1", "a2")
    assert read_people(path, framework, "carer")[0].who == "carer"


def test_what_only_a_machine_coded_is_no_person_s(write: Write, framework: Framework) -> None:
    path = write(say(USERS, mark("They heard us", "t1", "u1")))
    with pytest.raises(SettingsFileError, match="no codes by a person"):
        read_codes(path, framework)
    assert [each.who for each in read_codings(path, framework)] == ["coprod trained"]
