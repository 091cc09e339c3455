"""A made-up project goes in; what other programs' readers get of it, beside what they should, comes out.

`python benchmarks/exchange.py [--readers PYTHON] [--record tests/reporting/exchange_trial.json]`

The project is tests/exchange_case.py: emoji, line ends, mark-up, control characters, clashing names, several coders.
PYTHON is the interpreter of an environment with the readers that exchange_readers.py lists; by default the one that
runs this. What is recorded tells of which bytes it was, so that a test can say when the trial is out of date.
"""

import argparse
import hashlib
import io
import json
import runpy
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

from coprod_cli.model.answers import CodedAnswers
from coprod_cli.reading import read_framework
from coprod_cli.reporting import EXPORTS, ExportChoices
from coprod_cli.reporting.refi_codes import list_codes
from coprod_cli.telling import exchange

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("project", "answer")
READERS = Path(__file__).with_name("exchange_readers.py")
Code = tuple[str, str, str]
CASE = runpy.run_path(str(ROOT / "tests" / "exchange_case.py"))
CLOSED: tuple[str, ...] = CASE["CLOSED"]


def hash_project(content: bytes) -> str:
    """SHA-256 of the members of a zip and their names, however tightly they are packed."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            digest.update(name.encode() + b"\0" + archive.read(name) + b"\0")
    return digest.hexdigest()


def expect_codes(case: CodedAnswers) -> Counter[Code]:
    """Every code with its words and user, as the answers themselves say."""
    names = {(each.theme, each.stance): each.name for each in list_codes(case.framework)}
    users = {"trained": "coprod trained"}
    expected: Counter[Code] = Counter()
    for name, answer in case.answers.items():
        whole = exchange.settle_words(answer.words)
        expected[whole, f"{exchange.QUESTION_CODE}{answer.question}", "coprod"] += 1
        marks = case.found.get(name, ())
        looked = {*case.looked.get(name, ()), "trained"}
        for who in looked - {mark.coder for mark in marks}:
            expected[whole, exchange.NO_THEME, users.get(who, who)] += 1
        for mark in marks:
            start, end = (len(exchange.settle_words(answer.words[:at])) for at in (mark.start, mark.end))
            user = users.get(mark.coder, mark.coder)
            beside = [exchange.LEVEL_CODES.get(mark.level), exchange.TO_CHECK if mark.unsure else None]
            for code in (names[mark.theme, mark.stance], *filter(None, beside)):
                expected[whole[start:end], code, user] += 1
    return expected


def expect_cases(case: CodedAnswers) -> Counter[tuple[str, ...]]:
    """Of each case, person, role, project, round and closed answers."""
    voices = {(each.person, each.role, each.project, each.wave, *each.closed) for each in case.answers.values()}
    return Counter(voices)


def list_cases(told: dict[str, dict[str, str]]) -> Counter[tuple[str, ...]]:
    """The same as a reader tells of them; names of closed questions that clash end in a number."""
    names = (*exchange.VARIABLES[1:5], CLOSED[0], "Role (2)", "Role (3)")
    return Counter(tuple(values.get(name, "") for name in names) for values in told.values())


def expect_documents(case: CodedAnswers, *, one_each: bool) -> Counter[tuple[tuple[str, str], ...]]:
    """Of each document, its variables and their values."""
    expected = set()
    for each in case.answers.values():
        said = {"Project": each.project, "Round": each.wave}
        if one_each:
            said |= {"Answer": each.id, "Person": each.person, "Role": each.role, "Question": each.question}
            said |= dict(zip((CLOSED[0], "Role (2)", "Role (3)"), each.closed, strict=True))
        expected.add(tuple(sorted((f"{name}{exchange.OF_DOCUMENT}", value) for name, value in said.items() if value)))
    return Counter(expected)


def compare(told: dict[str, Any], case: CodedAnswers, texts: dict[str, str]) -> dict[str, tuple[int, int]]:
    """How much of each kind arrived exactly, of how much."""
    expected = expect_codes(case)
    found: dict[str, tuple[int, int]] = {}
    if "texts" in told:
        found["documents"] = (sum(told["texts"].get(name) == text for name, text in texts.items()), len(texts))
    if "codes" in told:
        codes = Counter((words, code, user) for words, code, user in told["codes"])
        found["codes with their exact words and user"] = ((codes & expected).total(), expected.total())
        found["codes that should not be"] = ((codes - expected).total(), 0)
    if "given" in told:
        given = {(code, user) for _, code, user in expected}
        found["pairs of code and user"] = (len({tuple(each) for each in told["given"]} & given), len(given))
    if "cases" in told:
        cases = expect_cases(case)
        found["cases with all their variables"] = ((list_cases(told["cases"]) & cases).total(), cases.total())
        documents = expect_documents(case, one_each=len(texts) == len(case.answers))
        arrived = Counter(tuple(sorted(values.items())) for values in told["documents"].values())
        found["documents with all their variables"] = ((arrived & documents).total(), documents.total())
    return found


def main() -> None:
    """Make the project in both shapes, have it read, and say what arrived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", default=sys.executable)
    parser.add_argument("--record", type=Path)
    chosen = parser.parse_args()
    case: CodedAnswers = CASE["make_case"](CASE["make_framework"](read_framework()))
    trial: dict[str, Any] = {"made": {}, "readers": {}}
    for documents in DOCUMENTS:
        content = EXPORTS["qdpx"](case, ExportChoices(documents))
        trial["made"][documents] = hash_project(content)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "case.qdpx"
            path.write_bytes(content)
            done = subprocess.run(
                [chosen.readers, str(READERS), str(path)], capture_output=True, check=True, encoding="utf-8"
            )
        texts = name_texts(content)
        for name, told in json.loads(done.stdout.splitlines()[-1]).items():
            one = trial["readers"].setdefault(name, {"version": told["version"]})
            one[documents] = compare(told, case, texts)
            for what, (arrived, expected) in one[documents].items():
                print(f"{name} {told['version']}, a document a {documents}: {what}: {arrived} of {expected}")
    if chosen.record:
        chosen.record.write_text(json.dumps(trial, indent=2) + "\n", encoding="utf-8")


def name_texts(content: bytes) -> dict[str, str]:
    """The text of each document by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = fromstring(archive.read("project.qde"))  # noqa: S314  # our own file
        return {
            each.attrib["name"]: archive.read(f"sources/{each.attrib['guid']}.txt").decode("utf-8")
            for each in root.iter("{urn:QDA-XML:project:1.0}TextSource")
        }


if __name__ == "__main__":
    main()
