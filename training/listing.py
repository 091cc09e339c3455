"""What was learnt and measured goes in; the package's folder of weights, with the SHA-256 of every file, comes out."""

import hashlib
import json
from pathlib import Path
from typing import Any

from training.corpus import ROOT, hash_corpus, list_sampled

WEIGHTS = ROOT / "src" / "coprod_cli" / "weights"
MEASURED = WEIGHTS / "measured.json"
MANIFEST = WEIGHTS / "manifest.json"
SHIPPED = (".json", ".npy", ".npz", ".onnx")


def write_figures(figures: dict[str, dict[str, Any]]) -> None:
    """New figures of some engines beside the other engines' own, and the list of shipped files."""
    engines = json.loads(MEASURED.read_text(encoding="utf-8"))["engines"] if MEASURED.exists() else {}
    measured = {
        "sampled_answers_left_out": len(list_sampled()),
        "corpus_sha256": hash_corpus(),
        "engines": dict(sorted({**engines, **figures}.items())),
    }
    write_json(MEASURED, measured)
    write_manifest()


def write_manifest() -> None:
    """The list of every file in the folder of weights, with the SHA-256 of each."""
    paths = sorted(path for path in WEIGHTS.rglob("*") if path.suffix in SHIPPED and path != MANIFEST)
    names = {path.relative_to(WEIGHTS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    write_json(MANIFEST, {"files": names})


def write_json(path: Path, content: object, indent: int | None = 1) -> None:
    """A file of JSON, the same on every system."""
    path.write_text(json.dumps(content, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
