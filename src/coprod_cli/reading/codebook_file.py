"""A codebook of another program, or a table of names and descriptions, goes in; its codes, in order, come out."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from coprod_cli.model.errors import CoprodError, SettingsFileError
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.codes_words import STANCES
from coprod_cli.reading.files import RawFile, make_printable, take_raw
from coprod_cli.reading.grid import SEARCHED_ROWS, get_cell
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.qdpx_codes import take_guid
from coprod_cli.reading.refi_xml import PROJECT_ENDING, is_refi, read_refi, say_torn
from coprod_cli.reading.settings_text import open_settings
from coprod_cli.reading.wording import clean_header, drop_controls, make_key
from coprod_cli.telling import exchange, unguard_cell

MOST_CODES = 300
BETWEEN = ": "
_NO_FRAMEWORKS = frozenset({PROJECT_ENDING, ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"})
# The first of these headers that a table has is the column; all are compared without capitals, blanks and marks.
_COLUMNS = (
    (
        "name",
        ("code name", "tag", "name", "path", "theme", "theme name", "code", "codes", "themes", "category", "label"),
    ),
    ("about", ("description", "code description", "definition", "tag description", "memo", "meaning", "notes")),
    ("parent", ("parent", "parent name", "parent code", "group", "folder")),
    ("positive", ("positive",)),
    ("negative", ("negative",)),
)
_HINT = "Give a REFI-QDA codebook (.qdc) or project (.qdpx), or a table with the columns name and description."
_LONGEST = 200
_DEEPEST = 20


class BookCode(NamedTuple):
    """One code of a codebook.

    name: with the names of the codes it stands under before it ("Parent: child"). about: its description, may be empty.
    stances: (stance, description) of each code below it that is but a stance of it.
    """

    name: str
    about: str
    stances: tuple[tuple[str, str], ...] = ()


class Codebook(NamedTuple):
    """The codes of a codebook that make themes, in the order of the file; name: the file's, without folders."""

    name: str
    codes: tuple[BookCode, ...]


class _Node(NamedTuple):
    """A code with the codes below it. is_codable: false of a folder, that nothing is coded with."""

    name: str
    about: str
    below: list["_Node"]
    is_codable: bool = True


def is_codebook(path: Path, data: bytes) -> bool:
    """Whether a file is a codebook of another program or a table, rather than a framework in TOML."""
    return path.suffix.casefold() in _NO_FRAMEWORKS or (bool(data.strip()) and is_refi(RawFile(path.name, data, "")))


def read_codebook(path: Path) -> Codebook:
    """The codes of a REFI-QDA codebook or project, of a Taguette codebook, or of a table of names and descriptions.

    A code below another is named after both. One whose name says but a stance ("Positive", or "Trust - negative" below
    Trust) belongs to the code above it. Folders that nothing is coded with make no theme of their own.

    Raises:
        SettingsFileError: it is none of these, it holds no code or too many, or two codes are called alike.
    """
    return take_codebook(path, open_settings(path))


def take_codebook(path: Path, data: bytes) -> Codebook:
    """The same of bytes that are already at hand.

    Raises:
        SettingsFileError: as read_codebook.
    """
    name = make_printable(path.name)
    try:
        raw = take_raw(data, name)
        if path.suffix.casefold() == PROJECT_ENDING and not is_refi(raw):
            raise say_torn(name)
        nodes = _list_refi(raw) if is_refi(raw) else _list_table(raw)
    except SettingsFileError:
        raise
    except CoprodError as error:
        raise SettingsFileError(error.what.replace("not a table of answers", "not a codebook"), _HINT) from None
    codes = tuple(_list_codes(nodes, (), raw.name))
    if not codes:
        raise SettingsFileError(f"{raw.name} holds no code.", _HINT)
    if len(codes) > MOST_CODES:
        what = f"{raw.name} holds {len(codes):,} codes; nobody can code with more than {MOST_CODES}."
        raise SettingsFileError(what, "Merge codes, or export those only that you code with.")
    _check_names(codes, raw.name)
    return Codebook(raw.name, codes)


def _list_codes(nodes: Sequence[_Node], above: tuple[str, ...], file: str) -> Iterator[BookCode]:
    if len(above) > _DEEPEST:
        raise SettingsFileError(f"{file} has codes nested more than {_DEEPEST} deep.", "Bring them further up.")
    for node in nodes:
        stances = [(_find_stance(each, node.name), each) for each in node.below]
        own = tuple((stance, each.about) for stance, each in stances if stance)
        if node.is_codable or own:
            yield BookCode(BETWEEN.join((*above, node.name)), node.about, own)
        yield from _list_codes([each for stance, each in stances if not stance], (*above, node.name), file)


