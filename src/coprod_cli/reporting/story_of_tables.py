"""Findings and the tables of a workbook go in; what its first sheet tells of it comes out as a Document."""

from collections.abc import Mapping, Sequence

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.covers import bind
from coprod_cli.reporting.data_tables import TABLES
from coprod_cli.reporting.document import Bullets, Document, Paragraph, Section, Table
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_of_care import CLAIMS
from coprod_cli.reporting.story_of_files import COLUMNS, FILES
from coprod_cli.telling import MARKS, show_mark, start_sentence

ABOUT = (
    "Each sheet is a table of the results; the CSV file beside it in the folder of results has the same rows.",
    "An empty cell is a number that is withheld, or not there. It never means 0. A column “mark” says why.",
    "No score stands alone: give its likely range (low to high) and its people with it, and whose view it is (role).",
    "Comments were coded by a machine. Nobody has checked that.",
    "Of what people wrote, only the quotes are in this workbook.",
)


def tell_tables(findings: Findings, rows: Mapping[str, Sequence[object]]) -> Document:
    """What each sheet and each column is, what the marks mean, and what nobody may claim from the figures.

    Args:
        findings: that the workbook tells.
        rows: by key of TABLES, the rows of its sheet.
    """
    settings, framework = findings.settings, findings.framework
    sheets = tuple(
        (table.title, f"{name}.csv", start_sentence(FILES[f"{name}.csv"]), f"{len(rows[name])}")
        for name, table in TABLES.items()
    )
    columns = tuple(
        (table.title, column, COLUMNS[f"{name}.csv"][column])
        for name, table in TABLES.items()
        for column in table.columns
    )
    made = (
        f"Made by coprod {findings.provenance.version} with the framework {framework.id}, version {framework.version}; "
        f"coder {settings.engine}, audience {settings.audience}, seed {settings.seed}. results.json and manifest.json "
        "say the rest."
    )
    sections = (
        Section("about", "About these tables", (Bullets(ABOUT), Paragraph(made))),
        Section(
            "sheets",
            "Sheets",
            (Table("Sheets", ("Sheet", "Same as the file", "What it holds", "Rows"), sheets, (3,)),),
        ),
        Section("claims", "What nobody may claim from these figures", (Bullets(CLAIMS),)),
        Section(
            "marks",
            "Marks",
            (
                Table(
                    "Marks",
                    ("Mark", "In reports", "What it says of a figure that is missing or less sure"),
                    tuple((mark, show_mark(mark), start_sentence(means)) for mark, means in MARKS.items()),
                ),
            ),
        ),
        Section("columns", "Columns", (Table("Columns", ("Sheet", "Column", "What it says"), columns),)),
    )
    return bind(Material(findings), sections)
