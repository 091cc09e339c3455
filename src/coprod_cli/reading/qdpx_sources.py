"""The bytes of a project for other programs go in; its documents, with all that is selected in them, come out."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, product
from typing import NamedTuple
from xml.etree.ElementTree import Element

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.qdpx_codes import take_guid
from coprod_cli.reading.refi_xml import unpack_members

_INTERNAL = "internal://"
_LAST_OF_ONE_UNIT = "\uffff"
_HINT = "Export the project again with its documents inside it, as REFI-QDA project (.qdpx)."
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


class Selection(NamedTuple):
    """A stretch of a document. codings: GUIDs of the user and the code of each. note: what stands beside it."""

    guid: str
    start: int
    end: int
    note: str
    codings: tuple[tuple[str, str], ...]


class Source(NamedTuple):
    """A document. text: with LF line ends. whole: codings of all of it. values: of variables, by their GUIDs."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...]
    whole: tuple[tuple[str, str], ...]
    values: Mapping[str, str]


class _Found(NamedTuple):
    """A document as it stands in the file, before it is known how its program counts.

    outer: what stands in the list of sources. element: what has the text, within a PDF its words.
    """

    outer: Element
    element: Element
    name: str
    text: str


def read_sources(raw: RawFile, project: Element) -> tuple[Source, ...]:
    """Every document in words. How positions are counted is found from the words that stand beside them.

    Programs differ: line ends of one character or two, characters or UTF-16 units, an end that is the last character
    or one past it. The way that fits most of the words is the file's; without any words, the commonest.

    Raises:
        SettingsFileError: a text is coded, but is not in the file or is no text; or there is too much of it.
    """
    found = list(_list_found(raw, project))
    whole = "".join(each.text for each in found)
    has_pairs, has_long = "\r\n" in whole, any(letter > _LAST_OF_ONE_UNIT for letter in whole)
    possible = [each for each in _COUNTINGS if each.two_marks <= has_pairs and each.in_units <= has_long]
    counting = max(possible, key=lambda each: _count_hits(found, each))
    return tuple(_take_source(each, counting) for each in found)


def read_values(element: Element) -> dict[str, str]:
    """GUIDs of the variables of a case or document, each with its value."""
    values = {}
    for each in element.findall("VariableValue"):
        reference = each.find("VariableRef")
        said = next((text for kind in _VALUES if (text := each.findtext(kind))), "")
        if reference is not None and said:
            values[take_guid(reference, "targetGUID")] = said
    return values


class _Counting(NamedTuple):
    """How a program counts. two_marks: CR LF is two characters. in_units: of UTF-16. is_last: the end is included."""

    two_marks: bool
    in_units: bool
    is_last: bool


# The commonest first: it stands where several fit equally well.
_COUNTINGS = tuple(
    _Counting(two_marks, in_units, is_last) for is_last, in_units, two_marks in product((False, True), repeat=3)
)


def _list_found(raw: RawFile, project: Element) -> Iterator[_Found]:
    texts = {_name_file(name): data for name, data in unpack_members(raw, ".txt").items()}
    for element in project.iterfind("Sources/*"):
        held = element.find("Representation") if element.tag == "PDFSource" else element
        if held is None or element.tag not in {"TextSource", "PDFSource"}:
            continue
        name = element.get("name", "")
        path = held.get("plainTextPath", "")
        inline = held.findtext("PlainTextContent")
        if inline is not None:
            yield _Found(element, held, name, inline)
        elif path.startswith(_INTERNAL) and (data := texts.get(_name_file(path))) is not None:
            yield _Found(element, held, name, _decode(data, raw.name))
        elif element.find(".//Coding") is not None:
            what = f"{raw.name} has codes in a document whose text is not inside it."
            raise SettingsFileError(what, _HINT)


def _name_file(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].casefold()


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsFileError(f"{name} has a document that is not text in UTF-8.", _HINT) from None


def _settle(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _make_mover(text: str, counting: _Counting) -> Callable[[int], int]:
    """From a position as the program counts to one in the text with LF line ends."""
    counted = text if counting.two_marks else _settle(text)
    units = list(accumulate(1 + (letter > _LAST_OF_ONE_UNIT) for letter in counted)) if counting.in_units else []
    pairs = [at for at in range(len(counted)) if counted.startswith("\r\n", at)] if "\r\n" in counted else []

    def move(position: int) -> int:
        at = bisect_right(units, position) if units else position
        at = min(max(at, 0), len(counted))
        return at - bisect_left(pairs, at)

    return move


def _list_spans(found: _Found, counting: _Counting) -> Iterator[tuple[Element, int, int]]:
    """Every selection of a document with its first character and one past its last, wherever they lie."""
    move = _make_mover(found.text, counting)
    for element in found.element.findall("PlainTextSelection"):
        try:
            first, last = (int(element.get(name, "")) for name in ("startPosition", "endPosition"))
        except ValueError:
            continue
        yield element, move(first), move(last + counting.is_last)


def _count_hits(found: Sequence[_Found], counting: _Counting) -> int:
    hits = 0
    for each in found:
        text = _settle(each.text)
        for element, start, end in _list_spans(each, counting):
            said = element.get("name", "")
            # A line end within an attribute comes out as a space.
            hits += bool(said) and text[start:end].split() == said.split()
    return hits


def _take_source(found: _Found, counting: _Counting) -> Source:
    selections = tuple(
        Selection(take_guid(element), start, end, element.findtext("Description") or "", _take_codings(element))
        for element, start, end in _list_spans(found, counting)
        if start < end
    )
    parts = [found.outer] if found.outer is found.element else [found.outer, found.element]
    whole = tuple(coding for part in parts for coding in _take_codings(part))
    values = {guid: value for part in parts for guid, value in read_values(part).items()}
    return Source(take_guid(found.outer), found.name, _settle(found.text), selections, whole, values)


def _take_codings(element: Element) -> tuple[tuple[str, str], ...]:
    fallback = take_guid(element, "creatingUser") or take_guid(element, "modifyingUser")
    return tuple(
        (take_guid(each, "creatingUser") or fallback, take_guid(reference, "targetGUID"))
        for each in element.findall("Coding")
        if (reference := each.find("CodeRef")) is not None
    )
