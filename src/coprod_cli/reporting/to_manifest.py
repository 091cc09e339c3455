"""Findings and finished outputs go in; manifest.json, which says how to repeat and how to check them, comes out."""

import dataclasses
import hashlib
import json
import platform
from importlib import metadata
from pathlib import PurePosixPath

from coprod_cli.model.findings import Findings

SCHEMA = "coprod-manifest/1"
LIBRARIES = ("numpy", "pandas", "scipy", "nltk", "matplotlib", "jinja2", "python-calamine", "pyarrow", "pyreadstat")


def write_manifest(findings: Findings, outputs: dict[str, bytes]) -> bytes:
    """The manifest as UTF-8 JSON: versions, settings, and SHA-256 of every input and of every output given."""
    provenance = findings.provenance
    manifest = {
        "schema": SCHEMA,
        "coprod_version": provenance.version,
        "python_version": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "settings": dataclasses.asdict(findings.settings),
        "framework": {
            "id": findings.framework.id,
            "version": findings.framework.version,
            "sha256": provenance.framework_sha256,
        },
        "weights_sha256": provenance.weights_sha256,
        "mapping_sha256": provenance.mapping_sha256,
        "governance_sha256": findings.governance.sha256,
        "targets_sha256": provenance.targets_sha256,
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
        "outputs": [
            {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in sorted(outputs.items())
        ],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")
