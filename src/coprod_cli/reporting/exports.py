"""Answers with their codes, and a kind of file, go in; the file that other programs read comes out, as bytes."""

from collections.abc import Callable

from coprod_cli.model.answers import CodedAnswers
from coprod_cli.reporting.export_choices import ExportChoices
from coprod_cli.reporting.long_table import write_long
from coprod_cli.reporting.to_qdpx import write_qdpx
from coprod_cli.reporting.to_sav import write_sav
from coprod_cli.reporting.wide_table import write_wide

EXPORTS: dict[str, Callable[[CodedAnswers, ExportChoices], bytes]] = {
    "qdpx": write_qdpx,
    "long": write_long,
    "wide": write_wide,
    "sav": write_sav,
}
