"""What was ordered goes in; every file of the questionnaire's folder comes out, as bytes."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import NamedTuple

from coprod_cli import __version__
from coprod_cli.asking.questions import Order, settle_order
from coprod_cli.asking.to_csv import QUESTIONS, SHEET, write_csv
from coprod_cli.asking.to_limesurvey import NAME as LIMESURVEY
from coprod_cli.asking.to_limesurvey import write_limesurvey
from coprod_cli.asking.to_markdown import write_markdown
from coprod_cli.asking.to_qualtrics import NAME as QUALTRICS
from coprod_cli.asking.to_qualtrics import write_qualtrics
from coprod_cli.asking.to_word import write_word
from coprod_cli.model.framework import Framework

SCHEMA = "coprod-questionnaire/1"
MANIFEST = "manifest.json"


class FileOfForm(NamedTuple):
    """One file that was written, and what it is for, in words."""

    name: str
    use: str


FORM_FORMATS: dict[str, Callable[[Framework, Order], dict[str, bytes]]] = {
    "word": write_word,
    "csv": write_csv,
    "markdown": write_markdown,
    "limesurvey": write_limesurvey,
    "qualtrics": write_qualtrics,
}
_USES: dict[str, str] = {
    QUESTIONS: "every question in a list, for a form tool of your own",
    SHEET: "an empty sheet to type paper forms into, one row a form",
    LIMESURVEY: "LimeSurvey: Create survey, Import",
    QUALTRICS: "Qualtrics: Tools, Import/export, Import survey",
    "docx": "to print and hand out",
    "md": "to e-mail, or to copy into Google Forms or Microsoft Forms",
}


def write_questionnaire(framework: Framework, order: Order, formats: Sequence[str]) -> dict[str, bytes]:
    """Files by name, the manifest last; the same order gives the same bytes.

    Raises:
        UsageError: a project has no name, or the framework has no items for the form.
    """
    order = settle_order(order)
    files: dict[str, bytes] = {}
    for name in formats:
        files |= FORM_FORMATS[name](framework, order)
    manifest = {
        "schema": SCHEMA,
        "coprod_version": __version__,
        "settings": asdict(order),
        "framework": {"id": framework.id, "version": framework.version, "sha256": framework.sha256},
        "outputs": [
            {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in sorted(files.items())
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    return files | {MANIFEST: f"{text}\n".encode()}


def list_uses(files: Sequence[str]) -> tuple[FileOfForm, ...]:
    """What each file is for; the manifest is for coprod alone and is left out."""
    return tuple(
        FileOfForm(name, _USES.get(name) or _USES[name.rpartition(".")[2]]) for name in files if name != MANIFEST
    )
