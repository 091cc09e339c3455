"""Findings and finished outputs go in; manifest.json, which says how to repeat and how to check them, comes out."""

import dataclasses
import hashlib
import json
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import PurePosixPath
from typing import Any

from coprod_cli.model.findings import Findings, Settings
from coprod_cli.model.framework import Framework

SCHEMA = "coprod-manifest/1"
LIBRARIES = (
    "numpy",
    "pandas",
    "scipy",
    "nltk",
    "snowballstemmer",
    "matplotlib",
    "jinja2",
    "python-calamine",
    "pyarrow",
    "pyreadstat",
)


def write_manifest(findings: Findings, outputs: dict[str, bytes], details_sha256: str = "") -> bytes:
    """The manifest as UTF-8 JSON: versions, settings, and SHA-256 of every input and of every output given."""
    provenance = findings.provenance
    manifest = {
        **begin_manifest(provenance.version, findings.settings, findings.framework),
        "weights_sha256": provenance.weights_sha256,
        "coder_sha256": provenance.coder_sha256,
        "mapping_sha256": provenance.mapping_sha256,
        "governance_sha256": findings.governance.sha256,
        "targets_sha256": provenance.targets_sha256,
        "details_sha256": details_sha256,
        "quotes_sha256": provenance.quotes_sha256,
        "codes_sha256": list(provenance.codes_sha256),
        "previous_sha256": list(provenance.previous_sha256),
        "inputs": [
            {
                "name": PurePosixPath(source.name).name,
                "sha256": source.sha256,
                "format": source.format,
                "encoding": source.encoding,
                "delimiter": source.delimiter,
                "header_rows": source.header_rows,
            }
            for source in provenance.sources
        ],
    }
    return finish_manifest(manifest, outputs)


def begin_manifest(version: str, settings: Settings, framework: Framework) -> dict[str, Any]:
    """What every manifest says of how results were made."""
    return {
        "schema": SCHEMA,
        "coprod_version": version,
        "python_version": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "settings": dataclasses.asdict(settings),
        "framework": {"id": framework.id, "version": framework.version, "sha256": framework.sha256},
    }


def amend_manifest(manifest: Mapping[str, Any], files: Mapping[str, bytes], *, keep: bool) -> bytes:
    """The manifest of an earlier run with these files listed, too, or in place of those it lists.

    Args:
        manifest: as that run wrote it.
        files: by name.
        keep: whether the files that it lists are still there.
    """
    kept = [each for each in manifest["outputs"] if keep and each["name"] not in files]
    outputs = sorted([*kept, *_list_outputs(files)], key=lambda each: each["name"])
    return _write({**manifest, "outputs": outputs})


def finish_manifest(manifest: Mapping[str, Any], outputs: Mapping[str, bytes]) -> bytes:
    """The same with every output's SHA-256, as UTF-8 JSON with sorted keys."""
    return _write({**manifest, "outputs": _list_outputs(outputs)})


def _list_outputs(outputs: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [
        {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in sorted(outputs.items())
    ]


def _write(manifest: Mapping[str, Any]) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")