def _find_stance(node: _Node, parent: str) -> str:
    """The stance that is all a code says beyond the one above it; nothing where it says more."""
    if node.below:
        return ""
    said = make_key(node.name).removeprefix(make_key(parent)).strip()
    return "mixed" if len(STANCES.get(said, ())) > 1 else next(iter(STANCES.get(said, ())), "")


def _check_names(codes: Sequence[BookCode], file: str) -> None:
    seen: dict[str, int] = {}
    for number, each in enumerate(codes, start=1):
        # The names themselves are not shown: it may be a survey, given by mistake, and the names those of people.
        if len(each.name) > _LONGEST:
            what = f"{file}: the name of code {number} has more than {_LONGEST} letters."
            raise SettingsFileError(what, "Shorten it; what it means goes into the description.")
        key = make_key(each.name) or each.name
        if key in seen:
            what = f"{file}: code {seen[key]} and code {number} are called alike."
            raise SettingsFileError(what, "Give one of them another name in the program it comes from.")
        seen[key] = number


def _list_refi(raw: RawFile) -> list[_Node]:
    root = read_refi(raw)
    book = root if root.tag == "CodeBook" else root.find("CodeBook")
    listed = None if book is None else book.find("Codes")
    if listed is None:
        raise SettingsFileError(f"{raw.name} has no codebook in it.", _HINT)
    _drop_structure(root, listed)
    return _list_below(listed, raw.name, 0)


def _drop_structure(root: Element, listed: Element) -> None:
    """Takes out what coprod itself puts beside the themes of a project, and cases, which NVivo lists as codes, too."""
    cases = {take_guid(each) for each in root.iter("Case")}
    for parent in (listed, *listed.iter("Code")):
        for code in parent.findall("Code"):
            name, below = code.get("name", ""), [each.get("name", "") for each in code.findall("Code")]
            if take_guid(code) in cases or exchange.is_structure(name, below):
                parent.remove(code)


def _list_below(parent: Element, file: str, depth: int) -> list[_Node]:
    if depth > _DEEPEST:
        raise SettingsFileError(f"{file} has codes nested more than {_DEEPEST} deep.", "Bring them further up.")
    nodes = []
    for each in parent.findall("Code"):
        name = clean_header(drop_controls(each.get("name", "")))
        if not name:
            raise SettingsFileError(f"{file} has a code without a name.", "Name it in the program it comes from.")
        about = drop_controls(each.findtext("Description", "")).strip()
        is_codable = each.get("isCodable", "true").strip().casefold() not in {"false", "0"}
        nodes.append(_Node(name, about, _list_below(each, file, depth + 1), is_codable))
    return nodes


def _list_table(raw: RawFile) -> list[_Node]:
    for grid in open_file(raw).grids:
        for header, row in enumerate(grid.top[:SEARCHED_ROWS]):
            keys = [make_key(clean_header(cell)) for cell in row]
            found = {field: next((keys.index(each) for each in names if each in keys), -1) for field, names in _COLUMNS}
            if found["name"] >= 0:
                return _nest(grid, header, found, raw.name)
    raise SettingsFileError(f"{raw.name} has no column 'name', 'tag' or 'code'.", _HINT)


def _nest(grid: Grid, header: int, places: Mapping[str, int], file: str) -> list[_Node]:
    """The rows as codes, each below the one that its column of parents names, or of which it says but a stance."""
    tops: list[_Node] = []
    listed: list[tuple[_Node, str]] = []
    first = max(header + 1, grid.given_headers)
    for number, row in enumerate(grid.walk(first), start=first + 1):
        cells = {field: unguard_cell(get_cell(row, at)) if at >= 0 else "" for field, at in places.items()}
        said = {field: drop_controls(cell).strip() for field, cell in cells.items()}
        if not said["name"]:
            if any(said.values()):
                what = f"{file}, row {number}: there is a description but no name."
                raise SettingsFileError(what, "Name the code, or take the row out.", number)
            continue
        below = [_Node(stance, said[stance], []) for stance in ("positive", "negative") if said[stance]]
        name = clean_header(said["name"])
        listed.append((_Node(name, said["about"], below), make_key(said["parent"] or _cut_stance(name))))
    found = {make_key(node.name): node for node, _ in listed}
    for node, parent in listed:
        above = found.get(parent)
        (tops if above is None or above is node or _is_below(above, node) else above.below).append(node)
    return tops


def _cut_stance(name: str) -> str:
    """The theme in "Theme - positive"; nothing where a name does not end so."""
    theme, _, stance = name.rpartition(" - ")
    return theme if STANCES.get(make_key(stance)) and make_key(stance) else ""


def _is_below(node: _Node, other: _Node) -> bool:
    """Whether a code stands somewhere below another, so that the other may not stand below it."""
    return any(each is node or _is_below(node, each) for each in other.below)
