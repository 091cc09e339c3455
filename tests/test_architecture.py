"""The house stands on its floors: an import only ever goes down, neighbours do not meet, and the page says so too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "coprod_cli"

# Lowest floor first. A room may import rooms on lower floors, and itself.
FLOORS = [
    {"model"},
    {"telling", "binding"},
    {"reading", "protecting", "coding", "scoring", "summarising", "drawing", "asking"},
    {"analysis", "comparing", "reporting"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
OUTSIDERS = {
    "typer": {"cli"},
    "rich": {"cli"},
    "matplotlib": {"drawing"},
    "jinja2": {"reporting"},
    "weasyprint": {"reporting"},
    "python_calamine": {"reading"},
    "pyreadstat": {"reading", "reporting"},
    "pyarrow": {"reading"},
    "openpyxl": {"reading", "reporting"},
    "docx": {"asking", "binding"},
    "nltk": {"coding"},
    "snowballstemmer": {"coding"},
    "onnxruntime": {"coding"},
    "scipy": {"coding", "scoring"},
}
EVERYBODYS = {"pandas", "numpy", "coprod_cli"}
WALKS_IN_ANYWHERE = {"model"}  # nouns are imported file by file; every other room by its front door
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
TESTS = sorted(path for folder in ("tests", "training", "benchmarks", "data") for path in (ROOT / folder).rglob("*.py"))


def name_room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def list_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            module = node.module or ""
            if module == "coprod_cli":
                yield from (f"coprod_cli.{alias.name}" for alias in node.names)
            else:
                yield module


def test_every_home_is_lived_in() -> None:
    found = {(name.split(".")[0], name_room(path)) for path in FILES for name in list_imports(path)}
    assert {(library, room) for library, rooms in OUTSIDERS.items() for room in rooms} <= found


def name_file(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name_file)
def test_imports_go_down_and_in_by_the_front_door(path: Path) -> None:
    room = name_room(path)
    for name in list_imports(path):
        first, *rest = name.split(".")
        if first == "coprod_cli" and rest and rest[0] != room and rest[0] != "__version__":
            assert FLOOR_OF[rest[0]] < FLOOR_OF[room], f"{room} may not import {name}"
            if rest[0] not in WALKS_IN_ANYWHERE and room != "__main__":
                assert len(rest) == 1, f"go in by the front door: coprod_cli.{rest[0]}"


@pytest.mark.parametrize("path", FILES, ids=name_file)
def test_every_library_has_one_home(path: Path) -> None:
    for name in list_imports(path):
        first = name.split(".")[0]
        assert name_room(path) in OUTSIDERS.get(first, {name_room(path)}), f"{first} belongs in {OUTSIDERS[first]}"


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=name_file)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_attics() -> None:
    assert not {path.stem for path in FILES} & {"utils", "util", "helpers", "common", "misc", "core", "base"}


@pytest.mark.parametrize("path", FILES, ids=name_file)
def test_nobody_below_the_door_prints_or_swallows_errors(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", "only cli/ talks, and it knows its streams"
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            assert caught not in {"everything", "Exception", "BaseException"}, "catch what you can name"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
            assert not {"pickle", "joblib", "dill"} & set(names), "no pickle"


@pytest.mark.parametrize("path", FILES, ids=name_file)
def test_files_are_written_in_one_place_and_opened_in_one_room(path: Path) -> None:
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    if path == PACKAGE / "cli" / "saving.py":
        return
    assert not calls & {"write_bytes", "write_text", "mkdir", "unlink", "rmtree"}
    assert name_room(path) == "reading" or "open" not in calls


def test_no_file_imports_in_a_circle() -> None:
    modules = {".".join(("coprod_cli", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in FILES}
    modules = {name.removesuffix(".__init__"): path for name, path in modules.items()}
    edges: dict[str, set[str]] = {}
    for name, path in modules.items():
        targets: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("coprod_cli"):
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                targets |= (whole & set(modules)) or {node.module or ""}
        edges[name] = (targets & set(modules)) - {name}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail, name])
        if name not in done:
            for target in sorted(edges[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())


def test_the_page_tells_the_floors_as_they_are() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d) \|([^|]*)\|([^|]*)\|", page, flags=re.MULTILINE)
    floors = {int(number): set(re.findall(r"`([\w_]+)", rooms)) for number, rooms, _ in told}
    assert floors == dict(enumerate(FLOORS, start=1))
    homes: dict[str, set[str]] = {}
    for _, rooms, libraries in told:
        for library, room in re.findall(r"`([\w_]+)` in ([\w, ]+?)(?:;|$)", libraries.strip()):
            here = set(re.split(r", | and ", room))
            assert here <= set(re.findall(r"`([\w_]+)", rooms))
            homes.setdefault(library, set()).update(here)
    assert homes == OUTSIDERS
