"""Answers with their codes go in; a project as programs for qualitative analysis exchange them (REFI-QDA) comes out.

The zip holds project.qde, as the schema of QDA-XML 1.0 has it, and the text of each document. What programs are known
to trip over is kept to: an end is one past the last character and the exact words stand beside it, names of codes are
unlike one another, the project says where it comes from, and what is known of a document stands on the document.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from coprod_cli.binding import clean_words, pack_zip
from coprod_cli.model.answers import CodedAnswers, Marked
from coprod_cli.model.tables import UNCLEAR
from coprod_cli.reporting.export_choices import ExportChoices
from coprod_cli.reporting.qdpx_codes import add_codebook, make_codebook
from coprod_cli.reporting.qdpx_documents import Document, Layout, lay_out
from coprod_cli.reporting.qdpx_people import Coders, find_coders
from coprod_cli.telling import exchange, make_guid

NAMESPACE = "urn:QDA-XML:project:1.0"
# No clock: the same answers are the same file.
WRITTEN = "2026-01-01T00:00:00Z"
_PROJECT = "project.qde"


def write_qdpx(told: CodedAnswers, choices: ExportChoices) -> bytes:
    """The project as a zip, the same for the same answers and codes in whatever order they come."""
    layout = lay_out(told, one_each=choices.documents == "answer")
    coders = find_coders(told)
    codebook = make_codebook(told)
    project = Element(
        "Project",
        {
            "xmlns": NAMESPACE,
            "name": "coprod",
            "origin": exchange.ORIGIN,
            "creatingUserGUID": coders.own,
            "creationDateTime": WRITTEN,
        },
    )
    users = SubElement(project, "Users")
    for user in coders.users:
        SubElement(users, "User", guid=user.guid, name=user.name, id=user.kind)
    add_codebook(project, codebook)
    _add_variables(project, layout)
    _add_cases(project, layout)
    sources = SubElement(project, "Sources")
    for document in layout.documents:
        _add_source(sources, document, told, coders, codebook.guids)
    SubElement(project, "Description").text = _describe(told)
    indent(project)
    texts = {f"sources/{each.guid}.txt": each.text.encode("utf-8") for each in layout.documents}
    return pack_zip({_PROJECT: tostring(project, encoding="utf-8", xml_declaration=True), **texts})


def _describe(told: CodedAnswers) -> str:
    framework = clean_words(f"{told.framework.id} {told.framework.version}")
    return (
        f"{len(told.answers)} answers, masked by machine, with the themes of the framework {framework}. Codes by a "
        "machine are suggestions until a person has looked. These are people's own words: keep them as safe as the "
        "survey."
    )


def _add_variables(project: Element, layout: Layout) -> None:
    listed = SubElement(project, "Variables")
    for each in layout.variables:
        variable = SubElement(listed, "Variable", guid=each.guid, name=each.name, typeOfVariable="Text")
        if each.about:
            SubElement(variable, "Description").text = each.about


def _add_values(parent: Element, values: Iterable[tuple[str, str]]) -> None:
    for guid, value in values:
        said = SubElement(parent, "VariableValue")
        SubElement(said, "VariableRef", targetGUID=guid)
        SubElement(said, "TextValue").text = value


def _add_cases(project: Element, layout: Layout) -> None:
    if not layout.cases:
        return
    listed = SubElement(project, "Cases")
    for case in layout.cases:
        one = SubElement(listed, "Case", guid=case.guid, name=case.name)
        _add_values(one, case.values)
        for guid in case.documents:
            SubElement(one, "SourceRef", targetGUID=guid)
        for guid in case.selections:
            SubElement(one, "SelectionRef", targetGUID=guid)


def _add_source(
    sources: Element, document: Document, told: CodedAnswers, coders: Coders, codes: dict[tuple[str, ...], str]
) -> None:
    source = SubElement(
        sources,
        "TextSource",
        guid=document.guid,
        name=document.name,
        plainTextPath=f"internal://{document.guid}.txt",
        creatingUser=coders.own,
        creationDateTime=WRITTEN,
    )
    for place in document.places:
        end = place.start + len(place.words)
        if place.start == end:
            continue
        name = place.answer.id
        question = codes["question", place.answer.question]
        _add_selection(source, document, (place.start, end), place.selection, coders.own, [question])
        weight = exchange.write_weight(told.weights.get(name))
        weighs = {coders.guids[who]: weight for who in told.looked.get(name, ())}
        for user in coders.list_empty(name):
            guid = make_guid("nothing", document.guid, name, user)
            _add_selection(
                source,
                document,
                (place.start, end),
                guid,
                user,
                [codes["beside", exchange.NO_THEME]],
                weighs.get(user, ""),
            )
        for mark in sorted(set(told.found.get(name, ()))):
            user = coders.guids[mark.coder]
            span = place.move(told.answers[name].words, mark.start, mark.end)
            guid = make_guid("selection", document.guid, name, *map(str, mark))
            note = exchange.write_note(
                _say_level(mark, told, coders),
                coders.names[mark.coder],
                None if mark.coder in coders.people else mark.confidence,
                unsure=mark.unsure,
            )
            note = f"{note} {weighs.get(user, '')}".strip()
            _add_selection(source, document, span, guid, user, list(_list_codes(mark, codes)), note)
    _add_values(source, document.values)


def _say_level(mark: Marked, told: CodedAnswers, coders: Coders) -> str:
    """The level, or that the person could not tell it; nothing where they tell none anywhere."""
    is_asked = mark.coder in coders.people and mark.coder not in told.levelless
    return mark.level or (UNCLEAR if is_asked else "")


def _list_codes(mark: Marked, codes: dict[tuple[str, ...], str]) -> Iterator[str]:
    yield codes["theme", mark.theme, mark.stance]
    if mark.level in exchange.LEVEL_CODES:
        yield codes["beside", exchange.LEVEL_CODES[mark.level]]
    if mark.unsure:
        yield codes["beside", exchange.TO_CHECK]


def _add_selection(  # noqa: PLR0913, PLR0917  # each is one plain part of the element
    source: Element,
    document: Document,
    span: tuple[int, int],
    guid: str,
    user: str,
    codes: Sequence[str],
    note: str = "",
) -> None:
    """The end is one past the last character: the standard's page says otherwise, the programs do it so."""
    start, end = span
    selection = SubElement(
        source,
        "PlainTextSelection",
        guid=guid,
        name=document.text[start:end],
        startPosition=str(start),
        endPosition=str(end),
        creatingUser=user,
        creationDateTime=WRITTEN,
    )
    if note:
        SubElement(selection, "Description").text = clean_words(note)
    for code in codes:
        coding = SubElement(
            selection,
            "Coding",
            guid=make_guid("coding", guid, code),
            creatingUser=user,
            creationDateTime=WRITTEN,
        )
        SubElement(coding, "CodeRef", targetGUID=code)
