"""Options that several commands share, said once."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Comments, Engine, Format, Template

SurveyArgument = Annotated[
    list[Path],
    typer.Argument(metavar="SURVEY", help="Export file of the survey; several files are read as one survey."),
]
GatheredArgument = Annotated[
    list[Path],
    typer.Argument(metavar="SURVEY|DIR", help="The survey's files, or a folder made with --audience raw."),
]
MapOption = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE.toml", help="Mapping file that says what the columns are; see coprod inspect."),
]
AcceptOption = Annotated[
    bool, typer.Option("--accept-guesses", help="Score closed questions, too, whose dimension is only guessed.")
]
KeepPartialOption = Annotated[
    bool, typer.Option("--keep-partial", help="Count forms, too, that were begun but never sent off.")
]


def _require_words(salt: str | None) -> str | None:
    if salt is not None and not salt.strip():
        raise typer.BadParameter("it is empty; give a secret of some length, or leave it out.")
    return salt


SaltOption = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        envvar="COPROD_SALT",
        callback=_require_words,
        help="A secret of your own that ids of people are made with, so that they are the same in another run.",
    ),
]
TargetsOption = Annotated[
    Path | None,
    typer.Option(
        "--targets", metavar="FILE.toml", help="Weight people by the shares of a population; see docs/targets.md."
    ),
]
GovernanceOption = Annotated[
    Path | None,
    typer.Option(
        "--governance", metavar="FILE.toml", help="What is on paper about each project; see coprod governance."
    ),
]
FrameworkOption = Annotated[
    Path | None,
    typer.Option(
        "--framework", metavar="FILE", help="Themes, dimensions and thresholds of your own; see coprod codebook."
    ),
]
PreviousOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--previous",
        metavar="FOLDER",
        help="An earlier report on this survey: nothing is told that both together give away. May be given again.",
    ),
]
EngineOption = Annotated[Engine, typer.Option(help="Which coder reads the answers.")]
CoderOption = Annotated[
    Path | None,
    typer.Option(
        "--coder",
        metavar="MODEL",
        help="A coder that coprod learn made from people's codes, with the themes it was learnt for.",
    ),
]
CommentsOption = Annotated[
    Comments, typer.Option(help="Which machine-coded themes may enter a score beside closed questions.")
]
SeedOption = Annotated[int, typer.Option(min=0, help="Seed of every drawing of lots; recorded with the results.")]
TemplateOption = Annotated[
    list[Template] | None,
    typer.Option("--template", help="For whom the report is written. May be given again. [default: forum]"),
]
ToOption = Annotated[
    list[Format] | None,
    typer.Option("--to", help="What kind of file the report is. May be given again. [default: html]"),
]
DetailsOption = Annotated[
    Path | None,
    typer.Option("--details", metavar="FILE.toml", help="What your forum says of its year; see coprod details."),
]
QuotesOption = Annotated[
    Path | None,
    typer.Option("--quotes", metavar="FILE", help="The list quotes.csv of a report, without those struck out."),
]
CodesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--codes",
        metavar="[LABEL=]FILE",
        help="Codes that a person made, by the ids of coded_answers.csv; they count before the machine's. May be given "
        "again.",
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
