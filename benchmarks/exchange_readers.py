"""A project for other programs goes in; what each other reader that is installed makes of it comes out, as JSON.

`python benchmarks/exchange_readers.py FILE.qdpx`

It needs nothing of coprod, so that it runs wherever the readers are: pip install pyrefiqda potato-annotation qdapy
qualitative-coding. Each gives its version, the texts by document, and every code as words, code and user; pyrefiqda,
the only one that reads variables, also those of cases and documents. qualitative-coding checks the file against the
schema first; it codes lines, not words, and tells which codes each user gave. It passes variables over: those are what
its schema, with the library that it checks by (xmlschema), makes of the file.
"""

import contextlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any


def read_with_pyrefiqda(path: Path, folder: Path) -> dict[str, Any]:
    """Every document, code, case and variable, by classes made from the schema."""
    from pyrefiqda import RefiProject  # noqa: PLC0415  # one of several that may be missing

    project = RefiProject.load(path, extract_dir=folder)
    users = {each.guid: each.name for each in project.users.user}
    names: dict[str, str] = {}
    waiting = list(project.code_book.codes.code)
    while waiting:
        code = waiting.pop()
        names[code.guid] = code.name
        waiting += code.code
    variables = {each.guid: each.name for each in project.variables.variable}

    def tell(values: Any) -> dict[str, str]:  # noqa: ANN401  # whatever class the reader makes
        return {variables[each.variable_ref.target_guid]: each.text_value for each in values}

    texts: dict[str, str] = {}
    codes: list[tuple[str, str, str]] = []
    for source in project.sources.text_source:
        held = RefiProject.resolve_source_path(source.plain_text_path, folder)
        texts[source.name] = held.read_bytes().decode("utf-8")
        for selection in source.plain_text_selection:
            words = texts[source.name][selection.start_position : selection.end_position]
            codes += [(words, names[each.code_ref.target_guid], users[each.creating_user]) for each in selection.coding]
    return {
        "texts": texts,
        "codes": codes,
        "cases": {each.name: tell(each.variable_value) for each in project.cases.case},
        "documents": {each.name: tell(each.variable_value) for each in project.sources.text_source},
    }


def read_with_potato(path: Path, _: Path) -> dict[str, Any]:
    """Documents and codes; whether an end is included is found from the words."""
    from potato.importers.text.qdpx_importer import QDPXImporter  # noqa: PLC0415

    project = QDPXImporter().parse_path(path)
    return {
        "texts": {each.instance_id: each.text for each in project.documents},
        "codes": [(span.text, span.label, span.annotator) for each in project.documents for span in each.spans],
    }


def read_with_qdapy(path: Path, _: Path) -> dict[str, Any]:
    """Codes; a code is named with those above it."""
    from qdapy import read_qdpx  # noqa: PLC0415

    found = read_qdpx(path, warn=False).fragments
    rows = zip(found["text"], found["code"], found["codedBy"], strict=True)
    return {"codes": [(words, code.rpartition("/")[2], user) for words, code, user in rows]}


def read_with_qc(path: Path, folder: Path) -> dict[str, Any]:
    """Its command stops at a breakpoint left in it, unless told not to."""
    command = [str(Path(sys.executable).with_name("qc")), "init", "--import", str(path.resolve())]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONBREAKPOINT": "0"}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    with contextlib.closing(sqlite3.connect(next(folder.glob("*.sqlite3")))) as database:
        given = database.execute("select distinct coder_id, code_id from coded_line").fetchall()
    schema = files("qualitative_coding") / "refi_qda" / "schema.xsd"
    with zipfile.ZipFile(path) as archive:
        project = import_module("xmlschema").to_dict(archive.read("project.qde").decode("utf-8"), str(schema))
    names = {each["@guid"]: each["@name"] for each in project["Variables"]["Variable"]}

    def tell(element: dict[str, Any]) -> dict[str, str]:
        values = element.get("VariableValue", [])
        return {names[each["VariableRef"]["@targetGUID"]]: each["TextValue"] for each in values}

    return {
        "cases": {each["@name"]: tell(each) for each in project["Cases"]["Case"]},
        "documents": {each["@name"]: tell(each) for each in project["Sources"]["TextSource"]},
        "texts": {each.stem: each.read_bytes().decode("utf-8") for each in (folder / "corpus").iterdir()},
        "given": [(code, user) for user, code in given],
    }


READERS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "pyrefiqda": read_with_pyrefiqda,
    "potato-annotation": read_with_potato,
    "qdapy": read_with_qdapy,
    "qualitative-coding": read_with_qc,
}


def main() -> None:
    """Print what every installed reader makes of the file."""
    path = Path(sys.argv[1])
    told = {}
    for name, read in READERS.items():
        try:
            which = version(name)
        except PackageNotFoundError:
            continue
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            told[name] = {"version": which, **read(path, Path(folder))}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
