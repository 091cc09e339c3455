"""Answers with their codes, and a kind of file, go in; the file that other programs read comes out, as bytes."""

from collections.abc import Callable

from coprod_cli.model.answers import CodedAnswers
from coprod_cli.reporting.export_choices import ExportChoices
from coprod_cli.reporting.to_qdpx import write_qdpx

EXPORTS: dict[str, Callable[[CodedAnswers, ExportChoices], bytes]] = {
    "qdpx": write_qdpx,
}
