"""Options that several commands share, said once."""

from pathlib import Path
from typing import Annotated

import typer

SurveyArgument = Annotated[
    list[Path],
    typer.Argument(metavar="SURVEY", help="Export file of the survey; several files are read as one survey."),
]
MapOption = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE.toml", help="Mapping file that says what the columns are; see coprod inspect."),
]
FrameworkOption = Annotated[
    Path | None,
    typer.Option("--framework", metavar="FILE.toml", help="Themes, dimensions and thresholds of your own."),
]
