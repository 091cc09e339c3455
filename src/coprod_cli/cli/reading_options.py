"""A command goes in; the same with the options on how a survey is read and scored, which several share, comes out."""

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_type_hints

from coprod_cli.cli.choices import Audience, Comments, Engine
from coprod_cli.cli.options import (
    AcceptOption,
    CoderOption,
    CommentsOption,
    EngineOption,
    FrameworkOption,
    GovernanceOption,
    KeepPartialOption,
    MapOption,
    SaltOption,
    SeedOption,
    TargetsOption,
)

if TYPE_CHECKING:  # these bring pandas, which no command that only shows its help should wait for
    from coprod_cli.cli.running import SurveyFiles
    from coprod_cli.model.findings import Settings

_PLACE = "chosen"


class Chosen(NamedTuple):
    """What the user chose of the options that say how a survey is read and scored."""

    mapping: MapOption = None
    framework: FrameworkOption = None
    governance: GovernanceOption = None
    targets: TargetsOption = None
    accept_guesses: AcceptOption = False
    keep_partial: KeepPartialOption = False
    salt: SaltOption = None
    engine: EngineOption = Engine.trained
    coder: CoderOption = None
    comments: CommentsOption = Comments.reliable
    seed: SeedOption = 20260101

    def make_settings(self, audience: Audience, title: str, gates: Sequence[str] = ()) -> "Settings":
        """The settings of the run."""
        from coprod_cli.model.findings import Settings

        return Settings(
            engine=name_machine(self.engine, self.coder),
            audience=audience.value,
            comments=self.comments.value,
            seed=self.seed,
            title=title.strip(),
            keep_partial=self.keep_partial,
            accept_guesses=self.accept_guesses,
            gates=tuple(gates),
        )

    def name_files(self, paths: Sequence[Path]) -> "SurveyFiles":
        """The files that are read, with these paths for the survey."""
        from coprod_cli.cli.running import SurveyFiles

        return SurveyFiles(
            tuple(paths),
            mapping=self.mapping,
            framework=self.framework,
            coder=self.coder,
            governance=self.governance,
            targets=self.targets,
            salt=self.salt,
        )


def name_machine(engine: Engine, coder: Path | None) -> str:
    """What the machine is called that codes.

    Raises:
        UsageError: both an engine and a coder of one's own are given.
    """
    if coder is None:
        return engine.value
    from coprod_cli.model.errors import UsageError
    from coprod_cli.model.findings import LEARNT

    if engine != Engine.trained:
        raise UsageError(
            "Both --engine and --coder are given.", "A learnt coder is an engine of its own: leave one out."
        )
    return LEARNT


def with_reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer is to see it: each field of Chosen is an option, in the place of its parameter `chosen`."""
    signature = inspect.signature(command)
    options = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=Chosen._field_defaults[name], annotation=annotation
        )
        for name, annotation in get_type_hints(Chosen, include_extras=True).items()
    ]
    shown = [
        option for each in signature.parameters.values() for option in (options if each.name == _PLACE else [each])
    ]

    @wraps(command)
    def run(**given: object) -> None:
        chosen = Chosen(**{name: given.pop(name) for name in Chosen._fields})  # type: ignore[arg-type]  # typer checks them
        command(**given, **{_PLACE: chosen})

    run.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]  # what inspect reads first
    run.__annotations__ = {each.name: each.annotation for each in shown}
    return run
