"""A command goes in; the same with options that several share, on how a survey is read, coded and scored, comes out."""

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
    from coprod_cli.cli.gathering import Gathering
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


class ChosenCoding(NamedTuple):
    """What the user chose of the options that say how a survey is read, and what codes it."""

    mapping: MapOption = None
    framework: FrameworkOption = None
    keep_partial: KeepPartialOption = False
    salt: SaltOption = None
    engine: EngineOption = Engine.trained
    coder: CoderOption = None

    def gather_with(
        self, codes: Sequence[str] | None = (), *, blind: bool = False, everybody: bool = False
    ) -> "Gathering":
        """How the survey is gathered: with these files of codes as typed; without a machine where `blind`."""
        from coprod_cli.cli.gathering import Gathering
        from coprod_cli.cli.labels import label_files

        machine = name_machine(self.engine, self.coder)
        return Gathering(
            self.mapping,
            self.framework,
            self.keep_partial,
            self.salt,
            "" if blind else machine,
            label_files(codes or ()),
            everybody=everybody,
            coder=None if blind else self.coder,
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


def with_options(kind: type[Chosen] | type[ChosenCoding]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes of a command what typer is to see: each field of `kind` is an option, in the place of `chosen`."""

    def dress(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command)
        options = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=kind._field_defaults[name], annotation=annotation
            )
            for name, annotation in get_type_hints(kind, include_extras=True).items()
        ]
        shown = [
            option for each in signature.parameters.values() for option in (options if each.name == _PLACE else [each])
        ]

        @wraps(command)
        def run(**given: object) -> None:
            chosen = kind._make(given.pop(name) for name in kind._fields)
            command(**given, **{_PLACE: chosen})

        run.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]  # what inspect reads first
        run.__annotations__ = {each.name: each.annotation for each in shown}
        return run

    return dress
